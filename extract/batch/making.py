"""What a folder of results has of rows beside their JSON lines: how many there are, and their texts in other formats.

It is made where the rows are made, so that the process that writes has little to do but to write.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from extract.tables import JSON_LINES, parse_line
from extract.writers import Texts

from .counts import Counts

KINDS = tuple(JSON_LINES)


@dataclass(frozen=True, slots=True)
class Made:
    """The counts of some rows, and what they add to each file, by its name."""

    counts: Counts
    texts: Mapping[str, bytes]

    def size(self) -> int:
        """The bytes of the texts."""
        return sum(map(len, self.texts.values()))


class Maker:
    """Makes of rows what a run with some tables and formats wants of them."""

    def __init__(self, tables: Iterable[str], formats: Collection[str], published: datetime.date | None) -> None:
        self.texts = Texts(tables, formats)
        self.published = published

    def make(self, lines: Mapping[str, Iterable[str]]) -> Made:
        """What is made of rows, given as lines by kind."""
        parsed = [(kind, line, parse_line(line)) for kind in KINDS for line in lines.get(kind, ())]
        counts = Counts(published=self.published)
        for kind, _, row in parsed:
            counts.add(kind, row)
        return Made(counts, self.texts.of(parsed))
