"""How far a pattern gets around a figure: the piece where it stops, and what stands there instead.

A pattern is laid out as plain rows of pieces (`[已]`, `建成`, a gap, `{facility}`, the figure's slot): phrases and
groups that hold a quantity slot are written out, all else stays one piece. From the figure's slot the pieces are
matched outwards, to the left and to the right, until one does not stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

import regex

from ..rules.book import Rule
from ..rules.encoding import KINDS, QUANTITY_SLOTS, mention_index, mention_kind
from ..rules.language import Vocabulary, piece_expression
from ..rules.segments import Segment

MOST_ROWS = 200  # of one pattern; no shipped pattern has as many
REACH = 100  # characters before a figure in which a pattern is looked for
_ITEM = re.compile(r"\{\w+\}|[ …^]|[^ …^()\[\]{}|]+")
_GAPS = (" ", "…")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one rule gets around a figure.

    `matched` are the pieces that stand there, in the order of the text, `stopped` the first that does not (None when
    all do), `instead` what stands in its place, and `share` how much of the row was matched, from 0 to 1. `[start,
    end)` is the matched stretch of the segment's code.
    """

    rule: str
    row: Row
    matched: Row
    stopped: str | None
    instead: str
    share: float
    start: int
    end: int
    side: str = ""


def trace(rule: Rule, segment: Segment, index: int) -> Progress | None:
    """The furthest that any pattern of a rule gets around figure `index`; None where none gets anywhere."""
    found = (_along(rule, row, at, segment, index) for pattern in rule.written for row, at in rows(pattern, rule))
    return max((p for p in found if p is not None), key=lambda p: (p.share, len(p.matched)), default=None)


def rows(pattern: str, rule: Rule) -> Sequence[tuple[Row, int]]:
    """The plain rows of a pattern, each once for each of its quantity slots, with the place of that slot."""
    return [
        (row, at)
        for row in islice(_expanded(pattern, rule.vocabulary), MOST_ROWS)
        for at, piece in enumerate(row)
        if piece[1:-1] in QUANTITY_SLOTS
    ]


def _expanded(pattern: str, vocabulary: Vocabulary) -> Iterator[Row]:
    for option in _options(pattern):
        choices: list[list[Row]] = []
        for item in _items(option):
            if not _holds_quantity(item, vocabulary):
                choices.append([(item,)])
            elif item[0] == "{" and item[1:-1] not in QUANTITY_SLOTS:
                choices.append(list(_expanded(vocabulary.phrases[item[1:-1]], vocabulary)))
            elif item[0] == "{":
                choices.append([(item,)])
            else:
                inner = list(_expanded(item[1:-1], vocabulary))
                choices.append([*inner, ()] if item[0] == "[" else inner)
        for parts in product(*choices):
            yield tuple(piece for part in parts for piece in part)


def _options(pattern: str) -> list[str]:
    """The parts of a pattern between its outermost bars."""
    options, depth, start = [], 0, 0
    for at, char in enumerate(pattern):
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            options.append(pattern[start:at])
            start = at + 1
    return [*options, pattern[start:]]


def _items(sequence: str) -> list[str]:
    """The pieces of a pattern without outer bars: literals, slots, gaps, and groups with their brackets."""
    items, at = [], 0
    while at < len(sequence):
        if sequence[at] in "([":
            depth, end = 1, at + 1
            while depth:
                depth += (sequence[end] in "([") - (sequence[end] in ")]")
                end += 1
        else:
            found = _ITEM.match(sequence, at)
            assert found, sequence
            end = found.end()
        items.append(sequence[at:end])
        at = end
    return items


def _holds_quantity(item: str, vocabulary: Vocabulary) -> bool:
    names = re.findall(r"\{(\w+)\}", item)
    return any(n in QUANTITY_SLOTS or _holds_quantity(vocabulary.phrases.get(n, ""), vocabulary) for n in names)


@cache
def _compiled(expression: str) -> regex.Pattern[str]:
    return regex.compile(expression)


def _along(rule: Rule, row: Row, at: int, segment: Segment, index: int) -> Progress | None:
    """How far one row gets, with its slot number `at` on the figure; None where the slot is for other quantities."""
    here = segment.quantity_at[index]
    if mention_kind(segment.code[here]) not in QUANTITY_SLOTS[row[at][1:-1]]:
        return None
    expressions = [f"(?:{piece_expression(piece, rule.vocabulary)})" for piece in row]
    first, start = _leftwards(row, expressions, at, segment.code, here)
    last, end = _rightwards(expressions, at, segment.code, here + 1)
    telling = [number for number, piece in enumerate(row) if number != at and not _is_optional(piece)]
    reached = [number for number in telling if first <= number < last]
    share = len(reached) / len(telling) if telling else 1.0
    if not reached and telling:
        return None
    missing = next((n for n in reversed(range(first)) if not _is_optional(row[n])), None)
    side = "before"
    if missing is None:
        missing, side = next((n for n in range(last, len(row)) if not _is_optional(row[n])), None), "after"
    instead = "" if missing is None else _instead(segment.code, start, end, side)
    stopped = None if missing is None else row[missing]
    return Progress(rule.id, row, row[first:last], stopped, instead, share, start, end, "" if missing is None else side)


def _is_optional(piece: str) -> bool:
    return piece in _GAPS or piece[0] == "["


def _leftwards(row: Row, expressions: Sequence[str], at: int, code: str, here: int) -> tuple[int, int]:
    """The leftmost piece from which the row matches up to the figure, and where that match begins."""
    for first in range(at):
        if not _is_optional(row[first]):
            expression = _compiled("".join(expressions[first:at]) + "$")
            if found := expression.search(code, max(0, here - REACH), here):
                return first, found.start()
    return at, here


def _rightwards(expressions: Sequence[str], at: int, code: str, here: int) -> tuple[int, int]:
    """Behind the rightmost piece up to which the row matches from the figure on, and where that match ends."""
    for last in range(len(expressions), at + 1, -1):
        if found := _compiled("".join(expressions[at + 1 : last])).match(code, here):
            return last, found.end()
    return at + 1, here


def _instead(code: str, start: int, end: int, side: str) -> str:
    """The code beside the matched stretch, up to the end of its clause."""
    if side == "before":
        text = re.split("[，；：。]", code[:start])
        return text[-1][-12:] or (text[-2][-8:] + "，" if len(text) > 1 else "")
    text = re.split("[，；：。！？\n]", code[end:])
    return text[0][:12] or (code[end : end + 1] if end < len(code) else "")


def decoded(segment: Segment, code: str) -> str:
    """A piece of a segment's code in the words that its mentions stand for."""
    held: list[Sequence[object]] = [segment.quantities, segment.dates, segment.places]
    return "".join(_word(held, char) for char in code)


def _word(held: Sequence[Sequence[object]], char: str) -> str:
    if not "\ue000" <= char <= "\uf8ff":
        return char
    kind = mention_kind(char) - len(KINDS)
    mentions = held[max(0, kind + 1)]
    number = mention_index(char)
    return str(getattr(mentions[number], "text", "")) if number < len(mentions) else char
