"""PDF: the text of each page in reading order, without what every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from .bulletin import ReadError, ReadOptions, Text
from .page import Box, Line, in_reading_order, lines_of, split_captions

_PAGE_NUMBER = re.compile(r"[\s第共页Pp.\-—–―·•|/／]*\d{1,4}(?:\s*[页/／\-—–]\s*[第共]?\s*\d{0,4}\s*页?)?[\s\-—–―·•|]*")
_DIGITS = re.compile(r"\d+|\s+")
EDGE_LINES = 2  # lines at the head and at the foot of a page that may be running heads
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
        pages, blank = _read_pages(document)
    finally:
        document.close()
    return _assemble(pages, blank)


def _read_pages(document: Any) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, and the numbers of the pages that hold a picture and no text."""
    import pypdfium2 as pdfium

    pages, pictured = [], []
    for number in range(len(document)):
        try:
            page = document[number]
            boxes, pictures = _characters(page), _pictures(page)
            page.close()
        except pdfium.PdfiumError:
            boxes, pictures = [], [Box("", 0, 0, 0, 0)]
        pages.append(lines_of(boxes))
        body, captions = split_captions(pages[-1], pictures)
        pages[-1] = [*in_reading_order(body), *captions]
        if pictures and not pages[-1]:
            pictured.append(number + 1)
    return pages, pictured


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


def _assemble(pages: Sequence[Sequence[Line]], pictured: Sequence[int]) -> Text:
    """The text of all pages with their beginnings. Raises ReadError where there is none to read."""
    repeated = _running(pages)
    texts: list[str] = []
    starts: list[int] = []
    length = 0
    for page in pages:
        starts.append(length)
        text = "".join(_printed(_inner(page, repeated)))
        texts.append(text)
        length += len(text)
    text = "".join(texts)
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


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The heads and feet that come back on at least half of the pages (and on two), digits aside."""
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({_bare(line) for line in _edges(page)})
    least = max(2, len(pages) / 2)
    return {text for text, times in counted.items() if times >= least}


def _edges(page: Sequence[Line]) -> list[Line]:
    """The uppermost and the lowest lines of a page, whatever the reading order."""
    by_height = sorted(page, key=lambda line: -line.top)
    return [*by_height[:EDGE_LINES], *by_height[EDGE_LINES:][-EDGE_LINES:]]


def _bare(line: Line) -> str:
    return _DIGITS.sub("", line.text)


def _inner(page: Sequence[Line], repeated: set[str]) -> Iterator[Line]:
    """The lines of a page without its running heads and page numbers."""
    edges = _edges(page)
    lowest, highest = (min((p.bottom for p in page), default=0), max((p.top for p in page), default=0))
    for line in page:
        is_edge = any(line is edge for edge in edges)
        outermost = line.bottom <= lowest or line.top >= highest
        if is_edge and (_bare(line) in repeated or (outermost and _PAGE_NUMBER.fullmatch(line.text))):
            continue
        yield line


def _printed(lines: Iterator[Line]) -> Iterator[str]:
    """The lines as text: a blank line where there is room between two, two ideographic blanks for an indent."""
    last: Line | None = None
    for line in lines:
        if last is not None and line.starts_block(last):
            yield "\n"
        yield f"{'　　' * line.is_indented}{line.text}\n"
        last = line
    if last is not None and last.column < 0:
        yield "\n"
