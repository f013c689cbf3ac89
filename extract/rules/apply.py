"""Rules applied to sentences: which rule reads which figure.

In each segment every pattern whose trigger words are there is searched. A figure goes to the claim of the highest
priority; of equals, to the one with the shortest gaps, then the longest match. Then figures without a claim of their
own take part in a neighbour's: an item of a list shares the verb of the item before it, a part (其中, 包括) has the
measure of its whole, and 分别 deals values out to the names before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..match.mentions import DateMention, PlaceMention, Quantity
from .book import Rule, RuleBook
from .facets import grade_sequence, has_facet_word, is_target, item_before, run_head
from .language import ANY_QUANTITY, KIND, MENTION_SLOTS, block, mention_index, mention_kind
from .segments import Segment, is_base_date

PART_PRIORITY = 40
SECTION_PRIORITY = 54  # 按岗位分，…: the whole sentence lists parts
_PART_MARK = re.compile(
    r"其中|包括|(?<!包)含|分别[为是]|即[:：]?|分为|组成|按\S{0,10}?(?:分类|分布|划分|计算|统计|来看|来分|分)|从\S{0,8}?(?:来看|看)"
)
_SECTION_MARK = re.compile(
    r"^\W{0,2}(?:其中|按\S{0,10}?(?:分类|分布|划分|计算|统计|来看|来分|分)|从\S{0,8}?(?:来看|看))"
)
_JOINT = re.compile(
    rf"^(?P<tail>[^，；。：{ANY_QUANTITY}]{{0,18}}?)(?P<joint>、|，|及其|以及|和|及|与|；|/|（)(?P<head>[^，；。{ANY_QUANTITY}]{{0,24}})$"
)
_CARRY = re.compile(
    rf"^[{block(MENTION_SLOTS['place'])}](?:有|为|达|以|则|仅|只有)?$|(?:其余|中位数|最[高低]的?|为|达|是|则|减为|降为|增至|升至|提高到|合计|共计|总计|共)[了约]?$"
)
_BARE_JOINT = re.compile("(?:、|和|与|及|以及)$")
_DEAL = re.compile(r"分别|依次")
_NAME_JOINT = re.compile(r"、|以及|和|与|及")


@dataclass(slots=True)
class Finding:
    """A figure that a rule reads, before its values are settled.

    `via` is `rule`, `list` (the item before it had the rule) or `part` (of `whole`); `dealt` holds what 分别 dealt to
    it. `[start, end)` is the stretch of the segment's code that the rule matched.
    """

    segment: Segment
    index: int
    rule: Rule
    via: str
    start: int
    end: int
    words: dict[str, str] = field(default_factory=dict)
    whole: Finding | None = None
    previous: Finding | None = None  # the item before it, for items of a list
    dealt: dict[str, Any] = field(default_factory=dict)

    @property
    def quantity(self) -> Quantity:
        """The figure."""
        return self.segment.quantities[self.index]

    @property
    def at(self) -> int:
        """Where the figure stands in the segment's code."""
        return self.segment.quantity_at[self.index]


@dataclass(slots=True)
class _Claim:
    finding: Finding
    score: tuple[int, int, int, int]


def apply_rules(paragraph: Sequence[Segment], book: RuleBook) -> list[Finding]:
    """The findings of one paragraph's segments, in reading order."""
    found: list[Finding] = []
    for number, segment in enumerate(paragraph):
        if segment.quantities:
            before = paragraph[:number]
            found.extend(_read_segment(segment, before, found, book))
    return found


def _read_segment(
    segment: Segment, before: Sequence[Segment], earlier: Sequence[Finding], book: RuleBook
) -> list[Finding]:
    claims = _direct_claims(segment, segment.code, before, book)
    _deal_names(segment, claims, before, book)
    taken: list[Finding] = []
    for index in range(len(segment.quantities)):
        claim = claims.get(index)
        shared = _list_claim(segment, index, taken, claim) or _part_claim(segment, index, earlier, taken, claim)
        if shared is not None:
            taken.append(shared)
        elif claim is not None:
            taken.append(claim.finding)
    _share_backwards(segment, taken)
    _deal_facets(segment, taken)
    return sorted(taken, key=lambda finding: finding.index)


