"""Arithmetic on figures: what each allows, and how much an equation proves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.arithmetic import TRUSTED, Interval, allowed, digits_chance, ratio_chance, sum_chance
from extract.match.quantities import find_quantities

finite = st.integers(-(10**9), 10**9)
intervals = st.tuples(finite, finite).map(lambda ends: Interval(float(min(ends)), float(max(ends))))
counts = st.integers(1, 10**6).map(Decimal)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("467人", 467, 467),
        ("24%", 23.45, 25),
        ("34.4%", 34.345, 34.5),
        ("5.2万人", 51450, 53000),
        ("860万元", 8600000, 8600000),
        ("11.3亿元", 1124500000, 1140000000),
        ("近900名", 720, 900),
        ("200余人", 200, 300),
        ("约2800万元", 25200000, 30800000),
        ("200-500元", 200, 500),
    ],
)
def test_a_figure_allows_what_its_digits_and_hedges_leave_open(text: str, low: float, high: float) -> None:
    (quantity,) = find_quantities(text)
    assert allowed(quantity) == pytest.approx(Interval(low, high))


@given(intervals, intervals)
def test_meeting_is_mutual(a: Interval, b: Interval) -> None:
    assert a.meets(b) == b.meets(a)


@given(intervals, intervals)
def test_what_was_added_can_be_taken_away(a: Interval, b: Interval) -> None:
    assert a.plus(b).minus(b).meets(a)


@given(st.lists(counts, min_size=2, max_size=5), st.integers(1, 20))
def test_a_chance_is_a_share_and_grows_with_the_groupings_tried(parts: list[Decimal], tried: int) -> None:
    once, often = (
        sum_chance(sum(parts, Decimal(0)), parts, 0.0, 1),
        sum_chance(sum(parts, Decimal(0)), parts, 0.0, tried),
    )
    assert 0 <= once <= often <= 1


def test_few_digits_and_round_figures_prove_little() -> None:
    assert sum_chance(Decimal(8), [Decimal(1), Decimal(7)], 0.0, 1) > TRUSTED
    assert sum_chance(Decimal(1680), [Decimal(1200), Decimal(480)], 0.0, 1) > TRUSTED
    assert sum_chance(Decimal(467), [Decimal(120), Decimal(346), Decimal(1)], 0.0, 1) < TRUSTED
    assert ratio_chance(24, 1.5, 1) < TRUSTED < ratio_chance(24, 1.5, 5)
    assert digits_chance(Decimal(8), 1) > TRUSTED > digits_chance(Decimal(198), 1)
