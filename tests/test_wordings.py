"""Wordings that decide a field: bounds from afar, plans, papers and their dates, who pays, briefs under their places."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from extract.articles import split_articles
from extract.pipeline import extract_text
from extract.read import Bulletin
from extract.records import Record


def only(text: str, published: str | None = None) -> Record:
    """The one record of a text."""
    (record,) = extract_text(text, published=published).records
    return record


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("持证社工约占全国的七分之一。", "about"),
        ("持证社工占全省的七分之一。", "exact"),
        ("考取高级证书的，最高可拿8000元一次性奖励。", "at_most"),
        ("持证社工人数翻了两番还多。", "over"),
    ],
)
def test_a_hedge_reaches_its_figure_over_other_words(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("印发《人才培养的实施意见》，提出新增持证社工500人。", "target"),
        ("印发《人才培养的实施意见》，已新增持证社工500人。", "actual"),
        ("印发《人才培养的实施意见》，抓好落实，新增持证社工500人。", "actual"),
        ("出台《社工站管理办法》，明确每站每年补助8万元。", "actual"),
        ("2025年，新建社工站12个。", "target"),
    ],
)
def test_what_a_plan_lays_down_is_a_target(text: str, status: str) -> None:
    assert only(text, published="2024-06-15").status == status


def test_the_date_of_a_paper_governs_no_figure() -> None:
    assert only("根据2021年印发的《社工站建设方案》，全市建成社工站74个。").period_text is None


def test_what_a_title_names_is_not_what_the_sentence_counts() -> None:
    assert [r.measure for r in extract_text("先后出台《乡镇社工站建设实施方案》等文件4个。").records] == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("13个旗县市（区）共建成社工站98个。", ["98个"]),
        ("全区8个街道、124个社区共建成社工站（室）132个。", ["132个"]),
        ("在6个街道和52个社区设立了58个社工站。", ["58个"]),
        ("全州建成社工站59个，其中永顺县12个，其余6个县和开发区共47个。", ["59个", "12个", "47个"]),
        ("在12个乡镇建成社工站，设立服务点36个。", ["12个", "36个"]),
        ("社工站服务辐射14个村。", []),
    ],
)
def test_areas_that_share_stations_are_no_stations(text: str, quotes: list[str]) -> None:
    assert [r.quote for r in extract_text(text).records] == quotes


@pytest.mark.parametrize("text", ["近三年每承接过1个同类项目得2分。", "每新增1个社工站，补助标准另定。"])
def test_what_something_is_reckoned_by_is_no_statistic(text: str) -> None:
    assert extract_text(text).records == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("县里将社工站建设列入民生实事，投入165万元。", "actual"),
        ("县里将建设社工站12个。", "target"),
        ("“渔家妇女增能计划”已办技能班6期。", "actual"),
        ("县里定了目标：两年内建成社工站12个。", "target"),
        ("下一步，该县将完善机制，2024年举办社工培训班4期。", "target"),
        ("2024年，该县举办社工培训班4期。", "actual"),
    ],
)
def test_a_verb_that_looks_ahead_is_no_mark_of_an_object(text: str, status: str) -> None:
    assert only(text).status == status


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("夷陵区、当阳市、秭归县作了交流发言。全市持证社工4218人。", "420500"),
        ("夷陵区、当阳市作了交流发言。全市持证社工4218人。", None),
        ("夷陵区、南漳县、公安县作了交流发言。全市持证社工4218人。", None),
    ],
)
def test_a_city_is_known_by_its_counties(text: str, place: str | None) -> None:
    assert only(f"在推进会上的讲话\n同志们：\n这次会议开得很好。刚才，{text}\n").place_code == place


def test_the_others_of_a_list_are_not_its_last_place() -> None:
    records = extract_text("全州建成社工站59个，其中永顺县12个，其余6个县和开发区共47个。").records
    assert [r.place for r in records] == ["湘西土家族苗族自治州", "永顺县", "湘西土家族苗族自治州"]


def test_a_helper_from_elsewhere_lends_its_place_to_nothing() -> None:
    told = "上海市累计安排援藏资金1120万元，市本级财政列支233.5万元。"
    text = f"日喀则市：高原社工站建设提速\n2021年至2023年，{told}\n（据日喀则市民政局）\n"
    assert [r.place_code for r in extract_text(text).records] == ["540200", "540200"]


def test_how_many_times_as_much_as_a_figure_that_stands_there() -> None:
    told = "截至5月底，全市持证社工3912人，是2020年末1304人的3倍，每万人拥有持证社工12.3名。"
    records = extract_text(told, published="2024-06-20").records
    assert [(r.measure, r.value, str(r.period_end)) for r in records] == [
        ("certified", 3912, "2024-05-31"),
        ("certified", 1304, "2020-12-31"),
        ("growth", 200, "2024-05-31"),
        ("density", Decimal("12.3"), "2024-05-31"),
    ]


def test_a_change_keeps_the_grade_that_it_begins_with() -> None:
    records = extract_text("高级社会工作师从9人增加到20人以上。").records
    assert [(r.measure, r.value, r.grade) for r in records] == [("certified", 9, "senior"), ("certified", 20, "senior")]


def test_a_standard_holds_from_the_day_behind_it_and_what_it_was_before_does_not() -> None:
    told = "岗位补贴由初、中、高级每月50元、100元、150元分别提高到100元、200元、300元，从7月起执行。"
    records = extract_text(told, published="2023-08-28").records
    assert [str(r.period_start) for r in records] == ["None"] * 3 + ["2023-07-01"] * 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("分级别看，助理社会工作师451人，社会工作师135人。", ["newly_certified", "newly_certified"]),
        ("其中甲县12人，乙县30人。", ["newly_certified", "newly_certified"]),
    ],
)
def test_parts_by_grade_and_county_are_parts_of_the_sentence_before(text: str, told: list[str]) -> None:
    assert [r.measure for r in extract_text(f"全州考试合格人员共587人。{text}").records][1:] == told


def test_bars_part_items_and_pictures_begin_them() -> None:
    records = extract_text("✅其中：初级10人｜中级20人｜高级30人\n✅7个县（市、区）社工指导中心\n").records
    assert [r.grade for r in records[:3]] == ["junior", "intermediate", "senior"]
    assert [(r.quote, r.measure) for r in records[3:]] == [("7个", "existing")]


def test_a_village_that_opens_what_is_told_of_a_province_is_not_its_place() -> None:
    lead = "清晨，湖北省宣恩县的社工向莉又把走访名单核了一遍。\n"
    told = "截至2023年底，全省1258个乡镇全部建起社工站。全省持证社工5.6万人。全省社工常年驻站。\n"
    assert [r.place_code for r in extract_text(lead + told).records] == ["420000", "420000"]
    few = "截至2023年底，全县12个乡镇全部建起社工站，受到全省表扬。\n"
    assert [r.place_code for r in extract_text(lead + few).records] == ["422825"]


def test_the_time_of_a_part_ends_with_it() -> None:
    records = extract_text("全市共建成社工站157个，其中2022年新建62个；建成社工室418个。").records
    assert [(r.measure, r.period_text) for r in records] == [
        ("existing", None),
        ("built", "2022年"),
        ("existing", None),
    ]


def test_what_a_target_year_adds_up_to_is_aimed_at() -> None:
    text = "到2026年6月，全省每站至少有2名专职社工，累计服务困难群众50万人次以上。"
    served = extract_text(text, published="2023-06-12").records[-1]
    assert (served.status, served.per) == ("target", None)


def test_who_pays_begins_no_change() -> None:
    paid = only("另由县财政一次性奖励800元至2000元。")
    assert (paid.low, paid.high, paid.bound) == (800, 2000, "range")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("今年新增社工室58个，总数达211个。", [("built", 58), ("existing", 211)]),
        ("计划新建社工室200个、总数突破800个。", [("built", 200), ("existing", 800)]),
        ("今年新增社工室58个，社工站12个。", [("built", 58), ("built", 12)]),
    ],
)
def test_a_total_behind_what_is_new_is_what_there_is(text: str, told: list[tuple[str, int]]) -> None:
    assert [(r.measure, r.value) for r in extract_text(text).records] == told


def test_who_sits_an_exam_sits_it_in_its_year() -> None:
    assert only("今年，组织84人参加2022年度社会工作者职业水平考试。").period_text == "2022年度"


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("在农村站点工作满3年的，一次性奖励6000元。", "person"),
        ("对优秀站点，一次性奖励6000元。", "station"),
        ("每名督导每年补贴1.2万元。", "person_year"),
    ],
)
def test_whom_a_sum_is_for(text: str, per: str) -> None:
    assert only(text).per == per


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("每站每年走访家庭不少于400户，开展小组活动不少于12场。", "standard"),
        ("每个站都有特色，全县共开展小组活动不少于12场。", "flow"),
        ("应为每个社工站派驻全职社工不少于2名。", "standard"),
        ("累计为社工站派驻全职社工20名。", "flow"),
    ],
)
def test_a_rule_for_every_station_is_a_standard(text: str, nature: str) -> None:
    assert extract_text(text).records[-1].nature == nature


def test_a_number_of_a_document_is_a_name() -> None:
    (number,) = extract_text("项目编号：磋商采购-2024-37").numbers
    assert (number.quote, number.number_class) == ("2024-37", "name")


def test_a_sum_is_no_pay_of_a_person() -> None:
    assert [r.measure for r in extract_text("全市每年发放津贴1500万元。").records if r.per] == []


def test_a_name_that_is_not_known_has_no_other_names_place() -> None:
    text = "山东东营：社工站建设提速\n乌有区、利津县分别建成社工站6个、8个。\n（据东营市民政局）\n"
    first, second = extract_text(text).records
    assert (first.place_code, second.place_code) == ("370500", "370522")


def test_all_of_a_city_is_not_said_of_its_helper() -> None:
    text = "福建龙岩：社工人才提质\n选派骨干赴泉州学习。全市有402人通过社会工作者考试。\n（据龙岩市民政局）\n"
    assert only(text).place_code == "350800"


@pytest.mark.parametrize("head", ["【{}】", "【{}】\n社工站建设提速", "{}：社工站建设提速"])
def test_briefs_under_their_provinces_are_articles(head: str) -> None:
    names, numerals = ("湖南长沙", "湖北武汉", "河南郑州"), "一二三"
    said = "市建成社工站120个，持证社工达3000人。今年以来，各站开展活动300场，服务群众2万人次。\n"
    numbered = [head if "【" in head else f"{numeral}、{head}" for numeral in numerals]
    text = "".join(f"{h.format(name)}\n{name[2:]}{said}" for h, name in zip(numbered, names, strict=True))
    assert len(split_articles(Bulletin("x.txt", text, "utf-8"), datetime.date(2024, 6, 15))) == 3


def test_a_title_stands_without_the_brackets_around_it() -> None:
    text = "【福鼎市社工站全部运营】\n今年以来，福鼎市各社工站派驻社工49人，走访困难群众3127户。\n（据福鼎市民政局）\n"
    assert [article.title for article in split_articles(Bulletin("x.txt", text, "utf-8"))] == ["福鼎市社工站全部运营"]


def measures(text: str) -> list[str]:
    """The measures of a text's records."""
    return [record.measure for record in extract_text(text).records]


