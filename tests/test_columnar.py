"""Texts in Arrow batches in, rows in Arrow batches out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import extract
from extract import columnar
from extract.columnar import ARROW_SCHEMA, TABLES_SCHEMA, ddl, extract_batches, extract_tables
from extract.records import Record
from extract.tables import JSON_LINES, column_kinds

ROOT = Path(__file__).parents[1]
STATIONS = "截至2023年底，全县已建成社工站21个，持证社工达186人。"
MONEY = "今年以来，全区投入社会工作经费近438万元。"


def batch(**columns: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def rows(*batches: pa.RecordBatch, **options: Any) -> list[dict[str, Any]]:
    return pa.Table.from_batches(extract_batches(iter(batches), **options), ARROW_SCHEMA).to_pylist()


def plain(text: str, file: str, **options: Any) -> list[dict[str, Any]]:
    """The records of a text as a batch has them."""
    made = extract.run({file: text}, **options).records.astype(object)
    found = []
    for row in made.where(made.notna(), None).to_dict("records"):
        days = {name: row[name] and row[name].date() for name in ("period_start", "period_end")}
        found.append({**row, **days, "checks": list(row["checks"]), "error": None})
    return found


def test_a_record_is_a_row_with_the_fields_that_a_run_gives() -> None:
    assert rows(batch(file=["a.txt", "b.txt"], text=[STATIONS, MONEY])) == [
        *plain(STATIONS, "a.txt"),
        *plain(MONEY, "b.txt"),
    ]


def test_the_sample_bulletins_give_the_records_of_a_run() -> None:
    run = extract.run(ROOT / "corpus" / "dev")
    names = [path.relative_to(ROOT / "corpus/dev").as_posix() for path in sorted((ROOT / "corpus/dev").rglob("*.txt"))]
    texts = [(ROOT / "corpus/dev" / name).read_bytes() for name in names]
    found = rows(batch(file=names, text=texts))
    assert sorted(row["record_id"] for row in found) == sorted(run.records["record_id"])
    assert {row["error"] for row in found} == {None}


def test_the_day_and_the_place_of_a_text_are_taken_from_its_row() -> None:
    days: list[Any] = [datetime.date(2023, 11, 20), None, datetime.date(2020, 1, 2)]
    found = rows(
        batch(file=["a", "b", "c"], text=[MONEY] * 3, published=days, place=["410100", None, ""], other=[1, 2, 3])
    )
    assert [(row["period_start"], row["place_code"]) for row in found] == [
        (datetime.date(2023, 1, 1), "410100"),
        (None, None),
        (datetime.date(2020, 1, 1), None),
    ]
    written = [
        rows(batch(file=["a"], text=[MONEY], published=[day]))
        for day in ("2023-11-20", datetime.datetime(2023, 11, 20, 8))
    ]
    assert written == [plain(MONEY, "a", published="2023-11-20")] * 2


def test_columns_of_numbers_are_read_as_their_digits() -> None:
    found = rows(batch(file=[7], text=[MONEY], published=[datetime.date(2023, 11, 20)], place=[410100]))
    assert [(row["file"], row["place_code"], row["error"]) for row in found] == [("7", "410100", None)]


@pytest.mark.parametrize(
    ("column", "error"),
    [
        ({"text": [5]}, "text: 5 is no text; give the words of a bulletin, or the bytes of its file"),
        ({"published": [20231120]}, "published: '20231120' is no day; write it as 2023-11-20"),
        ({"place": [41]}, "place: '41' is no code of GB/T 2260; write its six digits, or leave it empty"),
    ],
)
def test_a_value_of_the_wrong_type_costs_its_row_alone(column: dict[str, list[Any]], error: str) -> None:
    given = {"file": ["a"], "text": [MONEY]} | column
    assert [(row["file"], row["error"]) for row in rows(batch(**given), batch(file=["b"], text=[MONEY]))] == [
        ("a", error),
        ("b", None),
    ]


def test_bytes_are_read_as_a_file_is() -> None:
    kinds = [MONEY.encode("gb18030"), ("\ufeff" + MONEY).encode(), MONEY.encode("utf-16")]
    assert {row["quote"] for row in rows(batch(file=["a", "b", "c"], text=kinds))} == {"438万元"}


def test_an_error_is_a_row_and_costs_no_other_text() -> None:
    found = rows(
        batch(
            file=["a", "b", "c", "d", "e"],
            text=[MONEY, " ", MONEY, MONEY, None],
            published=["2023-11", None, "2023-11-20", None, None],
            place=[None, None, None, "999999", None],
        )
    )
    assert [{name: value for name, value in row.items() if value is not None} for row in found if row["error"]] == [
        {"file": "a", "error": "published: '2023-11' is no day; write it as 2023-11-20"},
        {"file": "b", "error": "the text is empty; fill it or take its row away"},
        {"file": "d", "error": "place: '999999' is no code of GB/T 2260; write its six digits, or leave it empty"},
        {"file": "e", "error": "the text is empty; fill it or take its row away"},
    ]
    assert [row["file"] for row in found] == ["a", "b", "c", "d", "e"]


def test_an_unforeseen_fault_is_a_row_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("so\nit goes")

    monkeypatch.setattr("extract.pipeline.extract_bulletin", fail)
    assert [(row["file"], row["error"]) for row in rows(batch(file=["a"], text=[MONEY]))] == [
        ("a", "an unforeseen fault, RuntimeError: so it goes; report it with the text")
    ]


def test_batches_without_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="no column 'text' but file, body; rename the one that holds it"):
        rows(batch(file=["a"], body=[MONEY]))


def test_batches_come_as_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar, "BATCH_BYTES", 1)
    taken: list[int] = []

    def source() -> Iterator[pa.RecordBatch]:
        for number in range(100):
            taken.append(number)
            yield batch(file=[f"{number}.txt"] * 2, text=[MONEY] * 2)

    made = extract_batches(source())
    assert taken == []
    assert [next(made).column("file").to_pylist() for _ in range(3)] == [["0.txt"], ["0.txt"], ["1.txt"]]
    assert taken == [0, 1]


def test_texts_without_figures_and_empty_batches_give_nothing() -> None:
    assert rows(batch(file=["a"], text=["本报讯。"]), batch(file=["a"], text=["x"]).slice(0, 0)) == []
    assert list(extract_batches(iter(()))) == []


def test_a_text_gives_all_its_rows_in_one_row_of_tables() -> None:
    run = extract.run({"a.txt": STATIONS, "b.txt": MONEY})
    made = pa.Table.from_batches(
        extract_tables(iter([batch(file=["a.txt", "c.txt", "b.txt"], text=[STATIONS, "", MONEY])])), TABLES_SCHEMA
    ).to_pylist()
    for kind, key in {"records": "record_id", "numbers": "start", "articles": "article_id"}.items():
        assert [row[key] for text in made for row in text[kind]] == run.table(kind)[key].tolist()
        assert made[1][kind] == []
    assert [text["rejected"] for text in made] == [
        [],
        [{"file": "c.txt", "reason": "the text is empty", "remedy": "fill it or take its row away"}],
        [],
    ]


def test_rules_of_ones_own_come_with_a_book(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        """\
- id: stations.built.took-root
  match: "{count} {facility} 落地生根"
  record: {table: stations, measure: built}
  examples:
    - text: 今年以来，9个社工站在村里落地生根
      gives: [{value: 9, measure: built}]
  rejects:
    - {text: 9名社工在村里落地生根, because: people}
