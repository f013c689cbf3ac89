"""The Run that a notebook holds: every row of some bulletins in typed DataFrames."""

from __future__ import annotations

import datetime
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from math import isnan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from extract.authoring import load_rules
from extract.batch import (
    FORMATS,
    TIME_LIMIT,
    Counts,
    Ended,
    Job,
    Outcome,
    Report,
    more_than_cores,
    outcomes,
    with_progress,
    write_run,
)
from extract.read import PLAIN, ReadError, ReadOptions, Source, find_sources, text_source
from extract.read.day import as_day
from extract.records import ArticleRow, NumberRow, Record
from extract.rules import RuleBook
from extract.tables import JSON_LINES, OutputError, frame, models_of, parse_line

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from extract.views import ArticleView


class Run:
    """The rows of a run in typed DataFrames: `run.stations`, `run.numbers`, … or `run.table("stations")`.

    Tables of records are the rule book's (`stations`, `workers`, `funds`, `services`, `rates` and those that rules
    add); `records` holds all of them; `numbers`, `articles`, `checks` and `rejected` are the ledgers.
    """

    def __init__(
        self,
        ended: Iterable[Outcome | Ended],
        book: RuleBook,
        published: datetime.date | None = None,
        repeats: Collection[str] | None = None,
    ) -> None:
        self.outcomes = tuple(outcome for outcome in ended if isinstance(outcome, Outcome))
        self.book = book
        self.published = published
        self._repeats = repeats  # ids of the articles that tell what others tell, where they are known
        self._models = models_of(book.tables) | JSON_LINES
        self._frames: dict[str, pd.DataFrame] = {}

    def table(self, name: str) -> pd.DataFrame:
        """The rows of one table. Raises KeyError, naming those that there are, for another."""
        if name not in self._models:
            raise KeyError(f"no table '{name}'; there are {', '.join(self._models)}")
        if name not in self._frames:
            rows = self._rows(name if name in JSON_LINES else "records")
            of_table = rows if name in JSON_LINES else [row for row in rows if row["table"] == name]
            self._frames[name] = frame(of_table, self._models[name])
        return self._frames[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._models:
            raise AttributeError(f"a run has no '{name}'")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._models]

    def _rows(self, kind: str) -> list[dict[str, Any]]:
        return [parse_line(line) for outcome in self.outcomes for line in outcome.rows(kind)]

    @cached_property
    def counts(self) -> Counts:
        """How many rows of each sort there are."""
        counts = Counts(bulletins=sum(not (o.is_continued or o.is_set_aside) for o in self.outcomes))
        for kind in JSON_LINES:
            for row in self._rows(kind):
                counts.add(kind, row)
        return counts

    def article(self, article_id: str) -> ArticleView:
        """One article with its records, coloured in a notebook. Raises KeyError for an id that no article has.

        Raises OutputError where the run was loaded, and its bulletin is not where it was.
        """
        from extract.views import view

        for outcome in self.outcomes:
            for article in map(ArticleRow.model_validate_json, outcome.rows("articles")):
                if article.article_id == article_id:
                    if outcome.text is None:
                        where = "name its folder: extract.load(…, texts=…)"
                        raise OutputError(f"{article.file}: is not found as the run read it; {where}")
                    records = [Record.model_validate_json(line) for line in outcome.rows("records")]
                    numbers = [NumberRow.model_validate_json(line) for line in outcome.rows("numbers")]
                    return view(outcome.text, article, records, numbers)
        raise KeyError(f"no article '{article_id}'; run.articles lists them")

    def series(self, place: str, measure: str, *, parts: bool = False) -> pd.DataFrame:
        """One place and measure over time, with the proof of each figure and its relation to the one before it.

        `place` is a name, its beginning (定西) or a code; `measure` is `certified` or `workers.certified`. `parts` asks
        for grades, groups, targets and what there is for one of something as well. Articles that tell what others tell
        are left out. Raises KeyError, naming those that there are, for a measure that no table has and for a place that
        no record is about.
        """
        import pandas as pd

        from extract.checks.series import COLUMNS, is_of, series_of
        from extract.normalise import code_of

        known = [f"{table}.{name}" for table, measures in self.book.tables.items() for name in measures]
        if measure not in known and measure not in {name.partition(".")[2] for name in known}:
            raise KeyError(f"no measure '{measure}'; there are {', '.join(known)}")
        code = code_of(place)
        if not any(is_of(row, place, code) for row in self._told_once):
            there = Counter(row["place"] for row in self._told_once if row["place"])
            named = ", ".join(name for name, _ in there.most_common(10)) or "none"
            repeated = self.records["place"].dropna().str.contains(place, regex=False).any()
            why = "only articles that repeat others are" if repeated else "no record is"
            raise KeyError(f"{why} about '{place}'; the most are about {named}: run.records.place has all")
        rows = series_of(self._told_once, place, measure, parts=parts)
        told = pd.Series([row["relation"] for row in rows], dtype=object)
        return frame(rows, Record).assign(relation=told)[list(COLUMNS)]

    @cached_property
    def _told_once(self) -> list[dict[str, Any]]:
        """The records, but for those of articles that tell what others tell."""
        again = self._found_again() if self._repeats is None else self._repeats
        return [row for row in self._rows("records") if row["article_id"] not in again]

    def _found_again(self) -> set[str]:
        from extract.duplicates import repeated

        lines = [line for outcome in self.outcomes for line in outcome.rows("sketches")]
        with TemporaryDirectory() as folder:
            return {article_id for article_id, *_ in repeated(lambda: iter(lines), Path(folder, "sketches.bin"))}

    @cached_property
    def relations(self) -> pd.DataFrame:
        """Where figures of different articles agree, differ, succeed one another or add up: see docs/checks.md."""
        from extract.checks.series import Relation, relations

        return frame([relation.plain() for relation in relations(self._told_once)], Relation)

    @property
    def contradictions(self) -> pd.DataFrame:
        """The relations that cannot all be true, with the sentences of both sides."""
        from extract.checks.series import CONTRADICTIONS

        return self.relations[self.relations["relation"].isin(CONTRADICTIONS)].reset_index(drop=True)

    def plot(self) -> Figure:
        """Stations and certified workers by place and year, funds by purpose, the unexplained share: see `plots`."""
        from extract.plots import plot

        return plot(*map(self._rows, ("records", "numbers", "articles")))

    def write(self, out: Path | str, formats: Sequence[str] = FORMATS) -> Report:
        """Write what `jianbao run` writes, the same bytes. Raises OutputError as `write_run` does."""
        return write_run(self.outcomes, Path(out), self.book, published=self.published, formats=formats)

    def __repr__(self) -> str:
        counts = self.counts
        return (
            f"<run: {counts.bulletins} bulletins, {counts.articles} articles, {counts.records.total()} records, "
            f"{counts.numbers.total()} numbers, {counts.rejected} set aside>"
        )

    def _repr_html_(self) -> str:
        from extract.views import counts_html

        return counts_html(self.counts)


