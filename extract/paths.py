"""Where the project's data lies: beside the package in a source tree, inside it in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def patterns_dir() -> Path:
    """The folder of shipped patterns.

    Raises FileNotFoundError when the package was built without them.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "patterns", package.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{package}: the shipped patterns are missing; install jianbao again from its wheel")


def read_pattern_file(name: str) -> Any:
    """The content of one shipped YAML file of `patterns/`.

    Scalars keep their types by YAML's rules; words that need it are quoted in the files.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((patterns_dir() / name).read_text(encoding="utf-8"), Loader=loader)
