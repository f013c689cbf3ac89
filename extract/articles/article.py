"""An article in clean text, and how a bulletin becomes articles."""

from __future__ import annotations

import datetime
import re
from array import array
from dataclasses import dataclass, replace

from ..read import Bulletin
from ..reflow import Reflowed, reflow
from ..reflow.beside import author_in_title
from ..reflow.lines import is_wide
from .facts import date_in_name, day_in_lines, first_date
from .parts import MARKDOWN, Draft, Part
from .sources import issuer_of, offices_of, source_of
from .titles import drafts


@dataclass(frozen=True, slots=True)
class Article:
    """One article in clean text: its title (where it has one), then its paragraphs, a newline between them.

    `title` is as printed, without stray blanks; `text[:len(title)]` is the same with characters folded. `offsets[i]` is
    the position of `text[i]` in the decoded file. `paragraphs` are half-open spans of `text` with their kind: `title`,
    `heading`, `body`, `row`, `caption`, `source` or `furniture`. `[start, end)` is all of the article in the decoded
    file.
    `source` is the body that its source line names; `published` the day that is stated beside the text, of the file's
    name, of a dateline, or the one that was given.
    """

    article_id: str
    file: str
    title: str
    source: str | None
    published: datetime.date | None
    text: str
    offsets: array[int]
    paragraphs: tuple[tuple[int, int, str], ...]
    start: int
    end: int

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the decoded file of the clean span `[start, end)`, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def moved(self, shift: int, number: int) -> Article:
        """The same article, number `number` of a file in which its text stands `shift` characters further on."""
        return replace(
            self,
            article_id=f"{self.article_id.rpartition('#')[0]}#{number}",
            offsets=array("I", (offset + shift for offset in self.offsets)),
            start=self.start + shift,
            end=self.end + shift,
        )


def split_articles(bulletin: Bulletin, published: datetime.date | None = None) -> list[Article]:
    """The articles of a bulletin in reading order; `published` is their day where nothing else tells it.

    The day that is stated beside the text goes before the one of the file's name, and this before those in the text;
    the source stated beside the text stands in where an article names none. `article_id` is the file's path, without
    `.txt`, then `#` and the article's number from 1 on.
    """
    lead = " " * (bulletin.start - 1) + "\n" if bulletin.start else ""
    flow = reflow(lead + bulletin.text[bulletin.start :])
    parts = [Part(flow.text[start:end], start, end, kind) for start, end, kind in flow.paragraphs]
    stem = bulletin.file.removesuffix(".txt") or bulletin.file
    named = bulletin.published or date_in_name(bulletin.file)
    issue = next((day for p in parts[:4] if p.kind == "furniture" and (day := first_date(p.text))), published)
    made = []
    for number, draft in enumerate(drafts(parts), 1):
        day = named or day_in_lines(draft.texts("source"), draft.texts("body")[:2]) or issue
        made.append(_article(draft, f"{stem}#{number}", day, bulletin, flow))
    return made


def _article(draft: Draft, article_id: str, day: datetime.date | None, bulletin: Bulletin, flow: Reflowed) -> Article:
    """The article in clean text, its title first."""
    offsets = array("I")
    texts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for part in draft.title:
        for start, end in _without_blanks(part):
            texts.append(flow.text[start:end])
            offsets += flow.offsets[start:end]
    title = "".join(" " if bulletin.text[o].isspace() else bulletin.text[o] for o in offsets)
    if title:
        spans.append((0, len(offsets), "title"))
    named = source_of(draft)
    signed = offices_of(draft)
    for part in draft.parts:
        if part in draft.title:
            continue
        if spans:
            texts.append("\n")
            offsets.append(flow.offsets[part.start - 1 if part.start else 0])
        spans.append((len(offsets), len(offsets) + len(part.text), "source" if part in signed else part.kind))
        texts.append(part.text)
        offsets += flow.offsets[part.start : part.end]
    source = named or author_in_title(title) or issuer_of(draft) or bulletin.source
    return Article(
        article_id, bulletin.file, title, source, day, "".join(texts), offsets, tuple(spans),
        min(flow.offsets[part.start] for part in draft.parts),
        max(flow.offsets[part.end - 1] for part in draft.parts) + 1,
    )  # fmt: skip


_POINTERS = frozenset(" \ufe0f↓⬇👇👉👆☟")


def _without_blanks(part: Part) -> list[tuple[int, int]]:
    """The spans of a title without marks of Markdown, 【】 around it, 👇 behind it and blanks beside Chinese."""
    mark = MARKDOWN.match(part.text)
    spans, done, stop = [], mark.end() if mark else 0, len(part.text)
    while stop > done + 1 and part.text[stop - 1] in _POINTERS:
        stop -= 1
    if part.text[done] == "【" and part.text.find("】") == stop - 1:
        done, stop = done + 1, stop - 1
    for blank in re.finditer(" ", part.text[:stop]):
        at = blank.start()
        if at > done and (is_wide(part.text[at - 1]) or is_wide(part.text[at + 1])):
            spans.append((part.start + done, part.start + at))
            done = at + 1
    return [*spans, (part.start + done, part.start + stop)]
