"""PDF: the text of each page in reading order, without what every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from .bulletin import ReadError, ReadOptions, Text
from .page import ROOM, Box, Line, in_reading_order, lines_of, rows_of, split_captions

_PAGE_NUMBER = re.compile(r"[\s第共页Pp.\-—–―·•|/／]*\d{1,4}(?:\s*[页/／\-—–]\s*[第共]?\s*\d{0,4}\s*页?)?[\s\-—–―·•|]*")
_DIGITS = re.compile(r"\d+|\s+")
EDGE_ROWS = 2  # rows of lines at the head and at the foot of a page that may be running heads
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_UNREADABLE = 0.3  # of the characters of a file whose letters have no Unicode


def read_pdf(data: bytes, options: ReadOptions) -> Text:
    """The text of a PDF, a line a printed line, columns one after the other, captions at the end of their page.

    Running heads and feet and page numbers are left out; `pages` tells where each page begins. Pages that hold only a
    picture are told in `faults`. Raises ReadError for a damaged or locked file, and for one without text.
    """
    from .extras import needs

    with needs("pdf", "pypdfium2"):
        import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise ReadError("", "the PDF is locked with a password", "save a copy without one") from None
        raise ReadError("", "the PDF is damaged or cut off", "open it and print it into a new PDF") from None
    try:
        if len(document) > options.max_pages:
            reason = f"the PDF has {len(document)} pages, more than the {options.max_pages} that are read"
            raise ReadError("", reason, f"cut it up, or allow more with --max-pages {len(document)}")
        pages = [_read_page(document, number) for number in range(len(document))]
    finally:
        document.close()
    return _assemble(pages)


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page, as they stand on it, and its pictures."""

    lines: Sequence[Line]
    pictures: Sequence[Box]

    @property
    def is_picture(self) -> bool:
        """Whether it holds a picture and no text."""
        return bool(self.pictures) and not self.lines

    @property
    def heads(self) -> list[list[Line]]:
        """The uppermost rows, outermost first, where there is room between them and the rest."""
        return _outer(rows_of(self.lines))

    @property
    def feet(self) -> list[list[Line]]:
        """The lowest rows, outermost first, where there is room between them and the rest."""
        return _outer(rows_of(self.lines)[::-1])


def _outer(rows: list[list[Line]]) -> list[list[Line]]:
    """The first rows up to one behind which there is more room than usual, at most `EDGE_ROWS`; else none."""
    places = [row[0].bottom for row in rows]
    steps = [abs(below - above) for above, below in pairwise(places)]
    if not steps:
        return rows
    usual = min(median(steps), 2.5 * median(row[0].height for row in rows))
    wide = next((n for n, step in enumerate(steps[:EDGE_ROWS], 1) if step > ROOM * usual), 0)
    return rows[:wide]


def _read_page(document: Any, number: int) -> _Page:
    """A page; one that is broken is told as a picture."""
    import pypdfium2 as pdfium

    try:
        page = document[number]
        made = _Page(lines_of(_characters(page)), _pictures(page))
        page.close()
        return made
    except pdfium.PdfiumError:
        return _Page((), (Box("", 0, 0, 0, 0),))


def _characters(page: Any) -> list[Box]:
    """The printed characters of a page, each with the box of its font's height."""
    from ctypes import byref

    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    handle, rect, boxes = textpage.raw, raw.FS_RECTF(), []
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code <= 32 or raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if raw.FPDFText_GetLooseCharBox(handle, index, byref(rect)):
            boxes.append(Box(_char(code), rect.left, rect.bottom, rect.right, rect.top))
    textpage.close()
    return _without_shadows(boxes)


def _char(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _without_shadows(boxes: Sequence[Box]) -> list[Box]:
    """The characters once, where bold print or a shadow is made by printing them twice."""
    seen: dict[tuple[str, int, int], Box] = {}
    for box in boxes:
        step = max(box.height * 0.25, 0.5)
        seen.setdefault((box.text, round(box.left / step), round(box.bottom / step)), box)
    return list(seen.values())


def _pictures(page: Any) -> list[Box]:
    """The pictures of a page that are no ornament: wider and higher than an inch."""
    import pypdfium2.raw as raw

    found = []
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        if right - left > 72 and top - bottom > 72:
            found.append(Box("", left, bottom, right, top))
    return found


def _assemble(pages: Sequence[_Page]) -> Text:
    """The text of all pages with their beginnings. Raises ReadError where there is none to read."""
    repeated = _running(pages)
    texts: list[str] = []
    starts: list[int] = []
    length = 0
    for page in pages:
        starts.append(length)
        body, captions = split_captions(_inner(page, repeated), page.pictures)
        printed = [*map(_printed, (*in_reading_order(body), *captions)), "\n" * bool(captions)]
        texts.append("".join(printed))
        length += len(texts[-1])
    text = "".join(texts)
    pictured = [number for number, page in enumerate(pages, 1) if page.is_picture]
    letters = re.sub(r"\s", "", text)
    if not letters:
        reason = "the PDF holds pictures of pages and no text" if pictured else "there is no text in the PDF"
        raise ReadError("", reason, "run OCR over it and give the text")
    odd = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in letters)
    if odd > _UNREADABLE * len(letters):
        raise ReadError("", "the letters of the PDF have no Unicode", "run OCR over it and give the text")
    return Text(text, "pdf", pages=tuple(starts), faults=tuple(_unread(pictured)))


def _unread(pictured: Sequence[int]) -> Iterator[ReadError]:
    """What is told of the pages that hold a picture and no text."""
    if pictured:
        which = ", ".join(map(str, pictured[:20])) + ("…" if len(pictured) > 20 else "")
        told = f"page {which} holds" if len(pictured) == 1 else f"pages {which} hold"
        yield ReadError("", f"{told} a picture and no text", "run OCR over the PDF; its other pages are read")


def _running(pages: Sequence[_Page]) -> set[str]:
    """The heads and feet that come back on at least half of the pages (and on two), digits aside."""
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({_bare(row) for row in (*page.heads, *page.feet)})
    least = max(2, len(pages) / 2)
    return {text for text, times in counted.items() if times >= least}


def _bare(row: Sequence[Line]) -> str:
    return _DIGITS.sub("", "".join(line.text for line in row))


def _inner(page: _Page, repeated: set[str]) -> list[Line]:
    """The lines of a page without its running heads and page numbers."""
    heads, feet = page.heads, page.feet
    left_out = [row for row in (*heads, *feet) if _bare(row) in repeated]
    left_out += [row for row in (*heads[:1], *feet[:1]) if _PAGE_NUMBER.fullmatch(" ".join(line.text for line in row))]
    gone = {id(line) for row in left_out for line in row}
    return [line for line in page.lines if id(line) not in gone]


def _printed(line: Line) -> str:
    """A line as text: a blank line before one that stands apart, two ideographic blanks for an indent."""
    return f"{chr(10) * line.is_apart}{'　　' * line.is_indented}{line.text}\n"
