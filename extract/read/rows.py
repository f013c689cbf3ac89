"""Tables with a text in each row: JSON lines, CSV and Parquet, cut into stretches that are read one by one.

A row is a bulletin of its own, and its offsets count the characters of its text cell.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .bulletin import Meta, ReadError, ReadOptions, Rows, whole_characters
from .decoding import checked, decode
from .fields import columns_of, meta_of

STRETCH = 1_000_000  # bytes of a table that are one source
PARQUET_ROWS = 500  # rows of Parquet in memory at a time
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
ORIGIN = "columns"
Cells = Mapping[str, Any]
Opened = IO[bytes]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number, its name (number and id), its text and what its other cells state of it.

    `fault` tells of a cell that was not understood.
    """

    number: int
    name: str
    text: str
    meta: Meta
    fault: ReadError | None = None


Read = Iterator[Row | tuple[int, ReadError]]


def json_stretches(file: Opened, options: ReadOptions) -> Iterator[Rows]:
    """The stretches of a file of JSON lines; rows are lines, from 1 on."""
    file.seek(0)
    if file.read(2) in _WIDE_MARKS:
        size = file.seek(0, io.SEEK_END)
        yield Rows(1, 0, size, size)
        return
    file.seek(0)
    first, start, lines = 1, 0, 0
    while chunk := file.read(STRETCH):
        rest = file.readline()
        lines += chunk.count(b"\n") + rest.count(b"\n")
        end = start + len(chunk) + len(rest)
        yield Rows(first, start, end, end - start)
        first, start = lines + 1, end


def csv_stretches(file: Opened, options: ReadOptions) -> Iterator[Rows]:
    """The stretches of a CSV file; the head is row 1. A fault of its form ends the last one that can be cut.

    Raises ReadError for a file without a head or without a column of text.
    """
    file.seek(0)
    if file.read(2) in _WIDE_MARKS:
        size = file.seek(0, io.SEEK_END)
        yield Rows(1, 0, size, size)
        return
    head, mark = _head(file)
    text_column(columns_of(head), head, options)
    file.seek(0)
    lines = _Lines(file)
    first, start = 1, 0
    try:
        for number, _ in enumerate(_reader(lines, mark, 2**31 - 1), 1):
            if lines.taken - start >= STRETCH:
                yield Rows(first, start, lines.taken, lines.taken - start)
                first, start = number + 1, lines.taken
    except csv.Error:
        pass
    size = file.seek(0, io.SEEK_END)
    if size > start:
        yield Rows(first, start, size, size - start)


class _Lines:
    """The lines of a file as Latin-1, in which CSV's own marks are what they are in UTF-8, GB 18030 and Big5."""

    def __init__(self, file: Opened) -> None:
        self.file = file
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.file:
            self.taken += len(line)
            yield line.decode("latin-1")


def parquet_stretches(file: Opened, options: ReadOptions) -> Iterator[Rows]:
    """The stretches of a Parquet file: its row groups; rows count from 1 on.

    Raises ReadError for a damaged file or one without a column of text.
    """
    first = 1
    table = _parquet(file)
    head = table.schema_arrow.names
    text_column(columns_of(head), head, options)
    groups = table.metadata
    for group in range(groups.num_row_groups):
        yield Rows(first, group, group + 1, groups.row_group(group).total_byte_size)
        first += groups.row_group(group).num_rows


def read_json_rows(file: Opened, rows: Rows, options: ReadOptions) -> Read:
    """The rows of a stretch of JSON lines, each an object; blank lines are passed over."""
    data = _bytes(file, rows, options)
    if data[:2] in _WIDE_MARKS:
        data = decode(data)[0].encode()
    for number, line in enumerate(data.split(b"\n"), rows.first):
        if not line.strip():
            continue
        try:
            cells = _object(decode(line)[0])
            columns = columns_of([*cells])
            yield _row(number, cells, columns, options)
        except ReadError as error:
            yield number, error


def _object(line: str) -> dict[str, Any]:
    try:
        held = json.loads(line)
    except RecursionError:
        raise ReadError("", "its objects lie too deep in one another", "write one flat object a line") from None
    except ValueError as error:
        told = error.msg if isinstance(error, json.JSONDecodeError) else "a number is too long"
        raise ReadError("", f"the line is no JSON ({told})", "write one object a line, or take the line away") from None
    if not isinstance(held, dict):
        raise ReadError("", "the line is no JSON object", 'write one object a line: {"text": "…"}')
    return held


def read_csv_rows(file: Opened, rows: Rows, options: ReadOptions) -> Read:
    """The rows of a stretch of CSV (or of tab or semicolon separated values), told by the head of the file."""
    data = _bytes(file, rows, options)
    text = decode(data)[0]
    head, mark = _head(file) if rows.start else _head(io.BytesIO(text.encode()))
    columns = columns_of(head)
    text_column(columns, head, options)
    number = rows.first - 1
    try:
        for number, cells in enumerate(_reader(io.StringIO(text, newline=""), mark, options.max_bytes), rows.first):
            if number == 1 or not any(cells):
                continue
            try:
                yield _row(number, _matched(cells, head), columns, options)
            except ReadError as error:
                yield number, error
    except csv.Error as error:
        told = str(error).replace("field larger than field limit", "a cell is larger than")
        reason = f"the row breaks the form of CSV ({told}); it and those behind it are not read"
        yield number + 1, ReadError("", reason, "close and double its quotation marks, or save the table again as CSV")


