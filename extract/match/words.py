"""The words that numbers are read by: units, hedges, and the words that only look like numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from ..paths import read_pattern_file


@dataclass(frozen=True, slots=True)
class Unit:
    """One spelling of a unit: its canonical `name`, `kind`, and how many base units (`factor`) it stands for."""

    word: str
    name: str
    kind: str
    factor: Fraction
    not_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Everything around numerals that patterns/units.yaml and patterns/numerals.yaml say."""

    units: dict[str, tuple[Unit, ...]]  # by first character, longest first
    before: re.Pattern[str]
    before_bounds: dict[str, str]
    before_power: re.Pattern[str]
    after: re.Pattern[str]
    after_bounds: dict[str, str]
    not_numbers: dict[str, tuple[str, ...]]  # by each numeral character in them
    markers: frozenset[str] = field(default_factory=frozenset)

    def unit_at(self, text: str, pos: int) -> Unit | None:
        """The longest unit that stands at `pos`."""
        for unit in self.units.get(text[pos : pos + 1], ()):
            if text.startswith(unit.word, pos) and not text.startswith(unit.not_before or "\0", pos + len(unit.word)):
                return unit
        return None


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _by_bound(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: bound for bound, words in table.items() for word in words}


@cache
def number_words() -> NumberWords:
    """The shipped words, read once."""
    spelled: dict[str, list[Unit]] = {}
    for entry in read_pattern_file("units.yaml"):
        barred = entry.get("not_before", {})
        for word in entry["words"]:
            unit = Unit(word, entry["unit"], entry["kind"], Fraction(entry.get("factor", "1")), tuple(barred.get(word, ())))
            spelled.setdefault(word[0], []).append(unit)
    data: dict[str, Any] = read_pattern_file("numerals.yaml")
    before, after = _by_bound(data["before"]), _by_bound(data["after"])
    barred_after = data["not_after"]
    after_pattern = "|".join(
        re.escape(w) + (f"(?!{_alternation(barred_after[w])})" if w in barred_after else "")
        for w in sorted(after, key=lambda w: -len(w))
    )
    not_numbers: dict[str, list[str]] = {}
    for word in dict.fromkeys(data["words"].split()):
        for char in set(word):
            not_numbers.setdefault(char, []).append(word)
    return NumberWords(
        units={c: tuple(sorted(us, key=lambda u: -len(u.word))) for c, us in spelled.items()},
        before=re.compile(f"(?:{_alternation(list(before))})$"),
        before_bounds=before,
        before_power=re.compile(f"(?:{_alternation(data['before_power']['over'])})$"),
        after=re.compile(after_pattern),
        after_bounds=after,
        not_numbers={c: tuple(sorted(ws, key=lambda w: -len(w))) for c, ws in not_numbers.items()},
        markers=frozenset(data["list_markers"]),
    )


def exact(value: Decimal, factor: Fraction) -> Decimal:
    """`value` times `factor`, exact whenever the product has a finite decimal form (else to 28 digits)."""
    return value if factor == 1 else value * factor.numerator / factor.denominator
