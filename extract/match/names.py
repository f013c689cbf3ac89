"""Numerals that count nothing: ordinals, names, telephone and document numbers, clocks, ages of a cohort.

What stands right before or behind a numeral decides which forms can hold (`_FORMS`); each form is a pattern that is
matched at the numeral. The words that they use are in `patterns/numerals.yaml`.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace
from decimal import Decimal

from .numerals import ARABIC, HAN, parse_numeral
from .readings import Reading
from .words import NumberWords, Unit


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeric mention that is no quantity; `number_class` is `ordinal`, `name`, `age`, `date` or `duration`.

    `value` is that of its first numeral (第三批 is 3), or None where that has none (a telephone number with a hyphen).
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    number_class: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of numerals that count nothing; `lead` characters before the numeral belong to it."""

    number_class: str
    pattern: re.Pattern[str]
    lead: int = 0


_N = f"[{ARABIC}]"
_H = f"[{HAN}]"
_NUMBER = f"(?:{_N}++|{_H}++)"
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_DASH = r"\-－—–"
_MINUTES = rf"[0-5０-５]{_N}(?!{_N})"
_COHORT = "[后後](?![续續台臺勤来來面方边邊期者])"
_HOUR = rf"(?:[01０１]?{_N}|[2２][0-4０-４])"

# (class, the characters right before the numeral, those right behind it, how many before belong to it, the pattern)
_FORMS: tuple[tuple[str, str, str, int, str], ...] = (
    ("ordinal", "第", "", 1, rf"{_NUMBER}(?:[、和及至到~～{_DASH}]第?{_NUMBER})*"),
    ("ordinal", "（(", "", 1, rf"(?:{_H}{{1,3}}|{_N}{{1,2}})[）)]"),
    ("name", "〔［[【（(", "", 1, rf"{_N}{{4}}[〕］\]】）)]第?{_N}+号"),
    ("ordinal", "—–－-", "", 1, rf"{_N}{{1,3}}[{_DASH}](?![{ARABIC}])"),
    ("ordinal", "№", "", 1, rf"{_N}+"),
    ("ordinal", "列居", "", 0, rf"{_NUMBER}(?:[、和]{_NUMBER})*[位名]"),
    ("date", "周週期拜", "", 1, r"[一二三四五六](?![次场場个個期名位人天小])"),
    ("date", "", ":：", 0, rf"{_HOUR}[:：]{_MINUTES}(?:[:：]{_MINUTES})?(?!{_N}|[:：]{_N}|的?(?:比例|配比|比值))"),
    ("name", "", ":：∶", 0, rf"{_N}+(?:[:：∶]{_N}+)+"),
    ("name", "", "-－—–", 0, rf"0{_N}{{2,3}}[{_DASH}]{_N}{{6,8}}(?!{_N})|400[{_DASH}]{_N}{{3}}[{_DASH}]{_N}{{4}}"),
    ("duration", "", "×xX*", 0, rf"{_N}{{1,2}}[×xX*]{_N}{{1,2}}(?:个?小?时)"),
    ("name", "", "×xX*", 0, rf"{_N}++(?:[×xX*]{_N}++)+(?![{_LETTER}])"),
    ("name", "", "+＋", 0, rf"{_NUMBER}(?:[+＋](?:{_NUMBER}|[NnXx](?![{_LETTER}])))+"),
    ("name", "+＋", "", 2, rf"(?<=[{_LETTER}][+＋]){_NUMBER}"),
    ("age", "", "后後、和至-", 0, rf"{_N}[05０５](?:[、和至\-]{_N}[05０５]){{0,4}}{_COHORT}"),
    ("age", "", "后後", 0, rf"[零〇五六七八九][零〇五]{_COHORT}"),
)  # fmt: skip
_TOKEN = rf"[{_LETTER}{ARABIC}_./:?&=%#@~+\-]*"
_TOKEN_TO = re.compile(rf"{_TOKEN}(?<=[{_LETTER}{ARABIC}])")
_TOKEN_FROM = re.compile(rf"{_TOKEN}\Z")
_TOKEN_REACH = 200
_WIDE_LETTERS = map(chr, [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])
_TOKEN_CHARS = frozenset((*string.ascii_letters, *"_@", *_WIDE_LETTERS))
_TOKEN_MARKS = frozenset("/.-?#=&")
_PHONE = re.compile(rf"(?:1[3-9]{_N}{{9}}|{_N}{{9,}})(?![{ARABIC}.])")  # of nine digits on a plain run is a code
_CODE = re.compile(rf"{_N}[{ARABIC}{_DASH}]*(?<={_N})")
_CODE_GAP = re.compile(r"[:：“\"‘为為是]{0,4}\Z")
_CLOCK = re.compile(rf"{_NUMBER}[点點时時](?:{_NUMBER}分|[半整])?")
_JOINTS = "、和及至到~～-－—–"
_LINE_HEAD = "\n。；;：:！!？?”》）) "


