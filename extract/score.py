"""Extracted records against gold: precision, recall and F1 by table, each fault with the fields that differ.

A found record answers a gold record when both are in the same file and table and their spans overlap; one answers one.
`core` asks for measure, value (or low and high), bound and unit; `full` also for grade, per, status, place and period,
and for nature, facility, tier and programme where the gold states one. `a|b` in a gold field accepts either, `null`
among them accepts absence. Optional gold is neither demanded nor are its answers counted as extra.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any, Literal

Fields = Mapping[str, Any]

WORDED = ("measure", "unit", "bound")
ALWAYS = ("grade", "per", "status")  # null means none
WHERE_STATED = ("nature", "facility", "tier", "programme")
PERCENT_TOLERANCE = 1e-3  # 三分之一 is 33.33 or 33.3333
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of `right` answers among those `made` to the ones `demanded`."""

    right: int
    demanded: int
    made: int

    @property
    def precision(self) -> float:
        """The right share of what was made; 1 when nothing was."""
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """The share of what was demanded that is right; 1 when nothing was."""
        return self.right / self.demanded if self.demanded else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def plain(self) -> dict[str, float]:
        """The three figures by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass(frozen=True, slots=True)
class TableScore:
    """How well one table (or all of them) answers its gold."""

    core: Figures
    full: Figures

    def plain(self) -> dict[str, Any]:
        """The number of gold records, then the core and the full figures."""
        return {"gold": self.core.demanded, "core": self.core.plain(), "full": self.full.plain()}


@dataclass(frozen=True, slots=True)
class Fault:
    """One gold record missed or answered wrongly, or one record too many; `wrong` names the fields that differ."""

    kind: Literal["missed", "wrong", "extra"]
    gold: Fields | None
    found: Fields | None
    wrong: tuple[str, ...] = ()
    sentence: str | None = None

    def differences(self) -> list[str]:
        """Each field that differs as `field: gold ≠ found`."""
        gold, found = self.gold or {}, self.found or {}
        return [f"{name}: {_gold_value(gold, name)} ≠ {_found_value(found, name)}" for name in self.wrong]


def _gold_value(gold: Fields, name: str) -> str:
    if name == "period":
        period = gold.get("period") or {}
        return f"{period.get('start')}…{period.get('end')}"
    if name == "value" and gold["bound"] == "range":
        return f"{gold.get('low')}…{gold.get('high')}"
    return str(gold.get(name))


def _found_value(found: Fields, name: str) -> str:
    if name == "period":
        return f"{found.get('period_start')}…{found.get('period_end')}"
    if name == "value" and found.get("value") is None:
        return f"{found.get('low')}…{found.get('high')}"
    return str(found.get("place_code" if name == "place" else name))


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a comparison, its faults, and which gold field was taken for what."""

    overall: TableScore
    tables: dict[str, TableScore]
    faults: tuple[Fault, ...]
    wrong_fields: Counter[str]
    confusions: dict[str, Counter[tuple[str, str]]]

    def figure(self, name: str) -> float:
        """One figure of the whole by the name that a floor gives it, `core_f1` or `f1`.

        >>> Score(TableScore(Figures(1, 2, 1), Figures(0, 2, 1)), {}, (), Counter(), {}).figure("core_recall")
        0.5
        """
        level, _, part = name.rpartition("_")
        return float(getattr(getattr(self.overall, level or "core"), part))

    def plain(self, *, verbose: bool = False) -> dict[str, Any]:
        """The figures as JSON-ready values; `verbose` adds the faults."""
        whole = self.overall
        return {
            "gold": whole.core.demanded,
            "made": whole.core.made,
            "core": whole.core.plain(),
            "full": whole.full.plain(),
            "tables": {name: table.plain() for name, table in self.tables.items()},
            "wrong_fields": dict(self.wrong_fields.most_common()),
            "confusions": {
                field: {f"{gold} → {found}": count for (gold, found), count in pairs.most_common()}
                for field, pairs in self.confusions.items()
            },
            **({"faults": [asdict(fault) for fault in self.faults]} if verbose else {}),
        }


def accepts(wanted: object, got: object) -> bool:
    """Whether a gold field accepts a value.

    >>> accepts("stock|null", None), accepts("stock", "flow"), accepts(None, None)
    (True, False, True)
    """
    if isinstance(wanted, str):
        return got in [None if option == "null" else option for option in wanted.split("|")]
    return got == wanted


def same_number(gold: Fields, found: Fields) -> bool:
    """Whether the values agree: low and high for a range, else the value."""
    names = ("low", "high") if gold["bound"] == "range" else ("value",)
    tolerance = PERCENT_TOLERANCE if gold["unit"] == "percent" else TOLERANCE
    return all(_close(gold.get(name), found.get(name), tolerance) for name in names)


def _close(wanted: float | None, got: float | None, tolerance: float) -> bool:
    return (
        wanted is not None
        and got is not None
        and abs(float(wanted) - float(got)) <= tolerance * max(1.0, abs(float(wanted)))
    )


def same_period(gold: Fields, found: Fields) -> bool:
    """Whether the dates agree; a gold period without dates (今年 in an undated article) accepts any."""
    wanted = gold.get("period") or {}
    dates = (wanted.get("start"), wanted.get("end"))
    return not any(dates) or dates == (found.get("period_start"), found.get("period_end"))


