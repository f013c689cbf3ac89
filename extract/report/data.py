"""The rows of a run as the page reads them: columns instead of rows, each repeated word once."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extract import charts
from extract.match.gazetteer import ancestor, name_of
from extract.reflow.lines import fold
from extract.tables import Plain

Rows = Mapping[str, Sequence[Plain]]
Span = tuple[int, int]

NO_SPAN: Span = (-1, 0)
_BLANK = re.compile(r"\s")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")


def page_data(rows: Rows, run: Mapping[str, Any]) -> dict[str, Any]:
    """All that the page needs but the texts, JSON-ready.

    `rows` are those of a run by kind: articles, records, numbers, checks, rejected. Tables become columns (see
    `packed`). An article, a record or a sentence that a row names becomes its index, a check's term the name of its
    table and its index there. Each record and number says where its quote lies in its sentence, as `at` and `length`
    in UTF-16 units, -1 where that is not known.
    """
    articles, records, numbers = rows["articles"], rows["records"], rows["numbers"]
    places = {row["article_id"]: index for index, row in enumerate(articles)}
    by_id = {row["record_id"]: index for index, row in enumerate(records)}
    sentences: dict[str, int] = {}
    spans = quote_spans([*records, *numbers])
    at_start = {(row["article_id"], f"n{row['start']}"): index for index, row in enumerate(numbers)}

    def term(article: str, name: str) -> tuple[str, int] | None:
        if name in by_id:
            return "records", by_id[name]
        number = at_start.get((article, name))
        return None if number is None else ("numbers", number)

    checks = [
        {
            **row,
            "article": places.get(row["article_id"]),
            "terms": [found for name in row["terms"] if (found := term(row["article_id"], name))],
        }
        for row in rows["checks"]
    ]
    linked = [row | {"record": by_id.get(row["record_id"] or "")} for row in map(dict, numbers)]
    return {
        "run": run,
        "articles": packed(articles),
        "records": packed(_linked(records, spans, places, sentences)),
        "numbers": packed(_linked(linked, spans[len(records) :], places, sentences), without={"record_id"}),
        "checks": packed(checks, without={"article_id"}),
        "rejected": list(rows["rejected"]),
        "sentences": list(sentences),
        "provinces": _provinces(row["place_code"] for row in records),
        "charts": {
            "stations": charts.stations(records),
            "certified": charts.certified(records),
            "magnitudes": charts.MAGNITUDES,
            "purposes": charts.purposes(records),
        },
    }


def _linked(
    rows: Iterable[Plain], spans: Sequence[Span], places: Mapping[str, int], sentences: dict[str, int]
) -> list[dict[str, Any]]:
    linked = []
    for row, (at, length) in zip(rows, spans, strict=False):
        known = {name: value for name, value in row.items() if name not in ("article_id", "file", "sentence")}
        sentence = sentences.setdefault(row["sentence"], len(sentences))
        article = places.get(row["article_id"])
        linked.append(known | {"article": article, "sentence": sentence, "at": at, "length": length})
    return linked


def _provinces(codes: Iterable[str | None]) -> dict[str, str]:
    """The names of the provinces that the codes lie in, by their two digits."""
    homes = {home for code in set(codes) if code and (home := ancestor(code, "province"))}
    return {home[:2]: name for home in sorted(homes) if (name := name_of(home))}


def packed(rows: Sequence[Plain], without: Iterable[str] = ()) -> dict[str, Any]:
    """The rows as columns by name, with their number as `count`.

    A column of repeated values is `{"words": […], "codes": […]}`, any other the list of its values.

    >>> packed([{"unit": "person"}, {"unit": "person"}, {"unit": "person"}])
    {'count': 3, 'columns': {'unit': {'words': ['person'], 'codes': [0, 0, 0]}}}
    """
    names = [name for name in (rows[0] if rows else ()) if name not in set(without)]
    return {"count": len(rows), "columns": {name: _column([row[name] for row in rows]) for name in names}}


def _column(values: list[Any]) -> Any:
    kinds = set(map(type, values))
    if float in kinds:
        values = [None if isinstance(value, float) and not math.isfinite(value) else value for value in values]
    if kinds & {list, int, float, bool}:
        return values
    words = {value: code for code, value in enumerate(dict.fromkeys(values))}
    return (
        {"words": list(words), "codes": [words[value] for value in values]} if len(words) * 2 <= len(values) else values
    )


def quote_spans(rows: Sequence[Plain]) -> list[Span]:
    """Where each row's quote lies in its sentence: offset and length in UTF-16 units, or `NO_SPAN`.

    Sentences are clean and quotes are not, so blanks and widths are overlooked. A figure that stands twice in a
    sentence is told from its like by the order of the offsets.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[row["article_id"], row["sentence"]].append(index)
    spans = [NO_SPAN] * len(rows)
    for (_, sentence), members in groups.items():
        text, origins = _squeezed(sentence)
        begun = ended = last_end = 0
        known: dict[Span, Span] = {}
        for index in sorted(members, key=lambda i: (rows[i]["start"], -rows[i]["end"])):
            where = (rows[index]["start"], rows[index]["end"])
            if where not in known:
                quote, _ = _squeezed(rows[index]["quote"])
                at = text.find(quote, begun if where[0] < last_end else ended)
                at = at if at >= 0 or not quote else text.find(quote)
                if at >= 0 and quote:
                    begun, ended, last_end = at, at + len(quote), where[1]
                    known[where] = _utf16(sentence, origins[at], origins[ended - 1] + 1)
            spans[index] = known.get(where, NO_SPAN)
    return spans


def _squeezed(text: str) -> tuple[str, Sequence[int]]:
    """The text without blanks, folded and its wide forms narrow, and the index that each character had."""
    narrow = fold(text).translate(_NARROW)
    if not _BLANK.search(narrow):
        return narrow, range(len(narrow))
    kept = [index for index, char in enumerate(narrow) if not char.isspace()]
    return "".join(narrow[index] for index in kept), kept


def _utf16(text: str, start: int, end: int) -> Span:
    if not _ASTRAL.search(text):
        return start, end - start
    first, last = (len(text[:index].encode("utf-16-le", "surrogatepass")) // 2 for index in (start, end))
    return first, last - first
