"""`jianbao score`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import faults_told, tell


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
    with faults_told():
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
        tell(sentence)
    raise typer.Exit(1 if low else 0)
