"""What the matchers find.

Every mention is a half-open span `[start, end)` in code points of the text that was searched, with `text[start:end]`
kept beside it. Mentions are plain dataclasses: they are made in the hot path and validated when they become records.
Nothing changes one once it is made; they are not frozen because that would make each several times as dear.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Bound = Literal["exact", "about", "nearly", "over", "at_least", "under", "at_most", "range"]
_JOINTS = "、和及至到~～-－—–"


@dataclass(slots=True, unsafe_hash=True)
class Quantity:
    """A number with its unit and hedge.

    `value`, `low` and `high` are exact and in the base unit (`438万元` is 4380000, `1.45‰` is 0.145 percent). `value`
    is None for a range; `low` and `high` are the interval that the words allow, either may be None.
    `bound` is one of RECORDS.md's: exact, about, nearly, over, at_least, under, at_most, range.
    `unit` is the canonical unit (`person`, `CNY`, `percent`, …) or None for a bare number; `unit_text` its spelling,
    which tells 两倍 (twice) from 两番 (doubled twice), both of value 2 and unit `times`.
    `kind` is the unit's class: `count`, `money`, `ratio`, `times`, `duration`, `age`, `measure` or `bare`.
    `[number_start, number_end)` is the span without hedges before or after it but with its unit: the quote of a record.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str | None
    unit_text: str
    kind: str
    number_start: int
    number_end: int


@dataclass(slots=True, unsafe_hash=True)
class Numeral:
    """A numeric mention that is no quantity; `number_class` is `ordinal`, `name`, `age`, `date` or `duration`.

    `value` is that of an ordinal (第三批 is 3) or of a name's numeral (五社联动 is 5), None where there is none
    (1+3+N, 9:30, a telephone number).
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    number_class: str

    def until(self, stop: int) -> Numeral:
        """The mention cut at `stop`, without a joint at its new end."""
        if self.end <= stop:
            return self
        text = self.text[: stop - self.start].rstrip(_JOINTS)
        return replace(self, end=self.start + len(text), text=text)


@dataclass(slots=True, unsafe_hash=True)
class DateMention:
    """A date or period, both ends inclusive, either open (None).

    `relation` is how it is used: `in` (2021年, 今年), `since` (2018年以来, 自2021年起), `until` (截至2021年底,
    目前, 到2025年), `compared` (较上年, 比2021年, 同比) and `vague` (近年来, 日前: no dates at all).
    `basis` is `stated` (the words hold the year), `relative` (resolved by the reference day), `inferred` (by the
    year that the caller inferred), `inherited` (the year of a date before it) or `unresolved` (the words only).
    """

    start: int
    end: int
    text: str
    period_start: datetime.date | None
    period_end: datetime.date | None
    relation: str
    basis: str


@dataclass(slots=True, unsafe_hash=True)
class PlaceMention:
    """An administrative place: its official `name`, six-digit GB/T 2260 `code` and `level`.

    `level` is `province`, `city`, `county`, `township`; a township carries the code of its county (or of the city
    above it where there is no county) and its own name in `town`. `body` is the organisation's words that follow the
    place (`民政局` in `贵州省民政厅` is `民政厅`), or None; the span covers the place alone.
    """

    start: int
    end: int
    text: str
    name: str
    code: str
    level: str
    town: str | None = None
    body: str | None = None


@dataclass(slots=True, unsafe_hash=True)
class ProgrammeMention:
    """The name of a programme, project or scheme; `name` without its quotation marks."""

    start: int
    end: int
    text: str
    name: str