@pytest.mark.parametrize(
    "text",
    [
        "如果给每个站配5名社工，一年就要300万元经费。",
        "老李每月退休金2300元，药费就花掉800元。",
        "王某发展大棚种植，年收入30万元。",
        "低保标准提高到每人每月780元。",
    ],
)
def test_what_is_supposed_and_what_is_a_households_is_no_statistic(text: str) -> None:
    assert measures(text) == []


def test_workers_earn_what_a_household_does_not() -> None:
    assert measures("社工月收入3200元，这在县城不算高。") == ["salary"]
    assert measures("如果说3年前的50名持证社工是起点，那么今天已是另一番景象。") == ["certified"]


def test_a_difference_of_rates_is_no_rate() -> None:
    assert measures("合格率较去年提升3.1个百分点，达到24.7%。") == ["growth", "pass_rate"]


def test_social_workers_are_people_with_any_measure_word() -> None:
    (record,) = extract_text("我们站里有6个社工。").records
    assert (record.measure, record.unit) == ("staffed", "person")
    (record,) = extract_text("全县有6个社工站。").records
    assert (record.measure, record.unit) == ("existing", "site")


def test_a_hedge_before_what_is_dealt_out_holds_for_all() -> None:
    records = extract_text("持有初级、中级证书的社区工作者，每月职业补贴分别不低于100元、200元。").records
    assert [(r.value, r.bound, r.low, r.high) for r in records] == [
        (100, "at_least", 100, None),
        (200, "at_least", 200, None),
    ]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("乡镇社工站至少配备2名全职社工。", "station"),
        ("全县社工站共配备至少40名全职社工。", None),
        ("全县社工站配备至少40名全职社工。", None),
    ],
)
def test_what_stations_must_have_at_least_is_for_each(text: str, per: str | None) -> None:
    assert only(text).per == per


