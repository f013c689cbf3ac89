"""Which measure a figure is most likely of: the rules whose words and examples are nearest to its clause say so."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..rules.encoding import mention_kind
from .explaining import nearest_rules
from .phrasing import Around

if TYPE_CHECKING:
    from .book import Book

Measure = tuple[str, str]

USUAL = 1.0  # what it weighs that rules of a measure read such a quantity, beside the likeness of words (at most 1)
PROGRESS = 0.5  # what the progress of one of its rules around the figure weighs
NEAREST = 10  # rules whose progress counts


def guess_measure(here: Around, book: Book, known: Sequence[Measure]) -> Measure:
    """The most likely of some measures for a figure; the first of them where nothing speaks for any."""
    usual, said = _usual(here, book), _said(book)
    spread = Counter(sign for signs in said.values() for sign in signs)
    wanted = _signs(word.text for word in (*here.before, *here.after) if word.telling)
    like = {
        measure: sum(math.log(1 + len(said) / spread[sign]) * len(sign) for sign in wanted & said.get(measure, set()))
        for measure in known
    }
    progress: dict[Measure, float] = defaultdict(float)
    for attempt in nearest_rules(here.segment, here.index, book)[:NEAREST]:
        table, _, measure = attempt.measure.partition(".")
        progress[table, measure] = max(progress[table, measure], attempt.share)
    most_like, most_usual = max(like.values()) or 1, max((usual[measure] for measure in known), default=0) or 1

    def score(measure: Measure) -> float:
        return like[measure] / most_like + USUAL * usual[measure] / most_usual + PROGRESS * progress[measure]

    return max(known, key=lambda measure: (score(measure), measure))


def _usual(here: Around, book: Book) -> dict[Measure, float]:
    """How much rules of each measure are made for quantities such as this; a slot for many kinds counts little."""
    kind = 1 << mention_kind(here.segment.code[here.segment.quantity_at[here.index]])
    weights: dict[Measure, float] = defaultdict(float)
    for rule in book.rules:
        for pattern in rule.patterns:
            if pattern.kinds & kind:
                weights[rule.table, rule.template["measure"]] += 1 / pattern.kinds.bit_count() ** 2
    return weights


def _said(book: Book) -> dict[Measure, set[str]]:
    """The characters and pairs of characters in the examples and the words of each measure's rules."""
    said: dict[Measure, set[str]] = defaultdict(set)
    for rule in book.rules:
        words = (word for pattern in rule.patterns for group in pattern.triggers for word in group)
        texts = (example.text for example in rule.examples)
        said[rule.table, rule.template["measure"]] |= _signs([*words, *texts])
    return said


def _signs(texts: Iterable[str]) -> set[str]:
    return {text[at : at + size] for text in texts for size in (1, 2) for at in range(len(text) - size + 1)}
