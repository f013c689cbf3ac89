"""Values settled: what a finding says of unit, facets, place and period, with the basis of each.

A finding knows its figure and its rule; here the words around it decide the rest. Places follow GB/T 2260, periods are
inclusive ISO days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .articles import Article
from .match.gazetteer import is_within, name_of
from .match.mentions import DateMention, PlaceMention, ProgrammeMention, Quantity
from .match.places import find_places
from .match.relative_places import relative_code
from .rules.apply import Finding, governing_date, governs
from .rules.facets import facet_words, is_target, item_after, item_before, run_head
from .rules.language import MENTION_SLOTS, mention_kind
from .rules.segments import Segment

_SENT_OUT = tuple("援支对籍")
_MEASURED_BY = tuple("占比居较列")  # 占全市近三分之一 is not about 全市


@dataclass(slots=True)
class Scope:
    """What an article gives to all its figures: its own place, and what stands before a figure in its paragraph."""

    home: str | None
    paragraph: list[Segment] = field(default_factory=list)
    relative: list[tuple[int, str]] = field(default_factory=list)  # 全市, 该县: where and what
    section: str | None = None  # the place that the section's heading opens with: 云阳：移民新区来了“娘家人”
    programmes: list[ProgrammeMention] = field(default_factory=list)
    named: tuple[str, ...] = ()  # the codes of the places named in earlier paragraphs, the last one last


def settle(finding: Finding, scope: Scope, defaults: dict[str, str]) -> dict[str, Any]:
    """The fields of the finding's record that do not need its article: values, facets, place and period."""
    template = finding.rule.source.record
    table, measure = template["table"], template["measure"]
    quantity = finding.quantity
    value, low, high = _values(quantity, template)
    status = _status(finding, template, defaults.get("nature"))
    if measure == "invested" and status == "target":
        measure = "planned"
    per = _per_of(finding, template)
    nature = _nature(template, defaults, per, table)
    return {
        "table": table,
        "measure": measure,
        "value": value, "low": low, "high": high,
        "bound": quantity.bound,
        "unit": _unit(quantity, template, defaults),
        "nature": nature,
        "status": status,
        "grade": _grade(finding, template) if table != "stations" else None,
        "facility": _facility(finding, template) if table not in ("workers", "funds", "services", "rates") else None,
        "tier": _tier(finding, template) if table not in ("workers", "funds", "services", "rates") else None,
        "per": per,
        "group": _group(finding),
        "programme": _programme(finding, scope),
        **_place(finding, scope),
        **_period(finding, scope, template, nature),
    }  # fmt: skip


def _goes_to_a_person(finding: Finding) -> bool:
    """Whether the last recipient named before a reward is a person, not a body."""
    named = list(_RECIPIENT.finditer(finding.segment.code, 0, finding.at))
    return not named or named[-1]["person"] is not None


_RECIPIENT = re.compile(
    "(?P<person>人(?!才队伍)|者|师|证|员|岗|[初中高]级|社工(?!站|室|机构|点))|(?P<body>机构|站点|站|单位|项目(?!化)|组织(?!部)|中心|企业|团队)"
)


def _status(finding: Finding, template: dict[str, str], nature: str | None) -> str:
    """`target` where the words aim at the figure; a flow of 不少于 so many is aimed at, too."""
    if "status" in template:
        return template["status"]
    at_least = nature == "flow" and finding.quantity.text.startswith(("不少于", "不低于"))
    return "target" if at_least or is_target(finding.segment, finding.index) else "actual"


def _per_of(finding: Finding, template: dict[str, str]) -> str | None:
    """What the figure is for one of, where the table has such figures."""
    if template["table"] == "funds":
        per = _per(finding) or template.get("per")
        return None if per == "person" and not _goes_to_a_person(finding) else per
    if template["table"] == "services" and (per := _per(finding)) in ("station", "station_year"):
        return per
    if template["measure"] == "staffed" and (per := _per(finding)) in ("station", "station_year"):
        return "station" if per else None
    return template.get("per")


