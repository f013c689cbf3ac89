"""Segments: how a sentence is cut and encoded, and that every position in its code leads back to the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.match.mentions import Quantity
from extract.rules.encoding import BLOCK, KIND, MENTION_SLOTS, PRIVATE, mention_char, mention_index, mention_kind
from extract.rules.segments import Segment, cut_segments, encode, find_firsts, is_base_date, slot_kind

Cut = Callable[[str], Sequence[Segment]]
Marks = Callable[[str], Any]
NAMES = {kind: name for name, kind in {**KIND, **MENTION_SLOTS}.items()}


def spelled(segment: Segment) -> str:
    """A segment's code with its mention characters written <count0>."""
    return "".join(
        f"<{NAMES[mention_kind(c)]}{mention_index(c)}>" if "\ue000" <= c <= "\uf8ff" else c for c in segment.code
    )


# cuts


def test_a_paragraph_is_cut_at_the_ends_of_sentences(paragraph: Cut) -> None:
    text = "建站【3个】。持证【8人】。投入【5元】！还有【4个】？有【2个】\n有【1个】"
    assert list(map(spelled, paragraph(text))) == [
        "建站<count0>。",
        "持证<persons0>。",
        "投入<money0>！",
        "还有<count0>？",
        "有<count0>\n",
        "有<count0>",
    ]


def test_closing_marks_belong_to_the_sentence_that_they_close(paragraph: Cut) -> None:
    assert list(map(spelled, paragraph("“建站【3个】。”“持证【8人】！”）后"))) == [
        "“建站<count0>。”",
        "“持证<persons0>！”）",
    ]


def test_commas_and_colons_cut_nothing(paragraph: Cut) -> None:
    assert len(paragraph("一是：建站【3个】，持证【8人】、投入【5元】")) == 1


def test_a_sentence_without_a_mention_is_passed_over(paragraph: Cut) -> None:
    assert list(map(spelled, paragraph("开头。建站【3个】。结尾。"))) == ["建站<count0>。"]
    assert paragraph("什么都没有。") == paragraph("") == []


def test_a_cut_inside_a_mention_is_none() -> None:
    one = Decimal(1)
    mention = Quantity(1, 5, "1。5万", one, one, one, "exact", "item", "个", "count", 1, 5)
    (segment,) = cut_segments("有1。5万个。", 0, 7, [mention], [], [])
    assert (segment.start, segment.end, spelled(segment)) == (0, 7, "有<count0>个。")


def test_only_the_given_stretch_is_cut() -> None:
    one = Decimal(1)
    found = Quantity(6, 8, "1个", one, one, one, "exact", "item", "个", "count", 6, 8)
    (segment,) = cut_segments("前面。后面有1个。再后", 3, 9, [found], [], [])
    assert (segment.start, segment.end, spelled(segment)) == (3, 9, "后面有<count0>。")


# codes


def test_a_mention_is_one_character_of_its_kind(paragraph: Cut) -> None:
    counts = "【3个】【5项】【8人】【7人次】【6户】【5场】【4期】【3元】【2%】【1倍】【900】首个【5年】【6岁】【7亩】"
    (segment,) = paragraph(f"{{2023年}}〔紫金县441621〕有{counts}")
    assert spelled(segment) == (
        "<date0><place0>有<count0><other_items1><persons2><person_times3><households4><events5><sessions6><money7>"
        "<percent8><times9><number10><first11><other12><other13><other14>"
    )


def test_mentions_and_their_places_go_together(paragraph: Cut) -> None:
    (segment,) = paragraph("{2021年}建站【3个】，{2022年}建站【8个】〔紫金县441621〕。")
    assert [q.text for q in segment.quantities] == ["3个", "8个"]
    assert [d.text for d in segment.dates] == ["2021年", "2022年"]
    assert [p.text for p in segment.places] == ["紫金县"]
    for places, mentions in (
        (segment.quantity_at, segment.quantities),
        (segment.date_at, segment.dates),
        (segment.place_at, segment.places),
    ):
        assert [segment.position(at) for at in places] == [m.start for m in mentions]
        assert [mention_index(segment.code[at]) for at in places] == list(range(len(places)))


def test_positions_lead_back_to_the_text() -> None:
    one = Decimal(1)
    held = [Quantity(at, at + 2, "3个", one, one, one, "exact", "item", "个", "count", at, at + 2) for at in (2, 6)]
    segment = encode("建站3个，建3个。", 0, 9, held)
    assert segment.code == f"建站{mention_char(0, 0)}，建{mention_char(0, 1)}。"
    assert segment.positions == [0, 1, 2, 4, 5, 6, 8]
    assert [segment.position(i) for i in range(9)] == [0, 1, 2, 4, 5, 6, 8, 9, 9]
    assert [segment.index_of(p) for p in (0, 2, 4, 6, 8)] == [0, 2, 3, 5, 6]


