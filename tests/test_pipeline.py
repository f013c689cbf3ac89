"""The road as a whole: what a text gives, and the laws that hold for every text.

The rules are small ones of these tests, so that what is said here does not hang on the wording of the shipped ones.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.articles import date_in_name
from extract.pipeline import Extraction, extract_bulletin, extract_sentence, extract_text, shipped_rules
from extract.read import Bulletin, read_bulletin
from extract.rules.book import RuleBook

RULES: tuple[Mapping[str, Any], ...] = (
    {"id": "stations.stands", "match": "建成 {facility} {count}|建成{count} {facility}", "list": True},
    {"id": "workers.holds", "match": "持证 {people}", "list": True, "record": "workers.certified"},
    {"id": "funds.spent", "match": "投入 {money}", "list": True, "record": "funds.invested"},
    {"id": "funds.given", "match": "(补贴|奖励) {money}", "record": "funds.allowance"},
    {"id": "rates.grew", "match": "增长 {percent}", "record": "rates.growth"},
)

TEXT = """安定区社工站覆盖186个村
  截至2022年底，安定区已建成乡镇（街道）社工站２１个、县级总站1个，持证社工达18
6人，其中高级2人、中级四十二人。
  当地推行“1+3+N”模式，服务热线12345，民发〔2021〕3号文件要求每站配备2名社工。

一、队伍

  一是每人每月补贴200-500元；二是对90后社工给予一次性奖励3000元。驻站5年的李某今年32岁。

—2—

（据定西市安定区民政局）

