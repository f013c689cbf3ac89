"""What a terminal shows: articles with their figures coloured, tables of counts, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from extract.records import Record
from extract.views import ArticleView, colour_of, count_rows, facets, figure, name_of, period, place_line, segments

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from extract.batch import Counts
    from extract.rules import Rule
    from extract.score import Fault, Score

CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}") | {13: ""}


def printable(text: str) -> str:
    """The text without what could command a terminal: control characters other than tab and line feed."""
    return text.translate(CONTROLS)


def print_article(console: Console, shown: ArticleView) -> None:
    """Print an article: its title, where it comes from, its text with the figures coloured, and its records."""
    from rich.text import Text

    console.rule(Text(printable(shown.article.title), "bold"), align="left")
    if line := place_line(shown.article):
        console.print(Text(printable(line), "dim"))
    text = Text()
    for piece, marks in segments(shown):
        text.append(printable(piece), colour_of(name_of(marks[0])).terminal if marks else "")
    console.print(text)
    console.print()
    if shown.records:
        console.print(records_table(shown.records))
        console.print()


def legend(names: Sequence[str]) -> Text:
    """The names of tables and classes in their colours."""
    from rich.text import Text

    return Text(" ").join(Text(f" {name} ", colour_of(name).terminal) for name in names)


def records_table(records: Sequence[Record]) -> Table:
    """The records as a table for a terminal."""
    table = _table("quote", "measure", "figure", "of, where, when")
    for record in records:
        scope = " · ".join(part for part in (facets(record), record.place, period(record), *record.checks) if part)
        cells = (record.quote.replace("\n", ""), f"{record.table}.{record.measure}", figure(record), scope)
        table.add_row(*map(printable, cells))
    return table


def _table(*columns: str, right: str = "") -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for column in columns:
        unbroken = column in ("measure", "rule", "figure")
        table.add_column(column, justify="right" if column == right else "left", overflow="fold", no_wrap=unbroken)
    return table


def print_counts(console: Console, counts: Counts) -> None:
    """Print what a run found: records by table and measure, numbers by class, bulletins and articles."""
    for title, rows in count_rows(counts).items():
        table = _table(title, "count", right="count")
        for name, count in rows:
            table.add_row(printable(name), count)
        console.print(table)
        console.print()


def print_rules(console: Console, rules: Sequence[Rule], hits: Mapping[str, int] | None = None) -> None:
    """Print each rule's id, its table and measure, its first example, and how many records it makes where told."""
    table = _table("rule", "measure", *(["hits"] if hits else []), "example", right="hits")
    for rule in rules:
        example = rule.examples[0].text if rule.examples else ""
        counted = [str(hits[rule.id])] if hits else []
        table.add_row(rule.id, f"{rule.table}.{rule.template['measure']}", *counted, printable(example))
    console.print(table)


def score_lines(result: Score, *, verbose: bool = False) -> list[str]:
    """The score as lines of text; `verbose` adds every fault, the fields that differ and what was taken for what."""
    row = "{:<10} gold {:>4}   core P {:.3f} R {:.3f} F1 {:.3f}   full P {:.3f} R {:.3f} F1 {:.3f}"
    scores = [*result.tables.items(), ("all", result.overall)]
    lines = [
        row.format(name, score.core.demanded, *score.core.plain().values(), *score.full.plain().values())
        for name, score in scores
    ]
    if not verbose:
        return lines
    lines += ["", *(line for fault in result.faults for line in fault_lines(fault))]
    for field, count in result.wrong_fields.most_common():
        lines.append(f"{field} wrong {count} times")
    for field, pairs in result.confusions.items():
        lines += [f"{field}: {gold} → {found} {count} times" for (gold, found), count in pairs.most_common()]
    return lines


def fault_lines(fault: Fault) -> list[str]:
    """A fault in lines: where, gold and found, each field that differs, and the sentence."""
    gold, found = fault.gold, fault.found
    where = found or gold or {}
    head = f"{fault.kind:<7}{where['file']}[{where['start']}:{where['end']})"
    if gold:
        head += f"  gold {gold['table']}.{gold['measure']} {gold.get('number', gold.get('quote', ''))!r}"
    if found:
        head += f"  found {found['table']}.{found.get('measure')} {found.get('quote')!r} by {found.get('rule')}"
    lines = [head, *fault.differences()]
    if fault.sentence:
        lines.append(fault.sentence)
    return [printable(line) if number == 0 else f"    {printable(line)}" for number, line in enumerate(lines)]
