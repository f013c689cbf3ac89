"""Whether the words say that a list of parts is complete: all grades, all levels, the rest, by one criterion.

Only of such a list can it be said that it does not add up; and only where no person or thing can be in two parts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ..match.mentions import DateMention, Quantity
from ..rules.encoding import MENTION_SLOTS, block
from ..rules.facets import facet_words
from .terms import Term, any_of, words

SENIORS = Decimal("0.05")  # of those with a certificate, at most
BODIES_ABOVE = 5  # stations of a level above the two that are told: 县级7个、乡镇121个 may leave out that of the city
_CERTIFIED = ("certified", "newly_certified", "candidates")  # all of whom have a grade, or want one
_DEALT = ("分别为", "分别是")
_LEVELS_OF_STATIONS = ({"county", "township"}, {"city", "township"})


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known = words()
    parts = known["parts"]
    return {
        "complete": re.compile(rf"^(?:{any_of(parts['complete'])}|按.*)$"),
        "rest": re.compile(any_of(parts["rest"])),
        "overlapping": re.compile(any_of(parts["overlapping"])),
        "lowest": re.compile(any_of(parts["lowest"])),
        "higher": re.compile(any_of(parts["higher"])),
        "levels": re.compile("([省市州盟县区旗乡镇]{2,4})[两二三四]级"),
        "honours": re.compile(any_of(parts["honours"])),
        "passed": re.compile(any_of(words()["rates"]["pass"]["part"])),
        "certified": re.compile("[持有]证"),
        "others": re.compile("[，、；]?(?:另|还有|此外|尚有|其余|余下)"),
        "total": re.compile(any_of(words()["totals"])),
        "degree": re.compile(any_of(parts["degrees"])),
        "one_view": re.compile("等级|级别|性别"),  # 从等级看 is by one criterion, as 按等级分 is
        "twice": re.compile(any_of(parts["twice"])),
        "place": re.compile(f"[{block(MENTION_SLOTS['place'])}]"),
    }


def is_certain(mark: str, whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the text says that the parts are all, and no thing is in two of them: else they need not add up."""
    if not whole.is_plain or not all(part.is_plain for part in parts) or is_open(mark, parts):
        return False
    return _is_complete(mark, whole, parts) and is_disjoint(parts) and not are_fewer(whole, parts)


