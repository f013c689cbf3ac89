"""Every sum, ratio, growth, change and repeat of the bulletins beside the project, listed by hand before any was found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from extract.pipeline import Extraction, extract_bulletin, shipped_rules
from extract.read import read_bulletin

BULLETINS = Path(__file__).parents[3] / "shared" / "bulletins"

# by the beginning of the file's name: the quotes of the terms, the whole first, blanks left out
RELATIONS = [
    ("000", "sum", ["121人", "1人", "55人", "65人"]),
    ("000", "sum", ["467人", "120人", "346人", "1人"]),
    ("000", "sum", ["467人", "280人", "155人", "32人"]),
    ("001", "change", ["184人", "30人"]),
    ("001", "part", ["800余名", "600人"]),
    ("001", "part", ["10余个", "5个"]),
    ("002", "sum", ["430个", "64个", "366个"]),
    ("003", "part", ["1699人", "535人"]),
    ("003", "ratio", ["576名", "198人", "34.4%"]),
    ("003", "growth", ["1699人", "576名", "51.3%"]),
    ("003", "growth", ["535人", "198人", "58.8%"]),
    ("003", "repeat", ["198人", "198人"]),
    ("004", "part", ["4523人", "1085人"]),
    ("004", "ratio", ["4523人", "1085人", "24%"]),
    ("004", "part", ["60名", "22名"]),
    ("004", "part", ["两名", "一名"]),
    ("004", "sum", ["8人", "1人", "7人"]),
    ("004", "repeat", ["11个", "11个"]),
    ("004", "repeat", ["36名", "36名"]),
]

pytestmark = pytest.mark.skipif(not BULLETINS.is_dir(), reason="../shared/bulletins is not beside the project")


@pytest.fixture(scope="module")
def extractions() -> Mapping[str, Extraction]:
    paths = sorted(BULLETINS.glob("*.txt"))
    return {path.name[:3]: extract_bulletin(read_bulletin(path, path.name), shipped_rules()) for path in paths}


def quotes(found: Extraction) -> list[tuple[str, list[str], str]]:
    """Kind, quotes and verdict of each check."""
    names = {f"n{number.start}": number.quote for number in found.numbers}
    names |= {record.record_id: record.quote for record in found.records}
    return [(c.kind, ["".join(names[t].split()) for t in c.terms], c.verdict) for c in found.checks]


def test_every_relation_of_the_list_is_found_and_no_other(extractions: Mapping[str, Extraction]) -> None:
    found = [(name, kind, terms) for name, e in extractions.items() for kind, terms, _ in quotes(e)]
    assert sorted(found) == sorted(RELATIONS)


def test_none_of_them_fails(extractions: Mapping[str, Extraction]) -> None:
    assert {verdict for e in extractions.values() for *_, verdict in quotes(e)} == {"holds"}
