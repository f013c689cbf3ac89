"""Quantities: every number of a text with its unit and hedge, and every numeral that is no quantity, with its class.

The scan goes from numeral to numeral. Around each it reads, in this order::

    [hedge before] numeral [余|多|来|几] [unit] [range mark numeral [余|多] [unit]] [hedge after]

and decides what the numeral is: a quantity; an ordinal (第三批, 一是, （二）); a name (五社联动, “双百”, 12345热线, 1+3+N);
an age word (90后); or no number at all (一线, 进一步), which leaves no mention. Values are exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from .mentions import Quantity
from .names import Numeral, classify_numeral
from .numerals import ARABIC, DIGITS, HAN, POWERS, parse_numeral, step
from .words import NumberWords, Unit, exact, number_words

_ARAB = rf"(?:[{ARABIC}]{{1,3}}(?:[,，][{ARABIC}]{{3}})+(?![{ARABIC}])|[{ARABIC}]+)(?:[.．][{ARABIC}]+)?"
_SPACE = r"[ \u3000\n\r\t]*"
_TAIL = rf"(?:{_SPACE}[余多来餘]?{_SPACE}[{POWERS}])+(?:[零〇]?(?:[{ARABIC}]+|[{DIGITS}])(?![{ARABIC}.])[{POWERS}]*)*"
_HAN_RUN = rf"[{HAN}几幾数數](?:[{HAN}]|[几幾余多来餘](?=[{POWERS}]))*(?:[点點][{DIGITS}]+[{POWERS}]*)?"
_CORE = re.compile(
    rf"(?P<sign>(?<![{ARABIC}A-Za-z\])）%％人元个])[-−－负負])?(?P<num>{_ARAB}(?:{_TAIL})?|{_HAN_RUN})(?P<slack>[余多来餘几幾]?)"
)
_FRACTION = re.compile(rf"(?P<den>[{HAN}{ARABIC}]+)分之(?P<num>{_ARAB}(?:[{POWERS}]*)|[{HAN}]+(?:[点點][{DIGITS}]+)?)")
_SLASH = re.compile(rf"(?P<num>[{ARABIC}]{{1,2}})[/／](?P<den>[{ARABIC}]{{1,2}})(?![/／{ARABIC}])")
_RANGE = re.compile(r"[ ]?(?:[-－–—~～〜]{1,2}|至|到)[ ]?")
_APPROXIMATE = re.compile(rf"([一二两兩三四五六七八九])([二两三四五六七八九])(?=[{POWERS}]|$)")
_LIST_GAP = re.compile(r"\s*(?:、|和|与|及|以及|/|或)\s*\Z")


@dataclass(slots=True)
class _Reading:
    """A numeral with what stands right after it, before hedges are weighed."""

    start: int
    num_end: int  # end of the numeral with its slack (余)
    end: int  # end with the unit
    low: Decimal
    high: Decimal | None  # None: open by slack or exact
    slack: bool
    unit: Unit | None
    numeral: str


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, left to right; offsets are half-open code points of `text`.

    Dates and the classes of `scan_numbers` (ordinals, names) are left out.

    >>> [(q.text, q.value, q.bound, q.unit) for q in find_quantities("投入近438万元，服务200余人次")]
    [('近438万元', Decimal('4380000'), 'nearly', 'CNY'), ('200余人次', Decimal('200'), 'over', 'person_time')]
    """
    from .dates import find_dates

    dates = [(d.start, d.end) for d in find_dates(text)]
    return [m for m in scan_numbers(text, dates) if isinstance(m, Quantity)]


def scan_numbers(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Quantity | Numeral]:
    """Every numeric mention of `text` outside the spans `taken` (dates), left to right, without overlaps."""
    words = number_words()
    blocked = sorted(taken)
    found: list[Quantity | Numeral] = []
    pos, b = 0, 0
    while core := _CORE.search(text, pos):
        while b < len(blocked) and blocked[b][1] <= core.start():
            b += 1
        if b < len(blocked) and blocked[b][0] < core.end():
            if blocked[b][0] <= core.start() or core.start("num") == blocked[b][0]:
                pos = blocked[b][1]
                continue
            core = _CORE.match(text, core.start(), blocked[b][0])
            if core is None:
                pos = blocked[b][1]
                continue
        mention, pos = _mention(text, core, words)
        if mention is not None:
            found.append(mention)
    return list(_share_units(text, found))


