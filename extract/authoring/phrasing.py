"""The words around a figure: what a phrasing consists of, and the open numbers of a corpus by their phrasings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from ..passages import find_passages, match_article
from ..paths import read_pattern_file
from ..pipeline import sentence_article
from ..rules.encoding import KINDS, MENTION_SLOTS, mention_kind
from ..rules.language import Vocabulary
from ..rules.segments import Segment
from ..tokens import tokenize

if TYPE_CHECKING:
    import pandas as pd

Plain = dict[str, Any]

_CLAUSE = "，；：。！？,;!?\n"
_WORD = re.compile(r"[\u4e00-\u9fff]+")
_STRETCH = re.compile(r"[\ue000-\uf8ff]|[^\ue000-\uf8ff]+")
_SLOT_OF_KIND = {KINDS.index(name): name for name in KINDS if not name.startswith("other")} | {
    KINDS.index("other_items"): "items",
    KINDS.index("other"): "any",
}
_MENTION_OF_KIND = {kind: name for name, kind in MENTION_SLOTS.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause at `[start, end)` of its segment's code: as written, and the slot that can stand for it.

    `telling` is whether it says what a figure is about: no function word, no mention, no mark.
    """

    text: str
    start: int
    end: int
    slot: str | None
    telling: bool
    mention: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """A figure in its clause: the slot that reads it, and the words before and after it, in the order of the text."""

    segment: Segment
    index: int
    slot: str
    before: tuple[Word, ...]
    after: tuple[Word, ...]
    gap_stops: tuple[str, ...]


@cache
def function_words() -> frozenset[str]:
    """Words that tell little of what a figure says."""
    return frozenset(read_pattern_file("authoring.yaml")["function_words"])


def around(segment: Segment, index: int, vocabulary: Vocabulary) -> Around:
    """The words around figure `index` of a segment, up to the ends of its clause."""
    at, code = segment.quantity_at[index], segment.code
    start = max(code.rfind(mark, 0, at) for mark in _CLAUSE) + 1
    stops = [stop for mark in _CLAUSE if (stop := code.find(mark, at)) >= 0]
    end = min(stops, default=len(code))
    before = tuple(_words(code, start, at, vocabulary))
    after = tuple(_words(code, at + 1, end, vocabulary))
    return Around(segment, index, _SLOT_OF_KIND[mention_kind(code[at])], before, after, vocabulary.gap_stops)


def _words(code: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Word]:
    classes = _class_of(vocabulary)
    for stretch in _STRETCH.finditer(code, start, end):
        if "\ue000" <= stretch[0] <= "\uf8ff":
            kind = mention_kind(stretch[0])
            slot = _MENTION_OF_KIND.get(kind) or f"_{_SLOT_OF_KIND.get(kind, 'any')}"
            yield Word(stretch[0], stretch.start(), stretch.end(), slot, False, True)
            continue
        for token in tokenize(stretch[0]):
            first = stretch.start() + token.start
            telling = _WORD.fullmatch(token.text) is not None and token.text not in function_words()
            yield Word(token.text, first, first + len(token.text), classes.get(token.text), telling)


def _class_of(vocabulary: Vocabulary) -> dict[str, str]:
    """The word class of each word; of several, the first in the order of the file."""
    found: dict[str, str] = {}
    for name, words in vocabulary.classes.items():
        for word, _ in words.words:
            found.setdefault(word, name)
    return found


def locate(text: str, start: int, end: int) -> tuple[Segment, int] | None:
    """The segment and the number of the quantity that `text[start:end]` overlaps; None where none does."""
    article = sentence_article(text)
    for passage in find_passages(article, match_article(article)):
        for segment in passage.segments:
            for index, quantity in enumerate(segment.quantities):
                if quantity.start < end and start < quantity.end:
                    return segment, index
    return None


