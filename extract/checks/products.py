"""Products: a rate for each, how many, and for how long, against the sum that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from ..arithmetic import Interval, digits_chance, last_digit, written_step
from .near import note_near_miss
from .rows import Check, Verdict, shown
from .sums import LOOK_BACK
from .terms import Sentence, Term, any_of, words

NEAREST = 4  # numbers of people or places that are tried
_MOST_MONTHS = 36
ROUNDED = 0.02  # of an average of round figures: 人均3000元 is said of 2975, too


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known = words()
    return {
        "person": re.compile(any_of(known["each"]["person"])),
        "site": re.compile(any_of(known["each"]["site"])),
        "monthly": re.compile(any_of(known["monthly"])),
        "total": re.compile(rf"(?:{any_of(known['totals'])})[^，。；]{{0,6}}$"),
        "scope": re.compile(any_of(known["scopes"])),
        "average": re.compile(rf"^[，、；（](?:{any_of(known['average'])})[约近达为]?$"),
    }


def find_products(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """A rate for each person or place, times their number (and the months), where it makes a sum in the text."""
    if len(sentence.terms) < 2:
        return
    known = _expressions()
    for rate in sentence.terms:
        if rate.family not in ("CNY", "person", "bare"):
            continue
        said = sentence.code[max(0, rate.at - 14) : rate.at].rpartition("，")[2]
        each = "person" if known["person"].search(said) else "thing" if known["site"].search(said) else None
        if each is None:
            continue
        before = [s for s in earlier[-LOOK_BACK:] if s.paragraph == sentence.paragraph]
        near = [term for s in (*before, sentence) for term in s.terms]
        here = len(near) - len(sentence.terms) + rate.index
        average = _average(sentence, rate, each)
        if average is not None and average.verdict == "holds":
            yield average
            continue
        away = [(abs(n - here), t) for n, t in enumerate(near) if t.family == each and t is not rate and t.value > 1]
        if not away:
            continue
        counts = [t for _, t in sorted(away, key=_distance)[:NEAREST]]
        own = [(abs(n - here), t) for n, t in enumerate(near) if t is not rate and t.adds_to(rate)]
        sums = [t for _, t in sorted(own, key=_distance) if t.value > rate.value][:NEAREST]
        check = _check(sentence, rate, counts, sums, _months(sentence, said))
        if average is not None and (check is None or check.verdict != "holds"):
            check = average
        if check is not None:
            yield check


def _average(sentence: Sentence, rate: Term, each: str) -> Check | None:
    """An average right behind the sum and the number that it is of: 投入304万元，涉及站点152个，平均每站2万元."""
    if rate.index < 2 or not _expressions()["average"].match(rate.before):
        return None
    first, second = pair = sentence.terms[rate.index - 2 : rate.index]
    count, total = (first, second) if second.adds_to(rate) else (second, first)
    alone = sum(t.family == each for t in sentence.terms) == 1 or each == rate.family
    alone = alone and sum(t.adds_to(rate) for t in sentence.terms[: rate.index]) == 1
    if not alone or count.family != each or not total.adds_to(rate) or "；" in sentence.code[first.at : rate.at]:
        return None
    if _expressions()["scope"].search(total.before) and not _expressions()["scope"].search(count.before):
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


def _distance(away: tuple[int, Term]) -> int:
    return away[0]


def _months(sentence: Sentence, said: str) -> list[int]:
    """How often a rate may have been paid: once, or in each of the months that the sentence names, or of a year."""
    if not _expressions()["monthly"].search(said):
        return [1]
    named = [int(t.value) for t in sentence.terms if t.family == "duration" and t.quantity.unit == "month"]
    return [*(m for m in named if 1 <= m <= _MOST_MONTHS), 12]


def _check(
    sentence: Sentence, rate: Term, counts: Sequence[Term], sums: Sequence[Term], months: Sequence[int]
) -> Check | None:
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
                    check.certain = _is_claimed(sentence, rate, counts, sums, months)
                    return check
    return _failed(sentence, rate, counts, sums, months)


def _failed(
    sentence: Sentence, rate: Term, counts: Sequence[Term], sums: Sequence[Term], months: Sequence[int]
) -> Check | None:
    """What does not meet: where the words claim it, or where the nearest number and sum miss by a digit."""
    if not counts or not sums:
        return None
    if _is_claimed(sentence, rate, counts, sums, months):
        own = [t for t in counts if t.sentence is sentence and t.index < rate.index]
        return _row(rate, own[0], 1, sentence.terms[rate.index + 1], digits_chance(sums[-1].value, 1), holds=False)
    check = _row(
        rate, counts[0], months[0], sums[-1], digits_chance(sums[-1].value, len(counts) * len(sums)), holds=None
    )
    note_near_miss(check)
    return check if check.mend else None


def _is_claimed(
    sentence: Sentence, rate: Term, counts: Sequence[Term], sums: Sequence[Term], months: Sequence[int]
) -> bool:
    """改造3个站，每站5万元，共计15万元: one number, one rate, one sum, and the words for it."""
    own = [t for t in counts if t.sentence is sentence and t.index < rate.index]
    totals = [t for t in sums if t.sentence is sentence and t.index == rate.index + 1]
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
