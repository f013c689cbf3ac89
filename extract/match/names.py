"""Numerals that count nothing: ordinals, names, telephone and document numbers, clocks, ages of a cohort.

What stands right before or behind a numeral decides which forms can hold (`_FORMS`); each form is a pattern that is
matched at the numeral. The words that they use are in `patterns/numerals.yaml`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from .mentions import Numeral
from .numerals import ARABIC, HAN, parse_numeral
from .readings import Reading, Window
from .words import Unit


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of numerals that count nothing, by one of the characters right before the numeral or right behind it.

    `lead` characters before the numeral belong to it.
    """

    number_class: str
    pattern: str
    before: str = ""
    behind: str = ""
    lead: int = 0


_N = f"[{ARABIC}]"
_H = f"[{HAN}]"
_NUMBER = f"(?:{_N}++|{_H}++)"
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_DASH = r"\-－—–"
_HOUR = rf"(?:[01０１]?{_N}|[2２][0-4０-４])"
_MINUTES = rf"[0-5０-５]{_N}(?!{_N})"
_COHORT = "[后後](?![续續台臺勤来來面方边邊期者])"
_WEEKDAY = "(?:(?<=[周週])|(?<=星期)|(?<=[礼禮]拜))"
_FORMS = (
    _Form("ordinal", rf"{_NUMBER}(?:[、和及至到~～{_DASH}]第?{_NUMBER})*", before="第", lead=1),
    _Form("ordinal", rf"(?:{_H}{{1,3}}|{_N}{{1,2}})[）)]", before="（(", lead=1),
    _Form("ordinal", rf"{_N}{{1,3}}[{_DASH}](?!{_N})", before="—–－-", lead=1),  # a page number: — 3 —
    _Form("ordinal", rf"{_N}+", before="№", lead=1),
    _Form("ordinal", rf"{_NUMBER}(?:[、和]{_NUMBER})*[位名]", before="列居"),  # 分列四、五位
    _Form("name", rf"{_N}{{4}}[〕］\]】）)] ?第? ?{_N}+号", before="〔［[【（(", lead=1),  # 〔2022〕15号
    _Form("name", rf"20{_N}{{2}} ?[{_DASH}] ?{_N}{{1,4}}(?![{ARABIC}.])", before="-－—–"),  # 磋商采购-2024-37
    _Form("name", rf"0{_N}{{2,3}}[{_DASH}]{_N}{{6,8}}(?:[转轉]{_N}+|(?!{_N}))", behind="-－—–"),
    _Form("name", rf"400[{_DASH}]{_N}{{3}}[{_DASH}]{_N}{{4}}", behind="-－—–"),
    _Form("ordinal", rf"(?<=[国國省市区區县縣名列入居]前){_NUMBER}[名位强強]?", before="前"),  # 居全省前三
    _Form("date", rf"{_WEEKDAY}[一二三四五六](?![次场場个個期名位人天小年月])", before="周週期拜", lead=1),
    _Form("date", rf"{_HOUR}[:：]{_MINUTES}(?:[:：]{_MINUTES})?(?!{_N}|[:：]{_N}|的?(?:比例|配比|比值))", behind=":："),
    _Form("name", rf"{_N}+(?:[:：∶]{_N}+)+", behind=":：∶"),
    _Form("duration", rf"{_N}{{1,2}}[×xX*]{_N}{{1,2}}(?:个?小?时)", behind="×xX*"),
    _Form("name", rf"{_N}++(?:[×xX*]{_N}++)+(?![{_LETTER}])", behind="×xX*"),
    _Form("name", rf"{_NUMBER}(?:[+＋](?:{_NUMBER}|[NnXx](?![{_LETTER}])))+", behind="+＋"),
    _Form("name", rf"(?<=[{_LETTER}][+＋]){_NUMBER}", before="+＋", lead=2),  # N+2
    _Form("age", rf"{_N}[05０５](?:[、和至\-]{_N}[05０５]){{0,4}}{_COHORT}", behind="后後、和至-"),
    _Form("age", rf"[零〇五六七八九][零〇五]{_COHORT}", behind="后後"),
)
_TOKEN = rf"[{_LETTER}{ARABIC}_./:?&=%#@~+\-]*"
_TOKEN_HEAD = re.compile(rf"{_TOKEN}\Z")
_TOKEN_TAIL = re.compile(rf"{_TOKEN}(?<=[{_LETTER}{ARABIC}])")
_TOKEN_REACH = 200
_WIDE_LETTERS = map(chr, [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])
_TOKEN_CHARS = frozenset((*string.ascii_letters, *"_@", *_WIDE_LETTERS))
_TOKEN_MARKS = frozenset("/.-?#=&")
_CLOCK = re.compile(rf"{_NUMBER}[点點时時](?:{_NUMBER}分|[半整])?")
_CLOCK_MARKS = frozenset("点點时時")
_LIST_MARKS = frozenset("、.．)）")
_LINE_HEAD = frozenset(("", *"\n。；;：:！!？?”》）) "))
_CLAUSE_HEAD = _LINE_HEAD | frozenset("，,、")
_PHONE = re.compile(rf"(?:1[3-9]{_N}{{9}}|{_N}{{9,}})(?![{ARABIC}.])")  # of nine digits on a plain run is a code
_CODE = re.compile(rf"{_N}[{ARABIC}{_DASH}转轉]*(?<={_N})")
_CODE_GAP = re.compile(r"[ :：“\"‘为為是]{0,4}\Z")


