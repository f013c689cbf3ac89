"""Rows: lines of a name and a figure (江阳区：612) under a heading that says the unit (单位：人), and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..match.mentions import DateMention, Quantity
from ..reflow.rows import MARK, cells_of
from ..reflow.words import UNIT_HEADING, UNITS
from .columns import row_words, tell_table
from .segments import Segment
from .telling import Page, Span, Teller, Under, is_bare, lend_unit
from .topics import is_bare_verb

__all__ = ["Page", "Under", "lend_to_closing", "lend_unit", "tell_rows", "unit_of_heading"]

_OWN_UNIT = re.compile(rf"[（(](?:单位[：:])?({UNITS})[）)](?=\W*\d)")  # 开展活动（场次）：3260
_CLOSED = re.compile(r"\s*(?:[，。；、）]|$)")
_LEADING = re.compile(r"[，：:；。\s]+$")


def unit_of_heading(heading: str) -> str:
    """The unit that a heading gives to the rows under it, or nothing.

    >>> unit_of_heading("二、持证社工分布（单位：人）")
    '人'
    """
    match = UNIT_HEADING.search(heading)
    return match[1] if match else ""


def lend_to_closing(text: str, end: int, quantities: Sequence[Quantity], unit: str) -> list[Quantity]:
    """The figures of a paragraph that ends at `end`, those bare ones that close a clause with a heading's unit."""
    return [
        lend_unit(quantity, unit) if _CLOSED.match(text, quantity.end, end) else quantity for quantity in quantities
    ]


def tell_rows(page: Page, spans: Sequence[Span], under: Under) -> Iterator[list[Segment]]:
    """The rows of a block, each as the segments of a passage; rows without a figure that counts are left out."""
    at = 0
    while at < len(spans):
        cells = cells_of(page.cut(spans[at]))
        stop = at + 1
        while stop < len(spans) and len(cells) > 1 and _goes_on(page.cut(spans[stop]), len(cells)):
            stop += 1
        names = len(cells) > 1 and not page.within((spans[at][0] + cells[1][0], spans[at][1]))
        if (names and stop > at + 1) or len(cells) > 2:
            yield from tell_table(page, spans[at:stop], under)
        else:
            stop = at + 1
            while stop < len(spans) and _goes_on(page.cut(spans[stop]), 1):
                stop += 1
            yield from _tell_list(page, spans[at:stop], under)
        at = stop


def _goes_on(text: str, count: int) -> bool:
    return min(len(cells_of(text)), 3) == min(count, 3) or set(text) <= set("|:- ")


def _tell_list(page: Page, spans: Sequence[Span], under: Under) -> Iterator[list[Segment]]:
    """The rows of a list: each with the parts below it (其中：…) as one segment."""
    at = 0
    while at < len(spans):
        stop = _end_of_parts(page, spans, at)
        teller = Teller(page, (spans[at][0], spans[stop - 1][1]), under)
        _say_lead(teller, page, under)
        for number, span in enumerate(spans[at:stop]):
            if number:
                teller.say("，")
            _say_row(teller, page, span, under.unit)
        if teller.segment.quantities:
            yield [teller.done()]
        at = stop


def _say_row(teller: Teller, page: Page, span: Span, unit: str) -> None:
    """One row without its number or bullet, and without the unit that it names itself in brackets."""
    text = page.cut(span)
    mark = MARK.match(text)
    start = span[0] + (mark.end() if mark else 0)
    stop = span[0] + len(text.rstrip("，。； "))
    if own := _OWN_UNIT.search(page.text, start, stop):
        teller.read((start, own.start()), own[1])
        start, unit = own.end(), own[1]
    teller.read((start, stop), unit)


def _say_lead(teller: Teller, page: Page, under: Under) -> None:
    """The verb and the date of the line above (2023年新建：), or the date of the heading alone."""
    for span in filter(None, (under.lead, under.heading)):
        dates = [found for found in page.within(span, figures=False) if isinstance(found, DateMention)]
        if span == under.lead:
            words = _LEADING.sub("", page.cut(span))
            verb = Teller(page, span, under)
            verb.read((span[0], span[0] + len(words)))
            code = verb.done().code
            if is_bare_verb(code):
                teller.read((span[0], span[0] + len(words)))
                return
        if dates:
            teller.tell(dates[-1])
            teller.say("，")
            return


def _end_of_parts(page: Page, spans: Sequence[Span], at: int) -> int:
    """Behind the last row that is a part of row `at`: those below 其中, as far as they do not say more than it."""
    if at + 1 == len(spans) or not page.text.startswith("其中", spans[at + 1][0]):
        return at + 1
    whole, told, stop = _value(page, spans[at]), Decimal(0), at + 1
    while stop < len(spans) and (whole is None or told < whole):
        value = _value(page, spans[stop])
        if stop > at + 1 and (value is None or _opens_anew(page, spans[stop]) or (whole and told + value > whole)):
            break
        told += value or 0
        stop += 1
    return stop


def _opens_anew(page: Page, span: Span) -> bool:
    """Whether a row begins with a date or a total, so is no part of the row above."""
    opening = page.within((span[0], span[0] + 1), figures=False)
    return bool(opening) or page.cut(span).startswith(row_words()["totals"])


def _value(page: Page, span: Span) -> Decimal | None:
    figures = [found for found in page.within(span) if isinstance(found, Quantity)]
    return Decimal(figures[-1].text.replace(",", "")) if figures and is_bare(figures[-1]) else None
