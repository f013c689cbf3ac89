"""Two runs of the same bulletins compared: what another version of the rules, or of the program, did to the records."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..gold import RECORD, GoldError, read_rows
from .changes import Change, changes_html, compare, counts, frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """How the records of a run differ from those of an earlier one; `told` says in what else the runs differ."""

    changes: tuple[Change, ...]
    told: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """The changes as a DataFrame, a row each."""
        return frame(self.changes)

    def summary(self) -> str:
        """What happened, on one line."""
        return ", ".join(f"{count} {what}" for what, count in counts(self.changes).items())

    def by_rule(self) -> list[tuple[str, str, int]]:
        """What, the rule that reads the record now (or did), and how many, the most first."""
        found = Counter((change.what, change.record["rule"]) for change in self.changes)
        return [(what, rule, count) for (what, rule), count in sorted(found.items(), key=lambda p: (-p[1], p[0]))]

    def __str__(self) -> str:
        rules = (f"{count:>5} {what} by {rule}" for what, rule, count in self.by_rule())
        return "\n".join([*self.told, self.summary(), *rules, *(change.line() for change in self.changes)])

    def __repr__(self) -> str:
        return f"<difference: {self.summary()}>"

    def _repr_html_(self) -> str:
        told = "".join(f"<p>{line}</p>" for line in (*self.told, self.summary()))
        return f"{told}{changes_html(self.changes)}"


def diff_runs(before: Path | str, after: Path | str) -> Difference:
    """How the run in folder `after` differs from that in `before`.

    Raises GoldError when a folder holds no records of a run, or they cannot be read.
    """
    old, new = Path(before), Path(after)
    changes = compare(_records(old), _records(new))
    return Difference(tuple(changes), tuple(_settings(_told(old), _told(new))))


def _records(folder: Path) -> list[dict[str, Any]]:
    file = folder / "records.jsonl"
    if not file.is_file():
        raise GoldError(f"{folder}: there is no records.jsonl; give the folder of a run of `jianbao run`")
    return read_rows(file, RECORD)


def _told(folder: Path) -> dict[str, Any]:
    """What the run says of itself; nothing where its run.json is not there or broken."""
    try:
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _settings(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """A sentence for each version, pack, option and count of inputs that is not the same."""
    found = []
    for name in ("rules", "versions", "options"):
        was, now = old.get(name) or {}, new.get(name) or {}
        for key in sorted({*was, *now}):
            if was.get(key) != now.get(key):
                found.append(f"{name}, {key}: {was.get(key)} → {now.get(key)}")
    inputs = [{str(row.get("file")): row.get("sha256") for row in told.get("inputs") or ()} for told in (old, new)]
    differing = sorted(file for file in {*inputs[0], *inputs[1]} if inputs[0].get(file) != inputs[1].get(file))
    if differing:
        found.append(f"inputs: {len(differing)} are not the same, such as {differing[0]}")
    return found
