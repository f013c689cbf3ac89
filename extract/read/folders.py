"""Which sources there are: a lazy walk through folders, in the order in which outputs have them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from .bulletin import ReadError, Source

SUFFIXES = (".txt", ".md")


def find_sources(paths: Sequence[Path]) -> Iterator[Source]:
    """The sources of the given files and folders, found as they are asked for, each with the name of outputs.

    A folder gives the files of known suffixes at any depth, in the order of their POSIX paths below it, which are
    their names; hidden files and folders are passed over, and so are a README and the results of a run. A file given
    directly is taken whatever its suffix, under its bare name. Where two folders hold the same name, the folder's own
    name goes before it. A file that is reached twice is given once. What a walk cannot enter is a source, too, whose
    reading tells why.
    Raises ReadError at once for a path that is not there, and when there is no bulletin.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise ReadError(str(path), "there is no such file or folder", "check the spelling")
    found = _sources(paths)
    first = next(found, None)
    if first is None:
        where = ", ".join(str(path) for path in paths) or "."
        raise ReadError(where, "there is no bulletin", f"give a folder with {' or '.join(SUFFIXES)} files, or a file")
    return chain([first], found)


def find_skipped(paths: Sequence[Path]) -> Iterator[str]:
    """The names of the files below the given folders that are no bulletins by their names."""
    for path in paths:
        if path.is_dir():
            yield from (clean_name(entry.name) for entry in _walk(path) if _is_skipped(entry))


def is_bulletin(path: Path) -> bool:
    """Whether a file in a folder is read, going by its name."""
    return path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme"


def _is_skipped(entry: _Entry) -> bool:
    return not entry.is_closed and not is_bulletin(entry.path)


def clean_name(name: str) -> str:
    """A file's name as valid Unicode: bytes that are no UTF-8 become `\\xe9`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file met on a walk, or a folder that cannot be entered: its path, its name below the root, its real path."""

    path: Path
    name: str
    real: str
    is_closed: bool = False


def _sources(paths: Sequence[Path]) -> Iterator[Source]:
    seen: set[bytes] = set()
    for path in paths:
        is_folder = path.is_dir()
        for entry in _walk(path) if is_folder else [_Entry(path, path.name, os.path.realpath(path))]:
            if is_folder and not entry.is_closed and not is_bulletin(entry.path):
                continue
            key = hashlib.blake2b(os.fsencode(entry.real), digest_size=16).digest()
            if key not in seen:
                seen.add(key)
                yield Source(entry.path, clean_name(_told_apart(entry, path, paths)))


def _walk(folder: Path) -> Iterator[_Entry]:
    """Every file below `folder` that is not hidden, in the order of their POSIX paths below it."""
    yield from _files(str(folder), "", frozenset())


def _files(folder: str, prefix: str, above: frozenset[str]) -> Iterator[_Entry]:
    real = os.path.realpath(folder)
    if real in above:  # a link back to a folder that we are in
        return
    try:
        with os.scandir(folder) as scan:
            entries = [(entry.name + "/" if _is_dir(entry) else entry.name, entry.is_symlink()) for entry in scan]
    except OSError:
        yield _Entry(Path(folder), prefix, real, is_closed=True)
        return
    if prefix and {name for name, _ in entries} >= RESULTS:
        return
    for name, is_link in sorted(entries):
        path = os.path.join(folder, name)
        if name.startswith("."):
            continue
        if name.endswith("/"):
            yield from _files(path[:-1], prefix + name, above | {real})
        else:
            yield _Entry(Path(path), prefix + name, os.path.realpath(path) if is_link else os.path.join(real, name))


RESULTS = frozenset(("run.json", "records.jsonl", "rejected.jsonl"))
"""The files by which a folder is known for the results of a run."""


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _told_apart(entry: _Entry, given: Path, paths: Sequence[Path]) -> str:
    """The entry's name, with as many folders' names before it as tell it from files of the other given paths."""
    others = [other for other in paths if other != given]
    clashing = [other for other in others if _holds(other, entry.name, entry.real)]
    name, above = entry.name, _above(given) if clashing else ()
    for depth in range(1, len(above) + 1):
        name = "/".join((*above[-depth:], entry.name))
        is_alike = any(_above(other)[-depth:] == above[-depth:] for other in clashing)
        if not is_alike and not any(_holds(other, name, entry.real) for other in others):
            break
    return name


def _holds(given: Path, name: str, real: str) -> bool:
    """Whether a given path has another file of this name."""
    path = given / name if given.is_dir() else given
    is_named = path.is_file() if given.is_dir() else given.name == name
    return is_named and os.path.realpath(path) != real


def _above(given: Path) -> tuple[str, ...]:
    """The names of the folders that lead to the files of a given path, the given folder last."""
    real = Path(os.path.realpath(given))
    return (real if given.is_dir() else real.parent).parts[1:]
