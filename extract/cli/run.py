"""`jianbao run`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.expressions import kept_expressions

from .common import (
    MaxDepth,
    MaxMb,
    MaxPages,
    MaxRatio,
    Published,
    RuleFolders,
    TextColumn,
    console,
    day_of,
    faults_told,
    made_to_stay,
    tell,
)

if TYPE_CHECKING:
    import datetime

    from extract.batch.report import Report


Formats = Annotated[
    str, typer.Option(metavar="LIST", help="Tables beside the JSON lines: csv, parquet, xlsx, sqlite, jsonl.")
]
Workers = Annotated[
    int,
    typer.Option(
        metavar="N", min=0, help="Processes at work; 0 is one a core, and no more than cores or tasks are started."
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        metavar="SECONDS", min=1, help="What a bulletin, or each stretch of a long one, may take; more for large files."
    ),
]
Checkpoint = Annotated[
    float, typer.Option(metavar="SECONDS", min=0, help="The longest time whose work a kill can cost.")
]


def run_command(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER", help="Folders of bulletins, or single files.")],
    out: Annotated[Path, typer.Option(metavar="OUT", help="Where the results go.")] = Path("outputs"),
    published: Published = None,
    rules: RuleFolders = None,
    formats: Formats = "csv,parquet",
    workers: Workers = 1,
    time_limit: TimeLimit = 60,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run into OUT that was not finished.")] = False,
    checkpoint: Checkpoint = 5,
    text_column: TextColumn = None,
    max_mb: MaxMb = 200,
    max_pages: MaxPages = 5000,
    max_depth: MaxDepth = 3,
    max_ratio: MaxRatio = 200,
) -> None:
    """Extract every bulletin below FOLDER... into tables in OUT."""
    day = day_of(published)
    wanted = formats_of(formats)
    with faults_told(), kept_expressions():
        with made_to_stay():
            from extract.authoring import load_rules
            from extract.batch import Job, Told, Way, more_than_cores, run_into, with_progress
            from extract.read import ReadOptions, find_skipped, find_sources
            from extract.show import print_counts

            reading = ReadOptions(text_column, max_mb, max_pages, max_depth, max_ratio)
            sources = find_sources(folders, reading)
            book = load_rules(*(rules or ()))
        read = [str(folder) for folder in folders]
        told = Told(book, day, wanted, read, find_skipped(folders), reading)
        watch = with_progress if sys.stderr.isatty() else iter
        if sentence := more_than_cores(workers):
            tell(sentence)
        way = Way(workers, time_limit, resume, checkpoint, tell, watch)
        report = run_into(out, sources, Job(book, day, reading, keep_texts=False), told, way)
        print_counts(console(), report.counts)
    _tell_of(report, out, day)
    if report.faults and not report.counts.bulletins:
        tell("no bulletin could be read")
        raise typer.Exit(2)
    raise typer.Exit(1 if report.faults else 0)


def _tell_of(report: Report, out: Path, published: datetime.date | None) -> None:
    """Say on stderr what the counts alone do not: what was passed over, gave way, repeats, or was set aside."""
    if report.skipped:
        what = "1 file is no bulletin" if report.skipped == 1 else f"{report.skipped:,} files are no bulletins"
        tell(f"{what} by suffix and passed over; {out / 'run.json'} lists the skipped; give one by name to read it")
    if other := report.counts.other_days:
        articles = f"{other:,} of {report.counts.articles:,} articles"
        tell(f"--published {published} gives way in {articles}, which tell their own day")
    if repeats := report.counts.repeats:
        told_of = "1 article repeats another" if repeats == 1 else f"{repeats:,} articles repeat others"
        tell(f"{told_of}; {out / 'repeats.jsonl'} names them, lest totals count a story twice")
    for fault in report.faults:
        tell(f"{fault['file']}: {fault['reason']}; {fault['remedy']}")
    if more := report.counts.rejected - len(report.faults):
        tell(f"{more:,} more inputs were set aside; {out / 'rejected.jsonl'} lists all")


def formats_of(text: str) -> list[str]:
    """The formats that `--formats` lists. Raises BadParameter for one that there is not."""
    from extract.writers import FORMATS

    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in FORMATS]:
        problem = f"'{unknown[0]}' is no format; name some of {', '.join(FORMATS)}"
        raise typer.BadParameter(problem, param_hint="'--formats'")
    return names
