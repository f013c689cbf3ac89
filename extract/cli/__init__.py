"""The command line: `jianbao run`, `show`, `score`, `report` and `rules`, a module each.

Nothing heavy is imported before a command needs it, so that `jianbao --help` answers at once. Exit status: 0 done,
1 done but some inputs were set aside (or a score lies below its floor), 2 nothing could be done.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from . import rules
from .diff import diff_command
from .report import report_command
from .run import run_command
from .schema import schema_command
from .score import score_command
from .show import show_command
from .spark import spark_command

app = typer.Typer(
    help="Every figure of a Chinese bulletin in a table, with the characters that prove it.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(rules.app, name="rules")
app.command("run")(run_command)
app.command("show")(show_command)
app.command("score")(score_command)
app.command("diff")(diff_command)
app.command("report")(report_command)
app.command("spark")(spark_command)
app.command("schema")(schema_command)


def main() -> None:
    """Run the command line; odd characters in the output never stop it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="jianbao")
    except KeyboardInterrupt:
        sys.exit(130)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.util import find_spec

        import extract

        road = find_spec("extract.passages")
        is_source = road is None or str(road.origin).endswith(".py")
        typer.echo(f"jianbao {extract.__version__} ({'interpreted' if is_source else 'compiled'})")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print version and build.")
    ] = False,
) -> None:
    """Every figure of a Chinese bulletin in a table, with the characters that prove it."""
