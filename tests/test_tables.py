"""Rows in frames and in files of every format."""

from __future__ import annotations

import csv
import datetime
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.records import ArticleRow, CheckRow, NumberRow, Record, Row
from extract.staging import Staging
from extract.tables import JSON_LINES, OutputError, RejectedRow, column_kinds, frame, models_of, parse_line
from extract.workbook import Xlsx
from extract.writers import FORMATS, Tables, Texts

TABLES = ("stations", "funds")


def record(record_id: str = "r1", **fields: Any) -> Record:
    made: dict[str, Any] = {"record_id": record_id, "table": "stations", "measure": "existing", "value": Decimal(192)}
    made |= {"low": Decimal(192), "high": Decimal(192), "bound": "exact", "unit": "site", "nature": "stock"}
    made |= {"status": "actual", "grade": None, "facility": "station", "tier": "township", "per": None, "group": None}
    made |= {"programme": None, "place": "某市", "place_code": "410100", "place_basis": "stated", "period_start": None}
    made |= {"period_end": datetime.date(2021, 12, 31), "period_text": "截至2021年底", "period_basis": "stated"}
    made |= {"article_id": "a#1", "file": "a.txt", "start": 12, "end": 16, "quote": "192个", "rule": "stations.built"}
    return Record.model_validate(made | {"sentence": "全市已建成站点192个。", "checks": ()} | fields)


def number(**fields: Any) -> NumberRow:
    made: dict[str, Any] = {"article_id": "a#1", "file": "a.txt", "start": 12, "end": 16, "quote": "192个"}
    made |= {"value": Decimal(192), "low": None, "high": None, "bound": "exact", "unit": "site", "class": "record"}
    return NumberRow.model_validate(made | {"record_id": "r1", "sentence": "全市已建成站点192个。"} | fields)


ARTICLE = ArticleRow(
    article_id="a#1",
    file="a.txt",
    title="题",
    source=None,
    published=None,
    place=None,
    place_code=None,
    start=0,
    end=99,
)
CHECK = CheckRow(
    article_id="a#1", kind="sum", terms=("r1", "r2"), computed=Decimal(3), stated=Decimal("3.5"), verdict="fails",
    chance=Decimal("0.01"), basis="words", text="sum 1+2=3, not 3.5",
)  # fmt: skip
FUND = record("r2", table="funds", measure="invested", value=Decimal("0.5"), quote="=1+1", checks=("sum 1+2=3", "x"))


def write(out: Path, formats: Sequence[str], rows: Sequence[tuple[str, Row]], tables: Sequence[str] = TABLES) -> None:
    staging = Staging(out)
    sinks, texts = Tables(staging, tables, formats), Texts(tables, formats)
    files = {kind: staging.open(f"{kind}.jsonl") for kind in JSON_LINES}
    for kind, row in rows:
        line = row.model_dump_json(by_alias=True)
        files[kind].write(line + "\n")
        sinks.add(texts.of([(kind, line, parse_line(line))]))
    for file in files.values():
        file.close()
    sinks.close()
    staging.commit()


ROWS: list[tuple[str, Row]] = [
    ("articles", ARTICLE),
    ("records", record()),
    ("records", FUND),
    ("numbers", number()),
    ("numbers", number(**{"class": "unexplained", "record_id": None, "start": 20, "end": 22})),
    ("checks", CHECK),
    ("rejected", RejectedRow(file="b.txt", reason="it is empty", remedy="fill it")),
]


def test_every_column_has_a_kind() -> None:
    kinds = column_kinds(Record)
    assert list(kinds) == list(record().plain())
    shown = ("record_id", "table", "value", "bound", "nature", "place", "period_end", "start", "checks")
    assert {name: kinds[name] for name in shown} == {
        "record_id": "text",
        "table": "category",
        "value": "number",
        "bound": "category",
        "nature": "category",
        "place": "text",
        "period_end": "date",
        "start": "integer",
        "checks": "list",
    }
    assert column_kinds(NumberRow)["class"] == "category"


@pytest.mark.parametrize("name", ["numbers", "Rejected", "search", "Sentences", "a/b", "../up", "a b", ""])
def test_a_table_without_a_file_name_of_its_own_is_refused(name: str) -> None:
    with pytest.raises(OutputError, match="rename it in its rules"):
        models_of([name])


def test_a_frame_is_typed() -> None:
    rows = frame([record().plain(), record("r2", value=None, period_end=None).plain()], Record)
    assert {name: str(rows[name].dtype) for name in ("record_id", "table", "value", "low", "start", "period_end")} == {
        "record_id": "string",
        "table": "category",
        "value": "Int64",
        "low": "Int64",
        "start": "int64",
        "period_end": "datetime64[s]",
    }
    assert list(rows.columns) == list(column_kinds(Record))
    assert rows["value"].tolist() == [192, pd.NA]
    assert rows["period_end"].tolist() == [pd.Timestamp("2021-12-31"), pd.NaT]


