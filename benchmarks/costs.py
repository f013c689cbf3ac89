"""What a run of the command line costs: time, CPU time, and the most memory that a process of it held."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

A_LOOK = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall and of CPU (children too); peak memory in MB of the main process and of its largest child."""

    wall: float
    cpu: float
    main_mb: int
    worker_mb: int


def cost_of(folder: Path, out: Path, workers: int, formats: str = "") -> Cost:
    """The cost of `jianbao run` on a folder; what it wrote is removed."""
    words = ["run", str(folder), "--out", str(out), "--workers", str(workers), "--formats", formats]
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "extract", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    main = worker = 0
    while process.poll() is None:
        main = max(main, peak_kb(process.pid))
        worker = max([worker, *map(peak_kb, children(process.pid))])
        time.sleep(A_LOOK)
    wall, after = time.perf_counter() - start, os.times()
    if process.returncode:
        raise RuntimeError(f"the run ended with status {process.returncode}")
    shutil.rmtree(out)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, main // 1000, worker // 1000)


def peak_kb(process: int) -> int:
    """The most memory that a process has held, its own pages and shared ones (VmHWM), as Linux tells it."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def children(process: int) -> list[int]:
    """The processes that a process started, and theirs."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        found = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [*found, *(grand for child in found for grand in children(child))]
