"""Headlines: what the headline gives against the body.

A headline may round, and may speak of something that the body splits. It fails only where one figure alone of the body
can be the same, where it is exact, and where the two differ as a misprint does: by one digit, or by two that are
exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..arithmetic import TRUSTED, Interval, digits_chance, last_digit, one_digit_off
from ..records import Record
from .repeats import LEAST, repeat_of, term_at
from .rows import Check, shown
from .terms import Sentence, Term

Held = Mapping[tuple[int, int], Record]
_OF_A_TIME = ("newly_certified", "candidates")  # flows of which an article has one, if it says no more
_MEANING = (
    "table", "measure", "unit", "grade", "facility", "tier", "group", "programme", "status", "per", "place_code",
)  # fmt: skip


def find_headlines(sentences: Sequence[Sentence], held: Held, heads: Held) -> Iterator[Check]:
    """The figures of the headline that the body gives as well, or gives otherwise.

    `heads` are what those of the headline say, `held` the records of the article.
    """
    for span, said in heads.items():
        if said.bound != "exact" or said.value is None or said.value < LEAST:
            continue
        body = {other: record for other, record in held.items() if other not in heads and record.unit == said.unit}
        term = term_at(sentences, span[0])
        if term is None:
            continue
        again = next((start for (start, _), r in body.items() if r.bound == "exact" and r.value == said.value), None)
        given = None if again is None else term_at(sentences, again)
        if given is not None:
            yield repeat_of("headline", (term, given), len(body))
        else:
            yield from _contradicted(sentences, term, said, body)


def _contradicted(sentences: Sequence[Sentence], term: Term, said: Record, body: Held) -> Iterator[Check]:
    """Where one figure alone of the body can be the headline's, and is another: a headline may round."""
    alike = [start for (start, _), record in body.items() if _is_the_same(record, said)]
    given = term_at(sentences, alike[0]) if len(alike) == 1 else None
    if given is None or given.allowed.meets(term.allowed) or abs(given.value - term.value) < last_digit(term.value):
        return
    mends = _mends(term, given)
    check = Check(
        "headline", (term, given), shown(given.value), given.value, term.value, "fails" if mends else "cannot_tell",
        digits_chance(given.value, 9), certain=bool(mends),
    )  # fmt: skip
    check.mend = " or ".join(mends) or None
    if mends and check.chance > TRUSTED:
        check.verdict, check.mend = "cannot_tell", None
    yield check


def _is_the_same(body: Record, headline: Record) -> bool:
    if headline.nature != "stock" and headline.measure not in _OF_A_TIME:
        return False
    return all(getattr(body, name) == getattr(headline, name) for name in _MEANING)


def _mends(headline: Term, body: Term) -> list[str]:
    """Either figure as the other is, where they differ as a misprint does and neither is rounded."""
    if not body.is_plain or last_digit(headline.value) > last_digit(body.value) or last_digit(body.value) > 1:
        return []
    value = float(body.value)
    swapped = shown(body.value) in _exchanged(shown(headline.value))
    if not swapped and one_digit_off(headline.quantity, Interval(value, value)) is None:
        return []
    texts = ["".join(term.quantity.text.split()) for term in (headline, body)]
    return [f"{texts[0]}→{texts[1]}", f"{texts[1]}→{texts[0]}"]


def _exchanged(digits: str) -> set[str]:
    """The number with two neighbouring digits exchanged."""
    return {digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in range(len(digits) - 1)}
