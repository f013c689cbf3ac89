"""What a person looks at: marks on a text, figures in words, and nothing that commands a terminal."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import ArticleRow, NumberRow, Record
from extract.show import printable
from extract.views import ArticleView, article_html, figure, period, segments


def record(**fields: Any) -> Record:
    made: dict[str, Any] = dict.fromkeys(Record.model_fields)
    made |= {"record_id": "r1", "table": "funds", "measure": "allowance", "value": Decimal(300), "bound": "exact"}
    made |= {"unit": "CNY", "status": "actual", "article_id": "a#1", "file": "a.txt", "start": 3, "end": 5}
    return Record.model_validate(made | {"quote": "", "sentence": "", "rule": "funds.a", "checks": ()} | fields)


def number(start: int, end: int, number_class: str = "unexplained") -> NumberRow:
    made: dict[str, Any] = dict.fromkeys(name for name in NumberRow.model_fields if name != "number_class")
    made |= {"article_id": "a#1", "file": "a.txt", "quote": "", "sentence": "", "number_class": number_class}
    return NumberRow.model_validate(made | {"start": start, "end": end})


def shown(text: str, *marks: Record | NumberRow, start: int = 0) -> ArticleView:
    article = ArticleRow(
        article_id="a#1", file="a.txt", title="题", source=None, published=None, place=None, place_code=None,
        start=start, end=start + len(text),
    )  # fmt: skip
    records = tuple(mark for mark in marks if isinstance(mark, Record))
    return ArticleView(article, text, records, tuple(mark for mark in marks if isinstance(mark, NumberRow)))


def test_a_text_is_cut_where_marks_begin_and_end() -> None:
    whole, part = record(start=11, end=15), record(record_id="r2", start=13, end=17)
    assert list(segments(shown("零一二三四五六七八九", whole, part, start=10))) == [
        ("零", ()),
        ("一二", (whole,)),
        ("三四", (whole, part)),
        ("五六", (part,)),
        ("七八九", ()),
    ]


def test_a_number_that_made_a_record_is_marked_once() -> None:
    made = record()
    assert list(segments(shown("共计有三百元", made, number(3, 5, "record")))) == [
        ("共计有", ()),
        ("三百", (made,)),
        ("元", ()),
    ]


@given(st.text(max_size=12), st.lists(st.tuples(st.integers(-3, 20), st.integers(0, 9)), max_size=5), st.integers(0, 9))
def test_the_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int]], start: int) -> None:
    view = shown(text, *(number(first, first + length) for first, length in spans), start=start)
    assert "".join(piece for piece, _ in segments(view)) == text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "300 CNY"),
        ({"bound": "over", "per": "station_year"}, "over 300 CNY a station_year"),
        ({"value": None, "low": Decimal(200), "high": Decimal(500), "bound": "range"}, "200…500 CNY"),
        ({"value": None, "high": Decimal("0.5"), "bound": "at_most"}, "at_most …0.5 CNY"),
    ],
)
def test_a_figure_is_told_in_words(fields: dict[str, Any], words: str) -> None:
    assert figure(record(**fields)) == words


def test_a_mention_without_a_value_has_no_figure() -> None:
    assert figure(number(0, 1, "date")) == ""


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2023-01-01", "2023-12-31", "2023"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-02-01", "2023-03-31", "2023-02-01…2023-03-31"),
        ("2021-01-01", "2023-12-31", "2021-01-01…2023-12-31"),
        ("2023-10-05", "2023-10-05", "2023-10-05…2023-10-05"),
        ("2018-01-01", None, "2018-01-01…"),
        (None, "9999-12-31", "…9999-12-31"),
        (None, None, "近年来"),
    ],
)
def test_a_period_is_told_in_short(start: str | None, end: str | None, told: str) -> None:
    days = [day and datetime.date.fromisoformat(day) for day in (start, end)]
    assert period(record(period_start=days[0], period_end=days[1], period_text="近年来")) == told


def test_a_page_cannot_be_broken_by_a_text() -> None:
    html = article_html(shown('<script>"三百"</script>', record(start=9, end=11, group='"><b>')))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


@given(st.text())
def test_no_control_character_reaches_a_terminal(text: str) -> None:
    assert not [char for char in printable(text) if char not in "\t\n" and (char < " " or "\x7f" <= char < "\xa0")]
