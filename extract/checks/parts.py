"""Parts: a list behind a mark (其中, 包括, 按…分, an opening bracket), and the whole before it.

The nearest whole and the whole list are tried first, then other wholes and shorter lists; every grouping that was tried
weighs on the chance. Parts that do not add up contradict the text only where it says that they are all, and where
nothing can be in two of them.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate

from ..arithmetic import Interval, one_digit_off
from ..rules.encoding import ANY_QUANTITY
from .complete import are_fewer, are_nested, is_certain, is_disjoint, is_open, may_lack_some
from .near import SUSPECT, note_near_miss
from .rows import Check, shown
from .sums import LOOK_BACK, adds_up, sum_check, total_of
from .terms import NO_COUNTS, Sentence, Term, any_of, words

LONGEST = 34  # characters between two items of a list
_BESIDE = ("中，", "，")  # marks that a whole must stand right before: 在岗的226人中，; 取证148人，高级1人、中级46人
_CLAUSE = re.compile("[，。；]")
WHOLES = 6  # that are tried for a list


@cache
def _mark() -> re.Pattern[str]:
    known = words()["parts"]
    by = any_of(known["partition"])
    gap = rf"[^，。；{ANY_QUANTITY}]"
    return re.compile(
        rf"{any_of(known['marks'])}|(?<!包)含|(?:按|从){gap}{{1,12}}?(?:{by})(?=[，：为有])|（|一是|(?<=[{ANY_QUANTITY}])："
        rf"|(?<=[{ANY_QUANTITY}])，(?={gap}{{0,2}}(?:{any_of(known['grades'])}))"
    )


@cache
def _break() -> re.Pattern[str]:
    """What stands between a list and figures that are no items of it."""
    known = words()
    compared = [word for word in known["compared"] if word not in known["joined"]]
    stops = [*known["totals"], *known["parts"]["marks"], *compared, *known["left"], *known["changed"]]
    return re.compile(rf"{any_of([*stops, '率', '另有'])}|。|（[^）]*$|[，；](?:{any_of(known['joined'])})")


@dataclass(slots=True)
class Listing:
    """A list behind its mark, and what it may be the parts of, the nearest first.

    `beside` is whether the nearest is also the last figure of any sort before the mark; `own` is how many items belong
    to the list by its joints: A、B、C，D is a list of three, and D.
    """

    mark: str
    wholes: Sequence[Term]
    parts: Sequence[Term]
    beside: bool
    own: int


def find_parts(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """The lists of parts of a sentence, each with its whole; `earlier` are the sentences before it.

    Parts learn what they are parts of.
    """
    done, code, places = -1, sentence.code, sentence.segment.quantity_at
    for mark in _mark().finditer(code):
        start, end, opening = mark.start(), mark.end(), mark[0] == "（"
        first = bisect.bisect_left(places, end)
        if start < done or first == len(places) or places[first] - end > LONGEST:
            continue
        if opening and code.find("）", end, places[first]) >= 0:  # 163个乡镇（街道）社工站，157个…
            continue
        parts = list_from(sentence, end, _closing(code, start))
        if not parts or parts[0].at <= done or parts[0].at - end > LONGEST:
            continue
        wholes = wholes_before(sentence, start, earlier, parts[0])
        if not wholes or (mark[0] in _BESIDE and not _stands_before(wholes[0], sentence, start)):
            continue
        earlier_terms = sentence.terms[parts[0].index - 1 :: -1]
        last = next((t for t in earlier_terms if t.at < start and t.family not in NO_COUNTS), None)
        beside = wholes[0] is last
        check = _judge(Listing(mark[0], wholes[:1] if opening else wholes, parts, beside, _own_items(sentence, parts)))
        if check is not None:
            done = parts[-1].at
            yield check


def _stands_before(whole: Term, sentence: Sentence, start: int) -> bool:
    """Whether a whole stands in the clause that a mark ends: of 五星级志愿者中 it need not be the whole."""
    return whole.sentence is sentence and _CLAUSE.search(sentence.code, whole.at, start) is None


def _own_items(sentence: Sentence, parts: Sequence[Term]) -> int:
    """How many items are joined as the first two are."""
    for length in range(2, len(parts)):
        gaps = parts[length].before, parts[1].before
        if "、" in gaps[1] and "，" not in gaps[1] and gaps[0][:1] in ("，", "；"):
            return length
    return len(parts)


def _closing(code: str, position: int) -> int:
    """Where the bracket that a place stands in closes; the end of the code where it stands in none."""
    inside = code.rfind("（", 0, position + 1) > code.rfind("）", 0, position + 1)
    closing = code.find("）", position) if inside else -1
    return closing if closing >= 0 else len(code)


def list_from(sentence: Sentence, position: int, closing: int) -> list[Term]:
    """The items of one sort that begin at a position of the code, up to other words, other things or `closing`."""
    items: list[Term] = []
    for term in sentence.terms:
        if term.at > closing:
            break
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
    return len(gap) <= LONGEST and _break().search(gap) is None


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
    parts = listing.parts
    if len(parts) == 1:
        return _one_part(listing) if listing.mark in words()["parts"]["alone"] else None
    own = parts[: listing.own]
    if are_nested(own):
        return None
    check = _choose(listing)
    if check is not None:
        return check
    total = sum((part.value for part in own), Decimal(0))
    meant = _meant(listing.wholes, total)
    certain = is_certain(listing.mark, meant, own)
    named = certain or listing.mark in words()["parts"]["alone"]
    for part in own if named else ():
        part.part_of = listing.wholes[0]
    fails = certain and not may_lack_some(meant, own, total)
    fails = fails or (_is_too_much(listing, own) and not _ends_in_all(meant, own))
    whole = meant if fails or total > listing.wholes[0].value else listing.wholes[0]
    check = sum_check(whole, own, 1, "fails" if fails else "cannot_tell")
    check.certain, check.claimed = certain, named
    if not fails and is_disjoint(own) and not is_open(listing.mark, own):
        note_near_miss(check, SUSPECT)
    return check


def _ends_in_all(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the last parts alone are the whole: 214名，其中能用蒙古语的132名；中级61名，初级153名."""
    tails = (parts[start:] for start in range(1, len(parts) - 1))
    return any(sum((part.value for part in tail), Decimal(0)) == whole.value for tail in tails)


