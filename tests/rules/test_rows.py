"""Tables and lists of figures: what a row says, and the rows that say nothing."""

from __future__ import annotations

import pytest

from extract.articles import split_articles
from extract.pipeline import extract_text
from extract.read import Bulletin
from extract.records import Record
from extract.reflow.rows import cells_of
from extract.rules.rows import unit_of_heading

HEAD = """安徽省六安市2023年社会工作统计公报
六安市民政局

2023年，全市社会工作稳步推进，现将有关情况公布如下。
"""

SAID = {
    "blank rows": (
        """一、服务站点（单位：个）
2023年末实有数：
县（区）社工总站 7
乡镇（街道）社工站 141
村（社区）社工室　702
社会工作服务机构 38
""",
        [
            "7 existing 7 station/county 341500 2023-12-31",
            "141 existing 141 station/township 341500 2023-12-31",
            "702 existing 702 room/village 341500 2023-12-31",
            "38 existing 38 organisation 341500 2023-12-31",
        ],
    ),
    "colon rows under a verb": (
        """一、服务站点（单位：个）
2023年新建：
乡镇（街道）社工站：26
村（社区）社工室：180
""",
        [
            "26 built 26 station/township 341500 2023-01-01..2023-12-31",
            "180 built 180 room/village 341500 2023-01-01..2023-12-31",
        ],
    ),
    "parts by grade": (
        """二、专业队伍（单位：人）
2023年末持证社会工作者 1,906
其中：初级 1402
　　　中级 498
　　　高级 6
2023年末社工站专职社工 287
""",
        [
            "1,906 certified 1906 341500 2023-12-31",
            "1402 certified 1402 junior 341500 2023-12-31",
            "498 certified 498 intermediate 341500 2023-12-31",
            "6 certified 6 senior 341500 2023-12-31",
            "287 staffed 287 341500 2023-12-31",
        ],
    ),
    "dots and parts of money": (
        """三、资金（单位：万元）
2023年社会工作资金总支出……1860.4
其中：社工站运营……940
　　　政府购买服务……700.4
　　　人才激励……220
""",
        [
            "1860.4 invested 18604000 341500 2023-01-01..2023-12-31",
            "940 invested 9400000 341500 2023-01-01..2023-12-31",
            "700.4 invested 7004000 341500 2023-01-01..2023-12-31",
            "220 invested 2200000 341500 2023-01-01..2023-12-31",
        ],
    ),
    "by source on one line": (
        """三、资金（单位：万元）
2023年社会工作资金总支出 1860.4
按资金来源分：中央和省级 800，市级 410.4，县级 650。
""",
        [
            "1860.4 invested 18604000 341500 2023-01-01..2023-12-31",
            "800 invested 8000000 341500 2023-01-01..2023-12-31",
            "410.4 invested 4104000 341500 2023-01-01..2023-12-31",
            "650 invested 6500000 341500 2023-01-01..2023-12-31",
        ],
    ),
    "table of four columns": (
        """四、部分县区主要指标
县区　乡镇（街道）社工站（个）　持证人员（人）　资金支出（万元）
金安区　 21 　 318　 205.5
霍山县　16 　 122　 131
""",
        [
            "21 existing 21 station/township 341502",
            "318 certified 318 341502",
            "205.5 invested 2055000 341502 2023-01-01..2023-12-31",
            "16 existing 16 station/township 341525",
            "122 certified 122 341525",
            "131 invested 1310000 341525 2023-01-01..2023-12-31",
        ],
    ),
    "tabs and a total": (
        """县区	社工站（个）	驻站社工（人）
金寨县	23	69
舒城县	21	1,063
合计	44	1,132
""",
        [
            "23 existing 23 station 341524",
            "69 staffed 69 341524",
            "21 existing 21 station 341523",
            "1,063 staffed 1063 341523",
            "44 existing 44 station 341500",
            "1,132 staffed 1132 341500",
        ],
    ),
    "markdown": (
        """| 县区 | 报名人数（人） | 通过人数（人） |
| --- | --- | --- |
| 裕安区 | 512 | 131 |
| 叶集区 | 96 | 22 |
""",
        [
            "512 candidates 512 341503 2023-01-01..2023-12-31",
            "131 newly_certified 131 341503 2023-01-01..2023-12-31",
            "96 candidates 96 341504 2023-01-01..2023-12-31",
            "22 newly_certified 22 341504 2023-01-01..2023-12-31",
        ],
    ),
    "numbered rows": (
        """持证社工分布（单位：人）
1. 金安区 318
2. 裕安区 402
3. 霍邱县 260
""",
        [
            "318 certified 318 341502",
            "402 certified 402 341503",
            "260 certified 260 341522",
        ],
    ),
    "places behind one another": (
        """一、服务站点（单位：个）
分县区乡镇（街道）社工站：霍邱县 30 ，金寨县 23 ，舒城县 21 ；其余见附表。
""",
        [
            "30 existing 30 station/township 341522",
            "23 existing 23 station/township 341524",
            "21 existing 21 station/township 341523",
        ],
    ),
    "years as columns": (
        """指标　　单位　　2022年　　2023年
乡镇（街道）社工站　　个　　120　　141
持证社会工作者　　人　　1433　　1906
""",
        [
            "120 existing 120 station/township 341500 2022-01-01..2022-12-31",
            "141 existing 141 station/township 341500 2023-01-01..2023-12-31",
            "1433 certified 1433 341500 2022-01-01..2022-12-31",
            "1906 certified 1906 341500 2023-01-01..2023-12-31",
        ],
    ),
    "years as rows": (
        """年份　社工站（个）　持证社工（人）　投入资金（万元）
2021年　98　1020　800
2022年　120　1433　1150.5
""",
        [
            "98 existing 98 station 341500 2021-01-01..2021-12-31",
            "1020 certified 1020 341500 2021-01-01..2021-12-31",
            "800 invested 8000000 341500 2021-01-01..2021-12-31",
            "120 existing 120 station 341500 2022-01-01..2022-12-31",
            "1433 certified 1433 341500 2022-01-01..2022-12-31",
            "1150.5 invested 11505000 341500 2022-01-01..2022-12-31",
        ],
    ),
    "services in rows": (
        """四、服务情况
开展活动（场次）：3260
服务群众（人次）：128400
注册志愿者（人）：5120
""",
        [
            "3260 activities 3260 341500 2023-01-01..2023-12-31",
            "128400 beneficiaries 128400 341500 2023-01-01..2023-12-31",
            "5120 volunteers 5120 341500",
        ],
    ),
    "rates in a column": (
        """县区	社工站（个）	社工站覆盖率（%）
金寨县	23	100
舒城县	21	95.5
""",
        [
            "23 existing 23 station 341524",
            "100 coverage 100 341524",
            "21 existing 21 station 341523",
            "95.5 coverage 95.5 341523",
        ],
    ),
    "units in the cells": (
        """县区　社工站　持证社工
霍山县　16个　122人
金安区　21个　318人
""",
        [
            "16个 existing 16 station 341525",
            "122人 certified 122 341525",
            "21个 existing 21 station 341502",
            "318人 certified 318 341502",
        ],
    ),
    "bullets under a dated verb": (
        """2023年，全市新建：
· 乡镇（街道）社工站26个
· 村（社区）社工室180个
● 县级社工总站1个
""",
        [
            "26个 built 26 station/township 341500 2023-01-01..2023-12-31",
            "180个 built 180 room/village 341500 2023-01-01..2023-12-31",
            "1个 built 1 station/county 341500 2023-01-01..2023-12-31",
        ],
    ),
    "point rows with brackets": (
        """截至2023年底，全市建成：
（1）乡镇（街道）社工站141个；
（2）村（社区）社工室702个；
""",
        [
            "141个 existing 141 station/township 341500 2023-12-31",
            "702个 existing 702 room/village 341500 2023-12-31",
        ],
    ),
    "no unit for money": (
        """县区　社工站（个）　资金支出
金安区　21　205.5
霍山县　16　131
""",
        [
            "21 existing 21 station 341502",
            "16 existing 16 station 341525",
        ],
    ),
    "sources": (
        """三、资金来源（单位：万元）
中央财政 600
省级财政 200
市县财政 312.5
社会捐赠 20
""",
        [
            "600 invested 6000000 341500 2023-01-01..2023-12-31",
            "200 invested 2000000 341500 2023-01-01..2023-12-31",
            "312.5 invested 3125000 341500 2023-01-01..2023-12-31",
            "20 raised 200000 341500 2023-01-01..2023-12-31",
        ],
    ),
    "unit in the lead": (
        """2022年末乡镇（街道）社工站（单位：个）：
金安区 21
霍山县 16
""",
        [
            "21 existing 21 station/township 341502 2022-12-31",
            "16 existing 16 station/township 341525 2022-12-31",
        ],
    ),
    "unit line and table": (
        """各县区社工站和持证社工情况
单位：个、人
县区　社工站　持证社工
全市　141　1,906
金安区　21　318
霍山县　—　122
""",
        [
            "141 existing 141 station 341500",
            "1,906 certified 1906 341500",
            "21 existing 21 station 341502",
            "318 certified 318 341502",
            "122 certified 122 341525",
        ],
    ),
    "places as columns": (
        """指标　金安区　裕安区
社工站（个）　21　30
持证社工（人）　318　402
""",
        [
            "21 existing 21 station 341502",
            "30 existing 30 station 341503",
            "318 certified 318 341502",
            "402 certified 402 341503",
        ],
    ),
    "numbered table": (
        """序号　县区　社工站（个）　覆盖率（%）
1　金安区　21　100
2　霍山县　16　95.2
""",
        [
            "21 existing 21 station 341502",
            "100 coverage 100 341502",
            "16 existing 16 station 341525",
            "95.2 coverage 95.2 341525",
        ],
    ),
    "exam rows": (
        """二、考试情况（单位：人）
2023年报名人数 3102
参考人数 2890
合格人数 688
""",
        [
            "3102 candidates 3102 341500 2023-01-01..2023-12-31",
            "2890 candidates 2890 341500 2023-01-01..2023-12-31",
            "688 newly_certified 688 341500 2023-01-01..2023-12-31",
        ],
    ),
    "plan rows": (
        """2024年工作计划（单位：个）
新建乡镇社工站 12
新建村社工室 60
""",
        [
            "12 built 12 station/township 341500 2024-01-01..2024-12-31",
            "60 built 60 room/village 341500 2024-01-01..2024-12-31",
        ],
    ),
    "two tables": (
        """表1　各县区社工站（单位：个）
县区　数量
金安区　21
霍山县　16
表2　各县区持证社工（单位：人）
县区　数量
金安区　318
霍山县　122
""",
        [
            "21 existing 21 station 341502",
            "16 existing 16 station 341525",
            "318 certified 318 341502",
            "122 certified 122 341525",
        ],
    ),
}

