"""Across articles: series of one place and measure, and where articles agree or contradict each other."""

from __future__ import annotations

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
