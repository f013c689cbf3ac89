"""How long the page of many articles takes to open, to search and to show an article, in headless Chromium.

    pip install '.[page-test]' && python benchmarks/page.py [FOLDER] [--articles 5000] [--rounds 5]

The articles are those of FOLDER over and over, each time with other digits and names. Prints medians in seconds, of
wall clock: `open` is from the start of the navigation to the second frame after everything is drawn; `(CPU)` is what
the page's main thread worked meanwhile.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from extract import run
from extract.batch import Outcome
from extract.report.page import page_html
from extract.report.sources import KINDS
from extract.tables import parse_line

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WATCH = """
const seen = new MutationObserver(() => {
  if (document.body && "ready" in document.body.dataset) {
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => (window.opened = performance.now())));
  }
});
seen.observe(document, { attributes: true, subtree: true, childList: true });
"""
SEARCH = """async () => {
  const begun = performance.now();
  lists.records.choose({ words: "社工站" });
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""
SORT = """async () => {
  const begun = performance.now();
  lists.records.clear();
  lists.records.sort("figure");
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""
ARTICLE = """async () => {
  const begun = performance.now();
  await reader.open(1234 % run.articles.count);
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""


def copies(folder: Path, wanted: int) -> tuple[dict[str, list[dict[str, Any]]], list[str], dict[str, Any]]:
    """The rows by kind, texts and run.json of so many articles."""
    made = run(folder)
    told = {"inputs": [], "rules": {"version": made.book.version}, "options": {}}
    rows: dict[str, list[dict[str, Any]]] = {
        kind: [] for kind in ("articles", "records", "numbers", "checks", "rejected")
    }
    texts: list[str] = []
    chance = random.Random(1)
    for number in itertools.count():
        digits = list("123456789")
        chance.shuffle(digits)
        other = str.maketrans("123456789", "".join(digits))
        for outcome in made.outcomes:
            if len(texts) >= wanted:
                return rows, texts, told
            told["inputs"].append({"file": f"{number}/{outcome.file}"})
            for kind, row in changed(outcome, number, other):
                rows[kind].append(row)
                if kind == "articles":
                    texts.append((outcome.text or "")[row["start"] : row["end"]].translate(other))
    raise AssertionError


def changed(outcome: Outcome, number: int, other: dict[int, int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a bulletin under another name and with other digits."""
    for kind, line in ((name, line) for name in KINDS for line in outcome.rows(name)):
        row = parse_line(line)
        for name in {"article_id", "file"} & row.keys():
            row[name] = f"{number}/{row[name]}"
        if row.get("record_id"):
            row["record_id"] = other_id(number, row["record_id"])
        for name in {"quote", "sentence", "title"} & row.keys():
            row[name] = row[name].translate(other)
        if "terms" in row:
            row["terms"] = [other_id(number, term) for term in row["terms"]]
        yield kind, row


def other_id(number: int, name: str) -> str:
    """An id as long and as random as one of a run; the start of a number stays what it is."""
    return (
        name if name.startswith("n") else "r" + hashlib.blake2b(f"{number}/{name}".encode(), digest_size=8).hexdigest()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="corpus/dev", type=Path)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    rows, texts, told = copies(args.folder, args.articles)
    begun = time.perf_counter()
    content = page_html(rows, told, texts)
    print(f"{len(texts)} articles, {len(rows['records'])} records, {len(rows['numbers'])} numbers")
    print(f"made in {time.perf_counter() - begun:.1f} s, {len(content.encode()) / 1e6:.1f} MB")
    took: dict[str, list[float]] = {"open": [], "(CPU)": [], "search": [], "sort": [], "article": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "page.html"
        path.write_text(content, encoding="utf-8")
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(args.rounds):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(WATCH)
            watcher = page.context.new_cdp_session(page)
            watcher.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(path.as_uri())
            page.wait_for_function("() => window.opened", timeout=60_000)
            took["open"].append(page.evaluate("() => window.opened"))
            metrics = watcher.send("Performance.getMetrics")["metrics"]
            took["(CPU)"].append(1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration"))
            page.evaluate("() => { location.hash = '#records'; }")
            page.wait_for_timeout(200)
            for name, act in (("search", SEARCH), ("sort", SORT), ("article", ARTICLE)):
                took[name].append(page.evaluate(act))
            page.close()
        browser.close()
    for name, times in took.items():
        low, middle, high = (one / 1000 for one in (min(times), statistics.median(times), max(times)))
        print(f"{name:<8} {middle:.2f} s  (of {len(times)}: {low:.2f}–{high:.2f})")


if __name__ == "__main__":
    main()
