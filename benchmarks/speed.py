"""How the road compares with segmenting the same text by jieba, in one process and one run.

    python benchmarks/speed.py [FOLDER] [--rounds 7]

Prints the best and the median of the rounds for jieba.lcut and for each step of the road, in characters a second, and
the ratios. The two are measured in turn, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from extract.articles import split_articles
from extract.match.dates import find_dates
from extract.match.places import find_places
from extract.match.programmes import find_programmes
from extract.match.quantities import scan_numbers
from extract.pipeline import extract_bulletin
from extract.read import find_sources, read_bulletin
from extract.records import json_lines
from extract.rules import read_rules


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="corpus/dev", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()

    import jieba

    jieba.setLogLevel("ERROR")
    segmenter = jieba.Tokenizer()
    segmenter.initialize()
    book = read_rules()
    bulletins = [read_bulletin(s.path, s.file) for s in find_sources([args.folder])]
    clean = [article.text for bulletin in bulletins for article in split_articles(bulletin)]
    characters = sum(len(b.text) for b in bulletins)

    def whole() -> None:
        for bulletin in bulletins:
            extraction = extract_bulletin(bulletin, book)
            for rows in (extraction.records, extraction.numbers, extraction.articles):
                "\n".join(json_lines(rows))

    work: dict[str, Callable[[], object]] = {
        "jieba.lcut": lambda: [segmenter.lcut(b.text) for b in bulletins],
        "the whole road, to JSON lines": whole,
        "  reflow and articles": lambda: [split_articles(b) for b in bulletins],
        "  dates": lambda: [find_dates(t) for t in clean],
        "  places": lambda: [find_places(t) for t in clean],
        "  numbers": lambda: [scan_numbers(t) for t in clean],
        "  programmes": lambda: [find_programmes(t) for t in clean],
    }
    taken: dict[str, list[float]] = {name: [] for name in work}
    for function in work.values():
        function()
    for _ in range(args.rounds):
        for name, function in work.items():
            taken[name].append(seconds(function))
    base = statistics.median(taken["jieba.lcut"])
    print(f"{len(bulletins)} files, {characters:,} characters, {args.rounds} rounds")
    print(f"{'':<32}{'best ms':>9}{'median ms':>11}{'k chars/s':>11}{'× jieba':>9}")
    for name, rounds in taken.items():
        median = statistics.median(rounds)
        rate = characters / median / 1000
        print(f"{name:<32}{min(rounds) * 1000:>9.1f}{median * 1000:>11.1f}{rate:>11.0f}{base / median:>9.2f}")


if __name__ == "__main__":
    main()
