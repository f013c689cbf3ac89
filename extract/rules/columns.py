"""Columns: tables whose first row names the columns, told row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..match.mentions import DateMention, PlaceMention, Quantity
from ..paths import read_pattern_file
from ..reflow.rows import cells_of
from ..reflow.words import UNITS
from .segments import Segment
from .telling import Page, Span, Teller, Under, is_bare

_UNIT = re.compile(rf"\s*[（(/／](?:单位[：:])?\s*(?P<unit>{UNITS})\s*[）)]?$")
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: the words of its head without the unit in brackets, that unit, and what sort of column it is."""

    words: Span
    name: str
    unit: str
    role: str  # figures, subject, unit, none

    @property
    def is_plain(self) -> bool:
        """Whether the head only says that there are figures: 数量, 2023年."""
        return self.name in row_words()["plain"]


def tell_table(page: Page, spans: Sequence[Span], under: Under) -> Iterator[list[Segment]]:
    """The rows of a table, each as the segments of a passage; its first span is the row of column names."""
    columns = _columns(page, spans[0])
    caption = _last_date(page, under)
    for span in spans[1:]:
        cells = _cells(page, span)
        if len(cells) != len(columns):
            continue
        teller = Teller(page, span, under)
        _tell_row(teller, page, columns, cells, under, caption)
        if teller.segment.quantities:
            yield [teller.done()]


def _cells(page: Page, span: Span) -> list[Span]:
    return [(span[0] + start, span[0] + end) for start, end in cells_of(page.cut(span))]


def _columns(page: Page, head: Span) -> list[_Column]:
    columns: list[_Column] = []
    has_subject = False
    for span in _cells(page, head):
        text = page.cut(span)
        found = _UNIT.search(text)
        stop = span[0] + (found.start() if found else len(text))
        name = "".join(page.text[span[0] : stop].split())
        for mention in page.within((span[0], stop), figures=False):
            name = name.replace(mention.text, "")
        role = "figures" if has_subject else "subject"
        if name in row_words()["units_of"]:
            role = "unit"
        elif name in row_words()["silent"]:
            role = "none"
        has_subject = has_subject or role == "subject"
        columns.append(_Column((span[0], stop), name, found["unit"] if found else "", role))
    return columns


def _last_date(page: Page, under: Under) -> DateMention | None:
    """The date of the line above a table, or of its heading."""
    for span in filter(None, (under.lead, under.heading)):
        dates = [found for found in page.within(span, figures=False) if isinstance(found, DateMention)]
        if dates:
            return dates[-1]
    return None


def _tell_row(
    teller: Teller, page: Page, columns: Sequence[_Column], cells: Sequence[Span], under: Under,
    caption: DateMention | None,
) -> None:  # fmt: skip
    """Say of each figure of a row whose it is and what it counts."""
    subject = next((cell for cell, column in zip(cells, columns, strict=True) if column.role == "subject"), None)
    of_row = next((page.cut(c) for c, column in zip(cells, columns, strict=True) if column.role == "unit"), "")
    if subject is None or subject[1] - subject[0] > _LONGEST_NAME:
        return
    name, row_unit = _subject_words(page, subject)
    if name.isdigit():  # a year without 年, or a number that is no name
        return
    of_row = of_row if re.fullmatch(UNITS, of_row) else row_unit
    for cell, column in zip(cells, columns, strict=True):
        if column.role != "figures" or not (figures := _figures(page, cell)):
            continue
        counted = column.name if not name or not column.is_plain else name
        headed = column.is_plain and not name  # the heading names what is counted
        unit = column.unit or of_row or (under.unit if headed else _unit_for(counted, under.unit))
        if not unit and any(map(is_bare, figures)):
            continue
        if teller.segment.quantities:
            teller.say("；")
        _say_cell(teller, page, subject, name, column, caption)
        teller.read(cell, unit)


def _figures(page: Page, cell: Span) -> list[Quantity]:
    """The figures of a cell that holds nothing else."""
    figures = [found for found in page.within(cell) if isinstance(found, Quantity)]
    alone = len(figures) == 1 and figures[0].end - figures[0].start == cell[1] - cell[0]
    return figures if alone else []


def _subject_words(page: Page, subject: Span) -> tuple[str, str]:
    """What the first cell of a row says beside places, dates and 合计, and the unit that it names in brackets."""
    text = page.cut(subject)
    unit = _UNIT.search(text)
    name = text[: unit.start()] if unit else text
    for mention in page.within(subject, figures=False):
        name = name.replace(mention.text, "")
    name = name.strip()
    return "" if name in row_words()["totals"] else name, unit["unit"] if unit else ""


def _say_cell(
    teller: Teller, page: Page, subject: Span, name: str, column: _Column, caption: DateMention | None
) -> None:
    """Say what stands before a figure: the date, the row's name, and the column's."""
    text = page.cut(subject)
    unit = _UNIT.search(text)
    stop = subject[0] + (unit.start() if unit else len(text))
    mentions = page.within(column.words, figures=False)
    dated = [m for m in (*mentions, *page.within(subject, figures=False)) if isinstance(m, DateMention)]
    if not dated and caption:
        teller.tell(caption)
    for mention in mentions:
        if not isinstance(mention, Quantity):
            teller.tell(mention)
    if name or any(isinstance(m, PlaceMention | DateMention) for m in page.within(subject, figures=False)):
        teller.read((subject[0], stop))
    if column.is_plain:
        return
    if name:
        teller.say("：")
    teller.say(column.name)


def _unit_for(name: str, headed: str) -> str:
    """The unit of what a name counts, where it is plain; of money only the one that a heading names."""
    counted: list[tuple[str, tuple[str, ...]]] = row_words()["counted"]
    for unit, ends in counted:
        if name.endswith(ends):
            return unit
    money = headed.endswith("元") and name.endswith(row_words()["money"])
    return headed if money else ""


@cache
def row_words() -> dict[str, Any]:
    """Of `patterns/facets.yaml`: the words of tables."""
    data = read_pattern_file("facets.yaml")["rows"]
    words = {name: tuple(data[name]) for name in ("totals", "money")}
    sets = {name: frozenset(data[name]) for name in ("plain", "units_of", "silent")}
    return {**words, **sets, "counted": [(entry["unit"], tuple(entry["ends"])) for entry in data["counted"]]}
