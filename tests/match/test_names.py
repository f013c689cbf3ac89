"""Numerals that count nothing: each class, and what stays a quantity beside it."""

from __future__ import annotations

import pytest

from extract.match.mentions import Quantity
from extract.match.quantities import scan_numbers


def classes(text: str) -> list[tuple[str, str]]:
    """Each mention with its class; a quantity has its unit's kind in angle brackets."""
    return [(m.text, f"<{m.kind}>" if isinstance(m, Quantity) else m.number_class) for m in scan_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三批名单", [("第三", "ordinal")]),
        ("第12个国际日", [("第12", "ordinal")]),
        ("第2、3批", [("第2、3", "ordinal")]),
        ("第5至8名", [("第5至8", "ordinal")]),
        ("一是建站，二是育人", [("一", "ordinal"), ("二", "ordinal")]),
        ("一要抓紧。二要抓实", [("一", "ordinal"), ("二", "ordinal")]),
        ("一、总体情况", [("一", "ordinal")]),
        ("（二）主要做法", [("（二）", "ordinal")]),
        ("1.建站。2.育人", [("1", "ordinal"), ("2", "ordinal")]),
        ("①走访②慰问", [("①", "ordinal"), ("②", "ordinal")]),
        ("01阵地建设", [("01", "ordinal")]),
        ("发现三：经费不足", [("三", "ordinal")]),
        ("分列四、五位", [("四、五位", "ordinal")]),
        ("No.7展位", [("No.7", "ordinal")]),
        ("— 3 —", [("— 3 —", "ordinal")]),
    ],
)
def test_ordinals_and_list_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert classes(text) == expected


def test_ordinals_have_their_value() -> None:
    assert [m.value for m in scan_numbers("第三批、（五）、7.建站、②、第十二届") if not isinstance(m, Quantity)] == [
        3,
        5,
        2,
        12,
    ]
    assert [m.value for m in scan_numbers("7.建站")] == [7]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("五社联动", "五社联动"), ("“五社联动”机制", "五社联动"), ("“三问三送”活动", "三问三送"), ("“1+6+N”体系", "1+6+N"),
        ("N+2模式", "N+2"), ("五大领域", "五"), ("四级网络", "四级网络"), ("三级平台", "三"), ("“八项工程”", "八项工程"),
        ("“人才强县15条”", "15条"), ("一户一策", "一户一策"), ("《十条措施》", "十条"), ("“千名社工进万家”", "千名社工进万家"),
    ],
)  # fmt: skip
def test_slogans_are_names(text: str, expected: str) -> None:
    assert classes(text) == [(expected, "name")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“共帮扶81户”", ("81户", "<count>")), ("“近30名社工参加”", ("近30名", "<count>")), ("“占60%”", ("60%", "<ratio>")),
        ("“5名社工”", ("5名", "<count>")), ("“七”", ("七", "<bare>")), ("“我们走访了两家企业”", ("两家", "<count>")),
        ("“结对八户，帮扶到人”", ("八户", "<count>")),
    ],
)  # fmt: skip
def test_a_quantity_counts_inside_quotation_marks(text: str, expected: tuple[str, str]) -> None:
    assert classes(text) == [expected]


def test_a_call_number_of_a_service_that_never_closes_is_a_name() -> None:
    assert classes("“96777”为民服务24小时热线") == [("96777", "name"), ("24小时", "<duration>")]
    assert classes("96777名社工坚守24小时热线") == [("96777名", "<count>"), ("24小时", "<duration>")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拨打12345", ("12345", "name")), ("12345热线", ("12345", "name")), ("“96777”便民热线", ("96777", "name")),
        ("电话：0571-87654321", ("0571-87654321", "name")), ("手机13900001111", ("13900001111", "name")),
        ("400-888-1234", ("400-888-1234", "name")), ("编号：20230017", ("20230017", "name")),
        ("某民发〔2022〕15号", ("〔2022〕15号", "name")), ("建设路15号", ("15", "name")), ("302室", ("302", "name")),
        ("4.0版", ("4.0", "name")), ("5G网络", ("5G", "name")), ("A4纸", ("A4", "name")), ("N95口罩", ("N95", "name")),
        ("见https://a.example/b/12?c=3", ("https://a.example/b/12?c=3", "name")), ("比分3:1", ("3:1", "name")),
        ("按6∶4分担", ("6∶4", "name")), ("1:20的比例", ("1:20", "name")),
    ],
)  # fmt: skip
def test_codes_addresses_and_scores_are_one_name_each(text: str, expected: tuple[str, str]) -> None:
    assert classes(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:30开始", ("9:30", "date")), ("上午9时30分", ("9时30分", "date")), ("早上6点半", ("6点半", "date")),
        ("晚上八点", ("八点", "date")), ("每周二例会", ("周二", "date")), ("7×24小时", ("7×24小时", "duration")),
        ("90后社工", ("90后", "age")), ("80、90后", ("80、90后", "age")), ("“00后”", ("00后", "age")), ("九五后", ("九五后", "age")),
        ("72岁", ("72岁", "<age>")), ("24小时", ("24小时", "<duration>")), ("每周两次", ("两次", "<count>")),
        ("三点建议", ("三点建议", "<count>")), ("30分", ("30分", "<measure>")), ("5年后", ("5年", "<duration>")),
    ],
)  # fmt: skip
def test_clocks_ages_and_durations_have_their_class(text: str, expected: tuple[str, str]) -> None:
    assert classes(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "进一步", "统一部署", "一线社工", "一站式服务", "一体化", "一对一帮扶", "一次性发放", "一系列", "一批", "唯一", "之一", "万一",
        "四川", "九江市", "六盘水", "十堰", "三明市", "万众一心", "千方百计", "五湖四海", "百姓", "十分重要", "两岸", "三农", "半岛",
        "一个个", "一次次", "说一说", "零距离", "队伍", "陆续", "收拾", "参加", "數據", "多元", "几乎",
    ],
)  # fmt: skip
def test_words_that_only_hold_a_numeral_leave_no_mention(text: str) -> None:
    assert classes(f"他们{text}。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十分钟", ("十分钟", "<duration>")), ("三方面", ("三方面", "<count>")), ("近万家", ("近万家", "<count>")),
        ("一批次", ("一批次", "<count>")), ("两处站点", ("两处", "<count>")), ("一百姓名", ("一百", "name")),
        ("队伍三支", ("三支", "<count>")), ("统一为五项", ("五项", "<count>")),
    ],
)  # fmt: skip
def test_a_longer_number_wins_over_a_word(text: str, expected: tuple[str, str]) -> None:
    assert classes(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5万一次性补贴", ["5万"]), ("三百一十五户", ["三百一十五户"]), ("12345人参加", ["12345人"]), ("12部热线电话", ["12部"]),
        ("建站3。下一步", ["3"]), ("1.5万人", ["1.5万人"]), ("新增5，其中", ["5"]), ("100号人", ["100"]),
    ],
)  # fmt: skip
def test_what_looks_like_a_name_beside_a_quantity(text: str, expected: list[str]) -> None:
    assert [mention[0] for mention in classes(text)] == expected
