from __future__ import annotations

import datetime
import json
from array import array
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.articles import Article, date_in_name, split_articles
from extract.articles.facts import source_name
from extract.read import Bulletin, read_bulletin

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = Path(__file__).resolve().parents[1] / "corpus"

QINGSHAN = "近日，青山县民政局举办社工考前培训班，全县共有126人参加培训，其中初级98人、中级28人，为期三天。"
YUNLING = "截至目前，云岭市已建成乡镇社工站45个，配备专职社工138名，累计服务困难群众2.3万人次。"
HAITANG = "去年以来，海棠区围绕居民需求，开展服务活动210场次，服务居民1.2万人次，链接社会资源85万元。"
DAY = datetime.date(2023, 11, 12)

LAYOUT = list('一二是、。，（）据来源记者供稿图为第期省贵州局“”"—-=*#.: \u3000\r\n社工站人万12')
texts = st.one_of(st.text(), st.text(st.sampled_from(LAYOUT), max_size=200))


@dataclass(frozen=True)
class Seen:
    """What a test looks at in an article: title, source, and the kinds of its paragraphs in order."""

    title: str
    source: str | None
    kinds: tuple[str, ...]


def split(text: str, file: str = "brief.txt", published: datetime.date | None = None) -> list[Article]:
    return split_articles(Bulletin(file, text, "utf-8"), published)


def seen(text: str) -> list[Seen]:
    return [Seen(a.title, a.source, tuple(kind for *_, kind in a.paragraphs)) for a in split(text)]


# the whole object, and laws


def test_an_article_has_its_title_first_and_offsets_into_the_file() -> None:
    raw = "社工站建成45\n个，实现全覆盖。\n（据青山县民政局）\n青山: 社工站 全覆盖\n"
    (article,) = split(raw, "2023/2023-11-12_a.txt")
    assert article == Article(
        article_id="2023/2023-11-12_a#1",
        file="2023/2023-11-12_a.txt",
        title="青山:社工站全覆盖",
        source="青山县民政局",
        published=DAY,
        text="青山：社工站全覆盖\n社工站建成45个，实现全覆盖。\n（据青山县民政局）",
        offsets=array("I", [27, 28, 29, 31, 32, 33, 35, 36, 37, 0, *range(7), *range(8, 16), *range(16, 26)]),
        paragraphs=((0, 9, "title"), (10, 25, "body"), (26, 35, "source")),
        start=0,
        end=len(raw) - 1,
    )
    start = article.text.index("45个")
    assert raw[slice(*article.raw_span(start, start + 3))] == "45\n个"


@given(texts)
def test_articles_share_out_the_text_and_never_raise(raw: str) -> None:
    articles = split(raw)
    offsets = [o for a in articles for o, c in zip(a.offsets, a.text, strict=True) if not c.isspace()]
    assert len(offsets) == len(set(offsets))
    skipped = {i for i, c in enumerate(raw) if not c.isspace()} - set(offsets)
    assert all(raw[i] in "#＃" or not raw[i].isprintable() for i in skipped)  # marks of Markdown, and zero widths


@given(texts)
def test_paragraphs_are_the_lines_of_an_article(raw: str) -> None:
    for article in split(raw):
        assert "\n".join(article.text[start:end] for start, end, _ in article.paragraphs) == article.text
        assert all(article.start <= offset < article.end for offset in article.offsets)
        titles = [(start, end) for start, end, kind in article.paragraphs if kind == "title"]
        assert titles == ([(0, len(article.title))] if article.title else [])


# where titles stand


def test_titles_before_their_bodies() -> None:
    text = f"青山县举办社工考前培训班\n\n{QINGSHAN}\n\n（据青山县民政局）\n\n云岭：社工站建设提速\n\n{YUNLING}\n\n（据云岭市民政局）\n"
    assert seen(text) == [
        Seen("青山县举办社工考前培训班", "青山县民政局", ("title", "body", "source")),
        Seen("云岭：社工站建设提速", "云岭市民政局", ("title", "body", "source")),
    ]


