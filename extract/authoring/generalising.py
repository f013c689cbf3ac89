"""Patterns for a figure in its clause, from the words as they are written to a single one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..rules.encoding import COUNTED
from ..rules.language import GAP
from .phrasing import Around, Word

NOUNS = frozenset({"facility", "worker", "cert", "exam", "activity", "training", "area"})
_PLAIN = re.compile(r"[^\d\s\[\](){}|^…]+")
_LONGEST = 12  # characters on either side of the figure that a candidate takes as they are written


def patterns(here: Around) -> Iterator[str]:
    """Patterns for the figure, from specific to broad."""
    telling = [word for word in (*here.before, *here.after) if word.telling]
    nouns = sorted((w for w in telling if w.slot in NOUNS), key=lambda word: _distance(word, here))[:1]
    others = [w for w in telling if w.slot not in NOUNS]
    verbs = sorted(others, key=lambda word: _distance(word, here) - 3 * len(word.text))
    yield _as_written(here)
    for anchors in (verbs[:2], verbs[:1]):
        if anchors and nouns:
            yield _joined([*anchors, *nouns], here)
    for anchors in (verbs[:2], verbs[:1]):
        if anchors:
            yield _joined(anchors, here)
    if nouns:
        yield _joined(nouns, here)


def _distance(word: Word, here: Around) -> int:
    at = here.segment.quantity_at[here.index]
    return at - word.end if word.end <= at else word.start - at - 1


def _as_written(here: Around) -> str:
    """The words on either side of the figure as they stand there, mentions and nouns of a class as slots."""
    left = _beside(reversed(here.before))
    return "".join([*reversed(left), "{" + here.slot + "}", *_beside(here.after)])


def _beside(words: Iterable[Word]) -> list[str]:
    """The words beside a figure, from it on outwards, up to what no pattern can hold."""
    taken: list[str] = []
    length = 0
    for word in words:
        if not _is_plain(word) or length > _LONGEST:
            break
        taken.append(_spelled(word))
        length += len(word.text)
    return taken


def _is_plain(word: Word) -> bool:
    return word.mention or _PLAIN.fullmatch(word.text) is not None


def _spelled(word: Word) -> str:
    return "{" + word.slot + "}" if word.slot and (word.mention or word.slot in NOUNS) else word.text


def _joined(words: Sequence[Word], here: Around) -> str:
    """Some words and the figure in the order of the text, with a gap between any two."""
    at, code = here.segment.quantity_at[here.index], here.segment.code
    parts = sorted([(at, at + 1, "{" + here.slot + "}"), *((w.start, w.end, _spelled(w)) for w in words)])
    made = parts[0][2]
    for (_, end, _), (start, _, spelled) in pairwise(parts):
        made += (" " if _is_short_gap(code[end:start], here) else "…") + spelled
    return made


def _is_short_gap(code: str, here: Around) -> bool:
    """Whether a short gap crosses a stretch of code: it is not long, and holds no other figure and no stop."""
    stops = any(stop in code for stop in here.gap_stops)
    return len(code) <= GAP and not stops and re.search(f"[{COUNTED}]", code) is None


def is_listed(here: Around) -> bool:
    """Whether the figure stands in a list with others of its kind."""
    code, places = here.segment.code, here.segment.quantity_at
    at = places[here.index]
    beside = [pair for pair in pairwise(places) if at in pair]
    return any(re.search("^[^，。；]{0,12}(?:、|和|及)[^，。；]{0,12}$", code[a + 1 : b]) for a, b in beside)
