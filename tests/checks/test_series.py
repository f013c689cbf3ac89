"""Across articles: series of one place and measure, and where articles agree or contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract

TEXTS = {
    "2021": "截至2021年底，甘肃省定西市持证社工达337人。",
    "2022": "截至2022年底，甘肃省定西市持证社工达535人，其中安定区286人、陇西县150人。",
    "2022b": "截至2022年底，甘肃省定西市持证社工达553人。",
    "2023": "截至2023年底，甘肃省定西市持证社工达480人。",
    "2024": "截至2024年底，甘肃省定西市持证社工减少到460人。",
    "anding": "截至2024年底，甘肃省定西市安定区持证社工达300人。",
    "longxi": "截至2024年底，甘肃省定西市陇西县持证社工达170人。",
}


@pytest.fixture(scope="module")
def run() -> extract.Run:
    return extract.run(texts=TEXTS)


def told(frame: object) -> list[tuple[object, ...]]:
    return [(row.relation, row.quotes, row.periods) for row in frame.itertuples()]  # type: ignore[attr-defined]


def test_a_series_has_every_figure_of_a_place_and_measure_in_the_order_of_time(run: extract.Run) -> None:
    series = run.series("定西", "workers.certified")
    assert series.astype(object)[["value", "file", "relation"]].values.tolist() == [
        [337, "2021", None], [535, "2022", "succeed"], [553, "2022b", "differ"], [480, "2023", "shrinks"],
        [460, "2024", "succeed"],
    ]  # fmt: skip
    assert series.equals(run.series("621100", "certified"))
    assert series.equals(run.series("甘肃省定西市", "certified"))


def test_a_measure_that_no_table_has_is_told(run: extract.Run) -> None:
    with pytest.raises(KeyError, match="no measure 'certfied'; there are stations"):
        run.series("定西", "certfied")


def test_a_place_that_no_record_is_about_is_told(run: extract.Run) -> None:
    with pytest.raises(
        KeyError, match=r"no record is about '火星'; the most are about 定西市, 安定区, 陇西县: run\.records"
    ):
        run.series("火星", "certified")
    with pytest.raises(KeyError, match="no record is about '兰州市'"):
        run.series("兰州市", "certified")
    assert run.series("定西市", "trained").empty


def test_figures_of_one_time_differ_and_stocks_shrink_without_a_word(run: extract.Run) -> None:
    assert told(run.relations) == [
        ("succeed", ("337人", "535人"), ("2021-12-31", "2022-12-31")),
        ("succeed", ("337人", "553人"), ("2021-12-31", "2022-12-31")),
        ("differ", ("535人", "553人"), ("2022-12-31", "2022-12-31")),
        ("shrinks", ("535人", "480人"), ("2022-12-31", "2023-12-31")),
        ("succeed", ("480人", "460人"), ("2023-12-31", "2024-12-31")),
        ("succeed", ("286人", "300人"), ("2022-12-31", "2024-12-31")),
        ("succeed", ("150人", "170人"), ("2022-12-31", "2024-12-31")),
        ("exceeds", ("460人", "300人", "170人"), ("2024-12-31", "2024-12-31", "2024-12-31")),
    ]


def test_contradictions_have_the_sentences_of_both_sides(run: extract.Run) -> None:
    contradictions = run.contradictions
    assert contradictions.relation.tolist() == ["differ", "shrinks", "exceeds"]
    assert contradictions.sentences[0] == (TEXTS["2022"], TEXTS["2022b"])


@pytest.mark.parametrize("other", ["520余人", "535人", "近540人"])
def test_figures_that_may_be_the_same_agree(other: str) -> None:
    run = extract.run(texts={"a": TEXTS["2022"], "b": f"截至2022年底，甘肃省定西市持证社工达{other}。"})
    assert [row.relation for row in run.relations.itertuples()] == ["agree"]
    assert run.contradictions.empty


def test_counties_that_make_the_city_add_up() -> None:
    texts = TEXTS | {"2024": "截至2024年底，甘肃省定西市持证社工达470人。"}
    run = extract.run(texts={name: texts[name] for name in ("2024", "anding", "longxi")})
    assert told(run.relations) == [("adds_up", ("470人", "300人", "170人"), ("2024-12-31",) * 3)]


WHOLE = "截至2023年底，甘肃省定西市安定区{}。"


def relations_of(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    frame = extract.run(texts={f"{number}": text for number, text in enumerate(texts)}).relations
    return [(row.relation, row.quotes) for row in frame.itertuples()]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("民政系统持证社工42人", "持证社工286人"),
        ("35岁以下持证社工42人", "持证社工286人"),
        ("在岗持证社工42人", "持证社工286人"),
        ("阳光社会工作服务中心现有持证社工42人", "持证社工286人"),
        ("中华路街道持证社工42人", "持证社工286人"),
        ("社区工作者中持证社工42人", "持证社工286人"),
        ("13个社工站有持证社工42人", "持证社工286人"),
        ("新建阳光社工中心，有持证社工42人", "持证社工286人"),
        ("建成社工站21个，有持证社工42人", "持证社工286人"),
        ("示范社工站5个", "社工站21个"),
        ("未成年人保护站19个", "社工站21个"),
        ("有18个社工站正常运转", "社工站21个"),
        ("乡镇社工站18个", "街道社工站3个"),
    ],
)
def test_a_part_of_a_place_is_not_set_beside_the_whole(part: str, whole: str) -> None:
    assert relations_of(WHOLE.format(part), WHOLE.format(whole)) == []


def test_a_town_is_not_set_beside_another_or_beside_its_county() -> None:
    towns = [f"甘肃定西安定区{town}：社工在身边\n截至2023年底，全镇有持证社工23人。" for town in ("内官营镇", "巉口镇")]
    other = towns[1].replace("23人", "31人")
    assert relations_of(towns[0], other, WHOLE.format("持证社工286人")) == []
    run = extract.run(texts={"a": towns[0], "b": other})
    assert run.series("安定区", "certified").astype(object)[["value", "relation"]].values.tolist() == [
        [23, None], [31, None],
    ]  # fmt: skip


def test_what_does_not_name_its_place_is_not_compared() -> None:
    agency = "定西市安定区阳光社工中心\n截至2023年底，有持证社工42人。"
    assert relations_of(agency, WHOLE.format("持证社工286人")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("持证社工42人", "持证社工286人"),
        ("持证社工42人", "有持证社会工作者286人"),
        ("共有42名持证社工", "持证社会工作专业人才总数达到286人"),
        ("取得全国社会工作者职业资格证书的有42人", "持证社工人数达286人"),
        ("建成社会工作服务站20个", "21个社工站"),
        ("建成乡镇（街道）社工站20个", "镇街社工站21个"),
        ("建成乡镇社工站20个、县级社工总站1个", "县级社工总站2个"),
        ("民政系统持证社工42人", "民政系统有持证社会工作者45人"),
    ],
)
def test_what_is_worded_as_the_same_differs(one: str, other: str) -> None:
    ((relation, _),) = relations_of(WHOLE.format(one), WHOLE.format(other))
    assert relation == "differ"


def test_the_whole_of_the_place_that_an_article_is_about_differs() -> None:
    texts = (f"定西市安定区民政局\n截至2023年底，全区持证社工{count}人。" for count in (42, 286))
    assert relations_of(*texts) == [("differ", ("42人", "286人"))]


@pytest.mark.parametrize(
    ("later", "relation"),
    [
        ("社工站21个", "shrinks"),
        ("社工站整合为21个", "succeed"),
        ("社工站合并为21个", "succeed"),
    ],
)
def test_a_stock_does_not_shrink_where_the_text_says_why(later: str, relation: str) -> None:
    texts = ("2022年，甘肃省定西市安定区社工站28个。", f"2023年，甘肃省定西市安定区{later}。")
    assert relations_of(*texts) == [(relation, ("28个", "21个"))]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("2023年", "截至2023年底", []),
        ("截至2023年6月底", "2023年", []),
        ("2023年", "2023年", ["differ"]),
        ("截至2023年12月31日", "截至2023年底", ["differ"]),
        ("截至2022年底", "2023年", ["shrinks"]),
        ("2022年", "截至2023年6月底", ["shrinks"]),
    ],
)
def test_a_stock_of_a_year_may_be_of_any_of_its_days(one: str, other: str, relation: list[str]) -> None:
    texts = (f"{one}，甘肃省定西市安定区持证社工286人。", f"{other}，甘肃省定西市安定区持证社工42人。")
    assert [name for name, _ in relations_of(*texts)] == relation
    run = extract.run(texts={"a": texts[0], "b": texts[1]})
    assert [name for name in run.series("安定区", "certified").relation if name] == relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("持证社工535人，其中安定区286人", "持证社会工作者535人，其中安定区42人", ["agree", "differ"]),
        ("持证社工535人，其中安定区286人", "35岁以下持证社工100人，其中安定区42人", []),
        ("60个社工站有持证社工300人，其中安定区86人", "35岁以下持证社工100人，其中安定区42人", []),
    ],
)
def test_a_part_is_of_what_its_whole_is(one: str, other: str, relation: list[str]) -> None:
    texts = [f"截至2023年底，甘肃省定西市{text}。" for text in (one, other)]
    assert [name for name, _ in relations_of(*texts)] == relation


def test_parts_and_wholes_of_one_article_are_left_to_its_checks() -> None:
    text = "截至2022年底，甘肃省定西市共有持证社工430人。其中安定区186人、通渭县143人、陇西县157人。"
    run = extract.run(texts={"a": text})
    assert (len(run.records), len(run.checks), len(run.relations)) == (4, 1, 0)


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("截至2022年底，甘肃省定西市安定区126人参加2022年考试。", ["differ"]),
        ("截至2022年底，甘肃省定西市安定区累计126人参加考试。", []),
        ("2022年，甘肃省定西市安定区126人报名参加考试。", []),
    ],
)
def test_figures_of_one_examination_meet_where_the_text_tells_its_year(sentence: str, relation: list[str]) -> None:
    other = "2022年，甘肃省定西市安定区130人参加全国社会工作者职业水平考试。"
    assert [name for name, _ in relations_of(sentence, other)] == relation


def test_the_samples_contradict_each_other_where_two_writers_made_up_one_exam() -> None:
    found = extract.run(Path(__file__).parents[2] / "corpus" / "dev").contradictions
    assert found["quotes"].tolist() == [("24186人", "2.02万人")]


def test_flows_that_add_to_each_other_are_not_compared() -> None:
    texts = {"a": "2023年，甘肃省定西市培训社工230人。", "b": "2023年，甘肃省定西市培训社工470人。"}
    assert extract.run(texts=texts).relations.empty


def test_a_county_that_is_more_than_its_city_exceeds_it() -> None:
    texts = {"2024": "截至2024年底，甘肃省定西市持证社工达270人。", "anding": TEXTS["anding"]}
    assert told(extract.run(texts=texts).relations) == [("exceeds", ("270人", "300人"), ("2024-12-31",) * 2)]


def test_a_series_has_totals_and_only_when_asked_for_their_parts_and_targets() -> None:
    run = extract.run(
        texts={
            "2022": "截至2022年底，甘肃省定西市持证社工达535人，其中初级301人、中级229人、高级5人。",
            "2023": "截至2023年底，甘肃省定西市持证社工达588人，其中初级330人。到2025年，全市持证社工将达到1000人。",
        }
    )
    values = [run.series("定西", "certified", parts=parts)["value"].tolist() for parts in (False, True)]
    assert values[0] == [535, 588]
    assert sorted(values[1]) == [5, 229, 301, 330, 535, 588, 1000]


def test_figures_of_different_things_stand_apart_in_a_series() -> None:
    run = extract.run(
        texts={
            "2022": "截至2022年底，甘肃省定西市建成乡镇社工站122个、县级社工总站7个。",
            "2023": "截至2023年底，甘肃省定西市建成乡镇社工站126个、县级社工总站8个。",
        }
    )
    series = run.series("定西", "stations.existing")
    assert series.astype(object)[["tier", "value", "relation"]].values.tolist() == [
        ["county", 7, None], ["county", 8, "succeed"], ["township", 122, None], ["township", 126, "succeed"],
    ]  # fmt: skip


STORY = (
    "近日，定西市民政局召开社会工作推进会，总结三年行动成果，部署下一阶段任务。截至2023年底，甘肃省定西市持证社工达480人，"
    "已建成乡镇社工站126个，服务困难群众2300余人次。三年来，市财政累计投入资金438万元，用于站点建设和人员培训。会议要求，"
    "各乡镇要结合实际，完善运行机制，提升专业能力，让群众在家门口享受到专业服务。下一步，市民政局将继续加大购买服务力度，"
    "推动社工站从有到优，让更多的居民知道社工、认识社工、信任社工，为基层治理增添一份温暖的力量。"
)


def test_an_article_that_tells_what_another_tells_proves_nothing_more() -> None:
    texts = {"a": STORY, "b": STORY.replace("近日，", "日前，"), "c": "截至2023年底，甘肃省定西市持证社工达480人。"}
    run = extract.run(texts=texts)
    assert run.series("定西", "certified")["file"].tolist() == ["a", "c"]
    assert told(run.relations) == [("agree", ("480人", "480人"), ("2023-12-31",) * 2)]


def test_a_stock_shrinks_only_where_it_is_less_than_all_that_was_said_before() -> None:
    texts = {name: TEXTS[name] for name in ("2022", "2022b")} | {"2023": "截至2023年底，甘肃省定西市持证社工达540人。"}
    assert [row.relation for row in extract.run(texts=texts).relations.itertuples()] == ["differ", "succeed"]
