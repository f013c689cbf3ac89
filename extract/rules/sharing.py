"""Sharing: items of a list and parts of a whole take part in the claim of another figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..arithmetic import TRUSTED, sum_chance
from ..match.mentions import Quantity
from .claims import SINGLE, countable, fits, is_denominator
from .encoding import ANY_QUANTITY, KIND, MENTION_SLOTS, block, mention_index, mention_kind
from .facets import facet_words, has_facet_word
from .findings import Claim, Finding, between, kind_of, runs
from .segments import Segment
from .silence import is_loss
from .topics import is_gain

PART_PRIORITY = 40

OWN_VERB = 50  # the least priority of rules that read a verb, not only a noun

OWN_PRIORITY = 55  # a clause that a rule of so much reads by itself is no item of the list before

NOUN_ALONE = 33  # the highest priority of rules that read a noun without a verb

SECTION_PRIORITY = 54  # 按岗位分，…: the whole sentence lists parts

_PART_MARK = re.compile(
    r"其中|分\S{1,4}看|包括|含(?<!包含)|分别[为是]|即[:：]?|分为|组成|按\S{0,10}?(?:分类|分布|划分|计算|统计|来看|来分|分|看)|从\S{0,8}?(?:来看|看)"
)

_SECTION_MARK = re.compile(
    r"^\W{0,2}(?:其中|分\S{1,4}看|按\S{0,10}?(?:分类|分布|划分|计算|统计|来看|来分|分|看)|从\S{0,8}?(?:来看|看))"
)

_JOINT = re.compile(
    rf"^(?P<tail>[^，；。：{ANY_QUANTITY}]{{0,18}}?)(?P<joint>、|，|\||及其|以及|和|及|与|；|/|（)(?P<head>[^，；。{ANY_QUANTITY}]{{0,24}})$"
)

_CARRY = re.compile(
    rf"^[{block(MENTION_SLOTS['place'])}](?:有|为|是|达|以|则|仅|只有)?$|(?:其余|中位数|最[高低]的?|为|达|是|则|减为|降为|增至|升至|提高到|合计|共计|总计|共|第[二三四五六七八九]批)[了约]?$"
)

_SUM = re.compile("合计|共计|总计|共")
_CHANGE = re.compile(
    rf"^[^，。；{ANY_QUANTITY}]{{0,4}}(?:增|提|升|涨|降|减|发展|扩|跃|攀|壮大|拓展)[^，。；{ANY_QUANTITY}]{{0,3}}(?:到|至|为)[^，。；{ANY_QUANTITY}]{{0,8}}$"
)
_TOTAL = re.compile("[，、](?:累计|全[市县区省])?总(?:数|量|人数|数量)")
_GAINS = ("built", "newly_certified", "recruited", "volunteers")
_BASE = re.compile(
    rf"[^，。；{ANY_QUANTITY}]{{0,24}}[，、](?:比|较|与|是)"
    rf"(?:([{block(MENTION_SLOTS['date'])}])(?:同期|全年|底|末)?的?|(?:建站|成立|起步|试点|启动|当|最)(?:之初|时|初)的)$"
)  # 395人通过，比去年的214人增长84.6%
_CHANGED = re.compile(rf"的[{block(KIND['times'])}]|[约净]?(?:增|多|提|上升|下降|减|高|少|翻|相比)")


def list_claim(segment: Segment, index: int, taken: Sequence[Finding], claim: Claim | None) -> Finding | None:
    """The claim that an item shares with the item before it in a list, or the end of a change with its base."""
    if not taken or taken[-1].index != index - 1:
        return None
    last = taken[-1]
    if not _can_share(segment, index, last) or not fits(last.rule, segment.quantities[index]):
        return None
    words = between(segment, index - 1, index)
    if claim is not None and "name" in claim.finding.words:
        return None
    if claim is None and (base := _BASE.match(words)) and _CHANGED.match(segment.code, segment.quantity_at[index] + 1):
        dealt = {"date": segment.dates[mention_index(base[1])]} if base[1] else {}
        return replace(last, index=index, via="list", dealt=dealt, words={}, previous=last)
    if claim is None and is_end_of_change(segment, index):
        return replace(last, index=index, via="list", dealt={}, words={}, previous=last)
    if _TOTAL.match(words) and last.rule.template["measure"] in _GAINS:
        return None  # 新增社工室58个，总数达211个: what there is then
    if not last.rule.source.list or not _joined(words, claim is None, last):
        return None
    if words[:1] in "，；" and (is_gain(segment, index - 1) or _sums_unlike(words, taken)):
        return None  # 初级200人，比上年增加50人；中级86人
    if claim is not None and _has_own_verb(segment, index, claim, last):
        return None
    own = claim is not None and claim.finding.start > last.at and words.removeprefix("不等")[:1] in "，；"
    if claim is not None and own and claim.score[0] >= OWN_PRIORITY:
        return None
    if claim is not None and claim.score[0] >= (PART_PRIORITY if last.via == "part" else last.rule.source.priority):
        return None
    return replace(last, index=index, via="part" if last.via == "part" else "list", dealt={}, words={}, previous=last)


def is_end_of_change(segment: Segment, index: int) -> bool:
    """Whether a figure is what a change from the figure before it came to: 由12人增加到30人."""
    return index > 0 and _CHANGE.match(between(segment, index - 1, index)) is not None


def _sums_unlike(words: str, taken: Sequence[Finding]) -> bool:
    """Whether a sum is of an item and one before it of another measure: 社工45名、志愿者320名，合计365人."""
    if len(taken) < 2 or not _SUM.search(words):
        return False
    before, last = taken[-2:]
    alike = kind_of(last.segment, before.index) == kind_of(last.segment, last.index)
    beside = before.segment is last.segment and "、" in between(last.segment, before.index, last.index)
    return alike and beside and before.rule.template["measure"] != last.rule.template["measure"]


_HEAD = re.compile("[^，、；]{0,3}[，、；和与及]?(?:并|还|另|又|再|同时)?$")


def _has_own_verb(segment: Segment, index: int, claim: Claim, last: Finding) -> bool:
    """Whether an item of the same table has a rule with a verb of its own: 新建12个，改造提升30个."""
    own, theirs = claim.finding.rule, last.rule
    lead = segment.code[segment.quantity_at[index - 1] + 1 : claim.finding.start]
    behind = claim.finding.start > segment.quantity_at[index - 1] and _HEAD.match(lead) is not None
    least = OWN_VERB if own.template["table"] == theirs.template["table"] else SINGLE
    return behind and own.source.priority >= least and last.via != "part"


_SERVED = {KIND["households"], KIND["persons"], KIND["person_times"]}  # 走访独居老人6308户、困境儿童1175人


def _can_share(segment: Segment, index: int, last: Finding) -> bool:
    """Whether a figure is of the kind of the figure before it, and counts something."""
    kinds = {mention_kind(segment.code[segment.quantity_at[i]]) for i in (index - 1, index)}
    alike = len(kinds) == 1 or kinds == {KIND["money"], KIND["number"]}
    alike = alike or (last.rule.template["measure"] == "beneficiaries" and kinds <= _SERVED)
    return alike and countable(segment)[index]


def _joined(words: str, unclaimed: bool, last: Finding) -> bool:
    """Whether the words between two figures make them items of one list."""
    joint = _JOINT.match(words)
    if joint is None or _PART_MARK.search(joint["head"]):
        return False
    summed = last.rule.template["table"] == "funds" and _SUM.search(joint["head"])
    carried = unclaimed and not summed and (not joint["head"] or _CARRY.search(joint["head"]) is not None)
    if joint["joint"] in "，；（" and not carried and not has_facet_word(joint["tail"] + joint["head"]):
        return False
    told = last.segment.code[last.start : last.end]  # its own verb may come again: 县级建成8个，乡镇建成97个
    around = f"{joint['tail']}\n{joint['head']}"
    return all(stop in told for stop in last.rule.vocabulary.gap_stops if stop in around)


def part_claim(
    segment: Segment, index: int, earlier: Sequence[Finding], taken: Sequence[Finding], claim: Claim | None
) -> Finding | None:
    """The claim that a part has from its whole."""
    at, kind = segment.quantity_at[index], kind_of(segment, index)
    wholes = [f for f in taken if f.via != "part"]
    section, opening = False, 0
    if any(kind_of(segment, f.index) == kind for f in wholes):
        marks = list(_PART_MARK.finditer(segment.code, 0, at))
        if not marks:
            return None
        opening = marks[-1].start()
        wholes = [f for f in wholes if f.at < opening]
    elif earlier:
        section = _SECTION_MARK.match(segment.code) is not None
        again = _whole_again(segment, index, earlier)
        wholes = [again] if again else [f for f in earlier[-20:] if f.via != "part"][-4:] if section else []
    times = segment.quantities[index].unit == "person_time"
    wholes = [
        f for f in wholes if kind_of(f.segment, f.index) == kind and (not times or f.quantity.unit == "person_time")
    ]
    if not wholes or is_denominator(segment, at) or is_loss(segment, at):
        return None
    whole = wholes[-1] if len(wholes) == 1 else _whole_by_sum(segment, opening, kind, wholes)
    if claim is not None and (
        _is_more(segment.quantities[index], whole) or claim.score[0] > _part_priority(whole, claim, section)
    ):
        return None
    return Finding(segment, index, whole.rule, "part", opening, at + 1, {}, whole)


_AMONG = re.compile(rf"[^，。；{ANY_QUANTITY}]{{0,8}}(?P<whole>[{ANY_QUANTITY}])(?:里面|当中|之中|里|中)，")


def _whole_again(segment: Segment, index: int, earlier: Sequence[Finding]) -> Finding | None:
    """What a sentence before has told of the figure that this one is about: 今年243人通过考试。243人里，初级181人."""
    among = _AMONG.match(segment.code)
    if among is None or (told := mention_index(among["whole"])) >= index:
        return None
    value, kind = segment.quantities[told].value, kind_of(segment, told)
    return next(
        (f for f in reversed(earlier) if f.quantity.value == value and kind_of(f.segment, f.index) == kind), None
    )


def _is_more(part: Quantity, whole: Finding) -> bool:
    """Whether a figure is greater than what it would be a part of."""
    return part.value is not None and whole.quantity.value is not None and part.value > whole.quantity.value


def _whole_by_sum(segment: Segment, opening: int, kind: int, wholes: Sequence[Finding]) -> Finding:
    """The nearest whole that the parts behind the mark add up to beyond chance; the nearest of all where none is."""
    parts: list[Decimal] = []
    for index, quantity in enumerate(segment.quantities):
        if segment.quantity_at[index] > opening and kind_of(segment, index) == kind:
            if quantity.bound != "exact" or quantity.value is None:
                break
            parts.append(quantity.value)
    total = sum(parts, Decimal(0))
    for tried, whole in enumerate(reversed(wholes), 1):
        found = whole.quantity
        if len(parts) > 1 and found.bound == "exact" and found.value == total:
            return whole if sum_chance(total, parts, 0.0, tried) <= TRUSTED else wholes[-1]
    return wholes[-1]


def _part_priority(whole: Finding, claim: Claim, section: bool) -> int:
    """Parts give way to a figure's own rule, unless that says the same with less or the sentence is all parts."""
    if section:
        return SECTION_PRIORITY
    own, theirs = claim.finding.rule.template, whole.rule.template
    if (own["measure"], theirs["measure"]) == ("salary", "invested"):
        return 60  # 支出14万元，其中人员工资10万元
    if own["measure"] == "talent" and theirs["table"] == "workers":
        return 65  # 驻站社工61人，其中本科以上学历38人
    if own["measure"] == "staffed" and theirs["table"] == "workers" and not _POSTED.search(*_words_of_part(claim)):
        return 60  # 5318人参加考试，其中社区工作者3120人; but 其中从事社会工作的600人
    if own["measure"] == "beneficiaries" and theirs["table"] == "workers":
        return 60  # 持证1876人，其中能用双语开展服务的317人
    if (own["measure"], theirs["measure"]) == ("invested", "raised") and _is_income(whole, claim):
        return 60  # 总收入458万元，其中政府购买服务391万元
    if (own["measure"], theirs["measure"]) == ("invested", "planned"):
        return 60  # 预算165万元，其中站点补助25万元
    same = own.get("table") == theirs.get("table") and own.get("measure") == "certified"
    return 60 if same and theirs.get("measure") == "newly_certified" else PART_PRIORITY


