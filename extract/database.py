"""Rows in an SQLite database, with what Datasette shows it by."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from extract.records import Record, Row
from extract.schemas import KEYS, LINKS, datasette_metadata
from extract.staging import DATASETTE
from extract.tables import JSON_LINES, Kind, OutputError, column_kinds, parse_line

if TYPE_CHECKING:
    from extract.staging import Staging

TYPES: Mapping[Kind, str] = {"number": "NUMERIC", "integer": "INTEGER"}
STORED = ("articles", "records", "numbers", "checks")
INDEXES = (
    "CREATE INDEX records_article ON records (article_id, start)",
    'CREATE INDEX records_measure ON records ("table", measure)',
    "CREATE INDEX records_place ON records (place_code)",
    "CREATE INDEX numbers_article ON numbers (article_id, start)",
    "CREATE INDEX numbers_record ON numbers (record_id)",
    'CREATE INDEX numbers_class ON numbers ("class")',
    "CREATE INDEX checks_article ON checks (article_id)",
    "CREATE INDEX sentences_article ON sentences (article_id)",
)
SENTENCES = """
CREATE TABLE sentences (
 sentence_id INTEGER PRIMARY KEY, article_id TEXT REFERENCES articles (article_id), kind TEXT, text TEXT
);
CREATE VIRTUAL TABLE search USING fts5(
 text, content="sentences", content_rowid="sentence_id", tokenize="trigram"
);
"""
"""The titles and sentences; the index is of trigrams, and holds what three signs and more are found by.

Datasette knows the index of a table by `USING fts5` and `content="…"` as they are spelled here, and follows a key only
where its column is named.
"""

FILL_SENTENCES = """
INSERT INTO sentences (article_id, kind, text) SELECT article_id, 'title', title FROM articles ORDER BY rowid;
INSERT INTO sentences (article_id, kind, text)
 SELECT article_id, 'sentence', sentence
 FROM (SELECT article_id, start, sentence FROM records UNION ALL SELECT article_id, start, sentence FROM numbers)
 GROUP BY article_id, sentence ORDER BY article_id, min(start), sentence;
INSERT INTO search (search) VALUES ('rebuild');
"""


class Sqlite:
    """One database, `tables.sqlite`: articles, records (with a view for each of their tables), numbers and checks.

    Ids are keys. `sentences` has every title, and every sentence with a figure once; `search` is their index.
    `datasette.json` describes the database for Datasette.
    """

    def __init__(self, staging: Staging, models: Mapping[str, type[Row]]) -> None:
        import sqlite3

        self.staging = staging
        path = staging.path("tables.sqlite")
        path.unlink(missing_ok=True)
        self.base = sqlite3.connect(path)
        try:
            self.base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            for table in STORED:
                self.base.execute(_create(table))
            for view in (table for table, model in models.items() if model is Record):
                self.base.execute(f'CREATE VIEW "{view}" AS SELECT * FROM records WHERE "table" = \'{view}\'')
        except sqlite3.OperationalError as error:
            self.base.close()
            raise OSError(errno.EIO, str(error), str(path)) from None
        try:
            self.base.executescript(SENTENCES)
        except sqlite3.OperationalError as error:
            self.base.close()
            remedy = "use a Python with SQLite 3.34 or newer, or leave sqlite out"
            raise OutputError(f"tables.sqlite: {error} (SQLite {sqlite3.sqlite_version}); {remedy}") from None
        with staging.open(DATASETTE) as file:
            file.write(json.dumps(datasette_metadata(models), ensure_ascii=False, indent=1) + "\n")

    def close(self) -> None:
        """Insert the rows of the JSON lines beside it, add the sentences and indexes, and finish the file."""
        import sqlite3

        try:
            for table in STORED:
                self._fill(table)
            for statement in INDEXES:
                self.base.execute(statement)
            self.base.commit()
            self.base.executescript(FILL_SENTENCES)
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, str(error), str(self.staging.path("tables.sqlite"))) from None
        finally:
            self.base.close()

    def _fill(self, table: str) -> None:
        """Insert all rows of a table; lists as JSON arrays, days as ISO text."""
        import sqlite3

        insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(column_kinds(JSON_LINES[table])))})"
        with self.staging.path(f"{table}.jsonl").open(encoding="utf-8", newline="\n") as file:
            for line in file:
                values = [
                    json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
                    for value in parse_line(line).values()
                ]
                try:
                    self.base.execute(insert, values)
                except sqlite3.IntegrityError as error:
                    raise OutputError(
                        f"tables.sqlite: {error}, {values[0]}; report it, and leave sqlite out till then"
                    ) from None


def _create(table: str) -> str:
    model = JSON_LINES[table]
    columns = [
        f'"{name}" {TYPES.get(kind, "TEXT")} '
        + ("PRIMARY KEY" if KEYS.get(model) == name else f"REFERENCES {LINKS[name]} ({name})" if name in LINKS else "")
        for name, kind in column_kinds(model).items()
    ]
    return f"CREATE TABLE {table} ({', '.join(columns)})"