def _matched(cells: Sequence[str], head: Sequence[str]) -> Cells:
    """The cells by column. Raises ReadError where there are more of them than columns: a text may be cut in two."""
    if any(cells[len(head) :]):
        reason = f"the row has {len(cells)} cells under {len(head)} columns"
        raise ReadError("", reason, "put quotation marks around the cells that hold commas")
    return dict(zip(head, cells, strict=False))


def _head(file: Opened) -> tuple[list[str], str]:
    """The names of the columns, and the mark between cells. Raises ReadError for a file without a head."""
    file.seek(0)
    line = file.readline()
    if not line:
        raise ReadError("", "the file is empty", "fill it or take it away")
    text = decode(line)[0] if line.strip() else ""
    mark = max(",\t;", key=text.count)
    try:
        names = next(_reader(io.StringIO(text, newline=""), mark, 2**31 - 1), [])
    except csv.Error:
        names = []
    if not any(names):
        raise ReadError("", "its first row names no columns", "put the names of the columns in the first row")
    return [name.strip() for name in names], mark


def _reader(lines: Any, mark: str, limit: int) -> Iterator[list[str]]:
    csv.field_size_limit(limit)
    return csv.reader(lines, delimiter=mark, strict=True)


def read_parquet_rows(file: Opened, rows: Rows, options: ReadOptions) -> Read:
    """The rows of a row group of Parquet. Raises ReadError for a damaged file or one without a column of text."""
    import pyarrow as pa

    table = _parquet(file)
    head = table.schema_arrow.names
    columns = columns_of(head)
    wanted = {*columns.values(), text_column(columns, head, options)}
    number = rows.first - 1
    try:
        for batch in table.iter_batches(PARQUET_ROWS, range(rows.start, rows.end), columns=sorted(wanted)):
            for cells in batch.to_pylist():
                number += 1
                try:
                    yield _row(number, cells, columns, options)
                except ReadError as error:
                    yield number, error
    except (pa.ArrowException, OSError, ValueError):
        raise ReadError("", f"it is damaged behind row {number}", "write the Parquet file again") from None


def _parquet(file: Opened) -> Any:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(file)
    except (pa.ArrowException, OSError, ValueError):
        raise ReadError("", "the Parquet file is damaged or cut off", "write it again") from None


def text_column(columns: Mapping[str, str], head: Sequence[str], options: ReadOptions) -> str:
    """The column that holds the text: the one that was named, or one of a usual name. Raises ReadError for none."""
    if options.text_column is not None:
        if options.text_column in head:
            return options.text_column
        reason = f"it has no column '{options.text_column}'"
    elif "text" in columns:
        return columns["text"]
    else:
        reason = "none of its columns is known for the text"
    names = ", ".join(str(name)[:30] for name in head[:12])
    raise ReadError("", reason, f"name the one that holds it with --text-column; there are {names}")


def _row(number: int, cells: Cells, columns: Mapping[str, str], options: ReadOptions) -> Row:
    """A row as a bulletin's makings. Raises ReadError where its text is absent, no text, or too long."""
    value = cells.get(text_column(columns, [*cells], options))
    if value is not None and not isinstance(value, str):
        raise ReadError("", f"its text is no text but {type(value).__name__}", "name the column with --text-column")
    if not value or value.isspace():
        raise ReadError("", "the row has no text", "fill it or take it away")
    text = checked(whole_characters(value))
    options.check_size(len(text.encode()), "its text")
    ident = cells.get(columns.get("id", ""))
    tail = re.sub(r"[\s/\\]+", "_", str(ident))[:80] if isinstance(ident, str | int) and str(ident).strip() else ""
    fault = None
    try:
        meta = meta_of(ORIGIN, cells, columns)
    except ValueError as error:
        fault = ReadError("", f"its day is not understood ({error})", "mend the cell; the text of the row is read")
        meta = meta_of(ORIGIN, cells, {field: name for field, name in columns.items() if field != "published"})
    return Row(number, f"{number}_{tail}" if tail else str(number), text, meta, fault)


def _bytes(file: Opened, rows: Rows, options: ReadOptions) -> bytes:
    size = rows.end - rows.start
    options.check_size(size - STRETCH, "a row of it")
    file.seek(rows.start)
    return file.read(size)


@dataclass(frozen=True, slots=True)
class RowFormat:
    """How a kind of table is cut into stretches and how a stretch is read."""

    stretches: Callable[[Opened, ReadOptions], Iterator[Rows]]
    read: Callable[[Opened, Rows, ReadOptions], Read]

    def cut(self, path: Path, options: ReadOptions) -> Iterator[Rows]:
        """The stretches of the file at `path`."""
        with path.open("rb") as file:
            yield from self.stretches(file, options)


ROW_FORMATS = {
    "jsonl": RowFormat(json_stretches, read_json_rows),
    "csv": RowFormat(csv_stretches, read_csv_rows),
    "parquet": RowFormat(parquet_stretches, read_parquet_rows),
}
