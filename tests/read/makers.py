"""Files of every format, made in memory: a PDF of placed lines, a Word file, an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Placed = tuple[float, float, float, str]
"""A printed line: x and y of its foot in points from the lower left corner, its size, its text."""
PICTURE = "picture"


def pdf(*pages: Sequence[Placed | tuple[float, float, float, float, str]]) -> bytes:
    """A PDF of A4 pages with the lines in a Chinese font; five values make a picture: x, y, width, height, PICTURE."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor "
        b"/FontName /STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 "
        b"/FontBBox [-25 -254 1000 880] >> >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"
        b"\nstream\n\x80\nendstream",
    ]
    for number, lines in enumerate(pages):
        stream = b"\n".join(_shown(line) for line in lines)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> /XObject << /I 5 0 R >> >> >>" % (7 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    made = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + trailer


def _shown(line: Placed | tuple[float, float, float, float, str]) -> bytes:
    if len(line) == 5:
        x, y, width, height, _ = line
        return b"q %f 0 0 %f %f %f cm /I Do Q" % (width, height, x, y)
    x, y, size, text = line
    return b"BT /F %f Tf %f %f Td <%s> Tj ET" % (size, x, y, text.encode("utf-16-be").hex().encode())


def column(x: float, top: float, texts: Sequence[str], size: float = 10) -> list[Placed]:
    """Lines under one another, a line and a half from foot to foot."""
    return [(x, top - 1.5 * size * number, size, text) for number, text in enumerate(texts)]


def docx(*blocks: str | Sequence[Sequence[str]], body: str | None = None) -> bytes:
    """A Word file: strings are paragraphs, lists of lists are tables; `body` is the XML of a body instead."""
    import docx as library
    from docx.oxml import parse_xml

    document = library.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
    if body is not None:
        namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        for element in parse_xml(f"<w:body {namespace} {compatible}>{body}</w:body>"):
            document.element.body.append(element)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def archive(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive with these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as opened:
        for name, data in members.items():
            opened.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()
