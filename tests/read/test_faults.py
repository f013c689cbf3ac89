"""Bad inputs: each is set aside with its sentence, and what can be read of it is read."""

from __future__ import annotations

import codecs
import io
import json
import os
import socket
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from makers import PICTURE, archive, column, docx, pdf

from extract.read import Bulletin, ReadError, ReadOptions, Source, find_sources, read_source

TEXT = "青山县现有持证社会工作者126人，其中初级98人、中级28人。\n"
LIMITS = ReadOptions(max_mb=1, max_pages=2, max_depth=2, max_ratio=50)
EMPTY = "the file is empty; fill it or take it away"
BINARY = "this is no text but a binary file; save its text as UTF-8 (.txt) and give that"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
DAMAGED_PDF = "the PDF is damaged or cut off; open it and print it into a new PDF"
DAMAGED_WORD = "the Word file is damaged; open it in Word and save it again as .docx, or save its text as .txt"
DAMAGED_ZIP = "the archive is damaged; pack it again; what can be read of it may be packed alone"
OCR = "run OCR over it and give the text"


def nested(depth: int) -> bytes:
    data = archive({"a.txt": TEXT})
    for _ in range(depth):
        data = archive({"in.zip": data})
    return data


def locked_zip() -> bytes:
    data = bytearray(archive({"a.txt": TEXT}))
    data[6] |= 1
    central = data.rindex(b"PK\1\2")
    data[central + 8] |= 1
    return bytes(data)


def locked_pdf() -> bytes:
    data = pdf(column(60, 720, ["文"]))
    key = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"11" * 32, b"22" * 32)
    return data.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Encrypt %s /ID [<00> <00>] >>" % key)


def broken_crc() -> bytes:
    data = archive({"a.txt": TEXT}, zipfile.ZIP_STORED)
    return data.replace(TEXT.encode()[:6], b"xxxxxx")


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def line(**cells: Any) -> str:
    return json.dumps(cells, ensure_ascii=False) + "\n"


BOMB = archive({"a.txt": b"\0" * 12_000_000})

