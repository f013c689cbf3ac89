"""Bytes as text, every character of it where it was."""

from __future__ import annotations

import codecs
import re
from functools import cache

from .bulletin import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000  # characters; a guess needs no more
_PLAUSIBLE = 0.6  # of the characters beyond ASCII: right decodings lie above 0.9, wrong ones below 0.5
_ENOUGH = 16  # bytes or characters that must be right, or anything could be the encoding
_NAMES = {"gb18030": "GB 18030", "big5": "Big5", "big5hkscs": "Big5"}  # the last with 裏, 着 and others
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_TWICE = re.compile("[ä-é][\x80-\xff\u0152-\u2122]{2}")  # a Han character's three bytes, each taken for a character
_COMMON_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·％～　０１２３４５６７８９")


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the name of its encoding.

    A byte-order mark decides (UTF-8, UTF-16, UTF-32) and is left out of the text; then UTF-8; then GB 18030 or Big5,
    whichever gives more characters of its standard's first level (GB/T 2312 rows 16-55, Big5 A440-C67E), the common
    ones. Line ends stay as they are. Raises ReadError for what is empty, binary or in no encoding known here.
    """
    if not data or data.isspace():
        raise ReadError("", "the file is empty", "fill it or take it away")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return checked(data[len(mark) :].decode(encoding)), encoding
            except UnicodeDecodeError as error:
                raise _undecodable(f"byte {error.start + len(mark)} is not {encoding.upper()}") from None
    if b"\0" in data:
        raise _unmarked(data) or _binary()
    try:
        return checked(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        not_utf8, is_cut = error.start, error.reason == "unexpected end of data"
    guesses, broken = [], []
    for encoding in _NAMES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            share = _common_share(data[: min(error.start, _SAMPLE)].decode(encoding, "ignore"), encoding)
            broken.append((share, error.start, encoding))
            continue
        guesses.append((_common_share(text[:_SAMPLE], encoding), encoding, text))
    best = max(guesses, key=lambda guess: guess[0], default=None)
    if best is None or best[0] < _PLAUSIBLE:
        share, at, encoding = max(broken, default=(0.0, 0, ""))
        if share >= _PLAUSIBLE and at > not_utf8 + _ENOUGH:
            reason = f"it is {_NAMES[encoding]} up to byte {at}, where a character is broken or cut off"
            raise ReadError("", reason, "get it whole, or save it again as UTF-8 to have the rest read")
        if unmarked := _unmarked(data):
            raise unmarked
        if is_cut:
            reason = f"it is cut off within its last character (byte {not_utf8}), so that more may be missing"
            raise ReadError("", reason, "get it whole, or save it again as UTF-8 to have the rest read")
        raise _undecodable(f"byte {not_utf8} is not UTF-8, and the text is neither GB 18030 nor Big5")
    return checked(best[2]), best[1]


def checked(text: str) -> str:
    """`text`, if it is one. Raises ReadError for an empty or a binary one, and for one that was encoded twice."""
    if not text or text.isspace():
        raise ReadError("", "the file is empty", "fill it or take it away")
    if "\0" in text or len(_CONTROLS.findall(text, 0, _SAMPLE)) > 0.01 * min(len(text), _SAMPLE):
        raise _binary()
    is_twice = len(_TWICE.findall(text, 0, _ENOUGH * _ENOUGH)) > 3
    if is_twice and _common_share(text[:_SAMPLE], "gb18030") < _PLAUSIBLE / 2:
        reason = "its characters are the bytes of UTF-8, each taken for a character of a western encoding"
        raise ReadError(
            "", reason, "read it as UTF-8 where it comes from, or undo it: iconv -f utf-8 -t latin1 (or cp1252)"
        )
    return text


def _unmarked(data: bytes) -> ReadError | None:
    """The fault of a text in UTF-16 without its mark; None for what is none."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(encoding, "ignore")
        if (
            len(data) % 2 == 0
            and len(text) >= _ENOUGH
            and "\0" not in text
            and _common_share(text, "gb18030") >= _PLAUSIBLE
        ):
            return _undecodable(f"it seems to be {encoding.upper()} without the mark that says so")
    return None


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