def run(
    source: Path | str | Mapping[str, str] | Iterable[Path | str] | None = None,
    *,
    texts: Mapping[str, str] | Iterable[str] | None = None,
    published: datetime.date | str | None = None,
    rules: RuleBook | Path | str | Iterable[Path | str] = (),
    out: Path | str | None = None,
    workers: int = 1,
    time_limit: float = TIME_LIMIT,
    reading: ReadOptions = PLAIN,
    progress: bool = False,
) -> Run:
    """The rows of every bulletin in folders and files, or of texts.

    `source` is a folder, a file or several of them; a string is a path, never a text. Texts are given by name, as a
    dict, or as `texts=[…]`, where they are called `text1`, `text2`, …. `published` is the bulletins' day, for 今年 and
    the like; `rules` are folders beside the shipped rules, or a loaded book; `out` also writes the run to a folder.
    `workers` is the number of processes, 0 for one a core, never more than cores or tasks; `time_limit` is what a
    bulletin may take, in seconds; `reading` names the column of a table that holds the text, and says how much is read.

    Raises ReadError when there is nothing to read, RuleError for broken rules, ValueError for a day of another form and
    for fewer than no processes.
    """
    if workers < 0:
        raise ValueError(f"there cannot be {workers} workers; give the number of processes, or 0 for one a core")
    if isinstance(source, Mapping):
        source, texts = None, source
    if (source is None) == (texts is None):
        raise TypeError("give either a source (a folder or files) or texts")
    day = as_day(published)
    sources = _found(several(source), reading) if texts is None else _named(texts)
    book = rules if isinstance(rules, RuleBook) else load_rules(*several(rules))
    if sentence := more_than_cores(workers):
        warnings.warn(sentence, stacklevel=2)
    ended = outcomes(sources, Job(book, day, reading), workers=workers, time_limit=time_limit)
    made = Run(with_progress(ended) if progress else ended, book, day)
    if out is not None:
        made.write(out)
    return made


def several(paths: Path | str | Iterable[Path | str] | None) -> list[Path | str]:
    """The paths, of which there may be one or none."""
    return [paths] if isinstance(paths, str | Path) else list(paths or ())


def _found(paths: Sequence[Path | str], reading: ReadOptions) -> Iterable[Source]:
    for path in paths:
        if not _exists(path):
            name = path if len(str(path)) < 80 else f"{str(path)[:80]}…"
            raise ReadError(str(name), "there is no such file or folder", "check the spelling; texts go in texts=[…]")
    return find_sources([Path(path) for path in paths], reading)


def _exists(path: Path | str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # a whole text is too long for a path
        return False


def _named(texts: Mapping[str, str] | Iterable[str]) -> list[Source]:
    if isinstance(texts, str):
        texts = [texts]
    named = texts if isinstance(texts, Mapping) else {f"text{number}": text for number, text in enumerate(texts, 1)}
    return [text_source(_text(text, name), name) for name, text in named.items()]


def _text(text: object, name: object) -> str:
    """A text as it is given; what a column of a table has where it has none is one without a character."""
    if text is None or (isinstance(text, float) and isnan(text)):
        return ""
    if isinstance(text, str) and isinstance(name, str):
        return text
    kinds = f"{type(name).__name__} and {type(text).__name__}"
    raise TypeError(f"{name}: a name and a text are of the types {kinds}; give each as a str")
