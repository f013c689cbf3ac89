"""Rows on disk: JSON lines, CSV, Parquet, Excel and SQLite, each file whole or not there at all.

A format takes rows one at a time and keeps no more than a batch in memory. The same rows in the same order give the
same bytes in every format: no clock, no path, no order of a set.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from extract.records import Record, Row
from extract.tables import JSON_LINES, Kind, OutputError, Plain, column_kinds, models_of
from extract.workbook import Xlsx

FORMULA_STARTS = frozenset("=+-@\t\r")  # a spreadsheet takes such a cell for a formula
WORDED = frozenset(("text", "category", "list"))
BATCH_ROWS = 10_000
Models = Mapping[str, type[Row]]


class Staging:
    """A folder whose files appear all at the end: each is written under a passing name and then put in place.

    Files that the `run.json` of an earlier run lists and this one does not write are removed, so that a folder never
    shows two runs. Raises OutputError when the folder is a file or cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{folder}: is a file; name a folder for the results")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: {error.strerror}; name a folder that can be written") from None

    def path(self, name: str) -> Path:
        """Where to write the file that will be called `name`."""
        if name not in self.names:
            self.names.append(name)
        return self.folder / f".{name}.{os.getpid()}.part"

    def open(self, name: str, encoding: str = "utf-8") -> IO[str]:
        """A text file to write, line breaks as given."""
        return self.path(name).open("w", encoding=encoding, newline="")

    def commit(self) -> None:
        """Put every file in place, in the order in which they were named, and remove those of an earlier run."""
        stale = _files_of_earlier_run(self.folder) - set(self.names)
        for name in self.names:
            self.path(name).replace(self.folder / name)
        for name in stale:
            (self.folder / name).unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what was written and not put in place."""
        for name in self.names:
            with suppress(OSError):
                self.path(name).unlink()


def _files_of_earlier_run(folder: Path) -> set[str]:
    try:
        names = json.loads((folder / "run.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    plain = {name for name in names if isinstance(name, str) and name == Path(name).name}
    return {name for name in plain if Path(name).suffix[1:] in FORMATS}


class Format(Protocol):
    """A kind of file, or of files, that rows are written to."""

    def __init__(self, staging: Staging, models: Models) -> None: ...

    def add(self, table: str, row: Plain, line: str) -> None:
        """Write one row, given as `parse_line` gives it and as its line."""

    def close(self) -> None:
        """Finish every file."""


class JsonLines:
    """One file of JSON lines a table."""

    def __init__(self, staging: Staging, models: Models) -> None:
        self.files = {table: staging.open(f"{table}.jsonl") for table in models}

    def add_line(self, table: str, line: str) -> None:
        """Write a row's line."""
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


class Parquet:
    """One typed Parquet file a table."""

    def __init__(self, staging: Staging, models: Models) -> None:
        from pyarrow.parquet import ParquetWriter

        from extract.arrow import arrow_schema

        self.schemas = {table: arrow_schema(model) for table, model in models.items()}
        self.lines: dict[str, list[str]] = {table: [] for table in models}
        self.writers = {
            table: ParquetWriter(staging.path(f"{table}.parquet"), schema) for table, schema in self.schemas.items()
        }

    def add(self, table: str, row: Plain, line: str) -> None:
        """Keep the row's line until a batch is full."""
        self.lines[table].append(line)
        if len(self.lines[table]) == BATCH_ROWS:
            self._flush(table)

    def _flush(self, table: str) -> None:
        from extract.arrow import read_lines

        lines, self.lines[table] = self.lines[table], []
        self.writers[table].write_batch(read_lines(lines, self.schemas[table]))

    def close(self) -> None:
        """Write what is left and finish every file."""
        for table, writer in self.writers.items():
            if self.lines[table]:
                self._flush(table)
            writer.close()


class Sqlite:
    """One database, `tables.sqlite`: articles, records (with a view for each of their tables), numbers and checks."""

    types: Mapping[Kind, str] = {"number": "NUMERIC", "integer": "INTEGER"}
    keys: Mapping[str, str] = {"articles": "article_id", "records": "record_id"}
    links: Mapping[str, str] = {"article_id": "REFERENCES articles", "record_id": "REFERENCES records"}
    indexes = (
        "CREATE INDEX records_article ON records (article_id, start)",
        'CREATE INDEX records_measure ON records ("table", measure)',
        "CREATE INDEX records_place ON records (place_code)",
        "CREATE INDEX numbers_article ON numbers (article_id, start)",
        "CREATE INDEX numbers_record ON numbers (record_id)",
        'CREATE INDEX numbers_class ON numbers ("class")',
        "CREATE INDEX checks_article ON checks (article_id)",
    )

    def __init__(self, staging: Staging, models: Models) -> None:
        import sqlite3

        path = staging.path("tables.sqlite")
        path.unlink(missing_ok=True)
        self.base = sqlite3.connect(path)
        self.base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self.into = {table: "records" if model is Record else table for table, model in models.items()}
        for table in ("articles", "records", "numbers", "checks"):
            self.base.execute(self._create(table))
        for view in (table for table, into in self.into.items() if into == "records"):
            self.base.execute(f'CREATE VIEW "{view}" AS SELECT * FROM records WHERE "table" = \'{view}\'')

    def _create(self, table: str) -> str:
        columns = [
            f'"{name}" {self.types.get(kind, "TEXT")} '
            + ("PRIMARY KEY" if self.keys.get(table) == name else self.links.get(name, ""))
            for name, kind in column_kinds(JSON_LINES[table]).items()
        ]
        return f"CREATE TABLE {table} ({', '.join(columns)})"

    def add(self, table: str, row: Plain, line: str) -> None:
        """Insert the row; lists as JSON arrays, days as ISO text."""
        import sqlite3

        values = [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in row.values()]
        try:
            self.base.execute(f"INSERT INTO {self.into[table]} VALUES ({', '.join('?' * len(values))})", values)
        except sqlite3.Error as error:
            raise OutputError(
                f"tables.sqlite: {error}, {values[0]}; report it, and leave sqlite out till then"
            ) from None

    def close(self) -> None:
        """Add the indexes and finish the file."""
        for statement in self.indexes:
            self.base.execute(statement)
        self.base.commit()
        self.base.close()


_FORMATS: dict[str, type[Format]] = {"csv": Csv, "parquet": Parquet, "xlsx": Xlsx, "sqlite": Sqlite}
FORMATS = (*_FORMATS, "jsonl")


class Tables:
    """Every file of rows that a run leaves: the JSON lines that it always writes, and the formats asked for.

    `jsonl` among the formats adds one file of JSON lines for each table of records.
    """

    def __init__(self, staging: Staging, record_tables: Iterable[str], formats: Collection[str]) -> None:
        models = models_of(record_tables)
        self.lines = JsonLines(staging, JSON_LINES | models if "jsonl" in formats else JSON_LINES)
        self.formats = [form(staging, models) for name, form in _FORMATS.items() if name in formats]

    def add(self, kind: str, line: str, row: Plain) -> None:
        """Write one row of `records`, `numbers`, `articles`, `checks` or `rejected`, given as line and as object."""
        self.lines.add_line(kind, line)
        if kind == "rejected":
            return
        table = row["table"] if kind == "records" else kind
        if kind == "records" and table in self.lines.files:
            self.lines.add_line(table, line)
        for form in self.formats:
            form.add(table, row, line)

    def close(self) -> None:
        """Finish every file."""
        self.lines.close()
        for form in self.formats:
            form.close()
