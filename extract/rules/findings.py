"""Findings: figures with the rules that read them, and how figures stand to each other in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..match.mentions import Quantity
from .book import Rule
from .encoding import KIND, mention_kind
from .facets import run_head
from .segments import Segment


@dataclass(slots=True)
class Finding:
    """A figure that a rule reads, before its values are settled.

    `via` is `rule`, `list` (the item before it had the rule) or `part` (of `whole`); `dealt` holds what 分别 dealt to
    it. `[start, end)` is the stretch of the segment's code that the rule matched.
    """

    segment: Segment
    index: int
    rule: Rule
    via: str
    start: int
    end: int
    words: dict[str, str] = field(default_factory=dict)
    whole: Finding | None = None
    previous: Finding | None = None  # the item before it, for items of a list
    dealt: dict[str, Any] = field(default_factory=dict)
    quantity: Quantity = field(init=False, repr=False, compare=False)  # the figure
    at: int = field(init=False, repr=False, compare=False)  # where it stands in the segment's code

    def __post_init__(self) -> None:
        self.quantity = self.segment.quantities[self.index]
        self.at = self.segment.quantity_at[self.index]


@dataclass(slots=True)
class Claim:
    """A finding with its score: priority, short gaps, long match, place in the book; the highest wins the figure."""

    finding: Finding
    score: tuple[int, int, int, int]


def kind_of(segment: Segment, index: int) -> int:
    """The kind of a quantity as far as lists and parts go: a bare number is money, 人次 are people."""
    kind = mention_kind(segment.code[segment.quantity_at[index]])
    return _LIKE.get(kind, kind)


_LIKE = {KIND["number"]: KIND["money"], KIND["person_times"]: KIND["persons"]}


def between(segment: Segment, first: int, second: int) -> str:
    """The code between two quantities."""
    return segment.code[segment.quantity_at[first] + 1 : segment.quantity_at[second]]


def runs(segment: Segment) -> Iterator[list[int]]:
    """Runs of quantities that stand in a bare list: A、B和C."""
    run: list[int] = []
    for index in range(len(segment.quantities)):
        if run and not (run_head(segment, index) <= run[0] and kind_of(segment, run[-1]) == kind_of(segment, index)):
            if len(run) > 1:
                yield run
            run = []
        run.append(index)
    if len(run) > 1:
        yield run
