"""Bulletins from disk: which sources there are, and each one's text, every character of it where it was.

`find_sources` walks lazily and opens nothing; `read_source` opens one source and gives the bulletins in it. Each format
has a module of its own.
"""

from .bulletin import PLAIN, Bulletin, Meta, ReadError, ReadOptions, Rows, Source, text_source
from .decoding import decode
from .folders import find_skipped, find_sources
from .formats import read_bulletin, read_source

__all__ = [
    "PLAIN",
    "Bulletin",
    "Meta",
    "ReadError",
    "ReadOptions",
    "Rows",
    "Source",
    "decode",
    "find_skipped",
    "find_sources",
    "read_bulletin",
    "read_source",
    "text_source",
]
