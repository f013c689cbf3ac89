"""A folder as people have it: every format and fault in one run, and what is known of a bulletin beside its text."""

from __future__ import annotations

import csv
import datetime
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extract.cli import app
from extract.known import known_lines
from extract.pipeline import extract_bulletin, shipped_rules
from extract.read import Bulletin, Meta, ReadError, ReadOptions, find_sources, read_source

sys.path.insert(0, str(Path(__file__).parent / "read"))
from makers import archive, column, docx, pdf

LINES = [
    "截至2023年底，全县已建成乡镇社工站12个，",
    "配备专职社工36人，投入资金120万元用于建",
    "设和人员培训，服务困难群众2300人次。",
]
STORY = "".join(LINES) + "县民政局负责人介绍，下一步将完善机制，让更多群众就近得到服务。"
DAY = datetime.date(2023, 11, 12)


def jianbao(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="jianbao")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_every_format_and_every_fault_passes_through_one_run(folder: Path, tmp_path: Path) -> None:
    text = "六安市：社工站建设\n" + "".join(LINES)
    sound = {
        "a.txt": text.encode("gb18030"),
        "b.docx": docx("六安市：社工站建设", *LINES),
        "c.html": f"<html><body><h1>六安市：社工站建设</h1><p>{''.join(LINES)}</p></body></html>".encode(),
        "d.pdf": pdf([(60, 760, 18, "六安市：社工站建设")], column(60, 700, LINES)),
        "e.jsonl": json.dumps({"text": text}).encode(),
        "f.csv": f'text\n"{text}"\n'.encode("utf-8-sig"),
        "g.zip": archive({"in/a.txt": text}),
    }
    bad = {"h.pdf": b"%PDF-1.4", "i.docx": b"PK\3\4", "j.zip": b"", "k.jsonl": b"{\n", "l.doc": b"x", "m.txt": b""}
    for name, data in (sound | bad).items():
        (folder / name).write_bytes(data)
    (folder / "n.txt").symlink_to("gone")
    out = tmp_path / "out"
    result = jianbao("run", folder, "--out", out, "--formats", "csv")
    assert result.exit_code == 1
    counted = {row["file"] for row in rows(out / "records.jsonl")}
    assert counted == {*(sound.keys() - {"e.jsonl", "f.csv", "g.zip"}), "e.jsonl/1", "f.csv/2", "g.zip/in/a.txt"}
    assert {row["file"] for row in rows(out / "rejected.jsonl")} == {*(bad.keys() - {"k.jsonl"}), "k.jsonl/1", "n.txt"}
    assert {row["quote"] for row in rows(out / "records.jsonl") if row["measure"] == "existing"} == {"12个"}


def test_the_text_of_a_pdf_is_kept_with_its_pages_and_proves_the_quotes(folder: Path, tmp_path: Path) -> None:
    (folder / "a.pdf").write_bytes(pdf([(60, 760, 18, "六安市：社工站建设")], column(60, 700, LINES)))
    assert jianbao("run", folder, "--out", tmp_path / "out").exit_code == 0
    text = (tmp_path / "out" / "texts" / "a.pdf.txt").read_text(encoding="utf-8")
    made = rows(tmp_path / "out" / "records.jsonl")
    assert [text[row["start"] : row["end"]] for row in made] == [row["quote"] for row in made] != []
    assert rows(tmp_path / "out" / "pages.jsonl") == [
        {"record_id": row["record_id"], "file": "a.pdf", "page": 2} for row in made
    ]


def test_a_story_in_two_outlets_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "b.txt").write_text(f"另一家的标题\n{STORY}（据《某日报》）", encoding="utf-8")
    result = jianbao("run", folder, "--out", tmp_path / "out")
    (row,) = rows(tmp_path / "out" / "repeats.jsonl")
    assert (row["article_id"], row["repeats"]) == ("b#1", "a#1")
    assert result.stderr.startswith("jianbao: 1 article repeats another; ")


def test_a_day_that_gives_way_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "2023-11-12_a.txt").write_text(STORY, encoding="utf-8")
    (folder / "b.txt").write_text("今年以来，全市新建社工站5个。", encoding="utf-8")
    result = jianbao("run", folder, "--out", tmp_path / "out", "--published", "2024-01-05")
    assert result.stderr == "jianbao: --published 2024-01-05 gives way in 1 of 2 articles, which tell their own day\n"
    assert [r["published"] for r in rows(tmp_path / "out" / "articles.jsonl")] == ["2023-11-12", "2024-01-05"]


def test_limits_and_the_column_of_the_text_are_options(folder: Path, tmp_path: Path) -> None:
    (folder / "a.csv").write_text(f"words,text\n{STORY},无\n", encoding="utf-8")
    (folder / "b.txt").write_text("站" * 400_000, encoding="utf-8")
    result = jianbao("run", folder, "--out", tmp_path / "out", "--text-column", "words", "--max-mb", "1")
    assert [row["file"] for row in rows(tmp_path / "out" / "articles.jsonl")] == ["a.csv/2"]
    assert "b.txt: it has 1 MB, more than the 1 that are read" in result.stderr
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["options"]["reading"]
    assert (told["text_column"], told["max_mb"]) == ("words", 1)


