"""Which spellings in a text are places: each is weighed by what stands around it, adjoining ones are joined."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from ..tokens import cut_words
from .gazetteer import AdministrativeUnit, ancestor, cities_of_towns, is_within, place_facts
from .place_forms import FREE, IF_INTRODUCED, IN_DOUBT, STRICT, TRAP, WORD, Form
from .place_view import HAN, View, Words
from .towns import body_after, town_after_county

Units = tuple[AdministrativeUnit, ...]

_WINDOW = 8  # characters on either side that are segmented around a name in doubt
_BESIDE = re.compile(rf"[一-鿿]{{1,{_WINDOW}}}")
_NOT_A_COUNTY = re.compile(r"[级域]|[市区旗](?!委)|[（(][市区旗州]")
_NOT_A_DISTRICT = re.compile(r"[域间块]|划(?!归|入|出)|别(?!是)")
_OF_A_LIST_OF_LEVELS = re.compile(r"[省市州盟区旗县乡镇村级]")


_TAILS = frozenset({*"省市州县区旗盟人话岛籍", "精神", "老区", "油田", "会议"})  # words such as 上海人 hold the place


@dataclass(slots=True)
class Run:
    """Adjoining hits that lie in one another: `units` may be meant by the last of them.

    `outer` is the run without its last hit; it stands where the last one stays ambiguous.
    """

    start: int
    end: int
    units: Units
    form: Form
    outer: Run | None = None
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


def _has_bounds(words: list[str], start: int, end: int) -> bool:
    """Whether words begin at `start` and end at `end` of what they make up; a word may carry on a name (上海人)."""
    pos, bounds = 0, {0}
    for word in words:
        if pos == start and word[end - start :] in _TAILS:
            return True
        pos += len(word)
        bounds.add(pos)
    return start in bounds and end in bounds


class Reader:
    """The weighing of the hits in one text.

    `introduced` holds the codes that the text or home has made known, with all that they lie in; `waits` tells that a
    hit was refused which the rest of the text may still introduce.
    """

    def __init__(self, view: View, home: str | None, year: int | None, words: Words | None) -> None:
        self.view, self.plain, self.home, self.year = view, view.plain, home, year
        self.words, self.agreed = words, dict[tuple[str, int, int], bool]()
        self.hits: list[tuple[int, int, Form]] = []
        self.introduced: set[str] = set()
        self.waits = False
        if home:
            self.introduce(home)

    def introduce(self, code: str) -> None:
        """Make a place known, with the city and the province that it lies in."""
        self.introduced.add(code)
        self.introduced.update(above for level in ("province", "city") if (above := ancestor(code, level)))

    def han_at(self, pos: int) -> bool:
        """Whether a Chinese character stands at `pos`."""
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
        key = (self.plain[low:high], start - low, end - low)
        if key not in self.agreed:
            self.agreed[key] = _has_bounds((self.words or cut_words)(key[0]), key[1], key[2])
        return self.agreed[key]

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

    def inside(self, form: Form, units: Units, run: Run | None, start: int) -> Units:
        """Those of the units that lie in the run that ends at `start`."""
        if run is None or run.end != start or run.town:
            return ()
        found = tuple(u for u in units if any(u.code != o.code and is_within(u.code, o.code) for o in run.units))
        if found or form.short or run.units[0].level != "city":
            return found
        return tuple(u for u in form.past if any(is_within(u.code, o.code) for o in run.units))

    def shares_city(self, start: int, form: Form, run: Run | None) -> bool:
        """Whether a district begins with the 市 of its city, which is written once for both: 济南市中区."""
        if form.short or self.plain[start] != "市" or run is None or run.end != start + 1 or run.town:
            return False
        return any(is_within(unit.code, city.code) for unit in form.units(self.year) for city in run.units)

    def accepts_inside(self, start: int, end: int, form: Form) -> bool:
        """Whether a hit counts that lies in the place right before it."""
        if not form.short or not self.han_at(end):
            return True
        if form.trust == WORD:
            return body_after(self.plain, end, form.text) is not None
        return form.trust == FREE or self.words_agree(start, end, left=False)

    def accepts_alone(self, start: int, end: int, form: Form, units: Units, last: Run | None) -> bool:
        """Whether a hit counts that no place right before it holds."""
        if form.trust == WORD or (form.trust == FREE and not form.short):
            return form.trust == FREE
        known = any(unit.code in self.introduced for unit in units)
        known = known or self.listed(start, units, last) or self.has_body_at_home(end, form, units)
        known = known or (form.trust == IF_INTRODUCED and self.opens_list(end, form, units))
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
        return (known and form.trust == IN_DOUBT) or self.words_agree(start, end)

    def has_body_at_home(self, end: int, form: Form, units: Units) -> bool:
        """Whether a full name of the home city's districts stands before an organisation of its own."""
        if form.short or self.home is None or all(unit.code[:4] != self.home[:4] for unit in units):
            return False
        return body_after(self.plain, end, form.text) is not None

    def listed(self, start: int, units: Units, last: Run | None) -> bool:
        """Whether the hit carries on a list (锦州、朝阳) whose item before lies in the same province."""
        if last is None or last.end + 1 != start or self.plain[last.end] != "、":
            return False
        return any(unit.code[:2] == other.code[:2] for unit in units for other in last.units)

    def opens_list(self, end: int, form: Form, units: Units) -> bool:
        """Whether a full name opens a list (河口区、利津县) whose next item is certain and lies in the same city."""
        if form.short or self.plain[end : end + 1] not in ("、", "和", "与", "及"):
            return False
        following = bisect_left(self.hits, end + 1, key=itemgetter(0))
        cities = {unit.code[:4] for unit in units}
        for start, _, other in self.hits[following : following + 3]:
            if start == end + 1 and other.trust == FREE and not other.short:
                return any(unit.code[:4] in cities for unit in other.units(self.year))
        return False

    def accepts_strict(self, start: int, end: int, form: Form, known: bool) -> bool:
        """Whether a full name counts that may run across other words (和县, 公安县)."""
        if form.text[0] in "和同" and start and _OF_A_LIST_OF_LEVELS.match(self.plain, start - 1):
            return False
        if known or not self.han_at(start - 1):
            return True
        if self.words_agree(start, end):
            return True
        self.waits = True
        return False

    def runs(self, hits: list[tuple[int, int, Form]]) -> list[Run]:
        """The places among the hits, adjoining ones joined; the leftmost wins, then the longest that is a place."""
        self.hits = hits
        found: list[Run] = []
        last: Run | None = None
        free_from = 0
        for start, minus_end, form in hits:
            end = -minus_end
            if start < free_from and not (start == free_from - 1 and self.shares_city(start, form, last)):
                continue
            if form.trust == TRAP:
                free_from = end
                continue
            units = form.units(self.year)
            inside = self.inside(form, units or form.past, last, max(start, free_from))
            if not (units or inside) or self.barred(start, end, form):
                continue
            if inside and last is not None:
                if not self.accepts_inside(start, end, form):
                    continue
                found.pop()
                last = Run(last.start, end, inside, form, outer=last)
            else:
                if not self.accepts_alone(start, end, form, units, last):
                    continue
                last = Run(start, end, units, form)
            self.add_town(last)
            found.append(last)
            free_from = last.end
        return found

    def add_town(self, run: Run) -> None:
        """Make the town part of the run that names its county."""
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
