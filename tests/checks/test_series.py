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
    assert series[["value", "file"]].values.tolist() == [
        [337, "2021"], [535, "2022"], [553, "2022b"], [480, "2023"], [460, "2024"],
    ]  # fmt: skip
    assert series.equals(run.series("621100", "certified"))


def test_a_measure_that_no_table_has_is_told(run: extract.Run) -> None:
    with pytest.raises(KeyError, match="no measure 'certfied'; there are stations"):
        run.series("定西", "certfied")


def test_figures_of_one_time_differ_and_stocks_shrink_without_a_word(run: extract.Run) -> None:
    assert told(run.relations) == [
        ("succeed", ("337人", "535人"), ("2021-12-31", "2022-12-31")),
        ("differ", ("535人", "553人"), ("2022-12-31", "2022-12-31")),
        ("shrinks", ("553人", "480人"), ("2022-12-31", "2023-12-31")),
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
