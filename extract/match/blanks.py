"""Text without the blanks that stand inside numbers, with the way back to its offsets."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from ..reflow.clean import DATED
from .numerals import ARABIC, DIGITS, HAN

_HANZI = "\u3400-\u9fff"
_MARKS = r"\-－–—~～￥¥$＄€£%％‰"
_BLANKS = re.compile(
    rf"[ \t\u3000\r\n](?<=[{_HANZI}{ARABIC}{_MARKS}.．,，].)[ \t\u3000\r\n]*+"
    rf"(?=[{_HANZI}{ARABIC}{_MARKS}]|[.．][ \u3000]?[{ARABIC}]|[,，][{ARABIC}]{{3}}(?![{ARABIC}]))",
    re.DOTALL,
)
_FIGURE = re.compile(f"[{ARABIC}]")
# what opens a new item or sentence behind a line break
_ITEM = re.compile(
    rf"(?:[{HAN}]{{1,3}}|[{ARABIC}]{{1,2}})(?:[、）)]|[.．](?![{ARABIC}]))|[（(][{HAN}{ARABIC}]{{1,3}}[)）]|[{ARABIC}]{{4}}年"
)
# the number of an item up to its end, of a list's first behind a colon; the blank in 投入 12 .5万元 opens none
_ITEM_NUMBER = rf"(?:(?:^|[\n。；;！!？?”》）)]\s?|(?<![{_HANZI}{ARABIC}：:])\s)[{ARABIC}]{{1,2}}|[：:]\s?[1１])"
_LISTED = re.compile(rf"{_ITEM_NUMBER}[.．]\Z")
_NUMBERED = re.compile(rf"{_ITEM_NUMBER}\Z")
_MARKED = re.compile(rf"[{ARABIC}](?:[ \u3000]?[.．]|[,，])\Z")
_YEAR_BEHIND = re.compile(rf"[.．]\s?(?:19|20)[{ARABIC}]{{2}}\s?年")
_YEAR = re.compile(rf"(?<![{ARABIC}.．,，])(?<![{ARABIC}][ \u3000])(?:19|20)[{ARABIC}]{{2}}\Z")
_THOUSANDS = re.compile(rf"(?<![{ARABIC}.．,，])[1-9][{ARABIC}]{{0,2}}\Z")
_COUNT = re.compile(rf"[{ARABIC}]{{3}}|[{ARABIC}]{{1,2}}[, \u3000][{ARABIC}]{{3}}(?![{ARABIC}])")
_SLASHED = re.compile(rf"[{ARABIC}]{{1,3}}[/／]")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """`text` without some blanks: at `starts[i]` the ones that ended at `ends[i]` of the original are missing."""

    text: str
    starts: list[int]
    ends: list[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The original half-open span of `[start, end)`, which must not be empty."""
        return self._raw(start), self._raw(end - 1) + 1

    def _raw(self, position: int) -> int:
        index = bisect.bisect_right(self.starts, position) - 1
        return position + (self.ends[index] - self.starts[index] if index >= 0 else 0)

    def position(self, raw: int) -> int:
        """Where the original offset `raw` lies now; inside missing blanks, where the next character does."""
        index = bisect.bisect_right(self.ends, raw)
        position = raw - (self.ends[index - 1] - self.starts[index - 1] if index else 0)
        return min(position, self.starts[index]) if index < len(self.starts) else position


def squeeze(text: str, *, lines: bool) -> Squeezed | None:
    """`text` without the blanks inside its words and numbers, or None when there are none.

    With `lines`, line breaks count as blanks too, unless what follows opens an item (一、 2. （三）) or a year.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = length = 0
    for blanks in _BLANKS.finditer(text):
        start, end = blanks.span()
        if not _is_inside(text, start, end, lines):
            continue
        pieces.append(text[at:start])
        length += start - at
        at = end
        starts.append(length)
        ends.append(end)
    if not pieces:
        return None
    pieces.append(text[at:])
    return Squeezed("".join(pieces), starts, ends)


def squeeze_dates(text: str) -> Squeezed | None:
    """`text` without the blanks among the digits of its dates (2 0 2 3 年), or None when there are none."""
    if _PARTED.search(text) is None:
        return None
    gaps = [gap.span() for date in DATED.finditer(text) for gap in _GAP.finditer(text, *date.span())]
    if not gaps:
        return None
    starts: list[int] = []
    length = at = 0
    for start, end in gaps:
        length += start - at
        at = end
        starts.append(length)
    ends = [end for _, end in gaps]
    kept = zip((0, *ends), (*(start for start, _ in gaps), len(text)), strict=True)
    return Squeezed("".join(text[start:end] for start, end in kept), starts, ends)


_PARTED = re.compile(r"[0-9][ \u3000][0-9]")
_GAP = re.compile(r"\s+")


def _is_inside(text: str, start: int, end: int, lines: bool) -> bool:
    """Whether the blanks at `[start, end)` divide nothing."""
    breaks = text.count("\n", start, end)
    if breaks and (not lines or _ITEM.match(text, end)):
        return False
    before, behind = text[start - 1], text[end]
    if behind in ".．,，":
        if not _FIGURE.match(before) or breaks > 1:
            return False
        return breaks == 1 or (_is_before_point if behind in ".．" else _is_before_group)(text, start, end)
    if before in ".．,，":
        if not (_MARKED.search(text, max(0, start - 3), start) and _FIGURE.match(text, end)):
            return False
        return breaks == 1 or (not breaks and before in ".．" and not _LISTED.search(text, max(0, start - 4), start))
    if not _FIGURE.match(before):
        return True
    if not _FIGURE.match(behind):
        return behind not in DIGITS
    if _SLASHED.match(text, end):
        return False
    return breaks == 1 or (end - start == 1 and text[start] != "\t" and not _is_after_year(text, start, end))


def _is_before_point(text: str, start: int, end: int) -> bool:
    """Whether the blank at `[start, end)` stands before a decimal point (12 .5万元), and not in an item's number."""
    if end - start > 2 or "\t" in text[start:end]:
        return False
    return not (_NUMBERED.search(text, max(0, start - 4), start) or _YEAR_BEHIND.match(text, end))


def _is_before_group(text: str, start: int, end: int) -> bool:
    """Whether the blank stands before the comma of a group of thousands (1 ,286万元)."""
    return text[end] == "," and end - start == 1 and _THOUSANDS.search(text, max(0, start - 4), start) is not None


def _is_after_year(text: str, start: int, end: int) -> bool:
    """Whether the blank parts a year and a count (2022 286人): four digits are no group of thousands."""
    return _COUNT.match(text, end) is not None and _YEAR.search(text, max(0, start - 4), start) is not None
