"""Rules tried before they are saved: gained, lost, changed and moved records, and the gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.authoring import Book
from extract.authoring.changes import compare, counts
from extract.authoring.corpus import Corpus
from extract.rules import RuleError

DEV = Path(__file__).parents[2] / "corpus/dev"
TOOK_ROOT = """
- id: stations.built.took-root
  match: "{count} {facility} 落地生根"
  priority: 65
  record: {table: stations, measure: built}
"""


def record(start: int, **fields: object) -> dict[str, object]:
    return {"file": "a.txt", "start": start, "quote": "3个", "rule": "r", "measure": "built", **fields}


def test_records_are_compared_by_the_figure_that_they_read() -> None:
    before = [record(0), record(5), record(9), record(20)]
    after = [record(5, measure="existing"), record(9, rule="s"), record(20, record_id="other"), record(30)]
    changes = compare(before, after)
    assert [(c.what, c.record["start"], c.differs) for c in changes] == [
        ("lost", 0, ()),
        ("changed", 5, ("measure",)),
        ("moved", 9, ("rule",)),
        ("gained", 30, ()),
    ]
    assert counts(changes) == {"gained": 1, "lost": 1, "changed": 1, "moved": 1}


def test_a_rule_is_tried_without_being_saved(book: Book, corpus: Corpus) -> None:
    version = book.version
    before = next(r["rule"] for r in corpus.settle(book).records() if r["quote"] == "9个")
    trial = book.try_rule(TOOK_ROOT, corpus=corpus)
    assert [(c.what, c.record["quote"], c.differs) for c in trial.changes] == [
        ("changed", "9个", ("measure", "nature", "rule"))
    ]
    assert trial.changed[0].row() == {
        "what": "changed",
        "file": "a.txt",
        "quote": "9个",
        "before": "stations.existing 9 site",
        "after": "stations.built 9 site",
        "differs": "measure existing → built; nature stock → flow",
        "sentence": "今年以来，9个社工站在村里落地生根。",
        "rule_before": before,
        "rule_after": "stations.built.took-root",
    }
    assert (trial.gold_before, trial.gold_after, trial.breaks_gold) == (None, None, False)
    assert trial.faults == ("stations.built.took-root: no example yet; give one before it is saved",)
    assert book.version == version


def test_what_taking_a_rule_away_loses_is_told(book: Book, corpus: Corpus) -> None:
    trial = book.try_without("workers.certified.from-to", "workers.certified.noun-before", corpus=corpus)
    assert {c.record["rule"] for c in trial.lost} <= {"workers.certified.from-to", "workers.certified.noun-before"}
    assert len(book.rules) == len(book.files.sources)


def test_the_gold_before_and_after_is_that_of_whole_readings(book: Book) -> None:
    harmful = TOOK_ROOT.replace("{count} {facility} 落地生根", "建成 {count}|{count} {facility}")
    corpus = Corpus.open(DEV)
    trial = book.try_rule(harmful, corpus=corpus)
    changed, _ = book.with_drafts(harmful)
    assert trial.gold_before == corpus.settle(book).gold_score()
    assert trial.gold_after == corpus.settle(changed).gold_score()
    assert trial.breaks_gold
    corpus.settle(book)


def test_examples_that_do_not_hold_are_told_with_the_trial(book: Book, corpus: Corpus) -> None:
    wrong = TOOK_ROOT + "  examples: [{text: 9个社工站落地生根, gives: [{value: 8}]}]\n"
    (fault,) = book.try_rule(wrong, corpus=corpus).faults
    assert fault.endswith("record 1: value is 9, not 8")


def test_a_malformed_rule_is_refused(book: Book, corpus: Corpus) -> None:
    with pytest.raises(RuleError, match="unknown slot"):
        book.try_rule(TOOK_ROOT.replace("count", "cuont"), corpus=corpus)


def test_a_trial_shows_itself(book: Book, corpus: Corpus) -> None:
    trial = book.try_rule(TOOK_ROOT, corpus=corpus)
    assert repr(trial) == "<trial of stations.built.took-root on 3 articles: 0 gained, 0 lost, 1 changed, 0 moved>"
    assert str(trial).splitlines()[2].startswith("changed 9个 · stations.existing 9 site → stations.built 9 site")
    assert "<b>9个</b>社工站" in trial._repr_html_()
    assert trial.frame()["after"].tolist() == ["stations.built 9 site"]
