"""What all tests share: reproducible properties, small books of rules, and sentences whose mentions are marked by hand.

The tests of the rules' mechanisms use books and sentences of their own, so that neither a change of the shipped
patterns nor one of the matchers speaks up there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from extract.match.mentions import DateMention, PlaceMention, Quantity
from extract.rules.book import Rule, RuleBook
from extract.rules.language import Vocabulary, WordClass
from extract.rules.segments import Segment, cut_segments, find_firsts
from extract.rules.sources import RuleSource

settings.register_profile("jianbao", deadline=None, derandomize=True)
settings.load_profile("jianbao")

PATTERNS = {
    "words.yaml": """
words:
  facility: [社工站, 站点, {word: 站, not_after: [网, 车]}]
phrases:
  a: "[已|共]"
gap_stops: [举办]
""",
    "tables.yaml": """
stations:
  existing: {nature: stock, unit: site}
  built: {nature: flow, unit: site}
workers:
  certified: {nature: stock, unit: person}
""",
    "rules/stations.yaml": """
- id: stations.existing.stands
  match: "建成 {facility} {count}"
  list: true
  record: {table: stations, measure: existing}
  examples:
    - text: 全县建成社工站19个
      gives: [{value: 19, measure: existing}]
- id: workers.certified.holds
  match: "持证 {people}"
  record: {table: workers, measure: certified}
  examples:
    - text: 全县持证社工186人
      gives: [{value: 186}]
""",
}


@pytest.fixture(autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that lasts no longer than a run of the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of patterns that the loader takes for the shipped one."""
    folder = tmp_path / "patterns"
    for name, text in PATTERNS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("extract.rules.files.patterns_dir", lambda: folder)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a folder of a user's rules: `own("- id: …", second="…")`, a file for each key."""

    def write(text: str = "", folder: str = "mine", **files: str) -> Path:
        home = tmp_path / folder
        home.mkdir(exist_ok=True)
        for name, content in {"rules": text, **files}.items():
            if content:
                (home / f"{name}.yaml").write_text(content, encoding="utf-8")
        return home

    return write


VOCABULARY = Vocabulary(
    classes={
        "facility": WordClass("facility", (("社工站", ()), ("总站", ()), ("站", ("网", "车")), ("室", ()))),
        "cert": WordClass("cert", (("证书", ()), ("资格", ()))),
    },
    phrases={"a": "[已|共]"},
    gap_stops=("举办", "投入", "新增", "其中"),
)
TABLES: dict[str, dict[str, dict[str, str]]] = {
    "stations": {"existing": {"nature": "stock", "unit": "site"}, "built": {"nature": "flow", "unit": "site"}},
    "workers": {
        "certified": {"nature": "stock", "unit": "person"},
        "newly_certified": {"nature": "flow", "unit": "person"},
        "candidates": {"nature": "flow", "unit": "person"},
        "staffed": {"nature": "stock", "unit": "person"},
    },
    "funds": {
        "invested": {"nature": "flow", "unit": "CNY"},
        "allowance": {"nature": "standard", "unit": "CNY"},
        "reward": {"nature": "standard", "unit": "CNY"},
    },
    "services": {"activities": {"nature": "flow", "unit": "event"}},
    "rates": {"growth": {"unit": "percent"}, "coverage": {"unit": "percent"}, "density": {"unit": "per_10k"}},
}


def book_of(*rules: Mapping[str, Any]) -> RuleBook:
    """A book of rules as YAML would give them; `record` may be written `table.measure`."""
    compiled = []
    for order, rule in enumerate(rules):
        record = rule.get("record", "stations.existing")
        if isinstance(record, str):
            record = dict(zip(("table", "measure"), record.split("."), strict=True))
        source = RuleSource.model_validate({"id": f"rule.n{order}", **rule, "record": record})
        compiled.append(Rule(source, "made.yaml", order, VOCABULARY))
    return RuleBook(compiled, VOCABULARY, TABLES, "made")


@pytest.fixture
def make_book() -> Callable[..., RuleBook]:
    """`book_of`: a book of rules given as mappings, with the words and tables of this file."""
    return book_of


