"""From a source to its bulletins: the reader of each format, and the faults that every format shares."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from . import archive, metadata
from .bulletin import PLAIN, Bulletin, Member, Meta, ReadError, ReadOptions, Rows, Source, Text
from .kinds import KINDS, is_bulletin, kind_by_bytes, kind_of, suffix_of
from .pieces import LONG, read_pieces
from .plain import read_plain
from .rows import ROW_FORMATS

Found = Iterator[Bulletin | ReadError]


def read_source(source: Source, options: ReadOptions = PLAIN, *, in_pieces: bool = False) -> Found:
    """The bulletins of a source in reading order; what cannot be read is given, not raised, as a ReadError.

    The rest of a source goes on behind a fault where the format allows it. `in_pieces` lets a long text come as its
    first piece, with `more` of it.
    """
    try:
        for found in _read(source, options, in_pieces):
            yield found.of(source.name) if isinstance(found, ReadError) else found
    except ReadError as error:
        yield error.of(source.name)
    except OSError as error:
        yield _unopened(source.path, error).of(source.name)


def read_bulletin(path: Path, file: str) -> Bulletin:
    """The first bulletin of the file at `path`, to be called `file`. Raises ReadError when it cannot be read."""
    for found in read_source(Source(path, file)):
        if isinstance(found, ReadError):
            raise found
        return found
    raise ReadError(file, "there is no text in it", "fill it or take it away")


def _read(source: Source, options: ReadOptions, in_pieces: bool) -> Found:
    stated = (source.meta,) if source.meta else ()
    if source.text is not None:
        digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
        yield Bulletin(source.name, source.text, "utf-8", stated, sha256=digest)
        return
    if source.link_to:
        reason = f"it is a link to {source.link_to}, which this run reads in its own place"
        raise ReadError("", reason, "nothing is lost; take the link away")
    check_file(source.path)
    suffix = suffix_of(source.file)
    if isinstance(source.part, Rows):
        with source.path.open("rb") as file:
            yield from _read_rows(file, source.part, KINDS[suffix], source.file, stated, options)
    elif isinstance(source.part, Member):
        data = archive.read_member(source.path, source.part, options)
        yield from _read_bytes(data, source.name, stated, options, depth=1)
    elif source.file.rsplit("/", 1)[-1] == metadata.NAME:
        yield from metadata.read_metadata(source.path).faults
    else:
        with source.path.open("rb") as file:
            kind = KINDS.get(suffix, "text")
            if kind in ROW_FORMATS and kind_by_bytes(file.read(4096)) in (None, kind):
                yield from _read_table(file, kind, source.name, stated, options)
                return
        if in_pieces and kind == "text" and (held := _in_pieces(source.path, options)):
            yield from _bulletin_of(*held, source.name, stated)
            return
        yield from _read_bytes(_whole(source.path, options), source.name, stated, options, depth=0)


def _in_pieces(path: Path, options: ReadOptions) -> tuple[Text, str] | None:
    """A long text to be read in pieces, with its digest; None for what is read whole. Raises ReadError for its size."""
    size = path.stat().st_size
    options.check_size(size)
    if size <= LONG:
        return None
    with path.open("rb") as file:
        is_text = kind_by_bytes(file.read(4096)) is None
    return read_pieces(path) if is_text else None


def _bulletin_of(made: Text, digest: str, name: str, stated: tuple[Meta, ...]) -> Found:
    yield from (fault.of(name, digest) for fault in made.faults)
    both = (*stated, *made.stated)
    yield Bulletin(name, made.text, made.encoding, both, made.pages, made.start, digest, made.more)


def _whole(path: Path, options: ReadOptions) -> bytes:
    """All bytes of a file. Raises ReadError for more than the options allow."""
    with path.open("rb") as file:
        options.check_size(os.fstat(file.fileno()).st_size)
        data = file.read(options.max_bytes + 1)  # no more, should it grow meanwhile
    options.check_size(len(data))
    return data


def _read_bytes(data: bytes, name: str, stated: tuple[Meta, ...], options: ReadOptions, depth: int) -> Found:
    """The bulletins in the bytes of a file; of an archive in an archive, down to the depth that is allowed."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        if depth and name.rsplit("/", 1)[-1] == metadata.NAME:
            remedy = "lay it beside the archive, with the archive's name before each path: a.zip/b.txt"
            raise ReadError("", f"a {metadata.NAME} within an archive is not read", remedy)
        kind = kind_of(name, data)
        if kind in ROW_FORMATS:
            yield from _read_table(BytesIO(data), kind, name, stated, options)
        elif kind == "zip":
            yield from _read_archive(data, name, stated, options, depth)
        else:
            made = _read_text(kind, data, options)
            del data  # a run works on the text for long, and need not hold both
            yield from _bulletin_of(made, digest, name, stated)
    except ReadError as error:
        yield error.of(name, digest)


