"""Places that a text names by their level alone: 全市, 我省, 该县, 自治区."""

from __future__ import annotations

import re

from .gazetteer import ancestor, level_of, name_of

_LEVELS = {
    "自治区": "province",
    "省": "province",
    "自治州": "city",
    "市": "city",
    "州": "city",
    "盟": "city",
    "地区": "city",
    "自治县": "county",
    "县": "county",
    "旗": "county",
    "区": "region",
    "街道": "township",
    "乡": "township",
    "镇": "township",
    "社区": "village",
    "村": "village",
}
_RELATIVE = (
    re.compile(  # it begins with one set of characters, so that the engine runs through all others without a halt
        r"[全我本该自](?:(?<!自)(?<![安完健齐自基日版样根].)\s{0,2}"
        r"(?P<unit>自\s{0,2}治\s{0,2}区|自治州|自治县|地区|街道|社区"
        r"|省(?!略|钱|力|份)|市(?!场|民|值|价|面|容)|州(?!县|市)|盟(?!友|员|国)|旗(?!下|帜|舰)|县(?!域)"
        r"|区(?!域|别|间|块|分|划)|乡(?!镇|村|土|亲|贤)|镇(?!静|痛|压)|村(?!落|民))"
        r"|(?<=自)(?<![族古夏西疆藏尔省全我本该].)\s{0,2}治\s{0,2}区)"
    )
)


def find_relative_places(text: str) -> list[tuple[int, int, str]]:
    """Start, end and level of each place named by its level alone, left to right; half-open offsets in code points.

    The level is `province`, `city`, `county`, `township`, `village`, or `region` for 区, which is a county, but a
    province in an autonomous region; `relative_code` decides. 全县域 and 全市场 are no places.

    >>> find_relative_places("全市建成12个站")
    [(0, 2, 'city')]
    """
    found = []
    for match in _RELATIVE.finditer(text):
        unit = "".join((match["unit"] or "自治区").split())
        found.append((match.start(), match.end(), _LEVELS[unit]))
    return found


def relative_code(word: str, home: str) -> str | None:
    """The code that `word` (全市, 我省, 全区, …) stands for in a text about the place `home`; None where there is none.

    全市 is the county itself where that is called 市 (昆山市), else the city around it; 全区 is the district, else the
    autonomous region.
    """
    ending = word[-1]
    own = name_of(home) or ""
    if word.endswith("自治区") or ending == "省":
        return ancestor(home, "province")
    if ending in "市县旗区" and level_of(home) == "county" and own.endswith(ending):
        return home
    if ending == "区":
        province = ancestor(home, "province")
        return province if (name_of(province or "") or "").endswith("区") else None
    if ending in "县旗":
        return ancestor(home, "county")
    return ancestor(home, "city") if ending in "市州盟" or word.endswith("地区") else None