临洮县：三年投入1,380万元
去年，临洮县投入近438.5万元，同比增长24.6%，开展活动1200余场次，第3批项目已落地，占地500平方米。
（据临洮县委社会工作部）
"""


@pytest.fixture
def book(make_book: Callable[..., RuleBook]) -> RuleBook:
    return make_book(*RULES)


# a text with several articles


def test_every_article_has_its_row(book: RuleBook) -> None:
    rows = [row.plain() for row in extract_text(TEXT, book=book, published="2023-11-20").articles]
    first, second = TEXT.index("安定区社工站"), TEXT.index("临洮县：")
    common = {"file": "text", "published": "2023-11-20"}
    assert rows == [
        common | {
            "article_id": "text#1", "title": "安定区社工站覆盖186个村", "source": "定西市安定区民政局", "place": "安定区",
            "place_code": "621102", "start": first, "end": TEXT.index("\n\n临洮县："),
        },
        common | {
            "article_id": "text#2", "title": "临洮县：三年投入1,380万元", "source": "临洮县委社会工作部", "place": "临洮县",
            "place_code": "621124", "start": second, "end": len(TEXT.rstrip()),
        },
    ]  # fmt: skip


def test_every_figure_that_a_rule_reads_is_a_record(book: RuleBook) -> None:
    records = extract_text(TEXT, book=book, published="2023-11-20").records
    told = [(r.rule, r.quote, r.plain()["value"], r.bound, r.grade, r.place_code, r.period_text) for r in records]
    assert told == [
        ("stations.stands", "２１个", 21, "exact", None, "621102", "截至2022年底"),
        ("stations.stands", "1个", 1, "exact", None, "621102", "截至2022年底"),
        ("workers.holds", "18\n6人", 186, "exact", None, "621102", "截至2022年底"),
        ("workers.holds", "2人", 2, "exact", "senior", "621102", "截至2022年底"),
        ("workers.holds", "四十二人", 42, "exact", "intermediate", "621102", "截至2022年底"),
        ("funds.given", "200-500元", None, "range", None, "621102", None),
        ("funds.given", "3000元", 3000, "exact", None, "621102", None),
        ("funds.spent", "1,380万元", 13800000, "exact", None, "621124", None),
        ("funds.spent", "438.5万元", 4385000, "nearly", None, "621124", "去年"),
        ("rates.grew", "24.6%", 24.6, "exact", None, "621124", "去年"),
    ]


def test_traditional_text_is_read_as_simplified_and_quoted_as_it_stands(book: RuleBook) -> None:
    text = "截至2022年底，定西市建成社工站21個，投入近438萬元，持證社工３\n人。"
    records = extract_text(text, book=book).records
    assert [(r.rule, r.quote, r.place_code, r.period_text) for r in records] == [
        ("stations.stands", "21個", "621100", "截至2022年底"),
        ("funds.spent", "438萬元", "621100", "截至2022年底"),
        ("workers.holds", "３\n人", "621100", "截至2022年底"),
    ]
    assert [text[r.start : r.end] for r in records] == [r.quote for r in records]
    assert records[0].sentence == "截至2022年底，定西市建成社工站21个，投入近438万元，持证社工3人。"


def test_every_number_is_in_the_ledger_with_its_class(book: RuleBook) -> None:
    numbers = extract_text(TEXT, book=book, published="2023-11-20").numbers
    assert [(n.article_id[-2:], n.quote, n.number_class) for n in numbers] == [
        ("#1", "186个", "context"),
        ("#1", "截至2022年底", "date"),
        ("#1", "２１个", "record"),
        ("#1", "1个", "record"),
        ("#1", "18\n6人", "record"),
        ("#1", "2人", "record"),
        ("#1", "四十二人", "record"),
        ("#1", "1+3+N", "name"),
        ("#1", "12345", "name"),
        ("#1", "〔2021〕3号", "name"),
        ("#1", "2名", "unexplained"),
        ("#1", "一", "ordinal"),
        ("#1", "一", "ordinal"),
        ("#1", "200-500元", "record"),
        ("#1", "二", "ordinal"),
        ("#1", "90后", "age"),
        ("#1", "3000元", "record"),
        ("#1", "5年", "duration"),
        ("#1", "32岁", "age"),
        ("#1", "—2—", "ordinal"),
        ("#2", "三年", "duration"),
        ("#2", "1,380万元", "record"),
        ("#2", "438.5万元", "record"),
        ("#2", "24.6%", "record"),
        ("#2", "1200余场次", "unexplained"),
        ("#2", "第3", "ordinal"),
        ("#2", "500平方米", "context"),
    ]


def test_a_record_carries_its_clean_sentence(book: RuleBook) -> None:
    records = extract_text(TEXT, book=book).records
    assert (
        records[2].sentence
        == "截至2022年底，安定区已建成乡镇（街道）社工站21个、县级总站1个，持证社工达186人，其中高级2人、中级四十二人。"
    )


# headlines


@pytest.mark.parametrize(
    ("headline", "quotes"),
    [
        ("安定区建成社工站19个", ["19个"]),
        ("安定区建成社工站近20个", ["19个"]),
        ("安定区建成社工站35个", ["35个", "19个"]),
        ("安定区持证社工19人", ["19人", "19个"]),
    ],
)
def test_a_headline_counts_only_for_what_the_body_does_not_say(
    book: RuleBook, headline: str, quotes: list[str]
) -> None:
    text = f"{headline}\n\n截至目前，安定区已建成社工站19个，各项服务有序开展，群众满意。\n"
    found = extract_text(text, book=book)
    assert [r.quote for r in found.records] == quotes
    assert len(found.numbers) == 2


def test_a_figure_that_the_body_says_twice_is_two_records(book: RuleBook) -> None:
    text = "安定区社工站见成效\n\n安定区已建成社工站19个，服务群众。\n\n如今，建成社工站19个的消息传开了，群众满意。\n"
    assert [r.quote for r in extract_text(text, book=book).records] == ["19个", "19个"]


# options


def test_the_day_may_be_given_as_text_or_as_a_date(book: RuleBook) -> None:
    text = "今年，建成社工站19个。"
    by_text = extract_text(text, book=book, published="2023-11-20")
    assert by_text == extract_text(text, book=book, published=datetime.date(2023, 11, 20))
    assert by_text.records[0].period_end == datetime.date(2023, 12, 31)


def test_a_malformed_day_is_refused(book: RuleBook) -> None:
    with pytest.raises(ValueError, match="20 November"):
        extract_text("建成社工站19个。", book=book, published="20 November")


def test_the_place_may_be_given(book: RuleBook) -> None:
    found = extract_text("建成社工站19个。", book=book, place="621102")
    assert (found.records[0].place, found.records[0].place_basis) == ("安定区", "inherited")
    assert found.articles[0].place_code == "621102"


def test_without_a_book_the_shipped_rules_are_used() -> None:
    assert extract_text(TEXT) == extract_text(TEXT, book=shipped_rules())


def test_a_sentence_alone_has_its_records(book: RuleBook) -> None:
    records = extract_sentence("安定区建成社工站19个、县级总站1个。", book)
    assert [(r.quote, r.start, r.end) for r in records] == [("19个", 8, 11), ("1个", 16, 18)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "没有数字。", "-----\n"])
def test_a_text_without_numbers_gives_none(book: RuleBook, text: str) -> None:
    found = extract_text(text, book=book)
    assert (found.records, found.numbers, found.checks) == ((), (), ())


# laws

DIGITS = re.compile(r"[0-9０-９]+")


def broken_laws(text: str, found: Extraction) -> list[str]:
    """What an extraction has wrong, one line each."""
    rows = sorted(found.numbers, key=lambda row: (row.start, row.end))
    broken = [
        f"{row.quote!r} is not what stands there"
        for row in (*rows, *found.records)
        if text[row.start : row.end] != row.quote
    ]
    broken += [f"{a.quote!r} and {b.quote!r} overlap" for a, b in pairwise(rows) if a.end > b.start]
    broken += [f"{row.quote!r} has no record" for row in rows if (row.number_class == "record") != bool(row.record_id)]
    ledger = [(row.record_id, row.article_id, row.start, row.end) for row in rows if row.record_id]
    records = [(record.record_id, record.article_id, record.start, record.end) for record in found.records]
    broken += [f"{row} stands in only one of ledger and records" for row in Counter(ledger) - Counter(records)]
    broken += [f"{row} stands in only one of records and ledger" for row in Counter(records) - Counter(ledger)]
    broken += [f"{name} is the id of {n} records" for name, n in Counter(r[0] for r in records).items() if n > 1]
    inside = {a.article_id: (a.start, a.end) for a in found.articles}
    for row in (*rows, *found.records):
        start, end = inside[row.article_id]
        broken += [f"{row.quote!r} is not in its article"] if not start <= row.start < row.end <= end else []
    return broken


def uncounted_digits(text: str, found: Extraction) -> list[str]:
    """The runs of digits that do not lie in exactly one row of the ledger."""
    spans = [(row.start, row.end) for row in found.numbers]
    return [
        f"{run[0]} at {run.start()}"
        for run in DIGITS.finditer(text)
        if sum(start <= run.start() and run.end() <= end for start, end in spans) != 1
    ]


CORPUS = Path(__file__).parents[1] / "corpus"
BULLETINS = sorted((CORPUS / "dev").glob("*.txt"))


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
def test_the_laws_hold_in_every_bulletin(path: Path) -> None:
    bulletin = read_bulletin(path, path.name)
    found = extract_bulletin(bulletin, shipped_rules(), published=date_in_name(path.name))
    assert found.articles
    assert broken_laws(bulletin.text, found) == []
    assert uncounted_digits(bulletin.text, found) == []
    assert extract_bulletin(bulletin, shipped_rules(), published=date_in_name(path.name)) == found


def test_the_laws_hold_with_carriage_returns_and_a_private_character(book: RuleBook) -> None:
    text = TEXT.replace("\n", "\r\n").replace("队伍", "队\ue000伍\uec05")
    found = extract_text(text, book=book)
    assert broken_laws(text, found) == []
    assert uncounted_digits(text, found) == []
    assert [r.value for r in found.records] == [r.value for r in extract_text(TEXT, book=book).records]


@pytest.mark.xfail(reason="the row of the page number lies inside that of the figure", strict=True)
def test_a_figure_that_a_page_number_cuts_is_one_row(book: RuleBook) -> None:
    text = "全县已建成乡镇（街道）社工站1\n\n—2—\n\n92个，持证社工186人，服务群众。\n"
    found = extract_text(text, book=book)
    assert [r.value for r in found.records] == [192, 186]
    assert broken_laws(text, found) + uncounted_digits(text, found) == []


def test_what_an_article_says_does_not_hang_on_the_articles_around_it(book: RuleBook) -> None:
    whole = extract_text(TEXT, book=book, published="2023-11-20")
    second = whole.articles[1]
    alone = extract_text(TEXT[second.start : second.end], book=book, published="2023-11-20")
    hidden = {"record_id", "article_id", "start", "end"}
    assert [r.model_dump(exclude=hidden) for r in alone.records] == [
        r.model_dump(exclude=hidden) for r in whole.records if r.article_id == second.article_id
    ]


WORDS = "建成 社工站 持证 社工 投入 补贴 增长 其中 分别 高级 县级 全市 该县 安定区 （据定西市民政局） ， 。 ； ： 、 和 （ ） “ ” 《 》"
DATES = "今年 目前 截至 2022年底 三年 第 一是 - — ～ 至 近 余 约 以上"
FIGURES = (
    "3 12 ２１ 1,380 0.5 十二 三百 万 亿 半 百分之 三分之一 12345热线 1+3+N 90后 个 人 名 元 万元 场次 % ‰ 倍 番 年 岁"
)
PARTS = [*f"{WORDS} {DATES} {FIGURES}".split(), "\u3000", "\ue000", "\ufeff"]
one_line = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
lines = st.lists(st.one_of(st.sampled_from(PARTS), st.sampled_from(["\n", "\n\n", "\r\n", " "])), max_size=40).map(
    "".join
)
with_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@with_fixtures
@given(one_line)
def test_the_laws_hold_on_any_line(book: RuleBook, text: str) -> None:
    found = extract_text(text, book=book)
    assert broken_laws(text, found) + uncounted_digits(text, found) == []


@with_fixtures
@given(st.one_of(st.text(max_size=60), lines))
@example("\x00\ud800\udfff\U0010ffff１")
@example("建成社工站\ue000\ue1ff个。")
def test_any_text_is_read_and_its_quotes_stand_where_they_say(book: RuleBook, text: str) -> None:
    found = extract_text(text, book=book, published="2023-11-20")
    assert all(text[row.start : row.end] == row.quote for row in (*found.numbers, *found.records))
    assert extract_text(text, book=book, published="2023-11-20") == found


@with_fixtures
@given(one_line)
def test_the_shipped_rules_keep_the_laws_too(text: str) -> None:
    found = extract_bulletin(Bulletin("a.txt", text, "utf-8"), shipped_rules())
    assert broken_laws(text, found) == []


# growth: steps are lines of Python run, which do not hang on the machine as seconds do

UNITS = [
    "建成社工站19个。",
    "建成社工站19个；",
    "建成社工站19个、",
    "全市建成社工站19个。",
    "安定区建成社工站19个。",
    "2023年建成社工站19个。",
    "截至目前，该区持证社工186人，其中高级2人。",
    "高级、中级分别给予6000元、3000元。",
    "实施“禾苗计划”，投入38万元。",
    "每人每月补贴300元。\n",
    "建成社工站19个\n\n",
    "临洮县投入38万元。\n（据临洮县民政局）\n",
    "一是",
    "19",
    "一",
    "（",
]


def steps(text: str, book: RuleBook) -> int:
    """How many lines of Python it takes to read a text."""
    count = 0

    def tick(frame: object, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return tick

    before = sys.gettrace()
    sys.settrace(tick)
    try:
        extract_text(text, book=book, published="2023-11-20")
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_about_twice_the_steps(book: RuleBook, unit: str) -> None:
    extract_text(unit, book=book, published="2023-11-20")
    once, twice = (steps(unit * number, book) for number in (300, 600))
    assert twice <= 2.4 * once


def test_the_years_in_the_title_of_a_plan_are_not_the_present() -> None:
    text = "某市印发《社会工作三年行动方案（2025—2027年）》。方案提出，到2027年底，全市持证社工达到2600人。"
    assert [(r.value, r.status) for r in extract_text(text).records] == [(2600, "target")]


def test_what_is_no_text_or_no_day_is_told() -> None:
    with pytest.raises(TypeError, match="the text is of the type NoneType; give a str, or a file to extract"):
        extract_text(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'x' is no day; write it as 2023-11-20"):
        extract_text(TEXT, published="x")
    with pytest.raises(TypeError, match="a day of the type int; give a datetime"):
        extract_text(TEXT, published=2023)  # type: ignore[arg-type]


def test_a_day_may_have_a_time() -> None:
    noon = datetime.datetime(2023, 11, 20, 12)
    assert extract_text(TEXT, published=noon) == extract_text(TEXT, published="2023-11-20")


@pytest.mark.parametrize(
    "text",
    [
        "培训200人，每人自付0元，财政投入20万元。",
        "308个站共有专职社工1人，站均0人。",
        "持证社工总量达0人，同比增长0%，其中中级以上2280人，占四分之一。",
        "甲区198人、乙区167人，两区合计占全市的0%。",
        "2021年建成社工站0个，到2022年底190个乡镇实现全覆盖，覆盖率由27.4%提升到100%。",
        "初级0人、中级0人，分别占持证社工0人的0%、0%。",
    ],
)
def test_nothing_is_multiplied_or_divided_by_nothing(text: str) -> None:
    assert len(extract_text(text).numbers) >= 2  # and nothing is raised
