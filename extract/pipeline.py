"""The road in code: a bulletin in, records and an account of every number out.

Each step is a module of its own and knows only the steps before it: read, reflow, articles, match, rules, normalise,
records, checks, ledger.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from .articles import Article, split_articles
from .checks import PARTED, figures_apart, find_checks, notes
from .ledger import Quotable, account
from .match.gazetteer import name_of
from .match.mentions import Quantity
from .normalise import Scope, code_of, home_of, settle
from .passages import TITLE, Mentions, Passage, find_passages, match_article, read_passage
from .read import Bulletin
from .read.day import as_day
from .records import ArticleRow, CheckRow, NumberRow, Record, record_id
from .rules import RuleBook, read_rules
from .rules.apply import Finding
from .rules.segments import Segment
from .sentences import sentence_at

Held = dict[tuple[int, int], Record]

HEADINGS = (TITLE, "caption", "furniture")  # their figures count only where the body does not say them too


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came out of a bulletin, in reading order."""

    articles: tuple[ArticleRow, ...] = ()
    records: tuple[Record, ...] = ()
    numbers: tuple[NumberRow, ...] = ()
    checks: tuple[CheckRow, ...] = ()


def extract_text(
    text: str, *, published: datetime.date | str | None = None, place: str | None = None, book: RuleBook | None = None
) -> Extraction:
    """Records and numbers of one text, which may hold several articles.

    `published` (a date or `2023-11-20`) resolves 今年 and its kin; `place` is the GB/T 2260 code of what the text is
    about, found in the text where it is not given. Raises ValueError for a malformed date, TypeError for a text that is
    no str.
    """
    if not isinstance(text, str):
        raise TypeError(f"the text is of the type {type(text).__name__}; give a str, or a file to extract.run")
    return extract_bulletin(
        Bulletin("text", text, "utf-8"), book or shipped_rules(), published=as_day(published), place=place
    )


@cache
def shipped_rules() -> RuleBook:
    """The shipped rules, read once."""
    return read_rules()


def extract_bulletin(
    bulletin: Bulletin, book: RuleBook, *, published: datetime.date | None = None, place: str | None = None
) -> Extraction:
    """Everything that the articles of a bulletin say in figures.

    What is stated beside the text stands in for a `place` that is not given, and for the title of a lone article.
    """
    place = place or (code_of(bulletin.place) if bulletin.place else None)
    articles = split_articles(bulletin, published)
    title = bulletin.title if len(articles) == 1 and not articles[0].title else None
    if title:
        place = place or home_of(replace(articles[0], title=title))
    parts = [extract_article(article, bulletin.text, book, place) for article in articles]
    if title:
        parts = [replace(parts[0], articles=(parts[0].articles[0].model_copy(update={"title": title}),))]
    return Extraction(
        tuple(row for part in parts for row in part.articles),
        tuple(row for part in parts for row in part.records),
        tuple(row for part in parts for row in part.numbers),
        tuple(row for part in parts for row in part.checks),
    )


def extract_article(article: Article, source: Quotable, book: RuleBook, place: str | None = None) -> Extraction:
    """The records and numbers of one article of the decoded file `source`."""
    return extract_matched(article, match_article(article, place), source, book)


def extract_matched(article: Article, mentions: Mentions, source: Quotable, book: RuleBook) -> Extraction:
    """The records and numbers of an article whose mentions are known."""
    passages = list(find_passages(article, mentions))
    if PARTED.search(source[article.start : article.end]) and (
        apart := figures_apart(_figures(passages), article.offsets)
    ):
        mentions = mentions.parted(apart)
        passages = list(find_passages(article, mentions))
    findings = [found for passage in passages for found in read_passage(article, passage, book)]
    return extract_found(article, mentions, passages, findings, source, book)


