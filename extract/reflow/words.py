"""How a single line of a bulletin looks: what its form tells before anything around it is read.

The words are those of patterns/layout.yaml. Everything here reads folded text (`reflow.fold`): brackets, colons and
commas beside Chinese are full-width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..paths import read_pattern_file

HAN = "〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TITLE_CHARS = 60
BLANKS = r"\s*"
NO_BEGINNING = frozenset("，。、；：！？）”’》〉」』】〕,;:!?)]}%‰℃")
ENDERS = "。！？!?…"
CLOSERS = "”’」』）)】》〉]\"'"
_AT_END = frozenset(f"{ENDERS}{CLOSERS}.")
_OPEN, _CLOSE = "[（(【\\[〔]", "[）)】\\]〕]"
_IN_BRACKETS = "[^（）()【】\\[\\]〔〕。！？]"
_COLON = "[：:|｜丨]"
_COUNT = "[一二三四五六七八九十百〇零\\d]"
_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇零○０][一二三四五六七八九〇零○]{2})"
DATE = rf"{_YEAR}\s?[-年./]\s?[\d一二三四五六七八九十]{{1,2}}\s?[-月./]\s?[\d一二三四五六七八九十]{{1,3}}(?!\d)\s?日?"


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends where `text` does: 。！？… and the quotes and brackets that close behind them."""
    last = text[-1:]
    if last not in _AT_END:
        return False
    if last in CLOSERS:
        last = text.rstrip(CLOSERS)[-1:]
    return last != "" and (last in ENDERS or (last == "." and text[-2:-1].isalpha()))


def is_emoji(char: str) -> bool:
    """Whether a character is a picture, which as the first of a line marks a point."""
    return "\U0001f000" <= char < "\U00020000"


def is_rule(text: str) -> bool:
    """Whether a line is drawn, not written: `-----`, `* * *`, `═══`."""
    return _RULE_CHARS.issuperset(text) and len(text.replace(" ", "")) >= 3


