"""A process that works on sources for a run: it may die or hang, and costs no more than the source that it was at."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from extract.processes import FORKS, context

from .outcome import Job, Outcome, Unit, outcomes_of


@dataclass(frozen=True, slots=True)
class Task:
    """Some units of work, in the order of the run; `skip` outcomes of the first are known already."""

    number: int
    units: tuple[Unit, ...]
    skip: int = 0
    is_again: bool = False


SOURCE_ENDS = None


class Worker:
    """A process with the task that it is at; what it sends is Outcomes, and SOURCE_ENDS behind each source."""

    def __init__(self, job: Job, others: Sequence[Connection]) -> None:
        ours, theirs = context().Pipe()
        self.connection: Connection = ours
        inherited = (*others, self.connection) if FORKS else ()
        self.process = context().Process(target=_serve, args=(theirs, job, inherited), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.seen = 0
        self.since = time.monotonic()

    def give(self, task: Task) -> None:
        """Send a task to a worker that has none."""
        self.task, self.seen, self.since = task, task.skip, time.monotonic()
        self.connection.send(task)

    def take(self) -> Outcome | None:
        """The next outcome, or SOURCE_ENDS. Raises EOFError or OSError when the process is dead."""
        said: Outcome | None = self.connection.recv()
        self.since = time.monotonic()
        return said

    def stop(self) -> int:
        """End the process, at once where it is at work, and return its exit code, which is negative for a signal."""
        if self.task is not None and self.process.is_alive():
            self.process.kill()
        self.connection.close()
        self.process.join()
        return self.process.exitcode or 0


def _serve(connection: Connection, job: Job, inherited: Sequence[Connection]) -> None:
    """Work on the tasks that come until no more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    for other in inherited:
        other.close()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        while True:
            task: Task = connection.recv()
            for unit in task.units:
                skip = task.skip if unit is task.units[0] else 0
                for number, outcome in enumerate(outcomes_of(unit.source, job)):
                    if number >= skip:
                        connection.send(outcome)
                connection.send(SOURCE_ENDS)
    except (EOFError, OSError):  # the parent has no more, or is gone
        pass


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
