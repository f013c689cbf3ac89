"""Structured records: the rows that leave the program, as pydantic models.

Field names, units and the meaning of each are those of the record contract (README, "What a record says"). Offsets
are half-open `[start, end)` code points of the decoded source file: `source[start:end] == quote`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
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


@lru_cache(maxsize=1 << 12)  # the same numbers stand in value, low and high, and in a record and its row of the ledger
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
    bound: Bound = Field(
        description="how exact the words are: exact; about 约 左右; nearly 近; over 余 多 超 突破; at_least 以上 "
        "不低于; under 不足; at_most 不超过 最高; range 200-500元"
    )
    unit: str = Field(
        description="person, person_time (人次), household, site, CNY or another ISO 4217 code, event (场次), "
        "session (期), project, percent, per_10k"
    )
    nature: Nature | None = Field(description="stock as it stands; flow in a period; standard, a rule (每月补贴500元)")
    status: Status = Field(description="actual, or target (将, 力争, 到2025年)")
    grade: Grade | None = Field(
        description="of the certificate: junior 初级, 助理社会工作师; intermediate 中级, 社会工作师; senior 高级"
    )
    facility: str | None = Field(
        description="station 站, room 室, centre 中心, base 基地, platform 平台, organisation 机构, pool 人才库"
    )
    tier: Tier | None = Field(description="administrative tier of the thing counted")
    per: Per | None = Field(description="what the figure is for one of; null for a total")
    group: str | None = Field(description="the sub-group of a part, as the text words it")
    programme: str | None = Field(description="programme, project or scheme named in the clause")
    place: str | None = Field(description="administrative name of what the statistic is about")
    place_code: str | None = Field(description="its six-digit GB/T 2260 code")
    place_basis: PlaceBasis | None = Field(description="stated in the clause, or inherited from what stands before")
    period_start: datetime.date | None = Field(description="first day, null if open")
    period_end: datetime.date | None = Field(description="last day (inclusive), null if open")
    period_text: str | None = Field(description="the words that give the period")
    period_basis: PeriodBasis | None = Field(
        description="how the dates were found: stated; relative (今年 with a day of publication); inferred (今年 from "
        "the years that the article names); inherited from what stands before; unresolved, which keeps the words only"
    )
    article_id: str = Field(description="its article: the bulletin's name without suffix, and the article's number")
    file: str = Field(description="path of the bulletin below the given folder")
    start: int = Field(description="code-point offset of the number in the decoded source file")
    end: int = Field(description="where it ends, exclusive")
    quote: str = Field(description="the number with its unit, exactly source[start:end]")
    sentence: str = Field(description="the clean sentence around it")
    rule: str = Field(description="id of the rule that made the record")
    checks: tuple[str, ...] = Field(default=(), description="arithmetic that the figure took part in")


class NumberRow(Row):
    """One numeric mention of an article, with what became of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    article_id: str = Field(description="its article: the bulletin's name without suffix, and the article's number")
    file: str = Field(description="path of the bulletin below the given folder")
    start: int = Field(description="code-point offset of the number in the decoded source file")
    end: int = Field(description="where it ends, exclusive")
    quote: str = Field(description="its words, exactly source[start:end]")
    value: Number = Field(description="in base units; null for a range, and for what has no value, such as a date")
    low: Number = Field(description="least value that the words allow; null if open")
    high: Number = Field(description="greatest value that the words allow; null if open")
    bound: Bound | None = Field(description="as in a record")
    unit: str | None = Field(description="as in a record, and words for what no table counts")
    number_class: NumberClass = Field(
        alias="class",
        description="record; date; duration; ordinal; name (slogan, programme, document number, hotline, address); "
        "age; context, a number of what no table holds; unexplained, which the next rule is written from",
    )
    record_id: str | None = Field(default=None, description="the record that it made, for class record")
    sentence: str = Field(description="the clean sentence around it")


class ArticleRow(Row):
    """One article of a bulletin."""

    article_id: str = Field(description="its article: the bulletin's name without suffix, and the article's number")
    file: str = Field(description="path of the bulletin below the given folder")
    title: str = Field(description="its headline, or what stands for one")
    source: str | None = Field(description="the body or paper that it comes from")
    published: datetime.date | None = Field(description="day of publication")
    place: str | None = Field(description="administrative name of what it is about")
    place_code: str | None = Field(description="its six-digit GB/T 2260 code")
    start: int = Field(description="code-point offset of its first character in the decoded source file")
    end: int = Field(description="where it ends, exclusive")


class CheckRow(Row):
    """One piece of arithmetic between figures of an article."""

    article_id: str = Field(description="its article: the bulletin's name without suffix, and the article's number")
    kind: str = Field(description="sum, part, ratio, growth, change, product, repeat, headline")
    terms: tuple[str, ...] = Field(description="record ids, or n and the start of a number; the whole first")
    computed: Number = Field(description="what the other terms come to")
    stated: Number = Field(description="what the text says")
    verdict: Literal["holds", "fails", "cannot_tell"] = Field(
        description="whether the two agree, as far as words are exact"
    )
    chance: Number = Field(description="that it would hold between unrelated figures, 0 to 1")
    basis: Literal["words", "figures"] = Field(
        description="words: they claim it beyond doubt, and only such a check can fail; figures: these alone say so"
    )
    text: str = Field(description="the equation as a reader writes it")
    chosen: str | None = Field(default=None, description="the reading that it decided for, and why")
    mend: str | None = Field(
        default=None, description="what would make it true; of one that cannot be told, the digit that may be wrong"
    )


def record_id(article_id: str, start: int, end: int, table: str, measure: str) -> str:
    """A stable id: the same figure of the same article, read the same way, has the same id."""
    key = "\x1f".join((article_id, str(start), str(end), table, measure))
    return "r" + hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def json_lines(rows: Iterable[Row]) -> Iterable[str]:
    """Each row as one line of JSON, without the line break."""
    for row in rows:
        yield row.__pydantic_serializer__.to_json(row, by_alias=True).decode()  # model_dump_json, less its options
