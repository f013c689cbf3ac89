"""Runs: what becomes of each bulletin, what a folder of results holds, and the frames of a notebook."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract.batch import Counts, Job, outcomes, parse_day, write_run
from extract.pipeline import Extraction
from extract.read import PLAIN, Bulletin, ReadError, text_source
from extract.records import ArticleRow, CheckRow, NumberRow, Record
from extract.rules import RuleBook
from extract.rules.language import Vocabulary
from extract.runs import Run, run
from extract.tables import OutputError

BOOK = RuleBook([], Vocabulary({}, {}, ()), {"stations": {"existing": {}}, "kitchens": {"existing": {}}}, "v1")


def fake_extract(bulletin: Bulletin, book: RuleBook, *, published: datetime.date | None = None) -> Extraction:
    """One article a bulletin; `12个` is a record of stations (of kitchens where 食堂 follows), `12` is unexplained."""
    text, name = bulletin.text, f"{bulletin.file}#1"
    if "boom" in text:
        raise ZeroDivisionError("of\nall things")
    article = ArticleRow(
        article_id=name, file=bulletin.file, title=text.split("\n")[0], source="某报", published=published,
        place="某市", place_code="410100", start=0, end=len(text),
    )  # fmt: skip
    records, numbers = [], []
    for found in re.finditer(r"([0-9]+)个?", text):
        counted = found[0].endswith("个")
        at: dict[str, Any] = {"article_id": name, "file": bulletin.file, "start": found.start(), "end": found.end()}
        value = Decimal(found[1])
        says: dict[str, Any] = {"value": value, "low": value, "high": value, "bound": "exact", "quote": found[0]}
        record_id = f"r{found.start()}" if counted else None
        numbers.append(
            NumberRow(
                **at,
                **says,
                unit="site" if counted else None,
                number_class="record" if counted else "unexplained",
                record_id=record_id,
                sentence=text,
            )
        )
        if counted:
            table = "kitchens" if text[found.end() :].startswith("食堂") else "stations"
            facets = {"nature": "stock", "status": "target", "facility": "station", "per": "station"}
            nothing = dict.fromkeys(("grade", "tier", "group", "programme", "period_start"))
            where = {"place": "某市", "place_code": "410100", "place_basis": "stated"}
            when = {"period_end": published, "period_text": "目前", "period_basis": "relative"}
            made = {"record_id": record_id, "table": table, "measure": "existing", "unit": "site"}
            made |= {"sentence": text, "rule": "stations.fake"}
            records.append(Record.model_validate({**at, **says, **facets, **nothing, **where, **when, **made}))
    check = CheckRow(
        article_id=name, kind="sum", terms=(), computed=value, stated=value, verdict="holds", chance=value, basis="figures", text="sum",
    )  # fmt: skip
    return Extraction((article,), tuple(records), tuple(numbers), (check,))


@pytest.fixture(autouse=True)
def _fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pipeline.extract_bulletin", fake_extract)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "in" / "below"
    below.mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("甲市\n有12个站，30个食堂，编号7", encoding="utf-8")
    (below / "b.txt").write_text("乙市有5个站", encoding="gb18030")
    return tmp_path / "in"


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_folder_gives_a_frame_a_table(folder: Path) -> None:
    made = run(folder, published="2023-11-20", rules=BOOK)
    assert made.stations[["file", "quote", "value"]].values.tolist() == [
        ["a.txt", "12个", 12],
        ["below/b.txt", "5个", 5],
    ]
    assert made.table("kitchens")["quote"].tolist() == ["30个"]
    assert made.records["record_id"].tolist() == ["r4", "r9", "r3"]
    assert made.numbers["class"].tolist() == ["record", "record", "unexplained", "record"]
    assert made.articles["published"].tolist() == [pd.Timestamp("2023-11-20")] * 2
    assert (len(made.checks), len(made.rejected)) == (2, 0)
    assert repr(made) == "<run: 2 bulletins, 2 articles, 3 records, 4 numbers, 0 set aside>"


def test_a_run_offers_its_tables_by_name(folder: Path) -> None:
    made = run(str(folder), rules=BOOK)
    assert {"stations", "kitchens", "numbers", "rejected"} <= set(dir(made))
    assert made.stations is made.table("stations")
    with pytest.raises(AttributeError, match="a run has no 'statoins'"):
        made.statoins  # noqa: B018
    with pytest.raises(KeyError, match="no table 'x'; there are stations, kitchens, numbers, articles, checks"):
        made.table("x")


def test_a_file_and_several_files_are_sources(folder: Path) -> None:
    files = [folder / "a.txt", folder / "below" / "b.txt"]
    assert run(files[1], rules=BOOK).records["file"].tolist() == ["b.txt"]
    assert run(files, rules=BOOK).articles["file"].tolist() == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("texts", "names"),
    [(["有1个", "有2个"], ["text1", "text2"]), ("有1个", ["text1"]), ({"甲": "有1个", "乙": "有2个"}, ["甲", "乙"])],
)
def test_texts_are_bulletins_too(texts: Any, names: list[str]) -> None:
    assert run(texts=texts, rules=BOOK).articles["file"].tolist() == names


def test_half_a_surrogate_pair_costs_no_text() -> None:
    made = run(texts=["有1个\ud83d站"], rules=BOOK)
    assert (made.records["sentence"].tolist(), len(made.rejected)) == (["有1个\ufffd站"], 0)


def test_fewer_than_no_processes_are_refused() -> None:
    with pytest.raises(
        ValueError, match="there cannot be -1 workers; give the number of processes, or 0 for one a core"
    ):
        run(texts=["有1个"], rules=BOOK, workers=-1)


def test_a_text_that_is_missing_is_set_aside_and_what_is_none_is_refused() -> None:
    made = run(texts=["有1个", None, float("nan")], rules=BOOK)  # type: ignore[list-item]
    assert made.articles["file"].tolist() == ["text1"]
    assert made.rejected["file"].tolist() == ["text2", "text3"]
    with pytest.raises(TypeError, match="text1: a name and a text are of the types str and int; give each as a str"):
        run(texts=[1], rules=BOOK)  # type: ignore[list-item]


def test_a_dict_is_texts_by_name() -> None:
    assert run({"甲": "有1个"}, rules=BOOK).records["article_id"].tolist() == ["甲#1"]


@pytest.mark.parametrize("source", ["全市有12个站", "全市有12个站" * 1000, Path("nowhere")])
def test_a_source_that_is_no_path_is_refused(source: Path | str) -> None:
    with pytest.raises(ReadError, match="there is no such file or folder; check the spelling; texts go in texts="):
        run(source, rules=BOOK)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no bulletin"):
        run(tmp_path, rules=BOOK)


def test_a_source_or_texts_must_be_given() -> None:
    with pytest.raises(TypeError, match="either a source"):
        run(rules=BOOK)
    with pytest.raises(TypeError, match="either a source"):
        run("x", texts=["y"], rules=BOOK)


def test_a_fault_sets_one_bulletin_aside_and_the_run_goes_on(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "fault.txt").write_text("boom")
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\x80")
    made = run(folder, rules=BOOK)
    assert made.articles["file"].tolist() == ["a.txt", "below/b.txt"]
    assert made.rejected.set_index("file")["reason"].to_dict() == {
        "empty.txt": "the file is empty",
        "fault.txt": "an unforeseen fault, ZeroDivisionError: of all things",
        "image.txt": "this is no text but a binary file",
    }


def test_a_row_that_cannot_be_written_sets_its_bulletin_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object, **__: object) -> Extraction:
        return Extraction(articles=(None,))  # type: ignore[arg-type]

    monkeypatch.setattr("extract.pipeline.extract_bulletin", fault)
    made = run(texts=["有1个"], rules=BOOK)
    assert made.rejected["file"].tolist() == ["text1"]
    assert made.rejected["remedy"].tolist() == ["report it with the bulletin"]


def test_an_article_is_shown_with_its_figures_marked() -> None:
    made = run({"甲<市>": "题<b>\n有12个站，编号7 & 8个"}, published="2023-11-20", rules=BOOK)
    shown = made.article("甲<市>#1")
    assert repr(shown) == "<article 甲<市>#1 '题<b>': 2 records>"
    html = shown._repr_html_()
    assert re.sub(r"<[^>]*>", "", html) == (
        "题&lt;b&gt;某报 · 2023-11-20 · 某市 410100题&lt;b&gt;\n有12个站，编号7 &amp; 8个stations unexplained"
    )
    fields = {
        name: value
        for name, value in shown.records[0].plain().items()
        if value not in (None, "", []) and name != "sentence"
    }
    told = escape(
        "\n".join(["stations.existing: 12 site a station", *(f"{name}: {value}" for name, value in fields.items())])
    )
    assert f'title="{told}">12个</span>' in html
    assert 'title="unexplained: 7\narticle_id: 甲&lt;市&gt;#1\n' in html


def test_an_unknown_article_is_told() -> None:
    with pytest.raises(KeyError, match=r"no article 'x'; run\.articles lists them"):
        run(texts=["有1个"], rules=BOOK).article("x")


def test_a_run_shows_its_counts() -> None:
    html = run(texts=["有1个，编号7"], rules=BOOK)._repr_html_()
    cells = re.findall(r"<td>(.*?)</td><td>(.*?)</td>", html)
    assert cells == [
        ("stations.existing", "1"), ("all", "1"),
        ("record", "1"), ("unexplained", "1"), ("all", "2"), ("unexplained share", "50.0%"),
        ("holds", "1"), ("fails", "0"), ("cannot tell", "0"),
        ("bulletins", "1"), ("articles", "1"), ("set aside", "0"),
    ]  # fmt: skip


def test_a_run_writes_what_it_holds(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b" ")
    made = run(folder, published="2023-11-20", rules=BOOK, out=tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    tables = {"stations", "kitchens", "numbers", "articles", "checks"}
    assert names == {f"{table}.{ending}" for table in tables for ending in ("csv", "parquet")} | {
        "records.jsonl", "numbers.jsonl", "articles.jsonl", "checks.jsonl", "rejected.jsonl", "run.json",
        "pages.jsonl", "repeats.jsonl",
        "datapackage.json",
    }  # fmt: skip
    assert [row["record_id"] for row in rows(tmp_path / "out", "records")] == made.records["record_id"].tolist()
    assert rows(tmp_path / "out", "rejected") == [
        {"file": "empty.txt", "reason": "the file is empty", "remedy": "fill it or take it away"}
    ]


def test_run_json_tells_what_a_run_was_made_of(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b" ")
    run(folder, published="2023-11-20", rules=BOOK).write(tmp_path / "out", formats=["sqlite"])
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert {"jianbao", "python", "pydantic"} <= told.pop("versions").keys()
    assert told == {
        "rules": {"version": "v1", "count": 0, "packs": {}},
        "options": {"published": "2023-11-20", "formats": ["sqlite"], "folders": [], "reading": asdict(PLAIN)},
        "counts": {
            "bulletins": 2,
            "rejected": 1,
            "articles": 2,
            "repeats": 0,
            "records": {"kitchens.existing": 1, "stations.existing": 2},
            "numbers": {"record": 3, "unexplained": 1},
            "checks": {"holds": 2},
        },
        "faults": [{"file": "empty.txt", "reason": "the file is empty", "remedy": "fill it or take it away"}],
        "skipped": [],
        "files": [
            "articles.jsonl", "checks.jsonl", "datapackage.json", "datasette.json", "numbers.jsonl", "pages.jsonl",
            "records.jsonl", "rejected.jsonl", "repeats.jsonl", "run.json", "tables.sqlite",
        ],
        "inputs": [
            {"file": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
            | ({"set_aside": True} if name == "empty.txt" else {})
            for name in ("a.txt", "below/b.txt", "empty.txt")
        ],
    }  # fmt: skip


def test_two_runs_leave_the_same_bytes_wherever_they_lie(folder: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    folder.mkdir()
    for path in moved.rglob("*.txt"):
        (folder / path.relative_to(moved)).parent.mkdir(exist_ok=True)
        (folder / path.relative_to(moved)).write_bytes(path.read_bytes())
    formats = ("csv", "parquet", "xlsx", "sqlite", "jsonl")
    run(folder, rules=BOOK).write(tmp_path / "one", formats)
    run(moved, rules=BOOK).write(tmp_path / "two", formats)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert len(one) == 2 * 5 + 2 + 2 + 8 + 2


def test_a_run_that_breaks_off_leaves_the_earlier_results(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder, rules=BOOK, out=out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def broken() -> Any:
        yield from outcomes([text_source("有1个", "x")], Job(BOOK))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_run(broken(), out, BOOK)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_bulletins_are_written_as_they_come(tmp_path: Path) -> None:
    seen: list[int] = []

    def watched() -> Any:
        for outcome in outcomes(
            [text_source("有1个", "x"), text_source("有2个" * 5000, "y"), text_source("有3个", "z")], Job(BOOK)
        ):
            seen.append(sum(path.stat().st_size for path in tmp_path.rglob("records.jsonl")))
            yield outcome

    write_run(watched(), tmp_path, BOOK, formats=())
    assert seen[0] == seen[1] == seen[2] == 0 < seen[4]


def test_a_record_id_that_stands_twice_is_told(tmp_path: Path) -> None:
    twice = [*outcomes([text_source("有1个", "x"), text_source("有1个", "y")], Job(BOOK))]
    with pytest.raises(OutputError, match=r"tables\.sqlite: UNIQUE constraint failed: records\.record_id, r1"):
        write_run(twice, tmp_path, BOOK, formats=["sqlite"])


def test_counts_add_up() -> None:
    counts = Counts()
    for kind in ("date", "record", "unexplained", "unexplained"):
        counts.add("numbers", {"class": kind})
    counts.add("records", {"table": "funds", "measure": "invested"})
    assert (counts.unexplained_share, counts.records) == (0.5, Counter({("funds", "invested"): 1}))
    assert Counts().unexplained_share == 0


def test_a_day_is_written_in_one_way() -> None:
    assert parse_day("2023-11-20") == datetime.date(2023, 11, 20)


@pytest.mark.parametrize(
    "text", ["20231120", "2023-W47-1", "2023/11/20", "2023-11-31", "２０２３-11-20", "2023-1-1 ", ""]
)
def test_another_form_of_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is no day; write it as 2023-11-20"):
        parse_day(text)


def test_a_run_of_no_bulletins_has_empty_frames() -> None:
    made = Run((), BOOK)
    assert [len(made.table(name)) for name in ("stations", "records", "numbers", "rejected")] == [0, 0, 0, 0]
