"""Sums: items against the total behind them, shares that make a hundred, what is left, and what was added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from itertools import combinations

from ..arithmetic import Interval, sum_chance
from ..rules.encoding import ANY_QUANTITY, MENTION_SLOTS, block
from ..rules.facets import facet_words
from .near import note_near_miss
from .rows import Check, Verdict, shown
from .terms import COUNTED, NO_COUNTS, Sentence, Term, any_of, counted, words

LOOK_BACK = 3  # sentences before one whose figures may belong to its own
NEAREST = 6  # figures that may be the whole of what is left
MOST_ITEMS = 12
WINDOW = 40  # sentences to both sides in which a total may stand
_OF_ONE_SORT = ("person", "CNY")  # a total of people or money counts nothing else
_ENDS = ("", "，", "。", "；", "）", ".")
_BARE = re.compile(r"[^，。；]{0,16}(?:[、，；和及与]|以及)[^，。；]{0,16}")


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known, gap = words(), rf"[^，。；{ANY_QUANTITY}]"
    return {
        "word": re.compile(any_of(known["totals"])),
        "leaves": re.compile(any_of([*known["left"], *known["absent"]])),
        "total": re.compile(rf"(?P<word>{any_of(known['totals'])}){gap}{{0,8}}$"),
        "told": re.compile(rf"(?:{any_of(known['told_of'])})?(?:{any_of(known['totals'])})"),
        "verb": re.compile(rf"(?:{any_of(known['totals'])})[达为]?(?P<verb>{gap}{{0,4}})$"),
        "told_in_words": re.compile(
            rf"(?:^|[，、；（])[这上以]?(?P<number>[{COUNTED}])(?P<of>{gap}{{1,8}}?)"
            rf"(?:{any_of(known['told_of'])})?(?:{any_of(known['totals'])})"
        ),
        "no_verb": re.compile(
            rf"^[，、；和及与]?[{block(MENTION_SLOTS['date'])}{block(MENTION_SLOTS['place'])}]?{gap}{{0,3}}$"
        ),
        "plain": re.compile(rf"(?:{any_of(known['plain_totals'])}){gap}{{0,2}}$|^{gap}{{0,8}}[，、；（]共[计有]?$"),
        "others": re.compile(
            rf"(?:{any_of(known['parts']['rest'])}){gap}{{0,6}}(?:{any_of(known['totals'])}){gap}{{0,8}}$"
        ),
        "also": re.compile(rf"(?:{any_of(known['also'])}){gap}{{0,8}}$"),
        "besides": re.compile(any_of([*known["also"], *known["besides"]])),
        "left": re.compile(rf"(?:{any_of([*known['left'], *known['absent']])}){gap}{{0,6}}$"),
        "remains": re.compile(rf"(?:{any_of([*known['remains'], *known['absent']])})[有余为是]?$"),
        "done": re.compile(rf"$|[，。；）.将正拟仍尚也都均还于在预计]|[{block(MENTION_SLOTS['date'])}]"),
        "grand": re.compile(
            rf"(?:{any_of(known['grand'])})[达为到至已有]*$"
            rf"|^[，、](?:{gap}{{0,4}}(?:队伍|规模))?(?:(?:扩大|增加|增长|发展|壮大|达)到|[增升]至)$"
        ),
        "more": re.compile(any_of(known["more"])),
        "added": re.compile(rf"(?:{any_of(known['added'])}){gap}{{0,14}}$"),
        "added_to": re.compile(rf"(?:{any_of(known['added_to'])}){gap}{{0,8}}$"),
    }


def find_sums(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """The totals and remainders of a sentence; `earlier` are the sentences before it in the article."""
    known, code = _expressions(), sentence.code
    if len(sentence.segment.quantities) > 2 and known["word"].search(code):
        yield from _totals(sentence)
    if known["leaves"].search(code):
        yield from _left(sentence, earlier)


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


def sum_check(whole: Term, parts: Sequence[Term], tried: int, verdict: Verdict, chosen: str | None = None) -> Check:
    """The check that the parts are the whole."""
    computed = sum((part.value for part in parts), Decimal(0))
    chance = sum_chance(whole.value, [part.value for part in parts], width_of(whole, parts), tried)
    said = "+".join(shown(part.value) for part in parts)
    check = Check("sum", (whole, *parts), said, computed, whole.value, verdict, chance, chosen=chosen)
    check.solutions = partial(_wanted, whole, parts)
    return check


def _wanted(whole: Term, parts: Sequence[Term]) -> list[Interval]:
    """What each would have to be by the others."""
    total = total_of(parts)
    rest = [Interval(total.low - part.allowed.low, total.high - part.allowed.high) for part in parts]
    return [total, *(whole.allowed.minus(others) for others in rest)]


def _totals(sentence: Sentence) -> Iterator[Check]:
    """Items and the total behind them: 7个镇站、3个乡站，共10个; A，另有B，合计C."""
    known = _expressions()
    for term in sentence.terms[2:]:
        total = known["total"].search(term.before)
        if total is None or term.part_of is not None or known["others"].search(term.before):
            continue
        before = [t for t in sentence.terms[: term.index] if t.part_of is None and t.adds_to(term)][-MOST_ITEMS:]
        number, unit = _number_told(sentence, term)
        before = [t for t in before if not unit or t.quantity.unit_text != unit]
        run = bare_run(sentence, before)
        all_told = number == len(before) > 1
        if all_told:
            run = before
        elif len(before) > 1 and known["also"].search(before[-1].before):
            run = before[-2:]
        mixed = [] if all_told or term.family in _OF_ONE_SORT else _mixed_run(sentence, term, run)
        if mixed:
            run = before = mixed
        plain = len(run) > 1 and all(t.is_plain for t in (term, *run))
        plain = plain and (all_told or run[-1].index == term.index - 1)
        said = known["plain"].search(term.before) is not None or (all_told and _says_what_items_say(term, run))
        claimed = said or sentence.terms[term.index - 1].family == "duration"  # 三年累计
        certain = plain and said and not mixed and known["besides"].search(term.before) is None
        certain = certain and _counts_the_same(term, run)
        for tried, items in enumerate(_suffixes(run, before), 1):
            if adds_up(term, items):
                check = sum_check(term, items, tried, "holds")
                check.claimed = claimed
                check.certain = certain and items is run
                yield check
                break
        else:
            if certain or (said and len(run) > 1):
                check = sum_check(term, run, 1, "fails" if certain else "cannot_tell")
                yield from _if_told(check, certain=certain)


def _number_told(sentence: Sentence, total: Term) -> tuple[int, str]:
    """How many items a total is said to have (三项合计, 两地共计), and of what unit where it is a figure; or 0."""
    told = _expressions()["told"].match(total.before)
    last = sentence.terms[total.index - 1]
    if told and last.family in ("thing", "duration"):
        return int(last.value), last.quantity.unit_text
    told = _expressions()["told_in_words"].search(total.before)
    if told is None or (len(told["of"]) > 2 and told["of"][-2:] not in sentence.code[: last.at]):
        return 0, ""
    return counted(told["number"]), ""


def _says_what_items_say(total: Term, items: Sequence[Term]) -> bool:
    """Whether only the verb of the items stands between 两年累计 and its figure: 去年投入…、今年投入…，两年累计投入."""
    found = _expressions()["verb"].search(total.before)
    if found is None or not items[0].before.endswith(found["verb"]):
        return False
    return all(item.before.endswith(found["verb"]) or _expressions()["no_verb"].match(item.before) for item in items)


def _if_told(check: Check, *, certain: bool) -> Iterator[Check]:
    """A check that does not hold where the words leave no doubt of it, or where it misses by a digit."""
    check.certain = check.claimed = certain
    if not certain:
        note_near_miss(check)
    if check.is_worth_telling:
        yield check


def _counts_the_same(total: Term, items: Sequence[Term]) -> bool:
    """Whether a total ends its clause or has its items' noun: 共80人参加 and 共10个村 count something else."""
    known = facet_words("facility")
    noun = known.first(total.after)
    return total.after[:1] in _ENDS or (noun is not None and all(noun[1] in known.all(item.label) for item in items))


