"""The book of rules: YAML files read, checked and compiled; every fault of a load told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..paths import patterns_dir
from .language import Pattern, PatternError, Vocabulary, WordClass, compile_pattern


class RuleError(ValueError):
    """Rules that cannot be used; `faults` lists each with its file, id and remedy."""

    def __init__(self, faults: Iterable[str]):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Strict):
    """A text and the records that the rule must make of it; only the fields that are given are compared."""

    text: str
    gives: tuple[dict[str, str | None], ...]


class Reject(_Strict):
    """A text of which the rule must make nothing; with `because: target`, nothing that is passed off as a fact."""

    text: str
    because: str


class RuleSource(_Strict):
    """A rule as its author writes it."""

    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_-]+)+$")
    match: str | tuple[str, ...]
    record: dict[str, str] = Field(default_factory=dict)
    list: bool = False
    priority: int = 50
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    rejects: tuple[Reject, ...] = ()
    off: bool = False


CONDITIONS = {
    "in-period": "a period (2023年, 今年, 2018年以来) governs the figure",
    "as-of": "a date up to which (截至2021年底, 目前) governs the figure",
    "not-as-of": "no such date governs it",
    "undated": "no date governs the figure",
    "target": "the clause aims at the figure",
    "actual": "the clause states it as a fact",
}


@dataclass(frozen=True)
class Rule:
    """A compiled rule. `order` is its place in the book: of equals, the later (a user's) wins."""

    source: RuleSource
    file: str
    order: int
    vocabulary: Vocabulary = field(repr=False)
    shipped: bool = False

    @property
    def id(self) -> str:
        """The rule's id, as records carry it."""
        return self.source.id

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The rule's patterns, compiled when first wanted."""
        written = (self.source.match,) if isinstance(self.source.match, str) else self.source.match
        return tuple(compile_pattern(text, self.vocabulary) for text in written)

    @property
    def table(self) -> str:
        """The table that its records go to."""
        return self.source.record["table"]

    @property
    def examples(self) -> tuple[Example, ...]:
        """The author's examples."""
        return self.source.examples

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The author's counter-examples."""
        return self.source.rejects


@dataclass
class RuleBook:
    """Rules with the words and tables that they use."""

    rules: list[Rule]
    vocabulary: Vocabulary
    tables: dict[str, dict[str, dict[str, str]]]  # table -> measure -> defaults (nature, unit)
    version: str

    @cached_property
    def _triggers(self) -> _Triggers:
        return _Triggers(self.rules)

    def candidates(self, code: str, kinds: int) -> list[tuple[Rule, Pattern]]:
        """The patterns for `kinds` of quantities whose trigger words all stand in a sentence, by falling priority."""
        found = self._triggers.found(code, kinds) if self.rules else []
        return [(self.rules[number], self.rules[number].patterns[which]) for _, number, which in found]


class _Triggers:
    """Which patterns can match at all: one Aho-Corasick pass finds the sets of words that a sentence has a word of."""

    def __init__(self, rules: Sequence[Rule]):
        import ahocorasick

        sets: dict[frozenset[str], int] = {}
        self.by_first: dict[int, list[tuple[int, tuple[int, int, int], tuple[int, ...]]]] = {}
        for number, rule in enumerate(rules):
            for which, pattern in enumerate(rule.patterns):
                needed = tuple(sets.setdefault(words, len(sets)) for words in pattern.triggers)
                rank = (-rule.source.priority, number, which)
                self.by_first.setdefault(needed[0], []).append((pattern.kinds, rank, needed[1:]))
        of_word: dict[str, list[int]] = {}
        for words, key in sets.items():
            for word in words:
                of_word.setdefault(word, []).append(key)
        self.automaton = ahocorasick.Automaton()
        for word, keys in of_word.items():
            self.automaton.add_word(word, tuple(keys))
        self.automaton.make_automaton()

    def found(self, code: str, kinds: int) -> list[tuple[int, int, int]]:
        """Priority (negative), number of the rule and of its pattern, for each that `code` has all words for."""
        have: set[int] = set()
        for _, keys in self.automaton.iter(code):
            have.update(keys)
        return sorted(
            rank
            for first in have
            for wanted, rank, others in self.by_first.get(first, ())
            if wanted & kinds and have.issuperset(others)
        )


def read_rules(*folders: Path | str) -> RuleBook:
    """The shipped rules, then those of `folders`, read and compiled; their examples are not run.

    Raises RuleError, with all faults at once, when a file cannot be read, a pattern is malformed, a name is unknown or
    an id occurs twice in one folder.
    """
    loader = _Loader()
    loader.words(patterns_dir() / "words.yaml")
    loader.tables_of(patterns_dir() / "tables.yaml")
    loader.folder(patterns_dir() / "rules", shipped=True)
    for folder in folders:
        loader.folder(Path(folder))
    return loader.book()


class _Loader:
    """Collects the content of rule files, and every fault."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.sources: dict[str, tuple[RuleSource, str, bool]] = {}
        self.classes: dict[str, WordClass] = {}
        self.phrases: dict[str, str] = {}
        self.stops: tuple[str, ...] = ()
        self.tables: dict[str, dict[str, dict[str, str]]] = {}
        self.digest = hashlib.blake2b(digest_size=8)

    def folder(self, folder: Path, *, shipped: bool = False) -> None:
        files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
        if not files:
            self.faults.append(f"{folder}: no .yaml file with rules; give a folder that holds one")
        seen: dict[str, str] = {}
        for path in files:
            content = self.read(path)
            if isinstance(content, dict):
                self.add_words(content, path)
                self.add_tables(content.get("tables", {}), path)
                content = content.get("rules", [])
            for entry in content or ():
                self.rule(entry, path, seen, shipped)

    def words(self, path: Path) -> None:
        content = self.read(path)
        if isinstance(content, dict):
            self.add_words(content, path)

    def tables_of(self, path: Path) -> None:
        self.add_tables(self.read(path) or {}, path)

    def add_words(self, content: Mapping[str, Any], path: Path) -> None:
        for name, entries in (content.get("words") or {}).items():
            self.classes[name] = WordClass(name, tuple(_word(entry) for entry in entries))
        self.phrases.update(content.get("phrases") or {})
        self.stops += tuple(content.get("gap_stops") or ())

    def add_tables(self, content: Any, path: Path) -> None:
        for table, measures in (content or {}).items():
            self.tables.setdefault(table, {}).update({m: dict(d or {}) for m, d in measures.items()})

    def read(self, path: Path) -> Any:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.faults.append(f"{path}: cannot be read ({error}); save it as UTF-8 text")
            return None
        self.digest.update(text.encode())
        try:
            return read_yaml(text)
        except yaml.YAMLError as error:
            self.faults.append(f"{path}: {' '.join(str(error).split())}; mend the YAML there")
            return None

    def rule(self, entry: Any, path: Path, seen: dict[str, str], shipped: bool) -> None:
        name = entry.get("id", "?") if isinstance(entry, dict) else "?"
        try:
            source = RuleSource.model_validate(entry)
        except ValidationError as error:
            for fault in error.errors():
                where = ".".join(str(part) for part in fault["loc"])
                self.faults.append(f"{path}, id '{name}': {where}: {fault['msg'].lower()}")
            return
        if source.id in seen:
            self.faults.append(f"{path}, id '{name}': stands in {seen[source.id]} too; give one of them another id")
        seen[source.id] = path.name
        self.sources[source.id] = (source, path.name, shipped)

    def book(self) -> RuleBook:
        vocabulary = Vocabulary(self.classes, self.phrases, self.stops)
        rules = []
        for order, (source, file, shipped) in enumerate(self.sources.values()):
            if source.off:
                continue
            rule = Rule(source, file, order, vocabulary, shipped)
            self.faults.extend(f"{file}, id '{rule.id}': {fault}" for fault in self.check(rule))
            rules.append(rule)
        if not rules and not self.faults:
            self.faults.append("no rules at all: the patterns folder is empty; install jianbao again")
        if self.faults:
            raise RuleError(self.faults)
        return RuleBook(rules, vocabulary, self.tables, self.digest.hexdigest())

    def check(self, rule: Rule) -> Iterable[str]:
        """Faults that show without running the rule."""
        record = rule.source.record
        table, measure = record.get("table"), record.get("measure")
        if table not in self.tables:
            yield f"record.table {table!r} is unknown; write one of {', '.join(self.tables)}, or add it under 'tables'"
        elif measure not in self.tables[table]:
            yield f"record.measure {measure!r} is not of table {table}; write one of {', '.join(self.tables[table])}"
        for name in rule.source.when:
            if name not in CONDITIONS:
                yield f"when: {name!r} is unknown; write one of {', '.join(CONDITIONS)}"
        if not rule.examples:
            yield "no example; give one text and the records that it gives"
        try:
            assert rule.patterns
        except PatternError as error:
            yield f"match, column {error.column}: {error}"


def _word(entry: Any) -> tuple[str, tuple[str, ...]]:
    """A word, or {word: 站, not_after: [网, 车]}."""
    if isinstance(entry, dict):
        return entry["word"], tuple(entry.get("not_after", ()))
    return entry, ()


def read_yaml(text: str) -> Any:
    """YAML with every scalar as the string it is; duplicate keys, aliases and tags are refused."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    node = yaml.compose(text, Loader=loader)
    return None if node is None else _plain(node, set())


def _plain(node: yaml.Node, seen: set[int]) -> Any:
    if id(node) in seen:
        raise yaml.constructor.ConstructorError(None, None, "an alias is used; write the value out", node.start_mark)
    seen.add(id(node))
    if not node.tag.startswith("tag:yaml.org,2002:"):
        raise yaml.constructor.ConstructorError(None, None, f"the tag {node.tag} is refused", node.start_mark)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            name = _plain(key, seen)
            if name in mapping:
                raise yaml.constructor.ConstructorError(None, None, f"the key {name!r} stands twice", key.start_mark)
            mapping[name] = _plain(value, seen)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, seen) for item in node.value]
    plain = getattr(node, "style", None) in (None, "")
    return None if plain and node.value in ("null", "~", "") else node.value
