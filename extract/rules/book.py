"""The book of rules: YAML files read, checked and compiled; every fault of a load told at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, reduce
from operator import itemgetter, or_
from typing import Any, NamedTuple

from .language import Pattern, Vocabulary, compile_pattern
from .sources import Example, Reject, RuleSource

_FIRST = itemgetter(0)


class RuleError(ValueError):
    """Rules that cannot be used; `faults` lists each with its file, id and remedy."""

    def __init__(self, faults: Iterable[str]):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Rule:
    """A compiled rule. `order` is its place in the book: of equals, the later (a user's) wins."""

    source: RuleSource
    file: str
    order: int
    vocabulary: Vocabulary = field(repr=False)
    shipped: bool = False

    @property
    def id(self) -> str:
        """The rule's id, as records carry it."""
        return self.source.id

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The rule's patterns, compiled when first wanted."""
        return tuple(compile_pattern(text, self.vocabulary) for text in self.written)

    @property
    def written(self) -> tuple[str, ...]:
        """The rule's patterns as its author wrote them."""
        return (self.source.match,) if isinstance(self.source.match, str) else self.source.match

    @property
    def table(self) -> str:
        """The table that its records go to."""
        return self.source.record.table

    @cached_property
    def template(self) -> dict[str, str]:
        """What the rule fixes of its records, by field."""
        return self.source.template

    @property
    def examples(self) -> tuple[Example, ...]:
        """The author's examples."""
        return self.source.examples

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The author's counter-examples."""
        return self.source.rejects


@dataclass
class RuleBook:
    """Rules with the words and tables that they use."""

    rules: list[Rule]
    vocabulary: Vocabulary
    tables: dict[str, dict[str, dict[str, str]]]  # table -> measure -> defaults (nature, unit)
    version: str  # a hash of all that the rules and the words beside them say
    packs: dict[str, str] = field(default_factory=dict)  # the versions of the rule packs that are in it, by name

    @cached_property
    def _triggers(self) -> _Triggers:
        return _Triggers(self.rules)

    def __getstate__(self) -> dict[str, Any]:
        """What another process or a later run is given: all but what is made of it when it is first wanted."""
        return {name: value for name, value in self.__dict__.items() if name != "_triggers"}

    def compiled(self, vocabulary: Vocabulary) -> dict[str | tuple[str, ...], tuple[Pattern, ...]]:
        """The compiled patterns by what the rules match, as far as they hold for a vocabulary, too."""
        return {rule.source.match: rule.patterns for rule in self.rules} if vocabulary == self.vocabulary else {}

    def candidates(self, code: str, kinds: int) -> list[Candidate]:
        """The patterns for `kinds` of quantities whose trigger words all stand in a sentence, by falling priority."""
        return self._triggers.found(code, kinds) if self.rules else []


class Candidate(NamedTuple):
    """A pattern of a rule; sorts by falling priority, then by the places of the rule and of its pattern."""

    rank: int  # the priority, negative
    number: int
    which: int
    rule: Rule
    pattern: Pattern


DEPTH = 3


class _Triggers:
    """Which patterns can match at all: one Aho-Corasick pass finds the trigger words that a sentence has.

    Candidates are bits of whole numbers, the highest bit that of the highest priority; the first `size` bits say which
    have a word of their first set of triggers, the next `size` bits which have one of their second, and so on, up to
    `DEPTH`: what the most telling sets let pass, further ones seldom stop.
    """

    def __init__(self, rules: Sequence[Rule]):
        from ahocorasick_rs import AhoCorasick

        self.candidates = sorted(
            (
                Candidate(-rule.source.priority, number, which, rule, pattern)
                for number, rule in enumerate(rules)
                for which, pattern in enumerate(rule.patterns)
            ),
            reverse=True,
        )
        self.size = len(self.candidates)
        self.depth = min(DEPTH, max(len(candidate.pattern.triggers) for candidate in self.candidates))
        self.unasked = 0  # the sets of triggers that candidates do not have
        of_word: dict[str, int] = {}
        for number, candidate in enumerate(self.candidates):
            triggers = candidate.pattern.triggers[: self.depth]
            for place, words in enumerate(triggers):
                for word in words:
                    of_word[word] = of_word.get(word, 0) | 1 << place * self.size + number
            for place in range(len(triggers), self.depth):
                self.unasked |= 1 << place * self.size + number
        self.machine = AhoCorasick(list(of_word), store_patterns=False)
        self.of_word = list(of_word.values())
        self.of_kinds = cache(self._of_kinds)

    def _of_kinds(self, kinds: int) -> int:
        """The candidates for any of some kinds of quantities."""
        return sum(1 << n for n, candidate in enumerate(self.candidates) if candidate.pattern.kinds & kinds)

    def found(self, code: str, kinds: int) -> list[Candidate]:
        """The candidates that `code` has all words for, the highest priority first."""
        left = self.of_kinds(kinds)
        if not left:
            return []
        hits = set(map(_FIRST, self.machine.find_matches_as_indexes(code, overlapping=True)))
        have = reduce(or_, map(self.of_word.__getitem__, hits), self.unasked)
        for _ in range(self.depth):
            left &= have
            have >>= self.size
        found, candidates = [], self.candidates
        while left:
            number = left.bit_length() - 1
            found.append(candidates[number])
            left ^= 1 << number
        return found
