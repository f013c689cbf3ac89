"""Books that an author changes: rules come and go at once, and what is refused changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.authoring import Book, load_rules
from extract.pipeline import extract_sentence
from extract.rules import RuleError

SENTENCE = "今年以来，9个社工站在村里落地生根"
TOOK_ROOT = """
- id: stations.built.took-root
  match: "{count} {facility} 落地生根"
  priority: 65
  record: {table: stations, measure: built}
  examples:
    - text: 今年以来，9个社工站在村里落地生根
      gives: [{value: 9, measure: built}]
"""


def rule_of(sentence: str, book: Book) -> list[str]:
    return [record.rule for record in extract_sentence(sentence, book)]


def state(book: Book) -> tuple[list[str], str]:
    return [rule.id for rule in book.rules], book.version


def test_an_added_rule_holds_from_the_next_call_on(book: Book) -> None:
    assert rule_of(SENTENCE, book) != ["stations.built.took-root"]
    assert rule_of(SENTENCE, book.add(TOOK_ROOT)) == ["stations.built.took-root"]
    assert rule_of(SENTENCE, book) == ["stations.built.took-root"]


def test_a_rule_that_is_taken_out_reads_nothing_from_the_next_call_on(book: Book) -> None:
    before = rule_of(SENTENCE, book)
    book.add(TOOK_ROOT).without("stations.built.took-root")
    assert rule_of(SENTENCE, book) == before
    assert rule_of(SENTENCE, book.without(*before)) != before


def test_rules_are_added_from_files_and_folders_too(book: Book, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(TOOK_ROOT, encoding="utf-8")
    assert rule_of(SENTENCE, load_rules().add(tmp_path)) == ["stations.built.took-root"]
    assert rule_of(SENTENCE, load_rules().add(tmp_path / "mine.yaml")) == ["stations.built.took-root"]
    assert load_rules().add(tmp_path).rules[-1].source == load_rules(tmp_path).rules[-1].source


def test_every_change_changes_the_version(book: Book) -> None:
    versions = [book.version, book.add(TOOK_ROOT).version, book.without("stations.built.took-root").version]
    assert len(set(versions)) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TOOK_ROOT.replace("value: 9", "value: 8"), "text, id 'stations.built.took-root': example “今年以来，9个社工站在村里落地生根”, record 1: value is 9, not 8"),
        (TOOK_ROOT.replace("{count}", "{cuont}"), "text, id 'stations.built.took-root': match, column 1: unknown slot {cuont}"),
        (TOOK_ROOT.partition("  examples")[0], "text, id 'stations.built.took-root': no example; give one text"),
        ("- id: [", "text: while parsing a flow node"),
        ("nothing: here", "text: nothing: there is no such key"),
        ("nothing.yaml", "nothing.yaml: cannot be read"),
    ],
)  # fmt: skip
def test_a_rule_with_a_fault_is_refused_and_changes_nothing(book: Book, text: str, fault: str) -> None:
    before = state(book)
    with pytest.raises(RuleError) as refused:
        book.add(text)
    assert refused.value.faults[0].startswith(fault)
    assert state(book) == before


def test_what_is_not_there_cannot_be_taken_out(book: Book) -> None:
    before = state(book)
    with pytest.raises(RuleError, match="there is no rule 'stations-no' to do without"):
        book.without("stations-no")
    assert state(book) == before


def test_an_added_rule_with_a_known_id_takes_its_place(book: Book) -> None:
    (known,) = rule_of(SENTENCE, book)
    book.add(TOOK_ROOT.replace("stations.built.took-root", known))
    assert [rule.id for rule in book.rules].count(known) == 1
    assert [(r.rule, r.measure) for r in extract_sentence(SENTENCE, book)] == [(known, "built")]


def test_patterns_that_a_change_does_not_touch_stay_compiled(book: Book) -> None:
    before = {rule.id: rule.patterns for rule in book.rules}
    book.add(TOOK_ROOT)
    assert all(rule.patterns is before[rule.id] for rule in book.rules if rule.id in before)
