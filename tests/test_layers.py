"""The road goes one way: each step of `extract/` imports only steps to its left, and no module imports itself in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "extract"

# each step is a module or a folder of `extract/`; it may import those before it
ORDER = (
    "caching", "paths", "expressions", "read", "reflow", "sentences", "articles", "known", "dictionary", "tokens", "match", "arithmetic",
    "rules", "normalise", "records", "checks", "ledger", "passages", "pipeline", "stretches", "duplicates", "score", "gold",
    "tables", "authoring", "arrow", "staging", "processes", "parquet", "schemas", "database", "workbook", "writers",
    "batch", "columnar", "spark", "charts", "report", "plots", "spacy_component", "views", "show", "runs", "loading", "cli",
    "__main__",
)  # fmt: skip
FRONT_DOOR = "__init__"  # lends the version, and imports all else when it is asked for


def modules() -> dict[str, Path]:
    """The modules of the package by their dotted names."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imported_names(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The import statements that can run: all but those for type checkers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from imported_names(node)


def imports(name: str, source: str, *, is_package: bool, known: Mapping[str, object]) -> set[str]:
    """The modules of the package that a module's source imports, by their dotted names."""
    package = name.split(".") if is_package else name.split(".")[:-1]
    found: set[str] = set()
    for node in imported_names(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
            continue
        above = package[: len(package) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        inner = {f"{base}.{alias.name}" for alias in node.names}
        found |= {n for n in inner if n in known} or {base}
        found |= {base} if inner - known.keys() else set()
    return {n for n in found if n.split(".")[0] == "extract"}


def graph() -> dict[str, set[str]]:
    """What each module of the package imports of it."""
    known = modules()
    return {
        name: imports(name, path.read_text(encoding="utf-8"), is_package=path.name == "__init__.py", known=known)
        for name, path in known.items()
    }


def step(name: str) -> str:
    """The step that a module belongs to."""
    return name.split(".")[1] if "." in name else FRONT_DOOR


def wrong_ways(edges: Mapping[str, set[str]]) -> list[str]:
    """A sentence for every import that goes to the right."""
    place = {name: number for number, name in enumerate(ORDER)}
    return [
        f"{name} imports {other}, which is a step to the right of {step(name)}"
        for name in sorted(edges)
        for other in sorted(edges[name])
        if FRONT_DOOR not in (step(name), step(other)) and place[step(other)] > place[step(name)]
    ]


def circles(edges: Mapping[str, set[str]]) -> list[str]:
    """A sentence for every module that imports itself over others; a package may import its own modules."""
    reached: dict[str, set[str]] = {}
    for name in edges:
        todo, seen = [*edges[name]], set[str]()
        while todo:
            other = todo.pop()
            if other not in seen:
                seen.add(other)
                todo.extend(edges.get(other, ()))
        reached[name] = seen
    return [f"{name} imports itself in a circle" for name in sorted(edges) if name in reached[name]]


def test_every_module_has_its_place_on_the_road() -> None:
    steps = {step(name) for name in modules()} - {FRONT_DOOR}
    assert sorted(steps - set(ORDER)) == [], "put the new step into ORDER, where it belongs"


def test_each_step_imports_only_steps_to_its_left() -> None:
    assert wrong_ways(graph()) == []


def test_no_module_imports_itself_in_a_circle() -> None:
    assert circles({name: others - {"extract"} for name, others in graph().items()}) == []


def test_the_front_door_imports_nothing_at_once() -> None:
    assert [
        ast.unparse(node)
        for node in ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "extract" in ast.unparse(node)
    ] == []


# that the test itself would speak up


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import extract.pipeline", {"extract.pipeline"}),
        ("from extract.match.dates import find_dates", {"extract.match.dates"}),
        ("from .. import read", {"extract.read"}),
        ("from ..rules import book, RuleBook", {"extract.rules", "extract.rules.book"}),
        ("from .dates import find_dates", {"extract.match.dates"}),
        ("def f():\n    from ..cli import main", {"extract.cli"}),
        ("if TYPE_CHECKING:\n    from ..cli import main", set()),
        ("import re\nfrom collections import Counter", set()),
        ("from extract import __version__", {"extract"}),
    ],
)
def test_imports_are_told_by_their_modules(source: str, found: set[str]) -> None:
    known = dict.fromkeys(
        ("extract", "extract.read", "extract.rules", "extract.rules.book", "extract.match.dates", "extract.cli")
    )
    assert imports("extract.match.places", source, is_package=False, known=known) == found


def test_an_import_to_the_right_is_told_in_a_sentence() -> None:
    edges = {"extract.read": {"extract.paths", "extract.rules.book"}, "extract.rules.book": {"extract.rules.language"}}
    assert wrong_ways(edges) == ["extract.read imports extract.rules.book, which is a step to the right of read"]


def test_a_circle_is_told_in_a_sentence() -> None:
    edges = {"extract.a": {"extract.b"}, "extract.b": {"extract.c"}, "extract.c": {"extract.b"}}
    assert circles(edges) == ["extract.b imports itself in a circle", "extract.c imports itself in a circle"]
