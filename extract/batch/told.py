"""What a run tells of itself in `run.json`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from extract.read import PLAIN, ReadOptions
from extract.staging import Staging

if TYPE_CHECKING:
    import datetime

    from extract.rules import RuleBook

LIBRARIES = ("ahocorasick-rs", "jieba", "openpyxl", "pyarrow", "pydantic", "regex")


@dataclass(frozen=True, slots=True)
class Told:
    """What a run was asked for: the book, the day of publication, the formats, the folders as they were named.

    `reading` is how to read them; `skipped` are the names of files that were no bulletins by their suffix.
    """

    book: RuleBook
    published: datetime.date | None = None
    formats: Collection[str] = ()
    folders: Iterable[str] = ()
    skipped: Iterable[str] = ()
    reading: ReadOptions = PLAIN

    def plain(self) -> dict[str, Any]:
        """All that is short, as JSON-ready values."""
        return {
            "versions": versions(),
            "rules": {"version": self.book.version, "count": len(self.book.rules), "packs": self.book.packs},
            "options": {
                "published": self.published and self.published.isoformat(),
                "formats": sorted(set(self.formats)),
                "folders": list(self.folders),
                "reading": asdict(self.reading),
            },
        }


def write_run_json(staging: Staging, short: Mapping[str, Any], long: Mapping[str, Iterable[str]]) -> None:
    """Write `run.json`: what is short as it is, then each long list from its items in JSON, one by one."""
    with staging.open("run.json") as file:
        head = {**short, "files": sorted(staging.names)}
        file.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}"))
        for name, items in long.items():
            file.write(f',\n "{name}": [')
            lead = "\n  "
            for item in items:
                file.write(lead + item)
                lead = ",\n  "
            file.write("\n ]" if lead.startswith(",") else "]")
        file.write("\n}\n")


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
