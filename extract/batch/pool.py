"""Many sources over several processes: in order, in bounded memory, and none can take the others down.

The standard pools do not serve here: when a process of theirs dies, all that was under way is lost, and none says
which piece of work did it, nor ends one that hangs.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any

from .outcome import TIME_LIMIT, Ended, Job, Outcome, Unit, WorkerError, allowed, given_up, set_aside
from .worker import SOURCE_ENDS, Task, Worker

TASK_BYTES = 1 << 16  # of sources: enough to hide the way to a process and back
TASK_SOURCES = 64
WINDOW = 16  # tasks a worker, between the oldest that is not ended and the youngest that is begun
HELD_BYTES = 16_000_000  # rows held of a task whose turn has not come; beyond, its worker waits


@dataclass(slots=True)
class _Pending:
    """What has come of a task whose turn to be given out has not ended."""

    items: deque[Outcome | Ended] = field(default_factory=deque)
    held: int = 0
    is_ended: bool = False


class Pool:
    """Processes that stand ready, no more than there have been tasks. A context manager: at its end no process is left.

    `time_limit` is what a bulletin may take, in seconds, and once more for every 10 MB of its source.
    """

    def __init__(self, job: Job, workers: int, time_limit: float = TIME_LIMIT) -> None:
        self.job, self.size, self.time_limit = job, workers, time_limit
        self.workers: list[Worker] = []
        self.pending: dict[int, _Pending] = {}
        self.again: deque[Task] = deque()
        self.head = self.next_number = 0
        self.has_answered = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self.workers:
            worker.stop()

    def _start(self) -> Worker:
        self.workers.append(Worker(self.job, [worker.connection for worker in self.workers]))
        return self.workers[-1]

    def outcomes(self, units: Iterable[Unit]) -> Iterator[Outcome | Ended]:
        """What became of each source, in the order of the sources.

        A source at which a process dies is tried once more, alone at fault if it dies again; one that outlasts the
        time limit is not. Either is set aside, and the run goes on behind it. Raises WorkerError when no process can
        start.
        """
        tasks = _tasks(units, self.next_number)
        while True:
            has_more = self._hand_out(tasks)
            yield from self._due()
            if not has_more and not self.pending:
                return
            self._listen()

    def _hand_out(self, tasks: Iterator[Task]) -> bool:
        """Give every idle worker a task as far as the window allows; whether there may be more of them."""
        for place in range(self.size):
            if place < len(self.workers) and self.workers[place].task is not None:
                continue
            if self.again:
                task = self.again.popleft()
            elif self.next_number - self.head < WINDOW * self.size:
                new = next(tasks, None)
                if new is None:
                    return False
                task = new
                self.pending[task.number] = _Pending()
                self.next_number = task.number + 1
            else:
                continue
            self._give(self.workers[place] if place < len(self.workers) else self._start(), task)
        return True

    def _give(self, worker: Worker, task: Task) -> None:
        try:
            worker.give(task)
        except OSError:  # it died while it had nothing to do
            self._replace(worker, task)

    def _due(self) -> Iterator[Outcome | Ended]:
        """All that may be given out now, by the order of the sources."""
        while (first := self.pending.get(self.head)) is not None:
            while first.items:
                yield first.items.popleft()
            first.held = 0
            if not first.is_ended:
                return
            del self.pending[self.head]
            self.head += 1

    def _listen(self) -> None:
        """Wait for the next words of the workers; end those that have run out of time."""
        heard: dict[Any, Worker] = {
            worker.connection: worker for worker in self.workers if worker.task and not self._is_ahead(worker)
        }
        left = min((self._time_left(worker) for worker in heard.values()), default=0.0)
        for connection in wait(list(heard), timeout=max(left, 0.0)):
            self._receive(heard.pop(connection))
        for worker in heard.values():
            if self._time_left(worker) <= 0 and not worker.connection.poll():
                self._overdue(worker)

    def _is_ahead(self, worker: Worker) -> bool:
        """Whether a worker must wait, since much of its task is held that may not be given out yet."""
        assert worker.task is not None
        is_ahead = worker.task.number != self.head and self.pending[worker.task.number].held > HELD_BYTES
        if is_ahead:
            worker.since = time.monotonic()
        return is_ahead

    def _time_left(self, worker: Worker) -> float:
        assert worker.task is not None
        return worker.since + allowed(worker.task.units[0], self.time_limit) - time.monotonic()

    def _receive(self, worker: Worker) -> None:
        task = worker.task
        assert task is not None
        try:
            said = worker.take()
        except (EOFError, OSError):
            self._dead(worker)
            return
        self.has_answered = True
        pending = self.pending[task.number]
        if said is not SOURCE_ENDS:
            worker.seen += 1
            pending.items.append(said)
            pending.held += said.size()
            return
        pending.items.append(Ended(task.units[0].source.name, task.units[0].stamp))
        self._behind_first(worker, task)

    def _behind_first(self, worker: Worker, task: Task) -> None:
        """Note that the first source of a worker's task is done with."""
        worker.seen = 0
        worker.task = Task(task.number, task.units[1:]) if len(task.units) > 1 else None
        self.pending[task.number].is_ended = worker.task is None

    def _overdue(self, worker: Worker) -> None:
        task = worker.task
        assert task is not None
        self._give_up(worker, task, given_up(task.units[0], self.time_limit))

    def _dead(self, worker: Worker) -> None:
        task = worker.task
        assert task is not None
        code = worker.stop()
        if code >= 0 and not self.has_answered:
            raise WorkerError(
                f"the processes for the work cannot start (exit code {code}); in a script of your own, call "
                "extract.run under `if __name__ == '__main__':`, or run with one worker"
            )
        if not task.is_again:
            self._replace(worker, Task(task.number, task.units, worker.seen, is_again=True))
            return
        reason = f"its reader was killed twice ({_death(code)})"
        self._give_up(worker, task, set_aside(task.units[0].source.name, None, reason, _REMEDIES.get(-code, _REPORT)))

    def _give_up(self, worker: Worker, task: Task, outcome: Outcome) -> None:
        """Set the first source of the task aside; a new worker goes on behind it."""
        first = task.units[0]
        left = Task(task.number, task.units[1:]) if len(task.units) > 1 else None
        pending = self.pending[task.number]
        pending.items += (outcome, Ended(first.source.name, first.stamp))
        pending.is_ended = left is None
        self._replace(worker, left)

    def _replace(self, worker: Worker, task: Task | None) -> None:
        """A new worker in place of one that is of no more use; the task is the next to be handed out."""
        self.workers.remove(worker)
        worker.stop()
        self._start()
        if task is not None:
            self.again.appendleft(task)


_REPORT = "report it with the bulletin, and leave it out till then"
_REMEDIES = {int(signal.SIGKILL): "give it alone, on a machine with more memory, or cut it into parts"}


def _death(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"{name}, as when memory runs out" if name == "SIGKILL" else name


def _tasks(units: Iterable[Unit], number: int) -> Iterator[Task]:
    """The units in tasks of about TASK_BYTES."""
    held: list[Unit] = []
    size = 0
    for unit in units:
        held.append(unit)
        size += unit.size
        if size >= TASK_BYTES or len(held) == TASK_SOURCES:
            yield Task(number, tuple(held))
            number, held, size = number + 1, [], 0
    if held:
        yield Task(number, tuple(held))
