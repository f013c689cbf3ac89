"""Arithmetic on figures as they are written: the interval that each allows, and how much an equation proves.

An interval is closed, in floats. A whole number is itself (467 is 467); a ratio, or a number with decimals or of a
large unit, stands for all that round or are cut to it (24% is 23.45…25, 5.2万人 is 51450…53000); a hedge opens one
side or both (近900 is 720…900, 200余 is 200…300, 约2800 is 2520…3080).

An equation proves little when a sum of any other figures could have made it true. Its chance is that of an unrelated
figure to fall where it must, times the groupings that were tried. The model: the unrelated figure lies anywhere
between nothing and twice the figure stated, evenly, on the grid that the figures themselves are on (their greatest
common divisor: sums of round thousands hit round thousands), or as close as the digits tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from typing import NamedTuple

from .match.mentions import Quantity

TRUSTED = 0.05  # the greatest chance with which a check still counts as evidence
LARGEST = Decimal(10**15)  # beyond it floats cannot tell neighbouring figures
CONTEXT = Context(prec=28)
_SLACK = 1e-9
_ROUNDED_UP = 0.55  # of the last digit: 71.349 is rounded to 71.35, and that to 71.4
_HEDGE = {
    "about": (0.9, 1.1), "nearly": (0.8, 1.0), "under": (0.8, 1.0), "over": (1.0, 1.2),
    "at_least": (1.0, math.inf), "at_most": (0.0, 1.0),
}  # fmt: skip
_LARGE = {"亿": 1e8, "億": 1e8, "万": 1e4, "萬": 1e4}


class Interval(NamedTuple):
    """All values from `low` to `high`, both included."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart the ends are."""
        return self.high - self.low

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common, but for the noise of floats."""
        slack = _SLACK * max(abs(self.low), abs(other.low), 1.0)
        return self.low <= other.high + slack and other.low <= self.high + slack

    def plus(self, other: Interval) -> Interval:
        """All sums of a value of this one and a value of the other."""
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        """All differences of a value of this one and a value of the other."""
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: float) -> Interval:
        """All values times a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def by(self, other: Interval) -> Interval:
        """All products of a value of this one and a value of the other, none negative."""
        return Interval(self.low * other.low, self.high * other.high)

    def over(self, other: Interval) -> Interval:
        """All quotients; of a divisor that is not above nothing, everything."""
        if other.low <= 0 or self.low < 0:
            return Interval(-math.inf, math.inf)
        return Interval(self.low / other.high, self.high / other.low)


def last_digit(value: Decimal) -> Decimal:
    """The size of the last digit that a number was written with: 0.1 of 34.4, 1 of 467, 10000 of 438 0000."""
    stripped = value.normalize(CONTEXT)
    exponent = stripped.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0, CONTEXT)


def middle(quantity: Quantity) -> Decimal | None:
    """The number of a quantity, of a range its middle; None where there is none, or one too large to work with."""
    value = quantity.value
    if value is None and quantity.low is not None and quantity.high is not None:
        value = (quantity.low + quantity.high) / 2
    return value if value is not None and value < LARGEST else None


def allowed(quantity: Quantity) -> Interval:
    """What the words and digits of a quantity with a `middle` allow, in its base unit.

    >>> from .match.quantities import find_quantities
    >>> [tuple(allowed(q)) for q in find_quantities("467人, 近900名, 24%, 200-500元")]
    [(467.0, 467.0), (720.0, 900.0), (23.45, 25.0), (200.0, 500.0)]
    """
    value = quantity.value
    if value is None:
        return Interval(float(quantity.low or 0), float(quantity.high or 0))
    number = float(value)
    if quantity.bound in _HEDGE:
        below, above = _HEDGE[quantity.bound]
        high = number * above
        if quantity.bound == "over":
            high = max(high, number + float(last_digit(value)))
        return Interval(number * below, high)
    if not _is_rounded(quantity, value):
        return Interval(number, number)
    step = written_step(quantity)
    return Interval(number - step * _ROUNDED_UP, number + step)


def _is_rounded(quantity: Quantity, value: Decimal) -> bool:
    """Whether the figure may stand for others: a ratio, a decimal, a number of 亿, or of 万 unless it is of money.

    Accounts are kept in 万元, and 860万元 or 30.5万元 is as a rule the whole truth.
    """
    if quantity.kind in ("ratio", "times") or value != int(value):
        return True
    return any(unit in quantity.text for unit in ("亿億" if quantity.kind == "money" else "万亿萬億"))