def bare_run(sentence: Sentence, terms: Sequence[Term]) -> list[Term]:
    """The last of the terms that stand in one list with each other, nothing else between them."""
    run: list[Term] = []
    for term in reversed(terms):
        if run and (term.index != run[0].index - 1 or not _BARE.fullmatch(sentence.code[term.at + 1 : run[0].at])):
            break
        run.insert(0, term)
    return run


def _mixed_run(sentence: Sentence, total: Term, run: Sequence[Term]) -> list[Term]:
    """The items of a bare list that a total ends, where they are of several sorts: 个案32例、小组15场，共计47场次."""
    counts = [t for t in sentence.terms[: total.index] if t.part_of is None and t.family not in NO_COUNTS]
    mixed = bare_run(sentence, counts)
    return mixed if len(mixed) > max(len(run), 1) and mixed[-1].index == total.index - 1 else []


def _suffixes(run: Sequence[Term], before: Sequence[Term]) -> Iterator[Sequence[Term]]:
    if len(run) > 1:
        yield run
    for length in range(len(before), 1, -1):
        if length != len(run):
            yield before[-length:]


def _left(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """What is left, and what was spent of the whole: 列支198万元，结余24万元; 163个站，157个已验收，剩下6个."""
    for term in sentence.terms[1:]:
        if not _expressions()["left"].search(term.before) or term.part_of is not None:
            continue
        near = [t for s in (*earlier[-LOOK_BACK:], sentence) for t in s.terms if t.part_of is None and t.adds_to(term)]
        own = [t for t in near[::-1] if t.sentence is not sentence or t.index < term.index][:NEAREST]
        certain = _is_left_of(sentence, term, own)
        pairs = [(max(a, b, key=_value), min(a, b, key=_value)) for a, b in combinations(own, 2)]
        for tried, (whole, spent) in enumerate(pairs, 1):
            if adds_up(whole, (spent, term)):
                check = sum_check(whole, (spent, term), tried, "holds")
                check.claimed = check.certain = certain and tried == 1
                yield check
                break
        else:
            if pairs:
                spent, whole = own[:2] if certain else pairs[0][::-1]
                check = sum_check(whole, (spent, term), 1, "fails" if certain else "cannot_tell")
                yield from _if_told(check, certain=certain)


def _is_left_of(sentence: Sentence, left: Term, own: Sequence[Term]) -> bool:
    """Whether whole, part and what is left stand alone in a sentence: 163个站，157个已验收，剩下6个."""
    if len(own) < 2 or not _expressions()["remains"].search(left.before):
        return False
    spent, whole = own[:2]
    here = [t for t in sentence.terms if t.adds_to(left)]
    alone = here == [whole, spent, left] and all(t.is_plain for t in here)
    if not alone or left.family == "CNY" or not _expressions()["done"].match(left.after):
        return False
    return not any(_expressions()["more"].search(words) for words in (spent.before, spent.after))


def _value(term: Term) -> Decimal:
    return term.value


def find_additions(sentences: Sequence[Sentence], adding: Iterable[int]) -> Iterator[Check]:
    """已有64个…新增366个, and a total of 430 elsewhere in the article; `adding` are the sentences with the former."""
    known = _expressions()
    for number in adding:
        sentence = sentences[number]
        near = sentences[max(0, number - WINDOW) : number + WINDOW]
        for base, added in zip(sentence.terms, sentence.terms[1:], strict=False):
            if not (known["added_to"].search(base.before) and known["added"].search(added.before)):
                continue
            if not base.adds_to(added):
                continue
            alike = [
                t for s in near for t in s.terms
                if t is not base and t is not added and t.adds_to(added) and t.value > added.value
            ]  # fmt: skip
            yield from _added_up(sentence, base, added, alike)


def _added_up(sentence: Sentence, base: Term, added: Term, alike: Sequence[Term]) -> Iterator[Check]:
    """What there was and what came to it, against a total: that behind them (总数达75个), else any of the article."""
    behind = sentence.terms[added.index + 1] if added.index + 1 < len(sentence.terms) else None
    certain = (
        behind is not None and behind.adds_to(added) and behind.after[:1] in _ENDS
        and _expressions()["grand"].search(behind.before) is not None
        and all(term.is_plain for term in (base, added, behind))
    )  # fmt: skip
    for whole in alike:
        if adds_up(whole, (base, added)):
            check = sum_check(whole, (base, added), len(alike), "holds")
            check.claimed = check.certain = certain and whole is behind
            yield check
            return
    if certain and behind is not None:
        yield from _if_told(sum_check(behind, (base, added), 1, "fails"), certain=True)
