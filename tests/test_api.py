"""The package's front door: what `import extract` offers and what it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import extract

HEAVY = {"ahocorasick_rs", "jieba", "numpy", "pandas", "pyarrow", "pydantic", "regex", "rich", "spacy", "typer", "yaml"}


def loaded_after(code: str) -> set[str]:
    """The names of the modules that a fresh interpreter holds after `code`."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(told.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    modules = loaded_after("import extract")
    assert not modules & HEAVY
    assert {name for name in modules if name.startswith("extract")} == {"extract"}


def test_help_loads_only_the_command_line() -> None:
    modules = loaded_after(
        "from extract.cli import app\ntry:\n    app(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0"
    )
    assert modules & HEAVY == {"typer"}


@pytest.mark.parametrize("name", extract.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert name in dir(extract)
    assert getattr(extract, name) is not None


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(AttributeError, match="module 'extract' has no attribute 'runn'"):
        extract.runn  # noqa: B018


def test_run_stays_a_function_when_its_module_is_imported() -> None:
    modules = loaded_after("import extract.runs, extract.cli, extract\nassert callable(extract.run)")
    assert "extract.runs" in modules


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(extract.__file__).parent / "py.typed").is_file()
