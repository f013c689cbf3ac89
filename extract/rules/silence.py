"""Silence: figures that are no statistic of social work, whatever rule would read them."""

from __future__ import annotations

import re
from functools import cache

from ..paths import read_pattern_file
from .book import Rule
from .encoding import ANY_QUANTITY, KIND, block, mention_index, mention_kind
from .facets import is_led_by
from .segments import Segment

HOUSEHOLD_SUM = 100_000  # CNY: a household's money is less; more is paid for many

_SUPPOSED = re.compile(r"(?:如果(?!说)|假如|假设|倘若|要是|若(?<![一-鿿]若)(?!干))[^。；？！]{0,60}$")
_RESIDENTS = re.compile(  # 社区常住居民3200户，其中独居老人86人
    "(?:常住|户籍|总人口|居住着|现有居民|生活着)(?:(?!服务|走访|开展|帮|惠及|受益|为|慰问|组织|救助|覆盖|探访|关爱|参加|参与).)*$"
)
_DIFFERENCE = ("pass_rate", "coverage", "share")


def is_supposed(segment: Segment, at: int) -> bool:
    """Whether the figure is only supposed: 如果每站配5名社工，一年要300万元."""
    return _SUPPOSED.search(segment.code, max(0, at - 64), at) is not None


def is_of_another_kind(rule: Rule, segment: Segment, index: int) -> bool:
    """Whether a figure that a rule matches is none of its measure.

    A difference in 百分点 is no rate; who lives in a place is not served; the fees, debts and earnings of households
    are no money of social work.
    """
    quantity, measure = segment.quantities[index], rule.template["measure"]
    if measure in _DIFFERENCE:
        return quantity.unit_text.endswith(("百分点", "百分點"))
    at = segment.quantity_at[index]
    if measure == "beneficiaries":
        return _RESIDENTS.search(segment.code, 0, at) is not None
    if rule.template["table"] != "funds":
        return False
    clause = segment.code[segment.clause_start(at) : at + 8]
    private, earned, members = _household()
    if private.search(clause) and quantity.value is not None and quantity.value < HOUSEHOLD_SUM:
        return True
    return measure == "salary" and earned.search(clause) is not None and members.search(segment.code) is not None


@cache
def _household() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Of `patterns/facets.yaml`: money of households, earnings that may be theirs, and words for their members."""
    words = read_pattern_file("facets.yaml")["household"]
    private, earned, members = ("|".join(words[name]) for name in ("money", "earned", "members"))
    return re.compile(private), re.compile(earned), re.compile(members)


def is_each(segment: Segment, at: int) -> bool:
    """Whether a figure is one for each of some areas: 在21个街道各建1个社工站."""
    one = segment.quantities[mention_index(segment.code[at])].value == 1
    return one and _EACH.search(segment.code, max(0, at - 24), at) is not None


_EACH = re.compile(rf"[{block(KIND['count'])}][^，。；]{{0,8}}各[^，。；、]{{0,12}}$")


def is_thing(segment: Segment, at: int) -> bool:
    """Whether what stands right behind a count is something that no table holds: 6个功能室, 12个部门."""
    return _things().match(segment.code, at + 1) is not None


@cache
def _things() -> re.Pattern[str]:
    return re.compile("|".join(read_pattern_file("context.yaml")["things"]))


def is_whole_of_share(code: str, at: int) -> bool:
    """Whether the figure at `at` is what a share is of: 常住人口276.5万人的1.2‰."""
    return code.startswith("的", at + 1) and code[at + 2 : at + 3] >= "\ue000" and mention_kind(code[at + 2]) == _SHARE


_SHARE = KIND["percent"]
_OF = re.compile("占|达|相当于|[为是]")


def is_of_other(match: re.Match[str], at: int) -> bool:
    """Whether what a rule reads beside the figure at `at` is not what that figure counts.

    It may be the part whose whole the figure is (持证社工达到人口276.5万人的1.2‰), or the noun of the next item
    (社区工作者820人、持证社工286人).
    """
    code = match.string
    behind = code[at + 1 : at + 2]
    if behind == "的":
        return is_whole_of_share(code, at) and _OF.search(code, match.start(), at) is not None
    return behind in _JOINTS and at == match.start()


_JOINTS = frozenset("、和及与")


def is_loss(segment: Segment, at: int) -> bool:
    """Whether the figure is by how much there are fewer: 较上年减少5个, 比上年分别减少50人和14人."""
    if segment.code[at - 1 : at] not in _BEFORE_A_LOSS:
        return False
    index = mention_index(segment.code[at])
    if segment.quantities[index].kind not in ("count", "money"):
        return False
    return is_led_by(segment, index, _LOSS)


_BEFORE_A_LOSS = frozenset(
    "少减降了别各、，和及与/"
)  # the end of the verb, or of what joins a figure to those before it
_LOSS = re.compile(
    rf"(?:[较比与]|同比|环比)[^，。；{ANY_QUANTITY}]{{0,8}}?(?:分别|各|均)?(?:减少|减|少|下降)了?(?:分别|各)?$"
)
