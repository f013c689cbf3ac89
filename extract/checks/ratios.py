"""Ratios: a rate or share against the two figures that it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import combinations

from ..arithmetic import Interval, ratio_chance
from .named import is_count, name_terms
from .near import MOST, one_digit_mends
from .rows import Check, Verdict, decimals_of, rounded, shown
from .sums import LOOK_BACK, total_of
from .terms import COUNTED, Sentence, Term, any_of, counted, whole_of, words

SLACK_OF_COVERAGE = 1.2  # places are merged, and have two stations: a coverage is off by so much without a misprint
_BOUNDED = frozenset(("exact", "about", "nearly", "over"))
NEAREST = 5  # figures before a rate that it may be made of


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known = words()
    changes = any_of([*known["rise"], *known["fall"], *known["compared"], *known["aimed"]])
    return {
        "rate": re.compile(any_of(known["rate_words"])),
        "change": re.compile(rf"(?:{changes})"),
        "outside": re.compile(rf"占[^，。；]*(?:{any_of(known['outside'])})"),
        "covered": re.compile(rf"(?:{any_of(known['covered'])})[^，。；]{{0,8}}[由从自][^，。；]{{0,8}}$"),
        "to": re.compile("^[^，。；]{0,6}[到至][^，。；]{0,8}$"),
        "of_all": re.compile("占[^，。；]{0,2}(全[市省区县旗州盟镇])"),
        "covering": re.compile(any_of(known["covered"])),
        "so_many": re.compile(
            f"([{COUNTED}])[区县市地州旗省者家项类级](?:合计|共计|共)占全?[总省市区县旗州]?[数额量]?的?[约近]?$"
        ),
        "together": re.compile("合计|共计|共占|总共"),
    }


def find_ratios(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """The ratios of a sentence whose two figures stand before them."""
    dealt: set[int] = set()
    for shares, parts, whole in _dealt(sentence) if "分别" in sentence.code else ():
        dealt.update(map(id, shares))
        if whole is not None:
            judged = (_judge(share, part, whole, 1, 1.0) for share, part in zip(shares, parts, strict=True))
            yield from (check for check in judged if check is not None)
    for term in sentence.terms:
        if id(term) in dealt or term.family != "percent" or "点" in term.quantity.unit_text:
            continue
        said = _words_of(sentence, term)
        outside = _expressions()["outside"].search(said)
        if outside or not _expressions()["rate"].search(said) or _is_change(said):
            continue
        if _FROM.search(said) and _expressions()["covered"].search(said) is None:
            continue  # 持证的43人，持证率由17%升至63.2%: the figures are of what it has become
        check = _check(sentence, earlier, term, said)
        if check is not None:
            yield check


def _dealt(sentence: Sentence) -> Iterator[tuple[Sequence[Term], Sequence[Term], Term | None]]:
    """The shares that 分别 deals to the parts before them, and their whole: 初级200人、中级86人，分别占69.9%、30.1%.

    The whole is None where the words do not name it.
    """
    terms = sentence.terms
    for first, term in enumerate(terms):
        if term.family != "percent" or "分别" not in term.before:
            continue
        last = first + 1
        while last < len(terms) and terms[last].family == "percent" and len(terms[last].before) <= 1:
            last += 1
        parts = terms[max(0, 2 * first - last) : first]
        named = len(parts) == last - first > 1 and "占" in term.before
        yield terms[first:last], parts, whole_of(parts) if named else None


_FROM = re.compile("[由从][^，。；]{0,14}$")


def _words_of(sentence: Sentence, term: Term) -> str:
    """The clause up to the figure."""
    words_before = sentence.code[: term.at]
    return words_before[max(words_before.rfind(c) for c in "，。；：（") + 1 :][-24:]


def _is_change(said: str) -> bool:
    """Whether the words before a percentage say that it is one by which something changed."""
    tail = said[max(said.rfind("率"), said.rfind("占")) + 1 :]
    return _expressions()["change"].search(tail.removeprefix("达到")) is not None


def _check(sentence: Sentence, earlier: Sequence[Sentence], stated: Term, said: str) -> Check | None:
    near = _counts_before(sentence, earlier, stated)
    if _expressions()["together"].search(said):
        return _of_sum(near, stated, said)
    claimed = name_terms(sentence, near, stated, said)
    slack = SLACK_OF_COVERAGE if _expressions()["covering"].search(said) else 1.0
    if claimed is None and (claimed := _covered(sentence, stated, said)) is not None:
        slack = SLACK_OF_COVERAGE
    if not near or not stated.value > 0:
        return None
    tried = 0
    about = _value(stated) / 100
    for part, whole in _pairs(sentence, near):
        if not _is_all(whole, said):
            continue
        tried += 1
        near_enough = 0.5 < _value(part) / _value(whole) / about < 2
        if near_enough and part.allowed.over(whole.allowed).times(100).meets(stated.allowed):
            check = _row(stated, (part,), whole, tried, "holds")
            check.claimed = check.certain = claimed is not None and {*map(id, claimed)} == {id(part), id(whole)}
            return check
    if claimed is None or not all(t.quantity.bound in _BOUNDED for t in (*claimed, stated)):
        return None
    return _judge(stated, *claimed, max(tried, 1), slack)


def _judge(stated: Term, part: Term, whole: Term, tried: int, slack: float) -> Check | None:
    """The check of two figures that the words name; one within the slack tells what digit would mend it."""
    if not (part.value and whole.value and stated.value):
        return None  # nothing is no share, and has none
    if part.allowed.over(whole.allowed).times(100).meets(stated.allowed):  # 计划600人，完成714人，完成率119%
        check = _row(stated, (part,), whole, tried, "holds")
        check.certain = True
        return check
    off = _value(part) / _value(whole) / (_value(stated) / 100)
    beyond = part.value > whole.value and stated.value < 100  # no part is more than its whole; 上年结转 is spent, too
    certain = max(off, 1 / off) > slack and not (beyond and part.family == "CNY")
    check = _row(stated, (part,), whole, tried, "fails" if certain else "cannot_tell")
    mends = one_digit_mends(check)
    if not certain:
        check.mend = " or ".join(mends[:MOST]) or None
    return None if beyond and not mends else check


def _covered(sentence: Sentence, stated: Term, said: str) -> tuple[Term, Term] | None:
    """站点由43个增加到1355个，覆盖率由3.2%提升至100%: what there was, of what there is when all are covered."""
    if not _expressions()["covered"].search(said) or stated.index + 1 >= len(sentence.terms):
        return None
    full = sentence.terms[stated.index + 1]
    things = [t for t in sentence.terms[: stated.index] if t.family == "thing"]
    if full.family != "percent" or full.value != 100 or not _expressions()["to"].search(full.before):
        return None
    return (things[0], things[1]) if len(things) == 2 else None


def _is_all(whole: Term, said: str) -> bool:
    """Whether 占全市的… may mean this figure: one that the text says of 全市."""
    named = _expressions()["of_all"].search(said)
    return named is None or named[1] in whole.sentence.code[: whole.at]


def _counts_before(sentence: Sentence, earlier: Sequence[Sentence], stated: Term) -> list[Term]:
    """The counts and sums before a rate, the nearest last; those of sentences before it only where it has one."""
    own = [t for t in sentence.terms[: stated.index] if is_count(t)]
    own += [t for t in sentence.terms[stated.index + 1 : stated.index + 2] if is_count(t) and "占" not in t.before]
    if len(own) < 2:
        before = [s for s in earlier[-LOOK_BACK:] if s.paragraph == sentence.paragraph]
        own = [*(t for s in before[-2:] for t in s.terms if is_count(t)), *own]
    return own[-NEAREST:] if len(own) > NEAREST else own


def _pairs(sentence: Sentence, near: Sequence[Term]) -> list[tuple[Term, Term]]:
    """Part and whole, the nearest two first; one of the two is of the own sentence."""
    pairs = [
        (min(a, b, key=_value), max(a, b, key=_value))
        for a, b in combinations(reversed(near), 2)
        if a.adds_to(b) and a.value != b.value and (a.sentence is sentence or b.sentence is sentence)
    ]
    return [pair for pair in pairs if pair[0].value > 1]


def _value(term: Term) -> float:
    return float(term.value)


def _of_sum(near: Sequence[Term], stated: Term, said: str) -> Check | None:
    """A、B，两地合计占全市的五成: several figures against one, which 其中 may name beyond doubt."""
    tried = 0
    number = _expressions()["so_many"].search(said)
    parts = near[-counted(number[1]) :] if number else ()
    named = whole_of(parts)
    if named is not None and named.value and len(parts) > 1 and all(t.is_plain for t in (named, *parts)):
        holds = total_of(parts).over(named.allowed).times(100).meets(stated.allowed)
        check = _row(stated, parts, named, 1, "holds" if holds else "fails")
        check.certain = True
        return check
    for count in range(2, len(near)):
        parts, wholes = near[-count:], near[:-count]
        for whole in reversed(wholes):
            tried += 1
            if not whole.value or not all(part.adds_to(whole) for part in parts):
                continue
            if total_of(parts).over(whole.allowed).times(100).meets(stated.allowed):
                return _row(stated, parts, whole, tried, "holds")
    return None


def _row(stated: Term, parts: Sequence[Term], whole: Term, tried: int, verdict: Verdict) -> Check:
    """The check that the parts are so many in a hundred of the whole."""
    total = total_of(parts)
    value = 100 * sum((_value(part) for part in parts), 0.0) / _value(whole)
    open_width = min(stated.allowed.high, 100.0) - max(stated.allowed.low, 0.0)
    open_width += total.over(whole.allowed).times(100).width
    left = "+".join(shown(part.value) for part in parts)
    left = f"({left})" if len(parts) > 1 else left
    check = Check(
        "ratio", (whole, *parts, stated), f"{left}/{shown(whole.value)}",
        rounded(value, decimals_of(stated.value) + 1), stated.value, verdict,
        ratio_chance(_value(stated), min(open_width, 100.0), tried), percent=True,
    )  # fmt: skip
    check.solutions = partial(_wanted, whole, parts, stated)
    return check


def _wanted(whole: Term, parts: Sequence[Term], stated: Term) -> list[Interval]:
    """What each would have to be by the others."""
    total, share = total_of(parts), stated.allowed.times(0.01)
    due = Interval(share.low * whole.allowed.low, share.high * whole.allowed.high)
    others = [total.low - part.allowed.low for part in parts]
    wanted = [Interval(due.low - other, due.high - other) for other in others]
    return [total.over(share), *wanted, total.over(whole.allowed).times(100)]
