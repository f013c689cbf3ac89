"""The headline against the body: it may round, and it may be misprinted."""

from __future__ import annotations

import pytest

from extract.pipeline import Extraction, extract_text

BODY = "截至2023年底，定西市持证社工达{}人，社工站126个全部投入使用，为社会工作打下了坚实基础。"


def article(headline: str, body: str) -> Extraction:
    return extract_text(f"定西市持证社工达{headline}人\n\n{BODY.format(body)}\n")


def headlines(found: Extraction) -> list[tuple[str, str | None]]:
    return [(check.verdict, check.mend) for check in found.checks if check.kind == "headline"]


def test_a_headline_that_the_body_gives_holds() -> None:
    assert headlines(article("2535", "2535")) == [("holds", None)]


@pytest.mark.parametrize("wrong", ["2835", "2536", "2553", "5235"])
def test_a_headline_with_a_digit_wrong_or_two_exchanged_fails(wrong: str) -> None:
    assert headlines(article(wrong, "2535")) == [("fails", f"{wrong}人→2535人 or 2535人→{wrong}人")]


@pytest.mark.parametrize("rounded", ["2500", "2000", "近3000", "2500余", "2540"])
def test_a_headline_that_rounds_does_not_fail(rounded: str) -> None:
    assert [verdict for verdict, _ in headlines(article(rounded, "2535")) if verdict == "fails"] == []


@pytest.mark.parametrize("body", ["2371", "1800", "2.5万"])
def test_a_headline_that_differs_as_no_misprint_does_cannot_be_told(body: str) -> None:
    assert {verdict for verdict, _ in headlines(article("2535", body))} <= {"cannot_tell"}


def test_a_body_with_several_such_figures_contradicts_no_headline() -> None:
    text = "定西市持证社工达2535人\n\n截至2022年底，定西市持证社工达2035人。截至2023年底，定西市持证社工达2538人。\n"
    assert headlines(extract_text(text)) == []