def test_what_is_paid_to_many_is_no_reward_of_one() -> None:
    assert only("县里对156名新取得证书人员发放奖励21.8万元。").measure == "invested"


def test_a_heading_noun_reads_the_grades_behind_it() -> None:
    records = extract_text("职业津贴按月随工资发放，初级300元，中级600元。").records
    assert [(r.measure, r.grade, r.per) for r in records] == [
        ("allowance", "junior", "person_month"),
        ("allowance", "intermediate", "person_month"),
    ]


def told(text: str, published: str | None = None) -> list[tuple[str, str]]:
    """The quotes and measures of a text's records."""
    return [(record.quote, record.measure) for record in extract_text(text, published=published).records]


def test_the_base_of_a_comparison_is_what_is_compared() -> None:
    records = extract_text("今年报考人数为395人，比去年的214人增长84.6%。", published="2022-07-15").records
    assert [(r.value, r.measure, str(r.period_start)) for r in records[:2]] == [
        (395, "candidates", "2022-01-01"),
        (214, "candidates", "2021-01-01"),
    ]


def test_a_clause_with_a_rule_of_its_own_is_no_item_of_the_list_before() -> None:
    text = "转正后每月到手5000多元，有证的每月另加200元。"
    assert [measure for _, measure in told(text)] == ["salary", "allowance"]


