"""Where a text may speak of money: the clauses that name a currency, so that the others need not be read."""

from __future__ import annotations

import re
from functools import cache

from .headings import HEADING
from .numerals import HAN, SLACK
from .words import number_words

_HANZI = "\u3400-\u9fff"
_NUMERIC = f"{HAN}{SLACK}半把數数日号號"
_STOPS = "。；！？"
# A comma over which nothing reaches that bears on a number: between words, behind no number and no day.
_COMMA = re.compile(f"，(?<=[{_HANZI}]，)(?<![{_NUMERIC}]，)(?=[{_HANZI}])(?![{_NUMERIC}])")
_BREAK = re.compile(f"[{_STOPS}]|{_COMMA.pattern}")


def money_clauses(text: str) -> list[tuple[int, int]] | None:
    """The half-open stretches of `text` outside which no money is told; None where a heading names money for many."""
    found: list[tuple[int, int]] = []
    end = 0
    for hit in _currency().finditer(text):
        if hit.end() <= end:
            continue
        start = _start_of_clause(text, end, hit.start())
        behind = _BREAK.search(text, hit.end())
        end = behind.end() if behind else len(text)
        if HEADING.search(text, start, end):
            return None
        found.append((start, end))
    return found


def _start_of_clause(text: str, low: int, pos: int) -> int:
    """Where the clause around `pos` begins, not before `low`."""
    comma = text.rfind("，", low, pos)
    while comma >= 0 and not _COMMA.match(text, comma):
        comma = text.rfind("，", low, comma)
    start = max(low, comma + 1)
    for stop in _STOPS:
        start = max(start, text.rfind(stop, start, pos) + 1)
    return start


@cache
def _currency() -> re.Pattern[str]:
    """The last character of whatever names a currency, behind the one before it where it is an everyday one.

    It begins with one set of characters, so that the engine runs through all others without a halt.
    """
    words = number_words()
    names = {unit.word for unit in words.units.values() if unit.kind == "money"}
    names |= {unit.word for units in words.currencies.values() for unit in units}
    lone = {name for name in names if len(name) == 1}
    pairs = {name[-2:] for name in names if lone.isdisjoint(name)}
    lasts, firsts = {*lone, *(pair[1] for pair in pairs)}, {pair[0] for pair in pairs}
    return re.compile(
        f"[{_set_of(lasts)}](?:(?<=[{_set_of(lone)}])|(?<=[{_set_of(firsts)}].)(?<={'|'.join(sorted(pairs))}))"
    )


def _set_of(characters: set[str]) -> str:
    return re.escape("".join(sorted(characters)))
