"""The body that an article comes from: by its source lines, the offices that sign it, its title or its issue."""

from __future__ import annotations

from collections.abc import Sequence

from ..reflow.beside import offices_alone
from ..reflow.words import layout
from .facts import source_in_body, source_name
from .parts import Draft, Part


def source_of(draft: Draft) -> str | None:
    """What source lines name, else the offices at the foot, below the title or above it, else what the body names."""
    named = next((name for text in draft.texts("source") if (name := source_name(text))), None)
    if named:
        return "、".join(offices_alone(named)) or named
    offices = _signature(draft) or _head(draft)
    if offices:
        names = [name for part in offices for name in part.offices or (part.text,)]
        return "、".join(dict.fromkeys(names))
    return source_in_body(draft.texts("body")[:2])


def offices_of(draft: Draft) -> list[Part]:
    """The paragraphs that are nothing but the offices that an article comes from."""
    return [*_head(draft), *_signature(draft)]


def issuer_of(draft: Draft) -> str | None:
    """The office that makes the issue which an article opens: 某县民政局办公室编."""
    made = (layout().maker.fullmatch(text) for text in draft.texts("furniture"))
    return next((match["office"] for match in made if match), None)


def _head(draft: Draft) -> list[Part]:
    """The offices above the body: above the title, or right below it."""
    found: list[Part] = []
    for part in draft.parts:
        if part.kind == "body" or (found and part.kind == "heading" and not part.is_titular and not part.offices):
            break
        if part.offices and part not in draft.title:
            found.append(part)
    return found


def _signature(draft: Draft) -> list[Part]:
    """The offices that sign at the foot, each on a line of its own behind the body."""
    rest = [part for part in draft.parts if part.kind not in ("source", "furniture", "caption")]
    while rest and rest[-1].trails:
        rest.pop()
    found: list[Part] = []
    for part in reversed(rest):
        if part in draft.title or not part.offices:
            break
        found.insert(0, part)
    if found or not rest or not _may_sign(rest, draft):
        return found if len(found) < len(rest) else []
    return [rest[-1]]


def _may_sign(rest: Sequence[Part], draft: Draft) -> bool:
    """Whether the last line may be the name of an office, though none of a place."""
    last = rest[-1]
    if last.kind != "heading" or last in draft.title or last.is_numbered:
        return False
    return layout().signature.fullmatch(last.text) is not None
