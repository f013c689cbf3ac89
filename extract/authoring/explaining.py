"""Why a sentence gives the records that it gives, and why a figure of it gives none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ..ledger import account
from ..match.mentions import PlaceMention, Quantity
from ..passages import find_passages, match_article, read_passage
from ..pipeline import make_records, sentence_article
from ..records import NumberRow
from ..rules import RuleBook
from ..rules.claims import countable, holds
from ..rules.encoding import KINDS, QUANTITY_SLOTS, mention_kind
from ..rules.facets import facet_words
from ..rules.findings import Finding
from ..rules.segments import Segment
from .tracing import Progress, decoded, trace

Plain = Mapping[str, Any]

FACETS = ("grade", "facility", "tier", "per")
VIAS = {
    "rule": "",
    "list": ", which it shares with the figure before it in the list",
    "part": ", as a part of the whole before it",
}
NEAREST = 5  # rules that are told for a figure that none reads


@dataclass(frozen=True, slots=True)
class Source:
    """Where one field of a record comes from: the words of the text, or what settles it without words."""

    field: str
    value: str
    words: str

    def __str__(self) -> str:
        return f"{self.field} {self.value}: {self.words}"


@dataclass(frozen=True, slots=True)
class Made:
    """A record with its reasons: the rule, how it came to the figure, the words that it matched, and each field's."""

    record: Plain
    rule: str
    via: str
    matched: str
    sources: tuple[Source, ...]

    def lines(self) -> Iterator[str]:
        """The reasons in lines."""
        r = self.record
        value = r["value"] if r["value"] is not None else f"{r['low']}…{r['high']}"
        bound = "" if r["bound"] in ("exact", "range") else f"{r['bound']} "
        yield f"{r['quote']} is {r['table']}.{r['measure']} {bound}{value} {r['unit']}"
        yield f"    by {self.rule}, on “{self.matched}”{VIAS[self.via]}"
        yield from (f"    {source}" for source in self.sources)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far one rule got with a figure that it does not read, in words."""

    rule: str
    measure: str
    share: float
    told: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.measure}), {self.share:.0%} there: {self.told}"


@dataclass(frozen=True, slots=True)
class Unmade:
    """A figure without a record: its class in the ledger, and the nearest rules."""

    quote: str
    number_class: str
    told: str
    nearest: tuple[Attempt, ...] = ()

    def lines(self) -> Iterator[str]:
        """The reasons in lines."""
        yield f"{self.quote} makes no record: {self.told}"
        yield from (f"    {attempt}" for attempt in self.nearest)


@dataclass(frozen=True, slots=True, repr=False)
class Why:
    """What a sentence gives and why: its records, and its figures that give none."""

    text: str
    made: tuple[Made, ...]
    unmade: tuple[Unmade, ...]

    def __str__(self) -> str:
        return "\n".join([self.text, *(line for lines in self._parts() for line in lines)])

    __repr__ = __str__

    def _parts(self) -> list[list[str]]:
        return [*([*made.lines()] for made in self.made), *([*unmade.lines()] for unmade in self.unmade)]

    def _repr_html_(self) -> str:
        parts = []
        for head, *rest in self._parts():
            items = "".join(f"<li>{escape(line.strip())}</li>" for line in rest)
            parts.append(f"<p><b>{escape(head)}</b></p><ul>{items}</ul>")
        return f"<p>{escape(self.text)}</p>{''.join(parts)}"


def explain(text: str, book: RuleBook, number: str | None = None) -> Why:
    """Why a sentence gives its records, and why its other figures give none.

    `number` (the quote of one figure, such as 12个) leaves only that one. Raises ValueError where it does not stand
    in the text as a number.
    """
    article = sentence_article(text)
    mentions = match_article(article)
    passages = list(find_passages(article, mentions))
    findings = [found for passage in passages for found in read_passage(article, passage, book)]
    records = make_records(article, text, findings, book)
    made = [
        _made(finding, record.plain(), book)
        for (finding, _, _), (record, _) in zip(findings, records, strict=True)
        if number is None or _same(record.quote, number)
    ]
    held = {(quantity.start, quantity.end): record for record, quantity in records}
    rows = [row for row in account(article, text, mentions.numeric(held), held) if row.record_id is None]
    segments = [segment for passage in passages for segment in passage.segments]
    unmade = [
        _unmade(row, segments, book)
        for row in rows
        if (row.number_class != "date" if number is None else _same(row.quote, number))
    ]
    if number is not None and not made and not unmade:
        raise ValueError(f"“{number}” is no number of “{text}”; give one as it stands there, with its unit")
    return Why(text, tuple(made), tuple(unmade))


def _same(quote: str, number: str) -> bool:
    return quote == number or quote.startswith(number)


# records


def _made(finding: Finding, record: Plain, book: RuleBook) -> Made:
    segment = finding.segment
    matched = decoded(segment, segment.code[finding.start : finding.end])
    return Made(record, finding.rule.id, finding.via, matched, tuple(_sources(finding, record, book)))


def _sources(finding: Finding, record: Plain, book: RuleBook) -> Iterator[Source]:
    template = finding.rule.template
    defaults = book.tables[template["table"]][template["measure"]]
    for name in ("nature", "unit"):
        if name in template:
            yield Source(name, record[name], "the rule says so")
        elif record[name] is not None and record[name] == defaults.get(name):
            yield Source(name, record[name], f"the default of {template['table']}.{template['measure']}")
    for name in FACETS:
        if record[name] is not None:
            yield Source(name, record[name], _facet_words(finding, name, record[name]))
    if record["status"] == "target":
        yield Source("status", "target", "the rule says so" if "status" in template else "the clause looks ahead")
    if record["place"] is not None:
        yield Source("place", record["place"], _place_words(finding, record))
    if record["period_text"] is not None:
        span = f"{record['period_start'] or ''}…{record['period_end'] or ''}"
        yield Source("period", span, f"“{record['period_text']}”, {record['period_basis']}")
    for name in ("group", "programme"):
        if record[name] is not None:
            yield Source(name, record[name], "as the text words it")


def _facet_words(finding: Finding, name: str, value: str) -> str:
    """The word that gives a facet its value: of those that do, the one nearest to the figure."""
    if finding.rule.template.get(name) == value:
        return "the rule says so"
    if name in finding.dealt:
        return "分别 deals it to this figure"
    words, code = facet_words(name), finding.segment.code
    found = [m for m in words.expression.finditer(code) if words.values[m[0]] == value]
    if not found:
        return "carried from the figure before it"
    return f"“{min(found, key=lambda m: min(abs(m.start() - finding.at), abs(m.end() - finding.at)))[0]}”"


def _place_words(finding: Finding, record: Plain) -> str:
    here: list[PlaceMention] = [p for p in finding.segment.places if p.code == record["place_code"]]
    return f"“{here[-1].text}”, {record['place_basis']}" if here else str(record["place_basis"])


# figures without a record


def _unmade(row: NumberRow, segments: Sequence[Segment], book: RuleBook) -> Unmade:
    for segment in segments:
        for index, quantity in enumerate(segment.quantities):
            if quantity.number_start == row.start:
                nearest = nearest_rules(segment, index, book)[:NEAREST]
                reason = _reason(row, segment, index, quantity)
                if not nearest:
                    reason += (
                        "; no rule for such a figure has a word that stands here: jianbao rules suggest drafts one"
                    )
                return Unmade(row.quote, row.number_class, reason, tuple(nearest))
    return Unmade(row.quote, row.number_class, f"it is read as {row.number_class}, no quantity")


def _reason(row: NumberRow, segment: Segment, index: int, quantity: Quantity) -> str:
    kind = mention_kind(segment.code[segment.quantity_at[index]])
    slots = ", ".join(f"{{{name}}}" for name, kinds in QUANTITY_SLOTS.items() if kind in kinds)
    if not countable(segment)[index]:
        return "as worded it counts nothing (一个, 每3个, …5名以上的机构, or what is closed down); no rule can read it"
    if KINDS[kind] == "other":
        return f"{row.number_class}; its unit is read by {slots} alone"
    return f"{row.number_class}; rules could read it as {slots}"


def nearest_rules(segment: Segment, index: int, book: RuleBook) -> list[Attempt]:
    """The rules that come nearest to reading a figure, the nearest first."""
    kind = 1 << mention_kind(segment.code[segment.quantity_at[index]])
    found: list[tuple[float, int, int, Attempt]] = []
    for rule in book.rules:
        if not any(pattern.kinds & kind for pattern in rule.patterns):
            continue
        progress = trace(rule, segment, index)
        if progress is not None:
            measure = f"{rule.table}.{rule.template['measure']}"
            told = _told(progress, segment, index, book)
            attempt = Attempt(rule.id, measure, progress.share, told)
            found.append((-progress.share, -len(progress.matched), rule.order, attempt))
    return [attempt for *_, attempt in sorted(found, key=lambda item: item[:3])]


def _told(progress: Progress, segment: Segment, index: int, book: RuleBook) -> str:
    read = f"it reads “{decoded(segment, segment.code[progress.start : progress.end])}”"
    if progress.stopped is None:
        rule = next(rule for rule in book.rules if rule.id == progress.rule)
        if not holds(rule, segment, index, ()):
            wants = [*rule.source.when, *(f"unless {word}" for word in rule.source.unless)]
            return f"{read}, all of its pattern, but not its conditions ({', '.join(wants)})"
        return f"{read}, all of its pattern, but the figure goes to another reading"
    instead = decoded(segment, progress.instead)
    edge = "begins" if progress.side == "before" else "ends"
    stands = f"“{instead}” stands there" if instead else f"the text {edge} there"
    piece = progress.stopped if len(progress.stopped) < 60 else progress.stopped[:57] + "…"
    return f"{read}; {progress.side} that it wants {piece}, but {stands}"
