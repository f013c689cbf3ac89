"""The road beside its peers and by its steps, and what a run costs by its size and its number of workers.

    python benchmarks/speed.py [FOLDER] [--rounds 5] [--articles 1000,10000] [--workers 1,2]

The first two tables are measured in one process, all in turn, in CPU time, on the same texts: compare within a table.
Peers that are not installed are passed over (benchmarks/requirements-peers.txt). The third runs the command line on
articles made from the corpus (benchmarks/articles.py), with the most memory that any of its processes held.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from articles import make_articles
from costs import Cost, cost_of
from peers import load_peers

from extract import passages
from extract.articles import split_articles
from extract.passages import find_passages, match_article, read_passage
from extract.pipeline import extract_bulletin, extract_found
from extract.read import decode, find_sources, read_bulletin
from extract.records import json_lines
from extract.rules import read_rules

KINDS = ("records", "numbers", "articles", "checks")
SUMS = {
    "JioNLP, time and money and place": ("JioNLP", ("extract_time", "extract_money", "parse_location")),
    "Recognizers-Text, number and date-time": ("Recognizers-Text", ("number", "date-time")),
}
Work = Callable[[], object]


def to_lines(extraction: Any) -> list[str]:
    return ["\n".join(json_lines(getattr(extraction, kind))) for kind in KINDS]


def road(paths: list[Path]) -> dict[str, Work]:
    """The whole road, files to JSON lines, and its steps, each on what the one before it made."""
    book = read_rules()
    data = [path.read_bytes() for path in paths]
    bulletins = [read_bulletin(path, path.name) for path in paths]
    articles = [(article, bulletin.text) for bulletin in bulletins for article in split_articles(bulletin)]
    mentions = [match_article(article) for article, _ in articles]
    parts = [list(find_passages(a, m)) for (a, _), m in zip(articles, mentions, strict=True)]
    findings = [
        [found for passage in of_article for found in read_passage(article, passage, book)]
        for (article, _), of_article in zip(articles, parts, strict=True)
    ]
    extractions = [extract_bulletin(bulletin, book) for bulletin in bulletins]

    def rules() -> None:
        for (article, _), found in zip(articles, mentions, strict=True):
            for passage in find_passages(article, found):
                list(read_passage(article, passage, book))

    def rows() -> None:
        for (article, text), *made in zip(articles, mentions, parts, findings, strict=True):
            extract_found(article, *made, text, book)

    return {
        "the whole road, files to JSON lines": lambda: [
            to_lines(extract_bulletin(read_bulletin(path, path.name), book)) for path in paths
        ],
        "– decode": lambda: [decode(each) for each in data],
        "– reflow and articles": lambda: [split_articles(bulletin) for bulletin in bulletins],
        "– match: dates, places, numbers": lambda: [match_article(article) for article, _ in articles],
        "– rules": rules,
        "– normalise, records, checks, ledger": rows,
        "– JSON lines": lambda: [to_lines(extraction) for extraction in extractions],
    }


def segmenters(texts: list[str]) -> Iterator[tuple[str, Work]]:
    """What cuts the same texts into words; one that is not installed is passed over."""
    import jieba

    jieba.setLogLevel("ERROR")
    yield "jieba.lcut", lambda: [jieba.lcut(text) for text in texts]
    with contextlib.suppress(ImportError):
        import rjieba

        yield "rjieba.cut", lambda: [rjieba.cut(text) for text in texts]
    with contextlib.suppress(ImportError):
        from spacy.lang.zh import Chinese

        nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "jieba"}}})
        yield "spaCy, blank zh with jieba", lambda: [nlp(text) for text in texts]


def peers(texts: list[str]) -> Iterator[tuple[str, Work]]:
    """The jobs of benchmarks/peers.py that find what the road finds."""

    def each(function: Callable[[str], object]) -> Work:
        return lambda: [function(text) for text in texts]

    for peer in load_peers():
        if peer.fault:
            print(f"{peer.name} is passed over: {peer.fault}", file=sys.stderr)
        for job, (function, _) in peer.jobs.items():
            yield f"{peer.name} {job}", each(function)


def measure(work: dict[str, Work], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each, all in turn; what raises is told and left out."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(rounds + 1):
        for name in list(taken):
            start = time.process_time()
            try:
                work[name]()
            except Exception as error:
                print(f"{name} is left out: {type(error).__name__}: {error}", file=sys.stderr)
                del taken[name]
                continue
            if turn:  # the first turn loads dictionaries and fills caches
                taken[name].append(time.process_time() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def with_sums(taken: dict[str, float]) -> dict[str, float]:
    """The times, with those of peers whose jobs together do what the road does."""
    sums = {}
    for name, (peer, jobs) in SUMS.items():
        parts = [s for other, s in taken.items() if other.startswith(peer) and any(job in other for job in jobs)]
        if len(parts) == len(jobs):
            sums[name] = sum(parts)
    return taken | sums


def print_speed(taken: dict[str, float], size: int) -> None:
    base, ours = taken["jieba.lcut"], taken["the whole road, files to JSON lines"]
    print("| | CPU ms | MB/s | × jieba.lcut | the road is faster by |\n| --- | ---: | ---: | ---: | ---: |")
    for name, seconds in taken.items():
        faster = "" if name.startswith(("–", "the whole")) else f"{seconds / ours:.3g}"
        print(f"| {name} | {seconds * 1000:.1f} | {size / seconds / 1e6:.3g} | {base / seconds:.3g} | {faster} |")


def print_costs(counts: list[int], workers: list[int]) -> None:
    columns = "articles", "MB", "workers", "wall s", "CPU s", "CPU ms an article", "MB, main", "MB, a worker", "faster"
    print(f"| {' | '.join(columns)} |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            size = make_articles(Path(folder) / str(count), count)
            alone: Cost | None = None
            for number in workers:
                cost = cost_of(Path(folder) / str(count), Path(folder) / "out", number)
                alone = alone or cost
                print(
                    f"| {count:,} | {size / 1e6:.1f} | {number} | {cost.wall:.1f} | {cost.cpu:.1f} |"
                    f" {1000 * cost.cpu / count:.2f} | {cost.main_mb:.0f} |"
                    f" {cost.worker_mb or '–'} | {alone.wall / cost.wall:.2f} |",
                    flush=True,
                )


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="corpus/dev", type=Path)
    parser.add_argument("--rounds", type=int, default=5, help="0 leaves out the first table")
    parser.add_argument("--no-peers", action="store_true", help="only segmenters beside the road")
    parser.add_argument("--articles", type=numbers, default=[], metavar="N,N")
    parser.add_argument("--workers", type=numbers, default=[1, 2], metavar="N,N")
    args = parser.parse_args()
    if args.rounds and not args.folder.exists():
        parser.error(f"{args.folder}: there is no such file or folder; name one of bulletins")
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    load = os.getloadavg()[0]
    if args.rounds:
        paths = [source.path for source in find_sources([args.folder])]
        texts = [read_bulletin(path, path.name).text for path in paths]
        size = sum(len(text.encode()) for text in texts)
        work = {**dict(segmenters(texts)), **road(paths), **({} if args.no_peers else dict(peers(texts)))}
        print(
            f"{args.folder}: {len(paths)} files, {size / 1e6:.3f} MB as UTF-8, {sum(map(len, texts)):,} characters;",
            end=" ",
        )
        way = "interpreted" if passages.__file__.endswith(".py") else "compiled"
        print(f"{way}; {args.rounds} rounds, CPU time; load of the machine at the start {load:.1f}\n")
        print_speed(with_sums(measure(work, args.rounds)), size)
    if args.articles:
        print(
            f"\njianbao run --formats '' on made articles; load of the machine at the start {os.getloadavg()[0]:.1f}\n"
        )
        print_costs(args.articles, args.workers)


if __name__ == "__main__":
    main()
