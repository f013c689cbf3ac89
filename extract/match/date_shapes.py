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
    """A date as it is worded: its span and its pieces by kind. `weak` ones count only as the whole of a text."""

    start: int
    end: int
    parts: dict[str, Token]
    weak: bool = False

    def has(self, *kinds: str) -> bool:
        """Whether it has a piece of one of these kinds."""
        return not self.parts.keys().isdisjoint(kinds)

    def first(self) -> Token:
        """The piece that it begins with."""
        return next(iter(self.parts.values()))

    def word(self, kind: str) -> str:
        """The spelling of that piece, or an empty string."""
        return self.parts[kind].word if kind in self.parts else ""

    def number(self, *kinds: str) -> int | None:
        """The number of the first of these pieces that is there."""
        return next((self.parts[kind].number for kind in kinds if kind in self.parts), None)


@dataclass(slots=True)
class Expression:
    """A date, or a range of two."""

    start: int
    end: int
    left: Point
    right: Point | None = None
