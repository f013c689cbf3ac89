from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.reflow import Reflowed, reflow
from extract.reflow.lines import fold

SHARED = Path(__file__).resolve().parents[2] / "shared" / "bulletins"
CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "dev"

# characters that layouts are made of, so that arbitrary text looks like bulletins gone wrong
LAYOUT = list(
    "一二十是、。，；：？！（）()【】据来源记者供稿图为摄第页版期省贵州局“”\"'…—-=*#.,:;%‰ \t\u3000\u200b\x1f\r\n\x0c社工站人万12９Ａａ"
)
texts = st.one_of(st.text(), st.text(st.sampled_from(LAYOUT), max_size=200))


def kinds(flow: Reflowed) -> list[tuple[str, str]]:
    return [(kind, flow.text[start:end]) for start, end, kind in flow.paragraphs]


def blank(char: str) -> bool:
    return char.isspace() or char in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


# laws


@given(texts)
@example("（据\n- 3 -某报）")
def test_every_character_that_is_not_blank_is_kept_once(raw: str) -> None:
    flow = reflow(raw)
    kept = Counter(o for o, c in zip(flow.offsets, flow.text, strict=True) if not blank(c))
    assert kept == Counter(i for i, c in enumerate(raw) if not blank(c))


@given(texts)
def test_offsets_lead_to_the_raw_character_or_the_one_it_was_folded_from(raw: str) -> None:
    flow, folded = reflow(raw), fold(raw)
    assert len(folded) == len(raw)
    for offset, char in zip(flow.offsets, flow.text, strict=True):
        assert char in (folded[offset], "\n") or (char == " " and blank(raw[offset]))


@given(texts)
def test_paragraphs_are_the_lines_of_the_clean_text(raw: str) -> None:
    flow = reflow(raw)
    assert "\n".join(text for _, text in kinds(flow)) == flow.text
    assert all(text == text.strip() and "\n" not in text and text for _, text in kinds(flow))
    assert {kind for kind, _ in kinds(flow)} <= {"body", "heading", "caption", "source", "furniture"}


WORDS = ["县民政局", "乡镇社工站", "持证社工", "培训班", "困难群众", "服务", "建成", "共有", "开展", "投入资金"]
FIGURES = ["1699人", "45个", "2.3万元", "1,234户", "15%", "2023年6月", "98.6%", "一百二十三名"]


clauses = st.tuples(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=5).map("".join),
    st.sampled_from(["", "", *FIGURES]),
    st.sampled_from("，，，。；"),
).map("".join)


