"""What the pieces of a date mean once its year, or the day that it is counted from, is known."""

from __future__ import annotations

from datetime import date, timedelta

from . import date_calendar as cal
from .date_calendar import Period
from .date_counted import unit_of, weekday_of
from .date_lunar import TERMS, lunar_day, lunar_month, season_of, term_day
from .date_numbers import parse_number
from .date_shapes import Point
from .date_words import date_words

LUNAR = frozenset({"lunar", "lunar_month", "lunar_head", "lunar_day_only", "new_year_day"})
_MONTHS_OF_YEAR = frozenset({"quarter", "left_quarter", "q", "half", "quarters", "months"})


def day_or_month(year: int, month: int, day: int | None = None) -> Period:
    """A day, or a whole month."""
    if day is None:
        return cal.months_of(year, month, month)
    return date(year, month, day), date(year, month, day)


def edge(word: str) -> str:
    """初, 中 or 底, for any of the words for the beginning, middle and end of a period."""
    if word.startswith("前") or "初" in word:
        return "初"
    return "中" if "中" in word else "底"


def fixed(point: Point) -> Period:
    """Five-year plans, decades and centuries."""
    if "plan" in point.parts:
        first, last = date_words().plans[point.word("plan")]
        part = point.word("plan_tail")
        if part.endswith("末"):
            return date(last, 12, 31), date(last, 12, 31)
        if "初" in part or part == "开局之年":
            return cal.year_of(first)
        return cal.year_of(last) if part == "收官之年" else cal.years_of(first, last)
    token = point.first()
    century = 20 if token.word.startswith("上") else 21 if token.word.startswith("本") else token.number
    if token.kind == "century":
        part = token.word.partition("世纪")[2]
        first, last = cal.CENTURY_EDGES[edge(part)] if part else (0, 99)
        return cal.years_of((century - 1) * 100 + first, (century - 1) * 100 + last)
    decade = token.numbers[-1]
    if "世纪" in token.word:
        decade += (century - 1) * 100
    elif decade < 100:
        decade += 1900
    first, last = (0, 9) if token.word.endswith("代") else cal.DECADE_EDGES[edge(token.word.partition("代")[2])]
    if decade % 10:
        raise ValueError(token.word)
    return cal.years_of(decade + first, decade + last)


def within_year(point: Point, year: int) -> Period | None:
    """What the pieces below the year pick out of it."""
    if point.has(LUNAR):
        return _in_lunar_year(point, year)
    month = point.number("month", "left_month", "nth_month")
    if month is not None:
        return within_month(point, year, month)
    if point.has(_MONTHS_OF_YEAR):
        return _months_of_parts(point, year)
    if "final" in point.parts:
        return _final(point.word("final"), date(year, 12, 31))
    if "season" in point.parts:
        return season_of(year, point.word("season")[0])
    if "holiday" in point.parts:
        return _holiday(point.word("holiday"), year)
    if "nth_week" in point.parts:
        return cal.nth_week(date(year, 1, 1), point.parts["nth_week"].number)
    if "year_edge" in point.parts or "edge" in point.parts:
        return cal.months_of(year, *cal.YEAR_EDGES[edge(point.word("year_edge") or point.word("edge"))])
    return cal.year_of(year)


def _final(word: str, last: date) -> Period:
    """The last quarter, month, week, weekday or day of what ends on the day `last`."""
    if word.endswith("季度"):
        return cal.months_of(last.year, 10, 12)
    if word[-2] in "周期拜":
        day = last - timedelta(days=(last.weekday() - weekday_of(word[-1])) % 7)
        return day, day
    return cal.around(last, unit_of(word))


def _months_of_parts(point: Point, year: int) -> Period:
    if (months := point.number("months", "quarters")) is not None:
        return cal.months_of(year, 1, months * (3 if "quarters" in point.parts else 1))
    if "half" in point.parts:
        first, last = (1, 6) if point.word("half").startswith("上") else (7, 12)
    else:
        quarter = point.number("quarter", "left_quarter", "q") or 1
        first, last = quarter * 3 - 2, quarter * 3
    if "edge" in point.parts:
        first = last = {"初": first, "中": (first + last) // 2, "底": last}[edge(point.word("edge"))]
    return cal.months_of(year, first, last)


def within_month(point: Point, year: int, month: int) -> Period | None:
    """What the pieces below the month pick out of it, or None where the month has no such day."""
    day = point.number("day", "left_day", "bare_day")
    if day is not None:
        found = cal.checked(year, month, day)
        return (found, found) if found else None
    if "third" in point.parts:
        first, last = ("上中下".index(letter) + 1 for letter in (point.word("third")[0], point.word("third")[-2]))
        return cal.days_of(year, month, cal.THIRDS[first][0], cal.THIRDS[last][1])
    if "final" in point.parts:
        return _final(point.word("final"), cal.months_of(year, month, month)[1])
    if "nth_weekday" in point.parts:
        token = point.parts["nth_weekday"]
        found = cal.nth_weekday(date(year, month, 1), weekday_of(token.word[-1]), token.number)
        return found, found
    if "nth_week" in point.parts:
        return cal.nth_week(date(year, month, 1), point.parts["nth_week"].number)
    if "edge" in point.parts or "month_edge" in point.parts:
        return cal.days_of(year, month, *cal.MONTH_EDGES[edge(point.word("edge") or point.word("month_edge"))])
    return cal.months_of(year, month, month)


def _in_lunar_year(point: Point, year: int) -> Period | None:
    if "new_year_day" in point.parts:
        word = point.word("new_year_day")
        day = lunar_day(year - 1, 12, 30) if word.endswith("三十") else lunar_day(year, 1, parse_number(word[-1]))
        return (day, day) if day else None
    word = point.word("lunar_month") or point.word("lunar_head") or point.word("month")
    letter = word.removeprefix("闰")[:1]
    month = {"正": 1, "冬": 11, "腊": 12}.get(letter) or point.number("lunar_month", "lunar_head", "month") or 1
    leap = word.startswith("闰")
    number = point.number("lunar_day", "lunar_day_only")
    if number is None:
        return lunar_month(year, month, leap)
    day = lunar_day(year, month, number, leap)
    return (day, day) if day else None


def _holiday(name: str, year: int) -> Period | None:
    """The day that bears a name; the eve of the lunar new year belongs to the solar year in which it falls."""
    if name.removesuffix("节") in TERMS:
        day = term_day(year, name.removesuffix("节"))
        return (day, day) if day else None
    rule, numbers = date_words().holidays[name]
    found: date | None
    if rule == "day":
        found = date(year, numbers[0], numbers[1])
    elif rule == "weekday":
        found = cal.nth_weekday(date(year, numbers[0], 1), numbers[1] - 1, numbers[2])
    else:
        found = lunar_day(year - (numbers[0] == 12), numbers[0], numbers[1])
    return (found, found) if found else None
