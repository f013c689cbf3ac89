"""What an article gives to all its figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..match.mentions import ProgrammeMention
from ..rules.segments import Segment


@dataclass(slots=True)
class Scope:
    """What an article gives to all its figures: its own place, and what stands before a figure in its paragraph."""

    home: str | None
    paragraph: list[Segment] = field(default_factory=list)
    relative: list[tuple[int, str]] = field(default_factory=list)  # 全市, 该县: where and what
    section: str | None = None  # the place that the section's heading opens with: 云阳：移民新区来了“娘家人”
    programmes: list[ProgrammeMention] = field(default_factory=list)
    named: tuple[str, ...] = ()  # the codes of the places named in earlier paragraphs, the last one last
