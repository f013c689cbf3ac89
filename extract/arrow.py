"""Rows in Arrow: the schema of each table, and rows given as JSON lines in columns of it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

import pyarrow as pa
from pyarrow import json as arrow_json

from extract.records import Row
from extract.tables import column_kinds

TYPES = {"number": pa.float64(), "integer": pa.int64(), "date": pa.date32(), "list": pa.list_(pa.string())}

_EPOCH = date(1970, 1, 1).toordinal()


def arrow_schema(model: type[Row]) -> pa.Schema:
    """The columns of a row model: numbers as double, offsets as int64, days as date32, lists as lists, else text."""
    return pa.schema([(name, TYPES.get(kind, pa.string())) for name, kind in column_kinds(model).items()])


def read_lines(lines: Sequence[str], schema: pa.Schema) -> pa.RecordBatch:
    """The rows that JSON lines hold, as one batch; a field that a line lacks is null.

    Arrow reads the lines itself: no value but days passes through Python, and pandas is not imported.
    """
    if not lines:
        return pa.RecordBatch.from_pylist([], schema=schema)
    read = pa.schema([(field.name, pa.string() if field.type == pa.date32() else field.type) for field in schema])
    data = "\n".join(lines).encode()
    rows = arrow_json.read_json(
        pa.BufferReader(data),
        read_options=arrow_json.ReadOptions(use_threads=False, block_size=len(data) + 1),
        parse_options=arrow_json.ParseOptions(explicit_schema=read, unexpected_field_behavior="error"),
    )
    for number, column in enumerate(schema):
        if column.type == pa.date32():
            rows = rows.set_column(
                number, column, pa.chunked_array([_days(part) for part in rows.column(number).chunks])
            )
    return rows.combine_chunks().to_batches()[0]


def _days(texts: pa.Array) -> pa.Array:
    """ISO days as dates, by way of their buffers: a cast would load all of Arrow's kernels, `pa.array` would pandas."""
    days = array("i", (date.fromisoformat(text).toordinal() - _EPOCH if text else 0 for text in texts.to_pylist()))
    valid = texts.buffers()[0] if texts.null_count else None
    return pa.Array.from_buffers(pa.date32(), len(texts), [valid, pa.py_buffer(days)], texts.null_count)
