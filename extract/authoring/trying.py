"""Rules tried on a corpus before they are saved: what they would gain, lose and change, and what the gold says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from ..rules import RuleBook
from ..score import Figures, score
from .changes import Change, changes_html, compare, counts, frame
from .checking import rule_faults
from .corpus import Corpus, GoldScore

if TYPE_CHECKING:
    import pandas as pd

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Trial:
    """What some rules would do to a corpus.

    `faults` are the examples and rejects that do not hold; `gold_before` and `gold_after` are None without gold.
    """

    rules: tuple[str, ...]
    articles: int
    changes: tuple[Change, ...]
    faults: tuple[str, ...] = ()
    gold_before: GoldScore | None = None
    gold_after: GoldScore | None = None

    @property
    def gained(self) -> list[Change]:
        """The figures that made no record before."""
        return [change for change in self.changes if change.what == "gained"]

    @property
    def lost(self) -> list[Change]:
        """The figures that make no record any more."""
        return [change for change in self.changes if change.what == "lost"]

    @property
    def changed(self) -> list[Change]:
        """The figures whose record says something else now; one that says the same by another rule has moved."""
        return [change for change in self.changes if change.what == "changed"]

    @property
    def breaks_gold(self) -> bool:
        """Whether the score falls, in the core fields or in all of them."""
        before, after = self.gold_before, self.gold_after
        if before is None or after is None:
            return False
        return after.core.f1 < before.core.f1 or after.full.f1 < before.full.f1

    def frame(self) -> pd.DataFrame:
        """The changes as a DataFrame, a row each."""
        return frame(self.changes)

    def summary(self) -> str:
        """What happened, on one line."""
        told = ", ".join(f"{count} {what}" for what, count in counts(self.changes).items())
        gold = ""
        if self.gold_before is not None:
            same = self.gold_before == self.gold_after
            gold = f"; gold: {self.gold_before}" + (", unchanged" if same else f" → {self.gold_after}")
        return f"{', '.join(self.rules)} on {self.articles} articles: {told}{gold}"

    def __repr__(self) -> str:
        return f"<trial of {self.summary()}>"

    def __str__(self) -> str:
        told = (change.line() for change in self.changes if change.what != "moved")
        return "\n".join([self.summary(), *self.faults, *told])

    def _repr_html_(self) -> str:
        faults = "".join(f"<p style='color:#b71c1c'>{escape(fault)}</p>" for fault in self.faults)
        told = [change for change in self.changes if change.what != "moved"]
        return f"<p>{escape(self.summary())}</p>{faults}{changes_html(told)}"


def try_book(corpus: Corpus, before: RuleBook, after: RuleBook, rules: Sequence[str]) -> Trial:
    """What `after` would change in a corpus that `before` has read; `rules` are the ids that are tried."""
    corpus.settle(before)
    read = list(corpus.reread(after))
    changes = compare((r for part in read for r in part.before), (r for part in read for r in part.after))
    made = [rule for rule in after.rules if rule.id in rules]
    faults = [f"{rule.id}: no example yet; give one before it is saved" for rule in made if not rule.examples]
    faults += [fault for rule in made for fault in rule_faults(after, rule)]
    gold_before = corpus.gold_score()
    gold_after = gold_before and _rescored(corpus, gold_before, changes)
    return Trial(tuple(rules), corpus.articles, tuple(changes), tuple(faults), gold_before, gold_after)


def _rescored(corpus: Corpus, whole: GoldScore, changes: Sequence[Change]) -> GoldScore:
    """The score after some changes: only the files that they are in are compared anew."""
    files = {change.record["file"] for change in changes}
    names = {PurePath(file).name for file in files}
    golds = [row for row in corpus.gold if PurePath(row["file"]).name in names]
    old = [row for row in corpus.records() if row["file"] in files]
    gone = {(c.before["file"], c.before["start"]) for c in changes if c.before}
    new = [row for row in old if (row["file"], row["start"]) not in gone] + [c.after for c in changes if c.after]
    minus, plus = score(golds, old).overall, score(golds, new).overall
    return GoldScore(
        _moved(whole.core, minus.core, plus.core),
        _moved(whole.full, minus.full, plus.full),
    )


def _moved(whole: Figures, minus: Figures, plus: Figures) -> Figures:
    return Figures(*(getattr(whole, n) - getattr(minus, n) + getattr(plus, n) for n in ("right", "demanded", "made")))
