"""How many rows of each sort a run makes."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from extract.tables import Plain


@dataclass(slots=True)
class Counts:
    """How many rows of each sort a run made.

    `bulletins` are those that were read, `repeats` articles that tell what others tell; `other_days` are articles whose
    own day is not the `published` one that was given.
    """

    bulletins: int = 0
    articles: int = 0
    rejected: int = 0
    records: Counter[tuple[str, str]] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    repeats: int = 0
    published: datetime.date | None = None
    other_days: int = 0

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
                self.other_days += self.published is not None and row["published"] != self.published.isoformat()
            case "rejected":
                self.rejected += 1

    def take(self, other: Counts) -> None:
        """Count what another has counted."""
        self.bulletins += other.bulletins
        self.articles += other.articles
        self.rejected += other.rejected
        self.records.update(other.records)
        self.numbers.update(other.numbers)
        self.checks.update(other.checks)
        self.repeats += other.repeats
        self.other_days += other.other_days

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
            "repeats": self.repeats,
            "records": {f"{table}.{measure}": count for (table, measure), count in sorted(self.records.items())},
            "numbers": dict(sorted(self.numbers.items())),
            "checks": dict(sorted(self.checks.items())),
        }
