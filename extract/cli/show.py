"""`jianbao show`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import Published, RuleFolders, console, day_of, faults_told


def show_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One bulletin.")],
    published: Published = None,
    rules: RuleFolders = None,
) -> None:
    """Print one bulletin, its figures coloured by table and its other numbers by class."""
    day = day_of(published)
    with faults_told():
        from extract.authoring import load_rules
        from extract.pipeline import extract_bulletin
        from extract.read import ReadError, read_bulletin
        from extract.show import legend, print_article
        from extract.views import CLASS_COLOURS, view

        if file.is_dir():
            raise ReadError(str(file), "it is a folder", "name one bulletin, or run the folder with: jianbao run")
        bulletin = read_bulletin(file, file.name)
        book = load_rules(*(rules or ()))
        found = extract_bulletin(bulletin, book, published=day)
        out = console()
        for article in found.articles:
            print_article(out, view(bulletin.text, article, found.records, found.numbers))
        out.print(legend([*book.tables, *CLASS_COLOURS]))
