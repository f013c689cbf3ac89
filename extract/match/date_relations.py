"""How a date is used: in it, since it, until it, or compared with it; told by the words on both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .date_shapes import Expression
from .date_words import GAP, date_words, either, not_after, not_before

_REACH = 10
_GAP_WIDTH = 2  # how many blanks GAP leaves room for
_CLAUSE = "[^，。；：！？、,;:!?\n]"
_MULTIPLE = re.compile(
    r"(?:同期|全年)?\s?的\s?(?:近|约|将近|超过?|逾)?[\d一二三四五六七八九十两几]+(?:\.\d+)?[余多]?(?:倍|[%％]|成|分之)"
)
_MULTIPLE_AHEAD = re.compile(r"(?:是|为|為|达到?|達到?|相当于|超过?|突破|逾)\Z")
_SINCE_LATER = re.compile("[^，。；：！？、,;:!?\n0-9０-９]{1,18}以[来來]")
_SINCE_KINDS = frozenset({"year", "month", "iso", "year_word"})
_OF = re.compile(f"{GAP}的(?!时候|時候)")


@dataclass(slots=True)
class Relation:
    """The relation and the span with its words; the date may lie `ahead`, at once where that is `planned`."""

    name: str
    start: int
    end: int
    ahead: bool = False
    planned: bool = False


def _scripts(letter: str) -> set[str]:
    """A simplified character with its traditional form."""
    return {letter, date_words().traditional.get(letter, letter)}


@cache
def _before() -> dict[str, re.Pattern[str]]:
    """The relation words before a date by their last character, the search ending where the date begins."""
    words = date_words()
    told = {kind: words.relations[f"{kind}_before"] for kind in ("until", "since", "compared", "compared_pair")}
    guards = {word: not_after(words.relation_lead_guards.get(word, [])) + either([word]) for word in _all(told)}
    return {letter: re.compile(f"(?:{_any(told, guards, -1, letter)}){GAP}\\Z") for letter in _letters(told, -1)}


@cache
def _after() -> dict[str, re.Pattern[str]]:
    """The relation words after a date by their first character."""
    words = date_words()
    told = {kind: words.relations[f"{kind}_after"] for kind in ("since", "until")}
    guards = {word: either([word]) + not_before(words.relation_guards.get(word, [])) for word in _all(told)}
    return {letter: re.compile(f"{GAP}(?:{_any(told, guards, 0, letter)})") for letter in _letters(told, 0)}


def _all(told: dict[str, list[str]]) -> set[str]:
    return {word for words in told.values() for word in words}


def _letters(told: dict[str, list[str]], place: int) -> set[str]:
    """The characters at one place of the words, in either script."""
    return {letter for word in _all(told) for letter in _scripts(word[place])}


def _any(told: dict[str, list[str]], guards: dict[str, str], place: int, letter: str) -> str:
    """A group for each kind of relation that has words with that letter at that place, the longest word first."""
    groups = {
        kind: [guards[word] for word in sorted(words, key=len, reverse=True) if letter in _scripts(word[place])]
        for kind, words in told.items()
    }
    return "|".join(f"(?P<{kind}>{'|'.join(group)})" for kind, group in groups.items() if group)


def _word_before(text: str, floor: int, start: int) -> re.Match[str] | None:
    """The relation word that ends at `start`, blanks aside."""
    pattern = _before().get(text[max(start - _GAP_WIDTH - 1, 0) : start].rstrip()[-1:])
    return pattern.search(text, max(start - _REACH, floor), start) if pattern else None


def _word_after(text: str, end: int) -> re.Match[str] | None:
    """The relation word that begins at `end`, blanks aside."""
    pattern = _after().get(text[end : end + _GAP_WIDTH + 1].lstrip()[:1])
    return pattern.match(text, end) if pattern else None


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
def _started_after() -> re.Pattern[str]:
    return re.compile(GAP + either(date_words().relations["started_after"]))


@cache
def _future() -> re.Pattern[str]:
    return re.compile(either(date_words().lists["future"]) + f"{_CLAUSE}{{0,8}}\\Z")


def looks_ahead(text: str, start: int) -> bool:
    """Whether the clause before a date speaks of the future."""
    return bool(_future().search(text, max(start - 14, 0), start))


@cache
def _will() -> re.Pattern[str]:
    return re.compile(f"{GAP}[，,]?{GAP}{either(date_words().lists['future'])}")


def will_be(text: str, end: int) -> bool:
    """Whether what follows a date speaks of the future: 年底前，将."""
    return _will().match(text, end) is not None


def relation_of(text: str, floor: int, found: Expression) -> Relation:
    """The relation of a date; its span does not reach before `floor`, where the mention before it ends."""
    point, kind = found.left, found.left.kind
    if kind == "compared":
        return Relation("compared", found.start, found.end)
    before = _word_before(text, floor, found.start)
    after = _word_after(text, found.end)
    lead = before.lastgroup if before else None
    follow = after.lastgroup if after else None
    start = before.start() if before else found.start
    end = after.end() if after else found.end
    if kind == "vague":
        if before and lead == "until" and before.group()[0] == "截":
            return Relation("until", start, found.end)
        return Relation("vague", found.start, found.end)
    if kind == "now":
        until = lead == "until" and before is not None
        return Relation("until", start if until else found.start, end if follow == "until" else found.end)
    if kind in ("near", "backward"):
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
    if lead == "since" and _started_after().match(text, found.end):
        return Relation("since", start, found.end)
    if lead == "until" and not (of and len(word) == 1):
        return Relation("until", start, end if follow == "until" else found.end, ahead=word[0] in "到至直")
    if follow == "until" and found.left.kind != "elapsed":
        return Relation("until", found.start, end, ahead=True)
    if lead == "compared" or (lead == "compared_pair" and _pair_after().match(text, found.end)):
        return Relation("compared", found.start, found.end)
    if _MULTIPLE_AHEAD.search(text, max(found.start - 3, 0), found.start) and _MULTIPLE.match(text, found.end):
        return Relation("compared", found.start, found.end)
    if found.left.has(_SINCE_KINDS) and _SINCE_LATER.match(text, found.end):
        return Relation("since", start if lead == "since" else found.start, found.end)
    rough = _vague_after().match(text, found.end)
    return Relation("in", found.start, rough.end() if rough else found.end)
