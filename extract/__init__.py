"""Every figure of a Chinese bulletin in a table, with the characters that prove it.

The names below are loaded when they are first used, so that `import extract` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.authoring import load_rules
    from extract.authoring.corpus import Corpus
    from extract.columnar import ARROW_SCHEMA, SPARK_SCHEMA, extract_batches
    from extract.loading import load
    from extract.match.dates import find_dates
    from extract.match.places import find_places
    from extract.match.programmes import find_programmes
    from extract.match.quantities import find_quantities
    from extract.pipeline import extract_text
    from extract.records import Record
    from extract.runs import run

    __version__: str

__all__ = [
    "ARROW_SCHEMA",
    "SPARK_SCHEMA",
    "Corpus",
    "Record",
    "__version__",
    "extract_batches",
    "extract_text",
    "find_dates",
    "find_places",
    "find_programmes",
    "find_quantities",
    "load",
    "load_rules",
    "run",
]

_HOMES = {
    "ARROW_SCHEMA": "extract.columnar",
    "SPARK_SCHEMA": "extract.columnar",
    "Corpus": "extract.authoring.corpus",
    "Record": "extract.records",
    "extract_batches": "extract.columnar",
    "extract_text": "extract.pipeline",
    "find_dates": "extract.match.dates",
    "find_places": "extract.match.places",
    "find_programmes": "extract.match.programmes",
    "find_quantities": "extract.match.quantities",
    "load": "extract.loading",
    "load_rules": "extract.authoring",
    "run": "extract.runs",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        value: Any = _version()
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'extract' has no attribute '{name}'")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("jianbao")
    except PackageNotFoundError:  # a source tree that was never installed
        return "0+unknown"
