"""The package: what its wheel holds, that it works away from its source, and that it declares what it uses."""

from __future__ import annotations

import ast
import configparser
import email
import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# imports that are not called as what is installed
DISTRIBUTIONS = {"docx": "python-docx", "yaml": "pyyaml"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    builder = pytest.importorskip(
        "hatchling.builders.wheel", reason="hatchling, which builds the wheel, is not installed"
    )
    out = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIANBAO_COMPILE", "0")  # which takes minutes, and adds to a wheel without changing what is in it
        return Path(next(builder.WheelBuilder(str(ROOT)).build(directory=str(out), versions=["standard"])))


def files_of(folder: str) -> set[str]:
    """The files below a folder of the project, caches left out."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


# the wheel


def test_the_wheel_holds_the_package_and_its_patterns_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files_of("extract") | {f"extract/{name}" for name in files_of("patterns")}


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    info = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA")).rpartition("/")[0]
    metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
    assert (metadata["Name"], metadata["Version"]) == ("jianbao", PROJECT["project"]["version"])
    assert metadata["Requires-Python"] == ">=3.11"
    assert f"{info}/licenses/LICENSE" in archive.namelist()
    entry_points = configparser.ConfigParser()
    entry_points.read_string(archive.read(f"{info}/entry_points.txt").decode())
    assert {name: dict(entry_points[name]) for name in entry_points.sections()} == {
        "console_scripts": {"jianbao": "extract.cli:main"},
        "spacy_factories": {"jianbao": "extract.spacy_component:make_jianbao"},
    }


def test_the_wheel_works_away_from_its_source(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import extract, extract.paths; print(extract.paths.patterns_dir()); "
        "print([r.quote for r in extract.extract_text('截至2023年底，全县已建成社工站21个').records])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert told.stdout.splitlines() == [str(tmp_path / "site/extract/patterns"), "['21个']"]


def test_a_wheel_without_patterns_says_so(wheel: Path, tmp_path: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    archive.extractall(tmp_path, [name for name in archive.namelist() if not name.startswith("extract/patterns/")])
    told = subprocess.run(
        [sys.executable, "-c", "import extract; extract.extract_text('建成社工站21个')"],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert told.returncode != 0
    assert "the shipped patterns are missing; install jianbao again from its wheel" in told.stderr


# what is compiled


def test_every_name_of_what_is_compiled_is_that_of_a_module() -> None:
    hook = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    assert [name for name in (*hook["modules"], *hook["interpreted"]) if not any(ROOT.glob(name))] == []


def test_what_is_compiled_has_the_dataclasses_that_its_source_has() -> None:
    hook = pytest.importorskip("compile_hook", reason="hatchling, which builds the wheel, is not installed")
    source = (
        "from dataclasses import dataclass, field\n\n\n@dataclass(slots=True)\nclass A:\n"
        "    x: int\n    y: str = 'b'\n    z: list[int] = field(default_factory=list)\n"
        "    w: int = field(init=False, compare=False)\n\n    def __post_init__(self) -> None:\n        self.w = self.x + 1\n"
        "\n\n@dataclass(frozen=True)\nclass B:\n    x: int = 0\n"
        "\n\nmade = repr([A(1), A(2, 'c', [3]), A(x=1, z=[]), B(), A(1) == A(1, 'b')])\n"
    )
    plain: dict[str, Any] = {}
    written: dict[str, Any] = {}
    exec(source, plain)
    exec(hook.written_out(source), written)
    assert written["made"] == plain["made"]
    assert hook.written_out(source).count("def __init__") == 1  # of A; B is frozen


# what is declared


def declared(requirements: list[str]) -> set[str]:
    """The names of requirements, without extras and versions."""
    return {re.split(r"[\[<>=!~; ]", requirement)[0].lower() for requirement in requirements}


def imported(folder: str) -> set[str]:
    """The distributions that the modules of a folder import, their own packages and the standard library left out."""
    names: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return {
        DISTRIBUTIONS.get(name, name).replace("_", "-") for name in names - set(sys.stdlib_module_names) - {"extract"}
    }


def test_the_package_declares_what_it_imports_and_imports_what_it_declares() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    needed = declared(PROJECT["project"]["dependencies"])
    for_users = declared([r for name, rs in extras.items() if name not in ("test", "page-test", "dev") for r in rs]) - {
        "jianbao"
    }
    used = imported("extract")
    assert used - needed - for_users == set()
    assert needed - used == set()


def test_the_tests_declare_what_they_import() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    known = declared(PROJECT["project"]["dependencies"] + [r for rs in extras.values() for r in rs])
    own = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    assert imported("tests") - known - own - {"hatchling", "readme-command", "build-reference"} == set()


def test_the_command_is_there() -> None:
    assert PROJECT["project"]["scripts"] == {"jianbao": "extract.cli:main"}
    module, _, name = PROJECT["project"]["scripts"]["jianbao"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_everything_that_the_source_archive_names_is_there() -> None:
    names = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_no_python_stands_among_the_patterns() -> None:
    assert [name for name in files_of("patterns") if name.endswith(".py")] == []