def _read_text(kind: str, data: bytes, options: ReadOptions) -> Text:
    """The text of a file that is one bulletin; a heavy reader is imported when it is first needed."""
    if kind == "text":
        return read_plain(data)
    if not data or data.isspace():
        raise ReadError("", "the file is empty", "fill it or take it away")
    if kind in ("html", "mhtml"):
        from .web import read_html, read_mhtml

        return read_html(data) if kind == "html" else read_mhtml(data)
    if kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, options)
    from .word import read_docx

    return read_docx(data, options)


def _read_archive(data: bytes, name: str, stated: tuple[Meta, ...], options: ReadOptions, depth: int) -> Found:
    """The bulletins of an archive that lies in an archive, or is read whole."""
    if depth >= options.max_depth:
        reason = f"archives lie more than {options.max_depth} deep in one another"
        raise ReadError("", reason, f"unpack them, or allow more with --max-depth {options.max_depth + 1}")
    archive.check_archive(BytesIO(data), len(data), options)
    held = [member for member in archive.members(BytesIO(data)) if is_bulletin(member.name)]
    if not held:
        raise ReadError("", "there is no bulletin in the archive", "pack files of a kind that is read")
    for member in held:
        inner = f"{name}/{member}"
        try:
            unpacked = archive.read_member(BytesIO(data), member, options)
        except ReadError as error:
            yield error.of(inner)
            continue
        yield from _read_bytes(unpacked, inner, stated, options, depth + 1)


def _read_table(file: IO[bytes], kind: str, name: str, stated: tuple[Meta, ...], options: ReadOptions) -> Found:
    """The bulletins of a table that is no source for each of its stretches."""
    for rows in ROW_FORMATS[kind].stretches(file, options):
        yield from _read_rows(file, rows, kind, name, stated, options)


def _read_rows(
    file: IO[bytes], rows: Rows, kind: str, name: str, stated: tuple[Meta, ...], options: ReadOptions
) -> Found:
    for row in ROW_FORMATS[kind].read(file, rows, options):
        if isinstance(row, tuple):
            yield row[1].of(f"{name}/{row[0]}")
            continue
        if row.fault:
            yield row.fault.of(f"{name}/{row.name}")
        digest = hashlib.sha256(row.text.encode()).hexdigest()
        yield Bulletin(f"{name}/{row.name}", row.text, kind, (*stated, row.meta), sha256=digest)


def parts_of(source: Source, options: ReadOptions) -> Iterator[Source]:
    """The sources that a file comes apart into: itself, the members of an archive, the stretches of a table.

    A file that cannot be taken apart stays whole, and its reading tells why.
    """
    kind = KINDS.get(suffix_of(source.file))
    try:
        check_file(source.path)
        if kind == "zip":
            archive.check_archive(source.path, source.path.stat().st_size, options)
            parts: Iterator[Member | Rows] = (m for m in archive.members(source.path) if is_bulletin(m.name))
        elif kind in ROW_FORMATS and _begins_as(source.path) in (None, kind):
            parts = ROW_FORMATS[kind].cut(source.path, options)
        else:
            raise ReadError("", "it is whole", "read it")
        first = next(parts, None)
    except (ReadError, OSError):
        yield source
        return
    if first is None:
        yield source
        return
    yield Source(source.path, source.file, first, meta=source.meta)
    for part in parts:
        yield Source(source.path, source.file, part, meta=source.meta)


def _begins_as(path: Path) -> str | None:
    with path.open("rb") as file:
        return kind_by_bytes(file.read(4096))


def check_file(path: Path) -> None:
    """Nothing for a file that can be opened without waiting. Raises ReadError for what is none, and OSError."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        os.scandir(path).close()
    if not stat.S_ISREG(kind):  # to open a pipe would be to wait for ever
        raise ReadError("", "it is no file", "give files and folders only")


def _unopened(path: Path, error: OSError) -> ReadError:
    """Why a path cannot be opened."""
    told = error.strerror or type(error).__name__
    if error.errno == errno.ELOOP:
        return ReadError("", f"it is a link in a circle ({os.readlink(path)})", "mend the link or take it away")
    if path.is_symlink() and not path.exists():
        return ReadError("", f"it is a link to nothing ({os.readlink(path)})", "mend the link or take it away")
    if isinstance(error, FileNotFoundError):
        return ReadError("", "it was there and is gone", "put it back and run again")
    if path.is_dir():
        return ReadError("", f"the folder cannot be opened ({told})", "check its rights")
    return ReadError("", f"it cannot be opened ({told})", "check its place and its rights")
