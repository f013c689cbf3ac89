"""The place that a figure is about; codes by GB/T 2260."""

from __future__ import annotations

import re
from typing import Any

from ..match.gazetteer import is_within, name_of
from ..match.mentions import PlaceMention
from ..match.places import find_places
from ..match.relative_places import relative_code
from ..rules.apply import Finding
from ..rules.encoding import ANY_QUANTITY, MENTION_SLOTS, block, mention_kind
from ..rules.segments import Segment
from .scope import Scope

_SENT_OUT = tuple("援支对籍捐资派帮协来某级")

_MEASURED_BY = tuple("占比居较列")  # 占全市近三分之一 is not about 全市

HEAD = 12  # characters: a place further on is not what a sentence is about

_AND = ("、", "和", "与", "及")


def place_fields(finding: Finding, scope: Scope) -> dict[str, Any]:
    """Name, code and basis of the place that the figure is about."""
    if place := finding.dealt.get("place"):
        return _stated(place)
    if "place" in finding.dealt:  # the name dealt to it is not known: no other place of its sentence is meant
        return _inherited(scope.section or scope.home)
    segment = finding.segment
    if finding.rule.template["measure"] == "built" and (site := _site_after(segment, finding.at, scope)):
        return _stated(site)
    if _OF_ALL.search(segment.code, segment.clause_start(finding.at), finding.at):
        return _of_whole(segment, finding.at, scope) or _inherited(scope.section or scope.home)
    if (stated := _named_before(segment, finding.at, scope)) is not None:
        return stated
    for other in reversed(scope.paragraph):
        if (topic := _topic(other, scope)) is not None:
            return {"place": topic.name, "place_code": topic.code, "place_basis": "inherited"}
    code = scope.section or scope.home or (scope.named[-1] if scope.named else None)
    return _inherited(code)


_OF_ALL = re.compile(  # not about the last one named
    "[两三四五六七八九][市县区地州旗省](?:合计|总计|共计|加起来|之和)|其[余他它]"
)


def _of_whole(segment: Segment, at: int, scope: Scope) -> dict[str, Any] | None:
    """The 全州 before a figure, as a place that is stated."""
    for start, word in reversed(scope.relative):
        if word[0] not in "全我本" or not segment.start <= start < segment.position(at):
            continue
        where = segment.index_of(start)
        measured = where > 0 and segment.code[where - 1] in _MEASURED_BY
        if not measured and (code := _relative_code(word, scope, None)):
            return {"place": name_of(code), "place_code": code, "place_basis": "stated"}
    return None


def _inherited(code: str | None) -> dict[str, Any]:
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
        if _is_subject(segment, place, where, scope) and not _is_of_series(segment, where, at):
            nearest = (segment.position(where), _stated(place))
            break
    limit = segment.position(at)
    for start, word in reversed(scope.relative):
        if segment.start <= start and start + len(word) < limit and (nearest is None or start > nearest[0]):
            where = segment.index_of(start)
            if where and (segment.code[where - 1] in _MEASURED_BY or (nearest and not _at_head(segment, where))):
                continue
            if word == "自治区" and _is_payer(segment, where, scope):
                continue
            code = _relative_code(word, scope, nearest)
            if code and (_at_head(segment, where) or scope.home is None or is_within(code, scope.home)):
                return {"place": name_of(code), "place_code": code, "place_basis": "stated"}
    return nearest[1] if nearest else None


def _is_of_series(segment: Segment, where: int, at: int) -> bool:
    """Whether a place is one of several with a figure each, in a part of the sentence that is over before the figure.

    全州服务34万人次，其中恩施市8万人次、利川市7万人次；开展活动7415场: the events are those of 全州.
    """
    return segment.code.find("；", where, at) >= 0 and any(
        start <= where < end for start, end in (m.span() for m in _SERIES.finditer(segment.code, 0, at))
    )


_PLACE = block(MENTION_SLOTS["place"])
_SERIES = re.compile(rf"(?:[{_PLACE}][^，。；{_PLACE}]{{0,4}}[{ANY_QUANTITY}][、和与]?){{2,}}")


