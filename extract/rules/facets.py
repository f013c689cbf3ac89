"""Facets: grade, facility, tier, per and status, read off the words around a figure.

The words are in `patterns/facets.yaml`. A figure's own words are its noun group: what stands between it and its
neighbours in the list, before it (社工站192个) or after it (192个社工站).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..match.mentions import DateMention
from ..paths import read_pattern_file
from .encoding import ANY_QUANTITY
from .segments import Segment, is_base_date

_STOPS = "，；。：！？,;|"
_NEXT_ITEM = re.compile(rf"[{_STOPS}{ANY_QUANTITY}]")
_JOINT = re.compile("[、，；|和及与（]")
_BARE_JOINTS = frozenset(("、", "和", "及", "与", "以及", "，", "/"))
_GRADE_SERIES = re.compile(r"[初中高](?:[级]?[、/和与及至][初中高])+级|初中高级|[初中]?中高级|初中级")


@dataclass(frozen=True, slots=True)
class FacetWords:
    """A table of words to values, searched as one expression, the longest word first."""

    expression: re.Pattern[str]
    values: dict[str, str | None]

    def last(self, text: str) -> tuple[str, str] | None:
        """The word nearest to the end of `text`, with its value."""
        found = None
        for match in self.expression.finditer(text):
            if self.values[match[0]] is not None:
                found = match
        return (found[0], self.values[found[0]] or "") if found else None

    def first(self, text: str) -> tuple[str, str] | None:
        """The word nearest to the beginning of `text`, with its value."""
        for match in self.expression.finditer(text):
            if value := self.values[match[0]]:
                return match[0], value
        return None

    def all(self, text: str) -> list[str]:
        """The values of all words, in order."""
        return [v for m in self.expression.finditer(text) if (v := self.values[m[0]])]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_pattern_file("facets.yaml")
    return data


@cache
def facet_words(name: str) -> FacetWords:
    """The words of one facet; those of `NAME_not` have no value and hide the shorter words inside them."""
    values: dict[str, str | None] = {word: value for value, words in _data()[name].items() for word in words}
    values.update(dict.fromkeys(_data().get(f"{name}_not", ()), None))
    words = sorted(values, key=lambda w: (-len(w), w))
    return FacetWords(re.compile("|".join(map(re.escape, words))), values)


_LEVEL = re.compile("级(?:层面|一级)?(?:均|已|共)?(?:建成|建有|设有|设立|建立|有|达|为)?$")


def has_facet_word(text: str) -> bool:
    """Whether the text names a grade, facility or tier, or ends in a level, as the items of a list do."""
    named = any(facet_words(name).first(text) for name in ("grade", "facility", "tier"))
    return named or _LEVEL.search(text) is not None


def grade_sequence(text: str) -> list[str]:
    """The grades named in order: 高、中级 is senior, intermediate; 初中高级 is all three."""
    spelled = {"初": "junior", "中": "intermediate", "高": "senior"}
    grades: list[str] = []
    at = 0
    for match in _GRADE_SERIES.finditer(text):
        grades += facet_words("grade").all(text[at : match.start()])
        grades += [spelled[c] for c in match[0] if c in spelled]
        at = match.end()
    return grades + facet_words("grade").all(text[at:])


def tier_sequence(text: str) -> list[str]:
    """The tiers named in order before 分别: 市、县、镇三级 is city, county, township."""
    series = _TIER_SERIES.search(text)
    return [_TIERS[name] for name in re.split("[、/和]", series["names"])] if series else []


_TIERS = {
    "省": "province", "市": "city", "州": "city", "县": "county", "区": "county", "旗": "county", "县区": "county",
    "乡": "township", "镇": "township", "街道": "township", "乡镇": "township", "镇街": "township", "苏木": "township",
    "苏木镇": "township", "苏木乡镇": "township",
    "村": "village", "社区": "village", "嘎查": "village", "嘎查村": "village", "村居": "village",
}  # fmt: skip
_TIER_SERIES = re.compile(
    rf"(?P<names>(?:{'|'.join(sorted(_TIERS, key=len, reverse=True))})"
    rf"(?:[、/和](?:{'|'.join(sorted(_TIERS, key=len, reverse=True))}))+)[两二三四五]级"
)


def item_after(segment: Segment, index: int) -> str:
    """The noun group after a figure, up to the next item."""
    start = segment.quantity_at[index] + 1
    stop = _NEXT_ITEM.search(segment.code, start)
    text = segment.code[start : stop.start() if stop else len(segment.code)]
    if stop and stop[0] not in _STOPS:  # another figure follows: leave it what stands after the last 、 or 和
        cut = max(text.rfind(c) for c in "、和及与")
        text = text[:cut] if cut >= 0 else text
    if "（" in text and "）" not in text:  # 31人（初级24人…）: the bracket holds the parts
        text = text[: text.index("（")]
    return text


def item_before(segment: Segment, index: int, *, wide: bool = False) -> str:
    """The words before a figure: of its clause, or (`wide`) of its segment; never beyond the figure before it."""
    at = segment.quantity_at[index]
    start = segment.quantity_at[index - 1] + 1 if index else 0
    text = segment.code[start:at]
    if index and not wide:
        cut = _JOINT.search(text)
        text = text[cut.end() :] if cut else ""
    if not wide:
        clause = max(segment.clause_start(at) - (at - len(text)), 0)
        text = text[clause:] if len(text) - clause > 1 else text
    return text


def clause_before(segment: Segment, index: int) -> str:
    """What stands before a figure in its clause, other figures included, and a word that leads it (至此，)."""
    at = segment.quantity_at[index]
    start = segment.clause_start(at)
    lead = segment.clause_start(start - 1) if start else 0
    leads = start - lead <= _LEAD and not _FIGURE.search(segment.code, lead, start)
    return segment.code[lead if leads else start : at]


_LEAD = 5  # characters of a word that leads a clause, with its comma
_FIGURE = re.compile(f"[{ANY_QUANTITY}]")


def run_head(segment: Segment, index: int) -> int:
    """The first figure of the bare list (A、B和C) that a figure stands in."""
    while index and segment.code[segment.quantity_at[index - 1] + 1 : segment.quantity_at[index]] in _BARE_JOINTS:
        index -= 1
    return index


def is_led_by(segment: Segment, index: int, expression: re.Pattern[str]) -> bool:
    """Whether words right before the bare list that a figure stands in match an expression to its end."""
    head = segment.quantity_at[run_head(segment, index)]
    return expression.search(segment.code, max(0, head - 24), head) is not None


@cache
def _target_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = _data()["target"]
    words = {name: "|".join(map(re.escape, sorted(data[name], key=len, reverse=True))) for name in data}
    behind = rf"[^，。；、的”》]{{0,6}}?(?:{words['verbs']})"
    # every branch begins with a word, by whose first character a search passes over the text fast
    lead = "|".join((*(word + behind for word in words["before_verb"].split("|")), words["alone"]))
    return re.compile(lead), re.compile(rf"^[^，。；]{{0,14}}?(?:{words['after']})"), re.compile(words["undone_by"])


def is_target(segment: Segment, index: int) -> bool:
    """Whether the words aim at the figure: 将达到, 力争, 到2025年, …的目标; undone by 已 or 了 in between."""
    at = segment.quantity_at[index]
    lead, after, undone = _target_patterns()
    code = segment.code
    if _FROM_NOW.search(code, max(0, at - 12), at) and _TO.match(code, at + 1):
        return False
    if after.match(code[at + 1 : at + 24]):
        return True
    begin = max(code.rfind("；", 0, at), code.rfind("：", 0, at)) + 1
    heads = segment.planned or _PLANNED.search(code, 0, begin) is not None or _NEXT.match(code) is not None
    if heads and not undone.search(code, begin, at):
        return True
    marks = [m.end() for m in lead.finditer(code, begin, at) if not _is_noun(code, m)]
    heads_year = [  # a target year heads the whole sentence
        where + 1
        for date, where in zip(segment.dates, segment.date_at, strict=True)
        if where < at
        and (_looks_ahead(date, segment.today) if date.relation == "until" else _lies_ahead(date, segment))
    ]
    marks += heads_year
    if not marks:
        return False
    dated = any(
        max(marks) + 2 <= where < at  # 力争年内新增: the target's own date
        and date.relation in ("in", "since")
        and not is_base_date(segment, where, at)
        and not _lies_ahead(date, segment)
        for date, where in zip(segment.dates, segment.date_at, strict=True)
    )
    done = undone.search(code, max(marks), at)
    return not dated and (done is None or (max(marks) in heads_year and done[0] in _SUMS))


_SUMS = ("累计", "共计")  # 到2026年，累计服务50万人次
_FROM_NOW = re.compile("[由从][^，。；]{0,6}$")  # 要由现在的52个增加到100个: the 52 are there
_TO = re.compile("[^，。；]{0,3}(?:增|提|扩|发展|上升|升|拓展|翻)[^，。；]{0,3}[到至为]")
_PLANNED = re.compile("(?:计划|打算|安排|目标任务|目标|工作思路|下一步工作)：[^。]*$")  # 2024年工作计划：新建…
_NEXT = re.compile("(?:下一步|下步|接下来|今后|下一阶段|下阶段)")
_PLAN = re.compile(
    "(?:规划|方案|计划|意见|措施|办法|纲要|通知|决定)(?:[^》]{0,8}》[^。；]{0,40}?|(?<=规划|方案|意见|纲要))"
    rf"(?:明确|提出|要求|确定|部署)[^，。；]{{0,40}}(?:[{ANY_QUANTITY}][^，。；]{{0,12}}，[^，。；]{{0,40}})?$"
)


def is_laid_down(segment: Segment, index: int) -> bool:
    """Whether the figure is what a plan lays down: 印发《…规划》，明确…新增500人; undone by 已 or 了 in between."""
    at = segment.quantity_at[index]
    plan = _PLAN.search(segment.code, max(0, at - 120), at)
    return plan is not None and not _target_patterns()[2].search(segment.code, plan.start(), at)


def _looks_ahead(date: DateMention, today: datetime.date | None) -> bool:
    """Whether a date up to which (到2025年, 年底前) lies ahead; by its words where today is unknown."""
    if "目前" in date.text or date.text[:1] == "截":
        return False
    if today is not None and date.period_end is not None:
        return date.period_end > today
    return (date.text[:1] in "到至" and "年" in date.text) or date.text[-2:] in ("底前", "末前", "月前", "年前")


def _lies_ahead(date: DateMention, segment: Segment) -> bool:
    """Whether a period has yet to begin on the day that the article speaks from: 明年, 2025年 in a text of 2024."""
    later = date.period_start is not None and segment.today is not None and date.period_start > segment.today
    return later and date.relation in ("in", "since")


_PUT = re.compile(
    "[^，。；]{0,12}?(?:列入|列为|纳入|作为|当作|融入|摆在|摆上|放在|抓在|写入|定为|确定为|细化为|分解|交由|交给|送到|送进)"
)


def _is_noun(code: str, match: re.Match[str]) -> bool:
    """Whether 计划, 规划 and the like are nouns here: in a quoted or bracketed name, or 该计划, …实施计划.

    Nor does 将 look ahead where it marks what is put somewhere: 将社工站建设列入民生实事.
    """
    if match[0][0] == "将":
        return _PUT.match(code, match.start() + 1) is not None
    before = code[match.start() - 1] if match.start() else "，"
    after = code[match.end()] if match.end() < len(code) else "，"
    nouns = ("规划", "目标", "任务", "预算", "计划")
    return match[0][:2] in nouns and (after in "”》，、的和中内之后" or before in "《“该本此年项")
