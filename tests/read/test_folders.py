"""Folders: which sources there are, in which order and by which names."""

from __future__ import annotations

import errno
import json
import os
import pickle
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read import Bulletin, ReadError, Rows, Source, find_skipped, find_sources, read_source
from extract.read.kinds import KINDS


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("正文。", encoding="utf-8")


LINK = "it is a link to {}, which this run reads in its own place; nothing is lost; take the link away"


def outcomes(*paths: Path) -> list[str]:
    """The names of the bulletins that are read, and the sentences of what is not."""
    read = (found for source in find_sources(paths) for found in read_source(source))
    return [found.file if isinstance(found, Bulletin) else str(found) for found in read]


def names(*paths: Path) -> list[str]:
    return [source.name for source in find_sources(paths)]


def test_a_folder_gives_its_texts_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.TXT", "a/b/c.md", "a.txt", ".hidden.txt", ".git/x.txt", "a/table.dat", "README.md")
    assert list(find_sources([tmp_path])) == [
        Source(tmp_path / "a.txt", "a.txt"),
        Source(tmp_path / "a/b/c.md", "a/b/c.md"),
        Source(tmp_path / "a/z.TXT", "a/z.TXT"),
        Source(tmp_path / "b.txt", "b.txt"),
    ]
    assert list(find_skipped([tmp_path])) == ["README.md", "a/table.dat"]


@given(st.sets(st.text("ab./-", min_size=1, max_size=8)))
def test_the_walk_is_in_the_order_of_the_whole_paths(tried: set[str]) -> None:
    with tempfile.TemporaryDirectory() as made:
        write(Path(made), "a.txt")
        for name in sorted(tried):
            with suppress(OSError):
                write(Path(made), f"{name.replace('..', '').strip('/')}.txt")
        below = (path.relative_to(made).as_posix() for path in Path(made).rglob("*.txt"))
        assert names(Path(made)) == sorted(name for name in below if not re.search(r"(^|/)\.", name))


def test_a_walk_opens_no_folder_before_its_turn(tmp_path: Path) -> None:
    write(tmp_path, "a/1.txt", "b/2.txt")
    found = find_sources([tmp_path])
    write(tmp_path, "b/3.txt")
    assert [source.name for source in found] == ["a/1.txt", "b/2.txt", "b/3.txt"]


def test_a_source_can_be_sent_to_another_process(tmp_path: Path) -> None:
    source = Source(tmp_path / "a.jsonl", "a.jsonl", part=Rows(1, 0, 90, 90))
    assert pickle.loads(pickle.dumps(source)) == source
    assert source.name == "a.jsonl/rows from 1"


def test_a_file_given_directly_has_its_bare_name_whatever_its_suffix(tmp_path: Path) -> None:
    write(tmp_path, "x/notes.dat")
    assert list(find_sources([tmp_path / "x/notes.dat"])) == [Source(tmp_path / "x/notes.dat", "notes.dat")]


def test_names_that_collide_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    write(tmp_path, "north/a.txt", "north/b.txt", "south/a.txt")
    assert names(tmp_path / "north", tmp_path / "south") == ["north/a.txt", "b.txt", "south/a.txt"]


def test_a_file_that_was_not_given_makes_no_name_longer(tmp_path: Path) -> None:
    write(tmp_path, "north/a.txt", "north/b.txt", "south/b.txt")
    assert names(tmp_path / "north/a.txt", tmp_path / "south") == ["a.txt", "b.txt"]


def test_folders_of_one_name_are_told_apart_by_those_above_them(tmp_path: Path) -> None:
    write(tmp_path, "2023/in/a.txt", "2024/in/a.txt")
    assert names(tmp_path / "2023/in", tmp_path / "2024/in") == ["2023/in/a.txt", "2024/in/a.txt"]


def test_a_file_that_is_reached_twice_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b/c.txt")
    os.symlink(tmp_path / "b", tmp_path / "d")
    os.symlink(tmp_path / "a.txt", tmp_path / "e.txt")
    assert outcomes(tmp_path, tmp_path / "a.txt") == [
        "a.txt",
        "b/c.txt",
        f"d/: {LINK.format('b')}",
        f"e.txt: {LINK.format('a.txt')}",
    ]


def test_links_that_lead_back_do_not_loop(tmp_path: Path) -> None:
    write(tmp_path, "a/b/c.txt")
    os.symlink(tmp_path, tmp_path / "a/b/up")
    os.symlink("round.txt", tmp_path / "a/round.txt")
    assert outcomes(tmp_path) == [
        "a/b/c.txt",
        f"a/b/up/: {LINK.format('../..')}",
        "a/round.txt: it is a link in a circle (round.txt); mend the link or take it away",
    ]


