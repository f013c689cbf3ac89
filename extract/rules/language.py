"""The rule language: a pattern that looks like the sentence it matches, compiled to a small regular expression.

Grammar::

    pattern  = choice
    choice   = sequence ("|" sequence)*
    sequence = item*
    item     = literal | " " | "…" | "^" | "{" name "}" | "(" choice ")" | "[" choice "]"

A literal stands for itself; `^` is the beginning of a clause. `[…]` may be left out; `(…)` groups; `|` is either. A
blank is a short gap inside the clause: at most 22 characters, no comma, no other quantity but a duration or a
measure, no verb of `gap_stops`. `…` is a long gap inside the sentence: at most 40 characters, commas and quantities
allowed. `{name}` is a slot: a quantity (`{people}`), `{date}`, `{place}`, a word class (`{facility}`) or a phrase,
which is a named pattern. A quantity slot whose name begins with `_` must be there but makes no record.

Patterns are matched against an encoded sentence, in which every mention is one private-use character that tells its
kind (`encoding`). Gaps are bounded, so that matching time is linear in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from typing import Any, NamedTuple

import regex

from .encoding import COUNTED, MENTION_SLOTS, QUANTITY_SLOTS, block

GAP = 22
LONG_GAP = 40


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that a slot stands for; each with the characters that must not stand before it."""

    name: str
    words: tuple[tuple[str, tuple[str, ...]], ...]

    def expression(self) -> str:
        """The words as a regular expression."""
        return either(self.words)


