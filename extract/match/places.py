"""Administrative places in running text, with their codes (GB/T 2260).

One pass finds every spelling of patterns/places.tsv; then each hit is weighed by what stands around it, adjoining hits
that lie in one another become one mention (广西南宁市马山县), and names that several places bear are decided by the
context. The data, the stop lists and the traps are in patterns/places.tsv and patterns/places.yaml.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from .gazetteer import AdministrativeUnit, ancestor, cities_of_towns, is_within, level_of, name_of
from .mentions import PlaceMention
from .place_forms import find_forms
from .place_runs import Reader, Run
from .place_settle import settle
from .place_view import View, Words, view_of
from .relative_places import find_relative_places, relative_code
from .towns import body_after, towns_on_their_own

__all__ = [
    "ancestor",
    "find_places",
    "find_relative_places",
    "is_within",
    "level_of",
    "name_of",
    "relative_code",
]


_Town = tuple[int, str, AdministrativeUnit]  # start, name and county


def _towns_named_again(plain: str, named: list[_Town]) -> list[_Town]:
    """The towns again, wherever their names stand; of two by one name the one that was named last before."""
    known: dict[str, list[_Town]] = {}
    for town in named:
        known.setdefault(town[1], []).append(town)
    found = []
    for name, towns in known.items():
        start = plain.find(name)
        while start >= 0:
            before = bisect_right(towns, start, key=itemgetter(0))
            found.append((start, name, towns[max(before - 1, 0)][2]))
            start = plain.find(name, start + 1)
    return sorted(found, key=_end_of)


def _end_of(town: _Town) -> int:
    return town[0] + len(town[1])


def _towns_of_home(plain: str, runs: list[Run], home: str | None, year: int | None) -> list[_Town]:
    """The towns that begin a clause: they lie in home, or in the county named last."""
    if home and (level_of(home) == "county" or home in cities_of_towns()):
        own = AdministrativeUnit(home, name_of(home, year) or home)
        return [(start, name, own) for start, name in towns_on_their_own(plain)]
    counties = [(run.start, unit) for run in runs if (unit := run.unit) is not None and unit.level == "county"]
    counties = [(start, unit) for start, unit in counties if home is None or is_within(unit.code, home)]
    found = []
    for start, name in towns_on_their_own(plain) if counties else []:
        if named_before := bisect_right(counties, start, key=itemgetter(0)):
            found.append((start, name, counties[named_before - 1][1]))
    return found


def find_places(
    text: str, *, home: str | None = None, year: int | None = None, words: Words | None = None
) -> list[PlaceMention]:
    """The administrative places that `text` names, left to right, without overlaps; half-open offsets in code points.

    Adjoining names that lie in one another are one mention with the code of the innermost (广西南宁市马山县 is 450124).
    A town after its county carries the county's code and its own name in `town`; `name` is always the official name
    that belongs to `code`. `home` is the code of the place that the text is about, if known: it decides between places
    of one name. `year` prefers names and codes in force then; without it those in force now. `words` segments a short
    string; by default a private jieba tokenizer, loaded when a name is first in doubt.

    A name that several places bear, which neither home nor the text decides, is left out. Blanks inside names are
    allowed and kept in `text`. Raises ValueError when `home` is not six digits.

    >>> [(m.text, m.code) for m in find_places("广西南宁市马山县和贵州省民政厅")]
    [('广西南宁市马山县', '450124'), ('贵州省', '520000')]
    """
    view = view_of(text)
    hits = find_forms(view.plain)
    if not hits and home is None:
        return []
    reader = Reader(view, home, year, words)
    runs = settle(reader.runs(hits), home, reader.introduced)
    if reader.waits:
        for run in runs:
            if run.unit is not None:
                reader.introduce(run.unit.code)
        runs = settle(reader.runs(hits), home, reader.introduced)
    spans = [(run.start, run.end, run.unit, run.town) for run in runs if run.unit is not None]
    named = [(start, town, unit) for start, _, unit, town in spans if town]
    named = sorted(named + _towns_of_home(view.plain, runs, home, year), key=itemgetter(0))
    towns = _towns_named_again(view.plain, named)
    starts = [run.start for run in runs]
    for start, name, county in towns:
        before = bisect_right(starts, start + len(name) - 1)
        if not before or runs[before - 1].end <= start:
            spans.append((start, start + len(name), county, name))
    spans.sort(key=lambda span: (span[0], -span[1]))
    return _mentions(text, view, spans)


def _mentions(
    text: str, view: View, spans: list[tuple[int, int, AdministrativeUnit, str | None]]
) -> list[PlaceMention]:
    mentions = []
    free_from = 0
    for plain_start, plain_end, unit, town in spans:
        if plain_start < free_from:
            continue
        free_from = plain_end
        start, end = view.span(plain_start, plain_end)
        body = body_after(view.plain, plain_end, view.plain[plain_start:plain_end])
        level = "township" if town else unit.level
        mentions.append(PlaceMention(start, end, text[start:end], unit.name, unit.code, level, town, body))
    return mentions
