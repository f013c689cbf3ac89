"""Repeats: a figure that an article gives more than once, and a headline against its body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..arithmetic import digits_chance
from .rows import Check, shown
from .terms import Sentence, Term

HEADLINE = ("title",)
_LEFT_OUT = ("duration", "first", "bare")  # bare numbers may be anything


def find_repeats(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """The figures given again with the same value, of the same measure, and those of the headline."""
    groups: dict[tuple[str, float, str], list[Term]] = {}
    figures: Counter[str] = Counter()
    for sentence in sentences:
        for term in sentence.terms:
            if term.quantity.bound == "exact" and term.family not in _LEFT_OUT and (value := float(term.value)) >= 10:
                figures[term.family] += 1
                groups.setdefault((term.family, value, _noun(term)), []).append(term)
    for (family, _, _), terms in groups.items():
        if len(terms) < 2:
            continue
        apart = [terms[0], *(t for t in terms[1:] if t.sentence is not terms[0].sentence)]
        if len(apart) > 1:
            kind = "headline" if apart[0].sentence.kind in HEADLINE else "repeat"
            chance = digits_chance(terms[0].value, max(1, figures[family] - 1))
            said = "=".join(shown(term.value) for term in apart[1:])
            yield Check(kind, apart, said, terms[0].value, terms[0].value, "holds", chance, claimed=False)
    yield from _headlines(sentences)


def _noun(term: Term) -> str:
    """What is counted, as its record or the words behind it tell."""
    return term.record.table if term.record else term.quantity.unit_text


def _headlines(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """A figure of the headline that the body gives otherwise: where there is one figure alone that it can mean."""
    body = [t for s in sentences if s.kind not in HEADLINE for t in s.terms if t.record is not None]
    for sentence in sentences:
        if sentence.kind not in HEADLINE:
            break
        for term in sentence.terms:
            record = term.record
            if record is None or not term.is_plain or term.value <= 1 or record.nature != "stock":
                continue
            alike = [t for t in body if t.record is not None and _means(t.record) == _means(record)]
            if len(alike) == 1 and not alike[0].allowed.meets(term.allowed):
                chance = digits_chance(term.value, 1)
                said = shown(alike[0].value)
                yield Check("headline", (term, alike[0]), said, alike[0].value, term.value, "fails", chance)


def _means(record: object) -> tuple[object, ...]:
    fields = ("table", "measure", "unit", "grade", "facility", "tier", "group", "programme", "status", "per")
    return tuple(getattr(record, name) for name in fields)