@st.composite
def wrapped_pages(draw: st.DrawFn) -> tuple[str, str]:
    """Prose of long paragraphs, and the same wrapped at a fixed width; no last line is as long as a full one."""
    width = draw(st.integers(15, 40))
    newline = draw(st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n"]))
    paragraphs: list[str] = []
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        text = "".join(draw(st.lists(clauses, min_size=12, max_size=20)))[:-1]
        last = (len(text) + 1) % width
        text += "县" * (width - last + 2 if last > 0.6 * width or last < 2 else 0) + "。"
        paragraphs.append(text)
        lines += [text[i : i + width] for i in range(0, len(text), width)]
    return "\n".join(paragraphs), newline.join(lines)


@given(wrapped_pages())
def test_wrapping_a_clean_text_and_reflowing_it_gives_it_back(page: tuple[str, str]) -> None:
    clean, wrapped = page
    assert reflow(wrapped).text == clean


@given(wrapped_pages())
def test_clean_text_stays_as_it_is(page: tuple[str, str]) -> None:
    assert reflow(page[0]).text == page[0]


@pytest.mark.parametrize("path", [*sorted(SHARED.glob("*.txt")), *sorted(CORPUS.glob("*.txt"))], ids=lambda p: p.stem)
def test_reflowing_twice_changes_nothing_more(path: Path) -> None:
    once = reflow(path.read_bytes().decode("utf-8-sig")).text
    assert reflow(once).text == once


# wraps


def test_one_between_digits_is_a_dash() -> None:
    assert (
        reflow("每天8:30一11:30，每队5一8人，三一一工程，第3一组。").text
        == "每天8:30—11:30，每队5—8人，三一一工程，第3一组。"
    )


def test_the_next_point_is_no_end_of_a_number() -> None:
    raw = "1.项目编号：采购-2024-37\n2.采购方式：竞争性磋商\n"
    assert reflow(raw).text.splitlines() == raw.splitlines()


def test_a_number_cut_by_a_line_break_is_one_number_again() -> None:
    raw = "全县共有持证社工人员155\n\n人，开展各类活动402\n12场次，投入资金2.\n3万元，服务老年人9\n7人，其中高龄老人12人。"
    clean = "全县共有持证社工人员155人，开展各类活动40212场次，投入资金2.3万元，服务老年人97人，其中高龄老人12人。"
    assert reflow(raw).text == clean
    start = clean.index("155人")
    assert raw[slice(*reflow(raw).raw_span(start, start + 4))] == "155\n\n人"


def test_blank_lines_in_a_sentence_go() -> None:
    raw = "近年来，青山县民政局坚持党建引领，把社工队伍建设摆在突出位置，先后培育本土社工和志\n\n愿者三百余名。\n\n下一步，将继续加大投入。\n"
    assert kinds(reflow(raw)) == [
        ("body", "近年来，青山县民政局坚持党建引领，把社工队伍建设摆在突出位置，先后培育本土社工和志愿者三百余名。"),
        ("body", "下一步，将继续加大投入。"),
    ]


@pytest.mark.parametrize(
    ("cut", "rest"),
    [
        ("接下来，青山县将推", "进社工站规范运行，持续提升服务水平，让群众得到更多实惠。"),
        ("为提高持证率，每", "年开设考前培训课程，邀请省内外专家授课，参训人数逐年增加。"),
        ("“请进来”与“走出去”相结", "合，培育本土骨干人才，选派社工到外地跟班学习，提升能力。"),
        ("针对社会工作教育与实践", "脱节的突出问题，青山县建立了校地联合培养机制，效果明显。"),
        ("县里有的部门认为，站点运行要保持耐心，提高", "专业服务水平，有意识地运用专业方法解决居民的各种难题。"),
        ("全县形成了“社工引领", "志愿者、志愿者协助社工”的工作格局，服务效果得到群众认可。"),
    ],
)
def test_a_short_line_that_is_cut_prose_goes_on(cut: str, rest: str) -> None:
    before = "社会工作是一项系统工程，青山县民政局把社工站作为服务群众的重要平台来抓，成效明显。"
    assert reflow(f"{before}\n\n{cut}\n\n{rest}\n").text == f"{before}\n{cut}{rest}"


@pytest.mark.parametrize(
    "heading",
    [
        "衔接基层需求、文明实践",
        "党建引领强根基 “组织聚力”筑后盾",
        "一、建章立制，以制度创新夯实基础",
        "让“冷”岗位变成“热”选择",
    ],
)
def test_a_short_line_without_an_end_is_a_heading(heading: str) -> None:
    before = "社会工作是一项系统工程，青山县民政局把社工站作为服务群众的重要平台来抓，成效明显。"
    after = "坚持把党的领导贯穿队伍建设全过程，通过集体学习、谈心谈话等方式，增强队伍的凝聚力。"
    assert kinds(reflow(f"{before}\n\n{heading}\n\n{after}")) == [
        ("body", before),
        ("heading", heading),
        ("body", after),
    ]


def test_a_heading_over_two_lines_of_a_column_ends_with_the_short_one() -> None:
    raw = (
        "打牢阵地基础，健全工作机\n制，打造“新样板”\n近期以来，县里依托党群活\n动中心，按照统一标准配置\n"
        "硬件设施，设有办公室和活\n动室，为居民提供便民服务，\n确保站点有序运营。\n"
    )
    assert kinds(reflow(raw)) == [
        ("heading", "打牢阵地基础，健全工作机制，打造“新样板”"),
        (
            "body",
            "近期以来，县里依托党群活动中心，按照统一标准配置硬件设施，设有办公室和活动室，为居民提供便民服务，确保站点有序运营。",
        ),
    ]


def test_a_point_begins_a_paragraph_even_behind_a_full_line() -> None:
    raw = "全县上下协同发力，今年工作取得新的进展。\n一是建好阵地，新建社工站十二个，实现乡镇\n全覆盖。\n二是建强队伍，新增持证社工一百零五人，总\n数达到三百人。\n"
    assert [text[:4] for _, text in kinds(reflow(raw))] == ["全县上下", "一是建好", "二是建强"]


def test_an_indented_line_begins_a_paragraph() -> None:
    raw = "　　青山县今年新建社工站十七个，累计达到九十\n八个，覆盖全部乡镇，群众的满意度提高很多。\n　　云岭市新增持证社工二百一十人，总数首次突破\n千人。\n"
    assert [text[:3] for _, text in kinds(reflow(raw))] == ["青山县", "云岭市"]


def test_words_of_latin_letters_keep_a_space_across_a_wrap() -> None:
    raw = "青山县社工站近年来引进名为 Open\nSource 的服务管理系统，全县四十五个\n站点实现联网，工作效率大幅度提高。"
    assert "名为Open Source的服务" in reflow(raw).text


def test_a_list_of_short_lines_is_not_run_together() -> None:
    raw = "各地社工站数量\n青山县 45个\n云岭市 38个\n海棠区 12个\n"
    assert [text for _, text in kinds(reflow(raw))] == ["各地社工站数量", "青山县45个", "云岭市38个", "海棠区12个"]


# blanks


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("全市专业人员总量达 1699 人， 同比增长 51.3 %。", "全市专业人员总量达1699人，同比增长51.3%。"),
        ("惠及群众4 326户、12 345 678人次。", "惠及群众4326户、12345678人次。"),
        ("全乡 205户 335人纳入服务。", "全乡205户335人纳入服务。"),
        ("比分是 12 345 和 7 8。", "比分是12345和7 8。"),
        ("服务3200余户1. 1万人。", "服务3200余户1.1万人。"),
        ("电话 12 3456，走访 2023 100 户。", "电话12 3456，走访2023 100户。"),
        ("全縣持證社工３人，服務老人3 200餘人次。", "全县持证社工3人，服务老人3200余人次。"),
        ("著名的乾县", "著名的乾县"),
        ("截至 202 3年底，至2 0 2 3 年 1 2 月 3 1 日。", "截至2023年底，至2023年12月31日。"),
        ("表1 2023 年，编号1 2 0 2 3年，2023年1 5月。", "表1 2023年，编号1 2 0 2 3年，2023年1 5月。"),
        ("临洮县   20      143\t  9", "临洮县20   143   9"),
        ("临洮县\t20\t143人", "临洮县20   143人"),
        ("使用 Word 2016 版 and PDF 文件。", "使用Word 2016版and PDF文件。"),
        ("社\u200b工　站\xa0建成。", "社工站建成。"),
        ("共1\u200b2\ufeff5人。", "共125人。"),
    ],
)
def test_stray_blanks_go_and_words_and_numbers_stay_apart(raw: str, clean: str) -> None:
    assert reflow(raw).text == clean


