"""Rule files: YAML read and checked, every fault told at once, and compiled into a book."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..paths import patterns_dir
from .book import Rule, RuleBook, RuleError
from .language import PatternError, Vocabulary, WordClass, check_phrase, compile_pattern
from .plain_yaml import YAMLError, read_yaml
from .sources import CONDITIONS, FileSource, Pack, RuleSource, SwitchedOff

M = TypeVar("M", bound=BaseModel)


def read_rules(*folders: Path | str) -> RuleBook:
    """The shipped rules, then those of `folders`, read and compiled; their examples are not run.

    Raises RuleError, with all faults at once, when a file cannot be read, a pattern is malformed, a name is unknown or
    an id occurs twice in one folder.
    """
    return RuleFiles.of(*folders).book()


def digest_of(*folders: Path | str) -> str:
    """A hash of the names and bytes of the shipped rule files and of those of `folders`. Raises OSError for a fault."""
    made = hashlib.blake2b(digest_size=16)
    for folder in (patterns_dir(), patterns_dir() / "rules", *map(Path, folders)):
        made.update(b"\0folder")
        for path in sorted(folder.glob("*.yaml")):
            content = path.read_bytes()
            made.update(f"\0{path.name}\0{len(content)}\0".encode() + content)
    return made.hexdigest()


class RuleFiles:
    """What rule files say, collected in their order, with every fault; `book` compiles it."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.sources: dict[str, tuple[RuleSource, str, bool]] = {}
        self.files: list[FileSource] = []
        self.packs: dict[str, str] = {}
        self.version = ""  # a hash of all that was taken in

    @classmethod
    def of(cls, *folders: Path | str) -> RuleFiles:
        """The shipped files, then those of `folders`."""
        files = cls()
        files.file(patterns_dir() / "words.yaml")
        files.file(patterns_dir() / "tables.yaml", key="tables")
        for path in sorted(patterns_dir().glob("*.yaml")):
            files.note(path.read_bytes())  # records depend on facets, units and dates as they do on rules
        files.folder(patterns_dir() / "rules", shipped=True)
        for folder in folders:
            files.folder(Path(folder))
        return files

    def copy(self) -> RuleFiles:
        """The same files, to which more can be added."""
        made = RuleFiles()
        made.faults, made.files = [*self.faults], [*self.files]
        made.sources, made.packs = {**self.sources}, {**self.packs}
        made.version = self.version
        return made

    def note(self, content: bytes) -> None:
        """Let the version tell that something more was taken in."""
        self.version = hashlib.blake2b(self.version.encode() + content, digest_size=8).hexdigest()

    def folder(self, folder: Path, *, shipped: bool = False) -> None:
        """Every YAML file of a folder, in the order of names."""
        files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
        if not files:
            self.faults.append(f"{folder}: no .yaml file with rules; give a folder that holds one")
        seen: dict[str, str] = {}
        for path in files:
            for entry in self.file(path):
                self.rule(entry, path, seen, shipped)

    def text(self, text: str, name: str) -> list[str]:
        """The ids of the rules of one YAML text, which is taken in as a file called `name` is."""
        seen: dict[str, str] = {}
        for entry in self.content(text, name):
            self.rule(entry, Path(name), seen, False)
        return list(seen)

    def file(self, path: Path, key: str | None = None) -> list[Any]:
        """The rules of one file, its words and tables taken in; `key` names what the file as a whole holds."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.faults.append(f"{path}: cannot be read ({error}); save it as UTF-8 text")
            return []
        return self.content(text, str(path), key)

    def content(self, text: str, where: str, key: str | None = None) -> list[Any]:
        """The rules of one YAML text, its words, tables and pack taken in; none where it is empty or malformed."""
        self.note(text.encode())
        try:
            content = read_yaml(text)
        except YAMLError as error:
            self.faults.append(f"{where}: {' '.join(str(error).split())}; mend the YAML there")
            return []
        if content is None:
            return []
        content = {key: content} if key else {"rules": content} if isinstance(content, list) else content
        source = self.valid(FileSource, content, where)
        if source is None:
            return []
        self.files.append(source)
        if source.pack is not None:
            self.pack(source.pack, where)
        return source.rules

    def pack(self, pack: Pack, where: str) -> None:
        """Take in the name and version of a pack."""
        held = self.packs.setdefault(pack.name, pack.version)
        if held != pack.version:
            self.faults.append(f"{where}: pack '{pack.name}' has version {held} elsewhere; give it one version")

    def valid(self, model: type[M], content: Any, where: str) -> M | None:
        """The content as a model; None, and the faults told, when it is not of its shape."""
        try:
            return model.model_validate(content)
        except ValidationError as error:
            for fault in error.errors():
                at = ".".join(str(part) for part in fault["loc"])
                self.faults.append(f"{where}: {at + ': ' if at else ''}{_plainly(fault['type'], fault['msg'])}")
            return None

    def rule(self, entry: Any, path: Path, seen: dict[str, str], shipped: bool) -> None:
        """One rule of a file; one that is switched off takes the shipped rule away."""
        name = entry.get("id", "?") if isinstance(entry, dict) else "?"
        if isinstance(entry, dict) and "off" in entry:
            off = self.valid(SwitchedOff, entry, f"{path}, id '{name}'")
            if off is not None and self.sources.pop(off.id, None) is None and "match" not in entry:
                self.faults.append(f"{path}, id '{name}': there is no such rule to switch off")
            return
        source = self.valid(RuleSource, entry, f"{path}, id '{name}'")
        if source is None:
            return
        if source.id in seen:
            self.faults.append(f"{path}, id '{name}': stands in {seen[source.id]} too; give one of them another id")
        seen[source.id] = path.name
        self.sources.pop(source.id, None)  # a rule that takes another's place stands at the end, and wins ties
        self.sources[source.id] = (source, path.name, shipped)

    def book(self, *, drafts: bool = False, known: RuleBook | None = None) -> RuleBook:
        """The book of all that was read; rules that are `drafts` need no example yet.

        Rules that the `known` book has keep its compiled patterns. Raises RuleError when anything was wrong.
        """
        vocabulary = self.vocabulary()
        compiled = known.compiled(vocabulary) if known else {}
        tables: dict[str, dict[str, dict[str, str]]] = {}
        for file in self.files:
            for table, measures in file.tables.items():
                tables.setdefault(table, {}).update(
                    {name: given.told() if given else {} for name, given in measures.items()}
                )
        rules = []
        for order, (source, name, shipped) in enumerate(self.sources.values()):
            rule = Rule(source, name, order, vocabulary, shipped)
            if source.match in compiled:
                rule.__dict__["patterns"] = compiled[source.match]
            self.faults.extend(f"{name}, id '{rule.id}': {fault}" for fault in _rule_faults(rule, tables))
            if not rule.examples and not drafts:
                self.faults.append(f"{name}, id '{rule.id}': no example; give one text and the records that it gives")
            rules.append(rule)
        if not rules and not self.faults:
            self.faults.append("no rules at all: the patterns folder is empty; install jianbao again")
        if self.faults:
            raise RuleError(self.faults)
        return RuleBook(rules, vocabulary, tables, self.version, {**self.packs})

    def vocabulary(self) -> Vocabulary:
        """The words, phrases and gap stops of all files, later ones in place of earlier ones."""
        classes: dict[str, WordClass] = {}
        phrases: dict[str, str] = {}
        for file in self.files:
            for name, entries in file.words.items():
                classes[name] = WordClass(name, tuple((entry.word, entry.not_after) for entry in entries))
            for name, entries in file.more_words.items():
                more = tuple((entry.word, entry.not_after) for entry in entries)
                classes[name] = WordClass(name, classes[name].words + more if name in classes else more)
            phrases |= file.phrases
        vocabulary = Vocabulary(classes, phrases, tuple(stop for file in self.files for stop in file.gap_stops))
        for name, pattern in phrases.items():
            try:
                check_phrase(pattern, vocabulary)
            except PatternError as error:
                self.faults.append(f"phrases, '{name}', column {error.column}: {error}")
        return vocabulary


def _plainly(kind: str, message: str) -> str:
    """A message of pydantic's without its lead-in, and with a remedy where it names none."""
    if kind == "missing":
        return "missing; write it"
    if kind == "extra_forbidden":
        return "there is no such key; take it away or mend its spelling (docs/rules.md has all)"
    message = message.removeprefix("Value error, ")
    if "valid dictionary" in message:
        return "a mapping (name: …) is wanted here"
    return message[0].lower() + message[1:]


def _rule_faults(rule: Rule, tables: Mapping[str, Mapping[str, object]]) -> Iterable[str]:
    """Faults that show without running the rule."""
    table, measure = rule.table, rule.template["measure"]
    if table not in tables:
        yield f"record.table {table!r} is unknown; write one of {', '.join(tables)}, or add it under 'tables'"
    elif measure not in tables[table]:
        yield f"record.measure {measure!r} is not of table {table}; write one of {', '.join(tables[table])}"
    for name in rule.source.when:
        if name not in CONDITIONS:
            yield f"when: {name!r} is unknown; write one of {', '.join(CONDITIONS)}"
    yield from _pattern_faults(rule)


def _pattern_faults(rule: Rule) -> Iterator[str]:
    """The first fault of each pattern; of several, its number is told."""
    try:
        assert rule.patterns
    except PatternError:
        several = len(rule.written) > 1
        for number, text in enumerate(rule.written, 1):
            try:
                compile_pattern(text, rule.vocabulary)
            except PatternError as error:
                yield f"match{f' {number}' if several else ''}, column {error.column}: {error}"
