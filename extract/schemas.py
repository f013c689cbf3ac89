"""What the tables hold, in the words of others: JSON Schema, Frictionless Data Package, Datasette.

All of it is made from the row models, so that no column is described twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from extract.records import Record, Row
from extract.tables import BESIDE, JSON_LINES, Kind, column_kinds

LINKS: Mapping[str, str] = {"article_id": "articles", "record_id": "records"}
"""The table in which each id is the key."""

KEYS: Mapping[type[Row], str] = {JSON_LINES[table]: name for name, table in LINKS.items()}

FACETS = ("table", "measure", "class", "verdict", "unit")

FIELD_TYPES: Mapping[Kind, str] = {"number": "number", "integer": "integer", "date": "date"}


def json_schema(table: str, model: type[Row], measures: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a line of a table; `measures` are those of a table of records."""
    made = model.model_json_schema(mode="serialization", by_alias=True)
    if measures:
        made["properties"]["table"]["const"] = table
        made["properties"]["measure"]["enum"] = list(measures)
    made["required"] = list(made["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": table}


def json_schemas(record_tables: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Any]]:
    """The JSON Schema of each table: those of records, with their measures, then the files of JSON lines."""
    of_records = {table: json_schema(table, Record, measures) for table, measures in record_tables.items()}
    return of_records | {table: json_schema(table, model) for table, model in (JSON_LINES | BESIDE).items()}


def data_package(
    tables: Mapping[str, type[Row]], formats: Collection[str], empty: Collection[str] = ()
) -> dict[str, Any]:
    """The descriptor of a run's folder by the Data Package standard: each file, and each column of the text formats.

    `tables` are the tables that the formats hold. Files of lines and CSV are tables to the standard, with keys; those
    that carry their own types (Parquet, XLSX, SQLite) are named as files, and so are the lines of the `empty` tables,
    where there is no line to find a column in.
    """
    lined = JSON_LINES | BESIDE | (dict(tables) if "jsonl" in formats else {})
    resources = [
        _file(f"{table}.jsonl", _LINES["mediatype"])
        if table in empty
        else _table(f"{table}.jsonl", model, _LINES, lined)
        for table, model in lined.items()
    ]
    if "csv" in formats:
        resources += [_table(f"{table}.csv", model, _CSV, tables) for table, model in tables.items()]
    if "parquet" in formats:
        resources += [_file(f"{table}.parquet", "application/vnd.apache.parquet") for table in tables]
    if "xlsx" in formats:
        resources.append(_file("tables.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
    if "sqlite" in formats:
        resources.append(_file("tables.sqlite", "application/vnd.sqlite3"))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "jianbao",
        "title": "Figures of bulletins, with the characters that prove them",
        "resources": resources,
    }


_LINES: Mapping[str, Any] = {
    "format": "ndjson",
    "mediatype": "application/x-ndjson",
    "encoding": "utf-8",
    "dialect": {"json": {"keyed": True}},
}
_CSV: Mapping[str, Any] = {
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8-sig",
    "dialect": {"csv": {"lineTerminator": "\n"}},
}


def _table(path: str, model: type[Row], shape: Mapping[str, Any], tables: Collection[str]) -> dict[str, Any]:
    named = {"name": _name(path), "type": "table", "path": path, "scheme": "file"}
    return {**named, **shape, "schema": _table_schema(model, path.rpartition(".")[2], tables)}


def _file(path: str, mediatype: str) -> dict[str, Any]:
    return {"name": _name(path), "type": "file", "path": path, "scheme": "file", "mediatype": mediatype}


def _name(path: str) -> str:
    """A name that the standard allows: small Latin letters, digits and a few marks; others by their code points."""
    return "".join(
        c if c in ".-_" or (c.isascii() and c.isalnum() and c == c.lower()) else f"-{ord(c):x}" for c in path
    )


def _table_schema(model: type[Row], suffix: str, tables: Collection[str]) -> dict[str, Any]:
    """The Table Schema of a model's columns, in a file of lines or CSV beside those of the other `tables`."""
    key = KEYS.get(model)
    made: dict[str, Any] = {"fields": _fields(model, "array" if suffix == "jsonl" else "string"), "missingValues": [""]}
    if key:
        made["primaryKey"] = [key]
    if links := [name for name in column_kinds(model) if name != key and LINKS.get(name) in tables]:
        made["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": f"{LINKS[name]}.{suffix}", "fields": [name]}} for name in links
        ]
    return made


def _fields(model: type[Row], lists: str) -> list[dict[str, Any]]:
    """The columns in the words of Table Schema; `lists` is the type of one that holds several values."""
    fields = []
    for (name, kind), info in zip(column_kinds(model).items(), model.model_fields.values(), strict=True):
        field: dict[str, Any] = {"name": name, "type": lists if kind == "list" else FIELD_TYPES.get(kind, "string")}
        if info.description:
            field["description"] = info.description
        constraints: dict[str, Any] = {}
        if NoneType not in get_args(info.annotation) and (kind in ("category", "integer") or name in LINKS):
            constraints["required"] = True
        if words := _choices(info.annotation):
            constraints["enum"] = words
        fields.append(field | ({"constraints": constraints} if constraints else {}))
    return fields


def _choices(annotation: Any) -> list[str]:
    """The words that a Literal allows, alone or beside None."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for part in get_args(annotation) for word in _choices(part)]


def datasette_metadata(tables: Mapping[str, type[Row]]) -> dict[str, Any]:
    """The metadata with which Datasette shows `tables.sqlite`: columns in words, facets, and a search for any word."""
    models: dict[str, type[Row]] = {**tables, "records": Record}
    described = {
        name: {
            "columns": {
                field.alias or column: field.description
                for column, field in model.model_fields.items()
                if field.description
            },
            "facets": [column for column in FACETS if column in column_kinds(model)],
        }
        for name, model in models.items()
    }
    search = {
        "title": "Sentences and titles that hold a word",
        "sql": "SELECT kind, text, article_id FROM sentences WHERE text LIKE '%' || :word || '%'",
    }
    return {"databases": {"tables": {"tables": described, "queries": {"find": search}}}}
