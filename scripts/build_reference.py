"""Write docs/records.md: the tables, the measures and the columns of every row, as patterns and models have them.

Run `python scripts/build_reference.py` after a change of patterns/tables.yaml or extract/records.py; the tests hold the
page to what this script makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import get_args

from extract.authoring import load_rules
from extract.records import Row
from extract.tables import JSON_LINES, column_kinds

PAGE = Path(__file__).resolve().parent.parent / "docs" / "records.md"
INTRODUCTION = """\
# What a record says

One statistic of an article is one record, and a record is flat: a table of records is a tidy table. This page is made
from `patterns/tables.yaml` and `extract/records.py` by `scripts/build_reference.py`; your own tables and rules make
one of their own with `jianbao rules docs --rules my/`.
"""
HEADINGS = {
    "records": "Columns of a record: `records`, and each table above",
    "numbers": "The ledger: `numbers`, a row for every numeric mention of an article, once",
    "articles": "`articles`",
    "checks": "`checks`: arithmetic between the figures of an article",
    "rejected": "`rejected`: inputs that were set aside",
}
NOTES = {
    "records": (
        "Offsets count code points of the decoded source file, line breaks and all, half open: `source[start:end]` is\n"
        "`quote`. A byte-order mark is not counted, CRLF counts two.\n"
    ),
    "numbers": "In Python the field `class` is `number_class`; in a DataFrame it is `class`.\n",
}


def tables() -> Iterator[str]:
    """The tables of records with their measures."""
    for table, measures in load_rules().tables.items():
        yield f"## `{table}`\n\n| measure | counts | nature | unit |\n| --- | --- | --- | --- |"
        for measure, says in measures.items():
            words = [says.get("about", ""), *(f"`{says[name]}`" if name in says else "" for name in ("nature", "unit"))]
            yield f"| {' | '.join([f'`{measure}`', *words])} |"
        yield ""


def columns(model: type[Row]) -> Iterator[str]:
    """The columns of a row model: name, type (with `?` where it may be null) and meaning."""
    yield "| column | type | holds |\n| --- | --- | --- |"
    kinds = column_kinds(model)
    for name, field in model.model_fields.items():
        column = field.alias or name
        null = "?" if NoneType in get_args(field.annotation) else ""
        yield f"| `{column}` | {kinds[column]}{null} | {(field.description or '').replace('|', '/')} |"
    yield ""


def build() -> str:
    """The text of docs/records.md."""
    parts = [INTRODUCTION, *tables()]
    for kind, model in JSON_LINES.items():
        parts += [f"## {HEADINGS[kind]}\n", *([NOTES[kind]] if kind in NOTES else []), *columns(model)]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
