"""Programmes: names of programmes, projects and schemes.

Three forms are names (`patterns/programmes.yaml` holds their words)::

    “浔暖益童”未成年人关爱保护服务项目     quoted words, then a head within a short noun phrase; “A”“B”等项目 names both
    “粤林社工计划”                   quoted words that end with a head
    双百工程                         a proper name right before a head, behind a verb or mark

Slogans (“五社联动”, “社工+志愿服务”模式), quoted speech and common nouns (该工程, 服务项目) are none.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..paths import read_pattern_file
from .mentions import ProgrammeMention
from .names import find_quoted
from .numerals import ARABIC, HAN
from .readings import is_hanzi
from .words import any_of

_HANZI = "\u3400-\u9fff"
_NUMERIC = re.compile(f"[{HAN}{ARABIC}]")
_JOINTS = ("", "、")  # between quoted names that share a head
_CLOSING = ("”", "’", "」", "』", '"')
_LONGEST_NAME = 16
_LONGEST_GAP = 14
_LONGEST_PART = 6


@dataclass(frozen=True, slots=True)
class ProgrammeWords:
    """The words of patterns/programmes.yaml as patterns."""

    head_behind: re.Pattern[str]  # a noun phrase with a head, behind a quotation mark
    head_at_end: tuple[str, ...]
    head: re.Pattern[str]
    leads: re.Pattern[str]
    not_quoted: re.Pattern[str]
    numeral_names: re.Pattern[str]
    generic: re.Pattern[str]
    not_behind: dict[str, tuple[str, ...]]


@cache
def programme_words() -> ProgrammeWords:
    """The shipped words, read once."""
    data: dict[str, Any] = read_pattern_file("programmes.yaml")
    stops = any_of(data["gap_stops"])
    gap = rf"(?:(?!{stops})[{_HANZI}（）()]){{0,{_LONGEST_GAP}}}?"
    return ProgrammeWords(
        head_behind=re.compile(rf"等?(?:多?个|[{ARABIC}]{{1,3}}[个项])?{gap}(?:{any_of(data['heads_behind_quotes'])})"),
        head_at_end=tuple(data["heads_in_quotes"]),
        head=re.compile(any_of(data["heads_unquoted"])),
        leads=re.compile(rf"(?:{any_of(data['leads'])})\Z"),
        not_quoted=re.compile(any_of(data["not_in_quotes"])),
        numeral_names=re.compile(any_of(data["numeral_names"])),
        generic=re.compile(any_of(data["generic"])),
        not_behind={head: tuple(words) for head, words in data["not_behind"].items()},
    )


def find_programmes(text: str) -> list[ProgrammeMention]:
    """The programmes that `text` names, left to right; the span of a quoted name takes in its quotation marks.

    >>> [p.name for p in find_programmes("实施“晨光伴读”困境儿童服务项目，牵手计划派出社工5名")]
    ['晨光伴读', '牵手计划']
    """
    words = programme_words()
    quoted = list(_quoted_names(text, words))
    plain = list(_plain_names(text, words))
    if not quoted or not plain:
        return quoted or plain
    starts = [mention.start for mention in quoted]
    apart = [
        mention
        for mention in plain
        if not ((index := bisect.bisect(starts, mention.start)) and quoted[index - 1].end > mention.start)
    ]
    return sorted(quoted + apart, key=lambda mention: mention.start)


def _quoted_names(text: str, words: ProgrammeWords) -> Iterator[ProgrammeMention]:
    """The names in quotation marks, left to right."""
    quotes = [(q.start, q.end) for q in find_quoted(text) if not q.is_title and q.end - q.start <= _LONGEST_NAME]
    if not quotes:
        return
    has_head = [words.head_behind.match(text, end + 1) is not None for _, end in quotes]
    for index in range(len(quotes) - 2, -1, -1):  # “A”“B”等项目: the head is A's too
        if text[quotes[index][1] + 1 : quotes[index + 1][0] - 1] in _JOINTS:
            has_head[index] = has_head[index] or has_head[index + 1]
    for (start, end), headed in zip(quotes, has_head, strict=True):
        name = text[start:end]
        if (headed or name.endswith(words.head_at_end)) and _is_name(name, words):
            yield ProgrammeMention(start - 1, end + 1, text[start - 1 : end + 1], name)


def _is_name(name: str, words: ProgrammeWords) -> bool:
    """Whether quoted words can be a name rather than a slogan or speech."""
    if words.not_quoted.search(name) or name in words.head_at_end:
        return False
    return not _NUMERIC.search(name) or words.numeral_names.search(name) is not None


def _plain_names(text: str, words: ProgrammeWords) -> Iterator[ProgrammeMention]:
    """The proper names without quotation marks, left to right."""
    for head in words.head.finditer(text):
        barred = words.not_behind.get(head[0], ())
        if text.startswith(barred, head.end()) or text[head.end() : head.end() + 1].isdecimal():
            continue
        start = _name_start(text, head.start(), words)
        if start is not None and not words.generic.search(text, start, head.start()):
            yield ProgrammeMention(start, head.end(), text[start : head.end()], text[start : head.end()])


def _name_start(text: str, head: int, words: ProgrammeWords) -> int | None:
    """Where the proper name before the head at `head` starts: behind a verb, a mark or another lead."""
    for start in range(head - 1, max(0, head - _LONGEST_PART) - 1, -1):
        if not is_hanzi(text[start]):
            return None
        if text[start - 1 : start] in _CLOSING:
            return None
        if not is_hanzi(text[start - 1 : start]) or words.leads.search(text, max(0, start - 4), start):
            return start
    return None
