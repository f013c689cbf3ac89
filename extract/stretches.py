"""Large texts in stretches, so that the memory that a bulletin takes is bounded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from extract import pipeline
from extract.articles import split_articles
from extract.normalise import code_of
from extract.pipeline import Extraction
from extract.read import Bulletin
from extract.rules import RuleBook

STRETCH = 50_000  # characters that are worked on at once


class Window:
    """A stretch of a text, sliced by the offsets of the whole."""

    def __init__(self, text: str, start: int = 0) -> None:
        self.text, self.start = text, start

    def __getitem__(self, span: slice) -> str:
        return self.text[span.start - self.start : span.stop - self.start]


def extract_stretches(
    bulletin: Bulletin, book: RuleBook, *, published: datetime.date | None = None
) -> Iterator[tuple[Extraction, Window]]:
    """What `extract_bulletin` gives, and the text that it is of; beyond STRETCH characters stretch by stretch.

    A stretch ends at a blank line, or at least at the end of a line, where its last fifth has one; an article that
    goes on behind it counts as two.
    """
    if len(bulletin.text) <= STRETCH and not bulletin.more:
        yield pipeline.extract_bulletin(bulletin, book, published=published), Window(bulletin.text)
        return
    place = code_of(bulletin.place) if bulletin.place else None
    number = 0
    for start, text in _stretches(chain([bulletin.text], bulletin.more)):
        lead = min(max(bulletin.start - start, 0), len(text))
        window, parts = Window(text, start), []
        for article in split_articles(replace(bulletin, text=text, start=lead), published):
            number += 1
            parts.append(pipeline.extract_article(article.moved(start, number), window, book, place))
        extraction = Extraction(
            tuple(row for part in parts for row in part.articles),
            tuple(row for part in parts for row in part.records),
            tuple(row for part in parts for row in part.numbers),
            tuple(row for part in parts for row in part.checks),
        )
        yield extraction, window


def _stretches(pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The stretches of a text that comes in pieces, each with where it begins."""
    held, start = "", 0
    for piece in pieces:
        held, at = held + piece, 0
        while len(held) - at > STRETCH:
            end = end_of_stretch(held, at)
            yield start + at, held[at:end]
            at = end
        held, start = held[at:], start + at
    if held:
        yield start, held


def end_of_stretch(text: str, start: int) -> int:
    """Where the stretch that begins at `start` ends."""
    end = start + STRETCH
    if end >= len(text):
        return len(text)
    for mark in ("\n\n", "\n"):
        if (found := text.rfind(mark, end - STRETCH // 5, end)) != -1:
            return found + len(mark)
    return end
