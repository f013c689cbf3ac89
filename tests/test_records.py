"""Rows: what a record may say, how it is written, and what its id hangs on."""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from extract.records import (
    ArticleRow,
    Bound,
    CheckRow,
    NumberRow,
    Record,
    Row,
    json_lines,
    plain_number,
    record_id,
)
from extract.tables import column_kinds

FIELDS: dict[str, Any] = {
    "record_id": "r1", "table": "stations", "measure": "existing", "value": Decimal("192"), "low": Decimal("192"),
    "high": None, "bound": "at_least", "unit": "site", "nature": "stock", "status": "actual", "grade": None,
    "facility": "station", "tier": "township", "per": None, "group": None, "programme": None, "place": "安定区",
    "place_code": "621102", "place_basis": "stated", "period_start": None, "period_end": datetime.date(2022, 12, 31),
    "period_text": "截至2022年底", "period_basis": "stated", "article_id": "a#1", "file": "a.txt", "start": 3, "end": 7,
    "quote": "192个", "sentence": "建成192个以上。", "rule": "stations.stands", "checks": ("sum 190+2=192",),
}  # fmt: skip
PLAIN = FIELDS | {"value": 192, "low": 192, "period_end": "2022-12-31", "checks": ["sum 190+2=192"]}
NUMBER: dict[str, Any] = {
    "article_id": "a#1", "file": "a.txt", "start": 3, "end": 7, "quote": "192个", "value": Decimal("0.5"), "low": None,
    "high": None, "bound": None, "unit": None, "class": "context", "record_id": None, "sentence": "建成192个。",
}  # fmt: skip


def test_a_record_says_what_it_was_given() -> None:
    assert Record(**FIELDS).plain() == PLAIN
    assert list(Record(**FIELDS).plain()) == list(column_kinds(Record))


def test_every_field_of_a_record_must_be_given_save_its_checks() -> None:
    required = {name for name, field in Record.model_fields.items() if field.is_required()}
    assert required == set(FIELDS) - {"checks"}


def test_the_class_of_a_number_is_called_class_outside_and_number_class_inside() -> None:
    row = NumberRow(**NUMBER)
    assert row.number_class == "context"
    assert row.plain() == NUMBER | {"value": 0.5}
    assert "class" in column_kinds(NumberRow)
    assert NumberRow(**{k: v for k, v in NUMBER.items() if k != "class"}, number_class="context") == row


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bound", "roughly"),
        ("nature", "stok"),
        ("status", "planned"),
        ("grade", "初级"),
        ("tier", "town"),
        ("per", "month"),
        ("place_basis", "guessed"),
        ("period_basis", "guessed"),
        ("value", "many"),
        ("start", 1.5),
        ("period_start", "yesterday"),
    ],
)
def test_a_record_refuses_what_no_field_can_hold(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        Record(**FIELDS | {field: value})


def test_rows_refuse_unknown_fields_and_changes() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Record(**FIELDS, colour="red")
    with pytest.raises(ValidationError, match="frozen"):
        Record(**FIELDS).value = Decimal(3)


def test_rows_are_written_one_to_a_line() -> None:
    rows: list[Row] = [
        Record(**FIELDS | {"quote": "1\n92个"}),
        NumberRow(**NUMBER),
        ArticleRow(
            article_id="a#1", file="a.txt", title="标题", source=None, published=datetime.date(2023, 1, 2), place=None,
            place_code=None, start=0, end=9,
        ),
        CheckRow(
            article_id="a#1", kind="sum", terms=("r1", "r2"), computed=Decimal(3), stated=Decimal("2.5"),
            verdict="fails", chance=Decimal("0.01"), basis="words", text="sum 1+2=3, not 2.5",
        ),
    ]  # fmt: skip
    lines = list(json_lines(rows))
    assert all("\n" not in line for line in lines)
    assert [json.loads(line) for line in lines] == [row.plain() for row in rows]
    assert "1\\n92个" in lines[0]


# numbers


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("192", 192),
        ("4380000.0", 4380000),
        ("1E+3", 1000),
        ("0.145", 0.145),
        ("-8.7", -8.7),
        ("-0", 0),
        ("12345678901234567890", 12345678901234567890),
    ],
)
def test_a_number_is_an_integer_where_it_is_whole(value: str, plain: float) -> None:
    written = plain_number(Decimal(value))
    assert (written, type(written)) == (plain, type(plain))


def test_no_number_is_null() -> None:
    assert plain_number(None) is None


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4))
def test_a_number_keeps_its_value(value: Decimal) -> None:
    plain = plain_number(value)
    assert plain is not None
    assert abs(Decimal(plain) - value) < Decimal("0.5")
    assert json.loads(json.dumps(plain)) == plain == float(value)


# ids


def test_an_id_hangs_on_place_and_reading_alone() -> None:
    base = ("a#1", 3, 7, "stations", "existing")
    others = [
        ("b#1", 3, 7, "stations", "existing"),
        ("a#1", 4, 7, "stations", "existing"),
        ("a#1", 3, 8, "stations", "existing"),
    ]
    others += [("a#1", 3, 7, "workers", "existing"), ("a#1", 3, 7, "stations", "built")]
    assert record_id(*base) == record_id(*base)
    assert re.fullmatch("r[0-9a-f]{16}", record_id(*base))
    assert len({record_id(*key) for key in (base, *others)}) == 6


def test_ids_do_not_change_from_release_to_release() -> None:
    assert record_id("a#1", 3, 7, "stations", "existing") == "r1d94855b159c043d"


# the contract


def test_the_bounds_are_those_of_the_contract() -> None:
    assert get_args(Bound) == ("exact", "about", "nearly", "over", "at_least", "under", "at_most", "range")


def test_the_page_of_the_outputs_names_every_column() -> None:
    page = (Path(__file__).parents[1] / "outputs" / "README.md").read_text(encoding="utf-8")
    for model in (Record, NumberRow, ArticleRow, CheckRow):
        assert [name for name in column_kinds(model) if f"`{name}`" not in page] == []
