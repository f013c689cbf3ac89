"""Reading dates off the text, piece by piece."""

from __future__ import annotations

import re

from .date_checks import acceptable, day_is_a_number
from .date_pieces import CONNECTOR, SLASH
from .date_shapes import Expression, Point, Token
from .date_tokens import make_token, match_right, match_tail

_QUOTES = {"“": "”", '"': '"', "「": "」", "『": "』", "‘": "’"}
_LIMITS = {
    "month": (1, 12),
    "left_month": (1, 12),
    "months": (1, 12),
    "nth_month": (1, 12),
    "day": (1, 31),
    "left_day": (1, 31),
    "bare_day": (1, 31),
    "quarter": (1, 4),
    "left_quarter": (1, 4),
    "quarters": (1, 4),
    "nth_week": (1, 54),
    "nth_weekday": (1, 5),
    "left_year": (1800, 2199),
    "backward": (-1, 300),
    "within": (-1, 300),
    "about_elapsed": (-1, 300),
    "elapsed": (-1, 300),
    "near": (-1, 300),
}
_NO_RANGE = ("vague", "now", "compared", "near", "elapsed", "about_elapsed", "backward", "within", "pair")
_HALF_SAID = frozenset({"left_year", "left_month", "left_day", "left_quarter", "dotted"})


def read_expression(text: str, head: re.Match[str]) -> Expression | None:
    """The date or range that begins with the piece `head`, or None."""
    left = _read_point(text, head, right=False)
    if left is None:
        return None
    connector = CONNECTOR.match(text, left.end) or (SLASH.match(text, left.end) if "left_year" in left.parts else None)
    if connector and left.kind not in _NO_RANGE and left.kind != "plan":
        found = match_right(text, connector.end())
        right = _read_point(text, found, right=True) if found else None
        if right and right.kind not in _NO_RANGE:
            if left.kind in ("day", "left_day") and day_is_a_number(text, right):
                return None
            return Expression(left.start, right.end, left, right)
    return None if left.has(_HALF_SAID) else Expression(left.start, left.end, left)


def _read_point(text: str, found: re.Match[str], right: bool) -> Point | None:
    """The date that begins with the piece `found`, or None; `right` tells that it is the right side of a range."""
    token = make_token(found)
    if not _within_limits(token):
        return None
    point = Point(token.start, token.end, token.kind, {token.kind: token})
    if token.kind in ("plan", "holiday"):
        _take_quotes(text, point)
    while following := match_tail(token.kind, text, point.end):
        token = make_token(following)
        quoted = text[token.start - 1] in _QUOTES
        closed = text[following.end() : following.end() + 1] == _QUOTES.get(text[token.start - 1])
        if not _within_limits(token) or token.kind in point.parts or (quoted and not closed):
            break
        point.parts[token.kind] = token
        point.end = following.end() + quoted
    return point if acceptable(text, point, right) else None


def _take_quotes(text: str, point: Point) -> None:
    """Widen a name to the quotation marks around it."""
    opening = text[max(point.start - 1, 0) : point.start]
    if opening in _QUOTES and text[point.end : point.end + 1] == _QUOTES[opening]:
        point.start, point.end = point.start - 1, point.end + 1


def _within_limits(token: Token) -> bool:
    limits = _LIMITS.get(token.kind)
    return limits is None or limits[0] <= token.number <= limits[1]
