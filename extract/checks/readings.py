"""Readings: a figure with a blank inside, which may be two figures; the sums decide.

A blank between digits divides nothing as a rule (4 326人 is 4326), and is dropped when a text is read. But 见表1 326人
is a table's number and 326. Where the sums of the sentence hold for the latter, and not for the former, it is two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ..match.mentions import Quantity
from ..rules.segments import Segment
from .parts import find_parts
from .rows import Check
from .sums import LOOK_BACK
from .terms import Sentence, Term, read_sentences

PARTED = re.compile(r"[0-9][ \t\u3000]+[0-9]")
"""Digits with a blank between: only an article whose source has some can hold a figure that is two."""

_DIGITS = frozenset("0123456789")
Pieces = tuple[Quantity, Quantity]


def figures_apart(segments: Sequence[tuple[Segment, str, int]], offsets: Sequence[int]) -> dict[Quantity, Pieces]:
    """The figures that are two by the sums of their sentences, each with the two.

    `offsets[i]` is where character `i` of the clean text stands in the decoded file.
    """
    found: dict[Quantity, Pieces] = {}
    for number, (segment, kind, paragraph) in enumerate(segments):
        for index, quantity in enumerate(segment.quantities):
            start, last = quantity.number_start, quantity.number_end - 1
            if offsets[last] - offsets[start] == last - start:
                continue
            for pieces in _pieces(quantity, offsets):
                other = replace(segment, quantities=[*segment.quantities])
                other.quantities[index] = pieces[1]
                before = segments[max(0, number - LOOK_BACK) : number]
                if _proves(before, (other, kind, paragraph), index) and not _proves(before, segments[number], index):
                    found[quantity] = pieces
                    break
    return found


def _pieces(quantity: Quantity, offsets: Sequence[int]) -> Iterator[Pieces]:
    """The two figures that a plain whole number may be, for each place where a blank parts its digits."""
    digits = quantity.text[: next((i for i, c in enumerate(quantity.text) if c not in _DIGITS), len(quantity.text))]
    if quantity.bound != "exact" or quantity.value is None or quantity.start != quantity.number_start:
        return
    for length in range(len(digits) - 1, 0, -1):
        at = quantity.start + length
        if offsets[at] - offsets[at - 1] == 1 or digits[length] == "0":
            continue
        size = quantity.value / Decimal(digits)
        first, second = Decimal(digits[:length]), Decimal(digits[length:]) * size
        yield (
            Quantity(
                quantity.start, at, digits[:length], first, first, first, "exact", None, "", "bare", quantity.start, at
            ),
            replace(
                quantity, start=at, number_start=at, text=quantity.text[length:], value=second, low=second, high=second
            ),
        )


def _proves(before: Sequence[tuple[Segment, str, int]], read: tuple[Segment, str, int], index: int) -> bool:
    """Whether a sum that is trusted holds for the figure number `index` of a segment."""
    *earlier, sentence = read_sentences([*before, read], {})
    quantity = read[0].quantities[index]
    checks = find_parts(sentence, earlier)
    return any(check.is_trusted and any(t.quantity is quantity for t in check.terms) for check in checks)


def note_readings(checks: Sequence[Check]) -> None:
    """Say of each check that holds which of its figures stands right behind another, which it was parted from."""
    for check in checks:
        for term in check.terms:
            parted = _parted_from(term.sentence, term)
            if parted is not None and check.is_trusted and check.kind == "sum":
                two = f"{parted.text} and {term.quantity.text}"
                check.chosen = f"two numbers, {two}: only so they add up"


def _parted_from(sentence: Sentence, term: Term) -> Quantity | None:
    """The figure that ends where this one begins."""
    last = sentence.terms[term.index - 1].quantity if term.index and not term.before else None
    return last if last is not None and last.end == term.quantity.start and last.kind == "bare" else None
