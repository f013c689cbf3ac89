"""The loop over bulletins: what became of each, one at a time, and the folder that a run writes."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.read import PLAIN, Bulletin, ReadError, ReadOptions, Source, read_source
from extract.records import json_lines
from extract.tables import Plain, RejectedRow, parse_line

if TYPE_CHECKING:
    from extract.rules import RuleBook

FORMATS = ("csv", "parquet")
KINDS = ("articles", "records", "numbers", "checks")
LIBRARIES = ("jieba", "openpyxl", "pyahocorasick", "pyarrow", "pydantic", "regex")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one bulletin: its rows as JSON lines by kind, which is only `rejected` where it was set aside."""

    file: str
    sha256: str | None
    text: str | None
    lines: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Counts:
    """How many rows of each sort a run made."""

    bulletins: int = 0
    articles: int = 0
    rejected: int = 0
    records: Counter[tuple[str, str]] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, row: Plain) -> None:
        """Count one row."""
        match kind:
            case "records":
                self.records[row["table"], row["measure"]] += 1
            case "numbers":
                self.numbers[row["class"]] += 1
            case "checks":
                self.checks[row["verdict"]] += 1
            case "articles":
                self.articles += 1
            case "rejected":
                self.rejected += 1

    @property
    def unexplained_share(self) -> float:
        """The share of the numbers that nothing explains, 0 to 1."""
        return self.numbers["unexplained"] / self.numbers.total() if self.numbers else 0.0

    def plain(self) -> dict[str, Any]:
        """The counts as JSON-ready values, by name in order."""
        return {
            "bulletins": self.bulletins,
            "rejected": self.rejected,
            "articles": self.articles,
            "records": {f"{table}.{measure}": count for (table, measure), count in sorted(self.records.items())},
            "numbers": dict(sorted(self.numbers.items())),
            "checks": dict(sorted(self.checks.items())),
        }


def parse_day(text: str) -> datetime.date:
    """The day that `2023-11-20` writes.

    Raises ValueError, with the remedy, for any other form and for a day that no calendar has.
    """
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"'{text}' is no day; write it as 2023-11-20")


def with_progress(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources, with a bar on stderr that moves as they are taken."""
    from rich.console import Console
    from rich.progress import track

    yield from track(sources, description="bulletins", total=None, console=Console(stderr=True), transient=True)


def outcomes(
    sources: Iterable[Source], book: RuleBook, published: datetime.date | None = None, options: ReadOptions = PLAIN
) -> Iterator[Outcome]:
    """What became of each bulletin, one after the other; a bulletin that fails is set aside and the run goes on."""
    for source in sources:
        try:
            for found in read_source(source, options):
                yield _outcome(found, book, published)
        except Exception as error:  # one source's unforeseen fault must not cost the others
            yield _unforeseen(source.name, None, error)


def _outcome(found: Bulletin | ReadError, book: RuleBook, published: datetime.date | None) -> Outcome:
    from extract.pipeline import extract_bulletin

    if isinstance(found, ReadError):
        return _set_aside(found.file, found.sha256, found.reason, found.remedy)
    try:
        extraction = extract_bulletin(found, book, published=published)
        lines = {kind: tuple(json_lines(getattr(extraction, kind))) for kind in KINDS}
        return Outcome(found.file, found.sha256, found.text, lines)
    except Exception as error:  # one bulletin's unforeseen fault must not cost the others
        return _unforeseen(found.file, found.sha256, error)


def _unforeseen(file: str, digest: str | None, error: Exception) -> Outcome:
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return _set_aside(file, digest, f"an unforeseen fault, {told}", "report it with the bulletin")


def _set_aside(file: str, digest: str | None, reason: str, remedy: str) -> Outcome:
    name, why = (text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for text in (file, reason))
    row = RejectedRow(file=name, reason=why, remedy=remedy)
    return Outcome(name, digest, None, {"rejected": tuple(json_lines([row]))})


@dataclass(frozen=True, slots=True)
class Report:
    """What a run wrote: its counts, and the inputs that it set aside."""

    counts: Counts
    faults: tuple[Plain, ...]


def write_run(
    ended: Iterable[Outcome],
    out: Path,
    book: RuleBook,
    *,
    published: datetime.date | None = None,
    formats: Sequence[str] = FORMATS,
    skipped: Sequence[str] = (),
    folders: Sequence[str] = (),
) -> Report:
    """The report of a run whose rows were written to a folder, as they came; on a fault nothing is put in place.

    For `run.json`: `skipped` are the names of files that were no bulletins by their suffix, `folders` what was read,
    as it was named.
    Raises OutputError for a folder, format or table name that cannot be written, OSError when the disk fails.
    """
    from extract.writers import Staging, Tables

    staging = Staging(out)
    counts = Counts()
    inputs: list[Plain] = []
    faults: list[Plain] = []
    try:
        tables = Tables(staging, book.tables, formats)
        for outcome in ended:
            counts.bulletins += 1
            inputs.append({"file": outcome.file, "sha256": outcome.sha256})
            for kind, lines in outcome.lines.items():
                for line in lines:
                    row = parse_line(line)
                    counts.add(kind, row)
                    tables.add(kind, line, row)
                    if kind == "rejected":
                        faults.append(row)
        tables.close()
        with staging.open("run.json") as file:
            told = {
                "versions": versions(),
                "rules": {"version": book.version, "count": len(book.rules), "packs": book.packs},
                "options": {
                    "published": published and published.isoformat(),
                    "formats": sorted(set(formats)),
                    "folders": list(folders),
                },
                "counts": counts.plain(),
                "faults": faults,
                "skipped": list(skipped),
                "files": sorted(staging.names),
                "inputs": inputs,
            }
            file.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        staging.commit()
    finally:
        staging.discard()
    return Report(counts, tuple(faults))


def versions() -> dict[str, str]:
    """The versions of the program, of Python and of the libraries that rows or bytes depend on."""
    import platform
    from importlib import metadata

    import extract

    found = {"jianbao": extract.__version__, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            continue
    return found
