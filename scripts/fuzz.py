"""Feed the readers, reflow, the matchers and the rules what nobody would, for as long as is given, and tell what broke.

    python scripts/fuzz.py --minutes 60

Each part runs in a process of its own, so that a crash of a library is told, too. What must hold: a reader gives text
or a fault with its remedy and nothing else; reflow maps every character back to where it stood; mentions lie in the
text; a record's quote is the source at its place; a pattern of a rule is understood or refused with a sentence. Exit
status 1 when something did not hold.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "read")]

from makers import PICTURE, archive, column, docx, pdf  # noqa: E402

TEXT = (
    "青山县现有持证社会工作者126人，其中初级98人、中级28人。\n截至2023年底，全县已建成乡镇社工站12个，投入近438万元。\n"
)
WORDS = """
第 é ﷺ ① １２ 青山县 六安市 全市 其中 社工站 社会工作者 截至2023年底 今年以来 2018年 分别 持证 同比增长 万元 累计
（据某报） 来源： 图为 记者 每站每年 下降8.7% 翻一番 30余个 第十二届 400-888-8888
"""
SIGNS = "一二两三十百千万亿零〇半多余近约超个名人次元站室年月日，。、；：“”（）()％%‰0123456789.,-~—至到"
BLANKS = " \u3000\n\r\t\u200b\ufeff\0\ud800\U00020000"
PIECES = [*SIGNS, *BLANKS, *WORDS.split(), "-----\n", "# ", "| 3 |", "A" * 300, "9" * 40]
SUFFIXES = ("txt", "md", "html", "mhtml", "pdf", "docx", "jsonl", "csv", "tsv", "parquet", "zip", "doc", "metadata.csv")
BATCH = 200  # examples between two looks at the clock

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join)


def sound_files() -> list[tuple[str, bytes]]:
    """A sound file of each format, to be spoiled."""
    table = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT, TEXT * 3], "date": ["2023-11-12", None]}), table)
    lines = "\n".join(json.dumps({"text": TEXT, "date": "2023-11-12", "id": n}, ensure_ascii=False) for n in range(3))
    head = (
        "<!DOCTYPE html><html><head><meta charset=utf-8><meta name=PubDate content=2023-11-12><title>站</title></head>"
    )
    page = f"{head}<body><h1>站</h1><p>{TEXT}</p><table><tr><td>3个</td></tr></table></body></html>"
    saved = "MIME-Version: 1.0\nContent-Type: text/html\n\n" + page
    rows = [TEXT[n : n + 18] for n in range(0, 60, 18)]
    paged = pdf(
        [*column(60, 720, rows * 2), *column(310, 720, rows * 2), (60, 300, 200, 120, PICTURE)], column(60, 700, rows)
    )
    word = docx("站", TEXT, [["东乡", "3个"], ["西乡", "4个"]])
    zipped = archive({"a.txt": TEXT, "b.docx": word, "c.zip": archive({"d.pdf": paged})})
    return [
        ("txt", TEXT.encode("gb18030")),
        ("txt", TEXT.encode("utf-16")),
        ("md", f"---\ndate: 2023-11-12\n---\n{TEXT}".encode()),
        ("html", page.encode()),
        ("mhtml", saved.encode()),
        ("pdf", paged),
        ("docx", word),
        ("jsonl", lines.encode()),
        ("csv", f'id,text,date\n1,"{TEXT}",2023-11-12\n'.encode()),
        ("parquet", table.getvalue()),
        ("zip", zipped),
        ("metadata.csv", "file,published,source\na.txt,2023-11-12,某报\n".encode()),
    ]


@st.composite
def spoiled_files(draw: Any, sound: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A file cut off, overwritten, repeated or spliced in places, perhaps under another suffix; or any bytes."""
    suffix, data = draw(st.sampled_from(sound))
    made = bytearray(draw(st.binary(max_size=300)) if draw(st.integers(0, 9)) == 0 else data)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(made)))
        size = draw(st.integers(0, 40))
        match draw(st.integers(0, 3)):
            case 0:
                del made[at:]
            case 1:
                made[at : at + size] = draw(st.binary(max_size=40))
            case 2:
                made[at:at] = made[at : at + size] * draw(st.integers(1, 20))
            case 3:
                other = draw(st.sampled_from(sound))[1]
                begin = draw(st.integers(0, len(other)))
                made[at : at + size] = other[begin : begin + size]
    if draw(st.integers(0, 4)) == 0:
        suffix = draw(st.sampled_from(SUFFIXES))
    return suffix, bytes(made)