def _is_income(whole: Finding, claim: Claim) -> bool:
    """Whether a sum is a part of what a body took in, not of what it spent."""
    own = claim.finding
    if _IN_MONEY.fullmatch(own.segment.code, own.segment.clause_start(own.at), own.at):
        return True  # 接收捐赠4126万元，其中资金3518万元
    spent = "支" in own.segment.code[own.segment.clause_start(own.at) : own.at]
    return _INCOME.search(whole.segment.code, 0, whole.at) is not None and not spent


_IN_MONEY = re.compile("其中(?:资金|现金|款项|善款)")
_INCOME = re.compile("收入[^，。；]{0,4}$")
_POSTED = re.compile("从事|从业|任职|在岗|驻站|驻点|上岗|配备|选派|派驻|专职|全职|兼职")


def _words_of_part(claim: Claim) -> tuple[str, int, int]:
    """The code that a figure stands in, and the bounds of its clause's words before it."""
    segment, at = claim.finding.segment, claim.finding.at
    return segment.code, segment.clause_start(at), at


def share_backwards(segment: Segment, taken: list[Finding]) -> None:
    """分别有166人和92人过关: what stands behind a bare list holds for all of it."""
    by_index = {f.index: f for f in taken}
    for run in runs(segment):
        last = by_index.get(run[-1])
        if last is None or last.via != "rule":
            continue
        weaker = [f for f in taken if f.index in run and _is_weaker(segment, f, last)]
        missing = [index for index in run if index not in by_index or by_index[index] in weaker]
        taken[:] = [f for f in taken if f not in weaker]
        taken.extend(replace(last, index=index, via="list", dealt={}, previous=None) for index in missing)


