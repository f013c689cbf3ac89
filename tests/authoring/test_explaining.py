"""Why a sentence gives its records, and how near rules come to the figures that give none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.authoring import Book
from extract.authoring.explaining import explain, nearest_rules
from extract.authoring.tracing import trace
from extract.passages import find_passages, match_article, read_passage
from extract.pipeline import sentence_article
from extract.rules import RuleBook

MakeBook = Callable[..., RuleBook]
Paragraph = Callable[[str], Any]


def test_a_record_is_told_with_its_rule_its_words_and_the_source_of_each_field(book: Book) -> None:
    why = book.why("2023年，南宁市马山县建成乡镇社工站8个、县级总站1个")
    assert str(why).splitlines()[1:] == [
        "8个 is stations.built 8 site",
        "    by stations.built.in-period, on “建成乡镇社工站8个”",
        "    nature flow: the default of stations.built",
        "    unit site: the default of stations.built",
        "    facility station: “社工站”",
        "    tier township: “乡镇”",
        "    place 马山县: “南宁市马山县”, stated",
        "    period 2023-01-01…2023-12-31: “2023年”, stated",
        "1个 is stations.built 1 site",
        "    by stations.built.in-period, on “建成乡镇社工站8个”, which it shares with the figure before it in the list",
        "    nature flow: the default of stations.built",
        "    unit site: the default of stations.built",
        "    facility station: “总站”",
        "    tier county: “县级”",
        "    place 马山县: “南宁市马山县”, stated",
        "    period 2023-01-01…2023-12-31: “2023年”, stated",
    ]


def test_one_figure_can_be_asked_for_alone(book: Book) -> None:
    why = book.why("持证社工达186人，其中中级42人", "42人")
    assert [made.via for made in why.made] == ["part"]
    assert why.unmade == ()


def test_a_figure_that_does_not_stand_there_is_told(book: Book) -> None:
    with pytest.raises(ValueError, match="“13个” is no number of"):
        book.why("持证社工达186人", "13个")


def test_what_is_no_quantity_is_told_with_its_class(book: Book) -> None:
    (slogan,) = book.why("推进五社联动").unmade
    assert (slogan.quote, slogan.told) == ("五社联动", "it is read as name, no quantity")


def attempts(make_book: MakeBook, paragraph: Paragraph, match: str, sentence: str, **more: Any) -> list[str]:
    book = make_book({"match": match, **more})
    (segment,) = paragraph(sentence)
    return [attempt.told for attempt in nearest_rules(segment, 0, book)]


@pytest.mark.parametrize(
    ("match", "sentence", "told"),
    [
        ("挂牌 {facility} {count}", "全县亮灯社工站【12个】", "it reads “社工站12个”; before that it wants 挂牌, but “全县亮灯” stands there"),
        ("{count} {facility} 挂牌", "全县【12个】社工站亮灯", "it reads “12个社工站”; after that it wants 挂牌, but “亮灯” stands there"),
        ("{facility}{count}落成", "社工站【12个】", "it reads “社工站12个”; after that it wants 落成, but the text ends there"),
        ("挂牌 {count}", "挂牌，举办【12个】", None),
        ("挂牌 {count}", "投入【12万元】", None),
    ],
)  # fmt: skip
def test_it_is_told_where_a_rule_stops_and_what_stands_there(
    make_book: MakeBook, paragraph: Paragraph, match: str, sentence: str, told: str | None
) -> None:
    assert attempts(make_book, paragraph, match, sentence) == ([told] if told else [])


def test_conditions_that_do_not_hold_are_told(make_book: MakeBook, paragraph: Paragraph) -> None:
    told = attempts(make_book, paragraph, "挂牌 {count}", "挂牌【12个】", when=["as-of"], unless=["拟"])
    assert told == ["it reads “挂牌12个”, all of its pattern, but not its conditions (as-of, unless 拟)"]


def test_the_nearest_rule_comes_first(make_book: MakeBook, paragraph: Paragraph) -> None:
    book = make_book(
        {"id": "rule.far", "match": "全县 挂牌 {count} {facility}"},
        {"id": "rule.near", "match": "挂牌 {count} {facility}"},
    )
    (segment,) = paragraph("全县亮灯【12个】社工站")
    assert [attempt.rule for attempt in nearest_rules(segment, 0, book)] == ["rule.near", "rule.far"]


def test_a_figure_that_counts_nothing_is_told(book: Book) -> None:
    (figure,) = book.why("搭建一个平台").unmade
    assert "counts nothing" in figure.told


def test_a_rule_gets_all_the_way_around_the_figures_of_its_examples(book: Book) -> None:
    """Of the figures that a shipped rule itself reads, by its own pattern, none is told to stop it."""
    stopped = []
    for rule in book.rules:
        article = sentence_article(rule.examples[0].text)
        passages = find_passages(article, match_article(article))
        for finding, _, _ in (found for passage in passages for found in read_passage(article, passage, book)):
            if finding.rule.id == rule.id and finding.via == "rule" and not finding.dealt:
                progress = trace(rule, finding.segment, finding.index)
                if progress is None or progress.stopped is not None:
                    stopped.append((rule.id, progress))
    assert stopped == []


def test_an_explanation_shows_itself(book: Book) -> None:
    html = explain("建成社工站<8个>", book)._repr_html_()
    assert "&lt;8个&gt;" in html
    assert "<b>8个" in html


def test_a_row_of_the_ledger_is_asked_for_as_it_is(book: Book) -> None:
    row = {"sentence": "去年，驻站社工的荷包月月厚了600元。", "quote": "600 元"}
    (figure,) = book.why(row).unmade
    assert (figure.quote, figure.number_class) == ("600元", "unexplained")
    assert figure.nearest


def test_a_figure_that_no_rule_comes_near_is_told_of_what_drafts_one(book: Book) -> None:
    (unmade,) = book.why("社工进院坝摆龙门阵64场").unmade
    assert unmade.told.endswith(
        "no rule for such a figure has a word that stands here: jianbao rules suggest drafts one"
    )


def test_what_is_missing_before_the_first_word_is_told_so(book: Book) -> None:
    (unmade,) = book.why("12处暖心驿亭亮灯").unmade
    assert str(unmade.nearest[0]).endswith("before that it wants {facility}, but the text begins there")
