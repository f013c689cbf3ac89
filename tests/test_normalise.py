"""Values settled: what a record says of its value, unit, facets, place and period, and on what ground.

The rules are small ones of these tests; the sentences go down the whole road.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from extract.pipeline import extract_text
from extract.rules.book import RuleBook

Say = Callable[..., list[Any]]

STANDS = {"match": "建成 {facility} {count}|建成{count} {facility}", "list": True}
OPENED = {"match": "新建 {facility} {count}", "list": True, "record": "stations.built"}
HOLDS = {"match": "持证 ({people}|{number})", "list": True, "record": "workers.certified"}
POSTED = {"match": "配备 {people}", "record": "workers.staffed"}
SPENT = {"match": "投入 {money}", "list": True, "record": "funds.invested"}
GIVEN = {"match": "(给予|补贴|奖励) ({money}|{number})", "list": True, "record": "funds.allowance"}
HELD = {"match": "开展 ({events}|{count})", "record": "services.activities"}
GREW = {"match": "(增长|翻了|翻) ({percent}|{times})", "record": "rates.growth"}
FELL = {
    "match": "下降[了] ({percent}|{times})",
    "record": {"table": "rates", "measure": "growth", "reading": "fall"},
}
OF = {"match": "是{date}的{times}", "record": {"table": "rates", "measure": "growth", "reading": "of"}}
RULES: tuple[Mapping[str, Any], ...] = (STANDS, OPENED, HOLDS, POSTED, SPENT, GIVEN, HELD, GREW, FELL, OF)


@pytest.fixture
def say(make_book: Callable[..., RuleBook]) -> Say:
    """A function that gives the named fields of every record of a text; one field alone, several as a tuple."""

    def said(text: str, *fields: str, **options: Any) -> list[Any]:
        rows = [record.plain() for record in extract_text(text, book=make_book(*RULES), **options).records]
        return [row[fields[0]] if len(fields) == 1 else tuple(row[name] for name in fields) for row in rows]

    return said


# values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("全县建成社工站19个。", 19),
        ("全县投入438万元。", 4380000),
        ("增长24.6%。", 24.6),
        ("增长1.45‰。", 0.145),
        ("增长1倍。", 100),
        ("增长2.5倍。", 250),
        ("翻一番。", 100),
        ("翻两番。", 300),
        ("翻了三番。", 700),
        ("增长三成。", 30),
        ("下降8.7%。", -8.7),
        ("下降1.5‰。", -0.15),
        ("是2022年的1.4倍。", 40),
        ("是2022年的3倍。", 200),
    ],
)
def test_an_exact_value_in_its_base_unit(say: Say, text: str, value: float) -> None:
    assert say(text, "value", "low", "high", "bound") == [(value, value, value, "exact")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("给予200-500元。", (None, 200, 500, "range")),
        ("增长1至2倍。", (None, 100, 200, "range")),
        ("下降5%-8%。", (None, -8, -5, "range")),
        ("增长近1倍。", (100, None, 100, "nearly")),
        ("增长6倍以上。", (600, 600, None, "at_least")),
        ("是2022年的4倍以上。", (300, 300, None, "at_least")),
        ("下降超8%。", (-8, None, -8, "over")),
        ("下降不到8%。", (-8, -8, None, "under")),
    ],
)
def test_an_interval_is_what_the_words_allow(say: Say, text: str, told: tuple[Any, ...]) -> None:
    assert say(text, "value", "low", "high", "bound") == [told]


@pytest.mark.parametrize("number", ["99999999", "20000"])
def test_a_figure_that_doubles_beyond_all_measure_does_no_harm(say: Say, number: str) -> None:
    text = f"建成社工站19个，比去年翻了{number}番。"
    assert all(value is None or abs(value) < 10**30 for value in say(text, "value"))


def test_values_are_exact_decimals(make_book: Callable[..., RuleBook]) -> None:
    records = extract_text("投入0.3万元，增长0.1%，下降33.3%。", book=make_book(*RULES)).records
    assert [r.value for r in records] == [Decimal(3000), Decimal("0.1"), Decimal("-33.3")]


# units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("建成社工站19个。", "site"),
        ("建成社工站19所。", "site"),
        ("持证社工186人。", "person"),
        ("持证社工186名。", "person"),
        ("持证社工186。", "person"),
        ("投入38万元。", "CNY"),
        ("补贴300。", "CNY"),
        ("开展活动20场。", "event"),
        ("开展活动20个。", "event"),
        ("增长3%。", "percent"),
        ("增长3倍。", "percent"),
    ],
)
def test_a_counted_thing_has_the_unit_of_its_measure(say: Say, text: str, unit: str) -> None:
    assert say(text, "unit") == [unit]


def test_a_rule_may_fix_any_field(make_book: Callable[..., RuleBook]) -> None:
    fixed = {
        "table": "stations", "measure": "existing", "nature": "flow", "status": "target", "grade": "senior",
        "facility": "room", "tier": "village", "per": "project", "unit": "session",
    }  # fmt: skip
    (record,) = extract_text("建成县级社工站19个。", book=make_book({**STANDS, "record": fixed})).records
    assert {name: record.plain()[name] for name in fixed} == fixed | {"grade": None}


# nature and status


def test_nature_is_that_of_the_measure(say: Say) -> None:
    assert say("建成社工站19个。新建社工站3个。给予300元。增长3%。", "nature") == ["stock", "flow", "standard", None]


def test_a_figure_that_is_aimed_at_is_a_target(say: Say) -> None:
    assert say("全县建成社工站19个，力争建成社工站30个。", "status") == ["actual", "target"]


# facets


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("持证社工186人，其中高级2人、中级42人。", [None, "senior", "intermediate"]),
        ("持证社工186人，其中2人为高级社会工作师。", [None, "senior"]),
        ("持证初级社工65人、中级55人。", ["junior", "intermediate"]),
        ("持证初级、中级社工分别为65人和55人。", ["junior", "intermediate"]),
        ("持证初级和中级社工120人。", [None]),
    ],
)
def test_the_grade_is_in_a_figures_own_words(say: Say, text: str, grades: list[str | None]) -> None:
    assert say(text, "grade") == grades


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("建成县级社工总站13个。", [("station", "county")]),
        (
            "建成社工站192个、县级社工总站13个、村级社工室78个。",
            [("station", None), ("station", "county"), ("room", "village")],
        ),
        ("建成192个乡镇社工站、13个县级总站。", [("station", "township"), ("station", "county")]),
        ("建成社工站192个，其中县级13个。", [("station", None), ("station", "county")]),
    ],
)
def test_facility_and_tier_are_in_a_figures_own_words(say: Say, text: str, told: list[Any]) -> None:
    assert say(text, "facility", "tier") == told


def test_only_places_that_deliver_have_a_facility_and_a_tier(say: Say) -> None:
    assert say("县级社工站持证社工186人，投入38万元。", "facility", "tier") == [(None, None), (None, None)]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每人每月补贴300元。", ["person_month"]),
        ("每月给予社工300元。", ["person_month"]),
        ("给予社工300元/人/月。", ["person_month"]),
        ("每人每年补贴3000元。", ["person_year"]),
        ("每站每年投入8万元。", ["station_year"]),
        ("每站投入8万元。", ["station"]),
        ("对社工每人奖励300元。", ["person"]),
        ("每人每月补贴初级100元、中级200元。", ["person_month", "person_month"]),
        ("投入38万元。", [None]),
        ("每站配备3名。", ["station"]),
        ("配备3名。", [None]),
        ("每人每月建成社工站3个。", [None]),
    ],
)
def test_what_a_figure_is_for_one_of(say: Say, text: str, per: list[str | None]) -> None:
    assert say(text, "per") == per


def test_staff_for_each_station_is_a_standard(say: Say) -> None:
    assert say("每站配备3名。配备3名。", "nature") == ["standard", "stock"]


def test_a_part_has_its_words_for_a_group(say: Say) -> None:
    text = "持证社工186人，其中机关事业单位人员30人、高级2人。"
    assert say(text, "group", "grade") == [(None, None), ("机关事业单位人员", None), (None, "senior")]


def test_a_place_that_a_figure_is_dealt_to_is_no_group(say: Say) -> None:
    text = "建成社工站45个，其中安定区、临洮县分别建成13个和22个。"
    assert say(text, "value", "group", "place_code", place=DINGXI) == [
        (45, None, DINGXI),
        (13, None, "621102"),
        (22, None, "621124"),
    ]


def test_the_programme_is_that_of_the_clause(say: Say) -> None:
    text = "全县实施“禾苗计划”，投入38万元。县里实施“青松计划”建成社工站19个。"
    assert say(text, "programme") == [None, "青松计划"]


# places

ANDING, DINGXI, LINTAO, GANSU = "621102", "621100", "621124", "620000"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("临洮县建成社工站19个。", [(LINTAO, "stated")]),
        ("建成社工站19个。", [(DINGXI, "inherited")]),
        ("全市建成社工站19个。", [(DINGXI, "stated")]),
        ("临洮县推进。该县建成社工站19个。", [(LINTAO, "stated")]),
        ("临洮县建成社工站19个，持证社工86人。", [(LINTAO, "stated"), (LINTAO, "stated")]),
        ("临洮县推进社会工作。建成社工站19个。", [(LINTAO, "inherited")]),
        ("临洮县建成社工站19个，安定区建成社工站21个。", [(LINTAO, "stated"), (ANDING, "stated")]),
        ("临洮县、安定区分别建成社工站19个、21个。", [(LINTAO, "stated"), (ANDING, "stated")]),
        ("全省建成社工站19个。", [(GANSU, "stated")]),
    ],
)
def test_a_figure_is_about_the_place_that_is_named_before_it(say: Say, text: str, told: list[Any]) -> None:
    assert say(text, "place_code", "place_basis", place=DINGXI) == told


def test_a_place_has_its_official_name(say: Say) -> None:
    assert say("临洮县建成社工站19个。", "place", place=DINGXI) == ["临洮县"]
    assert say("建成社工站19个。", "place", place=DINGXI) == ["定西市"]


@pytest.mark.parametrize(
    "text",
    [
        "在广东省民政厅支持下，建成社工站19个。",
        "获广东省民政厅支持，建成社工站19个。",
        "由广东省援建，建成社工站19个。",
        "社工站数占甘肃省近三分之一，建成社工站19个。",
    ],
)
def test_a_helper_from_elsewhere_is_not_what_a_figure_is_about(say: Say, text: str) -> None:
    assert say(text, "place_code", "place_basis", place=DINGXI) == [(DINGXI, "inherited")]


def test_without_a_place_there_is_none(say: Say) -> None:
    assert say("建成社工站19个。", "place", "place_code", "place_basis") == [(None, None, None)]


# periods


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2023年，新建社工站19个。", [("2023年", "2023-01-01", "2023-12-31", "stated")]),
        ("2018年以来，新建社工站19个。", [("2018年以来", "2018-01-01", None, "stated")]),
        ("今年，新建社工站19个。", [("今年", "2023-01-01", "2023-12-31", "relative")]),
        ("2022年，动工。新建社工站19个。", [("2022年", "2022-01-01", "2022-12-31", "inherited")]),
        ("2022年，投入38万元，新建社工站19个。", [("2022年", "2022-01-01", "2022-12-31", "stated")] * 2),
        ("截至2021年底，建成社工站19个。", [("截至2021年底", None, "2021-12-31", "stated")]),
        ("持证社工186人（截至2021年底）。", [("截至2021年底", None, "2021-12-31", "stated")]),
        ("新建社工站19个。", [(None, None, None, None)]),
        ("近年来，新建社工站19个。", [(None, None, None, None)]),
    ],
)
def test_a_figure_falls_in_the_period_before_it(say: Say, text: str, told: list[Any]) -> None:
    fields = ("period_text", "period_start", "period_end", "period_basis")
    assert say(text, *fields, published="2023-11-20") == told


def test_what_there_is_does_not_begin_where_the_sentence_before_does(say: Say) -> None:
    text = "自2021年启动以来，投入38万元。持证社工186人，新建社工站19个。"
    told = [("自2021年", "2021-01-01"), (None, None), ("自2021年", "2021-01-01")]
    assert say(text, "period_text", "period_start") == told


def test_the_base_of_a_change_is_not_of_its_period(make_book: Callable[..., RuleBook]) -> None:
    change = {"match": "持证 由{people}增加到 {people}", "record": "workers.certified"}
    records = extract_text("2023年，持证社工由56人增加到213人。", book=make_book(change)).records
    assert [(r.value, r.period_text) for r in records] == [(56, None), (213, "2023年")]


def test_a_date_that_is_compared_with_is_no_period(say: Say) -> None:
    text = "2023年，新建社工站19个，比2022年增长3%。"
    assert say(text, "period_start", "period_end") == [("2023-01-01", "2023-12-31")] * 2


def test_the_base_of_a_change_has_its_own_period(make_book: Callable[..., RuleBook]) -> None:
    change = {"match": "持证 由{people}增加到 {people}", "record": "workers.certified"}
    dated = {"match": "持证 由{date}的{people}增加到 {people}", "record": "workers.certified"}
    records = extract_text("2023年，持证社工由2020年的56人增加到213人。", book=make_book(change, dated)).records
    assert [(r.value, r.period_text) for r in records] == [(56, "2020年"), (213, "2023年")]


def test_periods_are_dealt_out(say: Say) -> None:
    text = "2021年和2022年，分别新建社工站18个、24个。"
    assert say(text, "value", "period_text") == [(18, "2021年"), (24, "2022年")]


def test_a_stock_at_the_end_of_a_year_has_no_beginning(say: Say) -> None:
    assert say("2021年底，建成社工站19个。", "period_start", "period_end") == [(None, "2021-12-31")]


def test_words_that_cannot_be_dated_are_kept_without_a_guess(say: Say) -> None:
    fields = ("period_text", "period_start", "period_end", "period_basis")
    assert say("今年，新建社工站19个。", *fields) == [("今年", None, None, "unresolved")]


def test_a_standing_rule_does_not_take_its_period_from_another_sentence(say: Say) -> None:
    assert say("2022年，新建社工站19个。每人每月补贴300元。", "period_text") == ["2022年", None]


# the place of an article


@pytest.mark.parametrize("title", ["", "定西市社工站建设进展\n"])
def test_a_place_that_heads_a_point_is_not_that_of_the_article(say: Say, title: str) -> None:
    text = f"{title}1. 安定区：建成社工站19个。\n\n2. 临洮县：建成社工站12个。\n\n3. 渭源县：该县持证社工15人。"
    assert say(text, "value", "place_code") == [(19, "621102"), (12, "621124"), (15, "621123")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("定西市安定区社工站建设见成效\n全区建成社工站19个。", ANDING),
        ("社工站建设见成效\n定西市安定区民政局建成社工站19个。", ANDING),
        ("定西市社工站建设见成效\n安定区民政局介绍，全区建成社工站19个。", ANDING),
        ("社工站建设见成效\n建成社工站19个。\n（据定西市民政局）", DINGXI),
        ("这一年\n大家好。甘肃双百工程落地以来，临洮县有了社工站。我们在临洮县等你。", "621124"),
        ("这一年\n大家好。甘肃双百工程落地以来，临洮县有了社工站，渭源县有了社工站。", "620000"),
        ("社工站建设见成效\n建成社工站19个。", None),
    ],
)
def test_an_article_is_about_the_place_that_its_head_names(
    make_book: Callable[..., RuleBook], text: str, code: str | None
) -> None:
    (article,) = extract_text(text, book=make_book(*RULES)).articles
    assert article.place_code == code
