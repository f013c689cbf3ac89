"""How the time of the matchers grows with the text: digits, 一 and brackets without end.

    python benchmarks/linear.py [--megabytes 1 10]

Prints a Markdown table of seconds of CPU time for each text and size, in characters. tests/match/test_work.py holds
the same law by counting calls.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from extract import find_dates, find_places, find_programmes, find_quantities

TEXTS = {"1": "1", "一": "一", "（": "（", "1 ": "1 "}
FINDERS: tuple[Callable[[str], object], ...] = (find_quantities, find_dates, find_places, find_programmes)


def seconds(find: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    find(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", nargs="+", type=float, default=[1, 10])
    sizes = [int(megabytes * 10**6) for megabytes in parser.parse_args().megabytes]
    print("| repeated | matcher | " + " | ".join(f"{size / 10**6:g} million" for size in sizes) + " |")
    print("| --- | --- |" + " ---: |" * len(sizes))
    for name, unit in TEXTS.items():
        for find in FINDERS:
            find(unit)
            taken = [seconds(find, unit * (size // len(unit))) for size in sizes]
            print(
                f"| `{name}` | {find.__name__} | " + " | ".join(f"{second:.2f} s" for second in taken) + " |",
                flush=True,
            )


if __name__ == "__main__":
    main()
