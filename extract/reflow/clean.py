"""Clean text with its map to the raw text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .lines import WIDE, Line, fold, is_wide, printed_lines
from .paragraphs import Paragraph, paragraphs
from .rows import cells_of
from .words import HAN


@dataclass(frozen=True, slots=True)
class Reflowed:
    """Clean text with its map to the raw text.

    Paragraphs are divided by one newline. `offsets[i]` is the raw position of `text[i]`; `paragraphs` are half-open
    spans of `text` with their kind: `body`, `heading`, `caption`, `source` (source lines, bylines, datelines and the
    like), `row` (of a table or a list of figures) or `furniture` (page numbers, running heads, rules).
    """

    text: str
    offsets: array[int]
    paragraphs: tuple[tuple[int, int, str], ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open span of the clean one `[start, end)`, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


def reflow(text: str) -> Reflowed:
    """The clean text of `text`, in time linear in its length; every character that is not blank is kept once.

    Folded: full-width letters, digits and signs to ASCII; 一 between digits to a dash; `,:;?!()` beside Chinese to
    full-width; compatibility ideographs (as PDF files hold them) to plain ones; traditional characters to simplified
    ones; all newlines to `\\n` and blanks to a space. Blanks, among them zero-width characters, go where Chinese stands
    on either side; between words of Latin letters one stays, between the figures of two columns (a tab, or three blanks
    or more) and the cells of a row three.

    >>> reflow("持证社工达 46\\n7 人，其中高级").text
    '持证社工达467人，其中高级'
    """
    folded = fold(text)
    lines = printed_lines(folded)
    return _assemble(folded, paragraphs(lines))


_WORDS = re.compile(r"\S+")
_PARTING_BLANK = re.compile(rf"(?<=[^\s{WIDE}])\s+(?=[^\s{WIDE}])")
_FIGURE_GAP = re.compile(r"[\d.]\s+\d")
_GROUPED = re.compile(  # 4 326户; 户1. 1万人
    rf"(?<![\d.,])(?<!\d\s)(?<!\d\s\s)\d{{1,3}}(?:[^\S\t]{{1,2}}\d{{3}})+(?:\.\d+)?(?=\s{{0,2}}[{WIDE}%])"
    rf"|(?<=[{HAN}])\d+\.\s+\d"
)
_WRAP_GAP = re.compile(rf"[{HAN}]\s+[{HAN}]")
_CUT = re.compile(  # 达 3 18 万元; 计 3. 184 万人: where blanks stand for line breaks
    rf"(?:(?<=[{HAN}，。；、（“])|(?<=[{HAN}，。；、]\s))\d{{1,5}}[^\S\t]{{1,2}}\d{{1,5}}(?:\.\d+)?(?=\s{{0,2}}[{WIDE}%])"
    rf"|(?:(?<=[{HAN}])|(?<=[{HAN}]\s))\d+\.\s{{1,2}}\d"
)
DATED = re.compile(  # 2 0 2 3 年 1 2 月; 截至 202 3年底
    r"(?<!\d)(?<!\d\s)(?:1[^\S\t]?9|2[^\S\t]?0)[^\S\t]?\d[^\S\t]?\d(?=\s{0,2}年)"
    r"|(?<=年)\s{0,2}(?:0[^\S\t][1-9]|1[^\S\t][0-2])(?=\s{0,2}月)|(?<=月)\s{0,2}[0-3][^\S\t]\d(?=\s{0,2}[日号])"
)
_COLUMN_GAP = 3  # blanks between two columns of figures; fewer may stand inside a number
_PUNCTUATION = frozenset("，。、；：！？（）“”‘’《》〈〉【】…—·")
_ONE_LEFT_BEFORE = frozenset(")!?.,:;")


def _assemble(folded: str, paragraphs: list[Paragraph]) -> Reflowed:
    offsets = array("I")
    texts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for kind, lines in paragraphs:
        if spans:
            texts.append("\n")
            offsets.append(lines[0].newline)
        begin = len(offsets)
        last = ""
        for line in lines:
            if last and _keeps_space(last, line.text[0]):
                texts.append(" ")
                offsets.append(line.newline)
            text = line.text
            words = text.split()
            if len(words) == 1:
                texts.append(text)
                _count(offsets, line.start, line.end)
            elif kind == "body" and _PARTING_BLANK.search(text) is None:
                texts += words
                at = 0
                for word in words:
                    at = text.index(word, at)
                    _count(offsets, line.start + at, line.start + at + len(word))
                    at += len(word)
            else:
                for start, end in _pieces(line, kind):
                    texts.append(" " if folded[start].isspace() else folded[start:end])
                    _count(offsets, start, end)
            last = text[-1]
        spans.append((begin, len(offsets), kind))
    return Reflowed("".join(texts), offsets, tuple(spans))


@cache
def _counted() -> array[int]:
    """0, 1, 2 and so on, as far as most bulletins go."""
    return array("I", range(1 << 14))


def _count(offsets: array[int], start: int, end: int) -> None:
    """Add the numbers from `start` to `end`; a slice of what is counted already is added many times as fast."""
    offsets.extend(_counted()[start:end] if end <= len(_counted()) else range(start, end))


def _pieces(line: Line, kind: str) -> Iterator[tuple[int, int]]:
    """The raw spans that stay of a line: words, and single blanks where they part two."""
    text, base = line.text, line.start
    if kind == "row" and len(cells := cells_of(text)) > 1:
        yield from _pieces_of_cells(text, base, cells)
        return
    closed: set[int] = set()
    if _FIGURE_GAP.search(text):
        cut = _CUT.finditer(text) if kind == "body" and len(_WRAP_GAP.findall(text)) > 2 else ()
        for group in (*_GROUPED.finditer(text), *DATED.finditer(text), *cut):
            closed.update(range(*group.span()))
    done = 0
    for word in _WORDS.finditer(text):
        start, end = word.span()
        if done and done not in closed:
            blanks = [i for i in range(done, start) if text[i] != "\x1f"]
            if blanks and _parts(text, done, start, kind):
                figures = text[done - 1].isdigit() and text[start].isdigit()
                # one blank would join the 20 and 143 of two columns to 20 143; a tab stands for as many as it takes
                columns = figures and (len(blanks) >= _COLUMN_GAP or "\t" in text[done:start])
                for space in sorted((blanks * _COLUMN_GAP)[:_COLUMN_GAP]) if columns else blanks[:1]:
                    yield base + space, base + space + 1
        yield base + start, base + end
        done = end


def _pieces_of_cells(text: str, base: int, cells: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The raw spans that stay of the row of a table: the words of its cells, and what parts two cells."""
    done = 0
    for start, end in cells:
        if bar := text.find("|", done, start) + 1:
            yield base + bar - 1, base + bar
        elif done:
            for _ in range(_COLUMN_GAP):
                yield base + done, base + done + 1
        for word in _WORDS.finditer(text, start, end):
            yield base + word.start(), base + word.end()
        done = end
    if bar := text.find("|", done) + 1:
        yield base + bar - 1, base + bar


def _parts(text: str, start: int, end: int, kind: str) -> bool:
    """Whether the blanks `[start, end)` of a line part two words, so that one stays."""
    left, right = text[start - 1], text[end]
    if not is_wide(left) and not is_wide(right):
        return right not in "%‰℃"
    if kind in ("body", "row") or left in "，：；、（" or right in "，：；、）" or "\n" in text[start:end]:
        return False
    if kind in ("source", "furniture"):
        return left not in _PUNCTUATION
    lone = (text[start - 2 : start - 1] or " ").isspace() or (text[end + 1 : end + 2] or " ").isspace()
    return is_wide(left) and is_wide(right) and not lone  # two phrases of a headline


def _keeps_space(left: str, right: str) -> bool:
    """Whether words of Latin letters stand on both sides of a line break, so that a space must part them."""
    if is_wide(left) or is_wide(right) or (left.isdigit() and right.isdigit()):
        return False
    return (
        (left.isalnum() or left in _ONE_LEFT_BEFORE)
        and (right.isalnum() or right == "(")
        and not (left in ".,:" and right.isdigit())
    )
