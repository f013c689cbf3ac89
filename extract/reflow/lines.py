"""The printed lines of a page: characters folded, and what each line looks like by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from ..paths import read_pattern_file
from .rows import mark_rows
from .words import HAN, NO_BEGINNING, ends_sentence, is_rule, layout

WIDE = f"‐-‧‰′-⁞\u2190-\u2bff\u2e80-\u303f\u3040-\u30ff\u3100-\u33ff{HAN}\ufe30-\ufe4f\uff01-\uffef"

_PAGE_NUMBER = re.compile(r"^[ \t\u3000]*([-—–][ \t]?\d{1,3}[ \t]?[-—–])(?=[ \t]*[^\s\d—–-])", re.MULTILINE)
_SPACES = " \t\u3000\xa0\x1f"
_NEWLINES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
NO_END = frozenset("，、“‘《〈「『【〔（([{")
_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[,:;?!()](?:\s*[,:;?!()])*")
_WIDE_MARKS = str.maketrans(",:;?!()", "，：；？！（）")
_ONE_FOR_DASH = re.compile("一(?<=[0-9]一)(?=[0-9])")  # 8:30一11:30: so do scans and typists write it
_WIDE_CHAR = re.compile(f"[{WIDE}]")


@cache
def _folds() -> dict[int, str]:
    """Characters that are folded wherever they stand; all map one to one."""
    kept = "！（），：；？～"
    table = {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if chr(c) not in kept}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    table.update((ord(pair[0]), pair[1]) for pair in _traditional())
    table.update(dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF), "\x1f"))  # blank, and no word break
    return table


@cache
def _traditional() -> list[str]:
    pairs: list[str] = read_pattern_file("characters.yaml")["traditional"].split()
    return pairs


@cache
def _unusual() -> re.Pattern[str]:
    """Runs of characters that are folded."""
    others = "\u00ad\u200b-\u200f\u2060\ufeff\u2f00-\u2fd5\uf900-\ufaff＂-＇＊＋－-９＜-＞＠-～"
    return re.compile(f"[{others}{''.join(pair[0] for pair in _traditional())}]+")


def fold(text: str) -> str:
    """`text` with characters folded one to one, so of the same length: see `reflow`."""
    text = _unusual().sub(lambda run: run[0].translate(_folds()), text)
    text = _ONE_FOR_DASH.sub("—", text)

    def widened(run: re.Match[str]) -> str:
        start, end = run.span()
        if "\u4e00" <= text[start - 1 : start] <= "\u9fff":  # nearly always
            return run[0].translate(_WIDE_MARKS)
        before = text[max(0, start - 8) : start].rstrip()[-1:]
        after = text[end : end + 8].lstrip()[:1]
        return run[0].translate(_WIDE_MARKS) if _WIDE_CHAR.match(before) or _WIDE_CHAR.match(after) else run[0]

    return _MARKS.sub(widened, text)


def is_wide(char: str) -> bool:
    """Whether a character is Chinese or of its width, so that no space belongs beside it."""
    return char > "\u2e7f" or _WIDE_CHAR.match(char) is not None


class Line:
    """A printed line: `[start, end)` of the raw text without blanks around it, and what it looks like.

    `gap` counts the blank lines above, `indent` the columns before it, `em` is its width in ideographs; `at` is its
    place among the lines of text; `newline` is the raw position of the newline above, or `start` where there is none.
    """

    __slots__ = ("at", "em", "end", "ends", "gap", "indent", "kind", "newline", "start", "text")

    def __init__(self, text: str, start: int, kind: str, gap: int = 0, indent: int = 0) -> None:
        self.text = text
        self.start = self.newline = start
        self.end = start + len(text)
        self.gap = gap
        self.indent = indent
        self.kind = kind
        self.at = -1
        self.ends = ends_sentence(text)
        # UTF-8 takes three bytes for an ideograph, which is twice as wide as a Latin character of one byte
        self.em = (len(text.encode("utf-8", "surrogatepass")) + len(text)) / 4 if len(text) < 200 else len(text)


def printed_lines(folded: str) -> list[Line]:
    """The lines that are not blank; source lines and page numbers are cut out of what they are run together with."""
    lines: list[Line] = []
    done = 0
    pages = ((*number.span(1), "furniture") for number in _PAGE_NUMBER.finditer(folded))
    for start, end, kind in sorted((*_bracketed_sources(folded), *pages)):
        if start < done:
            continue
        _split(folded, done, start, lines)
        line = Line(folded[start:end], start, kind)
        if folded[start - 1 : start] in _NEWLINES:
            line.newline = max(start - 1, 0)
        lines.append(line)
        done = end
    _split(folded, done, len(folded), lines)
    _mark_page_numbers(lines)
    mark_rows(lines)
    texts = [line for line in lines if line.kind == "text"]
    for at, line in enumerate(texts):
        line.at = at
    cut = [line for line in texts if not line.ends and len(line.text) < 100]
    if _spread([len(line.text) for line in cut]) < _spread([line.em for line in cut]):
        for line in lines:  # the page was wrapped by characters, not by widths
            line.em = len(line.text)
    return lines


def _spread(sizes: list[float]) -> float:
    """How far sizes lie from their median, as a share of it."""
    middle = sorted(sizes)[len(sizes) // 2] if sizes else 1.0
    return sum(abs(size - middle) for size in sizes) / middle


def _split(folded: str, start: int, end: int, lines: list[Line]) -> None:
    kind_of = layout().line_kind
    gap = 0
    pos = start
    for piece in folded[start:end].splitlines(keepends=True):
        text = piece.strip()
        if text:
            lead = 0 if piece[0] == text[0] else len(piece) - len(piece.lstrip())
            line = Line(text, pos + lead, kind_of(text), gap, lead + piece.count("\u3000", 0, lead))
            if pos > start:
                line.newline = pos - 1
            lines.append(line)
            gap = 0
        else:
            gap += 1
        pos += len(piece)


def _bracketed_sources(folded: str) -> Iterator[tuple[int, int, str]]:
    """The spans of （据…）, （来源：…）, （记者…） that stand behind a sentence or on a line of their own."""
    words = layout()
    done = 0
    for match in words.source.finditer(folded):
        start, end = match.span()
        before = folded[max(done, start - 40) : start]
        after = folded[end : end + 40].lstrip(_SPACES)
        closes = not before.strip() or ends_sentence(before.rstrip())
        own_line = (not before.rstrip(_SPACES) or before.rstrip(_SPACES)[-1] in _NEWLINES) and (
            not after or after[0] in _NEWLINES
        )
        ends_line = not after or after[0] in _NEWLINES or words.place_head.match(after) is not None
        if match["office"] and not (closes and ends_line):
            continue
        if (closes or own_line) and after[:1] not in NO_BEGINNING and not words.not_source.search(match[0]):
            yield start, end, "source"
            done = end


def _mark_page_numbers(lines: list[Line]) -> None:
    """Call furniture what only its neighbours betray: bare page numbers, and heads that come back beside them."""
    for i, line in enumerate(lines):
        if len(line.text) <= 3 and line.text.isdecimal() and line.gap and 0 < i < len(lines) - 1:
            above, below = lines[i - 1], lines[i + 1]
            if below.gap and above.kind == below.kind == "text" and above.em >= 8 <= below.em:
                line.kind = "furniture"
    pages = [i for i, line in enumerate(lines) if line.kind == "furniture" and not is_rule(line.text)]
    beside = {j for i in pages for j in (i - 1, i + 1) if 0 <= j < len(lines)}
    heads = [lines[j] for j in beside if lines[j].kind == "text" and lines[j].em <= 30 and not lines[j].ends]
    known = Counter(_DIGITS.sub("", line.text) for line in heads)
    for line in heads:
        if known[_DIGITS.sub("", line.text)] > 1:
            line.kind = "furniture"
