"""The tokenizer stage: private, with the project's words, and complete."""

from __future__ import annotations

import jieba
from hypothesis import given
from hypothesis import strategies as st

from extract.tokens import Token, cut_words, tokenize, tokenizer


def test_the_projects_words_stay_whole() -> None:
    assert tokenize("全市建成社工站12个") == [
        Token(0, 2, "全市"),
        Token(2, 4, "建成"),
        Token(4, 7, "社工站"),
        Token(7, 9, "12"),
        Token(9, 10, "个"),
    ]


def test_the_tokenizer_is_private() -> None:
    assert tokenizer() is not jieba.dt
    assert tokenizer() is tokenizer()
    assert "社工站" not in jieba.dt.FREQ


@given(st.text(alphabet=st.sampled_from("全市建成社工站12个，。 \n持证a")))
def test_the_words_together_are_the_text(text: str) -> None:
    assert "".join(cut_words(text)) == text
    assert all(text[token.start : token.end] == token.text for token in tokenize(text))