def _compiled(side: str) -> dict[str, tuple[tuple[_Form, re.Pattern[str]], ...]]:
    """The forms with their patterns by the character on one side of the numeral."""
    chars = {char for form in _FORMS for char in attrgetter(side)(form)}
    return {
        char: tuple((form, re.compile(form.pattern)) for form in _FORMS if char in attrgetter(side)(form))
        for char in chars
    }


_BY_CHAR_BEFORE, _BY_CHAR_BEHIND = _compiled("before"), _compiled("behind")
_BEFORE_TOKEN = _TOKEN_CHARS | _TOKEN_MARKS
TELLING_BEFORE = _BEFORE_TOKEN | frozenset(_BY_CHAR_BEFORE)
TELLING_BEHIND = _TOKEN_CHARS | _CLOCK_MARKS | _LIST_MARKS | frozenset(_BY_CHAR_BEHIND)


def classify_numeral(window: Window, start: int, end: int) -> Numeral | None:
    """The numeral at `[start, end)` as a mention that counts nothing, or None when it may be a quantity."""
    before, behind = window.text[start - 1 : start], window.text[end : end + 1]
    if before in TELLING_BEFORE or behind in TELLING_BEHIND or behind in window.words.name_heads:
        found = None
        if before in _BY_CHAR_BEFORE or behind in _BY_CHAR_BEHIND:
            found = _form(window, start, end)
        if found is None and (before in _BEFORE_TOKEN or behind in _TOKEN_CHARS):
            found = _token(window, start, end)
        if found is None and behind in window.words.name_heads:
            found = _label(window, start, end) or _list_marker(window, start, end)
        if found is None and behind in _CLOCK_MARKS:
            found = _clock(window, start, end)
        if found is None and behind in _LIST_MARKS:
            found = _list_head(window, start, end)
        if found is not None:
            return found.until(window.stop)
    if end - start == 2 and window.text[start] in "0０":  # 01, 02 at the head of items
        return _numeral(window, start, end, "ordinal")
    return None


def _numeral(window: Window, start: int, end: int, number_class: str, value_of: str = "") -> Numeral:
    """A mention with the value of the numeral `value_of`, or of its whole text."""
    text = window.text[start:end]
    return Numeral(start, end, text, parse_numeral(value_of or text), number_class)


def _form(window: Window, start: int, end: int) -> Numeral | None:
    """The numeral in one of `_FORMS`."""
    before, behind = window.before(start), window.at(end)
    for form, pattern in (*_BY_CHAR_BEFORE.get(before, ()), *_BY_CHAR_BEHIND.get(behind, ())):
        if start - form.lead >= window.floor and (found := pattern.match(window.text, start)):
            value_of = window.text[start:end] if form.number_class in ("ordinal", "age") else ""
            return _numeral(window, start - form.lead, max(found.end(), end), form.number_class, value_of)
    return None


def _token(window: Window, start: int, end: int) -> Numeral | None:
    """A word of letters and digits (5G, A4, an address on the web), unless the letters are a unit (km, RMB)."""
    text, words, before = window.text, window.words, window.before(start)
    if text[start] in HAN:
        return None
    in_token = before in _TOKEN_CHARS or window.at(end) in _TOKEN_CHARS
    if not in_token and not (before in _TOKEN_MARKS and window.before(start - 1) in _TOKEN_CHARS):
        return None
    if words.unit_at(text, end) or words.currency_before(text, start):
        return None
    head = _TOKEN_HEAD.search(text, max(window.floor, start - _TOKEN_REACH), start)
    tail = _TOKEN_TAIL.match(text, end)
    first = head.start() if head else start
    if text[first:start].lower() in ("no", "no."):
        return _numeral(window, first, end, "ordinal", text[start:end])
    return _numeral(window, first, tail.end() if tail else end, "name")


def _label(window: Window, start: int, end: int) -> Numeral | None:
    """The number of a house, a storey, a version: 15号, 302室, 4.0版."""
    return _numeral(window, start, end, "name") if window.text.startswith(window.words.labels, end) else None


def _clock(window: Window, start: int, end: int) -> Numeral | None:
    """An hour of the day: 上午9点, 9时30分, 5点半."""
    text, words, mark = window.text, window.words, window.at(end)
    if mark not in _CLOCK_MARKS or (found := _CLOCK.match(text, start)) is None:
        return None
    hour = parse_numeral(text[start:end])
    if hour is None or hour > 24:
        return None
    told_before = text.endswith(words.clock_before, max(0, start - 3), start)
    told_behind = mark in "点點" and text.startswith(words.clock_after, end + 1)
    return _numeral(window, start, found.end(), "date") if told_before or told_behind or found.end() > end + 1 else None


