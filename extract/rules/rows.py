"""Rows: lines of a name and a figure (江阳区：612) under a heading that says the unit (单位：人)."""

from __future__ import annotations

from dataclasses import replace

from ..match.mentions import Quantity
from ..match.quantities import find_quantities
from ..reflow.words import ROW, UNIT_HEADING


def is_row(paragraph: str) -> bool:
    """Whether a paragraph is a name, a colon and a figure."""
    return ROW.fullmatch(paragraph) is not None


def unit_of_heading(heading: str) -> str:
    """The unit that a heading gives to the rows under it, or nothing.

    >>> unit_of_heading("二、持证社工分布（单位：人）")
    '人'
    """
    match = UNIT_HEADING.search(heading)
    return match[1] if match else ""


def lend_unit(quantity: Quantity, unit: str) -> Quantity:
    """A figure that has no unit of its own, with the unit of its column; its span stays what it is."""
    if quantity.kind != "bare" or not unit:
        return quantity
    read = find_quantities(quantity.text + unit)
    if len(read) != 1:
        return quantity
    span = {name: getattr(quantity, name) for name in ("start", "end", "text", "number_start", "number_end")}
    return replace(read[0], **span)
