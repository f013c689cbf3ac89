"""What an article says of itself: the source that its lines name, and days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from ..reflow.beside import offices_alone
from ..reflow.words import DATE, HAN, layout


def source_name(text: str) -> str | None:
    """The body that a source line names, None for bylines and lines of data.

    >>> source_name("（据《兴安日报》 第2版）")
    '《兴安日报》'
    """
    words = layout()
    if words.byline.match(text):
        return None
    match = words.source_name.search(text)
    if match is None:
        return None
    name = _REST.sub("", next(filter(None, match.groups()))).strip("：: ，,、|｜丨")
    office, _, people = name.partition(" ")
    if people and offices_alone(office) and _PEOPLE.fullmatch(people):
        return office
    for tail in words.source_tails:
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            name = name[: -len(tail)]
            break
    return name or None


_REST = re.compile(
    rf"[，,；;\s]\s*(?:本[刊报])?略?有(?:删节|改动|删改)$|"
    rf"(?<=[》报刊网])\s*{DATE}.*$"
    rf"|\s*(?:总?第\s*[\d一二三四五六七八九十]+\s*[版期]|\d+版).*$|\s+(?=[^{HAN}]|[{HAN}]{{2,6}}[：:]).*$"
)


_PEOPLE = re.compile(rf"[{HAN}]{{2,4}}(?:[\s、][{HAN}]{{2,4}})*")


def source_in_body(opening: Sequence[str]) -> str | None:
    """The agency of 新华社…电, or the body of 记者从…获悉, where they open an article that is not 本报讯."""
    words = layout()
    heads = (words.dateline.match(text[:80]) or words.dispatch.match(text[:80]) for text in opening)
    agency = next((match["agency"] for match in heads if match), None)
    if agency or any(words.own_report.match(text) for text in opening):
        return agency
    return next((match["name"] for text in opening if (match := words.informed.search(text[:80]))), None)


_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})\s?[-年./]\s?(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"\s?[-月./]\s?(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})(?!\d)"
)
_COMPACT_DAY = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)(\d\d)(\d\d)(?![0-9A-Za-z])")


def date_in_name(file: str) -> datetime.date | None:
    """The day that a file's name or, failing that, one of its folders gives: 2023-11-12, 20231112 or 2023年11月12日.

    >>> date_in_name("2023/2023-11-12_brief.txt")
    datetime.date(2023, 11, 12)
    """
    for part in reversed(file.split("/")):
        compact = _COMPACT_DAY.search(part)
        day = first_date(part) or (_day(*map(int, compact.groups())) if compact else None)
        if day:
            return day
    return None


def day_in_lines(sources: Sequence[str], opening: Sequence[str]) -> datetime.date | None:
    """The day of publication that an article gives: by its line of data, a date on its own line, or 新华社…电."""
    words = layout()
    keyed = (match["date"] for text in sources if (match := words.date_key.search(text)))
    heads = (match["date"] for text in opening if (match := words.dateline.match(text[:80])))
    return next((day for text in (*keyed, *sources, *heads) if (day := first_date(text))), None)


def first_date(text: str) -> datetime.date | None:
    """The first full date in `text`."""
    for match in _DAY.finditer(text):
        day = _day(_number(match["y"], by_digit=True), _number(match["m"]), _number(match["d"]))
        if day:
            return day
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _number(text: str, by_digit: bool = False) -> int:
    """A small numeral in digits or Chinese: 12, 十二, 二十, or digit by digit 二〇二三."""
    if text.isdigit():
        return int(text)
    if by_digit:
        return int("".join(str(_NUMERALS[c]) for c in text))
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) if ten else 0) * 10 + _NUMERALS.get(ones, 0)
