"""Quantities: value, bound and unit of every number that counts, and nothing lost on the way."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract.match import items
from extract.match.mentions import Numeral, Quantity
from extract.match.plain_figures import NUMERAL_CHARACTERS
from extract.match.quantities import KINDS, find_quantities, scan_numbers
from extract.match.words import number_words
from extract.paths import read_pattern_file

Told = tuple[str, str, str, str | None]


def shown(number: Decimal | None) -> str:
    return "-" if number is None else f"{number:f}"


def told(text: str) -> list[Told]:
    """Each quantity as words, value (or both ends of a range), bound and unit."""
    return [
        (q.text, shown(q.value) if q.value is not None else f"{shown(q.low)}..{shown(q.high)}", q.bound, q.unit)
        for q in scan_numbers(text)
        if isinstance(q, Quantity)
    ]


def only(text: str) -> Quantity:
    (quantity,) = [m for m in scan_numbers(text) if isinstance(m, Quantity)]
    return quantity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县有社工站27个", [("27个", "27", "exact", "item")]),
        ("报名者3,618人", [("3,618人", "3618", "exact", "person")]),
        ("共９０６名社工", [("９０６名", "906", "exact", "person")]),
        ("甲一11人", [("11人", "11", "exact", "person")]),
        ("两家机构承接四个镇的服务", [("两家", "2", "exact", "site"), ("四个", "4", "exact", "item")]),
        ("走访64户151人", [("64户", "64", "exact", "household"), ("151人", "151", "exact", "person")]),
        ("服务1.7万人（次）", [("1.7万人（次）", "17000", "exact", "person_time")]),
        ("学员达3.6万", [("3.6万", "36000", "exact", None)]),
        ("办班六期、讲座十一场", [("六期", "6", "exact", "session"), ("十一场", "11", "exact", "event")]),
        ("工作半年", [("半年", "0.5", "exact", "year")]),
        ("入行一年半", [("一年半", "1.5", "exact", "year")]),
        ("每次两个半小时", [("两个半小时", "2.5", "exact", "hour")]),
        ("身高一米七", [("一米七", "1.7", "exact", "m")]),
        ("用地6亩", [("6亩", "4000", "exact", "m2")]),
        ("十打毛巾", [("十打", "120", "exact", "dozen")]),
        ("每万名常住人口", [("万名", "10000", "exact", "person")]),
        ("每万城镇人口", [("万城镇人口", "10000", "exact", "resident")]),
        ("每万当地老人", [("万", "10000", "exact", None)]),
        ("答案是四。", [("四", "4", "exact", None)]),
        ("共计三百一十六。", [("三百一十六", "316", "exact", None)]),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入65.2万元", ("65.2万元", "652000", "exact", "CNY")),
        ("奖励伍佰元整", ("伍佰元整", "500", "exact", "CNY")),
        ("补助人民币8万元", ("人民币8万元", "80000", "exact", "CNY")),
        ("每箱￥260", ("￥260", "260", "exact", "CNY")),
        ("捐款US$90", ("US$90", "90", "exact", "USD")),
        ("捐款1.1万美元", ("1.1万美元", "11000", "exact", "USD")),
        ("捐款港币六百元", ("港币六百元", "600", "exact", "HKD")),
        ("折合2万元欧元", ("2万元欧元", "20000", "exact", "EUR")),
        ("单价12元5角", ("12元5角", "12.5", "exact", "CNY")),
        ("单价12元5角八分", ("12元5角八分", "12.58", "exact", "CNY")),
        ("找零3角", ("3角", "0.3", "exact", "CNY")),
        ("两个亿的资金", ("两个亿", "200000000", "exact", None)),
        ("折合5美元50美分", ("5美元50美分", "5.5", "exact", "USD")),
        ("售价10日元", ("10日元", "10", "exact", "JPY")),
        ("买菜三块五毛五", ("三块五毛五", "3.55", "exact", "CNY")),
        ("买菜3块5，", ("3块5", "3.5", "exact", "CNY")),
        ("找回八毛五，", ("八毛五", "0.85", "exact", "CNY")),
        ("单价十块零五毛", ("十块零五毛", "10.5", "exact", "CNY")),
        ("单价12元零5分", ("12元零5分", "12.05", "exact", "CNY")),
        ("计柒拾元贰角伍分", ("柒拾元贰角伍分", "70.25", "exact", "CNY")),
        ("捐款USD 260", ("USD 260", "260", "exact", "USD")),
        ("捐款3,100 EUR", ("3,100 EUR", "3100", "exact", "EUR")),
        ("捐款700€", ("700€", "700", "exact", "EUR")),
        ("捐款港纸四百", ("港纸四百", "400", "exact", "HKD")),
        ("捐款挪威克朗900", ("挪威克朗900", "900", "exact", "NOK")),
        ("捐款20块美金", ("20块美金", "20", "exact", "USD")),
        ("薪酬3k美元", ("3k美元", "3000", "exact", "USD")),
        ("千把块钱", ("千把块钱", "1000", "about", "CNY")),
        ("￥300-￥600", ("￥300-￥600", "300..600", "range", "CNY")),
    ],
)
def test_money_is_in_the_unit_of_its_currency(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长31.4%", ("31.4%", "31.4", "exact", "percent")),
        ("占常住人口的1.9‰", ("1.9‰", "0.19", "exact", "percent")),
        ("提高2.5个百分点", ("2.5个百分点", "2.5", "exact", "percent")),
        ("占百分之四十二", ("百分之四十二", "42", "exact", "percent")),
        ("实现百分百覆盖", ("百分百", "100", "exact", "percent")),
        ("占四分之一", ("四分之一", "25", "exact", "percent")),
        ("占比1/8", ("1/8", "12.5", "exact", "percent")),
        ("占六成", ("六成", "60", "exact", "percent")),
        ("提高0.5百分点", ("0.5百分点", "0.5", "exact", "percent")),
        ("占四成弱", ("四成弱", "40", "nearly", "percent")),
        ("占四分之一强", ("四分之一强", "25", "over", "percent")),
        ("百分之百强制", ("百分之百", "100", "exact", "percent")),
        ("占六成五", ("六成五", "65", "exact", "percent")),
        ("占三成半", ("三成半", "35", "exact", "percent")),
        ("按八五折计", ("八五折", "85", "exact", "percent")),
        ("占一半", ("一半", "50", "exact", "percent")),
        ("赞成者过半", ("过半", "50", "over", "percent")),
        ("同比-3.2%", ("-3.2%", "-3.2", "exact", "percent")),
        ("增长2.5倍", ("2.5倍", "2.5", "exact", "times")),
        ("三年翻了两番", ("两番", "2", "exact", "times")),
        ("翻了近一番", ("近一番", "1", "nearly", "times")),
    ],
)
def test_ratios_are_percentages_or_multiples(text: str, expected: Told) -> None:
    assert [mention for mention in told(text) if mention[3] != "year"] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$40，600美元", [("$40", "40", "exact", "USD"), ("600美元", "600", "exact", "USD")]),
        ("￥40，600人", [("￥40", "40", "exact", "CNY"), ("600人", "600", "exact", "person")]),
        ("￥4，600元", [("￥4，600元", "4600", "exact", "CNY")]),
        ("每人5元3次", [("5元", "5", "exact", "CNY"), ("3次", "3", "exact", "event")]),
        ("奖50元15分", [("50元", "50", "exact", "CNY"), ("15分", "15", "exact", "point")]),
        ("募集三百万", [("三百万", "3000000", "exact", None)]),
        ("三毛的故事", []),
    ],
)
def test_money_ends_where_other_things_begin(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_a_lone_numeral_is_a_number_even_where_it_could_be_a_date() -> None:
    assert [(q.text, q.value) for text in ("十一", "2018") for q in find_quantities(text)] == [
        ("十一", 11),
        ("2018", 2018),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三又1/8", "3.125"),
        ("一又十分一", "1.1"),
        ("1/8", "0.125"),
        ("五分之二", "0.4"),
        ("一又四分之一", "1.25"),
        ("一半", "0.5"),
    ],
)
def test_a_fraction_alone_is_a_number(text: str, value: str) -> None:
    assert told(text) == [(text, value, "exact", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约40人", ("约40人", "40", "about", None, None)),
        ("40人左右", ("40人左右", "40", "about", None, None)),
        ("大致三成", ("大致三成", "30", "about", None, None)),
        ("二十来人", ("二十来人", "20", "about", None, None)),
        ("近700名", ("近700名", "700", "nearly", None, "700")),
        ("将近九成", ("将近九成", "90", "nearly", None, "90")),
        ("超6.1万人", ("超6.1万人", "61000", "over", "61000", None)),
        ("突破400个", ("突破400个", "400", "over", "400", None)),
        ("260余名", ("260余名", "260", "over", "260", "270")),
        ("1.4万余人次", ("1.4万余人次", "14000", "over", "14000", "15000")),
        ("30余万元", ("30余万元", "300000", "over", "300000", "400000")),
        ("十几个", ("十几个", "10", "over", "10", "20")),
        ("数十场", ("数十场", "10", "over", "10", "100")),
        ("百余项", ("百余项", "100", "over", "100", "200")),
        ("上千名", ("上千名", "1000", "over", "1000", None)),
        ("三十出头", ("三十出头", "30", "over", "30", None)),
        ("一年多", ("一年多", "1", "over", "1", None)),
        ("3个多月", ("3个多月", "3", "over", "3", "4")),
        ("不少于3名", ("不少于3名", "3", "at_least", "3", None)),
        ("60%以上", ("60%以上", "60", "at_least", "60", None)),
        ("达到或超过60%", ("达到或超过60%", "60", "at_least", "60", None)),
        ("300元起", ("300元起", "300", "at_least", "300", None)),
        ("不足50人", ("不足50人", "50", "under", None, "50")),
        ("不到5000元", ("不到5000元", "5000", "under", None, "5000")),
        ("不超过2%", ("不超过2%", "2", "at_most", None, "2")),
        ("最高5万元", ("最高5万元", "50000", "at_most", None, "50000")),
        ("8万元以内", ("8万元以内", "80000", "at_most", None, "80000")),
        ("≥90%", ("≥90%", "90", "at_least", "90", None)),
    ],
)
def test_a_hedge_gives_the_bound_and_the_interval(
    text: str, expected: tuple[str, str, str, str | None, str | None]
) -> None:
    quantity = only(f"结果{text}。")
    low, high = (None if end is None else f"{end:f}" for end in (quantity.low, quantity.high))
    assert (quantity.text, shown(quantity.value), quantity.bound, low, high) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("至少配备2名社工", [("2名", "2", "at_least", "person")]),
        ("单个项目最高资助9万元", [("9万元", "90000", "at_most", "CNY")]),
        ("至少每月开展1次", [("1次", "1", "at_least", "event")]),
        ("最高的山，资助9万元", [("9万元", "90000", "exact", "CNY")]),
    ],
)
def test_some_hedges_reach_over_a_verb(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("签约5家企业", ("5家", "exact")), ("折合约5万元", ("约5万元", "about")), ("附近200米", ("200米", "exact")), ("最近6场", ("6场", "exact")),
        ("线上百名学员", ("百名", "exact")), ("通过百名评委", ("百名", "exact")), ("节约30元", ("30元", "exact")),
        ("找不到2人", ("2人", "exact")), ("5个多功能室", ("5个", "exact")), ("5名起步", ("5名", "exact")),
        ("3级以下简称", ("3级", "exact")),
    ],
)  # fmt: skip
def test_words_that_look_like_a_hedge_are_none(text: str, expected: tuple[str, str]) -> None:
    assert [(mention[0], mention[2]) for mention in told(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300-600元", ("300-600元", "300..600", "range", "CNY")),
        ("300～600元不等", ("300～600元", "300..600", "range", "CNY")),
        ("300元至600元", ("300元至600元", "300..600", "range", "CNY")),
        ("每站2至4名", ("2至4名", "2..4", "range", "person")),
        ("三到五名", ("三到五名", "3..5", "range", "person")),
        ("5—10万元", ("5—10万元", "50000..100000", "range", "CNY")),
        ("3-5千元", ("3-5千元", "3000..5000", "range", "CNY")),
        ("500到3万元", ("500到3万元", "500..30000", "range", "CNY")),
        ("六百到八百万元", ("六百到八百万元", "6000000..8000000", "range", "CNY")),
        ("10%-15%", ("10%-15%", "10..15", "range", "percent")),
        ("10-15%", ("10-15%", "10..15", "range", "percent")),
        ("百分之五至十", ("百分之五至十", "5..10", "range", "percent")),
        ("￥20-30", ("￥20-30", "20..30", "range", "CNY")),
        ("两三百元", ("两三百元", "200..300", "range", "CNY")),
        ("十五六个", ("十五六个", "15..16", "range", "item")),
        ("18-60周岁", ("18-60周岁", "18..60", "range", "year_of_age")),
        ("约20-30人", ("约20-30人", "20..30", "range", "person")),
    ],
)
def test_a_range_has_both_ends(text: str, expected: Told) -> None:
    assert told(f"这里有{text}。") == [expected]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("由30人到184人", ["30", "184"]), ("从30%到50%", ["30", "50"]), ("由5个增至12个", ["5", "12"]),
        ("6至3人", ["6", "3"]), ("3人至5家", ["3", "5"]), ("100-1是99", ["100", "1", "99"]),
    ],
)  # fmt: skip
def test_a_change_or_a_descent_is_no_range(text: str, values: list[str]) -> None:
    assert [mention[1] for mention in told(text)] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("分别奖励2、4、7万元", [("2", "20000"), ("4", "40000"), ("7万元", "70000")]),
        ("分别为三、五、八万元", [("三", "30000"), ("五", "50000"), ("八万元", "80000")]),
        ("分别为90、60、30元", [("90", "90"), ("60", "60"), ("30元", "30")]),
        ("分别为500、200、1万元", [("500", "500"), ("200", "200"), ("1万元", "10000")]),
        ("录取12、15和20名", [("12", "12"), ("15", "15"), ("20名", "20")]),
        ("占10、20及30%", [("10", "10"), ("20", "20"), ("30%", "30")]),
    ],
)
def test_a_list_shares_the_unit_and_power_that_stand_once(text: str, expected: list[tuple[str, str]]) -> None:
    found = told(text)
    assert [(words, value) for words, value, _, _ in found] == expected
    assert len({unit for _, _, _, unit in found}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位：万元\n机构 15\n培训 30.5\n合计 2人", [("15", "150000"), ("30.5", "305000"), ("2人", "2")]),
        ("（单位：元）初级300、中级600。另有7", [("300", "300"), ("600", "600"), ("7", "7")]),
        ("奖励标准（万元）：2、4、7，共3类", [("2", "20000"), ("4", "40000"), ("7", "70000"), ("3类", "3")]),
        ("经费（万元）6-8", [("6-8", "60000..80000")]),
        ("工作单位：6院", [("6", "6")]),
    ],
)
def test_a_heading_names_the_unit_of_what_stands_below_it(text: str, expected: list[tuple[str, str]]) -> None:
    found = told(text)
    assert [(words, value) for words, value, _, _ in found] == expected
    assert [unit for words, _, _, unit in found if words in ("15", "300", "2", "6-8")] in ([], ["CNY"])


def test_a_list_without_a_shared_unit_is_left_alone() -> None:
    assert told("12处、15，另有20名") == [
        ("12处", "12", "exact", "site"), ("15", "15", "exact", None), ("20名", "20", "exact", "person"),
    ]  # fmt: skip


def test_traditional_characters_read_the_same_and_the_quote_stays_as_written() -> None:
    assert told("將近八萬個，兩億餘圓，三點五倍，百分之三十幾") == [
        ("將近八萬個", "80000", "nearly", "item"), ("兩億餘圓", "200000000", "over", "CNY"),
        ("三點五倍", "3.5", "exact", "times"), ("百分之三十", "30", "exact", "percent"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["几个人", "数场活动", "数次走访", "半岛", "大半", "多个", "余款"])
def test_indefinite_words_are_no_numbers(text: str) -> None:
    assert scan_numbers(text) == []


@pytest.mark.parametrize(
    ("article", "count"),
    [
        ("着力打造一支专业队伍", "至少拥有一支专业队伍"),
        ("据一位“90后”社工说", "一位"),
        ("据当地一名社工介绍", "为各站配备一名社工"),
        ("有一位老人告诉记者", "社区只有我一位社工"),
        ("这是一项系统工程", "目前共有一项工程"),
        ("形成一套好机制", "发放教材一套，共有五本"),
        ("打造一个枢纽、建强一支队伍", "设一名主任、两名干事"),
        ("组成一支12人的队伍", "戒指一对八千"),
        ("在当地一家机构回访", "全市仅剩一家机构"),
        ("有一名社工站站长", "每个社区有一名社工"),
        ("建立了一条热线", "建立了一个社工站"),
        ("介绍一名三十岁的社工", "其中硕士毕业的社工一名"),
    ],
)
def test_one_before_its_noun_is_an_article_unless_the_words_beside_it_count(article: str, count: str) -> None:
    assert [q.text for q in find_quantities(article) if q.text.startswith("一")] == []
    assert [q.text for q in find_quantities(article, loose=True) if q.text.startswith("一")] != []
    assert find_quantities(count) == find_quantities(count, loose=True) != []


@pytest.mark.parametrize(
    ("text", "all_told", "left"),
    [
        ("每万人口拥有社工18人", ["万人", "18人"], ["18人"]),
        ("每百名老人拥有床位3张", ["百名", "3张"], ["3张"]),
        ("每100名老人拥有床位3张", ["100名", "3张"], ["100名", "3张"]),
        ("“一年打基础、两年上台阶、三年见成效”", ["一年", "两年", "三年"], []),
        ("一年打基础，两年上台阶，任期五年", ["一年", "两年", "五年"], ["五年"]),
        ("一年内建成、两年内达标", ["一年", "两年"], ["一年", "两年"]),
        ("提前一年实现目标", ["一年"], ["一年"]),
    ],
)
def test_bases_of_rates_and_steps_of_plans_are_given_on_demand(text: str, all_told: list[str], left: list[str]) -> None:
    assert [
        q.text[: len(told)] for q, told in zip(find_quantities(text, loose=True), all_told, strict=True)
    ] == all_told
    assert [q.text for q in find_quantities(text)] == left


def test_a_hedge_that_ends_in_a_word_with_the_numeral_is_not_lost() -> None:
    assert told("约合一百二十万美元，三网合一") == [("约合一百二十万美元", "1200000", "about", "USD")]


def test_the_span_without_hedges_is_the_quote() -> None:
    text = "投入近40余万元以上。"
    quantity = only(text)
    assert (quantity.text, text[quantity.number_start : quantity.number_end]) == ("近40余万元以上", "40余万元")


def test_spans_that_are_taken_are_left_out() -> None:
    text = "2023年6月至7月，培训35人"
    assert [m.text for m in scan_numbers(text, [(0, 7), (8, 10)])] == ["35人"]


def test_dates_are_left_out_of_the_quantities() -> None:
    assert [q.text for q in find_quantities("2022年5月，全区新增持证社工48人")] == ["48人"]


@pytest.mark.parametrize(
    "entry", read_pattern_file("units.yaml"), ids=lambda entry: f"{entry['unit']}-{entry['words'][0]}"
)
def test_each_unit_bars_only_words_of_its_own(entry: dict[str, Any]) -> None:
    named = {*entry.get("not_before", {}), *entry.get("digits_only", [])}
    assert named - set(entry["words"]) == set()
    assert entry["kind"] in KINDS


def test_no_unit_is_spelled_twice() -> None:
    words = [word for entry in read_pattern_file("units.yaml") for word in entry["words"]]
    assert sorted({word for word in words if words.count(word) > 1}) == []


# --- laws -------------------------------------------------------------------------------------------------------------

NUMBERS = {"7": 7, "36": 36, "1,250": 1250, "2.4万": 24000, "三十": 30, "五百": 500, "1万2千": 12000, "１８": 18}
UNITS = ("人", "名", "个", "户", "元", "场次", "%", "家", "天")
SIZES = ("元", "天", "%")
SHARES = {"7成": 70, "三分之一": Decimal(100) / 3, "一又四分之一": 125}


def hedges(side: str) -> list[tuple[str, str]]:
    words = number_words()
    groups = words.before if side == "before" else words.after
    return sorted({(hedge.word, hedge.bound) for group in groups.values() for hedge in group})


@pytest.mark.parametrize(("hedge", "bound"), hedges("before"))
def test_no_hedge_before_a_number_is_lost(hedge: str, bound: str) -> None:
    for unit in (*UNITS, ""):
        found = [only(f"共{hedge}{number}{unit}，") for number in NUMBERS]
        assert [(q.text, q.value, q.bound) for q in found] == [
            (f"{hedge}{number}{unit}", value, bound) for number, value in NUMBERS.items()
        ]


@pytest.mark.parametrize(("hedge", "bound"), hedges("behind"))
def test_no_hedge_behind_a_number_is_lost(hedge: str, bound: str) -> None:
    for share, value in SHARES.items():
        found = only(f"占{share}{hedge}，")
        assert (found.text, found.value, found.bound) == (f"{share}{hedge}", value, bound)
    for unit in () if hedge in "强強弱" else SIZES if hedge == "多" else UNITS:
        found = [only(f"共{number}{unit}{hedge}，") for number in NUMBERS]
        assert [(q.text, q.bound) for q in found] == [(f"{number}{unit}{hedge}", bound) for number in NUMBERS]


@given(st.integers(2, 10**9), st.sampled_from(["名", "个", "户", "元", "万元", "人次"]))
def test_a_whole_number_reads_back_in_any_sentence(number: int, unit: str) -> None:
    scale = 10000 if unit == "万元" else 1
    for style in (str(number), f"{number:,}"):
        assert [q.value for q in find_quantities(f"全市共{style}{unit}，其中")] == [number * scale]


BREAKABLE = ["1234人", "12,500元", "3.75万元", "近600余名", "三百二十五户", "不足1万5千人次", "百分之六十", "200-500元"]
BLANKS = {ord(blank): None for blank in "\r\n \u3000"}


@given(st.sampled_from(BREAKABLE), st.sampled_from(["\n", "\r\n", " \n", "\u3000\n", " ", "\u3000"]), st.data())
def test_a_break_inside_a_number_changes_nothing_but_offsets(words: str, blank: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(words) - 1))
    assume("\n" in blank or words[at - 1] not in ".,")  # “1. 30名” is an item of a list
    assume("\n" in blank or words[at] != ",")
    plain = find_quantities(f"共{words}参加")
    text = f"共{words[:at]}{blank}{words[at:]}参加"
    broken = find_quantities(text)
    assert [(q.value, q.low, q.high, q.bound, q.unit, q.kind) for q in broken] == [
        (q.value, q.low, q.high, q.bound, q.unit, q.kind) for q in plain
    ]
    assert [text[q.start : q.end].translate(BLANKS) for q in broken] == [q.text for q in plain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入资金12 .5万元", ["12 .5万元"]),
        ("投入资金：1,286 .5 万元", ["1,286 .5 万元"]),
        ("投入1 286 .5万元", ["1 286 .5万元"]),
        ("合格率 2 2 . 4 %", ["2 2 . 4 %"]),
        ("资金：12. 5万元", ["12. 5万元"]),
        ("投入1 ,286 .5万元", ["1 ,286 .5万元"]),
        ("共2022 ,286人", ["2022", "286人"]),
        ("要求：1 .5名社工到岗。2 .3名社工", ["1", "5名", "2", "3名"]),
        ("2022 286人持证", ["2022", "286人"]),
        ("2022 1 286人持证", ["2022", "1 286人"]),
        ("共2 022 286人", ["2 022 286人"]),
        ("共2022 6人", ["2022 6人"]),
    ],
)
def test_a_blank_before_a_decimal_point_parts_nothing_and_one_behind_a_year_does(
    text: str, expected: list[str]
) -> None:
    assert [q.text for q in find_quantities(text)] == expected


def test_a_line_break_before_a_list_item_divides() -> None:
    assert [q.text for q in find_quantities("新建站点3\n2、培训5名")] == ["3", "5名"]
    assert [q.text for q in find_quantities("新建站点3个\n三、人才")] == ["3个"]


TELLING = "一二两三十百千万亿半几余多第0123456789.,，、。-～至到%元人个名成倍岁年“”《》（）〔〕号+N:\n 约近超以上内左右ABe/分之又"
TEXTS = st.text(st.sampled_from(TELLING) | st.characters(), max_size=60)


@given(TEXTS)
def test_any_text_gives_ordered_mentions_with_true_offsets(text: str) -> None:
    mentions: list[Quantity | Numeral] = scan_numbers(text)
    assert [m.text for m in mentions] == [text[m.start : m.end] for m in mentions]
    assert all(m.start < m.end for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(TEXTS, st.data())
def test_no_mention_reaches_into_a_taken_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert all(m.end <= start or m.start >= end for m in scan_numbers(text, [(start, end)]) if start < end)


@given(TEXTS)
def test_no_figure_is_lost(text: str) -> None:
    inside = {i for m in scan_numbers(text) for i in range(m.start, m.end)}
    assert [i for i, char in enumerate(text) if char in "0123456789" and i not in inside] == []


BESIDE = """
约 近 不足 不超过 至少配备 最高可获 上 共 第 周 期 每 为 － - . （ “ ” ： ； 余 多 来 以上 左右 起 半 至 、 ， 。 个 人 名 家 次 元 万元 角
年 天 折 成 % 个百分点 人次 面锦旗 角钱 1 2 12 0 05 3.5 1,200 4万 3.2亿 20余万 一 两 三 十 十二 二十 百 几 点 号 之 K ￥ 美金 盾 有 达
单位： 单位：十家
"""


@given(st.lists(st.sampled_from(BESIDE.split()), max_size=12).map("".join))
def test_a_plain_figure_reads_as_it_does_when_each_word_beside_it_is_weighed(text: str) -> None:
    one_by_one = re.compile(f"[{NUMERAL_CHARACTERS}]")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(items, "numeral_pattern", lambda: one_by_one)
        weighed = scan_numbers(text)
    assert scan_numbers(text) == weighed


MONEY = """
元 万元 块 角 5分 美元 美金 金 港币 币 人民币 ￥ $ USD 塞地 地 单位：万元 单位：人 （元） （万元）： ： 5 3 12 1,200 2.5 三 十 百 万 几 余 多 以上 近 约 不足 至 - 、 ，
， 。 ； 和 由 投入 资金 其中 支 2023年 3月 15日 今年 截至 起 周三 “ ” " 《 》 第 每 个 人 ( ) \n
"""


@given(st.lists(st.sampled_from(MONEY.split(" ")), max_size=16).map("".join))
def test_money_alone_is_the_money_of_all_quantities(text: str) -> None:
    assert find_quantities(text, {"money"}) == [q for q in find_quantities(text) if q.kind == "money"]


def test_the_kinds_that_may_be_asked_for_are_those_of_the_units() -> None:
    assert {entry["kind"] for entry in read_pattern_file("units.yaml")} | {"bare"} == KINDS
    with pytest.raises(ValueError, match="'monney' is no kind of quantity; use some of age, bare, count"):
        find_quantities("5元", kinds=["monney"])
    with pytest.raises(ValueError, match=r"kinds is a set of names, and 'money' is one string; write {'money'}"):
        find_quantities("5元", kinds="money")


def test_values_do_not_hang_on_the_decimal_context_of_the_process() -> None:
    text = "投入123456789012345678元，占全省的三分之一"
    with decimal.localcontext(decimal.Context(prec=5)):
        narrow = find_quantities(text)
    assert [quantity.value for quantity in narrow] == [Decimal("123456789012345678"), Decimal(100) / 3]
