"""The period that a heading, a title or a lead gives to the figures below it: 上半年工作情况, 2023年统计公报."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ..articles import Article
from ..match.mentions import DateMention

_MONTH, _YEARS = datetime.timedelta(27), datetime.timedelta(3 * 366)


def period_in_heading(text: str, dates: Sequence[DateMention]) -> DateMention | None:
    """The only period that a heading names, a month or longer; not one inside 《》."""
    named = [date for date in dates if text.rfind("《", 0, date.start) <= text.rfind("》", 0, date.start)]
    return named[0] if len(named) == 1 and _is_period(named[0]) else None


def period_of_report(article: Article, dates: Sequence[DateMention]) -> DateMention | None:
    """The period that an article reports on: its title's, or the one that its body begins with where none is later."""
    length = len(article.title)
    if found := period_in_heading(article.text, [date for date in dates if date.end <= length]):
        return found
    start = next((start for start, _, kind in article.paragraphs if kind == "body"), 0)
    lead = next((date for date in dates if date.start == start), None)
    if lead is None or lead.relation != "in" or not _is_period(lead):
        return None
    last = max(date.period_end for date in dates if date.relation == "in" and date.period_end)
    return lead if last == lead.period_end else None


def _is_period(date: DateMention) -> bool:
    """Whether a date is a stretch of time that a report may be on, from a month to some years, or 截至 a day."""
    if date.period_end is None or date.basis == "unresolved":
        return False
    if date.relation == "until" and date.period_start is None:
        return date.text.startswith("截")
    if date.relation != "in" or date.period_start is None:
        return False
    return _MONTH <= date.period_end - date.period_start <= _YEARS
