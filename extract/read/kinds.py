"""What kind of file something is: by its name, and by its first bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from .bulletin import ReadError

KINDS = {
    ".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".mht": "mhtml",
    ".mhtml": "mhtml", ".pdf": "pdf", ".docx": "docx", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv",
    ".tsv": "csv", ".parquet": "parquet", ".zip": "zip",
}  # fmt: skip
"""The kind of each suffix that is read."""

UNREAD = {
    ".doc": "save it as .docx", ".wps": "save it as .docx", ".rtf": "save it as .docx", ".odt": "save it as .docx",
    ".xls": "save its sheet as .csv", ".xlsx": "save its sheet as .csv", ".et": "save its sheet as .csv",
    ".ppt": "save it as .pdf", ".pptx": "save it as .pdf", ".ofd": "save it as .pdf", ".caj": "save it as .pdf",
    ".ceb": "save it as .pdf", ".epub": "save its text as .txt", ".json": "write one object a line (.jsonl)",
    ".rar": "unpack it", ".7z": "unpack it", ".tar": "unpack it", ".gz": "unpack it", ".tgz": "unpack it",
    ".bz2": "unpack it", ".xz": "unpack it",
}  # fmt: skip
"""Suffixes of files that may well hold bulletins and are not read: they are set aside with what to do."""

ARTICLES = {
    "html": "a web page", "pdf": "a PDF", "zip": "a zip archive", "docx": "a Word file", "parquet": "a Parquet file",
    "rtf": "a rich text file", "ole": "an old or locked Office file", "xlsx": "an Excel file", "rar": "a RAR archive",
    "pptx": "a PowerPoint file", "7z": "a 7z archive", "gzip": "a gzip archive",
}  # fmt: skip
_REMEDIES = {
    "rtf": "save it as .docx", "ole": "open it in Office and save it as .docx, without a password",
    "xlsx": "save its sheet as .csv", "pptx": "save it as .pdf", "rar": "unpack it", "7z": "unpack it",
    "gzip": "unpack it",
}  # fmt: skip
_MAGIC = (
    (b"%PDF-", "pdf"), (b"PK\3\4", "zip"), (b"PK\5\6", "zip"), (b"PAR1", "parquet"), (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"), (b"Rar!\x1a", "rar"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b\x08", "gzip"),
)  # fmt: skip
_PAGE_STARTS = (b"<!doctype html", b"<html")


def suffix_of(name: str) -> str:
    """The suffix of a name in lower case, with its dot."""
    return PurePosixPath(name).suffix.lower()


def is_bulletin(name: str) -> bool:
    """Whether a file in a folder or an archive is taken up, going by its name."""
    path = PurePosixPath(name)
    return suffix_of(name) in (KINDS.keys() | UNREAD.keys()) and path.stem.lower() != "readme"


def kind_of(name: str, data: bytes) -> str:
    """The kind of a file with these bytes. Raises ReadError for a name that belies them, or a kind that is not read."""
    suffix = suffix_of(name)
    expected, found = KINDS.get(suffix), kind_by_bytes(data)
    if found in _REMEDIES:
        raise ReadError("", f"it is {ARTICLES[found]}", _REMEDIES[found])
    if suffix in UNREAD:
        raise ReadError("", f"files that end in {suffix} are not read", UNREAD[suffix])
    if expected is None or found is None or found == expected:
        return expected or found or "text"
    if found == "html" and expected not in ("pdf", "docx", "zip", "parquet") and suffix != ".txt":
        return expected
    ending = next(ending for ending, kind in KINDS.items() if kind == found)
    raise ReadError("", f"it is called {suffix} and is {ARTICLES[found]}", f"give it a name that ends in {ending}")


def kind_by_bytes(data: bytes) -> str | None:
    """The kind of file that begins with these bytes; None for plain text and what is not known."""
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if found == "zip":
        return _kind_of_zip(data)
    if found is None and b"%PDF-" in data[:1024] and data[:1] not in b"{[<":
        return "pdf"
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return found or ("html" if head.startswith(_PAGE_STARTS) else None)


def _kind_of_zip(data: bytes) -> str:
    """The kind of Office file that a zip archive is, or `zip`."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        return "docx" if b"word/" in data[:20_000] else "zip"
    offices = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
    if "[Content_Types].xml" in names:
        return next((kind for start, kind in offices.items() if any(n.startswith(start) for n in names)), "zip")
    return "zip"