@dataclass(frozen=True, slots=True)
class Layout:
    """The compiled words of patterns/layout.yaml, by what they recognise."""

    source: re.Pattern[str]
    source_line: re.Pattern[str]
    not_source: re.Pattern[str]
    source_name: re.Pattern[str]
    source_tails: tuple[str, ...]
    byline: re.Pattern[str]
    byline_line: re.Pattern[str]
    metadata_line: re.Pattern[str]
    date_key: re.Pattern[str]
    dated_line: re.Pattern[str]
    dateline: re.Pattern[str]
    dispatch: re.Pattern[str]
    own_report: re.Pattern[str]
    informed: re.Pattern[str]
    caption: re.Pattern[str]
    issue: re.Pattern[str]
    maker: re.Pattern[str]
    numbered: re.Pattern[str]
    sentence_starts: tuple[str, ...]
    point_starts: tuple[str, ...]
    unfinished_starts: tuple[str, ...]
    title_ends: tuple[str, ...]
    unfinished_ends: tuple[str, ...]
    after_figures: frozenset[str]
    place_line: re.Pattern[str]
    place_head: re.Pattern[str]
    province_title: re.Pattern[str]
    bracketed_province: re.Pattern[str]
    numbered_province: re.Pattern[str]
    signature: re.Pattern[str]
    telling_firsts: frozenset[str]  # a line whose ends are in neither of the two is text
    telling_lasts: frozenset[str]
    line_firsts: frozenset[str]
    line_keys: tuple[str, ...]
    caption_starts: tuple[str, ...]
    issue_ends: tuple[str, ...]
    issue_names: tuple[str, ...]
    columns: frozenset[str]
    companions: tuple[str, ...]
    surrounds: re.Pattern[str]
    account: re.Pattern[str]
    openers: frozenset[str]

    def line_kind(self, text: str) -> str:
        """What a line is by its form alone: `source`, `caption`, `furniture`, or `text`."""
        first = text[0]
        numbered = "第" in text and len(text) <= 40  # an issue or a page
        tells = first in self.telling_firsts or text[-1] in self.telling_lasts or is_emoji(first)
        if not numbered and not tells:
            return "text"
        if first in _RULE_CHARS and is_rule(text):
            return "furniture"
        if len(text) > 160:
            return "text"
        if numbered and (_PAGE.fullmatch(text) or self.issue.fullmatch(text)):
            return "furniture"
        if first in _PAGE_FIRST:
            if len(text) <= 24 and _PAGE.fullmatch(text):
                return "furniture"
            if (len(text) <= 24 and _DATE_LINE.fullmatch(text)) or self.dated_line.fullmatch(text):
                return "source"
        if first in self.line_firsts and text.startswith(self.line_keys) and self._is_source_line(text):
            return "source"
        if (text.startswith(self.caption_starts) or text[-1] in _CAPTION_LAST) and self.caption.search(text):
            return "caption"
        if text.endswith(self.issue_ends) and self.maker.fullmatch(text):
            return "furniture"
        if len(text) <= 45 and not ends_sentence(text) and self.surrounds.fullmatch(text):
            return "furniture"
        return "text"

    def _is_source_line(self, text: str) -> bool:
        return any(p.fullmatch(text) for p in (self.source_line, self.byline_line, self.metadata_line, self.account))

    def names_place(self, text: str) -> bool:
        """Whether a line has the form of a title that begins with a place: 贵州：…, 湖南攸县：…"""
        return len(text) <= TITLE_CHARS and "：" in text and self.province_title.match(text) is not None

    def opens_paragraph(self, before: str, text: str) -> bool:
        """Whether `text` opens a point or a sentence of its own, whatever the line `before` it ends in."""
        if text[0] not in self.openers:
            return is_emoji(text[0]) or is_emoji(before[-1])
        if self.numbered.match(text):
            cut = before[-1].isdigit() and text[0].isdigit() and not _is_next(before, text)
            return not cut and before[-1] not in _BEFORE_ONE
        if text.startswith(self.point_starts):
            return before[-1] not in _BEFORE_ONE
        return before[-1] not in "，、；：,;:“‘（(《" and text.startswith(self.sentence_starts)


ROW = re.compile(r"[^，。；！？]{1,24}[：:]\s?\d[^，。；！？：:]{0,12}[，。；]?")  # 江阳区：612
UNITS = "人次|万元|亿元|千元|元|人|名|个|家|所|处|场次|场|次|期|户|%|件|座|例"
UNIT_HEADING = re.compile(  # 二、持证社工（单位：人）
    rf"(?:[（(](?:单位[：:])?|单位[：:])\s?({UNITS})\s?[）)]?[：:]?$"
)
_RULE_CHARS = frozenset("-=*—―─═━_~·•☆★◆◇※# ")
_DASH = r"[-—–―_~·•.|\s]*"
_PAGE = re.compile(
    rf"(?:\S{{2,12}}?\s*{DATE}\s*(?:星期.)?\s*|\S{{2,8}}\s+)?{_DASH}第\s*{_COUNT}{{1,4}}\s*[页版]"
    rf"(?:[，,\s/]*共\s*\d{{1,4}}\s*[页版])?{_DASH}(?:(?:\s|：)\S{{1,10}})?"
    rf"|[-—–―~·•|.]+\s*\d{{1,4}}\s*[-—–―~·•|.]+|\d{{1,4}}\s*/\s*\d{{1,4}}|(?:[Pp]age|[Pp]\.)\s*\d{{1,4}}|\d{{1,4}}\s*页"
)
_PAGE_FIRST = frozenset("-—–―_~·•.|第Pp一二（(【[0123456789")
_DATE_LINE = re.compile(rf"[（(【\[]?{DATE}(?:\s*星期.)?(?:\s*\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?[）)】\]]?")
_CAPTION_LAST = frozenset("）】摄图影片")
_BULLETS = "■◆●★☆□▪•※◎○➤►☞➡✅✔✓☑✦✧✿⭐⚡"
_NUMBERED = re.compile(
    r"第?[一二三四五六七八九十]{1,3}[、.]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]"
    rf"|第{_COUNT}{{1,4}}[章节条部篇]|第[一二三四五六七八九十]，|其[一二三四五六七八九十]，"
    rf"|\d{{1,2}}(?:、|\.(?!\d)|．)|[①-⑳{_BULLETS}]|#{{1,6}}(?!#)|[-*+]\s"
)
_BEFORE_ONE = frozenset("统唯同单之第万十百专")


