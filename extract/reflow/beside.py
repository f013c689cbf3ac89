"""Lines that stand beside a title or below a text and belong to neither: offices, brackets, salutations, numbers.

Offices sign at the foot or stand below the title; （2024年3月5日） and 各县（市）民政局： stand between title and text.
"""

from __future__ import annotations

import re
from functools import cache

from ..paths import read_pattern_file
from .words import HAN, TITLE_CHARS, layout

_PARTING = re.compile(r"[\s、，]+")
_DOCUMENT = re.compile(rf"[{HAN}（）()]{{1,12}}[〔\[【（(]20\d\d[〕\]】）)]\s?第?\s?\d{{1,4}}\s?号")
_NAME = 5  # characters of a blank and a name
_UNSIGNED = re.compile(  # a day or a name behind
    rf"\s*[（(]20\d\d\s?年[^（）()]*[）)]$|(?<=[局厅部委办会组])\s+[{HAN}]{{2,4}}(?<![局厅部委办会组])$"
)
_WHOLLY_BRACKETED = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")


def offices_alone(text: str) -> tuple[str, ...]:
    """The offices that a line consists of, in order; none where it says anything else.

    >>> offices_alone("石泉县民政局 石泉县财政局"), offices_alone("走进大溪镇社工站")
    (('石泉县民政局', '石泉县财政局'), ())

    The 文件 behind an office at the head of a document is left out, and so are a day and the name of a writer.
    """
    text = text.removesuffix("文件")
    if text[-1:] in "）)" or " " in text[-_NAME:]:
        text = _UNSIGNED.sub("", text)
    if len(text) > TITLE_CHARS or not text.endswith(_words()["ends"]) or _office_title().search(text):
        return ()
    names = tuple(filter(None, _PARTING.split(text)))
    return names if all(map(_office().fullmatch, names)) else ()


def is_media(name: str) -> bool:
    """Whether a body is a newspaper or a station that reports of others: 《中国社会报》, 固原日报."""
    return "《" in name or name.endswith(_words()["media"])


def is_salutation(text: str) -> bool:
    """Whether a line calls those that a text is written to: 各县（市）民政局：, 同志们：, 张伟委员："""
    if text[-1] not in "：:" or "。" in text:
        return False
    words = _words()
    return text.startswith(words["salutations"]) or (len(text) <= 30 and text[:-1].endswith(words["addressed"]))


def stands_beside(text: str) -> bool:
    """Whether a line is an office, a salutation, a number of a document, or all in brackets; so no part of a title."""
    if text[0] in "（(":
        return _WHOLLY_BRACKETED.fullmatch(text) is not None
    if text[-1] in "：:":
        return is_salutation(text)
    if text.startswith(_words()["appended"]):
        return True
    return is_number_of_document(text) or bool(offices_alone(text))


def is_number_of_document(text: str) -> bool:
    """Whether a line is no more than 某民发〔2023〕27号."""
    return text[-1] == "号" and _DOCUMENT.fullmatch(text) is not None


def is_person(text: str) -> bool:
    """Whether a line may be a person's name and nothing else, by its length and its surname: 邓志强, 李 明."""
    bare = text.replace(" ", "")
    return 2 <= len(bare) <= 3 and bare[0] in _words()["surnames"][0]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The words of patterns/layout.yaml that these lines are told by."""
    data = read_pattern_file("layout.yaml")
    beside = data["beside"]
    return {
        "ends": (*data["offices"], *beside["authors"], *beside["media"]),
        "media": tuple(beside["media"]),
        "salutations": tuple(beside["salutations"]),
        "addressed": tuple(beside["addressed"]),
        "appended": tuple(beside["appended"]),
        "surnames": (beside["surnames"],),
    }


@cache
def _office() -> re.Pattern[str]:
    """One office: of a place (某县民政局, 某镇社工站), or of a kind that names itself (某某基金会, 课题组)."""
    data = read_pattern_file("layout.yaml")
    beside = data["beside"]
    kinds = (data["offices"], [*beside["authors"], *beside["media"]])
    ends, authors = ("|".join(sorted(words, key=len, reverse=True)) for words in kinds)
    general = "|".join(beside["general"])
    return re.compile(
        rf"(?!{general})(?:(?:中共|共青团)?[{HAN}]{{1,12}}?[省市县区旗州盟镇乡道][{HAN}“”（）]{{0,14}}?(?:{ends})"
        rf"|[{HAN}“”（）]{{0,18}}(?:{authors}))"
    )


@cache
def _author_in_title() -> re.Pattern[str]:
    """An office that opens a title and reports of itself: 某镇社工站2023年工作总结, 某县民政局关于…的通知."""
    return re.compile(
        rf"(?:^|——)(?P<office>{_office().pattern})(?=关于|\d|上半年|下半年|第|年度|工作(?:总结|汇报|报告|小结))"
    )


def author_in_title(title: str) -> str | None:
    """The office that opens a title in which it reports, orders or announces; None where none does.

    >>> author_in_title("大溪镇社工站2023年工作总结"), author_in_title("大溪镇社工站服务老人800人次")
    ('大溪镇社工站', None)
    """
    signed = offices_alone(title.rpartition("——")[2]) if "——" in title else ()
    if signed or not title.endswith(layout().title_ends):
        return "、".join(signed) or None
    found = _author_in_title().search(title)
    return found["office"] if found and not _office_title().search(found["office"]) else None


@cache
def _office_title() -> re.Pattern[str]:
    """The words that a headline has and the name of an office has not."""
    return re.compile("|".join(read_pattern_file("layout.yaml")["beside"]["telling"]))
