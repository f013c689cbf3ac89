"""Series: one place and measure over time from several articles, and where the articles agree or contradict each other.

Two figures are about the same when place, table, measure, unit, grade, facility, tier, group, programme, `per`, nature
and status are the same, both have a place and a period, and their clauses say the same of the whole of that place
(`subjects`). What is compared are stocks (as they stand at the last day of their period) and what a year's examination
gives; other flows of a year (trainings, funds) add to each other. An article that gives two figures for one thing at
one time is left out of it: they are about different things. So is one that tells what another tells: it proves nothing
more.

The work is one pass over the records and a sort within each group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from ..arithmetic import Interval, allowed
from ..match.gazetteer import ancestor, level_of
from ..match.mentions import Quantity
from ..normalise import code_of
from ..records import Row
from .subjects import subject_of, words

Plain = Mapping[str, Any]
RelationName = Literal["agree", "differ", "succeed", "shrinks", "adds_up", "exceeds"]
CONTRADICTIONS = ("differ", "shrinks", "exceeds")
OF_AN_EXAM = ("newly_certified", "candidates")  # flows of which a place has one a year
COLUMNS = (
    "period_start", "period_end", "period_text", "value", "low", "high", "bound", "unit", "nature", "status", "grade",
    "facility", "tier", "per", "group", "programme", "place", "place_code", "article_id", "file", "quote", "sentence",
    "record_id", "relation",
)  # fmt: skip
_KEY = ("table", "measure", "unit", "grade", "facility", "tier", "group", "programme", "per", "nature", "status")


class Relation(Row):
    """How figures of several articles stand to each other.

    `agree`: the same at the same time; `differ`: not so; `succeed`: at a later time, no less; `shrinks`: at a later
    time less, without a word for it; `adds_up`, `exceeds`: the counties together are the city, or more than the city.
    The lists have the earlier figure first, the city before its counties.
    """

    relation: RelationName
    table: str
    measure: str
    unit: str
    place: str
    place_code: str
    records: tuple[str, ...]
    files: tuple[str, ...]
    quotes: tuple[str, ...]
    periods: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A record that may be compared: its row, what it allows, and the days that it is about.

    `start` is empty for a stock as it stands on one day; one of 2023年 may be of any day of the year.
    """

    row: Plain
    allowed: Interval
    start: str
    end: str

    @property
    def code(self) -> str:
        """The place's code."""
        return str(self.row["place_code"])

    def is_behind(self, other: Figure) -> bool:
        """Whether it is of a time that begins when that of the other has ended."""
        return other.end < (self.start or self.end)


def series_of(records: Iterable[Plain], place: str, measure: str, *, parts: bool = False) -> list[dict[str, Any]]:
    """The records of one place and measure in the order of time, each with how it stands to the one before it.

    `place` is a name, its beginning (定西) or a code; `measure` is `certified` or `workers.certified`. Without `parts`
    only what is said of all, as it is: no grade, group, target, nor what there is for one of something. Figures of
    different things (facility, tier, programme) stand apart, those without a day last.
    """
    table, _, name = measure.rpartition(".")
    code = code_of(place)  # also of a name in full: 甘肃省定西市
    threads: dict[tuple[Any, ...], list[Plain]] = defaultdict(list)
    for row in records:
        if (
            row["measure"] == name
            and table in ("", row["table"])
            and is_of(row, place, code)
            and (parts or _is_total(row))
        ):
            threads[(row["place_code"], *(row[field] for field in _KEY))].append(row)
    return [row for key in sorted(threads, key=_readable) for row in _thread(threads[key])]


def _is_total(row: Plain) -> bool:
    return row["status"] == "actual" and not (row["grade"] or row["group"] or row["per"])


def _readable(key: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(part or "") for part in key)


def _thread(rows: Iterable[Plain]) -> Iterator[dict[str, Any]]:
    """The rows about one thing by time; `relation` says how each stands to the last before it, of another article."""
    before: dict[str, Figure] = {}  # the last of each subject
    for row in sorted(rows, key=lambda row: (row["period_end"] or "9999", row["period_start"] or "", row["file"])):
        figure = _figure(row)
        subject = subject_of(row) if figure else None
        last = before.get(subject) if subject else None
        apart = last is not None and last.row["article_id"] != row["article_id"]
        yield {**row, "relation": _stands(last, figure) if apart and last and figure else None}
        if figure and subject:
            before[subject] = figure


def is_of(row: Plain, place: str, code: str | None) -> bool:
    """Whether a record is about a place, given as `series_of` takes it, and by its code where that is known."""
    return (code is not None and row["place_code"] == code) or (row["place"] or "").startswith(place)


def relations(records: Iterable[Plain]) -> Iterator[Relation]:
    """How the figures of different articles stand to each other, by what they are about and in the order of time."""
    groups: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for row in records:
        figure = _figure(row)
        if figure is not None:
            groups[(figure.code, *(row[name] for name in _KEY))].append(figure)
    alone = {key: _one_an_article(figures) for key, figures in _by_subject(groups).items()}
    for figures in alone.values():
        yield from _over_time(figures)
    yield from _cities(alone)


