"""The same story in several outlets: what is known again, and which of two repeats the other."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.duplicates import PARTS, SKETCH_BYTES, find_repeats, repeated, sketch

STORY = (
    "近日，青山县民政局召开社会工作推进会，总结三年行动成果，部署下一阶段任务。截至2023年10月底，全县已建成乡镇社工站12个，"
    "配备专职社工36人，服务困难群众2300余人次。三年来，县财政累计投入资金438万元，用于站点建设和人员培训。"
    "会议要求，各乡镇要结合实际，完善运行机制，提升专业能力，让群众在家门口享受到专业服务。据统计，全县共有持证社会工作者126名，"
    "其中中级28名、初级98名。下一步，县民政局将继续加大购买服务力度，推动社工站从有到优。"
)
OTHER = (
    "记者从白水市慈善总会获悉，今年腾讯公益日期间，全市共发起筹款项目57个，募集善款1268万元，参与人次超过30万。"
    "善款将用于助学、助医、助老等领域，预计惠及困难家庭4000余户。市慈善总会有关负责人表示，将公开每一笔支出，接受社会监督。"
)


def repeats(*texts: str) -> dict[int, int]:
    sketches = np.frombuffer(b"".join(map(sketch, texts)), dtype="u1").reshape(-1, SKETCH_BYTES)
    return {row: other for row, (other, _) in find_repeats(sketches).items()}


@pytest.mark.parametrize(
    "again",
    [
        STORY,
        "\n".join(STORY[n : n + 17] for n in range(0, len(STORY), 17)),
        f"青山县：社工站从有到优\n{STORY}（据《青山日报》）",
        STORY.replace("近日，", "日前，").replace("据统计，", "").replace("，让群众在家门口享受到专业服务", ""),
    ],
)
def test_the_same_story_with_another_title_layout_or_cut_repeats_the_first(again: str) -> None:
    assert repeats(STORY, OTHER, again) == {2: 0}


def test_a_shorter_version_repeats_the_one_with_more_figures_wherever_it_stands() -> None:
    shorter = STORY.replace("据统计，全县共有持证社会工作者126名，其中中级28名、初级98名。", "")
    assert repeats(shorter, STORY) == {0: 1}
    assert repeats(STORY, shorter) == {1: 0}


def test_a_form_that_is_filled_in_with_other_figures_is_a_story_of_its_own() -> None:
    filled = STORY
    for figure, other in (
        ("12", "19"),
        ("36", "57"),
        ("2300", "4100"),
        ("438", "760"),
        ("126", "245"),
        ("28", "61"),
        ("98", "184"),
    ):
        filled = filled.replace(figure, other)
    assert repeats(STORY, filled.replace("青山县", "白水县")) == {}


def test_the_similarity_is_the_share_of_the_shingles_that_both_have() -> None:
    letters = [chr(0x4E00 + n) for n in range(4000)]
    shared, one, other = "".join(letters[:1200]), "".join(letters[1300:1600]), "".join(letters[1700:2000])
    sketches = [np.frombuffer(sketch(shared + own), "<u4")[:PARTS] for own in (one, other)]
    assert float((sketches[0] == sketches[1]).mean()) == pytest.approx(1200 / 1800, abs=0.1)


def test_of_many_that_tell_the_same_all_repeat_one() -> None:
    assert repeats(OTHER, *[STORY] * 5, OTHER) == {2: 1, 3: 1, 4: 1, 5: 1, 6: 0}


def test_a_text_that_says_too_little_is_not_known_again() -> None:
    assert sketch("全县建成社工站12个。") == b""


@given(st.text(alphabet="全县市建成社工站人员0123456789，。 \n", max_size=3000))
def test_a_sketch_has_its_size_and_depends_on_letters_alone(text: str) -> None:
    made = sketch(text)
    assert len(made) in (0, SKETCH_BYTES)
    assert sketch("".join(text.split())) == made == sketch(text.replace("。", "\n"))


def test_what_repeats_is_named_by_its_id(tmp_path: Path) -> None:
    lines = [
        json.dumps([f"{n}.txt#1", base64.b64encode(sketch(t)).decode()]) for n, t in enumerate([OTHER, STORY, OTHER])
    ]
    assert list(repeated(lambda: iter(lines), tmp_path / "x")) == [("2.txt#1", "0.txt#1", 1.0)]
    assert list(repeated(lambda: iter(lines[:2]), tmp_path / "x")) == []
    assert list(repeated(lambda: iter(()), tmp_path / "x")) == []
    assert list(tmp_path.iterdir()) == []