def wrong_core(gold: Fields, found: Fields) -> tuple[str, ...]:
    """The core fields that differ."""
    value = () if same_number(gold, found) else ("value",)
    worded = (name for name in WORDED if gold.get(name) is not None and not accepts(gold[name], found.get(name)))
    return (*value, *worded)


def wrong_full(gold: Fields, found: Fields) -> tuple[str, ...]:
    """All the fields that differ."""
    wrong = [*wrong_core(gold, found)]
    wrong += [name for name in ALWAYS if not accepts(gold.get(name), found.get(name))]
    wrong += [name for name in WHERE_STATED if gold.get(name) and not accepts(gold[name], found.get(name))]
    if gold.get("place") and found.get("place_code") != gold["place"]:
        wrong.append("place")
    if not same_period(gold, found):
        wrong.append("period")
    return tuple(wrong)


def overlap(one: Fields, other: Fields) -> int:
    """The number of code points that two spans share; 0 or less when they share none."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _by_file(rows: Sequence[Fields]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        places[PurePath(row["file"]).name].append(index)
    return places


def pair(golds: Sequence[Fields], founds: Sequence[Fields]) -> list[tuple[int, int]]:
    """Indexes of the gold and found records that answer each other.

    One to one; the pairs with most of the core right first, then with most right, then with the longest overlap.
    """
    in_file = _by_file(founds)
    options = []
    for i, gold in enumerate(golds):
        for j in in_file.get(PurePath(gold["file"]).name, ()):
            found = founds[j]
            if found["table"] == gold["table"] and (shared := overlap(gold, found)) > 0:
                options.append((len(wrong_core(gold, found)), len(wrong_full(gold, found)), -shared, i, j))
    free_golds, free_founds = set(range(len(golds))), set(range(len(founds)))
    pairs = []
    for *_, i, j in sorted(options):
        if i in free_golds and j in free_founds:
            free_golds.remove(i)
            free_founds.remove(j)
            pairs.append((i, j))
    return pairs


def score(golds: Sequence[Fields], founds: Sequence[Fields], numbers: Sequence[Fields] = ()) -> Score:
    """The comparison of found records with gold; the run's ledger of `numbers` gives missed ones their sentences."""
    pairs = pair(golds, founds)
    answered = {j for _, j in pairs}
    demanded = {i for i, gold in enumerate(golds) if not gold.get("optional")}
    answers = {i: j for i, j in pairs if i in demanded}
    missed = [golds[i] for i in sorted(demanded - answers.keys())]
    faults = [Fault("missed", gold, None, (), around) for gold, around in _with_sentences(missed, numbers)]
    wrong = {i: wrong_full(golds[i], founds[j]) for i, j in answers.items()}
    faults += [
        Fault("wrong", golds[i], founds[j], wrong[i], founds[j].get("sentence")) for i, j in answers.items() if wrong[i]
    ]
    extras = [found for j, found in enumerate(founds) if j not in answered]
    faults += [Fault("extra", None, found, (), found.get("sentence")) for found in extras]
    core = {i for i, j in answers.items() if not wrong_core(golds[i], founds[j])}
    full = {i for i in answers if not wrong[i]}

    def figures(right: set[int], table: str | None) -> Figures:
        rows = {i for i in demanded if table in (None, golds[i]["table"])}
        extra = sum(table in (None, found["table"]) for found in extras)
        return Figures(len(right & rows), len(rows), len(answers.keys() & rows) + extra)

    tables: list[str | None] = [None, *sorted({gold["table"] for gold in golds})]
    scores = {table: TableScore(figures(core, table), figures(full, table)) for table in tables}
    overall = scores.pop(None)
    return Score(
        overall=overall,
        tables={str(table): figures for table, figures in scores.items()},
        faults=tuple(faults),
        wrong_fields=Counter(name for names in wrong.values() for name in names),
        confusions=_confusions(faults),
    )


def _with_sentences(golds: Sequence[Fields], numbers: Sequence[Fields]) -> Iterator[tuple[Fields, str | None]]:
    in_file = _by_file(numbers)
    for gold in golds:
        near = (numbers[j] for j in in_file.get(PurePath(gold["file"]).name, ()))
        yield gold, next((number.get("sentence") for number in near if overlap(gold, number) > 0), None)


def _confusions(faults: Sequence[Fault]) -> dict[str, Counter[tuple[str, str]]]:
    """Gold → found pairs of measures, and of tables where a missed and an extra record overlap."""
    measures = Counter(
        (f"{fault.gold['table']}.{fault.gold['measure']}", f"{fault.found['table']}.{fault.found.get('measure')}")
        for fault in faults
        if fault.gold and fault.found and "measure" in fault.wrong
    )
    extras = [fault.found for fault in faults if fault.kind == "extra" and fault.found]
    in_file = _by_file(extras)
    tables: Counter[tuple[str, str]] = Counter()
    for fault in faults:
        if fault.kind == "missed" and fault.gold:
            for j in in_file.get(PurePath(fault.gold["file"]).name, ()):
                if overlap(fault.gold, extras[j]) > 0 and extras[j]["table"] != fault.gold["table"]:
                    tables[(fault.gold["table"], extras[j]["table"])] += 1
    return {"measure": measures, "table": tables}


def below_floor(result: Score, floors: Mapping[str, float]) -> list[str]:
    """A sentence for each figure that lies below its floor, such as `{"core_f1": 0.97}`."""
    return [
        f"{name} is {result.figure(name):.4f}, below its floor of {least}"
        for name, least in floors.items()
        if result.figure(name) < least
    ]
