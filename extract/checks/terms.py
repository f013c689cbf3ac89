"""Terms: the figures of a sentence that arithmetic can work with, and the words around each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from ..arithmetic import LARGEST, Interval, allowed, middle
from ..match.mentions import Quantity
from ..paths import read_pattern_file
from ..records import Record
from ..rules.segments import Segment

_FAMILIES = {"site": "thing", "item": "thing", "project": "thing", "percent": "percent", "times": "times", None: "bare"}
_KINDS = frozenset(("duration", "first"))
NO_COUNTS = frozenset(("percent", "times", "duration", "first"))  # families that count nothing
_LEFT_OUT = frozenset(("age", "measure"))
_STOP = re.compile("[、，。；：！？（）,;]")
_BRACKET = re.compile("（([^（）]{0,8})）")


def _joined(bracket: re.Match[str]) -> str:
    return _STOP.sub("", bracket[1])


class Term:
    """A figure: its family (what may be added to it), and where it stands in its sentence.

    `index` counts the terms of the sentence, `at` is a place in its code, `before` the words between the figure before
    it and this one. `part_of` is the whole that it was found to be a part of.
    """

    __slots__ = (
        "_allowed", "_label", "at", "before", "family", "index", "part_of", "quantity", "record", "sentence", "value",
    )  # fmt: skip

    def __init__(
        self, quantity: Quantity, record: Record | None, sentence: Sentence, at: int, value: Decimal, index: int,
        before: str,
    ) -> None:  # fmt: skip
        self.quantity, self.record, self.sentence, self.at, self.value = quantity, record, sentence, at, value
        self.index, self.before = index, before
        self.family = quantity.kind if quantity.kind in _KINDS else _FAMILIES.get(quantity.unit, quantity.unit or "")
        self.part_of: Term | None = None
        self._allowed: Interval | None = None
        self._label: str | None = None

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
        """The words of its own clause on both sides, up to the figures beside it; 乡镇（街道） is a word."""
        if self._label is None:
            before, after = self.before, self.after
            if "（" in before or "（" in after:
                before, after = _BRACKET.sub(_joined, before), _BRACKET.sub(_joined, after)
            self._label = _STOP.split(before)[-1] + _STOP.split(after, maxsplit=1)[0]
        return self._label

    def adds_to(self, other: Term) -> bool:
        """Whether the two count the same sort of thing; a bare number may be money or people."""
        if self.family == other.family:
            return True
        return {self.family, other.family} in ({"bare", "CNY"}, {"bare", "person"}) and self.value >= 100


class Sentence:
    """A segment with its code, the kind and number of its paragraph, and its terms, which are made when asked for."""

    __slots__ = ("_held", "_terms", "code", "kind", "paragraph", "segment")

    def __init__(self, segment: Segment, kind: str, paragraph: int, held: Mapping[tuple[int, int], Record]) -> None:
        self.segment, self.kind, self.paragraph = segment, kind, paragraph
        self.code = segment.code
        self._held = held
        self._terms: list[Term] | None = None

    @property
    def terms(self) -> list[Term]:
        """The figures that arithmetic can work with, in order: few sentences are asked for them."""
        if self._terms is not None:
            return self._terms
        terms: list[Term] = []
        code, held, last, index = self.code, self._held, 0, 0
        for quantity, at in zip(self.segment.quantities, self.segment.quantity_at, strict=True):
            value = quantity.value
            if quantity.kind in _LEFT_OUT or (
                (value is None or value >= LARGEST) and (value := middle(quantity)) is None
            ):
                continue
            record = held.get((quantity.start, quantity.end))
            terms.append(Term(quantity, record, self, at, value, index, code[last:at]))
            last = at + 1
            index += 1
        self._terms = terms
        return terms

    def forget_terms(self) -> None:
        """Let the terms go, which hold their sentence: else both wait for the collector of cycles."""
        self._terms = None

    def has(self, unit: str) -> bool:
        """Whether one of its figures has a unit; to ask is cheaper than to make the terms."""
        return any(quantity.unit == unit for quantity in self.segment.quantities)

    def between(self, first: int, second: int) -> str:
        """The code between two terms by their index; -1 and the number of terms are the ends."""
        start = self.terms[first].at + 1 if first >= 0 else 0
        end = self.terms[second].at if second < len(self.terms) else len(self.code)
        return self.code[start:end]


def whole_of(parts: Sequence[Term]) -> Term | None:
    """The whole that all of these were found to be parts of; None where there is no such one."""
    whole = parts[0].part_of if parts else None
    return whole if all(part.part_of is whole for part in parts) else None


def read_sentences(
    segments: Sequence[tuple[Segment, str, int]], held: Mapping[tuple[int, int], Record]
) -> list[Sentence]:
    """The sentences of an article with figures; `held` gives the record of a quantity's clean span."""
    return [Sentence(segment, kind, paragraph, held) for segment, kind, paragraph in segments if segment.quantities]


COUNTED = "两二三四五六七八九"


def counted(numeral: str) -> int:
    """How many a numeral of `COUNTED` is."""
    return "零一二三四五六七八九".index(numeral.replace("两", "二"))


@cache
def words() -> dict[str, Any]:
    """The words of `patterns/checks.yaml`."""
    data: dict[str, Any] = read_pattern_file("checks.yaml")
    return data


def any_of(listed: Sequence[str]) -> str:
    """The words as a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