def _mention(text: str, core: re.Match[str], words: NumberWords) -> tuple[Quantity | Numeral | None, int]:
    """What one numeral is, and where the scan goes on."""
    start = core.start()
    arabic = core["num"][0] in "0123456789０１２３４５６７８９"
    hedge = words.before.search(text, max(0, core.start("num") - 5), core.start("num"))
    if not arabic and hedge is None and not core["slack"] and (end := _word_end(text, core, words)):
        return None, end
    if fraction := _fraction(text, core, words):
        return fraction, fraction.end
    named = classify_numeral(text, core.start("num"), core.end("num"), words)
    if named is not None:
        return named, named.end
    reading = _read(text, core, words)
    if reading is None:
        return None, core.end("num")
    other = _range_end(text, reading, words)
    if other is not None:
        return _quantity_of_range(text, start, reading, other, hedge, words), other.end
    if reading.unit is None and (lone := _lone(text, core, reading, hedge)) is not None:
        return (None, reading.num_end) if lone == "skip" else (lone, lone.end)  # type: ignore[union-attr]
    quantity = _quantity(text, core, reading, hedge, words)
    return quantity, quantity.end


def _word_end(text: str, core: re.Match[str], words: NumberWords) -> int | None:
    """The end of a word such as 进一步 or 四川 that covers the first numeral of the run, if one does."""
    start = core.start("num")
    best = None
    for word in words.not_numbers.get(text[start], ()):
        at = word.find(text[start])
        while at >= 0:
            begin = start - at
            if begin >= 0 and text.startswith(word, begin):
                best = max(best or 0, begin + len(word))
            at = word.find(text[start], at + 1)
    if best is None:
        return None
    return best if best >= core.end("num") or best > start else None


def _read(text: str, core: re.Match[str], words: NumberWords) -> _Reading | None:
    """The numeral's value and unit; None when its characters are no numeral (几, 数 alone)."""
    numeral, slack = core["num"], core["slack"]
    num_end = core.end("num")
    for mark in "余多来餘":
        if mark in numeral:
            numeral, slack = numeral.replace(mark, ""), mark
    low, high = _values(numeral)
    if low is None:
        return None
    if slack and core["slack"]:
        unit = _unit_at(text, core.end("slack"), words)
        if core["slack"] in "来几幾" and (unit is None or unit[0].kind == "duration"):
            slack = ""  # 十年来, 三来: not a hedge
        elif unit is None and core["slack"] == "多" and text[core.end("slack") : core.end("slack") + 1] in "方元样种层维":
            slack = ""
        else:
            num_end = core.end("slack")
    unit_found = _unit_at(text, num_end, words)
    unit, end = unit_found or (None, num_end)
    if core["sign"] and low is not None:
        low, high = -low, None if high is None else -high
    if high is None and slack:
        plain = _bare_power(numeral)
        high = low + (Decimal(9) * low if plain and numeral[0] in "几幾数數" else step(plain or numeral))
    return _Reading(core.start("num"), num_end, end, low, high, bool(slack), unit, numeral)


def _bare_power(numeral: str) -> str:
    """`numeral` with 几 and 数 at its head left out: 数十 is over ten."""
    return numeral.strip("几幾数數")


def _values(numeral: str) -> tuple[Decimal | None, Decimal | None]:
    """The value (or both ends of 两三百, 十五六) of a numeral; (None, None) when there is none."""
    if "几" in numeral or "幾" in numeral or numeral[0] in "数數":
        plain = _bare_power(numeral.replace("几", "").replace("幾", "")).strip("零")
        value = parse_numeral(plain) if plain and not plain[0] in "数數" else None
        if value is None or value < 10:
            return None, None
        head_open = numeral[0] in "几幾数數"
        return value, value * 10 if head_open else value + step(plain)
    pair = _APPROXIMATE.search(numeral)
    if pair and len(pair[0]) == 2 and (pair.start() == 0 or numeral[pair.start() - 1] in POWERS):
        first, second = (DIGITS_PLAIN.get(c, c) for c in pair.groups())
        low = parse_numeral(numeral[: pair.start()] + first + numeral[pair.end() :])
        high = parse_numeral(numeral[: pair.start()] + second + numeral[pair.end() :])
        if low is not None and high is not None and (high - low in _NEXT(low) or first + second == "三五"):
            return low, high
    return parse_numeral(numeral), None


DIGITS_PLAIN = {"两": "二", "兩": "二"}


def _NEXT(low: Decimal) -> tuple[Decimal, ...]:
    """The differences that two neighbouring digits can make: one step of the digit."""
    return (Decimal(1).scaleb(low.normalize().adjusted()), Decimal(1))


