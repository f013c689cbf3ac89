"""Arithmetic on figures as they are written: the interval that each allows, and how much an equation proves.

An interval is closed, in floats. A whole number is itself (467 is 467); a ratio, or a number with decimals or of a
large unit, stands for all that round or are cut to it (24% is 23.5…25, 5.2万人 is 51500…53000); a hedge opens one
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
    [(467.0, 467.0), (720.0, 900.0), (23.5, 25.0), (200.0, 500.0)]
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
    return Interval(number - step / 2, number + step)


def _is_rounded(quantity: Quantity, value: Decimal) -> bool:
    """Whether the figure may stand for others: a ratio, a decimal, a number of 亿, or of 万 unless it is of money.

    Accounts are kept in 万元, and 860万元 or 30.5万元 is as a rule the whole truth.
    """
    if quantity.kind in ("ratio", "times") or value % 1:
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


def sum_chance(whole: Decimal, parts: Iterable[Decimal], width: float, tried: int) -> float:
    """The chance that unrelated parts would add up to the whole, when `tried` groupings of them were looked at.

    `width` is that of all the intervals together: what the digits leave open.
    """
    if whole <= 0:
        return 1.0
    grid = _common_grid((whole, *parts))
    return min(1.0, tried * max(width, grid) / float(whole))


def _common_grid(values: Sequence[Decimal]) -> float:
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