def test_titles_behind_their_bodies_and_source_lines() -> None:
    text = f"{QINGSHAN}\n（据青山县民政局）\n青山：\n社工考前培训开班\n{YUNLING}\n（据云岭市民政局）\n云岭：\n社工站建设提速\n"
    assert seen(text) == [
        Seen("青山：社工考前培训开班", "青山县民政局", ("title", "body", "source")),
        Seen("云岭：社工站建设提速", "云岭市民政局", ("title", "body", "source")),
    ]


def test_a_title_in_the_middle_of_its_body_and_articles_run_together() -> None:
    text = f"{QINGSHAN}\n贵州青山：社工考前培训开班\n{HAITANG}\n（据《青山日报》）{YUNLING}\n（据云岭市民政局）\n云岭：社工站建设提速\n"
    assert seen(text) == [
        Seen("贵州青山：社工考前培训开班", "《青山日报》", ("title", "body", "body", "source")),
        Seen("云岭：社工站建设提速", "云岭市民政局", ("title", "body", "source")),
    ]


def test_a_brief_begins_behind_the_office_that_closes_the_one_before() -> None:
    text = f"青山：社工考前培训开班\n{QINGSHAN}（青山县民政局）云岭：社工站建设提速\n{YUNLING}（云岭市民政局）\n"
    assert seen(text) == [
        Seen("青山：社工考前培训开班", "青山县民政局", ("title", "body", "source")),
        Seen("云岭：社工站建设提速", "云岭市民政局", ("title", "body", "source")),
    ]


def test_a_title_between_its_body_and_its_source_line() -> None:
    text = f"{QINGSHAN}\n{HAITANG}\n大山里的“考生”\n——青山社工的一天\n（据《青山日报》）\n"
    assert seen(text) == [Seen("大山里的“考生”——青山社工的一天", "《青山日报》", ("title", "body", "body", "source"))]


def test_a_title_behind_a_body_that_has_no_other_and_no_source_line() -> None:
    told = "本报讯 7月12日，全市社会工作项目评估会举行，8家机构的负责人汇报了进展，专家组给予肯定。\n"
    (article,) = split_articles(Bulletin("a.txt", f"{told}\n社工服务“多点开花”\n", "utf-8"))
    assert article.title == "社工服务“多点开花”"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("“社工进千村”三年\n\n服务群众逾四十万人次\n\n——新闻发布会侧记", "“社工进千村”三年服务群众逾四十万人次"),
        (
            "关于举办社会工作者职业水平考试\n\n考前培训班的通知\n\n各县（区）民政局：",
            "关于举办社会工作者职业水平考试考前培训班的通知",
        ),
        ("日喀则市：从“一粒种子”到“一片格桑花”", "日喀则市：从“一粒种子”到“一片格桑花”"),
    ],
)
def test_a_title_over_several_lines_or_as_long_as_a_line(head: str, title: str) -> None:
    body = "2020年，在各方支持下，全市首家社会工作服务机构——\n\n喜格孜社会工作服务中心登记成立，起步时只有工作人员三名。\n\n"
    more = "如今，全市社会工作服务机构已发展到九家，建成乡镇社工\n\n站七十六个，覆盖率逐年提高，服务群众逐年增加。\n"
    (article,) = split_articles(Bulletin("a.txt", f"{head}\n\n{body}{more}", "utf-8"))
    assert article.title == title


def test_what_explains_a_paper_is_an_article_of_its_own() -> None:
    paper = "某县社会工作人才措施\n\n第一条 对取得证书的给予奖励。\n\n"
    told = "一图读懂：我县出台人才新政\n\n问：为什么要出台？\n\n答：近年来，我县社工队伍从无到有。\n"
    found = split_articles(Bulletin("a.txt", paper + told, "utf-8"))
    assert [article.title for article in found] == ["某县社会工作人才措施", "一图读懂：我县出台人才新政"]


def test_an_office_and_a_day_above_the_title_are_no_part_of_it() -> None:
    head = "某县政务信息\n第 87 期\n某县人民政府办公室            2022年12月8日\n\n"
    body = "某县探索“社工+”模式\n今年以来，某县把社工站作为延伸服务的抓手，建机制、强队伍、优服务，取得成效。\n"
    (article,) = split_articles(Bulletin("a.txt", head + body, "utf-8"))
    assert (article.title, article.source) == ("某县探索“社工+”模式", "某县人民政府办公室")
    assert article.published == datetime.date(2022, 12, 8)


