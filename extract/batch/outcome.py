"""What became of each source of a run: the rows of its bulletins, or why they were set aside."""

from __future__ import annotations

import base64
import json
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from extract.duplicates import sketch
from extract.read import PLAIN, Bulletin, ReadError, ReadOptions, Source, read_source
from extract.read.metadata import ORIGIN as METADATA
from extract.records import Record, json_lines
from extract.tables import JSON_LINES, PageRow, RejectedRow

if TYPE_CHECKING:
    import datetime

    from extract.ledger import Quotable
    from extract.pipeline import Extraction
    from extract.rules import RuleBook

    from .making import Made, Maker

KINDS = ("articles", "records", "numbers", "checks")
TIME_LIMIT = 60.0  # seconds that a bulletin may take
PATIENCE = 10_000_000  # bytes of a source that have the time limit once more


class WorkerError(RuntimeError):
    """Processes that cannot be started: what happened and the remedy."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one bulletin: its rows as JSON lines by kind, which is only `rejected` where it was set aside.

    Each line ends with a line break. Beside the tables, `pages` are the pages of its records, `sketches` what its
    articles are known again by; `made` is what a folder of results has of the rows besides. `text` is None where it was
    set aside, and where a run keeps no texts; `converted` is the text of a format that is no text itself, which a run's
    folder keeps. A large bulletin has several outcomes: all but the first are continued.
    """

    file: str
    sha256: str | None
    text: str | None
    lines: Mapping[str, bytes]
    converted: str | None = None
    is_continued: bool = False
    made: Made | None = None

    def rows(self, kind: str) -> list[str]:
        """The lines of one kind."""
        return self.lines.get(kind, b"").decode().split("\n")[:-1]

    def made_by(self, maker: Maker) -> Made:
        """What is made of its rows."""
        return maker.make({kind: self.rows(kind) for kind in JSON_LINES})

    @property
    def is_set_aside(self) -> bool:
        """Whether it tells of a fault, and of no bulletin."""
        return "rejected" in self.lines

    def size(self) -> int:
        """The bytes of its rows in every form."""
        return sum(map(len, self.lines.values())) + (self.made.size() if self.made else 0)


@dataclass(frozen=True, slots=True)
class Ended:
    """The mark behind the last outcome of a source: its name, and the stamp of its file when it was read."""

    source: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Job:
    """What a run does with each of its sources; fit to be sent to another process.

    `maker` makes of the rows what a folder of results has besides, where there is one.
    """

    book: RuleBook
    published: datetime.date | None = None
    options: ReadOptions = PLAIN
    keep_texts: bool = True
    maker: Maker | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A source to work on, its bytes (0 where they are not known), and the stamp of its file."""

    source: Source
    size: int
    stamp: str


def unit_of(source: Source) -> Unit:
    """The source with the size of its file, and a stamp: that size, the time of change, and what is stated of it."""
    if source.text is not None:
        return Unit(source, len(source.text), blake2b(source.text.encode("utf-8", "surrogatepass")).hexdigest())
    try:
        found = os.stat(source.path)
    except (OSError, ValueError):
        return Unit(source, 0, "gone")
    stated = "." + blake2b(repr(source.meta).encode(), digest_size=8).hexdigest() if source.meta else ""
    size = source.part.size if source.part else found.st_size
    return Unit(source, size, f"{found.st_size}.{found.st_mtime_ns}{stated}")


def outcomes_of(source: Source, job: Job) -> Iterator[Outcome]:
    """What became of each bulletin of a source; what cannot be read, or fails, is set aside."""
    for outcome in _outcomes_of(source, job):
        yield replace(outcome, made=outcome.made_by(job.maker)) if job.maker else outcome


def _outcomes_of(source: Source, job: Job) -> Iterator[Outcome]:
    try:
        for found in read_source(source, job.options, in_pieces=not job.keep_texts):
            if isinstance(found, ReadError):
                yield set_aside(found.file, found.sha256, found.reason, found.remedy)
            else:
                yield from _unknown_place(found)
                yield from _worked_on(found, job)
    except Exception as error:  # one source's unforeseen fault must not cost the others
        yield _unforeseen(source.name, None, error)


def _unknown_place(found: Bulletin) -> Iterator[Outcome]:
    """What is told of a place that `metadata.csv` states and nothing knows."""
    from extract.normalise.place import code_of

    place = next((meta.place for meta in found.stated if meta.origin == METADATA), None)
    if place and code_of(place) is None:
        reason = f"its place in {METADATA} is not known ('{place}')"
        remedy = "write the full name or the code of GB/T 2260 there; the text is read"
        yield set_aside(found.file, found.sha256, reason, remedy)


def _worked_on(found: Bulletin, job: Job) -> Iterator[Outcome]:
    from extract.stretches import extract_stretches

    text, converted = found.text if job.keep_texts else None, found.text if found.is_converted else None
    is_continued = False
    try:
        for extraction, window in extract_stretches(found, job.book, published=job.published):
            lines = {kind: _joined(json_lines(getattr(extraction, kind))) for kind in KINDS}
            lines["pages"] = _joined(_pages(found, extraction.records))
            lines["sketches"] = _joined(_sketches(window, extraction))
            yield Outcome(found.file, found.sha256, text, lines, None if is_continued else converted, is_continued)
            is_continued = True
    except Exception as error:  # one bulletin's unforeseen fault must not cost the others
        yield replace(_unforeseen(found.file, found.sha256, error), is_continued=is_continued)


def _joined(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _pages(bulletin: Bulletin, records: Sequence[Record]) -> Iterator[str]:
    """The page of each record, for a bulletin that has pages."""
    for record in records if bulletin.pages else ():
        page = bisect_right(bulletin.pages, record.start)
        yield from json_lines([PageRow(record_id=record.record_id, file=record.file, page=page)])


def _sketches(text: Quotable, extraction: Extraction) -> Iterator[str]:
    """What each article is known again by."""
    for article in extraction.articles:
        if known := sketch(text[article.start : article.end]):
            yield json.dumps([article.article_id, base64.b64encode(known).decode()], ensure_ascii=False)


def _unforeseen(file: str, digest: str | None, error: Exception) -> Outcome:
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return set_aside(file, digest, f"an unforeseen fault, {told}", "report it with the bulletin")


def allowed(unit: Unit, time_limit: float) -> float:
    """The seconds that a source may be silent: the time limit, and once more for every 10 MB of its file."""
    return time_limit * (1 + unit.size / PATIENCE)


def given_up(unit: Unit, time_limit: float) -> Outcome:
    """The outcome of a source that was silent for longer than that."""
    reason = f"it was given up after {allowed(unit, time_limit):.0f} seconds"
    return set_aside(unit.source.name, None, reason, "give it alone with a longer --time-limit, or mend it")


def set_aside(file: str, digest: str | None, reason: str, remedy: str) -> Outcome:
    """The outcome of an input that gave no rows, and why."""
    name, why = (text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for text in (file, reason))
    row = RejectedRow(file=name, reason=why, remedy=remedy)
    return Outcome(name, digest, None, {"rejected": _joined(json_lines([row]))})
