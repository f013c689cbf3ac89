"""Numerals: the characters of a number and their exact value.

Grammar (after folding full-width, formal and traditional characters to plain ones)::

    numeral  = arabic | section* [digit] | positional
    arabic   = digits ["," groups of three] ["." digits]
    section  = (arabic | digit+) power+          3万, 一千, 2百
    power    = 十 百 千 万 亿 兆
    positional = 二〇二三                        digits read one by one

A digit that ends a numeral right after a power counts tenths of that power (一千三 is 1300), unless 零 stands before it.
"""

from __future__ import annotations

import re
from decimal import Decimal

ARABIC = "0-9０-９"
DIGIT_VALUES = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "两": 2, "兩": 2, "俩": 2, "倆": 2, "貳": 2, "叄": 3, "參": 3, "陸": 6,
}  # fmt: skip
POWER_VALUES = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4,
    "亿": 10**8, "億": 10**8, "兆": 10**12,
}  # fmt: skip
SHORT_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
DIGITS = "".join(DIGIT_VALUES)
POWERS = "".join(POWER_VALUES)
HAN = DIGITS + POWERS + "".join(SHORT_TENS)

_FOLD = str.maketrans("０１２３４５６７８９．，＋－−", "0123456789.,+--")
_PLAIN = re.compile(r"\d+(?:\.\d+)?\Z|\.\d+\Z")
_PIECE = re.compile(rf"(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<digits>[{DIGITS}]+)|(?P<power>[{POWERS}])|(?P<dot>[点點])")


def fold(text: str) -> str:
    """`text` with full-width digits and signs as ASCII, one character for one."""
    return text.translate(_FOLD)


def parse_numeral(text: str) -> Decimal | None:
    """The exact value of a numeral, or None when the characters are no numeral.

    >>> parse_numeral("1万5千"), parse_numeral("二〇二三"), parse_numeral("一千三"), parse_numeral("239.403")
    (Decimal('15000'), Decimal('2023'), Decimal('1300'), Decimal('239.403'))
    """
    text = fold(text).replace(",", "").replace(" ", "")
    negative = text[:1] in "-负負" and len(text) > 1
    text = text.lstrip("+-负負")
    if _PLAIN.match(text):
        value: Decimal | None = Decimal(text)
    else:
        for short, long in SHORT_TENS.items():
            text = text.replace(short, long)
        whole, _, fraction = text.replace("點", "点").partition("点")
        value = _whole(whole)
        if value is not None and fraction:
            value = _with_fraction(value, fraction)
    return -value if negative and value is not None else value


def _with_fraction(whole: Decimal, fraction: str) -> Decimal | None:
    """`whole` with the digits after 点, and the powers after those (三点五万)."""
    digits = fraction.rstrip(POWERS)
    if not digits or any(c not in DIGIT_VALUES for c in digits):
        return None
    value = whole + Decimal(int("".join(str(DIGIT_VALUES[c]) for c in digits))).scaleb(-len(digits))
    for power in fraction[len(digits) :]:
        value *= POWER_VALUES[power]
    return value


def _whole(text: str) -> Decimal | None:
    """The value of a numeral without 点; None when it is malformed (十百, 三四五百)."""
    total = section = Decimal(0)
    pending: Decimal | None = None  # the number that waits for its power
    last_power = 0  # the power just read, while nothing but a digit has followed
    after_zero = False
    pos = 0
    for piece in _PIECE.finditer(text):
        if piece.start() != pos or piece["dot"]:
            return None
        pos = piece.end()
        if piece["number"]:
            if pending is not None:
                return None
            pending = Decimal(piece["number"])
        elif digits := piece["digits"]:
            if pending is not None:
                return None
            pending, after_zero = _digits(digits, first=piece.start() == 0)
            if pending is None:
                return None
            if after_zero and not pending:
                pending = None
        else:
            power = POWER_VALUES[piece["power"]]
            if power < 10**4:
                section += (Decimal(1) if pending is None else pending) * power
            else:
                base = section + (pending or 0)
                if base == 0:  # 万亿: the power multiplies all that stands before it
                    total = (total or Decimal(1)) * power
                else:
                    total = (total + base) * power if power > 10**4 and 0 < total < power else total + base * power
                section = Decimal(0)
            pending, last_power, after_zero = None, power, False
    if pos != len(text) or not text:
        return None
    if pending is not None:
        short = last_power >= 100 and not after_zero and pending < 10 and text[-1] in DIGIT_VALUES
        section += pending * last_power / 10 if short else pending
    return total + section


def _digits(digits: str, *, first: bool) -> tuple[Decimal | None, bool]:
    """A run of digit characters: its value, and whether 零 led it (一千零三)."""
    if first or len(digits) == 1:
        return Decimal("".join(str(DIGIT_VALUES[c]) for c in digits)), False
    stripped = digits.lstrip("零〇○")
    if len(digits) - len(stripped) != 1 or len(stripped) != 1:
        return (Decimal(0), True) if not stripped else (None, False)
    return Decimal(DIGIT_VALUES[stripped]), True


def step(text: str) -> Decimal:
    """One unit of the last digit that the numeral spells: 3000 → 1000, 1.2万 → 1000, 百 → 100, 三十 → 10.

    余 and 多 after a numeral leave room for less than one such step: 3000多 lies between 3000 and 4000.
    """
    value = parse_numeral(text)
    if value is None or value == 0:
        return Decimal(1)
    return Decimal(1).scaleb(abs(value).normalize().adjusted() - len(abs(value).normalize().as_tuple().digits) + 1)
