"""`jianbao spark`."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import Published, RuleFolders, day_of, faults_told, tell


def spark_command(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="Parquet with the columns file and text, any URI.")],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="A folder for the tables, any URI.")],
    texts: Annotated[bool, typer.Option("--texts", help="INPUT is a folder of text files instead.")] = False,
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="The Spark master, such as local[4] or spark://host:7077.")
    ] = None,
    published: Published = None,
    rules: RuleFolders = None,
    tables: Annotated[
        str, typer.Option(metavar="LIST", help="What to write.")
    ] = "records,numbers,articles,checks,rejected",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the tables that OUTPUT holds.")] = False,
) -> None:
    """Extract INPUT into Parquet tables in OUTPUT on a Spark cluster."""
    day = day_of(published)
    with faults_told():
        from extract.authoring import load_rules
        from extract.spark import read_files, read_texts, spark_faults, start_session, with_day, write_tables

        book = load_rules(*rules) if rules else None
        wanted = [name.strip() for name in tables.split(",") if name.strip()]
        session = start_session(master)
        try:
            with spark_faults():
                found = read_files(session, source) if texts else read_texts(session, source)
                found = with_day(found, day) if day else found
                counts = write_tables(found, output, book=book, tables=wanted, overwrite=overwrite)
        finally:
            session.stop()
    for table, count in counts.items():
        typer.echo(f"{table:<10}{count:>14,}")
    if set_aside := counts.get("rejected"):
        what = "1 text was" if set_aside == 1 else f"{set_aside:,} texts were"
        tell(f"{what} set aside; {output}/rejected lists why, and the remedy")
    raise typer.Exit(1 if set_aside else 0)