def _direct_claims(segment: Segment, code: str, before: Sequence[Segment], book: RuleBook) -> dict[int, _Claim]:
    """The best claim of a rule on each quantity of `code`."""
    best: dict[int, _Claim] = {}
    skipped = {
        index
        for index, (quantity, at) in enumerate(zip(segment.quantities, segment.quantity_at, strict=True))
        if is_article(quantity) or is_denominator(segment, at) or is_condition(segment, at)
    }
    single = {
        index for index, quantity in enumerate(segment.quantities) if quantity.text[:1] == "一" and quantity.value == 1
    }
    kinds = 0
    for at in segment.quantity_at:
        kinds |= 1 << mention_kind(segment.code[at])
    for rule, pattern in book.candidates(code, kinds):
        if not pattern.probe.search(code):
            continue
        for match in pattern.expression.finditer(code, overlapped=True):
            gaps = sum(map(len, match.captures("gap"))) if "gap" in match.re.groupindex else 0
            score = (rule.source.priority, -gaps, match.end() - match.start(), rule.order)
            for at in match.starts("q"):
                index = mention_index(code[at])
                held = best.get(index)
                if index in skipped or (rule.source.priority < 45 and index in single):
                    continue
                if (held is None or score > held.score) and _holds(rule, segment, index, before):
                    words = {k: v for k, v in match.groupdict().items() if v and k not in ("q", "x", "gap")}
                    finding = Finding(segment, index, rule, "rule", match.start(), match.end(), words)
                    best[index] = _Claim(finding, score)
    return best


def is_article(quantity: Quantity) -> bool:
    """Whether 一 is no more than “a” here: 一个平台, 一支队伍, 一次走访; 一名 and 一人 count."""
    one = quantity.text[:1] == "一" and quantity.value == 1
    return one and (quantity.unit in ("item", "site", "event", "session") or quantity.unit_text == "位")


def is_denominator(segment: Segment, at: int) -> bool:
    """Whether the figure is what another is counted by: 每万人, 每3个村."""
    counted = segment.quantities[mention_index(segment.code[at])].kind == "count"
    return counted and (segment.code[at - 1 : at] == "每" or segment.code.startswith(("拥有量", "占有量"), at + 1))


def is_condition(segment: Segment, at: int) -> bool:
    """Whether the figure is what somebody must have: 专职社工5名以上的机构."""
    quantity = segment.quantities[mention_index(segment.code[at])]
    return quantity.bound == "at_least" and _HAVING.match(segment.code, at + 1) is not None


_HAVING = re.compile(r"的(?:\S{0,4})(?:机构|单位|企业|组织|社区|村|站点|个人|人员)")


def _holds(rule: Rule, segment: Segment, index: int, before: Sequence[Segment]) -> bool:
    """Whether the rule's conditions hold for a figure."""
    if rule.source.unless and any(word in item_before(segment, index, wide=True) for word in rule.source.unless):
        return False
    for condition in rule.source.when:
        if condition in ("target", "actual"):
            if is_target(segment, index) != (condition == "target"):
                return False
            continue
        date = governing_date(segment, segment.quantity_at[run_head(segment, index)], before)
        relation = date.relation if date else None
        if condition == "in-period" and relation not in ("in", "since"):
            return False
        if condition == "as-of" and relation != "until":
            return False
        if condition == "not-as-of" and relation == "until":
            return False
        if condition == "undated" and relation is not None:
            return False
    return True


def governing_date(segment: Segment, at: int, before: Sequence[Segment]) -> DateMention | None:
    """The date that a figure at code index `at` falls under: the nearest before it, else of the segments before."""
    for date, where in zip(reversed(segment.dates), reversed(segment.date_at), strict=True):
        if where < at and governs(segment, date, where) and not is_base_date(segment, where, at):
            return date
    for other in reversed(before):
        for date, where in zip(reversed(other.dates), reversed(other.date_at), strict=True):
            if governs(other, date, where) and not is_future(date):
                return date
    return None


