"""Saved web pages: the main text, and what the page states of its title, day and source. Nothing is fetched."""

from __future__ import annotations

import logging
import re
from email import message_from_bytes, policy
from functools import cache
from typing import Any

from .bulletin import Meta, ReadError, Text
from .decoding import decode
from .fields import columns_of, parse_published

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{3,20})""", re.I
)
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SURE = (
    "article:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publishtime",
    "firstpublishedtime",
    "date",
)
_SAMPLE = 4000
ORIGIN = "html"


def read_html(data: bytes) -> Text:
    """The main text of a page, its title first. Raises ReadError for a page without one."""
    from .extras import needs

    with needs("html", "trafilatura", "lxml"):
        import trafilatura
        from lxml import etree, html

    text = _DECLARED.sub("", _decode_page(data))
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError):
        raise ReadError("", "it is no HTML that can be read", "save the page again, or its text as .txt") from None
    meta = _meta_of(tree)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=True, config=_settings(),
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    main = str(getattr(found, "text", None) or "").strip()
    if not main:
        raise ReadError("", "there is no main text in the page", "save the text of the page as .txt")
    title = meta.title or " ".join(str(getattr(found, "title", None) or "").split())
    if title and not main.startswith(title):
        main = f"{title}\n\n{main}"
    lines = (re.sub(r"^\|\s*|\s*\|\s*$", "", line) for line in main.split("\n"))
    shown = Meta(
        ORIGIN,
        meta.published or _day(getattr(found, "date", None)),
        meta.source or getattr(found, "sitename", None),
        title=title or None,
    )
    return Text("\n".join(lines) + "\n", "html", (shown,))


def read_mhtml(data: bytes) -> Text:
    """The main text of a page that a browser saved as one file (MHTML). Raises ReadError for one without a page."""
    for part in message_from_bytes(data, policy=policy.compat32).walk():
        body = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(body, bytes):
            return read_html(body)
    raise ReadError("", "there is no page in the file", "save the page again as .html")


def _decode_page(data: bytes) -> str:
    """The page as text, by the encoding that it declares where that holds."""
    declared = _CHARSET.search(data[:_SAMPLE])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if name.startswith("gb") else name)
        except (LookupError, UnicodeError):
            pass
    return decode(data)[0]


def _meta_of(tree: Any) -> Meta:
    """What the page's `meta` elements state, by the names that Chinese government sites and others give them."""
    held: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            held.setdefault(name.removeprefix("og:").removeprefix("article:") if name != _SURE[0] else name, content)
    day = next((found for name in _SURE if (found := _day(held.get(name)))), None)
    columns = columns_of(list(held))
    told = {field: held[columns[field]] for field in ("source", "title") if field in columns}
    return Meta(
        ORIGIN, day, held.get("contentsource") or told.get("source") or held.get("site_name"), title=told.get("title")
    )


def _day(value: str | None) -> Any:
    try:
        return parse_published(value)
    except ValueError:
        return None


@cache
def _settings() -> Any:
    """Settings under which a short page gives its text, too."""
    from trafilatura.settings import use_config

    settings = use_config()
    for name in ("min_extracted_size", "min_output_size", "min_extracted_comm_size", "min_output_comm_size"):
        settings.set("DEFAULT", name, "1")
    settings.set("DEFAULT", "extraction_timeout", "0")
    return settings
