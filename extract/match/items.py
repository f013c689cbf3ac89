"""Items: what each numeral of a text without blanks is.

The scan goes from numeral to numeral and decides what each is: part of a word (进一步), which leaves no mention; a
numeral that counts nothing (`names`); or a figure with its unit (`readings`), range and hedges (`figures`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from unicodedata import numeric

from .figures import Figure, Item, read_figure, share_units
from .mentions import Numeral
from .names import Quoted, Quotes, classify_numeral, find_code, quoted_name
from .numerals import HAN, LONE_FORMAL, MOST_CHARACTERS, NUMERAL, POWERS, parse_numeral
from .plain_figures import numeral_pattern, read_plain
from .readings import Window, is_hanzi, read_half, read_number
from .words import number_words

_OPEN_HEADS = frozenset("几幾数數")
_HAN = frozenset(HAN + "半")
_LONGEST = MOST_CHARACTERS + 8  # a numeral that goes on for longer is none, and need not be followed to its end
_POINTS = frozenset(".．")
_POINT_BEFORE = re.compile(r"(?<![\w.．])(?<!\d\s)[.．]\Z")
_ONE_BY_ONE = re.compile(rf"一(?P<thing>[^{HAN}\W\d])(?P=thing)")  # 一个个
_ONE_EACH = re.compile(rf"一[^{HAN}\W\d]一[^{HAN}名个位家人\W\d]")  # 一人一档


def find_items(text: str, taken: Sequence[tuple[int, int]], pos: int, last: int) -> list[Item]:
    """What stands from `pos` to `last` outside the spans `taken`, the units of lists shared."""
    window = Window(text, number_words(), pos, 0)
    quotes = Quotes(text, pos, last)
    spans = iter((*taken, (len(text), len(text) + 1)))
    start, end = next(spans)
    found: list[Item] = []
    pattern = numeral_pattern()
    while candidate := pattern.search(text, pos, last):
        pos = candidate.start()
        while end <= pos:
            if end > window.floor:
                window.floor = end
            start, end = next(spans)
        if start <= pos:
            pos = window.floor = end
            continue
        quoted = quotes.around(pos) if pos > quotes.next else None
        if quoted is None and candidate.end() > pos + 1:
            plain = read_plain(window.words, text, candidate, window.floor, start)
            if plain is not None:
                found.append(plain)
                pos = window.floor = plain.end
                continue
        window.stop = start
        item, pos = _read(window, pos, quoted)
        if item is not None:
            found.append(item)
            window.floor = item.end
    share_units(text, found, window.words)
    return found


def _read(window: Window, pos: int, quoted: Quoted | None) -> tuple[Figure | Numeral | None, int]:
    """What stands at a numeral character, and where the scan goes on."""
    text = window.text
    char = text[pos]
    is_figure = char.isdecimal()
    if is_figure:
        if text[pos - 1 : pos] in _POINTS and pos > window.floor and _POINT_BEFORE.search(text, max(0, pos - 3), pos):
            pos -= 1
    elif char in _OPEN_HEADS:
        if window.at(pos + 1) not in POWERS:
            return None, pos + 1
    elif char not in _HAN:
        return Numeral(pos, pos + 1, char, Decimal(int(numeric(char))), "ordinal"), pos + 1
    elif (word := _word(window, pos)) is not None:
        return word
    reading = read_half(window, pos) if "半" in text[pos : pos + 2] else None
    if reading is None:
        numeral = NUMERAL.match(text, pos, window.stop) or LONE_FORMAL.match(text, pos, window.stop)
        if numeral is None:
            return None, pos + 1
        if named := classify_numeral(window, *numeral.span()):
            return named, named.end
        reading = read_number(window, numeral)
        if reading is None:
            return Numeral(*numeral.span(), numeral[0], None, "name"), numeral.end()
        if is_figure and reading.unit is None and (named := find_code(window, *numeral.span())):
            return named, named.end
    if quoted is not None and (named := quoted_name(window, reading, quoted)):
        return named, named.end
    figure = read_figure(window, reading)
    return figure, figure.end


def _word(window: Window, pos: int) -> tuple[Numeral | None, int] | None:
    """A word such as 进一步 or 四川 around a numeral, and its end; None when the numeral may be a number.

    A number with its unit wins over a word when it is longer (十分钟 over 十分) or has a hedge before it (近万家).
    """
    text, words = window.text, window.words
    word = words.whole_around(text, pos) if window.before(pos) != "第" else None
    if word is None or word.start < window.floor:
        return _repeated_one(window, pos) if text[pos] == "一" else None
    if word.start < pos and word.end == pos + 1 and words.hedge_before(text, pos):
        return None  # 约合一百万元 is about one million: 合一 is no word there
    if word.start == pos and (numeral := NUMERAL.match(text, pos, min(window.stop, pos + _LONGEST))):
        if words.hedge_before(text, pos):
            return None
        reading = read_number(window, numeral) if _goes_on(window, numeral.end(), word.end) else None
        if reading is not None and (reading.end > word.end or (reading.unit is not None and reading.unit.only_after)):
            return None
    if not word.is_name:
        return None, word.end
    name = Numeral(word.start, word.end, text[word.start : word.end], parse_numeral(text[pos]), "name")
    name = name.until(window.stop)
    return name, name.end


def _goes_on(window: Window, end: int, word_end: int) -> bool:
    """Whether a numeral that ends at `end` can come to more than the word around it, with its unit or by itself."""
    return end > word_end or window.text[end : end + 1] in window.words.number_tails


def _repeated_one(window: Window, pos: int) -> tuple[Numeral | None, int] | None:
    """一 in 一个个 and 说一说, which leave no mention, and in 一人一档, a name."""
    if found := _ONE_BY_ONE.match(window.text, pos):
        return None, found.end()
    if found := _ONE_EACH.match(window.text, pos):
        name = Numeral(*found.span(), found[0], Decimal(1), "name").until(window.stop)
        return name, name.end
    if is_hanzi(window.before(pos)) and window.before(pos) == window.at(pos + 1):
        return None, pos + 2
    return None
