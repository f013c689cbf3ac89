"""The place that an article is about: what 全市 and 全县 mean in it, and where figures belong that name no place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..articles import Article
from ..match.gazetteer import ancestor, is_within, level_of
from ..match.mentions import PlaceMention
from ..match.places import find_places
from ..reflow.beside import is_media, offices_alone

_HELPS = re.compile("援|支援|对口|帮扶|协作|结对|捐|籍|某|来的|老师|专家|爱心|企业|一家|一所|派|等地")
_SENT_TO = re.compile("(?:赴|到|去|往|来自|对口|邀请|走进|援)$")
_LINKS = ("、", "和", "与", "及")
_HEADS_POINT = "："
_LOWER = ("全市", "我市", "全县", "我县", "全区", "我区", "全旗", "我旗", "全州", "我州")
_PROVINCE = ("全省", "我省")
_EARLY = 400  # characters of an article in which its place is named


def home_of(article: Article) -> str | None:
    """The code of the place that an article is about: its title's, made more exact by its lead and its source.

    An article without a place in its title takes that of its source where this is an administration (民政局, 区委),
    also where the title names another one; else the one that its first sentence names as a body of its own. A place
    that helps, or that is travelled to, is not meant: 福州帮扶资金, 赴杭州学习.
    """
    lead_start = next((s for s, _, kind in article.paragraphs if kind == "body"), 0)
    lead_end = min((p for c in "。\n" if (p := article.text.find(c, lead_start)) >= 0), default=len(article.text))
    titles = len(article.title) + 1
    heads = titles + len(article.source or "") + 1
    read = f"{article.title}\n{article.source or ''}\n{article.text[lead_start : lead_end + 1]}"
    found = [p for p in find_places(read) if not _helps(read, p)]
    title = [p for p in found if p.start < titles]
    source = [p for p in found if titles <= p.start < heads]
    lead = [p for p in found if p.start >= heads and not read.startswith(_HEADS_POINT, p.end)]  # 台前县： heads a point
    official = source if _is_official(article.source or "", source) else []
    home = _first(read, title)
    if official and (home is None or not _are_kin(home, official[0].code)):
        home = official[0].code
    if home is None:
        first = next((i for i, p in enumerate(lead) if p.body or p.start <= heads + 12), len(lead))
        home = _first(read, lead[first:])
        if home and _is_provincial(article.text) and sum(map(article.text.count, _PROVINCE)) > 2:
            home = ancestor(home, "province")
    opening = [p for p in lead[:1] if p.start <= heads + 2]
    for candidate in (*source, *opening):
        if home and candidate.code != home and is_within(candidate.code, home):
            home = candidate.code
    return home


def main_place(article: Article, places: Sequence[PlaceMention]) -> str | None:
    """The place of an article whose title, source and lead name none: the least that most of its places lie in.

    It is named itself and early, and a third of all names are of it or lie in it; where a text speaks of 全省, it is a
    province. What only names of places in it betray (全市, 夷陵区、当阳市、秭归县) is found by them.
    """
    told = [p for p in places if not _helps(article.text, p)]
    codes = [p.code for p in told]
    home = None
    for level in ("province",) if _is_provincial(article.text) else ("province", "city", "county"):
        known = [above for code in codes if (above := ancestor(code, level))]
        within = [code for code in known if code in codes and (home is None or is_within(code, home))]
        most = max(within, key=within.count, default=None)
        if most is not None and within.count(most) * 2 > len(known) and within.count(most) * 3 > len(codes):
            home = most
    home = home or _holder(article.text, codes)
    early = _EARLY + len(article.title)
    return home if home and any(p.start < early and is_within(p.code, home) for p in told) else None


def _holder(text: str, codes: Sequence[str]) -> str | None:
    """What 全市 or 全省 means in a text that does not name it: what most of those named lie in, three at least."""
    for level, below, words in _HOLDERS:
        if any(word in text for word in words):
            holders = [ancestor(code, level) for code in {*codes} if level_of(code) == below]
            most = max(holders, key=holders.count, default=None)
            return most if holders.count(most) >= _FEW_NAMED and holders.count(most) * 2 > len(holders) else None
    return None


_HOLDERS = (
    ("city", "county", ("全市", "我市", "全州", "我州", "全盟", "我盟")),
    ("province", "city", _PROVINCE),
)
_FEW_NAMED = 3


def _is_provincial(text: str) -> bool:
    """Whether a text speaks of its province and of no lower place by its level."""
    return any(word in text for word in _PROVINCE) and not any(word in text for word in _LOWER)


def _helps(text: str, place: PlaceMention) -> bool:
    """Whether a place is one that helps, or is gone to: 上海援藏资金, 赴成都."""
    if place.body is None and _HELPS.match(text, place.end):
        return True
    return _SENT_TO.search(text, max(0, place.start - 3), place.start) is not None


def _is_official(source: str, places: Sequence[PlaceMention]) -> bool:
    """Whether a source is an administration or a station of the place that it names, and no newspaper."""
    if not places or is_media(source):
        return False
    return bool(places[0].body or offices_alone(source)) or source.endswith(("民政", "社会工作", "发布", "官网"))


def _first(text: str, places: Sequence[PlaceMention]) -> str | None:
    """The first place; more exact by one that adjoins it (贵州·瓮安), and what holds all where several are listed."""
    if not places:
        return None
    run = [places[0]]
    for before, place in pairwise(places):
        between = text[before.end : place.start]
        if len(between) > 1 or not (between in _LINKS or is_within(place.code, before.code)):
            break
        run.append(place)
    if len(run) > 1 and text[run[0].end] in _LINKS:
        return _common(run)
    return run[-1].code


def _common(places: Sequence[PlaceMention]) -> str | None:
    """The least place that holds all of some, None where none does."""
    for level in ("city", "province"):
        holders = {ancestor(place.code, level) for place in places}
        if len(holders) == 1:
            return holders.pop()
    return None


def _are_kin(one: str, other: str) -> bool:
    """Whether one place lies in the other."""
    return is_within(one, other) or is_within(other, one)