def _by_subject(groups: Mapping[tuple[Any, ...], Sequence[Figure]]) -> Mapping[tuple[Any, ...], list[Figure]]:
    """The figures of each group by what their clauses count, of groups that have others to be compared with."""
    cities = {(ancestor(code, "city"), *key) for code, *key in groups if level_of(code) == "county"}
    found: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for (code, *key), figures in groups.items():
        is_part = (ancestor(code, "city"), *key) in groups and level_of(code) == "county"
        if is_part or (code, *key) in cities or len({figure.row["article_id"] for figure in figures}) > 1:
            for figure in figures:
                if subject := subject_of(figure.row):
                    found[(code, *key, subject)].append(figure)
    return found


def _figure(row: Plain) -> Figure | None:
    """The record as a figure to compare; None for targets, rules, flows that add up, and what has no place or day."""
    comparable = row["nature"] == "stock" or (row["nature"] == "flow" and row["measure"] in OF_AN_EXAM)
    end = row["period_end"]
    if not comparable or row["status"] != "actual" or row["per"] or not row["place_code"] or not end:
        return None
    start = row["period_start"]
    if row["nature"] == "stock":
        start = "" if start in (None, end) else start
    if start is None and _is_of_year(row, year := end[:4]):
        start, end = f"{year}-01-01", f"{year}-12-31"
    if start is None or row["value"] is None:
        return None
    value = Decimal(str(row["value"]))
    text = "".join(row["quote"].split())
    kind = "ratio" if row["unit"] == "percent" else "money" if row["table"] == "funds" else "count"
    quantity = Quantity(0, len(text), text, value, value, value, row["bound"], row["unit"], "", kind, 0, len(text))
    return Figure(row, allowed(quantity), start, end)


def _is_of_year(row: Plain, year: str) -> bool:
    """Whether the sentence tells the year of the examination: 截至2022年底，全区126人参加2022年考试."""
    return re.search(rf"(?<![至止到]){year}年度?[^，。；、\d]{{0,16}}考", row["sentence"]) is not None


def _one_an_article(figures: Sequence[Figure]) -> list[Figure]:
    """The figures by time, one for each article and time; none of an article that gives two for one time."""
    by_article: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        by_article[figure.row["article_id"], figure.start, figure.end].append(figure)
    alone = [same[0] for same in by_article.values() if len({figure.row["value"] for figure in same}) == 1]
    return sorted(alone, key=attrgetter("end", "start"))


def _over_time(figures: Sequence[Figure]) -> Iterator[Relation]:
    """The figures of one time against each other, and against the nearest of the time before, of other articles."""
    past: list[list[Figure]] = []
    for _, of_a_time in groupby(figures, key=attrgetter("end", "start")):
        told: list[Figure] = []
        for figure in of_a_time:
            alike = next((other for other in told if other.allowed.meets(figure.allowed)), None)
            if alike is not None:
                yield _relation("agree", (alike, figure))
                continue
            before = next((figures for figures in past[::-1] if figure.is_behind(figures[0])), [])
            others = [other for other in before if other.row["article_id"] != figure.row["article_id"]]
            if others:
                nearest = min(others, key=lambda other: abs(other.allowed.low - figure.allowed.low))
                yield _relation(_behind(nearest, figure), (nearest, figure))
            yield from (_relation("differ", (other, figure)) for other in told)
            told.append(figure)
        past.append(told)


def _stands(first: Figure, second: Figure) -> RelationName | None:
    """How a figure stands to one of the same time, or of a time before; None where the times overlap."""
    if (first.start, first.end) == (second.start, second.end):
        return "agree" if first.allowed.meets(second.allowed) else "differ"
    return _behind(first, second) if second.is_behind(first) else None


def _behind(first: Figure, second: Figure) -> RelationName:
    """How a figure stands to one of a time before."""
    less = first.row["nature"] == "stock" and second.allowed.high < first.allowed.low
    return "shrinks" if less and not any(word in second.row["sentence"] for word in words()["less"]) else "succeed"


def _cities(groups: Mapping[tuple[Any, ...], Sequence[Figure]]) -> Iterator[Relation]:
    """Cities against the sum of their counties at the same time."""
    counties: dict[tuple[Any, ...], dict[str, Figure]] = defaultdict(dict)
    for (code, *key), figures in groups.items():
        city = ancestor(code, "city") if level_of(code) == "county" else None
        for figure in figures if city else ():
            counties[city, *key, figure.start, figure.end].setdefault(code, figure)
    for (code, *key), figures in groups.items():
        for figure in figures:
            parts = list(counties.get((code, *key, figure.start, figure.end), {}).values())
            if not any(part.row["article_id"] != figure.row["article_id"] for part in parts):
                continue  # within one article the checks tell
            low, high = (sum(part.allowed[end] for part in parts) for end in (0, 1))
            if len(parts) > 1 and figure.row["bound"] == "exact" and Interval(low, high).meets(figure.allowed):
                yield _relation("adds_up", (figure, *parts))
            elif low > figure.allowed.high:
                yield _relation("exceeds", (figure, *parts))


def _relation(name: RelationName, figures: Sequence[Figure]) -> Relation:
    rows = [figure.row for figure in figures]
    return Relation(
        relation=name, table=rows[0]["table"], measure=rows[0]["measure"], unit=rows[0]["unit"],
        place=rows[0]["place"] or "", place_code=rows[0]["place_code"],
        records=tuple(row["record_id"] for row in rows), files=tuple(row["file"] for row in rows),
        quotes=tuple(row["quote"] for row in rows),
        periods=tuple(f"{figure.start}/{figure.end}" if figure.start else figure.end for figure in figures),
        sentences=tuple(row["sentence"] for row in rows),
    )  # fmt: skip
