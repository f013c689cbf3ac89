"""`metadata.csv` beside the bulletins: what people know of each file."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .archive import members
from .bulletin import Meta, ReadError
from .decoding import decode
from .fields import columns_of, meta_of
from .kinds import KINDS, suffix_of

NAME = "metadata.csv"
ORIGIN = "metadata.csv"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a `metadata.csv` says of the files below its folder, by their POSIX paths, and what is wrong with it."""

    of: dict[str, Meta]
    faults: tuple[ReadError, ...]


def read_metadata(path: Path) -> Metadata:
    """What the `metadata.csv` at `path` says; every fault names its line.

    Columns are `file`, `published`, `source`, `place`, `title`, in any order, by these or their usual other names;
    cells are parted by commas, tabs or semicolons, as Excel writes them; any encoding that bulletins may have.
    """
    if not path.is_file():  # to open a pipe would be to wait for ever
        return Metadata({}, (ReadError("", "it is no file", "put a file there, or take it away"),))
    try:
        text, _ = decode(path.read_bytes())
    except ReadError as error:
        return Metadata({}, (error,))
    except OSError as error:
        return Metadata({}, (ReadError("", f"it cannot be opened ({error.strerror})", "check its rights"),))
    lines = text.split("\n", 1)
    if lines[0].lower().startswith("sep="):  # Excel's own hint
        text = lines[1] if len(lines) > 1 else ""
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=head.count))
    names = [name for name in reader.fieldnames or [] if name]
    columns = columns_of(names)
    if "file" not in columns:
        told = ", ".join(names)[:80]
        fault = ReadError("", f"line 1 names no column 'file' ({told})", "head it: file,published,source,place")
        return Metadata({}, (fault,))
    found: dict[str, Meta] = {}
    faults = tuple(_fill(found, reader, columns, path.parent))
    return Metadata(found, faults)


def _fill(
    found: dict[str, Meta], reader: csv.DictReader[str], columns: dict[str, str], folder: Path
) -> Iterator[ReadError]:
    """Take up every line, and tell those that cannot be."""
    held: dict[str, frozenset[str]] = {}
    try:
        for cells in reader:
            name = (cells.get(columns["file"]) or "").strip().replace("\\", "/").removeprefix("./")
            where = f"line {reader.line_num}"
            if not name:
                if any(isinstance(cell, str) and cell.strip() for cell in cells.values()):
                    yield ReadError("", f"{where} names no file", "name the file, or take the line away")
                continue
            if name in found:
                yield ReadError("", f"{where} names '{name}' a second time", "leave one line for it")
            elif table := _table_of(name, folder):
                reason = f"{where} names '{name}', a row of {table}"
                yield ReadError("", reason, "write what is known of it in columns of that table")
            elif not _is_there(name, folder, held):
                yield ReadError("", f"{where} names '{name}', which is not there", "write its path below this folder")
            else:
                try:
                    found[name] = meta_of(ORIGIN, cells, columns)
                except ValueError as error:
                    yield ReadError("", f"{where}: {error}", "mend the cell, or leave it empty")
    except csv.Error as error:
        yield ReadError("", f"line {reader.line_num} is no CSV ({error})", "save it again from a spreadsheet as CSV")


def _is_there(name: str, folder: Path, held: dict[str, frozenset[str]]) -> bool:
    """Whether a path below a folder leads to something, be it in an archive, whose members are then put into `held`."""
    if ".." in name.split("/"):
        return False
    if os.path.exists(folder / name):  # whatever the system says of the name
        return True
    archive, inner = _file_above(name, folder)
    if archive and archive not in held:
        try:
            held[archive] = frozenset(member.name for member in members(folder / archive))
        except (ReadError, OSError):
            held[archive] = frozenset()
    return bool(archive) and inner in held[archive]


def _table_of(name: str, folder: Path) -> str | None:
    """The table of texts that a path leads into, as the path of a row does."""
    above, _ = _file_above(name, folder)
    return above if KINDS.get(suffix_of(above)) in ("csv", "jsonl", "parquet") else None


def _file_above(name: str, folder: Path) -> tuple[str, str]:
    """The file that a path goes through, and what is behind it; two empty words for none."""
    parts = name.split("/")
    for depth in range(1, len(parts)):
        above = "/".join(parts[:depth])
        if os.path.isfile(folder / above):
            return above, "/".join(parts[depth:])
    return "", ""