def written_step(quantity: Quantity) -> float:
    """The size of the last digit written: 0.1 of 34.4%, 1000 of 5.2万人, 10000 of 860万元; 1 of 24%."""
    value = quantity.value or Decimal(0)
    digits = "".join(c for c in quantity.text if c.isdigit() or c in ".．")
    decimals = len(digits.replace("．", ".").partition(".")[2])
    base = next((size for unit, size in _LARGE.items() if unit in quantity.text), 1.0)
    if quantity.text.endswith(("成", "成多")):
        base = 10.0
    elif "‰" in quantity.text:
        base = 0.1
    step = base / 10**decimals
    return step if step <= abs(float(value)) or not value else float(last_digit(value))


def digit_places(quantity: Quantity) -> list[tuple[int, int, float]]:
    """Each Arabic digit of a figure with a value: its place in the text, the digit, and what one more of it adds.

    >>> from .match.quantities import find_quantities
    >>> digit_places(find_quantities("5.2万人")[0])
    [(0, 5, 10000.0), (2, 2, 1000.0)]
    """
    text, at = quantity.text, quantity.number_start - quantity.start
    found: list[tuple[int, int]] = []
    decimals = -1
    while at < len(text) and (text[at] in ".．,， \t\n\u3000" or text[at].isdecimal()):
        if text[at] in ".．":
            decimals = 0
        elif text[at].isdecimal():
            found.append((at, int(text[at])))
            decimals += decimals >= 0
        at += 1
    written = int("".join(str(digit) for _, digit in found) or "0")
    if not written or quantity.value is None:
        return []
    unit = float(quantity.value) / written
    return [(place, digit, unit * 10.0 ** (len(found) - 1 - n)) for n, (place, digit) in enumerate(found)]


def one_digit_off(quantity: Quantity, wanted: Interval) -> str | None:
    """The text of a figure with the one digit changed that brings it into an interval, nearest to its middle.

    None where no digit does.
    """
    value, middle_of = float(quantity.value or 0), (wanted.low + wanted.high) / 2
    if not math.isfinite(middle_of):
        return None
    places, best, text = digit_places(quantity), math.inf, None
    for number, (at, digit, size) in enumerate(places):
        new = digit + round((middle_of - value) / size)
        if new == digit or not (0 if number else 1) <= new <= 9:
            continue
        changed = value + (new - digit) * size
        if Interval(changed, changed).meets(wanted) and abs(changed - middle_of) < best:
            best, text = abs(changed - middle_of), f"{quantity.text[:at]}{new}{quantity.text[at + 1 :]}"
    return text


def sum_chance(whole: Decimal, parts: Iterable[Decimal], width: float, tried: int) -> float:
    """The chance that unrelated parts would add up to the whole, when `tried` groupings of them were looked at.

    `width` is that of all the intervals together: what the digits leave open.
    """
    if whole <= 0:
        return 1.0
    grid = common_grid((whole, *parts))
    return min(1.0, tried * max(width, grid) / float(whole))


def common_grid(values: Sequence[Decimal]) -> float:
    """The greatest number of which all are multiples: 20 of 6240, 2180 and 4060."""
    wholes = [int(v) for v in values]
    if wholes == list(values):
        return float(math.gcd(*wholes))
    exponents = [v.as_tuple().exponent for v in values]
    lowest = min((e for e in exponents if isinstance(e, int)), default=0)
    lowest = max(lowest, -6)
    scaled = [int(v.scaleb(-lowest, CONTEXT)) for v in values]
    return float(math.gcd(*scaled)) * math.pow(10.0, lowest)


def ratio_chance(stated: float, width: float, tried: int) -> float:
    """The chance that an unrelated ratio (in percent) would fall into what is stated: of 100, or of all up to it."""
    return min(1.0, tried * width / max(100.0, abs(stated)))


def digits_chance(value: Decimal, tried: int) -> float:
    """The chance that an unrelated figure has the same significant digits.

    >>> digits_chance(Decimal(198), 1) == 1 / 900, digits_chance(Decimal("8"), 1) == 1 / 9
    (True, True)
    """
    digits = value.normalize(CONTEXT).as_tuple().digits
    return min(1.0, tried / (9.0 * math.pow(10.0, len(digits) - 1)))
