"""Where dates may begin in a text, and the pieces that go on from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .date_numbers import DIGITS, NUMERALS, RUN, parse_number, parse_year
from .date_pieces import AFTER, AFTER_DE, FIGURE, HEADS, pieces, words_by_kind
from .date_shapes import Token
from .date_words import GAP, date_words, simplified

_AFTER_NUMBER = frozenset("年月日号號世季个個周週星礼禮天半千夕-–—―~～－至到/／.")
_NUMERAL = "numeral"
# The characters that stand second in the few pieces that begin so.
_SECOND_LETTERS = {"年": "初底末终終尾中", "月": "初底末中", "岁": "末", "歲": "末", "半": "年个個天月周週星"}
_WITHOUT_NUMBERS = ("plan", "holiday", "new_year_day")


def find_heads(text: str) -> Iterator[re.Match[str]]:
    """Every place of the text where a date may begin, matched by the piece that it may begin with."""
    for found in _trigger().finditer(text):
        if _worth_a_look(text, found):
            start = found.start()
            head = _head(_group(text[start])).match(text, start)
            if head:
                yield head


def match_right(text: str, at: int) -> re.Match[str] | None:
    """The piece that begins the right side of a range at `at`, or None."""
    first = text[at : at + 1]
    if not first.isdecimal() and first not in _all_leads():
        return None
    group = _group(first)
    return _head(group, right=group == FIGURE).match(text, at)


def match_tail(kind: str, text: str, at: int) -> re.Match[str] | None:
    """The piece that goes on at `at` after a piece of this kind, or None."""
    pattern = _tail(kind)
    return pattern.match(text, at) if pattern else None


def make_token(match: re.Match[str]) -> Token:
    """The piece that one of the functions above matched."""
    kind = match.lastgroup or ""
    start, end = match.span(kind)
    spelling = match.group(kind)
    word = simplified(spelling)
    if kind == "word":
        return Token(date_words().words[word].kind, word, (), start, end)
    if kind == "compact":
        return Token(kind, word, (int(word[:4]), int(word[4:6]), int(word[6:])), start, end)
    if kind == "year":
        return Token(kind, word, (parse_year(word.rstrip("年度份")),), start, end)
    numbers = () if kind in _WITHOUT_NUMBERS else tuple(map(parse_number, RUN.findall(spelling)))
    return Token(kind, word, numbers, start, end)


def _group(first: str) -> str:
    """What has one pattern: all figures, all numerals, or else the character (in simplified script)."""
    if first.isdecimal():
        return FIGURE
    return _NUMERAL if first in NUMERALS else simplified(first)


def _first_letters(words: list[str]) -> set[str]:
    """The characters that the words begin with, in either script."""
    firsts = {word[0] for word in words}
    return firsts | {other for letter, other in date_words().traditional.items() if letter in firsts}


def _leads(kind: str) -> set[str]:
    """The characters that a piece which may begin a date begins with."""
    return set(HEADS[kind]) if HEADS[kind] else _first_letters(words_by_kind()[kind])


@cache
def _all_leads() -> frozenset[str]:
    return frozenset[str]().union(*map(_leads, HEADS))


@cache
def _head(group: str, right: bool = False) -> re.Pattern[str]:
    """What may begin a date with a character of that group."""
    only = {kind: [w for w in words if _group(w[0]) == group] for kind, words in words_by_kind().items()}
    patterns = pieces(only)
    kinds = [kind for kind in HEADS if only.get(kind, any(_group(lead) == group for lead in HEADS[kind]))]
    if right:
        kinds.insert(1, "dotted_right")
    return re.compile("|".join(f"(?P<{kind}>{patterns[kind]})" for kind in kinds))


@cache
def _tail(kind: str) -> re.Pattern[str] | None:
    kinds = AFTER.get(kind)
    if not kinds:
        return None
    patterns = pieces(words_by_kind())
    gaps = {follower: f"{GAP}(?:的{GAP})?" if follower in AFTER_DE else GAP for follower in kinds}
    gaps["holiday"] = GAP + '[“"]?'
    return re.compile("|".join(f"{gaps[follower]}(?P<{follower}>{patterns[follower]})" for follower in kinds))


@cache
def _trigger() -> re.Pattern[str]:
    """One match for a whole run of digits or numerals, or for another character that a date may begin with."""
    leads = "".join(sorted(_all_leads() - set(FIGURE + NUMERALS)))
    runs = f"(?<=[{DIGITS}])[{DIGITS}]*+|(?<=[{NUMERALS}])[{NUMERALS}]*+"
    return re.compile(f"[{DIGITS}{NUMERALS}{leads}](?:{runs})?")


@cache
def _seconds() -> dict[str, frozenset[str]]:
    """What may stand second after the characters that begin words and nothing else."""
    several = set[str]().union(*(leads for leads in HEADS.values()))
    traditional = date_words().traditional
    seconds = {lead: set(letters) for lead, letters in _SECOND_LETTERS.items()}
    for word in (word for words in words_by_kind().values() for word in words):
        for lead in {word[0], traditional.get(word[0], word[0])} - several:
            seconds.setdefault(lead, set()).update(word[1], traditional.get(word[1], word[1]))
    return {lead: frozenset(letters) for lead, letters in seconds.items()}


def _worth_a_look(text: str, found: re.Match[str]) -> bool:
    """A cheap look at what follows a trigger, which spares most of them the full pattern."""
    at, end = found.span()
    first, after = text[at], text[end : end + 1]
    if first.isdecimal():
        return end - at in (4, 8) or after in _AFTER_NUMBER or after.isspace()
    if first in NUMERALS:
        return end - at > 1 or after in _AFTER_NUMBER or after.isspace()
    seconds = _seconds().get(first)
    return seconds is None or after in seconds or after.isspace()
