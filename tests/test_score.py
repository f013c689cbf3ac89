"""Scores: which records answer which gold, what counts as right, and what is told of the rest."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.gold import GOLD, RECORD, GoldError, read_floors, read_rows
from extract.score import Fault, Figures, TableScore, accepts, below_floor, pair, score

PLAIN = Path(__file__).parents[2] / "shared" / "score.py"


def gold(start: int = 0, **fields: Any) -> dict[str, Any]:
    """A gold record of 12 certified persons at `start`."""
    made = {"file": "a.txt", "start": start, "end": start + 3, "table": "workers", "measure": "certified"}
    made |= {"number": "12人", "value": 12, "low": None, "high": None, "bound": "exact", "unit": "person"}
    made |= {"nature": None, "status": "actual", "grade": None, "facility": None, "tier": None, "per": None}
    return made | {"programme": None, "place": None, "period": None, "optional": False} | fields


def found(start: int = 0, **fields: Any) -> dict[str, Any]:
    """The record that answers `gold(start)` in full."""
    made = {"file": "below/a.txt", "start": start, "end": start + 3, "table": "workers", "measure": "certified"}
    made |= {"quote": "12人", "value": 12, "low": 12, "high": 12, "bound": "exact", "unit": "person", "nature": "stock"}
    made |= {"status": "actual", "grade": None, "facility": None, "tier": None, "per": None, "programme": None}
    made |= {"place_code": "410100", "period_start": None, "period_end": "2021-12-31", "rule": "w.c"}
    return made | {"sentence": "全市有12人持证。"} | fields


def test_a_record_that_agrees_is_right_in_core_and_full() -> None:
    result = score([gold()], [found()])
    assert result.overall == TableScore(Figures(1, 1, 1), Figures(1, 1, 1))
    assert result.tables == {"workers": result.overall}
    assert result.faults == ()


def test_a_wrong_grade_is_right_in_core_alone() -> None:
    wrong = found(grade="senior")
    result = score([gold()], [wrong])
    assert result.overall == TableScore(Figures(1, 1, 1), Figures(0, 1, 1))
    assert result.faults == (Fault("wrong", gold(), wrong, ("grade",), "全市有12人持证。"),)
    assert result.faults[0].differences() == ["grade: None ≠ senior"]


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        ({"measure": "talent"}, ("measure",)),
        ({"measure": "talent|certified"}, ()),
        ({"value": 13}, ("value",)),
        ({"value": 12.000001}, ()),
        ({"unit": "percent", "value": 12.01}, ("unit",)),
        ({"unit": "site"}, ("unit",)),
        ({"bound": "over"}, ("bound",)),
        ({"bound": "range", "low": 12, "high": 12}, ("bound",)),
        ({"bound": "range|exact", "low": 10, "high": 12}, ()),
        ({"nature": "flow"}, ("nature",)),
        ({"nature": "flow|stock"}, ()),
        ({"facility": "room"}, ("facility",)),
        ({"facility": "room|null"}, ()),
        ({"per": "station"}, ("per",)),
        ({"status": "target"}, ("status",)),
        ({"place": "410100"}, ()),
        ({"place": "410200"}, ("place",)),
        ({"period": {"text": "截至2021年底", "start": None, "end": "2021-12-31"}}, ()),
        ({"period": {"text": "2021年", "start": "2021-01-01", "end": "2021-12-31"}}, ("period",)),
        ({"period": {"text": "今年", "start": None, "end": None}}, ()),
    ],
)
def test_the_fields_that_differ_are_named(wanted: dict[str, Any], wrong: tuple[str, ...]) -> None:
    faults = score([gold(**wanted)], [found()]).faults
    assert [fault.wrong for fault in faults] == ([wrong] if wrong else [])


def test_a_missed_record_takes_its_sentence_from_the_ledger() -> None:
    ledger = [{"file": "a.txt", "start": 1, "end": 2, "sentence": "全市有12人。"}]
    assert score([gold()], [], ledger).faults == (Fault("missed", gold(), None, (), "全市有12人。"),)


def test_optional_gold_is_neither_demanded_nor_are_its_answers_extra() -> None:
    result = score([gold(optional=True), gold(10)], [found(), found(10), found(20)])
    assert result.overall.core == Figures(right=1, demanded=1, made=2)
    assert [fault.kind for fault in result.faults] == ["extra"]


def test_the_pair_with_the_most_right_is_taken_first() -> None:
    golds = [gold(value=1), gold(value=2)]
    assert sorted(pair(golds, [found(value=2), found(value=1)])) == [(0, 1), (1, 0)]


def test_a_record_of_another_file_or_table_answers_nothing() -> None:
    result = score([gold()], [found(file="b.txt"), found(table="stations")])
    assert [fault.kind for fault in result.faults] == ["missed", "extra", "extra"]
    assert result.confusions == {"measure": Counter(), "table": Counter({("workers", "stations"): 1})}


def test_confused_measures_are_counted() -> None:
    result = score([gold(), gold(10)], [found(measure="talent"), found(10, measure="talent")])
    assert result.confusions["measure"] == Counter({("workers.certified", "workers.talent"): 2})
    assert result.wrong_fields == Counter(measure=2)


def test_null_among_the_accepted_values_accepts_absence() -> None:
    assert [accepts("a|null", got) for got in ("a", None, "null", "b")] == [True, True, False, False]


def test_nothing_demanded_and_nothing_made_is_perfect() -> None:
    assert score([], []).overall.core.plain() == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_a_figure_below_its_floor_is_told() -> None:
    result = score([gold(), gold(10)], [found()])
    assert below_floor(result, {"core_f1": 0.5, "recall": 0.75, "full_precision": 1}) == [
        "recall is 0.5000, below its floor of 0.75"
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"f2": 1}', "'f2' is no figure; name some of core_f1"),
        ("{", "no JSON"),
        ('["f1"]', "no object of numbers"),
    ],
)
def test_broken_floors_are_refused(tmp_path: Path, content: str, fault: str) -> None:
    (tmp_path / "floor.json").write_text(content)
    with pytest.raises(GoldError, match=fault):
        read_floors(tmp_path / "floor.json")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("\n{", "rows.jsonl, line 2: no JSON"),
        ("[]", "rows.jsonl, line 1: no object"),
        ('{"file": "a", "start": 1}', "rows.jsonl, line 1: lacks end, table"),
        ('{"file": "a", "start": "1", "end": 2, "table": "t"}', "start and end must be integers"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, content: str, fault: str) -> None:
    (tmp_path / "rows.jsonl").write_text(content)
    with pytest.raises(GoldError, match=fault):
        read_rows(tmp_path / "rows.jsonl", RECORD)


def test_rows_are_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in (gold(), gold(9))) + "\n", encoding="utf-8"
    )
    assert read_rows(path, GOLD) == [gold(), gold(9)]


def _records(of: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    fields = st.fixed_dictionaries(
        {
            "start": st.integers(0, 6),
            "table": st.sampled_from(["workers", "funds"]),
            "measure": st.sampled_from(["certified", "talent"]),
            "value": st.sampled_from([12, 13]),
            "bound": st.sampled_from(["exact", "over"]),
            "grade": st.sampled_from([None, "senior"]),
            "file": st.sampled_from(["a.txt", "b.txt"]),
            "place": st.sampled_from([None, "410100", "410200"]),
            "optional": st.booleans(),
        }
    )
    return st.lists(fields.map(lambda drawn: of(**drawn)), max_size=6)


@pytest.mark.skipif(not PLAIN.exists(), reason="the plain scoring script does not lie beside this tree")
@given(golds=_records(gold), founds=_records(found))
def test_the_score_is_that_of_the_plain_script(golds: list[dict[str, Any]], founds: list[dict[str, Any]]) -> None:
    spec = importlib.util.spec_from_file_location("plain_score", PLAIN)
    assert spec
    assert spec.loader
    plain = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plain)
    report, faults = plain.score(golds, founds)
    mine = score(golds, founds)
    assert {name: mine.plain()[name] for name in report} == report
    assert [(fault.kind, fault.gold, fault.found, list(fault.wrong)) for fault in mine.faults] == faults
