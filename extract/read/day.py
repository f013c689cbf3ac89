"""Days as options write them."""

from __future__ import annotations

import datetime
import re

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
