"""Hundreds: shares that make a hundred, by a last one that is the rest, by bands without a gap, or by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from ..arithmetic import Interval, sum_chance
from ..rules.encoding import ANY_QUANTITY
from .complete import leave_no_gap
from .rows import Check, shown
from .sums import bare_run, total_of
from .terms import Sentence, Term, any_of, words

_BAND = re.compile(f"占[^，。；{ANY_QUANTITY}]{{0,4}}$")


@cache
def _rest() -> re.Pattern[str]:
    return re.compile(any_of(words()["remainder"]))


def find_hundreds(sentence: Sentence, _: Sequence[Sentence]) -> Iterator[Check]:
    """The shares of a sentence that make a hundred."""
    shares = [t for t in sentence.terms if t.family == "percent"]
    if len(shares) < 2:
        return
    if _rest().search(shares[-1].before):
        run = bare_run(sentence, shares)
        if len(run) > 1:
            yield _hundred(run)
    elif all(_BAND.search(share.before) for share in shares):
        yield from _of_bands(sentence, shares)


def _of_bands(sentence: Sentence, shares: Sequence[Term]) -> Iterator[Check]:
    """The shares of bands from the lowest to the highest: 35岁及以下的占46%，36至45岁的占39%，46岁及以上的占15%.

    Of other shares (本科占58%，大专占33%，高中占9%) only the figures can say that they are all.
    """
    quantities = sentence.segment.quantities
    bands = [quantities[max(0, n - 1)] for n, quantity in enumerate(quantities) if quantity.unit == "percent"]
    check = _hundred(shares)
    check.certain = check.claimed = leave_no_gap(bands)
    if check.certain or (len(shares) > 2 and check.verdict == "holds"):
        yield check


def _hundred(run: Sequence[Term]) -> Check:
    """The check that shares make a hundred."""
    total = sum((share.value for share in run), Decimal(0))
    holds = total_of(run).meets(Interval(100.0, 100.0))
    chance = sum_chance(Decimal(100), [t.value for t in run], 0.0 if total == 100 else 1.5 * len(run), 1)
    said = "+".join(f"{shown(share.value)}%" for share in run)
    check = Check("sum", run, said, total, Decimal(100), "holds" if holds else "fails", chance, percent=True)
    check.certain = True
    check.solutions = lambda: _wanted_of_hundred(run)
    return check


def _wanted_of_hundred(shares: Sequence[Term]) -> list[Interval]:
    total = total_of(shares)
    return [Interval(100 - total.high + s.allowed.high, 100 - total.low + s.allowed.low) for s in shares]
