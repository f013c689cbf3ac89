"""What a book of rules makes, for its readers: a JSON Schema of its records, and a page about its tables and rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import Record
from ..rules import RuleBook


def json_schema(book: RuleBook) -> dict[str, Any]:
    """The JSON Schema of the records that the rules of a book make: its tables, and the measures of each."""
    schema = Record.model_json_schema(mode="serialization")
    measures = sorted({measure for table in book.tables.values() for measure in table})
    schema["properties"]["table"]["enum"] = list(book.tables)
    schema["properties"]["measure"]["enum"] = measures
    schema["allOf"] = [
        {
            "if": {"properties": {"table": {"const": table}}},
            "then": {"properties": {"measure": {"enum": list(measures)}}},
        }
        for table, measures in book.tables.items()
    ]
    return schema


def page(book: RuleBook) -> str:
    """The tables, measures and rules of a book as a page of Markdown."""
    packs = (f"Pack `{name}`, version {version}." for name, version in book.packs.items())
    return "\n".join(
        [f"# Tables and rules\n\n{len(book.rules)} rules, version `{book.version}`.", *packs, *_parts(book)]
    )


def _parts(book: RuleBook) -> Iterator[str]:
    for table, measures in book.tables.items():
        yield f"\n## `{table}`\n\n| measure | counts | nature | unit |\n| --- | --- | --- | --- |"
        for measure, defaults in measures.items():
            cells = (f"`{measure}`", *(_cell(defaults.get(name, "")) for name in ("about", "nature", "unit")))
            yield f"| {' | '.join(cells)} |"
        yield "\n| rule | measure | reads | example |\n| --- | --- | --- | --- |"
        for rule in book.rules:
            if rule.table == table:
                reads = "<br>".join(f"`{_cell(pattern)}`" for pattern in rule.written)
                example = _cell(rule.examples[0].text) if rule.examples else ""
                yield f"| `{rule.id}` | `{rule.template['measure']}` | {reads} | {example} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
