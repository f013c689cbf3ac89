"""A printed page: characters into lines, lines into columns and these into reading order.

Lengths are in points, the origin is at the foot of the page on the left, as PDF has it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

SPACE = 0.35  # of the height of a line: a gap between two words
GAP = 0.85  # of the height of a line: a gap between two cells or columns
CROSSING = 0.2  # of the lines of a page may run across the gutter between its columns: headlines, pictures' captions
COLUMN_LINES = 3  # lines make a column
COLUMN_CHARS = 7  # characters a line has in a column, at least, halfway down the list of its lengths; cells have less
FULL = 0.6  # of the width of a column is filled by its lines, halfway down the list of their widths
LEADING = 0.9  # of the height of a line: more room above a line than this parts it from the one before


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
    """A stretch of a printed line without a wide gap in it; `is_indented` and `column` are of its column."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_indented: bool = False
    column: int = field(default=0, compare=False)

    @property
    def height(self) -> float:
        """From foot to head."""
        return self.top - self.bottom

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    def starts_block(self, above: Line) -> bool:
        """Whether it stands apart from the line before it in the same column, or in larger or smaller print.

        Captions, whose columns are below nought, stand apart from all else.
        """
        if self.column != above.column:
            return self.column < 0
        taller, lower = max(self.height, above.height), min(self.height, above.height)
        return above.bottom - self.top > LEADING * lower or taller > 1.25 * lower


def lines_of(characters: Sequence[Box]) -> list[Line]:
    """The characters as lines, from the top down and from left to right."""
    made: list[Line] = []
    for row in _rows(characters):
        row.sort(key=lambda box: box.left)
        piece: list[Box] = []
        for box in row:
            if piece and box.left - piece[-1].right > GAP * max(box.height, piece[-1].height):
                made.append(_line(piece))
                piece = []
            piece.append(box)
        made.append(_line(piece))
    return made


def _rows(characters: Sequence[Box]) -> list[list[Box]]:
    """The characters that stand on one height together, from the top down."""
    rows: list[list[Box]] = []
    feet: list[tuple[float, float]] = []
    for box in sorted(characters, key=lambda box: -(box.bottom + box.top)):
        middle = (box.bottom + box.top) / 2
        if rows and feet[-1][0] <= middle <= feet[-1][1]:
            rows[-1].append(box)
        else:
            rows.append([box])
            feet.append((box.bottom + box.height * 0.2, box.top - box.height * 0.2))
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
    ordered: list[Line] = []
    _order(list(lines), ordered, [0])
    return ordered


def _order(lines: list[Line], ordered: list[Line], columns: list[int]) -> None:
    gutter = _gutter(lines)
    if gutter is None:
        columns[0] += 1
        ordered += _column(lines, columns[0])
        return
    band: list[Line] = []
    across = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: -line.top)
    within = sorted((line for line in lines if not line.left < gutter < line.right), key=lambda line: -line.top)
    at = 0
    for headline in (*across, None):
        while at < len(within) and (headline is None or within[at].top > headline.top):
            band.append(within[at])
            at += 1
        _order_band(band, gutter, ordered, columns)
        band = []
        if headline is not None:
            columns[0] += 1
            ordered += _column([headline], columns[0])


def _order_band(band: list[Line], gutter: float, ordered: list[Line], columns: list[int]) -> None:
    for side in ([b for b in band if b.right <= gutter], [b for b in band if b.left >= gutter]):
        if side:
            _order(side, ordered, columns)


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


def _column(lines: Sequence[Line], number: int) -> list[Line]:
    """The lines of a column from the top down, cells of a row joined, with their indents."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-(line.top + line.bottom), line.left)):
        if rows and abs(rows[-1][0].top + rows[-1][0].bottom - line.top - line.bottom) < line.height * 0.8:
            rows[-1].append(line)
        else:
            rows.append([line])
    joined = []
    for row in rows:
        cells = sorted(row, key=lambda line: line.left)
        mark = "\t" if len(cells) > 1 and any(len(cell.text) > 1 for cell in cells) else " "
        joined.append(
            replace(cells[0], text=mark.join(cell.text for cell in cells), right=cells[-1].right, column=number)
        )
    margin = min((line.left for line in joined), default=0.0)
    for line in joined:
        line.is_indented = len(joined) > 1 and 1.4 * line.height < line.left - margin < 2.6 * line.height
    return joined


def split_captions(lines: Sequence[Line], pictures: Sequence[Box]) -> tuple[list[Line], list[Line]]:
    """The lines of the running text, and those that stand right under a picture, at most two, within its width."""
    captions: list[Line] = []
    for number, picture in enumerate(pictures, 1):
        foot, own = picture.bottom, 0
        for line in sorted(lines, key=lambda line: -line.top):
            is_within = picture.left - line.height <= line.left and line.right <= picture.right + line.height
            is_under = -0.3 * line.height <= foot - line.top <= 1.2 * line.height
            if line.column == 0 and own < 2 and is_within and is_under and len(line.text) <= 60:
                line.column = -number
                captions.append(line)
                foot, own = line.bottom, own + 1
    return [line for line in lines if line.column == 0], captions