SILENT = {
    "telephones": """六、联系电话
金安区民政局 3312345
裕安区民政局 3301234
霍山县社工站　5021234
""",
    "telephone table": """县区　社工站　联系电话
金安区　东市街道社工站　3312345
裕安区　鼓楼街道社工站　3301234
""",
    "prices": """服务价格（单位：元）
理发 10
助浴 60
社工陪诊 80
""",
    "page numbers": """目录
一、社工站建设……3
二、持证社工培养……12
三、资金使用……21
""",
    "schedule": """日程安排
时间　内容　地点
9:00　签到　社工站
9:30　社工站揭牌　广场
14:00　持证社工座谈　302
""",
    "ages": """年龄（单位：岁）
社工小王 26
社工小李 31
""",
    "age table": """姓名　职务　年龄
王芳　社工站站长　34
李强　驻站社工　27
""",
    "other nouns": """基本情况（单位：个）
乡镇 98
村 1700
养老机构 62
""",
    "scores": """考核得分
东市街道社工站　95.5
鼓楼街道社工站　91
""",
    "ranking": """序号　社工站　等次
1　东市街道社工站　优秀
2　鼓楼街道社工站　良好
""",
    "equipment": """社工站设备（单位：台）
电脑 12
打印机 4
""",
    "budget prices": """采购清单（单位：元）
办公桌 1200
社工服装 3600
社工站门牌 800
""",
    "timetable md": """| 时间 | 课程 | 课时 |
| --- | --- | --- |
| 8:30 | 社工站建设实务 | 4 |
| 14:00 | 持证社工督导 | 3 |
""",
    "population": """县区　人口（万人）　面积（平方公里）
金安区　82　1657
霍山县　31　2043
""",
    "years without 年": """年份\t社工站（个）
2021\t98
2022\t120
""",
}


