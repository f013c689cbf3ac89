"""Paragraphs out of printed lines: which lines are one, and what interrupts them.

How two lines are told to be one: in a column of lines of like width a full line that ends in mid-sentence goes on in
the next and a short one is a headline; where a line is a whole paragraph, prose that ends in mid-sentence goes on and
a short line without an end is a headline. Either way marks that cannot stand at an end (，、“（) or a beginning
(，。”）) join, and what opens a point (一、（一）一是 1.) or a sentence of its own (近年来，) begins a paragraph.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .beside import is_number_of_document, is_salutation, offices_alone, stands_beside
from .lines import NO_END, Line
from .words import HAN, NO_BEGINNING, TITLE_CHARS, UNIT_HEADING, UNITS, is_emoji, layout

HEADING_EM = 45  # a longer line without an end is prose; TITLE_CHARS where it opens an article
SHORT = 0.78  # of its column's width: a line below it is no wrap
FULL = 0.93  # a sentence that ends behind it may go on in the next line with another one
COLUMN_EM = (9, 64)  # shorter lines are a list, longer ones are paragraphs

Paragraph = tuple[str, list[Line]]


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """The lines in paragraphs with their kinds; what interrupts a paragraph stands behind it."""
    joiner = _Joiner(lines)
    done: list[Paragraph] = []
    current: list[Line] = []
    held: list[Paragraph] = []
    opens_article = True

    def close() -> None:
        nonlocal opens_article
        if current:
            done.append((joiner.kind(current, opens_article), current[:]))
            opens_article = opens_article and len(current) == 1 and bool(offices_alone(current[0].text))
        done.extend(held)
        current.clear()
        held.clear()

    for i, line in enumerate(lines):
        if line.kind == "source" and not (current and joiner.is_text_after_all(current[-1], line)):
            close()
            done.append(("source", [line]))
            opens_article = True
        elif line.kind == "row":
            close()
            done.append(("row", [line]))
        elif line.kind in ("caption", "furniture"):
            held.append((line.kind, [line]))
        elif not current:
            close()
            current.append(line)
        elif len(current) > 2 and joiner.plainly_joins(current[-1], line):
            current.append(line)
        elif not held and joiner.interrupts(current, line, lines[i + 1 : i + 2], opens_article):
            held.append(("caption", [line]))
        elif joiner.joins(current, line, opens_article):
            current.append(line)
        else:
            close()
            current.append(line)
    close()
    return done


class _Joiner:
    """Tells which lines are one paragraph, by the width and the gaps of the lines around them."""

    def __init__(self, lines: list[Line]) -> None:
        self.words = layout()
        texts = [line for line in lines if line.kind == "text"]
        gaps = sorted(b.gap for a, b in pairwise(texts) if not a.ends)
        self.gap = gaps[4 * (len(gaps) - 1) // 5] if gaps else 0  # where scans set gaps at random, the larger one
        self._em = [line.em for line in texts]
        self._open_em = [-1.0 if line.ends else line.em for line in texts]
        self._at = -2  # the line whose column was asked for last
        self._width = 0.0

    def column(self, a: Line, b: Line) -> float:
        """The width in em of the column that `a` stands in, 0 where lines are no wraps of a column."""
        if self._at != a.at:
            like_above = self._at == a.at - 1 and abs(a.em - self._width) <= 1.5 and b.em <= self._width + 2
            self._at = a.at
            if not (like_above and self._width):
                self._width = self._measure(a.at)
        return self._width if b.em <= 1.3 * self._width + 1 else 0.0

    def _measure(self, at: int) -> float:
        first, last = max(0, at - 4), at + 5
        around = sorted(self._em[first:last])
        top = around[-1 - len(around) // 3]
        if not COLUMN_EM[0] <= top <= COLUMN_EM[1]:
            return 0.0
        slack = max(2.0, 0.12 * top)
        full = sorted(em for em in self._open_em[first:last] if -slack <= em - top <= slack)
        return full[len(full) // 3] if len(full) > 1 and 3 * len(full) >= len(around) else 0.0

    def plainly_joins(self, a: Line, b: Line) -> bool:
        """Whether a full line in the middle of a column needs no further look: what `joins` would say, sooner."""
        first = b.text[0]
        if a.ends or b.gap > self.gap or first in self.words.openers or is_emoji(first):
            return False
        width = self.column(a, b)
        return 0 < SHORT * width <= a.em <= width + 1.5

    def joins(self, paragraph: list[Line], b: Line, opens_article: bool) -> bool:
        """Whether `b` goes on with `paragraph`."""
        a = paragraph[-1]
        if b.text[0] in NO_BEGINNING:
            return True
        if is_number_of_document(a.text) or is_number_of_document(b.text):
            return False
        if a.text[-1] in _AFTER_UNIT and UNIT_HEADING.search(a.text):
            return False
        indented = b.indent >= a.indent + 2
        if (a.ends and (indented or b.gap > self.gap)) or self.words.opens_paragraph(a.text, b.text):
            return False
        column = self.column(a, b)
        if a.ends:
            return FULL * column <= a.em <= 1.15 * column and (b.ends or b.em >= SHORT * column)
        if self._glued(a.text, b.text):
            return True
        if len(paragraph) == 1 and self._is_place_line(a.text):
            return not b.ends and b.em <= HEADING_EM
        if self._is_whole_title(paragraph, b, column, opens_article) or self._parts_heads(
            paragraph, b, column, opens_article
        ):
            return False
        if self.words.names_place(b.text) and not self._is_prose(_joined(paragraph), opens_article):
            return False
        if column and a.em <= 1.15 * column + 1:
            return a.em >= SHORT * column or len(paragraph) > 3 or self._is_prose(_joined(paragraph), opens_article)
        if indented:
            return False
        alike = not opens_article and min(a.em, b.em) >= 20 and abs(a.em + a.indent / 2 - b.em) <= 2.5  # no headlines
        rest = a.em >= 20 and b.ends and b.em < a.em
        return len(paragraph) > 1 or self._is_prose(a.text, opens_article) or rest or alike

    def _glued(self, a: str, b: str) -> bool:
        """Whether the end of one line, or the beginning of the next, cannot stand alone."""
        if a[-1] in NO_END or a[-1] in "；;":
            return True
        if a[-1].isdigit() or (a[-1] == "." and a[-2:-1].isdigit() and b[0].isdigit()):
            return b[0].isdigit() or b[0] in self.words.after_figures
        return b[1:2] in _AFTER_REMAINDER and b[1:2] != "" and _HAN_CHAR.match(b) is not None

    def _is_place_line(self, text: str) -> bool:
        """Whether a line is the place before a title (甘肃定西：), not those that a text is written to (同志们：)."""
        return text[-1] == "：" and self.words.place_line.fullmatch(text) is not None and not is_salutation(text)

    def _is_whole_title(self, paragraph: list[Line], b: Line, column: float, opens_article: bool) -> bool:
        first, a = paragraph[0], paragraph[-1]
        if opens_article and len(paragraph) == 1 and _is_told_again(a.text, b.text):
            return True
        if opens_article and len(paragraph) == 1 and a.em < FULL * column and _PLACE_TITLE.match(a.text):
            return True
        if self._is_place_line(first.text) or self.words.names_place(first.text):
            wraps = column > 0 and 0.85 * column <= a.em <= 1.1 * column and b.em < SHORT * column and not b.ends
            return not wraps and not a.text.endswith(self.words.unfinished_ends)
        if opens_article and b.ends and a.text.endswith(self.words.title_ends) and "，" in b.text:
            return not self._is_prose(_joined(paragraph), True)
        apart = b.gap > self.gap or (a.indent >= 6 and b.indent < a.indent)
        return opens_article and len(paragraph) == 1 and apart and not self._is_prose(a.text, True)

    def _parts_heads(self, paragraph: list[Line], b: Line, column: float, opens_article: bool) -> bool:
        """Whether a title ends above an office, a salutation or brackets, or one of these ends and is no wrap."""
        a = paragraph[-1]
        if len(paragraph) == 1 and stands_beside(a.text):
            return a.em < SHORT * column or not column or not offices_alone(a.text) or stands_beside(b.text)
        return opens_article and stands_beside(b.text) and not self._is_prose(_joined(paragraph), True)

    def _is_prose(self, text: str, opens_article: bool) -> bool:
        """Whether a text without an end is prose that was cut, not a headline."""
        limit = TITLE_CHARS if opens_article and "，" not in text else HEADING_EM
        return (
            len(text) > limit
            or _STOP.search(text) is not None
            or text.startswith((*self.words.sentence_starts, *self.words.unfinished_starts))
            or text.endswith(self.words.unfinished_ends)
            or (len(text) > 30 and text.count("，") > 1)
            or len(text) - 3 <= text.rfind("，") > 0
            or (not opens_article and "，" in text and _PROSE.search(text) is not None)
            or any(text.count(o) > text.count(c) for o, c in ("“”", "《》", "（）"))
            or text.count('"') % 2 == 1
        )

    def interrupts(self, paragraph: list[Line], c: Line, below: list[Line], opens_article: bool) -> bool:
        """Whether `c` is a caption in the middle of a sentence that goes on from `paragraph` to the line below."""
        a = paragraph[-1]
        if a.ends or c.ends or c.text[-1] in "，、；：" or c.em > HEADING_EM or not below or below[0].kind != "text":
            return False
        if _STOP.search(c.text):  # no caption, but lines that a space has run together
            return False
        d = below[0]
        if c.text[-1].isdigit() and self._glued(c.text, d.text):  # 持证49 over 人。
            return False
        gap_above, gap_below = c.gap > self.gap, d.gap > self.gap
        column = self.column(a, c)
        if column and not gap_above and a.em >= SHORT * column:
            return False
        if c.text[0] in NO_BEGINNING or self.words.opens_paragraph(a.text, c.text):
            return False
        if (a.text[-1].isdigit() or c.text[1:2] in _AFTER_REMAINDER) and self._glued(a.text, c.text):
            return False
        if column:
            short = c.em < SHORT * column
            wrap = not short and c.em <= 1.15 * column
            apart = gap_above and gap_below and not wrap if a.em >= SHORT * column else short and a.text[-1] in "，、；"
        else:
            rest = d.text[0] in NO_BEGINNING or d.text[1:2] in _AFTER_REMAINDER
            apart = (gap_above or rest) and self._is_prose(a.text, opens_article)
        return apart and not self.words.opens_paragraph(a.text, d.text) and self.joins(paragraph, d, opens_article)

    def is_text_after_all(self, a: Line, line: Line) -> bool:
        """Whether a line that is a date alone only goes on with the sentence above it."""
        if offices_alone(a.text):
            return False
        column = self.column(a, line) if line.text[-1] in "日号" else 0.0
        return bool(column) and not a.ends and a.em >= 0.9 * column

    def kind(self, paragraph: list[Line], opens_article: bool) -> str:
        """`heading` for short lines without an end, else `body`."""
        text = _joined(paragraph)
        if is_number_of_document(text):
            return "furniture"
        if not paragraph[-1].ends and self.words.names_place(text):
            return "heading"
        return "body" if paragraph[-1].ends or self._is_prose(text, opens_article) else "heading"


def _joined(paragraph: list[Line]) -> str:
    return "".join(line.text for line in paragraph[:8])  # more is prose anyhow


_PLACE_TITLE = re.compile(f"[{HAN}]{{1,7}}[省市县区旗州盟]：")  # 日喀则市：从“一粒种子”到“一片格桑花”
_AFTER_UNIT = frozenset("）)：:" + UNITS.replace("|", ""))
_AFTER_REMAINDER = frozenset("，。；！？")
_HAN_CHAR = re.compile(f"[{HAN}](?<![一二三四五六七八九十])")
_PROSE = re.compile(r"\d")
_STOP = re.compile("[。；](?!$)|[？！].*，")


def _is_told_again(title: str, below: str) -> bool:
    """Whether what stands before the colon of a headline opens the sentence below: 腾冲：… over 5月17日，腾冲市…"""
    name, colon, rest = title.partition("：")
    return bool(colon and rest) and 2 <= len(name) <= 6 and name in below[: len(name) + 10]
