"""The part and the whole of a ratio, where words name them beyond doubt: 率 by what it is of, 占 by its object."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..rules.encoding import ANY_QUANTITY, MENTION_SLOTS, block
from .terms import Sentence, Term, any_of, whole_of, words


@dataclass(frozen=True, slots=True)
class Rate:
    """A sort of rate: its own words, those of what is counted and of all that could have been.

    `beside` is whether all must stand right before what is counted, and that before the rate: 86个乡镇中79个建成. `sat`
    are the words by which all are known in the sentence before: 参加考试18140人。3926人合格，合格率21.6%.
    """

    of: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]
    beside: bool
    sat: re.Pattern[str] | None


@cache
def _rates() -> tuple[Rate, ...]:
    """The rates that have names of their own, or are named by what is counted: 拿证率."""
    kinds = words()["rates"].values()
    named = [[*kind["of"], *(f"{part}率" for part in kind["part"])] for kind in kinds]
    return tuple(
        Rate(
            re.compile(any_of(names)), re.compile(any_of(kind["part"])), re.compile(any_of(kind["whole"])),
            kind.get("beside", False), re.compile(any_of(kind["sat"])) if "sat" in kind else None,
        )
        for names, kind in zip(named, kinds, strict=True)
    )  # fmt: skip


@cache
def _rate_names() -> re.Pattern[str]:
    """The names of all rates: what is no share is asked for one after the other only where there is one."""
    return re.compile("|".join(rate.of.pattern for rate in _rates()))


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    known = words()
    of_all = f"[^，。；{ANY_QUANTITY}]{{0,3}}(?:{any_of(known['whole_words'])})"
    return {
        "share": re.compile(rf"(?<!的)占(?!应|拟|计划|规划|目标)(?:{of_all})?(?:比|的)?[约近超达为]*$"),
        "narrow": re.compile(f"[初中高]级|助理|(?<!全)[市区县旗州镇乡][^，。；]*率|[{block(MENTION_SLOTS['place'])}]"),
        "of_whole": re.compile("占(?!地|用|到了)[^，。；]{0,14}$"),
        "that_is": re.compile("^[，（、](?:共|有|为|即|计|共有|共计)$"),
        "apart": re.compile("[^，。；、]{0,6}[，、（]"),
        "object": re.compile("^[，、（]占([^，。；]{2,8})的$"),
        "revised": re.compile(any_of(known["revised"])),
    }


def name_terms(sentence: Sentence, near: Sequence[Term], stated: Term, said: str) -> tuple[Term, Term] | None:
    """The part and the whole that the words name beyond doubt."""
    if (named_of := _of_named(sentence, stated)) is not None:
        return named_of
    own = [t for t in near if t.sentence is sentence and t.index < stated.index]
    for rate in _rates() if _rate_names().search(said) else ():
        named = rate.of.search(said)
        if named is None:
            continue
        if _expressions()["narrow"].search(said):
            return None
        parts = [t for t in own if rate.part.search(t.label) and not rate.whole.search(rate.part.sub("", t.label))]
        if not parts or _heads_a_list(sentence, parts[-1]) or not _is_of_these(said[: named.start()], parts[-1]):
            return None
        wholes = [t for t in own if t is not parts[-1] and t.adds_to(parts[-1]) and rate.whole.search(t.label)]
        if rate.beside:
            wholes = [t for t in wholes if t.index == parts[-1].index - 1 == stated.index - 2]
        if not wholes and rate.sat is not None:
            before = [t for t in near if t.sentence is not sentence and t.adds_to(parts[-1])]
            sat = [t for t in before if rate.sat.search(t.label)]
            return (parts[-1], sat[0]) if len(sat) == 1 and len(parts) == 1 else None
        if not wholes or _expressions()["revised"].search(sentence.code, wholes[-1].at, stated.at):
            return None  # 年初预算210万元，年中追加35万元
        return parts[-1], wholes[-1]
    if not own or own[-1].index != stated.index - 1 or _ends_a_list(sentence, own[-1]):
        return None
    if (of_object := _of_object(own, stated)) is not None:
        return of_object
    if (len(own) < 2 and own[-1].part_of is None) or not _expressions()["share"].search(said):
        return None
    part, whole = own[-1], own[-1].part_of or own[-2]
    beside = whole.index == part.index - 1 and stated.before.lstrip("，、（").startswith("占")
    apart = "；" in sentence.code[whole.at : part.at]  # 2018年只有4个；今年308个，占四分之三
    subject = stated.before.lstrip("，、（").partition("占")[0]
    if not subject and part.part_of is None and whole_of(own[1:-1]) is own[0] and part.adds_to(own[0]):
        return part, own[0]  # 从业人员6238人，其中社区工作者4105人；持有证书的2011人，占32.2%
    certain = (part.part_of is not None and subject in part.label) or (beside and not apart)
    return (part, whole) if certain and part.adds_to(whole) else None


def _of_named(sentence: Sentence, stated: Term) -> tuple[Term, Term] | None:
    """500万元，占总投入1250万元的40%; 占全县社区工作者412人的36.9%，共152人."""
    whole = sentence.terms[stated.index - 1] if stated.index else None
    if whole is None or not is_count(whole) or not stated.before.endswith("的") or len(stated.before) > 8:
        return None
    of = whole.before.rfind("占")
    if of < 0 or not _expressions()["of_whole"].match(whole.before, of):
        return None
    behind = sentence.terms[stated.index + 1] if stated.index + 1 < len(sentence.terms) else None
    before = sentence.terms[whole.index - 1] if whole.index else None
    if behind is not None and behind.adds_to(whole) and _expressions()["that_is"].match(behind.before):
        return behind, whole
    apart = _expressions()["apart"].fullmatch(whole.before[:of])
    if before is not None and before.adds_to(whole) and apart and not _ends_a_list(sentence, before):
        return before, whole
    return None


def _ends_a_list(sentence: Sentence, term: Term) -> bool:
    """Whether a figure is the last item of a list: of A人、B人，占… both may be meant."""
    before = sentence.terms[term.index - 1] if term.index else None
    return before is not None and before.adds_to(term) and term.before[:1] in ("、", "和", "及", "与")


def _of_object(own: Sequence[Term], stated: Term) -> tuple[Term, Term] | None:
    """总经费260万元，已拨付182万元，占总经费的70%: the whole is what the object of 占 names."""
    named = _expressions()["object"].match(stated.before)
    if named is None or len(own) < 2 or own[-1].index != stated.index - 1:
        return None
    wholes = [t for t in own[:-1] if named[1] in t.label and t.adds_to(own[-1])]
    return (own[-1], wholes[0]) if len(wholes) == 1 else None


def _is_of_these(subject: str, part: Term) -> bool:
    """Whether the words before the name of a rate (考试通过率) say of nothing else that it is theirs (男生到考率)."""
    known = words()["rated"]
    return not subject or subject in known["any"] or (part.family == "CNY" and subject in known["money"])


def _heads_a_list(sentence: Sentence, term: Term) -> bool:
    """Whether another item follows a figure: 通过初级80人、中级12人."""
    return term.index + 1 < len(sentence.terms) and sentence.terms[term.index + 1].before[:1] in (
        "、",
        "和",
        "及",
        "与",
    )


def is_count(term: Term) -> bool:
    """Whether the figure counts something, and is no threshold (不到3000元的)."""
    if term.family in ("percent", "times", "duration", "first", "session") or not term.is_total:
        return False
    return term.value >= 1 and term.quantity.bound not in ("under", "at_least", "at_most", "range")
