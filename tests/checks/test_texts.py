"""Texts by people who had read no rule: those that claim equations, and those that only look as if they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pipeline import extract_text

TEXTS = Path(__file__).parent.parent / "data" / "arithmetic"


@pytest.mark.parametrize("folder", ["claims", "misleading"])
def test_no_text_that_is_right_fails(folder: str) -> None:
    found = {path.name: extract_text(path.read_text(encoding="utf-8")).checks for path in TEXTS.glob(f"{folder}/*.txt")}
    assert len(found) > 100
    failing = {name: [row.text for row in rows if row.verdict == "fails"] for name, rows in found.items()}
    assert {name: texts for name, texts in failing.items() if texts} == {}


def test_most_texts_that_claim_an_equation_have_one_that_the_words_claim() -> None:
    found = [extract_text(path.read_text(encoding="utf-8")).checks for path in TEXTS.glob("claims/*.txt")]
    held = [any(row.verdict == "holds" and row.basis == "words" for row in rows) for rows in found]
    assert sum(held) >= 0.6 * len(held), f"{sum(held)} of {len(held)}"
