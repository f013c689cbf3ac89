"""The ledger: the class of a number that no record holds, and which dates are numeric."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.ledger import is_numeric, number_class
from extract.match.mentions import DateMention, Numeral, Quantity


def quantity(text: str, unit: str | None, kind: str, value: str = "3", unit_text: str = "") -> Quantity:
    number = Decimal(value)
    return Quantity(0, len(text), text, number, number, number, "exact", unit, unit_text, kind, 0, len(text))


def date(text: str) -> DateMention:
    return DateMention(0, len(text), text, None, None, "in", "stated")


@pytest.mark.parametrize("name", ["ordinal", "name", "age", "date", "duration"])
def test_a_numeral_that_counts_nothing_has_its_class_already(name: str) -> None:
    assert number_class(Numeral(0, 2, "第3", Decimal(3), name), "个社工站") == name


@pytest.mark.parametrize(("kind", "name"), [("duration", "duration"), ("age", "age"), ("measure", "context")])
def test_durations_ages_and_measures_have_a_class_by_their_kind(kind: str, name: str) -> None:
    assert number_class(quantity("3年", "year", kind), "的社工站") == name


def test_a_date_is_a_date() -> None:
    assert number_class(date("2023年"), "，建成社工站") == "date"


@pytest.mark.parametrize(
    ("mention", "after", "name"),
    [
        (quantity("3支", "item", "count", unit_text="支"), "志愿服务队", "context"),
        (quantity("3个", "item", "count", unit_text="个"), "村", "context"),
        (quantity("3个", "item", "count", unit_text="个"), "社工站", "unexplained"),
        (quantity("3个", "item", "count", unit_text="个"), "乡镇社工站", "unexplained"),
        (quantity("1个", "item", "count", "1", unit_text="个"), "社工站", "unexplained"),
        (quantity("一个", "item", "count", "1", unit_text="个"), "社工站", "context"),
        (quantity("3名", "person", "count", unit_text="名"), "社工", "unexplained"),
        (quantity("3名", "person", "count", unit_text="名"), "村民代表", "context"),
        (quantity("3万元", "CNY", "money", unit_text="万元"), "，", "unexplained"),
        (quantity("3%", "percent", "ratio", unit_text="%"), "，", "unexplained"),
        (quantity("3", None, "bare"), "，", "unexplained"),
    ],
)
def test_a_count_that_no_table_holds_is_context_and_the_rest_is_openly_unexplained(
    mention: Quantity, after: str, name: str
) -> None:
    assert number_class(mention, after) == name


def test_what_another_figure_is_counted_by_is_context() -> None:
    assert number_class(quantity("3个", "item", "count", unit_text="个"), "社工站配1人", "要求每") == "context"


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        ("2023年", True),
        ("二〇二三年十月", True),
        ("２０２３年", True),
        ("“十四五”期间", True),
        ("今年", False),
        ("截至目前", False),
        ("近年来", False),
    ],
)
def test_a_date_is_numeric_when_it_is_written_with_numerals(text: str, numeric: bool) -> None:
    assert is_numeric(date(text)) is numeric
