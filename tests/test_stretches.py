"""A text of any size is worked on in bounded memory: stretch by stretch, every offset that of the whole file."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import stretches as module
from extract.pipeline import Extraction, extract_bulletin, shipped_rules
from extract.read import Bulletin
from extract.stretches import end_of_stretch, extract_stretches

ARTICLE = "某地社工站建设\n本报讯 截至2021年底，全市已建成社工站{}个，投入资金{}万元。\n\n"


def whole(count: int) -> Bulletin:
    return Bulletin("all.txt", "".join(ARTICLE.format(n, n + 1) for n in range(10, 10 + count)), "utf-8")


def stretches(bulletin: Bulletin) -> list[Extraction]:
    return [extraction for extraction, _ in extract_stretches(bulletin, shipped_rules())]


def test_a_text_of_usual_size_is_one_stretch() -> None:
    assert stretches(whole(3)) == [extract_bulletin(whole(3), shipped_rules())]


def test_articles_of_all_stretches_are_numbered_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STRETCH", 100)
    found = stretches(whole(6))
    assert [row.article_id for part in found for row in part.articles] == ["all#1", "all#2", "all#3"]
    assert [record.value for part in found for record in part.records if record.table == "stations"] == [*range(10, 16)]


@given(st.integers(1, 12), st.integers(30, 300))
def test_every_quote_stands_where_it_says(count: int, size: int) -> None:
    bulletin = whole(count)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "STRETCH", size)
        rows = [row for part in stretches(bulletin) for row in (*part.records, *part.numbers)]
    assert [bulletin.text[row.start : row.end] for row in rows] == [row.quote for row in rows]
    ids = [row.record_id for row in rows if row.record_id]
    assert len(set(ids)) * 2 == len(ids)


@given(st.integers(1, 12), st.lists(st.integers(1, 400), max_size=5), st.integers(30, 300))
def test_a_text_that_comes_in_pieces_gives_the_same(count: int, cuts: list[int], size: int) -> None:
    bulletin = whole(count)
    ends = sorted({0, *cuts, len(bulletin.text)})
    pieces = [bulletin.text[start:end] for start, end in pairwise(ends)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "STRETCH", size)
        assert stretches(replace(bulletin, text=pieces[0], more=pieces[1:])) == stretches(replace(bulletin, more=[""]))


@given(st.text(alphabet="ab\n", max_size=60), st.integers(5, 20))
def test_stretches_together_are_the_text(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "STRETCH", size)
        start, cuts = 0, [0]
        while start < len(text):
            start = end_of_stretch(text, start)
            cuts.append(start)
    assert cuts[-1] == len(text)
    assert all(0 < end - start <= size + 2 for start, end in pairwise(cuts))
