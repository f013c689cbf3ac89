"""Sums: parts against their whole, items against the total behind them, what is left, what was added.

Parts follow a mark (其中, 包括, 按…分, an opening bracket) and their whole stands before it. The nearest whole and the
whole list are tried first, then other wholes and shorter lists; every grouping that was tried weighs on the chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate, combinations

from ..arithmetic import Interval, sum_chance
from ..rules.facets import facet_words
from ..rules.language import ANY_QUANTITY, MENTION_SLOTS, block
from .rows import Check, Verdict, shown
from .terms import NO_COUNTS, Sentence, Term, any_of, words

LOOK_BACK = 3  # sentences of the paragraph that may hold the whole of a list
LONGEST = 34  # characters between two items of a list
SENIORS = Decimal("0.02")  # of those with a certificate, at most
WHOLES = 6  # that are tried for a list
_PLACE = re.compile(f"[{block(MENTION_SLOTS['place'])}]")
_BARE = re.compile(r"[^，。；]{0,16}(?:[、，；和及与]|以及)[^，。；]{0,16}")


@cache
def _mark() -> re.Pattern[str]:
    known = words()["parts"]
    by = any_of(known["partition"])
    gap = rf"[^，。；{ANY_QUANTITY}]"
    return re.compile(rf"{any_of(known['marks'])}|(?<!包)含|(?:按|从){gap}{{1,12}}?(?:{by})(?=[，：为有])|（")


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known, gap = words(), rf"[^，。；{ANY_QUANTITY}]"
    parts = known["parts"]
    stops = [*known["totals"], *parts["marks"], *known["compared"], *known["left"], *known["changed"], "率", "另有"]
    return {
        "break": re.compile(rf"{any_of(stops)}|。|（[^）]*$"),
        "complete": re.compile(rf"^(?:{any_of(parts['complete'])}|按.*|从.*)$"),
        "rest": re.compile(any_of(parts["rest"])),
        "overlapping": re.compile(any_of(parts["overlapping"])),
        "total": re.compile(rf"(?P<word>{any_of(known['totals'])}){gap}{{0,8}}$"),
        "plain": re.compile(rf"(?:{any_of(known['plain_totals'])}){gap}{{0,5}}$|^{gap}{{0,8}}[，、；（]共[计有]?$"),
        "also": re.compile(rf"(?:另有|另外|加上|再加|外加){gap}{{0,8}}$"),
        "left": re.compile(rf"(?:{any_of(known['left'])}){gap}{{0,6}}$"),
        "added": re.compile(rf"(?:{any_of(known['added'])}){gap}{{0,8}}$"),
        "added_to": re.compile(rf"(?:{any_of(known['added_to'])}){gap}{{0,8}}$"),
        "adds": re.compile(any_of(known["added_to"])),
        "lowest": re.compile("县|区(?!级?财政厅)|市县|本级|配套"),
        "higher": re.compile("中央|省|自治区|市|州|上级"),
    }


@dataclass(slots=True)
class Grouping:
    """A way to read a list: these parts, of this whole, found after so many tries."""

    whole: Term
    parts: Sequence[Term]
    tried: int


def find_sums(sentence: Sentence, earlier: Sequence[Sentence]) -> list[Check]:
    """The sums of a sentence; `earlier` are the sentences before it in the article. Parts learn their whole."""
    if len(sentence.terms) < 2:
        return []
    found = [*_lists(sentence, earlier), *_totals(sentence), *_hundreds(sentence)]
    return [*found, *_left(sentence, earlier)]


def _lists(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """Parts behind a mark."""
    done = -1
    for mark in _mark().finditer(sentence.code):
        parts = list_from(sentence, mark.end())
        if not parts or parts[0].at <= done or parts[0].at - mark.end() > LONGEST:
            continue
        wholes = wholes_before(sentence, mark.start(), earlier, parts[0])
        wholes = wholes[:1] if mark[0] == "（" else wholes
        if mark[0] in ("（", "即") and len(parts) < 2:
            continue
        if wholes and (check := _judge(mark[0], wholes, parts)) is not None:
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


def adds_up(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the parts may make the whole: exactly, or as far as rounding and hedges allow."""
    if whole.is_plain and all(part.is_plain for part in parts) and sum(part.value for part in parts) == whole.value:
        return True
    return total_of(parts).meets(whole.allowed)


def total_of(parts: Sequence[Term]) -> Interval:
    """All that the parts may add up to."""
    total = parts[0].allowed
    for part in parts[1:]:
        total = total.plus(part.allowed)
    return total


