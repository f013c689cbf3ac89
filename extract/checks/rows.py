"""Rows: an equation between terms judged, with its chance, and as words for a reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..arithmetic import CONTEXT, TRUSTED, Interval
from ..records import CheckRow
from .terms import Term

Verdict = Literal["holds", "fails", "cannot_tell"]


@dataclass(slots=True)
class Check:
    """An equation found: its kind, its terms (the whole first), both sides, the verdict and its chance.

    `claimed` is whether the words say that there is such an equation; else the figures alone do. `certain` is whether
    they leave no doubt of it: only such a check can fail.
    `said` is the left side as a reader writes it (`1+55+65`); `chosen` says which reading it decided for, and why.
    `solutions` gives what each term would have to be by the others; `mend` says what would make the equation true.
    """

    kind: str
    terms: Sequence[Term]
    said: str
    computed: Decimal | None
    stated: Decimal | None
    verdict: Verdict
    chance: float
    percent: bool = False
    certain: bool = False
    claimed: bool = True
    chosen: str | None = None
    solutions: Callable[[], Sequence[Interval]] | None = None
    mend: str | None = None

    @property
    def is_worth_telling(self) -> bool:
        """Whether the words claim it, or it would hardly be true, or miss by a digit, by chance."""
        return self.claimed or self.is_trusted or self.mend is not None

    @property
    def is_trusted(self) -> bool:
        """Whether it holds, and would hardly do so by chance."""
        return self.verdict == "holds" and self.chance <= TRUSTED

    @property
    def text(self) -> str:
        """What a reader is told: `sum 1+55+65=121`, `sum 1+55+64=120, not 121`, `product 53×12=636, near 640`."""
        sign = "%" if self.percent else ""
        computed = "" if self.computed is None else f"={shown(self.computed)}{sign}"
        told = f"{self.kind} {self.said}{computed}"
        if self.verdict == "fails" and self.stated is not None:
            told += f", not {shown(self.stated)}{sign}"
        elif self.verdict == "fails":
            told += ", against the words"
        elif self.verdict == "holds" and not self.percent and self.stated != self.computed and self.stated is not None:
            told += f", near {shown(self.stated)}"
        elif self.verdict == "cannot_tell" and self.stated is not None:
            told += f" beside {shown(self.stated)}{sign}"
        return told

    @property
    def note(self) -> str | None:
        """What its records are told: that it holds and proves something, or fails, or misses by one digit."""
        if self.mend is not None:
            return f"{self.text} ({self.mend})"
        return self.text if self.is_trusted or self.verdict == "fails" else None

    def row(self, article_id: str, offsets: Sequence[int]) -> CheckRow:
        """The row of the `checks` table; `offsets[i]` is where character `i` of the clean text stands in the file."""
        terms = tuple([t.record.record_id if t.record else f"n{offsets[t.quantity.number_start]}" for t in self.terms])
        row = {
            "article_id": article_id, "kind": self.kind, "terms": terms, "computed": self.computed,
            "stated": self.stated, "verdict": self.verdict, "chance": Decimal(f"{self.chance:.2g}"),
            "basis": "words" if self.certain or self.verdict == "fails" else "figures", "text": self.text,
            "chosen": self.chosen, "mend": self.mend,
        }  # fmt: skip
        return CheckRow.model_validate(row)


def shown(value: Decimal) -> str:
    """A number as a reader writes it.

    >>> shown(Decimal("4380000")), shown(Decimal("24.00")), shown(Decimal("34.4"))
    ('4380000', '24', '34.4')
    """
    whole = int(value)
    return str(whole if whole == value else float(value))


def rounded(value: float, decimals: int) -> Decimal:
    """A computed ratio with the decimals that were asked for."""
    return Decimal(f"{value:.{decimals}f}")


def decimals_of(value: Decimal) -> int:
    """How many decimals a number has."""
    exponent = value.normalize(CONTEXT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
