"""A corpus kept as far as no rule changes it, so that a rule is tried on thousands of articles at once.

An article's text, mentions and encoded sentences are what they are whatever the rules say. They lie in an SQLite file
in the user's cache (in memory for texts), with the claims and records of the book that was used last. Another book
changes only paragraphs in which a rule that differs reads a figure, or may win one: only these are read again.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..articles import Article, split_articles
from ..caching import cache_home
from ..gold import GOLD, read_rows
from ..normalise import code_of
from ..passages import Mentions, Passage, find_passages, match_article, read_passage
from ..pipeline import HEADINGS, extract_found, make_records
from ..read import ReadError, Source, find_sources, read_source, text_source
from ..records import json_lines
from ..rules import RuleBook
from ..rules.segments import Segment
from ..score import Figures, score
from .keeping import (
    connect,
    packed_article,
    packed_mentions,
    stamp_of,
    unpacked_article,
    unpacked_mentions,
)
from .winning import CUT, NOBODYS, digests, won

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reread:
    """What another book makes of the paragraphs that it reads differently: their records before and after."""

    before: list[Plain]
    after: list[Plain]


@dataclass(frozen=True, slots=True)
class GoldScore:
    """How well records answer the gold: the core fields, and all of them."""

    core: Figures
    full: Figures

    def __str__(self) -> str:
        return f"core F1 {self.core.f1:.4f}, full F1 {self.full.f1:.4f}, precision {self.core.precision:.4f}"


class Corpus:
    """Bulletins to try rules on: `Corpus.open("corpus/dev")`, or `Corpus.of({"name": "text"})`.

    `set_aside` are the names of the files that could not be read, `gold` the rows of its gold where there is one.
    """

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        self.name = name
        self.set_aside: list[str] = []
        self.gold: list[Plain] = []
        self._score: GoldScore | None = None
        self._database = database

    @classmethod
    def open(
        cls, *folders: Path | str, published: datetime.date | None = None, gold: Path | None = None,
        cache: Path | None = None,
    ) -> Corpus:  # fmt: skip
        """The bulletins below `folders`, read anew only where a file or the program has changed since the last time.

        `gold` is a file of gold records; where it is not given, `gold/NAME/records.jsonl` beside a folder NAME is.
        `cache` is the folder for what is kept, the user's own cache folder where it is not given. Raises ReadError
        when there is nothing to read, GoldError for a gold file that cannot be read, OSError when the cache cannot be
        written.
        """
        paths = [Path(folder) for folder in folders]
        home = cache or cache_home()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = "\n".join([*(str(path.resolve()) for path in paths), str(published)])
        file = home / f"{hashlib.blake2b(key.encode(), digest_size=12).hexdigest()}.sqlite"
        corpus = cls(connect(file), " ".join(map(str, paths)))
        corpus._take(find_sources(paths), published)
        corpus.gold = [row for path in (gold_files(paths) if gold is None else [gold]) for row in read_rows(path, GOLD)]
        return corpus

    @classmethod
    def of(cls, texts: Mapping[str, str], published: datetime.date | None = None) -> Corpus:
        """The texts, by their names, held in memory."""
        corpus = cls(connect(), f"{len(texts)} texts")
        corpus._take((text_source(text, name) for name, text in texts.items()), published)
        return corpus

    def _take(self, sources: Iterable[Source], published: datetime.date | None) -> None:
        """Read the sources that are new or changed, and forget those that are gone."""
        known = dict(self._database.execute("SELECT name, stamp FROM sources"))
        met = set()
        with self._database:
            for source in sources:
                met.add(source.name)
                stamp = stamp_of(source)
                if known.get(source.name) != stamp:
                    self._forget(source.name)
                    self._add(source, stamp, published)
            for name in known.keys() - met:
                self._forget(name)

    def _forget(self, source: str) -> None:
        for table, column in (("sources", "name"), ("bulletins", "source"), ("articles", "source")):
            self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (source,))

    def _add(self, source: Source, stamp: str, published: datetime.date | None) -> None:
        """The bulletins of one source, their articles matched; no rule has read them yet."""
        for bulletin in read_source(source):
            if isinstance(bulletin, ReadError):
                self.set_aside.append(source.name)
                return
            row = (bulletin.file, source.name, bulletin.text)
            self._database.execute("INSERT OR REPLACE INTO bulletins VALUES (?, ?, ?)", row)
            place = code_of(bulletin.place) if bulletin.place else None
            for article in split_articles(bulletin, published):
                mentions = match_article(article, place)
                segments = (s for passage in find_passages(article, mentions) for s in passage.segments if s.quantities)
                codes = CUT.join(map(_code, segments))
                self._database.execute(
                    "INSERT INTO articles (source, file, facts, offsets, mentions, codes, readers, claims, records,"
                    " open) VALUES (?, ?, ?, ?, ?, ?, '?', '', '', '')",
                    (*row[1::-1], packed_article(article), article.offsets.tobytes(), packed_mentions(mentions), codes),
                )
        self._database.execute("INSERT INTO sources VALUES (?, ?)", (source.name, stamp))

    # what the book that was used last makes of it

    def settle(self, book: RuleBook) -> Corpus:
        """The corpus with the records of `book`: only what it reads differently from the last one is read again."""
        wanted = digests(book)
        held: dict[str, str] = json.loads(self._meta("rules") or "{}")
        unread = {n for (n,) in self._database.execute("SELECT number FROM articles WHERE readers = '?'")}
        if wanted == held and not unread:
            return self
        with self._database:
            for number in sorted(unread | self._touched(held, book).keys()):
                self._database.execute(
                    "UPDATE articles SET readers = ?, claims = ?, records = ?, open = ? WHERE number = ?",
                    (*self._read(number, book), number),
                )
            self._database.execute("INSERT OR REPLACE INTO meta VALUES ('rules', ?)", (json.dumps(wanted),))
        self.__dict__.pop("_codes", None)
        self._score = None
        return self

    def _read(self, number: int, book: RuleBook) -> tuple[str, str, str, str]:
        """What a book makes of an article: the ids of its rules that read something, claims, records, open numbers."""
        article, mentions, text = self._article(number)
        passages = list(find_passages(article, mentions))
        findings = [found for passage in passages for found in read_passage(article, passage, book)]
        made = extract_found(article, mentions, passages, findings, text, book)
        claims: dict[tuple[int, int], int] = {
            (finding.segment.start, finding.index): finding.rule.source.priority
            for finding, _, _ in findings
            if finding.via == "rule"
        }
        figures = [
            [claims.get((segment.start, index), NOBODYS) for index in range(len(segment.quantities))]
            for passage in passages
            for segment in passage.segments
            if segment.quantities
        ]
        return (
            f" {' '.join(sorted({finding.rule.id for finding, _, _ in findings}))} ",
            json.dumps(figures),
            "\n".join(json_lines(made.records)),
            "\n".join(json_lines(row for row in made.numbers if row.number_class == "unexplained")),
        )

    @cached_property
    def articles(self) -> int:
        """How many articles there are."""
        return int(self._database.execute("SELECT count(*) FROM articles").fetchone()[0])

    def records(self) -> Iterator[Plain]:
        """The records of all articles, in the order of the files."""
        return self._lines("records")

    def open_numbers(self) -> Iterator[Plain]:
        """The unexplained rows of the ledger."""
        return self._lines("open")

    def gold_score(self) -> GoldScore | None:
        """How well the records answer the gold; None without gold."""
        if self.gold and self._score is None:
            found = score(self.gold, [*self.records()]).overall
            self._score = GoldScore(found.core, found.full)
        return self._score

    def paragraphs(self) -> Iterator[list[Segment]]:
        """The segments of each paragraph that holds figures."""
        for number, *_ in self._codes:
            article, mentions, _ = self._article(number)
            yield from (passage.segments for passage in find_passages(article, mentions))

    def _lines(self, column: str) -> Iterator[Plain]:
        for (lines,) in self._database.execute(f"SELECT {column} FROM articles ORDER BY file, number"):
            yield from map(json.loads, lines.splitlines())

    # what another book would make of it

    def reread(self, book: RuleBook) -> Iterator[Reread]:
        """What `book` would change, article by article; the corpus stays as it was settled."""
        held: dict[str, str] = json.loads(self._meta("rules") or "{}")
        for number, codes in self._touched(held, book).items():
            article, mentions, text = self._article(number)
            passages = list(find_passages(article, mentions))
            if not any(passage.kind in HEADINGS for passage in passages):  # a headline depends on all of the rest
                passages = [p for p in passages if any(_code(s) in codes for s in p.segments)]
            yield Reread(self._held_of(number, article, passages), _made_of(article, text, passages, book))

    def _touched(self, held: Mapping[str, str], book: RuleBook) -> dict[int, set[str]]:
        """The articles that a book may read differently, each with the sentences in which it may."""
        changed = {name for name, digest in digests(book).items() if held.get(name) != digest}
        changed |= held.keys() - {rule.id for rule in book.rules}
        rules = [rule for rule in book.rules if rule.id in changed]
        gone = changed & held.keys()
        touched: dict[int, set[str]] = {}
        for number, joined, readers, claims in self._codes:
            if any(f" {name} " in readers for name in gone):
                touched[number] = {*joined.split(CUT)}
            elif found := won(rules, joined, claims):
                touched[number] = found
        return touched

    @cached_property
    def _codes(self) -> list[tuple[int, str, str, str]]:
        columns = "number, codes, readers, claims"
        return self._database.execute(f"SELECT {columns} FROM articles ORDER BY file, number").fetchall()

    def _held_of(self, number: int, article: Article, passages: Sequence[Passage]) -> list[Plain]:
        """The settled records of some paragraphs of an article."""
        spans = [article.raw_span(p.segments[0].start, p.segments[-1].end) for p in passages]
        (lines,) = self._database.execute("SELECT records FROM articles WHERE number = ?", (number,)).fetchone()
        rows = map(json.loads, lines.splitlines())
        return [row for row in rows if any(start <= row["start"] < end for start, end in spans)]

    def _article(self, number: int) -> tuple[Article, Mentions, str]:
        row = self._database.execute(
            "SELECT a.file, facts, offsets, mentions, text FROM articles a JOIN bulletins b ON b.file = a.file"
            " WHERE number = ?",
            (number,),
        ).fetchone()
        file, facts, offsets, mentions, text = row
        return unpacked_article(file, facts, offsets), unpacked_mentions(mentions), text

    def _meta(self, name: str) -> str | None:
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def __repr__(self) -> str:
        return f"<corpus {self.name}: {self.articles} articles>"


def gold_files(folders: Iterable[Path]) -> list[Path]:
    """The gold that lies beside folders of bulletins, as `corpus/gold/dev/records.jsonl` does beside `corpus/dev`."""
    beside = (path.resolve().parent / "gold" / path.resolve().name / "records.jsonl" for path in folders)
    return [path for path in beside if path.is_file()]


def _made_of(article: Article, text: str, passages: Iterable[Passage], book: RuleBook) -> list[Plain]:
    """The records of some paragraphs of an article."""
    findings = [found for passage in passages for found in read_passage(article, passage, book)]
    return [record.plain() for record, _ in make_records(article, text, findings, book)]


def _code(segment: Segment) -> str:
    return segment.code.replace(CUT, " ")