@cache
def either(words: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """A regular expression for one of some words, the longest of a first character first; what must not stand before.

    Every branch begins with a character of its own, by which a search passes over the text fast.
    """
    rests: dict[str, list[str]] = {}
    for word, not_after in sorted(words, key=lambda w: (-len(w[0]), w[0])):
        first = word[:1]
        barred = "".join(f"(?<!{regex.escape(left + first)})" for left in not_after)
        rests.setdefault(first, []).append(barred + regex.escape(word[1:]))
    return "|".join(f"{regex.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What names in braces mean: word classes and phrases; and the verbs that a short gap does not cross."""

    classes: dict[str, WordClass] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    gap_stops: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """Every slot name, in the order of the documentation."""
        return [*QUANTITY_SLOTS, *MENTION_SLOTS, *self.classes, *self.phrases]


class PatternError(ValueError):
    """A pattern that cannot be read: `column` counts from 1."""

    def __init__(self, message: str, column: int):
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Pattern:
    """A pattern over encoded sentences: its `source` as a regular expression, and its slots.

    Every match holds a word of each set of `triggers`, the most telling set first; `kinds` has a bit for every kind
    of quantity that the pattern makes records of. Both expressions are compiled when they are first wanted.
    """

    source: str
    triggers: tuple[frozenset[str], ...]
    slots: tuple[str, ...]
    kinds: int

    @cached_property
    def expression(self) -> regex.Pattern[str]:
        """The expression with its groups: `q` the quantities, `gap` the gaps, and the words of each class."""
        return regex.compile(self.source)

    @cached_property
    def probe(self) -> re.Pattern[str]:
        """The same for the standard library's faster engine, its groups numbered: see `groups`."""
        return re.compile(_GROUP.sub("(", self.source))

    @cached_property
    def groups(self) -> Groups:
        """Which groups of `probe` hold what."""
        named = list(enumerate(_GROUP.findall(self.source), 1))
        return Groups(
            tuple(number for number, name in named if name == "q"),
            tuple(number for number, name in named if name == "gap"),
            tuple((number, name) for number, name in named if name not in ("q", "x", "gap")),
        )

    def __getstate__(self) -> dict[str, Any]:
        """What another process or a later run is given: no compiled expressions, which would cost it time at once."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def matches(self, code: str) -> list[re.Match[str]]:
        """Every match of `probe` in an encoded sentence, overlapping ones too: at most one from each place on."""
        matches, found = [], self.probe.search(code)
        while found:
            matches.append(found)
            found = self.probe.search(code, found.start() + 1)
        return matches


class Groups(NamedTuple):
    """The numbers of a pattern's groups: its quantities, its gaps, and its words with their names."""

    quantities: tuple[int, ...]
    gaps: tuple[int, ...]
    words: tuple[tuple[int, str], ...]


_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a pattern: its expression, and the sets of words of each of which every match holds one."""

    expression: str
    triggers: tuple[frozenset[str], ...]
    slots: tuple[str, ...] = ()


def compile_pattern(text: str, vocabulary: Vocabulary) -> Pattern:
    """The compiled pattern. Raises PatternError with the column of the first fault."""
    piece = _Parser(text, vocabulary).parse()
    if not any(s.lstrip("_") in QUANTITY_SLOTS and not s.startswith("_") for s in piece.slots):
        raise PatternError("no quantity slot; write at least one of " + _braced(QUANTITY_SLOTS), 1)
    if not piece.triggers:
        raise PatternError("no word that every match must hold; write a literal or a word slot outside brackets", 1)
    kinds = sum({1 << kind for slot in piece.slots for kind in QUANTITY_SLOTS.get(slot, ())})
    triggers = tuple(sorted(set(piece.triggers), key=_selectivity, reverse=True))
    return Pattern(piece.expression, triggers, piece.slots, kinds)


def piece_expression(text: str, vocabulary: Vocabulary) -> str:
    """The regular expression of a part of a pattern. Raises PatternError with the column of the first fault."""
    return _Parser(text, vocabulary).parse().expression


def check_phrase(text: str, vocabulary: Vocabulary) -> None:
    """Nothing when a phrase can be read. Raises PatternError with the column of the first fault."""
    _Parser(text, vocabulary).parse()


def _braced(names: object) -> str:
    return ", ".join("{" + str(n) + "}" for n in names)  # type: ignore[attr-defined]


class _Parser:
    """A recursive-descent reader of the grammar above."""

    def __init__(self, text: str, vocabulary: Vocabulary, inside: tuple[str, ...] = ()):
        self.text, self.vocabulary, self.inside = text, vocabulary, inside
        self.pos = 0
        closed = f"，。；：！？,;\\n{COUNTED}"
        firsts = "".join(sorted({regex.escape(stop[0]) for stop in vocabulary.gap_stops}))
        stops = either(tuple((stop, ()) for stop in vocabulary.gap_stops))
        unit = f"(?:[^{closed}{firsts}]|(?=[{firsts}])(?!{stops})[{firsts}])" if stops else f"[^{closed}]"
        self.gap = f"(?P<gap>{unit}{{0,{GAP}}}?)"
        self.long_gap = f"(?P<gap>[^。！？\\n]{{0,{LONG_GAP}}}?)"

    def parse(self) -> _Piece:
        piece = self.choice()
        if self.pos < len(self.text):
            raise PatternError(f"unexpected {self.text[self.pos]!r}", self.pos + 1)
        return piece

    def choice(self) -> _Piece:
        options = [self.sequence()]
        while self.text.startswith("|", self.pos):
            self.pos += 1
            options.append(self.sequence())
        if len(options) == 1:
            return options[0]
        best = [max(o.triggers, key=_selectivity) for o in options if o.triggers]
        return _Piece(
            "(?:" + "|".join(o.expression for o in options) + ")",
            (frozenset().union(*best),) if len(best) == len(options) else (),
            tuple(s for o in options for s in o.slots),
        )

    def sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while self.pos < len(self.text) and self.text[self.pos] not in "|)]":
            pieces.append(self.item())
        return _Piece(
            "".join(p.expression for p in pieces),
            tuple(t for p in pieces for t in p.triggers),
            tuple(s for p in pieces for s in p.slots),
        )

    def item(self) -> _Piece:
        char, column = self.text[self.pos], self.pos + 1
        if char == " ":
            self.pos += 1
            return _Piece(self.gap, ())
        if char == "…":
            self.pos += 1
            return _Piece(self.long_gap, ())
        if char == "^":
            self.pos += 1
            return _Piece("(?<![^，：；。“、（.,;:|\u2600-\u27bf\ufe0f\U0001f000-\U0001ffff])", ())
        if char in "([":
            return self.group(char, column)
        if char == "{":
            return self.slot(column)
        if char == "}":
            raise PatternError("'}' without '{'", column)
        return self.literal_run()

    def literal_run(self) -> _Piece:
        start = self.pos
        while self.pos < len(self.text) and self.text[self.pos] not in " …^()[]{}|":
            if self.text[self.pos].isdigit():
                raise PatternError("a digit in a pattern never matches; write a quantity slot", self.pos + 1)
            self.pos += 1
        word = self.text[start : self.pos]
        return _Piece(regex.escape(word), (frozenset((word,)),))

    def group(self, opening: str, column: int) -> _Piece:
        closing = ")" if opening == "(" else "]"
        self.pos += 1
        inner = self.choice()
        if not self.text.startswith(closing, self.pos):
            raise PatternError(f"'{opening}' is not closed by '{closing}'", column)
        self.pos += 1
        if opening == "(":
            return _Piece(f"(?:{inner.expression})", inner.triggers, inner.slots)
        return _Piece(f"(?:{inner.expression})?", (), inner.slots)

    def slot(self, column: int) -> _Piece:
        end = self.text.find("}", self.pos)
        if end < 0:
            raise PatternError("'{' is not closed by '}'", column)
        name = self.text[self.pos + 1 : end]
        self.pos = end + 1
        plain = name.removeprefix("_")
        if plain in QUANTITY_SLOTS:
            group = "x" if name.startswith("_") else "q"
            kinds = "".join(block(kind) for kind in QUANTITY_SLOTS[plain])
            return _Piece(f"(?P<{group}>[{kinds}])", (), (name,))
        if name in MENTION_SLOTS:
            return _Piece(f"(?P<{name}>[{block(MENTION_SLOTS[name])}])", (), (name,))
        if name in self.vocabulary.classes:
            words = self.vocabulary.classes[name]
            return _Piece(f"(?P<{name}>{words.expression()})", (frozenset(w for w, _ in words.words),), (name,))
        if name in self.vocabulary.phrases:
            return self.phrase(name, column)
        raise PatternError(f"unknown slot {{{name}}}; known are {_braced(self.vocabulary.names())}", column)

    def phrase(self, name: str, column: int) -> _Piece:
        if name in self.inside:
            raise PatternError(f"phrase {{{name}}} holds itself", column)
        try:
            piece = _Parser(self.vocabulary.phrases[name], self.vocabulary, (*self.inside, name)).parse()
        except PatternError as fault:
            raise PatternError(f"in phrase {{{name}}}, column {fault.column}: {fault}", column) from None
        return _Piece(f"(?:{piece.expression})", piece.triggers, piece.slots)


def _selectivity(words: frozenset[str]) -> tuple[int, int]:
    """How well a set of words decides whether a rule is tried: long words first, then few of them."""
    return min(len(w) for w in words), -len(words)