def test_of_overlapping_mentions_the_first_and_longest_stays() -> None:
    one = Decimal(1)
    spans = [(0, 2), (0, 4), (3, 6), (4, 5)]
    held = [Quantity(s, e, "", one, one, one, "exact", "item", "个", "count", s, e) for s, e in spans]
    (segment,) = cut_segments("甲乙丙丁戊己", 0, 6, held, [], [])
    assert [(q.start, q.end) for q in segment.quantities] == [(0, 4), (4, 5)]
    assert spelled(segment) == "<count0><count1>己"


def test_more_mentions_than_there_are_characters_stay_as_they_are(paragraph: Cut) -> None:
    (segment,) = paragraph("有" + "【3个】、" * (BLOCK + 5))
    assert len(segment.quantities) == BLOCK
    assert segment.code.endswith("3个、" * 5)


def test_private_characters_of_the_text_are_no_mentions(paragraph: Cut) -> None:
    (segment,) = paragraph("建\ue000站【3个】\uec05。")
    assert segment.code == f"建\ufffd站{mention_char(0, 0)}\ufffd。"


# kinds


@pytest.mark.parametrize(
    ("unit", "spelling", "kind", "slot"),
    [
        ("item", "个", "count", "count"),
        ("site", "家", "count", "count"),
        ("item", "项", "count", "other_items"),
        ("person", "名", "count", "persons"),
        ("person_time", "人次", "count", "person_times"),
        ("household", "户", "count", "households"),
        ("event", "场", "count", "events"),
        ("session", "期", "count", "sessions"),
        ("CNY", "元", "money", "money"),
        ("USD", "美元", "money", "money"),
        ("percent", "%", "ratio", "percent"),
        ("times", "倍", "times", "times"),
        (None, "", "bare", "number"),
        ("item", "个", "first", "first"),
        ("year", "年", "duration", "other"),
        ("year", "岁", "age", "other"),
        ("mu", "亩", "measure", "other"),
    ],
)
def test_the_kind_of_a_quantity(unit: str | None, spelling: str, kind: str, slot: str) -> None:
    one = Decimal(1)
    assert slot_kind(Quantity(0, 4, "1000", one, one, one, "exact", unit, spelling, kind, 0, 1)) == KIND[slot]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全市首个社工站", ["首个"]),
        ("首家、首座", ["首家", "首座"]),
        ("第一个服务点", ["第一个"]),
        ("首先，首要的，一个", []),
        ("第第一个", []),
    ],
)
def test_one_of_a_kind_is_found_without_a_digit(text: str, found: list[str]) -> None:
    firsts = find_firsts(text)
    assert [f.text for f in firsts] == found
    assert all((f.value, f.kind, text[f.start : f.end]) == (1, "first", f.text) for f in firsts)


# bases


@pytest.mark.parametrize(
    ("text", "is_base"),
    [
        ("由{2020年}的【15个】增加到【86个】", True),
        ("从{2020年}【15个】发展到【86个】", True),
        ("自{2020年}的【15个】到【86个】", False),
        ("由{2020年}，建站【15个】", False),
    ],
)
def test_the_date_of_a_base_is_not_that_of_the_figure_after(paragraph: Cut, text: str, is_base: bool) -> None:
    (segment,) = paragraph(text)
    assert is_base_date(segment, segment.date_at[0], segment.quantity_at[-1]) is is_base


def test_the_date_of_a_base_is_that_of_the_base(paragraph: Cut) -> None:
    (segment,) = paragraph("由{2020年}的【15个】增加到【86个】")
    assert not is_base_date(segment, segment.date_at[0], segment.quantity_at[0])


# laws

FOREIGN = "\ue001"
PARTS = [*"建站。；！？\n”，", FOREIGN, "【3个】", "【8人】", "【50元】", "{2021年}", "〔紫金县441621〕", "首个"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_segments_hold_every_mention_once_and_lose_no_character(paragraph: Cut, marks: Marks, text: str) -> None:
    marked = marks(text)
    segments = paragraph(text)
    spans = [(s.start, s.end) for s in segments]
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    held = sorted(q.start for q in [*marked.quantities, *find_firsts(marked.text)])
    assert [q.start for s in segments for q in s.quantities] == held
    for segment in segments:
        assert len(segment.positions) == len(segment.code)
        assert segment.positions == sorted(set(segment.positions))
        mentions = {*segment.quantity_at, *segment.date_at, *segment.place_at}
        for at, char in enumerate(segment.code):
            there = marked.text[segment.position(at)]
            if at in mentions:
                assert re.match(f"[{PRIVATE}]", char)
            else:
                assert char == ("\ufffd" if there == FOREIGN else there)