def test_one_space_parts_the_phrases_of_a_heading() -> None:
    assert reflow("积极统筹谋划  锚定治理方向").text == "积极统筹谋划 锚定治理方向"
    assert reflow("通 知").text == "通知"
    assert reflow("2024 年工作要点").text == "2024年工作要点"


# folds


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("达１２３４人，占９８．６％。", "达1234人，占98.6%。"),
        ("贵州:建站(室)45个,投入1,234万元;好不好?好!", "贵州：建站（室）45个，投入1,234万元；好不好？好！"),
        ("比例为7:3，时间9:30，见http://a.cn/?b。", "比例为7:3，时间9:30，见http://a.cn/?b。"),
        ("⼈⼯⼤", "人工大"),
        ("200～300元（约２万）。", "200～300元（约2万）。"),
    ],
)
def test_characters_fold_one_to_one(raw: str, clean: str) -> None:
    assert reflow(raw).text == clean


# captions and furniture


def test_a_caption_in_mid_sentence_moves_behind_its_paragraph() -> None:
    head = "尤其是项目实施以来，青山县将社工人才的培育与持证率提升作为重点工作，并纳入年度考核内"
    raw = f"{head}\n\n\n\n社会工作人才培训现场\n\n容，各站点常态化组织学习。\n\n全县持证社工达到467人，比上年增加121人，增速居全市首位。"
    flow = reflow(raw)
    assert kinds(flow) == [
        ("body", f"{head}容，各站点常态化组织学习。"),
        ("caption", "社会工作人才培训现场"),
        ("body", "全县持证社工达到467人，比上年增加121人，增速居全市首位。"),
    ]
    start = flow.text.index("社会工作人才培训现场")
    assert flow.raw_span(start, start + 4) == (raw.index("社会工作人才"), raw.index("人才培训现场"))


def test_a_caption_in_a_broken_line_of_a_column_moves_out() -> None:
    raw = (
        "2014年，全区持证社工仅有六百余人，到\n2024年已达3980人，\n海棠区社工节现场\n每万人拥有量升至20.6人；专业机构也由8\n"
        "家发展到47家，服务居民超过五百万人次，\n社工的平均年薪也有明显增长。\n"
    )
    assert kinds(reflow(raw)) == [
        (
            "body",
            "2014年，全区持证社工仅有六百余人，到2024年已达3980人，每万人拥有量升至20.6人；"
            "专业机构也由8家发展到47家，服务居民超过五百万人次，社工的平均年薪也有明显增长。",
        ),
        ("caption", "海棠区社工节现场"),
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "图为社工为老人测量血压。（王五 摄）",
        "社工站开展端午包粽子活动（图片来源：青山县民政局）",
        "▲志愿者入户走访",
        "活动现场（资料图）",
    ],
)
def test_captions_are_known_by_their_form(caption: str) -> None:
    flow = reflow(f"全县建成社工站四十五个，实现全覆盖。\n{caption}\n社工累计服务群众两万余人次，好评如潮。")
    assert [kind for kind, _ in kinds(flow)] == ["body", "caption", "body"]


