"""Records in a spaCy pipeline: `nlp.add_pipe("jianbao")`, then `doc._.records` and `doc.spans["jianbao"]`.

spaCy finds the component by the entry point `spacy_factories`; needs `pip install 'jianbao[spacy]'`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.authoring import load_rules
from extract.pipeline import extract_text
from extract.records import Record

if TYPE_CHECKING:
    from extract.rules import RuleBook

NAME = "jianbao"
"""The name of the component, of its group of spans, and of what it keeps in `doc.user_data`."""


class Jianbao:
    """The component: it reads the records of a text and keeps them with the document.

    The day of publication is that of the component's setting, or of `doc.user_data["published"]`, written 2023-11-20.
    """

    def __init__(self, book: RuleBook, published: str | None = None) -> None:
        self.book = book
        self.published = published

    def __call__(self, doc: Doc) -> Doc:
        """The document with its records. Raises ValueError for a malformed day."""
        published = doc.user_data.get("published", self.published)
        return with_records(doc, extract_text(doc.text, published=published, book=self.book).records)


def make_jianbao(nlp: Language, name: str, rules: list[str], published: str | None) -> Jianbao:
    """The component for a pipeline: `rules` are folders beside the shipped rules."""
    return Jianbao(load_rules(*rules), published)


def with_records(doc: Doc, records: Iterable[Record], start: int = 0) -> Doc:
    """The document with these records, whose offsets count from `start`, the first character of the document.

    Every record is in `doc._.records`, in the order given. Its span is made of the tokens that its quote touches, with
    the table as label and the record's id as `id_`; a record beyond the text has none. What is kept is plain JSON in
    `doc.user_data`, so that it survives `doc.to_bytes()`.
    """
    kept = tuple(records)
    spans = (
        doc.char_span(
            max(0, record.start - start),
            record.end - start,
            label=record.table,
            span_id=record.record_id,
            alignment_mode="expand",
        )
        for record in kept
        if start <= record.start and record.end - start <= len(doc.text)
    )
    doc.user_data[NAME] = [record.model_dump_json() for record in kept]
    doc.spans[NAME] = [span for span in spans if span is not None]
    return doc


def _records(doc: Doc) -> tuple[Record, ...]:
    return tuple(map(Record.model_validate_json, doc.user_data.get(NAME, ())))


def _record(span: Span) -> Record | None:
    return next((record for record in _records(span.doc) if record.record_id == span.id_), None)


Language.factory(NAME, default_config={"rules": [], "published": None}, func=make_jianbao)
Doc.set_extension("records", getter=_records, force=True)
Span.set_extension("record", getter=_record, force=True)
