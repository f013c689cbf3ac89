"""Sentences as they are shown beside figures."""

from __future__ import annotations

import re

_END = re.compile(r"[。！？!?\n][”’」』）)\"]*")
AROUND = 500  # characters on either side of a figure, where a sentence does not end


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of clean text end, in order: behind 。！？!? and a newline, and the quotes that close there.

    >>> sentence_ends("到站了。“走吧！”他说")
    [4, 8]
    """
    return [match.end() for match in _END.finditer(text)]


def sentence_at(text: str, start: int, end: int, at: int) -> str:
    """The sentence `text[start:end]` without blanks around it; of one without end, what stands around `at`."""
    if end - start > 2 * AROUND:
        start, end = max(start, at - AROUND), min(end, at + AROUND)
    return text[start:end].strip()
