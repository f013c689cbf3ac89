"""Facets: what the words around a figure say of grade, facility, tier and status, and which words are around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.rules.facets import (
    FacetWords,
    facet_words,
    grade_sequence,
    has_facet_word,
    is_target,
    item_after,
    item_before,
    run_head,
)
from extract.rules.segments import Segment

Cut = Callable[[str], Sequence[Segment]]

# words


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("grade", "高级社会工作师", [("高级社会工作师", "senior")]),
        ("grade", "社会工作师", [("社会工作师", "intermediate")]),
        ("grade", "助理社会工作师", [("助理社会工作师", "junior")]),
        ("facility", "社工站", [("社工站", "station")]),
        ("facility", "社工服务中心", [("中心", "centre")]),
        ("facility", "网站和办公室", []),
        ("tier", "乡镇（街道）社工站", [("乡镇（街道）", "township")]),
        ("tier", "县级、村级", [("县级", "county"), ("村级", "village")]),
        ("tier", "社区工作者", []),
        ("per", "每人每月", [("每人每月", "person_month")]),
        ("per", "每站每年", [("每站每年", "station_year")]),
    ],
)
def test_the_longest_word_counts(name: str, text: str, found: list[tuple[str, str]]) -> None:
    words = facet_words(name)
    assert words.all(text) == [value for _, value in found]
    assert words.first(text) == (found[0] if found else None)
    assert words.last(text) == (found[-1] if found else None)


@pytest.mark.parametrize("name", ["grade", "facility", "tier", "per"])
def test_a_word_has_one_value_and_stands_for_it_alone(name: str) -> None:
    words: FacetWords = facet_words(name)
    for word, value in words.values.items():
        assert words.all(word) == ([value] if value else [])


def test_a_facet_word_is_a_grade_a_facility_or_a_tier() -> None:
    told = {text: has_facet_word(text) for text in ("高级", "社工站", "县级", "每人每月", "山塘", "网站", "")}
    assert told == {
        "高级": True,
        "社工站": True,
        "县级": True,
        "每人每月": False,
        "山塘": False,
        "网站": False,
        "": False,
    }


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("初级", ["junior"]),
        ("高、中级", ["senior", "intermediate"]),
        ("初、中、高级", ["junior", "intermediate", "senior"]),
        ("初级/中级/高级", ["junior", "intermediate", "senior"]),
        ("初中高级社工", ["junior", "intermediate", "senior"]),
        ("中高级", ["intermediate", "senior"]),
        ("初中级", ["junior", "intermediate"]),
        ("初级和中级及高级", ["junior", "intermediate", "senior"]),
        ("助理社会工作师、社会工作师和高级社会工作师", ["junior", "intermediate", "senior"]),
        ("高级社会工作师、初中级", ["senior", "junior", "intermediate"]),
        ("初中生和高中生", []),
        ("县级", []),
        ("", []),
    ],
)
def test_grades_come_in_the_order_of_their_names(text: str, grades: list[str]) -> None:
    assert grade_sequence(text) == grades


# noun groups


def around(segments: Sequence[Segment]) -> list[tuple[str, str]]:
    """The words before and after each figure of the first segment."""
    first = segments[0]
    return [(item_before(first, i), item_after(first, i)) for i in range(len(first.quantities))]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("建成乡镇社工站【192个】、县级总站【13个】。", [("建成乡镇社工站", ""), ("县级总站", "")]),
        ("建成【192个】乡镇社工站、【13个】县级总站。", [("建成", "乡镇社工站"), ("", "县级总站")]),
        ("有高级【2人】和中级【42人】，合计", [("有高级", ""), ("中级", "")]),
        ("有【2人】高级和【42人】中级，合计", [("有", "高级"), ("", "中级")]),
        ("全县推进，建成社工站【19个】：", [("建成社工站", "")]),
        ("给予高级、中级【6元】、【3元】；", [("给予高级、中级", ""), ("", "")]),
    ],
)
def test_a_figures_words_lie_between_its_neighbours(paragraph: Cut, text: str, groups: list[tuple[str, str]]) -> None:
    assert around(paragraph(text)) == groups


def test_the_wide_words_before_a_figure_reach_to_the_figure_before_it(paragraph: Cut) -> None:
    (segment,) = paragraph("全县推进，先后投入【8元】，在镇上，新建社工站【19个】。")
    assert [item_before(segment, i, wide=True) for i in (0, 1)] == ["全县推进，先后投入", "，在镇上，新建社工站"]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("【1个】、【2个】和【3个】", [0, 0, 0]),
        ("【1个】站、【2个】室", [0, 1]),
        ("【1个】、【2个】，共【3个】", [0, 0, 2]),
        ("【1个】【2个】", [0, 1]),
        ("【1元】/【2元】以及【3元】", [0, 0, 0]),
    ],
)
def test_a_bare_list_has_a_head(paragraph: Cut, text: str, heads: list[int]) -> None:
    (segment,) = paragraph(text)
    assert [run_head(segment, i) for i in range(len(segment.quantities))] == heads


# targets


@pytest.mark.parametrize(
    "text",
    [
        "全县将建成社工站【19个】。",
        "全县拟新建社工站【19个】。",
        "全县计划建设社工站【19个】。",
        "计划建设社工站【19个】。",
        "力争建成社工站【19个】。",
        "确保社工站达到【19个】。",
        "预计投入【38万元】。",
        "{到2025年|until}，建成社工站【19个】。",
        "{至2025年底|until}，持证社工达到【86人】。",
        "实现持证社工【86人】的目标。",
        "力争建成社工站【19个】、总站【3个】。",
    ],
)
def test_words_that_aim_make_a_target(paragraph: Cut, text: str) -> None:
    (segment,) = paragraph(text)
    assert [is_target(segment, i) for i in range(len(segment.quantities))] == [True] * len(segment.quantities)


@pytest.mark.parametrize(
    "text",
    [
        "全县建成社工站【19个】。",
        "全县已建成社工站【19个】。",
        "计划建设，已建成社工站【19个】。",
        "力争早日建成，目前实际建成社工站【19个】。",
        "将社工纳入网格，共建成社工站【19个】。",
        "{截至2025年底|until}，建成社工站【19个】。",
        "{到目前为止|until}，建成社工站【19个】。",
        "力争早日完工。建成社工站【19个】。",
        "力争{2023年}动工，{2024年}建成社工站【19个】。",
        "实施“社工站建设规划”，建成社工站【19个】。",
        "建成社工站【19个】，{到2025年|until}力争再上台阶。",
    ],
)
def test_facts_are_no_targets(paragraph: Cut, text: str) -> None:
    segment = paragraph(text)[-1]
    assert not is_target(segment, 0)


def test_one_sentence_may_hold_a_fact_and_a_target(paragraph: Cut) -> None:
    (segment,) = paragraph("全县已建成社工站【19个】，力争{到2025年|until}建成社工站【30个】。")
    assert [is_target(segment, i) for i in (0, 1)] == [False, True]