_BRACKETED = re.compile(r"[《〈（(][^》〉）)]*$")


def governs(segment: Segment, date: DateMention, at: int) -> bool:
    """Whether a date can set the period of figures: not one that is compared with, vague, or inside a title."""
    if date.relation in ("compared", "vague"):
        return False
    opened = _BRACKETED.search(segment.code, max(0, at - 30), at)
    return not (opened and opened[0][0] in "《〈")


def is_future(date: DateMention) -> bool:
    """Whether the words of a date look ahead: 到2025年."""
    return date.relation == "until" and date.text[:1] in "到至"


def _kind(segment: Segment, index: int) -> int:
    kind = mention_kind(segment.code[segment.quantity_at[index]])
    return {KIND["number"]: KIND["money"], KIND["person_times"]: KIND["persons"]}.get(kind, kind)


def _between(segment: Segment, first: int, second: int) -> str:
    return segment.code[segment.quantity_at[first] + 1 : segment.quantity_at[second]]


def _list_claim(segment: Segment, index: int, taken: Sequence[Finding], claim: _Claim | None) -> Finding | None:
    """The claim that an item shares with the item before it in a list."""
    if not taken or taken[-1].index != index - 1 or not taken[-1].rule.source.list:
        return None
    last = taken[-1]
    kinds = [mention_kind(segment.code[segment.quantity_at[i]]) for i in (index - 1, index)]
    if not (kinds[0] == kinds[1] or {*kinds} == {KIND["money"], KIND["number"]}) or is_article(
        segment.quantities[index]
    ):
        return None
    if claim is not None and claim.score[0] >= (PART_PRIORITY if last.via == "part" else last.rule.source.priority):
        return None
    joint = _JOINT.match(_between(segment, index - 1, index))
    if joint is None or _PART_MARK.search(joint["head"]):
        return None
    carried = claim is None and (not joint["head"] or _CARRY.search(joint["head"]) is not None)
    if joint["joint"] in "，；（" and not carried and not has_facet_word(joint["tail"] + joint["head"]):
        return None
    vocabulary = last.rule.vocabulary
    if any(stop in joint["head"] or stop in joint["tail"] for stop in vocabulary.gap_stops):
        return None
    return replace(last, index=index, via="part" if last.via == "part" else "list", dealt={}, words={}, previous=last)


def _part_claim(
    segment: Segment, index: int, earlier: Sequence[Finding], taken: Sequence[Finding], claim: _Claim | None
) -> Finding | None:
    """The claim that a part has from its whole."""
    at = segment.quantity_at[index]
    wholes = [f for f in taken if f.via != "part"]
    section = _SECTION_MARK.match(segment.code) is not None and not wholes
    if section:
        wholes = [f for f in earlier if f.via != "part"][-4:]
        opening = 0
    else:
        marks = list(_PART_MARK.finditer(segment.code, 0, at))
        if not marks:
            return None
        opening = marks[-1].start()
        wholes = [f for f in wholes if f.at < opening]
    kind = _kind(segment, index)
    whole = next((f for f in reversed(wholes) if _kind(f.segment, f.index) == kind), None)
    if whole is None:
        return None
    if claim is not None and claim.score[0] > _part_priority(whole, claim, section):
        return None
    return Finding(segment, index, whole.rule, "part", opening, at + 1, {}, whole)


def _part_priority(whole: Finding, claim: _Claim, section: bool) -> int:
    """Parts give way to a figure's own rule, unless that says the same with less or the sentence is all parts."""
    if section:
        return SECTION_PRIORITY
    own, theirs = claim.finding.rule.source.record, whole.rule.source.record
    same = own.get("table") == theirs.get("table") and own.get("measure") == "certified"
    return 60 if same and theirs.get("measure") == "newly_certified" else PART_PRIORITY