# open numbers by their phrasings


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Open numbers that are worded alike: `sentence` is the first of them with its figure marked, `rows` are all."""

    words: str
    count: int
    files: int
    sentence: str
    rows: tuple[Plain, ...]


class Phrasings(Sequence[Phrasing]):
    """The phrasings of a corpus's open numbers, the most frequent first."""

    def __init__(self, found: Iterable[Phrasing]) -> None:
        self._found = tuple(found)

    def __getitem__(self, number: Any) -> Any:
        return self._found[number]

    def __len__(self) -> int:
        return len(self._found)

    def frame(self) -> pd.DataFrame:
        """A row a phrasing: its words, how many numbers and files it is in, and a sentence."""
        import pandas as pd

        return pd.DataFrame([{n: getattr(p, n) for n in ("words", "count", "files", "sentence")} for p in self._found])

    def told(self, most: int = 30) -> str:
        """The first phrasings in lines: how many numbers, the words, and a sentence with its figure marked."""
        shown = self._found[:most]
        numbers, covered = sum(p.count for p in self._found), sum(p.count for p in shown)
        lines = [f"{p.count:>5}  {p.words}\n       {p.sentence}" for p in shown]
        return "\n".join([f"{numbers} open numbers, {covered} of them in these {len(shown)} phrasings", *lines])

    __str__ = told

    def __repr__(self) -> str:
        return f"<{len(self)} phrasings of {sum(p.count for p in self._found)} open numbers>"

    def _repr_html_(self) -> str:
        cells = ((str(p.count), p.words, p.sentence) for p in self._found)
        rows = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in cells)
        return f"<table><tr><th>numbers</th><th>phrasing</th><th>sentence</th></tr>{rows}</table>"


def phrasings(open_numbers: Iterable[Plain], vocabulary: Vocabulary) -> Phrasings:
    """The rows of the ledger that nothing explains, grouped by a word beside them, the largest group first.

    Of the words beside a figure the one counts that most of the numbers not grouped yet have, so that rules for the
    first groups cover as many numbers as so many rules can.
    """
    left = {number: (row, _signs(row, vocabulary)) for number, row in enumerate(open_numbers)}
    having: dict[str, set[int]] = {}
    for number, (_, signs) in left.items():
        for sign in signs:
            having.setdefault(sign, set()).add(number)
    made = []
    while left:
        sign = max(having, key=lambda sign: (len(having[sign]), sign))
        rows = tuple(left.pop(number)[0] for number in sorted(having.pop(sign)))
        made.append(Phrasing(sign, len(rows), len({row["file"] for row in rows}), marked(rows[0]), rows))
        having = {other: held for other, numbers in having.items() if (held := numbers & left.keys())}
    return Phrasings(made)


def figure_in(row: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the figure of a row of the ledger stands in the row's sentence, which has no stray blanks."""
    for quote in (str(row["quote"]), "".join(str(row["quote"]).split())):
        at = row["sentence"].find(quote)
        if at >= 0:
            return at, at + len(quote)
    return None


def marked(row: Plain) -> str:
    """The sentence of a row of the ledger with its figure marked."""
    found, sentence = figure_in(row), str(row["sentence"])
    return f"{sentence[: found[0]]}【{sentence[slice(*found)]}】{sentence[found[1] :]}" if found else sentence


def _signs(row: Plain, vocabulary: Vocabulary) -> list[str]:
    """What can stand for the phrasing of a figure: its slot with the nearest telling word before it, or after it."""
    span = figure_in(row)
    found = locate(row["sentence"], *span) if span else None
    if found is None:
        return [str(row["quote"])]
    here = around(*found, vocabulary)
    slot = "{" + here.slot + "}"
    before = [f"{_sign(word)} {slot}" for word in here.before if word.telling][-1:]
    after = [f"{slot} {_sign(word)}" for word in here.after if word.telling][:1]
    return [*before, *after] or [slot]


def _sign(word: Word) -> str:
    return "{" + word.slot + "}" if word.slot else word.text
