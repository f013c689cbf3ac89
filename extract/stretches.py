"""Large texts in stretches, so that the memory that a bulletin takes is bounded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from extract import pipeline
from extract.articles import split_articles
from extract.normalise import code_of
from extract.pipeline import Extraction
from extract.read import Bulletin
from extract.rules import RuleBook

STRETCH = 50_000  # characters that are worked on at once


def extract_stretches(
    bulletin: Bulletin, book: RuleBook, *, published: datetime.date | None = None
) -> Iterator[Extraction]:
    """What `extract_bulletin` gives; of a text beyond STRETCH characters stretch by stretch.

    A stretch ends at a blank line, or at least at the end of a line, where its last fifth has one; an article that
    goes on behind it counts as two.
    """
    if len(bulletin.text) <= STRETCH:
        yield pipeline.extract_bulletin(bulletin, book, published=published)
        return
    place = code_of(bulletin.place) if bulletin.place else None
    start = number = 0
    while start < len(bulletin.text):
        end = end_of_stretch(bulletin.text, start)
        lead = min(max(bulletin.start - start, 0), end - start)
        parts = []
        for article in split_articles(replace(bulletin, text=bulletin.text[start:end], start=lead), published):
            number += 1
            parts.append(pipeline.extract_article(article.moved(start, number), bulletin.text, book, place))
        yield Extraction(
            tuple(row for part in parts for row in part.articles),
            tuple(row for part in parts for row in part.records),
            tuple(row for part in parts for row in part.numbers),
            tuple(row for part in parts for row in part.checks),
        )
        start = end


def end_of_stretch(text: str, start: int) -> int:
    """Where the stretch that begins at `start` ends."""
    end = start + STRETCH
    if end >= len(text):
        return len(text)
    for mark in ("\n\n", "\n"):
        if (found := text.rfind(mark, end - STRETCH // 5, end)) != -1:
            return found + len(mark)
    return end
