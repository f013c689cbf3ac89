"""Where dates may begin in a text, and the pieces that go on from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, product

from .date_numbers import DIGITS, NUMERALS, RUN, parse_number, parse_year
from .date_pieces import AFTER, AFTER_DE, DASH, FIGURE, HEADS, TAILS, pieces, words_by_kind
from .date_shapes import Token
from .date_words import GAP, date_words, simplified

_TIMES = "年月周週星礼禮天季"
# What stands behind the number that a date begins with; digits that may be a year or a whole day need nothing there.
_AFTER_NUMBER = (
    rf"{GAP}(?:[年月日号號世季半]|[个個]{GAP}[{_TIMES}多余餘半]|[多余餘几幾]{GAP}(?:[个個]{GAP})?[{_TIMES}]"
    rf"|(?:天|[周週]|星期|[礼禮]拜){GAP}[半多余餘以来來之后後前内內]|、[{DIGITS}{NUMERALS}]|[/／]{GAP}[{DIGITS}]"
    rf"|(?:[至到]|{DASH}){GAP}[{DIGITS}{NUMERALS}第])"
)
_YEAR_OR_DAY = rf"(?:(?<=1)9|(?<=2)0)[0-9]{{2}}(?:[0-9]{{4}})?(?![{DIGITS}])|(?<=[12])[0-9]{{3}}(?=[-./])"
_NUMERAL = "numeral"
_FIGURES = "0123456789０１２３４５６７８９"
_NUMBERS = _FIGURES + NUMERALS
# The characters that may stand second in the pieces that are not made of words.
_SECOND_LETTERS = {
    "年": "初底末终終尾中", "月": "初底末中", "岁": "末", "歲": "末", "半": "年个天月周星礼", "周": "一二三四五六日天",
    "星": "期", "礼": "拜", "最": "近", "近": _NUMBERS + "的这半几数", "过": "去", "未": "来", "今": "后明",
    "上": "半个世", "下": "半", "本": "世", "第": _NUMBERS, "前": _NUMBERS, "头": _NUMBERS, "頭": _NUMBERS,
    "闰": _NUMBERS, "正": "月", "腊": "月", "农": "历", "阴": "历", "夏": "历", "大": "年",
    "去": "今", "昨": "今", "明": "后", "几": "十年个天周星", "数": "十年个天周星",
}  # fmt: skip
_ANY_SECOND = "春夏秋冬"  # leads that almost anything may follow
_WITHOUT_NUMBERS = ("plan", "holiday", "new_year_day", "open_span")
_LATEST_SHORT_YEAR = 40  # 12/31/40 is of 2040, 12/31/41 of 1941
# What may be read where one of these stands right behind the digits or numerals.
_BEHIND = {
    "年": (*("compact", "decade", "open_span", "backward", "about_elapsed", "elapsed", "within", "year", "lone_year"),),
    "月": ("compact", "month", "lone_year"),
    **dict.fromkeys("日号號", ("compact", "day", "lone_year")),
}
_SAME_KIND = {"listed_month": "month", "listed_quarter": "quarter", "listed_day": "day", "open_span": "vague"}


def find_triggers(text: str, begin: int, stop: int) -> Iterator[tuple[int, str]]:
    """Every place of a stretch of text that is worth a look for a date, with the character behind it or its number."""
    pattern, seconds, thirds = _trigger(), _seconds(), _thirds()
    for found in pattern.finditer(text, begin, stop):
        start, end = found.span()
        second = text[end : end + 1]
        allowed = seconds.get(text[start])
        if allowed is not None and second not in allowed and not second.isspace():
            continue
        allowed = thirds.get(text[start : end + 1])
        third = text[end + 1 : end + 2]
        if allowed is None or third in allowed or third.isspace():
            yield start, second


def match_head(text: str, at: int, behind: str) -> re.Match[str] | None:
    """The piece that begins a date at one of the places of `find_triggers`, or None."""
    first = text[at]
    pattern = _head_of(first)
    if behind in _BEHIND and pattern is not None and first in _NUMBERS:
        likely = _head(FIGURE if first in _FIGURES else _NUMERAL, behind=behind)
        return likely.match(text, at) or pattern.match(text, at)
    return pattern.match(text, at) if pattern else None


def match_right(text: str, at: int) -> re.Match[str] | None:
    """The piece that begins the right side of a range at `at`, or None."""
    first = text[at : at + 1]
    if first.isdecimal():
        return _head(FIGURE, right=True).match(text, at)
    pattern = _head_of(first)
    return pattern.match(text, at) if pattern else None


def match_tail(kind: str, text: str, at: int) -> re.Match[str] | None:
    """The piece that goes on at `at` after a piece of this kind, or None."""
    if kind not in AFTER:
        return None
    firsts, pattern = _tail(kind)
    char = text[at : at + 1]
    return pattern.match(text, at) if char in firsts or char.isspace() else None


def make_token(match: re.Match[str]) -> Token:
    """The piece that one of the functions above matched."""
    kind = match.lastgroup or ""
    start, end = match.span(kind)
    return Token(*_read_piece(kind, match.string[start:end]), start, end)


@lru_cache(maxsize=4096)
def _read_piece(kind: str, spelling: str) -> tuple[str, str, tuple[int, ...]]:
    """The kind of a piece, its word and its numbers; bulletins use the same few spellings again and again."""
    word = simplified(spelling)
    if kind == "word":
        return date_words().words[word].kind, word, ()
    if kind == "compact":
        return kind, word, (int(word[:4]), int(word[4:6]), int(word[6:]))
    if kind == "us_date":
        month, day, year = map(int, word.split("/"))
        return "iso", word, (year + (0 if year >= 100 else 1900 if year > _LATEST_SHORT_YEAR else 2000), month, day)
    if kind == "year":
        return kind, word, (parse_year(word.rstrip("年度份")),)
    numbers = () if kind in _WITHOUT_NUMBERS else tuple(map(parse_number, RUN.findall(spelling)))
    return _SAME_KIND.get(kind, kind), word, numbers


def _group(first: str) -> str:
    """What has one pattern: all figures, all numerals, or else the character (in simplified script)."""
    if first.isdecimal():
        return FIGURE
    return _NUMERAL if first in NUMERALS else simplified(first)


def _first_letters(words: list[str]) -> set[str]:
    """The characters that the words begin with, in either script."""
    firsts = {word[0] for word in words}
    return firsts | {other for letter, other in date_words().traditional.items() if letter in firsts}


def _leads(kind: str) -> set[str]:
    """The characters that a piece which may begin a date begins with."""
    return set(HEADS[kind]) if HEADS[kind] else _first_letters(words_by_kind()[kind])


@cache
def _all_leads() -> frozenset[str]:
    return frozenset[str]().union(*map(_leads, HEADS))


@cache
def _head(group: str, right: bool = False, behind: str = "") -> re.Pattern[str]:
    """What may begin a date with a character of that group, of figures and numerals with that character behind them."""
    only = {kind: [w for w in words if _group(w[0]) == group] for kind, words in words_by_kind().items()}
    patterns = pieces(only)
    kinds = [kind for kind in HEADS if only.get(kind, any(_group(lead) == group for lead in HEADS[kind]))]
    if right:
        kinds.insert(1, "dotted_right")
    if behind:
        kinds = [kind for kind in kinds if kind in _BEHIND[behind] or kind in only]
    return re.compile("|".join(f"(?P<{kind}>{patterns[kind]})" for kind in kinds))


@cache
def _tail(kind: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """What may follow a piece of that kind, by the characters that it may begin with."""
    kinds = AFTER[kind]
    firsts = set('的“"').union(*(TAILS[kind] if kind in TAILS else _leads(kind) for kind in kinds))
    if FIGURE in firsts:
        firsts.update(_FIGURES)
    patterns = pieces(words_by_kind())
    gaps = {follower: f"{GAP}(?:的{GAP})?" if follower in AFTER_DE else GAP for follower in kinds}
    gaps["holiday"] = GAP + '[“"]?'
    pattern = "|".join(f"{gaps[follower]}(?P<{follower}>{patterns[follower]})" for follower in kinds)
    return frozenset(firsts), re.compile(pattern)


@cache
def _head_of(first: str) -> re.Pattern[str] | None:
    """What may begin a date with this character, compiled when a text first has it; None where no date does."""
    if first in _FIGURES:
        return _head(FIGURE)
    return _head(_group(first)) if first in _all_leads() or first in NUMERALS else None


@cache
def _trigger() -> re.Pattern[str]:
    """One match for digits or numerals that a date may begin with, or for another character that may begin one.

    It begins with one set of characters, so that the engine runs through all others without a halt.
    """
    letters = "".join(sorted(_all_leads() - set(FIGURE + NUMERALS)))
    second = "".join(sorted(frozenset[str]().union(*_seconds().values())))
    named = {f"(?<={word[0]}){GAP}{word[1]}" for word in chain(*words_by_kind().values()) if word[0] in NUMERALS}
    digits = rf"(?<![{DIGITS}]{{2}})(?:[{DIGITS}]*+(?={_AFTER_NUMBER})|{_YEAR_OR_DAY})"
    years = "(?<=[二两兩])千|(?<=[一二])[九〇零○]"  # 两千零八年, 二〇二三
    numerals = rf"(?<![{NUMERALS}]{{2}})(?:[{NUMERALS}]*+(?={_AFTER_NUMBER})|{'|'.join(sorted(named))}|{years})"
    return re.compile(
        rf"[{DIGITS}{NUMERALS}{letters}](?:(?<=[{DIGITS}]){digits}|(?<=[{NUMERALS}]){numerals}"
        rf"|(?<=[{_ANY_SECOND}])|(?<=[{letters}])(?=[{second}\s]))"
    )


@cache
def _thirds() -> dict[str, frozenset[str]]:
    """What must stand third where two characters begin words of three or more alone: 记者节."""
    both = date_words().traditional
    thirds: dict[str, set[str]] = {}
    words = [word for words in words_by_kind().values() for word in words if word[0] not in NUMERALS + _ANY_SECOND]
    for word in words:
        for pair in product(*({letter, both.get(letter, letter)} for letter in word[:2])):
            third = word[2:3]
            thirds.setdefault("".join(pair), set()).update({third, both.get(third, third)})
    return {
        pair: frozenset(letters)
        for pair, letters in thirds.items()
        if "" not in letters and pair[1] not in _SECOND_LETTERS.get(pair[0], "")
    }


@cache
def _seconds() -> dict[str, frozenset[str]]:
    """What may stand second after each character that a date may begin with, but numbers and `_ANY_SECOND`."""
    both = date_words().traditional
    seconds: dict[str, set[str]] = {}
    words = [word for words in words_by_kind().values() for word in words]
    for lead, letters in [*_SECOND_LETTERS.items(), *((word[0], word[1]) for word in words)]:
        for either in {lead, both.get(lead, lead)}:
            seconds.setdefault(either, set()).update(letters, (both.get(letter, letter) for letter in letters))
    free = set(NUMERALS + _ANY_SECOND)
    return {lead: frozenset(letters) for lead, letters in seconds.items() if lead not in free}
