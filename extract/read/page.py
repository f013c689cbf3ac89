"""A printed page: characters into lines, lines into columns and these into reading order.

Lengths are in points, the origin is at the foot of the page on the left, as PDF has it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import TypeVar

SPACE = 0.35  # of the height of a line: a gap between two words
GAP = 0.85  # of the height of a line: a gap between two cells or columns
CROSSING = 0.2  # of the lines of a page may run across the gutter between its columns: headlines, pictures' captions
COLUMN_LINES = 3  # lines make a column
COLUMN_CHARS = 7  # characters a line has in a column, at least, halfway down the list of its lengths; cells have less
FULL = 0.6  # of the width of a column is filled by its lines, halfway down the list of their widths
ROOM = 1.5  # times the usual room between two lines of a column: more than this parts them
TALLER = 1.25  # times the height of the line before: another kind of line


@dataclass(frozen=True, slots=True)
class Box:
    """A character, or a picture (`text` is empty), with where it stands."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """From foot to head."""
        return self.top - self.bottom


@dataclass(slots=True)
class Line:
    """A stretch of a printed line without a wide gap in it.

    `is_indented` and `is_apart` (from the line before, in its column or above) are found with the reading order.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_indented: bool = False
    is_apart: bool = False

    @property
    def height(self) -> float:
        """From foot to head."""
        return self.top - self.bottom

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left


P = TypeVar("P", Box, Line)


def lines_of(characters: Sequence[Box]) -> list[Line]:
    """The characters as lines, from the top down and from left to right."""
    made: list[Line] = []
    for row in rows_of(characters):
        piece: list[Box] = []
        for box in row:
            if piece and box.left - piece[-1].right > GAP * max(box.height, piece[-1].height):
                made.append(_line(piece))
                piece = []
            piece.append(box)
        made.append(_line(piece))
    return made


def rows_of(items: Iterable[P]) -> list[list[P]]:
    """What stands on one height together, from the top down and in each row from left to right."""
    rows: list[list[P]] = []
    foot, head = 0.0, 0.0
    for item in sorted(items, key=lambda item: -(item.bottom + item.top)):
        if rows and foot <= (item.bottom + item.top) / 2 <= head:
            rows[-1].append(item)
        else:
            rows.append([item])
            foot, head = item.bottom + item.height * 0.2, item.top - item.height * 0.2
    for row in rows:
        row.sort(key=lambda item: item.left)
    return rows


def _line(piece: Sequence[Box]) -> Line:
    texts = [piece[0].text]
    for before, box in pairwise(piece):
        is_word = before.text < "\u2e80" or box.text < "\u2e80"
        texts.append(" " * (is_word and box.left - before.right > SPACE * box.height) + box.text)
    return Line(
        "".join(texts),
        piece[0].left,
        median(box.bottom for box in piece),
        max(box.right for box in piece),
        median(box.top for box in piece),
    )


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page column by column; those that run across the columns part what is above from below.

    Cells of one row of a table become one line, with a tab between them.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return _column(lines)
    ordered: list[Line] = []
    by_height = sorted(lines, key=lambda line: -line.top)
    for is_across, group in groupby(by_height, key=lambda line: line.left < gutter < line.right):
        band = list(group)
        if is_across:
            ordered += _apart(_column(band))
            continue
        first = len(ordered)
        for side in ([line for line in band if line.right <= gutter], [line for line in band if line.left >= gutter]):
            ordered += in_reading_order(side)
        _apart(ordered[first:] if first else [])
    return ordered


def _apart(lines: list[Line]) -> list[Line]:
    """The lines, the first of which is apart from what stands before it."""
    for line in lines[:1]:
        line.is_apart = True
    return lines


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where two columns of prose part, from the left; None where there is one column, or a table."""
    if len(lines) < 2 * COLUMN_LINES:
        return None
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    for edge in sorted(set(lefts)):
        at = edge - 0.1
        before = bisect_right(rights, at)
        behind = len(lines) - bisect_left(lefts, at)
        across = len(lines) - before - behind
        if min(before, behind) < COLUMN_LINES or across > CROSSING * len(lines):
            continue
        left = [line for line in lines if line.right <= at]
        right = [line for line in lines if line.left >= at]
        room = min(line.left for line in right) - max(line.right for line in left)
        is_prose = _is_prose(left) and (_is_prose(right) or _gutter(right) is not None)
        if room > 0 and is_prose and _side_by_side(left, right):
            return at - room / 2 + 0.05
    return None


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines fill a column."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    own = sum(sorted((line.width for line in lines), reverse=True)[: max(COLUMN_LINES, len(lines) // 2)])
    filled = own / max(COLUMN_LINES, len(lines) // 2) >= FULL * width
    return filled and median(len(line.text) for line in lines) >= COLUMN_CHARS


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether two groups of lines share some of their height."""
    return min(max(s.top for s in left), max(s.top for s in right)) > max(
        min(s.bottom for s in left), min(s.bottom for s in right)
    )


def _column(lines: Sequence[Line]) -> list[Line]:
    """The lines of a column from the top down, cells of a row joined, with their indents and the room between them."""
    joined = [_joined(row) for row in rows_of(lines)]
    margin = min((line.left for line in joined), default=0.0)
    usual = median(above.bottom - line.top for above, line in pairwise(joined)) if len(joined) > 1 else 0.0
    for above, line in pairwise(joined):
        lower = min(line.height, above.height)
        is_far = above.bottom - line.top > max(ROOM * usual, usual + 0.3 * lower)
        line.is_apart = is_far or max(line.height, above.height) > TALLER * lower
    for line in joined:
        line.is_indented = len(joined) > 1 and 1.4 * line.height < line.left - margin < 2.6 * line.height
    return joined


def _joined(cells: Sequence[Line]) -> Line:
    """The cells of a row as one line."""
    mark = "\t" if len(cells) > 1 and any(len(cell.text) > 1 for cell in cells) else " "
    return replace(cells[0], text=mark.join(cell.text for cell in cells), right=cells[-1].right)


def split_captions(lines: Sequence[Line], pictures: Sequence[Box]) -> tuple[list[Line], list[Line]]:
    """The lines of the running text, and those that stand right under a picture, at most two, within its width."""
    captions: dict[int, Line] = {}
    for picture in pictures:
        foot, own = picture.bottom, 0
        for line in sorted(lines, key=lambda line: -line.top):
            is_within = picture.left - line.height <= line.left and line.right <= picture.right + line.height
            is_under = -0.3 * line.height <= foot - line.top <= 1.2 * line.height
            if id(line) not in captions and own < 2 and is_within and is_under and len(line.text) <= 60:
                captions[id(line)] = line
                line.is_apart = own == 0
                foot, own = line.bottom, own + 1
    return [line for line in lines if id(line) not in captions], list(captions.values())
