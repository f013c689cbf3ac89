"""Products: a rate for each, how many, and for how long, against the sum that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from ..arithmetic import Interval, digits_chance, last_digit, written_step
from ..rules.encoding import ANY_QUANTITY
from .near import note_near_miss
from .rows import Check, Verdict, shown
from .sums import LOOK_BACK
from .terms import Sentence, Term, any_of, words

NEAREST = 4  # numbers of people or places that are tried
_MOST_MONTHS, _MOST_YEARS = 36, 10
ROUNDED = 0.02  # of an average of round figures: 人均3000元 is said of 2975, too


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known = words()
    each = [word for listed in known["each"].values() for word in listed]
    means = [word if word.endswith("均") else f"平均{word}" for word in each]
    return {
        "monthly": re.compile(any_of(known["monthly"])),
        "yearly": re.compile(any_of(known["yearly"])),
        "total": re.compile(rf"(?:{any_of([*known['totals'], *known['grand']])})[^，。；]{{0,6}}$"),
        "scope": re.compile(any_of(known["scopes"])),
        "average": re.compile(
            rf"(?:^|[，、；（])(?:{any_of(means)})(?P<what>(?:{any_of(known['averaged'])})?)[约近达为]?$"
        ),
    }


@cache
def _each() -> re.Pattern[str]:
    """The words of a rate for each of something, by the family of what it is for; 每人次 before 每人."""
    return re.compile("|".join(f"(?P<{family}>{any_of(listed)})" for family, listed in words()["each"].items()))


@cache
def _rates() -> re.Pattern[str]:
    """A word of a rate for each of something, and a figure in the same clause."""
    each = any_of([word for listed in words()["each"].values() for word in listed])
    return re.compile(rf"(?:{each})[^，。；{ANY_QUANTITY}]{{0,14}}[{ANY_QUANTITY}]")


def find_products(sentences: Sequence[Sentence], rating: Iterable[int]) -> Iterator[Check]:
    """A rate for each of something, times their number (and the months or years), where it makes a sum near by.

    `rating` are the sentences that have words of such rates; sum and number may stand in those before and behind.
    """
    for number in rating:
        sentence = sentences[number]
        if _rates().search(sentence.code) is None:
            continue
        for rate in sentence.terms:
            if rate.family in ("percent", "times", "first") or not rate.value:
                continue  # 每人0元 says that nothing is paid
            said = rate.before[-14:].rpartition("，")[2]
            each = _each().search(said)
            if each is not None and each.lastgroup is not None:
                near = sentences[max(0, number - LOOK_BACK) : number + 2]
                near = [s for s in near if s.paragraph == sentence.paragraph]
                yield from _products_of(rate, each.lastgroup, said, near)


def _products_of(rate: Term, each: str, said: str, near: Sequence[Sentence]) -> Iterator[Check]:
    average = _average(rate, each)
    if average is not None and average.verdict == "holds":
        yield average
        return
    terms = [term for sentence in near for term in sentence.terms]
    here = next(n for n, term in enumerate(terms) if term is rate)
    around = sorted(((abs(n - here), n < here, t) for n, t in enumerate(terms) if t is not rate), key=_distance)
    counts = [t for _, _, t in around if _is_counted(t, each) and t.part_of is None and t.value > 1][:NEAREST]
    sums = [t for _, _, t in around if t.adds_to(rate) and t.value > rate.value][:NEAREST]
    times = _times(rate.sentence, said)
    check = _check(rate, counts, sums, times) if counts else None
    if average is not None and (check is None or check.verdict != "holds"):
        check = average
    if check is not None:
        yield check


def _is_counted(term: Term, each: str) -> bool:
    """Whether a rate for each person, station, … may be paid for this number: of a post as for a person."""
    return term.family == each or (each == "person" and term.family == "thing" and "岗位" in term.label)


def _is_sum(term: Term, rate: Term) -> bool:
    """Whether an average may be of this sum: 2562人次, 平均每期61人."""
    return term.adds_to(rate) or (term.family, rate.family) == ("person_time", "person")


def _average(rate: Term, each: str) -> Check | None:
    """An average right behind the sum and the number that it is of: 投入304万元，涉及站点152个，平均每站2万元."""
    sentence, known = rate.sentence, _expressions()
    mean = known["average"].search(rate.before) if rate.index > 1 else None
    if mean is None:
        return None
    first, second = pair = sentence.terms[rate.index - 2 : rate.index]
    count, total = (first, second) if _is_sum(second, rate) else (second, first)
    start = max(sentence.code.rfind(stop, 0, first.at) for stop in "；：。")
    near = [t for t in sentence.terms[: rate.index] if t.at > start]
    alone = sum(t.family == each for t in near) == 1 or each == rate.family
    alone = alone and sum(_is_sum(t, rate) for t in near) == 1
    if not alone or count.family != each or not _is_sum(total, rate) or "；" in sentence.code[first.at : rate.at]:
        return None
    if mean["what"] not in total.label or (
        known["scope"].search(total.before) and not known["scope"].search(count.before)
    ):
        return None  # 示范站3个，全市配备社工54名，平均每站3名
    if not all(t.is_plain and t.is_total and t.part_of is None and t.value > 1 for t in pair):
        return None
    value = float(rate.value)
    off = max(written_step(rate.quantity) / 2, min(float(last_digit(rate.value)) / 2, value * ROUNDED))
    rounds = Interval(rate.allowed.low - off, rate.allowed.high + off)
    width = 0.0 if rate.value * count.value == total.value else rounds.width * float(count.value)
    chance = max(digits_chance(total.value, 1), min(1.0, width / float(total.value)))
    check = _row(rate, count, 1, total, chance, holds=total.allowed.over(count.allowed).meets(rounds))
    check.claimed = check.certain = True
    return check


def _distance(away: tuple[int, bool, Term]) -> tuple[int, bool]:
    return away[:2]


def _times(sentence: Sentence, said: str) -> list[int]:
    """How often a rate may have been paid: once, in each month or year that the sentence names, or in twelve months."""
    monthly = _expressions()["monthly"].search(said) is not None
    if not monthly and not _expressions()["yearly"].search(said):
        return [1]
    unit, most = ("month", _MOST_MONTHS) if monthly else ("year", _MOST_YEARS)
    named = [int(t.value) for t in sentence.terms if t.family == "duration" and t.quantity.unit == unit]
    return [*(n for n in named if 1 <= n <= most), 12 if monthly else 1]


def _check(rate: Term, counts: Sequence[Term], sums: Sequence[Term], months: Sequence[int]) -> Check | None:
    tried = 0
    for count in counts:
        for months_paid in months:
            for total in sums:
                if total is count:
                    continue
                tried += 1
                product = rate.allowed.times(float(count.value * months_paid))
                if product.meets(total.allowed):
                    chance = digits_chance(total.value, tried)
                    if product.width > 0 or total.allowed.width > 0:
                        width = product.width + total.allowed.width
                        chance = max(chance, min(1.0, tried * width / float(total.value)))
                    check = _row(rate, count, months_paid, total, chance, holds=True)
                    check.certain = _is_claimed(rate, counts, sums, months)
                    return check
    return _failed(rate, counts, sums, months)


def _failed(rate: Term, counts: Sequence[Term], sums: Sequence[Term], months: Sequence[int]) -> Check | None:
    """What does not meet: where the words claim it, or where the nearest number and sum miss by a digit."""
    if not counts or not sums:
        return None
    if _is_claimed(rate, counts, sums, months):
        own = [t for t in counts if t.sentence is rate.sentence and t.index < rate.index]
        return _row(
            rate,
            own[0],
            1,
            rate.sentence.terms[rate.index + 1],
            digits_chance(rate.sentence.terms[rate.index + 1].value, 1),
            holds=False,
        )
    paid = sums[0].value / (rate.value * counts[0].value)
    if len(months) == 1 and months[0] > 1 and paid < months[0] and paid == int(paid):
        return None  # 从7月起每人每月600元, paid for six months
    check = _row(rate, counts[0], months[0], sums[0], digits_chance(sums[0].value, len(counts) * len(sums)), holds=None)
    note_near_miss(check)
    return check if check.mend else None


def _is_claimed(rate: Term, counts: Sequence[Term], sums: Sequence[Term], months: Sequence[int]) -> bool:
    """改造3个站，每站5万元，共计15万元: one number, one rate, one sum, and the words for it."""
    own = [t for t in counts if t.sentence is rate.sentence and t.index < rate.index]
    totals = [t for t in sums if t.sentence is rate.sentence and t.index == rate.index + 1]
    if len(own) != 1 or len(totals) != 1 or months != [1] or not _expressions()["total"].search(totals[0].before):
        return False  # whom was paid for how many months of the year is seldom said
    return all(t.is_plain for t in (own[0], totals[0], rate))


def _row(rate: Term, count: Term, months: int, total: Term, chance: float, *, holds: bool | None) -> Check:
    said = f"{shown(rate.value)}×{shown(count.value)}" + (f"×{months}" if months > 1 else "")
    computed = rate.value * count.value * Decimal(months)
    verdict: Verdict = "cannot_tell" if holds is None else "holds" if holds else "fails"
    totalled = total.index == rate.index + 1 and _expressions()["total"].search(total.before) is not None
    check = Check(
        "product",
        (total, count, rate),
        said,
        computed,
        total.value,
        verdict,
        chance,
        claimed=holds is False or (holds is True and totalled),
    )

    def wanted() -> list[Interval]:
        each = total.allowed.times(1 / months)
        return [rate.allowed.by(count.allowed).times(months), each.over(rate.allowed), each.over(count.allowed)]

    check.solutions = wanted
    return check
