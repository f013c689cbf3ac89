"""What a column, a key or a cell of people's own tables means: names of fields, days in the forms that they come in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from .bulletin import Meta

ALIASES: Mapping[str, tuple[str, ...]] = {
    "file": ("file", "filename", "file_name", "path", "文件", "文件名"),
    "published": (
        "published", "date", "pubdate", "pub_date", "publish_date", "published_at", "publish_time", "pubtime",
        "发布日期", "发布时间", "发表日期", "发表时间", "出版日期", "日期", "时间",
    ),
    "source": (
        "source", "sitename", "site", "media", "publisher", "contentsource", "来源", "信息来源", "媒体", "发布单位",
    ),
    "place": ("place", "place_code", "region", "area", "地区", "地点", "地方", "行政区划", "行政区划代码"),
    "title": ("title", "articletitle", "headline", "标题", "题目", "题名"),
    "id": ("id", "_id", "doc_id", "docid", "article_id", "uid", "uuid", "编号", "序号"),
    "text": (
        "text", "content", "body", "article", "fulltext", "full_text", "正文", "内容", "文本", "全文",
        "文章内容", "正文内容",
    ),
}  # fmt: skip
"""The names by which each field is known, in lower case; the first that a table has is taken."""

_DAY = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?:(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)|年(?P<m2>\d\d?)月(?P<d2>\d\d?)日|(?P<m3>\d\d)(?P<d3>\d\d))"
    r"(?:[T\s]\s?\d\d?:\d\d.*)?"
)
_EXCEL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def columns_of(names: list[str]) -> dict[str, str]:
    """The column of a table that holds each field, for the fields that it has."""
    plain = {name.strip().lstrip("\ufeff").lower(): name for name in reversed(names)}
    held = ((field, next((plain[a] for a in aliases if a in plain), None)) for field, aliases in ALIASES.items())
    return {field: name for field, name in held if name is not None}


def parse_published(value: object) -> datetime.date | None:
    """The day that a cell gives; None for an empty one.

    Taken: 2023-11-12, 2023/11/12, 2023.11.12, 20231112, 2023年11月12日, each with or without a time behind it; the day
    numbers of Excel (45242); seconds or milliseconds since 1970, in China's time. Raises ValueError for another form.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value
    text = str(value).strip().strip("'\u200e\u200f")
    if not text:
        return None
    try:
        if found := _DAY.fullmatch(text):
            month, day = (next(filter(None, (found[n], found[n + "2"], found[n + "3"]))) for n in "md")
            return datetime.date(int(found["y"]), int(month), int(day))
        if _EXCEL.fullmatch(text):
            return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(float(text)))
        if _SECONDS.fullmatch(text):
            return datetime.datetime.fromtimestamp(int(text[:10]), _BEIJING).date()
    except ValueError:
        pass
    raise ValueError(f"'{text[:40]}' is no day; write it as 2023-11-20")


def meta_of(origin: str, cells: Mapping[str, Any], columns: Mapping[str, str]) -> Meta:
    """What the cells of a row say of a bulletin. Raises ValueError for a day of another form."""

    def word(field: str) -> str | None:
        value = cells.get(columns.get(field, ""))
        return " ".join(str(value).split()) or None if isinstance(value, str | int) else None

    published = parse_published(cells.get(columns.get("published", "")))
    return Meta(origin, published, word("source"), word("place"), word("title"))
