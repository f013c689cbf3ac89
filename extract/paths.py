"""Where the project's data lies: beside the package in a source tree, inside it in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


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
