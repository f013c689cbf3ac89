"""The HTML of the page: a template, its style and script, and a run's data, all in one file."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.report.data import Rows, page_data
from extract.report.sources import article_texts, find_texts, read_run
from extract.tables import OutputError

SCRIPTS = ("words", "data", "list", "lists", "reader", "review", "charts", "main")
"""The parts of the script, each of which uses only those before it when it is loaded."""


def write_report(out: Path, to: Path, folders: Sequence[Path] = ()) -> tuple[int, int]:
    """Write the page of the run in `out` to the file `to`; returns the number of articles, and of those with a text.

    `folders` hold the bulletins; without them the folders that the run read are tried. Raises OutputError for a folder
    without a run and for a file that cannot be written, ReadError for a folder that is not there.
    """
    told, rows = read_run(out)
    texts = article_texts(rows["articles"], find_texts(out, told, folders))
    try:
        to.write_text(page_html(rows, told, texts), encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{to}: {error.strerror}; name a file that can be written") from None
    return len(texts), sum(text is not None for text in texts)


def page_html(rows: Rows, told: dict[str, Any], texts: Sequence[str | None]) -> str:
    """The page as HTML; the same rows and texts give the same page.

    Nothing in it is fetched, and its policy lets no script or style run but the page's own: what stands in a text is
    only ever shown.
    """
    script = "\n".join(_part(f"js/{name}.js") for name in SCRIPTS)
    style = _part("page.css")
    inputs = [{"file": row["file"]} for row in told["inputs"] if not row.get("set_aside")]
    data = page_data(rows, {**told, "inputs": inputs})
    parts = {
        "policy": f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'",
        "style": style,
        "data": _bundle(data),
        "script": script,
        "texts": _bundle(texts),
    }
    page = _part("page.html")
    for name, part in parts.items():
        page = page.replace("{{" + name + "}}", escape(part) if name == "policy" else part, 1)
    return page


def _part(name: str) -> str:
    return files("extract.report").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _bundle(content: Any) -> str:
    """JSON, compressed and in letters that no markup can be made of."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 6, mtime=0)).decode()