def _values(quantity: Quantity, template: dict[str, str]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value and interval; multiples become percent of growth (1倍 is 100, 翻一番 is 100, 是…的1.4倍 is 40)."""

    def settled(number: Decimal | None) -> Decimal | None:
        if number is None:
            return None
        if quantity.unit_text == "番":
            number = (Decimal(2) ** number - 1) * 100
        elif quantity.unit == "times":
            number = number * 100 - (100 if template.get("reading") == "of" else 0)
        return -number if template.get("reading") == "fall" else number

    low, high = settled(quantity.low), settled(quantity.high)
    if template.get("reading") == "fall":
        low, high = high, low
    return settled(quantity.value), low, high


def _unit(quantity: Quantity, template: dict[str, str], defaults: dict[str, str]) -> str:
    if "unit" in template:
        return template["unit"]
    if quantity.kind in ("times", "ratio"):
        return "percent"
    if quantity.unit in (None, "item", "site"):
        return defaults.get("unit", quantity.unit or "item")
    return quantity.unit or "item"


def _nature(template: dict[str, str], defaults: dict[str, str], per: str | None, table: str) -> str | None:
    if "nature" in template:
        return template["nature"]
    if table == "funds" and per in ("station", "station_year", "project"):
        return "standard"
    if table == "workers" and per in ("station", "station_year"):
        return "standard"
    return defaults.get("nature")


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
        before = item_before(finding.segment, finding.index, wide=True)
    if not before and finding.previous is not None and finding.via == "list" and not money:
        return None
    found_all = words.all(before)
    return found_all[-1] if len(set(found_all)) == 1 else None


def _facility(finding: Finding, template: dict[str, str]) -> str | None:
    if "facility" in template:
        return template["facility"] or None
    words = facet_words("facility")
    if "facility" in finding.words and (found := words.last(finding.words["facility"])):
        return found[1]
    after = words.first(item_after(finding.segment, finding.index))
    before = words.last(item_before(finding.segment, finding.index, wide=finding.via == "rule"))
    found = after or before
    if found is None and finding.previous is not None:
        return _facility(finding.previous, template)
    if found is None and finding.whole is not None:
        return _facility(finding.whole, template)
    return found[1] if found else None


def _tier(finding: Finding, template: dict[str, str]) -> str | None:
    if "tier" in template:
        return template["tier"] or None
    words = facet_words("tier")
    if found := words.first(item_after(finding.segment, finding.index)):
        return found[1]
    before = item_before(finding.segment, run_head(finding.segment, finding.index))
    if finding.via == "rule" and not words.last(before):
        before = finding.segment.code[finding.start : finding.at]
    found = words.last(before)
    if found is None and finding.via == "rule":
        found = words.last(finding.segment.code[max(0, finding.start - 8) : finding.start])
    origin = finding.whole or finding.previous
    if found is None and origin is not None and not facet_words("facility").last(before):
        return _tier(origin, template)
    return found[1] if found else None


def _per(finding: Finding) -> str | None:
    """What the figure is for one of, by its own words or those of the list that it stands in."""
    words = facet_words("per")
    after = finding.segment.code[finding.at + 1 : finding.at + 8]
    if after[:1] in "/每的" and (found := words.first(after)):
        return found[1]
    head = run_head(finding.segment, finding.index)
    begin = min(finding.segment.quantity_at[head] - len(item_before(finding.segment, head, wide=True)), finding.start)
    found_all = words.all(finding.segment.code[begin : finding.at])
    if not found_all and finding.previous is not None:
        return _per(finding.previous)
    if not found_all and finding.quantity.bound in ("at_least", "at_most"):
        found_all = [per for per in words.all(finding.segment.code[: finding.at]) if per.startswith("station")]
    if not found_all and (each := _EACH.search(finding.segment.code, begin, finding.at)):
        nouns = [m[0] for m in _COUNTED.finditer(finding.segment.code, 0, each.start())]
        return {"项目": "project"}.get(nouns[-1], "station") if nouns else None
    return min(found_all, key=_PER_ORDER.index) if found_all else None


_EACH = re.compile("每[个家点处](?!月)")
_COUNTED = re.compile("项目|站|室|中心|基地|点(?!击)|机构")


_PER_ORDER = ("person_month", "station_year", "person_year", "station", "project", "person")  # the first says most


_TRIM = "的共计达到有约近等为是：:（(“”）) "


def _group(finding: Finding) -> str | None:
    """The sub-group of a part, as worded; a grade alone is no group."""
    if finding.via != "part":
        return None
    text = item_before(finding.segment, finding.index)
    for mark in ("其中", "包括", "计算", "分类"):
        text = text.rpartition(mark)[2]
    text = "".join(c for c in text.strip(_TRIM) if c < "\ue000" or c > "\uf8ff").strip(_TRIM)
    return text if len(text) > 1 and facet_words("grade").expression.fullmatch(text) is None else None


def _programme(finding: Finding, scope: Scope) -> str | None:
    """The programme named in the figure's clause, the nearest one."""
    segment = finding.segment
    here = segment.position(finding.at)
    clause = segment.position(max(segment.code.rfind(c, 0, finding.at) for c in "，；：") + 1)
    stops = [p for c in "，；。" if (p := segment.code.find(c, finding.at)) >= 0]
    end = segment.position(min(stops)) if stops else segment.end
    near = [p for p in scope.programmes if clause <= p.start < end]
    return min(near, key=lambda p: abs(p.start - here)).name if near else None


def _place(finding: Finding, scope: Scope) -> dict[str, Any]:
    """Name, code and basis of the place that the figure is about."""
    if place := finding.dealt.get("place"):
        return _stated(place)
    segment = finding.segment
    if finding.rule.source.record["measure"] == "built" and (site := _site_after(segment, finding.at, scope)):
        return _stated(site)
    if (stated := _named_before(segment, finding.at, scope)) is not None:
        return stated
    for other in reversed(scope.paragraph):
        if (topic := _topic(other, scope)) is not None:
            return {"place": topic.name, "place_code": topic.code, "place_basis": "inherited"}
    code = scope.section or scope.home or (scope.named[-1] if scope.named else None)
    return {"place": name_of(code) if code else None, "place_code": code, "place_basis": "inherited" if code else None}


def _site_after(segment: Segment, at: int, scope: Scope) -> PlaceMention | None:
    """The place where something opens: 首个社工室在中都镇挂牌."""
    for place, where in zip(segment.places, segment.place_at, strict=True):
        if at < where < at + 30 and segment.code[where - 1] in "在于户" and "。" not in segment.code[at:where]:
            return place if scope.home is None or is_within(place.code, scope.home) else None
    return None


def _stated(place: PlaceMention) -> dict[str, Any]:
    return {"place": place.name, "place_code": place.code, "place_basis": "stated"}


def _named_before(segment: Segment, at: int, scope: Scope) -> dict[str, Any] | None:
    """The place named in the segment before the figure, the nearest that can be what the figure is about."""
    named = [(where, place) for place, where in zip(segment.places, segment.place_at, strict=True) if where < at]
    nearest: tuple[int, dict[str, Any]] | None = None
    for where, place in reversed(named):
        if _is_subject(segment, place, where, scope):
            nearest = (segment.position(where), _stated(place))
            break
    limit = segment.position(at)
    for start, word in reversed(scope.relative):
        if segment.start <= start and start + len(word) < limit and (nearest is None or start > nearest[0]):
            where = segment.index_of(start)
            if where and (segment.code[where - 1] in _MEASURED_BY or (nearest and not _at_head(segment, where))):
                continue
            if word == "自治区" and "\ue000" <= segment.code[where + 3 : where + 4] <= "\uf8ff":
                continue  # 中央600万元、自治区480万元: who pays
            code = _relative_code(word, scope, nearest)
            if code and (_at_head(segment, where) or scope.home is None or is_within(code, scope.home)):
                return {"place": name_of(code), "place_code": code, "place_basis": "stated"}
    return nearest[1] if nearest else None


def _relative_code(word: str, scope: Scope, nearest: tuple[int, dict[str, Any]] | None) -> str | None:
    """The code of 全市, 该县 and the like: by what was last named for 该, else by the article's own place."""
    here = [p.code for s in scope.paragraph for p in s.places] + ([nearest[1]["place_code"]] if nearest else [])
    named = [*scope.named, *here][::-1]
    if word.startswith("该"):
        bases = [code for code in named if relative_code(word, code) == code] + named
    else:
        bases = [*here[-1:], *(code for code in (scope.section, scope.home) if code), *named]
    for base in bases:
        code = base if word[-1] in "乡镇村道" or word.endswith("社区") else relative_code(word, base)
        if code is not None:
            return code
    return None


def _is_subject(segment: Segment, place: PlaceMention, where: int, scope: Scope) -> bool:
    """Whether a named place can be what a figure is about, and not a helper from elsewhere or above."""
    if (where and segment.code[where - 1] in _MEASURED_BY) or _is_listed(segment, where):
        return False
    if scope.home is None or is_within(place.code, scope.home):
        return True
    following = segment.code[where + 1 : where + 2]
    return place.body is None and _at_head(segment, where) and not following.startswith(_SENT_OUT)


def _at_head(segment: Segment, where: int) -> bool:
    """Whether code index `where` opens a clause, or follows a date that does."""
    return where == 0 or segment.code[where - 1] in "，；：。、“（" or "\ue000" <= segment.code[where - 1] <= "\uf8ff"


def _is_listed(segment: Segment, where: int) -> bool:
    """Whether a place is one of several: 南丰县、资溪县等地."""
    following = segment.code[where + 1 : where + 3]
    if following[:1] == "等" or (following[:1] in _AND and _is_place(following[1:])):
        return True
    return segment.code[where - 1 : where] in _AND and where > 1 and _is_place(segment.code[where - 2])


_AND = ("、", "和", "与", "及")


def _is_place(char: str) -> bool:
    return bool(char) and "\ue000" <= char <= "\uf8ff" and mention_kind(char) == MENTION_SLOTS["place"]


def _topic(segment: Segment, scope: Scope) -> PlaceMention | None:
    """The place that an earlier segment of the paragraph opens with, below the article's own."""
    for place, where in zip(segment.places, segment.place_at, strict=True):
        below = (scope.home is None or is_within(place.code, scope.home)) and place.code != scope.home
        if below and where <= 12 and _at_head(segment, where) and not _is_listed(segment, where):
            return place
    return None


def _period(finding: Finding, scope: Scope, template: dict[str, str], nature: str | None) -> dict[str, Any]:
    """The period that governs the figure: dealt to it, in its segment, or carried from the paragraph."""
    date: DateMention | None = finding.dealt.get("date")
    carried = False
    if date is None:
        standard = template["table"] == "funds" and template.get("measure") in ("allowance", "reward", "salary")
        head = finding.segment.quantity_at[run_head(finding.segment, finding.index)]
        date = governing_date(finding.segment, head, () if standard else scope.paragraph)
        carried = date is not None and date not in finding.segment.dates
        if date is None and (after := _date_after(finding)) is not None:
            date = after
    if date is None:
        return {"period_start": None, "period_end": None, "period_text": None, "period_basis": None}
    unresolved = date.basis == "unresolved"
    reached = nature == "stock" and date.text.rstrip('”’"').endswith(("底", "末"))  # a stock at the end of a period
    return {
        "period_start": None if reached else date.period_start, "period_end": date.period_end, "period_text": date.text,
        "period_basis": "inherited" if carried and not unresolved else date.basis,
    }  # fmt: skip


def _date_after(finding: Finding) -> DateMention | None:
    """A date right behind the figure's clause in brackets: 持证社工120人（截至2023年底）."""
    segment = finding.segment
    for date, where in zip(segment.dates, segment.date_at, strict=True):
        if 0 < where - finding.at <= 3 and segment.code[finding.at + 1] in "（(" and governs(segment, date, where):
            return date
    return None


def main_place(article: Article, places: Sequence[PlaceMention]) -> str | None:
    """The place of an article whose title and source name none: one named early, and named most of all."""
    early = [p for p in places if p.start < 200 + len(article.title)]
    if not early:
        return None
    first = early[0].code
    about = sum(is_within(p.code, first) or is_within(first, p.code) for p in places)
    return first if about * 2 > len(places) else None


def home_of(article: Article) -> str | None:
    """The code of the place that an article is about: its title's, made more exact by its lead and its source.

    An article without a place in its title takes that of its source where this is an administration (民政局, 区委),
    else the one that its first sentence names as a body of its own.
    """
    lead_start = next((s for s, _, kind in article.paragraphs if kind == "body"), 0)
    lead_end = min((p for c in "。\n" if (p := article.text.find(c, lead_start)) >= 0), default=len(article.text))
    titles = len(article.title) + 1
    heads = titles + len(article.source or "") + 1
    found = find_places(f"{article.title}\n{article.source or ''}\n{article.text[lead_start : lead_end + 1]}")
    title = [p for p in found if p.start < titles]
    source = [p for p in found if titles <= p.start < heads]
    lead = [p for p in found if p.start >= heads]
    home = title[0].code if title else None
    if home is None:
        official = [
            p for p in source if p.body or (article.source or "").endswith(("民政", "社会工作", "发布", "官网"))
        ]
        home = official[0].code if official else None
    if home is None:
        subject = [p for p in lead if p.body or p.start <= heads + 12]
        home = subject[0].code if subject else None
    opening = [p for p in lead[:1] if p.start <= heads + 2]
    for candidate in (*source, *opening):
        if home and candidate.code != home and is_within(candidate.code, home):
            home = candidate.code
    return home
