"""Formats: the text that comes out of each, where it stands, and what is stated beside it."""

from __future__ import annotations

import datetime
import io
import json
import os
import socket
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from makers import PICTURE, archive, column, docx, pdf

from extract.read import PLAIN, Bulletin, Meta, ReadError, ReadOptions, find_skipped, find_sources, read_source

TEXT = "青山县现有持证社会工作者126人，其中初级98人、中级28人。"
DAY = datetime.date(2023, 11, 12)


def read(path: Path, options: ReadOptions = PLAIN) -> list[Bulletin | ReadError]:
    return [found for source in find_sources([path], options) for found in read_source(source, options)]


def bulletins(path: Path, options: ReadOptions = PLAIN) -> list[Bulletin]:
    found = read(path, options)
    assert [str(f) for f in found if isinstance(f, ReadError)] == []
    return [f for f in found if isinstance(f, Bulletin)]


def one(folder: Path, name: str, data: bytes | str) -> Bulletin:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (found,) = bulletins(path)
    return found


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)


# plain text and its front matter


def test_front_matter_tells_of_the_text_below_it_and_is_no_part_of_it(tmp_path: Path) -> None:
    text = f"---\ntitle: 社工站\ndate: 2023-11-12\nsource: 青山县民政局\nplace: '341500'\n---\n{TEXT}\n"
    found = one(tmp_path, "a.md", text)
    assert found.stated == (Meta("front matter", DAY, "青山县民政局", "341500", "社工站"),)
    assert (found.text, found.text[found.start :]) == (text, f"{TEXT}\n")


@pytest.mark.parametrize("head", ["---\n正文里的一句话，没有键。\n---\n", "-----\n日期：无\n-----\n", "---\n"])
def test_a_rule_above_a_text_is_no_front_matter(tmp_path: Path, head: str) -> None:
    assert (one(tmp_path, "a.txt", head + TEXT).stated, one(tmp_path, "a.txt", head + TEXT).start) == ((), 0)


# web pages

