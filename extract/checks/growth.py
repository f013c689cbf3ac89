"""Growth: a stated growth against base and result, or against the result and what was gained."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from ..arithmetic import Interval, ratio_chance
from ..rules.encoding import ANY_QUANTITY
from .rows import Check, Verdict, decimals_of, rounded, shown
from .terms import NO_COUNTS, Sentence, Term, any_of, words

GAINS = 8  # figures of what was gained that are tried for a growth without a base
WINDOW = 40  # sentences to both sides in which they are looked for
MOST_DOUBLINGS = 30
_DOUBLED = 0.05  # 翻一番 is said of anything this near to twice as much


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known = words()
    grown, fallen = any_of(known["growth"]), any_of(known["decline"])
    return {
        "growth": re.compile(rf"(?:(?P<rise>{grown})|(?P<fall>{fallen}))[^，。；]{{0,6}}$"),
        "gains": re.compile(any_of(known["gained"])),
        "gained": re.compile(rf"(?:{any_of(known['gained'])})[^，。；{ANY_QUANTITY}]{{0,16}}$"),
    }


def is_growth(term: Term) -> bool:
    """Whether a figure may state a growth: a percentage (no points), so many times, or doublings."""
    return (term.family == "percent" and "点" not in term.quantity.unit_text) or term.family == "times"


def says_growth(text: str) -> bool:
    """Whether the words right before a figure say that something grew or fell by it."""
    return _expressions()["growth"].search(text) is not None


def stated_growth(said: Term, *, multiple: bool = False) -> tuple[Decimal, Interval]:
    """The growth in percent that a figure states, and what it allows: 1.39倍 is 139, 翻一番 about 100.

    A `multiple` is how many times as much there is: 是2020年的4倍 is a growth of 300.
    """
    if multiple:
        return said.value * 100 - 100, Interval(said.allowed.low * 100 - 100, said.allowed.high * 100 - 100)
    if said.quantity.unit_text == "番":
        times = said.allowed if not said.is_plain else (float(said.value), float(said.value))
        low, high = (min(max(end, 0.0), MOST_DOUBLINGS) for end in times)
        ends = (2**low * (1 - _DOUBLED) - 1) * 100, (2**high * (1 + _DOUBLED) - 1) * 100
        return rounded((2 ** min(float(said.value), MOST_DOUBLINGS) - 1) * 100, 0), Interval(*ends)
    if said.family == "times":
        return said.value * 100, said.allowed.times(100)
    return said.value, said.allowed


def against_base(result: Term, base: Term, said: Term, *, certain: bool, multiple: bool = False) -> Check:
    """The check of a growth whose base and result are both given: (74-31)/31 is 1.39倍."""
    said_of = f"({shown(result.value)}-{shown(base.value)})/{shown(base.value)}"
    quotient = result.allowed.over(base.allowed)
    grown = Interval(100 * quotient.low - 100, 100 * quotient.high - 100)
    way = _expressions()["growth"].search(said.before)
    if way is not None and way["fall"] is not None:  # 下降9.5%: the size of the fall
        grown = Interval(-grown.high, -grown.low)
    told = stated_growth(said, multiple=multiple)
    check = _check((result, base, said), said_of, grown, told, 1, certain=certain)
    sign = -1 if way is not None and way["fall"] is not None else 1

    def wanted() -> list[Interval]:
        by = told[1].times(0.01)
        ratio = Interval(1 + by.low, 1 + by.high) if sign > 0 else Interval(1 - by.high, 1 - by.low)
        return [base.allowed.by(ratio), result.allowed.over(ratio), _as_stated(grown, said, multiple=multiple)]

    check.solutions = wanted
    return check


def against_gain(result: Term, gain: Term, said: Term, tried: int, *, certain: bool, fell: bool = False) -> Check:
    """The check of a growth by what was gained: 1003/(5126-1003) is 24.3%."""
    before = result.allowed.plus(gain.allowed) if fell else result.allowed.minus(gain.allowed)
    said_of = f"{shown(gain.value)}/({shown(result.value)}{'+' if fell else '-'}{shown(gain.value)})"
    grown = gain.allowed.over(before).times(100)
    check = _check((result, gain, said), said_of, grown, stated_growth(said), tried, certain=certain)

    def wanted() -> list[Interval]:
        told = stated_growth(said)[1].times(0.01)
        result_is = Interval(1 - told.high, 1 - told.low) if fell else Interval(1 + told.low, 1 + told.high)
        base = gain.allowed.over(told)
        of_result = Interval(told.low / result_is.low, told.high / result_is.high) if result_is.low > 0 else told
        return [base.by(result_is), result.allowed.by(of_result), _as_stated(grown, said, multiple=False)]

    check.solutions = wanted
    return check


def _as_stated(grown: Interval, said: Term, *, multiple: bool) -> Interval:
    """A growth in percent as the figure that states it would have it: in percent, or in times."""
    if said.family != "times":
        return grown
    return Interval(grown.low / 100 + multiple, grown.high / 100 + multiple)


def _check(
    terms: tuple[Term, Term, Term], said_of: str, computed: Interval, told: tuple[Decimal, Interval], tried: int, *,
    certain: bool,
) -> Check:  # fmt: skip
    said = terms[-1]
    stated, wanted = told
    plain = said.quantity.unit_text != "番" and all(term.is_plain for term in terms)
    bounded = math.isfinite(computed.width)
    holds = bounded and computed.meets(wanted)
    by_growth = said.family == "times" and told == stated_growth(said)  # and not 是2020年的5倍
    loose = by_growth and Interval(computed.low + 100, computed.high + 100).meets(wanted)
    verdict: Verdict = (
        "holds" if holds else "fails" if certain and plain and not loose else "cannot_tell"
    )  # 增长了5倍 to 5 times
    middle = (computed.low + computed.high) / 2 if bounded else 0.0
    chance = ratio_chance(max(abs(middle), float(stated)), computed.width + wanted.width, tried) if bounded else 1.0
    value = rounded(middle, decimals_of(stated) + 1) if bounded else None
    return Check(
        "growth", terms, said_of, value, stated, verdict, chance, percent=True, claimed=certain, certain=certain
    )


def find_growth(sentences: Sequence[Sentence], growing: Iterable[int], told: set[int]) -> Iterator[Check]:
    """Growth without a base, where what was gained stands elsewhere: 总量1699人，同比增长51.3% and 新增576名.

    `growing` are the sentences with a percentage and words of growth; `told` are the growths (their `id`) that are in
    a check already.
    """
    gaining: list[tuple[int, Sentence]] | None = None
    for number in growing:
        sentence = sentences[number]
        for said in sentence.terms:
            if said.family != "percent" or not is_growth(said) or id(said) in told:
                continue
            result = _grown(sentence, said)
            if result is None or not result.is_plain:
                continue
            if gaining is None:
                gains = _expressions()["gains"]
                gaining = [(n, other) for n, other in enumerate(sentences) if gains.search(other.code)]
            near = _gains([other for n, other in gaining if abs(n - number) <= WINDOW], result)
            if (check := _by_gains(result, said, near)) is not None:
                yield check


def _gains(sentences: Sequence[Sentence], result: Term) -> list[Term]:
    """The first figures of other sentences that may be what a result has gained."""
    gained = _expressions()["gained"]
    return [
        term
        for sentence in sentences if sentence is not result.sentence
        for term in sentence.terms
        if term.adds_to(result) and term.value < result.value and gained.search(term.before)
    ][:GAINS]  # fmt: skip


def _by_gains(result: Term, said: Term, gains: Sequence[Term]) -> Check | None:
    for gain in gains:
        check = against_gain(result, gain, said, len(gains), certain=False)
        if check.is_trusted:
            return check
    return None


def _grown(sentence: Sentence, said: Term) -> Term | None:
    """The figure that grew: the one right before, or the one that 分别 deals the growth to."""
    first = last = said.index
    while first and _is_joined(sentence, first) and sentence.terms[first - 1].family == "percent":
        first -= 1
    while last + 1 < len(sentence.terms) and _is_joined(sentence, last + 1):
        last += 1
    words_before = sentence.terms[first].before
    if not says_growth(words_before):
        return None
    counts = [t for t in sentence.terms[:first] if t.family not in NO_COUNTS]
    if first == last:
        return next((t for t in reversed(counts) if t.part_of is None), None)
    dealt = counts[-(last - first + 1) :]
    return dealt[said.index - first] if len(dealt) == last - first + 1 and "分别" in words_before else None


def _is_joined(sentence: Sentence, index: int) -> bool:
    """Whether a figure is an item of a bare list behind another (A、B和C)."""
    return len(sentence.between(index - 1, index)) <= 1
