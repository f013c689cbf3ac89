"""Suggested rules: ten phrasings that no shipped rule covers, each taught from one sentence, unedited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extract.authoring import Book, load_rules
from extract.authoring.corpus import Corpus
from extract.authoring.suggesting import SuggestionError
from extract.pipeline import extract_sentence

ROOT = Path(__file__).parents[2]

# the figure is marked; what its record must say; none of it is read so by the shipped rules
PHRASINGS: list[tuple[str, dict[str, Any]]] = [
    (
        "今年以来，【9个】社工站在岚溪县的山坳里落地生根",
        {"table": "stations", "measure": "built", "value": 9, "facility": "station"},
    ),
    (
        "截至2023年底，花名册里揣着社工证的有名有姓者凑足【402人】",
        {"table": "workers", "measure": "certified", "value": 402},
    ),
    ("全县【36名】社工把证书揣进了口袋", {"table": "workers", "measure": "newly_certified", "value": 36}),
    ("社工的花名册上添到【480人】", {"table": "workers", "measure": "talent", "value": 480, "unit": "person"}),
    (
        "区里从牙缝中省出近【260万元】交到社工站手上",
        {"table": "funds", "measure": "invested", "value": 2600000, "bound": "nearly"},
    ),
    ("爱心企业悄悄把【18万元】塞进社工站的募捐箱", {"table": "funds", "measure": "raised", "value": 180000}),
    ("社工进院坝摆龙门阵【64场】", {"table": "services", "measure": "activities", "value": 64, "unit": "event"}),
    (
        "暖心包搁上了【870户】的灶台",
        {"table": "services", "measure": "beneficiaries", "value": 870, "unit": "household"},
    ),
    ("社工这支队伍两年里胖了【35%】", {"table": "rates", "measure": "growth", "value": 35, "unit": "percent"}),
    ("驻站社工的荷包月月厚了【600元】", {"table": "funds", "measure": "allowance", "value": 600, "unit": "CNY"}),
]


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus.open(ROOT / "corpus/dev", cache=tmp_path_factory.mktemp("cache")).settle(load_rules())


def plain(sentence: str) -> str:
    return sentence.replace("【", "").replace("】", "")


def at_mark(sentence: str, book: Book) -> dict[str, Any] | None:
    """The record of the marked figure, which a hedge may stand before."""
    start, end = sentence.index("【"), sentence.index("】") - 1
    return next((r.plain() for r in extract_sentence(plain(sentence), book) if start <= r.start < end), None)


def says(record: dict[str, Any] | None, wanted: dict[str, Any]) -> bool:
    return record is not None and {name: record[name] for name in wanted} == wanted


@pytest.mark.parametrize(("sentence", "wanted"), PHRASINGS)
def test_no_shipped_rule_covers_the_phrasing(book: Book, sentence: str, wanted: dict[str, Any]) -> None:
    assert not says(at_mark(sentence, book), wanted)


@pytest.mark.parametrize(("sentence", "wanted"), PHRASINGS)
def test_one_of_the_first_three_suggestions_reads_it_and_breaks_no_gold(
    dev: Corpus, sentence: str, wanted: dict[str, Any], tmp_path: Path
) -> None:
    found = load_rules().suggest(sentence, wanted["table"], wanted["measure"], corpus=dev)
    assert len(found) >= 3
    right = []
    for candidate in found[:3]:
        folder = candidate.save(tmp_path / candidate.id / "mine.yaml").parent
        taught = load_rules(folder)  # its example and its rejects hold
        if says(at_mark(sentence, taught), wanted) and not candidate.trial.breaks_gold:
            right.append(candidate)
    assert right
    assert all(candidate.trial.gold_after is not None for candidate in found)


@pytest.mark.parametrize("number", [2, 6])
def test_the_measure_is_guessed_where_the_words_tell_it(book: Book, number: int) -> None:
    sentence, wanted = PHRASINGS[number]
    found = book.suggest(sentence)
    assert {(c.reads["table"], c.reads["measure"]) for c in found} == {(wanted["table"], wanted["measure"])}


def test_suggestions_go_from_specific_to_broad(book: Book) -> None:
    found = book.suggest("社工进院坝摆龙门阵【64场】", "services", "activities")
    assert [candidate.match for candidate in found] == [
        "{worker}进院坝摆龙门阵{events}",
        "{worker} 院坝 摆龙门阵 {events}",
        "{worker} 摆龙门阵 {events}",
        "院坝 摆龙门阵 {events}",
        "摆龙门阵 {events}",
        "{worker} {events}",
    ]
    assert (
        found[2].yaml
        == """- id: services.activities.taught-45905b
  match: "{worker} 摆龙门阵 {events}"
  priority: 35
  record: {table: services, measure: activities}
  examples:
    - text: "社工进院坝摆龙门阵64场"
      gives: [{value: 64, measure: activities, unit: event}]
  rejects:
    - {text: "社工进院坝摆龙门阵64元", because: money}
    - {text: "力争到明年底社工进院坝摆龙门阵64场", because: target}