# name of the file, its content, what is told of it (below its own name), each with the texts that are read all the same
FAULTS: dict[str, tuple[bytes | str, list[str]]] = {
    "empty.txt": (b"", [EMPTY]),
    "blank.txt": ("　\r\n \t\n".encode(), [EMPTY]),
    "mark only.txt": (codecs.BOM_UTF8, [EMPTY]),
    "empty.pdf": (b"", [EMPTY]),
    "empty.docx": (b"", [EMPTY]),
    "empty.html": (b" \n", [EMPTY]),
    "nul.txt": (b"\0" * 400, [BINARY]),
    "random.md": (bytes(range(256)) * 9, [BINARY]),
    "odd.txt": (b"\xff\xfd\x81\x20" * 50, ["byte 0 is not UTF-8, and the text is neither GB 18030 nor Big5; save it again as UTF-8"]),
    "cut.txt": (b"\xff\xfe\x41", ["byte 2 is not UTF-16-LE; save it again as UTF-8"]),
    "cut utf-8.txt": (TEXT.strip().encode()[:-1], ["it is cut off within its last character (byte 76), so that more may be missing; get it whole, or save it again as UTF-8 to have the rest read"]),
    "latin.txt": ("déjà vu à l'été".encode("latin-1"), ["byte 1 is not UTF-8, and the text is neither GB 18030 nor Big5; save it again as UTF-8"]),
    "huge.txt": ("站" * 400_000, ["it has 1 MB, more than the 1 that are read; cut it up, or allow more with --max-mb 2"]),
    "really a pdf.txt": (pdf(column(60, 720, ["文"])), ["it is called .txt and is a PDF; give it a name that ends in .pdf"]),
    "really a page.txt": ("<!DOCTYPE html><p>文", ["it is called .txt and is a web page; give it a name that ends in .html"]),
    "really a page.pdf": ("<html><p>文", ["it is called .pdf and is a web page; give it a name that ends in .html"]),
    "really word.md": (docx("文"), ["it is called .md and is a Word file; give it a name that ends in .docx"]),
    "really a zip.docx": (archive({"a.txt": TEXT}), ["it is called .docx and is a zip archive; give it a name that ends in .zip"]),
    "really word.zip": (docx("文"), ["it is called .zip and is a Word file; give it a name that ends in .docx"]),
    "really parquet.csv": (parquet(pa.table({"text": ["文"]})), ["it is called .csv and is a Parquet file; give it a name that ends in .parquet"]),
    "really old word.docx": (OLE, ["it is an old or locked Office file; open it in Office and save it as .docx, without a password"]),
    "really a text.docx": (TEXT, ["it is called .docx and is plain text; give it a name that ends in .txt"]),
    "really word.doc": (docx("文"), ["it is called .doc and is a Word file; give it a name that ends in .docx"]),
    "really a page.doc": ("<html><p>文", ["it is called .doc and is a web page; give it a name that ends in .html"]),
    "old word.docx": (OLE + "WordDocument".encode("utf-16-le"), ["it is an old Word file (.doc); save it as .docx"]),
    "old sheet.xls": (OLE + "Workbook".encode("utf-16-le"), ["it is an old Excel file (.xls); save its sheet as .csv"]),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), ["it is an Office file locked with a password; save a copy without one"]),
    "~$lock.docx": (b"\x05Admin" + b"\0" * 156, ["it is the lock file of a document that is open in Office; nothing is lost; take it away"]),
    "really rtf.txt": (rb"{\rtf1\ansi text}", ["it is a rich text file; save it as .docx"]),
    "really rar.zip": (b"Rar!\x1a\x07\0" + b"\0" * 50, ["it is a RAR archive; unpack it"]),
    "old.doc": (OLE, ["it is an old or locked Office file; open it in Office and save it as .docx, without a password"]),
    "sheet.xlsx": (archive({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), ["it is an Excel file; save its sheet as .csv"]),
    "array.json": ("[]", ["files that end in .json are not read; write one object a line (.jsonl)"]),
    "locked.pdf": (locked_pdf(), ["the PDF is locked with a password; save a copy without one"]),
    "cut off.pdf": (pdf(column(60, 720, ["文"]))[:200], [DAMAGED_PDF]),
    "no pdf.pdf": ("这不是PDF。", ["it is called .pdf and is plain text; give it a name that ends in .txt"]),
    "binary.pdf": (bytes(range(256)) * 9, [DAMAGED_PDF]),
    "scan.pdf": (pdf([(60, 300, 200, 120, PICTURE)]), [f"the PDF holds pictures of pages and no text; {OCR}"]),
    "no text.pdf": (pdf([]), [f"there is no text in the PDF; {OCR}"]),
    "no unicode.pdf": (pdf(column(60, 720, ["\ue001\ue002\ue003字"])), [f"the letters of the PDF have no Unicode; {OCR}"]),
    "long.pdf": (pdf(*[column(60, 720, ["文"])] * 3), ["the PDF has 3 pages, more than the 2 that are read; cut it up, or allow more with --max-pages 3"]),
    "cut off.docx": (docx("文")[:3000], [DAMAGED_WORD]),
    "no document.docx": (archive({"[Content_Types].xml": "<a/>", "word/x.xml": "<a/>"}), [DAMAGED_WORD]),
    "no text.docx": (docx(""), ["there is no text in the Word file; if it holds pictures of pages, run OCR over them"]),
    "no text.html": ("<html><body><script>alert(1)</script></body></html>", ["there is no main text in the page; save the text of the page as .txt"]),
    "no page.mhtml": ("MIME-Version: 1.0\nContent-Type: text/plain\n\nx", ["there is no page in the file; save the page again as .html"]),
    "damaged.zip": (b"PK\3\4" + b"\0" * 99, [DAMAGED_ZIP]),
    "no zip.zip": (TEXT, ["it is called .zip and is plain text; give it a name that ends in .txt"]),
    "nothing.zip": (archive({}), ["there is no bulletin in the archive; pack files of a kind that is read"]),
    "bomb.zip": (BOMB, [f"it unpacks to 12 MB, more than 50 times its own size; if that is right, allow it with --max-ratio {12_000_000 // len(BOMB) + 1}"]),
    "locked.zip": (locked_zip(), ["/a.txt: it is locked with a password; unpack the archive and give the folder"]),
    "crc.zip": (broken_crc(), ["/a.txt: it is damaged in the archive; pack the archive again"]),
    "big member.zip": (archive({"a.txt": os.urandom(1_100_000)}), ["/a.txt: unpacked, it has 1 MB, more than the 1 that are read; cut it up, or allow more with --max-mb 2"]),
    "leads out.zip": (
        archive({"../../etc/a.txt": TEXT, "/b.txt": TEXT, "C:\\c.txt": TEXT, "ok/d.txt": TEXT}),
        [f"/{name}: its path leads out of the archive; pack the archive again, from inside one folder" for name in ("../../etc/a.txt", "/b.txt", "C:/c.txt")],
    ),
    "deep.zip": (nested(3), ["/in.zip/in.zip: archives lie more than 2 deep in one another; unpack them, or allow more with --max-depth 3"]),
    "half.zip": (archive({"a.txt": b"", "b.txt": TEXT}), [f"/a.txt: {EMPTY}"]),
    "no text.csv": ("number,words\n1,文\n", ["none of its columns is known for the text; name the one that holds it with --text-column; there are number, words"]),
    "empty.csv": (b"", [EMPTY]), "no head.csv": ("\n\n", ["its first row names no columns; put the names of the columns in the first row"]),
    "quote.csv": ('text\n文一\n"文二\n文三\n', ["/3: the row breaks the form of CSV (unexpected end of data); it and those behind it are not read; close and double its quotation marks, or save the table again as CSV"]),
    "commas.csv": ("text,date\n共,有,三处,逗号\n好,\n", ["/2: the row has 4 cells under 2 columns; put quotation marks around the cells that hold commas"]),
    "day.csv": ("text,date\n好,去年冬天\n", ["/2: its day is not understood ('去年冬天' is no day; write it as 2023-11-20); mend the cell; the text of the row is read"]),
    "empty row.jsonl": (line(text="") + line(text=TEXT), ["/1: the row has no text; fill it or take it away"]),
    "no json.jsonl": ("{text}\n" + line(text=TEXT), ["/1: the line is no JSON (Expecting property name enclosed in double quotes); write one object a line, or take the line away"]),
    "cut off.jsonl": (line(text=TEXT)[:-9], ["/1: the line is no JSON (Unterminated string starting at); write one object a line, or take the line away"]),
    "list.jsonl": ("[1]\n", ['/1: the line is no JSON object; write one object a line: {"text": "…"}']),
    "deep.jsonl": ("[" * 200_000 + "\n", ["/1: its objects lie too deep in one another; write one flat object a line"]),
    "number.jsonl": ('{"text": ' + "9" * 5000 + "}\n", ["/1: the line is no JSON (a number is too long); write one object a line, or take the line away"]),
    "not text.jsonl": (line(text=5), ["/1: its text is no text but int; name the column with --text-column"]),
    "other.jsonl": (line(words=TEXT), ["/1: none of its columns is known for the text; name the one that holds it with --text-column; there are words"]),
    "long row.jsonl": (line(text="站" * 400_000), ["/1: its text has 1 MB, more than the 1 that are read; cut it up, or allow more with --max-mb 2"]),
    "cut off.parquet": (parquet(pa.table({"text": ["文"] * 99}))[:-20], ["the Parquet file is damaged or cut off; write it again"]),
    "no text.parquet": (parquet(pa.table({"words": ["文"]})), ["none of its columns is known for the text; name the one that holds it with --text-column; there are words"]),
    "day.md": ("---\ndate: 去年冬天\n---\n" + TEXT, ["its front matter is not understood ('去年冬天' is no day; write it as 2023-11-20); mend it; the text below it is read"]),
}  # fmt: skip
READ_ALL_THE_SAME = {"day.csv/2", "day.md", "leads out.zip/ok/d.txt", "half.zip/b.txt", "quote.csv/2", "commas.csv/3", "empty row.jsonl/2", "no json.jsonl/2"}  # fmt: skip


