"""Which sources there are: a lazy walk through folders, in the order in which outputs have them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from .archive import members
from .bulletin import PLAIN, Member, Meta, ReadError, ReadOptions, Source
from .formats import check_file, parts_of
from .kinds import KINDS, is_bulletin, suffix_of
from .metadata import NAME, read_metadata
from .results import RESULTS, results_in


def find_sources(paths: Sequence[Path], options: ReadOptions = PLAIN) -> Iterator[Source]:
    """The sources of the given files and folders, found as they are asked for, each with the name of outputs.

    A folder gives the files of known suffixes at any depth, in the order of their POSIX paths below it, which are
    their names; hidden files and folders are passed over, and so are a README and the results of a run. A file given
    directly is taken whatever its suffix, under its bare name. Where two folders hold the same name, the folder's own
    name goes before it. A file that is given twice is read once. Archives and tables come apart into many sources.
    A link to what is read in its own place is a source whose reading says so.
    What a walk cannot enter is a source, too, whose reading tells why.
    Raises ReadError at once for a path that is not there, and when there is no bulletin.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise ReadError(str(path), "there is no such file or folder", "check the spelling")
    found = _sources(paths, options)
    first = next(found, None)
    if first is None:
        where = ", ".join(str(path) for path in paths) or "."
        raise ReadError(where, "there is no bulletin", f"give files, or a folder of them ({' '.join(KINDS)})")
    return chain([first], found)


def find_skipped(paths: Sequence[Path]) -> Iterator[str]:
    """The names of the files below the given folders and in their archives that are no bulletins by their names."""
    for path in paths:
        for entry in _walk(path, _roots(paths)) if path.is_dir() else ():
            if _is_skipped(entry):
                yield clean_name(entry.name)
            elif suffix_of(entry.name) == ".zip" and not entry.is_closed and not entry.link_to:
                yield from (f"{clean_name(entry.name)}/{name}" for name in _passed_over(entry.path))


def _passed_over(archive: Path) -> list[str]:
    """The members of an archive that are no bulletins by their names; none where it cannot be read."""
    try:
        check_file(archive)
        return [member.name for member in members(archive) if not is_bulletin(member.name)]
    except (ReadError, OSError):  # its reading tells why
        return []


def _is_skipped(entry: _Entry) -> bool:
    return not entry.is_closed and not entry.link_to and not is_bulletin(entry.name)


def clean_name(name: str) -> str:
    """A file's name as valid Unicode: bytes that are no UTF-8 become `\\xe9`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file met on a walk, or a folder that cannot be entered: its path, its name below the root, its real path.

    `meta` is what the nearest `metadata.csv` above it says of it. `is_linked` says that a link led to it, and
    `link_to` where a link leads that is not followed; `told` is what every `metadata.csv` above it says.
    """

    path: Path
    name: str
    real: str
    is_closed: bool = False
    meta: Meta | None = None
    is_linked: bool = False
    link_to: str | None = None
    told: tuple[_Told, ...] = ()

    def meta_of(self, member: str) -> Meta | None:
        """What the nearest `metadata.csv` that names a member of this archive says of it."""
        return _stated(self.told, f"{self.name}/{member}")


def _sources(paths: Sequence[Path], options: ReadOptions) -> Iterator[Source]:
    seen: set[bytes] = set()
    roots = _roots(paths)
    for path in paths:
        is_folder = path.is_dir()
        for entry in _walk(path, roots) if is_folder else [_given(path)]:
            if is_folder and _is_skipped(entry):
                continue
            key = hashlib.blake2b(os.fsencode(entry.real), digest_size=16).digest()
            link_to = entry.link_to
            if key in seen and entry.is_linked:
                link_to = link_to or clean_name(entry.real)
            elif key in seen:
                continue
            if not link_to:
                seen.add(key)
            source = Source(entry.path, clean_name(_told_apart(entry, path, paths)), meta=entry.meta, link_to=link_to)
            is_whole = entry.is_closed or link_to or entry.path.name == NAME
            for part in [source] if is_whole else parts_of(source, options):
                meta = entry.meta_of(part.part.name) if isinstance(part.part, Member) else None
                yield replace(part, meta=meta) if meta else part


