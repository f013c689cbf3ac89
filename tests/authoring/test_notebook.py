"""The notebook about rules runs from beginning to end."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_notebook_runs_and_shows_something_in_every_step() -> None:
    client = pytest.importorskip("nbclient", reason="nbclient is not installed (pip install -e '.[test]')")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(ROOT / "docs/rules.ipynb", as_version=4)
    assert [cell for cell in notebook.cells if cell.get("outputs")] == [], "clear its outputs before it is saved"
    client.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [output for output in shown if output.output_type == "stream"] == []
    assert sum("text/html" in output.get("data", {}) for output in shown) >= 7
