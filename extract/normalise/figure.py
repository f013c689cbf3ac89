"""What a figure says: its value and unit, and whose it is."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..match.mentions import Quantity
from ..rules.apply import Finding
from ..rules.encoding import ANY_QUANTITY, COUNTED
from ..rules.facets import clause_before, facet_words, is_laid_down, is_target, item_after, item_before, run_head
from ..rules.sharing import is_end_of_change
from ..rules.topics import is_gain
from .facility import facility_of, tier_of
from .period import period_fields
from .place import place_fields
from .scope import Scope


def settle(finding: Finding, scope: Scope, defaults: dict[str, str]) -> dict[str, Any]:
    """The fields of the finding's record that do not need its article: values, facets, place and period."""
    template = finding.rule.template
    table, measure = template["table"], template["measure"]
    quantity = finding.quantity
    bound = _bound(finding)
    value, low, high = _values(quantity, template)
    if bound != quantity.bound:
        low, high = _interval(value, bound)
    per = _per_of(finding, template)
    nature = "standard" if _is_rule(finding, table) else _nature(finding, template, defaults, per)
    status = "target" if scope.hiring and measure == "recruited" else _status(finding, template, nature)
    if measure == "invested" and status == "target":
        measure = "planned"
    if measure == "reward" and per == "person_month":  # paid again and again
        measure = "allowance"
    if nature == "standard" and measure == "raised":  # 资助标准
        measure = "invested"
    if nature == "stock" and is_gain(finding.segment, finding.index):
        nature, measure = "flow", _GAINED.get(measure, measure)
    return {
        "table": table,
        "measure": measure,
        "value": value, "low": low, "high": high,
        "bound": bound,
        "unit": _unit(quantity, template, defaults),
        "nature": nature,
        "status": status,
        "grade": _grade(finding, template) if table != "stations" else None,
        "facility": facility_of(finding, template) if table not in ("workers", "funds", "services", "rates") else None,
        "tier": tier_of(finding, template) if table not in ("workers", "funds", "services", "rates") else None,
        "per": per,
        "group": _group(finding),
        "programme": _programme(finding, scope),
        **place_fields(finding, scope),
        **period_fields(finding, scope, template, nature),
    }  # fmt: skip


_GAINED = {"certified": "newly_certified", "existing": "built"}


def _per_of_body(finding: Finding) -> str | None:
    """What a reward is for one of: a person, or the station or project that is the last recipient named before it."""
    named = list(_RECIPIENT.finditer(finding.segment.code, 0, finding.at))
    body = named[-1]["body"] if named else None
    return "person" if body is None else {"站点": "station", "站": "station", "项目": "project"}.get(body)


_RECIPIENT = re.compile(
    "(?P<person>人(?!才队伍)|者|师|证|员|岗|[初中高]级|社工(?!站|室|机构|点))|(?P<body>(?:机构|站点|站(?!点)|单位|项目(?!化)|组织(?!部)|中心|企业|团队)(?!连续|工作满|工作[一二三四五六七八九十]|服务满|任职|从业|就业))"
)


def _status(finding: Finding, template: dict[str, str], nature: str | None) -> str:
    """`target` where the words aim at the figure; a flow of 不少于 so many is aimed at, too."""
    if "status" in template:
        return template["status"]
    at_least = (
        nature == "flow"
        and template["measure"] != "invested"
        and finding.quantity.text.startswith(("不少于", "不低于"))
        and not _ON_AVERAGE.search(finding.segment.code, max(0, finding.at - 12), finding.at)
    )
    planned = nature != "standard" and is_laid_down(finding.segment, finding.index)
    return "target" if at_least or planned or is_target(finding.segment, finding.index) else "actual"


_ON_AVERAGE = re.compile("[年月日]均")


def _is_rule(finding: Finding, table: str) -> bool:
    """Whether so much is to be done, again and again: 每站每月开展活动不少于4场."""
    if table != "services" or finding.quantity.bound != "at_least":
        return False
    code, at = finding.segment.code, finding.at
    return _REGULAR.search(code, max(code.rfind("；", 0, at), code.rfind("。", 0, at)) + 1, at) is not None


