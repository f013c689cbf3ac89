"""Administrative units of China by their six-digit codes (GB/T 2260): names, years, levels, what lies in what.

The data are patterns/places.tsv (made by scripts/build_places.py) and the facts of patterns/places.yaml.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..paths import patterns_dir, read_pattern_file

MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})


class AdministrativeUnit(NamedTuple):
    """One name of one code, with its years of validity, both inclusive, either open (None)."""

    code: str
    name: str
    first: int | None = None
    last: int | None = None

    @property
    def level(self) -> str:
        """`province`, `city` or `county`."""
        return level_of(self.code)

    def holds_in(self, year: int) -> bool:
        """Whether the name was in force in `year`."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@cache
def place_facts() -> dict[str, Any]:
    """The content of patterns/places.yaml."""
    facts: dict[str, Any] = read_pattern_file("places.yaml")
    return facts


@cache
def units_by_code() -> dict[str, tuple[AdministrativeUnit, ...]]:
    """Every code with all names that it ever had, the oldest first."""
    found: dict[str, list[AdministrativeUnit]] = {}
    for line in (patterns_dir() / "places.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, name, first, last = [*line.split("\t"), "", ""][:4]
            unit = AdministrativeUnit(code, name, int(first) if first else None, int(last) if last else None)
            found.setdefault(code, []).append(unit)
    return {code: tuple(units) for code, units in found.items()}


@lru_cache(maxsize=8192)
def level_of(code: str) -> str:
    """`province`, `city` (any prefecture) or `county`, by the zeros of the code.

    >>> level_of("520000"), level_of("520100"), level_of("520102")
    ('province', 'city', 'county')

    Raises ValueError when `code` is not six digits.
    """
    if len(code) != 6 or not code.isdecimal():
        raise ValueError(f"{code!r} is no code of GB/T 2260: write six digits, such as '520102'")
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


@lru_cache(maxsize=8192)
def name_of(code: str, year: int | None = None) -> str | None:
    """The name of `code` in `year`, or the latest name that it had; None for a code that was never given out."""
    units = units_by_code().get(code, ())
    if not units:
        return None
    valid = [unit for unit in units if year is None or unit.holds_in(year)]
    return max(valid or units, key=lambda unit: (unit.last or 9999, unit.first or 0)).name


def is_within(code: str, other: str) -> bool:
    """Whether the unit `code` is `other` or lies in it."""
    if code == other or (other.endswith("0000") and code[:2] == other[:2]):
        return True
    if not other.endswith("00"):
        return False
    part_of: dict[str, str] = place_facts()["part_of"]
    return code[:4] == other[:4] or part_of.get(code[:4] + "00") == other


@lru_cache(maxsize=8192)
def ancestor(code: str, level: str) -> str | None:
    """The code of the unit at `level` that `code` is or lies in; None where there is none.

    `level` is `province`, `city` or `county`. A municipality is its own city (全市 in 朝阳区 of 北京 is 北京); a
    county directly under its province (济源市) has no city above it.

    >>> ancestor("520102", "city"), ancestor("110105", "city"), ancestor("419001", "city")
    ('520100', '110000', None)
    """
    own = level_of(code)
    province = code[:2] + "0000"
    if level == "province":
        return province
    if level == "county":
        return code if own == "county" else None
    if level != "city":
        return None
    if province in MUNICIPALITIES:
        return province
    city = code[:4] + "00"
    return city if own != "province" and city in units_by_code() else None


@cache
def cities_of_towns() -> frozenset[str]:
    """The codes of cities that have towns directly under them (东莞, 中山, 儋州, 嘉峪关)."""
    return frozenset(place_facts()["cities_of_towns"].split())
