"""What kind of file something is: by its name, and by its first bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from .bulletin import ReadError
from .decoding import decode

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
    "rtf": "save it as .docx", "xlsx": "save its sheet as .csv", "pptx": "save it as .pdf", "rar": "unpack it",
    "7z": "unpack it", "gzip": "unpack it",
}  # fmt: skip
_OLE = (
    ("EncryptedPackage", "it is an Office file locked with a password", "save a copy without one"),
    ("WordDocument", "it is an old Word file (.doc)", "save it as .docx"),
    ("Workbook", "it is an old Excel file (.xls)", "save its sheet as .csv"),
)
"""A stream's name in an Office file of the old form, what such a file is, and what to do."""
_CERTAIN = frozenset(("html", "pdf", "docx", "parquet"))
"""Kinds that are what their first bytes say, whatever the name."""
LOCK_BYTES = 1000  # Office writes 162
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
    if PurePosixPath(name).name.startswith("~$") and len(data) < LOCK_BYTES:
        raise ReadError("", "it is the lock file of a document that is open in Office", "nothing is lost; take it away")
    if found == "ole":
        raise ReadError("", *_told_of_ole(data))
    if found in _REMEDIES:
        raise ReadError("", f"it is {ARTICLES[found]}", _REMEDIES[found])
    if suffix in UNREAD and found not in _CERTAIN:
        raise ReadError("", f"files that end in {suffix} are not read", UNREAD[suffix])
    if found is None and expected in ("pdf", "docx", "zip") and _is_text(data):
        raise ReadError("", f"it is called {suffix} and is plain text", "give it a name that ends in .txt")
    if expected is None and suffix not in UNREAD:
        return found or "text"
    if found is None or found == expected:
        return expected or "text"
    if found == "html" and expected not in (None, "pdf", "docx", "zip", "parquet") and suffix != ".txt":
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


def _told_of_ole(data: bytes) -> tuple[str, str]:
    """What an Office file of the old form is, and what to do."""
    for stream, reason, remedy in _OLE:
        if stream.encode("utf-16-le") in data:
            return reason, remedy
    return f"it is {ARTICLES['ole']}", "open it in Office and save it as .docx, without a password"


def _is_text(data: bytes) -> bool:
    try:
        return bool(decode(data))
    except ReadError:
        return False


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