def _by_neighbour() -> tuple[dict[str, list[_Form]], dict[str, list[_Form]]]:
    """The forms by the character right before the numeral, and by the one right behind it."""
    tables: tuple[dict[str, list[_Form]], dict[str, list[_Form]]] = ({}, {})
    for number_class, before, behind, lead, pattern in _FORMS:
        form = _Form(number_class, re.compile(pattern), lead)
        for table, chars in zip(tables, (before, behind), strict=True):
            for char in chars:
                table.setdefault(char, []).append(form)
    return tables


_FORMS_AFTER, _FORMS_BEFORE = _by_neighbour()
_TELLING_BEFORE = _TOKEN_CHARS | _TOKEN_MARKS | _FORMS_AFTER.keys()
_TELLING_BEHIND = _TOKEN_CHARS | _FORMS_BEFORE.keys() | set("点點时時、.．)）")


def classify_numeral(text: str, start: int, end: int, floor: int, stop: int, words: NumberWords) -> Numeral | None:
    """The numeral at `[start, end)` as a mention that counts nothing, or None when it may be a quantity.

    It takes in nothing before `floor`, where the last mention ends, nor behind `stop`, where a date or place begins.
    """
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before not in _TELLING_BEFORE and behind not in _TELLING_BEHIND and behind not in words.name_heads:
        return _item_number(text, start, end)
    found = _classify(text, start, end, floor, stop, words)
    if found is None or found.end <= stop:
        return found
    shown = text[found.start : stop].rstrip(_JOINTS)
    return replace(found, end=found.start + len(shown), text=shown)


def _classify(text: str, start: int, end: int, floor: int, stop: int, words: NumberWords) -> Numeral | None:
    before, behind = text[start - 1 : start], text[end : end + 1]
    for form in (*_FORMS_AFTER.get(before, ()), *_FORMS_BEFORE.get(behind, ())):
        if start - form.lead >= floor and (found := form.pattern.match(text, start)):
            numeral = "" if form.number_class == "name" else text[start:end]
            return _numeral(text, start - form.lead, max(found.end(), end), form.number_class, numeral)
    in_token = before in _TOKEN_CHARS or behind in _TOKEN_CHARS
    if not in_token and before in _TOKEN_MARKS:
        in_token = start > 1 and text[start - 2] in _TOKEN_CHARS
    if in_token and (token := _token(text, start, end, floor, words)):
        return token
    if text.startswith(words.lists["labels"], end):
        return _numeral(text, start, end, "name")
    if behind and behind in "点點时時" and (clock := _clock(text, start, end, words)):
        return clock
    if behind and behind in "、.．)）" and end - start <= 3 and (start == 0 or before in _LINE_HEAD):
        return _list_head(text, start, end, stop)
    if text.startswith(words.lists["list_markers"], end) and not text[start].isdecimal():
        return _list_marker(text, start, end, before)
    return _item_number(text, start, end)


def _numeral(text: str, start: int, end: int, number_class: str, numeral: str = "") -> Numeral:
    """A mention with the value of `numeral`, or of its whole text."""
    return Numeral(start, end, text[start:end], parse_numeral(numeral or text[start:end]), number_class)


def _token(text: str, start: int, end: int, floor: int, words: NumberWords) -> Numeral | None:
    """A word of letters and digits (5G, A4, an address on the web), unless the letters are a unit (km, RMB)."""
    if words.unit_at(text, end) or words.unit_before(text, start):
        return None
    head = _TOKEN_FROM.search(text, max(floor, start - _TOKEN_REACH), start)
    tail = _TOKEN_TO.match(text, end)
    first = head.start() if head else start
    number_class = "ordinal" if text[first:start].lower() in ("no.", "no") else "name"
    return _numeral(text, first, tail.end() if tail else end, number_class)