""",
        encoding="utf-8",
    )
    book = extract.load_rules(tmp_path)
    found = rows(batch(file=["a"], text=["今年以来，8个社工站在村里落地生根"]), book=book)
    assert [(row["value"], row["rule"]) for row in found] == [(8.0, "stations.built.took-root")]


def test_the_schema_has_the_columns_of_a_record_and_the_error() -> None:
    assert ARROW_SCHEMA.names == [*column_kinds(Record), "error"]
    assert TABLES_SCHEMA.names == list(JSON_LINES)
    assert ddl(
        pa.schema([ARROW_SCHEMA.field(name) for name in ("table", "value", "start", "period_end", "checks")])
    ) == ("`table` string, `value` double, `start` bigint, `period_end` date, `checks` array<string>")
    assert ddl(pa.schema([TABLES_SCHEMA.field("rejected")])) == (
        "`rejected` array<struct<`file`: string, `reason`: string, `remedy`: string>>"
    )


def test_duckdb_gives_the_texts_and_reads_the_records() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    base = duckdb.connect()
    base.execute("CREATE TABLE bulletins (file text, text text)")
    base.execute("INSERT INTO bulletins VALUES ('a.txt', ?), ('b.txt', ?)", [STATIONS, MONEY])
    texts = pa.RecordBatchReader.from_stream(base.cursor().sql("FROM bulletins ORDER BY file"))
    base.register("records", pa.RecordBatchReader.from_batches(ARROW_SCHEMA, extract_batches(texts)))
    told = base.sql('SELECT file, "table", value FROM records').fetchall()
    assert told == [("a.txt", "stations", 21.0), ("a.txt", "workers", 186.0), ("b.txt", "funds", 4380000.0)]


def test_a_table_of_arrow_goes_through_as_ray_data_sends_it() -> None:
    def records(table: pa.Table) -> pa.Table:
        return pa.Table.from_batches(extract_batches(table.to_batches()), ARROW_SCHEMA)

    texts = pa.table({"file": ["a.txt", "b.txt"], "text": [STATIONS, MONEY]})
    assert records(texts).num_rows == 3
    assert records(texts.slice(0, 0)).schema == ARROW_SCHEMA


def test_a_parquet_file_streams_through(tmp_path: Path) -> None:
    pq.write_table(pa.table({"file": ["a.txt", "b.txt"], "text": [STATIONS, MONEY]}), tmp_path / "in.parquet")
    with (
        pq.ParquetFile(tmp_path / "in.parquet") as file,
        pq.ParquetWriter(tmp_path / "out.parquet", ARROW_SCHEMA) as out,
    ):
        for made in partial(extract_batches)(file.iter_batches(batch_size=1)):
            out.write_batch(made)
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == [*plain(STATIONS, "a.txt"), *plain(MONEY, "b.txt")]
