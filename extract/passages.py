"""What rules look at: the mentions of an article, and its paragraphs with what stands above them.

A heading, a lead that ends in a colon, and the period that a report is about hold for the figures below them.
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from .articles import Article
from .ledger import is_numeric
from .match.date_infer import find_dates_of_undated
from .match.dates import find_dates
from .match.mentions import DateMention, Numeral, PlaceMention, Quantity
from .match.places import find_places
from .match.programmes import find_programmes
from .match.quantities import scan_numbers
from .match.relative_places import find_relative_places
from .normalise import RelativePlace, Scope, home_of, main_place, period_in_heading, period_of_report
from .rules import RuleBook
from .rules.apply import LOOK_BACK, Finding, apply_rules
from .rules.rows import Page, Under, lend_to_closing, tell_rows, unit_of_heading
from .rules.segments import PRECEDING, Segment, cut_segments, find_firsts

M = TypeVar("M", Quantity, DateMention, PlaceMention)

_start = attrgetter("start")

TITLE = "title"
SILENT = ("source",)
_PLANS = re.compile(
    r"打算|目标任务|20\d\d小?目标|(?:20\d\d|明|来)年[^。]{0,8}(?:目标|任务|计划|安排|展望|思路|重点)|下一步|下步|工作计划|工作打算|今后|明年(?:工作|计划|打算|目标)|工作安排|下月安排|下月计划"
)
_RUN_IN = re.compile(  # 五、2023年工作安排。力争…: the head stands in the paragraph itself
    r"(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十][）)])[^，。]{0,12}(?:打算|安排|计划|思路|下一步)[^，。]{0,4}。"
)
_HIRING = re.compile("招[聘录募][^，。]{0,40}(?:公告|启事|简章|通告|通知|方案)")


@dataclass(slots=True)
class Mentions:
    """What the matchers found in an article; offsets are of the article's clean text."""

    numbers: list[Quantity | Numeral]
    firsts: list[Quantity]
    dates: list[DateMention]
    places: list[PlaceMention]
    home: str | None = None
    quantities: list[Quantity] = field(default_factory=list)

    def numeric(self, held: Container[tuple[int, int]]) -> list[Quantity | Numeral | DateMention]:
        """Each numeric mention once, in reading order; 首个 and its like only where a record is `held` for it."""
        firsts = [m for m in self.firsts if (m.start, m.end) in held]
        ordinals = {m.start for m in firsts}  # the 第一 of 第一个
        numbers = [m for m in self.numbers if m.start not in ordinals]
        return sorted((*numbers, *firsts, *filter(is_numeric, self.dates)), key=_start)

    def parted(self, apart: Mapping[Quantity, tuple[Quantity, ...]]) -> Mentions:
        """The mentions with each figure of `apart` replaced by those that it is made of."""
        numbers: list[Quantity | Numeral] = []
        for mention in self.numbers:
            numbers += apart.get(mention, (mention,)) if isinstance(mention, Quantity) else (mention,)
        return replace(self, numbers=numbers, quantities=[m for m in numbers if isinstance(m, Quantity)])


