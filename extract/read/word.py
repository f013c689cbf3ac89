"""Word files: paragraphs and tables in the order of the document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from .archive import check_archive
from .bulletin import ReadError, ReadOptions, Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_LEFT_OUT = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", _FALLBACK))
_BOX = f"{_W}txbxContent"
_DAMAGED = ("the Word file is damaged", "open it in Word and save it again as .docx, or save its text as .txt")


def read_docx(data: bytes, options: ReadOptions) -> Text:
    """The text of a Word file: a line a paragraph, a line a row of a table with a tab between cells.

    Insertions are read and deletions are not; text boxes come behind the paragraph that holds them. Headers, footers,
    notes and comments are left out. Raises ReadError for a damaged file or one without text.
    """
    from .extras import needs

    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise ReadError("", *_DAMAGED)
    check_archive(io.BytesIO(data), len(data), options)
    with needs("docx", "docx", "lxml"):
        import docx

    try:
        body = docx.Document(io.BytesIO(data)).element.body
        lines = list(_lines(body))
    except ReadError:
        raise
    except Exception:  # python-docx meets damage with whatever its parts raise
        raise ReadError("", *_DAMAGED) from None
    text = "\n".join(lines)
    if not text.strip():
        raise ReadError("", "there is no text in the Word file", "if it holds pictures of pages, run OCR over them")
    return Text(text + "\n", "docx")


def _lines(parent: Any) -> Iterator[str]:
    """The lines of a body, a cell or a box."""
    for block in parent.iterchildren():
        if block.tag == f"{_W}p":
            yield from _paragraph(block)
        elif block.tag == f"{_W}tbl":
            yield ""
            for row in _own(block, "tr"):
                cells = (" ".join(line for line in _lines(cell) if line) for cell in _own(row, "tc"))
                yield "\t".join(cells).rstrip("\t")
            yield ""
        elif block.tag not in _LEFT_OUT:
            yield from _lines(block)  # content controls and the like


def _own(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those of inner tables left out."""
    for child in element.iterchildren():
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _own(child, name)


def _paragraph(block: Any) -> Iterator[str]:
    boxes: list[Any] = []
    yield from "".join(_pieces(block, boxes)).replace("\r", "\n").split("\n")
    for box in boxes:
        yield from _lines(box)


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The text of a paragraph's runs; text boxes are put by."""
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield "".join(child.itertext())
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child, boxes)
