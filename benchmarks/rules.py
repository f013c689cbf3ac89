"""How long it takes to try a rule on a kept corpus, in one process and one run.

    python benchmarks/rules.py [FOLDER] [--articles 10000] [--rounds 3]

The bulletins of FOLDER are copied under other names until there are enough articles; they are read once into a cache
of their own, and settled with the shipped rules. Then rules that match seldom and often are tried, a suggestion is
made, and the time of each is printed beside that of reading the same articles.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from extract.authoring import load_rules
from extract.authoring.corpus import Corpus
from extract.read import find_sources, read_source

RULE = """
- id: stations.built.tried
  match: "{match}"
  priority: {priority}
  record: {{table: stations, measure: built}}
"""
TRIED = {
    "a phrase that no article has": ("{count} {facility} 落地生根", 50),
    "a word of some articles": ("(揭牌|挂牌) {facility}…{count}", 35),
    "a common word, seldom before a figure": ("{worker} 持证 {count}", 35),
    "a word class, a figure beside it": ("{count} {facility}", 20),
    "the same, before all other rules": ("{count} {facility}", 95),
}


def cpu_and_wall(work: Callable[[], object]) -> tuple[float, float, object]:
    cpu, wall = time.process_time(), time.perf_counter()
    made = work()
    return time.process_time() - cpu, time.perf_counter() - wall, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="corpus/dev", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()

    texts = [b.text for source in find_sources([args.folder]) for b in read_source(source) if hasattr(b, "text")]
    book = load_rules()
    per_copy = Corpus.of({f"{n}.txt": text for n, text in enumerate(texts)}).articles
    copies = -(-args.articles // per_copy)
    with tempfile.TemporaryDirectory() as home:
        folder, cache = Path(home) / "in", Path(home) / "cache"
        folder.mkdir()
        for copy in range(copies):
            for number, text in enumerate(texts):
                (folder / f"{copy:04}-{number:03}.txt").write_text(text, encoding="utf-8")
        cpu, wall, corpus = cpu_and_wall(lambda: Corpus.open(folder, cache=cache))
        assert isinstance(corpus, Corpus)
        print(f"{corpus.articles:,} articles, {args.rounds} rounds, median\n{'':<44}{'CPU s':>8}{'wall s':>8}  records")
        print(f"{'read and matched, once':<44}{cpu:>8.2f}{wall:>8.2f}")
        print(
            "{:<44}{:>8.2f}{:>8.2f}".format(
                "the shipped rules applied, once", *cpu_and_wall(lambda: corpus.settle(book))[:2]
            )
        )
        cpu, wall, corpus = cpu_and_wall(lambda: Corpus.open(folder, cache=cache).settle(book))
        print(f"{'opened again, nothing changed':<44}{cpu:>8.2f}{wall:>8.2f}")
        assert isinstance(corpus, Corpus)
        for name, (match, priority) in TRIED.items():
            rule = RULE.format(match=match, priority=priority)
            taken = [cpu_and_wall(lambda rule=rule: book.try_rule(rule, corpus=corpus)) for _ in range(args.rounds)]  # type: ignore[misc]
            cpu, wall = (statistics.median(row[place] for row in taken) for place in (0, 1))
            print(f"{name:<44}{cpu:>8.2f}{wall:>8.2f}{len(taken[0][2].changes):>9}")  # type: ignore[attr-defined]
        cpu, wall, _ = cpu_and_wall(lambda: book.suggest("今年以来，【9个】社工站在村里落地生根", "stations", "built"))
        print(f"{'suggestions for a sentence, no corpus':<44}{cpu:>8.2f}{wall:>8.2f}")


if __name__ == "__main__":
    main()
