"""Rules applied to sentences: which rule reads which figure.

In each segment every pattern whose trigger words are there is searched. A figure goes to the claim of the highest
priority; of equals, to the one with the shortest gaps, then the longest match. Then figures without a claim of their
own take part in a neighbour's: an item of a list shares the verb of the item before it, a part (其中, 包括) has the
measure of its whole, and 分别 deals values out to the names before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .book import RuleBook
from .claims import direct_claims, governing_date, governs
from .dealing import deal_facets, deal_names
from .findings import Finding
from .segments import Segment
from .sharing import list_claim, part_claim, share_backwards, share_verb_behind
from .silence import is_whole_of_share
from .topics import is_gain, topic_claim

LOOK_BACK = 12  # sentences of the paragraph before a figure that may lend it a date, a place or a whole

__all__ = ["LOOK_BACK", "Finding", "apply_rules", "governing_date", "governs"]


def apply_rules(paragraph: Sequence[Segment], book: RuleBook) -> list[Finding]:
    """The findings of one paragraph's segments, in reading order."""
    found: list[Finding] = []
    for number, segment in enumerate(paragraph):
        if segment.quantities:
            before = paragraph[max(0, number - LOOK_BACK) : number]
            found.extend(_read_segment(segment, before, found, book))
    return found


def _read_segment(
    segment: Segment, before: Sequence[Segment], earlier: Sequence[Finding], book: RuleBook
) -> list[Finding]:
    claims = direct_claims(segment, segment.code, before, book)
    deal_names(segment, claims, before, book)
    taken: list[Finding] = []
    for index in range(len(segment.quantities)):
        claim = claims.get(index)
        shared = None
        alone = is_whole_of_share(segment.code, segment.quantity_at[index])
        if not alone and (claim is not None or not is_gain(segment, index)):
            shared = list_claim(segment, index, taken, claim) or part_claim(segment, index, earlier, taken, claim)
        if shared is not None:
            taken.append(shared)
        elif claim is not None:
            taken.append(claim.finding)
        elif (understood := topic_claim(segment, index, taken, earlier, book)) is not None:
            taken.append(understood)
    share_backwards(segment, taken)
    share_verb_behind(taken)
    deal_facets(segment, taken)
    return sorted(taken, key=lambda finding: finding.index)
