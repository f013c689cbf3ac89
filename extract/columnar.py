"""Texts in Arrow batches in, their rows in Arrow batches out: the way into Spark, Ray Data, DuckDB and pyarrow.

The batches that come in have a row a text: `file`, its name; `text`, as a string, or as the bytes of a text file; and,
where they are known, `published` (a date, or `2023-11-20`) and `place` (a GB/T 2260 code). Other columns are passed
over. A text that cannot be read costs no other: it becomes a row that says why.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from extract.arrow import arrow_schema, read_lines
from extract.batch import KINDS, parse_day
from extract.records import Record, json_lines
from extract.tables import JSON_LINES, RejectedRow

if TYPE_CHECKING:
    from extract.rules import RuleBook

Lines = Mapping[str, tuple[str, ...]]
"""The rows of one text as JSON lines, by kind."""

BATCH_BYTES = 1 << 20  # of JSON lines: a batch ends with the text that goes beyond it
COLUMNS = ("file", "text", "published", "place")

ARROW_SCHEMA = arrow_schema(Record).append(pa.field("error", pa.string()))
"""The columns of a record, and `error`, which is set in the only row of a text that was set aside."""

TABLES_SCHEMA = pa.schema(
    [(kind, pa.list_(pa.struct(list(arrow_schema(model))))) for kind, model in JSON_LINES.items()]
)
"""A list of rows for each kind: `records`, `numbers`, `articles`, `checks`, `rejected`."""


def ddl(schema: pa.Schema) -> str:
    """The schema in the words of Spark SQL.

    >>> ddl(pa.schema([("file", pa.string()), ("terms", pa.list_(pa.string()))]))
    '`file` string, `terms` array<string>'
    """
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in schema)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'`{field.name}`: {_type(field.type)}' for field in kind)}>"
    return {pa.float64(): "double", pa.int64(): "bigint", pa.date32(): "date", pa.string(): "string"}[kind]


SPARK_SCHEMA = ddl(ARROW_SCHEMA)
"""ARROW_SCHEMA as `DataFrame.mapInArrow` takes it."""


def extract_batches(batches: Iterable[pa.RecordBatch], *, book: RuleBook | None = None) -> Iterator[pa.RecordBatch]:
    """A row a record, in the order of the texts, in batches of ARROW_SCHEMA that are made as they are asked for.

    A text without a record gives no row; one that was set aside gives a row with its `file` and `error` alone. `book`
    is for rules of one's own (`functools.partial(extract_batches, book=extract.load_rules("my/"))`). No more than one
    batch that comes in and one that goes out is held.

    Raises ValueError for batches without the columns `file` and `text`.
    """
    for texts in _in_batches(_texts(batches, book)):
        lines = [line for rows in texts for line in _lines(rows)]
        if lines:
            yield read_lines(lines, ARROW_SCHEMA)


def extract_tables(batches: Iterable[pa.RecordBatch], *, book: RuleBook | None = None) -> Iterator[pa.RecordBatch]:
    """A row a text, with all of its rows in a list for each kind (TABLES_SCHEMA): one pass for every table.

    Raises ValueError as `extract_batches` does.
    """
    for texts in _in_batches(_texts(batches, book)):
        columns = []
        for kind, model in JSON_LINES.items():
            ends, lines = [0], list[str]()
            for rows in texts:
                lines += rows.get(kind, ())
                ends.append(len(lines))
            of_kind = read_lines(lines, arrow_schema(model)).to_struct_array()
            columns.append(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), of_kind))
        yield pa.RecordBatch.from_arrays(columns, schema=TABLES_SCHEMA)


def _in_batches(texts: Iterable[Lines]) -> Iterator[list[Lines]]:
    held, size = list[Lines](), 0
    for rows in texts:
        held.append(rows)
        size += sum(len(line) for lines in rows.values() for line in lines)
        if size > BATCH_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def _texts(batches: Iterable[pa.RecordBatch], book: RuleBook | None) -> Iterator[Lines]:
    from extract.pipeline import shipped_rules

    held = _BOOKS.setdefault(book.version, book) if book else shipped_rules()
    for batch in batches:
        if missing := [name for name in COLUMNS[:2] if name not in batch.schema.names]:
            there = ", ".join(batch.schema.names)
            raise ValueError(f"the batches have no column '{missing[0]}' but {there}; rename the one that holds it")
        columns = {name: batch.column(name) for name in COLUMNS if name in batch.schema.names}
        for row in range(batch.num_rows):
            yield _rows({name: column[row].as_py() for name, column in columns.items()}, held)


_BOOKS: dict[str, RuleBook] = {}
"""Books by version: one that comes anew with each task of a cluster keeps what the first of them has compiled."""


def _rows(given: Mapping[str, Any], book: RuleBook) -> Lines:
    from extract.pipeline import extract_bulletin
    from extract.read import Bulletin, ReadError

    file = "" if given["file"] is None else str(given["file"])  # numbers, too, tell texts apart
    try:
        text = _text(given["text"])
        day, place = _day(given.get("published")), _place(given.get("place"))
        extraction = extract_bulletin(Bulletin(file, text, "utf-8"), book, published=day, place=place)
        return {kind: tuple(json_lines(getattr(extraction, kind))) for kind in KINDS}
    except ReadError as error:
        row = RejectedRow(file=file, reason=error.reason, remedy=error.remedy)
    except Exception as error:  # one text's unforeseen fault must not cost the others
        told = " ".join(f"{type(error).__name__}: {error}".split())
        row = RejectedRow(file=file, reason=f"an unforeseen fault, {told}", remedy="report it with the text")
    return {"rejected": tuple(json_lines([row]))}


def _text(value: object) -> str:
    from extract.read import ReadError, decode

    if isinstance(value, bytes):
        return decode(value)[0]
    if not isinstance(value, str | None):
        raise ReadError(
            "", f"text: {_told(value)} is no text", "give the words of a bulletin, or the bytes of its file"
        )
    if value is None or not value.strip():
        raise ReadError("", "the text is empty", "fill it or take its row away")
    return value


def _day(value: object) -> datetime.date | None:
    from extract.read import ReadError

    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return parse_day(_told(value))
    except ValueError as error:
        reason, _, remedy = str(error).partition("; ")
        raise ReadError("", f"published: {reason}", remedy) from None


def _place(value: object) -> str | None:
    from extract.match.gazetteer import name_of
    from extract.read import ReadError

    place = _told(value) if value else None
    if place and name_of(place) is None:
        raise ReadError("", f"place: '{place}' is no code of GB/T 2260", "write its six digits, or leave it empty")
    return place


def _told(value: object) -> str:
    """A value as it is told in one line; a code that is a number stands for its digits."""
    return " ".join(str(value).split())[:40]


def _lines(rows: Lines) -> Iterator[str]:
    yield from rows.get("records", ())
    for line in rows.get("rejected", ()):
        row = json.loads(line)
        yield json.dumps({"file": row["file"], "error": f"{row['reason']}; {row['remedy']}"})
