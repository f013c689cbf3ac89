"""The gold: how well the shipped rules read the corpus, and that a text's layout changes nothing of what it says.

The floors stand in `corpus/gold/*/floor.json`, and once more here, so that one who lowers them does it knowingly: the
constants below may only rise.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from layouts import LAYOUTS, ends_short, is_clean, told, wrapped

from extract.articles import date_in_name, split_articles
from extract.gold import GOLD, read_floors, read_rows
from extract.match import place_runs
from extract.pipeline import Extraction, extract_bulletin, shipped_rules
from extract.read import Bulletin, read_bulletin
from extract.score import Score, below_floor, score
from extract.tokens import _jieba, _rjieba

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

LEAST: Mapping[str, Mapping[str, float]] = {
    "dev": {"core_f1": 0.97, "full_f1": 0.935, "precision": 0.98},
    "test": {"core_f1": 0.915, "full_f1": 0.84, "precision": 0.96},
    "shared": {"core_f1": 0.99, "full_f1": 0.96, "precision": 0.99},
}
SAME_WHEN_WRAPPED = 0.97  # of the records; a paragraph that ends in a full line cannot be told from one that goes on

SPLITS = {
    "dev": (ROOT / "corpus/dev", ROOT / "corpus/gold/dev"),
    "test": (ROOT / "corpus/test", ROOT / "corpus/gold/test"),
    "shared": (SHARED / "bulletins", SHARED / "gold"),
}


def needed(split: str) -> tuple[Path, Path]:
    """The folders of a split; skips the test where they are not there."""
    texts, gold = SPLITS[split]
    if not texts.is_dir() or not (gold / "records.jsonl").is_file():
        pytest.skip(f"{texts} is not there: the texts of the split '{split}' do not come with the project")
    return texts, gold


@cache
def bulletins(split: str) -> tuple[Bulletin, ...]:
    return tuple(read_bulletin(path, path.name) for path in sorted(SPLITS[split][0].glob("*.txt")))


@cache
def extractions(split: str) -> tuple[Extraction, ...]:
    return tuple(extract_bulletin(bulletin, shipped_rules()) for bulletin in bulletins(split))


@cache
def scored(split: str) -> Score:
    golds = read_rows(SPLITS[split][1] / "records.jsonl", GOLD)
    return score(golds, [record.plain() for found in extractions(split) for record in found.records])


# scores


@pytest.mark.parametrize("split", SPLITS)
def test_the_scores_are_at_or_above_their_floors(split: str) -> None:
    _, gold = needed(split)
    floors = LEAST[split] if split == "shared" else read_floors(gold / "floor.json")
    assert below_floor(scored(split), floors) == []


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_floors_only_rise(split: str) -> None:
    floors = read_floors(SPLITS[split][1] / "floor.json")
    assert floors.keys() == LEAST[split].keys()
    assert [name for name, least in LEAST[split].items() if floors[name] < least] == []


def article_rows(split: str) -> list[dict[str, str]]:
    """The lines of a split's gold of articles."""
    lines = (SPLITS[split][1] / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@pytest.mark.parametrize("split", ["dev", "shared"])
def test_every_bulletin_falls_into_the_articles_of_the_gold(split: str) -> None:
    needed(split)
    wanted = Counter(row["file"] for row in article_rows(split))
    assert Counter(row.file for found in extractions(split) for row in found.articles) == wanted


@pytest.mark.parametrize("split", ["dev", "shared"])
def test_every_article_has_the_title_the_source_and_the_place_of_the_gold(split: str) -> None:
    needed(split)
    found = {row.article_id: row for extraction in extractions(split) for row in extraction.articles}
    numbers: Counter[str] = Counter()
    for wanted in article_rows(split):
        numbers[wanted["file"]] += 1
        row = found[f"{Path(wanted['file']).stem}#{numbers[wanted['file']]}"]
        assert bare(row.title).endswith(bare(wanted["title"]))  # the gold leaves out 某县: before some
        assert (bare(row.source), row.place_code) == (bare(wanted["source"]), wanted["place"])


def bare(text: str | None) -> str:
    """A text without blanks and marks of titles."""
    return re.sub(r"[\s《》]", "", text or "")


# the gold itself


@pytest.mark.parametrize("split", SPLITS)
def test_every_gold_record_quotes_its_text(split: str) -> None:
    texts, gold = needed(split)
    held = {bulletin.file: bulletin.text for bulletin in bulletins(split)}
    wrong = [
        row["id"] if "id" in row else (row["file"], row["start"])
        for row in read_rows(gold / "records.jsonl", GOLD)
        if "".join(held[row["file"]][row["start"] : row["end"]].split()) != row["number"]
    ]
    assert wrong == []
    assert texts.is_dir()


@pytest.mark.parametrize("split", ["dev", "test"])
def test_every_text_of_the_corpus_has_its_gold(split: str) -> None:
    assert {row["file"] for row in article_rows(split)} == {bulletin.file for bulletin in bulletins(split)}


# layouts

CLEAN = tuple(bulletin for bulletin in bulletins("dev") if is_clean(bulletin.text))


def read_as(bulletin: Bulletin, text: str) -> Extraction:
    return extract_bulletin(Bulletin(bulletin.file, text, "utf-8"), shipped_rules())


def test_half_of_the_corpus_is_clean() -> None:
    assert 0.3 <= len(CLEAN) / len(bulletins("dev")) <= 0.7


@pytest.mark.parametrize("name", [name for name in LAYOUTS if not name.startswith("lines of")])
def test_blanks_and_line_ends_change_nothing(name: str) -> None:
    for bulletin in CLEAN:
        assert told(read_as(bulletin, LAYOUTS[name](bulletin.text)).records) == told(
            read_as(bulletin, bulletin.text).records
        )


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name.startswith("lines of")])
def test_a_column_of_any_width_changes_next_to_nothing(name: str) -> None:
    kept = total = 0
    for bulletin in CLEAN:
        clean = told(read_as(bulletin, bulletin.text).records)
        column = told(read_as(bulletin, LAYOUTS[name](bulletin.text)).records)
        total += max(clean.total(), column.total())
        kept += (clean & column).total()
    assert kept / total >= SAME_WHEN_WRAPPED


