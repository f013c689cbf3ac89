"""Programmes: what is a name of one, and what only stands before the same words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.match.mentions import ProgrammeMention
from extract.match.programmes import find_programmes


def names(text: str) -> list[str]:
    return [mention.name for mention in find_programmes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施“晨光伴读”困境儿童关爱服务项目", ["晨光伴读"]),
        ("承接“暖阳”项目和“护航”计划", ["暖阳", "护航"]),
        ("派出“山海社工计划”队员6名", ["山海社工计划"]),
        ("对接「星火」兒童服務項目", ["星火"]),
        ('依托"百川工程"开展服务', ["百川工程"]),
        ("打造“邻里小院”“银发书屋”等特色服务品牌", ["邻里小院", "银发书屋"]),
        ("形成“邻里小院”、“银发书屋”等12个品牌", ["邻里小院", "银发书屋"]),
        ("“微光·同行”公益创投大赛落幕", ["微光·同行"]),
        ("“银桥”社区慈善基金募资", ["银桥"]),
    ],
)
def test_quoted_words_with_a_head_are_a_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("参与双百工程建设", ["双百工程"]),
        ("牵手计划派出社工", ["牵手计划"]),
        ("启动禾苗行动，", ["禾苗行动"]),
        ("全省春雨计划资助", ["春雨计划"]),
        ("開展牽手計劃", ["牽手計劃"]),
    ],
)
def test_a_proper_name_needs_no_quotation_marks(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "本项目投入5万元", "该工程已完工", "社会工作服务项目", "乡镇社工站提升工程", "制定实施计划", "年度工作计划", "三年行动计划", "全县计划新增站点",
        "开展专项行动", "老人行动不便", "高级工程师", "下半年计划", "民生工程", "惠民项目", "省级重点项目", "计划", "工程",
    ],
)  # fmt: skip
def test_common_nouns_and_verbs_are_no_programmes(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“五社联动”项目", "“六有”标准", "“最后一公里”工程", "“社工+志愿服务”模式", "“最美社工”评选", "“三减三健”行动",
        "“我们要把计划做好，”他说", "“助人自助”的理念", "“晨光”获得省级项目", "“晨光”是一个项目", "《“晨光”项目管理办法》", "“计划”",
    ],
)  # fmt: skip
def test_slogans_speech_and_titles_are_no_programmes(text: str) -> None:
    assert names(text) == []


def test_the_span_takes_in_the_quotation_marks() -> None:
    text = "实施“晨光伴读”服务项目"
    assert find_programmes(text) == [ProgrammeMention(2, 8, "“晨光伴读”", "晨光伴读")]


@given(
    st.text(st.sampled_from('“”"「」《》项目计划工程行动品牌实施的社工双百、等一+。\n') | st.characters(), max_size=60)
)
def test_any_text_gives_ordered_names_with_true_offsets(text: str) -> None:
    found = find_programmes(text)
    assert [m.text for m in found] == [text[m.start : m.end] for m in found]
    assert [m.text.strip('“”"‘’「」『』') for m in found] == [m.name.strip('“”"‘’「」『』') for m in found]
    assert all(a.end <= b.start for a, b in pairwise(found))
