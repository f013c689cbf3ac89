"""Checks: arithmetic between the figures of an article, as evidence for them and against them.

Each check is an equation that the text claims, or that figures which belong together make true: parts and their
whole, a ratio and its terms, growth and its base, a rate times people and months, a figure given twice. It holds,
fails (only where the words claim it beyond doubt) or cannot be told; its chance says how much it proves (`arithmetic`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ..records import Record
from ..rules.segments import Segment
from .changes import find_changes
from .growth import find_growth
from .headlines import find_headlines
from .near import mend_of
from .parts import find_parts
from .products import find_products
from .ratios import find_ratios
from .readings import PARTED, figures_apart, note_readings
from .repeats import find_repeats
from .rows import Check
from .sums import find_additions, find_bands, find_sums
from .terms import Sentence, any_of, read_sentences, words

__all__ = ["PARTED", "Check", "figures_apart", "find_checks", "notes"]

Finder = Callable[[Sentence, Sequence[Sentence]], Iterable[Check]]
"""What finds one sort of check in a sentence, given the sentences before it."""

RECENT = 8  # sentences before one that its checks may look at


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
    known = _triggers()
    for number, sentence in enumerate(sentences):
        figures = sentence.segment.quantities
        if len(figures) < 2:
            continue
        code, rated = sentence.code, "percent" in {figure.unit for figure in figures}
        for find, triggered, of_rates in known.finders:
            if (rated or not of_rates) and triggered(code):
                found += find(sentence, sentences[max(0, number - RECENT) : number])
        if rated and known.grows(code):
            growing.append(number)
        if known.adds(code):
            adding.append(number)
        if known.rates(code):
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
    return told_of


class _Triggers(NamedTuple):
    """What tells whether a sentence may hold a check: each sort is looked for only where its words are.

    A finder comes with whether it needs a percentage.
    """

    finders: list[tuple[Finder, Callable[[str], object], bool]]
    grows: Callable[[str], object]
    adds: Callable[[str], object]
    rates: Callable[[str], object]


@cache
def _triggers() -> _Triggers:
    known = words()
    parts, each = known["parts"], [word for listed in known["each"].values() for word in listed]
    growth = [*known["growth"], *known["decline"]]
    listed: list[tuple[Finder, list[str], bool]] = [
        (find_parts, [*parts["marks"], "按", "从", "含", "（"], False),
        (find_sums, [*parts["rest"], *known["totals"], *known["left"]], False),
        (find_bands, ["占"], True),
        (find_ratios, known["rate_words"], True),
        (find_changes, [*known["rise"], *known["fall"], *growth], False),
    ]
    finders = [(find, _search(words_of), of_rates) for find, words_of, of_rates in listed]
    return _Triggers(finders, _search(growth), _search(known["added_to"]), _search(each))


def _search(listed: Sequence[str]) -> Callable[[str], object]:
    return re.compile(any_of(list(dict.fromkeys(listed)))).search


def notes(checks: Iterable[Check]) -> dict[str, tuple[str, ...]]:
    """What each record is told of its checks."""
    told: dict[str, tuple[str, ...]] = {}
    for check in checks:
        if (note := check.note) is not None:
            for term in check.terms:
                if term.record is not None:
                    told[term.record.record_id] = (*told.get(term.record.record_id, ()), note)
    return told
