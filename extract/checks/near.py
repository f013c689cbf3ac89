"""What would mend an equation that does not hold: the figures of which one digit may be wrong.

A misprint changes one digit as a rule. Where an equation misses by just that, and unrelated figures would seldom come
as near, the miss is worth a look even where the words do not claim the equation beyond doubt.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from ..arithmetic import TRUSTED, Interval, common_grid, digit_places, one_digit_off
from .rows import Check, shown
from .terms import Term

_WRITTEN = re.compile(r"(?P<before>\D*)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<after>\D*)")
MOST = 3  # figures that are named
SUSPECT = 0.2  # the greatest chance with which a near miss of a list is told: few lists miss at all
_LEAST_MISSES = 27  # of three figures of a digit each
_STATED_LAST = ("ratio", "growth", "change")


def mend_of(check: Check) -> str:
    """What would make the equation true: `263人→264人 or 201人→200人`; else what the others come to."""
    digits = one_digit_mends(check)
    if digits:
        return " or ".join(digits[:MOST])
    if check.computed is not None and check.stated is not None:
        said = check.terms[-1] if check.kind in _STATED_LAST else check.terms[0]
        return f"{_quote(said)}→{_as_written(said, check.computed)}"
    if check.kind == "part":
        return f"{_quote(check.terms[1])}→{_quote(check.terms[0])} or less"
    return f"{_quote(check.terms[1])} and {_quote(check.terms[0])} exchanged"


def _as_written(term: Term, value: Decimal) -> str:
    """A value with the unit that a figure is written with: 365.8万元 beside 368.5万元."""
    written = _WRITTEN.fullmatch(_quote(term))
    if written is None or not term.value:
        return f"{shown(value)}{term.quantity.unit_text}"
    number = Decimal(written["number"].replace(",", ""))
    return f"{written['before']}{shown(value * number / term.value)}{written['after']}" if number else shown(value)


def one_digit_mends(check: Check) -> list[str]:
    """Each figure of which one digit would make the equation true, as it is and as it would be."""
    if check.solutions is None:
        return []
    found = []
    for term, wanted in zip(check.terms, check.solutions(), strict=True):
        value, own = float(term.value), term.allowed
        changed = one_digit_off(term.quantity, Interval(wanted.low - (own.high - value), wanted.high + value - own.low))
        if changed is not None:
            found.append(f"{_quote(term)}→{''.join(changed.split())}")
    return found


def _quote(term: Term) -> str:
    return "".join(term.quantity.text.split())


def note_near_miss(check: Check, most: float = TRUSTED) -> None:
    """Say of a check that cannot be told what digit would mend it, where the chance of that is at `most` so great.

    Its chance is then that of unrelated figures to come as near.
    """
    if check.kind != "sum" and check.chance * _LEAST_MISSES > most:
        return
    chance = _near_chance(check)
    if chance <= most and (mends := one_digit_mends(check)):
        check.mend, check.chance = " or ".join(mends[:MOST]), chance


def _near_chance(check: Check) -> float:
    """The chance that unrelated figures miss by one digit: that they meet, times the misses that there are.

    Those of a sum are counted once each, on the grid of the figures, as often above the whole as below it.
    """
    places = [digit_places(term.quantity) for term in check.terms]
    if check.kind != "sum" or check.percent:
        return min(1.0, check.chance * 9 * sum(map(len, places)))
    values = [term.value for term in check.terms]
    return min(1.0, check.chance / 2 * len(_misses(places, float(values[0]), common_grid(values))))


def _misses(places: Sequence[Sequence[tuple[int, int, float]]], whole: float, grid: float) -> set[float]:
    """The differences between a whole and its parts that one digit makes, on a grid."""
    misses = {
        (new - digit) * size * (-1 if number else 1)
        for number, digits in enumerate(places)
        for _, digit, size in digits
        for new in range(10)
        if new != digit
    }
    return {miss for miss in misses if abs(miss) <= whole and math.isclose(miss / grid, round(miss / grid))}
