"""Which of the places of one name is meant: home, what the text has introduced and what stands nearest decide."""

from __future__ import annotations

from .gazetteer import AdministrativeUnit, ancestor, is_within
from .place_runs import Run, Units


def settle(runs: list[Run], home: str | None, introduced: set[str]) -> list[Run]:
    """The runs whose unit is certain, each with its unit; where only the outer part is, that part."""
    for run in runs:
        run.unit = run.units[0] if len(run.units) == 1 else _by_itself(run, home, introduced)
    for order in (runs, runs[::-1]):
        if any(run.unit is None for run in runs):
            _by_neighbours(order)
    settled = []
    for run in runs:
        while run.unit is None and run.outer is not None:
            run = run.outer
            run.unit = _by_itself(run, home, introduced)
        if run.unit is not None:
            settled.append(run)
    return _without_strangers(settled, introduced)


def _one_code(units: Units) -> bool:
    return len({unit.code for unit in units}) == 1


def _by_itself(run: Run, home: str | None, introduced: set[str]) -> AdministrativeUnit | None:
    """The unit of a run that needs no other run; what cannot be meant is taken from `run.units`."""
    units = run.units
    if run.form.short:
        units = tuple(u for u in units if not any(o.code != u.code and is_within(u.code, o.code) for o in units))
        units = tuple(unit for unit in units if unit.code in introduced) or units
        highest = tuple(unit for unit in units if unit.level == run.form.highest)
        if run.form.highest != "county" and run.outer is None and _one_code(highest):
            return highest[0]
    if not _one_code(units) and all(unit.last for unit in units) and len({unit.code[:2] for unit in units}) == 1:
        units = (max(units, key=lambda unit: unit.last or 0),)  # one place, given a new code
    run.units = units if home is None else _nearest_to_home(units, home)
    return run.units[0] if _one_code(run.units) else None


def _nearest_to_home(units: Units, home: str) -> Units:
    """Those that are home, hold it or lie in it, else in its city, else in its province; all where none does."""
    for around in (home, ancestor(home, "city"), ancestor(home, "province")):
        near = tuple(u for u in units if around and (is_within(u.code, around) or is_within(home, u.code)))
        if near:
            return near
    return units


def _by_neighbours(runs: list[Run]) -> None:
    """Settle what is open by the nearest settled run before it in the same city, else in the same province."""
    seen: dict[str, int] = {}
    for index, run in enumerate(runs):
        if run.unit is None:
            run.unit = _seen_last(run.units, seen)
        if run.unit is not None:
            seen[run.unit.code[:2]] = index
            if run.unit.level != "province":
                seen[run.unit.code[:4]] = index


def _seen_last(units: Units, seen: dict[str, int]) -> AdministrativeUnit | None:
    for digits in (4, 2):
        latest = max((seen.get(unit.code[:digits], -1) for unit in units), default=-1)
        near = tuple(unit for unit in units if latest >= 0 and seen.get(unit.code[:digits]) == latest)
        if _one_code(near):
            return near[0]
    return None


def _without_strangers(runs: list[Run], introduced: set[str]) -> list[Run]:
    """The runs but for short names of little known counties in a province of which nothing else speaks."""
    doubted = {id(run) for run in runs if run.outer is None and run.form.little_known}
    if not doubted:
        return runs
    codes = [run.unit.code for run in runs if run.unit is not None and id(run) not in doubted]
    provinces = {code[:2] for code in (*codes, *introduced)}
    if not provinces:
        return runs
    return [run for run in runs if id(run) not in doubted or (run.unit and run.unit.code[:2] in provinces)]
