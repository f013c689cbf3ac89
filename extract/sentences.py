"""Where sentences end in clean text."""

from __future__ import annotations

import re

_ENDS = re.compile("[。！？!?]+[”’」』）)】》〉\\]]*|\n")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The half-open spans of the sentences in `text[start:end]`, in order.

    A sentence ends behind 。！？!? with the quotation marks and brackets that close there, and before a newline, which
    belongs to none. A semicolon or a full stop of Latin script ends none (5.2万). Nothing else is left out.

    >>> sentences("到站了。“走吧！”他说", 0, 10)
    [(0, 4), (4, 8), (8, 10)]
    """
    found: list[tuple[int, int]] = []
    pos = start
    while pos < end:
        mark = _ENDS.search(text, pos, end)
        if mark is None:
            found.append((pos, end))
            break
        stop, after = (mark.start(), mark.end()) if mark[0] == "\n" else (mark.end(), mark.end())
        if mark[0] != "\n" and text[stop : stop + 1] == '"' and stop < end and text.count('"', pos, stop) % 2:
            stop = after = stop + 1
        if stop > pos:
            found.append((pos, stop))
        pos = after
    return found
