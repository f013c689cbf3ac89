"""An article with its figures coloured, as HTML for a notebook, and each figure in words."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.records import ArticleRow, NumberRow, Record, plain_number

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.batch import Counts

Mark = Record | NumberRow


class Colour(NamedTuple):
    """A colour in a terminal (a rich style) and in a page (CSS)."""

    terminal: str
    page: str


TABLE_COLOURS = {
    "stations": Colour("black on bright_green", "background:#c8e6c9"),
    "workers": Colour("black on bright_cyan", "background:#b3e5fc"),
    "funds": Colour("black on bright_yellow", "background:#fff59d"),
    "services": Colour("black on bright_magenta", "background:#e1bee7"),
    "rates": Colour("white on blue", "background:#c5cae9"),
}
ADDED_TABLE = Colour("white on magenta", "background:#ffccbc")
DISPLACY = {"colors": {table: colour.page.removeprefix("background:") for table, colour in TABLE_COLOURS.items()}}
CLASS_COLOURS = {
    "date": Colour("cyan", "border-bottom:2px solid #80cbc4"),
    "duration": Colour("cyan", "border-bottom:2px dotted #80cbc4"),
    "ordinal": Colour("dim", "border-bottom:1px dotted #9e9e9e"),
    "name": Colour("dim italic", "border-bottom:1px dashed #9e9e9e"),
    "age": Colour("dim", "border-bottom:1px solid #9e9e9e"),
    "context": Colour("green", "border-bottom:2px solid #a5d6a7"),
    "unexplained": Colour("bold red underline", "border-bottom:3px double #e53935"),
}


@dataclass(frozen=True, slots=True, repr=False)
class ArticleView:
    """An article's text with its records and other numbers; a notebook shows it coloured."""

    article: ArticleRow
    text: str
    records: tuple[Record, ...]
    numbers: tuple[NumberRow, ...]

    def __repr__(self) -> str:
        return f"<article {self.article.article_id} {self.article.title!r}: {len(self.records)} records>"

    def _repr_html_(self) -> str:
        return article_html(self)

    def displacy(self) -> dict[str, Any]:
        """The article for `displacy.render(…, style="ent", manual=True, options=DISPLACY)`.

        displaCy shows no mark within another: of such marks the first is given.
        """
        ents: list[dict[str, Any]] = []
        for record in sorted(self.records, key=lambda record: (record.start, -record.end)):
            start, end = record.start - self.article.start, record.end - self.article.start
            if not ents or start >= ents[-1]["end"]:
                ents.append({"start": start, "end": end, "label": record.table})
        return {"text": self.text, "ents": ents, "title": self.article.title}

    def doc(self, nlp: Language | None = None) -> Doc:
        """The article as a spaCy document with its records, as the component makes it; by `spacy.blank("zh")`."""
        import spacy

        from extract.spacy_component import with_records

        return with_records((nlp or spacy.blank("zh")).make_doc(self.text), self.records, self.article.start)


def view(source: str, article: ArticleRow, records: Sequence[Record], numbers: Sequence[NumberRow]) -> ArticleView:
    """The view of one article of a bulletin, given the bulletin's decoded source and all of its rows."""
    return ArticleView(
        article=article,
        text=source[article.start : article.end],
        records=tuple(record for record in records if record.article_id == article.article_id),
        numbers=tuple(number for number in numbers if number.article_id == article.article_id),
    )


def segments(shown: ArticleView) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """The article's text cut wherever a mark begins or ends, each piece with the marks that cover it.

    Marks are the records and those numbers that made none. The pieces joined are the text.
    """
    first, last = shown.article.start, shown.article.start + len(shown.text)
    others: Iterator[Mark] = (number for number in shown.numbers if number.number_class != "record")
    marks: list[Mark] = sorted([*shown.records, *others], key=lambda mark: (mark.start, mark.end))
    edges = {edge for mark in marks for edge in (mark.start, mark.end) if first < edge < last}
    cuts = sorted({first, *edges, last})
    open_marks: list[Mark] = []
    waiting = 0
    for start, end in pairwise(cuts):
        while waiting < len(marks) and marks[waiting].start <= start:
            open_marks.append(marks[waiting])
            waiting += 1
        open_marks = [mark for mark in open_marks if mark.end > start]
        yield shown.text[start - first : end - first], tuple(open_marks)


def name_of(mark: Mark) -> str:
    """What a mark is called in a legend: a record's table, a number's class."""
    return mark.table if isinstance(mark, Record) else mark.number_class


def colour_of(name: str) -> Colour:
    """The colour of a table or of a class of numbers."""
    return TABLE_COLOURS.get(name) or CLASS_COLOURS.get(name) or ADDED_TABLE


