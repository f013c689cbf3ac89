"""Topics: figures whose clause has a verb and no noun of its own, read with the noun that stands before.

拟新建社工站5个，已建成3个: the 3 are stations, too. 持证社工队伍不断壮大。2023年达到530人: the sentence before
names what is counted. 持证社工（单位：人） over lines such as 江阳区：612: the heading does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ..paths import read_pattern_file
from .book import RuleBook
from .claims import countable, direct_claims
from .encoding import ANY_QUANTITY, COUNTED, KIND, PRIVATE, block, mention_kind
from .facets import facet_words, is_led_by, run_head
from .findings import Finding, kind_of
from .segments import Segment

LEAST = 43  # priority of a rule that an understood noun may fill
ASKED = 28  # the same where a question names it
NEAR = 3  # figures back that a noun may be taken from


def topic_claim(
    segment: Segment, index: int, taken: Sequence[Finding], earlier: Sequence[Finding], book: RuleBook
) -> Finding | None:
    """The finding of a figure whose clause is a bare verb (已建成3个), with the noun that it leaves out."""
    at = segment.quantity_at[index]
    if not countable(segment)[index] or not _CLOSED.match(segment.code, at + 1):
        return None
    first = run_head(segment, index)  # 分别达到19家、310名: the verb before the list is that of the 310, too
    behind = _end_of_figure_before(segment, first)
    start = max(segment.clause_start(segment.quantity_at[first]), behind)
    lead = segment.code[start : segment.quantity_at[first]].removeprefix("其中").replace("分别", "")
    head = _head_of(segment, start)
    asked = start == 0 and segment.preceding[-1:] in ("？", "?")
    if (behind and start == behind and not _MORE.fullmatch(lead)) or not (
        _bare(lead) or (asked and not lead) or (head and _is_tier(lead))
    ):
        return None
    row = _ROW_NAME.fullmatch(lead) is not None
    kind = kind_of(segment, index)
    origin = _origin(segment, index, taken, earlier)
    nouns: list[str | None] = [*head, *_nouns(segment, start, row, kind, here=True)]
    if not nouns:
        nouns = [_noun_of(origin)] if origin else [*_nouns(segment, start, row, kind, here=False)]
        if kind == KIND["money"] and segment.quantities[index].kind != "money":
            nouns = [] if origin else nouns  # a number alone is no sum because a sum stands before it
    for noun in nouns:
        found = noun and _read_with(segment, index, lead, noun, origin, book)
        if found:
            return found
    return None


_MORE = re.compile(  # 比上年的94名多了78名; 新建200个、总数突破800个
    "[净又]?(?:增加|增|多|多出|新增)了?|、(?:累计)?总(?:数|量|人数|数量)(?:已|将)?(?:达到?|为)?"
)


def _end_of_figure_before(segment: Segment, index: int) -> int:
    """Where the figure before ends, durations and measures aside; 0 where there is none."""
    return next(
        (at + 1 for at in reversed(segment.quantity_at[:index]) if mention_kind(segment.code[at]) != KIND["other"]), 0
    )


def _head_of(segment: Segment, start: int) -> list[str]:
    """What heads the clauses behind a colon: 新建社工站 in 1.新建社工站：目标值20个，实际完成23个."""
    head = _HEAD.search(segment.code, 0, start)
    return [head["head"]] if head else []


_HEAD = re.compile(
    rf"(?:^|[。；])[^，。；：{PRIVATE}]{{0,2}}?[.．、）)是]?(?P<head>[^，。；：.．{PRIVATE}]{{3,14}})：[^；。：]*$"
)
_ROW_NAME = re.compile(rf"[{PRIVATE}]为?")  # a line of a table: 江阳区：612
_CLOSED = re.compile("了?[，。；、！？）（”\\n]|和|与|及|以上|居|位居|领|紧随|排|列|$")  # no noun of its own behind


def is_gain(segment: Segment, index: int) -> bool:
    """Whether a figure is what came new to a whole: 持证社工300人，其中2023年新增40人; 较上年分别增加50人和14人."""
    at = segment.quantity_at[index]
    if segment.code[at - 1 : at] not in _BEFORE_A_GAIN:
        return False
    return is_led_by(segment, index, _GAIN)


_BEFORE_A_GAIN = frozenset(
    "增加多取得了出别各、，和及与或/"
)  # the end of the verb, or of what joins a figure to those before it
_GAIN = re.compile(
    rf"(?:其中[{PRIVATE}]?(?:又|已)?(?:新增|净增|增加|新取得|新考取)了?"
    rf"|(?:[较比与]|同比|环比)[^，。；{ANY_QUANTITY}]{{0,8}}?(?:分别|各|均)?(?:净增|新增|增加|增|多)[了出]?"
    rf"|[{ANY_QUANTITY}]，(?:分别|各)?(?:净增|增加)了?)(?:分别|各)?$"
)


def is_bare_verb(code: str) -> bool:
    """Whether words are a verb without a noun, with dates and places: 2023年，全市新建."""
    return _bare(code)


def _bare(lead: str) -> bool:
    """Whether the words before a figure are a verb without a noun: 目前已建成, 2023年达到, 这个数字变成了."""
    return _words()["bare"].fullmatch(lead) is not None


def _is_tier(lead: str) -> bool:
    """Whether the words before a figure are a tier alone: 街道级."""
    return facet_words("tier").expression.fullmatch(lead) is not None


def _origin(segment: Segment, index: int, taken: Sequence[Finding], earlier: Sequence[Finding]) -> Finding | None:
    """The nearest finding of the same kind of figure, in the sentence or in the one before."""
    kind = kind_of(segment, index)
    near = [f for f in taken if index - NEAR <= f.index < index]
    if (
        not any(kind_of(f.segment, f.index) == kind for f in near)
        and earlier
        and earlier[-1].segment.end == segment.start
    ):
        near = [f for f in earlier if f.segment is earlier[-1].segment]
    return next((f for f in reversed(near) if f.via != "part" and kind_of(f.segment, f.index) == kind), None)


def _noun_of(origin: Finding) -> str | None:
    """The noun that a finding counts."""
    noun: str | None = origin.words.get("facility") or origin.words.get("topic")
    return noun or _words()["nouns"].get(origin.rule.template["measure"])


def _nouns(segment: Segment, start: int, row: bool, kind: int, *, here: bool) -> list[str]:
    """The nouns that the clauses before the clause at `start` may lend, or (not `here`) what stands before them.

    That is the sentence before, or the heading above, and lends only where nothing but dates and places lies between.
    """
    parting = block(kind) if kind == KIND["count"] else COUNTED
    before = re.split(f"[{parting}]", segment.code[:start])[-1].rstrip("，；：")
    if not here and before.removeprefix("答") and not _bare(before):
        return []
    text = before if here else segment.preceding
    found = [
        (m.end(), _with_tier(text, m.start(), topic["noun"] or m[0]))
        for pattern, topic in _words()["topics"]
        if row or not topic.get("rows")
        for m in pattern.finditer(text)
    ]
    return [noun for _, noun in sorted(found, reverse=True)]


def _with_tier(text: str, start: int, noun: str) -> str:
    """A noun with the tier that stands right before it: 社区社工室."""
    tier = facet_words("tier").last(text[max(0, start - 6) : start])
    at = start - len(tier[0]) if tier else start
    return tier[0] + noun if tier and text.startswith(tier[0], at) and text[at - 1 : at] not in ("各", "每") else noun


def _read_with(
    segment: Segment, index: int, lead: str, noun: str, origin: Finding | None, book: RuleBook
) -> Finding | None:
    """The finding of the best rule that reads the clause with `noun` before its verb or behind it."""
    at = segment.quantity_at[index]
    stop = re.search(rf"[，；。：{ANY_QUANTITY}]", segment.code[at + 1 :])
    tail = segment.code[at : at + 1 + stop.start()] if stop else segment.code[at:]
    lead = lead.lstrip("，、").removeprefix("其中")
    best = None
    for code in (noun + lead + tail, lead + noun + tail, noun + tail):
        claim = direct_claims(segment, code, (), book).get(index)
        least = ASKED if segment.preceding[-1:] in ("？", "?") else LEAST
        if claim and claim.score[0] >= least and (best is None or claim.score > best.score):
            best = claim
    if best is None:
        return None
    return replace(
        best.finding, via="list", start=at, end=at + 1, words={"facility": noun, "topic": noun}, previous=origin
    )


@cache
def _words() -> dict[str, Any]:
    """Of `patterns/facets.yaml`: which clauses are bare, and the nouns of measures and of topics."""
    data = read_pattern_file("facets.yaml")["topic"]
    bare = "|".join(map(re.escape, sorted(data["bare"], key=len, reverse=True)))
    return {
        "bare": re.compile(rf"(?:{bare}|[{PRIVATE}]|分别|[，、和])+"),
        "nouns": data["nouns"],
        "topics": [(re.compile("|".join(topic["words"])), topic) for topic in data["topics"]],
    }