def _is_payer(segment: Segment, where: int, scope: Scope) -> bool:
    """Whether 自治区 pays: 中央600万元、自治区480万元, or 自治区补助480万元 in an article about a place below."""
    below = scope.home is not None and not scope.home.endswith("0000")
    return below or "\ue000" <= segment.code[where + 3 : where + 4] <= "\uf8ff"


def _relative_code(word: str, scope: Scope, nearest: tuple[int, dict[str, Any]] | None) -> str | None:
    """The code of 全市, 该县 and the like: by what was last named for 该, else by the article's own place."""
    here = [
        place.code
        for segment in scope.paragraph
        for place, where in zip(segment.places, segment.place_at, strict=True)
        if where <= HEAD and _is_near(place.code, scope.home) and not _is_listed(segment, where)
    ]
    here += [nearest[1]["place_code"]] if nearest else []
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


def _is_near(code: str, home: str | None) -> bool:
    """Whether a place lies in the article's own or holds it: 全市 is not said of a helper's from elsewhere."""
    return home is None or is_within(code, home) or is_within(home, code)


def _is_subject(segment: Segment, place: PlaceMention, where: int, scope: Scope) -> bool:
    """Whether a named place can be what a figure is about, and not a helper from elsewhere or above."""
    if (where and segment.code[where - 1] in _MEASURED_BY) or _is_listed(segment, where):
        return False
    if scope.home is None or is_within(place.code, scope.home):
        return True
    following = segment.code[where + 1 : where + 2]
    if following[:1] in _AND or segment.code[where - 1 : where] in _AND:  # 河田、大同、濯田三镇: a town of that name
        return False
    helps = following.startswith(_SENT_OUT) or _HELP.match(segment.code, where + 1)
    if place.body is not None or helps or _names_one(segment, where + 1):
        return False
    where -= where > 0 and segment.code[where - 1] == "在"  # 在喀什地区，建成132个
    return _at_head(segment, where - 2 if segment.code[max(0, where - 2) : where] == "其中" else where)


_HELP = re.compile(
    "[^，。；]{0,8}(?:援[藏疆青派助]|对口|帮扶)|各[县市区州]"
)  # 上海市累计安排援藏资金; 在嘉兴各县里排第二


def _names_one(segment: Segment, at: int) -> bool:
    """Whether one of a place stands at code index `at`, and not how many there are: 上海一家基金会."""
    ones = zip(segment.quantities, segment.quantity_at, strict=True)
    return any(where == at and quantity.text[0] == "一" for quantity, where in ones)


def _at_head(segment: Segment, where: int) -> bool:
    """Whether code index `where` opens a clause, or follows a date that does."""
    return where == 0 or segment.code[where - 1] in "，；：。、“（" or "\ue000" <= segment.code[where - 1] <= "\uf8ff"


def _is_listed(segment: Segment, where: int) -> bool:
    """Whether a place is one of several: 南丰县、资溪县等地."""
    following = segment.code[where + 1 : where + 3]
    if following[:1] == "等" or (following[:1] in _AND and _is_place(following[1:])):
        return True
    return segment.code[where - 1 : where] in _AND and where > 1 and _is_place(segment.code[where - 2])


def _is_place(char: str) -> bool:
    return bool(char) and "\ue000" <= char <= "\uf8ff" and mention_kind(char) == MENTION_SLOTS["place"]


def _topic(segment: Segment, scope: Scope) -> PlaceMention | None:
    """The place that an earlier segment of the paragraph opens with, below the article's own."""
    for place, where in zip(segment.places, segment.place_at, strict=True):
        below = (scope.home is None or is_within(place.code, scope.home)) and place.code != scope.home
        if below and where <= HEAD and _at_head(segment, where) and not _is_listed(segment, where):
            return place
    return None


def code_of(place: str) -> str | None:
    """The code of a place that is written as its name or its code; None for one that is not known.

    >>> code_of("六安市"), code_of("341500"), code_of("乌有之乡")
    ('341500', '341500', None)
    """
    if name_of(place):
        return place
    return next((found.code for found in find_places(place)), None)
