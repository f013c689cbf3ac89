"""How the matchers alone do on a gold of mentions.

    python benchmarks/mentions.py [--gold ../shared/gold/mentions.jsonl] [--bulletins ../shared/bulletins] [--loose]

Prints a Markdown table: precision, recall and F1 of find_quantities, find_dates and find_places, called on the files as
they are; then each mention that only one side has. A mention answers the first gold mention of its kind that it
overlaps; the value, unit, days or code must be right as well, or both sides count as faults. Dates are read with the
gold's reference day; `--loose` asks the matchers for everything.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extract import find_dates, find_places, find_quantities

Gold = dict[str, Any]


def is_right(kind: str, gold: Gold, found: Any) -> bool:
    """Whether a mention says what the gold does."""
    if kind == "place":
        return bool(found.code == gold["place_code"])
    if kind == "date":
        days = found.period_start, found.period_end
        return all(days_agree(gold, end, day) for end, day in zip(("period_start", "period_end"), days, strict=True))
    value = gold["value"]
    if isinstance(value, list):
        return [float(found.low), float(found.high)] == value
    scale = 10 if gold["unit"] == "‰" else 0.01 if gold["unit"] == "倍" and found.unit == "percent" else 1
    return found.value is not None and abs(float(found.value) * scale - value) < 1e-6


def days_agree(gold: Gold, end: str, day: datetime.date | None) -> bool:
    wanted = gold[end] if isinstance(gold[end], list) else [gold[end]]
    return (day and day.isoformat()) in [gold["reference"] if choice == "reference" else choice for choice in wanted]


def compare(kind: str, gold: list[Gold], found: list[Any], text: str) -> tuple[int, list[str]]:
    """How many are found and right, and a line for each fault."""
    left, right, faults = list(gold), 0, list[str]()
    for mention in found:
        answer = next((g for g in left if mention.start < g["end"] and g["start"] < mention.end), None)
        if answer is not None:
            left.remove(answer)
        if answer is not None and is_right(kind, answer, mention):
            right += 1
            continue
        around = text[max(0, mention.start - 12) : mention.end + 8].replace("\n", " ")
        faults.append(f"{'not in the gold' if answer is None else 'wrong'}: {mention.text!r} in {around!r}")
    return right, faults + [f"not found: {g['text']!r}" for g in left]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", default="../shared/gold/mentions.jsonl", type=Path)
    parser.add_argument("--bulletins", default="../shared/bulletins", type=Path)
    parser.add_argument("--loose", action="store_true")
    args = parser.parse_args()
    gold: defaultdict[tuple[str, str], list[Gold]] = defaultdict(list)
    references: dict[str, str] = {}
    for line in args.gold.read_text(encoding="utf8").splitlines():
        mention = json.loads(line)
        gold[mention["kind"], mention["file"]].append(mention)
        if mention["kind"] == "date":
            references.setdefault(mention["file"], mention["reference"])
    counts: Counter[tuple[str, str]] = Counter()
    faults: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(args.bulletins.glob("*.txt")):
        text = path.read_bytes().decode("utf8")
        finders: dict[str, Callable[[str, str], list[Any]]] = {
            "quantity": lambda text, _: find_quantities(text, loose=args.loose),
            "date": lambda text, file: find_dates(text, references.get(file), loose=args.loose),
            "place": lambda text, _: find_places(text),
        }
        for kind, find in finders.items():
            found = find(text, path.name)
            right, told = compare(kind, gold[kind, path.name], found, text)
            sizes = {"gold": len(gold[kind, path.name]), "found": len(found), "right": right}
            counts.update({(kind, name): size for name, size in sizes.items()})
            faults[kind] += told
    print("| kind | gold | found | right | precision | recall | F1 |\n| --- |" + " ---: |" * 6)
    for kind in faults:
        total, number, right = (counts[kind, name] for name in ("gold", "found", "right"))
        scores = right / number, right / total, 2 * right / (number + total)
        print(f"| {kind} | {total} | {number} | {right} | " + " | ".join(f"{score:.3f}" for score in scores) + " |")
    for kind, told in faults.items():
        print(f"\n{kind}", *told, sep="\n- ")


if __name__ == "__main__":
    main()