_POINT = re.compile(r"(\d{1,2})[.．、](?!\d)")


def _is_next(before: str, text: str) -> bool:
    """Whether a line is the next point behind one: 2.采购方式 behind 1.项目编号：采购-2024-37."""
    last, this = _POINT.match(before), _POINT.match(text)
    return last is not None and this is not None and int(this[1]) == int(last[1]) + 1


def _words(words: list[str], between: str = "") -> str:
    spelled = (between.join(map(re.escape, w)) for w in sorted(words, key=lambda w: (-len(w), w)))
    return "|".join(spelled)


@cache
def layout() -> Layout:
    """The shipped words, compiled once. Raises ValueError where patterns/layout.yaml lacks an entry."""
    try:
        return _compiled(read_pattern_file("layout.yaml"))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"patterns/layout.yaml: an entry is missing or no list of words ({error}); restore it"
        ) from error


def _compiled(data: dict[str, Any]) -> Layout:
    return Layout(**_sources(data), **_bylines(data), **_lines_of_data(data), **_issues(data), **_beginnings(data))


def _sources(data: dict[str, Any]) -> dict[str, Any]:
    """What recognises （据…）, 来源：… and the like, and what they name."""
    sources, beside = data["sources"], data["beside"]
    before, after = _words(sources["before"], BLANKS), _words(sources["after"])
    written_by = rf"(?:{_words(data['bylines'], BLANKS)})(?=[\s：:/]|[{HAN}·]{{2,4}}[\s）)、，])"
    with_colon = _words(_source_keys(data))
    keys = _words(_data_keys(data))
    office = rf"(?P<office>[{HAN}\s]{{2,24}}(?:{_words([*data['offices'], *beside['authors'], *beside['media']])}))"
    named = rf"(?:{before}|{written_by}){_IN_BRACKETS}{{1,60}}"
    people = rf"(?:\s+[{HAN}]{{2,4}}){{0,4}}"  # （某县民政局 张三）
    given = rf"{_IN_BRACKETS}{{2,40}}(?:{after})\s*"
    return {
        "source": re.compile(rf"{_OPEN}\s*(?:{named}|{given}|{office}{people}){_CLOSE}"),
        "source_line": re.compile(rf"(?:{with_colon})\s*{_COLON}[^。！？]{{0,80}}"),
        "not_source": re.compile(
            rf"{_OPEN}\s*(?:{_words(sources['not'])})|(?:{_words(sources['not_ends'])})\s*{_CLOSE}$"
        ),
        "source_name": re.compile(
            rf"^{_OPEN}?\s*(?:{before}|(?:{with_colon})\s*{_COLON})\s*(?P<name>.+?)\s*{_CLOSE}?$"
            rf"|^{_OPEN}?\s*(?P<giver>.+?)\s*(?:{after})\s*{_CLOSE}?$"
            rf"|^{_OPEN}(?P<office>[{HAN}]+){people}{_CLOSE}$"
            rf"|^{_OPEN}?\s*(?:(?:{keys})\s*：|{DATE}).*?(?:{with_colon})\s*{_COLON}\s*(?P<among>\S+)"
            rf"|^原创\s.*?(?P<account>[{HAN}]\S*)\s+{DATE}"
        ),
        "source_tails": tuple(sources["tail"]),
        "signature": re.compile(rf"[{HAN}（）\s]{{3,24}}(?:{_words(data['offices'])})"),
    }