def test_a_part_of_what_is_budgeted_is_budgeted() -> None:
    assert [m for _, m in told("预算安排资金165万元，其中岗位津贴82万元、站点补助25万元。")] == ["planned"] * 3


def test_a_part_is_not_more_than_its_whole() -> None:
    assert told("每个社工站2名。其中，面向应届毕业生招聘30名。")[-1] == ("30名", "recruited")


def test_what_a_notice_of_posts_offers_is_aimed_at() -> None:
    notice = "静宁县公开招聘驻站社工公告\n现面向社会公开招聘驻站社工48名。\n（据静宁县民政局）\n"
    assert only(notice).status == "target"
    assert only("去年面向社会公开招聘驻站社工48名。").status == "actual"


def test_an_average_is_no_rule() -> None:
    averaged, laid_down = extract_text("运营补助304万元，平均每站2万元。按每站3万元安排。").records[1:]
    assert (averaged.nature, laid_down.nature) == ("flow", "standard")


def test_a_budget_at_the_beginning_of_a_year_is_one_of_the_year() -> None:
    assert only("2022年度，专项资金年初预算480万元。", published="2023-02-10").period_text == "2022年度"


def test_who_issues_a_notice_is_not_its_title() -> None:
    title = "关于做好2023年度社会工作专业人才补贴申报工作的通知"
    text = f"颍上县民政局 颍上县财政局\n{title}\n颍民〔2023〕27号\n\n各乡镇人民政府：\n现将事项通知如下。\n"
    (article,) = split_articles(Bulletin("x.txt", text, "utf-8"))
    assert (article.title, article.source) == (title, "颍上县民政局、颍上县财政局")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "今年243人通过考试。243人里，初级181人，中级62人。",
            ["newly_certified None", "newly_certified junior", "newly_certified intermediate"],
        ),
        ("持证社工172名，比2022年底的94名多了78名。", ["certified None", "certified None", "newly_certified None"]),
        ("驻站社工61人，其中本科以上学历38人。", ["staffed None", "staffed None"]),
        ("510人次听了课，188人进了考场，46人拿了证。", ["trained None", "candidates None", "newly_certified None"]),
        ("民政助理员30名，专职社工66名。", ["staffed None", "staffed None"]),
        (
            "初级奖励1000元，中级2000元；在村工作的，津贴每人每月200元、300元。",
            ["reward junior", "reward intermediate", "allowance junior", "allowance intermediate"],
        ),
        ("去年拿出128万元购买服务，今年增加到165万元。", ["invested None", "invested None"]),
        ("社工站分四级。评估结果，优秀5个、良好9个。", ["involved None", "involved None"]),
    ],
)
def test_what_a_figure_counts_comes_from_the_words_before(text: str, told: list[str]) -> None:
    assert [f"{r.measure} {r.grade}" for r in extract_text(text, published="2024-06-14").records] == told


