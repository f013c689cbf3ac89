"""How this program starts processes of its own."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from typing import Any

FORKS = sys.platform == "linux"
"""Whether a process starts as a copy of this one: at once, with all that is loaded, and without a guard around the
caller's main module. Elsewhere that is not safe, and a process begins with nothing."""


def context() -> Any:
    """The multiprocessing context of the platform."""
    return multiprocessing.get_context("fork" if FORKS else "spawn")


def can_copy_safely(*modules: str) -> bool:
    """Whether a copy of this process could not hang on a lock: it has one thread and has not loaded these modules."""
    return FORKS and threading.active_count() == 1 and not any(module in sys.modules for module in modules)
