"""Days as options write them."""

from __future__ import annotations

import datetime
import re

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_day(given: datetime.date | str | None) -> datetime.date | None:
    """The day of a date, a date with a time (a pandas Timestamp, too), or `2023-11-20`; None where none is given.

    Raises ValueError for a malformed day, TypeError for anything else.
    """
    if isinstance(given, str):
        return parse_day(given)
    if isinstance(given, datetime.datetime):
        return given.date()
    if given is None or isinstance(given, datetime.date):
        return given
    raise TypeError(f"a day of the type {type(given).__name__}; give a datetime.date, or a str such as 2023-11-20")


def parse_day(text: str) -> datetime.date:
    """The day that `2023-11-20` writes.

    Raises ValueError, with the remedy, for any other form and for a day that no calendar has.
    """
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"'{text}' is no day; write it as 2023-11-20")
