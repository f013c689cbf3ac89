"""Quantities that count nothing in their place: what `find_quantities` leaves out unless it is asked for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .mentions import Quantity
from .numerals import ARABIC, HAN, POWERS
from .words import number_words

_HANZI = "\u4e00-\u9fff"
_NOUN = re.compile(
    rf"(?![{HAN}])[{_HANZI}“‘「『《](?<![和与與及或等以])|[{HAN}{ARABIC}]++[余多]?(?:岁|歲|后|後|[{_HANZI}]{{1,3}}的)"
)
_CLAUSE_REACH = 16
_LIST_REACH = 16
_CLAUSE_ENDS = "，。；：！？,;:!?\n"
_ALONE = re.compile(rf"(?:[只仅僅][^{_CLAUSE_ENDS}是]{{0,4}}|[就才][有剩][我你他她您这這]?)\Z")
_OF_EACH = re.compile(rf"每[^{_CLAUSE_ENDS}一]+\Z")
_JOINED = re.compile(rf"[^{_CLAUSE_ENDS}]*[、和与與及][^{_CLAUSE_ENDS}]*")
_HAN_ONES = "二两兩三四五"
# 一年建队伍、两年抓品牌、三年立标杆: the steps of a plan. What follows 年 is what is done, and no word of time.
_DONE = f"年(?![内內以之后後前期来來多半度级級底一初])(?:(?!年)[{_HANZI}]){{2,10}}"
_STEPS = re.compile(rf"一{_DONE}(?:[、，,][{_HAN_ONES}]{_DONE})+")


def without_loose(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities of `text` but for those that count nothing in their place.

    Such are 一 with a measure word before its noun, where it is an article (打造一支队伍, 一名社工告诉记者); the base
    of a rate (每万人口18人); and the steps of a plan (一年打基础、两年上台阶).
    """
    steps_end = 0
    for place, quantity in enumerate(found):
        char = quantity.text[0]
        if char == "一":
            if quantity.unit == "year" and quantity.end > steps_end and (steps := _STEPS.match(text, quantity.start)):
                steps_end = steps.end()
            if is_article(text, quantity) and not _is_listed(text, found, place):
                continue
        elif char in POWERS and text[quantity.start - 1 : quantity.start] == "每":
            continue
        if quantity.end > steps_end or quantity.unit != "year":
            yield quantity


def is_article(text: str, quantity: Quantity) -> bool:
    """Whether 一 and its measure word are an article: before their noun, and not where the words beside them count."""
    words, start = number_words().articles, quantity.start
    if quantity.unit_text not in words.units or quantity.value != 1 or quantity.bound != "exact":
        return False
    if not _NOUN.match(text, quantity.end) or not text[:start].strip():
        return False
    before = text[max(0, start - _CLAUSE_REACH) : start]
    if before.endswith(words.counted_after) or _ALONE.search(before) or _OF_EACH.search(before):
        return False
    return quantity.unit_text not in words.given_units or not before.rstrip("了起出").endswith(words.given_after)


def _is_listed(text: str, found: Sequence[Quantity], place: int) -> bool:
    """Whether a count of more beside 一 makes a list with it: 一名主任、两名干事."""
    quantity = found[place]
    for first, second in pairwise(found[max(0, place - 1) : place + 2]):
        other = first if second is quantity else second
        is_more = other.kind == quantity.kind and other.text[0] != "一"
        near = second.start - first.end <= _LIST_REACH
        if is_more and near and _JOINED.fullmatch(text, first.end, second.start):
            return True
    return False
