"""Figures: readings with what stands around them, and what they come to.

Grammar::

    figure   = [hedge] reading [mark reading] [hedge]        近40人, 200-500元, 8万元以内
             | hedge verb reading                            至少配备2名
    list     = figure {(、|和|及|或) figure}                    3、5、8万元
    mark     = - ~ 至 到

In a range and in a list the last figure lends its unit and power to the ones before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from .mentions import Bound, Numeral, Quantity
from .names import classify_numeral
from .numerals import NUMERAL, Amount, parse_amount, parse_numeral, plain
from .readings import RANGE_CHARS, Reading, Window, is_hanzi, read_number
from .words import Hedge, NumberWords, exact

_RANGE_MARK = re.compile(r"[-－–—~～〜]{1,2}|至|到")
_CHANGE_OF_FIGURES = re.compile(r"[由自]\S{0,12}\Z")
_CHANGE_OF_UNITS = re.compile(r"[由从從自](?:(?!财政|奖|补|给|发|按)\S){0,12}\Z")  # 由县财政奖励800元至2000元 is none
_CHANGE_REACH = 13
LIST_GAPS = frozenset(("、", "和", "与", "及", "以及", "或", "或者", "/", "，"))
_PLAIN_FIGURE = re.compile(r"[\d.]+\Z|[一二三四五六七八九]\Z")
_ONE_FIGURE = re.compile(r"(?:[\d.]+|[一二三四五六七八九])(?P<powers>[百千][万亿]*)\Z")
_GREAT_POWERS = re.compile(r"[万亿]+\Z")
_LIST_SPREAD = 100  # how many times greater an item of a list may be than the figure that lends it its power
_FIRM = ("at_least", "at_most", "under")  # hedges that outweigh 余 and 多


@dataclass(slots=True)
class Figure:
    """A reading with its hedges, `[start, end)` in all; `low` is the lower end if it is a range.

    `doubtful` is a Chinese numeral without a unit: a name (四大维度), unless a list gives it one (三、五、八万元).
    """

    reading: Reading
    start: int
    end: int
    before: Hedge | None = None
    after: Hedge | None = None
    low: Decimal | None = None
    doubtful: bool = False


Item: TypeAlias = Figure | Quantity | Numeral
"""What a scan finds: a figure, a quantity that needs nothing from its neighbours, a numeral that counts nothing."""


def read_figure(window: Window, reading: Reading) -> Figure:
    """A reading with what stands around it: the other end of a range, and hedges."""
    figure = Figure(reading, reading.start, reading.end)
    if window.at(reading.end) in RANGE_CHARS and (second := _range_end(window, reading)) is not None:
        figure.low = _with_power(reading, second, 1)
        second.start, figure.reading, figure.end = reading.start, second, second.end
    text, words, unit = window.text, window.words, figure.reading.unit
    char_before = text[figure.start - 1 : figure.start]
    before = words.hedge_before(text, figure.start) if char_before in words.before else None
    if before is None and reading.bare_power:
        before = words.power_hedge_before(text, figure.start)
    if before is not None and figure.start - len(before.word) >= window.floor:
        figure.before, figure.start = before, figure.start - len(before.word)
    elif char_before in words.reaching_ends:
        figure.before = words.hedge_reaching(text, figure.start, window.floor)
    if text[figure.end : figure.end + 1] in words.after:
        after = words.hedge_after(text, figure.end, unit)
        if after is not None and figure.end + len(after.word) <= window.stop:
            figure.after, figure.end = after, figure.end + len(after.word)
    figure.doubtful = unit is None and _is_doubtful(window, figure)
    return figure


def _range_end(window: Window, first: Reading) -> Reading | None:
    """The second end of a range that starts with `first`: 200-500元, 2至3名, 200元至500元, 5—10万."""
    mark = _RANGE_MARK.match(window.text, first.end, window.stop)
    begin = window.words.currency_at(window.text, mark.end()) if mark and first.unit_leads else mark and mark.end()
    numeral = NUMERAL.match(window.text, begin, window.stop) if begin else None
    if mark is None or numeral is None or first.amount.bound != "exact" or _is_change(window, first, mark[0]):
        return None
    behind_mark = Window(window.text, window.words, mark.end(), window.stop)
    if classify_numeral(behind_mark, *numeral.span()):
        return None
    second = read_number(behind_mark, numeral)
    if second is None or second.amount.bound == "range":
        return None
    if first.unit is not None and second.unit is None and first.unit_leads:
        second.unit = first.unit
    second.unit_leads = first.unit_leads
    if first.unit is not None and (
        second.unit is None or (second.unit.name, second.unit.factor) != (first.unit.name, first.unit.factor)
    ):
        return None
    return second if _with_power(first, second, 1) < second.amount.value else None


def _is_change(window: Window, first: Reading, mark: str) -> bool:
    """Whether 至 or 到 tells a change (由30人到184人) rather than a range."""
    change = _CHANGE_OF_FIGURES if first.unit is None else _CHANGE_OF_UNITS
    reach = max(0, first.start - _CHANGE_REACH)
    return mark in "至到" and change.search(window.text, reach, first.start) is not None


def _with_power(first: Reading, second: Reading, spread: int) -> Decimal:
    """The value of `first` with the power that `second` lends it: 5—10万, 两~3百, 七千到九千亿.

    It lends none to a figure more than `spread` times its own: 500到3万.
    """
    value = first.amount.value
    if "万" in first.numeral or "亿" in first.numeral:
        return value
    one_figure = _ONE_FIGURE.match(second.numeral) if _PLAIN_FIGURE.match(first.numeral) else None
    great = _GREAT_POWERS.search(second.numeral)
    for powers in (one_figure and one_figure["powers"], great and great[0]):
        lent = parse_numeral("一" + powers) if powers else None
        if lent and value * lent <= second.amount.value * spread:
            return plain(value * lent)
    return value


def _is_doubtful(window: Window, figure: Figure) -> bool:
    """Whether a numeral without a unit is a name (四大维度) rather than a number (答案是四)."""
    reading = figure.reading
    if reading.is_figure or not reading.numeral or figure.before or figure.after or figure.low is not None:
        return False
    if reading.amount.bound in ("over", "about") or (reading.numeral[-1] in "万亿" and not reading.bare_power):
        return False
    before, behind = window.before(reading.start), window.at(reading.end)
    if not is_hanzi(behind):
        return is_hanzi(before) and len(reading.numeral) == 1 and before not in "是为"
    if before == "每" and reading.bare_power:
        return False
    return not (before in ("是", "为") and behind in "那却不而也")


def share_units(text: str, found: Sequence[Item], words: NumberWords) -> None:
    """Give the bare figures of a list the unit and power that stand once behind it: 3、5、8万元; 80、50、30元."""
    lender: Reading | Quantity | None = None  # what spells the unit
    following = 0  # where the item behind starts
    for item in reversed(found):
        if isinstance(item, Figure):
            lender = _lend(text, item, lender, following, words)
            following = item.start
        elif isinstance(item, Quantity):
            lender, following = (item if item.start == item.number_start else None), item.start
        else:
            lender = None


def _lend(
    text: str, figure: Figure, lender: Reading | Quantity | None, following: int, words: NumberWords
) -> Reading | None:
    """Give a figure the unit of the lender that starts at `following`; what lends one to the figure before this."""
    reading = figure.reading
    if reading.unit is not None:
        lender = None if reading.unit_leads else reading
    elif lender is None or figure.after or not reading.numeral or text[figure.end : following] not in LIST_GAPS:
        return None
    else:
        if isinstance(lender, Quantity):
            lender = _reading_of(words, lender)
        reading.amount, reading.unit = _lent(reading, lender), lender.unit
    return None if figure.before else lender


def _reading_of(words: NumberWords, quantity: Quantity) -> Reading:
    """The reading that a plain figure was made of."""
    unit, start, end = words.units[quantity.unit_text], quantity.number_start, quantity.number_end
    numeral = quantity.text[start - quantity.start : end - quantity.start].removesuffix(unit.word).rstrip("余多")
    amount = parse_amount(numeral)
    assert amount is not None
    return Reading(start, end, numeral, amount, unit)


def _lent(reading: Reading, lender: Reading) -> Amount:
    """The amount of a bare figure with the power that the lender has."""
    value, top, bound = reading.amount.value, reading.amount.top, reading.amount.bound
    powered = _with_power(reading, lender, _LIST_SPREAD)
    return Amount(powered, None if top is None else plain(top * powered / value), bound)


def settle(text: str, figure: Figure) -> Quantity | Numeral:
    """The mention that a figure comes to."""
    reading, unit = figure.reading, figure.reading.unit
    value, top = reading.amount.value, reading.amount.top
    if unit is None:
        if figure.doubtful:
            shown, is_heading = text[reading.start : reading.end], text[reading.end : reading.end + 1] in ("：", ":")
            return Numeral(reading.start, reading.end, shown, value, "ordinal" if is_heading else "name")
        name, word, kind, low = None, "", "bare", figure.low
    else:
        name, word, kind = unit.name, unit.word, unit.kind
        value, top = exact(value, unit.factor), None if top is None else exact(top, unit.factor)
        low = None if figure.low is None else exact(figure.low, unit.factor)
    bound = reading.amount.bound
    if figure.low is not None:
        bound = "range"
    elif bound != "range":
        bound = bound_of(bound, figure.before, figure.after)
    if bound == "range":
        ends: tuple[Decimal | None, Decimal | None] = (value if low is None else low, value if top is None else top)
    else:
        ends = interval(value, top, bound)
    return Quantity(
        figure.start, figure.end, text[figure.start : figure.end], None if bound == "range" else value, *ends, bound,
        name, word, kind, reading.start, reading.end,
    )  # fmt: skip


def bound_of(bound: Bound, before: Hedge | None, after: Hedge | None) -> Bound:
    """What a firm hedge, the numeral itself (余, with its own `bound`) and other hedges come to, in that order."""
    if before is not None and (before.bound in _FIRM or bound == "exact"):
        return before.bound
    return after.bound if after is not None and bound == "exact" else bound


def interval(value: Decimal, top: Decimal | None, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    """The interval that a hedge leaves around `value`, or around `[value, top]`."""
    match bound:
        case "exact":
            return value, value
        case "over":
            return value, top
        case "at_least":
            return value, None
        case "nearly" | "under" | "at_most":
            return None, top or value
        case _:
            return None, None
