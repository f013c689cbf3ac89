"""The pages: what they show runs as it is shown, what they name is there."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import io
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extract.authoring import load_rules
from extract.cli import app

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from readme_command import command  # noqa: E402

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md"))
    if path.parent.name != ".venv"
)
BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```\n(?:```\n(?P<shown>.*?)^```$)?", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[tuple[str, str | None]]:
    """The fenced blocks of a kind, each with the output that is shown right behind it."""
    return [(found["text"], found["shown"]) for found in BLOCK.finditer(page(name)) if found["kind"] == kind]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all that the project has, in which output does no harm, as the current one."""
    for name in ("corpus", "patterns", "docs", "README.md", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# set-up


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_page_has_a_line_that_sets_up_and_does_it(name: str) -> None:
    line = command(name, page("README.md"))
    assert line in page("README.md").splitlines()
    assert line.startswith("pip install ")


def test_a_page_without_the_line_is_told() -> None:
    with pytest.raises(LookupError, match="no command line for 'run'"):
        command("run", "pip install .\n")


def test_the_set_up_line_does_the_main_job(elsewhere: Path) -> None:
    done = CliRunner().invoke(app, shlex.split(command("run", page("README.md")).partition("&& jianbao ")[2]))
    assert done.exit_code == 0, done.output
    assert (elsewhere / "outputs" / "records.jsonl").stat().st_size > 0
    assert {path.name for path in (elsewhere / "outputs").glob("*.csv")} >= {"stations.csv", "workers.csv", "funds.csv"}


# code


def installed(code: str) -> bool:
    """Whether all that a block of Python imports is there."""
    names = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.name for node in names if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in names if isinstance(node, ast.ImportFrom)}
    return all(importlib.util.find_spec(module.partition(".")[0]) for module in modules)


WALKED = (
    "README.zh-CN.md",
    "docs/guide.md",
    "docs/new-phrasing.md",
    "docs/report.md",
)  # their commands name what is there


def follow(name: str) -> list[str]:
    """The faults met by one who does what a page says, block by block, in the current folder.

    Python runs, and prints what is shown behind it; the `jianbao` commands of WALKED succeed; a text or YAML goes to
    the file that is named last before it, if one is.
    """
    text = page(name)
    names: dict[str, Any] = {}
    faults = []
    for block in BLOCK.finditer(text):
        kind, content, shown = block["kind"], block["text"], block["shown"]
        if kind == "python" and installed(content):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(content, name, "exec"), names)
            if shown is not None and printed.getvalue() != shown:
                faults.append(f"{content} printed:\n{printed.getvalue()}")
        elif kind == "console" and name in WALKED:
            for line in re.findall(r"^jianbao (.*)$", content, re.MULTILINE):
                done = CliRunner().invoke(app, shlex.split(line))
                faults += [f"{line}: {done.output}"] if done.exit_code else []
        elif kind in ("text", "yaml"):
            named = re.findall(r"`([\w/-]+\.(?:txt|yaml))`", text[: block.start()])
            if named:
                Path(named[-1]).parent.mkdir(parents=True, exist_ok=True)
                Path(named[-1]).write_text(content, encoding="utf-8")
    return faults


@pytest.mark.parametrize("name", [name for name in PAGES if blocks(name, "python") or name in WALKED])
def test_who_does_what_a_page_says_meets_no_fault(name: str, elsewhere: Path) -> None:
    assert follow(name) == []


@pytest.mark.parametrize("name", [name for name in PAGES if blocks(name, "yaml")])
def test_the_rules_of_the_pages_load(name: str, tmp_path: Path) -> None:
    for number, (text, _) in enumerate(blocks(name, "yaml")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "mine.yaml").write_text(text, encoding="utf-8")
        assert load_rules(folder).rules


COMMAND = re.compile(r"`(jianbao [^`]*)`|^(?:.*&& )?(jianbao .*)$", re.MULTILINE)
COMMANDS = sorted(
    {
        part.strip()
        for name in PAGES
        for found in COMMAND.finditer(page(name))
        for part in re.split(r"&&|(?=jianbao )", found[1] or found[2])
        if part.strip().startswith("jianbao ")
    }
)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_and_option_of_the_pages_is_known(line: str) -> None:
    words = re.findall(r"[^\s,;()]+", line)[1:]
    names: list[str] = []
    for word in words:
        if word.startswith("-") or CliRunner().invoke(app, [*names, word, "--help"]).exit_code or len(names) == 2:
            break
        names.append(word)
    told = CliRunner().invoke(app, [*names, "--help"])
    assert names or words[0].startswith("--"), f"there is no such command: {line}"
    assert told.exit_code == 0
    assert [word for word in words if word.startswith("--") and word not in told.output] == []


# names


UNWRITTEN = pytest.mark.xfail(
    not (ROOT / "benchmarks/README.md").exists(), reason="a page is not yet there", strict=True
)


@pytest.mark.parametrize("name", [pytest.param(n, marks=UNWRITTEN) if n == "README.md" else n for n in PAGES])
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page(name))
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/rules.md"])
def test_every_file_that_a_page_names_is_there(name: str) -> None:
    paths = re.findall(r"`((?:patterns|tests|scripts|corpus|extract|docs|benchmarks)/[\w./*<>-]*)`", page(name))
    found = {path: list(ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/")))) for path in paths}
    assert [path for path, there in found.items() if not there] == []
