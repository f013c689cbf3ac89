"""The kept corpus: whatever book comes, its records are those of a fresh reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.authoring import Book, load_rules
from extract.authoring.corpus import Corpus
from extract.read import ReadError

ROOT = Path(__file__).parents[2]
TEXTS = {
    "a.txt": "2023年，全县建成乡镇社工站12个、县级总站1个。今年以来，9个社工站在村里落地生根。\n全县持证社工186人，其中中级42人。\n",
    "b.txt": "建成社工站3个\n截至2022年底，全县建成社工站3个。投入438万元，同比增长10%。\n",
    "c.txt": "甲社工站和乙社工站分别落地生根5个和7个。今日天气晴。\n",
}
RULE = """
- id: {id}
  match: "{match}"
  priority: {priority}
  record: {{table: stations, measure: built}}
"""
OWN = [
    RULE.format(
        id="stations.built.one", match="{facility}[分别]落地生根{count}|{count} {facility} 落地生根", priority=60
    ),
    RULE.format(id="stations.built.two", match="{facility}{count}", priority=90),
    RULE.format(id="stations.existing.built-list", match="建成{facility}{count}", priority=20),
    "- {id: workers.certified.from-to, off: true}",
    "more_words: {facility: [总站, 中级]}\nrules: []",
    "gap_stops: [乡镇]\nrules: []",
]


def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["file"], row["start"]))


def fresh(book: Book) -> list[dict[str, Any]]:
    return told([*Corpus.of(TEXTS).settle(book).records()])


def reread(corpus: Corpus, book: Book) -> list[dict[str, Any]]:
    """The records of a corpus with what another book makes of it put in."""
    parts = list(corpus.reread(book))
    gone = {row["record_id"] for part in parts for row in part.before}
    return told([row for row in corpus.records() if row["record_id"] not in gone] + [r for p in parts for r in p.after])


@given(st.lists(st.sets(st.sampled_from(OWN)), min_size=1, max_size=3))
@settings(max_examples=15)
def test_a_book_that_is_tried_reads_what_it_would_read_afresh(steps: list[set[str]]) -> None:
    corpus, book = Corpus.of(TEXTS), load_rules()
    corpus.settle(book)
    for step in steps:
        changed, _ = book.with_drafts(*sorted(step))
        assert reread(corpus, changed) == fresh(changed)
        assert told([*corpus.settle(changed).records()]) == fresh(changed)


def test_nothing_is_read_again_for_the_same_book(corpus: Corpus, book: Book) -> None:
    assert list(corpus.settle(book).reread(load_rules())) == []


def test_only_what_a_rule_may_match_is_read_again(corpus: Corpus, book: Book) -> None:
    changed, _ = book.with_drafts(OWN[0])
    parts = list(corpus.settle(book).reread(changed))
    assert [{row["file"] for row in part.after} for part in parts] == [{"a.txt"}, {"c.txt"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def opened(folder: Path, tmp_path: Path) -> Callable[[], Corpus]:
    return lambda: Corpus.open(folder, cache=tmp_path / "cache")


def test_a_folder_is_kept_from_one_call_to_the_next(
    opened: Callable[[], Corpus], book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [*opened().settle(book).records()]
    assert told(records) == fresh(book)

    def never(*_: object) -> None:
        raise AssertionError("it is read again")

    monkeypatch.setattr("extract.authoring.corpus.match_article", never)
    assert [*opened().settle(book).records()] == records


def test_files_that_come_change_and_go_are_noticed(opened: Callable[[], Corpus], folder: Path, book: Book) -> None:
    opened().settle(book)
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("全县持证社工7人。", encoding="utf-8")
    (folder / "d.txt").write_text("全县持证社工8人。", encoding="utf-8")
    found = [(row["file"], row["quote"]) for row in opened().settle(book).records() if row["table"] == "workers"]
    assert sorted(found) == [("b.txt", "7人"), ("d.txt", "8人")]


def test_a_file_that_cannot_be_read_is_set_aside(opened: Callable[[], Corpus], folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\xff" * 50)
    assert (opened().set_aside, opened().articles) == (["broken.txt"], 3)


def test_a_broken_cache_is_made_anew(opened: Callable[[], Corpus], tmp_path: Path, book: Book) -> None:
    records = [*opened().settle(book).records()]
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(b"no database" * 100)
    assert [*opened().settle(book).records()] == records


def test_a_folder_without_bulletins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        Corpus.open(tmp_path, cache=tmp_path / "cache")


def test_the_gold_beside_a_folder_is_found(tmp_path: Path, book: Book) -> None:
    corpus = Corpus.open(ROOT / "corpus/dev", cache=tmp_path)
    assert corpus.gold
    assert corpus.settle(book).gold_score() is not None
    assert Corpus.of(TEXTS).settle(book).gold_score() is None


def test_the_numbers_that_nothing_explains_are_kept(book: Book) -> None:
    corpus = Corpus.of({"a.txt": "全县亮灯社工帐篷12顶，社工赶集36摊，走进社工88人的心里。"}).settle(book)
    assert {row["class"] for row in corpus.open_numbers()} <= {"unexplained"}