def test_a_frame_with_a_fraction_has_float_values() -> None:
    rows = frame([record().plain(), FUND.plain()], Record)
    assert (str(rows["value"].dtype), rows["value"].tolist()) == ("Float64", [192.0, 0.5])
    assert rows["checks"].tolist() == [(), ("sum 1+2=3", "x")]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_number_of_any_size(tmp_path: Path, name: str) -> None:
    if name == "xlsx":
        pytest.importorskip("openpyxl")
    write(tmp_path, [name], [("records", record(value=Decimal(10) ** 5000, low=Decimal(2**70)))])
    assert frame([parse_line((tmp_path / "records.jsonl").read_text())], Record)["value"].tolist() == [float("inf")]


@pytest.mark.parametrize("model", JSON_LINES.values())
def test_an_empty_frame_has_the_same_columns(model: type[Row]) -> None:
    assert list(frame([], model).columns) == list(column_kinds(model))


def test_a_number_beyond_64_bits_becomes_a_float() -> None:
    line = f'{{"a": 5, "b": 0.5, "c": {2**63}, "d": -1{"0" * 5000}, "e": "{2**63}"}}'
    assert parse_line(line) == {"a": 5, "b": 0.5, "c": 2.0**63, "d": float("-inf"), "e": str(2**63)}
    assert [type(value) for value in parse_line(line).values()] == [int, float, float, float, str]


def test_json_lines_are_always_written(tmp_path: Path) -> None:
    write(tmp_path, [], ROWS)
    assert {path.name: path.read_text(encoding="utf-8").splitlines() for path in tmp_path.glob("*.jsonl")} == {
        f"{kind}.jsonl": [row.model_dump_json(by_alias=True) for of, row in ROWS if of == kind] for kind in JSON_LINES
    }


def test_jsonl_among_the_formats_adds_a_file_a_table(tmp_path: Path) -> None:
    write(tmp_path, ["jsonl"], ROWS)
    lines = {table: (tmp_path / f"{table}.jsonl").read_text(encoding="utf-8") for table in (*TABLES, "numbers")}
    assert lines["stations"] == record().model_dump_json(by_alias=True) + "\n"
    assert lines["funds"] == FUND.model_dump_json(by_alias=True) + "\n"
    assert lines["numbers"].count("\n") == 2


def test_csv_opens_in_excel_with_formulas_defused(tmp_path: Path) -> None:
    write(tmp_path, ["csv"], [*ROWS, ("records", record("r3", table="funds", value=Decimal("-8.7"), quote="-8.7%"))])
    assert (tmp_path / "funds.csv").read_bytes().startswith(b"\xef\xbb\xbfrecord_id,table,")
    with (tmp_path / "funds.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["value"], row["quote"], row["checks"], row["group"]) for row in rows] == [
        ("0.5", "'=1+1", "sum 1+2=3; x", ""),
        ("-8.7", "'-8.7%", "", ""),
    ]
    assert (tmp_path / "stations.csv").read_text(encoding="utf-8-sig").count("\n") == 2


