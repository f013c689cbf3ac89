"""Periods of the calendar: first and last day, both inclusive.

The vague ends of a period are read as JioNLP reads them: 年初 is January and February, 年中 June and July, 年底
November and December; 月初 is the first five days of a month, 月中 the 10th to the 20th, 月底 from the 25th on.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

Period = tuple[date, date]

YEAR_EDGES = {"初": (1, 2), "中": (6, 7), "底": (11, 12)}
MONTH_EDGES = {"初": (1, 5), "中": (10, 20), "底": (25, 31)}
DECADE_EDGES = {"初": (0, 2), "中": (3, 6), "底": (7, 9)}
CENTURY_EDGES = {"初": (0, 19), "中": (30, 69), "底": (80, 99)}
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, 31)}


def month_days(year: int, month: int) -> int:
    """The number of days of a month."""
    return 29 if month == 2 and calendar.isleap(year) else _DAYS[month - 1]


@lru_cache(maxsize=1024)
def months_of(year: int, first: int, last: int) -> Period:
    """The months `first` to `last` of a year."""
    return date(year, first, 1), date(year, last, month_days(year, last))


def year_of(year: int) -> Period:
    """A whole calendar year."""
    return months_of(year, 1, 12)


def years_of(first: int, last: int) -> Period:
    """The years `first` to `last`."""
    return date(first, 1, 1), date(last, 12, 31)


def days_of(year: int, month: int, first: int, last: int) -> Period:
    """The days `first` to `last` of a month, cut at its end."""
    return date(year, month, first), date(year, month, min(last, month_days(year, month)))


def shift_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, month_days(year, month)))


def week_of(day: date) -> Period:
    """The week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def nth_weekday(first: date, weekday: int, place: int) -> date:
    """The `place`-th such weekday (0 is Monday) from `first` on."""
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))


def nth_week(first: date, place: int) -> Period:
    """The `place`-th week of a year or month that begins on `first`: its first Monday begins the first week."""
    return week_of(nth_weekday(first, 0, place))


def shift(day: date, unit: str, amount: int) -> date:
    """The same day so many years (年), quarters (季度), months (月), weeks (周) or days (天) later."""
    if unit in ("年", "季度", "月"):
        return shift_months(day, amount * {"年": 12, "季度": 3, "月": 1}[unit])
    return day + timedelta(days=amount * {"周": 7, "天": 1}[unit])


def around(day: date, unit: str) -> Period:
    """The year, month, week or day that holds a day."""
    if unit == "年":
        return year_of(day.year)
    if unit == "月":
        return months_of(day.year, day.month, day.month)
    return week_of(day) if unit == "周" else (day, day)


def checked(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