def test_titles_that_are_run_together_are_parted_by_the_place_in_the_body() -> None:
    text = f"{QINGSHAN}\n（据青山县民政局）\n青山社工考前培训班今天开班云岭：社工站建设提速\n{YUNLING}\n（据云岭市民政局）\n"
    assert [a.title for a in split(text)] == ["青山社工考前培训班今天开班", "云岭：社工站建设提速"]


def test_a_first_article_without_a_title_does_not_take_the_next_ones() -> None:
    text = f"{QINGSHAN}\n（据青山县民政局）\n云岭社工站建设提速\n{YUNLING}\n（据云岭市民政局）\n海棠做实为民服务\n{HAITANG}\n（据海棠区民政局）\n"
    assert [a.title for a in split(text)] == ["", "云岭社工站建设提速", "海棠做实为民服务"]


def test_a_question_may_be_a_title() -> None:
    text = f"青山考前培训开班\n{QINGSHAN}\n（据青山县民政局）\n社工如何走得更远？\n{YUNLING}\n（据云岭市民政局）\n"
    assert [a.title for a in split(text)] == ["青山考前培训开班", "社工如何走得更远？"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("贵州青山:\n\n社工培训 提质增效", "贵州青山:社工培训提质增效"),
        ("青山县举行“社工这三年”\n\n新闻发布会", "青山县举行“社工这三年”新闻发布会"),
        ("大山里的“考生”\n——青山社工的一天", "大山里的“考生”——青山社工的一天"),
        ("# 青山县举办社工培训班", "青山县举办社工培训班"),
        ("１２６人赴考 社工考试", "１２６人赴考社工考试"),
    ],
)
def test_a_title_is_as_printed_without_stray_blanks(lines: str, title: str) -> None:
    (article,) = split(f"{lines}\n\n{QINGSHAN}\n\n{YUNLING}\n\n（据青山县民政局）\n")
    assert (article.title, article.source) == (title, "青山县民政局")
    assert article.paragraphs[0] == (0, len(title), "title")


def test_headings_in_a_body_are_no_titles() -> None:
    text = f"青山县抓实社工培训\n{QINGSHAN}\n一、建强阵地\n{YUNLING}\n党建引领强根基\n{HAITANG}\n（据青山县民政局）\n"
    assert seen(text) == [
        Seen("青山县抓实社工培训", "青山县民政局", ("title", "body", "heading", "body", "heading", "body", "source")),
    ]


def test_a_short_line_behind_the_last_source_is_a_caption() -> None:
    text = f"青山县举办社工考前培训班\n{QINGSHAN}\n（据青山县民政局）\n\n\n\n青山县社工考前培训班现场\n"
    assert seen(text) == [Seen("青山县举办社工考前培训班", "青山县民政局", ("title", "body", "source", "caption"))]


def test_prose_without_a_title_has_none() -> None:
    assert seen(f"{QINGSHAN}\n{YUNLING}") == [Seen("", None, ("body", "body"))]
    assert split(" \n\n") == []


# what parts articles


def test_without_a_source_line_a_file_is_one_article() -> None:
    text = f"青山县抓实社工培训\n{QINGSHAN}\n工作成效\n{YUNLING}\n下步打算\n{HAITANG}\n"
    assert [a.title for a in split(text)] == ["青山县抓实社工培训"]


@pytest.mark.parametrize("rule", ["----------", "* * *", "═══", "——————"])
def test_rules_part_titled_articles(rule: str) -> None:
    text = f"青山县举办社工培训班\n{QINGSHAN}\n{rule}\n云岭市社工站建设提速\n{YUNLING}\n"
    assert seen(text) == [
        Seen("青山县举办社工培训班", None, ("title", "body", "furniture")),
        Seen("云岭市社工站建设提速", None, ("title", "body")),
    ]


