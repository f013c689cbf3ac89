"""The command line: `jianbao run`, `show`, `score` and `rules`.

Nothing heavy is imported before a command needs it, so that `jianbao --help` answers at once. Exit status: 0 done,
1 done but some inputs were set aside (or a score lies below its floor), 2 nothing could be done.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import datetime

    from rich.console import Console

SHOWN_FAULTS = 20

app = typer.Typer(
    help="Every figure of a Chinese bulletin in a table, with the characters that prove it.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(help="Check and list the rules.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(rules_app, name="rules")

Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The day of publication, as 2023-11-20: what 今年 and 目前 refer to."),
]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="A folder of rules beside the shipped ones; may be repeated."),
]


def main() -> None:
    """Run the command line; odd characters in the output never stop it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="jianbao")


def _print_version(wanted: bool) -> None:
    if wanted:
        import extract

        typer.echo(f"jianbao {extract.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Every figure of a Chinese bulletin in a table, with the characters that prove it."""


@app.command("run")
def run_command(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER", help="Folders of bulletins, or single files.")],
    out: Annotated[Path, typer.Option(metavar="OUT", help="Where the results go.")] = Path("outputs"),
    published: Published = None,
    rules: RuleFolders = None,
    formats: Annotated[
        str, typer.Option(metavar="LIST", help="Tables beside the JSON lines: csv, parquet, xlsx, sqlite, jsonl.")
    ] = "csv,parquet",
) -> None:
    """Extract every bulletin below FOLDER... into tables in OUT."""
    day = _day(published)
    wanted = _formats(formats)
    with _faults_told():
        from extract.authoring import load_rules
        from extract.batch import outcomes, with_progress, write_run
        from extract.read import find_bulletins, find_skipped
        from extract.show import print_counts

        sources = find_bulletins(folders)
        skipped = [name for _, name in find_skipped(folders)]
        book = load_rules(*(rules or ()))
        shown = with_progress(sources) if sys.stderr.isatty() else sources
        report = write_run(outcomes(shown, book, day), out, book, published=day, formats=wanted, skipped=skipped)
        print_counts(_console(), report.counts)
    if skipped:
        what = "1 file is no bulletin" if len(skipped) == 1 else f"{len(skipped)} files are no bulletins"
        _tell(f"{what} by suffix and passed over; {out / 'run.json'} lists the skipped; give one by name to read it")
    for fault in report.faults[:SHOWN_FAULTS]:
        _tell(f"{fault['file']}: {fault['reason']}; {fault['remedy']}")
    if len(report.faults) > SHOWN_FAULTS:
        _tell(f"{len(report.faults) - SHOWN_FAULTS} more inputs were set aside; {out / 'rejected.jsonl'} lists all")
    raise typer.Exit(1 if report.faults else 0)


@app.command("show")
def show_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One bulletin.")],
    published: Published = None,
    rules: RuleFolders = None,
) -> None:
    """Print one bulletin, its figures coloured by table and its other numbers by class."""
    day = _day(published)
    with _faults_told():
        from extract.authoring import load_rules
        from extract.pipeline import extract_bulletin
        from extract.read import ReadError, read_bulletin
        from extract.show import CLASS_COLOURS, legend, print_article, view

        if file.is_dir():
            raise ReadError(str(file), "it is a folder", "name one bulletin, or run the folder with: jianbao run")
        bulletin = read_bulletin(file, file.name)
        book = load_rules(*(rules or ()))
        found = extract_bulletin(bulletin, book, published=day)
        console = _console()
        for article in found.articles:
            print_article(console, view(bulletin.text, article, found.records, found.numbers))
        console.print(legend([*book.tables, *CLASS_COLOURS]))


@app.command("score")
def score_command(
    records: Annotated[Path, typer.Argument(metavar="RECORDS", help="The records.jsonl of a run.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold records, as JSON lines.")],
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List every fault and what was confused.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    floor: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='JSON such as {"core_f1": 0.97}; a figure below it gives exit status 1.'),
    ] = None,
) -> None:
    """Compare RECORDS with GOLD: precision, recall and F1 by table."""
    with _faults_told():
        import json

        from extract.gold import GOLD, RECORD, SPAN, read_floors, read_rows
        from extract.score import below_floor, score
        from extract.show import score_lines

        ledger = records.with_name("numbers.jsonl")
        numbers = read_rows(ledger, SPAN) if verbose and ledger.is_file() else []
        result = score(read_rows(gold, GOLD), read_rows(records, RECORD), numbers)
        low = below_floor(result, read_floors(floor)) if floor else []
        if as_json:
            typer.echo(json.dumps(result.plain(verbose=verbose), ensure_ascii=False))
        else:
            typer.echo("\n".join(score_lines(result, verbose=verbose)))
    for sentence in low:
        _tell(sentence)
    raise typer.Exit(1 if low else 0)


@rules_app.command("check")
def check_command(rules: RuleFolders = None) -> None:
    """Load the rules and try each on its own examples and rejects."""
    with _faults_told():
        from extract.authoring import check_rules, load_rules

        book = load_rules(*(rules or ()))
        check_rules(book, book.rules)
    examples = sum(len(rule.examples) for rule in book.rules)
    rejects = sum(len(rule.rejects) for rule in book.rules)
    typer.echo(f"{len(book.rules)} rules, {examples} examples, {rejects} rejects: all hold")


@rules_app.command("list")
def list_command(rules: RuleFolders = None) -> None:
    """Print the id, the table and measure, and the first example of each rule."""
    with _faults_told():
        from extract.authoring import load_rules
        from extract.show import print_rules

        print_rules(_console(), load_rules(*(rules or ())).rules)


def _console() -> Console:
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False)


def _day(published: str | None) -> datetime.date | None:
    from extract.batch import parse_day

    try:
        return parse_day(published) if published is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="'--published'") from None


def _formats(text: str) -> list[str]:
    from extract.writers import FORMATS

    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in FORMATS]:
        problem = f"'{unknown[0]}' is no format; name some of {', '.join(FORMATS)}"
        raise typer.BadParameter(problem, param_hint="'--formats'")
    return names


def _tell(sentence: str) -> None:
    from extract.show import printable

    typer.echo(f"jianbao: {printable(sentence)}", err=True)


@contextmanager
def _faults_told() -> Iterator[None]:
    """A block whose foreseeable faults end the program with their sentence and status 2."""
    from extract.gold import GoldError
    from extract.read import ReadError
    from extract.rules import RuleError
    from extract.tables import OutputError

    try:
        yield
    except (ReadError, RuleError, GoldError, OutputError) as error:
        for sentence in str(error).splitlines():
            _tell(sentence)
        raise typer.Exit(2) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        _tell(f"{error.filename or 'a file'}: {error.strerror}; make room or give rights there, then run again")
        raise typer.Exit(2) from None
