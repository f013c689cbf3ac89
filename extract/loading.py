"""The Run of a folder that `jianbao run` wrote, as if it had just been made."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.authoring import load_rules
from extract.batch import Outcome, parse_day
from extract.duplicates import sketch
from extract.report.sources import KINDS, find_texts, read_lines, read_told
from extract.rules import RuleBook
from extract.runs import Run, several
from extract.tables import OutputError, Plain, parse_line

Lines = Mapping[str, Mapping[str, list[str]]]
"""The lines of a run by kind, and by the bulletin that they are of."""


def load(
    out: Path | str,
    *,
    texts: Path | str | Iterable[Path | str] = (),
    rules: RuleBook | Path | str | Iterable[Path | str] = (),
) -> Run:
    """The Run that `extract.run` or `jianbao run` wrote into a folder.

    The bulletins' texts, which `run.article` shows, are looked for where the run read them, or in the folders `texts`;
    all else needs none. `rules` are those of one's own that the run was made with, where they add tables.
    Raises OutputError, with the remedy, for a folder that holds no run or a broken one, and where such rules are not
    given; ReadError for a folder of texts that is not there.
    """
    out = Path(out)
    told = read_told(out)
    book = rules if isinstance(rules, RuleBook) else load_rules(*several(rules))
    tables = {name.partition(".")[0] for name in told["counts"]["records"]}
    if unknown := sorted(tables - set(book.tables)):
        raise OutputError(f"{out}: no rules here have its table '{unknown[0]}'; give their folder: load(…, rules=…)")
    lines = _lines(out)
    found = find_texts(out, told, [Path(folder) for folder in several(texts)])
    published = told["options"]["published"]
    repeats = frozenset(row["article_id"] for _, row in read_lines(out / "repeats.jsonl"))
    outcomes = _outcomes(told["inputs"], lines, found)
    return Run(outcomes, book, published and parse_day(published), repeats=repeats)


def _lines(out: Path) -> Lines:
    """The lines of each kind by bulletin, in their order."""
    files: dict[str, str] = {}
    found: dict[str, dict[str, list[str]]] = {}
    for kind in (*KINDS, "pages"):
        of_kind: dict[str, list[str]] = defaultdict(list)
        for line, row in read_lines(out / f"{kind}.jsonl"):
            if kind == "articles":
                files[row["article_id"]] = row["file"]
            of_kind[row["file"] if "file" in row else files[row["article_id"]]].append(line)
        found[kind] = of_kind
    return found


def _outcomes(inputs: Iterable[Plain], lines: Lines, texts: Mapping[str, str]) -> Iterator[Outcome]:
    """What became of each bulletin; a fault that came behind its first rows goes on with it."""
    for entry in inputs:
        file, digest, rejected = entry["file"], entry["sha256"], lines["rejected"].get(entry["file"], [])
        if entry.get("set_aside"):
            yield Outcome(file, digest, None, _joined({"rejected": [rejected.pop(0)]}))
            continue
        own = {kind: of_kind.get(file, []) for kind, of_kind in lines.items() if kind != "rejected"}
        text = texts.get(file)
        own["sketches"] = _sketches(text, own["articles"]) if text is not None else []
        yield Outcome(file, digest, text, _joined(own), text if "text" in entry else None)
        if rejected:
            yield Outcome(file, digest, None, _joined({"rejected": rejected}), is_continued=True)


def _sketches(text: str, articles: Iterable[str]) -> list[str]:
    rows = map(parse_line, articles)
    known: Iterable[tuple[Any, bytes]] = ((row["article_id"], sketch(text[row["start"] : row["end"]])) for row in rows)
    return [json.dumps([name, base64.b64encode(made).decode()], ensure_ascii=False) for name, made in known if made]


def _joined(lines: Mapping[str, list[str]]) -> dict[str, bytes]:
    return {kind: "".join(f"{line}\n" for line in of_kind).encode() for kind, of_kind in lines.items()}
