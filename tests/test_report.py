"""The page without a browser: what it holds, what it refuses, and that nothing in a text gets out of its place."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import BULLETINS, HARM, made_run, rows_of
from typer.testing import CliRunner

from extract import run
from extract.charts import certified, purposes, stations
from extract.cli import app
from extract.report import write_report
from extract.report.data import NO_SPAN, packed, quote_spans
from extract.report.sources import find_texts, read_run
from extract.tables import OutputError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return made_run(tmp_path_factory.mktemp("made"))


def bundle(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/octet-stream" id="{name}">([^<]*)</script>', page)
    assert found
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def unpacked(table: dict[str, Any]) -> list[dict[str, Any]]:
    columns = {
        name: [column["words"][code] for code in column["codes"]] if isinstance(column, dict) else column
        for name, column in table["columns"].items()
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_a_page_holds_every_row_and_every_text(made: tuple[Path, Path], tmp_path: Path) -> None:
    bulletins, out = made
    assert write_report(out, tmp_path / "page.html", [bulletins]) == (2, 2)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    data = bundle(page, "data")
    articles = rows_of(out, "articles")
    assert bundle(page, "texts") == [BULLETINS[row["file"]][row["start"] : row["end"]] for row in articles]
    assert unpacked(data["articles"]) == articles
    places = [row["article_id"] for row in articles]
    records = unpacked(data["records"])
    shown = [
        {**row, "article_id": places[row["article"]], "sentence": data["sentences"][row["sentence"]]} for row in records
    ]
    for row, wanted in zip(shown, rows_of(out, "records"), strict=True):
        assert {name: row[name] for name in wanted if name != "file"} | {"file": wanted["file"]} == wanted
        assert (
            row["sentence"].encode("utf-16-le")[2 * row["at"] :][: 2 * row["length"]].decode("utf-16-le")
            == row["quote"]
        )
    numbers = unpacked(data["numbers"])
    assert [row["quote"] for row in numbers] == [row["quote"] for row in rows_of(out, "numbers")]
    assert [records[row["record"]]["quote"] for row in numbers if row["record"] is not None] == [
        row["quote"] for row in numbers if row["class"] == "record"
    ]
    terms = [
        ["records", index] for index, row in enumerate(records) if row["measure"] == "certified" and row["article"] == 0
    ]
    fowl = next(index for index, row in enumerate(numbers) if row["class"] == "unexplained")
    assert unpacked(data["checks"])[0]["terms"] == [*terms, ["numbers", fowl]]
    assert data["rejected"] == rows_of(out, "rejected")
    assert data["provinces"] == {"45": "广西壮族自治区", "62": "甘肃省"}


def test_a_page_fetches_nothing_and_runs_only_its_own(made: tuple[Path, Path], tmp_path: Path) -> None:
    bulletins, out = made
    write_report(out, tmp_path / "page.html", [bulletins])
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert HARM not in page
    assert re.findall(r"""(?:src|href)=["'](?!#)[^"']*""", page) == []
    assert "innerHTML" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src &#x27;none&#x27;; script-src &#x27;sha256-")


def test_the_same_run_gives_the_same_page(made: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_report(made[1], tmp_path / name, [made[0]])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_bulletin_that_has_changed_lends_no_text(made: tuple[Path, Path], tmp_path: Path) -> None:
    bulletins, out = made
    (tmp_path / "马山").mkdir()
    (tmp_path / "安定.txt").write_bytes((bulletins / "安定.txt").read_bytes() + b"\n")
    (tmp_path / "马山/通讯.txt").write_bytes((bulletins / "马山/通讯.txt").read_bytes())
    told, _ = read_run(out)
    assert find_texts(out, told, [tmp_path]) == {"马山/通讯.txt": BULLETINS["马山/通讯.txt"]}
    assert find_texts(out, told, []) == {}


def test_texts_kept_with_a_run_come_first(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    words = "<p>截至2023年底，定西市安定区已建成社工站21个，持证社工达186人，工作人员每天都在站里接待来访的居民。</p>"
    (pages / "站.html").write_text(f"<html><body><article>{words * 3}</article></body></html>", encoding="utf-8")
    pytest.importorskip("trafilatura", reason="the reader of web pages is not installed; pip install '.[html]'")
    run(pages, out=tmp_path / "out")
    told, _ = read_run(tmp_path / "out")
    (name,) = (row["text"] for row in told["inputs"])
    text = (tmp_path / "out" / name).read_bytes().decode()
    assert "持证社工达186人" in text
    assert find_texts(tmp_path / "out", told, []) == {"站.html": text}
    (tmp_path / "out" / name).unlink()
    assert find_texts(tmp_path / "out", told, [pages]) == {"站.html": text}


def test_the_command_finds_what_the_run_read(tmp_path: Path) -> None:
    bulletins, _ = made_run(tmp_path)
    out = tmp_path / "again"
    assert CliRunner().invoke(app, ["run", str(bulletins), "--out", str(out)]).exit_code == 1
    done = CliRunner().invoke(app, ["report", str(out), "--to", str(tmp_path / "page.html")])
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'page.html'}\n")
    bulletins.rename(tmp_path / "moved")
    done = CliRunner().invoke(app, ["report", str(out)])
    assert done.exit_code == 0
    assert "2 of 2 articles are shown by their sentences alone" in done.stderr
    assert (out / "report.html").is_file()
    done = CliRunner().invoke(app, ["report", str(out), "--texts", str(tmp_path / "moved")])
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({}, r"holds no run; make one with: jianbao run FOLDER --out "),
        ({"run.json": "{"}, r"run\.json: no JSON .*; run again"),
        ({"run.json": "{}"}, r"articles\.jsonl: is missing; run again"),
        ({"run.json": "{}", "articles.jsonl": "{}\nx\n"}, r"articles\.jsonl, line 2: no JSON .*; run again"),
    ],
)
def test_a_folder_without_a_whole_run_is_told(content: dict[str, str], told: str, tmp_path: Path) -> None:
    for name, text in content.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match=told):
        read_run(tmp_path)


