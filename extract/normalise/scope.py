"""What an article gives to all its figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..match.mentions import DateMention, ProgrammeMention
from ..rules.segments import Segment


class RelativePlace(NamedTuple):
    """A place named by its level alone (全市, 该县): where, and the word."""

    start: int
    word: str


@dataclass(slots=True)
class Scope:
    """What an article gives to the figures of one sentence: its own place, and what stands around and before them."""

    home: str | None
    paragraph: list[Segment] = field(default_factory=list)
    relative: list[RelativePlace] = field(default_factory=list)
    section: str | None = None  # the place that the section's heading opens with: 云阳：移民新区来了“娘家人”
    programmes: list[ProgrammeMention] = field(default_factory=list)
    headed: DateMention | None = None  # the period that the heading, the title or the lead gives: 上半年工作情况
    hiring: bool = False  # a notice of posts to be filled
    named: tuple[str, ...] = ()  # the codes of the places last named in earlier paragraphs, in reading order
