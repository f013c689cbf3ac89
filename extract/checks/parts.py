"""Parts: a list behind a mark (其中, 包括, 按…分, an opening bracket), and the whole before it.

The nearest whole and the whole list are tried first, then other wholes and shorter lists; every grouping that was tried
weighs on the chance. Parts that do not add up contradict the text only where it says that they are all, and where
nothing can be in two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate

from ..rules.facets import facet_words
from ..rules.language import ANY_QUANTITY
from .rows import Check, shown
from .sums import LOOK_BACK, adds_up, sum_check, total_of
from .terms import NO_COUNTS, Sentence, Term, any_of, words

LONGEST = 34  # characters between two items of a list
SENIORS = Decimal("0.02")  # of those with a certificate, at most
WHOLES = 6  # that are tried for a list


@cache
def _mark() -> re.Pattern[str]:
    known = words()["parts"]
    by = any_of(known["partition"])
    gap = rf"[^，。；{ANY_QUANTITY}]"
    return re.compile(rf"{any_of(known['marks'])}|(?<!包)含|(?:按|从){gap}{{1,12}}?(?:{by})(?=[，：为有])|（")


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known = words()
    parts = known["parts"]
    stops = [*known["totals"], *parts["marks"], *known["compared"], *known["left"], *known["changed"], "率", "另有"]
    return {
        "break": re.compile(rf"{any_of(stops)}|。|（[^）]*$"),
        "complete": re.compile(rf"^(?:{any_of(parts['complete'])}|按.*)$"),
        "rest": re.compile(any_of(parts["rest"])),
        "overlapping": re.compile(any_of(parts["overlapping"])),
        "lowest": re.compile(any_of(parts["lowest"])),
        "higher": re.compile(any_of(parts["higher"])),
    }


@dataclass(slots=True)
class Listing:
    """A list behind its mark, and what it may be the parts of, the nearest first.

    `beside` is whether the nearest is also the last figure of any sort before the mark.
    """

    mark: str
    wholes: Sequence[Term]
    parts: Sequence[Term]
    beside: bool


def find_parts(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """The lists of parts of a sentence, each with its whole; `earlier` are the sentences before it.

    Parts learn what they are parts of.
    """
    done = -1
    for mark in _mark().finditer(sentence.code):
        parts = list_from(sentence, mark.end())
        if not parts or parts[0].at <= done or parts[0].at - mark.end() > LONGEST:
            continue
        wholes = wholes_before(sentence, mark.start(), earlier, parts[0])
        last = next((t for t in sentence.terms[parts[0].index - 1 :: -1] if t.at < mark.start()), None)
        listing = Listing(mark[0], wholes[:1] if mark[0] == "（" else wholes, parts, bool(wholes) and wholes[0] is last)
        check = _judge(listing) if wholes else None
        if check is not None:
            done = parts[-1].at
            yield check


def list_from(sentence: Sentence, position: int) -> list[Term]:
    """The items of one sort that begin at a position of the code, up to other words, other things or the end."""
    items: list[Term] = []
    for term in sentence.terms:
        if term.at < position or not (items or term.is_total):
            continue
        if term.family in NO_COUNTS:
            if items and term.family == "percent":
                continue
            break
        if items and not (term.adds_to(items[0]) and term.is_total and _carries_on(sentence, items[-1], term)):
            break
        items.append(term)
    return items


def _carries_on(sentence: Sentence, last: Term, term: Term) -> bool:
    gap = sentence.code[last.at + 1 : term.at]
    return len(gap) <= LONGEST and _expressions()["break"].search(gap) is None


def wholes_before(sentence: Sentence, position: int, earlier: Sequence[Sentence], part: Term) -> list[Term]:
    """What a list may be the parts of: the nearest first; from sentences before only where the own has none."""
    own = [t for t in sentence.terms if t.at < position and t.adds_to(part) and t.is_total]
    if own:
        return [own[-1], *(t for t in own[-2::-1] if t.part_of is None)][:WHOLES]
    found: list[Term] = []
    for other in reversed(earlier[-LOOK_BACK:]):
        if other.paragraph == sentence.paragraph:
            found += [t for t in other.terms if t.part_of is None and t.adds_to(part) and t.is_total]
    return found[:WHOLES]


def _judge(listing: Listing) -> Check | None:
    nearest, parts = listing.wholes[0], listing.parts
    if len(parts) == 1:
        return _one_part(listing) if listing.mark in words()["parts"]["alone"] else None
    check = _choose(listing)
    if check is not None:
        return check
    certain = _is_certain(listing, parts)
    if not certain and listing.mark not in words()["parts"]["alone"]:
        return None
    for part in parts:
        part.part_of = nearest
    total = sum((part.value for part in parts), Decimal(0))
    meant = min(listing.wholes, key=lambda whole: abs(whole.value - total))
    fails = certain and (len(parts) > 2 or not _may_lack_seniors(meant, parts, total))
    fails = fails or _is_too_much(listing)
    check = sum_check(meant if fails else nearest, parts, 1, "fails" if fails else "cannot_tell")
    check.certain = certain
    return check


def _choose(listing: Listing) -> Check | None:
    """The first grouping that adds up: the whole list before a shorter one, the nearest whole before others.

    A list that is said to be all is tried as it stands.
    """
    tried = 0
    sums = list(accumulate(float(part.value) for part in listing.parts))
    least = len(listing.parts) if _is_certain(listing, listing.parts) else 2
    for length in range(len(listing.parts), least - 1, -1):
        for whole in listing.wholes:
            tried += 1
            parts = listing.parts[:length]
            if not (0.5 < sums[length - 1] / (float(whole.value) or 1.0) < 2 and adds_up(whole, parts)):
                continue
            for part in parts:
                part.part_of = whole
            check = sum_check(whole, parts, tried, "holds")
            check.certain = _is_certain(listing, parts)
            if whole is not listing.wholes[0] and check.is_trusted:
                texts = whole.quantity.text, listing.wholes[0].quantity.text
                check.chosen = "parts of {}, not of {}: only so they add up".format(*texts)
            return check
    return None


def _one_part(listing: Listing) -> Check | None:
    """其中…: a part alone is at most its whole; that it is says little."""
    whole, part = listing.wholes[0], listing.parts[0]
    part.part_of = whole
    fits = part.allowed.low <= whole.allowed.high
    certain = listing.beside and len(listing.wholes) == 1 and whole.is_plain and part.is_plain
    certain = certain and part.family != "thing"  # 社工站5个，其中服务点30个: the points are theirs, not some of them
    if not fits and not certain:
        return None
    said = f"{shown(part.value)} of {shown(whole.value)}"
    return Check("part", (whole, part), said, None, None, "holds" if fits else "fails", 0.5, certain=certain)


def _is_certain(listing: Listing, parts: Sequence[Term]) -> bool:
    """Whether the text says that the parts are all, and no thing is in two of them: else they need not add up."""
    plain = all(term.is_plain for term in (*listing.wholes, *parts))
    more = parts[-1].after.startswith(("等", "以上")) or listing.mark.startswith("从")
    return plain and not more and _is_disjoint(parts) and _is_complete(listing.mark, parts)


def _facets(name: str, parts: Sequence[Term]) -> set[str]:
    """The grades or tiers of the parts where each has one of its own, else nothing."""
    known = facet_words(name)
    found = {value[1] for part in parts if (value := known.last(part.label))}
    return found if len(found) == len(parts) else set()


def _is_complete(mark: str, parts: Sequence[Term]) -> bool:
    """Whether the words, a last part that is the rest, all grades or all levels say that the parts are all."""
    known = _expressions()
    labels = [part.label for part in parts]
    if known["complete"].match(mark) or known["rest"].search(labels[-1]):
        return True
    if {"junior", "intermediate"} <= _facets("grade", parts) or len(_facets("tier", parts)) > 2:
        return True
    levels = (
        parts[0].family in ("CNY", "bare")
        and len(parts) > 2
        and all(known["higher"].search(label) for label in labels[:-1])
    )
    return levels and known["lowest"].search(labels[-1]) is not None


def _is_disjoint(parts: Sequence[Term]) -> bool:
    """Whether no person or thing can be in two of the parts; money never is."""
    if parts[0].family == "CNY" or _facets("grade", parts):
        return True
    return not any(_expressions()["overlapping"].search(part.label) for part in parts)


def _is_too_much(listing: Listing) -> bool:
    """Whether parts that share nothing are more than anything that they could be parts of."""
    plain = all(term.is_plain for term in (*listing.wholes, *listing.parts))
    least = total_of(listing.parts).low
    more = all(least > whole.allowed.high for whole in listing.wholes)
    return listing.beside and plain and more and listing.parts[0].family != "thing" and _is_disjoint(listing.parts)


def _may_lack_seniors(whole: Term, parts: Sequence[Term], total: Decimal) -> bool:
    """Whether two grades fall short by no more than the few of the third grade that may not be worth a word."""
    return bool(_facets("grade", parts)) and 0 < whole.value - total <= whole.value * SENIORS
