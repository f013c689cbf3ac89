"""Segments: what a rule looks at. A sentence with its mentions encoded."""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..match.mentions import DateMention, PlaceMention, Quantity
from .encoding import ANY_QUANTITY, BLOCK, KIND, MENTION_SLOTS, PRIVATE, block, mention_char

Mention = Quantity | DateMention | PlaceMention

PRECEDING = 80  # characters of the sentence before that may name what a figure counts
LONGEST = 1000  # characters; no sentence of prose is as long
_CUT = re.compile(r"[。！？!?\n][”’」』）)\"]*")
_FOREIGN = re.compile(rf"[{PRIVATE}\ud800-\udfff]")  # lone surrogates are no text to the search for words
_BASE = re.compile(rf"的?[^，；{ANY_QUANTITY}]{{0,4}}[{ANY_QUANTITY}]")
_BASES = {
    **dict.fromkeys("由从", _BASE),
    "是": re.compile(rf"的?[^，；{ANY_QUANTITY}]{{0,4}}[{ANY_QUANTITY}](?=的[{block(KIND['times'])}])"),
}
_IS = re.compile(rf"：(?=[{ANY_QUANTITY}](?:[，；。、（\n]|$))")  # 乡镇社工站：36个 says 乡镇社工站为36个
_VERB_COLON = re.compile("(?<=新建|新增|新设|增设|建成|设立|成立|建立|组建)：")  # 新建：社工站22 says 新建了社工站22
_KINDS_OF_PAPERS = "《》（）规划方案计纲要意见措施办法通知决定条例标准"
_TITLE = re.compile(
    "《[^《》]{2,60}(?:规划|方案|计划|纲要|意见|措施|办法|通知|决定|条例|标准|规范|细则|指引|制度|协议|报告|清单)[^《》]{0,8}》"
)
_LARGE = re.compile("[万亿萬億]|[0-9０-９]{3}")
_FIRST = re.compile(r"首(?:个|家|所|座|间|处|支)|第(?<!第第)一(?:个|家|所|座|间|处)")
_SLOT_OF_UNIT = {
    "person": "persons", "person_time": "person_times", "household": "households", "event": "events",
    "session": "sessions",
    "item": "count", "site": "count",
}  # fmt: skip
_SLOT_OF_KIND = {"money": "money", "ratio": "percent", "times": "times", "bare": "number", "first": "first"}


@dataclass(slots=True)
class Segment:
    """A stretch of clean text with its mentions, and its encoded form.

    `code[i]` stands at `positions[i]` of the article's text; a mention is one character of `code`.
    """

    start: int
    end: int
    code: str
    positions: list[int]
    quantities: list[Quantity]
    dates: list[DateMention]
    places: list[PlaceMention]
    planned: bool = False  # under a heading such as 下一步打算
    today: datetime.date | None = None  # the day that the article speaks from, where it is known
    preceding: str = ""  # the end of the sentence before, or the heading above
    quantity_at: list[int] = field(default_factory=list)  # code index of each quantity
    date_at: list[int] = field(default_factory=list)
    place_at: list[int] = field(default_factory=list)
    countable: list[bool] | None = None  # see `claims.countable`
    governing: list[bool] | None = None  # see `claims.governing_date`
    clauses: dict[int, int] = field(default_factory=dict)  # see `clause_start`, which is asked again and again

    def position(self, index: int) -> int:
        """The offset in the article's text of code index `index`."""
        return self.positions[index] if index < len(self.positions) else self.end

    def clause_start(self, index: int) -> int:
        """The code index where the clause that holds `index` begins: behind a comma, colon, semicolon or full stop."""
        if index not in self.clauses:
            rfind = self.code.rfind
            marks = rfind("，", 0, index), rfind("；", 0, index), rfind("：", 0, index), rfind("。", 0, index)
            self.clauses[index] = max(marks) + 1
        return self.clauses[index]

    def index_of(self, position: int) -> int:
        """The code index of an offset in the article's text."""
        return bisect.bisect_left(self.positions, position)


_WORKERS = re.compile("(?:社工|社会工作者|工作人员)(?![站室点机组服项岗平中团协委])")


def slot_kind(quantity: Quantity, text: str = "") -> int:
    """The kind of slot that reads this quantity of `text`: 6个社工 are persons."""
    if quantity.unit_text in ("个", "個") and _WORKERS.match(text, quantity.end):
        return KIND["persons"]
    if quantity.kind == "count" and quantity.unit == "item" and quantity.unit_text not in ("个", "個"):
        return KIND["other_items"]
    if quantity.kind == "bare" and not _LARGE.search(quantity.text):
        return KIND["other"]  # 1: no unit, and no size that tells a sum or a number of people
    slot = _SLOT_OF_KIND.get(quantity.kind) or _SLOT_OF_UNIT.get(quantity.unit or "")
    return KIND[slot or "other"]


