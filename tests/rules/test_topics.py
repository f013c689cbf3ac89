"""Figures whose clause leaves out the noun, and rows of a table."""

from __future__ import annotations

import pytest

from extract.match.quantities import find_quantities
from extract.pipeline import extract_text
from extract.rules.rows import lend_unit, unit_of_heading


def said(text: str) -> list[tuple[str, str, str | None]]:
    """Quote, measure and tier of each record of a text."""
    return [(record.quote, record.measure, record.tier) for record in extract_text(text).records]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全县拟新建乡镇社工站5个，已建成3个。", [("5个", "built", "township"), ("3个", "existing", "township")]),
        ("全年新增社工站6个，总数达到41个。", [("6个", "built", None), ("41个", "existing", None)]),
        (
            "持证社工队伍不断壮大。2022年达到426人，2023年达到530人。",
            [("426人", "certified", None), ("530人", "certified", None)],
        ),
        (
            "2020年，持证社工只有57人。如今，这个数字变成了263人。",
            [("57人", "certified", None), ("263人", "certified", None)],
        ),
    ],
)
def test_a_bare_verb_counts_what_the_words_before_it_name(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text", ["社工站收到锦旗9面，完成12件。", "新建社工站5个，走访了3个村。", "社工站里人来人往，已有2条狗。"]
)
def test_a_noun_of_its_own_is_not_overruled(text: str) -> None:
    assert [quote for quote, measure, _ in said(text) if quote not in ("5个",)] == []


def test_rows_take_noun_and_unit_from_the_heading_above() -> None:
    text = (
        "四川省泸州市社工站运行情况\n现将全市社工站运行情况通报如下，请各区县对照检查。\n"
        "二、持证社工分布（单位：人）\n江阳区：612\n纳溪区：275\n三、资金拨付（单位：万元）\n合江县：96.5\n（据泸州市民政局）\n"
    )
    records = extract_text(text).records
    assert [(r.quote, r.measure, r.value, r.place_code) for r in records] == [
        ("612", "certified", 612, "510502"),
        ("275", "certified", 275, "510503"),
        ("96.5", "invested", 965000, "510522"),
    ]


@pytest.mark.parametrize(
    ("heading", "unit"), [("二、持证社工（单位：人）", "人"), ("资金（万元）", "万元"), ("三、主要做法（试行）", "")]
)
def test_a_heading_says_its_unit_in_brackets(heading: str, unit: str) -> None:
    assert unit_of_heading(heading) == unit


def test_a_figure_with_a_unit_keeps_it() -> None:
    (quantity,) = find_quantities("12家")
    assert lend_unit(quantity, "万元") == quantity
