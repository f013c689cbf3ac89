"""What an article gives to its figures: the period of its title, heading or lead, its place, and posts to be filled."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_text
from extract.records import Record


def only(text: str, quote: str) -> Record:
    (record,) = (r for r in extract_text(text, published="2024-07-05").records if r.quote == quote)
    return record


def period(text: str, quote: str) -> tuple[str | None, str | None, str | None]:
    record = only(text, quote)
    days = (str(day) if day else None for day in (record.period_start, record.period_end))
    return (*days, record.period_basis)


HALF_YEAR = ("2024-01-01", "2024-06-30", "inherited")
NONE = (None, None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("安定区上半年社会工作情况\n全区社工站开展活动64场。", HALF_YEAR),
        ("安定区社会工作情况\n一、上半年工作\n全区社工站开展活动64场。", HALF_YEAR),
        ("安定区社会工作情况\n上半年，安定区统筹推进各项工作。\n全区社工站开展活动64场。", HALF_YEAR),
        ("安定区社会工作情况\n2020年，王海开了第一个站。\n去年，站多了起来。\n社工站开展活动64场。", NONE),
        ("安定区上半年社会工作情况\n一、下半年打算\n新开展活动64场。", ("2024-07-01", "2024-12-31", "inherited")),
        ("安定区上半年社会工作情况\n一、下步打算\n新开展活动64场。", NONE),
        ("安定区上半年社会工作情况\n每年开展活动64场。", NONE),
        ("安定区上半年社会工作情况\n下一步，力争开展活动64场。", NONE),
        ("关于《2022年社会工作要点》的说明\n安定区社工站开展活动64场。", NONE),
    ],
)
def test_a_figure_falls_under_the_period_of_its_heading_title_or_lead(
    text: str, told: tuple[str | None, str | None, str | None]
) -> None:
    assert period(text, "64场") == told


def test_a_lead_gives_its_period_to_what_is_below_and_not_to_the_title() -> None:
    text = "安定区三年开展活动64场\n上半年，安定区统筹推进各项工作。\n全区服务老人1200人次。"
    assert (period(text, "64场"), period(text, "1200人次")) == (NONE, HALF_YEAR)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("安定区上半年社会工作情况\n全区现有持证社工64人。", NONE),
        ("安定区社会工作情况（截至2023年底）\n全区现有持证社工64人。", (None, "2023-12-31", "inherited")),
    ],
)
def test_a_stock_falls_under_a_day_alone(text: str, told: tuple[str | None, str | None, str | None]) -> None:
    assert period(text, "64人") == told


@pytest.mark.parametrize(
    "text",
    [
        "上半年，经费累计支出131.5万元，完成全年预算的46.1%，其中街道自筹68.5万元。",
        "上半年，社工站按照年初的部署，支出经费68.5万元。",
    ],
)
def test_the_year_of_an_aim_is_not_that_of_the_figures_behind_it(text: str) -> None:
    assert period(text, "68.5万元")[:2] == ("2024-01-01", "2024-06-30")


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("福州来的老师办了3期培训班。", "621102"),
        ("福州一家基金会捐来棉衣，折价3万元。", "621102"),
        ("投入80万元，其中定西市级配套3万元。", "621102"),
        ("全省有6万人报名，其中天水市报名3120人。", "620500"),
    ],
)
def test_a_place_that_helps_or_pays_is_not_what_a_figure_is_about(sentence: str, code: str) -> None:
    text = f"安定区社会工作情况\n定西市安定区建成社工站19个。\n{sentence}"
    assert [r.place_code for r in extract_text(text).records if r.quote[0] == "3"] == [code]


@pytest.mark.parametrize("kind", ["公告", "通知", "简章"])
def test_posts_that_a_notice_offers_are_an_aim(kind: str) -> None:
    text = f"关于2024年公开招聘社工站专职社工的{kind}\n面向社会公开招聘社工48名，其中城关镇6名。"
    assert [(r.quote, r.status) for r in extract_text(text).records] == [("48名", "target"), ("6名", "target")]
