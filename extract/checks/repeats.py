"""Repeats: a figure that an article gives more than once, and a headline against its body."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..arithmetic import digits_chance
from ..records import Record
from .rows import Check, shown
from .terms import Sentence, Term

HEADLINE = "title"
LEAST = 10  # a figure of one digit is repeated by chance


def find_repeats(sentences: Sequence[Sentence], held: Mapping[tuple[int, int], Record]) -> Iterator[Check]:
    """The figures of one table that are given again, in another sentence; and those of the headline."""
    groups: dict[tuple[str, str | None, Decimal], list[int]] = {}
    figures: Counter[tuple[str, str | None]] = Counter()
    for (start, _), record in held.items():
        value = record.value
        if value is not None and record.bound == "exact" and value >= LEAST:
            figures[record.table, record.unit] += 1
            groups.setdefault((record.table, record.unit, value), []).append(start)
    for (table, unit, _), starts in groups.items():
        if len(starts) > 1:
            terms = [term for start in starts if (term := _term_at(sentences, start)) is not None]
            apart = [t for t in terms[1:] if t.sentence is not terms[0].sentence]
            if apart:
                yield _repeat("repeat", [terms[0], *apart], figures[table, unit] - 1)
    if sentences and sentences[0].kind == HEADLINE:
        yield from _headlines(sentences)


def _term_at(sentences: Sequence[Sentence], start: int) -> Term | None:
    """The figure that begins at an offset of the clean text."""
    sentence = sentences[max(0, bisect.bisect_right(sentences, start, key=_start) - 1)]
    return next((term for term in sentence.terms if term.quantity.start == start), None)


def _start(sentence: Sentence) -> int:
    return sentence.segment.start


def _repeat(kind: str, terms: Sequence[Term], tried: int) -> Check:
    said = "=".join(shown(term.value) for term in terms[1:])
    value = terms[0].value
    return Check(kind, terms, said, value, value, "holds", digits_chance(value, tried), claimed=False)


def _headlines(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """The figures of the headline that the body gives as well, or gives otherwise."""
    body = [t for s in sentences if s.kind != HEADLINE for t in s.terms if t.record is not None]
    for term in (t for s in sentences if s.kind == HEADLINE for t in s.terms if t.is_plain and t.value >= LEAST):
        alike = [t for t in body if t.family == term.family]
        again = next((t for t in alike if t.is_plain and t.value == term.value), None)
        if again is not None:
            yield _repeat("headline", (term, again), len(alike))
        elif term.record is not None and term.record.nature == "stock":
            yield from _contradicted(term, body)


def _contradicted(term: Term, body: Sequence[Term]) -> Iterator[Check]:
    """Where one figure alone of the body can be the headline's, and is another: a headline may round."""
    alike = [t for t in body if t.record and term.record and _meaning(t.record) == _meaning(term.record)]
    if len(alike) == 1 and not alike[0].allowed.meets(term.allowed):
        given = alike[0].value
        yield Check(
            "headline", (term, alike[0]), shown(given), given, term.value, "cannot_tell", digits_chance(given, 1)
        )


def _meaning(record: Record) -> tuple[object, ...]:
    fields = ("table", "measure", "unit", "grade", "facility", "tier", "group", "programme", "status", "per")
    return tuple(getattr(record, name) for name in fields)
