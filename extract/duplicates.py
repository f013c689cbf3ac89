"""Articles that tell what another one tells: the same story in several outlets, so that totals do not count it twice.

Each article gives a sketch of fixed size: one hash for each of 128 parts of its shingles of three characters, after
Li, Owen and Zhang, One permutation hashing (2012), and the 32 least hashes of its figures. Articles whose sketches
agree in one of 32 bands of four are compared; time is linear in the articles but for a sort, and memory is that of one
band.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

PARTS = 128  # of the shingles, a hash each
FIGURES = 32  # hashes of figures that a sketch holds; more of them are sampled
ROWS = 4  # hashes that a band holds: articles alike by 0.5 meet in one of 32 with probability 0.87, by 0.7 with 0.9998
SHINGLE = 3  # characters
ALIKE = 0.5  # of the shingles that either has, both have
HELD = 0.8  # of the figures of an article, the one that it repeats has too
SKETCH_BYTES = 4 * (PARTS + FIGURES)
LEAST_CHARS = 40  # a shorter text says too little to be known again
FEW = 1000  # sketches
_EMPTY = 0xFFFFFFFF
_LETTERS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[%‰]?[\u3400-\u9fff]?")
_OWN_BITS = 32 - (PARTS - 1).bit_length()
_OWN = (1 << _OWN_BITS) - 1
_STEP = 0x9E3779B1  # 2**32 over the golden ratio: parts that stayed empty borrow, and differ by how far


def sketch(text: str) -> bytes:
    """The sketch of an article's text, `SKETCH_BYTES` long; the same whatever its line breaks, blanks and marks.

    Empty for a text that is too short to be known again.
    """
    plain = _LETTERS.sub("", text)
    if len(plain) < LEAST_CHARS:
        return b""
    letters = plain.encode("utf-16-le", "surrogatepass")
    shingles = {zlib.crc32(letters[at : at + 2 * SHINGLE]) for at in range(0, len(letters) - 2 * SHINGLE + 1, 2)}
    figures = sorted({zlib.crc32(found.encode()) for found in _FIGURE.findall(re.sub(r"\s+", "", text))})[:FIGURES]
    return struct.pack(f"<{PARTS + FIGURES}I", *_least(shingles), *figures, *[_EMPTY] * (FIGURES - len(figures)))


def _least(hashes: set[int]) -> list[int]:
    """The least hash of each part; the uppermost bits of a hash say which part it is of.

    A part that has none takes that of the next one that has, changed by how far that is.
    """
    least: dict[int, int] = {}
    for value in sorted(hashes, reverse=True):
        least[value >> _OWN_BITS] = value
    filled = [0] * PARTS
    first = min(least)
    held, away = least[first] & _OWN, first
    for part in reversed(range(PARTS)):
        if part in least:
            held, away = least[part] & _OWN, 0
        else:
            away += 1
        filled[part] = (held + away * _STEP) & _EMPTY
    return filled


def repeated(lines: Callable[[], Iterator[str]], passing: Path) -> Iterator[tuple[str, str, float]]:
    """The articles that repeat another, in their order: its id, the other's, and how alike they are, 0 to 1.

    `lines` gives the lines of all articles, as often as it is called: the id and the sketch in base 64, as a JSON list.
    `passing` is where a file may lie for a while that holds the sketches.
    """
    with passing.open("wb") as file:
        for line in lines():
            file.write(base64.b64decode(json.loads(line)[1]))
    found = _repeats_in(passing) if _can_meet(passing) else {}
    passing.unlink()
    asked = found.keys() | {row for row, _ in found.values()}
    names = {row: json.loads(line)[0] for row, line in enumerate(lines()) if row in asked}
    for row, (other, alike) in found.items():
        yield names[row], names[other], alike


def _can_meet(path: Path) -> bool:
    """Whether two sketches may agree in a band; of many it is taken for granted, of few it spares the load of numpy."""
    if path.stat().st_size > FEW * SKETCH_BYTES:
        return True
    data, seen, size = path.read_bytes(), set[tuple[int, bytes]](), 4 * ROWS
    for start in range(0, len(data), SKETCH_BYTES):
        keys = {(at, data[start + at : start + at + size]) for at in range(0, 4 * PARTS, size)}
        if not seen.isdisjoint(keys):
            return True
        seen |= keys
    return False


def _repeats_in(path: Path) -> dict[int, tuple[int, float]]:
    import numpy as np

    return find_repeats(np.asarray(np.memmap(path, mode="r")).reshape(-1, SKETCH_BYTES))  # plain rows are cut faster


def find_repeats(sketches: np.ndarray[Any, Any]) -> dict[int, tuple[int, float]]:
    """For each row that repeats another: that row, which repeats none itself, and how alike they are, 0 to 1.

    `sketches` has a row of `SKETCH_BYTES` bytes an article, and may lie on disk. Of two that are alike the one with
    fewer figures repeats the other, so that no figure is lost with it; the later one, where they have as many.
    """
    import numpy as np

    words = sketches.view("<u4")
    best: dict[int, tuple[int, float]] = {}
    for band in range(0, PARTS, ROWS):
        for ones, others in _meetings(np.ascontiguousarray(words[:, band : band + ROWS])):
            for first in range(0, len(ones), 10_000):  # pairs that are compared at a time
                _compare(words, ones[first : first + 10_000], others[first : first + 10_000], best)
    return {row: (_root(row, best), best[row][1]) for row in sorted(best)}


def _root(row: int, best: dict[int, tuple[int, float]]) -> int:
    """The row at the end of what repeats what; each step goes to one with more figures, or to an earlier one."""
    while row in best:
        row = best[row][0]
    return row


def _meetings(band: np.ndarray[Any, Any]) -> Iterator[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """Pairs of rows that agree in a band: each with the last before it that does, and with the first of all that do."""
    import numpy as np

    keys = band.view("V16").reshape(-1)
    order = np.argsort(keys, kind="stable")
    is_same = keys[order[1:]] == keys[order[:-1]]
    begins = np.concatenate(([0], np.flatnonzero(~is_same) + 1)) if len(order) else np.zeros(0, dtype=int)
    first = np.repeat(order[begins], np.diff(np.append(begins, len(order))))
    yield order[1:][is_same], order[:-1][is_same]
    is_third = np.append(False, is_same) & np.append([False, False], is_same[:-1])[: len(order)]
    yield order[is_third], first[is_third]


def _compare(
    words: np.ndarray[Any, Any],
    ones: np.ndarray[Any, Any],
    others: np.ndarray[Any, Any],
    best: dict[int, tuple[int, float]],
) -> None:
    """Note the pairs that are alike enough, where the one with fewer figures has hardly any of its own."""
    import numpy as np

    alike = (words[ones, :PARTS] == words[others, :PARTS]).mean(axis=1)
    is_alike = alike >= ALIKE
    ones, others, alike = ones[is_alike], others[is_alike], alike[is_alike]
    figures = [(words[rows, PARTS:] != _EMPTY).sum(axis=1) for rows in (ones, others)]
    is_whole = (figures[0] > figures[1]) | ((figures[0] == figures[1]) & (ones < others))
    rows, wholes = np.where(is_whole, others, ones), np.where(is_whole, ones, others)
    for row, whole, share in zip(rows.tolist(), wholes.tolist(), alike.round(3).tolist(), strict=True):
        known = best.get(row)
        if known is None or (-share, whole) < (-known[1], known[0]):
            few, more = (set(words[at, PARTS:].tolist()) - {_EMPTY} for at in (row, whole))
            if _held(few, more) >= HELD:
                best[row] = whole, share


def _held(few: set[int], more: set[int]) -> float:
    """The share of the figures `few` that is among `more`, told by the least of their hashes; 1 where there is none."""
    bound = min((max(held) for held in (few, more) if len(held) == FIGURES), default=_EMPTY)
    asked = {figure for figure in few if figure <= bound}
    return len(asked & more) / len(asked) if asked else 1.0
