"""Rows: the lines of tables and of lists of figures, which are never wraps of a paragraph.

A table is a line of column names over lines of as many cells, some of them figures; tabs, full-width blanks, two and
more blanks or the bars of Markdown part the cells. A list's row is a name and a figure (江阳区：612, 社工站运营……1290);
it is told by the row beside it, by a heading that says the unit (单位：人), or by a line that ends in a colon above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .words import NO_BEGINNING, ROW, UNIT_HEADING, UNITS, layout

if TYPE_CHECKING:
    from .lines import Line

_GAP = re.compile(  # it begins with one set of characters, so that the engine runs through all others without a halt
    r"[| \x1f\xa0\u3000\t](?:(?<=\|)[ \x1f]*|(?<=[ \x1f])[ \x1f]*\|[ \x1f]*|(?<=[\u3000\t])[ \xa0\u3000\t]*"
    r"|(?<=[ \xa0])(?:[ \xa0]*[\u3000\t][ \xa0\u3000\t]*|[ \xa0]+))"
)
MARK = re.compile(
    r"(?:[·•●○■◆◇▪*—–-]+\s*|\d{1,2}(?:[.．、](?!\d)|\s)\s*(?=\D)|[（(](?:\d{1,2}|[一二三四五六七八九十])[）)]\s*|[①-⑳]\s*)"
)
_LONGEST = 80  # characters; a longer line is prose
_LONGEST_OF_CELLS = 200
_NAME = r"(?:其中[：:]?\s*)?[^，。；！？：:、|]{1,28}?(?<![\d.…·,\s])\s*"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_NAMED = re.compile(  # a figure without a unit; or a bullet, a colon or dots, and a figure
    rf"(?:{MARK.pattern})?{_NAME}{_NUMBER}\s?[。；]?"
    rf"|(?:{MARK.pattern}{_NAME}(?:[：:]\s*|[.…·—]{{2,}}\s*)?|{_NAME}(?:[：:]\s*|[.…·—]{{2,}}\s*)){_NUMBER}\s?(?:万|{UNITS})?\s?[。；]?"
)
_FIGURE = re.compile(rf"{_NUMBER}\s?(?:万|{UNITS})?")
_LASTS = frozenset("0123456789。；万" + UNITS.replace("|", ""))
_CAPTION = re.compile(rf"附?表\s?[\d一二三四五六七八九十]|.*单位[：:]\s?(?:{UNITS})")
_BAR = re.compile(r"[|:\s-]*-{2,}[|:\s-]*")  # | --- | --- |


def cells_of(text: str) -> list[tuple[int, int]]:
    """The half-open spans of the cells of a row, blanks around them left out; one where nothing parts them.

    >>> cells_of("金安区   21   318")
    [(0, 3), (6, 8), (11, 14)]
    """
    spans, at = [], 0
    for gap in _GAP.finditer(text):
        if gap.start() > at or at:
            spans.append((at, gap.start()))
        at = gap.end()
    return [*spans, (at, len(text))] if at < len(text) or not spans else spans


def mark_rows(lines: Sequence[Line]) -> None:
    """Call `row` the lines of tables and of lists of figures."""
    may = [i for i, line in enumerate(lines) if line.kind == "text" and _may_be_row(line.text)]
    if not may:
        return
    rows = {i for i in may if _is_named(lines[i].text)}
    _mark_tables(lines, may)
    for i in may:
        if i in rows and lines[i].kind == "text" and _stands_among_rows(lines, i, rows):
            lines[i].kind = "row"


def _may_be_row(text: str) -> bool:
    if len(text) > _LONGEST_OF_CELLS:
        return False
    return text[-1] in _LASTS or "\t" in text or "\u3000" in text or "|" in text or "  " in text


def _is_named(text: str) -> bool:
    return len(text) <= _LONGEST and (_NAMED.fullmatch(text) is not None or ROW.fullmatch(text) is not None)


def _mark_tables(lines: Sequence[Line], may: Sequence[int]) -> None:
    """Mark the lines of tables: runs of lines of as many cells as the first, which names the columns."""
    at = 0
    while at < len(may):
        stop = at + 1
        count = len(cells_of(lines[may[at]].text))
        is_head = count > 1 and not _CAPTION.match(lines[may[at]].text)
        if is_head and not any(map(_FIGURE.fullmatch, _texts(lines[may[at]].text)[1:])):
            while stop < len(may) and may[stop] == may[stop - 1] + 1 and _goes_on(lines[may[stop]].text, count):
                stop += 1
            if any(any(map(_FIGURE.fullmatch, _texts(lines[i].text)[1:])) for i in may[at + 1 : stop]):
                for i in may[at:stop]:
                    lines[i].kind = "row"
        at = stop


def _goes_on(text: str, count: int) -> bool:
    if _CAPTION.match(text):
        return False
    return len(cells_of(text)) == count or _BAR.fullmatch(text) is not None


def _texts(text: str) -> list[str]:
    return [text[start:end] for start, end in cells_of(text)]


def _stands_among_rows(lines: Sequence[Line], at: int, rows: set[int]) -> bool:
    """Whether what stands around a line with the form of a row tells that it is one, not a wrap."""
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    if below and at + 1 not in rows and _takes_figure(lines[at].text, below):
        return False
    above = lines[at - 1] if at else None
    if above is None:
        return at + 1 in rows
    heads = above.text[-1] in "）)：:" and (above.text[-1] in "：:" or UNIT_HEADING.search(above.text) is not None)
    return heads or above.kind == "row" or at + 1 in rows


def _takes_figure(text: str, below: str) -> bool:
    """Whether the figure that ends a line goes on in the next."""
    if below[0] in NO_BEGINNING or not text[-1].isdigit():
        return below[0] in NO_BEGINNING
    return below[0] in layout().after_figures or (below[0].isdigit() and not _STARTS_ANEW.match(below))


_STARTS_ANEW = re.compile(r"(?:19|20)\d\d\s?年|\d{1,2}[.、．]\D")