@pytest.mark.parametrize("furniture", ["— 3 —", "- 12 -", "第06版", "第 3 页 共 12 页", "3/12", "要闻  第03版"])
def test_page_numbers_leave_the_sentence_that_they_cut(furniture: str) -> None:
    head = "近年来，青山县民政局坚持党建引领，把社工队伍建设摆在突出位置，先后培育本土社工和志"
    flow = reflow(f"{head}\n\n{furniture}\n\n愿者三百余名。")
    assert [kind for kind, _ in kinds(flow)] == ["body", "furniture"]
    assert flow.text.startswith(f"{head}愿者三百余名。\n")


def test_a_page_number_run_together_with_a_paragraph_is_cut_off() -> None:
    assert kinds(reflow("— 3 — 青山县的驿站最受老人欢迎，三年来服务老人2.3万人次。")) == [
        ("furniture", "—3 —"),
        ("body", "青山县的驿站最受老人欢迎，三年来服务老人2.3万人次。"),
    ]


def test_running_heads_beside_page_numbers_are_furniture() -> None:
    page = "青山社会工作\n— {} —\n全县第{}批社工站建成投用，新增站点四十五个，实现了乡镇全覆盖。\n"
    flow = reflow(page.format(1, "一") + page.format(2, "二"))
    assert [kind for kind, _ in kinds(flow)] == ["furniture", "furniture", "body"] * 2


def test_the_head_of_an_issue_is_furniture() -> None:
    flow = reflow("社会工作简报 第12期（总第88期）\n青山县民政局办公室编 2023年11月12日\n青山县社工站建设提速\n")
    assert [kind for kind, _ in kinds(flow)] == ["furniture", "furniture", "heading"]


# source lines


@pytest.mark.parametrize(
    "source",
    ["（据青山县民政局）", "(据《青山日报》)", "（来源：青山县民政局）", "（青山县民政局供稿）", "（通讯员 张三）"],
)
def test_a_source_line_stands_alone_though_run_together(source: str) -> None:
    flow = reflow(f"青山县已建成社工站四十五个。{source}云岭市也新建了社工站。")
    assert [kind for kind, _ in kinds(flow)] == ["body", "source", "body"]


@pytest.mark.parametrize("aside", ["（据统计）", "（据不完全统计，下同）", "（据县民政局数据）"])
def test_an_aside_is_no_source_line(aside: str) -> None:
    assert kinds(reflow(f"青山县服务群众两万人次。{aside}云岭市服务三万人次。")) == [
        ("body", f"青山县服务群众两万人次。{aside}云岭市服务三万人次。"),
    ]


def test_a_source_in_the_middle_of_a_sentence_stays_there() -> None:
    text = "全县现有社工一千余人（据青山县民政局），比上年有所增加。"
    assert kinds(reflow(text)) == [("body", text)]


def test_a_source_line_may_be_wrapped() -> None:
    assert kinds(reflow("社工站建成投用。\n（据青山县融媒体中\n心）\n"))[-1] == ("source", "（据青山县融媒体中心）")


def test_blank_text_is_no_paragraph() -> None:
    assert (reflow(" \n\u3000\r\n").text, reflow("").paragraphs) == ("", ())


def test_a_headline_whose_name_opens_the_sentence_below_is_whole() -> None:
    text = "腾冲：边境乡镇有了“国门社工站”\n5月17日，腾冲市首个“国门社工\n站”在猴桥镇揭牌。该站由腾冲市民\n政局与移民管理部门共同打造。\n"
    assert reflow(text).text.split("\n")[0] == "腾冲：边境乡镇有了“国门社工站”"


def test_a_line_with_a_full_stop_inside_is_no_caption_in_mid_sentence() -> None:
    text = (
        "学堂不设主席台，桌子围成圈，老社工讲个案、新社工\n提问题，一上午笑声不断。据介绍，今年学堂计\n\n"
        "划开课24讲，由市里 共同承担。目前全市持证社工有528人，驻站社工\n74人。\n"
    )
    end = "今年学堂计划开课24讲，由市里共同承担。目前全市持证社工有528人，驻站社工74人。"
    assert reflow(text).text.endswith(end)
