"""What changed between two readings of the same bulletins: records gained, lost, changed and moved, as rows.

A record is *changed* when it says something else of the same figure, *moved* when it says the same by another rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal, get_args

from ..records import Record

if TYPE_CHECKING:
    import pandas as pd

Fields = Mapping[str, Any]
What = Literal["gained", "lost", "changed", "moved"]

UNTOLD = {"record_id", "article_id", "sentence", "checks"}  # they follow from the other fields, or from other records
COMPARED = tuple(name for name in Record.model_fields if name not in UNTOLD)
COLUMNS = ("what", "file", "quote", "before", "after", "differs", "sentence", "rule_before", "rule_after")


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is read otherwise: `differs` names the fields in which `before` and `after` differ."""

    what: What
    before: Fields | None
    after: Fields | None
    differs: tuple[str, ...] = ()

    @property
    def record(self) -> Fields:
        """The record after the change, or the one that is lost."""
        return self.after or self.before or {}

    def row(self) -> dict[str, str]:
        """The change as one row of words."""
        told = [
            f"{name} {_shown(self.before, name)} → {_shown(self.after, name)}"
            for name in self.differs
            if name != "rule"
        ]
        cells = (
            self.what, self.record["file"], self.record["quote"], _figure(self.before), _figure(self.after),
            "; ".join(told), self.record["sentence"], (self.before or {}).get("rule", ""),
            (self.after or {}).get("rule", ""),
        )  # fmt: skip
        return dict(zip(COLUMNS, map(str, cells), strict=True))

    def line(self) -> str:
        """The change as one line: what, quote, figure, rules, fields and sentence."""
        row = self.row()
        figure = " → ".join(part for part in (row["before"], row["after"]) if part)
        rules = " → ".join(dict.fromkeys(part for part in (row["rule_before"], row["rule_after"]) if part))
        told = " · ".join(part for part in (row["quote"], figure, row["differs"], rules) if part)
        return f"{self.what:<8}{told}\n        {row['file']}: {row['sentence']}"


def compare(before: Iterable[Fields], after: Iterable[Fields]) -> list[Change]:
    """The figures that two sets of records read differently, in the order of the files and of the text."""
    old = {(record["file"], record["start"]): record for record in before}
    new = {(record["file"], record["start"]): record for record in after}
    changes: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            changes.append(Change("gained" if was is None else "lost", was, now))
        elif differs := tuple(name for name in COMPARED if was.get(name) != now.get(name)):
            changes.append(Change("moved" if differs == ("rule",) else "changed", was, now, differs))
    return changes


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many records were gained, lost, changed and moved."""
    found = Counter(change.what for change in changes)
    return {what: found[what] for what in get_args(What)}


def frame(changes: Sequence[Change]) -> pd.DataFrame:
    """The changes as a DataFrame, a row each."""
    import pandas as pd

    return pd.DataFrame([change.row() for change in changes], columns=pd.Index(COLUMNS), dtype="string")


def changes_html(changes: Sequence[Change], most: int = 50) -> str:
    """The changes as an HTML table, the figure marked in its sentence; no more than `most` of them."""
    rows = [_html_row(change) for change in changes[:most]]
    more = f"<p>and {len(changes) - most} more; .frame() has all</p>" if len(changes) > most else ""
    head = "".join(f"<th style='text-align:left'>{name}</th>" for name in ("", "record", "rule", "sentence", "file"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}" if rows else ""


COLOURS = {"gained": "#c8e6c9", "lost": "#ffcdd2", "changed": "#fff59d", "moved": "#eeeeee"}


def _html_row(change: Change) -> str:
    row = change.row()
    figure = "<br>".join(escape(part) for part in (row["before"], row["after"], row["differs"]) if part)
    rules = "<br>".join(dict.fromkeys(escape(part) for part in (row["rule_before"], row["rule_after"]) if part))
    quote = escape(row["quote"])
    sentence = escape(row["sentence"]).replace(quote, f"<b>{quote}</b>", 1)
    cells = (f"<span style='background:{COLOURS[change.what]}'>{change.what}</span>", figure, rules, sentence)
    return "<tr>" + "".join(f"<td style='text-align:left'>{c}</td>" for c in (*cells, escape(row["file"]))) + "</tr>"


def _figure(record: Fields | None) -> str:
    if record is None:
        return ""
    value = record["value"] if record["value"] is not None else f"{record['low']}…{record['high']}"
    bound = "" if record["bound"] in ("exact", "range") else f"{record['bound']} "
    return f"{record['table']}.{record['measure']} {bound}{value} {record['unit']}"


def _shown(record: Fields | None, name: str) -> str:
    value = (record or {}).get(name)
    return "none" if value is None else str(value)
