"""Quantities: every number of a text with its unit and hedge, and every numeral that is no quantity, with its class.

The scan goes from numeral to numeral. Around each it reads::

    [hedge] reading [range mark reading] [hedge]

where a reading is a numeral with its unit (`readings`), and decides what it is: a quantity; a numeral that counts
nothing (`names`), or one inside a word (进一步), which leaves no mention. Values are exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias
from unicodedata import numeric

from .blanks import Squeezed, squeeze
from .mentions import Quantity
from .names import Numeral, Quoted, classify_numeral, find_code, find_quoted, quoted_name
from .numerals import ARABIC, HAN, LONE_FORMAL, NUMERAL, POWERS, Amount, parse_numeral, plain
from .readings import Reading, is_hanzi, read_half, read_number
from .words import Hedge, NumberWords, exact, number_words

Mention: TypeAlias = "Quantity | Numeral"

_CIRCLED = "①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿"
_START = re.compile(rf"[{ARABIC}{HAN}半几幾数數{_CIRCLED}]")
_POINT_BEFORE = re.compile(r"(?<![\w.．])[.．]\Z")
_RANGE_MARK = re.compile(r"[-－–—~～〜]{1,2}|至|到")
_RANGE_CHARS = frozenset("-－–—~～〜至到")
_LIST_GAPS = ("、", "和", "与", "及", "以及", "或", "或者", "/", "，")
_CHANGE = re.compile(r"[由自]\S{0,12}\Z")
_CHANGE_OF_UNITS = re.compile(r"[由从自]\S{0,12}\Z")
_ONE_BY_ONE = re.compile(rf"一(?P<thing>[^{HAN}\W])(?P=thing)")  # 一个个
_ONE_EACH = re.compile(rf"一[^{HAN}\W]一[^{HAN}名个位家人\W]")  # 一人一档
_FIRM = ("at_least", "at_most", "under")  # hedges that outweigh 余 and 多
_PLAIN_FIGURE = re.compile(r"[\d.]+\Z|[一二三四五六七八九]\Z")
_ONE_FIGURE = re.compile(r"(?:[\d.]+|[一二三四五六七八九])(?P<powers>[百千][万亿]*)\Z")
_GREAT = re.compile(r"[万亿]+\Z")
_LIST_SPREAD = 100  # how much greater an item of a list may be than the figure that lends it its power


@dataclass(slots=True)
class _Found:
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


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, left to right; offsets are half-open code points of `text`.

    Blanks and line breaks inside a number do not matter. Dates and the classes of `scan_numbers` (ordinals, names) are
    left out.

    >>> [(q.text, q.value, q.bound, q.unit) for q in find_quantities("投入近438万元，服务200余人次")]
    [('近438万元', Decimal('4380000'), 'nearly', 'CNY'), ('200余人次', Decimal('200'), 'over', 'person_time')]
    """
    from .dates import find_dates

    squeezed = squeeze(text, lines=True)
    clean = squeezed.text if squeezed else text
    mentions = _scan(clean, sorted((date.start, date.end) for date in find_dates(clean)))
    found = [mention for mention in mentions if isinstance(mention, Quantity)]
    return [_quantity_in(quantity, text, squeezed) for quantity in found] if squeezed else found


def scan_numbers(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Mention]:
    """Every numeric mention of `text` outside the half-open spans `taken` (dates, places), in order, without overlaps.

    Spaces inside a number do not matter; a line break ends it.
    """
    squeezed = squeeze(text, lines=False)
    if squeezed is None:
        return _scan(text, sorted(taken))
    spans = sorted((squeezed.position(start), squeezed.position(end)) for start, end in taken)
    return [
        _quantity_in(mention, text, squeezed) if isinstance(mention, Quantity) else _numeral_in(mention, text, squeezed)
        for mention in _scan(squeezed.text, spans)
    ]