def _runs(segment: Segment) -> Iterator[list[int]]:
    """Runs of quantities that stand in a bare list: A、B和C."""
    run: list[int] = []
    for index in range(len(segment.quantities)):
        if run and not (run_head(segment, index) <= run[0] and _kind(segment, run[-1]) == _kind(segment, index)):
            if len(run) > 1:
                yield run
            run = []
        run.append(index)
    if len(run) > 1:
        yield run


def _share_backwards(segment: Segment, taken: list[Finding]) -> None:
    """分别有166人和92人过关: what stands behind a bare list holds for all of it."""
    by_index = {f.index: f for f in taken}
    for run in _runs(segment):
        last = by_index.get(run[-1])
        if last is not None and last.via == "rule":
            missing = [index for index in run if index not in by_index]
            taken.extend(replace(last, index=index, via="list", dealt={}, previous=None) for index in missing)


def _deal_names(segment: Segment, claims: dict[int, _Claim], before: Sequence[Segment], book: RuleBook) -> None:
    """A和B分别达X人和Y人: each value is read as if it stood after its own name."""
    if not (deal := _DEAL.search(segment.code)):
        return
    for run in _runs(segment):
        first = segment.quantity_at[run[0]]
        opening = list(_DEAL.finditer(segment.code, deal.start(), first))
        if not opening:
            continue
        mark = opening[-1]
        clause = max(segment.code.rfind(c, 0, mark.start()) for c in "，；：。") + 1
        names = _NAME_JOINT.split(segment.code[clause : mark.start()])
        if len(names) != len(run) or not all(names):
            continue
        for number, name in enumerate(names):
            rest = _one_of_each_run(segment, mark.end(), len(run), number)
            found = _direct_claims(segment, segment.code[:clause] + name + rest, before, book)
            own = {index for other in _runs(segment) if len(other) == len(run) for index in other[number : number + 1]}
            claims.update({index: claim for index, claim in found.items() if index in own})
        return


def _one_of_each_run(segment: Segment, start: int, length: int, number: int) -> str:
    """The code from `start` with every run of `length` quantities replaced by its member `number`."""
    parts, at = [], start
    for run in _runs(segment):
        first, last = segment.quantity_at[run[0]], segment.quantity_at[run[-1]]
        if first >= start and len(run) == length:
            parts += [segment.code[at:first], segment.code[segment.quantity_at[run[number]]]]
            at = last + 1
    return "".join(parts) + segment.code[at:]


def _deal_facets(segment: Segment, taken: Sequence[Finding]) -> None:
    """初级、中级、高级分别为A、B、C: grades, dates and places before a bare list go to its values in order."""
    by_index = {f.index: f for f in taken}
    deal: list[int] | None = None
    begin = 0
    for run in _runs(segment):
        members = [by_index[i] for i in run if i in by_index]
        if len(members) != len(run):
            continue
        first = segment.quantity_at[run[0]]
        if deal is None or len(deal) != len(run):  # 分别由A、B增加到C、D: the same names twice
            begin = segment.quantity_at[run[0] - 1] + 1 if run[0] else 0
            deal = run if _DEAL.search(segment.code, begin, first) else None
        for name, values in _series(segment, begin, first):
            if len(values) == len(run):
                for member, value in zip(members, values, strict=True):
                    member.dealt[name] = value


def _series(segment: Segment, begin: int, end: int) -> Iterable[tuple[str, Sequence[Any]]]:
    """What can be dealt out: the grades, dates and places of a stretch of code, each in order."""
    yield "grade", grade_sequence(segment.code[begin:end])
    listed = _listed_places(segment, begin, end)
    if listed:
        yield "place", listed
    if _DEAL.search(segment.code, begin, end):
        dates = [d for d, at in zip(segment.dates, segment.date_at, strict=True) if begin <= at < end]
        yield "date", [d for d in dates if d.relation == "in"]


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
