"""Paragraphs as parts of articles, and where one article ends and the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..reflow.beside import is_salutation, offices_alone, stands_beside
from ..reflow.words import HAN, is_rule, layout
from .facts import source_name

MARKDOWN = re.compile(r"(#{1,6})\s*(?=[^#\s])")


@dataclass(slots=True, eq=False)
class Part:
    """A paragraph of the clean text; one is equal to itself alone."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def is_titular(self) -> bool:
        """Whether it may be a title: a headline, or a short question or exclamation."""
        if self.kind == "heading":
            return not stands_beside(self.text)
        return self.kind == "body" and len(self.text) <= 45 and self.text[-1] in "？！?!" and "。" not in self.text

    @property
    def names_place(self) -> bool:
        """Whether it is a headline that begins with a place (贵州：…)."""
        return self.kind == "heading" and layout().names_place(self.text)

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices that it consists of, where it is nothing else."""
        return offices_alone(self.text) if self.kind == "heading" else ()

    @property
    def trails(self) -> bool:
        """Whether it stands behind the signature: attachments, copies, telephones."""
        aside = self.kind == "heading" and not self.is_titular
        return not self.offices and (aside or self.text.startswith(_TRAILERS))

    @property
    def is_salutation(self) -> bool:
        """Whether it calls those that the text is written to: 各县（市）民政局：."""
        return is_salutation(self.text)

    @property
    def is_bracketed(self) -> bool:
        """Whether it is wholly in brackets: 【队伍】 over a section, 【基层动态】 over a title."""
        return self.text[0] == "【" and self.text.find("】") == len(self.text) - 1

    @property
    def is_column(self) -> bool:
        """Whether it names a column or a bulletin, over the title: 【基层动态】, 社会工作简报."""
        name = self.text.strip("【】[]◆■● ")
        return len(name) <= 12 and (name in layout().columns or name.endswith(layout().issue_names))

    @property
    def is_numbered(self) -> bool:
        """Whether it begins with a number or a bullet: 一、 （一） 1. ■."""
        return self.text[0] != "#" and layout().numbered.match(self.text) is not None


@dataclass(slots=True)
class Draft:
    """An article in the making: the paragraphs of its title, and all of them."""

    parts: list[Part]
    title: list[Part] = field(default_factory=list)

    def texts(self, kind: str) -> list[str]:
        """The texts of its paragraphs of one kind."""
        return [part.text for part in self.parts if part.kind == kind]


def chunks(parts: list[Part]) -> tuple[list[list[Part]], list[Part]]:
    """The paragraphs of each article, each list with a body in it, and what trails behind the last source line."""
    cuts = _source_cuts(parts) | _markdown_cuts(parts) | _rule_cuts(parts) | _companion_cuts(parts)
    cuts = cuts or _bracket_cuts(parts) or _headline_cuts(parts)
    made: list[list[Part]] = [[]]
    has_body = False
    for i, part in enumerate(parts):
        if i in cuts and has_body:
            made.append([])
            has_body = False
        made[-1].append(part)
        has_body = has_body or (part.kind == "body" and not part.is_titular)
    tail = made.pop() if len(made) > 1 and all(p.kind != "body" for p in made[-1]) else []
    return made, tail


def _source_cuts(parts: list[Part]) -> set[int]:
    """Where articles begin by their source lines: behind those that close, before titles with lines of data below."""
    cuts: set[int] = set()
    follows = _followers(parts)
    has_body = False
    after_close = 0
    for i, part in enumerate(parts):
        if part.kind == "body" and not (part.is_titular and not has_body):
            has_body = True
        if part.kind != "source" or not has_body or i < after_close:
            continue
        if _heads(parts[i - 1], part, follows[i]):
            if is_bylined(parts, i) and not any(p.is_titular or p.kind == "source" for p in parts[: i - 1]):
                continue  # the lead stands above the title
            title = i - 1
            if title > 1 and parts[title - 1].kind == "heading" and parts[title - 2].kind != "heading":
                title -= 1
            cuts.add(title)
            has_body = False
        elif _closes(parts[i - 1], part, follows[i]):
            after_close = i + 1
            while after_close < len(parts) and parts[after_close].kind in ("source", "caption"):
                after_close += 1
            cuts.add(after_close)
            has_body = False
    return cuts


def is_bylined(parts: list[Part], i: int) -> bool:
    """Whether paragraph `i` is the byline right below a headline."""
    signed = parts[i].kind == "source" and layout().byline_line.fullmatch(parts[i].text) is not None
    return signed and i > 0 and parts[i - 1].kind == "heading"


def _followers(parts: list[Part]) -> list[Part | None]:
    """For each paragraph the next one that is a headline or a body."""
    following: list[Part | None] = [None] * len(parts)
    for i in range(len(parts) - 1, 0, -1):
        following[i - 1] = parts[i] if parts[i].kind in ("heading", "body") else following[i]
    return following


def _heads(above: Part, line: Part, follows: Part | None) -> bool:
    """Whether a source line stands under a title: 发布时间：… 来源：… between a headline and a body."""
    return above.is_titular and line.text[0] not in "（【[(" and follows is not None


def _closes(above: Part, line: Part, follows: Part | None) -> bool:
    """Whether a source line ends its article; a byline, and a day below its office, only before a headline."""
    if layout().byline.match(line.text):
        return follows is None or follows.is_titular
    if above.offices:
        return follows is not None and follows.is_titular
    return source_name(line.text) is not None


def _markdown_cuts(parts: list[Part]) -> set[int]:
    """The heads of Markdown's highest level, or of the next one where only the issue has a head of that."""
    levels: dict[int, list[int]] = {}
    for i, part in enumerate(parts):
        mark = MARKDOWN.match(part.text)
        if mark:
            levels.setdefault(len(mark[1]), []).append(i)
    ranks = [heads for _, heads in sorted(levels.items())]
    if len(ranks) > 1 and len(ranks[0]) == 1 and parts[ranks[0][0] + 1].kind != "body":
        ranks = ranks[1:]  # the first is the head of the issue
    return set(ranks[0]) if ranks and len(ranks[0]) > 1 else set()


