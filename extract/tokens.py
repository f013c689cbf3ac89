"""Words: jieba's segmentation with the project's own words, in a tokenizer of its own.

Rules read figures on characters, since a segmenter cuts `3000/元奖/补`; words give context: where a name may begin
and end. The tokenizer is made when it is first asked for, and does not touch jieba's global one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .paths import read_pattern_file

if TYPE_CHECKING:
    import jieba


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `[start, end)`, half-open code points of the text that was cut."""

    start: int
    end: int
    text: str


@cache
def tokenizer() -> jieba.Tokenizer:
    """jieba with the words of `patterns/words.yaml` (社工站, 持证社工 …) in its dictionary."""
    from .dictionary import LazyTokenizer

    made = LazyTokenizer()
    for entries in read_pattern_file("words.yaml")["words"].values():
        for entry in entries:
            word = entry["word"] if isinstance(entry, dict) else entry
            if len(word) > 1:
                made.add_word(word)
    return made


def tokenize(text: str) -> list[Token]:
    """The words of `text` in order; together they are the text.

    >>> [token.text for token in tokenize("全市建成社工站12个")]
    ['全市', '建成', '社工站', '12', '个']
    """
    tokens, start = [], 0
    for word in tokenizer().cut(text):
        tokens.append(Token(start, start + len(word), word))
        start += len(word)
    return tokens


def cut_words(text: str) -> list[str]:
    """The words of `text` as strings."""
    return list(tokenizer().cut(text))
