"""The characters that stand for mentions in an encoded sentence: one from the private use area, which tells the kind.

A kind has a block of 256 characters, one for each mention of that kind in a sentence, in order.
"""

from __future__ import annotations

BLOCK = 0x100
_BASE = 0xE000

KINDS = (
    "count", "other_items", "persons", "person_times", "households", "events", "sessions", "money", "percent",
    "times", "number", "first", "other",
)  # fmt: skip
KIND = {name: number for number, name in enumerate(KINDS)}
QUANTITY_SLOTS = {name: (KIND[name],) for name in KINDS if not name.startswith("other")} | {
    "items": (KIND["count"], KIND["other_items"]),
    "people": (KIND["persons"], KIND["person_times"]),
    "any": tuple(KIND.values()),
}
MENTION_SLOTS = {"date": len(KINDS), "place": len(KINDS) + 1}
_LAST = len(KINDS) + 2
ANY_QUANTITY = f"{chr(_BASE)}-{chr(_BASE + len(KINDS) * BLOCK - 1)}"
COUNTED = f"{chr(_BASE)}-{chr(_BASE + KIND['other'] * BLOCK - 1)}"  # all but durations, ages and measures
PRIVATE = f"{chr(_BASE)}-{chr(_BASE + _LAST * BLOCK - 1)}"


def block(kind: int) -> str:
    """The character class (without brackets) of one kind of mention."""
    return f"{chr(_BASE + kind * BLOCK)}-{chr(_BASE + (kind + 1) * BLOCK - 1)}"


def mention_char(kind: int, index: int) -> str:
    """The character that stands for mention number `index` (below 256) of a sentence."""
    return chr(_BASE + kind * BLOCK + index)


def mention_index(char: str) -> int:
    """The index that `mention_char` was given."""
    return (ord(char) - _BASE) % BLOCK


def mention_kind(char: str) -> int:
    """The kind that `mention_char` was given; meaningless for ordinary characters."""
    return (ord(char) - _BASE) // BLOCK
