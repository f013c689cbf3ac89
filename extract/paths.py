"""Where the project's data lies: beside the package in a source tree, inside it in an installed wheel."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .caching import kept, time_of


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


@cache
def program_stamp() -> str:
    """What changes when the program, its words or its Python do: the times of all files but those of the rules."""
    import extract

    folders = [*os.walk(Path(__file__).parent), next(os.walk(patterns_dir()))]
    files = sorted(os.path.join(folder, name) for folder, _, names in folders for name in names)
    told = [f"{file} {time_of(file)}" for file in files if file.endswith((".py", ".yaml", ".tsv"))]
    return blake2b("\n".join([sys.version, extract.__version__, *told]).encode(), digest_size=12).hexdigest()


def read_pattern_file(name: str) -> Any:
    """The content of one shipped YAML file of `patterns/`.

    Scalars keep their types by YAML's rules; words that need it are quoted in the files.
    """
    content = (patterns_dir() / name).read_bytes()
    return kept(name, blake2b(content).hexdigest(), lambda: _parsed(content))


def _parsed(content: bytes) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(content.decode(), Loader=loader)
