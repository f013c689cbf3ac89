"""What is known of a bulletin beside its text, and from where."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .articles import date_in_name
from .read import Bulletin


def known_lines(bulletin: Bulletin, published: datetime.date | None = None) -> Iterator[str]:
    """A line for each of `published`, `source`, `place` and `title` that is stated, with the origin of each statement.

    What counts stands first: `metadata.csv`, then what the file states of itself, then its name; `--published` gives
    way to all of them, and to a day that an article gives.
    """
    stated = [(meta.origin, meta) for meta in bulletin.stated]
    days = [(meta.published, origin) for origin, meta in stated] + [(date_in_name(bulletin.file), "file name")]
    told: dict[str, list[tuple[object, str]]] = {"published": [*days, (published, "--published")]}
    for field in ("source", "place", "title"):
        told[field] = [(getattr(meta, field), origin) for origin, meta in stated]
    for field, values in told.items():
        known = [(value, origin) for value, origin in values if value]
        if known:
            first = known[0][0]
            others = "".join(f"; {value} ({origin})" for value, origin in known[1:] if value != first)
            yield f"{field}: {first} ({known[0][1]})" + (f", not{others[1:]}" if others else "")
