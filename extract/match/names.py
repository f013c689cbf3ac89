"""Numerals that count nothing: ordinals, names, telephone and document numbers, ages of a cohort.

Each class is decided by what stands around the numeral; the words are in `patterns/numerals.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .numerals import ARABIC, HAN, parse_numeral
from .words import NumberWords


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeric mention that is no quantity; `number_class` is `ordinal`, `name`, `age`, `date` or `duration`."""

    start: int
    end: int
    text: str
    value: Decimal | None
    number_class: str


_N = f"[{ARABIC}]"
_ANY = f"[{HAN}{ARABIC}]"
# each begins at the numeral or reaches back over a few characters before it
_LOOK_BACK = 24
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("name", rf"[\u4e00-\u9fff]{{0,8}}[〔\[［【（(]{_N}{{4}}[〕\]］】）)]\s?(?:第\s?)?{_N}+\s?号"),
        ("name", rf"(?:热线|电话|专线|拨打|拨通|致电|QQ群?|邮编|传真|微信)[：:“\"‘]?{_N}[{ARABIC}\-—–转 ]*{_N}"),
        ("name", rf"[“\"‘]?{_N}{{3,}}[”\"’]?[\u4e00-\u9fff]{{0,8}}热线"),
        ("name", rf"{_N}{{3,4}}[-—–]{_N}{{6,8}}|1[3-9]{_N}{{9}}(?!{_N})"),
        ("name", rf"[“\"‘]?{_ANY}+(?:[+＋xX×*]{_N}*[{HAN}]*[nNxX]?[\u4e00-\u9fff]{{0,4}})+(?:{_N}|[nNxX])[”\"’]?"),
        ("date", rf"{_N}{{1,2}}[:：]{_N}{{2}}(?:[:：]{_N}{{2}})?(?!{_N})"),
        ("duration", rf"{_N}[xX×*]{_N}{{1,2}}小?时?"),
        ("ordinal", rf"第\s?{_ANY}+(?:\s?[、，和至到\-—]\s?{_ANY}+)?"),
        ("ordinal", rf"(?:No\.?|NO\.?|№)\s?{_N}+"),
        ("ordinal", rf"[（(]{_ANY}{{1,3}}[)）]"),
        ("ordinal", rf"[—–-]\s?{_N}{{1,3}}\s?[—–-](?=\s|$)"),
        ("age", rf"[“\"‘]?[056789]{_N}(?:[、\-至]?[056789]{_N})*[”\"’]?后(?=[^续台勤来面方边])"),
        ("name", rf"[A-Za-z][A-Za-z\-]*{_N}+(?:\.{_N}+)?|{_N}+(?:\.{_N}+)?[A-Za-z]{{1,5}}(?![a-zA-Z²])"),
    )
)
_LIST_HEAD = re.compile(rf"(?:^|[\n。；：:！？])\s*(?P<num>[{HAN}]{{1,3}}|{_N}{{1,2}})(?=[、.．](?!{_N}))")
_QUOTES = {"“": "”", "‘": "’", '"': '"', "《": "》", "「": "」"}


def classify_numeral(text: str, start: int, end: int, words: NumberWords) -> Numeral | None:
    """The numeral at `[start, end)` as a mention that counts nothing, or None when it may be a quantity."""
    line = text.rfind("\n", max(0, start - _LOOK_BACK), start) + 1 or max(0, start - _LOOK_BACK)
    before = text[start - 1] if start else "\n"
    for number_class, pattern in _worth_trying(text, start, end, before):
        for found in pattern.finditer(text, max(line, start - _LOOK_BACK) if before in _REACH else start, end + 40):
            if found.start() <= start < found.end():
                return _numeral(text, found.start(), max(found.end(), end), number_class)
            if found.start() > start:
                break
    if text[end : end + 1] in words.markers and (before in "\n。；：:，、！？”" or start == 0):
        return _numeral(text, start, end, "ordinal")
    if text[end : end + 1] in "、.．" and _LIST_HEAD.match(text, max(0, start - 1)):
        return _numeral(text, start, end, "ordinal")
    return _quoted_name(text, start, end, words)


_REACH = "第（(〔[［【“\"‘热线电话打通群编真信：:—–-No№. +＋" + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def _worth_trying(text: str, start: int, end: int, before: str) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns that can hold here: none for a plain number between Chinese words."""
    after = text[end : end + 1]
    if before in _REACH or after in "+＋xX×*:：-—–”\"’)）后〕]" or after.isascii() and after.isalpha():
        return list(_PATTERNS)
    return [p for p in _PATTERNS if "热线" in p[1].pattern and "热线" in text[end : end + 14]]


def _numeral(text: str, start: int, end: int, number_class: str) -> Numeral:
    return Numeral(start, end, text[start:end], parse_numeral(text[start:end]), number_class)


def _quoted_name(text: str, start: int, end: int, words: NumberWords) -> Numeral | None:
    """A numeral in a short quoted name (“五社联动”, “六有”), unless a unit shows that it counts."""
    window = max(0, start - 12)
    opened = max((text.rfind(q, window, start) for q in _QUOTES), default=-1)
    if opened < 0:
        return None
    closing = _QUOTES[text[opened]]
    closed = text.find(closing, opened + 1, opened + 22)
    if closed < end or any(c in text[opened + 1 : closed] for c in "。，；："):
        return None
    unit = words.unit_at(text, end)
    if unit is not None and unit.kind in ("money", "ratio") or unit is not None and unit.name in ("person", "household"):
        return None
    return _numeral(text, start, end, "name")
