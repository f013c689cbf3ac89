"""Repeats: a figure that an article gives more than once."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from ..arithmetic import digits_chance
from ..records import Record
from .rows import Check, shown
from .terms import Sentence, Term

LEAST = 10  # a figure of one digit is repeated by chance


def find_repeats(sentences: Sequence[Sentence], held: Mapping[tuple[int, int], Record]) -> Iterator[Check]:
    """The figures of one table that are given again, in another sentence."""
    values = sorted([float(record.value or 0) for record in held.values()])
    again = {value for value, following in pairwise(values) if value == following and value >= LEAST}
    if again:
        yield from _repeats(sentences, held, again)


def _repeats(
    sentences: Sequence[Sentence], held: Mapping[tuple[int, int], Record], again: Container[float]
) -> Iterator[Check]:
    groups: dict[tuple[str, str | None, float], list[int]] = {}
    figures: Counter[tuple[str, str | None]] = Counter()
    for (start, _), record in held.items():
        value = float(record.value or 0)
        if record.bound == "exact" and value >= LEAST:
            figures[record.table, record.unit] += 1
            if value in again:
                groups.setdefault((record.table, record.unit, value), []).append(start)
    for (table, unit, _), starts in groups.items():
        if len(starts) > 1:
            terms = [term for start in starts if (term := term_at(sentences, start)) is not None]
            apart = [t for t in terms[1:] if t.sentence is not terms[0].sentence]
            if apart:
                yield repeat_of("repeat", [terms[0], *apart], figures[table, unit] - 1)


def term_at(sentences: Sequence[Sentence], start: int) -> Term | None:
    """The figure that begins at an offset of the clean text."""
    sentence = sentences[max(0, bisect.bisect_right(sentences, start, key=_start) - 1)]
    return next((term for term in sentence.terms if term.quantity.start == start), None)


def _start(sentence: Sentence) -> int:
    return sentence.segment.start


def repeat_of(kind: str, terms: Sequence[Term], tried: int) -> Check:
    """The check that figures are the same, of `tried` that might have been."""
    said = "=".join(shown(term.value) for term in terms[1:])
    value = terms[0].value
    return Check(kind, terms, said, value, value, "holds", digits_chance(value, tried), claimed=False)
