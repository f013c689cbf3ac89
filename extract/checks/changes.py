"""Changes: from A to B against a stated increase, and the growth that stands with its terms in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..arithmetic import Interval, sum_chance, written_step
from ..rules.encoding import ANY_QUANTITY, MENTION_SLOTS, block
from ..rules.facets import facet_words
from .growth import against_base, against_gain, is_growth, says_growth
from .rows import Check, Verdict, shown
from .sums import LOOK_BACK
from .terms import NO_COUNTS, Sentence, Term, any_of, words

RESULTS = 4  # figures that are tried as what has grown
_REACH = 16  # characters between a change and the growth stated behind it


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known, gap = words(), rf"[^，。；{ANY_QUANTITY}]"
    ways = f"(?:(?P<rise>{any_of(known['rise'])})|(?P<fall>{any_of(known['fall'])}))"
    date = f"[{block(MENTION_SLOTS['date'])}]"
    compared = f"{any_of(known['compared'])}|{date}"  # 同比 and 较上年 are dates to the matchers
    return {
        "to": re.compile(rf"^(?P<lead>{gap}{{0,10}}?)(?:{ways}|变){gap}{{0,3}}(?:到|至|为|成){gap}{{0,8}}$"),
        "moves": re.compile(rf"(?:{any_of([*known['rise'], *known['fall'], '变'])}){gap}{{0,3}}[到至为成]"),
        "compared": re.compile(compared),
        "words": re.compile(any_of(known["compared"])),
        "date": re.compile(date),
        "from": re.compile("[由从自][^，。；]{0,14}$"),
        "gain": re.compile(rf"(?:{compared})[^，。；]{{0,10}}{ways}(?:[加长了出]|少)?[了出]?$"),
        "subject": re.compile(rf"(?:^|[，。；])([^，。；{ANY_QUANTITY}]{{2,12}})(?:{compared})[^，。；]*$"),
        "narrow": re.compile(rf"{any_of(known['scopes'])}|[{block(MENTION_SLOTS['place'])}]"),
        "grand": re.compile(any_of(known["grand"])),
        "step": re.compile(rf"^(?:的?相比)?[，、（]?(?:实现|净|{date})?{ways}[加长高升低少幅]?[了达约近为超过]*$"),
        "multiple": re.compile(rf"^[，、（](?:就?是|相当于|达到?|为){gap}{{0,10}}的$"),
        "times": re.compile(rf"^[，、（](?:就?是|相当于){gap}{{0,8}}$"),
        "reaches": re.compile("(?:达到?|增至|升至|为|有)?"),
        "anaphoric": re.compile("这[一个]?(?:数字|数据|数量|人数)"),
        "reached": re.compile(
            rf"^[，、]总?[数量额]?(?:达到?|增至|增加到|升至|降至|减至|减少到|累计达到?){gap}{{0,4}}$"
        ),
        "led": re.compile(rf"(?:^|.*[，（])(?:{compared})[^，。；]*$"),
        "base": re.compile(rf"(?:{any_of(known['compared'])}){date}?同?{gap}{{0,8}}$"),
        "behind_base": re.compile(rf"^(?:相比|{gap}{{0,6}}?{ways})"),
    }


def find_changes(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Check]:
    """The changes that a sentence states together with the figures that they are made of."""
    known = _expressions()
    paired: set[int] = set()
    moves = known["moves"].search(sentence.code) is not None
    for first, second in zip(sentence.terms, sentence.terms[1:], strict=False) if moves else ():
        way = known["to"].match(second.before)
        if way is None or first.family in ("duration", "first") or not first.adds_to(second) or len(first.before) == 1:
            continue  # 由11家、9家增加到28家、25家 pairs its figures in order, not as neighbours
        led = known["from"].search(first.before) is not None
        if led or not way["lead"]:
            paired.update((first.index, second.index))
            yield from _from_to(sentence, first, second, rising=_is_rising(way, first, second), led=led)
    if not known["compared"].search(sentence.code):
        return
    for term in sentence.terms:
        if term.family == "times" and term.index > 1 and known["multiple"].match(term.before):
            base, result = sentence.terms[term.index - 2 : term.index]
            if result.index not in paired and base.adds_to(result) and _are_of_one_subject(base, result):
                yield against_base(result, base, term, certain=True, multiple=True)
        if term.family == "times" and term.index > 1 and term.before == "的":  # 3912人，是2020年末1304人的3倍
            result, base = sentence.terms[term.index - 2 : term.index]
            if known["times"].match(base.before) and base.adds_to(result):
                yield against_base(result, base, term, certain=True, multiple=True)
        if term.index not in paired and term.before:
            yield from _gains(sentence, earlier, term)
            yield from _compared(sentence, term)


def _is_rising(way: re.Match[str], first: Term, second: Term) -> bool:
    """Whether a change is told to go up; 由48家变成53家 goes as its figures do."""
    return way["rise"] is not None or (way["fall"] is None and second.value >= first.value)


def _from_to(sentence: Sentence, first: Term, second: Term, *, rising: bool, led: bool) -> Iterator[Check]:
    """由A增加到B: the increase or growth stated behind it, else only the way that it went."""
    steps = list(_steps(sentence, first, second, second, rising=rising))
    if steps:
        yield from steps
        return
    low, high = (first, second) if rising else (second, first)
    right = low.allowed.low <= high.allowed.high
    led = led and first.family != "thing"  # 由3个村扩大到1个镇
    if right or (led and first.is_plain and second.is_plain):
        difference = f"{shown(second.value)}-{shown(first.value)}"
        verdict: Verdict = "holds" if right else "fails"
        yield Check("change", (second, first), difference, second.value - first.value, None, verdict, 0.5, certain=led)


def _steps(sentence: Sentence, first: Term, second: Term, last: Term, *, rising: bool) -> Iterator[Check]:
    """What is stated right behind a change whose `last` figure this is: the increase, the growth, or how many times."""
    known = _expressions()
    behind = [t for t in sentence.terms[last.index + 1 : last.index + 4] if t.family != "duration"]  # 四年净增761人
    for said in behind[:2]:
        if len(said.before) > _REACH:
            return
        if said.family == "times" and known["multiple"].match(said.before):
            yield against_base(second, first, said, certain=True, multiple=True)
        elif not known["step"].match(said.before):
            return
        elif is_growth(said):
            yield against_base(second, first, said, certain=True)
        elif said.family == first.family:
            yield _step(first, second, said, rising=rising, certain=True)
        else:
            return


def _step(first: Term, second: Term, said: Term, *, rising: bool, certain: bool) -> Check:
    """由46%提高到58%，提高12个百分点: the difference against the one stated."""
    low, high = (first, second) if rising else (second, first)
    computed = high.value - low.value
    plain = all(term.is_plain for term in (first, second, said))
    off, most = float(abs(computed - said.value)), _rounding(first, second, said)
    verdict: Verdict = "holds" if off <= most else "fails" if plain and certain else "cannot_tell"
    chance = sum_chance(max(high.value, said.value), [low.value, said.value], 2 * most if off else 0.0, 1)
    text = f"{shown(high.value)}-{shown(low.value)}"
    check = Check("change", (second, first, said), text, computed, said.value, verdict, chance, certain=certain)

    def wanted() -> list[Interval]:
        above, below = low.allowed.plus(said.allowed), high.allowed.minus(said.allowed)
        ends = (above, below) if rising else (below, above)
        return [*ends, high.allowed.minus(low.allowed)]

    check.solutions = wanted
    return check


def _rounding(*terms: Term) -> float:
    """By how much a difference may miss what is stated, because each figure was rounded by itself."""
    steps = [
        written_step(t.quantity) for t in terms if t.allowed.width and not (t.family == "percent" and t.value == 100)
    ]
    return max(steps, default=0.0) * 1.01


def _gains(sentence: Sentence, earlier: Sequence[Sentence], gain: Term) -> Iterator[Check]:
    """B，较上年增加C，增长p: the growth is C of what B was before."""
    if gain.family in NO_COUNTS:
        return
    yield from _then_and_now(sentence, gain)
    if gain.index + 1 >= len(sentence.terms):
        return
    said = sentence.terms[gain.index + 1]
    if not is_growth(said) or len(said.before) > 12 or not says_growth(said.before):
        return
    way = _expressions()["gain"].search(gain.before)
    if way is None or not _is_compared(sentence, gain):
        yield from _year_by_year(sentence, gain, said)
        return
    fell = way["fall"] is not None
    own = [t for t in sentence.terms[: gain.index] if t.adds_to(gain) and t.part_of is None][::-1]
    behind = sentence.terms[said.index + 1] if not own and said.index + 1 < len(sentence.terms) else None
    if behind is not None and behind.adds_to(gain) and _expressions()["reached"].match(behind.before):
        yield against_gain(behind, gain, said, 1, certain=True, fell=fell)
        return
    others = [t for s in reversed(earlier[-LOOK_BACK:]) for t in s.terms if t.adds_to(gain) and t.part_of is None]
    led = _expressions()["led"].match(gain.before) is not None  # with a subject of its own it speaks of something else
    led = led and _expressions()["step"].match(said.before) is not None
    sure = own[0] if led and own and own[0].index == gain.index - 1 else _of_the_subject(gain, said, own, earlier)
    failed: list[Check] = []
    likely = [t for t in (*own, *others) if t is sure or fell or t.value > gain.value]
    for tried, result in enumerate(likely[:RESULTS], 1):
        check = against_gain(result, gain, said, tried, certain=result is sure, fell=fell)
        if check.verdict == "holds" and (check.certain or check.is_trusted):
            yield check
            return
        failed += [check] if check.verdict == "fails" else []
    yield from failed


def _is_compared(sentence: Sentence, gain: Term) -> bool:
    """Whether the words before a gain set it against another time: 较上年, and not 今年."""
    if _expressions()["words"].search(gain.before):
        return True
    first = gain.at - len(gain.before)
    segment = sentence.segment
    dates = zip(segment.dates, segment.date_at, strict=False)
    return any(date.relation == "compared" for date, at in dates if first <= at < gain.at)


def _year_by_year(sentence: Sentence, result: Term, said: Term) -> Iterator[Check]:
    """去年新增843人，今年新增1012人，增长20%."""
    base = sentence.terms[result.index - 1] if result.index else None
    if base is None or not base.adds_to(result) or not _expressions()["step"].match(said.before):
        return
    if _are_of_one_subject(base, result):
        yield against_base(result, base, said, certain=True)


def _are_of_one_subject(base: Term, result: Term) -> bool:
    """Whether two figures are of one thing at two times: 去年新增843人，今年新增1012人; 2022年240人，2023年达286人."""
    known = _expressions()
    if not all(known["date"].search(term.before) for term in (base, result)):
        return False
    before, now = (known["date"].sub("", term.before).strip("，、；") for term in (base, result))
    return (
        known["reaches"].fullmatch(now) is not None
        or known["anaphoric"].search(now) is not None
        or before.endswith(now)
    )


def _then_and_now(sentence: Sentence, gain: Term) -> Iterator[Check]:
    """2014年只有240名；到2024年，这一数字变成了1128名，增加888名; 2022年240人，2023年286人，增加46人."""
    known = _expressions()
    if gain.index < 2 or not known["step"].match(gain.before):
        return
    base, result = sentence.terms[gain.index - 2 : gain.index]
    if base.adds_to(result) and _are_of_one_subject(base, result):
        yield from _steps(sentence, base, result, result, rising=result.value >= base.value)


def _of_the_subject(gain: Term, said: Term, own: Sequence[Term], earlier: Sequence[Sentence]) -> Term | None:
    """The one figure that has the subject of a gain: 2108人合格。…通过人数比去年增加731人，增幅达53.1%."""
    known = _expressions()
    subject = known["subject"].search(gain.before)
    if subject is None or known["step"].match(said.before) is None or known["narrow"].search(subject[1]):
        return None
    if facet_words("grade").first(subject[1]):
        return None
    if known["grand"].search(subject[1]):
        before = [t for t in earlier[-1].terms if t.adds_to(gain)] if earlier and not own else []
        wholes = {id(t.part_of): t.part_of for t in before if t.part_of is not None}
        rest = [t for t in before if t.part_of is None]
        return rest[0] if len(rest) == 1 and id(rest[0]) in wholes else None
    for mine, others in _subjects():
        if mine.search(subject[1]) and not others.search(subject[1]):
            near = (*own, *(t for s in earlier[-LOOK_BACK:] for t in s.terms if t.adds_to(gain)))
            alike = [t for t in near if mine.search(t.label) and not others.search(t.label)]
            alike = [t for t in alike if t.part_of is None and not facet_words("grade").first(t.label)]
            return alike[0] if len(alike) == 1 else None
    return None


@cache
def _subjects() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Words of those who passed against those who sat an examination, and the other way round."""
    passed = words()["rates"]["pass"]
    sides = [re.compile(any_of(passed[side])) for side in ("part", "whole")]
    return [(sides[0], sides[1]), (sides[1], sides[0])]


def _compared(sentence: Sentence, base: Term) -> Iterator[Check]:
    """B，与去年的A相比，增长p; B，比去年的A提高C个百分点."""
    if base.index == 0 or base.index + 1 >= len(sentence.terms):
        return
    known, said = _expressions(), sentence.terms[base.index + 1]
    if len(said.before) > 12 or not (known["base"].search(base.before) and known["behind_base"].match(said.before)):
        return
    if known["gain"].search(base.before):  # 比年初预算增加120万元、增长25%: what was gained is no base
        return
    result = next((t for t in sentence.terms[base.index - 1 :: -1] if t.part_of is None and t.adds_to(base)), None)
    if result is None:
        return
    led = known["led"].match(base.before) is not None and known["step"].match(said.before) is not None
    if is_growth(said) and base.family != "percent":
        yield against_base(result, base, said, certain=led and result.index == base.index - 1)
    elif said.family == base.family:
        yield _step(base, result, said, rising=result.value >= base.value, certain=led)
        then = sentence.terms[said.index + 1] if said.index + 1 < len(sentence.terms) else None
        if then is not None and is_growth(then) and known["step"].match(then.before) and base.family != "percent":
            yield against_base(result, base, then, certain=led and result.index == base.index - 1)
