"""Claims: which rules match a sentence, on which figures, and whether their conditions hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from ..match.mentions import DateMention, Quantity
from .book import Rule, RuleBook
from .encoding import ANY_QUANTITY, KIND, KINDS, block, mention_index, mention_kind
from .facets import clause_before, is_target, run_head
from .findings import Claim, Finding
from .segments import Segment, is_base_date
from .silence import is_each, is_loss, is_of_another_kind, is_of_other, is_supposed, is_thing

SINGLE = 45  # the least priority of a rule that 一名 and 一人 can be a figure for


def direct_claims(segment: Segment, code: str, before: Sequence[Segment], book: RuleBook) -> dict[int, Claim]:
    """The best claim of a rule on each quantity of `code`.

    Patterns come highest priority first: one whose quantities all have better claims is not tried.
    """
    best: dict[int, Claim] = {}
    figures = {code[at]: index for at, index in _countable(segment, code)}
    kind_of = {index: 1 << mention_kind(char) for char, index in figures.items()}
    open_kinds, level, settled = reduce(or_, kind_of.values(), 0), 0, 0
    for rank, _, _, rule, pattern in book.candidates(code, open_kinds):
        if rank != level:
            level = rank
            if len(best) > settled:  # a figure with a claim of a higher priority is settled
                settled = len(best)
                open_kinds = reduce(or_, (kind for index, kind in kind_of.items() if index not in best), 0)
                if not open_kinds:
                    break
        if not pattern.kinds & open_kinds:
            continue
        for match in pattern.matches(code):
            groups = pattern.groups
            gaps = sum(end - start for start, end in map(match.span, groups.gaps))
            score = (-rank, -gaps, match.end() - match.start(), rule.order)
            for char in match.group(0, *groups.quantities)[1:]:
                index = figures.get(char)
                if index is None or (-rank < SINGLE and _is_single(segment.quantities[index])):
                    continue
                held = best.get(index)
                if held is not None and score <= held.score:
                    continue
                if is_of_other(match, code.index(char, match.start())):
                    continue
                if holds(rule, segment, index, before):
                    words = {name: word for group, name in groups.words if (word := match[group])}
                    finding = Finding(segment, index, rule, "rule", match.start(), match.end(), words)
                    best[index] = Claim(finding, score)
    return best


def _countable(segment: Segment, code: str) -> Iterator[tuple[int, int]]:
    """Code index and number of each quantity of `code` that can be a statistic."""
    told = countable(segment)
    numbered = enumerate(segment.quantity_at) if code is segment.code else _numbered(code)
    for index, at in numbered:
        if told[index]:
            yield at, index


def _numbered(code: str) -> Iterator[tuple[int, int]]:
    """Number and code index of each quantity of a made-up sentence."""
    for at, char in enumerate(code):
        if char >= "\ue000" and mention_kind(char) < len(KINDS):
            yield mention_index(char), at


def _is_single(quantity: Quantity) -> bool:
    return "一" in quantity.text and quantity.value == 1 and quantity.kind == "count"


def countable(segment: Segment) -> list[bool]:
    """Whether each figure can be a statistic of what there is; told once for a segment."""
    if segment.countable is None:
        figures = zip(segment.quantity_at, segment.quantities, strict=True)
        segment.countable = [_is_countable(segment, at, quantity) for at, quantity in figures]
    return segment.countable


def _is_countable(segment: Segment, at: int, quantity: Quantity) -> bool:
    return not (
        (is_article(quantity) and not _is_counted_one(segment, at, quantity))
        or quantity.text in _SLOGANS
        or is_denominator(segment, at)
        or is_condition(segment, at)
        or is_undone(segment, at)
        or is_year(segment, at, quantity)
        or is_loss(segment, at)
        or is_supposed(segment, at)
        or is_each(segment, at)
        or is_thing(segment, at)
    )


_SLOGANS = frozenset(f"{size}{unit}" for size in "百千万" for unit in ("名", "人", "个", "家", "场"))  # 万名社工进乡村


def is_undone(segment: Segment, at: int) -> bool:
    """Whether the figure counts what is no more: 撤并社工站2个, 15人调离."""
    code = segment.code
    return _UNDONE.search(code, max(0, at - 14), at) is not None or _LEFT.match(code, at + 1) is not None


_LEFT = re.compile("(?:因[^，。；]{0,10})?(?:调离|退休|离职|离岗|辞职|离开|流失)")


def is_year(segment: Segment, at: int, quantity: Quantity) -> bool:
    """Whether a bare figure is a year that a blank parts from the figure behind it: 2023 286人."""
    if quantity.kind != "bare" or quantity.value is None or not 1900 <= quantity.value < 2100:
        return False
    behind = segment.code[at + 1 : at + 3].lstrip()[:1]
    return behind >= "\ue000" and mention_kind(behind) < len(KINDS)


_UNDONE = re.compile(
    r"(?:还需|尚需|还缺|还差|缺口|撤并(?!后|之后|[到至为成])|撤销(?!后|之后)|裁撤|关停|注销|取缔|清退|离职|流失(?!率)|辞职)[了]?[^，。；、]{0,10}$"
)


def is_article(quantity: Quantity) -> bool:
    """Whether 一 is no more than “a” here: 一个平台, 一支队伍, 一次走访; 一名 and 一人 count."""
    return _is_single(quantity) and (
        quantity.unit in ("item", "site", "event", "session") or quantity.unit_text in ("位", "个人")
    )


def _is_counted_one(segment: Segment, at: int, quantity: Quantity) -> bool:
    """Whether 一个 stands behind the station that it counts: 市级督导站一个，"""
    behind = segment.code[at + 1 : at + 2]
    return (
        quantity.unit in ("item", "site")
        and behind in "，、；。（"
        and _STATION.search(segment.code, max(0, at - 2), at) is not None
    )


_STATION = re.compile("(?:站点?|室|中心|基地)$")


def is_denominator(segment: Segment, at: int) -> bool:
    """Whether the figure is what another is counted by: 每万人, 每3个村, 每承接过1个项目得2分."""
    code = segment.code
    if segment.quantities[mention_index(code[at])].kind != "count":
        return False
    if _FOR_EACH_MORE.search(code, max(0, at - 6), at) or code.startswith(("拥有量", "占有量"), at + 1):
        return True
    return at < segment.quantity_at[-1] and (_SPREAD.match(code, at + 1) or _AMONG.match(code, at + 1)) is not None


_FOR_EACH_MORE = re.compile(
    "每(?:(?:承接|完成|新增|增加|增|多|减少|引进|培养|举办|开展|组织|招用|吸纳|录用|聘用|接收|服务|缺)[过了满]?)?$"
)
_AREAS = rf"[^，。；{ANY_QUANTITY}]{{0,10}}(?:[县区市旗乡镇村]|街道|社区|[）)])"
_SPREAD = re.compile(  # the areas that share the stations: 8个街道、124个社区共建成社工站（室）132个
    rf"{_AREAS}(?:[、和及]?[{ANY_QUANTITY}]{_AREAS}|[、和及][^，。；、和及{ANY_QUANTITY}]{{1,10}}){{0,8}}"
    rf"(?:(?:共|累计|已|总共|全部)?(?:建成|建立|设立|设置|建有|成立|新建)了?|共计?(?=[{block(KIND['count'])}]))"
    rf"(?:[^，。；{ANY_QUANTITY}]{{0,16}}[站室点家心地构）)])?[{block(KIND['count'])}]"
)


_AMONG = re.compile(
    rf"{_AREAS}[）)]?(?:当|之)?中，?(?:已有|已|有)?[{block(KIND['count'])}]"
)  # 403个乡镇中已有218个建成
_HAVING = re.compile(r"的(?:\S{0,4})(?:机构|单位|企业|组织|社区|村|站点|个人|人员)")


def is_condition(segment: Segment, at: int) -> bool:
    """Whether the figure is what somebody must have: 专职社工5名以上的机构."""
    quantity = segment.quantities[mention_index(segment.code[at])]
    return quantity.bound == "at_least" and quantity.kind != "ratio" and _HAVING.match(segment.code, at + 1) is not None


MOST_A_MONTH = 50_000  # CNY: more is no pay of a person for a month, but a sum for all


def _is_sum(rule: Rule, segment: Segment, index: int) -> bool:
    """Whether a figure is too much for a person's pay: 每年发放津贴1500万元, 本月人员工资10.8万元."""
    measure, value = rule.template["measure"], segment.quantities[index].value
    if measure not in ("allowance", "salary", "reward") or value is None or value < MOST_A_MONTH:
        return False
    if measure == "reward":
        clause = clause_before(segment, index) + segment.quantities[index].text
        return _FOR_MANY.search(clause) is not None or (value >= MOST_AT_ONCE and not _FOR_EACH.search(clause))
    return measure == "allowance" or not _YEARLY.search(clause_before(segment, index))


