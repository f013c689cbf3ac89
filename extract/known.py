"""What is known of a bulletin beside its text, and from where."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .articles import date_in_name
from .read import Bulletin

if TYPE_CHECKING:
    from .records import ArticleRow


def known_lines(
    bulletin: Bulletin, published: datetime.date | None = None, articles: Sequence[ArticleRow] = ()
) -> Iterator[str]:
    """A line for each of `published`, `source`, `place` and `title` that is stated, with the origin of each statement.

    What counts stands first: `metadata.csv`, then what the file states of itself, then its name; `--published` gives
    way to all of them, and to a day that an article gives. Where all of its `articles` say otherwise, so does the line.
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
            own = [value for row in articles if (value := getattr(row, field))]
            unused = field != "place" and articles and len(own) == len(articles) and first not in own
            yield (
                f"{field}: {first} ({known[0][1]})"
                + (f", not{others[1:]}" if others else "")
                + (f"; the text has its own: {'; '.join(map(str, own))}" if unused else "")
            )