def _quantity_in(mention: Quantity, text: str, squeezed: Squeezed) -> Quantity:
    """`mention` with the offsets of the text as it was."""
    start, end = squeezed.raw_span(mention.start, mention.end)
    number_start, number_end = squeezed.raw_span(mention.number_start, mention.number_end)
    return replace(
        mention, start=start, end=end, text=text[start:end], number_start=number_start, number_end=number_end
    )


def _numeral_in(mention: Numeral, text: str, squeezed: Squeezed) -> Numeral:
    start, end = squeezed.raw_span(mention.start, mention.end)
    return replace(mention, start=start, end=end, text=text[start:end])


# --- the scan ---------------------------------------------------------------------------------------------------------


def _scan(text: str, blocked: Sequence[tuple[int, int]]) -> list[Mention]:
    """The mentions of a text without blanks; `blocked` spans are in order."""
    words, quotes = number_words(), iter(find_quoted(text))
    quoted = next(quotes, None)
    spans = iter((*blocked, (len(text), len(text) + 1)))
    span = next(spans)
    found: list[_Found | Numeral] = []
    pos = floor = 0
    while candidate := _START.search(text, pos):
        pos = candidate.start()
        while span[1] <= pos:
            floor, span = max(floor, span[1]), next(spans)
        if span[0] <= pos:
            pos = floor = span[1]
            continue
        while quoted is not None and quoted.end <= pos:
            quoted = next(quotes, None)
        inside = quoted if quoted is not None and quoted.start <= pos else None
        item, pos = _read(text, pos, span[0], floor, inside, words)
        if item is not None:
            found.append(item)
            floor = item.end
    _share_units(text, found)
    return [item if isinstance(item, Numeral) else _settle(text, item) for item in found]


def _read(
    text: str, pos: int, stop: int, floor: int, quoted: Quoted | None, words: NumberWords
) -> tuple[_Found | Numeral | None, int]:
    """What stands at a numeral character, and where the scan goes on."""
    char = text[pos]
    is_figure = char.isdecimal()
    if is_figure:
        if pos > floor and _POINT_BEFORE.search(text, max(0, pos - 2), pos):
            pos -= 1
    elif char in "几幾数數":
        if text[pos + 1 : pos + 2] not in POWERS:
            return None, pos + 1
    elif char not in HAN and char != "半":
        return Numeral(pos, pos + 1, char, Decimal(int(numeric(char))), "ordinal"), pos + 1
    elif (word := _word(text, pos, stop, floor, words)) is not None:
        return word
    reading = read_half(text, pos, words) if "半" in text[pos : pos + 2] else None
    if reading is None:
        numeral = NUMERAL.match(text, pos, stop) or LONE_FORMAL.match(text, pos, stop)
        if numeral is None:
            return None, pos + 1
        named = classify_numeral(text, pos, numeral.end(), floor, stop, words)
        if named is not None:
            return named, named.end
        reading = read_number(text, numeral, stop, floor, words)
        if reading is None:
            return Numeral(pos, numeral.end(), numeral[0], None, "name"), numeral.end()
        if is_figure and reading.unit is None and (named := find_code(text, pos, numeral.end(), words)):
            return _cut(named, stop), min(named.end, stop)
    if quoted is not None and (named := quoted_name(text, reading, quoted, words)):
        return _cut(named, stop), min(named.end, stop)
    found = _hedged(text, reading, stop, floor, words)
    return found, found.end


def _cut(named: Numeral, stop: int) -> Numeral:
    """`named` up to `stop`, where a date or place begins."""
    return named if named.end <= stop else replace(named, end=stop, text=named.text[: stop - named.start])