@pytest.mark.parametrize("blank", [False, True], ids=["single-spaced", "blank lines between"])
@pytest.mark.parametrize("bulletin", CLEAN, ids=lambda bulletin: bulletin.file)
def test_a_column_changes_nothing_where_paragraphs_end_in_short_lines(bulletin: Bulletin, blank: bool) -> None:
    clean = told(read_as(bulletin, bulletin.text).records)
    for width in range(18, 46):
        if ends_short(bulletin.text, width):
            assert told(read_as(bulletin, wrapped(bulletin.text, width, blank=blank)).records) == clean, width


@pytest.mark.parametrize("split", ["dev", "shared"])
def test_another_segmenter_gives_the_same_records(split: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba", reason="rjieba is an extra: pip install 'jianbao[fast]'")
    needed(split)
    for make in (_jieba, _rjieba):
        words = make()
        monkeypatch.setattr(place_runs, "cut_words", lambda text, words=words: list(words.cut(text)))
        found = tuple(extract_bulletin(bulletin, shipped_rules()) for bulletin in bulletins(split))
        assert found == extractions(split)


def test_a_bulletin_read_in_parts_says_the_same() -> None:
    for bulletin in CLEAN:
        whole = extract_bulletin(bulletin, shipped_rules())
        for article in split_articles(bulletin):
            day = article.published or date_in_name(bulletin.file)
            part = extract_bulletin(
                Bulletin(bulletin.file, bulletin.text[article.start : article.end], "utf-8"),
                shipped_rules(),
                published=day,
            )
            assert told(part.records) == told(r for r in whole.records if r.article_id == article.article_id)