def width_of(whole: Term, parts: Sequence[Term]) -> float:
    """What the digits of an equation leave open; nothing where the plain figures meet exactly."""
    if sum(part.value for part in parts) == whole.value and whole.is_plain:
        return 0.0
    return whole.allowed.width + sum(part.allowed.width for part in parts)


def choose(wholes: Sequence[Term], parts: Sequence[Term]) -> Grouping | None:
    """The first grouping that adds up: the whole list before a shorter one, the nearest whole before others."""
    tried = 0
    sums = list(accumulate(float(part.value) for part in parts))
    for length in range(len(parts), 1, -1):
        for whole in wholes:
            tried += 1
            if 0.5 < sums[length - 1] / (float(whole.value) or 1.0) < 2 and adds_up(whole, parts[:length]):
                return Grouping(whole, parts[:length], tried)
    return None


def sum_check(whole: Term, parts: Sequence[Term], tried: int, verdict: Verdict, chosen: str | None = None) -> Check:
    """The check that the parts are the whole."""
    computed = sum((part.value for part in parts), Decimal(0))
    chance = sum_chance(whole.value, [part.value for part in parts], width_of(whole, parts), tried)
    said = "+".join(shown(part.value) for part in parts)
    return Check("sum", (whole, *parts), said, computed, whole.value, verdict, chance, chosen=chosen)


def _judge(mark: str, wholes: Sequence[Term], parts: Sequence[Term]) -> Check | None:
    nearest = wholes[0]
    if len(parts) == 1:
        return _one_part(wholes, parts[0])
    grouping = choose(wholes, parts)
    if grouping is not None:
        for part in grouping.parts:
            part.part_of = grouping.whole
        check = sum_check(grouping.whole, grouping.parts, grouping.tried, "holds")
        check.certain = _is_certain(mark, grouping.whole, grouping.parts)
        if grouping.whole is not nearest and check.is_trusted:
            check.chosen = f"parts of {_quote(grouping.whole)}, not of {_quote(nearest)}: only so they add up"
        return check
    certain = _is_certain(mark, nearest, parts)
    if mark == "（" and not certain:
        return None
    for part in parts:
        part.part_of = nearest
    total = sum((part.value for part in parts), Decimal(0))
    meant = min(wholes, key=lambda whole: abs(whole.value - total))
    fails = certain and (len(parts) > 2 or not _may_lack_seniors(meant, parts, total))
    fails = fails or _is_too_much(wholes, parts)
    check = sum_check(meant if fails else nearest, parts, 1, "fails" if fails else "cannot_tell")
    check.certain = certain
    return check


def _quote(term: Term) -> str:
    return term.quantity.text


def _one_part(wholes: Sequence[Term], part: Term) -> Check | None:
    """其中…: a part alone is at most its whole; that it is says little."""
    whole = wholes[0]
    part.part_of = whole
    fits = part.allowed.low <= whole.allowed.high
    if not fits and (len(wholes) > 1 or not (whole.is_plain and part.is_plain)):
        return None
    said = f"{shown(part.value)} of {shown(whole.value)}"
    return Check("part", (whole, part), said, None, None, "holds" if fits else "fails", 0.5, certain=len(wholes) == 1)


def _is_certain(mark: str, whole: Term, parts: Sequence[Term]) -> bool:
    """Whether the text says that the parts are all, and no thing is in two of them: else they need not add up."""
    plain = whole.is_plain and all(part.is_plain for part in parts)
    return (
        plain and not parts[-1].after.startswith(("等", "以上")) and _is_disjoint(parts) and _is_complete(mark, parts)
    )


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
    levels = parts[0].family in ("CNY", "bare") and all(known["higher"].search(label) for label in labels[:-1])
    return levels and known["lowest"].search(labels[-1]) is not None


def _is_disjoint(parts: Sequence[Term]) -> bool:
    """Whether no person or thing can be in two of the parts; money never is."""
    if parts[0].family == "CNY" or _facets("grade", parts):
        return True
    return not any(_expressions()["overlapping"].search(part.label) for part in parts)


def _is_too_much(wholes: Sequence[Term], parts: Sequence[Term]) -> bool:
    """Whether parts that share nothing are more than anything that they could be parts of."""
    plain = all(term.is_plain for term in (*wholes, *parts))
    least = total_of(parts).low
    return plain and _is_disjoint(parts) and all(least > whole.allowed.high for whole in wholes)


