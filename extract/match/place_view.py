"""A text made ready for the search of places, and its words where a name is in doubt."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .gazetteer import place_facts

Words = Callable[[str], list[str]]

HAN = re.compile(r"[一-鿿]")
# Blanks between Chinese characters; it begins with one set of characters, so that the engine runs through all others.
_BLANKS = re.compile(r"[ \t\r\n\f\xa0\u3000](?<=[一-鿿].)[ \t\r\n\f\xa0\u3000]*+(?=[一-鿿])", re.DOTALL)


@dataclass(slots=True)
class View:
    """A text made ready for searching: traditional characters folded, blanks between Chinese characters cut out.

    `cuts` are the places of the blanks in `plain`, `shifts` how many characters had been cut up to each.
    """

    plain: str
    cuts: list[int]
    shifts: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original text that `plain[start:end]` was made of."""
        if not self.cuts:
            return start, end
        first, last = bisect_right(self.cuts, start), bisect_right(self.cuts, end - 1)
        return start + (self.shifts[first - 1] if first else 0), end + (self.shifts[last - 1] if last else 0)

    def is_broken(self, start: int, end: int) -> bool:
        """Whether blanks were cut from inside the span."""
        return bool(self.cuts) and bisect_right(self.cuts, start) < bisect_left(self.cuts, end)


@cache
def _traditional() -> tuple[re.Pattern[str], dict[int, str]]:
    pairs = place_facts()["traditional"].split()
    return re.compile("[" + "".join(pair[0] for pair in pairs) + "]"), {ord(pair[0]): pair[1] for pair in pairs}


def view_of(text: str) -> View:
    """The text as it is searched; an indent of two full-width blanks is a boundary and stays."""
    cuts: list[int] = []
    shifts: list[int] = []
    parts: list[str] = []
    kept = gone = 0
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if not match[0].endswith("\u3000\u3000"):
            parts.append(text[kept:start])
            cuts.append(start - gone)
            gone += end - start
            shifts.append(gone)
            kept = end
    plain = "".join([*parts, text[kept:]]) if cuts else text
    marks, table = _traditional()
    return View(plain.translate(table) if marks.search(plain) else plain, cuts, shifts)
