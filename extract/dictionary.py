"""jieba's tokenizer, its dictionary read word by word as texts ask for it.

jieba reads all 350,000 words before it cuts the first: a second, 100 MB, and a cache in a folder that every user of
the machine may write to. Here the words that begin with a character are read when a text first has that character.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b

import jieba

_SAME_FIRST = re.compile(rb"^([\xc0-\xff][\x80-\xbf]*|.)[^\n]*\n?(?:\1[^\n]*\n?)*", re.MULTILINE)
_TOTALS = {"931a1622cc9962c9": 60_101_967}  # of jieba 0.42.1, worked out as for any other


@cache
def _dictionary() -> tuple[bytes, dict[str, list[tuple[int, int]]], int]:
    """The lines `word count tag` of jieba's dictionary, where those of a first character lie, and all counts' sum."""
    with jieba.get_module_res(jieba.DEFAULT_DICT_NAME) as file:
        data: bytes = file.read()
    stretches: dict[str, list[tuple[int, int]]] = {}
    for found in _SAME_FIRST.finditer(data):
        stretches.setdefault(found[1].decode(), []).append(found.span())
    total = _TOTALS.get(blake2b(data, digest_size=8).hexdigest())
    return data, stretches, total or sum(map(int, data.split()[1::3]))


class LazyTokenizer(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's default tokenizer, word for word."""

    def __init__(self) -> None:
        super().__init__()
        self._data, self._stretches, self.total = _dictionary()
        self._known: set[str] = set()
        self.initialized = True

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:
        """Where words of the dictionary end, by where they begin; jieba cuts every sentence along this."""
        if new := set(sentence) - self._known:
            with self.lock:
                for character in new - self._known:
                    self._learn(character)
                    self._known.add(character)
        found: dict[int, list[int]] = super().get_DAG(sentence)
        return found

    def _learn(self, character: str) -> None:
        """Take in the words that begin with a character; as in jieba, all beginnings of a word count 0."""
        for start, end in self._stretches.get(character, ()):
            for line in self._data[start:end].decode().rstrip("\n").split("\n"):
                word, count = line.split(" ")[:2]
                self.FREQ[word] = int(count)
                for stop in range(1, len(word)):
                    self.FREQ.setdefault(word[:stop], 0)