def test_a_page_that_cannot_be_written_is_told(made: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="name a file that can be written"):
        write_report(made[1], tmp_path)


# where a quote lies


def row(sentence: str, start: int, end: int, quote: str) -> dict[str, Any]:
    return {"article_id": "a", "sentence": sentence, "start": start, "end": end, "quote": quote}


def test_a_figure_that_stands_twice_is_told_from_its_like_by_order() -> None:
    sentence = "甲镇1个、乙镇1个"
    assert quote_spans([row(sentence, 17, 19, "1个"), row(sentence, 12, 14, "1个")]) == [(7, 2), (2, 2)]


def test_blanks_and_widths_are_overlooked() -> None:
    assert quote_spans([row("投入3 18万元，", 2, 9, "３\n18 万元")]) == [(2, 6)]
    assert quote_spans([row("服务3200余人次", 2, 9, "3200餘人次")]) == [(2, 7)]


def test_a_mark_within_a_mark_has_its_own_place() -> None:
    sentence = "20人，由20至30人"
    spans = quote_spans([row(sentence, 0, 3, "20人"), row(sentence, 5, 11, "20至30人"), row(sentence, 5, 7, "20")])
    assert spans == [(0, 3), (5, 6), (5, 2)]


def test_offsets_count_as_a_browser_does() -> None:
    assert quote_spans([row("😀有3个", 2, 4, "3个")]) == [(3, 2)]


def test_a_quote_that_is_not_there_has_no_place() -> None:
    assert quote_spans([row("有3个", 0, 2, "4个"), row("有3个", 1, 3, "3个")]) == [NO_SPAN, (1, 2)]


@given(st.lists(st.lists(st.sampled_from(["a", "b", None, "一"]), min_size=2, max_size=2)))
def test_columns_hold_what_rows_held(values: list[list[str | None]]) -> None:
    rows = [{"one": one, "two": two} for one, two in values]
    table = packed(rows)
    assert table["count"] == len(rows)
    assert unpacked(table) == rows


def test_a_number_that_json_lacks_is_left_out() -> None:
    assert packed([{"value": float("inf")}, {"value": 1}])["columns"] == {"value": [None, 1]}


# charts


def statistic(**fields: Any) -> dict[str, Any]:
    made = {"table": "stations", "measure": "existing", "facility": "station", "unit": "site", "status": "actual"}
    made |= {"value": 5, "low": 5, "high": 5, "per": None, "place": "甲县", "place_code": "620001"}
    return made | {"period_start": None, "period_end": "2023-12-31"} | fields


def test_a_place_has_its_largest_total_of_a_year() -> None:
    rows = [
        statistic(), statistic(value=9), statistic(value=7), statistic(value=99, status="target"),
        statistic(value=8, period_end="2022-06-30"), statistic(value=80, place_code=None), statistic(value=80, facility="room"),
        statistic(value=80, period_end=None), statistic(value=80, per="station"), statistic(value=80, measure="built"),
    ]  # fmt: skip
    assert stations(rows) == [("620001", "甲县", 2022, 8, 4), ("620001", "甲县", 2023, 9, 1)]
    assert certified(rows) == []


def test_money_is_told_apart_by_purpose_and_magnitude() -> None:
    fund = {"table": "funds", "unit": "CNY", "measure": "allowance"}
    rows = [
        statistic(**fund, value=999, per="person_month"), statistic(**fund, value=1000, per="person_month"),
        statistic(**fund, value=None, low=2e8, high=None), statistic(**fund | {"unit": "USD"}), statistic(),
    ]  # fmt: skip
    assert purposes(rows) == [
        ("allowance", None, ((), (), (), (), (), (), (2,))),
        ("allowance", "person_month", ((0,), (1,), (), (), (), (), ())),
    ]


def test_a_reader_that_breaks_costs_its_own_text_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("社工站5个", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>社工站6个</p>", encoding="utf-8")
    digest = hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()
    told = {
        "inputs": [{"file": "a.txt", "sha256": digest}, {"file": "b.html", "sha256": "0"}],
        "options": {"folders": [str(tmp_path)]},
    }

    def broken(data: bytes) -> None:
        raise ImportError("a library of the reader is absent")

    monkeypatch.setattr("extract.read.web.read_html", broken)
    assert find_texts(tmp_path / "out", told, []) == {"a.txt": "社工站5个"}