def _word(text: str, pos: int, stop: int, floor: int, words: NumberWords) -> tuple[Numeral | None, int] | None:
    """A word such as 进一步 or 四川 around a numeral, and its end; None when the numeral may be a number.

    A number with its unit wins over a word when it is longer (十分钟 over 十分) or has a hedge before it (近万家).
    """
    word = words.not_number(text, pos) if text[pos - 1 : pos] != "第" else None
    if word is None or word[0] < floor:
        return _repeated_one(text, pos) if text[pos] == "一" else None
    start, end, is_name = word
    if start == pos and (numeral := NUMERAL.match(text, pos, stop)):
        if words.hedge_before(text, pos):
            return None
        reading = read_number(text, numeral, stop, floor, words)
        if reading is not None and (reading.end > end or (reading.unit is not None and reading.unit.only_after)):
            return None
    if not is_name:
        return None, end
    return _cut(Numeral(start, end, text[start:end], parse_numeral(text[pos]), "name"), stop), min(end, stop)


def _repeated_one(text: str, pos: int) -> tuple[Numeral | None, int] | None:
    """一 in 一个个 and 说一说, which leave no mention, and in 一人一档, a name."""
    if found := _ONE_BY_ONE.match(text, pos):
        return None, found.end()
    if found := _ONE_EACH.match(text, pos):
        return Numeral(pos, found.end(), found[0], Decimal(1), "name"), found.end()
    if is_hanzi(text[pos - 1 : pos]) and text[pos - 1] == text[pos + 1 : pos + 2]:
        return None, pos + 2
    return None


# --- hedges and ranges ------------------------------------------------------------------------------------------------


def _hedged(text: str, reading: Reading, stop: int, floor: int, words: NumberWords) -> _Found:
    """A reading with what stands around it: the other end of a range, and hedges."""
    found = _Found(reading, reading.start, reading.end)
    if (second := _range_end(text, reading, stop, words)) is not None:
        found.low = _shared(reading, second, 1)
        second.start, found.reading, found.end = reading.start, second, second.end
    before = words.hedge_before(text, found.start)
    if before is None and reading.bare_power:
        before = words.power_hedge_before(text, found.start)
    if before is not None and found.start - len(before.word) >= floor:
        found.before, found.start = before, found.start - len(before.word)
    else:
        found.before = words.hedge_reaching(text, found.start, floor)
    unit = found.reading.unit
    after = words.hedge_after(text, found.end, unit.kind if unit else "")
    if after is not None and found.end + len(after.word) <= stop:
        found.after, found.end = after, found.end + len(after.word)
    found.doubtful = _is_doubtful(text, found)
    return found


def _range_end(text: str, first: Reading, stop: int, words: NumberWords) -> Reading | None:
    """The second end of a range that starts with `first`: 200-500元, 2至3名, 200元至500元, 5—10万."""
    mark = _RANGE_MARK.match(text, first.end, stop) if text[first.end : first.end + 1] in _RANGE_CHARS else None
    numeral = NUMERAL.match(text, mark.end(), stop) if mark else None
    if mark is None or numeral is None or first.amount.bound != "exact":
        return None
    if mark[0] in "至到" and (_CHANGE if first.unit is None else _CHANGE_OF_UNITS).search(
        text, max(0, first.start - 13), first.start
    ):
        return None  # 由30人到184人 is a change
    if classify_numeral(text, numeral.start(), numeral.end(), mark.end(), stop, words):
        return None
    second = read_number(text, numeral, stop, mark.end(), words)
    if second is None or second.amount.bound == "range":
        return None
    if first.unit is not None:
        if second.unit is None and first.unit_leads:
            second.unit = first.unit
        elif second.unit is None or (second.unit.name, second.unit.factor) != (first.unit.name, first.unit.factor):
            return None
    return second if _shared(first, second, 1) < second.amount.value else None


def _shared(first: Reading, second: Reading, spread: int) -> Decimal:
    """The value of `first` with the power that `second` lends it: 5—10万, 两~3百, 七千到九千亿.

    It lends none to a figure more than `spread` times its own: 500到3万.
    """
    value = first.amount.value
    if "万" in first.numeral or "亿" in first.numeral:
        return value
    one_figure = _ONE_FIGURE.match(second.numeral) if _PLAIN_FIGURE.match(first.numeral) else None
    great = _GREAT.search(second.numeral)
    for powers in (one_figure and one_figure["powers"], great and great[0]):
        lent = parse_numeral("一" + powers) if powers else None
        if lent and value * lent <= second.amount.value * spread:
            return plain(value * lent)
    return value