MOST_AT_ONCE = 200_000  # CNY: more is no reward of one, unless the words say so
_FOR_MANY = re.compile(  # 对156名新取得证书人员发放奖励21.8万元
    rf"[{block(KIND['persons'])}](?!.*(?:每[人名位]|各|分别|人均)).*(?:发放|兑现|发)"
)
_FOR_EACH = re.compile("每[人名位个家]|各|分别|人均|最高|给予")
_YEARLY = re.compile("年薪|年收入|年工资|年人均|年均|年平均|每年")
_OF_PLACES = ("家", "所", "处", "座")


FEW = 10


def fits(rule: Rule, quantity: Quantity) -> bool:
    """Whether a figure is of a kind that a rule's table holds: 7家社会组织实施公益项目 are no services."""
    return rule.template["table"] != "services" or quantity.unit_text not in _OF_PLACES


def holds(rule: Rule, segment: Segment, index: int, before: Sequence[Segment]) -> bool:
    """Whether the rule's conditions hold for a figure."""
    if not fits(rule, segment.quantities[index]):
        return False
    if _is_sum(rule, segment, index) or is_of_another_kind(rule, segment, index):
        return False
    if rule.source.unless and any(word in clause_before(segment, index) for word in rule.source.unless):
        return False
    for condition in rule.source.when:
        if condition == "many":
            if (segment.quantities[index].high or segment.quantities[index].value or FEW) < FEW:
                return False
            continue
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
    for date, where, can in _from_the_last(segment):
        if not can or where >= at or is_base_date(segment, where, at) or _is_of_part(segment.code, where, at):
            continue
        if not _is_day_of_exam(segment, date, where):
            return date
    for other in reversed(before):
        for date, _, can in _from_the_last(other):
            if can and not is_future(date):
                return date
    return None


