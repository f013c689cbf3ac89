"""What a kept corpus lies in: an SQLite file, articles and mentions packed as JSON, and stamps that tell a change."""

from __future__ import annotations

import datetime
import errno
import hashlib
import json
import sqlite3
from array import array
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from ..articles import Article
from ..caching import time_of
from ..match.mentions import DateMention, Numeral, PlaceMention, Quantity
from ..passages import Mentions
from ..paths import program_stamp
from ..read import Source

_Packed = tuple[list[Quantity | Numeral], list[Quantity], list[DateMention], list[PlaceMention], str | None]

PATIENCE = 60  # seconds that another process may hold the database
_TABLES = """
CREATE TABLE IF NOT EXISTS sources (name TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bulletins (file TEXT PRIMARY KEY, source TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
  number INTEGER PRIMARY KEY, source TEXT NOT NULL, file TEXT NOT NULL, facts TEXT NOT NULL, offsets BLOB NOT NULL,
  mentions TEXT NOT NULL, codes TEXT NOT NULL, readers TEXT NOT NULL, claims TEXT NOT NULL, records TEXT NOT NULL,
  open TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS bulletins_source ON bulletins (source);
CREATE INDEX IF NOT EXISTS articles_source ON articles (source);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@cache
def _mentions_adapter() -> TypeAdapter[_Packed]:
    return TypeAdapter(_Packed)


def packed_mentions(mentions: Mentions) -> str:
    """The mentions of an article as JSON."""
    packed = mentions.numbers, mentions.firsts, mentions.dates, mentions.places, mentions.home
    return _mentions_adapter().dump_json(packed).decode()


def unpacked_mentions(packed: str) -> Mentions:
    """The mentions that `packed_mentions` holds."""
    numbers, firsts, dates, places, home = _mentions_adapter().validate_json(packed)
    return Mentions(numbers, firsts, dates, places, home, [each for each in numbers if isinstance(each, Quantity)])


def packed_article(article: Article) -> str:
    """An article as JSON, but for its offsets."""
    day = article.published and article.published.isoformat()
    told = (article.article_id, article.title, article.source, day, article.text, article.paragraphs)
    return json.dumps((*told, article.start, article.end), ensure_ascii=False)


def unpacked_article(file: str, facts: str, packed: bytes) -> Article:
    """The article of `file` that `packed_article` and its offsets hold."""
    name, title, source, day, text, paragraphs, start, end = json.loads(facts)
    offsets = array("I")
    offsets.frombytes(packed)
    published = day and datetime.date.fromisoformat(day)
    spans = tuple((first, last, kind) for first, last, kind in paragraphs)
    return Article(name, file, title, source, published, text, offsets, spans, start, end)


def connect(file: Path | None = None) -> sqlite3.Connection:
    """The database of a file (in memory where there is none), emptied where it is broken or of another program.

    Raises OSError when it cannot be opened or written, or another process does not let go of it.
    """
    if file is None:
        database = sqlite3.connect(":memory:")
        database.executescript(_TABLES)
        return database
    try:
        database = _opened(file)
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, f"the cache cannot be used ({error})", str(file)) from None
    except sqlite3.DatabaseError:  # no database: what is in it can be made again
        file.unlink()
        database = _opened(file)
    file.chmod(0o600)
    return database


def _opened(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=PATIENCE)
    database.executescript(_TABLES)
    program = program_stamp()
    held = database.execute("SELECT value FROM meta WHERE name = 'program'").fetchone()
    if held != (program,):
        with database:
            for table in ("sources", "bulletins", "articles", "meta"):
                database.execute(f"DROP TABLE {table}")
        database.executescript(_TABLES)
        with database:
            database.execute("INSERT INTO meta VALUES ('program', ?)", (program,))
    return database


def stamp_of(source: Source) -> str:
    """What changes when a source does: the size and time of its file, or the hash of its text."""
    if source.text is not None:
        return hashlib.blake2b(source.text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return f"{time_of(source.path)} {source.meta}"