def test_the_month_of_a_state_of_things_is_the_last_one() -> None:
    text = "2022年持证社工有118人，截至5月底已有263人，而三年前这个数字仅为51人。"
    periods = [str(r.period_end) for r in extract_text(text, published="2024-06-14").records]
    assert periods == ["2022-12-31", "2024-05-31", "None"]


def test_an_office_with_the_name_of_its_writer_closes_an_article() -> None:
    text = (
        "恩施市：学堂开讲\n学堂开讲了，社工来了。\n(恩施市民政局 向婷)秭归县：挂图作战\n"
        "社工按图入户。\n(据秭归县民政局，有删节)\n"
    )
    assert [(a.title, a.source) for a in extract_text(text).articles] == [
        ("恩施市：学堂开讲", "恩施市民政局"), ("秭归县：挂图作战", "秭归县民政局"),
    ]  # fmt: skip


def test_workers_at_stations_are_no_item_of_those_with_certificates() -> None:
    records = extract_text("目前持证社工有528人，驻站社工74人。").records
    assert [(r.quote, r.measure) for r in records] == [("528人", "certified"), ("74人", "staffed")]


def test_a_place_of_a_series_lends_nothing_beyond_it() -> None:
    text = "恩施州社工服务\n恩施州各站服务34万人次，其中恩施市服务8万人次、利川市7万人次；开展活动7415场。"
    assert [r.place for r in extract_text(text).records] == [
        "恩施土家族苗族自治州",
        "恩施市",
        "利川市",
        "恩施土家族苗族自治州",
    ]


def test_the_base_of_an_aim_is_there_already() -> None:
    records = extract_text("到今年年底，社工站要由现在的52个增加到100个。").records
    assert [(r.quote, r.status) for r in records] == [("52个", "actual"), ("100个", "target")]


def test_households_and_persons_served_make_one_list() -> None:
    records = extract_text("走访独居老人6308户、困境儿童1175人。").records
    assert [(r.quote, r.unit) for r in records] == [("6308户", "household"), ("1175人", "person")]


def test_what_a_body_takes_in_has_parts_and_what_it_spends_is_none_of_them() -> None:
    records = extract_text("协会总收入458万元，其中政府购买服务391万元，会费18万元；总支出431万元。").records
    assert [(r.quote, r.measure) for r in records] == [
        ("458万元", "raised"), ("391万元", "raised"), ("18万元", "raised"), ("431万元", "invested"),
    ]  # fmt: skip
