"""What a score is made from, read from disk: records, gold and floors."""

from __future__ import annotations

import json
from collections.abc import Set
from pathlib import Path
from typing import Any

SPAN = frozenset({"file", "start", "end"})
RECORD = SPAN | {"table"}
GOLD = RECORD | {"measure", "value", "bound", "unit"}
FIGURES = tuple(f"{level}{part}" for level in ("core_", "full_", "") for part in ("f1", "precision", "recall"))


class GoldError(ValueError):
    """A file that cannot be scored: where, what and the remedy."""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; give a file that can be read") from None
    except UnicodeDecodeError:
        raise GoldError(f"{path}: not UTF-8 text; give a file of JSON lines") from None


def read_rows(path: Path, needed: Set[str]) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines, each with the fields `needed`: SPAN, RECORD or GOLD.

    Raises GoldError, naming file and line, for a file that cannot be read, is no JSON or lacks a field.
    """
    rows = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise GoldError(f"{path}, line {number}: no JSON ({error}); mend the line") from None
            if wrong := _lack(row, needed):
                raise GoldError(f"{path}, line {number}: {wrong}; is this the right file?")
            rows.append(row)
    return rows


def _lack(row: object, needed: Set[str]) -> str | None:
    if not isinstance(row, dict):
        return "no object"
    if missing := sorted(needed - row.keys()):
        return f"lacks {', '.join(missing)}"
    return None if all(isinstance(row[name], int) for name in ("start", "end")) else "start and end must be integers"


def read_floors(path: Path) -> dict[str, float]:
    """The least figures that a score may have, by name. Raises GoldError for a name that is no figure."""
    try:
        floors = json.loads(_text(path))
    except ValueError as error:
        if isinstance(error, GoldError):
            raise
        raise GoldError(f'{path}: no JSON ({error}); write {{"core_f1": 0.97}}') from None
    if not isinstance(floors, dict) or not all(isinstance(least, int | float) for least in floors.values()):
        raise GoldError(f'{path}: no object of numbers; write {{"core_f1": 0.97}}')
    if unknown := sorted(floors.keys() - set(FIGURES)):
        raise GoldError(f"{path}: '{unknown[0]}' is no figure; name some of {', '.join(FIGURES)}")
    return floors
