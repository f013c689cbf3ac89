"""A run that ended before its time is gone on with, and leaves the bytes of one that was never disturbed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.batch import Ended, Job, Outcome, Report, Told, Way, run_into
from extract.read import Bulletin, Source, find_sources
from extract.rules import read_rules
from extract.staging import UNFINISHED, Staging
from extract.tables import OutputError

BOOK = read_rules()
FORMATS = ("csv", "parquet", "xlsx", "sqlite", "jsonl")


class Killed(BaseException):
    """What ends a run at once."""


def killed_after(count: int) -> Callable[[Iterator[Outcome | Ended]], Iterator[Outcome | Ended]]:
    """Lets that many outcomes and ends of sources pass."""

    def watch(ended: Iterator[Outcome | Ended]) -> Iterator[Outcome | Ended]:
        for number, one in enumerate(ended):
            if number == count:
                raise Killed
            yield one

    return watch


def go(folder: Path, out: Path, *, resume: bool = False, count: int | None = None, **other: object) -> list[str]:
    """Run over a folder, perhaps killed on the way; what was told."""
    told: list[str] = []
    watch = iter if count is None else killed_after(count)
    way = Way(resume=resume, checkpoint=0, tell=told.append, watch=watch)  # type: ignore[arg-type]
    job = Job(BOOK, keep_texts=False, **other)  # type: ignore[arg-type]
    report: Report = run_into(out, find_sources([folder]), job, Told(BOOK, formats=FORMATS), way)
    assert report.counts.bulletins + report.counts.rejected == len(list(folder.iterdir()))
    return told


def left_in(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def write(folder: Path, number: int, stations: int) -> None:
    text = f"某地社工站建设\n截至2021年底，全市已建成社工站{stations}个，投入资金{stations}万元。\n"
    (folder / f"{number}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(6):
        write(made, number, number + 10)
    (made / "4.txt").write_bytes(b"")
    return made


@pytest.fixture
def whole(folder: Path, tmp_path: Path) -> dict[str, bytes]:
    go(folder, tmp_path / "whole")
    return left_in(tmp_path / "whole")


def killed(folder: Path, out: Path, count: int, *, resume: bool = False) -> None:
    with pytest.raises(Killed):
        go(folder, out, count=count, resume=resume)


@pytest.mark.parametrize("count", range(2, 12))
def test_a_run_killed_anywhere_ends_in_the_same_bytes(
    folder: Path, tmp_path: Path, whole: dict[str, bytes], count: int
) -> None:
    killed(folder, tmp_path / "out", count)
    assert {path.parts[0] for path in map(Path, left_in(tmp_path / "out"))} == {UNFINISHED}
    told = go(folder, tmp_path / "out", resume=True)
    assert told == [f"{count // 2} sources were done before; the run goes on behind them"]
    assert left_in(tmp_path / "out") == whole


def test_a_run_may_be_killed_again_and_again(folder: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    killed(folder, tmp_path / "out", 3)
    killed(folder, tmp_path / "out", 3, resume=True)
    killed(folder, tmp_path / "out", 5, resume=True)
    assert go(folder, tmp_path / "out", resume=True) == ["4 sources were done before; the run goes on behind them"]
    assert left_in(tmp_path / "out") == whole


def test_what_is_done_is_not_done_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(folder, tmp_path / "out", 6)
    read: list[str] = []

    def watched(source: Source, options: object, **_: object) -> Iterator[Bulletin]:
        read.append(source.file)
        yield Bulletin(source.file, "有1个", "utf-8")

    monkeypatch.setattr("extract.batch.outcome.read_source", watched)
    go(folder, tmp_path / "out", resume=True)
    assert read == ["3.txt", "4.txt", "5.txt"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(2, 11), cut=st.integers(0, 400), junk=st.binary(max_size=40))
def test_whatever_was_half_written_is_cut_off(
    folder: Path, tmp_path: Path, whole: dict[str, bytes], count: int, cut: int, junk: bytes
) -> None:
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    killed(folder, tmp_path / "out", count)
    unfinished = tmp_path / "out" / UNFINISHED
    for path in unfinished.glob("*.jsonl"):
        data = path.read_bytes()
        path.write_bytes(data[: max(len(data) - cut, 0)] if path.name == "log.jsonl" else data + junk)
    go(folder, tmp_path / "out", resume=True)
    assert left_in(tmp_path / "out") == whole


def test_rows_that_the_disk_has_spoilt_are_made_anew(folder: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    killed(folder, tmp_path / "out", 6)
    records = tmp_path / "out" / UNFINISHED / "records.jsonl"
    records.write_bytes(records.read_bytes().replace(b"192", b"291").replace(b"11", b"12"))
    assert go(folder, tmp_path / "out", resume=True) == [
        "the unfinished run cannot be gone on with (the files do not agree with their checksums); all is done anew"
    ]
    assert left_in(tmp_path / "out") == whole


def test_an_unfinished_run_is_not_removed_unasked(folder: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    killed(folder, tmp_path / "out", 6)
    before = left_in(tmp_path / "out")
    unfinished = tmp_path / "out" / UNFINISHED
    with pytest.raises(OutputError) as refused:
        go(folder, tmp_path / "out")
    assert str(refused.value) == (
        f"{tmp_path / 'out'}: a run that was not finished lies there, with 3 sources done; "
        f"go on with it by --resume, or remove {unfinished} to begin anew"
    )
    assert left_in(tmp_path / "out") == before


def changed(folder: Path) -> None:
    write(folder, 1, 99)


def added(folder: Path) -> None:
    (folder / "0a.txt").write_text("全市新建社工站7个。", encoding="utf-8")


def vanished(folder: Path) -> None:
    (folder / "1.txt").unlink()


@pytest.mark.parametrize("change", [changed, added, vanished])
def test_inputs_that_changed_are_told_and_done_anew(
    folder: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    killed(folder, tmp_path / "out", 8)
    change(folder)
    assert go(folder, tmp_path / "out", resume=True) == [
        "1 sources were done before; the run goes on behind them",
        "an input changed, came or went since; what was done behind it (3 sources) is done anew",
    ]
    go(folder, tmp_path / "whole")
    assert left_in(tmp_path / "out") == left_in(tmp_path / "whole")


def test_another_day_of_publication_makes_all_anew(folder: Path, tmp_path: Path) -> None:
    import datetime

    day = datetime.date(2022, 11, 20)
    killed(folder, tmp_path / "out", 8)
    assert go(folder, tmp_path / "out", resume=True, published=day) == [
        "the unfinished run was made with other rules, options or versions; all is done anew"
    ]
    go(folder, tmp_path / "whole", published=day)
    assert left_in(tmp_path / "out") == left_in(tmp_path / "whole")


def test_without_an_unfinished_run_resume_is_a_run(folder: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    assert go(folder, tmp_path / "out", resume=True) == []
    assert left_in(tmp_path / "out") == whole


def test_texts_of_other_formats_are_kept_and_those_of_no_use_removed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def converted(source: Source, options: object, **_: object) -> Iterator[Bulletin]:
        yield Bulletin(source.file, source.path.read_text(encoding="utf-8"), "html")

    monkeypatch.setattr("extract.batch.outcome.read_source", converted)
    killed(folder, tmp_path / "out", 8)
    vanished(folder)
    go(folder, tmp_path / "out", resume=True)
    texts = {name: data for name, data in left_in(tmp_path / "out").items() if name.startswith("texts/")}
    assert texts == {f"texts/{path.name}.txt": path.read_bytes() for path in folder.iterdir()}
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [row["text"] for row in told["inputs"]] == sorted(texts)


def test_what_is_decided_is_put_in_place_by_the_next_run(
    folder: Path, tmp_path: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[str] = []
    replace = Path.replace

    def breaks(self: Path, target: Path) -> Path:
        if UNFINISHED in self.parts and not self.name.endswith(".part"):
            moved.append(self.name)
            if len(moved) == 4:
                raise Killed
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", breaks)
    with pytest.raises(Killed):
        go(folder, tmp_path / "out")
    monkeypatch.undo()
    Staging(tmp_path / "out").discard()
    assert left_in(tmp_path / "out") == whole


@pytest.mark.skipif(os.name != "posix", reason="locks of folders")
def test_two_runs_do_not_write_to_one_folder(folder: Path, tmp_path: Path) -> None:
    other = Staging(tmp_path / "out")
    with pytest.raises(OutputError, match="another run writes there; wait for it, or name another folder"):
        go(folder, tmp_path / "out")
    other.discard()
    go(folder, tmp_path / "out")


@pytest.mark.skipif(os.name != "posix", reason="locks of folders")
def test_a_process_that_outlives_a_killed_run_does_not_hold_its_folder(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "out")
    ours, theirs = Pipe()
    if not (child := os.fork()):
        theirs.send("begun")
        theirs.recv()
        os._exit(0)
    ours.recv()
    staging.leave()
    Staging(tmp_path / "out").discard()
    ours.send("end")
    os.waitpid(child, 0)
