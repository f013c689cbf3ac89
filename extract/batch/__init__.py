"""The loop over sources: what became of each, over one process or several, and the folder that a run writes."""

from extract.read.day import parse_day

from .counts import Counts
from .engine import more_than_cores, outcomes
from .outcome import KINDS, TIME_LIMIT, Ended, Job, Outcome, WorkerError
from .progress import with_progress
from .report import FORMATS, Report, Way, run_into, write_run
from .told import Told

__all__ = [
    "FORMATS",
    "KINDS",
    "TIME_LIMIT",
    "Counts",
    "Ended",
    "Job",
    "Outcome",
    "Report",
    "Told",
    "Way",
    "WorkerError",
    "more_than_cores",
    "outcomes",
    "parse_day",
    "run_into",
    "with_progress",
    "write_run",
]
