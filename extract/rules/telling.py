"""Telling: a row of a table or a list put into the words of the sentence that would say the same.

What rules look at is encoded text (`segments`), so that a row needs no rules of its own: 金安区   21   318 under
社工站（个） and 持证人员（人） is told as 金安区社工站21；金安区持证人员318, each figure where it stands in the text.
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ..match.mentions import DateMention, PlaceMention, Quantity
from ..match.quantities import find_quantities
from .encoding import BLOCK, MENTION_SLOTS, mention_char
from .segments import Mention, Segment, finish, slot_kind

_start = attrgetter("start")
_BARE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEFT_OUT = re.compile(r"[\s|]|[.…·—]{2,}")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """Clean text with all that the matchers found in it, in reading order."""

    text: str
    quantities: Sequence[Quantity]
    dates: Sequence[DateMention]
    places: Sequence[PlaceMention]

    def within(self, span: Span, *, figures: bool = True) -> list[Mention]:
        """The mentions of a stretch of text, in order; without its `figures`, dates and places alone."""
        found: list[Mention] = []
        for mentions in (self.quantities if figures else (), self.dates, self.places):
            first = bisect.bisect_left(mentions, span[0], key=_start)
            found += mentions[first : bisect.bisect_left(mentions, span[1], first, key=_start)]
        return sorted(found, key=lambda mention: (mention.start, -mention.end))

    def cut(self, span: Span) -> str:
        """The text of a stretch."""
        return self.text[span[0] : span[1]]


@dataclass(frozen=True, slots=True)
class Under:
    """What stands above rows: the heading with its unit, a line that ends in a colon, and what holds for both."""

    heading: Span | None = None
    unit: str = ""
    lead: Span | None = None
    today: datetime.date | None = None
    planned: bool = False


def is_bare(quantity: Quantity) -> bool:
    """Whether a figure is written without a unit, whatever a heading has lent to it."""
    return _BARE.fullmatch(quantity.text) is not None


def lend_unit(quantity: Quantity, unit: str) -> Quantity:
    """A figure that has no unit of its own, with the unit of its column; its span stays what it is."""
    if not unit or not is_bare(quantity):
        return quantity
    read = find_quantities(quantity.text + unit)
    if len(read) != 1 or not read[0].text.endswith(unit):
        return quantity
    found = read[0]
    return Quantity(
        quantity.start, quantity.end, quantity.text, found.value, found.low, found.high, found.bound, found.unit,
        found.unit_text, found.kind, quantity.number_start, quantity.number_end,
    )  # fmt: skip


class Teller:
    """A segment in the making; what is said of it never goes back in the text."""

    def __init__(self, page: Page, span: Span, under: Under) -> None:
        self.page = page
        self.segment = Segment(*span, "", [], [], [], [])
        self.segment.today, self.segment.planned = under.today, under.planned
        self.segment.preceding = page.cut(under.heading) if under.heading else ""
        self._parts: list[str] = []
        self._at = span[0]

    def say(self, words: str) -> None:
        """Put in words that do not stand in the row."""
        self._parts.append(words)
        self.segment.positions.extend([self._at] * len(words))

    def read(self, span: Span, unit: str | None = None) -> None:
        """Put in a stretch of the text, its figures with the unit of their column; without them where it is None."""
        at, stop = span
        for mention in self.page.within(span, figures=unit is not None):
            if mention.start >= at and mention.end <= stop:
                self._plain(at, mention.start)
                self._mention(mention, unit or "")
                at = mention.end
        self._plain(at, stop)

    def tell(self, mention: DateMention | PlaceMention) -> None:
        """Put in a date or a place that stands above the row."""
        self._mention(mention, "")

    def done(self) -> Segment:
        """The segment."""
        return finish(self.segment, "".join(self._parts), self.page.text)

    def _plain(self, start: int, stop: int) -> None:
        text, at = self.page.text, start
        for gap in _LEFT_OUT.finditer(text, start, stop):
            self._put(text[at : gap.start()], at)
            at = gap.end()
        self._put(text[at:stop], at)

    def _put(self, words: str, at: int) -> None:
        self._parts.append(words)
        self.segment.positions.extend(max(self._at, at + i) for i in range(len(words)))
        self._at = max(self._at, at + len(words))

    def _mention(self, mention: Mention, unit: str) -> None:
        segment = self.segment
        held: list[Quantity] | list[DateMention] | list[PlaceMention]
        if isinstance(mention, Quantity):
            mention = lend_unit(mention, unit)
            kind, held, indices = slot_kind(mention, self.page.text), segment.quantities, segment.quantity_at
        elif isinstance(mention, DateMention):
            kind, held, indices = MENTION_SLOTS["date"], segment.dates, segment.date_at
        else:
            kind, held, indices = MENTION_SLOTS["place"], segment.places, segment.place_at
        if len(held) >= BLOCK:
            return
        self._parts.append(mention_char(kind, len(held)))
        indices.append(len(segment.positions))
        held.append(mention)  # type: ignore[arg-type]
        self._at = max(self._at, mention.start)
        segment.positions.append(self._at)
        self._at = max(self._at, mention.end) if mention.end <= segment.end else self._at
