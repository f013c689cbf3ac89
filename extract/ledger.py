"""The numbers ledger: each numeric mention of an article once, with what became of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from .match.mentions import DateMention, Quantity
from .match.names import Numeral
from .match.numerals import HAN
from .paths import read_pattern_file

_CLASS_OF_KIND = {"duration": "duration", "age": "age", "measure": "context"}
_OPENING = ("“", "‘", '"', "打", "拨", "按", "尾号")
_NUMERIC = frozenset(HAN + "0123456789０１２３４５６７８９")


def number_class(mention: Quantity | Numeral | DateMention, after: str, before: str = "") -> str:
    """The class of a mention that no record holds; `before` and `after` are the words around it."""
    if isinstance(mention, DateMention):
        return "date"
    if isinstance(mention, Numeral):
        return mention.number_class
    if mention.kind in _CLASS_OF_KIND:
        return _CLASS_OF_KIND[mention.kind]
    if mention.kind == "bare" and before.endswith(_OPENING):
        return "name"
    if mention.kind == "count" and _is_context(mention, after, before):
        return "context"
    return "unexplained"


@cache
def _context_words() -> dict[str, Any]:
    data: dict[str, Any] = read_pattern_file("context.yaml")
    return {name: tuple(words) for name, words in data.items()}


def _is_context(mention: Quantity, after: str, before: str) -> bool:
    """Whether a count is of things that no table holds: 18个部门, 三个方面, 一批, 一支队伍."""
    words = _context_words()
    if mention.unit_text in words["units"] or before.endswith("每"):
        return True
    if mention.value == 1 and mention.text[0] == "一":
        return True
    noun = after[:6]
    if mention.unit == "person" and noun.startswith(words["containers"]):
        return True
    if any(word in noun for word in words["tables"]):
        return False
    if mention.unit in ("item", "site", "event", "session"):
        return True
    return any(noun.startswith(word) or before.endswith(word) for word in words["people"])


def is_numeric(mention: DateMention) -> bool:
    """Whether a date is written with digits or numerals (今年 is not)."""
    return any(char in _NUMERIC for char in mention.text)
