"""Repeats: a figure that an article gives more than once, and a headline against its body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..arithmetic import digits_chance
from ..records import Record
from .rows import Check, shown
from .terms import Sentence, Term

HEADLINE = "title"
LEAST = 10  # a figure of one digit is repeated by chance


def find_repeats(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """The figures of one table that are given again, in another sentence; and those of the headline."""
    groups: dict[tuple[str, str, float], list[Term]] = {}
    figures: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        for term in sentence.terms:
            record = term.record
            if record is not None and record.bound == "exact" and (value := float(term.value)) >= LEAST:
                sort = record.table, term.family
                figures[sort] += 1
                groups.setdefault((*sort, value), []).append(term)
    for (table, family, _), terms in groups.items():
        if len(terms) > 1:
            apart = [terms[0], *(t for t in terms[1:] if t.sentence is not terms[0].sentence)]
            if len(apart) > 1:
                yield _repeat("repeat", apart, figures[table, family] - 1)
    if sentences and sentences[0].kind == HEADLINE:
        yield from _headlines(sentences)


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
