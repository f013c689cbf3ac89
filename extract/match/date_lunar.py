"""The lunar calendar and the solar terms, 1900 to 2100.

`_BITS` holds one number a lunar year, as most tables of the Chinese calendar print it: the low four bits name the
month that is followed by a leap month (0: none), the next twelve tell which months have 30 days (the highest is the
first month), and bit 16 tells whether the leap month has. A solar term is the day, in Beijing, on which the sun's
apparent longitude passes a multiple of 15 degrees (Meeus, Astronomical Algorithms, chapter 25, good to a quarter of
an hour).
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from .date_calendar import Period

_FIRST_YEAR = 1900
_FIRST_DAY = date(1900, 1, 31)
_BITS = """
04bd8 04ae0 0a570 054d5 0d260 0d950 16554 056a0 09ad0 055d2 04ae0 0a5b6 0a4d0 0d250 1d255 0b540
0d6a0 0ada2 095b0 14977 04970 0a4b0 0b4b5 06a50 06d40 1ab54 02b60 09570 052f2 04970 06566 0d4a0
0ea50 16a95 05ad0 02b60 186e3 092e0 1c8d7 0c950 0d4a0 1d8a6 0b550 056a0 1a5b4 025d0 092d0 0d2b2
0a950 0b557 06ca0 0b550 15355 04da0 0a5b0 14573 052b0 0a9a8 0e950 06aa0 0aea6 0ab50 04b60 0aae4
0a570 05260 0f263 0d950 05b57 056a0 096d0 04dd5 04ad0 0a4d0 0d4d4 0d250 0d558 0b540 0b6a0 195a6
095b0 049b0 0a974 0a4b0 0b27a 06a50 06d40 0af46 0ab60 09570 04af5 04970 064b0 074a3 0ea50 06b58
05ac0 0ab60 096d5 092e0 0c960 0d954 0d4a0 0da50 07552 056a0 0abb7 025d0 092d0 0cab5 0a950 0b4a0
0baa4 0ad50 055d9 04ba0 0a5b0 15176 052b0 0a930 07954 06aa0 0ad50 05b52 04b60 0a6e6 0a4e0 0d260
0ea65 0d530 05aa0 076a3 096d0 04afb 04ad0 0a4d0 1d0b6 0d250 0d520 0dd45 0b5a0 056d0 055b2 049b0
0a577 0a4b0 0aa50 1b255 06d20 0ada0 14b63 09370 049f8 04970 064b0 168a6 0ea50 06aa0 1a6c4 0aae0
092e0 0d2e3 0c960 0d557 0d4a0 0da50 05d55 056a0 0a6d0 055d4 052d0 0a9b8 0a950 0b4a0 0b6a6 0ad50
055a0 0aba4 0a5b0 052b0 0b273 06930 07337 06aa0 0ad50 14b55 04b60 0a570 054e4 0d160 0e968 0d520
0daa0 16aa6 056d0 04ae0 0a9d4 0a2d0 0d150 0f252 0d520
"""
_MONTHS = [int(bits, 16) for bits in _BITS.split()]
_TERMS = """
小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至
小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至
"""
TERMS = _TERMS.split()
_NOON_2000_IN_BEIJING = datetime(2000, 1, 1, 20)
_SEASONS = {"春": ("立春", "立夏"), "夏": ("立夏", "立秋"), "秋": ("立秋", "立冬"), "冬": ("立冬", "立春")}


def _lengths(year: int) -> list[tuple[int, bool, int]]:
    """The months of a lunar year in order: number, whether leap, days."""
    bits = _MONTHS[year - _FIRST_YEAR]
    months = []
    for month in range(1, 13):
        months.append((month, False, 30 if bits & 0x8000 >> month - 1 else 29))
        if bits & 0xF == month:
            months.append((month, True, 30 if bits & 0x10000 else 29))
    return months


def _new_year(year: int) -> date:
    days = sum(days for earlier in range(_FIRST_YEAR, year) for _, _, days in _lengths(earlier))
    return _FIRST_DAY + timedelta(days=days)


def lunar_month(year: int, month: int, leap: bool = False) -> Period | None:
    """First and last day of a month of the lunar year that begins in `year`, or None where there is none."""
    if not _FIRST_YEAR <= year < _FIRST_YEAR + len(_MONTHS):
        return None
    first = _new_year(year)
    for number, is_leap, days in _lengths(year):
        if (number, is_leap) == (month, leap):
            return first, first + timedelta(days=days - 1)
        first += timedelta(days=days)
    return None


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """A day of the lunar calendar; the 30th of a month of 29 days is its last day (除夕)."""
    whole = lunar_month(year, month, leap)
    if whole is None or not 1 <= day <= 30:
        return None
    return min(whole[0] + timedelta(days=day - 1), whole[1])


def _sun_longitude(days: float) -> float:
    """The sun's apparent longitude in degrees, so many days after noon of 2000-01-01 (Greenwich)."""
    century = days / 36525
    anomaly = math.radians(357.52911 + 35999.05029 * century)
    centre = (1.914602 - 0.004817 * century) * math.sin(anomaly)
    centre += 0.019993 * math.sin(2 * anomaly) + 0.000289 * math.sin(3 * anomaly)
    node = math.radians(125.04 - 1934.136 * century)
    return 280.46646 + 36000.76983 * century + centre - 0.00569 - 0.00478 * math.sin(node)


def term_day(year: int, term: str) -> date | None:
    """The day of a solar term."""
    if not _FIRST_YEAR <= year < _FIRST_YEAR + len(_MONTHS):
        return None
    place = TERMS.index(term)
    longitude = 285 + 15 * place
    days = (year - 2000) * 365.2422 + 4.5 + place * 15.2184
    for _ in range(6):
        days += ((longitude - _sun_longitude(days) + 180) % 360 - 180) / 360 * 365.2422
    return (_NOON_2000_IN_BEIJING + timedelta(days=days)).date()


def season_of(year: int, season: str) -> Period | None:
    """A season (春 夏 秋 冬) from the day that begins it to the eve of the next; winter ends in the next year."""
    begins, ends = _SEASONS[season]
    first, last = term_day(year, begins), term_day(year + (season == "冬"), ends)
    return (first, last - timedelta(days=1)) if first and last else None
