"""Bulletins from disk: which files there are, and their bytes as text, every character of it where it was."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SUFFIXES = (".txt", ".md")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000  # characters; a guess needs no more
_PLAUSIBLE = 0.6  # of the characters beyond ASCII: right decodings lie above 0.9, wrong ones below 0.5
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_COMMON_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·％～　０１２３４５６７８９")


class ReadError(ValueError):
    """A file that is no readable bulletin; `str()` is one sentence: where, what is wrong, and how to mend it."""

    def __init__(self, file: str, reason: str, remedy: str) -> None:
        super().__init__(f"{file}: {reason}; {remedy}" if file else f"{reason}; {remedy}")
        self.file = file
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A source file as text. Offsets count its code points: a byte-order mark is not counted, CRLF counts two."""

    file: str
    text: str
    encoding: str


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the name of its encoding.

    A byte-order mark decides (UTF-8, UTF-16, UTF-32) and is left out of the text; then UTF-8; then GB 18030 or Big5,
    whichever gives more characters of its standard's first level (GB/T 2312 rows 16-55, Big5 A440-C67E), the common
    ones. Line ends stay as they are. Raises ReadError for what is empty, binary or in no encoding known here.
    """
    if not data.strip():
        raise ReadError("", "the file is empty", "fill it or take it away")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding)), encoding
            except UnicodeDecodeError as error:
                raise _undecodable(f"byte {error.start + len(mark)} is not {encoding.upper()}") from None
    if b"\0" in data:
        raise _binary()
    try:
        return _checked(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        not_utf8 = error.start
    guesses = []
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        guesses.append((_common_share(text[:_SAMPLE], encoding), encoding, text))
    best = max(guesses, key=lambda guess: guess[0], default=None)
    if best is None or best[0] < _PLAUSIBLE:
        raise _undecodable(f"byte {not_utf8} is not UTF-8, and the text is neither GB 18030 nor Big5")
    return _checked(best[2]), best[1]


def read_bulletin(path: Path, file: str) -> Bulletin:
    """The bulletin at `path`, to be called `file`. Raises ReadError when it cannot be read as text."""
    try:
        text, encoding = decode(path.read_bytes())
    except ReadError as error:
        raise ReadError(file, error.reason, error.remedy) from None
    except OSError as error:
        raise ReadError(file, f"it cannot be opened ({error.strerror})", "check its place and its rights") from None
    return Bulletin(file, text, encoding)


def find_bulletins(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Every bulletin of the given files and folders with the name that outputs call it by.

    A folder gives its `.txt` and `.md` files, at any depth, in the order of their POSIX paths below it, which are
    their names; hidden files and folders are passed over, and so is a README. A file given directly is taken whatever
    its suffix, under its bare name. Where two folders hold the same name, the folder's own name goes before it. A file
    that is reached twice is listed once. Raises ReadError for a path that is not there, and when there is no bulletin.
    """
    found: list[tuple[Path, str, Path]] = []
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise ReadError(str(path), "there is no such file or folder", "check the spelling")
        below = ((p, name) for p, name in _walk(path) if _is_bulletin(p)) if path.is_dir() else [(path, path.name)]
        for file, name in below:
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                found.append((file, name, path if path.is_dir() else path.parent))
    if not found:
        where = ", ".join(str(path) for path in paths) or "."
        raise ReadError(where, "there is no bulletin", f"give a folder with {' or '.join(SUFFIXES)} files, or a file")
    return _told_apart(found)


def find_skipped(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files of the given folders that are no bulletins by their names, which are those of `find_bulletins`."""
    return [(file, name) for path in paths if path.is_dir() for file, name in _walk(path) if not _is_bulletin(file)]


def _is_bulletin(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme" and path.is_file()


def _walk(folder: Path) -> list[tuple[Path, str]]:
    """Every file below `folder` that is not hidden, with its POSIX path below it, in the order of these."""
    return sorted(_files(folder, "", frozenset()), key=lambda item: item[1])


def _files(folder: Path, prefix: str, above: frozenset[str]) -> Iterator[tuple[Path, str]]:
    real = os.path.realpath(folder)
    if real in above:  # a link back to a folder that we are in
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise ReadError(str(folder), f"the folder cannot be opened ({error.strerror})", "check its rights") from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(Path(entry.path), f"{prefix}{entry.name}/", above | {real})
        else:
            yield Path(entry.path), prefix + entry.name


def _told_apart(found: list[tuple[Path, str, Path]]) -> list[tuple[Path, str]]:
    """The files under different names: as many names of folders before a name as tell it from its likes."""
    depth = dict.fromkeys(range(len(found)), 0)
    names = [name for _, name, _ in found]
    while True:
        holders: dict[str, list[int]] = {}
        for index, name in enumerate(names):
            holders.setdefault(name, []).append(index)
        clashes = [i for same in holders.values() if len(same) > 1 for i in same]
        movable = [i for i in clashes if depth[i] < len(found[i][2].resolve().parts) - 1]
        if not movable:
            return [(path, name) for (path, _, _), name in zip(found, names, strict=True)]
        for i in movable:
            depth[i] += 1
            names[i] = "/".join((*found[i][2].resolve().parts[-depth[i] :], found[i][1]))


def _checked(text: str) -> str:
    if not text.strip():
        raise ReadError("", "the file is empty", "fill it or take it away")
    if "\0" in text or len(_CONTROLS.findall(text, 0, _SAMPLE)) > 0.01 * min(len(text), _SAMPLE):
        raise _binary()
    return text


def _binary() -> ReadError:
    return ReadError("", "this is no text but a binary file", "save its text as UTF-8 (.txt) and give that")


def _undecodable(reason: str) -> ReadError:
    return ReadError("", reason, "save it again as UTF-8")


@cache
def _first_level(encoding: str) -> frozenset[str]:
    """The common characters of a standard: GB/T 2312 rows 16-55, or Big5 A440-C67E, with the usual marks."""
    first, last, trails = (0xB0, 0xD7, range(0xA1, 0xFF)) if encoding == "gb18030" else (0xA4, 0xC6, range(0x40, 0xFF))
    chars = (bytes((lead, trail)).decode(encoding, "ignore") for lead in range(first, last + 1) for trail in trails)
    return frozenset("".join(chars)) | _COMMON_MARKS


def _common_share(text: str, encoding: str) -> float:
    """The share of a standard's common characters among those beyond ASCII."""
    beyond = [c for c in text if c > "\x7f"]
    return sum(map(_first_level(encoding).__contains__, beyond)) / len(beyond) if beyond else 0.0
