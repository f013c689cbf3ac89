"""Sentences as they are shown beside figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sentences import AROUND, sentence_at, sentence_ends


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("建站45个。投入2.3万元；服务百人！好吗？", ["建站45个。", "投入2.3万元；服务百人！", "好吗？"]),
        ("他说：“建成了。”大家笑了。（完）", ["他说：“建成了。”", "大家笑了。", "（完）"]),
        ("标题\n正文。\n尾", ["标题\n", "正文。", "\n", "尾"]),
        ("", []),
    ],
)
def test_sentences_end_behind_their_closing_marks(text: str, cut: list[str]) -> None:
    ends = sentence_ends(text)
    assert [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b] == cut


@given(st.text("建站3。！\n”", max_size=40))
def test_sentences_end_in_order_and_inside_the_text(text: str) -> None:
    ends = sentence_ends(text)
    assert ends == sorted(set(ends))
    assert all(0 < end <= len(text) for end in ends)


def test_a_sentence_is_shown_whole_and_one_without_end_around_its_figure() -> None:
    assert sentence_at("甲。 建站3个。乙", 2, 8, 5) == "建站3个。"
    endless = "字" * 5000
    assert len(sentence_at(endless, 0, 5000, 2000)) == 2 * AROUND
