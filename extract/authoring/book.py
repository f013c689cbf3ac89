"""The book of rules as an author works with it: rules come and go at once, and every question is a method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydantic

from ..caching import kept
from ..paths import program_stamp
from ..rules.book import RuleBook, RuleError
from ..rules.files import RuleFiles, digest_of
from .checking import check_rules

if TYPE_CHECKING:
    from .auditing import Audit
    from .corpus import Corpus
    from .explaining import Why
    from .phrasing import Phrasings
    from .suggesting import Suggestions
    from .trying import Trial


def load_rules(*folders: Path | str) -> Book:
    """The shipped rules, then those of `folders`: a rule with a known id takes the place of the shipped one.

    The rules of `folders` pass their own examples here; the shipped ones have passed theirs (`jianbao rules check`).
    Raises RuleError, with all faults at once, when a file cannot be read, a pattern is malformed, an id occurs twice
    in one folder, or a rule of `folders` fails its own examples or rejects. A book that was read before, from files
    with the same bytes, is taken from the user's cache.
    """
    try:
        key = f"{program_stamp()} {pydantic.VERSION} {digest_of(*folders)}"
    except (OSError, ValueError):  # reading it tells the fault
        return _checked(*folders)
    return kept("rules", key, lambda: _checked(*folders))


def _checked(*folders: Path | str) -> Book:
    book = Book.of(RuleFiles.of(*folders))
    check_rules(book, [rule for rule in book.rules if not rule.shipped])
    return book


@dataclass
class Book(RuleBook):
    """A book of rules that can be asked, and changed: a change holds from the next call on that is given the book."""

    files: RuleFiles = field(default_factory=RuleFiles, repr=False, compare=False)

    @classmethod
    def of(cls, files: RuleFiles, *, drafts: bool = False, known: RuleBook | None = None) -> Book:
        """The book of some rule files; rules that are `drafts` need no example. Raises RuleError for their faults.

        Patterns of the `known` book that are the same stay compiled.
        """
        made = files.copy().book(drafts=drafts, known=known)
        return cls(made.rules, made.vocabulary, made.tables, made.version, made.packs, files)

    def add(self, *rules: Path | str) -> Book:
        """This book with more rules in it: YAML texts, files or folders; its rules pass their examples.

        Raises RuleError, and changes nothing, when a rule has a fault.
        """
        changed, names = self.with_drafts(*rules, drafts=False)
        check_rules(changed, [rule for rule in changed.rules if rule.id in names])
        return self._become(changed)

    def without(self, *ids: str) -> Book:
        """This book with some rules taken out of it. Raises RuleError, and changes nothing, for an unknown id."""
        if unknown := [name for name in ids if name not in self.files.sources]:
            raise RuleError(
                f"there is no rule '{name}' to do without; `jianbao rules list` names all" for name in unknown
            )
        files = self.files.copy()
        for name in ids:
            del files.sources[name]
            files.note(f"without {name}".encode())
        return self._become(Book.of(files, known=self))

    # questions

    def why(self, sentence: str | Mapping[str, Any], number: str | None = None) -> Why:
        """Which rules make which records of a sentence, from which words; and why its other figures make none.

        `number`, the quote of one figure, leaves only that one; so does a row of the ledger in place of a sentence.
        Raises ValueError where it is no number there.
        """
        from .explaining import explain

        if isinstance(sentence, str):
            return explain(sentence, self, number)
        return explain(str(sentence["sentence"]), self, "".join(str(sentence["quote"]).split()))

    def try_rule(self, *rules: Path | str, corpus: Corpus | Path | str) -> Trial:
        """What some more rules (YAML texts, files or folders) would do to a corpus, its gold included.

        Nothing is saved, and the book stays as it is. Rules need no example yet; examples that do not hold are told.
        Raises RuleError for malformed rules, ReadError for a corpus without bulletins.
        """
        from .trying import try_book

        changed, names = self.with_drafts(*rules)
        return try_book(_corpus(corpus), self, changed, sorted(names))

    def try_without(self, *ids: str, corpus: Corpus | Path | str) -> Trial:
        """What taking rules away would do to a corpus. Raises RuleError for an unknown id."""
        from .trying import try_book

        changed = Book.of(self.files, known=self).without(*ids)
        return try_book(_corpus(corpus), self, changed, ids)

    def suggest(
        self, sentence: str | Mapping[str, Any], table: str | None = None, measure: str | None = None,
        corpus: Corpus | Path | str | None = None,
    ) -> Suggestions:  # fmt: skip
        """Candidate rules, from specific to broad, for the figure that is marked in a sentence (…亮灯【12个】).

        A row of the ledger will do, too. Each candidate says what it would do to the corpus, where one is given. The
        table and the measure are guessed where they are not. Raises SuggestionError, with the remedy, where there is
        nothing to suggest.
        """
        from .suggesting import suggest

        return suggest(sentence, self, table, measure, None if corpus is None else _corpus(corpus))

    def unexplained(self, corpus: Corpus | Path | str) -> Phrasings:
        """The numbers of a corpus that nothing explains, grouped by phrasing, the most frequent first."""
        from .phrasing import phrasings

        return phrasings(_corpus(corpus).settle(self).open_numbers(), self.vocabulary)

    def check(self) -> None:
        """Nothing when every rule gives what its examples say, and nothing of its rejects. Raises RuleError for all."""
        check_rules(self, self.rules)

    def audit(self, corpus: Corpus | Path | str, *, all_overlaps: bool = False) -> Audit:
        """What a corpus says of the rules: hits, overlaps, rules that never fire, triggers that are too common."""
        from .auditing import audit

        return audit(_corpus(corpus), self, all_overlaps=all_overlaps)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the records that these rules make, with their tables and measures."""
        from .describing import json_schema

        return json_schema(self)

    def page(self) -> str:
        """The tables, measures and rules as a page of Markdown."""
        from .describing import page

        return page(self)

    # what stands behind them

    def with_drafts(self, *rules: Path | str, drafts: bool = True) -> tuple[Book, set[str]]:
        """A new book that has some more rules, and their ids; nothing is run. Raises RuleError for malformed ones."""
        files = self.files.copy()
        names: set[str] = set()
        for rule in rules:
            for where, text in _texts(rule, files):
                names |= {*files.text(text, where)}
        return Book.of(files, drafts=drafts, known=self), names

    def _become(self, other: Book) -> Book:
        self.__dict__.clear()
        self.__dict__.update(other.__dict__)
        return self


def _corpus(given: Corpus | Path | str) -> Corpus:
    from .corpus import Corpus

    return given if isinstance(given, Corpus) else Corpus.open(given)


def _texts(rule: Path | str, files: RuleFiles) -> list[tuple[str, str]]:
    """The YAML texts that a path or a text stands for, each with its name; a file that cannot be read is a fault."""
    if isinstance(rule, str) and ("\n" in rule or ": " in rule):
        return [("text", rule)]
    path = Path(rule)
    found = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    texts = []
    for file in found:
        try:
            texts.append((file.name, file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            files.faults.append(f"{file}: cannot be read ({error}); give a file of rules, or their YAML")
    return texts