def _bylines(data: dict[str, Any]) -> dict[str, Any]:
    """What recognises （记者…）, 文/图：…, 本报讯, 新华社…电 and 记者从…获悉."""
    people = rf"(?:[{HAN}·]{{2,4}}(?:[\s、，]+|$))*"
    signed = rf"(?:{_words(data['bylines'])})(?:\s*[：:/]\s*|\s+|$){people}"
    wire = _words(data["datelines"])
    informed = data["informed"]
    return {
        "byline": re.compile(rf"^{_OPEN}\s*(?:{_words(data['bylines'], BLANKS)})"),
        "byline_line": re.compile(rf"{signed}(?:\s*{signed})*"),
        "dateline": re.compile(
            rf"^[（(【\[]?(?P<agency>[{HAN}]{{2,6}}?[社报网台])[{HAN}]{{0,8}}?(?P<date>{DATE})(?:{wire})"
        ),
        "dispatch": re.compile(
            rf"[（(【\[]?(?!本|据|记者)(?P<agency>[{HAN}]{{2,7}}?[社报网台])"
            rf"(?:[{HAN}]{{0,8}}?(?:\d{{1,2}}月)?\d{{1,2}}日(?:{wire})|讯(?=[\s（(]))"
        ),
        "own_report": re.compile(rf"本[{HAN}](?:\d{{1,2}}月\d{{1,2}}日)?(?:{wire})"),
        "informed": re.compile(
            rf"(?:{_words(informed['before'])})(?P<name>[{HAN}]{{2,20}}?)(?:{_words(informed['after'])})"
        ),
    }


def _lines_of_data(data: dict[str, Any]) -> dict[str, Any]:
    """What recognises 发布时间：…, and captions."""
    captions = data["captions"]
    ends = _words(captions["ends"])
    keys = [*_source_keys(data), *data["bylines"], *_data_keys(data)]
    line_keys = (*(opener + word for opener in ("", "（", "【", "[") for word in keys), "原创 ")
    return {
        "metadata_line": re.compile(rf"{_OPEN}?(?:{_words(_data_keys(data))})\s*[：:][^。！？]{{0,120}}{_CLOSE}?"),
        "dated_line": re.compile(
            rf"(?:[（(【\[]\s*)?{DATE}(?:\s*\d{{1,2}}：\d\d(?:：\d\d)?|\s*\d{{1,2}}:\d\d(?::\d\d)?)?"
            rf"(?:\s*[）)】\]])?\s*(?:{_words(keys)})\s*{_COLON}[^。！？]{{0,100}}"
        ),
        "date_key": re.compile(rf"(?:{_words(data['metadata']['dates'])})\s*[：:]\s*(?P<date>{DATE})"),
        "line_keys": line_keys,
        "line_firsts": frozenset(w[0] for w in line_keys),
        "caption": re.compile(
            rf"^(?:{_words(captions['starts'])})|[（(](?:{_words(captions['brackets'])}){_IN_BRACKETS}*[）)]$"
            rf"|[（(]{_IN_BRACKETS}{{0,20}}(?:{ends})[）)]$|[\s）)。][{HAN}]{{2,4}}\s?[/／]?(?:{ends})$"
        ),
        "caption_starts": tuple(captions["starts"]),
    }


