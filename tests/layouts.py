"""Other layouts of a clean text, as scans and pasted pages have them: the same words, so the same records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from extract.records import Record

CLEAN_LINE = 64  # columns are narrower; a longer line is a whole paragraph
UNFINISHED = re.compile(r"^.{45,}[^。！？”）；：】\s]\s*$", re.MULTILINE)
STRAY_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff\d])|(?<=\d) (?=[\u4e00-\u9fff])")
HALF_WIDTH = str.maketrans("，：；（）", ",:;()")
FIGURE_EDGE = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])")


def is_clean(text: str) -> bool:
    """Whether each line of a text is a whole paragraph, without stray blanks."""
    long_line = max(map(len, text.splitlines())) > CLEAN_LINE
    return long_line and not UNFINISHED.search(text) and not STRAY_BLANK.search(text)


def wrapped(text: str, width: int, *, blank: bool = False) -> str:
    """The text with its paragraphs cut into lines of `width` characters, with blank lines between them if `blank`."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    cut = [line[at : at + width] for line in lines for at in range(0, len(line), width)]
    return ("\n\n" if blank else "\n").join(cut) + "\n"


def ends_short(text: str, width: int) -> bool:
    """Whether, cut into lines of `width`, each paragraph ends in a line that is plainly shorter than the others."""
    return all(0 < len(line.strip()) % width < 0.75 * width for line in text.splitlines() if line.strip())


def spaced(text: str) -> str:
    """The text with a blank between figures and Chinese characters: 达 1699 人."""
    return FIGURE_EDGE.sub(" ", text)


def indented(text: str) -> str:
    """The text with each paragraph set in by two ideographic blanks."""
    return "".join(f"\u3000\u3000{line.strip()}\n" for line in text.splitlines() if line.strip())


def half_width(text: str) -> str:
    """The text with half-width commas, colons, semicolons and brackets."""
    return text.translate(HALF_WIDTH)


def paged(text: str, lines: int = 3) -> str:
    """The text with a page number below every `lines` paragraphs or lines."""
    pages: list[str] = []
    for number, line in enumerate(text.rstrip("\n").splitlines(), 1):
        pages.append(line)
        if number % lines == 0:
            pages.append(f"第 {number // lines} 页")
    return "\n".join(pages) + "\n"


def apart(text: str) -> str:
    """The text with three blank lines between its paragraphs."""
    return "\n\n\n\n".join(line for line in text.splitlines() if line.strip()) + "\n"


WIDTHS = (20, 24, 28, 32, 36)
LAYOUTS: dict[str, Callable[[str], str]] = {
    "spaced figures": spaced,
    "set-in paragraphs": indented,
    "half-width punctuation": half_width,
    "page numbers": paged,
    "paragraphs apart": apart,
    "carriage returns": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    **{f"lines of {width}": partial(wrapped, width=width) for width in WIDTHS},
    **{f"lines of {width}, blank lines between": partial(wrapped, width=width, blank=True) for width in WIDTHS},
    **{f"lines of {width}, on pages": lambda text, width=width: paged(wrapped(text, width), 17) for width in WIDTHS},
}


SAID = (
    "table", "measure", "value", "low", "high", "bound", "unit", "grade", "place_code", "period_start", "period_end",
)  # fmt: skip


def told(records: Iterable[Record]) -> Counter[tuple[object, ...]]:
    """What records say, without where they stand."""
    return Counter(tuple(getattr(record, name) for name in SAID) for record in records)
