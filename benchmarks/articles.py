"""Articles for measurements: those of corpus/dev over and over, each time with other figures.

    python benchmarks/articles.py OUT 10000 [--seed 1]

Every run of digits becomes another one of its length, years stay years, and so does the layout: what is measured keeps
the shape of the corpus, and no two articles are the same. The same number and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus" / "dev"
A_FOLDER = 1000  # files
YEAR = "年"
DIGITS = re.compile(r"(?:19|20)[0-9]{2}(?=年)|[0-9]+")


def varied(text: str, source: random.Random) -> str:
    """The text with other figures of the same lengths."""

    def other(found: re.Match[str]) -> str:
        old = found[0]
        if len(old) == 4 and text.startswith(YEAR, found.end()):
            return str(source.randint(2010, 2023))
        first = source.choice("123456789") if old[0] != "0" else "0"
        return first + "".join(source.choices("0123456789", k=len(old) - 1))

    return DIGITS.sub(other, text)


def make_articles(out: Path, count: int, seed: int = 1) -> int:
    """Write `count` files into folders of a thousand; how many bytes they have."""
    texts = [(path.suffix, path.read_text(encoding="utf-8")) for path in sorted(CORPUS.rglob("*.txt"))]
    source, size = random.Random(seed), 0
    for number in range(count):
        suffix, text = texts[number % len(texts)]
        folder = out / f"{number // A_FOLDER:04}"
        if number % A_FOLDER == 0:
            folder.mkdir(parents=True, exist_ok=True)
        data = varied(text, source).encode()
        (folder / f"{number:07}{suffix}").write_bytes(data)
        size += len(data)
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(f"{args.count:,} files, {make_articles(args.out, args.count, args.seed):,} bytes")


if __name__ == "__main__":
    main()