def are_fewer(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the parts are those of the whole who passed: 报考286人，其中初级通过40人、中级24人.

    Those who hold certificates may hold two: 持证418人，其中取得助理社会工作师证书的320人、社会工作师证书的140人.
    """
    passed = _expressions()["passed"]
    return any(passed.search(part.label) for part in parts) and not passed.search(whole.label)


def is_open(mark: str, parts: Sequence[Term]) -> bool:
    """Whether the words leave room for more parts: 等, 另有, or places of which there may be others."""
    after = parts[-1].after
    by_a_view = mark.startswith("从") and not _expressions()["one_view"].search(mark)
    if after.startswith(("等", "以上")) or by_a_view or _expressions()["others"].match(after):
        return True
    if _expressions()["twice"].search(parts[-1].sentence.code, parts[-1].at):
        return True  # 初级917人、中级322人，有35人两个证书都有效
    return sum(_expressions()["place"].search(part.before) is not None for part in parts) * 2 > len(parts)


def _facets(name: str, parts: Sequence[Term]) -> set[str]:
    """The grades or tiers of the parts where each has one of its own, else nothing."""
    found = {_facet(name, part) for part in parts}
    return {value for value in found if value} if None not in found and len(found) == len(parts) else set()


def _facet(name: str, part: Term) -> str | None:
    """The grade or tier of a part: of its record, which may be dealt to it (初级、中级分别为40人、24人), or said."""
    of_record: str | None = getattr(part.record, name, None)
    said = None if of_record else facet_words(name).last(part.label)
    return said[1] if said else of_record


def _is_complete(mark: str, whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the words, a last part that is the rest, all grades or all levels say that the parts are all."""
    known = _expressions()
    if mark in _DEALT and known["total"].search(whole.before):  # 资金合计1.83亿元，逐年分别为
        return True
    if known["complete"].match(mark) or known["rest"].search(parts[-1].label):
        return True
    if _make_a_set(parts) or _are_bands(parts) or _fill_the_time(whole, parts) or _is_told_how_many(whole, parts):
        return True
    if {"junior", "intermediate"} <= _facets("grade", parts):
        return whole.record is None or whole.record.measure in _CERTIFIED
    if parts[0].family in ("CNY", "bare"):
        return _are_all_levels(whole, parts)
    tiers = _facets("tier", parts)
    told = len(tiers) > 2 or tiers in _LEVELS_OF_STATIONS
    return told and not any(known["honours"].search(part.label) for part in parts)


def _make_a_set(parts: Sequence[Term]) -> bool:
    """Whether the parts are those of a set that leaves none out, and nothing else is said of them: men and women."""
    for names in _sets():
        named = [[name for name in names if name in part.label] for part in parts]
        if sorted(named) == sorted([name] for name in names):
            return not any(_overlapping(part.label.replace(own[0], "")) for part, own in zip(parts, named, strict=True))
    return False


@cache
def _sets() -> list[list[str]]:
    sets: list[list[str]] = words()["parts"]["sets"]
    return sets


def _are_bands(parts: Sequence[Term]) -> bool:
    """Whether the parts are all degrees (本科及以上、大专、高中及以下), or bands of age or income without a gap."""
    known = _expressions()
    bands = [_band_of(part) for part in parts]
    if all(band is not None for band in bands):
        return leave_no_gap([band for band in bands if band is not None])
    labels = [part.label for part in parts]
    ends = [sum(end in label for label in labels) for end in ("以上", "以下")]
    return ends == [1, 1] and all(known["degree"].search(label) for label in labels)


def _band_of(part: Term) -> Quantity | None:
    """The age or income that stands before a part (35岁及以下142人), with no figure between."""
    quantities = part.sentence.segment.quantities
    place = next((n for n, quantity in enumerate(quantities) if quantity is part.quantity), 0)
    before = quantities[place - 1] if place else None
    return before if before is not None and before.unit != part.quantity.unit else None


def leave_no_gap(bands: Sequence[Quantity]) -> bool:
    """Whether bands of one unit go on from nothing to the highest: 35岁及以下, 36至45岁, 46岁及以上."""
    edges = sorted(map(_edges, bands))
    if len(bands) < 2 or len({band.unit for band in bands}) > 1 or edges[0][0] != 0 or edges[-1][1] != math.inf:
        return False
    return all(0 <= above[0] - below[1] <= 1 for below, above in pairwise(edges))


def _edges(band: Quantity) -> tuple[float, float]:
    """The lowest and the highest value of a band; 35岁以下 begins at nothing, 46岁以上 has no end."""
    low, high = (float(end or 0) for end in (band.low, band.high))
    if band.value is None:
        return low, high
    value = float(band.value)
    return (0.0, value) if band.bound in ("at_most", "under") else (value, math.inf if band.bound != "exact" else value)


def _fill_the_time(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the times of the parts make up that of the whole: 2021年至2023年…，其中2021年…、2022年…、2023年…."""
    of_whole = _dates_before(whole)
    of_parts = [_dates_before(part) for part in parts]
    if len(of_whole) != 1 or len(parts) < 2 or not all(len(dates) == 1 for dates in of_parts):
        return False
    spans = [(date.period_start, date.period_end) for date in (*of_whole, *(own for (own,) in of_parts))]
    days = [(start.toordinal(), end.toordinal()) for start, end in spans if start and end]
    if len(days) < len(spans):
        return False
    (start, end), *own = days
    follow = all(later[0] == earlier[1] + 1 for earlier, later in pairwise(own))
    return follow and (own[0][0], own[-1][1]) == (start, end)


def _dates_before(term: Term) -> list[DateMention]:
    """The dates between a figure and the one before it."""
    segment, first = term.sentence.segment, term.at - len(term.before)
    return [date for date, at in zip(segment.dates, segment.date_at, strict=False) if first <= at < term.at]


def _overlapping(label: str) -> bool:
    return _expressions()["overlapping"].search(label) is not None


def _is_told_how_many(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the words before a whole say how many places or sorts have parts of it: 五个县区共建成社工站76个：…."""
    before = whole.sentence.terms[whole.index - 1] if whole.index else None
    return before is not None and before.value == len(parts) > 1 and before.family == "thing" and "共" in whole.before


def are_nested(parts: Sequence[Term]) -> bool:
    """Whether one part holds another: 其中持证的41人，拿到中级的12人."""
    certified = [_expressions()["certified"].search(part.label) is not None for part in parts]
    return (
        any(certified)
        and not all(certified)
        and any(_facet("grade", part) for part, has_all in zip(parts, certified, strict=True) if not has_all)
    )


def _are_all_levels(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether money is told by all levels that give it: from above down to the lowest, or 市县两级 and these two."""
    known = _expressions()
    labels = [part.label for part in parts]
    named = known["levels"].search(whole.before)
    if named is not None and len(named[1]) == len(parts):
        return all(sum(level in label for label in labels) == 1 for level in named[1])
    if len(parts) < 3 or not known["lowest"].search(labels[-1]):
        return False
    return all(known["higher"].search(label) for label in labels[:-1])


def is_disjoint(parts: Sequence[Term]) -> bool:
    """Whether no person or thing can be in two of the parts; money never is."""
    if parts[0].family == "CNY" or not any(_overlapping(part.label) for part in parts):
        return True
    if _make_a_set(parts) or _are_bands(parts) or _expressions()["rest"].search(parts[-1].label):
        return True
    return bool(_facets("grade", parts))


def may_lack_some(whole: Term, parts: Sequence[Term], total: Decimal) -> bool:
    """Whether two parts fall short by so few that these may not be worth a word: seniors, or a body one level above."""
    short = whole.value - total
    if len(parts) > 2 or short <= 0:
        return False
    if _facets("tier", parts) in _LEVELS_OF_STATIONS:
        return short <= BODIES_ABOVE
    return bool(_facets("grade", parts)) and short <= whole.value * SENIORS
