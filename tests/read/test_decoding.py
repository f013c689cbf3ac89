"""Bytes as text: every encoding known here, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read import Bulletin, ReadError, Source, decode, read_bulletin, read_source

SIMPLE = "青山县现有持证社会工作者126人，其中初级98人、中级28人。\r\n全县建成社工站12个，服务困难群众2.3万人次。"
TRADITIONAL = "社會工作者職業水平考試報名人數創歷史新高，全市共有九千人參加考試，其中一千人通過，為歷年最多。"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SIMPLE.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + SIMPLE.encode("utf-8"), "utf-8"),
        (b"\xff\xfe" + SIMPLE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + SIMPLE.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + SIMPLE.encode("utf-32-le"), "utf-32-le"),
        (SIMPLE.encode("gb18030"), "gb18030"),
    ],
)
def test_text_comes_back_as_it_was_written_without_the_byte_order_mark(data: bytes, encoding: str) -> None:
    assert decode(data) == (SIMPLE, encoding)


def test_big5_is_told_from_gb18030_by_its_common_characters() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5")
    assert decode(SIMPLE.encode("gb18030")) == (SIMPLE, "gb18030")


def test_a_western_text_with_accents_is_no_text_that_was_encoded_twice() -> None:
    text = "L’été à Liège, né «à l’œuvre», où l’on parle d’une station : 社工站21个，持证社工12人。"
    assert decode(text.encode()) == (text, "utf-8")


def test_line_ends_stay_as_they_are() -> None:
    assert decode("一\r\n二\r三\n".encode())[0] == "一\r\n二\r三\n"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_every_text_in_utf8_comes_back_whole(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode("utf-8")) == (text, "utf-8")


@given(st.binary())
def test_any_bytes_give_text_or_a_read_error(data: bytes) -> None:
    with suppress(ReadError):
        assert decode(data)[0].strip()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty; fill it or take it away"),
        (b" \r\n", "the file is empty; fill it or take it away"),
        (b"\xef\xbb\xbf", "the file is empty; fill it or take it away"),
        (b"PK\0\1", "this is no text but a binary file; save its text as UTF-8 (.txt) and give that"),
        (
            b"%PDF-1.7\1\2\3\4\5\6" * 9,
            "this is no text but a binary file; save its text as UTF-8 (.txt) and give that",
        ),
        (b"\xff\xfe\x41", "byte 2 is not UTF-16-LE; save it again as UTF-8"),
        (
            "caffè, thé".encode("latin-1"),
            "byte 4 is not UTF-8, and the text is neither GB 18030 nor Big5; save it again as UTF-8",
        ),
        (
            SIMPLE.encode("gb18030")[:-1],
            f"it is GB 18030 up to byte {len(SIMPLE.encode('gb18030')) - 2}, where a character is broken or cut off; "
            "get it whole, or save it again as UTF-8 to have the rest read",
        ),
        (
            TRADITIONAL.encode("big5") + b"\xff\xff",
            f"it is Big5 up to byte {len(TRADITIONAL.encode('big5'))}, where a character is broken or cut off; "
            "get it whole, or save it again as UTF-8 to have the rest read",
        ),
        *(
            (
                SIMPLE.encode().decode(western, "replace").encode(),
                "its characters are the bytes of UTF-8, each taken for a character of a western encoding; "
                "read it as UTF-8 where it comes from, or undo it: iconv -f utf-8 -t latin1 (or cp1252)",
            )
            for western in ("latin-1", "cp1252")
        ),
        (SIMPLE.encode("utf-16-le"), "it seems to be UTF-16-LE without the mark that says so; save it again as UTF-8"),
        (SIMPLE.encode("utf-16-be"), "it seems to be UTF-16-BE without the mark that says so; save it again as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert str(caught.value) == message


def test_a_bulletin_knows_its_name_text_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SIMPLE.encode("gb18030"))
    assert read_bulletin(path, "2024/a.txt") == Bulletin("2024/a.txt", SIMPLE, "gb18030")


def test_an_unreadable_bulletin_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0")
    with pytest.raises(ReadError) as caught:
        read_bulletin(tmp_path / "a.txt", "2024/a.txt")
    assert (caught.value.file, caught.value.reason) == ("2024/a.txt", "this is no text but a binary file")
    assert str(caught.value).startswith("2024/a.txt: this is no text but a binary file; ")
    with pytest.raises(ReadError, match=r"b\.txt: it was there and is gone; put it back"):
        read_bulletin(tmp_path / "b.txt", "b.txt")


# long texts, in pieces


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.read.formats.LONG", 50)
    monkeypatch.setattr("extract.read.pieces.PIECE", 40)


def both_ways(path: Path) -> tuple[Bulletin | ReadError, Bulletin | ReadError]:
    """A file read whole and in pieces, these put together."""
    (whole,), (first,) = (list(read_source(Source(path, path.name), in_pieces=flag)) for flag in (False, True))
    if isinstance(first, Bulletin):
        first = replace(first, text=first.text + "".join(first.more), more=())
    return whole, first


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "data",
    [
        SIMPLE.encode(),
        b"\xef\xbb\xbf" + f"{SIMPLE}\U0001f3e0".encode(),
        SIMPLE.encode("gb18030"),
        SIMPLE.encode("utf-16"),
        SIMPLE.encode() * 2 + b"\0" + SIMPLE.encode(),
        SIMPLE.encode() + b"\xe6",
        b"%PDF-1.7 " + SIMPLE.encode(),
        b" " * 90,
    ],
)
def test_a_long_text_reads_the_same_in_pieces(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    whole, together = both_ways(path)
    assert str(together) == str(whole)
    assert together.sha256 == whole.sha256


@pytest.mark.usefixtures("small_pieces")
def test_only_a_long_text_in_utf8_comes_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for data, count in ((SIMPLE.encode(), 3), (SIMPLE.encode("gb18030"), 0), (SIMPLE[:12].encode(), 0)):
        path.write_bytes(data)
        (found,) = read_source(Source(path, "a.txt"), in_pieces=True)
        assert isinstance(found, Bulletin)
        assert len(list(found.more)) == count


@pytest.mark.usefixtures("small_pieces")
def test_a_long_text_that_is_cut_off_while_it_is_read_ends_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SIMPLE.encode())
    (found,) = read_source(Source(path, "a.txt"), in_pieces=True)
    path.write_bytes(SIMPLE.encode()[:100])
    assert isinstance(found, Bulletin)
    assert SIMPLE.startswith((found.text + "".join(found.more)).rstrip("\ufffd"))


def test_the_front_matter_of_a_long_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ndate: 2023-11-12\n---\n{SIMPLE * 60_000}", encoding="utf-8", newline="")
    whole, together = both_ways(path)
    assert together == whole
    assert isinstance(together, Bulletin)
    assert (str(together.published), together.start) == ("2023-11-12", 25)


@pytest.mark.parametrize("encoding", ["cp950", "big5hkscs"])
def test_big5_may_have_the_characters_of_windows_and_of_hong_kong(encoding: str) -> None:
    text = "全縣社工站裏有社工186人，持證42人，走訪老人三千餘人次。" * 3
    assert decode(text.encode(encoding)) == (text, "big5hkscs")