def _meant(wholes: Sequence[Term], total: Decimal) -> Term:
    """The whole of parts that add up to none: the nearest in the text if that may be, else the nearest in size."""
    value, nearest = float(total), wholes[0]
    if _is_near(value, nearest) or one_digit_off(nearest.quantity, Interval(value, value)):
        return nearest
    return min(wholes, key=lambda whole: abs(whole.value - total))


def _choose(listing: Listing) -> Check | None:
    """The first grouping that adds up: the list itself before longer and shorter ones, the nearest whole before others.

    A list that is said to be all is tried as it stands. A whole with a hedge meets many sums: it is tried only where
    it is the nearest, or no other is nearer to the sum.
    """
    tried, parts, own = 0, listing.parts, listing.own
    sums = list(accumulate(float(part.value) for part in parts))
    for length in (own, *range(len(parts), own, -1), *range(own - 1, 1, -1)):
        total = sums[length - 1]
        if length == own - 1 and is_certain(listing.mark, listing.wholes[0], parts[:own]):
            return None
        for whole in listing.wholes:
            tried += 1
            if not (_is_near(total, whole) and adds_up(whole, parts[:length])):
                continue
            if whole.is_plain or whole is listing.wholes[0] or not _is_nearer(listing, whole, parts[:length], total):
                return _add_up(listing, whole, parts[:length], tried)
    return None


def _is_near(total: float, whole: Term) -> bool:
    return 0.5 < total / (float(whole.value) or 1.0) < 2


def _is_nearer(listing: Listing, hedged: Term, parts: Sequence[Term], total: float) -> bool:
    """Whether a plain whole is nearer to a sum than one with a hedge, or claims these parts: 超千人，达1042人，其中."""
    off, nearest = abs(float(hedged.value) - total), listing.wholes[0]
    if any(whole.is_plain and abs(float(whole.value) - total) < off for whole in listing.wholes):
        return True
    if not is_certain(listing.mark, nearest, parts):
        return False
    return _is_near(total, nearest) or one_digit_off(nearest.quantity, Interval(total, total)) is not None


def _add_up(listing: Listing, whole: Term, parts: Sequence[Term], tried: int) -> Check:
    for part in parts:
        part.part_of = whole
    check = sum_check(whole, parts, tried, "holds")
    check.certain = is_certain(listing.mark, whole, parts)
    if whole is not listing.wholes[0] and check.is_trusted:
        texts = whole.quantity.text, listing.wholes[0].quantity.text
        check.chosen = "parts of {}, not of {}: only so they add up".format(*texts)
    return check


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


def _is_too_much(listing: Listing, parts: Sequence[Term]) -> bool:
    """Whether parts that share nothing are more than anything that they could be parts of."""
    if not listing.beside or parts[0].family == "thing":
        return False
    if not all(term.is_plain for term in (*listing.wholes, *parts)):
        return False
    if are_fewer(listing.wholes[0], parts):
        return False
    least = total_of(parts).low
    return all(least > whole.allowed.high for whole in listing.wholes) and is_disjoint(parts)
