"""What the checks cost: their share of a whole run, in CPU time of one process.

A run is what `jianbao run FOLDER` does: reading, extraction, and tables written as JSON lines, CSV and Parquet. The
first round, in which rules and words are loaded, is left out.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from typing import Any

import extract
import extract.pipeline


def main() -> None:
    """Print the CPU time of the checks, of the run, and their ratio, for each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", default=["corpus/dev"])
    parser.add_argument("--rounds", type=int, default=9)
    args = parser.parse_args()
    spent = 0.0
    inner = {name: getattr(extract.pipeline, name) for name in ("check_figures", "figures_apart")}

    def timed(name: str) -> Any:
        def call(*given: Any) -> Any:
            nonlocal spent
            began = time.process_time()
            made = inner[name](*given)
            spent += time.process_time() - began
            return made

        return call

    for name in inner:
        setattr(extract.pipeline, name, timed(name))
    for folder in args.folders:
        shares, times = [], []
        for _ in range(args.rounds + 1):
            spent, began = 0.0, time.process_time()
            with tempfile.TemporaryDirectory() as out:
                extract.run(folder, out=out)
            times.append((spent, time.process_time() - began))
        shares = [checks / whole for checks, whole in times[1:]]
        checks, whole = (statistics.median(column) * 1000 for column in zip(*times[1:], strict=True))
        print(f"{folder}: {checks:.1f} of {whole:.0f} ms; {statistics.median(shares):.3f}, at most {max(shares):.3f}")


if __name__ == "__main__":
    main()
