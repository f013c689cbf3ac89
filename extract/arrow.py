"""Rows in Arrow: the schema of each table, and rows given as JSON lines in columns of it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from pyarrow import json as arrow_json

from extract.records import Row
from extract.tables import column_kinds

TYPES = {"number": pa.float64(), "integer": pa.int64(), "date": pa.date32(), "list": pa.list_(pa.string())}


def arrow_schema(model: type[Row]) -> pa.Schema:
    """The columns of a row model: numbers as double, offsets as int64, days as date32, lists as lists, else text."""
    return pa.schema([(name, TYPES.get(kind, pa.string())) for name, kind in column_kinds(model).items()])


def read_lines(lines: Sequence[str], schema: pa.Schema) -> pa.RecordBatch:
    """The rows that JSON lines hold, as one batch; a field that a line lacks is null.

    Arrow reads the lines itself: no value passes through Python, and pandas is not imported.
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
    return rows.cast(schema).combine_chunks().to_batches()[0]
