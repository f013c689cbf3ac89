"""Readings: a numeral with its unit, before hedges are weighed.

Grammar (the text has no blanks inside numbers)::

    reading  = [sign] numeral [slack] [unit [半]]            30余名, 一年半, 5.2万
             | currency numeral [slack] [unit]               ￥300, 人民币5万元
             | numeral 元 [numeral 角] [numeral 分]            50元6角3分
             | digit 成 digit                                三成五, 一米八
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

from .numerals import ARABIC, DIGITS, HAN, NUMERAL, POWERS, Amount, fold, parse_amount, parse_numeral, plain, step
from .words import ONE, NumberWords, Unit

PERCENT = Unit("分之", "percent", "ratio")
HALF = Decimal("0.5")

_HANZI = "\u4e00-\u9fff"
_ARAB = rf"[{ARABIC}][{ARABIC},，]*+(?:[.．][{ARABIC}]++)?[{POWERS}]*+"
_OVER = rf"[负負]?(?:{_ARAB}|[{HAN}]++(?:[点點][{HAN}]++)?)[kKＫｋ]?"
_OF = "(?:分之|(?<=百)分(?=百))"
_FRACTION = re.compile(rf"(?:(?P<whole>[{HAN}{ARABIC}]++)又)?(?P<under>[{HAN}{ARABIC}]++){_OF}(?P<over>{_OVER})")
_SLASH = re.compile(
    rf"(?:(?P<whole>[{ARABIC}]{{1,3}}) )?(?P<over>[{ARABIC}]{{1,3}})[/／](?P<under>[{ARABIC}]{{1,3}})(?![/／{ARABIC}])"
)
_FRACTION_REACH = 40
_SIGN = re.compile(rf"(?<![{_HANZI}{ARABIC}A-Za-z)\]）%％])[-−－负負]\Z")
_SLACK = ("余", "餘", "多", "来", "來")
_SIGNS = ("-", "−", "－", "负", "負")
_PERCENT_SIGN = re.compile(rf"(?<=[{_HANZI}])[-−－]\Z")
_LESSER_MONEY = (
    (re.compile(rf"([{DIGITS}{ARABIC}])[角毛]"), Decimal("0.1")),
    (re.compile(rf"([{DIGITS}{ARABIC}])分"), Decimal("0.01")),
)


@dataclass(slots=True)
class Reading:
    """A numeral with its unit at `[start, end)`, its sign included.

    `[start, number_end)` is what holds the numeral alone, `numeral` its plain characters; `unit_leads` tells that the
    unit stands before the numeral.
    """

    start: int
    number_end: int
    end: int
    numeral: str
    amount: Amount
    unit: Unit | None
    unit_leads: bool = False

    @property
    def bare_power(self) -> bool:
        """Whether the numeral is 百, 千, 万 … or 半 without a figure of its own."""
        return self.numeral[:1] in "十百千万亿半"


def is_hanzi(char: str) -> bool:
    """Whether `char` is a Chinese character (an empty string is none)."""
    return "\u4e00" <= char <= "\u9fff"


def read_number(text: str, numeral: re.Match[str], stop: int, floor: int, words: NumberWords) -> Reading | None:
    """The reading of a numeral (a match of NUMERAL) that ends by `stop`; None when its characters make no number.

    A sign or currency before it is looked for down to `floor`.
    """
    start, end = numeral.span()
    ahead = text[start : start + _FRACTION_REACH]
    if "分之" in ahead or text[end : end + 1] in (" ", "/", "／") or ahead.startswith("百分百"):
        found = _FRACTION.match(text, start, stop) or _SLASH.match(text, start, stop)
        if found is not None and (reading := _fraction(text, found, floor)):
            return reading
    amount = parse_amount(numeral[0])
    if amount is None:
        return None
    if text[end : end + 1] in _SLACK:
        amount, end = _with_slack(text, end, amount, words)
    reading = Reading(start, end, end, fold(numeral[0]), amount, None)
    _add_unit(text, reading, words)
    if reading.end > stop:
        reading.end, reading.unit, reading.amount = end, None, amount
    _add_currency(text, reading, floor, words)
    if text[start - 1 : start] in _SIGNS:
        _add_sign(text, reading, floor)
    return reading


def _fraction(text: str, found: re.Match[str], floor: int) -> Reading | None:
    """三分之一, 百分之24, 1/3 as a percentage or, where it stands alone, as a number."""
    over, under = parse_numeral(found["over"]), parse_numeral(found["under"])
    whole = parse_numeral(found["whole"]) if found["whole"] else Decimal(0)
    if over is None or not under or whole is None or ("分" not in found[0] and not whole and over >= under):
        return None
    of_power = all(char in POWERS for char in found["under"]) and not whole
    amount = Amount(Decimal(0), None, "exact")
    reading = Reading(found.start(), found.end(), found.end(), "", amount, PERCENT, unit_leads=of_power)
    _add_sign(text, reading, floor)
    value = whole + over / under
    alone = not is_hanzi(text[reading.start - 1 : reading.start]) and not is_hanzi(text[reading.end : reading.end + 1])
    if alone and not of_power:
        reading.unit = None
    else:
        value = over * 100 / under + whole * 100
    reading.amount = Amount(plain(-value if reading.start < found.start() else value), None, "exact")
    return reading


def read_half(text: str, pos: int, words: NumberWords) -> Reading | None:
    """The reading of 半 at `pos`: 半年, 半个; 一半, 半数 and 过半 as a share; None in other words."""
    if text.startswith(("一半", "1半"), pos):
        end = pos + 2
    elif text[pos] != "半" or text.startswith("半百", pos):
        return None
    elif text.startswith(("半数", "半數"), pos):
        end = pos + 2
    elif (unit := words.unit_at(text, pos + 1)) is not None and text[pos - 1 : pos] not in tuple("上下前后後大多小"):
        end = pos + 1 + len(unit.word)
        value = Decimal(5) if unit.word == "折" else HALF
        return Reading(pos, pos + 1, end, "半", Amount(value, None, "exact"), unit)
    elif text[pos - 1 : pos] in tuple("过過近超逾"):
        end = pos + 1
    else:
        return None
    if is_hanzi(text[pos - 1 : pos]) or is_hanzi(text[end : end + 1]):
        return Reading(pos, end, end, "半", Amount(Decimal(50), None, "exact"), PERCENT)
    return Reading(pos, end, end, "半", Amount(HALF, None, "exact"), None)


def _with_slack(text: str, end: int, amount: Amount, words: NumberWords) -> tuple[Amount, int]:
    """30余, 200多, 二十来: the numeral leaves its last digit open."""
    mark = text[end]
    if amount.value < 10 or amount.bound != "exact":
        return amount, end
    if words.unit_at(text, end + 1) is None and (mark in "来來" or text.startswith(words.not_slack, end)):
        return amount, end
    bound = "about" if mark in "来來" else "over"
    return Amount(amount.value, plain(amount.value + step(amount.value)), bound), end + 1


def _add_unit(text: str, reading: Reading, words: NumberWords) -> None:
    """The unit behind the numeral."""
    if text[reading.end : reading.end + 1] in ("个", "個") and _add_open_unit(text, reading, words):
        return
    unit = words.unit_at(text, reading.end)
    if unit is not None and _fits(text, reading, unit):
        reading.unit, reading.end = unit, reading.end + len(unit.word)
        _add_parts(text, reading, unit, words)


def _add_currency(text: str, reading: Reading, floor: int, words: NumberWords) -> None:
    """The currency before the numeral."""
    currency = words.unit_before(text, reading.start)
    if currency is None or reading.start - len(currency.word) < floor:
        return
    if reading.unit is None or reading.unit.kind == "money":
        reading.unit, reading.unit_leads = currency, reading.unit is None
        reading.start -= len(currency.word)


def _fits(text: str, reading: Reading, unit: Unit) -> bool:
    """Whether a unit can belong to the numeral."""
    if unit.digits_only and not reading.numeral[0].isdecimal() and reading.numeral[0] != ".":
        return False
    if unit.only_after and not text.endswith(unit.only_after, max(0, reading.start - 8), reading.start):
        return False
    if unit.word == "折":  # 75折 and 7.5折 are the same
        return reading.amount.value < 100 and reading.amount.value != 10
    return unit.word != "成" or reading.amount.value <= 10


def _add_parts(text: str, reading: Reading, unit: Unit, words: NumberWords) -> None:
    """What may follow the unit: 一年半, 三成五, 50元6角3分."""
    amount = reading.amount
    behind = text[reading.end : reading.end + 1]
    if behind == "半" and (unit.kind in ("duration", "times") or unit.word == "成") and amount.bound == "exact":
        reading.amount, reading.end = Amount(amount.value + HALF, None, "exact"), reading.end + 1
    elif unit.word in ("成", "米") and behind and (tenth := _lone_digit(text, reading.end, words)):
        reading.amount, reading.end = Amount(amount.value + tenth / 10, None, "exact"), reading.end + 1
    elif unit.word == "折" and amount.value > 10:
        reading.amount = Amount(amount.value / 10, None, "exact")
    elif unit.name == "CNY" and unit.factor is ONE and amount.bound == "exact":
        _add_lesser_money(text, reading)


def _lone_digit(text: str, pos: int, words: NumberWords) -> Decimal | None:
    """The digit at `pos` if it stands alone, without a power or unit."""
    found = NUMERAL.match(text, pos)
    if found is None or len(found[0]) > 1 or found[0].isdecimal() or words.unit_at(text, pos + 1):
        return None
    return parse_numeral(found[0])


def _add_lesser_money(text: str, reading: Reading) -> None:
    """角 and 分 behind 元."""
    for pattern, worth in _LESSER_MONEY:
        if (found := pattern.match(text, reading.end)) and (figure := parse_numeral(found[1])) is not None:
            reading.amount = Amount(plain(reading.amount.value + figure * worth), None, "exact")
            reading.end = found.end()


def _add_open_unit(text: str, reading: Reading, words: NumberWords) -> bool:
    """Whether 多 or 半 stands inside the unit, which is added then: 两个多月, 三个半小时."""
    mark = text[reading.end + 1 : reading.end + 2]
    if mark not in ("多", "半", "余"):
        return False
    unit = words.unit_at("个" + text[reading.end + 2 : reading.end + 5], 0)
    if unit is None or len(unit.word) < 2:
        return False
    value = reading.amount.value
    if mark == "半":
        reading.amount = Amount(value + HALF, None, "exact")
    else:
        reading.amount = Amount(value, value + 1, "over")
    reading.unit, reading.end = unit, reading.end + 1 + len(unit.word)
    return True


def _add_sign(text: str, reading: Reading, floor: int) -> None:
    """-8.7%, 负三十二; a hyphen behind a Chinese character is a sign before a percentage only."""
    low = max(floor, reading.start - 2)
    percent = reading.unit is not None and reading.unit.name == "percent"
    if _SIGN.search(text, low, reading.start) or (percent and _PERCENT_SIGN.search(text, low, reading.start)):
        amount = reading.amount
        reading.start -= 1
        reading.amount = Amount(-amount.value, None if amount.top is None else -amount.top, amount.bound)
