"""Misprints: one digit of an equation that the text claims is changed, and the reader is told which would mend it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.arithmetic import Interval, digit_places, one_digit_off
from extract.match.quantities import find_quantities
from extract.pipeline import extract_text

CLAIMS = [  # every figure is needed: a change of any digit can be seen
    "截至6月底，云和县持证社工共有418人，其中助理社会工作师296人，社会工作师119人，高级社会工作师3人。",
    "首次突破3000人，达到3146人，其中初级2268人、中级851人、高级27人。",
    "全市建成社工站110家，其中市级1家、县级6家、乡镇（街道）103家，18家获评省级示范社工站。",
    "市县两级列支2640万元，其中市级福彩公益金540万元、县级财政资金2100万元。",
    "全镇21个村已有17个建起社工室，剩余4个将于年底前建成。",
    "全市163个乡镇（街道）社工站，157个已经过了验收，剩下6个。",
    "已有社工站46个，今年又新建29个，总数达75个。",
    "共到位资金210.5万元，另有上年结转12.36万元，可用资金合计222.86万元。",
    "全年支出构成为：购买服务186万元，督导培训42万元，站点维护27万元，合计255万元。",
    "社工机构118家，比2020年的73家增加45家。",
    "对35个社工站每站补助6万元，共计210万元。",
]
ROUNDED = [  # a digit may change and the text still be true
    "报名863人，实到702人，到考率81.3%。",
    "组织460余人参加考前辅导，117人拿证，拿证率25.4%。",
    "2108人成绩合格。今年通过人数比去年增加731人，增幅达53.1%。",
    "资金860万元，其中省级500万元、县级配套360万元。资金总量较上年增加110万元，增长14.7%。",
    "市财政投入500万元，占总投入1250万元的40%。",
    "本科学历占全部412名社工的36.9%，共152人。",
    "全市去年新增持证843人，今年新增持证1012人，增长20%。",
    "人员经费占62.5%，活动经费占25.3%，其余12.2%为管理费用。",
    "全年受理求助1240件，办结1178件，办结率95%。",
    "计划新增持证社工80名，实际新增51名，完成率63.8%。",
    "全年计划培训600人次，实际培训714人次，完成率119%。",
    "走进考场的347人，最终98人通过，合格率28.2%。",
]


def changes(text: str) -> list[tuple[str, str]]:
    """The text with each digit of the figures that it claims changed to each other; and the figure as it was."""
    found = extract_text(text)
    names = {f"n{number.start}": (number.start, number.end) for number in found.numbers}
    names |= {record.record_id: (record.start, record.end) for record in found.records}
    changed = []
    for start, end in [names[term] for check in found.checks if check.basis == "words" for term in check.terms]:
        for at in (at for at in range(start, end) if text[at].isdigit()):
            others = [digit for digit in "0123456789" if digit != text[at] and (digit != "0" or at != start)]
            changed += [(text[:at] + digit + text[at + 1 :], text[start:end]) for digit in others]
    return changed


@pytest.mark.parametrize("text", CLAIMS)
def test_any_digit_that_is_wrong_makes_the_claim_fail_and_is_named_among_those_that_would_mend_it(text: str) -> None:
    (right,) = [check for check in extract_text(text).checks if check.basis == "words"]
    assert (right.verdict, right.mend) == ("holds", None)
    for changed, before in changes(text):
        (check,) = [check for check in extract_text(changed).checks if check.verdict == "fails"]
        assert check.mend is not None
        assert check.mend.count("→") == 3 or f"→{before}" in check.mend, changed


@pytest.mark.parametrize("text", ROUNDED)
def test_a_digit_that_the_rounding_cannot_hide_makes_the_claim_fail(text: str) -> None:
    (right,) = [check for check in extract_text(text).checks if check.basis == "words"]
    for changed, _ in changes(text):
        verdicts = {check.verdict for check in extract_text(changed).checks if check.kind == right.kind}
        assert verdicts in ({"holds"}, {"fails"}), changed


def test_a_coverage_that_may_be_off_for_a_reason_names_the_digit_and_does_not_fail() -> None:
    text = "2021年建成站52个，到2022年底全市190个乡镇实现全覆盖，覆盖率由2021年的{}提升到2022年的100%。"
    told = [
        [(check.verdict, check.mend) for check in extract_text(text.format(rate)).checks if check.kind == "ratio"]
        for rate in ("27.4%", "27.1%", "67.4%")
    ]
    assert told == [
        [("holds", None)],
        [("cannot_tell", "190个→192个 or 27.1%→27.3%")],
        [("fails", "67.4%→27.4%")],
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9999), min_size=3, max_size=3), st.data())
def test_whatever_the_figures_are_a_list_of_all_grades_fails_when_a_digit_is_wrong(
    parts: list[int], data: st.DataObject
) -> None:
    senior, intermediate, junior = sorted(parts)
    figures = [sum(parts), junior, intermediate, senior]
    which = data.draw(st.integers(0, 3))
    written = str(figures[which])
    at = data.draw(st.integers(0, len(written) - 1))
    new = data.draw(st.sampled_from([d for d in "123456789" if d != written[at]]))
    wrong = [*map(str, figures)]
    wrong[which] = written[:at] + new + written[at + 1 :]
    whole, *others = wrong
    text = "全市持证社工{}人，其中初级{}人、中级{}人、高级{}人。".format(whole, *others)
    (check,) = extract_text(text).checks
    assert check.verdict == "fails"
    assert check.mend is not None
    offered = [mend for mend in check.mend.split(" or ") if mend.endswith(f"→{written}人")]
    assert offered or which == 3


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_a_figure_is_brought_into_an_interval_by_one_digit_or_not_at_all(value: int, wanted: int) -> None:
    (figure,) = find_quantities(f"{value}人")
    text = one_digit_off(figure, Interval(wanted, wanted))
    differing = [a != b for a, b in zip(str(value), str(wanted), strict=False)]
    if len(str(value)) == len(str(wanted)) and sum(differing) == 1 and wanted:
        assert text == f"{wanted}人"
    else:
        assert text is None


@given(st.decimals(min_value="0.1", max_value=99999, places=2), st.sampled_from(["%", "万元", "人", "亿元"]))
def test_the_digits_of_a_figure_with_their_sizes_are_its_value(number: object, unit: str) -> None:
    (figure,) = find_quantities(f"{number}{unit}")
    if figure.value is not None and re.search("[1-9]", figure.text):
        assert sum(digit * size for _, digit, size in digit_places(figure)) == pytest.approx(float(figure.value))


def test_parts_that_need_not_be_all_but_miss_by_one_digit_cannot_be_told_and_say_so() -> None:
    (check,) = extract_text("2022年列支198.42万元，预算222.86万元，结余29.44万元。").checks
    assert (check.verdict, check.basis, check.mend) == (
        "cannot_tell", "figures", "222.86万元→227.86万元 or 198.42万元→193.42万元 or 29.44万元→24.44万元",
    )  # fmt: skip
    assert check.chance is not None
    assert check.chance < 0.01
