"""How far a run has come, on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .outcome import Ended, Outcome


def with_progress(ended: Iterable[Outcome | Ended]) -> Iterator[Outcome | Ended]:
    """What became of the bulletins, with a bar on stderr that counts them as they pass."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    # no thread of its own: the bar is drawn as bulletins pass, since processes may be forked meanwhile
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.completed:,.0f} bulletins"), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, auto_refresh=False,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=None)
        drawn = 0.0
        for outcome in ended:
            yield outcome
            if isinstance(outcome, Outcome):
                bar.advance(task)
                if bar.get_time() - drawn > _PAUSE:
                    drawn = bar.get_time()
                    bar.refresh()


_PAUSE = 0.1  # seconds between two drawings
