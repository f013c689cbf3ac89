"""Several processes on one run: the same rows in the same order, whatever becomes of a process."""

from __future__ import annotations

import faulthandler
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract.batch import Ended, Job, Outcome, WorkerError, more_than_cores, outcomes
from extract.batch.outcome import unit_of
from extract.batch.pool import Pool
from extract.batch.pool import _tasks as tasks_of
from extract.read import Bulletin, Source, text_source
from extract.rules import read_rules

JOB = Job(read_rules())
forked = pytest.mark.skipif(sys.platform != "linux", reason="a fault put into a process needs a fork")


def text(number: int) -> str:
    return f"某地社工站建设\n截至2021年底，全市已建成社工站{number}个。\n"


def several(count: int) -> list[Source]:
    return [text_source(text(number), f"{number:03}.txt") for number in range(1, count + 1)]


def rejected(ended: list[Outcome | Ended]) -> dict[str, tuple[str, str]]:
    rows = [json.loads(line) for one in ended if isinstance(one, Outcome) for line in one.rows("rejected")]
    return {row["file"]: (row["reason"], row["remedy"]) for row in rows}


def names(ended: list[Outcome | Ended]) -> list[str]:
    return [one.source if isinstance(one, Ended) else one.file for one in ended]


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], object]], None]:
    """Makes the reader do something when it comes to a file."""
    at: dict[str, Callable[[], object]] = {}

    def read(source: Source, options: object, **_: object) -> Iterator[Bulletin]:
        if source.file in at:
            at[source.file]()
        yield Bulletin(source.file, source.text or "", "utf-8")

    monkeypatch.setattr("extract.batch.outcome.read_source", read)
    return at.__setitem__


def test_any_number_of_workers_gives_the_same_in_the_same_order() -> None:
    sources = several(150)
    assert [*outcomes(sources, JOB, workers=3)] == [*outcomes(sources, JOB)]


def test_there_may_be_nothing_to_do() -> None:
    assert [*outcomes([], JOB, workers=2)] == []


@pytest.mark.parametrize(("sources", "started"), [(0, 0), (3, 1), (70, 2), (300, 3)])
def test_no_more_processes_start_than_there_are_tasks(sources: int, started: int) -> None:
    with Pool(JOB, 3) as pool:
        ended = [*pool.outcomes(map(unit_of, several(sources)))]
        assert (len(ended), len(pool.workers)) == (2 * sources, started)


def test_no_more_processes_start_than_there_are_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    class Noted(Pool):
        def __init__(self, job: Job, workers: int, time_limit: float) -> None:
            sizes.append(workers)
            super().__init__(job, workers, time_limit)

    monkeypatch.setattr("extract.batch.pool.Pool", Noted)
    monkeypatch.setattr("extract.batch.engine.cores", lambda: 2)
    for workers in (0, 1, 2, 99_999):
        list(outcomes([], JOB, workers=workers))
    assert sizes == [2, 2, 2]
    sentence = "99,999 workers are more than there are cores; no more than 2 are started"
    assert [more_than_cores(workers) for workers in (0, 1, 2, 99_999)] == [None, None, None, sentence]


@forked
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL])
def test_a_process_that_dies_costs_the_source_that_it_was_at(
    fault: Callable[[str, Callable[[], object]], None], number: signal.Signals
) -> None:
    fault("003.txt", lambda: (faulthandler.disable(), os.kill(os.getpid(), number)))
    sources = several(70)
    ended = [*outcomes(sources, JOB, workers=2)]
    assert names(ended) == [source.file for source in sources for _ in range(2)]
    told = {
        signal.SIGSEGV: ("SIGSEGV", "report it with the bulletin, and leave it out till then"),
        signal.SIGKILL: (
            "SIGKILL, as when memory runs out",
            "give it alone, on a machine with more memory, or cut it into parts",
        ),
    }[number]
    assert rejected(ended) == {"003.txt": (f"its reader was killed twice ({told[0]})", told[1])}


@forked
def test_a_process_that_is_killed_from_outside_costs_nothing(
    fault: Callable[[str, Callable[[], object]], None], tmp_path: Path
) -> None:
    def once() -> None:
        if not (tmp_path / "killed").exists():
            (tmp_path / "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)

    fault("003.txt", once)
    sources = several(5)
    ended = [*outcomes(sources, JOB, workers=2)]
    assert (tmp_path / "killed").exists()
    assert (names(ended), rejected(ended)) == ([source.file for source in sources for _ in range(2)], {})


@forked
@pytest.mark.parametrize("workers", [1, 2])
def test_a_reader_that_hangs_is_given_up(fault: Callable[[str, Callable[[], object]], None], workers: int) -> None:
    fault("002.txt", lambda: time.sleep(600))
    ended = [*outcomes(several(4), JOB, workers=workers, time_limit=1)]
    assert names(ended) == [f"{number:03}.txt" for number in range(1, 5) for _ in range(2)]
    assert rejected(ended) == {
        "002.txt": ("it was given up after 1 seconds", "give it alone with a longer --time-limit, or mend it")
    }


@pytest.mark.skipif(sys.platform == "win32", reason="a timer of the system")
def test_a_loop_in_an_expression_is_given_up(fault: Callable[[str, Callable[[], object]], None]) -> None:
    before = signal.getsignal(signal.SIGALRM)
    fault("002.txt", lambda: re.fullmatch(r"(?:站|站)*员", "站" * 60))
    assert list(rejected([*outcomes(several(3), JOB, time_limit=1)])) == ["002.txt"]
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)) == (before, (0.0, 0.0))


@forked
def test_one_worker_keeps_formats_that_may_crash_at_arms_length(
    fault: Callable[[str, Callable[[], object]], None], tmp_path: Path
) -> None:
    here = os.getpid()
    at: list[int] = []
    fault("a.txt", lambda: at.append(os.getpid()))
    fault("b.pdf", lambda: (faulthandler.disable(), os.abort()))
    sources = [Source(tmp_path / name, name) for name in ("a.txt", "b.pdf", "c.pdf", "d.txt")]
    ended = [*outcomes(sources, JOB)]
    assert at == [here]
    assert names(ended) == [name for name in ("a.txt", "b.pdf", "c.pdf", "d.txt") for _ in range(2)]
    assert rejected(ended) == {
        "b.pdf": (
            "its reader was killed twice (SIGABRT)",
            "report it with the bulletin, and leave it out till then",
        )
    }


@forked
def test_no_process_is_left_when_a_run_breaks_off(fault: Callable[[str, Callable[[], object]], None]) -> None:
    fault("002.txt", lambda: time.sleep(600))
    with Pool(JOB, 2) as pool:
        found = pool.outcomes(map(unit_of, several(200)))
        next(found)
        processes = [worker.process for worker in pool.workers]
    assert [process.is_alive() for process in processes] == [False, False]


@forked
def test_processes_that_cannot_start_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.batch.worker.outcomes_of", lambda *_: os._exit(1))
    with pytest.raises(WorkerError, match=r"cannot start \(exit code 1\); .* or run with one worker"):
        list(outcomes(several(2), JOB, workers=2))


def test_tasks_hold_many_small_sources_or_a_large_one() -> None:
    units = [unit_of(text_source("字" * size, str(size))) for size in (10, 20, 70_000, 30)]
    assert [[unit.size for unit in task.units] for task in tasks_of(iter(units), 5)] == [[10, 20, 70_000], [30]]
    assert [task.number for task in tasks_of(iter(units), 5)] == [5, 6]
