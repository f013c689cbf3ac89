"""What the commands share: options, the console, and how a foreseeable fault is told."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import datetime

    from rich.console import Console

Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The day of publication, as 2023-11-20: what 今年 and 目前 refer to."),
]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="A folder of rules beside the shipped ones; may be repeated."),
]
TextColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="The column of CSV, JSON lines or Parquet that holds the text.")
]
MaxMb = Annotated[int, typer.Option(metavar="N", min=1, help="The size of a file, or of one row of a table, in MB.")]
MaxPages = Annotated[int, typer.Option(metavar="N", min=1, help="The pages of a PDF.")]
MaxDepth = Annotated[int, typer.Option(metavar="N", min=1, help="How deep archives may lie in one another.")]
MaxRatio = Annotated[int, typer.Option(metavar="N", min=1, help="How many times its size an archive may unpack to.")]


def console() -> Console:
    """The terminal, which takes texts as they are."""
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False)


def day_of(published: str | None) -> datetime.date | None:
    """The day that `--published` names. Raises BadParameter for another form."""

    from extract.batch import parse_day

    try:
        return parse_day(published) if published is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="'--published'") from None


def tell(sentence: str) -> None:
    """Print one sentence on stderr, under the name of the program."""
    from extract.show import printable

    typer.echo(f"jianbao: {printable(sentence)}", err=True)


@contextmanager
def faults_told() -> Iterator[None]:
    """A block whose foreseeable faults end the program with their sentence and status 2."""
    from extract.batch import WorkerError
    from extract.gold import GoldError
    from extract.read import ReadError
    from extract.rules import RuleError
    from extract.tables import OutputError

    try:
        yield
    except (ReadError, RuleError, GoldError, OutputError, WorkerError) as error:
        for sentence in str(error).splitlines():
            tell(sentence)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        tell("stopped; nothing was put in place, and what a long run has done so far waits for --resume")
        raise typer.Exit(130) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        tell(f"{error.filename or 'a file'}: {error.strerror}; make room or give rights there, then run again")
        raise typer.Exit(2) from None


@contextmanager
def made_to_stay() -> Iterator[None]:
    """A block of loading, all of which stays: to look through it for garbage would cost a tenth of the start."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy comes with Arrow; no algebra needs its threads
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
