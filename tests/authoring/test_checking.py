"""Rules as their authors meet them: a rule is used only when it gives what its examples say, and nothing of its rejects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.authoring import check_rules, load_rules
from extract.rules.book import RuleError

Own = Callable[..., Path]

GOOD = """
- id: stations.built.opened
  match: "挂牌 {facility} {count}"
  list: true
  record: {table: stations, measure: built}
  examples:
    - text: 2022年，全县挂牌社工站3个、县级总站12个
      gives: [{value: 3, measure: built, period_start: "2022-01-01", tier: null}, {value: 12, tier: county}]
  rejects:
    - {text: 持证社工186人, because: people}
    - {text: 力争挂牌社工站3个, because: target}
"""


def faults(*folders: Path) -> list[str]:
    """The faults that a load tells."""
    with pytest.raises(RuleError) as refused:
        load_rules(*folders)
    assert str(refused.value) == "\n".join(refused.value.faults)
    return refused.value.faults


def changed(before: str, after: str) -> str:
    assert before in GOOD
    return GOOD.replace(before, after)


def test_a_rule_that_gives_what_it_says_is_loaded(shipped: Path, own: Own) -> None:
    assert [rule.id for rule in load_rules(own(GOOD)).rules][-1] == "stations.built.opened"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("value: 12", "value: 13", "record 2: value is 12, not 13"),
        ("tier: county", "tier: village", "record 2: tier is county, not village"),
        ("tier: null", "tier: county", "record 1: tier is None, not county"),
        ("tier: county", "tier: null", "record 2: tier is county, not None"),
        (", {value: 12, tier: county}", "", "gives more than it says: 12个; add it to gives or narrow match"),
        ("list: true", "list: false", "gives 1 records, not 2; mend match or gives"),
        ("全县挂牌", "全县落成", "gives 0 records, not 2; mend match or gives"),
        ('"2022-01-01"', '"2021-01-01"', "record 1: period_start is 2022-01-01, not 2021-01-01"),
    ],
)
def test_an_example_that_does_not_hold_is_refused(shipped: Path, own: Own, before: str, after: str, fault: str) -> None:
    (told,) = faults(own(changed(before, after)))
    assert told.startswith("rules.yaml, id 'stations.built.opened': example “2022年，全县")
    assert told.endswith(fault)


@pytest.mark.parametrize(
    "reject",
    [
        "{text: 又挂牌社工站3个, because: nothing}",
        "{text: 又挂牌社工站3个, because: target}",
        "{text: 力争挂牌社工站3个, because: nothing}",
    ],
)
def test_a_reject_that_is_matched_is_refused(shipped: Path, own: Own, reject: str) -> None:
    (told,) = faults(own(changed("{text: 持证社工186人, because: people}", reject)))
    assert told.startswith("rules.yaml, id 'stations.built.opened': reject “")
    assert told.endswith("is matched: 3个; narrow match")


def test_every_wrong_example_and_reject_is_told_at_once(shipped: Path, own: Own) -> None:
    wrong = changed("value: 12", "value: 13").replace("持证社工186人", "挂牌社工站3个")
    other = wrong.replace("stations.built.opened", "stations.built.other")
    assert len(faults(own(a=wrong))) == 2
    assert {told.partition(",")[0] for told in faults(own(folder="two", a=wrong, b=other))} == {"a.yaml", "b.yaml"}


def test_a_rule_is_tried_beside_the_others(shipped: Path, own: Own) -> None:
    stronger = """
- id: stations.existing.stronger
  match: "社工站{count}"
  priority: 90
  record: {table: stations, measure: existing}
  examples: [{text: 有社工站3个, gives: [{value: 3}]}]
"""
    assert any("id 'stations.built.opened': example" in told for told in faults(own(GOOD + stronger)))


def test_a_rule_of_a_table_of_its_own_is_tried_too(shipped: Path, own: Own) -> None:
    text = """
tables: {kitchens: {existing: {nature: stock, unit: site}}}
words: {kitchen: [食堂]}
rules:
  - id: kitchens.existing.stands
    match: "开设 {kitchen} {count}"
    record: {table: kitchens, measure: existing}
    examples: [{text: 全县开设食堂3个, gives: [{value: 3, table: kitchens, unit: site, nature: stock}]}]
"""
    assert load_rules(own(text)).rules[-1].table == "kitchens"
    assert len(faults(own(text.replace("value: 3", "value: 4"), folder="wrong"))) == 1


def test_malformed_rules_are_told_before_any_example_is_tried(shipped: Path, own: Own) -> None:
    told = faults(own(a=changed("value: 12", "value: 13"), b=changed("{count}", "{cuont}")))
    assert [fault for fault in told if "example" in fault] == []


@pytest.mark.parametrize("field", ["nature: stok", "status: done", "grade: 初级", "per: month", "tier: town"])
def test_a_value_that_no_record_can_have_is_told(shipped: Path, own: Own, field: str) -> None:
    assert faults(own(changed("measure: built}\n  ex", f"measure: built, {field}}}\n  ex")))


def test_shipped_rules_are_checked_when_it_is_asked_for(shipped: Path) -> None:
    path = shipped / "rules/stations.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 19", "value: 20"), encoding="utf-8")
    book = load_rules()
    with pytest.raises(
        RuleError, match=r"stations.yaml, id 'stations.existing.stands': example .* value is 19, not 20"
    ):
        check_rules(book, book.rules)


def test_numbers_are_compared_as_numbers(shipped: Path, own: Own) -> None:
    assert load_rules(own(changed("value: 12", "value: 12.0")))


def test_a_users_rule_takes_the_place_of_the_shipped_one(shipped: Path, own: Own) -> None:
    mine = GOOD.replace("stations.built.opened", "stations.existing.stands").replace("力争挂牌", "力争建成")
    book = load_rules(own(mine))
    assert sorted(rule.id for rule in book.rules) == ["stations.existing.stands", "workers.certified.holds"]
