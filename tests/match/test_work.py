"""How much the matchers do: in proportion to the text, whatever it is made of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.match.dates import find_dates
from extract.match.places import find_places
from extract.match.programmes import find_programmes
from extract.match.quantities import find_quantities, scan_numbers

FINDERS: tuple[Callable[[str], object], ...] = (
    find_quantities,
    scan_numbers,
    find_dates,
    find_places,
    find_programmes,
)
UNITS = """
1 一 十四五 廿 一名社工 一年打基础、两年上台阶 ( （ “ 〔 《 " 、 万 十 近 年 县 镇 半 第 至 自 — 1, 1、 1至 1— 1/ 1. 1: 1+ 一又 一分之 1,234, 百分之 至少配备 （一）
2023年 2023 3月 今年 以来 南宁市 朝阳区 新河镇 “五社” 1元 ￥1 3块5毛 三、五、 万元 单位：万元1 二、三 http:// 项目 双百工程
"""


def work(find: Callable[[str], object], text: str) -> int:
    """The calls of functions, of Python and of its libraries, that a search makes."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    find(text)  # what is read or compiled once does not count
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("find", FINDERS)
@pytest.mark.parametrize("unit", [*UNITS.split(), " ", "\n", "1 ", "1\n"])
def test_four_times_the_text_is_four_times_the_work(find: Callable[[str], object], unit: str) -> None:
    short, long = work(find, unit * 60), work(find, unit * 240)
    assert long <= 4.5 * short + 200


@given(st.lists(st.sampled_from(UNITS.split()), min_size=1, max_size=6).map("".join))
@settings(max_examples=60, deadline=None)
def test_so_it_is_for_whatever_is_repeated(unit: str) -> None:
    for find in FINDERS:
        assert work(find, unit * 80) <= 4.5 * work(find, unit * 20) + 200
