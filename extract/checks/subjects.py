"""What the figure of a record counts, as its own clause words it, to compare figures of different articles.

A figure is of the whole of its place where its clause names that place (甘肃省定西市安定区, 安定区, 全区). What is left
of the clause without the place, the days and words that say nothing of whose figure it is (patterns/series.yaml) is
its *subject*: 持证社工, and 民政系统持证社工, which is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from ..match.dates import find_dates
from ..match.gazetteer import units_by_code
from ..match.places import find_places
from ..paths import read_pattern_file

_BREAK = re.compile(r"[\s，,。；;、：:（）()！!？?|]")
_FIGURE = re.compile(r"\d")
_FROM = re.compile(r"[由从]原?[来有]?的?\d[\d.]*[万余多]*[个名人家所处]?")  # 由28个整合为21个
_LAST = re.compile(r"\d[\d.]*[万千百亿]*[余多]?(?:人次|[人名个家处所户])?$")
_PART = "其中"


def subject_of(row: Mapping[str, Any]) -> str | None:
    """What the figure of a record counts; None where its clause does not name the place, or the figure is not found.

    The clause of a part (其中安定区186人) may leave that to a clause before it, an item of a list the place to the
    first one.

    >>> subject_of({"place": "安定区", "place_code": "621102", "quote": "42人",
    ...             "sentence": "截至2023年底，全区民政系统共有持证社会工作者42人。"})
    '民政系统持证社工'
    """
    sentence = _folded(row["sentence"])
    quote = "".join(row["quote"].split())
    spans = [match.span() for match in re.finditer(r"(?<![\d.])" + r"\s*".join(map(re.escape, quote)), sentence)]
    found = {_subject_at(sentence, start, end, row["place_code"]) for start, end in spans}
    return found.pop() if len(found) == 1 else None


def _subject_at(sentence: str, start: int, end: int, code: str) -> str | None:
    *before, own = _BREAK.split(sentence[:start])
    behind = _BREAK.split(sentence[end:])[0]
    place = _place_words(code).search(own)
    if place is None:
        return _without_empty(own + behind) if _carries_on(sentence[: start - len(own)], code) else None
    said = _without_empty(_without_days(own[: place.start()]) + _without_days(own[place.end() :] + behind))
    if said not in ("", _PART):
        return said
    earlier = (_without_empty(_without_places(_LAST.sub("", _without_days(clause)))) for clause in before[::-1])
    return next((subject for subject in earlier if subject not in ("", _PART)), None)


def _carries_on(before: str, code: str) -> bool:
    """Whether what follows is an item of a list whose first item has the place and a verb: 全区建成社工站21个、…."""
    while before.endswith("、"):
        item = _BREAK.split(before[:-1])[-1]
        if not _FIGURE.search(item):
            return False
        if place := _place_words(code).search(item):
            return _empty().match(item, place.end()) is not None
        before = before[: -1 - len(item)]
    return False


@lru_cache(maxsize=4096)
def _place_words(code: str) -> re.Pattern[str]:
    """The words for the whole of a place: its names, with those of what it lies in before them, and 全区."""
    above = {f"{code[:2]}0000", f"{code[:4]}00"} - {code}
    own = _names(code)
    kinds = "".join(sorted({name[-1] for name in own if name[-1] in _KINDS}))
    outer = "|".join(_longest_first(name for other in above for name in _names(other)))
    before = f"(?:{outer})*" if outer else ""
    whole = "|".join(words()["whole"])
    named = f"{before}(?:{'|'.join(_longest_first(own))})"
    return re.compile(f"{named}(?:{whole})[{kinds}]|{named}|(?:{whole})[{kinds}]" if kinds else "(?!)")


_KINDS = "省市县区州盟旗"


def _names(code: str) -> set[str]:
    """All names that a code had, in full and without 市 and the like."""
    full = {unit.name for unit in units_by_code().get(code, ())}
    return full | {name[:-1] for name in full if len(name) > 2 and name[-1] in _KINDS}


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


@cache
def words() -> dict[str, Any]:
    """The content of patterns/series.yaml."""
    found: dict[str, Any] = read_pattern_file("series.yaml")
    return found


@cache
def _folds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_any_of([word, *said]), word) for word, said in words()["same"].items())


@cache
def _empty() -> re.Pattern[str]:
    return _any_of(words()["empty"])


def _any_of(said: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _longest_first(said))))


def _folded(text: str) -> str:
    for pattern, word in _folds():
        text = pattern.sub(word, text)
    return text


def _without_empty(text: str) -> str:
    left = _folded(_empty().sub("", _FROM.sub("", text)))
    return str(words()["alone"].get(left, left))


def _without_days(text: str) -> str:
    for day in reversed(find_dates(text)):
        text = text[: day.start] + text[day.end :]
    return text


def _without_places(text: str) -> str:
    for place in reversed(find_places(text)):
        text = text[: place.start] + text[place.end :]
    return re.sub(f"(?:{'|'.join(words()['whole'])})[{_KINDS}]", "", text)
