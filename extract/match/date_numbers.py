"""The numbers of dates: 2023, ２０２３, 二〇二三, 十二, 廿三."""

from __future__ import annotations

import re

DIGITS = "0-9０-９"
NUMERALS = "〇零○一二三四五六七八九十廿卅两兩"
NUMBER = f"(?:[{DIGITS}]{{1,4}}+|[{NUMERALS}]{{1,5}}+)"
SHORT_NUMBER = f"(?:[{DIGITS}]{{1,3}}+|[{NUMERALS}]{{1,3}}+)"
RUN = re.compile(f"[{DIGITS}]+|[{NUMERALS}]+")
_VALUES = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_TENS = {"廿": 2, "卅": 3}


def parse_number(word: str) -> int:
    """The value of `2023`, `二〇二三`, `十二`, `廿三` or `三十一`; -1 for what is no such number.

    >>> parse_number("二十九"), parse_number("二〇二三"), parse_number("一二")
    (29, 2023, -1)
    """
    if word[0] not in _VALUES and word[0] not in "十廿卅":
        return int(word)
    head, ten, rest = word.partition("十")
    if word[0] in _TENS:
        head, ten, rest = word[0], "十", word[1:].removeprefix("十")
    if ten:
        tens = _TENS.get(head) or (_VALUES.get(head, -100) if head else 1)
        return max(tens * 10 + (_VALUES.get(rest, -1000) if rest else 0), -1)
    digits = [_VALUES.get(letter, -1) for letter in word]
    if min(digits) < 0 or not (len(digits) in (1, 4) or (len(digits) == 2 and digits[1] == 0)):
        return -1
    return int("".join(map(str, digits)))


def parse_year(word: str) -> int:
    """The year that `2023`, `二〇二三`, `两千零八` or the two figures of `零六` write; -1 for what is no year.

    >>> parse_year("二〇二三"), parse_year("两千零八"), parse_year("零六"), parse_year("三十")
    (2023, 2008, 6, -1)
    """
    thousands, _, rest = word.partition("千")
    if thousands != word:
        return 2000 + (_VALUES[rest[-1]] if rest else 0)
    if word[0] not in _VALUES:
        return int(word) if word[0] not in "十廿卅" else -1
    digits = [_VALUES.get(letter, -1) for letter in word]
    return -1 if min(digits) < 0 else int("".join(map(str, digits)))
