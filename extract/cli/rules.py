"""`jianbao rules …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Published, RuleFolders, console, day_of, faults_told

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
def check_command(rules: RuleFolders = None) -> None:
    """Load the rules and try each on its own examples and rejects."""
    with faults_told():
        from extract.authoring import check_rules, load_rules

        book = load_rules(*(rules or ()))
        check_rules(book, book.rules)
    examples = sum(len(rule.examples) for rule in book.rules)
    rejects = sum(len(rule.rejects) for rule in book.rules)
    typer.echo(f"{len(book.rules)} rules, {examples} examples, {rejects} rejects: all hold")


@app.command("list")
def list_command(rules: RuleFolders = None) -> None:
    """Print the id, the table and measure, and the first example of each rule."""
    with faults_told():
        from extract.authoring import load_rules
        from extract.show import print_rules

        print_rules(console(), load_rules(*(rules or ())).rules)


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
