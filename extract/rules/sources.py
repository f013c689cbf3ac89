"""What a rule file may hold, as pydantic models: the shape of rules, examples, words, phrases and tables."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from .encoding import MENTION_SLOTS, QUANTITY_SLOTS

CONDITIONS = {
    "in-period": "a period (2023年, 今年, 2018年以来) governs the figure",
    "as-of": "a date up to which (截至2021年底, 目前) governs the figure",
    "not-as-of": "no such date governs it",
    "undated": "no date governs the figure",
    "target": "the clause aims at the figure",
    "actual": "the clause states it as a fact",
    "many": "the figure is ten or more, as no two or three people of a story are",
}
_RESERVED = {"q", "x", "gap", *QUANTITY_SLOTS, *MENTION_SLOTS}
_COMPARED = {
    "table", "measure", "value", "low", "high", "bound", "unit", "nature", "status", "grade", "facility", "tier", "per",
    "group", "programme", "place", "place_code", "place_basis", "period_start", "period_end", "period_text",
    "period_basis", "quote", "sentence",
}  # fmt: skip

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Template(_Strict):
    """The record that a rule makes: its table and measure, and what the words around the figure need not tell."""

    table: Text
    measure: Text
    nature: Literal["stock", "flow", "standard"] | None = None
    status: Literal["actual", "target"] | None = None
    grade: Literal["junior", "intermediate", "senior"] | None = None
    grade_from: Literal["clause", "segment"] | None = None
    facility: Text | None = None
    tier: Literal["province", "city", "county", "township", "village"] | None = None
    per: Literal["person", "person_month", "person_year", "station", "station_year", "project"] | None = None
    unit: Text | None = None
    reading: Literal["fall", "of"] | None = None


class Example(_Strict):
    """A text and the records that the rule must make of it; only the fields that are given are compared."""

    text: Text
    gives: tuple[dict[str, str | None], ...] = Field(min_length=1)

    @field_validator("gives")
    @classmethod
    def _known(cls, gives: tuple[dict[str, str | None], ...]) -> tuple[dict[str, str | None], ...]:
        for name in (name for wanted in gives for name in wanted):
            if name not in _COMPARED:
                raise ValueError(f"no record has a field {name!r}; write one of {', '.join(sorted(_COMPARED))}")
        return gives


class Reject(_Strict):
    """A text of which the rule must make nothing; with `because: target`, nothing that is passed off as a fact."""

    text: Text
    because: Text


class RuleSource(_Strict):
    """A rule as its author writes it."""

    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_-]+)+$")
    match: Text | Annotated[tuple[Text, ...], Field(min_length=1)]
    record: Template
    list: bool = False
    priority: int = 50
    when: tuple[str, ...] = ()
    unless: tuple[Text, ...] = ()
    examples: tuple[Example, ...] = ()
    rejects: tuple[Reject, ...] = ()

    @property
    def template(self) -> dict[str, str]:
        """What the rule fixes of its records, by field."""
        return {name: value for name, value in self.record.model_dump().items() if value is not None}


class SwitchedOff(BaseModel):
    """A shipped rule that a user does without: its id and `off: true`; what else it says does not matter."""

    model_config = ConfigDict(frozen=True)

    id: str
    off: Literal["true"]


class WordEntry(_Strict):
    """A word of a class, with what must not stand before it."""

    word: Text
    not_after: tuple[Text, ...] = ()


def _entry(value: Any) -> Any:
    return {"word": value} if isinstance(value, str) else value


def _free_name(name: str) -> str:
    if name in _RESERVED:
        raise ValueError(f"{name!r} is a slot already; take another name")
    return name


FreeName = Annotated[Name, BeforeValidator(_free_name)]


class Defaults(_Strict):
    """What the records of a measure say where neither rule nor words do; `about` says what it counts, for its page."""

    nature: Literal["stock", "flow", "standard"] | None = None
    unit: Text | None = None
    about: Text | None = None

    def told(self) -> dict[str, str]:
        """What is given, by name."""
        return {name: value for name, value in self.model_dump().items() if value is not None}


Measures = Annotated[dict[Name, Defaults | None], Field(min_length=1)]


class Pack(_Strict):
    """The name and version under which a folder of rules is passed on."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    version: Text


class FileSource(_Strict):
    """A rule file that is a mapping."""

    pack: Pack | None = None
    tables: dict[Name, Measures] = Field(default_factory=dict)
    words: dict[FreeName, list[Annotated[WordEntry, BeforeValidator(_entry)]]] = Field(default_factory=dict)
    more_words: dict[FreeName, list[Annotated[WordEntry, BeforeValidator(_entry)]]] = Field(default_factory=dict)
    phrases: dict[FreeName, Text] = Field(default_factory=dict)
    gap_stops: tuple[Text, ...] = ()
    rules: list[Any] = Field(default_factory=list)
