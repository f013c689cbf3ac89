"""Administrative places in running text, with their codes (GB/T 2260).

One pass finds every spelling of patterns/places.tsv; then each hit is weighed by what stands around it, adjoining hits
that lie in one another become one mention (广西南宁市马山县), and names that several places bear are decided by the
context. The data, the stop lists and the traps are in patterns/places.tsv and patterns/places.yaml.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

import ahocorasick

from .gazetteer import AdministrativeUnit, ancestor, cities_of_towns, is_within, level_of, name_of, place_facts
from .mentions import PlaceMention
from .place_forms import FREE, IF_INTRODUCED, IN_DOUBT, STRICT, TRAP, WORD, Form, automaton, words_of
from .place_view import HAN, View, Words, jieba_words, view_of
from .relative_places import find_relative_places, relative_code
from .towns import body_after, town_after_county, towns_on_their_own

__all__ = [
    "ancestor",
    "find_places",
    "find_relative_places",
    "is_within",
    "level_of",
    "name_of",
    "relative_code",
]

Units = tuple[AdministrativeUnit, ...]

_WINDOW = 8  # characters on either side that are segmented around a name in doubt
_BESIDE = re.compile(rf"[一-鿿]{{1,{_WINDOW}}}")
_NOT_A_COUNTY = re.compile(r"[级域]|[市区旗](?!委)|[（(][市区旗州]")
_NOT_A_DISTRICT = re.compile(r"[域间块]|划(?!归|入|出)|别(?!是)")
_OF_A_LIST_OF_LEVELS = re.compile(r"[省市州盟区旗县乡镇村级]")


_Town = tuple[int, str, AdministrativeUnit]  # start, name and county


@dataclass(slots=True)
class _Run:
    """Adjoining hits that lie in one another: `units` may be meant by the last of them.

    `outer` is the run without its last hit; it stands where the last one stays ambiguous.
    """

    start: int
    end: int
    units: Units
    form: Form
    outer: _Run | None = None
    town: str | None = None
    unit: AdministrativeUnit | None = None


@cache
def _bars() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What may not follow a short name: of any place; of one below the province; as the name of another body."""
    facts = place_facts()
    any_level = facts["not_before"].replace(" ", "")
    kinds = "|".join(sorted(facts["school_kinds"].split(), key=len, reverse=True))
    bodies = "|".join(facts["not_administration"].split())
    return (
        re.compile(any_level),
        re.compile(any_level + "|" + facts["not_before_below_province"].replace(" ", "")),
        re.compile(rf"(?:{kinds}){{0,3}}(?:{bodies})|报》"),
    )


@cache
def _media() -> tuple[str, ...]:
    return tuple(place_facts()["media"].split())


