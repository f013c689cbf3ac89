"""What a date is read into: pieces, points and ranges, before anything is known about the day of publication."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Token:
    """One piece of a date: its kind, its spelling in simplified characters without blanks, and the numbers in it."""

    kind: str
    word: str
    numbers: tuple[int, ...]
    start: int
    end: int

    @property
    def number(self) -> int:
        """The first number, or -1 where there is none."""
        return self.numbers[0] if self.numbers else -1


@dataclass(slots=True)
class Point:
    """A date as it is worded: its span, the kind of its first piece and all by kind; weak, if only as a whole text."""

    start: int
    end: int
    kind: str
    parts: dict[str, Token]
    weak: bool = False

    def has(self, kinds: frozenset[str]) -> bool:
        """Whether it has a piece of one of these kinds."""
        return not kinds.isdisjoint(self.parts)

    def first(self) -> Token:
        """The piece that it begins with."""
        return self.parts[self.kind]

    def word(self, kind: str) -> str:
        """The spelling of that piece, or an empty string."""
        return self.parts[kind].word if kind in self.parts else ""

    def number(self, *kinds: str) -> int | None:
        """The number of the first of these pieces that is there."""
        for kind in kinds:
            if kind in self.parts:
                return self.parts[kind].number
        return None


@dataclass(slots=True)
class Expression:
    """A date, or a range of two."""

    start: int
    end: int
    left: Point
    right: Point | None = None
