"""`jianbao diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import faults_told


def diff_command(
    before: Annotated[Path, typer.Argument(metavar="OUT1", help="The folder of a run.")],
    after: Annotated[Path, typer.Argument(metavar="OUT2", help="The folder of a later run of the same bulletins.")],
    as_csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the rows to a CSV file.")] = None,
) -> None:
    """Say which records OUT2 has gained, lost and changed since OUT1."""
    with faults_told():
        from extract.authoring.differing import diff_runs
        from extract.show import printable

        found = diff_runs(before, after)
        if as_csv is not None:
            found.frame().to_csv(as_csv, index=False, encoding="utf-8-sig")
        typer.echo(printable(str(found)))
