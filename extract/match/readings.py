"""Readings: a numeral with its unit, before hedges are weighed.

Grammar (the text has no blanks inside numbers)::

    reading  = [sign] numeral [slack] [unit [半]]            30余名, 一年半, 5.2万
             | currency numeral [slack] [unit]               ￥300, 人民币5万元
             | numeral 元 [digit 角] [digit 分]                50元6角3分
             | numeral (成 | 米) digit                        三成五, 一米八
             | [numeral 又] numeral 分之 numeral              三分之一, 百分之24
             | digits / digits                               1/3
             | 半 unit | 一半 | 半数 | 过半                      半年
    sign     = - 负
    slack    = 余 多 来

A fraction of a bare power (百分之, 万分之) is a percentage. Another fraction is one too where it stands in a clause
(占三分之一); alone (1/3) it is a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .numerals import (
    ARABIC,
    FORMAL_DIGITS,
    HAN,
    LONE_FORMAL,
    MOST_CHARACTERS,
    NUMERAL,
    POWERS,
    Amount,
    fold,
    parse_amount,
    parse_numeral,
    plain,
    step,
)
from .words import NumberWords, Unit, exact

PERCENT = Unit("分之", "percent", "ratio")
HALF = Decimal("0.5")

_HANZI = "\u4e00-\u9fff"
_ARAB = rf"[{ARABIC}][{ARABIC},，]*+(?:[.．][{ARABIC}]++)?[{POWERS}]*+"
_OVER = rf"[负負]?(?:{_ARAB}|[{HAN}]++(?:[点點][{HAN}]++)?)[kKＫｋ]?"
_OF = "(?:分之|(?<=百)分(?=百)|(?(whole)分))"  # 百分百; 一又十分一
_FRACTION = re.compile(rf"(?:(?P<whole>[{HAN}{ARABIC}]++)又)?(?P<under>[{HAN}{ARABIC}]++){_OF}(?P<over>{_OVER})")
_SLASH = re.compile(
    rf"(?:(?P<whole>[{ARABIC}]{{1,3}}|[{HAN}]++(?=又))[ 又])?"
    rf"(?P<over>[{ARABIC}]{{1,3}})[/／](?P<under>[{ARABIC}]{{1,3}})(?![/／{ARABIC}])"
)
_LONGEST_FRACTION = 3 * MOST_CHARACTERS + 8  # of numerals that can be read; no need to follow a longer run to its end
FRACTION_MARKS = frozenset(" /／又分" + HAN)  # what may follow the first numeral, or the part of it, in a fraction
SIGNS = frozenset("-−－负負")
RANGE_CHARS = frozenset("-－–—~～〜至到")
_SIGN = re.compile(rf"(?<![{_HANZI}{ARABIC}A-Za-z)\]）%％])[-−－负負]\Z")
_PERCENT_SIGN = re.compile(rf"(?<=[{_HANZI}])[-−－]\Z")  # 同比-3.2%
_SLACK = frozenset("余餘多来來把")
_BARE_POWERS = frozenset("十百千万亿半")
_HALVES = ("一半", "1半", "半数", "半數")
_MAKING_A_SHARE = ("过", "過", "近", "超", "逾")  # 半 behind these is a share
_OTHER_HALVES = ("上", "下", "前", "后", "後", "大", "多", "小")  # 上半年, 大半天
_ZEROS = ("零", "〇")
_CENT = Fraction(1, 100)
_COLLOQUIAL = ("块", "塊", "毛")


@dataclass(slots=True)
class Window:
    """A text with the stretch that the next mention may take in.

    It goes from `floor`, where the last mention ends, to `stop`, where a date or place begins.
    """

    text: str
    words: NumberWords
    floor: int
    stop: int

    def before(self, pos: int) -> str:
        """The character before `pos`, or an empty string."""
        return self.text[pos - 1 : pos]

    def at(self, pos: int) -> str:
        """The character at `pos`, or an empty string."""
        return self.text[pos : pos + 1]

    def is_alone(self, start: int, end: int) -> bool:
        """Whether no Chinese character stands beside `[start, end)`."""
        return not is_hanzi(self.before(start)) and not is_hanzi(self.at(end))


@dataclass(slots=True)
class Reading:
    """A numeral with its unit at `[start, end)`, its sign included.

    `numeral` holds its plain characters (none for a fraction); `unit_leads` tells that the unit stands before it.
    """

    start: int
    end: int
    numeral: str
    amount: Amount
    unit: Unit | None = None
    unit_leads: bool = False

    @property
    def bare_power(self) -> bool:
        """Whether the numeral is 百, 千, 万 … or 半 without a figure of its own."""
        return self.numeral[:1] in _BARE_POWERS

    @property
    def is_figure(self) -> bool:
        """Whether the numeral is written in digits."""
        return self.numeral[:1].isdecimal() or self.numeral[:1] == "."


def is_hanzi(char: str) -> bool:
    """Whether `char` is a Chinese character (an empty string is none)."""
    return "\u4e00" <= char <= "\u9fff"


def read_number(window: Window, numeral: re.Match[str]) -> Reading | None:
    """The reading of a numeral (a match of NUMERAL); None when its characters make no number."""
    text, words, (start, end) = window.text, window.words, numeral.span()
    behind, before = text[end : end + 1], text[start - 1 : start]
    if behind in FRACTION_MARKS:
        stop = min(window.stop, start + _LONGEST_FRACTION)
        found = _FRACTION.match(text, start, stop) or _SLASH.match(text, start, stop)
        if found is not None and (fraction := _fraction(window, found)):
            return fraction
    amount = parse_amount(numeral[0])
    if amount is None:
        return None
    if behind in _SLACK:
        amount, end = _with_slack(window, amount, end)
        behind = text[end : end + 1]
    reading = Reading(start, end, fold(numeral[0]), amount)
    if behind in words.unit_patterns or (behind == " " and text[end + 1 : end + 2] in words.unit_patterns):
        _add_unit(window, reading)
        if reading.end > window.stop:
            reading.end, reading.unit, reading.amount = end, None, amount
    if before in words.currencies or before == " ":
        currency = words.currency_before(text, start - (before == " "))
        if currency and "，" in numeral[0] and reading.unit and {currency.name, reading.unit.name} != {"CNY"}:
            return read_number(window, _first_group(window, start))  # $20，300美元
        if currency:
            _add_currency(window, reading, currency, start - (before == " ") - len(currency.word))
    if before in SIGNS and _is_signed(window, start, reading.unit):
        reading.start -= 1
        reading.amount = Amount(-amount.value, None if amount.top is None else -amount.top, amount.bound)
    return reading


def read_half(window: Window, pos: int) -> Reading | None:
    """The reading of 半 at `pos` or behind it: 半年, 半个; 一半, 半数 and 过半 as a share; None in other words."""
    text = window.text
    if text.startswith(_HALVES, pos):
        return _half_share(window, pos, pos + 2)
    if text[pos] != "半" or text.startswith("半百", pos):
        return None
    unit = window.words.unit_at(text, pos + 1)
    if unit is not None and window.before(pos) not in _OTHER_HALVES:
        value = Decimal(5) if unit.word == "折" else HALF
        return Reading(pos, pos + 1 + len(unit.word), "半", Amount(value, None, "exact"), unit)
    return _half_share(window, pos, pos + 1) if window.before(pos) in _MAKING_A_SHARE else None


def _half_share(window: Window, start: int, end: int) -> Reading:
    if window.is_alone(start, end):
        return Reading(start, end, "半", Amount(HALF, None, "exact"))
    return Reading(start, end, "半", Amount(Decimal(50), None, "exact"), PERCENT)


def _fraction(window: Window, found: re.Match[str]) -> Reading | None:
    """三分之一, 百分之24, 1/3 as a percentage or, where it stands alone, as a number."""
    over, under = parse_numeral(found["over"]), parse_numeral(found["under"])
    whole = parse_numeral(found["whole"]) if found["whole"] else Decimal(0)
    if over is None or not under or whole is None:
        return None
    if found.re is _SLASH and over >= under and not whole:
        return None
    start, end = found.span()
    of_power = all(char in POWERS for char in found["under"]) and not whole
    if is_signed := _is_signed(window, start, PERCENT):
        start -= 1
    if window.is_alone(start, end) and not of_power:
        unit, value = None, whole + over / under
    else:
        unit, value = PERCENT, whole * 100 + over * 100 / under
    amount = Amount(plain(-value if is_signed else value), None, "exact")
    return Reading(start, end, "", amount, unit, unit_leads=of_power)


def _is_signed(window: Window, start: int, unit: Unit | None) -> bool:
    """Whether a sign stands before: -8.7%, 负三十二; behind a Chinese character, before a percentage only."""
    low = max(window.floor, start - 2)
    if _SIGN.search(window.text, low, start):
        return True
    return unit is not None and unit.name == "percent" and _PERCENT_SIGN.search(window.text, low, start) is not None


def _with_slack(window: Window, amount: Amount, end: int) -> tuple[Amount, int]:
    """30余, 200多, 二十来, 百把: the numeral leaves its last digit open."""
    text, words, is_about = window.text, window.words, window.text[end] in "来來把"
    if amount.value < 10 or amount.bound != "exact" or (text[end] == "把" and text[end - 1] not in "百千万"):
        return amount, end
    if words.unit_at(text, end + 1) is None and (is_about or text.startswith(words.not_slack, end)):
        return amount, end
    top = plain(amount.value + step(amount.value))
    return Amount(amount.value, top, "about" if is_about else "over"), end + 1


def _add_unit(window: Window, reading: Reading) -> None:
    """The unit behind the numeral."""
    if window.at(reading.end) in ("个", "個") and _add_open_unit(window, reading):
        return
    gap = window.at(reading.end) == " "  # 300 USD
    unit = window.words.unit_at(window.text, reading.end + gap)
    if unit is not None and _fits(window, reading, unit) and not (gap and is_hanzi(unit.word[0])):
        reading.unit, reading.end = unit, reading.end + gap + len(unit.word)
        _add_parts(window, reading, unit)


def _add_open_unit(window: Window, reading: Reading) -> bool:
    """Whether 多 or 半 stands inside the unit, which is added then: 两个多月, 三个半小时."""
    mark = window.at(reading.end + 1)
    if mark not in ("多", "半", "余"):
        return False
    unit = window.words.unit_at("个" + window.text[reading.end + 2 : reading.end + 5], 0)
    if unit is None or len(unit.word) < 2:
        return False
    value = reading.amount.value
    reading.amount = Amount(value + HALF, None, "exact") if mark == "半" else Amount(value, value + 1, "over")
    reading.unit, reading.end = unit, reading.end + 1 + len(unit.word)
    return True


def _fits(window: Window, reading: Reading, unit: Unit) -> bool:
    """Whether a unit can belong to the numeral."""
    if unit.digits_only and not reading.is_figure and window.text[reading.start] not in FORMAL_DIGITS:
        behind = reading.end + len(unit.word)
        return unit.word in _COLLOQUIAL and _lone_digit(window, behind) is not None and _ends(window, behind + 1)
    if unit.only_after and not window.text.endswith(unit.only_after, window.floor, reading.start):
        return False
    if unit.word == "折":  # 75折 and 7.5折 are the same
        return reading.amount.value < 100 and reading.amount.value != 10
    return unit.word != "成" or reading.amount.value <= 10


def _add_parts(window: Window, reading: Reading, unit: Unit) -> None:
    """What may follow the unit: 一年半, 三成五, 50元6角3分."""
    value = reading.amount.value
    if unit.word == "折" and value > 10:
        reading.amount = Amount(value / 10, None, "exact")
    elif reading.amount.bound != "exact":
        return
    elif window.at(reading.end) == "半" and (unit.kind in ("duration", "times") or unit.word == "成"):
        reading.amount, reading.end = Amount(value + HALF, None, "exact"), reading.end + 1
    elif unit.word in ("成", "米") and (tenths := _lone_digit(window, reading.end)):
        reading.amount, reading.end = Amount(value + tenths / 10, None, "exact"), reading.end + 1
    elif unit.kind == "money":
        _add_lesser_money(window, reading, unit)


def _add_lesser_money(window: Window, reading: Reading, unit: Unit) -> None:
    """The parts of a sum in smaller money: 50元6角3分, 5美元20美分; behind 块 and 毛 a bare digit: 三块五."""
    worth, value = unit.factor, reading.amount.value
    while True:
        begin = reading.end + (window.at(reading.end) in _ZEROS)
        found = NUMERAL.match(window.text, begin, window.stop) or LONE_FORMAL.match(window.text, begin, window.stop)
        if found is None:
            return
        figure, end = parse_numeral(found[0]), found.end()
        lesser = window.words.unit_at(window.text, end)
        if lesser is not None and lesser.name == unit.name:
            end, lesser_worth = end + len(lesser.word), lesser.factor
        elif unit.name == "CNY" and window.at(end) == "分" and len(found[0]) == 1:
            end, lesser_worth = end + 1, _CENT
        elif unit.word in _COLLOQUIAL and len(found[0]) == 1 and lesser is None and _ends(window, end):
            lesser_worth = worth / 10
        else:
            return
        if figure is None or lesser_worth >= worth or end > window.stop:
            return
        value += exact(figure, lesser_worth / unit.factor)
        reading.amount, reading.end, worth = Amount(plain(value), None, "exact"), end, lesser_worth


def _ends(window: Window, pos: int) -> bool:
    """Whether a word ends at `pos`: neither a Chinese character nor a letter nor a digit follows."""
    return not window.at(pos).isalnum()


def _lone_digit(window: Window, pos: int) -> Decimal | None:
    """The value of a Chinese digit at `pos` that stands without a power or unit."""
    found = NUMERAL.match(window.text, pos, window.stop)
    if found is None or len(found[0]) > 1 or found[0].isdecimal() or window.words.unit_at(window.text, pos + 1):
        return None
    return parse_numeral(found[0])


def _first_group(window: Window, start: int) -> re.Match[str]:
    """The numeral at `start` without what a comma joins to it."""
    found = NUMERAL.match(window.text, start, window.text.index("，", start))
    assert found is not None
    return found


def _add_currency(window: Window, reading: Reading, currency: Unit, start: int) -> None:
    """The currency before the numeral, which begins at `start`."""
    if start >= window.floor and (reading.unit is None or reading.unit.kind == "money"):
        reading.unit_leads = reading.unit is None
        reading.unit = currency
        reading.start = start
