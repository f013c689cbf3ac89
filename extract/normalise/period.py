"""The period that a figure falls under, as inclusive days."""

from __future__ import annotations

import re
from typing import Any

from ..match.mentions import DateMention
from ..rules.apply import Finding, governing_date, governs
from ..rules.encoding import ANY_QUANTITY, COUNTED, KIND, block
from ..rules.facets import is_target, run_head
from .scope import Scope


def period_fields(finding: Finding, scope: Scope, template: dict[str, str], nature: str | None) -> dict[str, Any]:
    """The period that governs the figure: dealt to it, in its segment, or carried from the paragraph."""
    date: DateMention | None = finding.dealt.get("date")
    carried = False
    if date is None:
        pay = template["table"] == "funds" and template.get("measure") in ("allowance", "reward", "salary")
        head = finding.segment.quantity_at[run_head(finding.segment, finding.index)]
        date = _date_of_its_own(finding) or _date_of_base(finding)
        if date is None and _is_base(finding):
            return {"period_start": None, "period_end": None, "period_text": None, "period_basis": None}
        date = date or _date_of_event(finding, nature) or _date_of_exam(finding, template)
        date = date or governing_date(finding.segment, head, () if pay or nature == "standard" else scope.paragraph)
        carried = date is not None and date not in finding.segment.dates
        if carried and date is not None and date.relation == "since" and nature == "stock":
            date = None  # 自2021年以来，投入300万元。全省持证社工突破15万人: what there is has no beginning
        if date is None and (after := _date_after(finding) or _date_of_rule(finding, nature)) is not None:
            date = after
        if date is None and _is_headed(finding, scope, nature):
            date, carried = scope.headed, True
    if date is not None and not finding.dealt.get("date") and _is_long_ago(finding, date):
        date = None
    if date is None:
        return {"period_start": None, "period_end": None, "period_text": None, "period_basis": None}
    unresolved = date.basis == "unresolved"
    reached = nature == "stock" and date.text.rstrip('”’"').endswith(("底", "末"))  # a stock at the end of a period
    return {
        "period_start": None if reached else date.period_start, "period_end": date.period_end, "period_text": date.text,
        "period_basis": "inherited" if carried and not unresolved else date.basis,
    }  # fmt: skip


def _date_of_its_own(finding: Finding) -> DateMention | None:
    """The date that 的 ties to a figure, be it one to compare with: 比2022年的12.5%提升6.4个百分点."""
    segment = finding.segment
    if finding.quantity.kind == "times":  # 是上年的1.6倍
        return None
    for date, where in zip(reversed(segment.dates), reversed(segment.date_at), strict=True):
        if where < finding.at:
            tied = _TIED.fullmatch(segment.code, where + 1, finding.at) and date.relation in ("in", "compared")
            return date if tied and date.period_end is not None else None
    return None


def _date_of_base(finding: Finding) -> DateMention | None:
    """The date that a change is reckoned from, for its base: 与2018年相比，持证社工由1420人增加到6594人."""
    segment, at = finding.segment, finding.at
    if segment.code[at - 1 : at] not in ("由", "从"):
        return None
    for date, where in zip(reversed(segment.dates), reversed(segment.date_at), strict=True):
        if where < at:
            compared = segment.code[where - 1 : where] in _WITH and segment.code.startswith(("相比", "比"), where + 1)
            return date if compared and date.period_end is not None else None
    return None


def _is_base(finding: Finding) -> bool:
    """Whether a figure is what a change set out from, which the change's period does not date: 由28个增加到36个."""
    segment = finding.segment
    if segment.code[finding.at - 1 : finding.at] not in _BEFORE_A_BASE:
        return False
    at = segment.quantity_at[run_head(segment, finding.index)]
    changed = _CHANGED.get(segment.code[at - 1 : at])
    return changed is not None and changed.match(segment.code, at + 1) is not None


_BEFORE_A_BASE = frozenset("由从将把、，和及与/")  # 由11家、9家增加到28家、25家


def _change(verb: str) -> re.Pattern[str]:
    figure, words = f"[{ANY_QUANTITY}]", f"[^，。；{ANY_QUANTITY}]"
    return re.compile(f"(?:[、和及与]{figure})*{words}{{0,12}}{verb}[到至为成]{words}{{0,8}}{figure}")


