"""The examples and rejects of rules, run: what each rule promises is held against what the book gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..pipeline import extract_sentence
from ..rules.book import Rule, RuleBook, RuleError
from ..rules.sources import Example, Reject


def check_rules(book: RuleBook, rules: Iterable[Rule]) -> None:
    """Nothing when all examples and rejects of `rules` hold. Raises RuleError that names each that does not."""
    faults = [fault for rule in rules for fault in rule_faults(book, rule)]
    if faults:
        raise RuleError(faults)


def rule_faults(book: RuleBook, rule: Rule) -> Iterator[str]:
    """What is wrong with a rule's examples and rejects, one sentence each."""
    for example in rule.examples:
        yield from (f"{rule.file}, id '{rule.id}': {fault}" for fault in _example_faults(book, rule, example))
    for reject in rule.rejects:
        yield from (f"{rule.file}, id '{rule.id}': {fault}" for fault in _reject_faults(book, rule, reject))


def _example_faults(book: RuleBook, rule: Rule, example: Example) -> Iterator[str]:
    made = [record.plain() for record in extract_sentence(example.text, book) if record.rule == rule.id]
    for number, wanted in enumerate(example.gives):
        if number >= len(made):
            yield f"example “{example.text}” gives {len(made)} records, not {len(example.gives)}; mend match or gives"
            return
        for name, value in wanted.items():
            got = made[number].get(name)
            if not _same(value, got):
                yield f"example “{example.text}”, record {number + 1}: {name} is {got}, not {value}"
    if len(made) > len(example.gives):
        more = "、".join(str(m["quote"]) for m in made[len(example.gives) :])
        yield f"example “{example.text}” gives more than it says: {more}; add it to gives or narrow match"


def _reject_faults(book: RuleBook, rule: Rule, reject: Reject) -> Iterator[str]:
    made = [record for record in extract_sentence(reject.text, book) if record.rule == rule.id]
    if reject.because == "target":
        made = [record for record in made if record.status == "actual"]
    if made:
        yield f"reject “{reject.text}” ({reject.because}) is matched: {made[0].quote}; narrow match"


def _same(wanted: str | None, got: object) -> bool:
    if wanted is None or got is None:
        return wanted is None and got is None
    try:
        return float(wanted) == float(str(got))
    except ValueError:
        return wanted == str(got)
