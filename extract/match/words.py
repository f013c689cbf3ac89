"""The words that numbers are read by: units, hedges, and the words that only look like numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, get_args

from ..paths import read_pattern_file
from .mentions import Bound
from .numerals import HAN, SLACK, plain

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Unit:
    """One spelling of a unit: its canonical `name`, `kind`, and how many base units (`factor`) it stands for.

    Where `digits_only` is set, a Chinese numeral with it is a name (三级网络); where `only_after` is not empty, one of
    these words must stand before the number.
    """

    word: str
    name: str
    kind: str
    factor: Fraction = ONE
    digits_only: bool = False
    only_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word beside a number: the `bound` that it gives.

    `barred` words hold it and are no hedges (签约), unless they are part of `allowed` ones (折合约). With `at_end` no
    Chinese character may follow; a unit of these kinds or words (`units`, () for any) must stand before.
    """

    word: str
    bound: Bound
    barred: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    at_end: bool = False
    units: tuple[str, ...] = ()


@dataclass(slots=True)
class Whole:
    """A word in which a numeral is no number, at `[start, end)`; `is_name` tells a name (五社联动) from 进一步."""

    start: int
    end: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class Articles:
    """The measure words that 一 is an article with, and the words behind which it counts all the same."""

    units: frozenset[str]
    counted_after: tuple[str, ...]
    given_units: frozenset[str]
    given_after: tuple[str, ...]


