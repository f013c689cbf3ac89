"""`jianbao rules …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Published, RuleFolders, console, day_of, faults_told, tell

if TYPE_CHECKING:
    from extract.authoring.corpus import Corpus

app = typer.Typer(
    help="Ask the rules, try and suggest new ones, check and list them.", rich_markup_mode=None, no_args_is_help=True
)

CorpusFolders = Annotated[
    list[Path] | None,
    typer.Option("--corpus", metavar="DIR", help="A folder of bulletins to try rules on; may be repeated."),
]
Gold = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Gold records of the corpus; gold/NAME/records.jsonl beside it if left out."),
]


def opened(corpus: list[Path] | None, published: str | None = None, gold: Path | None = None) -> Corpus:
    """The corpus that the options name. Raises BadParameter where none is named."""
    from extract.authoring.corpus import Corpus

    if not corpus:
        raise typer.BadParameter("name a folder of bulletins to try the rules on", param_hint="'--corpus'")
    return Corpus.open(*corpus, published=day_of(published), gold=gold)


@app.command("check")
def check_command(
    rules: RuleFolders = None,
    corpus: CorpusFolders = None,
    all_overlaps: Annotated[
        bool, typer.Option("--all-overlaps", help="Tell those of shipped rules of different priorities, too.")
    ] = False,
) -> None:
    """Try each rule on its own examples and rejects; on a corpus, tell overlaps, silent rules and common triggers."""
    with faults_told():
        from extract.authoring import load_rules
        from extract.show import printable

        book = load_rules(*(rules or ()))
        book.check()
        audit = book.audit(opened(corpus), all_overlaps=all_overlaps) if corpus else None
        examples = sum(len(rule.examples) for rule in book.rules)
        rejects = sum(len(rule.rejects) for rule in book.rules)
        typer.echo(f"{len(book.rules)} rules, {examples} examples, {rejects} rejects: all hold")
        if audit is not None:
            typer.echo(printable(str(audit)))


@app.command("list")
def list_command(rules: RuleFolders = None, corpus: CorpusFolders = None) -> None:
    """Print the id, the table and measure, and the first example of each rule; with a corpus, its hits there."""
    with faults_told():
        from extract.authoring import load_rules
        from extract.authoring.auditing import hits
        from extract.show import print_rules

        book = load_rules(*(rules or ()))
        print_rules(console(), book.rules, hits(opened(corpus), book) if corpus else None)


@app.command("why")
def why_command(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE")],
    number: Annotated[str | None, typer.Argument(metavar="NUMBER", help="One figure of it, such as 12个.")] = None,
    rules: RuleFolders = None,
) -> None:
    """Say which rules make which records of SENTENCE, and how near rules come to its other figures."""
    with faults_told():
        from extract.authoring import load_rules
        from extract.show import printable

        try:
            told = load_rules(*(rules or ())).why(sentence, number)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="'NUMBER'") from None
        typer.echo(printable(str(told)))


@app.command("try")
def try_command(
    tried: Annotated[list[Path], typer.Argument(metavar="RULES", help="Files or folders of rules not saved yet.")],
    corpus: CorpusFolders = None,
    rules: RuleFolders = None,
    published: Published = None,
    gold: Gold = None,
) -> None:
    """Say what RULES would gain, lose and change on a corpus, and what its gold says to it."""
    with faults_told():
        from extract.authoring import load_rules
        from extract.show import printable

        book = load_rules(*(rules or ()))
        typer.echo(printable(str(book.try_rule(*tried, corpus=opened(corpus, published, gold)))))


@app.command("suggest")
def suggest_command(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="With the wanted figure marked: 亮灯【12个】.")],
    table: Annotated[str | None, typer.Option(metavar="TABLE", help="Its table; guessed if left out.")] = None,
    measure: Annotated[str | None, typer.Option(metavar="MEASURE", help="Its measure; guessed if left out.")] = None,
    corpus: CorpusFolders = None,
    rules: RuleFolders = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Put the rule that --take names at the end of this file.")
    ] = None,
    take: Annotated[int, typer.Option(metavar="N", help="Which suggestion to save.", min=1)] = 1,
) -> None:
    """Suggest rules for the marked figure of SENTENCE, from specific to broad, with what each would do to a corpus."""
    with faults_told():
        from extract.authoring import load_rules
        from extract.authoring.suggesting import SuggestionError
        from extract.show import printable

        book = load_rules(*(rules or ()))
        try:
            found = book.suggest(sentence, table, measure, opened(corpus) if corpus else None)
        except SuggestionError as error:
            raise typer.BadParameter(str(error), param_hint="'SENTENCE'") from None
        typer.echo(printable(str(found)), nl=False)
        if save is not None:
            if take > len(found):
                raise typer.BadParameter(f"there are {len(found)} suggestions", param_hint="'--take'")
            tell(f"suggestion {take} is saved in {found[take - 1].save(save)}; use it with --rules {save.parent}")


@app.command("unexplained")
def unexplained_command(
    corpus: CorpusFolders = None,
    rules: RuleFolders = None,
    most: Annotated[int, typer.Option(metavar="N", help="How many phrasings to print.")] = 30,
) -> None:
    """Print the numbers of a corpus that nothing explains, grouped by phrasing, the most frequent first."""
    with faults_told():
        from extract.authoring import load_rules
        from extract.show import printable

        found = load_rules(*(rules or ())).unexplained(opened(corpus))
        typer.echo(printable(found.told(most)))


@app.command("schema")
def schema_command(rules: RuleFolders = None) -> None:
    """Print the JSON Schema of the records, with the tables and measures that the rules make."""
    with faults_told():
        import json

        from extract.authoring import load_rules

        typer.echo(json.dumps(load_rules(*(rules or ())).schema(), ensure_ascii=False, indent=1))


@app.command("docs")
def docs_command(rules: RuleFolders = None) -> None:
    """Print a page of Markdown about the tables, their measures and rules."""
    with faults_told():
        from extract.authoring import load_rules

        typer.echo(load_rules(*(rules or ())).page())
