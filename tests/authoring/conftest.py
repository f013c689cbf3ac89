"""What the tests of authoring share."""

from __future__ import annotations

import pytest

from extract.authoring import Book, load_rules
from extract.authoring.corpus import Corpus

TEXTS = {
    "a.txt": "2023年，全县建成乡镇社工站12个、县级总站1个。今年以来，9个社工站在村里落地生根。\n全县持证社工186人，其中中级42人。\n",
    "b.txt": "建成社工站3个\n截至2022年底，全县建成社工站3个。投入438万元，同比增长10%。\n",
    "c.txt": "甲社工站和乙社工站分别落地生根5个和7个。今日天气晴。\n",
}


@pytest.fixture
def book() -> Book:
    """The shipped rules, in a book of their own."""
    return load_rules()


@pytest.fixture
def texts() -> dict[str, str]:
    """A few bulletins, by name."""
    return dict(TEXTS)


@pytest.fixture
def corpus() -> Corpus:
    """The bulletins of `texts`, as a corpus."""
    return Corpus.of(TEXTS)