"""
    )


def test_a_row_of_the_ledger_can_be_taught(book: Book) -> None:
    corpus = Corpus.of({"a.txt": "去年，驻站社工的荷包月月厚了 600 元。"})
    (row,) = corpus.settle(book).open_numbers()
    found = book.suggest(row, "funds", "allowance")
    assert found[0].reads["quote"] == "600元"


def test_what_a_suggestion_would_change_is_told(dev: Corpus) -> None:
    found = load_rules().suggest("全县【36名】社工把证书揣进了口袋", "workers", "newly_certified", corpus=dev)
    assert found[-1].match == "{persons} {worker}"
    assert found[-1].trial.breaks_gold
    assert found[-1].trial.changed


def test_a_suggestion_takes_effect_when_it_is_added(book: Book) -> None:
    sentence, wanted = PHRASINGS[0]
    book.add(book.suggest(sentence, wanted["table"], wanted["measure"])[1].yaml)
    assert says(at_mark(sentence, book), wanted)


def test_a_figure_that_another_rule_reads_is_taken_from_it(book: Book) -> None:
    (first, *_) = book.suggest("全县持证社工达【186人】", "workers", "talent")
    assert says(at_mark("全县持证社工达【186人】", book.add(first.yaml)), {"measure": "talent", "value": 186})


def test_the_items_of_a_list_are_taught_together(book: Book) -> None:
    sentence = "社工进院坝摆龙门阵【64场】、下火炕唠嗑32场"
    (first, *_) = book.suggest(sentence, "services", "activities")
    assert "  list: true\n" in first.yaml
    assert [r.value for r in extract_sentence(plain(sentence), book.add(first.yaml))] == [64, 32]


def test_saved_suggestions_stand_one_below_the_other(book: Book, tmp_path: Path) -> None:
    for sentence, wanted in PHRASINGS[:3]:
        book.suggest(sentence, wanted["table"], wanted["measure"])[0].save(tmp_path / "my")
    assert len(load_rules(tmp_path / "my").rules) == len(book.rules) + 3


@pytest.mark.parametrize(
    ("sentence", "table", "measure", "fault"),
    [
        (
            "社工摆龙门阵64场",
            None,
            None,
            "no figure of “社工摆龙门阵64场” is marked; write the one that is wanted as 【12个】",
        ),
        ("社工【摆龙门阵】64场", None, None, "“摆龙门阵” of “社工摆龙门阵64场” is no quantity"),
        ("推进【五社联动】", None, None, "“五社联动” of “推进五社联动” is no quantity"),
        ("摆龙门阵【64场】", "kitchens", None, "there is no kitchens; name one of funds.allowance"),
        ("摆龙门阵【64场】", "services", "parties", "there is no services.parties; name one of"),
        ("搭建【一个】平台", "stations", "built", "no rule that was tried reads “一个”"),
        ({"sentence": "摆龙门阵64场", "quote": "65场"}, None, None, "“65场” does not stand in its sentence"),
    ],
)
def test_what_cannot_be_taught_is_told(
    book: Book, sentence: str | dict[str, str], table: str | None, measure: str | None, fault: str
) -> None:
    with pytest.raises(SuggestionError) as refused:
        book.suggest(sentence, table, measure)
    assert str(refused.value).startswith(fault)


def test_suggestions_show_themselves(book: Book) -> None:
    found = book.suggest(
        "社工进院坝摆龙门阵【64场】", "services", "activities", corpus=Corpus.of({"a.txt": "摆龙门阵5场。"})
    )
    assert str(found).startswith("# 1\n- id: services.activities.taught-")
    assert "# services.activities.taught-" in str(found)
    assert "<code>摆龙门阵 {events}</code>" in found._repr_html_()
    assert repr(found).startswith("<6 suggestions: {worker}进院坝摆龙门阵{events}, ")