def _unit_at(text: str, pos: int, words: NumberWords) -> tuple[Unit, int] | None:
    """The unit at `pos` or after blanks, with its end."""
    at = pos
    while at < len(text) and text[at] in " \u3000\n\r\t" and at - pos < 6:
        at += 1
    unit = words.unit_at(text, at)
    if unit is None and text[at : at + 1] in "余多餘":
        unit = words.unit_at(text, at + 1)
        return (unit, at + 1 + len(unit.word)) if unit else None
    return (unit, at + len(unit.word)) if unit else None


def _range_end(text: str, first: _Reading, words: NumberWords) -> _Reading | None:
    """The second end of a range that starts with `first`: 200-500元, 2至3名, 200元至500元, 5—10万."""
    if first.slack:
        return None
    mark = _RANGE.match(text, first.end)
    core = _CORE.match(text, mark.end()) if mark else None
    if mark is None or core is None or core["sign"]:
        return None
    second = _read(text, core, words)
    if second is None or second.high is not None and not second.slack:
        return None
    joined = mark[0].strip()
    if first.unit is not None and (second.unit is None or second.unit.name != first.unit.name):
        return None
    if first.unit is not None and joined in "到" and re.search(r"[由从自]\S{0,12}$", text[max(0, first.start - 13) : first.start]):
        return None  # 由30人到184人 is a change, not a range
    if second.unit is None and joined in "至到":
        return None
    shared = _shared_power(first.numeral, second.numeral)
    low = first.low * shared if first.low * shared <= second.low else first.low
    return replace(second, low=low, high=second.low) if low < second.low else None


def _shared_power(first: str, second: str) -> Decimal:
    """The power that the second numeral lends to the first: 5—10万, 七千到九千亿."""
    tail = ""
    for char in reversed(second):
        if char not in POWERS or POWERS_VALUE(char) < 10**4 and tail:
            break
        tail = char + tail
    if not tail or first[-1:] in POWERS and POWERS_VALUE(first[-1]) >= POWERS_VALUE(tail[-1]):
        return Decimal(1)
    if first[-1:] in POWERS and POWERS_VALUE(tail[-1]) < 10**4:
        return Decimal(1)
    head = parse_numeral(second[: -len(tail)]) if len(second) > len(tail) else None
    mine = parse_numeral(first)
    if head is None or mine is None or mine > head:
        return Decimal(1)
    return parse_numeral("一" + tail) or Decimal(1)


def POWERS_VALUE(char: str) -> int:
    """The value of one power character."""
    return int(parse_numeral("一" + char) or 1)


def _quantity_of_range(
    text: str, start: int, first: _Reading, second: _Reading, hedge: re.Match[str] | None, words: NumberWords
) -> Quantity:
    factor = second.unit.factor if second.unit else Fraction(1)
    begin = hedge.start() if hedge else start
    return Quantity(
        begin, second.end, text[begin : second.end], None, exact(first_low(first, second), factor),
        exact(second.high or second.low, factor), "range", *_unit_fields(text, second, None), start, second.end,
    )  # fmt: skip


def first_low(first: _Reading, second: _Reading) -> Decimal:
    """The lower end of a range, with the power that the second end lent."""
    return second.low if second.high is not None else first.low


def _unit_fields(text: str, reading: _Reading, given: Unit | None) -> tuple[str | None, str, str]:
    unit = reading.unit or given
    return (unit.name, unit.word, unit.kind) if unit else (None, "", "bare")


def _quantity(
    text: str, core: re.Match[str], reading: _Reading, hedge: re.Match[str] | None, words: NumberWords
) -> Quantity:
    """A single value with its hedges."""
    unit = reading.unit
    factor = unit.factor if unit else Fraction(1)
    if unit is not None and unit.word in ("折", "成") and reading.low >= 10:
        factor = Fraction(1) if unit.word == "折" else factor
    start, end = core.start(), reading.end
    if hedge is None and (power := _power_hedge(text, core, reading, words)) is not None:
        start, bound = power, "over"
    else:
        bound = words.before_bounds[hedge[0]] if hedge else "exact"
        start = hedge.start() if hedge else start
    if reading.slack:
        bound = "over"
    elif reading.high is not None:
        bound = "over" if core["num"][-1] in "几幾" or any(c in core["num"] for c in "几幾数數") else "range"
    after = words.after.match(text, end)
    if after and not (bound == "range" and after[0] == "多"):
        bound = words.after_bounds[after[0]] if bound == "exact" else bound
        end = after.end()
    low, high = exact(reading.low, factor), None if reading.high is None else exact(reading.high, factor)
    number_start = core.start()
    name, word, kind = _unit_fields(text, reading, None)
    if bound == "range":
        return Quantity(start, end, text[start:end], None, low, high, bound, name, word, kind, number_start, end)
    low_, high_ = _interval(low, high, bound)
    return Quantity(start, end, text[start:end], low, low_, high_, bound, name, word, kind, number_start, end)


