"""The names that administrative units go by, and how far each name can be trusted.

From the official names of places.tsv: the full name (达拉特旗), the short name without its ending (达拉特), and for
autonomous units the usual names without their peoples (恩施州, 双江县). From places.yaml: other spellings, the short
names that are ordinary words, and the traps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from .gazetteer import AdministrativeUnit, place_facts, units_by_code

FREE, IN_DOUBT, STRICT, IF_INTRODUCED, WORD, TRAP = range(6)
"""How far a name is trusted: anywhere; where the words around it agree; the same, or at a boundary on its left; once
introduced, where the words agree; inside a place named before it, at a boundary on its right; never."""

_STILL_SPOKEN_OF = 2000  # names that ended before count in texts of their years, or where no new one bears their stem
_QUARTERS_OF_BANNERS = ("前旗", "后旗", "左旗", "右旗", "中旗")


@dataclass(slots=True)
class Form:
    """A spelling with the units that bear it.

    `now` holds those in force, or the latest where none is; `dated` those that count in their years alone.
    `little_known` tells a short name of counties that few texts from elsewhere speak of.
    """

    text: str
    short: bool
    trust: int = FREE
    now: tuple[AdministrativeUnit, ...] = ()
    past: tuple[AdministrativeUnit, ...] = ()
    dated: tuple[AdministrativeUnit, ...] = ()
    highest: str = "county"
    little_known: bool = False
    in_years: dict[int, tuple[AdministrativeUnit, ...]] = field(default_factory=dict)

    def units(self, year: int | None) -> tuple[AdministrativeUnit, ...]:
        """The units that the form may mean in a text of `year`."""
        if year is None:
            return self.now
        if year not in self.in_years:
            held = tuple(unit for unit in (*self.now, *self.past, *self.dated) if unit.holds_in(year))
            self.in_years[year] = held or self.now
        return self.in_years[year]


@dataclass(slots=True)
class _Bearers:
    """The units of one spelling: as their full name, as a short one, as one that counts in its years alone."""

    full: list[AdministrativeUnit] = field(default_factory=list)
    short: list[AdministrativeUnit] = field(default_factory=list)
    dated: list[AdministrativeUnit] = field(default_factory=list)


@cache
def words_of(key: str) -> frozenset[str]:
    """One of the word lists of places.yaml."""
    return frozenset(place_facts()[key].split())


@cache
def _named_after_peoples() -> re.Pattern[str]:
    peoples = "|".join(sorted(words_of("peoples"), key=len, reverse=True))
    return re.compile(rf"(?P<stem>.{{2,}}?)(?:{peoples})+(?:自治)?(?P<ending>[区州县旗])")


@cache
def split_name(name: str) -> tuple[str, str]:
    """The stem and the ending of an official name; the peoples that it is named after are in neither.

    >>> split_name("双江拉祜族佤族布朗族傣族自治县"), split_name("东乡族自治县"), split_name("神农架林区")
    (('双江', '县'), ('东乡', '县'), ('神农架', '林区'))
    """
    if found := _named_after_peoples().fullmatch(name):
        return found["stem"], found["ending"]
    if "自治" in name:
        stem, ending = name.split("自治")
        return stem.removesuffix("族"), ending
    for ending in place_facts()["endings"].split():
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending), ending
    return name, ""


def _current_stems() -> frozenset[str]:
    return frozenset(split_name(u.name)[0] for units in units_by_code().values() for u in units if u.last is None)


def _spellings(unit: AdministrativeUnit) -> tuple[list[str], str | None]:
    """The full spellings of a unit, and its short one where it has one."""
    stem, ending = split_name(unit.name)
    full = [unit.name]
    if "自治" in unit.name:
        full.append(stem + "自治" + ending)
    if not unit.name.endswith("自治区"):
        full.append(stem + ending)
    has_short = len(stem) > 1 and ending and not unit.name.endswith(_QUARTERS_OF_BANNERS)
    return list(dict.fromkeys(full)), stem if has_short else None


@cache
def _spellings_borne() -> dict[str, _Bearers]:
    """Every spelling of a unit, with the units that bear it."""
    never, current = words_of("never"), _current_stems()
    found: dict[str, _Bearers] = {}
    for unit in (unit for units in units_by_code().values() for unit in units if unit.name not in never):
        full, short = _spellings(unit)
        stem, ending = split_name(unit.name)
        renewed = stem in current
        late = unit.last is None or (unit.last >= _STILL_SPOKEN_OF and not (ending == "地区" and renewed))
        for text in full:
            bearers = found.setdefault(text, _Bearers())
            (bearers.full if late or (len(stem) > 1 and not renewed) else bearers.dated).append(unit)
        if short and (unit.last is None or (late and not renewed)):
            found.setdefault(short, _Bearers()).short.append(unit)
    facts = place_facts()
    for text, code in {**facts["aliases"], **facts["local_aliases"]}.items():
        found.setdefault(text, _Bearers()).full.append(_latest(code))
    return found


def _latest(code: str) -> AdministrativeUnit:
    return max(units_by_code()[code], key=lambda unit: unit.last or 9999)


def _trust(form: Form, only_past: bool) -> int:
    """How far the spelling alone tells that the place is meant."""
    stem = split_name(form.text)[0]
    if form.text in _stop_lists()["full_if_introduced"]:
        return IF_INTRODUCED
    if not form.short:
        doubtful = form.text in _stop_lists()["full_in_doubt"] or stem in _stop_lists()["words"]
        return STRICT if doubtful or len(stem) == 1 or only_past else FREE
    if form.text in _stop_lists()["words"]:
        return WORD
    if form.text in _stop_lists()["names"]:
        return IF_INTRODUCED
    if form.text in _stop_lists()["cities_in_doubt"]:
        return IN_DOUBT
    if form.highest != "county" or len(form.text) > 2:
        return FREE
    return IF_INTRODUCED if only_past else IN_DOUBT


@cache
def _stop_lists() -> dict[str, frozenset[str]]:
    keys = ("full_if_introduced", "full_in_doubt", "words", "names", "cities_in_doubt")
    return {key: words_of(key) for key in keys}


@cache
def form_of(text: str) -> Form:
    """The form of a spelling that `_spellings_borne` or `_traps` has; made when a text is first found to hold it."""
    bearers = _spellings_borne().get(text)
    if bearers is None:
        return Form(text, short=True, trust=TRAP)
    units = bearers.full + bearers.short
    now = tuple(unit for unit in units if unit.last is None)
    past = tuple(unit for unit in units if unit.last is not None)
    form = Form(text, short=not bearers.full and bool(bearers.short), dated=tuple(bearers.dated))
    form.now, form.past = now or past, past if now else ()
    levels = {unit.level for unit in form.now or form.dated}
    form.highest = next(level for level in ("province", "city", "county") if level in levels)
    form.little_known = (
        form.short and form.highest == "county" and len(text) <= 2 and text not in words_of("well_known")
    )
    local = text in place_facts()["local_aliases"]
    form.trust = IF_INTRODUCED if local else _trust(form, only_past=not now)
    return form


@cache
def _traps() -> frozenset[str]:
    """Words that hold a name and are none."""
    facts = place_facts()
    traps = set(facts["traps"].split())
    traps.update(character + name for name, characters in facts["not_after"].items() for character in characters)
    traps.update(name + character for name, chars in facts["not_before_characters"].items() for character in chars)
    return frozenset(traps)


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    """A machine that finds all spellings, and the spellings by the numbers that it gives them."""
    spellings = (*_spellings_borne(), *(_traps() - frozenset(_spellings_borne())))
    return AhoCorasick(spellings, store_patterns=False), spellings


def find_forms(text: str) -> list[tuple[int, int, Form]]:
    """Start, negative end and form of every spelling in the text, the leftmost first, then the longest."""
    machine, spellings = _automaton()
    hits = find_all(machine, text)
    return sorted([(start, -end, form_of(spellings[number])) for number, start, end in hits], key=itemgetter(0, 1))


def find_all(machine: AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    """Number, start and end of every pattern of a machine in the text, overlapping ones too."""
    try:
        return machine.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:  # half a surrogate pair, which is part of no name
        return machine.find_matches_as_indexes(text.encode("utf-8", "replace").decode(), overlapping=True)