def test_a_quote_over_a_line_break_stays_one_csv_cell(tmp_path: Path) -> None:
    write(tmp_path, ["csv"], [("records", record(quote="19\r\n2个"))])
    with (tmp_path / "stations.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["quote"] for row in csv.DictReader(file)] == ["19\r\n2个"]


def test_parquet_is_typed_and_holds_every_row(tmp_path: Path) -> None:
    write(tmp_path, ["parquet"], ROWS)
    table = pq.read_table(tmp_path / "funds.parquet")
    assert table.to_pylist() == [FUND.plain() | {"period_end": datetime.date(2021, 12, 31)}]
    types = [table.schema.field(name).type for name in ("value", "start", "period_end", "checks", "bound")]
    assert types == [pa.float64(), pa.int64(), pa.date32(), pa.list_(pa.string()), pa.string()]
    assert [row["class"] for row in pq.read_table(tmp_path / "numbers.parquet").to_pylist()] == [
        "record",
        "unexplained",
    ]


def test_parquet_is_written_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.parquet.BATCH_ROWS", 2)
    ids = [f"r{n}" for n in range(5)]
    write(tmp_path, ["parquet"], [("records", record(name)) for name in ids])
    assert pq.read_table(tmp_path / "stations.parquet")["record_id"].to_pylist() == ids
    assert pq.ParquetFile(tmp_path / "stations.parquet").metadata.num_row_groups == 3


def test_xlsx_has_a_typed_sheet_a_table(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    write(tmp_path, ["xlsx"], ROWS)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == ["stations", "funds", "numbers", "articles", "checks", "sentences"]
    header, row = book["funds"].iter_rows()
    cells = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert [(cells[name].value, cells[name].data_type) for name in ("value", "quote", "checks", "period_end")] == [
        (0.5, "n"),
        ("=1+1", "s"),
        ("sum 1+2=3; x", "s"),
        (datetime.datetime(2021, 12, 31), "d"),
    ]
    assert book["funds"].freeze_panes == "A2"


def test_xlsx_leaves_out_what_no_cell_can_hold(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    row = record(sentence="\x0b" + "字" * 40_000, value=Decimal(10) ** 400, period_end=datetime.date(1899, 1, 1))
    write(tmp_path, ["xlsx"], [("records", row)])
    header, cells = openpyxl.load_workbook(tmp_path / "tables.xlsx")["stations"].iter_rows(values_only=True)
    found = dict(zip(header, cells, strict=True))
    assert (found["sentence"], found["value"], found["period_end"]) == ("字" * 32_767, "inf", "1899-01-01")


def test_a_table_longer_than_a_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(Xlsx, "row_limit", 3)
    write(tmp_path, ["xlsx"], [("records", record(f"r{n}")) for n in range(5)], ["stations"])
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    ids = {name: [row[0] for row in book[name].values][1:] for name in book.sheetnames if name.startswith("stations")}
    assert ids == {"stations": ["r0", "r1"], "stations 2": ["r2", "r3"], "stations 3": ["r4"]}


def test_sqlite_has_keys_views_and_every_row(tmp_path: Path) -> None:
    write(tmp_path, ["sqlite"], ROWS)
    with sqlite3.connect(tmp_path / "tables.sqlite") as base:
        base.row_factory = sqlite3.Row
        funds = [dict(row) for row in base.execute("SELECT * FROM funds")]
        assert funds == [FUND.plain() | {"checks": '["sum 1+2=3", "x"]'}]
        assert [row[0] for row in base.execute("SELECT record_id FROM stations")] == ["r1"]
        joined = base.execute(
            "SELECT title, records.quote FROM numbers JOIN records USING (record_id)"
            " JOIN articles ON articles.article_id = records.article_id"
        )
        assert [tuple(row) for row in joined] == [("题", "192个")]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, FORMATS, ROWS)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert {"tables.xlsx", "tables.sqlite", "funds.parquet", "funds.csv", "funds.jsonl"} <= set(names)
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_workbook_carries_no_clock(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    write(tmp_path, ["xlsx"], ROWS)
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_nothing_appears_before_all_is_written(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    for kind in JSON_LINES:
        staging.open(f"{kind}.jsonl").close()
    sinks = Tables(staging, TABLES, FORMATS)
    assert all(path.name.startswith(".") for path in tmp_path.iterdir())
    sinks.close()
    staging.discard()
    assert list(tmp_path.iterdir()) == []


def test_files_of_an_earlier_run_go_and_those_of_others_stay(tmp_path: Path) -> None:
    for name in ("funds.csv", "notes.txt", "mine.csv", "run.json"):
        (tmp_path / name).write_text('{"files": ["funds.csv", "notes.txt", "../up.csv", 3]}')
    write(tmp_path, [], ROWS)
    names = {path.name for path in tmp_path.iterdir() if path.suffix != ".jsonl"}
    assert names == {"notes.txt", "mine.csv", "run.json"}


def test_texts_that_an_earlier_run_kept_go_and_those_of_others_stay(tmp_path: Path) -> None:
    kept = ["texts/a.pdf.txt", "texts/2023/b.pdf.txt", "texts/2024/c.pdf.txt"]
    for name in (*kept, "texts/mine.txt", "texts/2023/mine.txt", "up.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    inputs = [{"file": "d.txt"}, *({"text": name} for name in (*kept, "texts/../up.txt", "texts", "mine.txt"))]
    (tmp_path / "run.json").write_text(json.dumps({"files": ["run.json", "texts"], "inputs": inputs}))
    write(tmp_path, [], ROWS)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.suffix not in (".jsonl",)}
    assert left == {"run.json", "up.txt", "texts", "texts/mine.txt", "texts/2023", "texts/2023/mine.txt"}


def test_a_result_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="out: is a file; name a folder for the results"):
        Staging(tmp_path / "out")
    with pytest.raises(OutputError, match="name a folder that can be written"):
        Staging(tmp_path / "out" / "below")