def find_code(text: str, start: int, end: int, words: NumberWords) -> Numeral | None:
    """A telephone, record or service number without a unit: 电话：0515-…, 12345热线, a long plain run of digits."""
    if end - start < 3 or words.hedge_before(text, start):
        return None
    gap = _CODE_GAP.search(text, max(0, start - 4), start)
    label_end = gap.start() if gap else start
    if text.endswith(words.lists["numbered"], max(0, label_end - 6), label_end):
        whole = _CODE.match(text, start)
        return _numeral(text, start, max(end, whole.end() if whole else end), "name")
    if _PHONE.match(text, start) or words.call_service.match(text, end):
        return _numeral(text, start, end, "name")
    return None


def _clock(text: str, start: int, end: int, words: NumberWords) -> Numeral | None:
    """An hour of the day: 上午9点, 9时30分, 5点半."""
    found = _CLOCK.match(text, start)
    hour = parse_numeral(text[start:end])
    if found is None or hour is None or hour > 24:
        return None
    told = text.endswith(words.lists["clock_before"], max(0, start - 3), start)
    if told or found.end() > end + 1 or (text[end] in "点點" and text.startswith(words.lists["clock_after"], end + 1)):
        return _numeral(text, start, found.end(), "date")
    return None


def _item_number(text: str, start: int, end: int) -> Numeral | None:
    """01, 02: two figures that begin with nought."""
    return _numeral(text, start, end, "ordinal") if text[start] in "0０" and end - start == 2 else None


def _list_head(text: str, start: int, end: int, stop: int) -> Numeral | None:
    """一、 2. 3） at the head of a line or clause; 2.5 and 3、5万元 are none."""
    if end + 1 < stop and text[end] not in ")）" and text[end + 1].isdecimal():
        return None
    return _numeral(text, start, end, "ordinal")


def _list_marker(text: str, start: int, end: int, before: str) -> Numeral | None:
    """一是 anywhere; 一要, 一则 at the head of a clause."""
    if text[end] == "是" or before in _LINE_HEAD + "，,、" or start == 0:
        return _numeral(text, start, end, "ordinal")
    return None


# --- quotation marks --------------------------------------------------------------------------------------------------
_QUOTED = re.compile(
    r"“(?P<a>[^“”\n]{1,20})”|‘(?P<b>[^‘’\n]{1,20})’|「(?P<c>[^「」\n]{1,20})」|『(?P<d>[^『』\n]{1,20})』"
    r"|\"(?P<e>[^\"\n]*+)\"|《(?P<title>[^《》\n]{1,80})》"
)
_LONGEST_SLOGAN = 20
_SPEECH = re.compile("[，。；！？：,;!?:我你您咱了着吗呢吧啊]")
_COUNTED = ("person", "person_time", "household", "event")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words at `[start, end)`, inside quotation marks or the marks of a title."""

    start: int
    end: int
    is_title: bool


def find_quoted(text: str) -> list[Quoted]:
    """The short names and slogans in quotation marks, and the titles, left to right; quoted speech is left out."""
    found = []
    for match in _QUOTED.finditer(text):
        group = match.lastgroup or "a"
        start, end = match.span(group)
        is_title = group == "title"
        if is_title or (0 < end - start <= _LONGEST_SLOGAN and not _SPEECH.search(match[group])):
            found.append(Quoted(start, end, is_title))
    return found


def quoted_name(text: str, reading: Reading, quoted: Quoted, words: NumberWords) -> Numeral | None:
    """A numeral inside a quoted name or title, or None when it counts there (“共帮扶62户”) or is all that is quoted."""
    if quoted.is_title:
        return Numeral(reading.start, reading.end, text[reading.start : reading.end], reading.amount.value, "name")
    if (reading.start, reading.end) == (quoted.start, quoted.end) and reading.unit is None:
        return None
    if reading.unit is not None and _counts(text, reading, reading.unit, quoted, words):
        return None
    return Numeral(reading.start, quoted.end, text[reading.start : quoted.end], reading.amount.value, "name")


def _counts(text: str, reading: Reading, unit: Unit, quoted: Quoted, words: NumberWords) -> bool:
    """Whether a number with a unit counts inside quotation marks: a verb or hedge before it says so, or the unit."""
    if unit.kind != "count":
        return True
    before = text[quoted.start : reading.start]
    if before.endswith(words.lists["counting_verbs"]) or words.hedge_before(text, reading.start):
        return True
    if reading.amount.bound != "exact":
        return not reading.bare_power or reading.amount.bound == "over"
    is_sum = re.search("[+＋]", text[quoted.start : quoted.end])
    return reading.numeral[0].isdecimal() and unit.name in _COUNTED and not is_sum
