"""The notebooks run from top to bottom, and show what they promise."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed; pip install '.[page-test]'")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed; pip install '.[page-test]'")
for name in ("ipykernel", "matplotlib", "spacy"):
    pytest.importorskip(name, reason=f"{name} is not installed; pip install '.[page-test]'")

if not entry_points(group="spacy_factories", name="jianbao"):
    pytest.skip("the project is not installed with its entry points; pip install -e .", allow_module_level=True)

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def shown() -> dict[str, list[Any]]:
    """The outputs of the notebook by the last line of their cell; a fault in a cell fails here."""
    notebook = nbformat.read(ROOT / "docs" / "inspect.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {cell.source.splitlines()[-1]: [output.get("data", output) for output in cell.outputs] for cell in cells}


def test_a_notebook_is_kept_without_outputs() -> None:
    for path in (ROOT / "docs").glob("*.ipynb"):
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        assert [cell.source for cell in cells if cell.outputs or cell.execution_count] == []


def test_a_run_shows_a_summary(shown: dict[str, list[Any]]) -> None:
    assert "<th>unexplained share</th>" not in shown["run"][0]["text/html"]
    assert "stations.existing" in shown["run"][0]["text/html"]


def test_columns_have_types(shown: dict[str, list[Any]]) -> None:
    (types,) = (data["text/plain"] for line, (data, *_) in shown.items() if "dtypes" in line)
    assert types.split() == [
        "value", "Int64", "measure", "category", "tier", "category", "period_start", "datetime64[s]", "place_code",
        "string", "dtype:", "object",
    ]  # fmt: skip


def test_an_article_shows_its_fields_on_hover(shown: dict[str, list[Any]]) -> None:
    html = shown["article"][0]["text/html"]
    assert "record_id: r" in html
    assert "place_code: " in html


def test_a_picture_is_shown(shown: dict[str, list[Any]]) -> None:
    assert "image/png" in shown["run.plot()"][0]


def test_spacy_shows_records(shown: dict[str, list[Any]]) -> None:
    (spans,) = (data["text/plain"] for line, (data, *_) in shown.items() if "span.label_" in line)
    assert "('186人', 'workers', 'certified')" in spans
    (rendered,) = (output for line, output in shown.items() if line.startswith("displacy.render"))
    assert "<mark" in rendered[0]["text/html"]
