"""Candidate rules from one sentence with the wanted figure marked, from what is written there to a single word of it.

Each candidate is tried on its own sentence: it is offered only when it reads the marked figure as wanted and leaves
the others alone, at the least priority at which it does, so that it gives way to the rules that there are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..match.mentions import Quantity
from ..pipeline import extract_sentence
from ..records import Record, plain_number
from .checking import rule_faults
from .generalising import is_listed, patterns
from .guessing import guess_measure
from .phrasing import Around, around, figure_in, locate
from .trying import Trial, try_book

if TYPE_CHECKING:
    from .book import Book
    from .corpus import Corpus

Plain = Mapping[str, Any]

PRIORITIES = (35, 50, 60, 75, 95)  # the first gives way to nearly all shipped rules, the last to none
_MARK = re.compile("【(.+?)】")


class SuggestionError(ValueError):
    """A sentence from which no rule can be suggested: where, what and the remedy."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule to choose: its YAML, what it reads in its own sentence, and what it would do to the corpus."""

    id: str
    match: str
    yaml: str
    reads: Plain
    trial: Trial | None = None

    def save(self, file: Path | str) -> Path:
        """The file of rules, with this one put at its end; it is made where it is not there."""
        path = Path(file)
        path = path / "rules.yaml" if path.suffix not in (".yaml", ".yml") else path
        path.parent.mkdir(parents=True, exist_ok=True)
        held = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(held + ("\n" if held else "") + self.yaml, encoding="utf-8")
        return path

    def __str__(self) -> str:
        return self.yaml + (f"# {self.trial.summary()}\n" if self.trial else "")


class Suggestions(Sequence[Candidate]):
    """Candidate rules, from specific to broad."""

    def __init__(self, found: Iterable[Candidate]) -> None:
        self._found = tuple(found)

    def __getitem__(self, number: Any) -> Any:
        return self._found[number]

    def __len__(self) -> int:
        return len(self._found)

    def __str__(self) -> str:
        return "\n".join(f"# {number}\n{candidate}" for number, candidate in enumerate(self._found, 1))

    def __repr__(self) -> str:
        return f"<{len(self)} suggestions: {', '.join(candidate.match for candidate in self._found)}>"

    def _repr_html_(self) -> str:
        shown = []
        for number, candidate in enumerate(self._found, 1):
            trial = candidate.trial._repr_html_() if candidate.trial else ""
            shown.append(f"<details open><summary>{number}: <code>{escape(candidate.match)}</code></summary>"
                         f"<pre>{escape(candidate.yaml)}</pre>{trial}</details>")  # fmt: skip
        return "".join(shown)


def suggest(
    sentence: str | Plain, book: Book, table: str | None = None, measure: str | None = None,
    corpus: Corpus | None = None,
) -> Suggestions:  # fmt: skip
    """Candidate rules for the figure that is marked in a sentence (…亮灯【12个】), or for a row of the ledger.

    The table and the measure are guessed where they are not given. Raises SuggestionError where nothing is marked,
    the marked words are no quantity, no such table or measure is known, or no rule can read the figure.
    """
    text, start, end = _marked(sentence)
    found = locate(text, start, end)
    if found is None:
        raise SuggestionError(
            f"“{text[start:end]}” of “{text}” is no quantity; mark a number with its unit (`jianbao rules why` has all)"
        )
    here = around(*found, book.vocabulary)
    table, measure = _wanted(here, book, table, measure)
    quantity = here.segment.quantities[here.index]
    candidates = []
    for match in dict.fromkeys(patterns(here)):
        candidate = _first_that_reads(match, text, quantity, (table, measure), is_listed(here), book)
        if candidate is not None:
            candidates.append(candidate)
    if not candidates:
        raise SuggestionError(
            f"no rule that was tried reads “{quantity.text}” of “{text}” as {table}.{measure}; write one by hand"
        )
    if corpus is not None:
        candidates = [_tried(candidate, book, corpus) for candidate in candidates]
    return Suggestions(candidates)


def _marked(sentence: str | Plain) -> tuple[str, int, int]:
    """A sentence without its mark, and the span that was marked."""
    if not isinstance(sentence, str):
        found = figure_in(sentence)
        if found is None:
            raise SuggestionError(
                f"“{sentence['quote']}” does not stand in its sentence as it is; mark it there by hand"
            )
        return sentence["sentence"], *found
    mark = _MARK.search(sentence)
    if mark is None:
        raise SuggestionError(f"no figure of “{sentence}” is marked; write the one that is wanted as 【12个】")
    text = f"{sentence[: mark.start()]}{mark[1]}{sentence[mark.end() :]}"
    return text, mark.start(), mark.start() + len(mark[1])


