"""What became of the sources of a run, whether one process works on them or several."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, NoReturn

from extract.read import Source

from .outcome import TIME_LIMIT, Ended, Job, Outcome, Unit, allowed, given_up, outcomes_of, unit_of

if TYPE_CHECKING:
    from .pool import Pool

HARMLESS = (".txt", ".md", ".csv", ".jsonl")
"""The suffixes of what one worker reads in the program's own process: the readers of others run code that may crash."""


def outcomes(
    sources: Iterable[Source], job: Job, *, workers: int = 1, time_limit: float = TIME_LIMIT
) -> Iterator[Outcome | Ended]:
    """What became of each bulletin of the sources: see `work_off`."""
    return work_off(map(unit_of, sources), job, workers=workers, time_limit=time_limit)


def work_off(
    units: Iterable[Unit], job: Job, *, workers: int = 1, time_limit: float = TIME_LIMIT
) -> Iterator[Outcome | Ended]:
    """What became of each bulletin, in the order of the sources, and a mark behind each source.

    `workers` is the number of processes, 0 for one a core, and never more than cores or tasks. With one, text is worked
    on here and now, and only formats whose readers may crash go to a process. What fails, hangs beyond `time_limit`
    seconds, or kills its process is set aside, and the run goes on.
    """
    workers = cores() if workers == 0 else workers
    if workers > 1:
        from .pool import Pool

        with Pool(job, min(workers, cores()), time_limit) as pool:
            yield from pool.outcomes(units)
        return
    with ExitStack() as stack:
        aside: Pool | None = None
        for unit in units:
            if is_harmless(unit):
                yield from _in_time(unit, job, time_limit)
                yield Ended(unit.source.name, unit.stamp)
            else:
                aside = aside or stack.enter_context(_one_process(job, time_limit))
                yield from aside.outcomes([unit])


class _OutOfTimeError(BaseException):
    """Ends what hangs; no fault that a reader or the road could take for its own."""


def _in_time(unit: Unit, job: Job, time_limit: float) -> Iterator[Outcome]:
    """The outcomes of a source, which is given up where one of them takes too long.

    A timer of the system interrupts it, so that this holds in the main thread of a POSIX system alone.
    """
    found = outcomes_of(unit.source, job)
    has_timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    guard = _timer(allowed(unit, time_limit)) if has_timer else nullcontext
    while True:
        try:
            with guard():
                outcome = next(found, None)
        except _OutOfTimeError:
            outcome, found = given_up(unit, time_limit), iter(())
        if outcome is None:
            return
        yield outcome


def _timer(seconds: float) -> Callable[[], AbstractContextManager[None]]:
    """Makes blocks that are interrupted by _OutOfTimeError after so many seconds."""

    def interrupt(*_: object) -> NoReturn:
        raise _OutOfTimeError

    @contextmanager
    def block() -> Iterator[None]:
        before = signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return block


def _one_process(job: Job, time_limit: float) -> Pool:
    from .pool import Pool

    return Pool(job, 1, time_limit)


def is_harmless(unit: Unit) -> bool:
    """Whether a source can be read in the program's own process."""
    return unit.source.text is not None or unit.source.path.suffix.lower() in HARMLESS


def more_than_cores(workers: int) -> str | None:
    """The sentence for one who asked for more processes than there are cores; None for one who did not."""
    there = cores()
    if workers <= there:
        return None
    return f"{workers:,} workers are more than there are cores; no more than {there} are started"


def cores() -> int:
    """How many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