PAGE = f"""<!DOCTYPE html><html><head><meta charset="CHARSET"><title>社工站建设 - 青山县政府</title>
<meta name="ArticleTitle" content="青山县社工站建设"><meta name="PubDate" content="2023-11-12 08:00">
<meta name="ContentSource" content="青山县民政局"></head><body><nav><a href="/">首页</a> <a href="/a">新闻</a></nav>
<div class="content"><h1>青山县社工站建设</h1><p>{TEXT}</p><p>全县建成&nbsp;社工站 12 个。</p>
<img src="http://example.invalid/a.png"><script src="http://example.invalid/a.js">alert(1)</script>
<table><tr><td>东乡</td><td>3个</td></tr></table></div><footer>版权所有 电话 8888888</footer></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("big5", "utf-8")])
def test_a_page_gives_its_main_text_title_day_and_source(tmp_path: Path, charset: str, encoding: str) -> None:
    found = one(tmp_path, "a.html", PAGE.replace("CHARSET", charset).encode(encoding))
    assert found.text.split() == ["青山县社工站建设", TEXT, "全县建成", "社工站", "12", "个。", "东乡", "|", "3个"]
    assert found.stated == (Meta("html", DAY, "青山县民政局", title="青山县社工站建设"),)
    assert found.is_converted


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n--X\nContent-Type: text/html\n\n"
    found = one(tmp_path, "a.mhtml", (head + PAGE + "\n--X--\n").encode())
    assert found.text.split()[:2] == ["青山县社工站建设", TEXT]


# PDF

LEFT = [f"左栏第{n}行全县已建成乡镇社工站十二个" for n in "一二三四五六"]
MIDDLE = [f"中栏第{n}行投入资金三百万元用于建设" for n in "一二三四五六"]
RIGHT = [f"右栏第{n}行全市持证社工共一百二十六人" for n in "一二三四五六"]


def test_two_and_three_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    two = [(150, 760, 18, "横跨两栏的大标题"), *column(60, 720, LEFT), *column(310, 720, RIGHT)]
    three = [*column(40, 720, LEFT, 9), *column(220, 720, MIDDLE, 9), *column(400, 720, RIGHT, 9)]
    found = one(tmp_path, "a.pdf", pdf(two, three))
    assert found.text.split() == ["横跨两栏的大标题", *LEFT, *RIGHT, *LEFT, *MIDDLE, *RIGHT]
    assert found.text[found.pages[1] :].split() == [*LEFT, *MIDDLE, *RIGHT]


def test_a_headline_across_parts_what_stands_above_it_from_what_stands_below(tmp_path: Path) -> None:
    above = [*column(60, 720, LEFT[:4]), *column(310, 720, RIGHT[:4])]
    below = [*column(60, 530, RIGHT[4:]), *column(310, 530, LEFT[4:])]
    found = one(tmp_path, "a.pdf", pdf([*above, (150, 580, 14, "第二篇文章的标题横跨两栏"), *below]))
    assert found.text.split("\n\n") == [
        "\n".join([*LEFT[:4], *RIGHT[:4]]), "第二篇文章的标题横跨两栏", "\n".join([*RIGHT[4:], *LEFT[4:]]) + "\n"
    ]  # fmt: skip


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [(60, 800, 9, f"社会工作简报 第{n}页"), *column(60, 720, LEFT), (290, 30, 9, f"— {n} —")] for n in (1, 2, 3)
    ]
    assert one(tmp_path, "a.pdf", pdf(*pages)).text.split() == LEFT * 3


def test_a_caption_is_kept_apart_at_the_end_of_its_page(tmp_path: Path) -> None:
    page = [
        *column(60, 720, LEFT[:3]),
        (60, 500, 200, 120, PICTURE),
        (80, 488, 8, "图为社工走访"),
        *column(60, 460, LEFT[3:]),
    ]
    assert one(tmp_path, "a.pdf", pdf(page)).text.strip().split("\n\n")[-1] == "图为社工走访"
    assert one(tmp_path, "a.pdf", pdf(page)).text.split() == [*LEFT, "图为社工走访"]


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [("乡镇", "站点", "人数"), ("东乡", "3个", "12人"), ("西乡", "4个", "20人"), ("南乡镇", "5个", "8人")]
    page = [
        (x, 700.0 - 20 * n, 10.0, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((60, 200, 300), row, strict=True)
    ]
    assert one(tmp_path, "a.pdf", pdf(page)).text.splitlines() == ["\t".join(row) for row in rows]


def test_pages_that_are_pictures_are_told_and_the_others_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(column(60, 720, LEFT), [(60, 300, 200, 120, PICTURE)]))
    fault, found = read(tmp_path)
    assert str(fault) == "a.pdf: page 2 holds a picture and no text; run OCR over the PDF; its other pages are read"
    assert isinstance(found, Bulletin)
    assert found.text.split() == LEFT


# Word


def test_paragraphs_and_tables_come_in_the_order_of_the_document(tmp_path: Path) -> None:
    found = one(tmp_path, "a.docx", docx("社工站", TEXT, [["东乡", "3个"], ["西乡", "4个"]], "以上。"))
    assert found.text == f"社工站\n{TEXT}\n\n东乡\t3个\n西乡\t4个\n\n以上。\n"


def test_insertions_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>全县</w:t></w:r><w:ins w:id='1'><w:r><w:t>建成</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>拟建</w:delText></w:r></w:del><w:r><w:t>12个</w:t><w:br/><w:t>站</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的字</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert one(tmp_path, "a.docx", docx(body=body)).text == "全县建成12个\n站\n控件里的字\n"


def test_an_entity_is_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密", encoding="utf-8")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    plain, made = docx("甲E乙"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            is_body = name == "word/document.xml"
            new.writestr(
                name,
                data.replace("甲E乙".encode(), "甲&e;乙".encode()).replace(
                    b"<w:document", declared.encode() + b"<w:document", 1
                )
                if is_body
                else data,
            )
    assert one(tmp_path, "a.docx", made.getvalue()).text == "甲&e;乙\n"
    assert "秘密" not in one(tmp_path, "a.html", f"{declared}<html><body><p>{TEXT}&e;</p></body></html>").text


# tables of texts


def rows_of(path: Path, **options: Any) -> list[tuple[str, str, Meta]]:
    return [(b.file, b.text, b.stated[0]) for b in bulletins(path, ReadOptions(**options))]


def test_each_line_of_json_is_a_bulletin(tmp_path: Path) -> None:
    lines = [{"id": "x/1", "正文": TEXT, "来源": "某报", "发布时间": "2023-11-12 08:00"}, {"正文": "第二篇。"}]
    text = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    assert rows_of(tmp_path) == [
        ("a.jsonl/1_x_1", TEXT, Meta("columns", DAY, "某报")), ("a.jsonl/3", "第二篇。", Meta("columns"))
    ]  # fmt: skip


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_a_row_of_csv_is_a_bulletin(tmp_path: Path, encoding: str, mark: str) -> None:
    text = f'编号{mark}标题{mark}正文{mark}日期\r\n7{mark}社工站{mark}"一，{mark}\r\n二""句"""{mark}2023/11/12\r\n8{mark}{mark}第二篇{mark}\r\n'
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert rows_of(tmp_path) == [
        ("a.csv/2_7", f'一，{mark}\r\n二"句"', Meta("columns", DAY, title="社工站")),
        ("a.csv/3_8", "第二篇", Meta("columns")),
    ]


