"""`jianbao report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import faults_told, tell


def report_command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that a run was written to.")],
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the page goes; OUT/report.html if left out.")
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="DIR", help="A folder of the bulletins, if they have moved; may be repeated."),
    ] = None,
) -> None:
    """Write one HTML page of a run: articles, tables, charts and checks, each figure with its characters."""
    page = to or out / "report.html"
    with faults_told():
        from extract.report import write_report

        articles, found = write_report(out, page, texts or ())
    if found < articles:
        tell(
            f"{articles - found} of {articles} articles are shown by their sentences alone, since their bulletins were "
            "not found as the run read them; name their folder with --texts, or run again"
        )
    typer.echo(page)
