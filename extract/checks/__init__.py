"""Checks: arithmetic between the figures of an article, as evidence for them and against them.

Each check is an equation that the text claims, or that figures which belong together make true: parts and their
whole, a ratio and its terms, growth and its base, a rate times people and months, a figure given twice. It holds,
fails (only where the words claim it beyond doubt) or cannot be told; its chance says how much it proves (`arithmetic`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from ..records import Record
from ..rules.segments import Segment
from .changes import find_changes
from .growth import find_growth
from .headlines import find_headlines
from .hundreds import find_hundreds
from .near import mend_of
from .parts import find_parts
from .products import find_products
from .ratios import find_ratios
from .readings import PARTED, figures_apart, note_readings
from .repeats import find_repeats
from .rows import Check
from .sums import find_additions, find_sums
from .terms import Sentence, read_sentences, words

__all__ = ["PARTED", "Check", "figures_apart", "find_checks", "notes"]

Finder = Callable[[Sentence, Sequence[Sentence]], Iterable[Check]]
"""What finds one sort of check in a sentence, given the sentences before it."""

RECENT = 8  # sentences before one that its checks may look at
PARTS, SUMS, HUNDREDS, RATIOS, CHANGES, GROWTH, ADDED, RATED = (1 << sort for sort in range(8))
_OF_RATES = HUNDREDS | RATIOS | GROWTH  # these need a percentage
_FINDERS: dict[int, Finder] = {
    PARTS: find_parts, SUMS: find_sums, HUNDREDS: find_hundreds, RATIOS: find_ratios, CHANGES: find_changes,
}  # fmt: skip


def find_checks(
    segments: Sequence[tuple[Segment, str, int]], held: Mapping[tuple[int, int], Record],
    heads: Mapping[tuple[int, int], Record] | None = None,
) -> list[Check]:  # fmt: skip
    """The checks of an article in reading order of their sentences, each set of figures once.

    `segments` come with the kind and the beginning of their paragraph; `held` gives the record of a quantity's clean
    span, `heads` what a figure of the headline says, be it a record or not.
    """
    sentences = read_sentences(segments, held)
    found: list[Check] = []
    growing: list[int] = []
    adding: list[int] = []
    rating: list[int] = []
    triggers = _triggers()
    for number, sentence in enumerate(sentences):
        figures = sentence.segment.quantities
        if len(figures) < 2 and "每" not in sentence.code:
            continue
        sorts = triggers.sorts_in(sentence.code)
        if sorts & _OF_RATES and not sentence.has("percent"):
            sorts &= ~_OF_RATES
        for sort, find in _FINDERS.items() if len(figures) > 1 else ():
            if sorts & sort:
                found += find(sentence, sentences[max(0, number - RECENT) : number])
        if sorts & GROWTH and len(figures) > 1:
            growing.append(number)
        if sorts & ADDED and len(figures) > 1:
            adding.append(number)
        if sorts & RATED:
            rating.append(number)
    told = {id(check.terms[-1]) for check in found if check.kind == "growth"}
    found += find_additions(sentences, adding)
    found += find_products(sentences, rating)
    found += find_growth(sentences, growing, told)
    found += find_repeats(sentences, held)
    if heads:
        found += find_headlines(sentences, held, heads)
    told_of = [check for check in found if check.is_worth_telling]
    note_readings(told_of)
    for check in told_of:
        if check.verdict == "fails":
            check.mend = check.mend or mend_of(check)
    for sentence in sentences:
        sentence.forget_terms()
    return told_of


class _Triggers:
    """What tells which sorts of checks a sentence may hold: one pass finds the words that it has of any sort."""

    def __init__(self, words_of: Mapping[int, Iterable[str]]):
        from ahocorasick_rs import AhoCorasick

        sorts: dict[str, int] = {}
        for sort, listed in words_of.items():
            for word in listed:
                sorts[word] = sorts.get(word, 0) | sort
        self._machine = AhoCorasick(list(sorts), store_patterns=False)
        self._sorts = list(sorts.values())

    def sorts_in(self, code: str) -> int:
        """The sorts that a sentence has words of, as bits."""
        found = 0
        for number, _, _ in self._machine.find_matches_as_indexes(code, overlapping=True):
            found |= self._sorts[number]
        return found


@cache
def _triggers() -> _Triggers:
    known = words()
    parts = known["parts"]
    growth = [*known["growth"], *known["decline"]]
    return _Triggers(
        {
            PARTS: [*parts["marks"], *parts["grades"], "按", "从", "含", "（", "一是", "："],
            SUMS: [*known["totals"], *known["left"], *known["absent"]],
            HUNDREDS: ["占", *known["remainder"]],
            RATIOS: known["rate_words"],
            CHANGES: [*known["rise"], *known["fall"], *growth, "变", "，是", "相当于"],
            GROWTH: growth,
            ADDED: known["added_to"],
            RATED: [word for listed in known["each"].values() for word in listed],
        }
    )


def notes(checks: Iterable[Check]) -> dict[str, tuple[str, ...]]:
    """What each record is told of its checks."""
    told: dict[str, tuple[str, ...]] = {}
    for check in checks:
        if (note := check.note) is not None:
            for term in check.terms:
                if term.record is not None:
                    told[term.record.record_id] = (*told.get(term.record.record_id, ()), note)
    return told