def test_no_output_holds_what_a_spreadsheet_or_a_browser_would_run(folder: Path, tmp_path: Path) -> None:
    for number, start in enumerate("=+-@"):
        text = f'{start}cmd|"/C calc"!A0<script>alert(1)</script>建设\n2023年，某社区建成社工站{number + 3}个。\n'
        (folder / f"{start}{number}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert jianbao("run", folder, "--out", out, "--formats", "csv,xlsx").exit_code == 0
    cells = [c for p in out.glob("*.csv") for row in csv.reader(p.open(encoding="utf-8-sig", newline="")) for c in row]
    assert {cell[0] for cell in cells if "cmd" in cell or "#1" in cell} == {"'"}
    import openpyxl

    book = openpyxl.load_workbook(out / "tables.xlsx")
    cells_read = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells_read if str(cell.value)[:1] in "=+-@"} == {"s"}
    from extract.runs import run

    made = run(folder)
    shown = "".join(made.article(article)._repr_html_() for article in made.articles.article_id)
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_a_notebook_reads_with_the_same_options(folder: Path) -> None:
    (folder / "a.csv").write_text(f"words,text\n{STORY},无\n", encoding="utf-8")
    from extract.runs import run

    assert run(folder, reading=ReadOptions("words")).articles["file"].tolist() == ["a.csv/2"]


# what is known beside a text


def test_what_is_stated_beside_a_text_stands_in_where_the_text_says_nothing() -> None:
    meta = Meta("columns", DAY, "某报", "341500", "全市社工站建设")
    made = extract_bulletin(Bulletin("x.csv/2", "今年以来，全市新建社工站5个。", "csv", (meta,)), shipped_rules())
    (article,), (record,) = made.articles, made.records
    assert (article.title, article.source, article.published, article.place_code) == (
        "全市社工站建设",
        "某报",
        DAY,
        "341500",
    )
    assert (record.place_code, record.period_start) == ("341500", datetime.date(2023, 1, 1))


def test_a_title_that_is_stated_tells_the_place() -> None:
    bulletin = Bulletin("x.csv/2", "今年以来，全市新建社工站5个。", "csv", (Meta("columns", title="六安市社工站建设"),))
    assert extract_bulletin(bulletin, shipped_rules()).records[0].place_code == "341500"


def test_what_counts_stands_first_and_what_gives_way_behind_it() -> None:
    stated = (Meta("metadata.csv", DAY, "某报"), Meta("front matter", datetime.date(2023, 11, 1), "某报", title="旧题"))
    given = datetime.date(2024, 1, 5)
    assert list(known_lines(Bulletin("2023-11-12_a.md", "", "utf-8", stated), given)) == [
        "published: 2023-11-12 (metadata.csv), not 2023-11-01 (front matter); 2024-01-05 (--published)",
        "source: 某报 (metadata.csv)",
        "title: 旧题 (front matter)",
    ]


def test_show_says_where_the_text_has_a_title_of_its_own(folder: Path) -> None:
    (folder / "a.txt").write_text("甘肃定西：社工站建设提速\n2024年，全市建成社工站120个。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,title\na.txt,别的标题\n", encoding="utf-8")
    line = "title: 别的标题 (metadata.csv); the text has its own: 甘肃定西：社工站建设提速"
    assert jianbao("show", folder / "a.txt").stdout.splitlines()[0] == line


def test_show_prints_what_is_known_beside_the_text(folder: Path) -> None:
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "metadata.csv").write_text("file,published,source\na.txt,2023-11-12,某报\n", encoding="utf-8")
    shown = jianbao("show", folder / "a.txt").stdout.splitlines()
    assert shown[:2] == ["published: 2023-11-12 (metadata.csv)", "source: 某报 (metadata.csv)"]


def test_a_place_in_the_metadata_that_is_not_known_is_told_and_the_text_read(folder: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"{name}：社工站建设\n{STORY}", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,place\na.txt,999999\nb.txt,乌有县\nc.txt,341500\n", encoding="utf-8")
    jianbao("run", folder, "--out", tmp_path / "out", "--formats", "jsonl")
    remedy = "write the full name or the code of GB/T 2260 there; the text is read"
    assert rows(tmp_path / "out" / "rejected.jsonl") == [
        {"file": name, "reason": f"its place in metadata.csv is not known ('{place}')", "remedy": remedy}
        for name, place in (("a.txt", "999999"), ("b.txt", "乌有县"))
    ]
    counts = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["bulletins"], counts["articles"], counts["rejected"]) == (3, 3, 2)


def test_the_metadata_name_members_of_an_archive_beside_them(folder: Path, tmp_path: Path) -> None:
    inner = archive({"in/a.txt": STORY, "in/b.txt": STORY, "metadata.csv": "file,source\nin/b.txt,某报\n"})
    (folder / "g.zip").write_bytes(inner)
    (folder / "t.csv").write_text(f"text\n{STORY}\n", encoding="utf-8")
    (folder / "metadata.csv").write_text(
        "file,published\ng.zip/in/a.txt,2023-11-12\ng.zip/in/c.txt,2023-11-12\nt.csv/2,2023-11-12\n", encoding="utf-8"
    )
    found = [found for source in find_sources([folder]) for found in read_source(source)]
    meta = Meta("metadata.csv", DAY)
    assert [(f.file, f.stated) for f in found if isinstance(f, Bulletin)] == [
        ("g.zip/in/a.txt", (meta,)), ("g.zip/in/b.txt", ()), ("t.csv/2", (Meta("columns"),)),
    ]  # fmt: skip
    assert [str(f) for f in found if isinstance(f, ReadError)] == [
        "g.zip/metadata.csv: a metadata.csv within an archive is not read; lay it beside the archive, with the archive's "
        "name before each path: a.zip/b.txt",
        "metadata.csv: line 3 names 'g.zip/in/c.txt', which is not there; write its path below this folder",
        "metadata.csv: line 4 names 't.csv/2', a row of t.csv; write what is known of it in columns of that table",
    ]