def test_heads_of_markdown_part_articles_but_not_their_sections() -> None:
    text = f"# 青山县举办社工培训班\n\n{QINGSHAN}\n\n## 主要做法\n\n{HAITANG}\n\n# 云岭市社工站建设提速\n\n{YUNLING}\n"
    assert [a.title for a in split(text)] == ["青山县举办社工培训班", "云岭市社工站建设提速"]


def test_an_issue_has_one_head_of_markdown_and_its_articles_the_next() -> None:
    text = f"# 社会工作简报\n\n## 青山县举办社工培训班\n\n{QINGSHAN}\n\n## 云岭市社工站建设提速\n\n{YUNLING}\n"
    assert [a.title for a in split(text)] == ["青山县举办社工培训班", "云岭市社工站建设提速"]


def test_titles_of_provinces_part_articles_without_source_lines() -> None:
    text = f"贵州青山：社工培训开班\n{QINGSHAN}\n贵州云岭：社工站建设提速\n{YUNLING}\n"
    assert [a.title for a in split(text)] == ["贵州青山：社工培训开班", "贵州云岭：社工站建设提速"]


def test_an_issue_of_briefs_is_parted_at_its_headlines() -> None:
    text = f"青山社工简讯 第7期\n青山：社工培训开班\n{QINGSHAN}\n云岭：社工站建设提速\n{YUNLING}\n海棠区做实为民服务\n{HAITANG}\n"
    assert [a.title for a in split(text)] == ["青山：社工培训开班", "云岭：社工站建设提速", "海棠区做实为民服务"]


def test_lines_of_data_under_titles_part_articles() -> None:
    text = (
        f"青山县举办社工培训班\n发布时间：2023-11-12 10:20 来源：青山县民政局 浏览次数：123\n{QINGSHAN}\n"
        f"云岭市社工站建设提速\n发布时间：2023-11-13 来源：云岭市民政局\n{YUNLING}\n（责任编辑：李明）\n"
    )
    assert seen(text) == [
        Seen("青山县举办社工培训班", "青山县民政局", ("title", "source", "body")),
        Seen("云岭市社工站建设提速", "云岭市民政局", ("title", "source", "body", "source")),
    ]
    assert [a.published for a in split(text)] == [DAY, DAY + datetime.timedelta(days=1)]


def test_numbered_briefs_keep_their_numbers() -> None:
    text = f"1. 青山县举办社工培训班\n{QINGSHAN}（青山县民政局）\n2. 云岭市社工站建设提速\n{YUNLING}（供稿：云岭市民政局）\n"
    assert seen(text) == [
        Seen("1.青山县举办社工培训班", "青山县民政局", ("title", "body", "source")),
        Seen("2.云岭市社工站建设提速", "云岭市民政局", ("title", "body", "source")),
    ]


def test_a_byline_closes_an_article_only_before_a_headline() -> None:
    closed = f"青山县举办社工培训班\n{QINGSHAN}\n（记者 张三）\n云岭市社工站建设提速\n{YUNLING}\n（通讯员 李四）\n"
    assert [a.title for a in split(closed)] == ["青山县举办社工培训班", "云岭市社工站建设提速"]
    inside = f"青山县举办社工培训班\n{QINGSHAN}\n（记者 张三）\n{YUNLING}\n"
    assert [a.title for a in split(inside)] == ["青山县举办社工培训班"]


def test_a_report_is_signed_by_its_office() -> None:
    text = f"青山县社会工作情况报告\n一、基本情况\n{QINGSHAN}\n二、主要做法\n{YUNLING}\n青山县民政局\n2023年11月12日\n"
    assert seen(text) == [
        Seen(
            "青山县社会工作情况报告",
            "青山县民政局",
            ("title", "heading", "body", "heading", "body", "source", "source"),
        ),
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("（据青山县民政局）", "青山县民政局"),
        ("（据《青山日报》 第2版）", "《青山日报》"),
        ("（据新华社电）", "新华社"),
        ("（青山县民政局供稿）", "青山县民政局"),
        ("来源：青山县民政局 作者：张三", "青山县民政局"),
        ("发布时间：2023-11-12 来源：青山县民政局 浏览次数：8", "青山县民政局"),
        ("（转自《青山日报》）", "《青山日报》"),
        ("（记者 张三）", None),
        ("发布时间：2023-11-12", None),
        ("2023年11月12日", None),
    ],
)
def test_the_body_that_a_source_line_names(line: str, name: str | None) -> None:
    assert source_name(line) == name