def _list_head(window: Window, start: int, end: int) -> Numeral | None:
    """一、 2. 3） at the head of a line or clause; 2.5 and 3、5万元 are none."""
    mark = window.at(end)
    if mark not in _LIST_MARKS or end - start > 3 or window.before(start) not in _LINE_HEAD:
        return None
    if mark not in ")）" and end + 1 < window.stop and window.at(end + 1).isdecimal():
        return None
    return _numeral(window, start, end, "ordinal")


def _list_marker(window: Window, start: int, end: int) -> Numeral | None:
    """一是 anywhere; 一要, 一则 at the head of a clause."""
    if window.text[start].isdecimal() or not window.text.startswith(window.words.list_markers, end):
        return None
    if window.at(end) == "是" or window.before(start) in _CLAUSE_HEAD:
        return _numeral(window, start, end, "ordinal")
    return None


def find_code(window: Window, start: int, end: int) -> Numeral | None:
    """The digits at `[start, end)` without a unit as a telephone, record or service number.

    电话：0515-…, 12345热线, a long plain run of digits.
    """
    text, words = window.text, window.words
    if end - start < 3 or words.hedge_before(text, start):
        return None
    gap = _CODE_GAP.search(text, max(0, start - 4), start)
    label_end = gap.start() if gap else start
    if text.endswith(words.numbered, max(0, label_end - 6), label_end):
        code = _CODE.match(text, start)
        return _numeral(window, start, max(end, code.end() if code else end), "name").until(window.stop)
    if _PHONE.match(text, start) or words.call_service.match(text, end):
        return _numeral(window, start, end, "name")
    return None


# --- quotation marks --------------------------------------------------------------------------------------------------
_QUOTED = re.compile(
    r"“(?P<a>[^“”\n]{1,20})”|‘(?P<b>[^‘’\n]{1,20})’|「(?P<c>[^「」\n]{1,20})」|『(?P<d>[^『』\n]{1,20})』"
    r"|\"(?P<e>[^\"\n]*+)\"|《(?P<title>[^《》\n]{1,80})》"
)
_LONGEST_SLOGAN = 20
_SPEECH = re.compile("[，。；！？：,;!?:我你您咱了着吗呢吧啊]")
_COUNTED = ("person", "person_time", "household", "event")


@dataclass(slots=True)
class Quoted:
    """The words at `[start, end)`, inside quotation marks or the marks of a title."""

    start: int
    end: int
    is_title: bool


def find_quoted(text: str) -> Iterator[Quoted]:
    """The short names and slogans in quotation marks, and the titles, left to right; quoted speech is left out."""
    return filter(None, map(_quoted, _QUOTED.finditer(text)))


def _quoted(match: re.Match[str]) -> Quoted | None:
    group = match.lastgroup or "a"
    start, end = match.span(group)
    if group == "title":
        return Quoted(start, end, True)
    if 0 < end - start <= _LONGEST_SLOGAN and not _SPEECH.search(match.string, start, end):
        return Quoted(start, end, False)
    return None


class Quotes:
    """The quoted names of the lines of `text` from `start` to `end`, asked for from left to right."""

    def __init__(self, text: str, start: int, end: int) -> None:
        line_end = text.find("\n", end)
        self._end = line_end if line_end >= 0 else len(text)
        self._matches = _QUOTED.finditer(text, text.rfind("\n", 0, start) + 1, self._end)
        self._go_on()

    def _go_on(self) -> None:
        self._match = next(self._matches, None)
        self.next = self._match.start() if self._match is not None else self._end

    def around(self, pos: int) -> Quoted | None:
        """The quoted name or title that holds `pos`, which must not lie before the one that was asked for last.

        There is none up to `next`.
        """
        while self._match is not None and self._match.end() <= pos:
            self._go_on()
        if self._match is None or self.next >= pos:
            return None
        found = _quoted(self._match)
        return found if found is not None and found.start <= pos < found.end else None


def quoted_name(window: Window, reading: Reading, quoted: Quoted) -> Numeral | None:
    """A numeral inside a quoted name or title, or None when it counts there (“共帮扶62户”) or is all that is quoted."""
    if quoted.is_title:
        end = reading.end
    elif reading.unit is None:
        if (reading.start, reading.end) == (quoted.start, quoted.end):
            return None
        end = quoted.end
    elif _counts(window, reading, reading.unit, quoted):
        return None
    else:
        end = quoted.end
    name = Numeral(reading.start, end, window.text[reading.start : end], reading.amount.value, "name")
    return name.until(window.stop)


def _counts(window: Window, reading: Reading, unit: Unit, quoted: Quoted) -> bool:
    """Whether a number with a unit counts inside quotation marks: a verb or hedge before it says so, or the unit."""
    if unit.kind != "count":
        return True
    text, words = window.text, window.words
    if text.endswith(words.counting_verbs, quoted.start, reading.start) or words.hedge_before(text, reading.start):
        return True
    if reading.amount.bound != "exact":
        return True
    is_sum = any(plus in text[quoted.start : quoted.end] for plus in "+＋")
    return reading.is_figure and unit.name in _COUNTED and not is_sum
