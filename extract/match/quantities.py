"""Quantities: every number of a text with its unit and hedge, and every numeral that is no quantity, with its class.

`items` finds them, one numeral after the other. Blanks inside a number do not matter. Values are exact decimals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Context, DefaultContext, localcontext
from typing import TypeAlias

from .blanks import Squeezed, squeeze
from .date_reading import spans_of_dates
from .figures import Figure, Item, settle
from .headings import lend_headed_units
from .items import find_items
from .loose import without_loose
from .mentions import Numeral, Quantity
from .money import money_clauses
from .words import number_words

Mention: TypeAlias = Quantity | Numeral

KINDS = frozenset({"count", "money", "ratio", "times", "duration", "age", "measure", "bare"})
_EXACT = Context(prec=DefaultContext.prec)  # values are worked out in it: others may narrow that of the process


def find_quantities(text: str, kinds: Collection[str] | None = None, *, loose: bool = False) -> list[Quantity]:
    """The quantities of `text`, left to right; offsets are half-open code points of `text`.

    Blanks and line breaks inside a number do not matter. Dates and the classes of `scan_numbers` (ordinals, names) are
    left out. `kinds` asks for those of these kinds alone (`Quantity.kind`); money alone is found many times as fast.
    `loose` asks besides for those that count nothing in their place: 一 as an article (打造一支队伍), the base of a
    rate (每万人口18人) and the steps of a plan (一年打基础、两年上台阶).
    Raises ValueError for a kind that no quantity has.

    >>> [(q.text, q.value, q.bound, q.unit) for q in find_quantities("投入近438万元，服务200余人次")]
    [('近438万元', Decimal('4380000'), 'nearly', 'CNY'), ('200余人次', Decimal('200'), 'over', 'person_time')]
    """
    if isinstance(kinds, str):
        raise ValueError(f"kinds is a set of names, and '{kinds}' is one string; write {{'{kinds}'}}")
    if kinds is not None and (unknown := sorted(set(kinds) - KINDS)):
        raise ValueError(f"'{unknown[0]}' is no kind of quantity; use some of {', '.join(sorted(KINDS))}")
    squeezed = squeeze(text, lines=True)
    clean = squeezed.text if squeezed else text
    clauses = money_clauses(clean) if kinds is not None and set(kinds) == {"money"} else None
    with localcontext(_EXACT):
        if clauses is None:
            mentions = _scan(clean, spans_of_dates(clean, 0, len(clean)))
        else:
            mentions = [mention for start, end in clauses for mention in _scan_clause(clean, start, end)]
    found = [m for m in mentions if isinstance(m, Quantity)]
    found = [m for m in (found if loose else without_loose(clean, found)) if kinds is None or m.kind in kinds]
    return [_quantity_in(quantity, text, squeezed) for quantity in found] if squeezed else found


def scan_numbers(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Mention]:
    """Every numeric mention of `text` outside the half-open spans `taken` (dates, places), in order, without overlaps.

    Spaces inside a number do not matter; a line break ends it.
    """
    with localcontext(_EXACT):
        squeezed = squeeze(text, lines=False)
        if squeezed is None:
            return _scan(text, sorted(taken))
        spans = sorted((squeezed.position(start), squeezed.position(end)) for start, end in taken)
        return [
            _quantity_in(found, text, squeezed) if isinstance(found, Quantity) else _numeral_in(found, text, squeezed)
            for found in _scan(squeezed.text, spans)
        ]


def _quantity_in(mention: Quantity, text: str, squeezed: Squeezed) -> Quantity:
    """`mention` with the offsets of the text as it was."""
    start, end = squeezed.raw_span(mention.start, mention.end)
    number_start, number_end = squeezed.raw_span(mention.number_start, mention.number_end)
    return Quantity(
        start, end, text[start:end], mention.value, mention.low, mention.high, mention.bound, mention.unit,
        mention.unit_text, mention.kind, number_start, number_end,
    )  # fmt: skip


def _numeral_in(mention: Numeral, text: str, squeezed: Squeezed) -> Numeral:
    """`mention` with the offsets of the text as it was."""
    start, end = squeezed.raw_span(mention.start, mention.end)
    return Numeral(start, end, text[start:end], mention.value, mention.number_class)


def _scan(text: str, taken: Sequence[tuple[int, int]]) -> list[Mention]:
    """The mentions of a text without blanks; `taken` spans are in order."""
    found = find_items(text, taken, 0, len(text))
    return [_settled(text, item) for item in lend_headed_units(text, found, number_words())]


def _scan_clause(text: str, start: int, end: int) -> list[Mention]:
    """The mentions of a clause of `text` that no heading bears on."""
    return [_settled(text, item) for item in find_items(text, spans_of_dates(text, start, end), start, end)]


def _settled(text: str, item: Item) -> Mention:
    return settle(text, item) if isinstance(item, Figure) else item