def extract_found(
    article: Article, mentions: Mentions, passages: Sequence[Passage], findings: Sequence[tuple[Finding, Scope, str]],
    source: Quotable, book: RuleBook,
) -> Extraction:  # fmt: skip
    """The records and numbers of an article whose mentions and findings are known."""
    made = _make_all(article, source, findings, book)
    records = _told_once(made)
    held = {(quantity.start, quantity.end): record for record, quantity in records}
    checks = check_figures(article, passages, records, held, made)
    row = ArticleRow(
        article_id=article.article_id, file=article.file, title=article.title, source=article.source,
        published=article.published, place=name_of(mentions.home) if mentions.home else None,
        place_code=mentions.home, start=article.start, end=article.end,
    )  # fmt: skip
    numbers = account(article, source, mentions.numeric(held), held)
    return Extraction((row,), tuple(r for r, _ in records), numbers, checks)


def extract_sentence(text: str, book: RuleBook) -> list[Record]:
    """The records of one sentence on its own, as the examples of rules are read."""
    return list(extract_article(sentence_article(text), text, book).records)


def sentence_article(text: str) -> Article:
    """One sentence as an article of its own, not reflowed: an offset in it is one in the text."""
    whole = ((0, len(text), "body"),)
    return Article("sentence#1", "sentence", "", None, None, text, array("I", range(len(text))), whole, 0, len(text))


def make_records(
    article: Article, source: Quotable, findings: Sequence[tuple[Finding, Scope, str]], book: RuleBook
) -> list[tuple[Record, Quantity]]:
    """The records, each with its mention; a headline's figure only where the body does not give it."""
    return _told_once(_make_all(article, source, findings, book))


def _make_all(
    article: Article, source: Quotable, findings: Sequence[tuple[Finding, Scope, str]], book: RuleBook
) -> list[tuple[Record, Quantity, str]]:
    """A record of each finding, with its mention and the kind of its paragraph."""
    made: list[tuple[Record, Quantity, str]] = []
    for finding, scope, kind in findings:
        template = finding.rule.template
        fields = settle(finding, scope, book.tables[template["table"]][template["measure"]])
        quantity = finding.quantity
        start, end = article.raw_span(quantity.number_start, quantity.number_end)
        fields |= {
            "record_id": record_id(article.article_id, start, end, fields["table"], fields["measure"]),
            "article_id": article.article_id, "file": article.file, "start": start, "end": end,
            "quote": source[start:end], "rule": finding.rule.id,
            "sentence": sentence_at(article.text, finding.segment.start, finding.segment.end, quantity.start),
        }  # fmt: skip
        record = Record.model_validate(fields)
        made.append((record, quantity, kind))
    return made


def _told_once(made: Sequence[tuple[Record, Quantity, str]]) -> list[tuple[Record, Quantity]]:
    body = [record for record, _, kind in made if kind not in HEADINGS]
    return [(r, q) for r, q, kind in made if kind not in HEADINGS or not any(_says(other, r) for other in body)]


def _says(body: Record, headline: Record) -> bool:
    """Whether a figure of the body is the one that a headline gives, rounded or not."""
    if (body.table, body.unit) != (headline.table, headline.unit):
        return False
    if body.value is None or headline.value is None:
        return (body.low, body.high) == (headline.low, headline.high)
    return body.value == headline.value or abs(body.value - headline.value) <= abs(body.value) / 10


def check_figures(
    article: Article, passages: Sequence[Passage], records: Sequence[tuple[Record, Quantity]], held: Held,
    made: Sequence[tuple[Record, Quantity, str]] = (),
) -> tuple[CheckRow, ...]:  # fmt: skip
    """The arithmetic between the figures of an article; its records are each told of their own.

    `held` gives the record of a quantity's clean span; `made` are also those of headlines that the body gives too, and
    that are no records.
    """
    heads = {(quantity.start, quantity.end): record for record, quantity, kind in made if kind == TITLE}
    checks = find_checks(_figures(passages), held, heads)
    if told := notes(checks):
        for record, _ in records:
            if record.record_id in told:
                record.__dict__["checks"] = told[record.record_id]  # nobody has seen the record yet: no copy is needed
    return tuple(check.row(article.article_id, article.offsets) for check in checks)


def _figures(passages: Sequence[Passage]) -> list[tuple[Segment, str, int]]:
    """The sentences with figures, each with the kind and the number of its paragraph."""
    return [(s, p.kind, number) for number, p in enumerate(passages) for s in p.segments if s.quantities]
