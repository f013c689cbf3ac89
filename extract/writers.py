"""Rows on disk in the formats asked for: CSV, Parquet, Excel, SQLite, and JSON lines by table.

A format takes rows one at a time and keeps no more than a batch in memory. The same rows in the same order give the
same bytes in every format: no clock, no path, no order of a set.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from extract.database import Sqlite
from extract.parquet import Parquet
from extract.records import Record, Row
from extract.schemas import data_package
from extract.staging import Staging
from extract.tables import BESIDE, JSON_LINES, Plain, column_kinds, models_of
from extract.workbook import Xlsx

FORMULA_STARTS = frozenset("=+-@\t\r")  # a spreadsheet takes such a cell for a formula
WORDED = frozenset(("text", "category", "list"))
Models = Mapping[str, type[Row]]


class Format(Protocol):
    """A kind of file, or of files, that rows are written to."""

    def __init__(self, staging: Staging, models: Models) -> None: ...

    def add(self, table: str, row: Plain, line: str) -> None:
        """Write one row, given as `parse_line` gives it and as its line."""

    def close(self) -> None:
        """Finish every file."""


class JsonLines:
    """One file of JSON lines a table of records; the others have theirs in any case."""

    def __init__(self, staging: Staging, models: Models) -> None:
        self.files = {table: staging.open(f"{table}.jsonl") for table, model in models.items() if model is Record}

    def add(self, table: str, row: Plain, line: str) -> None:
        """Write the row's line."""
        if table in self.files:
            self.files[table].write(line + "\n")

    def close(self) -> None:
        """Finish every file."""
        for file in self.files.values():
            file.close()


class Csv:
    """One CSV file a table, in UTF-8 with a signature, as Excel expects; text that looks like a formula is defused."""

    def __init__(self, staging: Staging, models: Models) -> None:
        self.files = {table: staging.open(f"{table}.csv", "utf-8-sig") for table in models}
        self.writers = {table: csv.writer(file, lineterminator="\n") for table, file in self.files.items()}
        self.kinds = {table: tuple(column_kinds(model).values()) for table, model in models.items()}
        for table, model in models.items():
            self.writers[table].writerow(column_kinds(model))

    def add(self, table: str, row: Plain, line: str) -> None:
        """Write the row; lists are joined with `; `, an absent value is empty."""
        cells = list(row.values())
        for column, kind in enumerate(self.kinds[table]):
            if kind == "list":
                cells[column] = "; ".join(cells[column])
            if kind in WORDED and cells[column] and cells[column][0] in FORMULA_STARTS:
                cells[column] = "'" + cells[column]
        self.writers[table].writerow(cells)

    def close(self) -> None:
        """Finish every file."""
        for file in self.files.values():
            file.close()


_FORMATS: dict[str, type[Format]] = {
    "csv": Csv, "parquet": Parquet, "xlsx": Xlsx, "sqlite": Sqlite, "jsonl": JsonLines,
}  # fmt: skip
FORMATS = tuple(_FORMATS)


class Tables:
    """The files of the formats asked for, and `datapackage.json`, which describes all rows that a run leaves."""

    def __init__(self, staging: Staging, record_tables: Iterable[str], formats: Collection[str]) -> None:
        self.models = models_of(record_tables)
        self.staging = staging
        self.names = tuple(formats)
        self.formats = [form(staging, self.models) for name, form in _FORMATS.items() if name in formats]

    def add(self, kind: str, line: str, row: Plain) -> None:
        """Write one row of `records`, `numbers`, `articles` or `checks`, given as line and as object."""
        if kind == "rejected":
            return
        table = row["table"] if kind == "records" else kind
        for form in self.formats:
            form.add(table, row, line)

    def close(self) -> None:
        """Finish every file; the JSON lines are written by now."""
        for form in self.formats:
            form.close()

    def describe(self) -> None:
        """Write `datapackage.json`, when every file of rows is there."""
        lined = {*JSON_LINES, *BESIDE, *(self.models if "jsonl" in self.names else ())}
        empty = [table for table in lined if not self.staging.path(f"{table}.jsonl").stat().st_size]
        with self.staging.open("datapackage.json") as file:
            file.write(json.dumps(data_package(self.models, self.names, empty), ensure_ascii=False, indent=1) + "\n")