_CHANGED = {
    **dict.fromkeys("由从", _change("")),
    **dict.fromkeys("将把", _change("(?:合并?|并|优化|精简|压减|压缩|调减)")),  # 将28个社工站整合为21个
}
_WITH = ("与", "和", "同", "跟", "较")
_TIED = re.compile(f"(?:同期)?的[^，。；{ANY_QUANTITY}]{{0,2}}")


def _is_headed(finding: Finding, scope: Scope, nature: str | None) -> bool:
    """Whether a figure falls under the period of its heading, title or lead: what happened, and is no aim."""
    if scope.headed is None or not (nature == "flow" or (nature == "stock" and scope.headed.relation == "until")):
        return False
    segment = finding.segment
    return not _EACH.search(segment.code, 0, finding.at) and (segment.planned or not is_target(segment, finding.index))


def _is_long_ago(finding: Finding, date: DateMention) -> bool:
    """Whether 三年前 stands between a date and a figure: 截至2023年底达386人，而三年前这个数字仅为51人."""
    segment = finding.segment
    ago = _AGO.search(segment.code, segment.clause_start(finding.at), finding.at)
    if ago is None:
        return False
    after = next((at for d, at in zip(segment.dates, segment.date_at, strict=True) if d is date), -1)
    return after < ago.start()


_AGO = re.compile(f"[{block(KIND['other'])}]多?(?:之|以)?前[^{COUNTED}]*$")  # 而三年前这个数字仅为51人
_EACH = re.compile("每[年月季周天日]|[年月日]均")


def _date_of_event(finding: Finding, nature: str | None) -> DateMention | None:
    """The date behind a figure in its clause on which it came about: 首批12个社工站于2021年5月投入运营."""
    relation = {"flow": "in", "stock": "until"}.get(nature or "")  # 10个社工站于2023年11月底前全部挂牌
    segment = finding.segment
    for date, where in zip(segment.dates, segment.date_at, strict=True):
        if 0 < where - finding.at <= 14 and segment.code[where - 1] in "于在" and date.relation == relation:
            return None if _NEXT.search(segment.code, finding.at + 1, where) else date
    return None


def _date_of_exam(finding: Finding, template: dict[str, str]) -> DateMention | None:
    """The year of the exam that people behind a figure sit: 组织84人参加2022年度社会工作者职业水平考试."""
    if template["measure"] not in ("candidates", "newly_certified"):
        return None
    segment = finding.segment
    for date, where in zip(segment.dates, segment.date_at, strict=True):
        if 0 < where - finding.at <= 10 and segment.code.startswith(_SITS, where - 2) and date.relation == "in":
            return date if _EXAM.match(segment.code, where + 1) else None
    return None


_SITS = ("参加", "报考", "通过", "报名", "参考")
_EXAM = re.compile(f"[^，。；、：{ANY_QUANTITY}]{{0,16}}考试")
_NEXT = re.compile(f"[，。；、：{ANY_QUANTITY}]")


def _date_of_rule(finding: Finding, nature: str | None) -> DateMention | None:
    """The day behind a standard from which it holds: 每月100元提高到200元，从7月起执行."""
    segment = finding.segment
    for date, where in zip(segment.dates, segment.date_at, strict=True) if nature == "standard" else ():
        if where > finding.at and date.relation == "since" and _IN_FORCE.match(segment.code, where + 1):
            return None if _PASSED.search(segment.code, finding.at + 1, where) else date
    return None


_PASSED = re.compile(f"；|[到至为][{ANY_QUANTITY}]")  # what a standard was before
_IN_FORCE = re.compile("起?(?:执行|实施|施行|发放|兑现)")


def _date_after(finding: Finding) -> DateMention | None:
    """A date right behind the figure's clause in brackets: 持证社工120人（截至2023年底）."""
    segment = finding.segment
    for date, where in zip(segment.dates, segment.date_at, strict=True):
        if 0 < where - finding.at <= 3 and segment.code[finding.at + 1] in "（(" and governs(segment, date, where):
            return date
    return None