def _bracket_cuts(parts: list[Part]) -> set[int]:
    """Where 【湖南】 opens a paragraph, or 一、湖南长沙：… is a headline: briefs, if there are several."""
    words = layout()
    cuts = {i for i, part in enumerate(parts) if words.bracketed_province.match(part.text)}
    cuts |= {i for i, part in enumerate(parts) if _opens_with_bracket(part)}
    if not cuts:
        heads = (i for i, part in enumerate(parts) if part.kind == "heading")
        cuts = {i for i in heads if words.numbered_province.match(parts[i].text)}
    return cuts if len(cuts) > 1 else set()


def _opens_with_bracket(part: Part) -> bool:
    """Whether 【南陵】 opens a paragraph that goes on to speak of the place (南陵县)."""
    found = _BRACKETED.match(part.text)
    return part.kind == "body" and found is not None and _speaks_of(found[1], part.text[found.end() :])


def _headline_cuts(parts: list[Part]) -> set[int]:
    """The headlines that part briefs without source lines: those of places, or all of an issue of briefs."""
    if parts[0].names_place:
        return {i for i, part in enumerate(parts) if part.names_place}
    is_issue = any(part.kind == "furniture" and layout().issue.fullmatch(part.text) for part in parts[:3])
    heads = [i for i, part in enumerate(parts[:-1]) if part.kind == "heading" and parts[i + 1].kind == "body"]
    places = {i: match["place"] for i in heads if (match := layout().place_head.match(parts[i].text))}
    if len(places) < 2:
        return set()
    if is_issue:
        return {i for i in heads if not parts[i].is_numbered}
    told = all(_speaks_of(place, parts[i + 1].text) for i, place in places.items())
    return set(places) if told and heads[0] in places else set()


def _speaks_of(place: str, body: str) -> bool:
    """Whether a text names the place of its head with its ending: 金水区 under 郑州金水."""
    at = body.find(place[-2:])
    return 0 <= at < 60 and body[at + 2 : at + 3] in tuple("省市县区旗州盟镇乡街")


_TRAILERS = ("抄送", "抄报", "报：", "送：", "附件", "附表", "联系", "咨询电话")
_BRACKETED = re.compile(rf"【([{HAN}]{{2,8}})】")


def _companion_cuts(parts: list[Part]) -> set[int]:
    """The headlines of what is printed beside a paper to explain it: 一图读懂：…, 政策解读：…"""
    companions = layout().companions
    return {i for i, part in enumerate(parts) if part.text.startswith(companions) and part.is_titular}


def _rule_cuts(parts: list[Part]) -> set[int]:
    """The headlines below rules (-----)."""
    return {
        i + 1
        for i, part in enumerate(parts[:-1])
        if part.kind == "furniture" and is_rule(part.text) and parts[i + 1].is_titular
    }
