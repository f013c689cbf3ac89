"""The tokenizer stage: private, with the project's words, and complete."""

from __future__ import annotations

import logging
import subprocess
import sys

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dictionary import LazyTokenizer, _dictionary
from extract.tokens import Token, _jieba, _rjieba, cut_words, tokenize, tokenizer


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


def test_rjieba_cuts_as_jieba_does() -> None:
    pytest.importorskip("rjieba", reason="rjieba is an extra: pip install 'jianbao[fast]'")
    for text in ("全市建成社工站12个", "江阳区民政局持证社工达612人", "A B\n2.5万 社工"):
        assert list(_rjieba().cut(text)) == list(_jieba().cut(text))


def test_rjiebas_own_tokenizer_is_neither_made_nor_touched() -> None:
    pytest.importorskip("rjieba", reason="rjieba is an extra: pip install 'jianbao[fast]'")
    asked = (
        "import sys; from extract.tokens import cut_words; print(*cut_words('社工站'), 'rjieba' in sys.modules);"
        "import rjieba; print(*rjieba.cut('社工站')); print(*cut_words('社工站'))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, encoding="utf-8")
    assert told.stdout.splitlines() == ["社工站 False", "社工 站", "社工站"]


def test_a_missing_rjieba_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    with pytest.raises(ModuleNotFoundError):
        _rjieba()


@pytest.fixture(scope="module")
def whole() -> jieba.Tokenizer:
    """jieba's own tokenizer, its dictionary read as a whole."""
    jieba.default_logger.setLevel(logging.CRITICAL)
    made = jieba.Tokenizer()
    made.initialize()
    return made


def test_the_words_read_one_by_one_are_those_of_the_whole_dictionary(whole: jieba.Tokenizer) -> None:
    lazy = LazyTokenizer()
    data, stretches, total = _dictionary()
    for character in stretches:
        lazy._learn(character)
    assert (lazy.FREQ, lazy.total) == (whole.FREQ, whole.total)
    assert total == sum(map(int, data.split()[1::3]))


@given(st.text(alphabet=st.sampled_from("全市县区社会工作站点服务12个，。 \nAB超年")))
def test_a_text_is_cut_as_jieba_cuts_it(whole: jieba.Tokenizer, text: str) -> None:
    assert LazyTokenizer().lcut(text) == whole.lcut(text)