def _given(path: Path) -> _Entry:
    """A file that was given by itself, with what the `metadata.csv` beside it says."""
    beside = path.parent / NAME
    told = (_Told("", read_metadata(beside).of),) if path.name != NAME and beside.is_file() else ()
    return _Entry(path, path.name, os.path.realpath(path), meta=_stated(told, path.name), told=told)


def _walk(folder: Path, roots: Sequence[str]) -> Iterator[_Entry]:
    """Every file below `folder` that is not hidden, in the order of their POSIX paths below it."""
    yield from _files(str(folder), "", _Way(tuple(roots)))


@dataclass(frozen=True, slots=True)
class _Way:
    """How a walk came to a folder: the real paths of all that was given and of the folders above, the innermost last.

    `told` is what their `metadata.csv` say, the nearest first; `is_linked` says that one of them is a link; `results`
    are the names of what earlier runs wrote into them.
    """

    roots: tuple[str, ...]
    above: tuple[str, ...] = ()
    told: tuple[_Told, ...] = ()
    is_linked: bool = False
    results: frozenset[str] = frozenset()


def _files(folder: str, prefix: str, way: _Way) -> Iterator[_Entry]:
    real = os.path.realpath(folder)
    told = way.told
    try:
        with os.scandir(folder) as scan:
            entries = [(entry.name + "/" if _is_dir(entry) else entry.name, entry.is_symlink()) for entry in scan]
    except OSError:
        yield _Entry(Path(folder), prefix, real, is_closed=True)
        return
    names = {name for name, _ in entries}
    results = results_in(folder, names, is_given=not prefix)
    if results is None:
        return
    results = way.results | {prefix + name for name in results}
    if NAME in names:
        told = (_Told(prefix, read_metadata(Path(folder, NAME)).of), *told)
    for name, is_link in sorted(entries):
        path = os.path.join(folder, name)
        if name.startswith(".") or prefix + name in results:
            continue
        own = os.path.realpath(path) if is_link else os.path.join(real, name.rstrip("/"))
        is_linked, is_folder = is_link or way.is_linked, name.endswith("/")
        if is_linked and (own in (*way.above, real) or _is_read(own, way.roots, is_folder=is_folder)):
            link_to = _leads_to(Path(path), own) if is_link else clean_name(own)
            yield _Entry(Path(path), prefix + name, own, is_linked=True, link_to=link_to)
        elif is_folder:
            inner = _Way(way.roots, (*way.above, real), told, is_linked, results)
            yield from _files(path.rstrip("/"), prefix + name, inner)
        else:
            meta = _stated(told, prefix + name)
            yield _Entry(Path(path), prefix + name, own, meta=meta, is_linked=is_linked, told=told)


def _stated(told: tuple[_Told, ...], name: str) -> Meta | None:
    return next((meta for t in told if (meta := t.of.get(name.removeprefix(t.prefix)))), None)


def _roots(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(os.path.realpath(path) for path in paths)


def _is_read(real: str, roots: Sequence[str], *, is_folder: bool) -> bool:
    """Whether a walk of the roots comes to this file or folder without a link."""
    for root in roots:
        if real == root:
            return True
        below = real.removeprefix(os.path.join(root, ""))
        if below == real or any(part.startswith(".") for part in below.split(os.sep)):
            continue
        if (is_folder or is_bulletin(below)) and os.path.exists(real) and not _is_result(root, below, is_folder):
            return True
    return False


def _is_result(root: str, below: str, is_folder: bool) -> bool:
    """Whether what lies below a root was written by a run."""
    above = [*([below] if is_folder else []), *map(str, Path(below).parents)]
    for folder in above:
        path = os.path.join(root, folder)
        if all(os.path.exists(os.path.join(path, name)) for name in RESULTS):
            found = results_in(path, os.listdir(path), is_given=folder == ".")
            if found is None or os.path.relpath(below, folder) in found:
                return True
    return False


def _leads_to(path: Path, real: str) -> str:
    """Where a link leads, seen from its folder."""
    return clean_name(os.path.relpath(real, os.path.realpath(path.parent)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the `metadata.csv` of a folder says, by paths below that folder's `prefix`."""

    prefix: str
    of: dict[str, Meta]


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
