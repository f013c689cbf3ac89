"""How many misprints the checks find: one digit changed at random in a figure of a group that held before.

A checked group is the figures of a check that holds and is trusted (chance at most 0.05); repeats and headlines are
left out. Each of its figures is changed in turn, as often as `--rounds` says: one of its digits becomes another, the
first never a nought. Of each change it is told whether

- a check that *fails* names the figure, or one that cannot be told says what *digit* would mend it: it is flagged;
- it is *still true*: the same equation holds with the changed figure as well, as far as its digits tell (1085 of 4523
  is 24 %, and so is 1085 of 4526);
- it passed *unseen*.

`all` is the share flagged of all changes, `shown` of those that are not still true. Groups whose words claim the
equation beyond doubt (`basis` is `words`) are told apart from those that only their figures speak for. `--show` prints
the changes that passed unseen.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extract.arithmetic import TRUSTED
from extract.pipeline import Extraction, extract_bulletin, shipped_rules
from extract.read.formats import read_bulletin
from extract.records import CheckRow

LEFT_OUT = ("repeat", "headline")
TOLD = ("fails", "digit", "still true", "unseen")


def starts(extraction: Extraction, check: CheckRow) -> tuple[int, ...]:
    """Where the terms of a check begin in the source."""
    records = {record.record_id: record.start for record in extraction.records}
    return tuple(records[term] if term in records else int(term[1:]) for term in check.terms)


def groups(extraction: Extraction) -> Iterator[tuple[CheckRow, tuple[int, ...]]]:
    """The checks that hold and are trusted, with the places of their figures."""
    for check in extraction.checks:
        if check.verdict == "holds" and check.kind not in LEFT_OUT and float(check.chance or 0) <= TRUSTED:
            yield check, starts(extraction, check)


def misprinted(text: str, start: int, end: int, chance: random.Random) -> str | None:
    """The text with one digit of the figure at `[start, end)` changed; None where it has none in Arabic digits."""
    places = [at for at in range(start, end) if text[at] in "0123456789"]
    if not places:
        return None
    at = chance.choice(places)
    others = [digit for digit in "0123456789" if digit != text[at] and (digit != "0" or at != places[0])]
    return text[:at] + chance.choice(others) + text[at + 1 :]


def seen(extraction: Extraction, at: int, kind: str, group: tuple[int, ...]) -> str:
    """What the checks say of a changed figure: one of `TOLD`."""
    told = [(check, starts(extraction, check)) for check in extraction.checks]
    if any(check.verdict == "fails" and at in terms for check, terms in told):
        return "fails"
    if any(check.mend and at in terms for check, terms in told):
        return "digit"
    if any(check.verdict == "holds" and (check.kind, terms) == (kind, group) for check, terms in told):
        return "still true"
    return "unseen"


def main() -> None:
    """Print what became of the changes, by sort of group and kind of check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="corpus/dev", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="changes for each figure (3)")
    parser.add_argument("--seed", type=int, default=1, help="of the changes (1)")
    parser.add_argument("--show", action="store_true", help="print the changes that passed unseen")
    args = parser.parse_args()
    chance, book = random.Random(args.seed), shipped_rules()
    count: Counter[tuple[str, str, str]] = Counter()
    found = 0
    began = time.process_time()
    for path in sorted(args.folder.glob("*.txt")):
        bulletin = read_bulletin(path, path.name)
        extraction = extract_bulletin(bulletin, book)
        ends = {number.start: number.end for number in extraction.numbers}
        for check, group in groups(extraction):
            found += 1
            for at in group * args.rounds:
                text = misprinted(bulletin.text, at, ends[at], chance)
                if text is None:
                    continue
                told = seen(extract_bulletin(replace(bulletin, text=text), book), at, check.kind, group)
                for key in ((check.basis, check.kind), (check.basis, "all"), ("all", "all")):
                    count[(*key, told)] += 1
                if args.show and told == "unseen":
                    change = f"{bulletin.text[at : ends[at]]!r} → {text[at : ends[at]]!r}"
                    print(f"{path.name}[{at}:{ends[at]}) {check.basis} {check.text}: {change}")
    print(
        f"{found} groups, seed {args.seed}, {args.rounds} changes a figure, {time.process_time() - began:.0f} s of CPU"
    )
    columns = "".join(f"{name:>12}" for name in ("changes", *TOLD, "all", "shown"))
    print(f"{'groups':<9}{'kind':<9}{columns}")
    for sort, kind in sorted({key[:2] for key in count}):
        fails, digit, true, unseen = (count[sort, kind, told] for told in TOLD)
        flagged, changes = fails + digit, fails + digit + true + unseen
        shown = f"{flagged / (changes - true):.3f}" if changes > true else "–"
        columns = "".join(f"{number:>12}" for number in (changes, fails, digit, true, unseen))
        print(f"{sort:<9}{kind:<9}{columns}{flagged / changes:>12.3f}{shown:>12}")


if __name__ == "__main__":
    main()
