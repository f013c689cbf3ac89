"""Rows on disk in the formats asked for: CSV, Parquet, Excel, SQLite, and JSON lines by table.

A format keeps no more than a batch of rows in memory. The same rows in the same order give the
same bytes in every format: no clock, no path, no order of a set.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import IO, Any, Protocol

from extract.database import Sqlite
from extract.parquet import Parquet
from extract.records import Record, Row
from extract.schemas import data_package
from extract.staging import Staging
from extract.tables import BESIDE, JSON_LINES, Kind, Plain, column_kinds, models_of
from extract.workbook import Xlsx

FORMULA_STARTS = frozenset("=+-@\t\r")  # a spreadsheet takes such a cell for a formula
WORDED = frozenset(("text", "category", "list"))
Models = Mapping[str, type[Row]]


class Texts:
    """What rows are in the formats that are text: one CSV file a table, one file of JSON lines a table of records.

    Needs nothing but the rows at hand, so that the processes that make rows make their texts, too. CSV is in UTF-8 with
    a signature, as Excel expects; text that looks like a formula is defused.
    """

    def __init__(self, record_tables: Iterable[str], formats: Collection[str]) -> None:
        self.models = models_of(record_tables)
        self.has_csv, self.has_lines = "csv" in formats, "jsonl" in formats

    def heads(self) -> dict[str, bytes]:
        """What each file begins with, by its name."""
        found = {}
        for table, model in self.models.items():
            if self.has_csv:
                found[f"{table}.csv"] = codecs.BOM_UTF8 + _csv([list(column_kinds(model))])
            if self.has_lines and model is Record:
                found[f"{table}.jsonl"] = b""
        return found

    def of(self, rows: Iterable[tuple[str, str, Plain]]) -> dict[str, bytes]:
        """What is to be added to each file, by its name, for rows given by kind, line and object."""
        cells: dict[str, list[list[Any]]] = {}
        lines: dict[str, list[str]] = {}
        for kind, line, row in rows:
            table = row["table"] if kind == "records" else kind
            if self.has_csv and kind != "rejected":
                cells.setdefault(table, []).append(_cells(row, self.models[table]))
            if self.has_lines and kind == "records":
                lines.setdefault(table, []).append(line)
        found = {f"{table}.csv": _csv(rows_of_table) for table, rows_of_table in cells.items()}
        found |= {
            f"{table}.jsonl": "".join(f"{line}\n" for line in several).encode() for table, several in lines.items()
        }
        return found


def _cells(row: Plain, model: type[Row]) -> list[Any]:
    """The cells of a row; lists are joined with `; `, an absent value is empty."""
    cells = list(row.values())
    for column, kind in _worded(model):
        if kind == "list":
            cells[column] = "; ".join(cells[column])
        if cells[column] and cells[column][0] in FORMULA_STARTS:
            cells[column] = "'" + cells[column]
    return cells


@cache
def _worded(model: type[Row]) -> tuple[tuple[int, Kind], ...]:
    """The places and kinds of the columns that hold words."""
    return tuple((at, kind) for at, kind in enumerate(column_kinds(model).values()) if kind in WORDED)


def _csv(rows: Iterable[list[Any]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


class Format(Protocol):
    """A kind of file that is made of all rows when they are there."""

    def __init__(self, staging: Staging, models: Models) -> None: ...

    def close(self) -> None:
        """Make the files from the JSON lines beside them."""


_WHOLE: dict[str, type[Format]] = {"parquet": Parquet, "xlsx": Xlsx, "sqlite": Sqlite}
FORMATS = ("csv", *_WHOLE, "jsonl")


class Tables:
    """The files of the formats asked for, and `datapackage.json`, which describes all rows that a run leaves."""

    def __init__(self, staging: Staging, record_tables: Iterable[str], formats: Collection[str]) -> None:
        texts = Texts(record_tables, formats)
        self.models = texts.models
        self.staging = staging
        self.names = tuple(formats)
        self.files: dict[str, IO[bytes]] = {}
        for name, head in texts.heads().items():
            self.files[name] = staging.path(name).open("wb")
            self.files[name].write(head)
        self.formats = [form(staging, self.models) for name, form in _WHOLE.items() if name in formats]

    def add(self, texts: Mapping[str, bytes]) -> None:
        """Add to the files what `Texts.of` gave."""
        for name, text in texts.items():
            self.files[name].write(text)

    def close(self) -> None:
        """Finish every file; the JSON lines are written by now."""
        for file in self.files.values():
            file.close()
        for form in self.formats:
            form.close()

    def describe(self) -> None:
        """Write `datapackage.json`, when every file of rows is there."""
        lined = {*JSON_LINES, *BESIDE, *(self.models if "jsonl" in self.names else ())}
        empty = [table for table in lined if not self.staging.path(f"{table}.jsonl").stat().st_size]
        with self.staging.open("datapackage.json") as file:
            file.write(json.dumps(data_package(self.models, self.names, empty), ensure_ascii=False, indent=1) + "\n")