def _wanted(here: Around, book: Book, table: str | None, measure: str | None) -> tuple[str, str]:
    known = {(t, m) for t, measures in book.tables.items() for m in measures}
    fitting = [(t, m) for t, m in sorted(known) if table in (None, t) and measure in (None, m)]
    if not fitting:
        named = ".".join(part for part in (table, measure) if part)
        raise SuggestionError(f"there is no {named}; name one of {', '.join(f'{t}.{m}' for t, m in sorted(known))}")
    return fitting[0] if len(fitting) == 1 else guess_measure(here, book, fitting)


def _first_that_reads(
    match: str, text: str, quantity: Quantity, measure: tuple[str, str], listed: bool, book: Book
) -> Candidate | None:
    """The candidate at the least priority at which it reads the figure as wanted and leaves the others alone."""
    before = {record.start: record for record in extract_sentence(text, book)}
    for priority in PRIORITIES:
        candidate = _written(match, priority, measure, listed)
        changed, _ = book.with_drafts(candidate.yaml)
        after = {record.start: record for record in extract_sentence(text, changed)}
        target = after.get(quantity.number_start)
        if target is None or target.rule != candidate.id:
            continue
        if (target.table, target.measure) != measure or any(
            after.get(start) != record for start, record in before.items() if start != target.start
        ):
            return None
        own = [record for record in after.values() if record.rule == candidate.id]
        return _with_examples(replace(candidate, reads=target.plain()), text, quantity, own, book)
    return None


def _written(match: str, priority: int, measure: tuple[str, str], listed: bool) -> Candidate:
    name = f"{measure[0]}.{measure[1]}.taught-{hashlib.blake2b(match.encode(), digest_size=3).hexdigest()}"
    lines = [f"- id: {name}", f"  match: {_quoted(match)}"]
    if listed:
        lines.append("  list: true")
    if priority != 50:
        lines.append(f"  priority: {priority}")
    lines.append(f"  record: {{table: {measure[0]}, measure: {measure[1]}}}")
    return Candidate(name, match, "\n".join(lines) + "\n", {})


def _with_examples(candidate: Candidate, text: str, quantity: Quantity, own: Sequence[Record], book: Book) -> Candidate:
    """The candidate with its sentence as the example, and those rejects that hold."""
    gives = ", ".join("{" + ", ".join(_told(record)) + "}" for record in own)
    yaml = f"{candidate.yaml}  examples:\n    - text: {_quoted(text.strip())}\n      gives: [{gives}]\n"
    rejects = []
    for reject, because in _rejects(text.strip(), quantity):
        line = f"    - {{text: {_quoted(reject)}, because: {because}}}\n"
        changed, _ = book.with_drafts(f"{yaml}  rejects:\n{line}")
        if not any(fault for rule in changed.rules if rule.id == candidate.id for fault in rule_faults(changed, rule)):
            rejects.append(line)
    yaml += "".join(["  rejects:\n", *rejects]) if rejects else ""
    return replace(candidate, yaml=yaml)


def _told(record: Record) -> Iterator[str]:
    names = ("value",) if record.value is not None else ("low", "high")
    for name in names:
        number = getattr(record, name)
        if number is not None:
            yield f"{name}: {plain_number(number)}"
    yield f"measure: {record.measure}"
    for name in ("bound", "unit", "facility", "tier", "grade"):
        value = getattr(record, name)
        if value is not None and value != "exact":
            yield f"{name}: {value}"


OTHER_UNITS = {"person": ("元", "money"), "CNY": ("名", "people")}


def _rejects(text: str, quantity: Quantity) -> Iterator[tuple[str, str]]:
    """Sentences that the rule must not read so: the same with another unit, and the same as an aim."""
    unit, because = OTHER_UNITS.get(quantity.unit or "", ("元", "money"))
    number = text[quantity.number_start : quantity.number_end]
    if quantity.unit_text and number.endswith(quantity.unit_text):
        other = number.removesuffix(quantity.unit_text) + unit
        yield f"{text[: quantity.number_start]}{other}{text[quantity.number_end :]}", because
    clause = max(text.rfind(mark, 0, quantity.start) for mark in "，；。：") + 1
    yield f"{text[:clause]}力争到明年底{text[clause:]}", "target"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _tried(candidate: Candidate, book: Book, corpus: Corpus) -> Candidate:
    changed, names = book.with_drafts(candidate.yaml)
    return replace(candidate, trial=try_book(corpus, book, changed, sorted(names)))
