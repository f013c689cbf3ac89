"""Rules seen on a corpus: what each reads, which read nothing, which fight over a figure, which are tried in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from html import escape
from itertools import combinations
from operator import or_

from ..rules import Rule, RuleBook
from ..rules.apply import LOOK_BACK
from ..rules.claims import countable, holds
from ..rules.encoding import mention_index, mention_kind
from ..rules.segments import Segment
from .corpus import Corpus
from .tracing import decoded

TRIED_OFTEN = 0.1  # of the sentences with figures
SELDOM_FIRES = 0.02  # of the sentences in which a rule is tried


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that would make different records of one figure, and how often; `winner` is of higher priority.

    Where the priorities are equal (`tied`), the figure goes to the rule with the shorter gaps or the longer match.
    """

    winner: str
    loser: str
    tied: bool
    count: int
    sentence: str

    def __str__(self) -> str:
        how = "tied with" if self.tied else "before"
        return f"{self.winner} {how} {self.loser}, {self.count} times: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Audit:
    """What a corpus says of rules: `hits` by rule, those `silent`, `overlaps`, and those tried too often in vain.

    `common` holds, by rule, the sentences in which it was tried and in which it fired.
    """

    articles: int
    hits: dict[str, int]
    silent: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    common: dict[str, tuple[int, int]]

    def lines(self) -> Iterator[str]:
        """The audit in lines, the gravest first."""
        reading = len(self.hits) - len(self.silent)
        yield f"{sum(self.hits.values())} records of {reading} rules in {self.articles} articles"
        yield from (f"overlap: {overlap}" for overlap in self.overlaps)
        for rule, (tried, fired) in self.common.items():
            yield f"trigger too common: {rule} is tried in {tried} sentences and fires in {fired}; add a telling word"
        yield from (f"never fires here: {rule}" for rule in self.silent)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        head, *rest = self.lines()
        return f"<p>{escape(head)}</p><ul>{''.join(f'<li>{escape(line)}</li>' for line in rest)}</ul>"


def hits(corpus: Corpus, book: RuleBook) -> dict[str, int]:
    """How many records of a corpus each rule makes, in the order of the book."""
    found = Counter(record["rule"] for record in corpus.settle(book).records())
    return {rule.id: found[rule.id] for rule in book.rules}


def audit(corpus: Corpus, book: RuleBook, *, all_overlaps: bool = False) -> Audit:
    """What a corpus says of the rules.

    Overlaps are those of tied rules, and those of a user's rule with any other; `all_overlaps` gives those of shipped
    rules of different priorities, too, most of which are meant.
    """
    made = hits(corpus, book)
    pairs: Counter[tuple[str, str]] = Counter()
    shown: dict[tuple[str, str], str] = {}
    tried: Counter[str] = Counter()
    fired: Counter[str] = Counter()
    sentences = 0
    by_id = {rule.id: rule for rule in book.rules}
    for paragraph in corpus.paragraphs():
        for number, segment in enumerate(paragraph):
            sentences += bool(segment.quantities)
            claims, candidates = _claims(segment, paragraph[max(0, number - LOOK_BACK) : number], book)
            tried.update(candidates)
            fired.update({rule for rules in claims.values() for rule in rules})
            for rules in claims.values():
                for pair in combinations(sorted(rules, key=lambda r: (-by_id[r].source.priority, by_id[r].order)), 2):
                    pairs[pair] += 1
                    shown.setdefault(pair, decoded(segment, segment.code).strip())
    overlaps = (
        Overlap(one, other, by_id[one].source.priority == by_id[other].source.priority, count, shown[one, other])
        for (one, other), count in pairs.items()
        if _measure(by_id[one]) != _measure(by_id[other])
    )
    told = [o for o in overlaps if all_overlaps or o.tied or not (by_id[o.winner].shipped and by_id[o.loser].shipped)]
    common = {
        rule: (count, fired[rule])
        for rule, count in tried.most_common()
        if count > TRIED_OFTEN * sentences and fired[rule] < SELDOM_FIRES * count
    }
    return Audit(
        corpus.articles, made, tuple(rule for rule, count in made.items() if not count),
        tuple(sorted(told, key=lambda o: (not o.tied, -o.count, o.winner, o.loser))), common,
    )  # fmt: skip


def _measure(rule: Rule) -> tuple[str, str]:
    return rule.table, rule.template["measure"]


def _claims(segment: Segment, before: Sequence[Segment], book: RuleBook) -> tuple[dict[int, set[str]], set[str]]:
    """The rules that would read each figure of a segment, and those that were tried on it."""
    code = segment.code
    may = {index for index, told in enumerate(countable(segment)) if told}
    kinds = reduce(or_, (1 << mention_kind(code[segment.quantity_at[index]]) for index in may), 0)
    claims: dict[int, set[str]] = {}
    tried = set()
    for candidate in book.candidates(code, kinds):
        rule = candidate.rule
        tried.add(rule.id)
        for match in candidate.pattern.matches(code):
            read = filter(None, match.group(0, *candidate.pattern.groups.quantities)[1:])
            for index in may.intersection(map(mention_index, read)):
                if rule.id not in claims.get(index, ()) and holds(rule, segment, index, before):
                    claims.setdefault(index, set()).add(rule.id)
    return claims, tried