_REGULAR = re.compile(  # and no total behind it: 每个站都有特色，全县共开展活动不少于300场
    "每(?:[个名位家所]|站|月|周|季|年|半年|学期)(?!.*(?:共|累计|合计|全[市县区省州旗盟]|了))"
)


def _per_of(finding: Finding, template: dict[str, str]) -> str | None:
    """What the figure is for one of, where the table has such figures."""
    if template["table"] == "funds":
        per = _per(finding) or template.get("per")
        if (per, template.get("per")) == ("person", "person_year"):  # 每名督导每年补贴1.2万元
            per = "person_year"
        return _per_of_body(finding) if per == "person" else per
    if template["table"] == "services":
        clause = finding.segment.code[finding.segment.clause_start(finding.at) : finding.at]
        per = _per(finding) or next((p for p in facet_words("per").all(clause)), None)
        return per if per in ("station", "station_year") else template.get("per")
    if template["measure"] in ("staffed", "certified"):
        per = _per(finding)
        if per in ("station", "station_year") or (per is None and _is_norm_of_stations(finding)):
            return "station"
        if finding.whole is not None and finding.whole.rule.template["measure"] in ("staffed", "certified"):
            return _per_of(finding.whole, finding.whole.rule.template)  # 每站配备2名社工，其中1名须持证
    return template.get("per")


_NORM = re.compile(rf"(?:站|站点|室|中心)(?!.*(?:共|累计|总数|合计|总量))[^。；{COUNTED}]{{0,24}}$")
_FEW = 10  # workers: no norm of a station is higher


def _is_norm_of_stations(finding: Finding) -> bool:
    """Whether the figure is what each station must have: 社工站至少配备2名专职社工."""
    segment, index = finding.segment, finding.index
    while index >= 0 and _is_few_at_least(segment.quantities[index]):
        at = segment.quantity_at[index]
        floored = segment.quantities[index].text.startswith(_FLOORS) or "至少" in segment.code[max(0, at - 8) : at]
        if floored and _NORM.search(segment.code, 0, at):
            return True
        index -= 1  # 站点专职社工不少于2名，其中至少1名持证
    return False


def _is_few_at_least(quantity: Quantity) -> bool:
    return quantity.bound == "at_least" and quantity.value is not None and quantity.value <= _FEW


_AFAR = re.compile(
    "(?P<about>大?约)?(?P<nearly>将?近)?(?P<over>超过?|逾|突破)?(?P<under>不足|不到)?(?P<at_most>最高|最多)?"
    "(?:占|可(?:获|得|领|拿|达|享受)?(?:补贴|补助|奖励)?)?(?:了|到)?(?:全[国省市县区州盟旗]|总数|总量)?(?:总数|总量|总人数)?的?$"
)
_HEDGES = frozenset("约近超逾突不最")  # one of them stands in every hedge
_ABOUT_SHARE = re.compile("约占[^，。；]{0,20}的$")
_STILL_MORE = re.compile("还[要]?多|有余|还不止")


def _bound(finding: Finding) -> str:
    """The figure's bound; one that has none takes a hedge that other words part from it: 约占全国的七分之一."""
    quantity, code = finding.quantity, finding.segment.code
    if quantity.bound != "exact":
        return quantity.bound
    if dealt := _hedge_of_deal(finding):
        return dealt
    if _STILL_MORE.match(code, finding.at + 1):
        return "over"
    if quantity.kind not in ("ratio", "money"):
        return "exact"
    if _ABOUT_SHARE.search(code, max(0, finding.at - 24), finding.at):
        return "about"
    if _HEDGES.isdisjoint(code[max(0, finding.at - 14) : finding.at]):
        return "exact"
    hedge = _AFAR.search(code, max(0, finding.at - 14), finding.at)
    return next((name for name, word in hedge.groupdict().items() if word), "exact") if hedge else "exact"


