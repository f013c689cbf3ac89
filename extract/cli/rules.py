"""`jianbao rules …`."""

from __future__ import annotations

import typer

from .common import RuleFolders, console, faults_told

app = typer.Typer(help="Check and list the rules.", rich_markup_mode=None, no_args_is_help=True)


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