def test_a_file_goes_before_a_link_to_it_whatever_their_order(tmp_path: Path) -> None:
    write(tmp_path, "in/b.txt", "in/c/d.txt")
    os.symlink("b.txt", tmp_path / "in/a.txt")
    os.symlink("c", tmp_path / "in/again")
    assert outcomes(tmp_path / "in") == [
        f"a.txt: {LINK.format('b.txt')}",
        f"again/: {LINK.format('c')}",
        "b.txt",
        "c/d.txt",
    ]


def test_a_link_to_above_what_was_given_reads_nothing_of_it_twice(tmp_path: Path) -> None:
    write(tmp_path, "in/a/z.txt", "in/b.txt", "other.txt")
    os.symlink("../..", tmp_path / "in/a/up")
    real = os.path.realpath(tmp_path / "in")
    assert outcomes(tmp_path / "in") == [
        f"a/up/in/: {LINK.format(real)}",
        "a/up/other.txt",
        "a/z.txt",
        "b.txt",
    ]


def test_of_two_links_to_a_file_elsewhere_the_first_is_read(tmp_path: Path) -> None:
    write(tmp_path, "other/x.txt", "in/z.txt")
    os.symlink(tmp_path / "other/x.txt", tmp_path / "in/a.txt")
    os.symlink(tmp_path / "other", tmp_path / "in/b")
    real = os.path.realpath(tmp_path / "other/x.txt")
    assert outcomes(tmp_path / "in") == ["a.txt", f"b/x.txt: {LINK.format(real)}", "z.txt"]


def test_a_link_to_what_no_walk_comes_to_is_followed(tmp_path: Path) -> None:
    write(tmp_path, ".kept/x.txt", "out/run.json", "out/records.jsonl", "out/rejected.jsonl", "out/y.txt", "n.dat")
    os.symlink(".kept/x.txt", tmp_path / "x.txt")
    os.symlink("out/y.txt", tmp_path / "y.txt")
    os.symlink("n.dat", tmp_path / "z.txt")
    assert outcomes(tmp_path) == ["x.txt", "y.txt", "z.txt"]


def test_the_results_of_a_run_are_no_input(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "outputs/run.json", "outputs/records.jsonl", "outputs/rejected.jsonl", "outputs/b.txt")
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("out", ["", "2023/"])
def test_bulletins_beside_the_results_of_a_run_are_read(tmp_path: Path, out: str) -> None:
    write(tmp_path, "2023/a.txt", "b.txt", f"{out}records.jsonl", f"{out}rejected.jsonl", f"{out}stations.csv")
    write(tmp_path, f"{out}texts/c.pdf.txt", f"{out}texts/own.txt", f"{out}own.csv", f"{out}report.html")
    told = {
        "files": ["run.json", "records.jsonl", "rejected.jsonl", "stations.csv", "texts"],
        "inputs": [{"file": "b.txt"}, {"file": "2023/a.txt"}, {"file": "c.pdf", "text": "texts/c.pdf.txt"}],
    }
    (tmp_path / out / "run.json").write_text(json.dumps(told), encoding="utf-8")
    own = [f"{out}own.csv", f"{out}texts/own.txt"]
    assert sorted({source.path.relative_to(tmp_path).as_posix() for source in find_sources([tmp_path])}) == sorted(
        ["2023/a.txt", "b.txt", *own]
    )
    assert list(find_skipped([tmp_path])) == []
    os.symlink(tmp_path / out / "texts/c.pdf.txt", tmp_path / "link.txt")
    assert "link.txt" in outcomes(tmp_path)  # what is passed over in its own place is read where a link leads to it


def test_bytes_of_a_name_that_are_no_unicode_are_written_out(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xb9\xab.txt")).write_text("正文。", encoding="utf-8")
    assert names(tmp_path) == ["\\xb9\\xab.txt"]


def test_a_folder_that_is_closed_is_a_source_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/1.txt", "b/2.txt")
    scan = os.scandir

    def closed(path: str) -> Any:
        if os.path.basename(path) == "a":
            raise PermissionError(errno.EACCES, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    told = [
        found.file if isinstance(found, Bulletin) else str(found)
        for s in find_sources([tmp_path])
        for found in read_source(s)
    ]
    assert told == ["a/: the folder cannot be opened (Permission denied); check its rights", "b/2.txt"]


def test_a_missing_path_and_an_empty_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        find_sources([tmp_path / "gone"])
    assert str(caught.value) == f"{tmp_path / 'gone'}: there is no such file or folder; check the spelling"
    with pytest.raises(ReadError) as caught:
        find_sources([tmp_path])
    remedy = f"give files, or a folder of them ({' '.join(KINDS)})"
    assert str(caught.value) == f"{tmp_path}: there is no bulletin; {remedy}"
