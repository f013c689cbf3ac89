"""`jianbao show`."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from extract.expressions import kept_expressions

from .common import Published, RuleFolders, TextColumn, console, day_of, faults_told, made_to_stay, tell


def show_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One bulletin.")],
    published: Published = None,
    rules: RuleFolders = None,
    text_column: TextColumn = None,
) -> None:
    """Print one bulletin, what is stated beside its text, its figures coloured by table and other numbers by class."""
    day = day_of(published)
    with faults_told(), kept_expressions():
        with made_to_stay():
            from extract.authoring import load_rules
            from extract.known import known_lines
            from extract.pipeline import extract_bulletin
            from extract.read import ReadError, ReadOptions, find_sources, read_source
            from extract.show import legend, print_article, printable
            from extract.views import CLASS_COLOURS, view

        if file.is_dir():
            raise ReadError(str(file), "it is a folder", "name one bulletin, or run the folder with: jianbao run")
        options = ReadOptions(text_column)
        book = load_rules(*(rules or ()))
        out = console()
        shown = faults = 0
        for bulletin in chain.from_iterable(read_source(source, options) for source in find_sources([file], options)):
            if isinstance(bulletin, ReadError):
                faults += 1
                tell(str(bulletin))
                continue
            shown += 1
            found = extract_bulletin(bulletin, book, published=day)
            for line in known_lines(bulletin, day, found.articles):
                out.print(printable(line), style="dim")
            for article in found.articles:
                print_article(out, view(bulletin.text, article, found.records, found.numbers))
        if shown:
            out.print(legend([*book.tables, *CLASS_COLOURS]))
    if faults:
        raise typer.Exit(1 if shown else 2)
