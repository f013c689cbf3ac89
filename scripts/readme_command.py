"""Print the README's set-up command: `run` installs and runs the main job, `test` installs and passes the tests."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def command(name: str, readme: str) -> str:
    """The first shell line of the README that installs and then does `name`.

    Raises LookupError when the README has no such line.
    """
    wanted = {"run": r"^pip install .*&& jianbao run .*$", "test": r"^pip install .*&& .*pytest.*$"}[name]
    found = re.search(wanted, readme, re.MULTILINE)
    if found is None:
        raise LookupError(f"README.md: no command line for {name!r}; it begins with 'pip install' and has '&&'")
    return found[0]


if __name__ == "__main__":
    print(command(sys.argv[1], (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")))
