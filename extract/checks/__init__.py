"""Checks: arithmetic between the figures of an article, as evidence for them and against them.

Each check is an equation that the text claims, or that figures which belong together make true: parts and their
whole, a ratio and its terms, growth and its base, a rate times people and months, a figure given twice. It holds,
fails (only where the words claim it beyond doubt) or cannot be told; its chance says how much it proves (`arithmetic`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from ..records import Record
from ..rules.segments import Segment
from .changes import find_changes
from .growth import find_growth
from .near import mend_of
from .parts import find_parts
from .products import find_products
from .ratios import find_ratios
from .readings import PARTED, figures_apart, note_readings
from .repeats import find_repeats
from .rows import Check
from .sums import find_additions, find_sums
from .terms import Sentence, any_of, read_sentences, words

__all__ = ["PARTED", "Check", "figures_apart", "find_checks", "notes"]

Finder = Callable[[Sentence, Sequence[Sentence]], Iterable[Check]]
"""What finds one sort of check in a sentence, given the sentences before it."""

RECENT = 8  # sentences before one that its checks may look at


def find_checks(segments: Sequence[tuple[Segment, str, int]], held: Mapping[tuple[int, int], Record]) -> list[Check]:
    """The checks of an article in reading order of their sentences, each set of figures once.

    `segments` come with the kind and the beginning of their paragraph; `held` gives the record of a quantity's clean
    span.
    """
    sentences = read_sentences(segments, held)
    found: list[Check] = []
    for number, sentence in enumerate(sentences):
        if len(sentence.segment.quantities) > 1:
            found += _of_sentence(sentence, sentences[max(0, number - RECENT) : number])
    told = {id(check.terms[-1]) for check in found if check.kind == "growth"}
    found += [*find_additions(sentences), *find_growth(sentences, told), *find_repeats(sentences, held)]
    told_of = [check for check in found if check.is_worth_telling]
    note_readings(told_of)
    for check in told_of:
        if check.verdict == "fails":
            check.mend = mend_of(check)
    return told_of


def _of_sentence(sentence: Sentence, earlier: Sequence[Sentence]) -> list[Check]:
    """Each sort of check is looked for only where its words are."""
    found: list[Check] = []
    for find, trigger in _triggers().items():
        if trigger.search(sentence.code):
            found += find(sentence, earlier)
    return found


@cache
def _triggers() -> dict[Finder, re.Pattern[str]]:
    known = words()
    parts, each = known["parts"], known["each"]
    lists = [*parts["marks"], "按", "从", "含", "（"]
    sums = [*parts["rest"], *known["totals"], *known["left"]]
    changes = [*known["rise"], *known["fall"], *known["growth"], *known["decline"]]
    rates = [*each["person"], *each["site"]]
    listed: dict[Finder, list[str]] = {
        find_parts: lists, find_sums: sums, find_ratios: known["rate_words"], find_changes: changes,
        find_products: rates,
    }  # fmt: skip
    return {find: re.compile(any_of(list(dict.fromkeys(found)))) for find, found in listed.items()}


def notes(checks: Iterable[Check]) -> dict[str, tuple[str, ...]]:
    """What each record is told of its checks."""
    told: dict[str, tuple[str, ...]] = {}
    for check in checks:
        if (note := check.note) is not None:
            for term in check.terms:
                if term.record is not None:
                    told[term.record.record_id] = (*told.get(term.record.record_id, ()), note)
    return told
