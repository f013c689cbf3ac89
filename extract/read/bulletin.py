"""What reading is about: a source before it is opened, the bulletin that comes out of it, and the fault that may."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

LONGEST_TOLD = 500  # characters of a reason or a remedy
_SURROGATES = re.compile("[\ud800-\udfff]")


class ReadError(ValueError):
    """What is no readable bulletin; `str()` is one sentence: where, what is wrong, and how to mend it."""

    def __init__(self, file: str, reason: str, remedy: str, sha256: str | None = None) -> None:
        self.file = file
        self.reason = _in_a_line(reason)
        self.remedy = _in_a_line(remedy)
        super().__init__(f"{file}: {self.reason}; {self.remedy}" if file else f"{self.reason}; {self.remedy}")
        self.sha256 = sha256

    def of(self, file: str, sha256: str | None = None) -> ReadError:
        """The same fault, of the bulletin `file` whose bytes have this digest."""
        return ReadError(self.file or file, self.reason, self.remedy, self.sha256 or sha256)


def _in_a_line(words: str) -> str:
    """The words with single blanks between them, cut where they are too many: cells and names are quoted in them."""
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_TOLD else plain[: LONGEST_TOLD - 1] + "…"


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a bulletin beside its text, and from where (`metadata.csv`, `front matter`, …).

    `place` is a name or a GB/T 2260 code, as it was written.
    """

    origin: str
    published: datetime.date | None = None
    source: str | None = None
    place: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A stretch of a file of rows: the number of its first row, `[start, end)` in bytes or row groups, its bytes."""

    first: int
    start: int
    end: int
    size: int

    def __str__(self) -> str:
        return f"rows from {self.first}"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its place in the archive's list, its name below the archive, its bytes when unpacked."""

    index: int
    name: str
    size: int

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read, not opened yet: small, and fit to be sent to another process.

    `file` is what outputs call it, the POSIX path below the given folder; `part` is None for a whole file, else a
    member of an archive or a stretch of the rows of a table. `text` holds the text itself where there is no file.
    `meta` is what a `metadata.csv` says of it. `link_to` is what a link leads to that another source reads already.
    """

    path: Path
    file: str
    part: Member | Rows | None = None
    text: str | None = None
    meta: Meta | None = None
    link_to: str | None = None

    @property
    def name(self) -> str:
        """The source in words: no two of a run have the same."""
        return self.file if self.part is None else f"{self.file}/{self.part}"


def text_source(text: str, name: str) -> Source:
    """The source of a text that lies in no file; half a surrogate pair, which no file can hold, is U+FFFD in it."""
    return Source(Path(), name, text=whole_characters(text))


def whole_characters(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, every other character where it was."""
    return _SURROGATES.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin as text. Offsets count its code points: a byte-order mark is not counted, CRLF counts two.

    `encoding` is that of its bytes, or the name of the format (`pdf`, `docx`, `html`, …) that the text was taken from.
    `stated` is what is known of it beside the text, the better founded first; `pages` are the offsets at which the
    pages of a paged format begin; `start` is where the text begins behind its front matter. `sha256` is that of the
    bytes that were read. Of a text that is read in pieces, `text` is the first, and `more` gives the others.
    """

    file: str
    text: str
    encoding: str
    stated: tuple[Meta, ...] = ()
    pages: tuple[int, ...] = ()
    start: int = 0
    sha256: str | None = field(default=None, compare=False)
    more: Iterable[str] = field(default=(), compare=False)

    @property
    def published(self) -> datetime.date | None:
        """Its day as stated beside the text."""
        return next((meta.published for meta in self.stated if meta.published), None)

    @property
    def source(self) -> str | None:
        """The body that it comes from, as stated beside the text."""
        return next((meta.source for meta in self.stated if meta.source), None)

    @property
    def place(self) -> str | None:
        """The place that it is about, as stated beside the text: a name or a GB/T 2260 code."""
        return next((meta.place for meta in self.stated if meta.place), None)

    @property
    def title(self) -> str | None:
        """Its title, as stated beside the text."""
        return next((meta.title for meta in self.stated if meta.title), None)

    @property
    def is_converted(self) -> bool:
        """Whether the text was taken out of a format that is no text, so that its offsets need a copy of it."""
        return self.encoding in CONVERTED


CONVERTED = frozenset(("pdf", "docx", "html"))
"""The formats whose text is not in the file as such."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a format's reader makes of bytes: the parts of a bulletin that do not depend on its name.

    `faults` are what it could not read of them, each with its remedy.
    """

    text: str
    encoding: str
    stated: tuple[Meta, ...] = ()
    pages: tuple[int, ...] = ()
    start: int = 0
    faults: tuple[ReadError, ...] = ()
    more: Iterable[str] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read, for every source of a run, and how much.

    `text_column` names the column of a table that holds the text; `max_mb` is the size in 10**6 bytes that a file may
    have (one row of a table, one member of an archive when unpacked); `max_pages` that of a PDF; `max_depth` is how
    deep archives may lie in archives; `max_ratio` is how many times its own size an archive may unpack to.
    """

    text_column: str | None = None
    max_mb: int = 200
    max_pages: int = 5000
    max_depth: int = 3
    max_ratio: int = 200

    @property
    def max_bytes(self) -> int:
        """`max_mb` in bytes."""
        return self.max_mb * 1_000_000

    def check_size(self, size: int, what: str = "it") -> None:
        """Nothing for a size in bytes that is allowed. Raises ReadError for another."""
        if size > self.max_bytes:
            reason = f"{what} has {size / 1e6:,.0f} MB, more than the {self.max_mb} that are read"
            raise ReadError("", reason, f"cut it up, or allow more with --max-mb {-(-size // 1_000_000)}")


PLAIN = ReadOptions()
