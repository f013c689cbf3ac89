"""What the pictures show, worked out from plain rows: never a sum, always figures that stand in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from extract.tables import Plain

MAGNITUDES = (1e3, 1e4, 1e5, 1e6, 1e7, 1e8)
"""The bounds in yuan between the columns of `purposes`: below a thousand, a thousand to ten thousand, …"""


class Point(NamedTuple):
    """The figure of a place in a year, and the index of the row that it stands in."""

    place_code: str
    place: str
    year: int
    value: float
    row: int


class Purpose(NamedTuple):
    """What money is for, and its rows by magnitude: one list of indexes more than there are `MAGNITUDES`."""

    measure: str
    per: str | None
    rows: tuple[tuple[int, ...], ...]


def stations(rows: Sequence[Plain]) -> list[Point]:
    """How many stations there are, by place and year."""
    of_kind = (i for i, row in enumerate(rows) if row["measure"] == "existing" and row["facility"] in ("station", None))
    return _largest(rows, [i for i in of_kind if rows[i]["table"] == "stations" and rows[i]["unit"] == "site"])


def certified(rows: Sequence[Plain]) -> list[Point]:
    """How many workers hold a certificate, by place and year."""
    of_kind = (i for i, row in enumerate(rows) if row["table"] == "workers" and row["measure"] == "certified")
    return _largest(rows, [i for i in of_kind if rows[i]["unit"] == "person"])


def _largest(rows: Sequence[Plain], wanted: Sequence[int]) -> list[Point]:
    """For each place and year the largest figure that is a fact and a total, since parts are smaller than their whole.

    The year is that of the last day; figures without a place or without a day are left out.
    """
    found: dict[tuple[str, int], Point] = {}
    for i in wanted:
        row = rows[i]
        day = row["period_end"] or row["period_start"]
        if row["status"] != "actual" or row["per"] or row["value"] is None or not row["place_code"] or not day:
            continue
        point = Point(row["place_code"], row["place"] or row["place_code"], int(day[:4]), row["value"], i)
        key = (point.place_code, point.year)
        if key not in found or found[key].value < point.value:
            found[key] = point
    return sorted(found.values())


def purposes(rows: Sequence[Plain]) -> list[Purpose]:
    """The figures of `funds` by what the money is for and by magnitude: the value, or the higher end of a range.

    Only yuan; targets too, since a plan is a purpose.
    """
    found: dict[tuple[str, str], list[list[int]]] = defaultdict(lambda: [[] for _ in range(len(MAGNITUDES) + 1)])
    for i, row in enumerate(rows):
        if row["table"] == "funds" and row["unit"] == "CNY":
            amount = next((row[name] for name in ("value", "high", "low") if row[name] is not None), None)
            if amount is not None:
                column = sum(amount >= bound for bound in MAGNITUDES)
                found[row["measure"], row["per"] or ""][column].append(i)
    return [
        Purpose(measure, per or None, tuple(map(tuple, columns))) for (measure, per), columns in sorted(found.items())
    ]
