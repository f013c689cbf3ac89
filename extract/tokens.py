"""Words: jieba's segmentation with the project's own words, in a tokenizer of its own; rjieba's where it is installed.

Rules read figures on characters, since a segmenter cuts `3000/元奖/补`; words give context: where a name may begin
and end, so that records are the same with either. The tokenizer is made when it is first asked for, and does not touch
jieba's global one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any, Protocol, cast

from .paths import read_pattern_file


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `[start, end)`, half-open code points of the text that was cut."""

    start: int
    end: int
    text: str


class Tokenizer(Protocol):
    """What cuts texts into words that together are the text."""

    def cut(self, text: str, /) -> Iterable[str]:
        """The words of `text` in order."""


@cache
def tokenizer() -> Tokenizer:
    """rjieba where it is installed (`pip install 'jianbao[fast]'`), else jieba."""
    try:
        return _rjieba()
    except ModuleNotFoundError:
        return _jieba()


def _jieba() -> Tokenizer:
    """jieba with the words of `patterns/words.yaml` (社工站, 持证社工 …) in its dictionary."""
    from .dictionary import LazyTokenizer

    made = LazyTokenizer()
    for word in _own_words():
        made.add_word(word)
    return cast(Tokenizer, made)


def _rjieba() -> Tokenizer:
    """The same in Rust. Raises ModuleNotFoundError where it is not installed."""
    made = _rjieba_module().Jieba()
    for word in _own_words():
        made.add_word(word, None, None)
    return cast(Tokenizer, made)


def _rjieba_module() -> Any:
    """The module in Rust without the package around it, which reads the dictionary for a tokenizer of its own first.

    Raises ModuleNotFoundError where it is not installed.
    """
    package = find_spec("rjieba")
    inner = package and PathFinder.find_spec("rjieba.rjieba", package.submodule_search_locations)
    if not inner or not inner.loader:
        return import_module("rjieba")
    module = module_from_spec(inner)
    inner.loader.exec_module(module)
    return module


def _own_words() -> Iterator[str]:
    for entries in read_pattern_file("words.yaml")["words"].values():
        words = (entry["word"] if isinstance(entry, dict) else entry for entry in entries)
        yield from (word for word in words if len(word) > 1)


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