def share_verb_behind(taken: list[Finding]) -> None:
    """24家社会组织、9个社工站到场: what stands behind the last noun of a list holds for all of it."""
    taken.sort(key=lambda finding: finding.index)
    for place in range(len(taken) - 2, -1, -1):
        item, last = taken[place], taken[place + 1]
        if last.start != last.at or last.rule.source.priority < OWN_VERB or item.index != last.index - 1:
            continue
        named = item.via == "rule" and item.rule.source.priority <= NOUN_ALONE
        alike = item.rule.template["table"] == last.rule.template["table"]
        words = between(item.segment, item.index, last.index)
        if named and alike and (_ITEMS.fullmatch(words) or _is_next_grade(words)):
            taken[place] = replace(item, rule=last.rule, start=item.at)


def _is_next_grade(words: str) -> bool:
    """Whether words between figures are no more than the next item's grade: 初级86人、中级42人报名."""
    return words[:1] in "、和与及" and facet_words("grade").expression.fullmatch(words, 1) is not None


_ITEMS = re.compile(f"[^，。；、{ANY_QUANTITY}]{{1,12}}[、和与及]")


def _is_weaker(segment: Segment, item: Finding, last: Finding) -> bool:
    """Whether an item of a bare list has a rule that gives way to the last item's: 分别给予A、B、C元补贴."""
    same = item.rule.template["table"] == last.rule.template["table"] and "name" not in item.words
    apart = "，" in segment.code[item.at : last.at]
    return same and not apart and item.rule.source.priority < last.rule.source.priority