def found_in(path: Path, options: ReadOptions = LIMITS) -> tuple[list[str], list[str]]:
    """What is told of a path, and the names of the bulletins that are read."""
    found = [found for source in find_sources([path], options) for found in read_source(source, options)]
    return [str(f) for f in found if isinstance(f, ReadError)], [f.file for f in found if isinstance(f, Bulletin)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_input_is_told_in_its_sentence(name: str, tmp_path: Path) -> None:
    data, sentences = FAULTS[name]
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    told, read = found_in(tmp_path)
    assert told == [f"{name}{s}" if s.startswith("/") else f"{name}: {s}" for s in sentences]
    assert read == [file for file in read if file in READ_ALL_THE_SAME]


def test_what_stands_beside_a_fault_is_read_all_the_same(tmp_path: Path) -> None:
    for name, (data, _) in FAULTS.items():
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    told, read = found_in(tmp_path)
    assert len(told) == sum(len(sentences) for _, sentences in FAULTS.values())
    assert set(read) == READ_ALL_THE_SAME


# what is no matter of bytes


def make_pipe(folder: Path) -> None:
    os.mkfifo(folder / "x.txt")


def make_socket(folder: Path) -> None:
    place = os.getcwd()
    os.chdir(folder)  # a socket's whole path may be no longer than 107 bytes
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("x.txt")
    os.chdir(place)


def make_dangling(folder: Path) -> None:
    (folder / "x.txt").symlink_to("gone.txt")


def make_circle(folder: Path) -> None:
    (folder / "x.txt").symlink_to("x.txt")


PLACES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (make_pipe, "x.txt: it is no file; give files and folders only"),
    "a socket": (make_socket, "x.txt: it is no file; give files and folders only"),
    "a dangling link": (make_dangling, "x.txt: it is a link to nothing (gone.txt); mend the link or take it away"),
    "a circle": (make_circle, "x.txt: it is a link in a circle (x.txt); mend the link or take it away"),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_is_set_aside_and_not_waited_for(place: str, tmp_path: Path) -> None:
    make, sentence = PLACES[place]
    make(tmp_path)
    (tmp_path / "y.txt").write_text(TEXT, encoding="utf-8")
    assert found_in(tmp_path) == ([sentence], ["y.txt"])


def test_a_file_that_vanishes_during_the_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    (source,) = find_sources([tmp_path])
    (tmp_path / "x.txt").unlink()
    assert [str(f) for f in read_source(source)] == ["x.txt: it was there and is gone; put it back and run again"]


def test_a_file_that_grows_beyond_bounds_during_the_run_is_not_read_further(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"x" * 2_000_000)
    size = os.fstat
    grown = os.stat_result([*size(0)[:6], 10, *size(0)[7:10]])
    monkeypatch.setattr(os, "fstat", lambda _: grown)
    assert [str(f) for f in read_source(Source(path, "x.txt"), LIMITS)] == [
        "x.txt: it has 1 MB, more than the 1 that are read; cut it up, or allow more with --max-mb 2"
    ]


def test_a_file_without_rights_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    opened = Path.open

    def closed(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "x.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", closed)
    assert found_in(tmp_path) == (
        ["x.txt: it cannot be opened (Permission denied); check its place and its rights"],
        [],
    )


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "😀.txt", "站" * 83 + ".txt", "-rf.txt", "a b'\"$(x).txt", "%s%n.txt", "=1+1.txt"]
)
def test_an_odd_name_is_read_and_kept_as_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert found_in(tmp_path) == ([], [name])


@pytest.mark.parametrize(("extra", "name"), [("pdf", "a.pdf"), ("docx", "a.docx"), ("html", "a.html")])
def test_a_reader_that_is_not_installed_is_told_with_the_remedy(
    extra: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = {"pdf": "pypdfium2", "docx": "docx", "html": "trafilatura"}[extra]
    data = {"pdf": pdf(column(60, 720, ["文"])), "docx": docx("文"), "html": b"<html><p>x"}[extra]
    (tmp_path / name).write_bytes(data)
    monkeypatch.setitem(__import__("sys").modules, library, None)
    assert found_in(tmp_path)[0] == [
        f"{name}: no reader of {extra} is installed; install it with: pip install 'jianbao[{extra}]'"
    ]


def test_nothing_that_an_archive_holds_is_written_to_the_disk(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    data = FAULTS["leads out.zip"][0]
    (inside / "a.zip").write_bytes(data if isinstance(data, bytes) else data.encode())
    found_in(inside)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]
    assert stat.S_ISREG((inside / "a.zip").stat().st_mode)