def _interval(value: Decimal, top: Decimal | None, bound: str) -> tuple[Decimal | None, Decimal | None]:
    """The interval that a hedge leaves around `value`."""
    match bound:
        case "exact":
            return value, value
        case "over":
            return value, top
        case "at_least":
            return value, None
        case "nearly" | "under" | "at_most":
            return None, value
    return None, None


def _power_hedge(text: str, core: re.Match[str], reading: _Reading, words: NumberWords) -> int | None:
    """Where 上 or 过 before 百, 千, 万 begins (上千, 过百)."""
    if core["num"][0] not in POWERS:
        return None
    found = words.before_power.search(text, max(0, core.start() - 2), core.start())
    return found.start() if found else None


def _lone(text: str, core: re.Match[str], reading: _Reading, hedge: re.Match[str] | None) -> Numeral | str | None:
    """What a numeral without a unit is: "skip", a name, or None for a bare quantity (5.2万, 1699)."""
    numeral = core["num"]
    if numeral[0] in "0123456789０１２３４５６７８９" or hedge or reading.slack:
        return None
    start, end = core.start("num"), core.end("num")
    before, after = text[start - 1 : start], text[end : end + 1]
    enclosed = not _is_han(before) and not _is_han(after)
    if enclosed:
        return None
    if len(numeral) > 1 and (numeral[-1] not in "千百" or len(numeral) > 2) and not _is_han(after):
        return None
    if len(numeral) == 1 and (not _is_han(after) or numeral in POWERS + "半两兩"):
        return "skip"
    return Numeral(start, end, text[start:end], reading.low, "name")


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _fraction(text: str, core: re.Match[str], words: NumberWords) -> Quantity | None:
    """A fraction as percent: 三分之一, 百分之24, 万分之三, 1/3."""
    start = core.start("num")
    found = _FRACTION.match(text, start)
    if found is None:
        found = _SLASH.match(text, start)
        if found is None or not 0 < int(found["num"]) < int(found["den"]):
            return None
    numerator, denominator = parse_numeral(found["num"]), parse_numeral(found["den"])
    if not numerator or not denominator:
        return None
    value = numerator * 100 / denominator
    hedge = words.before.search(text, max(0, start - 5), start)
    bound = words.before_bounds[hedge[0]] if hedge else "exact"
    begin, end = hedge.start() if hedge else start, found.end()
    after = words.after.match(text, end)
    if after:
        end, bound = after.end(), words.after_bounds[after[0]] if bound == "exact" else bound
    low, high = _interval(value, None, bound)
    return Quantity(begin, end, text[begin:end], value, low, high, bound, "percent", "分之", "ratio", start, end)


def _share_units(text: str, found: list[Quantity | Numeral]) -> Iterator[Quantity | Numeral]:
    """Bare numbers of a list take the unit that stands once behind it: 3、5、8万元; 80、50、30元."""
    result: list[Quantity | Numeral] = []
    for mention in reversed(found):
        after = result[-1] if result else None
        if (
            isinstance(mention, Quantity)
            and isinstance(after, Quantity)
            and mention.unit is None
            and after.unit is not None
            and _LIST_GAP.match(text[mention.end : after.start])
        ):
            mention = _with_unit(mention, after)
        result.append(mention)
    return reversed(result)


def _with_unit(bare: Quantity, model: Quantity) -> Quantity:
    unit_text = model.text.rstrip("以上下内左右")
    factor = Decimal(1)
    power = re.search(rf"([{POWERS}]+){re.escape(model.unit_text)}", unit_text)
    if power and bare.text[-1] not in POWERS and re.search(rf"[{ARABIC}][{POWERS}]", model.text):
        factor = parse_numeral("一" + power[1]) or factor
    if model.value is not None and model.unit == "percent":
        factor = model.value / (parse_numeral(re.sub(rf"[^{ARABIC}.]", "", model.text)) or model.value)

    def scaled(value: Decimal | None) -> Decimal | None:
        return None if value is None else value * factor

    return replace(
        bare, value=scaled(bare.value), low=scaled(bare.low), high=scaled(bare.high),
        unit=model.unit, unit_text=model.unit_text, kind=model.kind,
    )  # fmt: skip
