"""What a run wrote into a folder, so that the next one does not take it for bulletins."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

RESULTS = frozenset(("run.json", "records.jsonl", "rejected.jsonl"))
"""The files by which a folder is known for the results of a run."""
_TEXTS = "texts"
_REPORT = "report.html"


def results_in(folder: str, names: Collection[str], *, is_given: bool) -> frozenset[str] | None:
    """The paths below a folder that a run wrote there; None where all that is in it belongs to the run.

    `names` are what the folder holds. Where bulletins that were read lie in the folder of the results, or it was given
    by itself (`is_given`), only what `run.json` lists is the run's, and a report; else all is.
    """
    if not {*names} >= RESULTS:
        return frozenset()
    told = _told(folder)
    inputs = [entry for entry in _listed(told, "inputs") if isinstance(entry, dict)]
    texts = (str(entry["text"]) for entry in inputs if entry.get("text"))
    files = (str(name) for name in _listed(told, "files") if name != _TEXTS)
    results = frozenset((*RESULTS, *files, *texts, _REPORT))
    others = {*names} - results
    if is_given or any(_holds(folder, others, str(entry.get("file"))) for entry in inputs):
        return results
    return None


def _told(folder: str) -> dict[str, Any]:
    """What `run.json` tells; nothing where it is not whole."""
    try:
        told = json.loads(Path(folder, "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _listed(told: dict[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    return found if isinstance(found, list) else []


def _holds(folder: str, names: Collection[str], file: str) -> bool:
    """Whether an input lies in the folder, maybe without the first folders of its path, or what it is a part of."""
    parts = file.split("/")
    return any(
        part in names or (part + "/" in names and os.path.exists(os.path.join(folder, *parts[at:])))
        for at, part in enumerate(parts)
    )
