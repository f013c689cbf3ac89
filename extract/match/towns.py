"""Towns (乡, 镇, 街道, 苏木) in running text, and the bodies that are named after a place.

There are some forty thousand towns, and GB/T 2260 does not list them: a town is read by its ending, directly after the
county that it lies in, or where a text that has named its county begins a clause with it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from .gazetteer import place_facts
from .place_forms import words_of

_HAN = "一-鿿"
_NAME_LENGTH = 5
_BANNER_NAME_LENGTH = 8  # transliterated names, and those of 民族乡
_ENDING = (
    r"(?:苏木|街道(?!社区)|(?<=族)乡"
    r"|乡(?![镇村土贤亲情音愁风间街])|镇(?![乡街镇村]|江(?:市|街))|镇(?=村(?:级|两委|支)))"
)
_AFTER_COUNTY = re.compile(rf"[{_HAN}]{{2,{_BANNER_NAME_LENGTH}}}?{_ENDING}")
_ENDING_HEAD = re.compile("[苏街乡镇]")  # a search for these alone runs faster than one for the whole endings
_ENDED = re.compile(rf"(?<=[{_HAN}]){_ENDING}")
_BEGINNING = re.compile(rf"(?:[^{_HAN}][在到赴由]?|[在到赴由])([{_HAN}]{{2,4}})$")
_NUMBERED = re.compile(r"[一二三四五六七八九十百千两几多数]个?$|第[一二三四五六七八九十]")
_ENDINGS = ("街道", "苏木", "乡", "镇")


@cache
def _no_town() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words_of("not_in_town"))))


def _is_name(name: str) -> bool:
    stem = next(name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending))
    if stem in words_of("generic_towns") or stem[0] in words_of("not_first_in_town"):
        return False
    if stem[-1] in "乡镇" or name.endswith("城乡"):
        return False
    if _NUMBERED.search(stem) or _no_town().search(stem):
        return False
    return len(stem) <= _NAME_LENGTH or name.endswith(("族乡", "苏木"))


def town_after_county(text: str, start: int) -> str | None:
    """The name of the town that begins at `start`, right after its county; None where no town does.

    >>> town_after_county("屏山县中都镇举行", 3), town_after_county("屏山县各乡镇", 3)
    ('中都镇', None)
    """
    found = _AFTER_COUNTY.match(text, start)
    return found[0] if found and _is_name(found[0]) else None


@cache
def _evidence() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]{{0,4}}?(?:社区|村(?!级))|" + "|".join(words_of("after_town_evidence")))


def towns_on_their_own(text: str) -> list[tuple[int, str]]:
    """Start and name of the towns that begin a clause, or follow 在, 到, 赴 or 由.

    Only those that a body or a village of theirs follows, or that the text names twice: 白鹤镇党委, 花果园街道双塔社区.
    """
    found = []
    for head in _ENDING_HEAD.finditer(text):
        ended = _ENDED.match(text, head.start())
        if ended is None:
            continue
        before = text[max(ended.start() - 5, 0) : ended.start()]
        begun = _BEGINNING.search(before if len(before) == 5 else " " + before)
        if begun and _is_name(name := begun[1] + ended[0]):
            found.append((ended.start() - len(begun[1]), name))
    times = Counter(name for _, name in found)
    return [(start, name) for start, name in found if times[name] > 1 or _evidence().match(text, start + len(name))]


@cache
def _body() -> re.Pattern[str]:
    facts = place_facts()
    joined = {key: "|".join(sorted(facts[key].split(), key=len, reverse=True)) for key in facts if key in _BODY_KEYS}
    return re.compile(
        rf"(?P<own>[省市州盟县区旗]?委(?:{joined['committee_offices']})?)(?!员|托|派)"
        rf"|(?:{joined['departments']})(?:厅|局|委员会|委|办公室|部门)"
        rf"|{joined['bodies']}"
    )


_BODY_KEYS = ("committee_offices", "departments", "bodies")


def body_after(text: str, start: int, place: str) -> str | None:
    """The organisation's words at `start`, right after the words `place`.

    It is 民政厅 in 贵州省民政厅; a committee bears the ending of its place, so 区委社会工作部 in 南明区委社会工作部.
    """
    found = _body().match(text, start)
    if not found:
        return None
    if found["own"] and found["own"].startswith("委"):
        return place[-1] + found[0] if place[-1] in "省市州盟县区旗" else None
    return found[0]
