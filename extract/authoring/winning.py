"""Where another book may read a corpus otherwise: the rules that differ, and the sentences in which they may win.

A claim that loses changes nothing, so that only sentences count in which a rule matches a figure that is nobody's, or
that a rule of no higher priority holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from ..rules import Rule, RuleBook
from ..rules.dealing import DEALT, dealt_sentences
from ..rules.encoding import KINDS, mention_index, mention_kind
from ..rules.language import Pattern
from ..rules.segments import Segment

CUT = "\x1f"  # between the encoded sentences of an article
NOBODYS = -1  # the priority of the claim on a figure that no rule reads by a claim of its own


def digests(book: RuleBook) -> dict[str, str]:
    """By the id of each rule, a hash of all that decides what it reads: its source, words, stops and defaults."""
    made = {}
    for rule in book.rules:
        defaults = book.tables[rule.table][rule.template["measure"]]
        told = (rule.source.model_dump(), [p.source for p in rule.patterns], rule.vocabulary.gap_stops, defaults)
        made[rule.id] = hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()
    return made


def has_words(pattern: Pattern, code: str) -> bool:
    """Whether a word of each set that every match holds stands in an encoded text."""
    return all(any(word in code for word in words) for words in pattern.triggers)


def won(rules: Iterable[Rule], joined: str, claims: str) -> set[str]:
    """The sentences of an article in which one of some rules may win a figure; `claims` are those that stand there."""
    found: set[str] = set()
    held: list[list[int]] = []
    for rule in rules:
        for pattern in rule.patterns:
            if not has_words(pattern, joined):
                continue
            held = held or (json.loads(claims) if claims else [])
            for number, code in enumerate(joined.split(CUT)):
                figures = held[number] if number < len(held) else []
                if code not in found and may_win(pattern, code, rule.source.priority, figures):
                    found.add(code)
    return found


def may_win(pattern: Pattern, code: str, priority: int, held: Sequence[int]) -> bool:
    """Whether a pattern may win a figure of a sentence, or of what 分别 makes of it, from the claims `held` on them.

    A claim that loses changes nothing. A figure that is read as a part or an item of a list is `NOBODYS`.
    """
    if not has_words(pattern, code):
        return False
    if any(index >= len(held) or held[index] <= priority for index in _read(pattern, code)):
        return True
    if not DEALT.search(code):
        return False
    at = [place for place, char in enumerate(code) if char >= "\ue000" and mention_kind(char) < len(KINDS)]
    bare = Segment(0, len(code), code, [], [], [], [], quantity_at=at)
    return any(not {*_read(pattern, dealt)}.isdisjoint(indices) for _, dealt, indices in dealt_sentences(bare))


def _read(pattern: Pattern, code: str) -> Iterator[int]:
    """The numbers of the figures that a pattern reads in an encoded sentence."""
    for match in pattern.matches(code):
        yield from map(mention_index, filter(None, match.group(0, *pattern.groups.quantities)[1:]))