@pytest.mark.parametrize(
    ("opening", "source"),
    [
        ("新华社青山2023年11月12日电 ", "新华社"),
        ("记者从青山县民政局获悉，", "青山县民政局"),
        ("本报讯 记者从青山县民政局获悉，", None),
    ],
)
def test_a_body_may_name_its_source(opening: str, source: str | None) -> None:
    assert split(f"青山县举办社工培训班\n{opening}{QINGSHAN}")[0].source == source


# days


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("2023-11-12_x.txt", DAY),
        ("20231112.txt", DAY),
        ("x_2023年11月12日.txt", DAY),
        ("2023-11-12/x.txt", DAY),
        ("2022-01-01/2023.11.12.txt", DAY),
        ("001_e9d20231112ef.txt", None),
        ("2023-13-12.txt", None),
        ("x.txt", None),
    ],
)
def test_a_file_name_gives_the_day(file: str, day: datetime.date | None) -> None:
    assert date_in_name(file) == day


@pytest.mark.parametrize(
    "head",
    [
        "青山县举办社工培训班\n发布时间：2023-11-12 来源：青山县民政局\n",
        "青山县举办社工培训班\n2023年11月12日\n",
        "青山县举办社工培训班\n（2023年11月12日）\n",
        "青山县举办社工培训班\n二〇二三年十一月十二日\n",
        "青山县举办社工培训班\n新华社青山2023年11月12日电 ",
        "社会工作简报 第12期\n青山县民政局办公室编 2023年11月12日\n青山县举办社工培训班\n",
    ],
)
def test_an_article_gives_the_day_of_its_publication(head: str) -> None:
    (article,) = split(f"{head}{QINGSHAN}\n{YUNLING}\n", published=datetime.date(2020, 1, 1))
    assert (article.title, article.published) == ("青山县举办社工培训班", DAY)


def test_the_file_name_outweighs_a_dateline_and_the_option_comes_last() -> None:
    text = f"青山县举办社工培训班\n2023年11月13日\n{QINGSHAN}\n"
    assert split(text, "2023-11-12_x.txt")[0].published == DAY
    plain = f"青山县举办社工培训班\n本报11月13日讯 {QINGSHAN}\n截至2022年12月31日，全县已建站。\n"
    assert split(plain, published=DAY)[0].published == DAY
    assert split(plain)[0].published is None


# gold


def gold(path: Path) -> dict[str, list[tuple[str, str | None]]]:
    files: dict[str, list[tuple[str, str | None]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        files.setdefault(row["file"], []).append((row["title"], row["source"]))
    return files


@pytest.mark.skipif(not SHARED.exists(), reason="the bulletins of ../shared are not here")
def test_the_shared_bulletins_split_as_their_gold_says() -> None:
    for file, wanted in gold(SHARED / "gold" / "articles.jsonl").items():
        made = split_articles(read_bulletin(SHARED / "bulletins" / file, file))
        assert [a.source for a in made] == [source for _, source in wanted]
        # the gold leaves some places off that stand on a line above the title
        assert all(a.title.endswith(title) for a, (title, _) in zip(made, wanted, strict=True))


def test_the_corpus_splits_as_its_gold_says() -> None:
    wanted = {f: rows for path in (CORPUS / "gold" / "dev").glob("articles*.jsonl") for f, rows in gold(path).items()}
    made = {f: split_articles(read_bulletin(CORPUS / "dev" / f, f)) for f in wanted}
    assert {f: len(rows) for f, rows in wanted.items()} == {f: len(articles) for f, articles in made.items()}
    titles = [
        (a.title.replace(" ", ""), title.replace(" ", ""))
        for f, rows in wanted.items()
        for a, (title, _) in zip(made[f], rows, strict=True)
    ]
    assert [pair for pair in titles if pair[0] != pair[1]] == []
