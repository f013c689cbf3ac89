"""Rows in frames: what each column of each table holds, and the typed DataFrame of some rows."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import Field

from extract.records import ArticleRow, CheckRow, NumberRow, Record, Row

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "category", "number", "integer", "date", "list"]
Plain = Mapping[str, Any]

CATEGORIES = {"table", "measure", "unit", "facility", "kind"}  # plain text in the models, few values in a table
KINDS: dict[object, Kind] = {
    str: "text",
    Decimal: "number",
    float: "number",
    int: "integer",
    datetime.date: "date",
    tuple: "list",
}


class OutputError(Exception):
    """A result that cannot be written: where, what and the remedy."""


class RejectedRow(Row):
    """One input that was set aside."""

    file: str = Field(description="its name, as for a bulletin")
    reason: str = Field(description="what is wrong with it")
    remedy: str = Field(description="what to do")


class PageRow(Row):
    """The page of a record, for a bulletin with pages."""

    record_id: str
    file: str
    page: int = Field(description="from 1 on")


class RepeatRow(Row):
    """An article that tells what another one tells."""

    article_id: str
    repeats: str = Field(description="the article that tells as much or more, and repeats none itself")
    similarity: float = Field(description="the share of the two texts that both have, estimated, 0 to 1")


LEDGERS: dict[str, type[Row]] = {"numbers": NumberRow, "articles": ArticleRow, "checks": CheckRow}
JSON_LINES: dict[str, type[Row]] = {"records": Record, **LEDGERS, "rejected": RejectedRow}
BESIDE: dict[str, type[Row]] = {"pages": PageRow, "repeats": RepeatRow}  # in lines only
TAKEN = {*JSON_LINES, *BESIDE, "sentences", "search"}  # names that a file, a sheet or a table of a database has


def models_of(record_tables: Iterable[str]) -> dict[str, type[Row]]:
    """The row model of each table that a run makes: the tables of records, then numbers, articles and checks.

    Raises OutputError when a table of records could not have a file of its own.
    """
    models: dict[str, type[Row]] = {}
    for table in record_tables:
        if table.casefold() in TAKEN or not table.isidentifier():
            raise OutputError(f"table '{table}': no file can have its name, or one has it; rename it in its rules")
        models[table] = Record
    return models | LEDGERS


@cache
def column_kinds(model: type[Row]) -> dict[str, Kind]:
    """What each output column of a row model holds, in order."""
    return {
        field.alias or name: _kind(field.alias or name, field.annotation) for name, field in model.model_fields.items()
    }


def _kind(name: str, annotation: Any) -> Kind:
    choices = [part for part in get_args(annotation) if part is not NoneType]
    inner = choices[0] if NoneType in get_args(annotation) else annotation
    if name in CATEGORIES or get_origin(inner) is Literal:
        return "category"
    return KINDS[get_origin(inner) or inner]


def parse_line(line: str) -> dict[str, Any]:
    """The object of a JSON line, with no integer beyond 64 bits: those become floats (infinite beyond 1e308)."""
    row: dict[str, Any] = _DECODER.decode(line)
    return row


def _whole(digits: str) -> float:
    return int(digits) if len(digits) < 19 else float(digits)


_DECODER = json.JSONDecoder(parse_int=_whole)


def frame(rows: Sequence[Plain], model: type[Row]) -> pd.DataFrame:
    """The rows as a DataFrame with typed columns.

    Values are Int64 where all are whole, else Float64; days are datetime64; words from a short list are categories.
    """
    import pandas as pd

    return pd.DataFrame(
        {name: _column([row[name] for row in rows], kind) for name, kind in column_kinds(model).items()},
        columns=pd.Index(column_kinds(model)),
    )


def _column(values: list[Any], kind: Kind) -> Any:
    import numpy as np
    import pandas as pd

    if kind == "category":
        return pd.Categorical(values, categories=sorted({value for value in values if value is not None}))
    if kind == "number":
        whole = all(value is None or isinstance(value, int) for value in values)
        return pd.array(values, dtype="Int64" if whole else "Float64")
    if kind == "date":
        return np.array([value or "NaT" for value in values], dtype="datetime64[s]")
    if kind == "list":
        return pd.Series([tuple(value) for value in values], dtype="object")
    return pd.array(values, dtype="int64" if kind == "integer" else "string")