def _issues(data: dict[str, Any]) -> dict[str, Any]:
    """What recognises the head of an issue, and by which characters a line is worth a look at all."""
    issue, surrounds = data["issue"], data["furniture"]
    names, ends = _words(issue["names"]), ("日", *issue["makers"])
    number = rf"第\s*{_COUNT}{{1,4}}\s*期"
    lines = _lines_of_data(data)
    return {
        "issue": re.compile(
            rf"[（(]?总{number}[）)]?"
            rf"|(?:\S{{0,24}}(?:{names}))?\s*[（(]?(?:\d{{4}}\s*年\s*)?{number}[）)]?(?:\s*[（(]?总{number}[）)]?)?"
            rf"(?:\s*\S{{0,24}}(?:{names}))?(?:\s+\S{{1,8}})?(?:\s*{DATE})?"
        ),
        "maker": re.compile(
            rf"(?P<office>\S{{2,24}}(?:{_words(data['offices'])}))(?:\s*(?:{_words(issue['makers'])})\s*(?:{DATE})?"
            rf"|\s+{DATE})"
        ),
        "issue_ends": ends,
        "issue_names": tuple(issue["names"]),
        "columns": frozenset(data["columns"]),
        "companions": tuple(data["companions"]),
        "account": re.compile(rf"原创\s.{{2,40}}\s{DATE}(?:\s+\d\d:\d\d)?(?:\s+[{HAN}]{{2,4}})?"),
        "surrounds": re.compile(
            rf"\W{{0,4}}(?:{_words(surrounds['starts'])})[^。]{{0,40}}|(?:{_words(surrounds['whole'])})", re.IGNORECASE
        ),
        "telling_firsts": _RULE_CHARS
        | _PAGE_FIRST
        | lines["line_firsts"]
        | {w[0] for w in (*lines["caption_starts"], *surrounds["starts"], *surrounds["whole"], "原创", "↑", "⬆", "↓")},
        "telling_lasts": _CAPTION_LAST | {w[-1] for w in ends},
    }


def _beginnings(data: dict[str, Any]) -> dict[str, Any]:
    """What tells beginnings of points and sentences, cut ends, and titles that begin with a place."""
    points = [f"{n}{v}" for n in "一二三四五六七八九十" for v in ("是", "要")] + list(data["points"])
    openers = {w[0] for w in (*points, *data["sentence_starts"])}
    no_speech = "".join(f"(?<!{re.escape(w)})" for w in data["speech"])
    return {
        "numbered": _NUMBERED,
        "openers": frozenset(openers | set(f"第（(其一二三四五六七八九十0123456789①②③④⑤⑥⑦⑧⑨⑩#-*+{_BULLETS}")),
        "sentence_starts": tuple(data["sentence_starts"]),
        "point_starts": tuple(points),
        "unfinished_starts": tuple(data["unfinished_starts"]),
        "title_ends": tuple(data["title_ends"]),
        "unfinished_ends": tuple(data["unfinished_ends"]),
        "after_figures": frozenset(data["after_figures"]),
        "place_line": re.compile(rf"(?!(?:{_words(data['not_titles'])})：)[{HAN}]{{2,14}}{no_speech}："),
        "place_head": re.compile(
            rf"(?:\d{{1,2}}[.、]\s?|[一二三四五六七八九十]{{1,2}}、|[◆■●★◎])?(?!(?:{_words(data['not_titles'])})：)"
            rf"(?P<place>[{HAN}]{{2,8}}){no_speech}：\s*(?=\S)"
        ),
        "bracketed_province": re.compile(rf"【(?:{_words(data['provinces'])})[{HAN}]{{0,10}}】"),
        "numbered_province": re.compile(
            rf"[一二三四五六七八九十]{{1,3}}、(?:{_words(data['provinces'])})[{HAN}]{{0,10}}：\s*(?=\S)"
        ),
        "province_title": re.compile(rf"(?:{_words(data['provinces'])})[{HAN}]{{0,12}}{no_speech}：\s*(?=\S)"),
    }


def _source_keys(data: dict[str, Any]) -> list[str]:
    return [w.rstrip("：") for w in data["sources"]["before"] if w.endswith("：")]


def _data_keys(data: dict[str, Any]) -> list[str]:
    return [*data["metadata"]["dates"], *data["metadata"]["others"]]
