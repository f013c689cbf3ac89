"""What an article says of itself: title, source, place and day, in heads and feet of every kind (heads.txt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from extract.pipeline import extract_bulletin, shipped_rules
from extract.read import Bulletin

CASES = Path(__file__).with_name("heads.txt")


class Head(NamedTuple):
    """What is told of an article; None where the text does not say it."""

    title: str | None
    source: str | None
    place_code: str | None
    published: str | None


def cases() -> Iterator[tuple[str, list[Head], str]]:
    """Name, wanted heads and text of each case."""
    for block in re.split(r"^=== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = block.splitlines()
        heads = [Head(*(None if f == "-" else f for f in line[2:].split(" | "))) for line in lines if line[:2] == "@ "]
        yield name, heads, "\n".join(lines[len(heads) :])


def read(text: str) -> list[Head]:
    return [
        Head(bare(row.title), bare(row.source), row.place_code, str(row.published) if row.published else None)
        for row in extract_bulletin(Bulletin("text.txt", text, "utf-8"), shipped_rules()).articles
    ]


def bare(text: str | None) -> str | None:
    """A text without its blanks, which headlines and names are set with, as one likes."""
    return re.sub(r"\s", "", text or "") or None


@pytest.mark.parametrize(("wanted", "text"), [pytest.param(heads, text, id=name) for name, heads, text in cases()])
def test_the_head_of_an_article_says_what_it_is(wanted: list[Head], text: str) -> None:
    assert read(text) == [head._replace(title=bare(head.title), source=bare(head.source)) for head in wanted]
