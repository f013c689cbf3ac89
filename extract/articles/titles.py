"""Titles: which headline belongs to which article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..reflow.words import TITLE_CHARS, layout
from .parts import Draft, Part, chunks, is_bylined


def drafts(parts: list[Part]) -> list[Draft]:
    """The articles with their titles; a title behind its body goes to it, unless that leaves the last one bare.

    One without either has the title of a place that stands in it, or the head of its issue.
    """
    if not parts:
        return []
    bodies, tail = chunks(parts)
    made = _titled(bodies, tail, follow=True)
    if not made[-1].title and len(made) > 1:
        made = _titled(bodies, tail, follow=False)
    for draft in made:
        if not draft.title:
            inside = [part for part in draft.parts if part.names_place]
            inside += [part for i, part in enumerate(draft.parts[:-1]) if is_bylined(draft.parts, i + 1)]
            issue = [p for p in draft.parts[:1] if p.kind == "furniture" and layout().issue.fullmatch(p.text)]
            draft.title = (inside or issue)[:1]
    return made


def _titled(bodies: list[list[Part]], tail: list[Part], follow: bool) -> list[Draft]:
    """Drafts with titles; with `follow` a headline behind a source line is the title of an article that has none."""
    made: list[Draft] = []
    for chunk in (*bodies, tail):
        own, lead = list(chunk), _lead(chunk)
        before = made[-1] if made else None
        if before and follow and lead and not before.title:
            behind, ahead = _run_apart(lead[0], chunk)
            before.title = [behind]
            if len(lead) > 1 and not ahead and _goes_on(lead[1], before):
                before.title.append(lead[1])
            before.parts += before.title
            own = [*ahead, *(p for p in chunk if p is not lead[0] and p not in before.title)]
            lead = [*ahead, *(p for p in lead[1:] if p not in before.title)]
        if before:
            stray = len(own) if chunk is tail else _stray(own, lead)
            before.parts += [replace(p, kind="caption") if p.kind == "heading" else p for p in own[:stray]]
            own = own[stray:]
        if own:
            made.append(Draft(own, _own_title(lead, own) or _end_title(own)))
    return made


def _goes_on(second: Part, draft: Draft) -> bool:
    """Whether a second headline behind a body belongs to the title: a subtitle, or words that the body has too."""
    if second.text.startswith(_DASHES):
        return True
    return len(second.text) > 3 and any(second.text in text for text in draft.texts("body"))


def _lead(chunk: Sequence[Part]) -> list[Part]:
    """The headlines before the first paragraph of a body."""
    lead: list[Part] = []
    for part in chunk:
        if (part.kind == "body" and not (part.is_titular and not lead)) or (lead and part.is_salutation):
            break
        if part.is_titular:
            lead.append(part)
    while len(lead) > 1 and _heads_column(lead[0], lead[1], chunk):
        lead = lead[1:]
    return lead


def _heads_column(first: Part, second: Part, chunk: Sequence[Part]) -> bool:
    """Whether a headline is the name of a bulletin or of a column, and the next one the title."""
    if second.is_numbered or second.is_bracketed:
        return False
    if first.is_bracketed and len(first.text) <= 10:
        return sum(part.is_bracketed for part in chunk) == 1
    return first.is_column


def _stray(chunk: list[Part], lead: list[Part]) -> int:
    """How many paragraphs stand before a title of a place: captions that the article before has left."""
    named = next((part for part in lead if part.names_place), None)
    return chunk.index(named) if named else 0


def _own_title(lead: list[Part], chunk: list[Part]) -> list[Part]:
    """The title at the head of an article: one headline, or two where the second only goes on."""
    if not lead:
        return []
    named = next((i for i, part in enumerate(lead) if part.names_place), 0)
    first, rest = lead[named], lead[named + 1 :]
    others = [p for p in chunk if p.kind == "heading" and p.start > lead[-1].start]
    if first.is_numbered and any(p.is_numbered for p in others):
        return []
    if rest and len(first.text) + len(rest[0].text) <= TITLE_CHARS and not rest[0].is_numbered:
        plain = [p for p in others if not p.is_numbered]
        lone = len(rest) == 1 or (len(rest) == 2 and rest[1].text.startswith(_DASHES))
        whole = lone and not plain and first.kind == "heading" and not set("。！？：") & set(rest[0].text)
        if whole or rest[0].text.startswith(_DASHES) or _is_paper(first.text, rest[0].text):
            return [first, rest[0]]
    return [first]


def _is_paper(first: str, second: str) -> bool:
    """Whether a second line says what paper it is that the first is about: 关于举办…考试 over 考前培训班的通知."""
    return first.startswith("关于") and not first.endswith(_PAPERS) and second.endswith(_PAPERS)


def _end_title(chunk: list[Part]) -> list[Part]:
    """The headlines between a body and the source line that closes it, or behind a body that has no other."""
    closing = len(chunk)
    while closing and chunk[closing - 1].kind in ("source", "caption", "furniture"):
        closing -= 1
    first = closing
    while first and chunk[first - 1].kind == "heading" and not chunk[first - 1].is_numbered:
        first -= 1
    parted = closing - first == 2 and chunk[closing - 1].text.startswith(_DASHES)  # a title, and its second line
    alone = all(part.kind in ("body", "caption") for part in chunk[:first])  # no other headline can be meant
    return chunk[first:closing] if closing - first <= 2 and (parted or alone or closing < len(chunk)) else []


def _run_apart(part: Part, chunk: Sequence[Part]) -> tuple[Part, list[Part]]:
    """A headline cut in two where a second one (琼海：…) is run on to it; the place must stand in the body below."""
    colon = part.text.find("：")
    body = next((p.text for p in chunk if p.kind == "body"), "")[:200]
    for length in range(min(8, colon - 4), 1, -1):
        cut = colon - length
        if part.text[cut:colon] in body:
            return (
                replace(part, text=part.text[:cut], end=part.start + cut),
                [replace(part, text=part.text[cut:], start=part.start + cut)],
            )
    return part, []


_PAPERS = ("通知", "公告", "通报", "报告", "意见", "方案", "办法", "函", "答复", "公示", "决定", "请示", "批复", "情况")
_DASHES = ("——", "—", "--", "──")
