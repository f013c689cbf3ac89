"""How offices say what there is, what was built and what was done: each mechanism with the wording that needs it."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_text

PUBLISHED = "2024-03-15"


def said(text: str) -> list[str]:
    """Quote, measure, status, facility and tier of each record of stations and services in a text, in one line each."""
    records = extract_text(text, published=PUBLISHED).records
    return [
        " ".join(str(v or "-") for v in (r.quote, r.measure, r.status, r.facility, r.tier))
        for r in records
        if r.table in ("stations", "services")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("建成社会组织服务中心6家。", ["6家 existing actual centre -"]),
        ("设有社会组织孵化基地3处。", ["3处 existing actual base -"]),
        ("全县45个社工站由7家机构运营。", ["45个 existing actual station -", "7家 involved actual organisation -"]),
        ("累计建成社工站（室、点）1268个。", ["1268个 existing actual station -"]),
        (
            "社工站：全县共17个；社工室：全县共103个。",
            ["17个 existing actual station -", "103个 existing actual room -"],
        ),
    ],
)
def test_the_head_of_the_noun_is_the_facility(text: str, told: list[str]) -> None:
    assert said(text) == told


def test_levels_in_brackets_are_parts() -> None:
    assert said("全市共有实训基地7个（国家级1个、省级2个、市级4个）。") == [
        "7个 existing actual base -",
        "1个 existing actual base -",
        "2个 existing actual base province",
        "4个 existing actual base city",
    ]


def test_a_tier_does_not_reach_over_the_figure_that_it_belongs_to() -> None:
    assert said("现有社区社工室45间，孵化社会组织6家。") == [
        "45间 existing actual room village",
        "6家 built actual organisation -",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("新建关爱之家12个，改造提升社工室30个。", ["12个 built actual centre -", "30个 involved actual room -"]),
        ("新建社工站12个、社工室30个。", ["12个 built actual station -", "30个 built actual room -"]),
        ("已建成社工站12个，人才培育中心1个。", ["12个 existing actual station -", "1个 existing actual centre -"]),
    ],
)
def test_an_item_with_a_verb_of_its_own_does_not_share(text: str, told: list[str]) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("建站工作稳步推进。截至2月底，已建成26个。", ["26个 existing actual station -"]),
        (
            "社工站是今年的实事，目标任务30个，实际完成34个。",
            ["30个 built target station -", "34个 built actual station -"],
        ),
        ("建站工作稳步推进。有人问：已建成26个？", []),
    ],
)
def test_a_noun_is_lent_over_dates(text: str, told: list[str]) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "假如一个站服务5000人，全市也只能覆盖三成。",
        "社工站设有办公室、图书室等6个功能室。",
        "辖内学校12所、养老机构8家。",
        "她用了3个小时才劝好两位老人。",
    ],
)
def test_no_statistic_is_made_of(text: str) -> None:
    assert said(text) == []


def test_one_for_each_area_counts_the_areas() -> None:
    assert said("在21个街道各建1个社工站。") == ["21个 existing actual station township"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("各站每月开展活动不少于4场。", ("standard", "actual")),
        ("各站年均开展活动不少于400场。", ("flow", "actual")),
        ("全年开展活动不少于400场。", ("flow", "target")),
    ],
)
def test_what_is_to_be_done_again_and_again_is_a_standard(text: str, told: tuple[str, str]) -> None:
    (record,) = extract_text(text, published=PUBLISHED).records
    assert (record.nature, record.status) == told


def test_a_standard_has_no_period_of_the_sentence_before() -> None:
    records = extract_text("近三年来，全县开展活动86场。每站每年服务不少于500人次。", published=PUBLISHED).records
    assert [(r.quote, r.period_text) for r in records] == [("86场", "近三年来"), ("500人次", None)]


def test_the_head_of_a_point_is_the_verb_of_its_figures() -> None:
    told = ["20个 built target station -", "23个 built actual station -"]
    assert said("1.新建社工站：目标值20个，实际完成23个。") == told


def test_a_figure_between_durations_takes_the_noun_before_it() -> None:
    assert said("全区社工站已有98个。2021年底只有31个，不到三年时间增加了67个。") == [
        "98个 existing actual station -",
        "31个 existing actual station -",
        "67个 built actual station -",
    ]


def test_a_body_is_no_service() -> None:
    told = ["22个 projects actual - -", "14家 involved actual organisation -"]
    assert said("实施服务项目22个，引入社工机构14家参与。") == told


def test_the_areas_say_the_tier() -> None:
    assert said("全市12个镇全部建起社工站。") == ["12个 existing actual station township"]


def test_the_days_of_an_exam_are_not_its_period() -> None:
    text = "今年的社工考试于3月1日至3日举行，全区共有3.9万人报名。培训班于3月5日举行，86人参训。"
    assert [str(r.period_start) for r in extract_text(text, published=PUBLISHED).records] == [
        "2024-01-01",
        "2024-03-05",
    ]


def test_tiers_are_dealt_out() -> None:
    assert said("市、县、镇三级社工阵地分别达1个、9个、102个。") == [
        "1个 existing actual - city",
        "9个 existing actual - county",
        "102个 existing actual - township",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("8个街道党群服务中心均设立社工服务站。", ["8个 existing actual station township"]),
        (
            "镇社工站从9个增加到21个。",
            ["9个 existing actual station township", "21个 existing actual station township"],
        ),
        ("社区社工室从无到有，达到76个。", ["76个 existing actual room village"]),
        (
            "全区共建社工站点：街道级12个；社区级86个。",
            ["12个 existing actual station township", "86个 existing actual station village"],
        ),
        ("问答\n问：全市有多少社工站？\n答：现在有204个。", ["204个 existing actual station -"]),
        ("社工站建了多少？158个。", ["158个 existing actual station -"]),
        (
            "2024年工作计划：新建社工室40个，改造升级社工站8个。",
            ["40个 built target room -", "8个 involved target station -"],
        ),
        ("力争年内新增社工机构3家。", ["3家 built target organisation -"]),
        ("社区常住居民3200户，其中独居老人86人。", []),
        ("社区常住居民3200户，社工服务独居老人86人。", ["86人 beneficiaries actual - -"]),
    ],
)
def test_what_is_counted_is_read_off_the_words_around(text: str, told: list[str]) -> None:
    assert said(text) == told


def test_what_came_about_on_a_day_falls_on_it() -> None:
    records = extract_text("首批12个社工站于2021年5月投入运营，今年再建3个。", published=PUBLISHED).records
    assert [r.period_text for r in records] == ["2021年5月", "今年"]


@pytest.mark.parametrize(("text", "told"), [("年内新建社工站3个。", "年内"), ("三年内新建社工站9个。", None)])
def test_the_year_is_meant_by_nian_nei_alone(text: str, told: str | None) -> None:
    assert [r.period_text for r in extract_text(text, published=PUBLISHED).records] == [told]


def test_a_place_of_its_own_clause_takes_its_figure() -> None:
    records = extract_text("在阿克苏地区，社工站已建成86个；在喀什地区，建成132个。").records
    assert [r.place for r in records] == ["阿克苏地区", "喀什地区"]


def test_person_times_are_no_part_of_persons() -> None:
    records = extract_text("配备社工18名。其中，城关镇社工站年服务1200人次。").records
    assert [(r.quote, r.measure) for r in records] == [("18名", "staffed"), ("1200人次", "beneficiaries")]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年，通过率18.9%，比2022年的12.5%高。", ["2023-12-31", "2022-12-31"]),
        ("2023年，88人通过考试，是上年的1.6倍。", ["2023-12-31", "2023-12-31"]),
        ("截至2022年底、2023年底，社工站分别为86个、152个。", ["2022-12-31", "2023-12-31"]),
    ],
)
def test_a_date_that_is_tied_to_a_figure_is_its_period(text: str, periods: list[str]) -> None:
    assert [str(r.period_end) for r in extract_text(text, published=PUBLISHED).records] == periods


def test_what_several_places_come_to_is_about_none_of_them() -> None:
    text = "山东省社工考试\n分市看，青岛报名1.38万人、临沂1.1万人，两市合计占全省的四成。"
    assert [r.place for r in extract_text(text).records] == ["青岛市", "临沂市", "山东省"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("社工站11个，其中街道9个、乡2个。", ["township", "township"]),
        ("社工站11个，其中县2个、镇9个。", ["county", "township"]),
    ],
)
def test_a_part_is_named_by_its_tier(text: str, told: list[str]) -> None:
    assert [r.tier for r in extract_text(text).records][1:] == told


@pytest.mark.parametrize("text", ["若按每村1个计算，全县还需建设96个社工点。", "辖区内有卫生服务中心1个。"])
def test_what_is_missing_or_of_others_is_no_statistic(text: str) -> None:
    assert said(text) == []


def test_a_verb_behind_a_list_holds_for_all_of_it() -> None:
    told = ["24家 involved actual organisation -", "9个 involved actual station township"]
    assert said("24家社会组织、9个街道社工站悉数到场。") == told
    assert said("24家社会组织，9个街道社工站悉数到场。")[0] == "24家 existing actual organisation -"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "市级建成指导中心1个，县级建成8个，乡镇一级建成97个。",
            [
                "1个 existing actual centre city",
                "8个 existing actual centre county",
                "97个 existing actual centre township",
            ],
        ),
        ("有2个站获评五星级、5个获评四星级。", ["2个 involved actual station -", "5个 involved actual station -"]),
        ("社工站分三批推进，首批5个、第二批7个。", ["5个 built actual station -", "7个 built actual station -"]),
        ("社工站建设中，首批试点12个街道，第二批15个。", []),
        (
            "33个社工站中，自主运营的19个，委托机构运营的14个。",
            [f"{n}个 existing actual station -" for n in (33, 19, 14)],
        ),
        (
            "全旗14个苏木乡镇、6个街道全部设立社工站。",
            ["14个 existing actual station township", "6个 existing actual station township"],
        ),
        ("年初计划建社工站20个。", ["20个 built target station -"]),
    ],
)
def test_items_leave_out_what_the_list_has_said(text: str, told: list[str]) -> None:
    assert said(text) == told


def test_values_dealt_behind_a_list_count_what_its_items_count() -> None:
    text = "建成县级指导中心9个、乡镇社工站131个（街道38个、乡镇93个），比2021年分别增加5个和74个。"
    assert said(text)[-2:] == ["5个 built actual centre county", "74个 built actual station township"]


def test_a_bare_list_takes_each_noun_from_its_kind() -> None:
    text = "2019年有6家社工机构、83名社工；2021年分别达到19家、310名。"
    assert [(r.quote, r.measure) for r in extract_text(text).records] == [
        ("6家", "existing"), ("83名", "staffed"), ("19家", "existing"), ("310名", "staffed"),
    ]  # fmt: skip


def test_a_change_begins_at_the_date_that_it_is_reckoned_from() -> None:
    records = extract_text("与2018年相比，持证社工由1420人增加到6594人。").records
    assert [str(r.period_end) for r in records] == ["2018-12-31", "None"]


def test_a_part_of_what_each_station_must_have_is_for_each_station() -> None:
    records = extract_text("每站至少配备2名社工，其中1名须持证。").records
    assert [(r.quote, r.nature, r.per) for r in records] == [
        ("2名", "standard", "station"),
        ("1名", "standard", "station"),
    ]