def match_article(article: Article, place: str | None = None) -> Mentions:
    """All mentions of an article: dates first, since they hold numerals that count nothing."""
    text = article.text
    year: int | None
    if article.published:
        dates, year = find_dates(text, article.published, loose=True), article.published.year
    else:
        dates, year = find_dates_of_undated(text)
    home = place or home_of(article)
    places = find_places(text, home=home, year=year)
    home = home or main_place(article, places)
    taken = [(m.start, m.end) for m in dates] + [(m.start, m.end) for m in places]
    numbers = scan_numbers(text, sorted(taken))
    quantities = [m for m in numbers if isinstance(m, Quantity)]
    return Mentions(numbers, find_firsts(text), dates, places, home, quantities)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with figures as rules look at it: its segments, its kind, and what its article gives to it."""

    segments: list[Segment]
    kind: str
    home: str | None
    section: str | None
    named: tuple[str, ...]
    headed: DateMention | None


def find_passages(article: Article, mentions: Mentions) -> Iterator[Passage]:
    """The paragraphs of an article that hold figures, with all that is settled before a rule is tried."""
    text = article.text
    page = Page(text, mentions.quantities, mentions.dates, mentions.places)
    named: tuple[str, ...] = ()
    section, above = None, ""
    reported = headed = period_of_report(article, mentions.dates)
    under = Under(today=article.published or _latest_day(text, mentions.dates))
    for in_rows, spans in groupby(article.paragraphs, key=lambda paragraph: paragraph[2] == "row"):
        if in_rows:
            rows = [(start, end) for start, end, _ in spans]
            for segments in tell_rows(page, rows, under):
                yield Passage(segments, "row", mentions.home, section, named, headed)
            places = _within(mentions.places, rows[0][0], rows[-1][1])
            named = (*named, *(place.code for place in places))[-LOOK_BACK:]
            continue
        for start, end, kind in spans:
            if kind in SILENT:
                continue
            if kind == "heading":
                above, under = text[start:end], _headed(text, start, end, under)
                opening = [p for p in _within(mentions.places, start, end) if p.start <= start + 4]
                section = opening[0].code if opening else None
                headed = period_in_heading(text, _within(mentions.dates, start, end))
                headed = headed or (None if under.planned else reported)
            elif text[end - 1] in "：:":
                under = replace(under, lead=(start, end))
            elif under.lead:
                under = replace(under, lead=None)
            asked = kind == "body" and text[start:end].rstrip()[-1:] in ("？", "?")
            lent, above = above, above if kind == "heading" else text[start:end][-PRECEDING:] if asked else ""
            quantities = [*_within(mentions.quantities, start, end), *_within(mentions.firsts, start, end)]
            places = _within(mentions.places, start, end)
            before, named = named, (*named, *(place.code for place in places))[-LOOK_BACK:]
            if not quantities:
                continue
            dates = _within(mentions.dates, start, end)
            if under.unit and kind == "body":
                quantities = lend_to_closing(text, end, quantities, under.unit)
            planned = under.planned or _RUN_IN.match(text, start, end) is not None
            segments = list(cut_segments(text, start, end, quantities, dates, places, under.today, planned, lent))
            yield Passage(segments, kind, mentions.home, section, before, None if kind == TITLE else headed)


def _headed(text: str, start: int, end: int, under: Under) -> Under:
    """What stands above what follows a heading; a line that ends in a colon and a unit alone add to it."""
    planned = _PLANS.search(text, start, end) is not None
    unit = unit_of_heading(text[start:end])
    if text[end - 1] in "：:" and not unit:
        return replace(under, lead=(start, end), planned=planned)
    if unit and text.startswith("单位", start) and under.heading:
        return replace(under, unit=unit, lead=None)
    return replace(under, heading=(start, end), unit=unit, lead=None, planned=planned)


def read_passage(article: Article, passage: Passage, book: RuleBook) -> Iterator[tuple[Finding, Scope, str]]:
    """The figures of one paragraph that rules read, each with its scope and the paragraph's kind."""
    segments = passage.segments
    hiring = _HIRING.search(article.title) is not None
    number_at = {segment.start: number for number, segment in enumerate(segments)}
    for at, findings in groupby(apply_rules(segments, book), key=lambda finding: finding.segment.start):
        number = number_at[at]
        before = segments[max(0, number - LOOK_BACK) : number]
        scope = Scope(
            passage.home, before, section=passage.section, named=passage.named, headed=passage.headed, hiring=hiring
        )
        _look_beside(article.text, segments[number], scope)
        yield from ((finding, scope, passage.kind) for finding in findings)


def _look_beside(text: str, segment: Segment, scope: Scope) -> None:
    """Put into `scope` what only sentences with records are searched for: 全市 and its kin, and programme names."""
    start, sentence = segment.start, text[segment.start : segment.end]
    scope.relative = [RelativePlace(start + s, sentence[s:e]) for s, e, _ in find_relative_places(sentence)]
    scope.programmes = [
        replace(found, start=start + found.start, end=start + found.end) for found in find_programmes(sentence)
    ]


def _latest_day(text: str, dates: Sequence[DateMention]) -> datetime.date | None:
    """The last day that an undated article speaks of as present or past; 《方案（2025—2027年）》 tells none."""
    days = [
        date.period_end
        for date in dates
        if date.relation == "in" and date.basis == "stated" and date.period_end
        if text.rfind("《", 0, date.start) <= text.rfind("》", 0, date.start)
    ]
    return max(days, default=None)


def _within(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions that begin in a stretch of text; `mentions` are in reading order."""
    if not mentions:
        return mentions
    first = bisect.bisect_left(mentions, start, key=_start)
    return mentions[first : bisect.bisect_left(mentions, end, first, key=_start)]
