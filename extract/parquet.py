"""Rows as Parquet files, made from the JSON lines of a run when it ends."""

from __future__ import annotations

import errno
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from extract.processes import can_copy_safely, context
from extract.records import Record, Row
from extract.staging import Staging
from extract.tables import LEDGERS

BATCH_ROWS = 10_000
_TABLE = re.compile(r'"table":"([^"]*)"')


class Parquet:
    """One typed Parquet file a table.

    Arrow takes a quarter of a second to load and much memory, so that a process of its own loads it while the run goes
    on, where that can be had; it waits until all rows are written.
    """

    def __init__(self, staging: Staging, models: Mapping[str, type[Row]]) -> None:
        self.folder = staging.work
        self.models = dict(models)
        for table in models:
            staging.path(f"{table}.parquet")
        self.maker = _start(self.folder, self.models) if can_copy_safely("pyarrow") else None

    def close(self) -> None:
        """Make the files. Raises OSError when the disk fails."""
        if self.maker is None:
            make_files(self.folder, self.models)
            return
        try:
            self.maker.send(None)
            fault = self.maker.recv()
        except (EOFError, OSError):
            fault = (errno.EIO, "the process that makes Parquet files was killed")
        finally:
            self.maker.close()
        if fault:
            raise OSError(*fault, str(self.folder))


def _start(folder: Path, models: Mapping[str, type[Row]]) -> Any:
    """A connection to a process that makes the files when it is told to."""
    ours, theirs = context().Pipe()
    process = context().Process(target=_make_when_told, args=(ours, theirs, folder, models), daemon=True)
    process.start()
    theirs.close()
    return ours


def _make_when_told(theirs: Any, connection: Any, folder: Path, models: Mapping[str, type[Row]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    theirs.close()
    import pyarrow.json
    import pyarrow.parquet  # noqa: F401

    try:
        connection.recv()
    except EOFError:  # the run has ended before its time
        return
    fault = None
    try:
        make_files(folder, models)
    except OSError as error:
        fault = error.errno or errno.EIO, error.strerror or str(error)
    with suppress(BrokenPipeError):  # the run was killed meanwhile
        connection.send(fault)


def make_files(folder: Path, models: Mapping[str, type[Row]]) -> None:
    """Make the Parquet file of each table from the JSON lines in a folder."""
    from pyarrow.parquet import ParquetWriter

    from extract.arrow import arrow_schema, read_lines

    schemas = {table: arrow_schema(model) for table, model in models.items()}
    writers = {table: ParquetWriter(folder / f"{table}.parquet", schema) for table, schema in schemas.items()}
    try:
        for table, lines in _batches(folder, [table for table, model in models.items() if model is Record]):
            writers[table].write_batch(read_lines(lines, schemas[table]))
    finally:
        for writer in writers.values():
            writer.close()


def _batches(folder: Path, record_tables: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The rows of every table in batches of BATCH_ROWS, those of a table in their order."""
    held: dict[str, list[str]] = {table: [] for table in (*record_tables, *LEDGERS)}
    for kind in ("records", *LEDGERS):
        with (folder / f"{kind}.jsonl").open(encoding="utf-8", newline="\n") as file:
            for line in file:
                found = _TABLE.search(line) if kind == "records" else None
                table = found[1] if found else kind
                held[table].append(line.rstrip("\n"))
                if len(held[table]) == BATCH_ROWS:
                    yield table, held[table]
                    held[table] = []
        for table, lines in held.items():
            if lines:
                yield table, lines
                held[table] = []
