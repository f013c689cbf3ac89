"""Going through a text from date to date, keeping in mind what the dates before have said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from .date_calendar import Period, months_of
from .date_loose import states_a_rule
from .date_points import read_expression
from .date_relations import Relation, looks_ahead, relation_of, will_be
from .date_resolve import Clock, resolve, resolve_range
from .date_shapes import Expression
from .date_tokens import find_triggers, match_head
from .mentions import DateMention

_LONE_LIMIT = 30
_SENTENCE_END = re.compile("[。！？!?\n]")
YEAR_KINDS = frozenset({"year", "left_year", "bare_year", "lone_year", "iso", "compact", "dotted", "spaced_iso"})
# What lends its year or month to the dates after it; a plan, a span counted from today or a bare 目前 does not.
_LENDS = YEAR_KINDS | {"year_word", "month", "left_month", "month_word", "day"}


class Draft:
    """A text with the places where dates may begin; each is read once, however often the text is gone through."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.triggers = list(find_triggers(text, 0, len(text)))
        self._read: dict[int, Expression | None] = {}
        self._relations: dict[tuple[int, int, int], Relation] = {}

    def expression(self, start: int, behind: str) -> Expression | None:
        """The date or range that begins at one of the places, or None."""
        if start not in self._read:
            self._read[start] = _expression(self.text, start, behind)
        return self._read[start]

    def relation(self, floor: int, found: Expression) -> Relation:
        """How the date is used; its span does not reach before `floor`, where the mention before it ends."""
        key = (floor, found.start, found.end)
        if key not in self._relations:
            relation = relation_of(self.text, floor, found)
            relation.planned = looks_ahead(self.text, relation.start) or will_be(self.text, relation.end)
            relation.ahead = relation.ahead or relation.planned
            self._relations[key] = relation
        return self._relations[key]


def _expression(text: str, start: int, behind: str) -> Expression | None:
    head = match_head(text, start, behind)
    return read_expression(text, head) if head else None


def read_dates(draft: Draft, reference: date | None, year: int | None) -> Iterator[tuple[DateMention, Expression]]:
    """The mentions of `find_dates`, each with the pieces that it was read from."""
    text = draft.text
    clock = Clock(reference, year)
    alone = _lone_span(text)
    done = 0
    for start, behind in draft.triggers:
        expression = draft.expression(start, behind) if start >= done else None
        if expression is None or expression.start < done:
            continue
        clock.lone = alone is not None and expression.start <= alone[0] and expression.end >= alone[1]
        if alone is not None and not clock.lone:
            relation = draft.relation(done, expression)
            whole = relation.start <= alone[0] and relation.end >= alone[1]  # 春节前, 10月1日前后
            clock.lone = whole and relation.name == "in"
            if _weak(expression) and not whole:
                continue
        elif _weak(expression) and not clock.lone:
            continue
        _move(clock, text, done, expression.start)
        mention, expression = _mention(draft, done, expression, clock)
        _remember(clock, mention, expression)
        done = mention.end
        yield mention, expression


def spans_of_dates(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans in a stretch of text of what is a date wherever it stands; 2018 or 十一 alone may be a number."""
    spans, done = list[tuple[int, int]](), start
    for at, behind in find_triggers(text, start, end):
        expression = _expression(text, at, behind) if at >= done else None
        if expression is None or expression.start < done or _weak(expression):
            continue
        if expression.right is not None and resolve_range(expression.left, expression.right, Clock(None, None)) is None:
            expression = Expression(expression.left.start, expression.left.end, expression.left)
        relation = relation_of(text, done, expression)
        spans.append((relation.start, relation.end))
        done = relation.end
    return spans


def _lone_span(text: str) -> tuple[int, int] | None:
    """The span of the text without its outer blanks, if it is short enough to be one date."""
    if len(text) > _LONE_LIMIT:
        return None
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _weak(found: Expression) -> bool:
    return found.left.weak and (found.right is None or found.right.weak)


def _move(clock: Clock, text: str, done: int, start: int) -> None:
    """Forget what the sentences and paragraphs that lie behind have said."""
    if _SENTENCE_END.search(text, done, start):
        clock.sentence_year = None
    if text.find("\n", done, start) >= 0:
        clock.paragraph_year = clock.paragraph_month = None


def _mention(draft: Draft, floor: int, found: Expression, clock: Clock) -> tuple[DateMention, Expression]:
    relation = draft.relation(floor, found)
    if relation.planned and clock.reference and clock.paragraph_year and clock.paragraph_year[0] < clock.reference.year:
        clock = replace(clock, paragraph_year=None, paragraph_month=None)  # 去年…；年底前将再建20间
    elif relation.name == "until" and _is_latest(draft.text[relation.start : relation.end], found, clock):
        clock = replace(clock, paragraph_year=None, paragraph_month=None)  # 2022年…，截至5月底已有263人
    period: Period | None
    if found.right is not None:
        ranged = resolve_range(found.left, found.right, clock, relation.ahead)
        if ranged is None:
            return _mention(draft, floor, Expression(found.left.start, found.left.end, found.left), clock)
        period, basis = ranged
    else:
        period, basis = _period(draft.text, found, relation, clock)
    first, last = _ends(period, relation, found)
    told = first is not None or last is not None
    return (
        DateMention(
            relation.start,
            relation.end,
            draft.text[relation.start : relation.end],
            first,
            last,
            relation.name,
            basis if told else "unresolved",
        ),
        found,
    )


_RECENT = timedelta(days=100)


def _is_latest(text: str, found: Expression, clock: Clock) -> bool:
    """Whether 截至 and a month without a year mean the months before the day of publication, not a year told before."""
    if clock.reference is None or clock.paragraph_year is None or text[:1] != "截" or found.left.kind != "month":
        return False
    period, _ = resolve(found.left, replace(clock, paragraph_year=None))
    return period is not None and timedelta(0) <= clock.reference - period[1] <= _RECENT


def _period(text: str, found: Expression, relation: Relation, clock: Clock) -> tuple[Period | None, str]:
    if found.left.kind == "now" or (found.left.kind == "vague" and relation.name == "until"):
        return ((clock.reference, clock.reference), "relative") if clock.reference else (None, "unresolved")
    if found.left.kind in ("vague", "compared") or (found.left.kind == "year_word" and states_a_rule(text, found)):
        return None, "unresolved"
    return resolve(found.left, clock, relation.ahead)


def _ends(period: Period | None, relation: Relation, found: Expression) -> tuple[date | None, date | None]:
    """The ends that the relation leaves: an open start before 截至, an open end after 以来."""
    if period is None:
        return None, None
    if relation.name == "since":
        return period[0], None
    if relation.name == "until":
        edge = found.left.word("year_edge") or found.left.word("edge")
        if "中" in edge and period[0].month == 6:
            return None, months_of(period[0].year, 6, 6)[1]
        return None, period[1]
    return period


def _remember(clock: Clock, mention: DateMention, found: Expression) -> None:
    """Keep what the dates after this one may take from it."""
    first, last, basis = mention.period_start, mention.period_end, mention.basis
    point = found.right or found.left
    known = last or first
    if known is None:
        return
    if basis == "stated" and mention.relation != "compared" and point.has(YEAR_KINDS):
        clock.text_year = clock.sentence_year = known.year
    if mention.relation != "in" or first is None or last is None or not found.left.has(_LENDS):
        return
    if first == last:
        clock.text_day = first
    lent = "inherited" if basis == "stated" else basis
    if first.year == last.year:
        clock.paragraph_year = last.year, lent
    if (first.year, first.month) == (last.year, last.month):
        clock.paragraph_month = last.year, last.month, lent
