"""From a source to its bulletins: the reader of each format, and the faults that every format shares."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from .bulletin import PLAIN, Bulletin, ReadError, ReadOptions, Source
from .decoding import decode


def read_source(source: Source, options: ReadOptions = PLAIN) -> Iterator[Bulletin | ReadError]:
    """The bulletins of a source in reading order; what cannot be read is given, not raised, as a ReadError.

    The rest of a source goes on behind a fault where the format allows it.
    """
    stated = (source.meta,) if source.meta else ()
    if source.text is not None:
        digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
        yield Bulletin(source.name, source.text, "utf-8", stated, sha256=digest)
        return
    try:
        data = _bytes_of(source.path)
    except ReadError as error:
        yield error.of(source.name)
        return
    digest = hashlib.sha256(data).hexdigest()
    try:
        text, encoding = decode(data)
        yield Bulletin(source.name, text, encoding, stated, sha256=digest)
    except ReadError as error:
        yield error.of(source.name, digest)


def _bytes_of(path: Path) -> bytes:
    """All bytes of a file. Raises ReadError for what cannot be opened, or is no file."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            os.scandir(path).close()
        if not stat.S_ISREG(kind):  # to open a pipe would be to wait for ever
            raise ReadError("", "it is no file", "give files and folders only")
        return path.read_bytes()
    except OSError as error:
        if path.is_dir():
            raise ReadError("", f"the folder cannot be opened ({error.strerror})", "check its rights") from None
        if path.is_symlink() and not path.exists():
            to = os.readlink(path)
            raise ReadError("", f"it is a link to nothing ({to})", "mend the link or take it away") from None
        raise ReadError("", f"it cannot be opened ({error.strerror})", "check its place and its rights") from None


def read_bulletin(path: Path, file: str) -> Bulletin:
    """The first bulletin of the file at `path`, to be called `file`. Raises ReadError when it cannot be read."""
    for found in read_source(Source(path, file)):
        if isinstance(found, ReadError):
            raise found
        return found
    raise ReadError(file, "there is no text in it", "fill it or take it away")
