"""A long text in UTF-8 that is never held whole: one character beyond the 65,536th would take four bytes for each."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .bulletin import Text
from .decoding import checked
from .plain import with_front

LONG = 8_000_000  # bytes
PIECE = 1_000_000  # bytes that are decoded at once: more than any front matter has


def read_pieces(path: Path) -> tuple[Text, str] | None:
    """The text of a file with its first piece and the way to the others, and the SHA-256 of its bytes.

    None for a file that is not to be read so: of another encoding, or no text at all. Raises OSError.
    """
    digest = hashlib.sha256()
    size = 0
    try:
        for data in _checked_pieces(path):
            digest.update(data)
            size += len(data)
    except ValueError:
        return None
    pieces = _decoded(path, size)
    first = next(pieces)
    return replace(with_front(first, "utf-8"), more=pieces), digest.hexdigest()


def _checked_pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, some at a time. Raises ValueError for what is no text in UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    is_first = True
    with path.open("rb") as file:
        while data := file.read(PIECE):
            text = decoder.decode(data)
            if "\0" in text:
                raise ValueError("binary")
            if is_first:
                checked(text)
            is_first = False
            yield data
    decoder.decode(b"", final=True)


def _decoded(path: Path, size: int) -> Iterator[str]:
    """The text in the first `size` bytes of a file, piece by piece."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")  # should it change meanwhile
    with path.open("rb") as file:
        while size and (data := file.read(min(PIECE, size))):
            size -= len(data)
            yield decoder.decode(data, final=not size)