class _Reader:
    """The weighing of the hits in one text."""

    def __init__(self, view: View, home: str | None, year: int | None, words: Words | None) -> None:
        self.view, self.plain, self.home, self.year = view, view.plain, home, year
        self.words = words
        self.introduced: set[str] = set()
        self.waits = False  # whether a hit was refused that the rest of the text may still introduce
        if home:
            self.introduce(home)

    def introduce(self, code: str) -> None:
        self.introduced.add(code)
        self.introduced.update(above for level in ("province", "city") if (above := ancestor(code, level)))

    # -- what stands around a hit --

    def han_at(self, pos: int) -> bool:
        return 0 <= pos < len(self.plain) and HAN.match(self.plain, pos) is not None

    def words_agree(self, start: int, end: int, left: bool = True) -> bool:
        """Whether the segmented text has word boundaries at both ends (or at the right one alone)."""
        low, high = start, end
        while left and low > max(0, start - _WINDOW) and self.han_at(low - 1):
            low -= 1
        if beside := _BESIDE.match(self.plain, end):
            high = beside.end()
        if low == start and high == end:
            return True
        bounds = {low}
        pos = low
        for word in (self.words or jieba_words())(self.plain[low:high]):
            if pos == start and word[:-1] == self.plain[start:end] and word[-1] in "省市州县区旗盟人话":
                return True
            pos += len(word)
            bounds.add(pos)
        return start in bounds and end in bounds

    def barred(self, start: int, end: int, form: Form) -> bool:
        """Whether what follows shows that a form does not stand for its place."""
        plain = self.plain
        if form.text.endswith("区") and not form.short and _NOT_A_DISTRICT.match(plain, end):
            return True
        if form.trust == STRICT and _NOT_A_COUNTY.match(plain, end):
            return True
        if not form.short:
            return False
        any_level, below_province, bodies = _bars()
        bars = any_level if form.highest == "province" else below_province
        if bars.match(plain, end) or bodies.match(plain, end):
            return True
        return plain.endswith(_media(), 0, start)

    # -- is it a place --

    def inside(self, form: Form, units: Units, run: _Run | None, start: int) -> Units:
        """Those of the units that lie in the run that ends at `start`."""
        if run is None or run.end != start or run.town:
            return ()
        found = tuple(u for u in units if any(u.code != o.code and is_within(u.code, o.code) for o in run.units))
        if found or form.short or run.units[0].level != "city":
            return found
        return tuple(u for u in form.past if any(is_within(u.code, o.code) for o in run.units))

    def accepts_inside(self, start: int, end: int, form: Form) -> bool:
        if not form.short or not self.han_at(end):
            return True
        if form.trust == WORD:
            return body_after(self.plain, end, form.text) is not None
        return form.trust == FREE or self.words_agree(start, end, left=False)

    def accepts_alone(self, start: int, end: int, form: Form, units: Units, last: _Run | None) -> bool:
        known = any(unit.code in self.introduced for unit in units) or self.listed(start, units, last)
        if form.trust == WORD:
            return False
        if form.short and not known:
            if self.view.is_broken(start, end):
                self.waits = True
                return False
            beside = last if last is not None and last.end == start else None
            if beside is not None and form.highest != "province":
                both_cities = form.highest == "city" and beside.form.short and beside.units[0].level != "county"
                if not both_cities:
                    return False
        if form.trust == IF_INTRODUCED and not known:
            self.waits = True
            return False
        if form.trust == FREE:
            return True
        if form.trust == STRICT:
            return self.accepts_strict(start, end, form, known)
        return self.words_agree(start, end)

    def listed(self, start: int, units: Units, last: _Run | None) -> bool:
        """Whether the hit carries on a list (锦州、朝阳) whose item before lies in the same province."""
        if last is None or last.end + 1 != start or self.plain[last.end] != "、":
            return False
        return any(unit.code[:2] == other.code[:2] for unit in units for other in last.units)

    def accepts_strict(self, start: int, end: int, form: Form, known: bool) -> bool:
        if form.text[0] in "和同" and start and _OF_A_LIST_OF_LEVELS.match(self.plain, start - 1):
            return False
        if known or not self.han_at(start - 1):
            return True
        if self.words_agree(start, end):
            return True
        self.waits = True
        return False

    # -- the runs --

    def runs(self, hits: list[tuple[int, int, Form]]) -> list[_Run]:
        """The places among the hits, adjoining ones joined; the leftmost wins, then the longest that is a place."""
        found: list[_Run] = []
        last: _Run | None = None
        free_from = 0
        for start, minus_end, form in hits:
            end = -minus_end
            if start < free_from:
                continue
            if form.trust == TRAP:
                free_from = end
                continue
            units = form.units(self.year)
            inside = self.inside(form, units or form.past, last, start)
            if not (units or inside) or self.barred(start, end, form):
                continue
            if inside and last is not None:
                if not self.accepts_inside(start, end, form):
                    continue
                found.pop()
                last = _Run(last.start, end, inside, form, outer=last)
            else:
                if not self.accepts_alone(start, end, form, units, last):
                    continue
                last = _Run(start, end, units, form)
            self.add_town(last)
            found.append(last)
            free_from = last.end
        return found

    def add_town(self, run: _Run) -> None:
        if run.units[0].level != "county" and run.units[0].code not in cities_of_towns():
            return
        town = town_after_county(self.plain, run.end)
        if town is None or body_after(self.plain, run.end, run.form.text) is not None:
            return
        if run.form.short and run.outer is None and run.units[0].code not in self.introduced:
            self.waits = True
            return
        run.town = town
        run.end += len(town)

    # -- which of the places of one name --

    def settle(self, runs: list[_Run]) -> list[_Run]:
        """The runs whose unit is certain, each with its unit; where only the outer part is, that part."""
        for run in runs:
            run.unit = self.by_itself(run)
        self.by_neighbours(runs)
        self.by_neighbours(runs[::-1])
        settled = []
        for run in runs:
            while run.unit is None and run.outer is not None:
                run = run.outer
                run.unit = self.by_itself(run) or self.by_home(run.units)
            if run.unit is not None:
                settled.append(run)
        return self.without_strangers(settled)

    def without_strangers(self, runs: list[_Run]) -> list[_Run]:
        """The runs but for short names of little known counties in a province of which nothing else speaks."""
        doubted = {id(run) for run in runs if self.is_little_known(run)}
        if not doubted:
            return runs
        codes = [run.unit.code for run in runs if run.unit is not None and id(run) not in doubted]
        provinces = {code[:2] for code in (*codes, *self.introduced)}
        if not provinces:
            return runs
        return [run for run in runs if id(run) not in doubted or (run.unit and run.unit.code[:2] in provinces)]

    def is_little_known(self, run: _Run) -> bool:
        form = run.form
        if not form.short or run.outer is not None or form.highest != "county" or len(form.text) > 2:
            return False
        return form.text not in words_of("well_known")

    def by_itself(self, run: _Run) -> AdministrativeUnit | None:
        units = run.units
        if run.form.short:
            units = tuple(u for u in units if not any(o.code != u.code and is_within(u.code, o.code) for o in units))
            known = tuple(u for u in units if u.code in self.introduced)
            units = known or units
            highest = [unit for unit in units if unit.level == run.form.highest]
            if len(highest) == 1 and (run.outer is None or len(units) == 1) and run.form.highest != "county":
                return highest[0]
        run.units = units
        return units[0] if len({unit.code for unit in units}) == 1 else self.by_home(units)

    def by_home(self, units: Units) -> AdministrativeUnit | None:
        """The one unit that home is, lies in, holds, or shares its city or else its province with."""
        if self.home is None:
            return None
        for around in (self.home, ancestor(self.home, "city"), ancestor(self.home, "province")):
            near = [u for u in units if around and (is_within(u.code, around) or is_within(self.home, u.code))]
            if len({unit.code for unit in near}) == 1:
                return near[0]
        return None

    def by_neighbours(self, runs: list[_Run]) -> None:
        """Settle what is open by the nearest settled run before it in the same city, else in the same province."""
        seen: dict[str, int] = {}
        for index, run in enumerate(runs):
            if run.unit is None:
                run.unit = _nearest(run.units, seen)
            if run.unit is not None:
                seen[run.unit.code[:2]] = index
                if run.unit.level != "province":
                    seen[run.unit.code[:4]] = index


