"""Plain text and Markdown, with the front matter that may stand before them."""

from __future__ import annotations

import re

from .bulletin import Meta, ReadError, Text
from .decoding import decode
from .fields import columns_of, meta_of

_FRONT = re.compile(r"---[ \t]*\r?\n(?P<block>(?:(?!---|\.\.\.)[^\n]{0,1000}\n){1,60})(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_KEY = re.compile(r"[^\s:#：][^:：\n]{0,40}[:：]")
ORIGIN = "front matter"


def read_plain(data: bytes) -> Text:
    """The text of a file as it is; front matter stays in it, before `start`. Raises ReadError as `decode` does."""
    return with_front(*decode(data))


def with_front(text: str, encoding: str) -> Text:
    """The text with what its front matter states."""
    front = _FRONT.match(text)
    if front is None or not _KEY.match(front["block"]):
        return Text(text, encoding)
    try:
        meta = _parse_front(front["block"])
    except ValueError as error:
        fault = ReadError("", f"its front matter is not understood ({error})", "mend it; the text below it is read")
        return Text(text, encoding, start=front.end(), faults=(fault,))
    return Text(text, encoding, (meta,) if meta else (), start=front.end() if meta else 0)


def _parse_front(block: str) -> Meta | None:
    """What a block of YAML says; None for one that is no mapping. Raises ValueError for what is broken."""
    import yaml

    try:
        held = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(" ".join(str(getattr(error, "problem", None) or "it is no YAML").split())) from None
    if not isinstance(held, dict):
        return None
    cells = {str(key): value for key, value in held.items()}
    return meta_of(ORIGIN, cells, columns_of(list(cells)))
