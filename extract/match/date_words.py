"""The date words of patterns/dates.yaml, and the regular expressions that are made of them.

A word is read with up to two blanks or line breaks between its characters and in either script; `simplified` takes a
matched word back to the spelling of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..paths import read_pattern_file

HANZI = "\u3400-\u9fff"
GAP = r"\s{0,2}"

# Which kind of word each list of the file holds, and from where its offsets are counted.
_OFFSET_LISTS = {
    "years": ("year_word", "reference"),
    "years_in_sentence": ("year_word", "sentence"),
    "years_in_text": ("year_word", "text"),
    "months": ("month_word", "reference"),
    "months_in_text": ("month_word", "text"),
    "quarters": ("quarter_word", "reference"),
    "weeks": ("week_word", "reference"),
    "days": ("day_word", "reference"),
    "days_in_text": ("day_word", "text"),
}
_PLAIN_LISTS = ("now", "vague", "compared")
_WORD_LISTS = ("bare_year_before", "future", "holiday_before", "holiday_not_before", "loose")


@dataclass(frozen=True)
class Word:
    """What a date word means: its kind, the offset that it carries and what that offset is counted from."""

    kind: str
    offset: int = 0
    anchor: str = ""


@dataclass(frozen=True)
class DateWords:
    """Everything that patterns/dates.yaml says, in the form that the matcher uses."""

    words: dict[str, Word]
    guards: dict[str, dict[str, list[str]]]
    plans: dict[str, tuple[int, int]]
    holidays: dict[str, tuple[str, tuple[int, ...]]]
    edges: dict[str, list[str]]
    lists: dict[str, list[str]]
    rule_words: dict[str, list[str]]
    relations: dict[str, list[str]]
    relation_guards: dict[str, list[str]]
    relation_lead_guards: dict[str, list[str]]
    traditional: dict[str, str]


@cache
def date_words() -> DateWords:
    """The date words as patterns/dates.yaml holds them.

    Raises ValueError where a guard names no date word.
    """
    told: dict[str, Any] = read_pattern_file("dates.yaml")
    words = {word: Word(name) for name in _PLAIN_LISTS for word in told[name]}
    for name, (kind, anchor) in _OFFSET_LISTS.items():
        words |= {word: Word(kind, int(offset), anchor) for word, offset in told[name].items()}
    for word in told["guards"].keys() - words.keys():
        raise ValueError(
            f"patterns/dates.yaml, guard {word!r}: no such date word; add it to a list or take the guard out"
        )
    return DateWords(
        words=words,
        guards=told["guards"],
        plans={name: (int(first), int(last)) for name, (first, last) in told["plans"].items()},
        holidays={
            name: (rule, tuple(map(int, numbers)))
            for name, holiday in told["holidays"].items()
            for rule, numbers in holiday.items()
        },
        edges=told["edges"],
        lists={name: told[name] for name in _WORD_LISTS},
        rule_words=told["rule_words"],
        relations=told["relations"],
        relation_guards=told["relation_guards"],
        relation_lead_guards=told["relation_lead_guards"],
        traditional=told["traditional"],
    )


@cache
def _to_simplified() -> dict[int, str]:
    return {ord(old): new for new, old in date_words().traditional.items()}


def simplified(word: str) -> str:
    """The word without blanks, in simplified characters."""
    return "".join(word.split()).translate(_to_simplified())


def _letter(character: str) -> str:
    other = date_words().traditional.get(character, "")
    return f"[{character}{other}]" if other else re.escape(character)


def spaced(word: str) -> str:
    """A pattern for the word in either script, with room for a line break between its characters."""
    return GAP.join(map(_letter, word))


def either(words: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(spaced(word) for word in sorted(words, key=len, reverse=True)) + ")"


def not_before(words: list[str]) -> str:
    """A lookahead that refuses the words, blanks aside."""
    return f"(?!{GAP}{either(words)})" if words else ""


def not_after(words: list[str], then: str = "") -> str:
    """A lookbehind that refuses the words (before `then`, where the pattern has already passed that character)."""
    return "".join(f"(?<!{''.join(map(_letter, word))}{then})" for word in words)


def guarded(word: str) -> str:
    """A pattern for a date word with its guards; its first character comes first, so that a search can start on it."""
    guard = date_words().guards.get(word, {})
    first, rest = _letter(word[0]), word[1:]
    before = not_after(guard.get("after", []), first)
    if "only_after" in guard:
        leads = [f"(?<={''.join(map(_letter, lead))}{first})" for lead in guard["only_after"]]
        before += "(?:" + "|".join([f"(?<![{HANZI}]{first})", *leads]) + ")"
    return first + before + "".join(GAP + _letter(letter) for letter in rest) + not_before(guard.get("before", []))
