"""The year that 今年 means in an article that does not say when it was published."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from .date_reading import YEAR_KINDS, Draft, read_dates
from .date_relations import looks_ahead, will_be
from .date_shapes import Expression
from .date_words import date_words
from .mentions import DateMention

_SENTENCE_ENDS = re.compile("[。！？!?\n]")
_CLAUSE_ENDS = re.compile("[，。；：！？,;:!?\n]")
_TITLE = re.compile("《[^《》\n]{0,200}》")
# A year that something was founded in or graduated from tells that it is past, not that it is this year.
_HISTORY = re.compile("成立|创办|創辦|创立|始建|组建|诞生|出生|毕业|畢業|入职|参加工作|建站")
_REACH = 12
# 三、2024年工作打算; 2023年工作总结暨2024年工作计划: a report on a year ends with what is planned for the next.
_PLAN = re.compile(r"(?P<year>20\d\d)年度?[^。，\n]{0,6}工作(?:打算|计划|思路|安排|要点|目标)")
_HEAD_OF_PLAN = re.compile(
    r"(?:(?:^|\n)(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十][）)])|[暨和及与])$"
)
_DAY = re.compile(r"(?:[3-9]|1[0-2])月\d{1,2}日$")  # news of spring and later are of the year that they name


@dataclass(slots=True)
class _Evidence:
    """The years that the article may be of, and the years that it is of at the earliest."""

    named: set[int]
    at_least: int = 0
    later_than: int = 0


def infer_year(text: str) -> int | None:
    """The year that 今年 most likely means in an article without a date, from the years that it names; None if unsure.

    It is the latest year in which the article says that something happened. Targets (到2025年), plans, titles in 《》
    and years that something began in do not count. A year that is set against today (由2021年的30人增加到现在的184人),
    against 今年 in the same sentence or next after it, or whose end lies behind (截至2021年底) is past: this year is a
    later one; but not the year of what a day without a year tells of (7月12日，全市2023年项目评估会举行).
    A heading such as 三、2024年工作打算 ends the report on the year before.

    >>> infer_year("今年新增3个站点。2022年，全县投入80万元。"), infer_year("2022年投入80万元，今年投入90万元。")
    (2022, None)
    """
    return _inferred(text, list(read_dates(Draft(text), None, None)))


def find_dates_of_undated(text: str) -> tuple[list[DateMention], int | None]:
    """The dates of a text that does not say when it was published, and the year that 今年 means in it, if it tells."""
    draft = Draft(text)
    found = list(read_dates(draft, None, None))
    open_year = any(m.basis == "unresolved" and not (m.relation == "vague" or e.left.kind == "now") for m, e in found)
    year = _inferred(text, found) if open_year else None
    return [mention for mention, _ in (found if year is None else read_dates(draft, None, year))], year


def _inferred(text: str, mentions: list[tuple[DateMention, Expression]]) -> int | None:
    titles = [found.span() for found in _TITLE.finditer(text)]
    past = _past(text, mentions)
    for plan in _PLAN.finditer(text):
        if _HEAD_OF_PLAN.search(text, max(0, plan.start() - 4), plan.start()):
            return int(plan["year"]) - 1
    evidence = _Evidence(set())
    for place, (mention, found) in enumerate(mentions):
        if _year_of(mention, found) is not None and not _inside(titles, mention.start):
            _weigh(evidence, text, mention, found, place in past)
    latest = max(evidence.named, default=0)
    return latest if latest > evidence.later_than and latest >= evidence.at_least else None


def _past(text: str, mentions: list[tuple[DateMention, Expression]]) -> set[int]:
    """The places, in the list of mentions, of those that are set against 今年 or 现在."""
    sentences, clauses = _group(text, mentions, _SENTENCE_ENDS), _group(text, mentions, _CLAUSE_ENDS)
    this_year = {sentence for sentence, (_, found) in zip(sentences, mentions, strict=True) if _says_this_year(found)}
    today = {clause for clause, (_, found) in zip(clauses, mentions, strict=True) if found.left.kind == "now"}
    past = {n for n in range(len(mentions)) if sentences[n] in this_year or clauses[n] in today}
    for before, (_, found) in enumerate(mentions[1:]):
        beside_a_day = before > 0 and sentences[before - 1] == sentences[before] and _is_day(mentions[before - 1][0])
        if _says_this_year(found) and not beside_a_day and text.find("\n", mentions[before][0].end, found.start) < 0:
            past.add(before)
    return past


def _is_day(mention: DateMention) -> bool:
    """Whether a date is a day without its year: 7月12日，全市2023年项目评估会举行."""
    return mention.basis == "unresolved" and _DAY.match(mention.text) is not None


def _group(text: str, mentions: list[tuple[DateMention, Expression]], end: re.Pattern[str]) -> list[int]:
    """A number for each mention, the same for those that no end stands between."""
    groups, number, at = [], 0, 0
    for mention, _ in mentions:
        number += end.search(text, at, mention.start) is not None
        groups.append(number)
        at = mention.start
    return groups


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    at = bisect_right(spans, (place, place)) - 1
    return at >= 0 and place < spans[at][1]


def _says_this_year(found: Expression) -> bool:
    word = date_words().words.get(found.left.word("year_word"))
    return word is not None and (word.anchor, word.offset) == ("reference", 0)


def _year_of(mention: DateMention, found: Expression) -> int | None:
    """The one year that the words name, or None."""
    days = [day for day in (mention.period_start, mention.period_end) if day]
    if mention.basis != "stated" or found.right is not None or not found.left.has(YEAR_KINDS) or not days:
        return None
    return days[0].year


def _weigh(evidence: _Evidence, text: str, mention: DateMention, found: Expression, past: bool) -> None:
    """Take what one mention of a year tells."""
    year = _year_of(mention, found) or 0
    ahead = looks_ahead(text, mention.start) or will_be(text, found.end)
    if ahead or (mention.relation == "until" and not mention.text.startswith("截")):
        return
    last = mention.period_end
    year_is_over = mention.relation == "until" and last is not None and (last.month, last.day) == (12, 31)
    if mention.relation == "compared" or past or year_is_over:
        evidence.later_than = max(evidence.later_than, year)
    elif mention.relation == "in" and not _HISTORY.search(text, found.end, found.end + _REACH):
        evidence.named.add(year)
    else:
        evidence.at_least = max(evidence.at_least, year)
