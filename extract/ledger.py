"""The numbers ledger: each numeric mention of an article once, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from .articles import Article
from .match.mentions import DateMention, Numeral, Quantity
from .match.numerals import HAN
from .paths import read_pattern_file
from .records import NumberRow, Record
from .sentences import sentence_at, sentence_ends

_CLASS_OF_KIND = {"duration": "duration", "age": "age", "measure": "context"}
_OPENING = ("“", "‘", '"', "打", "拨", "按", "尾号")
_NUMERIC = frozenset(HAN + "0123456789０１２３４５６７８９")


class Quotable(Protocol):
    """A decoded file, or as much of it as is at hand, sliced by the offsets of the whole."""

    def __getitem__(self, span: slice, /) -> str: ...


def account(
    article: Article,
    source: Quotable,
    mentions: Sequence[Quantity | Numeral | DateMention],
    held: Mapping[tuple[int, int], Record],
) -> tuple[NumberRow, ...]:
    """A row for each numeric mention, with its class and the record that `held` has for its span."""
    text, ends = article.text, iter(sentence_ends(article.text))
    rows = []
    begin = end = 0
    for mention in mentions:  # in reading order
        while end <= mention.start:
            begin, end = end, next(ends, len(text))
        sentence = sentence_at(text, begin, end, mention.start)
        rows.append(_row(article, source, mention, held.get((mention.start, mention.end)), sentence))
    return tuple(rows)


def _row(
    article: Article, source: Quotable, mention: Quantity | Numeral | DateMention, record: Record | None, sentence: str
) -> NumberRow:
    quantity = mention if isinstance(mention, Quantity) else None
    if quantity:
        start, end = article.raw_span(quantity.number_start, quantity.number_end)
    else:
        start, end = article.raw_span(mention.start, mention.end)
    text = article.text
    around = text[mention.end : mention.end + 12], text[max(0, mention.start - 12) : mention.start]
    row = {
        "article_id": article.article_id, "file": article.file, "start": start, "end": end, "quote": source[start:end],
        "value": mention.value if not isinstance(mention, DateMention) else None,
        "low": quantity.low if quantity else None, "high": quantity.high if quantity else None,
        "bound": quantity.bound if quantity else None, "unit": quantity.unit if quantity else None,
        "number_class": "record" if record else number_class(mention, *around),
        "record_id": record.record_id if record else None, "sentence": sentence,
    }  # fmt: skip
    return NumberRow.model_validate(row)


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
    if mention.kind == "money" and any(word in before[-8:] for word in _context_words()["money"]):
        return "context"
    if mention.kind == "money" and mention.text in ("万元", "亿元", "千元") and before.endswith(("单位：", "（")):
        return "name"  # the unit of a table
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
