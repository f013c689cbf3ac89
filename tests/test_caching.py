"""What is kept between runs: taken again as it was, made anew where anything is wrong, and never in the way."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import extract_text
from extract.authoring import load_rules
from extract.caching import KEPT, cache_home, kept
from extract.expressions import kept_expressions
from extract.paths import read_pattern_file
from extract.rules import RuleError

EXPRESSIONS = [
    r"(?P<year>\d{4})年(?:(?P<month>[1-9]|1[0-2])月)?", r"[\u4e00-\u9fff]++(?<![县区])站", r"(?i)page\s+(\d+)", "^社工|员$",
]  # fmt: skip
TEXT = "2023年11月，青山县社工站\nPage 12\n社会工作者128名，志愿者与党员"


class Made:
    """Counts how often it is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, int]:
        self.times += 1
        return {"站": 12}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "jianbao"


def test_what_was_made_is_taken_again_under_the_same_key() -> None:
    made = Made()
    assert [kept("words", key, made) for key in ("a", "a", "b", "a")] == [{"站": 12}] * 4
    assert made.times == 2


@pytest.mark.parametrize("fault", ["cut off", "changed", "empty", "no pickle"])
def test_what_is_not_whole_is_made_anew(home: Path, fault: str) -> None:
    kept("words", "a", Made())
    (file,) = home.iterdir()
    data = bytearray(file.read_bytes())
    match fault:
        case "cut off":
            del data[-1:]
        case "changed":
            data[-3] ^= 1
        case "empty":
            data.clear()
        case "no pickle":
            data = bytearray(os.urandom(40))
    file.write_bytes(data)
    made = Made()
    assert [kept("words", "a", made), kept("words", "a", made)] == [{"站": 12}] * 2
    assert made.times == 1


def test_a_folder_that_cannot_be_written_costs_the_time_alone(home: Path) -> None:
    home.parent.mkdir()
    home.write_text("no folder")
    made = Made()
    assert [kept("words", "a", made), kept("words", "a", made)] == [{"站": 12}] * 2
    assert made.times == 2
    assert home.read_text() == "no folder"


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", _no_home)
    assert kept("words", "a", Made()) == {"站": 12}
    with kept_expressions():
        assert re.compile("站{1,7}")


def _no_home() -> Path:
    raise RuntimeError("no home")


def test_another_users_file_is_not_taken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made()
    kept("words", "a", made)
    monkeypatch.setattr(os, "getuid", lambda: home.stat().st_uid + 1)
    kept("words", "a", made)
    assert made.times == 2


def test_the_oldest_of_a_kind_go(home: Path) -> None:
    for number in range(KEPT + 3):
        kept("words", str(number), Made())
        kept("others", "a", Made())
    assert sorted(path.name.split("-")[0] for path in home.iterdir()) == ["others"] + ["words"] * KEPT


def test_a_book_is_kept_until_a_byte_of_its_files_changes(tmp_path: Path, home: Path) -> None:
    book = load_rules()
    assert load_rules() == book
    assert [path.name.split("-")[0] for path in home.glob("rules-*")] == ["rules"]
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.yaml").write_text("[]", encoding="utf-8")
    assert load_rules(own).rules == book.rules
    (own / "a.yaml").write_text("- id: broken", encoding="utf-8")
    with pytest.raises(RuleError):
        load_rules(own)


def test_a_book_can_be_sent_to_a_process_that_begins_with_nothing() -> None:
    book = load_rules()
    made = extract_text(TEXT, book=book)
    sent = pickle.loads(pickle.dumps(book))
    assert sent == book
    assert extract_text(TEXT, book=sent) == made


def test_words_that_are_kept_are_those_of_the_file() -> None:
    assert read_pattern_file("units.yaml") == read_pattern_file("units.yaml")


@pytest.fixture
def uncached() -> Iterator[None]:
    """The standard library's own short memory, emptied."""
    re.purge()
    yield
    re.purge()


def found() -> list[list[tuple[object, ...]]]:
    re.purge()
    compiled = [re.compile(expression, re.MULTILINE) for expression in EXPRESSIONS]
    told = [[(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in each.finditer(TEXT)] for each in compiled]
    return [*told, [(each.pattern, each.flags, each.groups, each.groupindex) for each in compiled]]


@pytest.mark.usefixtures("uncached")
def test_an_expression_that_is_kept_finds_what_it_found(home: Path) -> None:
    before = found()
    with kept_expressions():
        assert found() == before
    assert [path.name.split("-")[0] for path in home.iterdir()] == ["expressions"]
    with kept_expressions():
        assert re._compiler.compile.__self__.known.keys() >= {(each, int(re.M)) for each in EXPRESSIONS}  # type: ignore[attr-defined]
        assert found() == before
        assert not re._compiler.compile.__self__.new  # type: ignore[attr-defined]


@pytest.mark.usefixtures("uncached")
def test_the_library_is_as_it_was_behind_the_block() -> None:
    compiler = re._compiler  # type: ignore[attr-defined]
    before = compiler.compile, compiler._sre
    with pytest.raises(re.error), kept_expressions():
        re.compile("(站")
    assert (compiler.compile, compiler._sre) == before


@pytest.mark.usefixtures("uncached")
def test_expressions_that_cannot_be_read_are_compiled(home: Path) -> None:
    with kept_expressions():
        before = found()
    (file,) = home.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    with kept_expressions():
        assert found() == before


def test_the_cache_lies_in_the_users_folder(home: Path) -> None:
    assert cache_home() == home
