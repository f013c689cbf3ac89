"""The folder that a run writes, and what it tells of itself in `run.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.tables import Plain, parse_line

from .counts import Counts
from .outcome import Ended, Outcome

if TYPE_CHECKING:
    import datetime

    from extract.rules import RuleBook

FORMATS = ("csv", "parquet")
LIBRARIES = ("ahocorasick-rs", "jieba", "openpyxl", "pyahocorasick", "pyarrow", "pydantic", "regex")


@dataclass(frozen=True, slots=True)
class Report:
    """What a run wrote: its counts, and the inputs that it set aside."""

    counts: Counts
    faults: tuple[Plain, ...]


def write_run(
    ended: Iterable[Outcome | Ended],
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
            if isinstance(outcome, Ended):
                continue
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
