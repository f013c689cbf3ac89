"""Units that a table or a list names once, in its heading: 单位：万元; 补贴标准（元）：200、300."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .figures import LIST_GAPS, Figure, Item
from .numerals import Amount, parse_numeral, plain
from .words import NumberWords, Unit

HEADING = re.compile(  # it begins with one set of characters, so that the engine runs through all others without a halt
    r"[单（(](?:(?<=单)位[:：](?P<table>[十百千万亿]{0,3})"
    r"|(?<=[（(])(?P<list>[十百千万亿]{0,3})(?=[^\d（）()]{1,5}[）)][:： ]{0,2}[\d０-９]))"
)
_HEADING_MARKS = tuple(":：（(")
_TABLE_END = re.compile(r"。|\n[ \t\u3000]*\n|单位[:：]")
_LONGEST_TABLE = 2000
_YEARS = range(1900, 2100)


@dataclass(slots=True)
class _Heading:
    """A heading with its unit and power, which stand at `named_at`.

    It rules from `start` to `end`, over a list only as far as that goes on.
    """

    named_at: int

    start: int
    end: int
    unit: Unit
    power: Decimal
    of_list: bool


def lend_headed_units(text: str, found: list[Item], words: NumberWords) -> list[Item]:
    """The mentions with the unit and power of the heading above them, where they name none; without the heading's own.

    A year below a heading stays a bare number.
    """
    if not any(isinstance(item, Figure) and _may_be_headed(text, item) for item in found):
        return found
    headings = list(_headings(text, words))
    if not headings:
        return found
    own = {heading.named_at for heading in headings}
    found = [item for item in found if item.start not in own]
    place = 0
    for heading in headings:
        while place < len(found) and found[place].start < heading.start:
            place += 1
        behind = heading.start
        while place < len(found) and (item := found[place]).end <= heading.end:
            if heading.of_list and item.start != behind and text[behind : item.start] not in LIST_GAPS:
                break
            if isinstance(item, Figure):
                _lend(item, heading)
            behind, place = item.end, place + 1
    return found


def _may_be_headed(text: str, figure: Figure) -> bool:
    """Whether a figure lacks a unit, or stands where a heading's own does."""
    return figure.reading.unit is None or text[figure.start - 1 : figure.start] in _HEADING_MARKS


def _lend(figure: Figure, heading: _Heading) -> None:
    reading, amount = figure.reading, figure.reading.amount
    if reading.unit is not None or not reading.is_figure or amount.value in _YEARS:
        return
    reading.unit, reading.unit_leads = heading.unit, True
    top = None if amount.top is None else plain(amount.top * heading.power)
    reading.amount = Amount(plain(amount.value * heading.power), top, amount.bound)
    if figure.low is not None:
        figure.low = plain(figure.low * heading.power)


def _headings(text: str, words: NumberWords) -> Iterator[_Heading]:
    """The headings that name a unit, left to right."""
    for found in HEADING.finditer(text):
        unit = words.unit_at(text, found.end())
        if unit is None:
            continue
        of_list = found.lastgroup == "list"
        start = found.end() + len(unit.word)
        if of_list:
            if text[start : start + 1] not in ("）", ")"):
                continue
            start += 1
            while text[start : start + 1] in (":", "：", " "):
                start += 1
        end = _TABLE_END.search(text, start, start + _LONGEST_TABLE)
        named_at, powers = found.start(found.lastgroup or 0), found[found.lastgroup or 0]
        power = parse_numeral(powers) or Decimal(1)
        yield _Heading(named_at, start, end.start() if end else start + _LONGEST_TABLE, unit, power, of_list)
