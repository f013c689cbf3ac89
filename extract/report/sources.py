"""What a report is made from, found on disk: the rows of a run, and the texts that they were read from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.tables import OutputError, Plain, parse_line

KINDS = ("articles", "records", "numbers", "checks", "rejected")


def read_run(out: Path) -> tuple[dict[str, Any], dict[str, list[Plain]]]:
    """What a run was made of (its run.json), and its rows by kind.

    Raises OutputError, with the remedy, for a folder that holds no run or a broken one.
    """
    return read_told(out), {kind: _rows(out / f"{kind}.jsonl") for kind in KINDS}


def read_told(out: Path) -> dict[str, Any]:
    """What a run was made of: its run.json. Raises OutputError as `read_run` does."""
    path = out / "run.json"
    if not path.is_file():
        raise OutputError(f"{out}: holds no run; make one with: jianbao run FOLDER --out {out}")
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise OutputError(f"{path}: no JSON ({error}); run again") from None
    return told


def _rows(path: Path) -> list[Plain]:
    return [row for _, row in read_lines(path)]


def read_lines(path: Path) -> Iterator[tuple[str, Plain]]:
    """The lines of a file, each with its row. Raises OutputError for a file that is missing or broken."""
    number = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                number += 1
                yield line.removesuffix("\n"), parse_line(line)
    except FileNotFoundError:
        raise OutputError(f"{path}: is missing; run again") from None
    except ValueError as error:
        raise OutputError(f"{path}, line {number}: no JSON ({error}); run again") from None


def find_texts(out: Path, told: Mapping[str, Any], folders: Sequence[Path]) -> dict[str, str]:
    """The decoded texts of a run's bulletins, by their names.

    A text kept in the run's own folder comes first; then the files of `folders`, or else of the folders that the run
    read, as far as they are still there. A file whose bytes are no longer those that the run read is left out, since
    offsets would not fit it. Raises ReadError for a folder of `folders` that is not there.
    """
    texts: dict[str, str] = {}
    digests = {row["file"]: row["sha256"] for row in told["inputs"]}
    for row in told["inputs"]:
        if "text" in row and (out / row["text"]).is_file():
            texts[row["file"]] = (out / row["text"]).read_bytes().decode("utf-8", "replace")
    known = folders or [Path(name) for name in told["options"].get("folders", ()) if Path(name).exists()]
    if known:
        texts |= _unchanged(known, {name: digest for name, digest in digests.items() if name not in texts})
    return texts


def _unchanged(folders: Sequence[Path], digests: Mapping[str, str | None]) -> dict[str, str]:
    from extract.read import Bulletin, find_sources, read_source

    texts = {}
    for source in find_sources(folders):
        try:
            for found in read_source(source):
                if isinstance(found, Bulletin) and found.sha256 and found.sha256 == digests.get(found.file):
                    texts[found.file] = found.text
        except Exception:  # the run told of it as a source set aside; it must not cost the page
            continue
    return texts


def article_texts(articles: Sequence[Plain], texts: Mapping[str, str]) -> list[str | None]:
    """The text of each article, None where its bulletin's is not known."""
    whole = [texts.get(article["file"]) for article in articles]
    return [
        None if text is None else text[article["start"] : article["end"]]
        for article, text in zip(articles, whole, strict=True)
    ]
