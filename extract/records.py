"""Structured records: the rows that leave the program, as pydantic models.

Field names, units and the meaning of each are those of the record contract (README, "What a record says"). Offsets
are half-open `[start, end)` code points of the decoded source file: `source[start:end] == quote`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from .match.mentions import Bound

Nature = Literal["stock", "flow", "standard"]
Status = Literal["actual", "target"]
Grade = Literal["junior", "intermediate", "senior"]
Tier = Literal["province", "city", "county", "township", "village"]
Per = Literal["person", "person_month", "person_year", "station", "station_year", "project"]
PlaceBasis = Literal["stated", "inherited"]
PeriodBasis = Literal["stated", "relative", "inferred", "inherited", "unresolved"]
NumberClass = Literal["record", "date", "duration", "ordinal", "name", "age", "context", "unexplained"]


def plain_number(value: Decimal | None) -> int | float | None:
    """The JSON number of an exact decimal: an int where it is whole, else the nearest float.

    >>> plain_number(Decimal("4380000")), plain_number(Decimal("0.145"))
    (4380000, 0.145)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal | None, PlainSerializer(plain_number, return_type=int | float | None)]


class Row(BaseModel):
    """A row of an output table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def plain(self) -> dict[str, Any]:
        """The row as JSON-ready values, by the names of the output columns."""
        return self.model_dump(mode="json", by_alias=True)


class Record(Row):
    """One statistic of an article, with its proof."""

    record_id: str = Field(description="stable across runs: the same text, rules and options give the same id")
    table: str = Field(description="stations, workers, funds, services, rates, or a table that rules add")
    measure: str = Field(description="what is counted, one of the table's measures")
    value: Number = Field(description="in base units (438万元 is 4380000); null for a range")
    low: Number = Field(description="least value that the words allow; null if open")
    high: Number = Field(description="greatest value that the words allow; null if open")
    bound: Bound = Field(description="how exact the words are")
    unit: str = Field(description="person, site, CNY, percent, …")
    nature: Nature | None = Field(description="stock at a time, flow in a period, or standard (a rule)")
    status: Status = Field(description="actual, or target (planned, aimed at)")
    grade: Grade | None = Field(description="certificate grade")
    facility: str | None = Field(description="station, room, centre, base, platform, organisation, pool")
    tier: Tier | None = Field(description="administrative tier of the thing counted")
    per: Per | None = Field(description="what the figure is for one of; null for a total")
    group: str | None = Field(description="the sub-group as the text words it")
    programme: str | None = Field(description="programme, project or scheme named in the clause")
    place: str | None = Field(description="administrative name of what the statistic is about")
    place_code: str | None = Field(description="its six-digit GB/T 2260 code")
    place_basis: PlaceBasis | None = Field(description="stated in the clause, or inherited from what stands before")
    period_start: datetime.date | None = Field(description="first day, null if open")
    period_end: datetime.date | None = Field(description="last day (inclusive), null if open")
    period_text: str | None = Field(description="the words that give the period")
    period_basis: PeriodBasis | None = Field(description="how the dates were found; unresolved keeps the words only")
    article_id: str
    file: str = Field(description="path of the bulletin below the given folder")
    start: int = Field(description="code-point offset of the number in the decoded source file")
    end: int
    quote: str = Field(description="the number with its unit, exactly source[start:end]")
    sentence: str = Field(description="the clean sentence around it")
    rule: str = Field(description="id of the rule that made the record")
    checks: tuple[str, ...] = Field(default=(), description="arithmetic that the figure took part in")


class NumberRow(Row):
    """One numeric mention of an article, with what became of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    article_id: str
    file: str
    start: int
    end: int
    quote: str
    value: Number
    low: Number
    high: Number
    bound: Bound | None
    unit: str | None
    number_class: NumberClass = Field(alias="class", description="what the number is")
    record_id: str | None = Field(default=None, description="the record that it made, for class record")
    sentence: str


class ArticleRow(Row):
    """One article of a bulletin."""

    article_id: str
    file: str
    title: str
    source: str | None
    published: datetime.date | None
    place: str | None
    place_code: str | None
    start: int
    end: int


class CheckRow(Row):
    """One piece of arithmetic between figures of an article."""

    article_id: str
    kind: str = Field(description="sum, part, ratio, growth, change, product, repeat, headline")
    terms: tuple[str, ...] = Field(description="record ids, or n and the start of a number; the whole first")
    computed: Number
    stated: Number
    verdict: Literal["holds", "fails", "cannot_tell"]
    chance: Number = Field(description="that it would hold between unrelated figures, 0 to 1")
    basis: Literal["words", "figures"] = Field(
        description="words: they claim it beyond doubt, and only such a check can fail; figures: they alone speak for it"
    )
    text: str = Field(description="the equation as a reader writes it")
    chosen: str | None = Field(default=None, description="the reading that it decided for, and why")


def record_id(article_id: str, start: int, end: int, table: str, measure: str) -> str:
    """A stable id: the same figure of the same article, read the same way, has the same id."""
    key = "\x1f".join((article_id, str(start), str(end), table, measure))
    return "r" + hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def column_names(model: type[Row]) -> list[str]:
    """The output columns of a row model, in order."""
    return [field.alias or name for name, field in model.model_fields.items()]


def json_lines(rows: Iterable[Row]) -> Iterable[str]:
    """Each row as one line of JSON, without the line break."""
    for row in rows:
        yield row.__pydantic_serializer__.to_json(row, by_alias=True).decode()  # model_dump_json, less its options
