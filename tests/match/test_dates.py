"""Dates: what is read, what it means, how it is used, and what is no date at all."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.match import date_words as date_words_module
from extract.match.date_lunar import TERMS, lunar_day, lunar_month, season_of, term_day
from extract.match.date_words import date_words
from extract.match.dates import find_dates, infer_year
from extract.match.mentions import DateMention
from extract.paths import read_pattern_file

REFERENCE = date(2023, 11, 15)


def told(
    text: str, reference: date | None = REFERENCE, year: int | None = None
) -> list[tuple[str, str, str, str, str]]:
    """Each mention as words, first day, last day, relation and basis; `-` for an open end."""
    return [
        (m.text, str(m.period_start or "-"), str(m.period_end or "-"), m.relation, m.basis)
        for m in find_dates(text, reference, year=year, loose=True)
    ]


def one(text: str, reference: date | None = REFERENCE, year: int | None = None) -> str:
    """The only mention of a text on one line."""
    (mention,) = told(text, reference, year)
    return " ".join("".join(part.split()) for part in mention)


# A sentence and its only date: words, first day, last day, relation, basis.
STATED = [
    ("2021Q3新增持证社工", "2021Q3 2021-07-01 2021-09-30 in stated"),
    ("2022年最后一个月完成", "2022年最后一个月 2022-12-01 2022-12-31 in stated"),
    ("2022年5月的最后一个周日", "2022年5月的最后一个周日 2022-05-29 2022-05-29 in stated"),
    ("2022年9月中下旬开班", "2022年9月中下旬 2022-09-11 2022-09-30 in stated"),
    ("2023年国际社工日", "2023年国际社工日 2023-03-21 2023-03-21 in stated"),
    ("2021年六一儿童节", "2021年六一儿童节 2021-06-01 2021-06-01 in stated"),
    ("会议于2023年10月20日召开", "2023年10月20日 2023-10-20 2023-10-20 in stated"),
    ("2023年10月20日上午揭牌", "2023年10月20日上午 2023-10-20 2023-10-20 in stated"),
    ("2023年10月20日（星期五）揭牌", "2023年10月20日（星期五） 2023-10-20 2023-10-20 in stated"),
    ("２０２３年１０月揭牌", "２０２３年１０月 2023-10-01 2023-10-31 in stated"),
    ("二〇二三年十月揭牌", "二〇二三年十月 2023-10-01 2023-10-31 in stated"),
    ("二零二三年十二月三十一日止", "二零二三年十二月三十一日止 - 2023-12-31 until stated"),
    ("2022年 11月挂牌", "2022年11月 2022-11-01 2022-11-30 in stated"),
    ("2024 年全市投入", "2024年 2024-01-01 2024-12-31 in stated"),
    ("2021\n年全市投入", "2021年 2021-01-01 2021-12-31 in stated"),
    ("印发时间：2023-10-20", "2023-10-20 2023-10-20 2023-10-20 in stated"),
    ("印发时间：2023.1.5", "2023.1.5 2023-01-05 2023-01-05 in stated"),
    ("印发时间：2023/10/20", "2023/10/20 2023-10-20 2023-10-20 in stated"),
    ("印发时间：10/20/2023", "10/20/2023 2023-10-20 2023-10-20 in stated"),
    ("印发时间：05/31/71", "05/31/71 1971-05-31 1971-05-31 in stated"),
    ("编印于20231020。", "20231020 2023-10-20 2023-10-20 in stated"),
    ("2023年的3月举办", "2023年的3月 2023-03-01 2023-03-31 in stated"),
    ("2022年第三季度举办", "2022年第三季度 2022-07-01 2022-09-30 in stated"),
    ("2022年前三季度举办", "2022年前三季度 2022-01-01 2022-09-30 in stated"),
    ("2022年前10个月举办", "2022年前10个月 2022-01-01 2022-10-31 in stated"),
    ("2 0 2 2 年 1 2 月 3 1 日举办", "2022年12月31日 2022-12-31 2022-12-31 in stated"),
    ("持证1 286人，202 2年举办", "2022年 2022-01-01 2022-12-31 in stated"),
    ("2022年Q2举办", "2022年Q2 2022-04-01 2022-06-30 in stated"),
    ("2022年上半年举办", "2022年上半年 2022-01-01 2022-06-30 in stated"),
    ("2022年下半年举办", "2022年下半年 2022-07-01 2022-12-31 in stated"),
    ("2022年3月上旬举办", "2022年3月上旬 2022-03-01 2022-03-10 in stated"),
    ("2022年2月下旬举办", "2022年2月下旬 2022-02-21 2022-02-28 in stated"),
    ("2022年底举办", "2022年底 2022-11-01 2022-12-31 in stated"),
    ("2022年年初举办", "2022年年初 2022-01-01 2022-02-28 in stated"),
    ("2022年6月末举办", "2022年6月末 2022-06-25 2022-06-30 in stated"),
    ("2022年度工作", "2022年度 2022-01-01 2022-12-31 in stated"),
    ("2022年全年投入", "2022年全年 2022-01-01 2022-12-31 in stated"),
    ("2022年5月第二周举办", "2022年5月第二周 2022-05-09 2022-05-15 in stated"),
    ("2022年春节走访", "2022年春节 2022-02-01 2022-02-01 in stated"),
    ("2022年“五一”假期走访", "2022年“五一”假期 2022-05-01 2022-05-01 in stated"),
    ("2022年清明节走访", "2022年清明节 2022-04-05 2022-04-05 in stated"),
    ("上世纪90年代起步", "上世纪90年代 1990-01-01 1999-12-31 in stated"),
    ("20世纪80年代末起步", "20世纪80年代末 1987-01-01 1989-12-31 in stated"),
    ("“十四五”期间建成", "“十四五”期间 2021-01-01 2025-12-31 in stated"),
    ("十三五时期建成", "十三五时期 2016-01-01 2020-12-31 in stated"),
    ("“十三五”末建成", "“十三五”末 2020-12-31 2020-12-31 in stated"),
    ("2021-2023年举办", "2021-2023年 2021-01-01 2023-12-31 in stated"),
    ("《方案（2024-2025 年）》", "2024-2025年 2024-01-01 2025-12-31 in stated"),
    ("《方案（2021—2025）》", "2021—2025 2021-01-01 2025-12-31 in stated"),
    ("2021年至2023年举办", "2021年至2023年 2021-01-01 2023-12-31 in stated"),
    ("从2019年到2023年举办", "从2019年到2023年 2019-01-01 2023-12-31 in stated"),
    ("2017年8月至11月举办", "2017年8月至11月 2017-08-01 2017-11-30 in stated"),
    ("2023年3月15日至17日举办", "2023年3月15日至17日 2023-03-15 2023-03-17 in stated"),
    ("2022年12月28日至1月3日举办", "2022年12月28日至1月3日 2022-12-28 2023-01-03 in stated"),
    ("2022年1—10月举办", "2022年1—10月 2022-01-01 2022-10-31 in stated"),
    ("2023.5.1-2023.12.31举办", "2023.5.1-2023.12.31 2023-05-01 2023-12-31 in stated"),
    ("2022新增站点3个", "2022 2022-01-01 2022-12-31 in stated"),
    ("2022累计服务3000人", "2022 2022-01-01 2022-12-31 in stated"),
    ("2018", "2018 2018-01-01 2018-12-31 in stated"),
    ("2022 11 23", "20221123 2022-11-23 2022-11-23 in stated"),
    ("2023年2月30日举办", "2023年2月30日 - - in unresolved"),
]

RELATIONS = [
    ("截至2021年底，建成5个", "截至2021年底 - 2021-12-31 until stated"),
    ("截至 2021年年底，建成5个", "截至2021年年底 - 2021-12-31 until stated"),
    ("截止2022年6月，建成5个", "截止2022年6月 - 2022-06-30 until stated"),
    ("截至到2022年，建成5个", "截至到2022年 - 2022-12-31 until stated"),
    ("截至2022年年中，建成5个", "截至2022年年中 - 2022-06-30 until stated"),
    ("截至今年6月底，建成5个", "截至今年6月底 - 2023-06-30 until relative"),
    ("截至三季度末，建成5个", "截至三季度末 - 2023-09-30 until relative"),
    ("到2025年，建成5个", "到2025年 - 2025-12-31 until stated"),
    ("到“十四五”末，建成5个", "到“十四五”末 - 2025-12-31 until stated"),
    ("2025年底前建成", "2025年底前 - 2025-12-31 until stated"),
    ("2024年6月以前建成", "2024年6月以前 - 2024-06-30 until stated"),
    ("截至目前，建成5个", "截至目前 - 2023-11-15 until relative"),
    ("截至日前，建成5个", "截至日前 - 2023-11-15 until relative"),
    ("目前，建成5个", "目前 - 2023-11-15 until relative"),
    ("到目前为止，建成5个", "到目前为止 - 2023-11-15 until relative"),
    ("现在有5个", "现在 - 2023-11-15 until relative"),
    ("迄今建成5个", "迄今 - 2023-11-15 until relative"),
    ("从2012年开始举办", "从2012年开始 2012-01-01 - since stated"),
    ("自2021年起，举办5场", "自2021年起 2021-01-01 - since stated"),
    ("自2021年8月1日起施行", "自2021年8月1日起 2021-08-01 - since stated"),
    ("2018年以来，举办5场", "2018年以来 2018-01-01 - since stated"),
    ("2018年以來，舉辦5場", "2018年以來 2018-01-01 - since stated"),
    ("“十四五”以来，举办5场", "“十四五”以来 2021-01-01 - since stated"),
    ("自2019年成立以来，举办5场", "自2019年 2019-01-01 - since stated"),
    ("2019年推行这一模式以来，举办5场", "2019年 2019-01-01 - since stated"),
    ("2012年至今，举办5场", "2012年至今 2012-01-01 - since stated"),
    ("2012年到现在，举办5场", "2012年到现在 2012-01-01 - since stated"),
    ("2020年之后，举办5场", "2020年之后 2020-01-01 - since stated"),
    ("今年以来，举办5场", "今年以来 2023-01-01 - since relative"),
    ("去年10月以来，举办5场", "去年10月以来 2022-10-01 - since relative"),
    ("即日起施行", "即日起 2023-11-15 - since relative"),
    ("近两年来，举办5场", "近两年来 2021-11-15 - since relative"),
    ("近兩年來，舉辦5場", "近兩年來 2021-11-15 - since relative"),
    ("近三年，举办5场", "近三年 2020-11-15 - since relative"),
    ("三年来，举办5场", "三年来 2020-11-15 - since relative"),
    ("近半年来，举办5场", "近半年来 2023-05-15 - since relative"),
    ("过去五年，举办5场", "过去五年 2018-11-15 - since relative"),
    ("近年来，举办5场", "近年来 - - vague unresolved"),
    ("日前，举办5场", "日前 - - vague unresolved"),
    ("近日，举办5场", "近日 - - vague unresolved"),
    ("多年来，举办5场", "多年来 - - vague unresolved"),
    ("10多年来，举办5场", "10多年来 - - vague unresolved"),
    ("近十余年来，举办5场", "近十余年来 - - vague unresolved"),
    ("几十年来，举办5场", "几十年来 - - vague unresolved"),
    ("一年多以来，举办5场", "一年多以来 - - vague unresolved"),
    ("一个多月以来，举办5场", "一个多月以来 - - vague unresolved"),
    ("两三年来，举办5场", "两三年来 - - vague unresolved"),
    ("过去十多年，举办5场", "过去十多年 - - vague unresolved"),
    ("较上年度增长5%", "上年度 2022-01-01 2022-12-31 compared relative"),
    ("比2021年增加5场", "2021年 2021-01-01 2021-12-31 compared stated"),
    ("与2020年相比增加5场", "2020年 2020-01-01 2020-12-31 compared stated"),
    ("和去年同期持平", "去年同期 2022-01-01 2022-12-31 compared relative"),
    ("同比增长5%", "同比 - - compared unresolved"),
    ("是去年的近2倍", "去年 2022-01-01 2022-12-31 compared relative"),
    ("超过去年全年", "去年全年 2022-01-01 2022-12-31 compared relative"),
    ("比“十三五”末增加5个", "“十三五”末 2020-12-31 2020-12-31 compared stated"),
    ("提高到2022年的80%", "2022年 2022-01-01 2022-12-31 in stated"),
    ("2020年前后建成", "2020年前后 2020-01-01 2020-12-31 in stated"),
]

RELATIVE = [
    ("今明两年投入60万元", "今明两年 2023-01-01 2024-12-31 in relative"),
    ("明后两天培训", "明后两天 2023-11-16 2023-11-17 in relative"),
    ("力争年内建成10个站点", "年内 2023-01-01 2023-12-31 in relative"),
    ("一年半以来，举办5场", "一年半以来 2022-05-15 - since relative"),
    ("半年来，举办5场", "半年来 2023-05-15 - since relative"),
    ("上一个季度举办5场", "上一个季度 2023-07-01 2023-09-30 in relative"),
    ("今早，社工到岗", "今早 2023-11-15 2023-11-15 in relative"),
    ("周三上午揭牌", "周三上午 2023-11-15 2023-11-15 in relative"),
    ("今年举办", "今年 2023-01-01 2023-12-31 in relative"),
    ("今\n年举办", "今年 2023-01-01 2023-12-31 in relative"),
    ("去年举办", "去年 2022-01-01 2022-12-31 in relative"),
    ("前年举办", "前年 2021-01-01 2021-12-31 in relative"),
    ("明年举办", "明年 2024-01-01 2024-12-31 in relative"),
    ("後年舉辦", "後年 2025-01-01 2025-12-31 in relative"),
    ("本年度举办", "本年度 2023-01-01 2023-12-31 in relative"),
    ("今年年初举办", "今年年初 2023-01-01 2023-02-28 in relative"),
    ("去年底举办", "去年底 2022-11-01 2022-12-31 in relative"),
    ("今年上半年举办", "今年上半年 2023-01-01 2023-06-30 in relative"),
    ("今年3月举办", "今年3月 2023-03-01 2023-03-31 in relative"),
    ("今年中秋走访", "今年中秋 2023-09-29 2023-09-29 in relative"),
    ("本月举办", "本月 2023-11-01 2023-11-30 in relative"),
    ("上个月举办", "上个月 2023-10-01 2023-10-31 in relative"),
    ("上月15日举办", "上月15日 2023-10-15 2023-10-15 in relative"),
    ("昨天举办", "昨天 2023-11-14 2023-11-14 in relative"),
    ("上周三举办", "上周三 2023-11-08 2023-11-08 in relative"),
    ("这个星期一举办", "这个星期一 2023-11-13 2023-11-13 in relative"),
    ("下週舉辦", "下週 2023-11-20 2023-11-26 in relative"),
    ("10月份举办", "10月份 2023-10-01 2023-10-31 in relative"),
    ("3月15日举办", "3月15日 2023-03-15 2023-03-15 in relative"),
    ("12月28日举办", "12月28日 2022-12-28 2022-12-28 in relative"),
    ("拟于12月28日举办", "12月28日 2023-12-28 2023-12-28 in relative"),
    ("将于1月6日举办", "1月6日 2024-01-06 2024-01-06 in relative"),
    ("12日举办", "12日 2023-11-12 2023-11-12 in relative"),
    ("25日举办", "25日 2023-10-25 2023-10-25 in relative"),
    ("8日至10日举办", "8日至10日 2023-11-08 2023-11-10 in relative"),
    ("一季度举办", "一季度 2023-01-01 2023-03-31 in relative"),
    ("前三季度举办", "前三季度 2023-01-01 2023-09-30 in relative"),
    ("一至三季度举办", "一至三季度 2023-01-01 2023-09-30 in relative"),
    ("第二至第三季度举办", "第二至第三季度 2023-04-01 2023-09-30 in relative"),
    ("上个季度举办", "上个季度 2023-07-01 2023-09-30 in relative"),
    ("3-5月举办", "3-5月 2023-03-01 2023-05-31 in relative"),
    ("11月至次年3月举办", "11月至次年3月 2023-11-01 2024-03-31 in relative"),
    ("去年10月至今年3月举办", "去年10月至今年3月 2022-10-01 2023-03-31 in relative"),
    ("未来三年举办", "未来三年 2023-11-15 2026-11-14 in relative"),
    ("3年后，全部建成", "3年后 2026-01-01 2026-12-31 in relative"),
    ("20天后举办", "20天后 2023-12-05 2023-12-05 in relative"),
    ("春节期间走访", "春节期间 2023-01-22 2023-01-22 in relative"),
    ("感恩节", "感恩节 2023-11-23 2023-11-23 in relative"),
    ("春天", "春天 2023-02-04 2023-05-05 in relative"),
    ("20世纪", "20世纪 1900-01-01 1999-12-31 in stated"),
    ("教师节", "教师节 2023-09-10 2023-09-10 in relative"),
    ("农历五月初五", "农历五月初五 2023-06-22 2023-06-22 in relative"),
    ("正月十五走访", "正月十五 2023-02-05 2023-02-05 in relative"),
    ("当年投入", "当年 - - in unresolved"),
]


@pytest.mark.parametrize(("text", "expected"), STATED + RELATIONS + RELATIVE)
def test_the_only_date_of_a_sentence(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "服务3年，入行8年，为期3天，历时三个月",
        "提前一年完成，5年内建成，8小时工作制，24小时热线",
        "超前3年的总和",
        "提出三点希望和要求",
        "宁夏、长春、春天里社区",
        "每月、每年、每一月、年均、月均",
        "每年3月15日和每年10月至12月",
        "每周一、周三，每周一至周五，两周一次",
        "上午9:30开始，拨打12345或96567",
        "民发〔2021〕3号、民发[2021]3号、（2021）10号",
        "第〔2021年〕卷",
        "第3周，第三期，第17个国际社工日",
        "学习党的二十大精神，召开第十四届会议",
        "一年建队伍、两年抓品牌、三年强规范",
        "2024人，2024个，2024元，2024.5，2023号文",
        "月薪2000-2050元",
        "3-5年，1-3号楼，3-5日内，15日以上",
        "中山路12号，12号楼，8号线",
        "项目前期，题目前列，体现在，出现在，应当前往，担当前行",
        "上年纪的老人，以上年限，基本年薪，本周期，线上周期",
        "如今年轻人，当年轻的，同年级，同年龄",
        "相同比例，不同比例",
        "80后、90后，建党100周年，2000年历史",
        "过端午活动，五一劳动奖章，元旦晚会",
        "十五个村，十四五岁，七八月，三四月份",
        "20次年均，3次日常，6月龄，3日龄",
        "节日前，假日前，生日前",
        "历时近三年，用了近三年时间",
        "培训3天后上岗，2小时后结束",
        "电话：20231020，共20231020元",
        "3.15日，1.5月，192.168.2023.10.20",
        "一日捐，一日三餐，一月一主题",
        "几十年，数年，百年，半年",
        "工作十多年，三年多的时间，五年内",
        "售价10日元",
        "21世纪经济报道",
        "入职两年内考取证书，20多年前的旧事，早在十几年前就开始",
        "说明早期介入有效，以上一个月计算，98年的陈酿",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二十多年后", "二十多年后 2043-01-01 2043-12-31 in relative"),
        ("十几年前", "十几年前 2003-01-01 2013-12-31 in relative"),
        ("两三年前", "两三年前 2020-01-01 2021-12-31 in relative"),
        ("几十天之后", "几十天之后 2023-12-05 2024-02-23 in relative"),
        ("几年前", "几年前 - - in unresolved"),
        ("两个月以内", "两个月以内 2023-11-15 2024-01-31 in relative"),
        ("3天内", "3天内 2023-11-15 2023-11-18 in relative"),
        ("98年", "98年 1998-01-01 1998-12-31 in stated"),
        ("08年", "08年 2008-01-01 2008-12-31 in stated"),
        ("2020.9", "2020.9 2020-09-01 2020-09-30 in stated"),
        ("二〇二一", "二〇二一 2021-01-01 2021-12-31 in stated"),
        ("周一", "周一 2023-11-20 2023-11-20 in relative"),
        ("春节前", "春节前 - 2024-02-10 until relative"),
        ("12月1日前后", "12月1日前后 2023-12-01 2023-12-01 in relative"),
        ("当年", "当年 2023-01-01 2023-12-31 in relative"),
        ("次日", "次日 2023-11-16 2023-11-16 in relative"),
    ],
)
def test_an_expression_alone_is_a_date_although_it_may_be_none_in_a_sentence(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("今年初级社工20人", ["今年"]),
        ("2022年初中高级共20人", ["2022年"]),
        ("2021年中国社工", ["2021年"]),
        ("2023年底线思维", ["2023年"]),
        ("2021年起草办法", ["2021年"]),
        ("10月3日前往北京", ["10月3日"]),
        ("2020年后勤保障", ["2020年"]),
        ("2023年五一劳动奖章", ["2023年"]),
        ("2023年度假村", ["2023年"]),
        ("5月3名社工", ["5月"]),
        ("12月20个站点", ["12月"]),
        ("今年9月3个站点", ["今年9月"]),
        ("2021年来自各地", ["2021年"]),
        ("2023年第3期", ["2023年"]),
        ("2021年3号文件", ["2021年"]),
        ("近年底了", ["年底"]),
        ("至今年6月底", ["至今年6月底"]),
        ("2021年、2022年和2023年", ["2021年", "2022年", "2023年"]),
        ("2021、2022年", ["2021", "2022年"]),
        ("2023年二、三季度", ["2023年二", "三季度"]),
        ("2023年5、6、7月", ["2023年5", "6", "7月"]),
        ("2023年5月11、12日", ["2023年5月11", "12日"]),
        ("1、4月举办", ["4月"]),
        ("1.2023年建成；2.2022年建成", ["2023年", "2022年"]),
        ("增加300,2021年为", ["2021年"]),
    ],
)
def test_a_date_ends_where_the_next_word_begins(text: str, words: list[str]) -> None:
    assert [mention[0] for mention in told(text)] == words


def test_a_figure_moved_up_names_two_years() -> None:
    assert told("由2021年的30人增加到2023年的184人") == [
        ("2021年", "2021-01-01", "2021-12-31", "in", "stated"),
        ("2023年", "2023-01-01", "2023-12-31", "in", "stated"),
    ]


def test_a_month_takes_the_year_that_its_paragraph_named_last() -> None:
    assert told("2022年3月，甲。5月和8月，乙。去年6月，丙。9月，丁。") == [
        ("2022年3月", "2022-03-01", "2022-03-31", "in", "stated"),
        ("5月", "2022-05-01", "2022-05-31", "in", "inherited"),
        ("8月", "2022-08-01", "2022-08-31", "in", "inherited"),
        ("去年6月", "2022-06-01", "2022-06-30", "in", "relative"),
        ("9月", "2022-09-01", "2022-09-30", "in", "relative"),
    ]


def test_a_new_paragraph_forgets_the_year() -> None:
    assert told("2021年3月，甲。\n5月，乙。") == [
        ("2021年3月", "2021-03-01", "2021-03-31", "in", "stated"),
        ("5月", "2023-05-01", "2023-05-31", "in", "relative"),
    ]


def test_neither_a_start_nor_a_target_lends_its_year() -> None:
    assert told("2018年以来持续推进，到2025年全部建成，10月20日揭牌") == [
        ("2018年以来", "2018-01-01", "-", "since", "stated"),
        ("到2025年", "-", "2025-12-31", "until", "stated"),
        ("10月20日", "2023-10-20", "2023-10-20", "in", "relative"),
    ]


def test_what_is_yet_to_be_lies_ahead_of_the_year_before_it() -> None:
    assert told("去年新建3个，年底前将再建5个。2021年动工，年底前建成") == [
        ("去年", "2022-01-01", "2022-12-31", "in", "relative"),
        ("年底前", "-", "2023-12-31", "until", "relative"),
        ("2021年", "2021-01-01", "2021-12-31", "in", "stated"),
        ("年底前", "-", "2021-12-31", "until", "inherited"),
    ]


def test_a_day_takes_the_month_before_it() -> None:
    assert told("2022年10月9日开幕，11日闭幕，当天颁奖") == [
        ("2022年10月9日", "2022-10-09", "2022-10-09", "in", "stated"),
        ("11日", "2022-10-11", "2022-10-11", "in", "inherited"),
        ("当天", "2022-10-11", "2022-10-11", "in", "inherited"),
    ]


def test_that_year_is_the_last_one_that_the_text_named() -> None:
    assert told("2019年成立。\n当年投入5万元，次年3月扩建") == [
        ("2019年", "2019-01-01", "2019-12-31", "in", "stated"),
        ("当年", "2019-01-01", "2019-12-31", "in", "inherited"),
        ("次年3月", "2020-03-01", "2020-03-31", "in", "inherited"),
    ]


def test_the_year_before_is_counted_from_the_year_of_the_sentence() -> None:
    assert told("2021年，持证300人，较上年增长20%。今年较上年增长10%") == [
        ("2021年", "2021-01-01", "2021-12-31", "in", "stated"),
        ("上年", "2020-01-01", "2020-12-31", "compared", "inherited"),
        ("今年", "2023-01-01", "2023-12-31", "in", "relative"),
        ("上年", "2022-01-01", "2022-12-31", "compared", "relative"),
    ]


def test_that_year_is_none_in_a_rule() -> None:
    assert told("2019年成立。当年可申请补助，乡镇可统筹安排当年筹集的资金")[1:] == [
        ("当年", "2019-01-01", "2019-12-31", "in", "inherited"),
        ("当年", "-", "-", "in", "unresolved"),
    ]


@pytest.mark.parametrize(
    ("given", "left_out"),
    [
        ("目前，建成5个", "现在，建成5个"),
        ("截至日前，建成5个", "日前，举办5场"),
        ("由2019年到现在，建成5个", "增加到现在的84人"),
        ("近年来，建成5个", "近日，建成5个"),
        ("上年同期", "同比增长5%"),
        ("“十四五”期间计划建成5个", "印发“十四五”规划"),
        ("到“十四五”末建成5个", "纳入全省“十四五”民政事业发展规划"),
        ("“十四五”，计划建成5个", "“十四五”重点人才培养计划，明确目标"),
        ("当年，全市新增5个", "2019年，应于当年完成"),
        ("現在", "當前，全市有5個"),
    ],
)
def test_words_that_no_days_can_be_told_from_are_given_on_demand(given: str, left_out: str) -> None:
    plain, loose = find_dates(left_out, REFERENCE), find_dates(left_out, REFERENCE, loose=True)
    assert find_dates(given, REFERENCE) == find_dates(given, REFERENCE, loose=True) != []
    assert plain == loose[: len(loose) - 1]


@pytest.mark.parametrize(
    ("text", "unknown", "inferred"),
    [
        ("今年举办", "今年 - - in unresolved", "今年 2022-01-01 2022-12-31 in inferred"),
        ("去年举办", "去年 - - in unresolved", "去年 2021-01-01 2021-12-31 in inferred"),
        ("今年以来", "今年以来 - - since unresolved", "今年以来 2022-01-01 - since inferred"),
        ("10月20日举办", "10月20日 - - in unresolved", "10月20日 2022-10-20 2022-10-20 in inferred"),
        ("截至6月底", "截至6月底 - - until unresolved", "截至6月底 - 2022-06-30 until inferred"),
        ("截至目前", "截至目前 - - until unresolved", "截至目前 - - until unresolved"),
        ("近两年来", "近两年来 - - since unresolved", "近两年来 - - since unresolved"),
        ("上周三举办", "上周三 - - in unresolved", "上周三 - - in unresolved"),
        ("15日举办", "15日 - - in unresolved", "15日 - - in unresolved"),
    ],
)
def test_without_a_day_of_publication(text: str, unknown: str, inferred: str) -> None:
    assert (one(text, None), one(text, None, 2022)) == (unknown, inferred)


def test_a_range_that_runs_backwards_is_no_range() -> None:
    assert told("2023年至2021年") == [
        ("2023年", "2023-01-01", "2023-12-31", "in", "stated"),
        ("至2021年", "-", "2021-12-31", "until", "stated"),
    ]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("今年新增3个站点。2022年，全县投入80万元。", 2022),
        ("2021年投入50万元。2022年投入80万元。", 2022),
        ("2021年新增3个站点，较2020年多1个。到2025年建成20个。", 2021),
        ("截至2021年底，建成43个。2022年，报考人数110人。", 2022),
        ("由2019年的30人增加到现在的84人。", None),
        ("由2019年的30人增加到现在的84人。2019年投入10万元。", None),
        ("2022年持证20人，今年达到30人。", None),
        ("2022年，全县投入80万元。今年投入90万元。", None),
        ("2022年持证20人，今年达到30人。2023年8月，召开会议。", 2023),
        ("截至2022年底，建成43个。2022年投入80万元。", None),
        ("2018年以来，投入438万元。今年投入90万元。", None),
        ("2021年投入50万元。2022年以来投入80万元。", None),
        ("2012年成立的机构今年投入90万元。", None),
        ("《行动方案（2024-2025年）》《2023年度计划》印发。", None),
        ("民发〔2021〕3号文件印发。", None),
        ("力争2025年建成，2026年将全面覆盖。", None),
        ("“十四五”期间投入80万元。", None),
        ("今年投入90万元。", None),
        ("7月12日，全市2023年社会工作项目评估会举行。今年投入90万元。", 2023),
        ("1月12日，全市2023年社会工作总结会举行。今年投入90万元。", None),
        ("今年投入90万元。\n三、2024年工作打算\n拟投入95万元，较2023年增加5万元。", 2023),
        ("2023年工作总结暨2024年工作计划\n今年投入90万元。", 2023),
        ("2024年工作要点\n今年投入90万元。", 2024),
        ("", None),
    ],
)
def test_the_year_that_an_undated_article_is_of(text: str, year: int | None) -> None:
    assert infer_year(text) == year


STYLES = [
    "{y}年{m}月{d}日",
    "{y} 年 {m} 月 {d} 日",
    "{y}年{m:02}月{d:02}日",
    "{y}年{m}月{d}号",
    "{y}-{m:02}-{d:02}",
    "{y}.{m}.{d}",
    "{y}/{m}/{d}",
    "{y}{m:02}{d:02}",
    "{cy}年{cm}月{cd}日",
    "{fy}年{fm}月{fd}日",
    "{y}年的{m}月{d}日",
]


def spelled(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else "一二三"[tens - 1] + "十") + "零一二三四五六七八九"[ones].strip(
        "零"
    )


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(STYLES))
def test_every_day_reads_back_in_every_style(day: date, style: str) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    written = style.format(
        y=day.year,
        m=day.month,
        d=day.day,
        cy=str(day.year).translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
        cm=spelled(day.month),
        cd=spelled(day.day),
        fy=str(day.year).translate(wide),
        fm=str(day.month).translate(wide),
        fd=str(day.day).translate(wide),
    )
    assert find_dates(f"于{written}，召开") == [
        DateMention(1, 1 + len(written), written, day, day, "in", "stated"),
    ]


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(0, 300))
def test_a_month_without_its_year_is_the_last_one_before_publication(first: date, days: int) -> None:
    month = first.replace(day=1)
    (mention,) = find_dates(f"于{month.month}月召开", month + timedelta(days=days))
    assert (mention.period_start, mention.basis) == (month, "relative")


PIECES = """
2023年 3月 15日 20 0 9 一 十 二〇二三年 年 月 日 号 至 到 - — 自 起 以来 截至 前 后 底 末 初 “十四五” 季度
上半年 较 比 的 。 ， 〔 〕 农历 正月 初五 第 周 个 近 半 天 人 世纪 年代 《 》 . / 2月30日 9999年 0年
大年三十 闰 立春 第二周 Q1 未来 1999.08 20231020
"""
PARTS = st.sampled_from(["\n", " ", *PIECES.split(), *date_words().words, *date_words().holidays])
TEXTS = st.one_of(st.text(), st.lists(PARTS, max_size=12).map("".join))
DAYS = st.one_of(st.none(), st.dates())


@given(TEXTS, DAYS, st.one_of(st.none(), st.integers(1, 9999)))
def test_whatever_the_text_the_mentions_are_in_order_and_whole(
    text: str, reference: date | None, year: int | None
) -> None:
    mentions = find_dates(text, reference, year=year)
    end = 0
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end
        if mention.period_start and mention.period_end:
            assert mention.period_start <= mention.period_end
        assert (mention.basis == "unresolved") == (mention.period_start is None and mention.period_end is None)
        assert mention.relation in {"in", "since", "until", "compared", "vague"}
        if mention.relation == "since":
            assert mention.period_end is None
        if mention.relation == "until":
            assert mention.period_start is None


@given(TEXTS)
def test_an_inferred_year_is_one_that_the_text_names(text: str) -> None:
    year = infer_year(text)
    named = {m.period_start.year for m in find_dates(text) if m.period_start}
    assert year is None or year in named or year + 1 in named  # a report's plans are for the year behind it


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "solar"),
    [
        (2023, 1, 1, False, date(2023, 1, 22)),
        (2024, 1, 1, False, date(2024, 2, 10)),
        (2020, 4, 1, True, date(2020, 5, 23)),
        (2023, 8, 15, False, date(2023, 9, 29)),
        (1978, 8, 1, False, date(1978, 9, 3)),
        (2022, 12, 30, False, date(2023, 1, 21)),
        (1900, 1, 1, False, date(1900, 1, 31)),
    ],
)
def test_days_of_the_lunar_calendar(year: int, month: int, day: int, leap: bool, solar: date) -> None:
    assert lunar_day(year, month, day, leap) == solar


def test_lunar_months_follow_one_another_for_two_centuries() -> None:
    expected = date(1900, 1, 31)
    for year in range(1900, 2101):
        for month in range(1, 13):
            for leap in (False, True):
                whole = lunar_month(year, month, leap)
                if whole:
                    assert (whole[0], (whole[1] - whole[0]).days) in ((expected, 28), (expected, 29))
                    expected = whole[1] + timedelta(days=1)
    assert expected == date(2101, 1, 29)


@pytest.mark.parametrize(
    ("year", "term", "day"),
    [
        (2021, "芒种", date(2021, 6, 5)),
        (2023, "清明", date(2023, 4, 5)),
        (2021, "立春", date(2021, 2, 3)),
        (2022, "冬至", date(2022, 12, 22)),
    ],
)
def test_solar_terms(year: int, term: str, day: date) -> None:
    assert term_day(year, term) == day


def test_solar_terms_follow_one_another_a_fortnight_apart() -> None:
    days = [term_day(year, term) for year in range(1950, 2050) for term in TERMS]
    gaps = {(later - day).days for day, later in pairwise(days) if day and later}
    assert gaps <= {14, 15, 16}


def test_winter_ends_in_the_next_year() -> None:
    assert season_of(2021, "冬") == (date(2021, 11, 7), date(2022, 2, 3))


def test_a_guard_for_no_word_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {**read_pattern_file("dates.yaml"), "guards": {"无此词": {"before": ["的"]}}}
    monkeypatch.setattr(date_words_module, "read_pattern_file", lambda name: told)
    with pytest.raises(ValueError, match=r"patterns/dates\.yaml, guard '无此词': no such date word"):
        date_words_module.date_words.__wrapped__()


@pytest.mark.parametrize("word", sorted(date_words().words))
def test_every_date_word_reads_the_same_in_either_script(word: str) -> None:
    traditional = "".join(date_words().traditional.get(letter, letter) for letter in word)
    lead = "截至" if word.startswith(("发稿", "记者发稿", "本报发稿")) else "，"
    plain, other = (told(f"2020年。{lead}{spelling}。") for spelling in (word, traditional))
    assert len(plain) == 2
    assert [found[1:] for found in plain] == [found[1:] for found in other]


@given(st.integers(1900, 2099), st.integers(1, 12))
def test_relation_words_open_one_end_of_a_month(year: int, month: int) -> None:
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    written = f"{year}年{month}月"
    for words, start, end, relation in [
        (f"截至{written}", None, last, "until"),
        (f"{written}底前", None, last, "until"),
        (f"自{written}起", first, None, "since"),
        (f"{written}以来", first, None, "since"),
        (written, first, last, "in"),
    ]:
        assert find_dates(f"{words}，全县") == [DateMention(0, len(words), words, start, end, relation, "stated")]
