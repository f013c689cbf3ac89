"""The page about records says what the models and the patterns say."""

from __future__ import annotations

import sys
from pathlib import Path

from extract.tables import JSON_LINES

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from build_reference import build  # noqa: E402


def test_the_page_about_records_is_current() -> None:
    assert (ROOT / "docs" / "records.md").read_text(encoding="utf-8") == build()


def test_every_column_says_what_it_holds() -> None:
    silent = [
        (kind, name)
        for kind, model in JSON_LINES.items()
        for name, field in model.model_fields.items()
        if not field.description
    ]
    assert silent == []