W = TypeVar("W", Unit, Hedge)
_REACH = 16  # how far back a hedge may reach over verbs


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Everything around numerals that patterns/units.yaml and patterns/numerals.yaml say.

    Words are found by a character of theirs, the longest first: what stands behind a number by its first character,
    what stands before one by its last.
    """

    units: Mapping[str, Unit]
    unit_patterns: Mapping[str, re.Pattern[str]]
    number_tails: frozenset[str]  # what a number may go on with behind its numeral
    currencies: Mapping[str, tuple[Unit, ...]]
    leading_currency: re.Pattern[str]
    before: Mapping[str, tuple[Hedge, ...]]
    before_power: Mapping[str, tuple[Hedge, ...]]
    reaching: re.Pattern[str]
    reaching_bounds: Mapping[str, Bound]
    reaching_ends: frozenset[str]
    after: Mapping[str, tuple[Hedge, ...]]
    not_slack: tuple[str, ...]
    wholes: Mapping[str, tuple[tuple[str, int, bool], ...]]
    labels: tuple[str, ...]
    list_markers: tuple[str, ...]
    name_heads: frozenset[str]  # the first characters of labels and list markers
    numbered: tuple[str, ...]
    call_service: re.Pattern[str]
    clock_before: tuple[str, ...]
    clock_after: tuple[str, ...]
    counting_verbs: tuple[str, ...]
    articles: Articles

    def unit_at(self, text: str, pos: int) -> Unit | None:
        """The longest unit that stands at `pos`."""
        pattern = self.unit_patterns.get(text[pos : pos + 1])
        found = pattern.match(text, pos) if pattern else None
        return self.units[found[0]] if found else None

    def currency_at(self, text: str, pos: int) -> int:
        """Where the currency that begins at `pos` and stands before a number ends; `pos` where there is none."""
        found = self.leading_currency.match(text, pos)
        return found.end() if found else pos

    def currency_before(self, text: str, pos: int) -> Unit | None:
        """The longest currency that ends at `pos`."""
        for unit in self.currencies.get(text[pos - 1 : pos], ()):
            if text.endswith(unit.word, 0, pos):
                return unit
        return None

    def hedge_before(self, text: str, pos: int) -> Hedge | None:
        """The longest hedge that ends at `pos`."""
        return _ending(self.before, text, pos)

    def power_hedge_before(self, text: str, pos: int) -> Hedge | None:
        """The hedge that ends at `pos` and holds only before a power without a figure of its own: 上千."""
        return _ending(self.before_power, text, pos)

    def hedge_reaching(self, text: str, pos: int, floor: int) -> Hedge | None:
        """The hedge that reaches over a verb to `pos` (至少配备2名), looked for down to `floor`."""
        found = self.reaching.search(text, max(floor, pos - _REACH), pos)
        return Hedge(found["hedge"], self.reaching_bounds[found["hedge"]]) if found else None

    def hedge_after(self, text: str, pos: int, unit: Unit | None) -> Hedge | None:
        """The longest hedge that starts at `pos`, behind that unit."""
        for hedge in self.after.get(text[pos : pos + 1], ()):
            if not text.startswith(hedge.word, pos):
                continue
            behind = text[pos + len(hedge.word) : pos + len(hedge.word) + 1]
            if text.startswith(hedge.barred, pos) or (hedge.at_end and "\u4e00" <= behind <= "\u9fff"):
                return None
            fits = not hedge.units or (unit is not None and (unit.kind in hedge.units or unit.word in hedge.units))
            return hedge if fits else None
        return None

    def whole_around(self, text: str, pos: int) -> Whole | None:
        """The longest word around the numeral character at `pos` in which it is no number."""
        best: Whole | None = None
        for key in (text[pos - 1 : pos + 1] if pos else "", text[pos : pos + 2]):
            for word, offset, is_name in self.wholes.get(key, ()):
                start = pos - offset
                if start >= 0 and text.startswith(word, start):
                    found = Whole(start, start + len(word), is_name)
                    if best is None or found.end - found.start > best.end - best.start:
                        best = found
        return best


def _ending(table: Mapping[str, tuple[Hedge, ...]], text: str, pos: int) -> Hedge | None:
    for hedge in table.get(text[pos - 1 : pos], ()):
        if text.endswith(hedge.word, 0, pos):
            is_barred = text.endswith(hedge.barred, 0, pos) and not text.endswith(hedge.allowed, 0, pos)
            return None if is_barred else hedge
    return None


@cache
def number_words() -> NumberWords:
    """The shipped words, read once.

    Raises ValueError when a hedge has a bound that is none, KeyError when a list is missing.
    """
    data: dict[str, Any] = read_pattern_file("numerals.yaml")
    units, currencies = _units(read_pattern_file("units.yaml"))
    hedges = [
        replace(hedge, allowed=tuple(word for word in data["but_before"] if word.endswith(hedge.word)))
        for hedge in _hedges(data["before"], data["not_before"], str.endswith)
    ]
    reaching = data["reaching"]
    return NumberWords(
        units={unit.word: unit for unit in units},
        unit_patterns=_unit_patterns(units),
        number_tails=frozenset({unit.word[0] for unit in units} | set(f"{SLACK} /／又分")),
        currencies=_grouped(currencies, -1),
        leading_currency=re.compile(any_of(unit.word for unit in currencies)),
        before=_grouped(hedges, -1),
        before_power=_grouped(_hedges(data["before_power"], data["not_before_power"], str.endswith), -1),
        reaching=re.compile(f"(?P<hedge>{any_of(reaching['hedges'])})(?:{any_of(reaching['words'])}){{1,3}}+\\Z"),
        reaching_bounds={hedge.word: hedge.bound for hedge in hedges},
        reaching_ends=frozenset(word[-1] for word in reaching["words"]),
        after=_grouped(_hedges_after(data), 0),
        not_slack=tuple(data["not_slack"]),
        wholes=_wholes(data),
        labels=tuple(data["labels"]),
        list_markers=tuple(data["list_markers"]),
        name_heads=frozenset(word[0] for word in data["labels"] + data["list_markers"]),
        numbered=tuple(data["numbered"]),
        call_service=re.compile(
            rf"[”’」』\"]?[\u4e00-\u9fff]{{0,8}}?(?:24小时|7×24小时)?(?:{any_of(data['call_services'])})"
        ),
        clock_before=tuple(data["clock_before"]),
        clock_after=tuple(data["clock_after"]),
        counting_verbs=tuple(data["counting_verbs"]),
        articles=_articles(data["article"]),
    )


def _articles(told: dict[str, list[str]]) -> Articles:
    units, given_units = frozenset(told["units"]), frozenset(told["given_units"])
    return Articles(units, tuple(told["counted_after"]), given_units, tuple(told["given_after"]))


def any_of(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _units(entries: list[dict[str, Any]]) -> tuple[dict[Unit, list[str]], list[Unit]]:
    """Each spelling of each unit: those behind a number with the words that may not follow, and those before it."""
    behind: dict[Unit, list[str]] = {}
    before: list[Unit] = []
    for entry in entries:
        name, kind = entry["unit"], entry["kind"]
        factor = Fraction(entry["factor"]) if "factor" in entry else ONE
        barred, digits_only = entry.get("not_before", {}), entry.get("digits_only", ())
        only_after = tuple(entry.get("only_after", ()))
        words, leads = entry["words"], entry.get("before", [])
        if kind == "money" and factor == ONE:
            words, leads = _money_words(name, words, leads)
        for word in words:
            behind[Unit(word, name, kind, factor, word in digits_only, only_after)] = barred.get(word, [])
        before.extend(Unit(word, name, kind, factor) for word in leads)
    return behind, before


def _money_words(code: str, words: list[str], leads: list[str]) -> tuple[list[str], list[str]]:
    """What a currency is called behind a number and before it, with its code; of foreign ones also 三万元欧元."""
    codes = [code, code.lower()]
    names = [] if code == "CNY" else [word for word in words if len(word) > 1 and "\u3400" <= word[0] <= "\u9fff"]
    behind = [*words, *codes, *(first + name for name in names for first in ("元", "块"))]
    return list(dict.fromkeys(behind)), list(dict.fromkeys([*leads, *codes, *names]))


def _unit_patterns(units: dict[Unit, list[str]]) -> dict[str, re.Pattern[str]]:
    """By first character, the spellings of units, the longest first, each barred before some words."""
    groups: dict[str, list[str]] = {}
    for unit, barred in sorted(units.items(), key=lambda item: (-len(item[0].word), item[0].word)):
        bar = f"(?!{any_of(barred)})" if barred else ""
        groups.setdefault(unit.word[0], []).append(re.escape(unit.word) + bar)
    return {char: re.compile("|".join(group)) for char, group in groups.items()}


def _hedges(table: dict[Bound, list[str]], barred: list[str], holds: Callable[[str, str], bool]) -> list[Hedge]:
    """The hedges of a table, each with the barred words that it ends (or starts)."""
    if unknown := sorted(set(table) - set(get_args(Bound))):
        raise ValueError(f"patterns/numerals.yaml: '{unknown[0]}' is no bound; use one of {', '.join(get_args(Bound))}")
    return [
        Hedge(word, bound, tuple(other for other in barred if holds(other, word)))
        for bound, words in table.items()
        for word in words
    ]


def _hedges_after(data: dict[str, Any]) -> list[Hedge]:
    """The hedges behind a number, some of them at the end of a clause or behind certain units only."""
    return [
        replace(
            hedge,
            at_end=hedge.word in data["after_at_end"],
            units=tuple(data["after_units"].get(hedge.word, ())),
        )
        for hedge in _hedges(data["after"], data["not_after"], str.startswith)
    ]


def _wholes(data: dict[str, Any]) -> dict[str, tuple[tuple[str, int, bool], ...]]:
    """The words in which a numeral is no number, by each numeral in them with the character beside it.

    Each comes with the offset of the numeral in it, and whether it is a name.
    """
    table: dict[str, list[tuple[str, int, bool]]] = {}
    for group in ("everyday_words", "idioms", "place_names", "fixed_names"):
        for word in data[group].split():
            for offset, char in enumerate(word):
                if char in HAN or char == "半":
                    key = word[offset - 1 : offset + 1] if offset else word[:2]
                    table.setdefault(key, []).append((word, offset, group == "fixed_names"))
    return {key: tuple(dict.fromkeys(entries)) for key, entries in table.items()}


def _grouped(items: Iterable[W], index: int) -> dict[str, tuple[W, ...]]:
    """Items by one character of their word, the longest first."""
    table: dict[str, list[W]] = {}
    for item in items:
        table.setdefault(item.word[index], []).append(item)
    return {char: tuple(sorted(group, key=lambda item: -len(item.word))) for char, group in table.items()}


def exact(value: Decimal, factor: Fraction) -> Decimal:
    """`value` times `factor`: exact whenever the product has a finite decimal form of 28 digits."""
    return value if factor is ONE else plain(value * factor.numerator / factor.denominator)
