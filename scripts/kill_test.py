"""Kill runs at random moments, go on with them, and compare what they leave with an undisturbed run, byte for byte.

    python scripts/kill_test.py --kills 200 --workers 2

Each run is ended by SIGKILL, SIGTERM or Ctrl-C to the program, by SIGKILL to one of its workers, or by a file size that
the system refuses (as a full disk does), and started again with `--resume` until it is done. Exit status 1 when any
byte differs or any process is left.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WAYS = ("SIGKILL", "SIGKILL", "SIGKILL", "SIGTERM", "SIGINT", "a worker", "disk full")


def main() -> int:
    """Kill as often as asked for; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description="kill runs at random moments and compare their results")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--texts", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--checkpoint", type=float, default=0.3)
    parser.add_argument("--formats", default="csv,parquet,xlsx,sqlite,jsonl")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        make_texts(work / "in", args.texts, chance)
        command = [
            sys.executable, "-m", "extract", "run", "in", "--workers", str(args.workers), "--formats", args.formats,
            "--checkpoint", str(args.checkpoint), "--resume", "--out",
        ]  # fmt: skip
        begun = time.monotonic()
        subprocess.run([*command, "whole"], cwd=work, env=environment(), check=True, stdout=subprocess.DEVNULL)
        whole = time.monotonic() - begun
        print(f"undisturbed: {whole:.1f} s, {args.texts} texts, {args.workers} workers", flush=True)
        return disturb(work, [*command, "out"], args.kills, whole, chance)


def disturb(work: Path, command: list[str], kills: int, whole: float, chance: random.Random) -> int:
    """Kill and go on until `kills` are done and the last run is finished; the number of runs that differ, at most 1."""
    done: Counter[str] = Counter()
    runs = differing = left = 0
    while True:
        way = chance.choice(WAYS) if done.total() < kills else "none"
        after = chance.uniform(0.2, whole)
        ended_early = strike(work, command, way, after, chance)
        done[way] += ended_early
        left += len(survivors(work))
        if not ended_early and not (work / "out" / ".unfinished").exists():
            runs += 1
            differing += bool(differences(work / "whole", work / "out"))
            shutil.rmtree(work / "out")
            print(f"run {runs}: {done.total()} kills so far, {differing} runs differ", flush=True)
            if done.total() >= kills:
                break
    told = ", ".join(f"{count} {way}" for way, count in sorted(done.items()) if way != "none")
    print(f"{done.total()} kills ({told}) in {runs} runs: {differing} runs differ, {left} processes left")
    return int(bool(differing or left))


def strike(work: Path, command: list[str], way: str, after: float, chance: random.Random) -> bool:
    """Start the run and strike after some seconds; whether that ended it before its time (or cost it a worker)."""
    limit = chance.randrange(1_000, 3_000_000) if way == "disk full" else None
    process = subprocess.Popen(
        command, cwd=work, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
    )  # fmt: skip
    struck = False
    if way != "none" and not limit:
        time.sleep(after)
        struck = process.poll() is None and send(process.pid, way, chance)
    _, said = process.communicate(timeout=600)
    if "Traceback" in said and not said.rstrip().endswith("KeyboardInterrupt"):  # while Python itself is loading
        print(said)
        raise SystemExit(1)
    if way == "a worker":
        return False if process.returncode == 0 else struck
    return process.returncode != 0


def send(number: int, way: str, chance: random.Random) -> bool:
    """Send the signal; whether there was a process to send it to."""
    if way != "a worker":
        os.kill(number, getattr(signal, way))
        return True
    workers = children(number)
    if workers:
        os.kill(chance.choice(workers), signal.SIGKILL)
    return bool(workers)


def children(number: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(number)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


def survivors(work: Path) -> list[int]:
    """Processes that still work in the folder a second after their run has ended."""
    for _ in range(20):
        found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal() and cwd(path) == str(work)]
        if not found:
            return []
        time.sleep(0.05)
    return found


def cwd(process: Path) -> str:
    """The folder that a process works in; nothing when it is gone."""
    try:
        return os.readlink(process / "cwd")
    except OSError:
        return ""


def differences(one: Path, two: Path) -> list[str]:
    """The names of files that only one folder has, or that differ."""
    names = {path.name for folder in (one, two) for path in folder.iterdir()}
    found = [name for name in sorted(names) if not _same(one / name, two / name)]
    for name in found:
        print(f"differs: {name}")
    return found


def _same(one: Path, two: Path) -> bool:
    return one.is_file() and two.is_file() and filecmp.cmp(one, two, shallow=False)


def environment() -> dict[str, str]:
    """The environment of a run: this source tree before any installed one."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def make_texts(folder: Path, count: int, chance: random.Random) -> None:
    """Bulletins of the corpus with other figures."""
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "dev").glob("*.txt"))]
    for number in range(count):
        text = re.sub(r"(?<!\d)[1-9]\d?(?!\d)", lambda _: str(chance.randrange(1, 99)), texts[number % len(texts)])
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
