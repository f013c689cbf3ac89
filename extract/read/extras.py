"""Libraries that are installed only where they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .bulletin import ReadError


@contextmanager
def needs(extra: str, *libraries: str) -> Iterator[None]:
    """A block that imports the libraries of an extra. Raises ReadError, with the remedy, where one is absent."""
    try:
        yield
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] not in libraries:
            raise
        reason = f"no reader of {extra} is installed"
        raise ReadError("", reason, f"install it with: pip install 'jianbao[{extra}]'") from None