def test_a_column_of_parquet_is_chosen_by_its_name(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"words": ["甲。", "乙。"], "text": ["否", "否"], "date": [DAY, None]}), tmp_path / "a.parquet"
    )
    assert rows_of(tmp_path, text_column="words") == [
        ("a.parquet/1", "甲。", Meta("columns", DAY)), ("a.parquet/2", "乙。", Meta("columns"))
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_a_long_table_is_many_sources_with_every_row_once(tmp_path: Path, ending: str) -> None:
    texts = [f'第{n}篇，"引"\n{TEXT * 20}' for n in range(1500)]
    table = pa.table({"text": texts})
    if ending == "parquet":
        pq.write_table(table, tmp_path / "a.parquet", row_group_size=400)
    else:
        frame = table.to_pandas()
        out = io.StringIO()
        frame.to_csv(out, index=False) if ending == "csv" else frame.to_json(out, orient="records", lines=True)
        (tmp_path / f"a.{ending}").write_text(out.getvalue(), encoding="utf-8")
    assert len(list(find_sources([tmp_path]))) > 2
    found = bulletins(tmp_path)
    assert [b.text for b in found] == texts
    first = 2 if ending == "csv" else 1
    assert [b.file for b in found] == [f"a.{ending}/{n}" for n in range(first, 1500 + first)]


# archives


def test_the_members_of_an_archive_are_sources_of_their_own(tmp_path: Path) -> None:
    inner = archive({"c.txt": TEXT})
    members = {"b/a.txt": TEXT, "pic.png": b"\x89PNG", "__MACOSX/b/._a.txt": "x", ".x.txt": "x", "d.zip": inner}
    (tmp_path / "a.zip").write_bytes(archive(members))
    assert [source.name for source in find_sources([tmp_path])] == ["a.zip/b/a.txt", "a.zip/d.zip"]
    assert [b.file for b in bulletins(tmp_path)] == ["a.zip/b/a.txt", "a.zip/d.zip/c.txt"]
    assert list(find_skipped([tmp_path])) == ["a.zip/pic.png"]


def test_names_in_an_archive_of_a_chinese_windows_are_read(tmp_path: Path) -> None:
    name = "简报/一.txt".encode("gb18030")
    data = archive({"a" * len(name): TEXT}).replace(b"a" * len(name), name)
    (tmp_path / "a.zip").write_bytes(data)
    assert [b.file for b in bulletins(tmp_path)] == ["a.zip/简报/一.txt"]


# metadata.csv


def test_metadata_beside_the_bulletins_goes_before_what_they_state(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.md").write_text(f"---\ndate: 2020-01-01\ntitle: 旧\n---\n{TEXT}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "metadata.csv").write_bytes(
        "sep=;\r\n文件;日期;来源;地区\r\nsub\\a.md;2023/11/12;某报;341500\r\nb.txt;45242;;\r\n".encode("gb18030")
    )
    b, a = bulletins(tmp_path)
    assert (b.published, b.source, b.place, b.title) == (DAY, None, None, None)
    assert (a.published, a.source, a.place, a.title) == (DAY, "某报", "341500", "旧")
    assert [meta.origin for meta in a.stated] == ["metadata.csv", "front matter"]
    assert bulletins(tmp_path / "b.txt")[0].published == DAY


def test_metadata_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "metadata.csv")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert [str(f) if isinstance(f, ReadError) else f.file for f in read(tmp_path)] == [
        "a.txt", "metadata.csv: it is no file; give files and folders only"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            '"fi\nle",published\na.txt,2023-11-12\n',
            "metadata.csv: line 1 names no column 'file' (fi le, published); head it: file,published,source,place",
        ),
        (
            f"file\n{'长' * 9999}\n",
            f"metadata.csv: line 2 names '{'长' * 485}…; write its path below this folder",
        ),
    ],
    ids=["a line break", "a long cell"],
)
def test_a_fault_is_one_short_line_whatever_it_quotes(tmp_path: Path, table: str, told: str) -> None:
    (tmp_path / "metadata.csv").write_text(table, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert [str(found) for found in read(tmp_path) if isinstance(found, ReadError)] == [told]


def test_every_fault_of_metadata_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lines = ["file,published", "a.txt,2023年11月12日", "a.txt,", "gone.txt,", ",2023-01-01", ""]
    (tmp_path / "metadata.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert [str(found) for found in read(tmp_path) if isinstance(found, ReadError)] == [
        "metadata.csv: line 3 names 'a.txt' a second time; leave one line for it",
        "metadata.csv: line 4 names 'gone.txt', which is not there; write its path below this folder",
        "metadata.csv: line 5 names no file; name the file, or take the line away",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_each_read_under_a_name_of_their_own(tmp_path: Path) -> None:
    made = tmp_path / "a.zip"
    with zipfile.ZipFile(made, "w") as file:
        for name, text in (("d.txt", "一。"), ("d.txt", "二。"), ("d (2).txt", "三。"), ("d.txt", "四。")):
            file.writestr(name, text)
    found = [(b.file, b.text) for s in find_sources([made]) for b in read_source(s) if isinstance(b, Bulletin)]
    assert found == [
        ("a.zip/d (2).txt", "三。"),
        ("a.zip/d.txt", "一。"),
        ("a.zip/d (3).txt", "二。"),
        ("a.zip/d (4).txt", "四。"),
    ]
