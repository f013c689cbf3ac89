"""How a date is used: in it, since it, until it, or compared with it; told by the words on both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .date_shapes import Expression
from .date_words import GAP, date_words, either, not_after, not_before

_REACH = 10
_CLAUSE = "[^，。；：！？、,;:!?\n]"
_MULTIPLE = re.compile(
    r"(?:同期|全年)?\s?的\s?(?:近|约|将近|超过?|逾)?[\d一二三四五六七八九十两几]+(?:\.\d+)?[余多]?(?:倍|[%％]|成|分之)"
)
_MULTIPLE_AHEAD = re.compile(r"(?:是|为|為|达到?|達到?|相当于|超过?|突破|逾)\Z")
_SINCE_LATER = re.compile("[^，。；：！？、,;:!?\n0-9０-９]{1,18}以[来來]")
_OF = re.compile(f"{GAP}的(?!时候|時候)")


@dataclass(slots=True)
class Relation:
    """The relation and the span with its words."""

    name: str
    start: int
    end: int
    ahead: bool = False


@cache
def _before() -> re.Pattern[str]:
    """The relation words that stand before a date, the search ending where the date begins."""
    words = date_words()
    kinds = []
    for kind in ("until", "since", "compared", "compared_pair"):
        guarded = [
            not_after(words.relation_lead_guards.get(word, []), "") + either([word])
            for word in sorted(words.relations[f"{kind}_before"], key=len, reverse=True)
        ]
        kinds.append(f"(?P<{kind}>{'|'.join(guarded)})")
    return re.compile(f"(?:{'|'.join(kinds)}){GAP}\\Z")


@cache
def _after() -> re.Pattern[str]:
    """The relation words that stand after a date."""
    words = date_words()
    kinds = []
    for kind in ("since", "until"):
        guarded = [
            either([word]) + not_before(words.relation_guards.get(word, []))
            for word in sorted(words.relations[f"{kind}_after"], key=len, reverse=True)
        ]
        kinds.append(f"(?P<{kind}>{'|'.join(guarded)})")
    return re.compile(f"{GAP}(?:{'|'.join(kinds)})")


@cache
def _pair_after() -> re.Pattern[str]:
    """相比 in the same clause, or 比 at once: 与去年相比, 同上年比."""
    words = date_words()
    at_once = f"{GAP}比{not_before(words.relation_guards['比'])}"
    return re.compile(f"{at_once}|{_CLAUSE}{{0,8}}?{either(words.relations['compared_pair_after'])}")


@cache
def _vague_after() -> re.Pattern[str]:
    return re.compile(GAP + either(date_words().relations["vague_after"]))


@cache
def _future() -> re.Pattern[str]:
    return re.compile(either(date_words().lists["future"]) + f"{_CLAUSE}{{0,8}}\\Z")


def looks_ahead(text: str, start: int) -> bool:
    """Whether the clause before a date speaks of the future."""
    return bool(_future().search(text, max(start - 14, 0), start))


def relation_of(text: str, floor: int, found: Expression) -> Relation:
    """The relation of a date; its span does not reach before `floor`, where the mention before it ends."""
    point = found.left
    if point.has("compared"):
        return Relation("compared", found.start, found.end)
    before = _before().search(text, max(found.start - _REACH, floor), found.start)
    after = _after().match(text, found.end)
    lead = before.lastgroup if before else None
    follow = after.lastgroup if after else None
    start = before.start() if before else found.start
    end = after.end() if after else found.end
    if point.has("vague"):
        if before and lead == "until" and before.group()[0] == "截":
            return Relation("until", start, found.end)
        return Relation("vague", found.start, found.end)
    if point.has("now"):
        until = lead == "until" and before is not None
        return Relation("until", start if until else found.start, end if follow == "until" else found.end)
    if point.has("near", "backward"):
        ahead = point.word("near").startswith(("未来", "今后"))
        return Relation("in" if ahead else "since", found.start, found.end)
    if found.right is not None:
        return _range_relation(lead, follow, start, end, found)
    return _single_relation(text, lead, follow, start, end, found)


def _range_relation(lead: str | None, follow: str | None, start: int, end: int, found: Expression) -> Relation:
    if lead in ("compared", "compared_pair"):
        return Relation("compared" if lead == "compared" else "in", found.start, found.end)
    return Relation("in", start if lead == "since" else found.start, end if follow == "until" else found.end)


def _single_relation(
    text: str, lead: str | None, follow: str | None, start: int, end: int, found: Expression
) -> Relation:
    word = text[start : found.start].strip()
    of = _OF.match(text, found.end)
    if follow == "since":
        return Relation("since", start if lead == "since" else found.start, end)
    if (lead == "since" and not of and word[0] in "自打") or (word[:2] in ("自从", "自從") and not of):
        return Relation("since", start, found.end)
    if lead == "until" and not (of and len(word) == 1):
        return Relation("until", start, end if follow == "until" else found.end, ahead=word[0] in "到至直")
    if follow == "until" and not found.left.has("elapsed"):
        return Relation("until", found.start, end, ahead=True)
    if lead == "compared" or (lead == "compared_pair" and _pair_after().match(text, found.end)):
        return Relation("compared", found.start, found.end)
    if _MULTIPLE_AHEAD.search(text, max(found.start - 3, 0), found.start) and _MULTIPLE.match(text, found.end):
        return Relation("compared", found.start, found.end)
    if found.left.has("year", "month", "iso", "year_word") and _SINCE_LATER.match(text, found.end):
        return Relation("since", start if lead == "since" else found.start, found.end)
    rough = _vague_after().match(text, found.end)
    return Relation("in", found.start, rough.end() if rough else found.end)