def _hedge_of_deal(finding: Finding) -> str | None:
    """The bound of 分别不低于100元、200元: the hedge before the first figure of a deal holds for all."""
    segment, head = finding.segment, run_head(finding.segment, finding.index)
    first, at = segment.quantities[head], segment.quantity_at[head]
    hedged = head != finding.index and first.text.startswith(_FLOORS) and first.bound in ("at_least", "at_most")
    return first.bound if hedged and _DEALT.search(segment.code, max(0, at - 8), at) else None


_DEALT = re.compile(f"(?:分别|依次|各)[^，。；{ANY_QUANTITY}]{{0,4}}$")  # 分别增发不低于100元、200元
_FLOORS = ("不低于", "不少于", "不超过", "最高", "至少", "不高于")


def _interval(value: Decimal | None, bound: str) -> tuple[Decimal | None, Decimal | None]:
    """The interval that a hedge leaves around a value."""
    if bound == "over":
        return value, None
    if bound == "at_least":
        return value, None
    return (None, value) if bound in ("nearly", "under", "at_most") else (None, None)


_MOST_DOUBLINGS = 64  # more is no growth of anything


def _values(quantity: Quantity, template: dict[str, str]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value and interval; multiples become percent of growth (1倍 is 100, 翻一番 is 100, 是…的1.4倍 is 40)."""

    if quantity.unit != "times" and quantity.unit_text != "番" and template.get("reading") != "fall":
        return quantity.value, quantity.low, quantity.high

    def settled(number: Decimal | None) -> Decimal | None:
        if number is None:
            return None
        if quantity.unit_text == "番":
            number = (Decimal(2) ** min(number, Decimal(_MOST_DOUBLINGS)) - 1) * 100
        elif quantity.unit == "times":
            number = number * 100 - (100 if template.get("reading") == "of" else 0)
        return -number if template.get("reading") == "fall" else number

    low, high = settled(quantity.low), settled(quantity.high)
    if template.get("reading") == "fall":
        low, high = high, low
    return settled(quantity.value), low, high


def _unit(quantity: Quantity, template: dict[str, str], defaults: dict[str, str]) -> str:
    if "unit" in template and (template["unit"], quantity.unit) != ("event", "session"):
        return template["unit"]
    if quantity.kind in ("times", "ratio"):
        return "percent"
    if quantity.unit in (None, "item", "site"):
        return defaults.get("unit", quantity.unit or "item")
    return quantity.unit or "item"


_AVERAGE = re.compile("平均|站均(?!配)")


def _nature(finding: Finding, template: dict[str, str], defaults: dict[str, str], per: str | None) -> str | None:
    table = template["table"]
    if table in ("funds", "workers") and _AVERAGE.search(clause_before(finding.segment, finding.index)):
        return defaults.get("nature")
    if table == "workers" and per in ("station", "station_year"):
        return "standard"
    if "nature" in template:
        return template["nature"]
    if table == "funds" and (per in ("station", "station_year", "project") or _is_standard(finding)):
        return "standard"
    return defaults.get("nature")


def _is_standard(finding: Finding) -> bool:
    """Whether the words right before a sum call it a standard: 补助标准由200元提高到300元."""
    head = finding.segment.quantity_at[run_head(finding.segment, finding.index)]
    return _STANDARD.search(finding.segment.code, max(0, head - 24), head) is not None


_STANDARD = re.compile(
    rf"标准(?:分别|统一|各|为|达|是|由|从|按|每[人名位个家站月年]|已|再|提高|提升|增加|上调|上浮|调整|降低|下调|[到至了：（]|[{ANY_QUANTITY}])*$"
)


def _grade(finding: Finding, template: dict[str, str]) -> str | None:
    if "grade" in template:
        return template["grade"] or None
    if "grade" in finding.dealt:
        return str(finding.dealt["grade"])
    words = facet_words("grade")
    if found := words.first(item_after(finding.segment, finding.index)):
        return found[1]
    money = template["table"] == "funds"
    before = item_before(finding.segment, finding.index)
    if (money or template.get("grade_from") == "segment") and not words.last(before):
        before = item_before(finding.segment, finding.index, wide=True).rpartition("；")[2]
    if not before and finding.previous is not None and finding.via == "list" and not money:
        return None
    if not before and is_end_of_change(finding.segment, finding.index):
        return _grade(replace(finding, index=finding.index - 1), template)
    found_all = words.all(before)
    return found_all[-1] if len(set(found_all)) == 1 else None


def _per(finding: Finding) -> str | None:
    """What the figure is for one of, by its own words or those of the list that it stands in."""
    words = facet_words("per")
    after = finding.segment.code[finding.at + 1 : finding.at + 8]
    if after[:1] in "/每的" and (found := words.first(after)):
        return found[1]
    head = run_head(finding.segment, finding.index)
    begin = min(finding.segment.quantity_at[head] - len(item_before(finding.segment, head, wide=True)), finding.start)
    found_all = words.all(finding.segment.code[begin : finding.at])
    if found_all in ([], ["station"]) and (each := _EACH_NAMED.search(finding.segment.code, begin, finding.at)):
        return "project" if each["noun"] == "项目" else "station_year" if each["year"] else "station"
    if not found_all and finding.previous is not None and "共" not in item_before(finding.segment, finding.index):
        return _per(finding.previous)
    if not found_all and finding.quantity.bound in ("at_least", "at_most"):
        norm = _TOTAL.split(finding.segment.code[: finding.at].rpartition("；")[2])[-1]
        found_all = [per for per in words.all(norm) if per.startswith("station")]
    if not found_all and (each := _EACH.search(finding.segment.code, begin, finding.at)):
        nouns = [m[0] for m in _COUNTED.finditer(finding.segment.code, 0, each.start())]
        return {"项目": "project"}.get(nouns[-1], "station") if nouns else None
    return min(found_all, key=_PER_ORDER.index) if found_all else None


_TOTAL = re.compile("累计|共|全[市县区省州旗盟]")
_EACH_NAMED = re.compile(
    "[每单][个家所处][^，。；每月]{0,10}?(?P<noun>站点?|室|中心|点|机构|基地|项目)(?P<year>(?:每年|年均))?"
)
_EACH = re.compile("每[个家点处](?!月)")

_COUNTED = re.compile("项目|站|室|中心|基地|点(?!击)|机构")

_PER_ORDER = ("person_month", "station_year", "person_year", "station", "project", "person")  # the first says most

_NO_GROUP = re.compile("分别|^[、和与及已新]*(?:[建设现拥]有|建成|设立|配备)?$")
_TRIM = "的共计达到有约近等为是：:（(“”）) "


def _group(finding: Finding) -> str | None:
    """The sub-group of a part, as worded; a grade, a verb or names that figures are dealt to are none."""
    if finding.via != "part":
        return None
    text = item_before(finding.segment, finding.index)
    for mark in ("其中", "包括", "计算", "分类"):
        text = text.rpartition(mark)[2]
    text = "".join(c for c in text.strip(_TRIM) if c < "\ue000" or c > "\uf8ff").strip(_TRIM)
    if len(text) < 2 or _NO_GROUP.search(text) or facet_words("grade").expression.fullmatch(text):
        return None
    return text


def _programme(finding: Finding, scope: Scope) -> str | None:
    """The programme named in the figure's clause, the nearest one."""
    if not scope.programmes:
        return None
    segment = finding.segment
    here = segment.position(finding.at)
    clause = segment.position(segment.clause_start(finding.at))
    stops = [p for c in "，；。" if (p := segment.code.find(c, finding.at)) >= 0]
    end = segment.position(min(stops)) if stops else segment.end
    near = [p for p in scope.programmes if clause <= p.start < end]
    return min(near, key=lambda p: abs(p.start - here)).name if near else None
