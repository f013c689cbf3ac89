"""Dates and periods in Chinese text: 2023年10月20日, 今年以来, 截至2021年底, “十四五”末, 近两年来."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .blanks import Squeezed, squeeze_dates
from .date_infer import infer_year
from .date_loose import is_loose
from .date_reading import Draft, read_dates
from .mentions import DateMention

__all__ = ["find_dates", "infer_year"]


def find_dates(
    text: str, reference: date | str | None = None, *, year: int | None = None, loose: bool = False
) -> list[DateMention]:
    """The dates and periods of a text, left to right, none overlapping; both ends inclusive, an open end None.

    `reference` is the day of publication (a date or `2023-11-20`; ValueError if malformed), which 今年, 目前 and
    dates without a year are resolved by; `year` is a year
    that the caller infers (`infer_year`), used where there is no reference. A month or day without its year takes the
    year that its paragraph named last, else the last such date before the reference; what cannot be told stays
    unresolved. A span holds the words of its relation (自2021年起, 截至目前), save for comparisons, and half-open
    offsets into `text`. `loose` asks besides for the words that no days can be told from (近日, 现在, 同比,
    “十四五”规划); 目前, the day of publication, and spans such as 近年来 are always given.

    >>> [(m.text, str(m.period_start), m.period_end) for m in find_dates("2018年以来，持证社工增加")]
    [('2018年以来', '2018-01-01', None)]
    """
    day = date.fromisoformat(reference) if isinstance(reference, str) else reference
    squeezed = squeeze_dates(text)
    clean = squeezed.text if squeezed else text
    read = read_dates(Draft(clean), day, year)
    found = [mention for mention, expression in read if loose or not is_loose(clean, mention, expression)]
    return [_mention_in(mention, text, squeezed) for mention in found] if squeezed else found


def _mention_in(mention: DateMention, text: str, squeezed: Squeezed) -> DateMention:
    """`mention` with the offsets of the text as it was."""
    start, end = squeezed.raw_span(mention.start, mention.end)
    return replace(mention, start=start, end=end, text=text[start:end])