def readers() -> Callable[[], None]:
    """Spoiled files give texts or faults."""
    import tempfile

    from extract.read import Bulletin, ReadOptions, find_sources, read_source

    folder = Path(tempfile.mkdtemp())
    options = ReadOptions(max_mb=20)

    @given(spoiled_files(sound_files()))
    def check(file: tuple[str, bytes]) -> None:
        suffix, data = file
        path = folder / (suffix if "." in suffix else f"a.{suffix}")
        path.write_bytes(data)
        for source in find_sources([path], options):
            for found in read_source(source, options):
                if isinstance(found, Bulletin):
                    found.text.encode()
                    assert found.text.strip(), "an empty text"
                    assert list(found.pages) == sorted(found.pages), "pages out of order"
                else:
                    assert found.reason, "no reason"
                    assert found.remedy, "no remedy"
                    assert "\n" not in str(found), "a sentence of two lines"
        path.unlink()

    return check


def flow() -> Callable[[], None]:
    """Clean text leads back to the characters that it was made of."""
    from extract.articles import split_articles
    from extract.read import Bulletin
    from extract.reflow import reflow
    from extract.reflow.lines import fold

    @given(texts)
    def check(text: str) -> None:
        made = reflow(text)
        folded = fold(text)
        assert len(made.offsets) == len(made.text), "lengths differ"
        for at, char in zip(made.offsets, made.text, strict=True):
            assert char.isspace() or folded[at] == char, "another character"
        for article in split_articles(Bulletin("a.txt", text, "utf-8")):
            assert 0 <= article.start < article.end <= len(text), "an article beyond the text"

    return check


def matchers() -> Callable[[], None]:
    """Mentions lie in the text, and say what stands there."""
    import datetime

    from extract import find_dates, find_places, find_programmes, find_quantities

    @given(texts, st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 1, 1)))
    def check(text: str, day: datetime.date | None) -> None:
        found = [*find_quantities(text), *find_dates(text, reference=day), *find_places(text), *find_programmes(text)]
        for mention in found:
            assert 0 <= mention.start < mention.end <= len(text), "a mention beyond the text"

    return check


def rules() -> Callable[[], None]:
    """A record's quote is the source at its place, every figure is accounted for once, and records have rows."""
    from extract import extract_text

    @given(texts)
    def check(text: str) -> None:
        made = extract_text(text, published="2023-11-20")
        for row in (*made.records, *made.numbers):
            assert text[row.start : row.end] == row.quote, "another quote"
            row.plain()
        ids = [record.record_id for record in made.records]
        assert len(ids) == len(set(ids)), "an id twice"
        assert {row.record_id for row in made.numbers} - {None} == set(ids), "a record without its number"

    return check


def language() -> Callable[[], None]:
    """A pattern of a rule is understood, or refused with a sentence; and it is tried in time."""
    from extract.pipeline import shipped_rules
    from extract.rules.language import PatternError, compile_pattern

    marks = [
        "[",
        "]",
        "|",
        "{",
        "}",
        "{count}",
        "{facility}",
        "{place}",
        " ",
        "建成",
        "社工站",
        "(",
        "*",
        "\\",
        "、",
        ":",
    ]
    words = st.lists(st.sampled_from(marks) | st.text(max_size=2), max_size=12).map("".join)
    vocabulary = shipped_rules().vocabulary

    @given(words)
    def check(match: str) -> None:
        try:
            compile_pattern(match, vocabulary)
        except PatternError as error:
            sentence = str(error)
            assert sentence.strip(), "no sentence"

    return check


PARTS: dict[str, Callable[[], Callable[[], None]]] = {
    "readers": readers, "reflow": flow, "matchers": matchers, "rules": rules, "language": language,
}  # fmt: skip


def work(name: str, seconds: float, begin: int, told: Any) -> None:
    """Try examples of one part till its time is over; tell how many there were and the first that broke."""
    batch = settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    check = batch(PARTS[name]())
    ends = time.monotonic() + seconds
    tried, number = 0, begin
    while time.monotonic() < ends:
        try:
            seed(number)(check)()
        except BaseException:
            told.send((name, tried, f"seed {number}\n{traceback.format_exc(limit=-6)}"))
            return
        tried += BATCH
        number += 1
        told.send((name, tried, None))


def main() -> int:
    """Run every part for its share of the time; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=1, help="for all parts together")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="where to begin")
    args = parser.parse_args()
    names = args.only or list(PARTS)
    failed = False
    for name in names:
        hears, tells = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=work, args=(name, args.minutes * 60 / len(names), args.seed, tells))
        began = time.monotonic()
        process.start()
        tells.close()
        tried, fault = 0, None
        while True:
            try:
                _, tried, fault = hears.recv()
            except EOFError:
                break
        process.join()
        if process.exitcode:
            fault = f"the process died with {process.exitcode} behind example {tried}"
        failed = failed or fault is not None
        print(f"{name}: {tried:,} examples in {time.monotonic() - began:.0f} s, {'a fault' if fault else 'no fault'}")
        if fault:
            print(fault)
    return failed


if __name__ == "__main__":
    sys.exit(main())
