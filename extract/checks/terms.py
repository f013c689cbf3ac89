"""Terms: the figures of a sentence that arithmetic can work with, and the words around each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from ..arithmetic import Interval, allowed, middle
from ..match.mentions import Quantity
from ..paths import read_pattern_file
from ..records import Record
from ..rules.segments import Segment

_FAMILIES = {"site": "thing", "item": "thing", "project": "thing", "percent": "percent", "times": "times", None: "bare"}
_KINDS = frozenset(("duration", "first"))
NO_COUNTS = frozenset(("percent", "times", "duration", "first"))  # families that count nothing
_LEFT_OUT = frozenset(("age", "measure"))
_STOP = re.compile("[、，。；：！？（）,;]")


class Term:
    """A figure: its family (what may be added to it), and where it stands in its sentence.

    `index` counts the terms of the sentence, `at` is a place in its code, `before` the words between the figure before
    it and this one. `part_of` is the whole that it was found to be a part of.
    """

    __slots__ = ("_allowed", "at", "before", "family", "index", "part_of", "quantity", "record", "sentence", "value")

    def __init__(self, quantity: Quantity, record: Record | None, sentence: Sentence, at: int, value: Decimal) -> None:
        terms = sentence.terms
        self.quantity, self.record, self.sentence, self.at, self.value = quantity, record, sentence, at, value
        self.family = quantity.kind if quantity.kind in _KINDS else _FAMILIES.get(quantity.unit, quantity.unit or "")
        self.index = len(terms)
        self.before = sentence.code[terms[-1].at + 1 if terms else 0 : at]
        self.part_of: Term | None = None
        self._allowed: Interval | None = None

    @property
    def allowed(self) -> Interval:
        """What its words and digits allow."""
        if self._allowed is None:
            self._allowed = allowed(self.quantity)
        return self._allowed

    @property
    def is_plain(self) -> bool:
        """Whether the figure is one number without a hedge."""
        return self.quantity.bound == "exact"

    @property
    def after(self) -> str:
        """The words between this figure and the next."""
        return self.sentence.between(self.index, self.index + 1)

    @property
    def is_total(self) -> bool:
        """Whether the figure counts things, and is no rule for each of them (每月补贴500元)."""
        return self.record is None or (self.record.nature != "standard" and self.record.per is None)

    @property
    def label(self) -> str:
        """The words of its own clause on both sides, up to the figures beside it."""
        before, after = _STOP.split(self.before)[-1], _STOP.split(self.after)[0]
        return before + after

    def adds_to(self, other: Term) -> bool:
        """Whether the two count the same sort of thing; a bare number may be money or people."""
        if self.family == other.family:
            return True
        return {self.family, other.family} in ({"bare", "CNY"}, {"bare", "person"}) and self.value >= 100


@dataclass(slots=True)
class Sentence:
    """The terms of a segment, its code, and the kind of paragraph that it stands in."""

    segment: Segment
    kind: str
    paragraph: int
    terms: list[Term] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The segment's code."""
        return self.segment.code

    def between(self, first: int, second: int) -> str:
        """The code between two terms by their index; -1 and the number of terms are the ends."""
        start = self.terms[first].at + 1 if first >= 0 else 0
        end = self.terms[second].at if second < len(self.terms) else len(self.code)
        return self.code[start:end]


def read_sentences(
    segments: Sequence[tuple[Segment, str, int]], held: Mapping[tuple[int, int], Record]
) -> list[Sentence]:
    """The sentences of an article with their terms; `held` gives the record of a quantity's clean span."""
    sentences = []
    for segment, kind, paragraph in segments:
        sentence = Sentence(segment, kind, paragraph)
        for quantity, at in zip(segment.quantities, segment.quantity_at, strict=True):
            value = middle(quantity) if quantity.kind not in _LEFT_OUT else None
            if value is not None:
                record = held.get((quantity.start, quantity.end))
                sentence.terms.append(Term(quantity, record, sentence, at, value))
        if sentence.terms:
            sentences.append(sentence)
    return sentences


@cache
def words() -> dict[str, Any]:
    """The words of `patterns/checks.yaml`."""
    data: dict[str, Any] = read_pattern_file("checks.yaml")
    return data


def any_of(listed: Sequence[str]) -> str:
    """The words as a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