def find_firsts(text: str) -> list[Quantity]:
    """首个, 首家, 第一家: one of a kind, without a digit; `kind` is `first`."""
    one = Decimal(1)
    return [
        Quantity(m.start(), m.end(), m[0], one, one, one, "exact", "item", m[0][-1], "first", m.start(), m.end())
        for m in _FIRST.finditer(text)
    ]


def cut_segments(
    text: str, start: int, end: int, quantities: Sequence[Quantity], dates: Sequence[DateMention],
    places: Sequence[PlaceMention], today: datetime.date | None = None, planned: bool = False, above: str = "",
) -> Iterator[Segment]:  # fmt: skip
    """The segments of `text[start:end]` (a paragraph) that hold a mention, in order."""
    together: list[Mention] = [*quantities, *dates, *places]
    mentions = sorted(together, key=lambda m: (m.start, -m.end))
    starts = [m.start for m in mentions]
    at = start
    while at < end:
        cut = _CUT.search(text, at, end)
        while (
            cut and (inside := bisect.bisect_right(starts, cut.start()) - 1) >= 0 and mentions[inside].end > cut.start()
        ):
            cut = _CUT.search(text, mentions[inside].end, end)
        stop = cut.end() if cut else end
        if stop - at > LONGEST:
            stop = _shorter(text, at, mentions, starts)
        held = mentions[bisect.bisect_left(starts, at) : bisect.bisect_left(starts, stop)]
        if held:
            segment = encode(text, at, stop, held)
            segment.today, segment.planned, segment.preceding = today, planned, above
            yield segment
        at, above = stop, text[max(at, stop - PRECEDING) : stop]


def _shorter(text: str, start: int, mentions: Sequence[Mention], starts: Sequence[int]) -> int:
    """Where a sentence of endless length is cut: after a comma, and not inside a mention."""
    stop = start + LONGEST
    comma = max(text.rfind(c, start, stop) for c in "；，、;,") + 1
    stop = comma if comma > start else stop
    last = mentions[bisect.bisect_left(starts, stop) - 1] if starts and starts[0] < stop else None
    return max(stop, last.end) if last is not None else stop


def encode(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Segment:
    """`text[start:end]` with each mention as one private-use character."""
    segment = Segment(start, end, "", [], [], [], [])
    parts: list[str] = []
    at, length = start, 0
    for mention in mentions:
        if mention.start < at:
            continue
        kind, held, indices = _bucket(segment, mention, text)
        if len(held) >= BLOCK:
            continue
        plain = text[at : mention.start]
        parts.append(plain)
        segment.positions.extend(range(at, mention.start))
        length += len(plain)
        indices.append(length)
        parts.append(mention_char(kind, len(held)))
        held.append(mention)
        segment.positions.append(mention.start)
        length += 1
        at = mention.end
    parts.append(text[at:end])
    segment.positions.extend(range(at, end))
    return finish(segment, "".join(parts), text)


def finish(segment: Segment, code: str, text: str) -> Segment:
    """The segment with its code, in which titles of documents and characters that mean something else are hidden."""
    if "：" in code:
        code = _VERB_COLON.sub("了", _IS.sub("为", code))
    segment.code = _TITLE.sub(_hidden, code) if "《" in code else code
    if _FOREIGN.search(text, segment.start, segment.end):
        segment.code = _without_foreign(text, segment)
    return segment


def _hidden(title: re.Match[str]) -> str:
    """The title of a document as one stands for all: what it names is not what the sentence counts."""
    return "".join(c if c >= "\ue000" or c in _KINDS_OF_PAPERS else "□" for c in title[0])


def _bucket(segment: Segment, mention: Mention, text: str) -> tuple[int, list[Any], list[int]]:
    if isinstance(mention, Quantity):
        return slot_kind(mention, text), segment.quantities, segment.quantity_at
    if isinstance(mention, DateMention):
        return MENTION_SLOTS["date"], segment.dates, segment.date_at
    return MENTION_SLOTS["place"], segment.places, segment.place_at


def is_base_date(segment: Segment, where: int, at: int) -> bool:
    """Whether the date at code index `where` belongs to the base of a change before the figure at `at`.

    In 由2020年的15个增加到86个 the date is that of the 15, and says nothing of the 86; so in 是2020年末15人的3倍.
    """
    expression = _BASES.get(segment.code[where - 1 : where])
    base = expression.match(segment.code, where + 1) if expression else None
    return base is not None and base.end() <= at


def _without_foreign(text: str, segment: Segment) -> str:
    """The code with private-use characters of the text itself made harmless."""
    ours = {*segment.quantity_at, *segment.date_at, *segment.place_at}
    return "".join("\ufffd" if i not in ours and _FOREIGN.match(c) else c for i, c in enumerate(segment.code))