UNITS: dict[str, tuple[str | None, str, str]] = {  # spelling: unit, kind, factor
    "个": ("item", "count", "1"), "项": ("item", "count", "1"), "家": ("site", "count", "1"), "处": ("site", "count", "1"),
    "支": ("item", "count", "1"),
    "人": ("person", "count", "1"), "名": ("person", "count", "1"),
    "人次": ("person_time", "count", "1"), "户": ("household", "count", "1"), "场": ("event", "count", "1"),
    "次": ("event", "count", "1"), "期": ("session", "count", "1"), "元": ("CNY", "money", "1"),
    "万元": ("CNY", "money", "10000"), "%": ("percent", "ratio", "1"), "‰": ("percent", "ratio", "0.1"),
    "倍": ("times", "times", "1"), "番": ("times", "times", "1"), "年": ("year", "duration", "1"),
    "岁": ("year", "age", "1"), "亩": ("mu", "measure", "1"), "": (None, "bare", "1"),
}  # fmt: skip
NUMERALS = {"一": 1, "两": 2, "三": 3}
MARK = re.compile(
    r"【(?P<number>[一两三]|[\d.]+)(?:-(?P<high>[\d.]+))?(?P<unit>[^】]*)】"
    r"|\{(?P<date>[^|}]+)(?:\|(?P<relation>[a-z]+))?(?:\|(?P<basis>[a-z]+))?\}"
    r"|〔(?P<place>[^\d〕]+)(?P<code>\d{6})(?P<body>[^〕]*)〕"
)


@dataclass
class Marked:
    """A text without its marks, and the mentions that they stood for."""

    text: str
    quantities: list[Quantity]
    dates: list[DateMention]
    places: list[PlaceMention]

    def segments(self) -> list[Segment]:
        """The segments of the text, as one paragraph."""
        quantities = [*self.quantities, *find_firsts(self.text)]
        return list(cut_segments(self.text, 0, len(self.text), quantities, self.dates, self.places))


def read_marks(marked: str) -> Marked:
    """A sentence with hand-made mentions.

    `【192个】` is a quantity, `【200-500元】` a range; `{2023年}`, `{截至2021年底|until}` and `{今年|in|unresolved}`
    are dates with their relation and basis; `〔紫金县441621〕` is a place, `〔紫金县441621民政局〕` one with its body.
    """
    held = Marked("", [], [], [])
    done = 0
    for mark in MARK.finditer(marked):
        held.text += marked[done : mark.start()]
        if mark["date"]:
            held.dates.append(_date(mark, len(held.text)))
            held.text += mark["date"]
        elif mark["place"]:
            held.places.append(_place(mark, len(held.text)))
            held.text += mark["place"] + mark["body"]
        else:
            held.quantities.append(_quantity(mark, len(held.text)))
            held.text += held.quantities[-1].text
        done = mark.end()
    held.text += marked[done:]
    return held


def _quantity(mark: re.Match[str], at: int) -> Quantity:
    name, kind, factor = UNITS[mark["unit"]]
    low, high = (
        Decimal(NUMERALS.get(number, number)) * Decimal(factor)
        for number in (mark["number"], mark["high"] or mark["number"])
    )
    text = mark[0][1:-1]
    bound, value = ("range", None) if mark["high"] else ("exact", low)
    return Quantity(at, at + len(text), text, value, low, high, bound, name, mark["unit"], kind, at, at + len(text))


def _date(mark: re.Match[str], at: int) -> DateMention:
    year = re.search(r"\d{4}", mark["date"])
    relation, basis = mark["relation"] or "in", mark["basis"] or "stated"
    start = datetime.date(int(year[0]), 1, 1) if year and relation != "until" else None
    end = datetime.date(int(year[0]), 12, 31) if year and relation != "since" else None
    return DateMention(at, at + len(mark["date"]), mark["date"], start, end, relation, basis)


def _place(mark: re.Match[str], at: int) -> PlaceMention:
    name, code = mark["place"], mark["code"]
    level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    return PlaceMention(at, at + len(name), name, name, code, level, body=mark["body"] or None)


@pytest.fixture
def marks() -> Callable[[str], Marked]:
    """`read_marks`: a sentence whose mentions are marked by hand."""
    return read_marks


@pytest.fixture
def paragraph() -> Callable[[str], Sequence[Segment]]:
    """The segments of a sentence whose mentions are marked by hand."""
    return lambda marked: read_marks(marked).segments()
