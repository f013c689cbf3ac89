"""`jianbao schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import RuleFolders, faults_told


def schema_command(
    table: Annotated[
        str | None, typer.Argument(metavar="TABLE", help="One table; all of them where none is named.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write DIR/TABLE.json, a file each, instead.")] = None,
    rules: RuleFolders = None,
) -> None:
    """Print the JSON Schema of the lines of each table."""
    with faults_told():
        import json

        from extract.authoring import load_rules
        from extract.schemas import json_schemas
        from extract.tables import models_of

        book = load_rules(*(rules or ()))
        models_of(book.tables)
        schemas = json_schemas(book.tables)
        if table is not None and table not in schemas:
            problem = f"there is no table '{table}'; name one of {', '.join(schemas)}"
            raise typer.BadParameter(problem, param_hint="'TABLE'")
        wanted = {table: schemas[table]} if table else schemas
        if out is None:
            typer.echo(json.dumps(schemas[table] if table else schemas, ensure_ascii=False, indent=1))
            return
        out.mkdir(parents=True, exist_ok=True)
        for name, schema in wanted.items():
            text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
            (out / f"{name}.json").write_text(text, encoding="utf-8")
