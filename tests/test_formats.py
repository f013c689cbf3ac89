"""The files of a run side by side: the same columns and values in each, and what describes them holds."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import extract
from extract.authoring import load_rules
from extract.cli import app
from extract.records import Record
from extract.schemas import data_package, datasette_metadata, json_schemas
from extract.tables import BESIDE, JSON_LINES, column_kinds, models_of
from extract.workbook import Xlsx
from extract.writers import FORMATS

ROOT = Path(__file__).parents[1]
RULE = """\
tables:
  libraries:
    existing: {nature: stock, unit: site}
rules:
- id: libraries.existing
  match: "[建成] 农家书屋 {count}"
  record: {table: libraries, measure: existing}
  examples:
    - text: 全县建成农家书屋12个
      gives: [{value: 12, measure: existing}]
  rejects:
    - {text: 全县有12个村, because: villages}
"""
TEXTS = {
    "a.txt": "某县社会工作简报\n2023年11月20日\n　　截至2023年底，全县已建成社工站21个，持证社工达186人，培训12人次。",
    "b.txt": "今年以来，全区投入社会工作经费200-500元，同比-8.7%，近438.5万元，增长1.45‰。农家书屋9个。",
    "=c.txt": "+21个社工站，建成社工站21个，\r\n其中县级1\n3个，另有@5人。",
}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in every format, with a table of a user's own."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "rules").mkdir()
    (folder / "rules" / "own.yaml").write_text(RULE, encoding="utf-8")
    run = extract.run(TEXTS, rules=folder / "rules")
    run.write(folder / "out", formats=FORMATS)
    return folder / "out"


def lines(out: Path, table: str) -> Rows:
    return [json.loads(line) for line in (out / f"{table}.jsonl").read_text("utf-8").splitlines()]


def csv_rows(out: Path, table: str) -> tuple[Sequence[str], Rows]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return reader.fieldnames or (), [_typed(row, table) for row in rows]


def _typed(row: dict[str, str], table: str) -> dict[str, Any]:
    """A row of CSV by the kinds of its columns; an apostrophe that defuses a formula is taken away."""
    made: dict[str, Any] = {}
    for name, kind in column_kinds(JSON_LINES.get(table, Record)).items():
        cell = row[name]
        if cell[:1] == "'" and cell[1:2] in set("=+-@\t\r"):
            cell = cell[1:]
        if kind == "list":
            made[name] = cell.split("; ") if cell else []
        elif kind in ("number", "integer"):
            made[name] = float(cell) if cell else None
        else:
            made[name] = cell or None
    return made


def parquet_rows(out: Path, table: str) -> tuple[Sequence[str], Rows]:
    read = pq.read_table(out / f"{table}.parquet")
    return read.column_names, [_days_in_words(row) for row in read.to_pylist()]


def _days_in_words(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat()[:10] if hasattr(value, "isoformat") else value for name, value in row.items()}


def sqlite_rows(out: Path, table: str) -> tuple[Sequence[str], Rows]:
    lists = {name for name, kind in column_kinds(JSON_LINES.get(table, Record)).items() if kind == "list"}
    with sqlite3.connect(out / "tables.sqlite") as base:
        base.row_factory = sqlite3.Row
        found = base.execute(f'SELECT * FROM "{table}"')
        rows = [{name: json.loads(row[name]) if name in lists else row[name] for name in row.keys()} for row in found]  # noqa: SIM118
        return [column[0] for column in found.description], rows


def xlsx_rows(out: Path, table: str) -> tuple[Sequence[str], Rows]:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install '.[xlsx]'")
    header, *rows = openpyxl.load_workbook(out / "tables.xlsx")[table].iter_rows(values_only=True)
    lists = {name for name, kind in column_kinds(JSON_LINES.get(table, Record)).items() if kind == "list"}
    made = [_days_in_words(dict(zip(header, row, strict=True))) for row in rows]
    for row in made:
        row |= {name: row[name].split("; ") if row[name] else [] for name in lists & row.keys()}
    return header, made


READERS = {"csv": csv_rows, "parquet": parquet_rows, "sqlite": sqlite_rows, "xlsx": xlsx_rows}


@pytest.mark.parametrize(
    "table", ["stations", "workers", "funds", "rates", "libraries", "numbers", "articles", "checks"]
)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_format_has_the_columns_and_values_of_the_lines(
    out: Path, table: str, reader: Callable[[Path, str], tuple[Sequence[str], Rows]]
) -> None:
    columns, rows = reader(out, table)
    assert list(columns) == list(column_kinds(JSON_LINES.get(table, Record)))
    empty_is_none = reader in (csv_rows, xlsx_rows)  # to a spreadsheet an empty text and none are the same cell
    assert rows == [
        {name: None if value == "" and empty_is_none else value for name, value in row.items()}
        for row in lines(out, table)
    ]


def test_the_sample_has_what_formats_trip_over(out: Path) -> None:
    kinds = {table: len(lines(out, table)) for table in ("stations", "workers", "funds", "rates", "libraries")}
    assert all(kinds.values()), kinds
    records = lines(out, "records")
    assert any(record["value"] is None for record in records)
    assert any(isinstance(record["value"], float) for record in records)
    assert any("\n" in record["quote"] for record in lines(out, "numbers"))
    assert any(record["quote"][0] in "=+-@" or record["file"][0] == "=" for record in records)


# what describes the files


def test_the_data_package_is_valid_and_its_tables_are(out: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed: pip install '.[test]'")
    told = frictionless.validate(str(out / "datapackage.json"))
    assert told.valid, told.flatten(["name", "rowNumber", "fieldNumber", "type", "note"])
    assert {task.name for task in told.tasks} >= {"records.jsonl", "libraries.csv", "stations.parquet", "tables.sqlite"}


def test_the_data_package_names_every_file_of_rows(out: Path) -> None:
    named = {resource["path"] for resource in json.loads((out / "datapackage.json").read_text("utf-8"))["resources"]}
    assert named == {path.name for path in out.iterdir()} - {"datapackage.json", "datasette.json", "run.json"}


def test_a_row_that_breaks_the_package_is_found(out: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed: pip install '.[test]'")
    for path in out.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "stations.csv").read_text("utf-8")
    (tmp_path / "stations.csv").write_text(text.replace(",exact,", ",exactly,"), "utf-8")
    told = frictionless.validate(str(tmp_path / "datapackage.json"))
    faults = {(task.name, error.type) for task in told.tasks for error in task.errors}
    assert faults == {("stations.csv", "constraint-error")}


def test_a_table_with_a_chinese_name_has_a_name_that_the_standard_allows() -> None:
    resources = data_package(models_of(["社工站", "Stations", "stations"]), ["csv"])["resources"]
    names = [resource["name"] for resource in resources]
    assert len(set(names)) == len(names)
    assert [name for name in names if name.endswith(".csv")][:3] == [
        "-793e-5de5-7ad9.csv",
        "-53tations.csv",
        "stations.csv",
    ]


def test_the_lines_keep_to_their_json_schemas(out: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: pip install '.[test]'")
    tables = {**load_rules().tables, "libraries": {"existing": {}}}
    checked = 0
    for table, schema in json_schemas(tables).items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        for row in lines(out, table):
            assert list(validator.iter_errors(row)) == []
            checked += 1
            assert not validator.is_valid(row | {"file": 3} if "file" in row else row | {"kind": 3})
            assert not validator.is_valid(row | {"another": 1})
    assert checked > 20


def test_a_json_schema_knows_the_measures_of_its_table() -> None:
    schema = json_schemas(load_rules().tables)["stations"]
    assert schema["properties"]["table"]["const"] == "stations"
    assert schema["properties"]["measure"]["enum"] == ["existing", "built", "involved"]
    assert schema["required"] == list(column_kinds(Record))


def test_the_json_schemas_of_the_docs_are_current(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["schema", "--out", str(tmp_path)]).exit_code == 0
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "schema").iterdir()}
    assert made == kept, "run: jianbao schema --out docs/schema"


def test_the_command_prints_one_schema_or_all_and_refuses_what_there_is_not() -> None:
    told = {args: CliRunner().invoke(app, ["schema", *args]) for args in ((), ("funds",), ("fund",))}
    assert list(json.loads(told[()].output)) == [*load_rules().tables, *JSON_LINES, *BESIDE]
    assert json.loads(told[("funds",)].output)["title"] == "funds"
    assert (told[("fund",)].exit_code, "there is no table 'fund'" in told[("fund",)].output) == (2, True)


# the database


def test_a_word_of_any_length_is_found_in_sentences_and_titles(out: Path) -> None:
    with sqlite3.connect(out / "tables.sqlite") as base:
        like = "SELECT kind, article_id FROM sentences WHERE text LIKE '%' || ? || '%' ORDER BY 1, 2"
        match = (
            "SELECT kind, article_id FROM sentences WHERE sentence_id IN (SELECT rowid FROM search(?)) ORDER BY 1, 2"
        )
        assert base.execute(like, ["简报"]).fetchall() == [("title", "a#1")]
        assert base.execute(match, ["工作简报"]).fetchall() == [("title", "a#1")]
        for word in ("社会工作", "已建成", "农家书屋"):
            assert base.execute(match, [word]).fetchall() == base.execute(like, [word]).fetchall() != []
        joined = "SELECT r.value FROM records r JOIN sentences s ON r.article_id = s.article_id AND r.sentence = s.text"
        assert Counter(base.execute(joined)) == Counter(base.execute("SELECT value FROM records"))


def test_the_database_holds_its_keys_and_uses_its_indexes(out: Path) -> None:
    with sqlite3.connect(out / "tables.sqlite") as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        base.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        plans = {
            "SELECT * FROM records WHERE record_id = 'r1'": "sqlite_autoindex_records_1",
            "SELECT * FROM stations WHERE measure = 'existing'": "records_measure",
            "SELECT * FROM records WHERE place_code = '410100'": "records_place",
            "SELECT * FROM numbers WHERE class = 'unexplained'": "numbers_class",
        }
        for query, index in plans.items():
            assert index in base.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()[0][3]


def test_the_queries_of_the_page_run(out: Path) -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8")
    queries = page.partition("```sql\n")[2].partition("```")[0].split(";\n")
    with sqlite3.connect(out / "tables.sqlite") as base:
        found = [base.execute(query).fetchall() for query in queries if query.strip()]
    assert [bool(rows) for rows in found] == [True] * 4


def test_datasette_is_told_every_column_and_a_search_that_runs(out: Path) -> None:
    told = json.loads((out / "datasette.json").read_text("utf-8"))["databases"]["tables"]
    assert told == datasette_metadata(models_of([*load_rules().tables, "libraries"]))["databases"]["tables"]
    with sqlite3.connect(out / "tables.sqlite") as base:
        for table, about in told["tables"].items():
            columns = {row[1] for row in base.execute(f'PRAGMA table_info("{table}")')}
            assert set(about["columns"]) | set(about["facets"]) <= columns
        assert base.execute(told["queries"]["find"]["sql"], {"word": "简报"}).fetchall() == [
            ("title", "某县社会工作简报", "a#1")
        ]


@pytest.mark.parametrize("table", ["articles", "records", "numbers", "checks", "stations", "sentences"])
def test_datasette_opens_every_table_and_finds_words(out: Path, table: str) -> None:
    datasette = pytest.importorskip("datasette.app", reason="datasette is not installed: pip install '.[page-test]'")
    shown = datasette.Datasette([str(out / "tables.sqlite")], metadata=json.loads((out / "datasette.json").read_text()))
    assert asyncio.run(shown.client.get(f"/tables/{table}")).status_code == 200
    found = asyncio.run(shown.client.get("/tables/sentences.json?_shape=objects&_search=社会工作")).json()
    assert {row["text"] for row in found["rows"]} >= {"某县社会工作简报"}
    assert (
        found["filtered_table_rows_count"]
        < asyncio.run(shown.client.get("/tables/sentences.json")).json()["filtered_table_rows_count"]
    )


# the workbook


def test_the_sentence_of_a_record_leads_to_the_sheet_of_sentences(out: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install '.[xlsx]'")
    book = openpyxl.load_workbook(out / "tables.xlsx")
    led = 0
    for table in ("stations", "workers", "funds", "rates", "libraries"):
        at = list(column_kinds(Record)).index("sentence")
        for row in list(book[table].iter_rows())[1:]:
            sheet, _, cell = row[at].hyperlink.location.rpartition("!")
            assert book[sheet.strip("'")][cell].value == row[at].value
            led += 1
    assert led == len(lines(out, "records"))
    texts = [row[2].value for row in book["sentences"].iter_rows()][1:]
    assert len(texts) == len(set(texts))


def test_links_stop_where_excel_drops_them_and_sentences_go_on_in_another_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install '.[xlsx]'")
    monkeypatch.setattr(Xlsx, "link_limit", 2)
    monkeypatch.setattr(Xlsx, "row_limit", 3)
    text = "".join(f"今年以来，全县建成社工站{count}个。" for count in (11, 12, 13, 14, 15))
    extract.run({"a.txt": text}).write(tmp_path, formats=["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    at = list(column_kinds(Record)).index("sentence")
    links = [
        row[at].hyperlink and row[at].hyperlink.location
        for sheet in ("stations", "stations 2", "stations 3")
        for row in list(book[sheet].iter_rows())[1:]
    ]
    assert links == ["'sentences'!C2", "'sentences'!C3", "'sentences 2'!C2", "'sentences 2'!C3", "'sentences 3'!C2"]
    monkeypatch.setattr(Xlsx, "link_limit", 1)
    extract.run({"a.txt": text}).write(tmp_path, formats=["xlsx"])
    sheet = openpyxl.load_workbook(tmp_path / "tables.xlsx")["stations"]
    assert [bool(row[at].hyperlink) for row in list(sheet.iter_rows())[1:]] == [True, False]
