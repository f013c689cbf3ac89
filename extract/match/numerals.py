"""Numerals: the characters of a number, and their exact value.

Grammar, in plain characters; full-width, formal (壹贰叁) and traditional ones read the same::

    numeral  = mixed | han
    mixed    = arabic [power+ (section* | digits)]     1,234.5  .5  1万5千4百  3万4000  200亿零四千230
    han      = section* [digit] [点 digits [power+]]   三万四千五百六十七, 两千三点一, 三点五万
             | digits                                  二〇二三, read one by one
    section  = [零] [digits] power+                    三千, 百, 万亿
    power    = 十 百 千 万 亿 兆, and 个 before 亿

A digit that ends a numeral right after a power counts tenths of that power (一千三 is 1300), unless 零 stands between.

An amount may leave its last digit open: with 几, 余, 多 or 来 inside or behind (十几万, 百余, 二十来), with 几 or 数
for a digit (数十), or with two neighbouring digits (两三百, 十五六).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .mentions import Bound

ARABIC = "0-9０-９"
MOST_DIGITS = 28  # as many as a Decimal holds exactly; a longer run of digits is a code, not a count
MOST_CHARACTERS = 64

_PLAIN_DIGITS = "零〇○一二三四五六七八九两兩"
FORMAL_DIGITS = "壹贰貳叁叄參肆伍陆陸柒捌玖俩倆"
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_POWERS = {"k": 1000, "w": 10**4, "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
DIGITS = _PLAIN_DIGITS + FORMAL_DIGITS
POWERS = "十百千万萬亿億兆拾佰仟"
HAN = DIGITS + POWERS + "".join(_TENS)
SLACK = "余餘多来來几幾"  # marks that leave the last digit open

_FOLDED = str.maketrans(
    "０１２３４５６７８９．，－−＋ｅＥEｋＫKＷｗW" "〇○两兩壹贰貳叁叄參肆伍陆陸柒捌玖俩倆"
    "拾佰仟萬億" "餘來幾數點個負",
    "0123456789.,--+eeekkkwww" "零零二二一二二三三三四五六六七八九二二"
    "十百千万亿" "余来几数点个负",
)  # fmt: skip
_DIGIT_OF = {digit: value for value, digit in enumerate("零一二三四五六七八九")}

# Where a numeral stands. Formal digits are everyday characters too (陆地, 收拾): they count beside a power only.
_POWER = r"(?:[十万萬亿億兆拾佰仟]|百(?!分[点點])|千(?![瓦卡克米])|[个個](?=[亿億]))"
_FORMAL = rf"[{FORMAL_DIGITS}](?=[{POWERS}{FORMAL_DIGITS}]|[点點][{DIGITS}])"
_WORD_AHEAD = rf"[\u4e00-\u9fff](?<![{HAN}{SLACK}点點人名个個位家元块塊米斤吨亩户])"  # but for units and more digits
_DIGIT = rf"(?:[{_PLAIN_DIGITS}](?<![百千万萬亿億佰仟].)|[{_PLAIN_DIGITS}](?!{_WORD_AHEAD}))"
_ARAB = (
    rf"(?:[{ARABIC}]{{1,3}}(?:[,，][{ARABIC}]{{3}})++(?![{ARABIC}])|[{ARABIC}]++)(?:[.．][{ARABIC}]++)?"
    rf"|[.．][{ARABIC}]++"
)
_GROUPED = rf"(?:[{ARABIC}]{{1,3}}(?:[,，][{ARABIC}]{{3}})++(?![{ARABIC}])|[{ARABIC}]++)"
_LINK = rf"[{SLACK}]?{_POWER}++(?:[{SLACK}](?=[万萬亿億]){_POWER}++)?"
_SECTION = rf"[零〇]?(?:{_GROUPED}|[{_PLAIN_DIGITS}]){_LINK}"
_END = rf"[零〇]?(?:{_GROUPED}(?![.．][{ARABIC}])|{_DIGIT})"
_EXPONENT = rf"(?:[eEｅＥ]|\^)[+＋\-－]?[{ARABIC}]{{1,2}}(?![A-Za-z{ARABIC}.])"
_LETTER = (
    "[kKｋＫwWｗＷ](?=[个個元人名块塊%％左上以下多余美日港欧英澳加新台韩泰卢])|[wWｗＷ](?!\\w)"
    rf"|(?<=[{ARABIC}]{{2}})[kKｋＫ](?!\w)"  # 4K and 8K are sizes of screens
)
_MIXED = rf"(?:{_ARAB})(?:{_LINK}(?:{_SECTION})*+(?:{_END})?|{_EXPONENT}|{_LETTER})?"
_FIRST = (
    rf"[几幾数數](?={_POWER})|[{_PLAIN_DIGITS}]|半(?=百)|[{''.join(_TENS)}]|{_FORMAL}"
    rf"|[拾佰仟](?=[{DIGITS}{POWERS}])|(?![拾佰仟兆个個]){_POWER}"
)
_NEXT = (
    rf"{_DIGIT}|{_POWER}|{_FORMAL}|(?<=[{POWERS}零])[{FORMAL_DIGITS}]"
    rf"|[{SLACK}](?={_POWER})|(?<=[十拾零廿卅])[几幾]"
)
_POINT = rf"[点點][{DIGITS}]++(?![十百千是要])[万萬亿億]*+"
NUMERAL = re.compile(rf"{_MIXED}|(?:{_FIRST})(?:{_NEXT})*+(?:{_POINT})?")
_SMALL_MONEY = rf"[角分](?![\u4e00-\u9fff](?<![{FORMAL_DIGITS}]))"
# 肆, 伍 and 陆 end and begin words (队伍, 登陆), so that they count alone only before money.
_COUNTED_FORMALLY = "名位个個户戶份张張件次套本册支"
BEHIND_LONE_FORMAL = f"元圆圓角分{_COUNTED_FORMALLY}"
LONE_FORMAL = re.compile(
    rf"[{FORMAL_DIGITS}拾佰仟](?=[元圆圓]|{_SMALL_MONEY})|[壹贰貳叁叄柒捌玖](?=[{_COUNTED_FORMALLY}])"
    rf"|(?<![\u4e00-\u9fff])[{FORMAL_DIGITS}拾佰仟](?![\u4e00-\u9fff])"
)

_PIECES = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+|零?[一二三四五六七八九]|零|[十百千万亿兆廿卅卌半个kw]")
_SIGNED = re.compile(
    r"(?P<sign>[-+负]?)(?P<whole>[^点]+)(?:点(?P<fraction>[零一二三四五六七八九]+)(?P<powers>[万亿]*))?\Z"
)
_EXPONENTIAL = re.compile(r"(?P<base>[\d,.]+)(?P<mark>e|\^)(?P<exponent>[-+]?\d+)\Z")
_OPEN_HEAD = re.compile(r"[几数](?P<core>[十百千万亿]+)\Z")
_OPEN_DIGIT = re.compile(r"(?P<before>[^余多来几]+)(?P<mark>[余多来几])(?P<powers>[十百千万亿兆]*)\Z")
_TWO_DIGITS = re.compile(
    r"(?P<before>(?:.*[十百千万亿])?)(?P<first>[一二三四五六七八九])(?P<second>[二三四五六七八九])"
    r"(?P<powers>[十百千万亿]*)\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a numeral says: a value, or the interval `[value, top]` that it leaves open.

    `bound` is `exact`, `over` (十几, 百余, 数十), `about` (二十来) or `range` (两三百).
    """

    value: Decimal
    top: Decimal | None
    bound: Bound


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` with every spelling of a numeral character as the plain one, one character for one.

    >>> fold("參萬餘"), fold("１２．５")
    ('三万余', '12.5')
    """
    return text.translate(_FOLDED)


def parse_amount(text: str) -> Amount | None:
    """What a numeral says, or None when the characters are no numeral.

    >>> parse_amount("两三百")
    Amount(value=Decimal('200'), top=Decimal('300'), bound='range')
    >>> parse_amount("50余万")
    Amount(value=Decimal('500000'), top=Decimal('600000'), bound='over')
    """
    return _amount(text) if len(text) <= MOST_CHARACTERS else None


@lru_cache(maxsize=4096)
def _amount(text: str) -> Amount | None:
    """The same for a numeral of fit length; bulletins use the same few again and again."""
    text = fold(text)
    if found := _OPEN_HEAD.match(text):
        core = _amount(found["core"])
        return core and Amount(core.value, core.value * 10, "over")
    if found := _OPEN_DIGIT.match(text):
        return _open_amount(found["before"], found["mark"], found["powers"])
    if (found := _TWO_DIGITS.match(text)) and (pair := _two_digit_amount(**found.groupdict())):
        return pair
    value = parse_numeral(text)
    return None if value is None else Amount(value, None, "exact")


def _open_amount(before: str, mark: str, powers: str) -> Amount | None:
    """20余万: from 20 to 30 times 10000."""
    value, power = parse_numeral(before.rstrip("零")), parse_numeral("一" + powers)
    if value is None or power is None:
        return None
    top = value + (10 if before.endswith("零") else step(value))
    return Amount(plain(value * power), plain(top * power), "about" if mark == "来" else "over")


def _two_digit_amount(before: str, first: str, second: str, powers: str) -> Amount | None:
    """两三百: from 200 to 300; None when the digits are no neighbours."""
    if _DIGIT_OF[second] - _DIGIT_OF[first] != 1 and first + second != "三五":
        return None
    low, high = parse_numeral(before + first + powers), parse_numeral(before + second + powers)
    return None if low is None or high is None else Amount(low, high, "range")


def step(value: Decimal) -> Decimal:
    """One unit of the last digit that a numeral spells: 3000 → 1000, 1.2 → 0.1, 12000 → 1000; 0 → 1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if value and isinstance(exponent, int) else Decimal(1)


def plain(value: Decimal) -> Decimal:
    """`value` without needless digits: 35000.0 is 35000, and so is 3.5E+4."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def parse_numeral(text: str) -> Decimal | None:
    """The exact value of a numeral; None when the characters are no numeral, or too many.

    >>> parse_numeral("1万5千"), parse_numeral("二〇二三"), parse_numeral("一千三"), parse_numeral("239.403")
    (Decimal('15000'), Decimal('2023'), Decimal('1300'), Decimal('239.403'))
    """
    return _value(text) if len(text) <= MOST_CHARACTERS else None


@lru_cache(maxsize=4096)
def _value(text: str) -> Decimal | None:
    """The same for a numeral of fit length."""
    found = _SIGNED.match(fold(text).replace(" ", ""))
    if found is None:
        return None
    value = _whole(found["whole"])
    if value is not None and found["fraction"]:
        value += Decimal("0." + _as_digits(found["fraction"]))
        for power in found["powers"]:
            value *= _POWERS[power]
    if value is None or value.adjusted() >= MOST_DIGITS or len(value.as_tuple().digits) > MOST_DIGITS:
        return None
    return plain(-value if found["sign"] in ("-", "负") else value)


def _as_digits(han: str) -> str:
    return "".join(str(_DIGIT_OF[char]) for char in han)


def _whole(text: str) -> Decimal | None:
    """The value of a folded numeral without 点 and sign."""
    if found := _EXPONENTIAL.match(text):
        base, exponent = Decimal(found["base"].replace(",", "")), int(found["exponent"])
        return base.scaleb(exponent) if found["mark"] == "e" else base**exponent
    if all(char in _DIGIT_OF for char in text):
        return Decimal(_as_digits(text))
    pieces = _PIECES.findall(text)
    return _sum(pieces) if sum(map(len, pieces)) == len(text) else None


def _sum(pieces: Iterable[str]) -> Decimal | None:
    """The value of figures and powers in a row; None when they are in no order that a number has (十百, 千万千)."""
    total = section = Decimal(0)  # above and below the last 万 or 亿
    figure: Decimal | None = None  # it waits for its power
    last, after_zero = 0, False
    for piece in pieces:
        if piece in _TENS:
            section, last = section + _TENS[piece], 10
        elif piece in _POWERS:
            power = _POWERS[piece]
            if power >= 10**4:
                total, section = _raised(total, section + (figure or 0), power), Decimal(0)
            elif 0 < last <= power or (figure is None and last and power > 10 and not after_zero):
                return None
            else:
                section += power * (1 if figure is None else figure)
            figure, after_zero = None, False
            last = power
        elif piece != "个":
            if figure is not None:
                return None
            after_zero = after_zero or piece[0] == "零"
            figure = _figure(piece)
    if figure is not None and last >= 100 and figure < 10 and not after_zero:
        figure = figure * last / 10
    return total + section + (figure or 0)


def _figure(piece: str) -> Decimal | None:
    """The figure that a piece spells: digits, 半, one digit after 零; None for 零 itself."""
    if piece == "半":
        return Decimal("0.5")
    if piece[-1] in _DIGIT_OF:
        return Decimal(_DIGIT_OF[piece[-1]]) if piece != "零" else None
    return Decimal(piece.replace(",", ""))


def _raised(total: Decimal, below: Decimal, power: int) -> Decimal:
    """A number after 万 or 亿: all that stands before it is multiplied, unless that had a greater power already."""
    if not below:
        return (total or 1) * Decimal(power)
    return (total + below) * power if total < power else total + below * power