def told(record: Record) -> str:
    """A record in a line: quote, measure, value, grade or facility and tier, place, period."""
    counted = record.grade or "/".join(filter(None, (record.facility, record.tier)))
    period = f"{record.period_start or ''}..{record.period_end or ''}".strip(".")
    words = (record.quote, record.measure, f"{record.value:f}", counted, record.place_code, period)
    return " ".join(filter(None, words))


@pytest.mark.parametrize(("rows", "said"), SAID.values(), ids=SAID)
def test_a_row_says_what_its_words_and_those_above_it_name(rows: str, said: list[str]) -> None:
    assert [told(record) for record in extract_text(HEAD + rows).records] == said


@pytest.mark.parametrize("rows", SILENT.values(), ids=SILENT)
def test_a_row_of_something_else_says_nothing(rows: str) -> None:
    assert extract_text(HEAD + rows).records == ()


@pytest.mark.parametrize("rows", [*(rows for rows, _ in SAID.values()), *SILENT.values()], ids=[*SAID, *SILENT])
def test_every_figure_of_a_row_is_in_the_ledger_once(rows: str) -> None:
    text = HEAD + rows
    numbers = extract_text(text).numbers
    covered = [at for number in numbers for at in range(number.start, number.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, char in enumerate(text) if char.isdecimal()} <= set(covered)
    assert all(text[number.start : number.end] == number.quote for number in numbers)


@pytest.mark.parametrize(
    "wrapped",
    [
        "全市社工站达\n137\n个，持证社工达\n1906\n人。\n",
        "全市现有持证社工3268人，\n每万名常住人口拥有持证社工12人。\n",
        "市财政今年的投入也从去\n年的180万元提高到300万元，\n增幅达66.7%。\n",
    ],
)
def test_a_wrap_of_prose_is_no_row(wrapped: str) -> None:
    (article,) = split_articles(Bulletin("text", HEAD + wrapped, "utf-8"))
    assert "row" not in {kind for _, _, kind in article.paragraphs}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("金安区\t21\t318", ["金安区", "21", "318"]),
        ("金安区　 21 　 318", ["金安区", "21", "318"]),
        ("| 金安区 | 21 |", ["金安区", "21"]),
        ("金安区 21", ["金安区 21"]),
    ],
)
def test_cells_stand_apart_by_more_than_a_blank(text: str, cells: list[str]) -> None:
    assert [text[start:end] for start, end in cells_of(text)] == cells


@pytest.mark.parametrize(
    ("heading", "unit"), [("单位：万元", "万元"), ("专业队伍（单位：人）", "人"), ("附表（二）", "")]
)
def test_a_unit_stands_in_brackets_or_on_a_line_of_its_own(heading: str, unit: str) -> None:
    assert unit_of_heading(heading) == unit
