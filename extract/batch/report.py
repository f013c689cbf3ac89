"""The folder that a run writes: its rows as they come, and all files put in place at the end."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from extract.duplicates import repeated
from extract.records import json_lines
from extract.staging import Staging
from extract.tables import OutputError, Plain, RepeatRow, parse_line
from extract.writers import Tables

from .counts import Counts
from .engine import work_off
from .journal import CHECKPOINT_SECONDS, Journal, find_leftover
from .making import KINDS, Made, Maker
from .outcome import TIME_LIMIT, Ended, Job, Outcome, Unit, unit_of
from .told import Told, versions, write_run_json

if TYPE_CHECKING:
    import datetime

    from extract.read import Source
    from extract.rules import RuleBook

FORMATS = ("csv", "parquet")
FAULTS_TOLD = 20
ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Report:
    """What a run wrote: its counts, the first of the inputs that it set aside, and how many files it passed over."""

    counts: Counts
    faults: tuple[Plain, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """How a run is done; no byte of its results hangs on it.

    `resume` goes on with a run that was not finished, `checkpoint` is the time in seconds after which what is done is
    safe from then on, `tell` takes sentences for the user, `watch` sees what becomes of the bulletins as they pass.
    """

    workers: int = 1
    time_limit: float = TIME_LIMIT
    resume: bool = False
    checkpoint: float = CHECKPOINT_SECONDS
    tell: Callable[[str], None] = print
    watch: Callable[[Iterator[Outcome | Ended]], Iterator[Outcome | Ended]] = iter


def run_into(out: Path, sources: Iterable[Source], job: Job, told: Told, way: Way) -> Report:
    """The report of a run over sources whose results are put into a folder.

    When the run ends before its time, whatever ends it, what was done up to the last checkpoint lies in
    `OUT/.unfinished`, and the same run with `resume` goes on from there.
    Raises OutputError for a folder, format or table name that cannot be written, for a folder with an unfinished run
    where `resume` is not set, OSError when the disk fails, WorkerError when no process can start.
    """
    staging = Staging(out)
    journal = Journal(staging, way.checkpoint)
    try:
        units = _left(journal, map(unit_of, sources), _key(job), way)
        maker = Maker(told.book.tables, told.formats, told.published)
        ended = work_off(units, replace(job, maker=maker), workers=way.workers, time_limit=way.time_limit)
        return _write(staging, journal, way.watch(ended), told, maker)
    finally:
        _end(staging, journal)


def write_run(
    ended: Iterable[Outcome | Ended],
    out: Path,
    book: RuleBook,
    *,
    published: datetime.date | None = None,
    formats: Sequence[str] = FORMATS,
) -> Report:
    """The report of outcomes at hand, written as `run_into` writes them; there is nothing to go on with."""
    staging = Staging(out)
    journal = Journal(staging, math.inf)
    try:
        units = _left(journal, iter(()), "", Way())
        assert next(units, None) is None
        return _write(staging, journal, ended, Told(book, published, formats), Maker(book.tables, formats, published))
    finally:
        _end(staging, journal)


def _key(job: Job) -> str:
    """A digest of all that rows depend on beside the sources."""
    made_of = (versions(), job.book.version, job.published, job.options)
    return blake2b(repr(made_of).encode(), digest_size=16).hexdigest()


def _left(journal: Journal, units: Iterator[Unit], key: str, way: Way) -> Iterator[Unit]:
    """The units that are still to do, the journal begun or gone on with."""
    leftover = find_leftover(journal.work)
    if leftover is None:
        journal.begin(key)
        return units
    if not way.resume:
        raise OutputError(
            f"{journal.work.parent}: a run that was not finished lies there, with {leftover.sources:,} sources done; "
            f"go on with it by --resume, or remove {journal.work} to begin anew"
        )
    if leftover.key != key:
        way.tell("the unfinished run was made with other rules, options or versions; all is done anew")
        journal.begin(key)
        return units
    try:
        units = journal.go_on(leftover, units)
    except (OSError, ValueError) as error:
        way.tell(f"the unfinished run cannot be gone on with ({error}); all is done anew")
        journal.begin(key)
        return units
    way.tell(f"{journal.sources:,} sources were done before; the run goes on behind them")
    if journal.sources < leftover.sources:
        again = leftover.sources - journal.sources
        way.tell(f"an input changed, came or went since; what was done behind it ({again:,} sources) is done anew")
    return units


def _write(staging: Staging, journal: Journal, ended: Iterable[Outcome | Ended], told: Told, maker: Maker) -> Report:
    try:
        tables = Tables(staging, told.book.tables, told.formats)
        counts = Counts(bulletins=_count_bulletins(journal), published=told.published)
        for made in _made_before(journal, maker):
            counts.take(made.counts)
            tables.add(made.texts)
        for outcome in ended:
            if isinstance(outcome, Ended):
                journal.end(outcome)
                continue
            if not outcome.is_continued:
                counts.bulletins += not outcome.is_set_aside
                journal.add_input(outcome)
            for kind, lines in outcome.lines.items():
                journal.add(kind, lines)
            made = outcome.made or outcome.made_by(maker)
            counts.take(made.counts)
            tables.add(made.texts)
        if journal.checkpoints:
            journal.checkpoint()
        journal.close()
        tables.close()
        counts.repeats = _write_repeats(staging, journal)
        tables.describe()
        skipped = _Counted(told.skipped)
        short = {**told.plain(), "counts": counts.plain()}
        rejected, inputs = journal.rows("rejected"), journal.rows("inputs")
        write_run_json(staging, short, {"faults": rejected, "skipped": skipped, "inputs": inputs})
        faults = tuple(map(parse_line, islice(journal.rows("rejected"), FAULTS_TOLD)))
        staging.commit()
    except OSError as error:
        error.filename = error.filename or str(staging.folder)
        raise
    return Report(counts, faults, skipped.count)


def _count_bulletins(journal: Journal) -> int:
    """How many of the inputs that the journal has already were read."""
    return sum("set_aside" not in parse_line(line) for line in journal.rows("inputs"))


def _write_repeats(staging: Staging, journal: Journal) -> int:
    """Write `repeats.jsonl`: the articles that tell what others tell; how many there are."""
    count = 0
    with staging.open("repeats.jsonl") as file:
        for article_id, repeats, alike in repeated(lambda: journal.rows("sketches"), staging.work / "sketches.bin"):
            row = RepeatRow(article_id=article_id, repeats=repeats, similarity=alike)
            file.writelines(line + "\n" for line in json_lines([row]))
            count += 1
    return count


def _made_before(journal: Journal, maker: Maker) -> Iterator[Made]:
    """What is made of the rows that the journal has already, some at a time."""
    for kind in KINDS:
        rows = journal.rows(kind)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            yield maker.make({kind: some})


class _Counted:
    """Names as JSON, counted as they pass."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = names
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for name in self.names:
            self.count += 1
            yield json.dumps(name, ensure_ascii=False)


def _end(staging: Staging, journal: Journal) -> None:
    """Leave what is worth going on with, and nothing else."""
    journal.close()
    if journal.checkpoints or find_leftover(journal.work):
        staging.leave()
    else:
        staging.discard()