def figure(mark: Mark) -> str:
    """The value with its bound and unit, in words; nothing for a mention without a value, such as a date.

    A range is `200…500 CNY`; a figure for one of something ends with it: `over 80000 CNY a station_year`.
    """
    low, high = (_shown(end) for end in (mark.low, mark.high))
    value = _shown(mark.value) if mark.value is not None else f"{low}…{high}" if low or high else ""
    bound = mark.bound if value and mark.bound not in ("exact", "range") else ""
    per = f"a {mark.per}" if isinstance(mark, Record) and mark.per else ""
    return " ".join(part for part in (bound, value, mark.unit, per) if part)


def _shown(value: Decimal | None) -> str:
    return "" if value is None else str(plain_number(value))


def period(record: Record) -> str:
    """The record's period, the words where there are no dates.

    `2023` and `2023-10` for a whole year or month, else `start…end`, either open.
    """
    start, end = record.period_start, record.period_end
    if start is None and end is None:
        return record.period_text or ""
    if start and end and start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        if (start.year, start.month) == (end.year, end.month):
            return start.isoformat()[:7]
        if (start.month, end) == (1, datetime.date(start.year, 12, 31)):
            return start.isoformat()[:4]
    return f"{start or ''}…{end or ''}"


def facets(record: Record) -> str:
    """What the figure is of, beyond its measure: grade, facility, tier, group, programme, nature, and `target`."""
    status = record.status if record.status == "target" else None
    parts = (record.grade, record.facility, record.tier, record.group, record.programme, record.nature, status)
    return ", ".join(part for part in parts if part)


def place_line(article: ArticleRow) -> str:
    """The article's source, day and place on one line."""
    place = " ".join(part for part in (article.place, article.place_code) if part)
    day = article.published.isoformat() if article.published else ""
    return " · ".join(part for part in (article.source, day, place) if part)


def article_html(shown: ArticleView) -> str:
    """The article as HTML that stands alone: figures coloured, their fields in the title attribute, a legend below."""
    body: list[str] = []
    names: set[str] = set()
    for text, marks in segments(shown):
        if marks:
            names.update(map(name_of, marks))
            told = escape("\n\n".join(map(_told, marks)))
            body.append(f'<span style="{colour_of(name_of(marks[0])).page}" title="{told}">{escape(text)}</span>')
        else:
            body.append(escape(text))
    legend = " ".join(f'<span style="{colour_of(name).page}">{escape(name)}</span>' for name in sorted(names))
    return (
        f"<article><h4>{escape(shown.article.title)}</h4><p>{escape(place_line(shown.article))}</p>"
        f'<div style="white-space:pre-wrap">{"".join(body)}</div><p>{legend}</p></article>'
    )


def _told(mark: Mark) -> str:
    """The figure in words, then every field that holds something but the sentence, a line each."""
    if isinstance(mark, NumberRow):
        head = ": ".join(part for part in (mark.number_class, figure(mark)) if part)
    else:
        head = f"{mark.table}.{mark.measure}: {figure(mark)}"
    fields = {name: "; ".join(value) if isinstance(value, list) else value for name, value in mark.plain().items()}
    held = [f"{name}: {value}" for name, value in fields.items() if value not in (None, "") and name != "sentence"]
    return "\n".join([head, *held])


def counts_html(counts: Counts) -> str:
    """What a run found, as HTML tables."""
    tables = []
    for title, rows in count_rows(counts).items():
        cells = "".join(f"<tr><td>{escape(name)}</td><td>{count}</td></tr>" for name, count in rows)
        tables.append(f"<table><thead><tr><th>{title}</th><th>count</th></tr></thead><tbody>{cells}</tbody></table>")
    return f'<div style="display:flex;gap:2em;align-items:start">{"".join(tables)}</div>'


def count_rows(counts: Counts) -> dict[str, list[tuple[str, str]]]:
    """The counts of a run as titled rows of name and number."""
    records = [(f"{table}.{measure}", count) for (table, measure), count in sorted(counts.records.items())]
    numbers = [*sorted(counts.numbers.items()), ("all", counts.numbers.total())]
    inputs = [("bulletins", counts.bulletins), ("articles", counts.articles), ("set aside", counts.rejected)]
    checks = [(name.replace("_", " "), counts.checks[name]) for name in ("holds", "fails", "cannot_tell")]
    of_records = [*records, ("all", counts.records.total())]
    rows = {"records": of_records, "numbers": numbers, "checks": checks, "inputs": inputs}
    plain = {title: [(name, f"{count:,}") for name, count in pairs] for title, pairs in rows.items()}
    plain["numbers"].append(("unexplained share", f"{counts.unexplained_share:.1%}"))
    return plain
