"""What is counted from the day of publication: 近三年, 未来两周, 三年半前, 十几年后, 半年内, 下周一, 今明两年."""

from __future__ import annotations

from datetime import date, timedelta

from . import date_calendar as cal
from .date_calendar import Period
from .date_numbers import NUMERALS, RUN, parse_number
from .date_shapes import Point, Token
from .date_words import date_words

_UNITS = {"年": "年", "季度": "季度", "月": "月", "周": "周", "星期": "周", "礼拜": "周", "天": "天", "日": "天"}
_HALVES = {"年": 182, "月": 15, "周": 3, "天": 0}
_AWAY = {"去": -1, "昨": -1, "今": 0, "明": 1, "后": 2}
_TEN_TO_TWENTY, _SEVERAL_TENS = (10, 20), (20, 100)


def unit_of(word: str) -> str:
    """年, 季度, 月, 周 or 天: the unit that the word holds."""
    return next(unit for told, unit in _UNITS.items() if told in word)


def weekday_of(letter: str) -> int:
    """Monday is 0."""
    return "一二三四五六日".index(letter.replace("天", "日"))


def counted(point: Point, reference: date, lone: bool) -> Period:
    """The days of a date that is counted from the reference; a weekday is the next one where it is the whole text.

    Raises ValueError for words that do not tell how many (几年前).
    """
    token = point.first()
    match token.kind:
        case "week_word":
            return _in_week(point, cal.week_of(reference)[0] + timedelta(days=7 * _offset(token)))
        case "quarter_word":
            shifted = cal.shift_months(reference.replace(day=1), 3 * _offset(token))
            first_month = (shifted.month - 1) // 3 * 3 + 1
            return cal.months_of(shifted.year, first_month, first_month + 2)
        case "weekday":
            day = cal.week_of(reference)[0] + timedelta(days=weekday_of(token.word[-1]))
            day += timedelta(days=7 * (day < reference) if lone else -7 * (day > reference))
            return day, day
        case "elapsed":
            return _elapsed(token.word, max(token.number, 0), reference)
        case "about_elapsed":
            ends = [_elapsed(token.word, number, reference) for number in _about(token.word)]
            return min(ends)[0], max(ends)[1]
        case "within":
            return reference, _elapsed(token.word, max(token.number, 0), reference)[1]
        case "pair":
            first, last = (_AWAY[letter] for letter in token.word[:2].replace("後", "后"))
            unit = unit_of(token.word)
            return cal.around(cal.shift(reference, unit, first), unit)[0], cal.around(
                cal.shift(reference, unit, last), unit
            )[1]
    return _stretch(token, reference)


def _offset(token: Token) -> int:
    return date_words().words[token.word].offset


def _in_week(point: Point, monday: date) -> Period:
    """The week that begins on that day, its end or a day of it."""
    if "week_weekday" not in point.parts:
        return cal.week_of(monday)
    if point.word("week_weekday") == "末":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    day = monday + timedelta(days=weekday_of(point.word("week_weekday")))
    return day, day


def _stretch(token: Token, reference: date) -> Period:
    """The years, months, weeks or days up to the reference or from it on; 半 halves a unit, or adds half of one."""
    word, number = token.word, max(token.number, 0)
    unit = unit_of(word.lstrip("近最过去未来今后的这"))
    ahead = word.startswith(("未来", "今后"))
    sign = 1 if ahead else -1
    day = cal.shift(reference, unit, sign * number)
    if "半" in word:
        day = cal.shift(day, "月", sign * 6) if unit == "年" else day + timedelta(days=sign * _HALVES[unit])
    return (reference, day - timedelta(days=1)) if ahead else (day, reference)


def _elapsed(word: str, number: int, reference: date) -> Period:
    """The year, month, week or day so long before or after the reference; half a year is 182 days."""
    sign = -1 if word.endswith("前") else 1
    unit = unit_of(word)
    half = "半" in word
    day = cal.shift(reference, unit, sign * number)
    if half:
        day += timedelta(days=sign * _HALVES[unit])
    return cal.around(day, "月" if half and unit == "年" else unit)


def _about(word: str) -> tuple[int, int]:
    """The least and the greatest number that the words allow: 十几 10 to 20, 几十 20 to 100, 两三 2 to 3; 二十多 is 20.

    Raises ValueError where they tell none (几年前).
    """
    if word[0] in "几数":
        if word[1] != "十":
            raise ValueError(word)
        return _SEVERAL_TENS
    run = RUN.match(word)
    if run is None:
        raise ValueError(word)
    behind = word[run.end() : run.end() + 1]
    if behind == "几":
        number = parse_number(run[0])
        return _TEN_TO_TWENTY if number == 10 else (number, number + 10)
    number = parse_number(run[0])
    if number >= 0:
        return number, number
    low, high = (parse_number(letter) for letter in run[0] if letter in NUMERALS)
    return low, high