def _is_of_part(code: str, where: int, at: int) -> bool:
    """Whether a date is that of a part which is over before the figure: 其中当年新建62个；建成社工室418个."""
    return code.find("；", where, at) >= 0 and code.rfind("其中", 0, where) > code.rfind("；", 0, where)


def _from_the_last(segment: Segment) -> Iterator[tuple[DateMention, int, bool]]:
    """The dates of a segment, the last first, each with its code index and whether it can set a period."""
    if segment.governing is None:
        dates = zip(segment.dates, segment.date_at, strict=True)
        segment.governing = [governs(segment, date, where) for date, where in dates]
    return zip(reversed(segment.dates), reversed(segment.date_at), reversed(segment.governing), strict=True)


def _is_day_of_exam(segment: Segment, date: DateMention, at: int) -> bool:
    """Whether a date tells only when this year's exam was held: 今年的考试于6月15日举行，3.9万人报名."""
    if at == segment.date_at[0] or date.period_start is None or date.period_end is None:
        return False
    if not _HELD.match(segment.code, at + 1):
        return False
    return any(
        where < at
        and _EXAM.search(segment.code, where, at) is not None
        and wider.period_start is not None
        and wider.period_end is not None
        and wider.period_start <= date.period_start <= date.period_end <= wider.period_end
        for wider, where in zip(segment.dates, segment.date_at, strict=True)
    )


_EXAM = re.compile("考试|统考|社工考")
_HELD = re.compile("(?:如期|正式|在[^，。；]{0,12})?(?:举行|开考|进行|开启)")
_BRACKETED = re.compile(r"[《〈（(][^》〉）)]*$")


_BY = re.compile("(?:根据|按照|依据|依照|遵照|对照|按)(?:我?[省市县区州旗])?$")
_AIM = re.compile("度?(?:预算|目标|任务|计划)")
_SET_DOWN = ("预算", "计划", "确定", "提出", "安排", "定下", "的目标", "目标", "部署")  # 年初计划建20个
_REACHED = tuple("成占达到为超")  # 完成全年预算的46%
_ISSUED = re.compile("[^，。；]{0,12}?(?:印发|出台|下发|制定|发布|颁布|修订|制发|通过|签订|下达)")


def governs(segment: Segment, date: DateMention, at: int) -> bool:
    """Whether a date can set the period of figures: not one that is compared with, vague, or of a document."""
    if date.relation in ("compared", "vague"):
        return False
    if date.text.endswith("初") and (segment.code.startswith(_SET_DOWN, at + 1) or _BY.search(segment.code, 0, at)):
        return False  # 按照年初的部署
    if segment.code[at - 1 : at] in _REACHED and _AIM.match(segment.code, at + 1):
        return False
    follower = segment.code[at + 1 : at + 2]
    if follower and mention_kind(follower) == KIND["other"] and _is_age(segment, follower):
        return False  # 小何今年26岁
    opened = _BRACKETED.search(segment.code, max(0, at - 30), at)
    if opened and opened[0][0] in "《〈":
        return False
    return not (_BY.search(segment.code, max(0, at - 4), at) and _ISSUED.match(segment.code, at + 1))


def _is_age(segment: Segment, char: str) -> bool:
    return segment.quantities[mention_index(char)].kind == "age"


def is_future(date: DateMention) -> bool:
    """Whether the words of a date look ahead: 到2025年."""
    return date.relation == "until" and date.text[:1] in "到至"
