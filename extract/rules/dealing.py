"""Dealing: 分别 and its like give each of several figures the name, grade, tier, date or place that is its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..match.mentions import PlaceMention
from .book import RuleBook
from .claims import direct_claims
from .facets import facet_words, grade_sequence, item_before, tier_sequence
from .findings import Claim, Finding, kind_of, runs
from .segments import Segment

_BARE_JOINT = re.compile("(?:、|和|与|及|以及)$")

DEALT = re.compile(r"分别|依次")

_NAME_JOINT = re.compile(r"、|以及|和|与|及")


def deal_names(segment: Segment, claims: dict[int, Claim], before: Sequence[Segment], book: RuleBook) -> None:
    """A和B分别达X人和Y人: each value is read as if it stood after its own name."""
    for name, code, indices in dealt_sentences(segment):
        found = direct_claims(segment, code, before, book)
        for claim in (found[index] for index in indices if index in found):
            claim.finding.words["name"] = name
            claims[claim.finding.index] = claim


def dealt_sentences(segment: Segment) -> Iterator[tuple[str, str, list[int]]]:
    """Each name that 分别 deals values to: the sentence as if it stood there alone, and the numbers of its figures.

    Only the segment's code and the places of its quantities are looked at.
    """
    if "分别" not in segment.code and "依次" not in segment.code:  # nearly always
        return
    marks = list(DEALT.finditer(segment.code))
    limits = [*(mark.start() for mark in marks), len(segment.code)][1:]
    for mark, limit in zip(marks, limits, strict=True):
        dealt = [run for run in runs(segment) if mark.end() <= segment.quantity_at[run[0]] < limit]
        clause = segment.clause_start(mark.start())
        names = _NAME_JOINT.split(segment.code[clause : mark.start()])
        dealt = [run for run in dealt if len(run) == len(dealt[0])]
        if not dealt or len(names) != len(dealt[0]) or not all(names):
            continue
        names = _whole_names(names)
        for number, name in enumerate(names):
            rest = _one_of_each(segment, mark.end(), limit, dealt, number)
            yield name, segment.code[:clause] + name + rest, [run[number] for run in dealt]


def _whole_names(names: list[str]) -> list[str]:
    """Names of grades with what the first and the last say for all: 报考初级、中级的人数, 初级、中级每月."""
    grades = facet_words("grade").expression
    found = [list(grades.finditer(name)) for name in names]
    if not all(found):
        return names
    head, tail = names[0][: found[0][0].start()], names[-1][found[-1][-1].end() :]
    bare = [name[marks[0].start() : marks[-1].end()] for name, marks in zip(names, found, strict=True)]
    alone = [head + bare[0], *bare[1:-1], bare[-1] + tail]
    return [head + name + tail for name in bare] if alone == names else names


def _one_of_each(segment: Segment, start: int, end: int, dealt: Sequence[list[int]], number: int) -> str:
    """A stretch of code with each run of `dealt` replaced by its member `number`."""
    parts, at = [], start
    for run in dealt:
        first, last = segment.quantity_at[run[0]], segment.quantity_at[run[-1]]
        parts += [segment.code[at:first], segment.code[segment.quantity_at[run[number]]]]
        at = last + 1
    return "".join(parts) + segment.code[at:end]


def deal_facets(segment: Segment, taken: Sequence[Finding]) -> None:
    """初级、中级、高级分别为A、B、C: grades, dates and places before a bare list go to its values in order."""
    by_index = {f.index: f for f in taken}
    deal: list[int] | None = None
    begin = 0
    for run in runs(segment):
        members = [by_index[i] for i in run if i in by_index]
        if len(members) != len(run):
            continue
        first = segment.quantity_at[run[0]]
        if deal is None or len(deal) != len(run):  # 分别由A、B增加到C、D: the same names twice
            begin = segment.quantity_at[run[0] - 1] + 1 if run[0] else 0
            deal = run if DEALT.search(segment.code, begin, first) else None
        if deal is run:
            _deal_nouns(segment, members, taken, begin)
        for name, values in _series(segment, begin, first):
            if len(values) == len(run):
                for member, value in zip(members, values, strict=True):
                    member.dealt[name] = value
        if "grade" not in members[0].dealt and len(grades := _grades_before(segment, taken, first)) == len(run):
            _deal_grades(segment, members, grades)
        behind = _BEHIND.match(segment.code, segment.quantity_at[run[-1]] + 1)
        if behind and len(grades := grade_sequence(behind["names"])) == len(run):
            for member, grade in zip(members, grades, strict=True):
                member.dealt["grade"] = grade


def _grades_before(segment: Segment, taken: Sequence[Finding], end: int) -> list[str]:
    """The grades that sums of money earlier in the sentence are for, in order; none where one comes twice."""
    funds = [f for f in taken if f.at < end and f.rule.template["table"] == "funds"]
    grades = [grade for f in funds if (grade := _grade_of_item(segment, f))]
    return grades if len({*grades}) == len(grades) else []


def _grade_of_item(segment: Segment, item: Finding) -> str | None:
    """The grade that was dealt to an item of a list, or that the words before it name."""
    named = facet_words("grade").last(item_before(segment, item.index))
    return item.dealt.get("grade") or (named[1] if named else None)


def _deal_grades(segment: Segment, members: Sequence[Finding], grades: Sequence[str]) -> None:
    """初级奖励1000元，中级2000元；津贴每月200元、300元: sums without grades of their own are for those before."""
    lead = item_before(segment, members[0].index, wide=True)
    if all(m.rule.template["table"] == "funds" for m in members) and not facet_words("grade").last(lead):
        for member, grade in zip(members, grades, strict=True):
            member.dealt["grade"] = grade


def _deal_nouns(segment: Segment, members: Sequence[Finding], taken: Sequence[Finding], end: int) -> None:
    """中心9个、社工站131个（街道38个、乡镇93个），分别增加5个和74个: each value counts what its figure before does."""
    kind = kind_of(segment, members[0].index)
    alike = [f for f in taken if f.at < end and kind_of(segment, f.index) == kind]
    clause = segment.clause_start(max((f.at for f in alike), default=0))
    near = [f for f in alike if f.at >= clause]
    listed = [f for f in near if f.via != "part" and not _in_brackets(segment.code, f.at)]
    listed = listed or near  # 其中初级200人、中级86人，分别增加50人和14人
    if len(listed) != len(members):
        return
    for member, item in zip(members, listed, strict=True):
        if member.rule.template["table"] == item.rule.template["table"]:
            member.via, member.words, member.previous = "list", {}, item
            if grade := _grade_of_item(segment, item):
                member.dealt["grade"] = grade


def _in_brackets(code: str, at: int) -> bool:
    return code.rfind("（", 0, at) > code.rfind("）", 0, at)


_BEHIND = re.compile(
    "[^，。；]{0,3}，?(?:依次|分别)(?:对应|适用于|给|发给)(?P<names>[^，。；]+)"
)  # A、B元，依次对应初、中级


def _series(segment: Segment, begin: int, end: int) -> Iterable[tuple[str, Sequence[Any]]]:
    """What can be dealt out: the grades, dates and places of a stretch of code, each in order."""
    yield "grade", grade_sequence(segment.code[begin:end])
    yield "tier", tier_sequence(segment.code[begin:end])
    deal = DEALT.search(segment.code, begin, end)
    listed = _listed_places(segment, begin, end) or (_listed_places(segment, 0, end) if deal else [])
    if listed:
        yield "place", listed
    if deal:
        yield "place", _named_places(segment, deal.start())
        dates = [d for d, at in zip(segment.dates, segment.date_at, strict=True) if begin <= at < end]
        yield "date", [d for d in dates if d.relation in ("in", "until")]


def _named_places(segment: Segment, end: int) -> list[PlaceMention | None]:
    """The places of the names before 分别, None for a name that is not known; none where no name is a place."""
    names = _NAME_JOINT.split(segment.code[segment.clause_start(end) : end])
    places = dict(zip((segment.code[at] for at in segment.place_at), segment.places, strict=True))
    found = [places.get(name[-1:]) or places.get(name[:1]) for name in names]
    plain = all(place is not None or _TOWN.search(name) for place, name in zip(found, names, strict=True))
    return found if plain and any(found) else []


_TOWN = re.compile("[县市区旗州镇乡]$")


def _listed_places(segment: Segment, begin: int, end: int) -> list[PlaceMention]:
    """The last bare list of places (北林区、肇东市和海伦市) of a stretch of code."""
    listed: list[PlaceMention] = []
    last = -1
    for place, at in zip(segment.places, segment.place_at, strict=True):
        if begin <= at < end:
            joined = listed and _BARE_JOINT.match(segment.code[last + 1 : at])
            listed = [*listed, place] if joined else [place]
            last = at
    return listed if len(listed) > 1 else []