# --- what a reading comes to ------------------------------------------------------------------------------------------


def _is_doubtful(text: str, found: _Found) -> bool:
    """Whether a Chinese numeral without a unit or hedge is a name (四大维度) rather than a number (答案是四)."""
    reading = found.reading
    if reading.unit or found.before or found.after or found.low is not None:
        return False
    numeral = reading.numeral
    if reading.amount.bound in ("over", "about") or not numeral or numeral[0] in "0123456789.半":
        return False
    if numeral[-1] in "万亿" and not reading.bare_power:
        return False
    before, behind = text[reading.start - 1 : reading.start], text[reading.end : reading.end + 1]
    if not is_hanzi(behind):
        return is_hanzi(before) and len(numeral) == 1 and before not in "是为"
    return not (before == "每" and reading.bare_power) and not (before in ("是", "为") and behind in "那却不而也")


def _share_units(text: str, found: list[_Found | Numeral]) -> None:
    """Bare numbers of a list take the unit and power that stand once behind it: 3、5、8万元; 80、50、30元."""
    lender: Reading | None = None  # the reading that spells the unit
    for index in range(len(found) - 1, -1, -1):
        item = found[index]
        if isinstance(item, Numeral):
            lender = None
            continue
        reading = item.reading
        if reading.unit is not None:
            lender = None if item.before or reading.unit_leads else reading
        elif lender is not None and not item.after and reading.numeral and _is_list(text, item, found[index + 1]):
            value = _shared(reading, lender, _LIST_SPREAD)
            top = reading.amount.top
            if top is not None:
                top = plain(top * value / reading.amount.value)
            reading.amount, reading.unit = Amount(value, top, reading.amount.bound), lender.unit
            lender = None if item.before else lender
        else:
            lender = None


def _is_list(text: str, item: _Found | Numeral, following: _Found | Numeral) -> bool:
    return following.start - item.end <= 2 and text[item.end : following.start] in _LIST_GAPS


def _settle(text: str, found: _Found) -> Mention:
    """The mention that a reading with its hedges comes to."""
    reading, unit = found.reading, found.reading.unit
    if found.doubtful and unit is None:
        number_class = "ordinal" if text[reading.end : reading.end + 1] in ("：", ":") else "name"
        return Numeral(
            reading.start, reading.end, text[reading.start : reading.end], reading.amount.value, number_class
        )
    amount = reading.amount
    value, top = amount.value, amount.top
    if unit is not None:
        value, top = exact(value, unit.factor), None if top is None else exact(top, unit.factor)
    bound = _bound(found)
    low: Decimal | None
    high: Decimal | None
    if bound == "range":
        low = value if found.low is None else exact(found.low, unit.factor) if unit else found.low
        high = value if top is None else top
    else:
        low, high = _interval(value, top, bound)
    name, word, kind = (unit.name, unit.word, unit.kind) if unit else (None, "", "bare")
    return Quantity(
        found.start, found.end, text[found.start : found.end], None if bound == "range" else value, low, high, bound,
        name, word, kind, reading.start, reading.end,
    )  # fmt: skip


def _bound(found: _Found) -> str:
    """The bound of a reading: of a range, a firm hedge, the numeral itself (余), then the other hedges."""
    bound = found.reading.amount.bound
    if found.low is not None or bound == "range":
        return "range"
    if found.before is not None and (found.before.bound in _FIRM or bound == "exact"):
        return found.before.bound
    if bound == "exact" and found.after is not None:
        return found.after.bound
    return bound


def _interval(value: Decimal, top: Decimal | None, bound: str) -> tuple[Decimal | None, Decimal | None]:
    """The interval that a hedge leaves around `value`, or around `[value, top]`."""
    if bound == "exact":
        return value, value
    if bound == "over":
        return value, top
    if bound == "at_least":
        return value, None
    if bound == "about":
        return None, None
    return None, top or value