def _may_lack_seniors(whole: Term, parts: Sequence[Term], total: Decimal) -> bool:
    """Whether two grades fall short by no more than the few of the third grade that may not be worth a word."""
    return bool(_facets("grade", parts)) and 0 < whole.value - total <= whole.value * SENIORS


def _totals(sentence: Sentence) -> Iterator[Check]:
    """Items and the total behind them: 7个镇站、3个乡站，共10个; A，另有B，合计C."""
    known = _expressions()
    for term in sentence.terms[2:]:
        total = known["total"].search(term.before)
        if total is None or term.part_of is not None:
            continue
        before = [t for t in sentence.terms[: term.index] if t.part_of is None and t.adds_to(term)][-12:]
        run = _bare_run(sentence, before)
        if len(before) > 1 and known["also"].search(before[-1].before):
            run = before[-2:]
        plain = len(run) > 1 and all(t.is_plain for t in (term, *run)) and run[-1].index == term.index - 1
        certain = plain and known["plain"].search(term.before) is not None
        for tried, items in enumerate(_suffixes(run, before), 1):
            if adds_up(term, items):
                check = sum_check(term, items, tried, "holds")
                check.claimed = known["plain"].search(term.before) is not None
                check.certain = certain and items is run
                yield check
                break
        else:
            if certain:
                yield sum_check(term, run, 1, "fails")


def _bare_run(sentence: Sentence, terms: Sequence[Term]) -> list[Term]:
    """The last of the terms that stand in one list with each other, nothing else between them."""
    run: list[Term] = []
    for term in reversed(terms):
        if run and (term.index != run[0].index - 1 or not _BARE.fullmatch(sentence.code[term.at + 1 : run[0].at])):
            break
        run.insert(0, term)
    return run


def _suffixes(run: Sequence[Term], before: Sequence[Term]) -> Iterator[Sequence[Term]]:
    if len(run) > 1:
        yield run
    for length in range(len(before), 1, -1):
        if length != len(run):
            yield before[-length:]


def _hundreds(sentence: Sentence) -> Iterator[Check]:
    """Shares of which the last is the rest make a hundred."""
    shares = [t for t in sentence.terms if t.family == "percent"]
    last = shares[-1] if len(shares) > 1 else None
    if last is None or not _expressions()["rest"].search(last.before):
        return
    run = _bare_run(sentence, shares)
    if len(run) < 2:
        return
    total = sum((share.value for share in run), Decimal(0))
    holds = total_of(run).meets(Interval(100.0, 100.0))
    chance = sum_chance(Decimal(100), [t.value for t in run], 0.0 if total == 100 else 1.5 * len(run), 1)
    said = "+".join(f"{shown(share.value)}%" for share in run)
    yield Check("sum", run, said, total, Decimal(100), "holds" if holds else "fails", chance, percent=True)


def _left(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """What is left, and what was spent of the whole: 列支198万元，结余24万元."""
    for term in sentence.terms[1:]:
        if not _expressions()["left"].search(term.before):
            continue
        near = [t for s in (*earlier[-LOOK_BACK:], sentence) for t in s.terms if t.part_of is None and t.adds_to(term)]
        own = [t for t in near[::-1] if t.sentence is not sentence or t.index < term.index][:WHOLES]
        pairs = [(max(a, b, key=_value), min(a, b, key=_value)) for a, b in combinations(own, 2)]
        for tried, (whole, spent) in enumerate(pairs, 1):
            if adds_up(whole, (spent, term)):
                check = sum_check(whole, (spent, term), tried, "holds")
                check.claimed = False
                yield check
                break


def _value(term: Term) -> Decimal:
    return term.value


def find_additions(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """已有64个…新增366个, and a total of 430 elsewhere in the article."""
    known = _expressions()
    for sentence in sentences:
        if len(sentence.terms) < 2 or not known["adds"].search(sentence.code):
            continue
        for base, added in zip(sentence.terms, sentence.terms[1:], strict=False):
            if not (base.adds_to(added) and known["added"].search(added.before)):
                continue
            if not known["added_to"].search(base.before):
                continue
            alike = [
                t for s in sentences for t in s.terms
                if t is not base and t is not added and t.adds_to(added) and t.value > added.value
            ]  # fmt: skip
            for whole in alike:
                if adds_up(whole, (base, added)):
                    check = sum_check(whole, (base, added), len(alike), "holds")
                    check.claimed = False
                    yield check
                    break