def _nearest(units: Units, seen: dict[str, int]) -> AdministrativeUnit | None:
    for digits in (4, 2):
        latest = max((seen.get(unit.code[:digits], -1) for unit in units), default=-1)
        near = [unit for unit in units if latest >= 0 and seen.get(unit.code[:digits]) == latest]
        if len({unit.code for unit in near}) == 1:
            return near[0]
    return None


def _hits(plain: str) -> list[tuple[int, int, Form]]:
    """Start, negative end and form of every spelling in the text, the leftmost first, then the longest."""
    found = [(end - len(form.text) + 1, -end - 1, form) for end, form in automaton().iter(plain)]
    found.sort(key=itemgetter(0, 1))
    return found


def _towns_named_again(plain: str, named: list[_Town]) -> list[_Town]:
    """The towns again, wherever their names stand; of two by one name the one that was named last before."""
    known: dict[str, list[_Town]] = {}
    for town in named:
        known.setdefault(town[1], []).append(town)
    if not known:
        return []
    machine = ahocorasick.Automaton()
    for name in known:
        machine.add_word(name, name)
    machine.make_automaton()
    found = []
    for last, name in machine.iter(plain):
        start = last + 1 - len(name)
        before = bisect_right(known[name], start, key=itemgetter(0))
        found.append((start, name, known[name][max(before - 1, 0)][2]))
    return found


def _towns_of_home(plain: str, runs: list[_Run], home: str | None, year: int | None) -> list[_Town]:
    """The towns that begin a clause: they lie in home, or in the county named last."""
    if home and (level_of(home) == "county" or home in cities_of_towns()):
        unit = AdministrativeUnit(home, name_of(home, year) or home, None, None)
        return [(start, name, unit) for start, name in towns_on_their_own(plain)]
    counties = [(run.start, unit) for run in runs if (unit := run.unit) is not None and unit.level == "county"]
    counties = [(start, unit) for start, unit in counties if home is None or is_within(unit.code, home)]
    found = []
    for start, name in towns_on_their_own(plain) if counties else []:
        if before := bisect_right(counties, start, key=itemgetter(0)):
            found.append((start, name, counties[before - 1][1]))
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
    allowed and kept in `text`.

    >>> [(m.text, m.code) for m in find_places("广西南宁市马山县和贵州省民政厅")]
    [('广西南宁市马山县', '450124'), ('贵州省', '520000')]
    """
    view = view_of(text)
    hits = _hits(view.plain)
    if not hits and home is None:
        return []
    reader = _Reader(view, home, year, words)
    runs = reader.settle(reader.runs(hits))
    if reader.waits:
        for run in runs:
            if run.unit is not None:
                reader.introduce(run.unit.code)
        runs = reader.settle(reader.runs(hits))
    spans = [(run.start, run.end, run.unit, run.town) for run in runs if run.unit is not None]
    named = [(start, town, unit) for start, _, unit, town in spans if town]
    named = sorted(named + _towns_of_home(view.plain, runs, home, year), key=itemgetter(0))
    towns = _towns_named_again(view.plain, named)
    spans += [(start, start + len(name), unit, name) for start, name, unit in towns]
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
