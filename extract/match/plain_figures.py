"""Plain figures: numerals with their unit and their hedges, and nothing else beside them that bears on them.

    plain = [hedge] (digits [[余] 万] | tens) [余] unit [hedge]    192个, 近3000元, 640余名, 8.7%, 5万元以上, 三家

Most figures of a bulletin are such. They are read here in one step, to the same mention that `readings` and `figures`
come to by weighing each word that may stand around a numeral.
"""

from __future__ import annotations

import re
from functools import cache

from .figures import bound_of, interval
from .mentions import Quantity
from .names import TELLING_BEFORE, TELLING_BEHIND
from .numerals import (
    ARABIC,
    BEHIND_LONE_FORMAL,
    FORMAL_DIGITS,
    HAN,
    POWERS,
    SLACK,
    parse_amount,
    plain,
    step,
)
from .readings import FRACTION_MARKS, RANGE_CHARS, SIGNS
from .words import ONE, NumberWords, exact, number_words

NUMERAL_CHARACTERS = rf"{ARABIC}{HAN}半几幾数數①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿"
_ONES = "一二三四五六七八九"
_OF_WEEKDAYS = frozenset("周週期拜")  # tell of Chinese numerals alone
# 几, 数 and formal digits are everyday characters too (人数, 队伍): no numeral begins with one before other words.
_NO_NUMERAL = (
    f"(?!(?<=[几幾数數])(?![{POWERS}]))"
    f"(?!(?<=[{FORMAL_DIGITS}拾佰仟])[\u4e00-\u9fff](?<![{HAN}点點{BEHIND_LONE_FORMAL}]))"
)
_WEIGHED = frozenset("折成番")  # units that count only beside some numerals or words


@cache
def numeral_pattern() -> re.Pattern[str]:
    """A character that a numeral may begin with, or a whole plain figure: 余 or 多 is group 1, its unit group 2.

    It begins with one set of characters, so that the engine runs through all others without a halt.
    """
    words = number_words()
    before = {*TELLING_BEFORE, *SIGNS, *HAN, *".． "}
    behind = _set_of({*RANGE_CHARS, *HAN, *SLACK, "半"})
    digits = r"(?:[0-9]{0,2}(?:,[0-9]{3})++|[0-9]*+)(?:\.[0-9]++)?(?:[余多]?[万亿])?"
    return re.compile(
        rf"[{NUMERAL_CHARACTERS}]{_NO_NUMERAL}(?:"
        rf"(?:(?<=[0-9])(?<![{ARABIC}{_set_of(before - _OF_WEEKDAYS)}].){digits}"
        rf"|(?<=[{_ONES}两十])(?<![{ARABIC}{_set_of(before)}:：].)(?:(?<!十)十)?(?:(?<=十)[{_ONES}])?)"
        rf"([余多])?((?>{_units(words)}))(?![{ARABIC}{behind}]))?"
    )


def _set_of(characters: set[str]) -> str:
    return "".join(map(re.escape, sorted(filter(None, characters))))


def _units(words: NumberWords) -> str:
    """Units that belong to whatever digits they stand behind."""
    weighed = {*TELLING_BEHIND, *words.name_heads, *FRACTION_MARKS, *POWERS, *SLACK, *_WEIGHED, "半"}
    return "|".join(f"(?:{pattern.pattern})" for char, pattern in words.unit_patterns.items() if char not in weighed)


def read_plain(words: NumberWords, text: str, found: re.Match[str], floor: int, stop: int) -> Quantity | None:
    """The quantity of a plain figure, a match of `numeral_pattern`; None where it is none from `floor` to `stop`."""
    number_start, number_end = start, end = found.span()
    slack, unit = found[1], words.units[found[2]]
    numeral = text[start : found.start(2) - (slack is not None)]
    amount = parse_amount(numeral)
    if amount is None or end > stop or (numeral[0] == "0" and len(numeral) == 2):
        return None
    if numeral[0] > "9" and (unit.digits_only or _may_be_a_word(words, text, start, numeral)):
        return None
    value, top, bound = amount.value, amount.top, amount.bound
    if slack is not None:
        if value < 10 or bound != "exact":
            return None
        top, bound = plain(value + step(value)), "over"
    char_before, char_behind = text[start - 1 : start], text[end : end + 1]
    before = words.hedge_before(text, start) if char_before in words.before else None
    if before is not None:
        start -= len(before.word)
    elif char_before in words.reaching_ends and words.hedge_reaching(text, start, floor):
        return None
    if char_before in words.currencies and words.currency_before(text, number_start):
        return None
    after = words.hedge_after(text, end, unit) if char_behind in words.after else None
    if after is not None:
        end += len(after.word)
    if start < floor or end > stop:
        return None
    if before is not None or after is not None:
        bound = bound_of(bound, before, after)
    if unit.factor is not ONE:
        value, top = exact(value, unit.factor), None if top is None else exact(top, unit.factor)
    low, high = (value, value) if bound == "exact" else interval(value, top, bound)
    return Quantity(
        start, end, text[start:end], value, low, high, bound, unit.name, unit.word, unit.kind, number_start, number_end
    )


def _may_be_a_word(words: NumberWords, text: str, start: int, numeral: str) -> bool:
    """Whether a Chinese numeral stands in a word (一些, 一个个), or is a bare power with a hedge (上十家)."""
    if words.whole_around(text, start):
        return True
    if numeral[0] == "十":
        return words.power_hedge_before(text, start) is not None
    thing = text[start + 1]
    return numeral == "一" and thing in (text[start - 1 : start], text[start + 2 : start + 3])
