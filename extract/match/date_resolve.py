"""From the words of a date to the days that they mean, given what the text has said so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import date_calendar as cal
from .date_calendar import Period
from .date_counted import counted
from .date_parts import day_or_month, edge, fixed, within_month, within_year
from .date_shapes import Point
from .date_words import date_words

# A month or day without its year is the last one before the day of publication, give or take so many days.
_AHEAD = timedelta(days=31)
# In a clause that looks ahead it is the nearest one.
_HALF_A_YEAR = timedelta(days=183)
_IN_FIGURES = frozenset({"iso", "compact", "dotted", "dotted_right", "spaced_iso"})
_FIXED = frozenset({"plan", "decade", "century"})
_COUNTED = frozenset(
    {"near", "backward", "elapsed", "about_elapsed", "within", "pair", "week_word", "quarter_word", "weekday"}
)
_IN_MONTH = frozenset({"month_word", "month_edge", "day", "left_day"})
_WITH_A_YEAR = (
    _IN_FIGURES
    | _FIXED
    | {"year", "left_year", "bare_year", "lone_year", "year_word"}
    | {"month_word", "day_word", "week_word", "quarter_word"}
)
_UNRESOLVED: tuple[None, str] = (None, "unresolved")


@dataclass(slots=True)
class Clock:
    """What is known of the time at a place of the text.

    `reference` is the day of publication and `year` the year that the caller infers; `lone` tells that the date is the
    whole text. The rest are what earlier dates said: in the text, in the paragraph and in the sentence; a year or month
    of the paragraph comes with the basis of whatever inherits it.
    """

    reference: date | None
    year: int | None
    lone: bool = False
    text_year: int | None = None
    sentence_year: int | None = None
    paragraph_year: tuple[int, str] | None = None
    paragraph_month: tuple[int, int, str] | None = None
    text_day: date | None = None


def resolve(point: Point, clock: Clock, future: bool = False) -> tuple[Period | None, str]:
    """The first and last day that a date means, and on what basis; None and `unresolved` where that cannot be told.

    `future` tells that its clause looks ahead (将于, 到…前), so that a date without a year may lie after the reference.
    """
    try:
        return _resolve(point, clock, future)
    except (ValueError, OverflowError):
        return _UNRESOLVED


def resolve_range(left: Point, right: Point, clock: Clock, future: bool = False) -> tuple[Period | None, str] | None:
    """The days from the left date's first to the right date's last; None where the right one ends before the left."""
    right_year = _stated_year(right, clock)
    start_clock = clock
    if right_year is not None and not _says_year(left):
        start_clock = replace(clock, paragraph_year=(right_year, "stated"))
    first, basis = resolve(left, start_clock, future)
    if first is None:
        return _UNRESOLVED
    begin = first[0]
    end_clock = replace(
        clock,
        lone=False,
        text_year=begin.year,
        paragraph_year=(begin.year, basis),
        paragraph_month=(begin.year, begin.month, basis),
    )
    last, last_basis = resolve(right, end_clock, future)
    if last and last[1] < begin and not _says_year(right):
        last, last_basis = resolve(right, replace(end_clock, paragraph_year=(begin.year + 1, basis)), future)
    if last is None:
        return _UNRESOLVED
    if last[1] < begin:
        return None
    return (begin, last[1]), last_basis if basis == "stated" else basis


def _says_year(point: Point) -> bool:
    return point.has(_WITH_A_YEAR)


def _stated_year(point: Point, clock: Clock) -> int | None:
    """The year that the words hold; two figures mean this century up to a few years ahead, else the last."""
    year = point.number("year", "left_year", "bare_year", "lone_year", "iso", "compact", "dotted", "dotted_right")
    if year is None or year >= 100:
        return year
    limit = (clock.reference.year if clock.reference else clock.year or 2030) + 5
    return year + (2000 if year + 2000 <= limit else 1900)


def _resolve(point: Point, clock: Clock, future: bool) -> tuple[Period | None, str]:
    kind = point.kind
    if kind in _IN_FIGURES:
        return day_or_month(*point.first().numbers), "stated"
    if kind in _FIXED:
        return fixed(point), "stated"
    if kind in _COUNTED:
        return (counted(point, clock.reference, clock.lone), "relative") if clock.reference else _UNRESOLVED
    if kind == "day_word":
        return _by_day_word(point, clock)
    if kind in _IN_MONTH:
        return _in_known_month(point, clock, future)
    year = _named_year(point, clock)
    if year is None and kind == "year_word":
        return _UNRESOLVED
    year = year or _missing_year(point, clock, lambda y: within_year(point, y), future)
    if year is None:
        return _UNRESOLVED
    period = within_year(point, year[0])
    return (period, year[1]) if period else _UNRESOLVED


def _by_day_word(point: Point, clock: Clock) -> tuple[Period | None, str]:
    meaning = date_words().words[point.word("day_word")]
    from_text = meaning.anchor == "text" and not clock.lone
    anchor = clock.text_day if from_text else clock.reference
    if anchor is None:
        return _UNRESOLVED
    day = anchor + timedelta(days=meaning.offset)
    return (day, day), "inherited" if from_text else "relative"


def _in_known_month(point: Point, clock: Clock, future: bool) -> tuple[Period | None, str]:
    """本月, 上月底 and days that leave their month out."""
    if "month_word" in point.parts:
        meaning = date_words().words[point.word("month_word")]
        month = clock.paragraph_month if meaning.anchor == "text" else None
        month = month or _reference_month(clock)
        offset = meaning.offset
    else:
        month, offset = clock.paragraph_month or _reference_month(clock), 0
    if month is None:
        return _UNRESOLVED
    first = cal.shift_months(date(month[0], month[1], 1), offset)
    day = point.number("day", "left_day", "bare_day")
    bare = day is not None and "month_word" not in point.parts and not clock.paragraph_month and not clock.lone
    if bare and day is not None and clock.reference and not future:
        first = _last_month_with(day, clock.reference)
    period = within_month(point, first.year, first.month)
    return (period, month[2]) if period else _UNRESOLVED


def _reference_month(clock: Clock) -> tuple[int, int, str] | None:
    return (clock.reference.year, clock.reference.month, "relative") if clock.reference else None


def _last_month_with(day: int, reference: date) -> date:
    """The first of the last month whose day of that number is not after the reference."""
    first = reference.replace(day=1)
    while not (found := cal.checked(first.year, first.month, day)) or found > reference:
        first = cal.shift_months(first, -1)
    return first


def _named_year(point: Point, clock: Clock) -> tuple[int, str] | None:
    """The year that the words hold or point to, with the basis."""
    year = _stated_year(point, clock)
    if year is not None:
        return year, "stated"
    if "year_word" not in point.parts:
        return None
    meaning = date_words().words[point.word("year_word")]
    if meaning.anchor == "text" and not clock.lone:
        return (clock.text_year + meaning.offset, "inherited") if clock.text_year else None
    if meaning.anchor == "sentence" and clock.sentence_year:
        return clock.sentence_year + meaning.offset, "inherited"
    if clock.reference:
        return clock.reference.year + meaning.offset, "relative"
    return (clock.year + meaning.offset, "inferred") if clock.year else None


def _missing_year(
    point: Point, clock: Clock, build: Callable[[int], Period | None], future: bool
) -> tuple[int, str] | None:
    """The year of a date that names none: the paragraph's, or the last one that puts it before the reference."""
    if clock.paragraph_year:
        return clock.paragraph_year
    if clock.reference is None:
        return (clock.year, "inferred") if clock.year else None
    year = clock.reference.year
    if clock.lone:
        return year, "relative"
    period = build(year)
    if future:
        return year + bool(period and period[1] < clock.reference - _HALF_A_YEAR), "relative"
    if "year_edge" in point.parts and edge(point.word("year_edge")) == "底":
        return year - (clock.reference.month <= 3), "relative"
    return year - bool(period is None or period[0] > clock.reference + _AHEAD), "relative"
