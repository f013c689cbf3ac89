"""The page in a browser: what is seen, what a click or a key does, and what a reviewer takes away."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import BULLETINS, made_run, rows_of
from typer.testing import CliRunner

from extract.cli import app
from extract.report import write_report

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed; pip install '.[page-test]'"
)
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium; install it, or name it in CHROMIUM")

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
VIEWS = ("overview", "records", "articles", "numbers", "checks")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a run and the address of its page."""
    bulletins, out = made_run(tmp_path_factory.mktemp("made"))
    write_report(out, out / "report.html", [bulletins])
    write_report(out, out / "bare.html")
    return out, (out / "report.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any, made: tuple[Path, str]) -> Iterator[Any]:
    """A function that opens the page, at a view; a fault in its script or a blocked part fails the test."""
    faults: list[str] = []
    contexts: list[Any] = []

    def opened(view: str = "overview", size: dict[str, int] = DESKTOP, name: str = "report.html") -> Any:
        contexts.append(browser.new_context(viewport=size, accept_downloads=True, offline=True))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.goto(made[1].replace("report.html", name) + f"#{view}")
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def rows(page: Any, view: str) -> list[str]:
    """The figures of the rows of a list, from top to bottom."""
    return [cell.inner_text() for cell in page.query_selector_all(f"#{view} .body .open")]


def choose(page: Any, view: str, name: str, value: str) -> None:
    page.locator(f"#{view} .filters label", has_text=name).locator("select").first.select_option(value)


def chosen(page: Any) -> str:
    """The text of the marks that are chosen."""
    return "".join(mark.inner_text() for mark in page.query_selector_all(".mark.chosen"))


# what is seen


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_view_has_a_fault_that_axe_finds(open_page: Any, size: dict[str, int], language: str) -> None:
    page = open_page(size=size)
    if language == "en":
        page.click("#language")
    faults = []
    for view in (*VIEWS, "records/0/records/0"):
        page.goto(page.url.partition("#")[0] + f"#{view}")
        page.wait_for_timeout(50)
        found = axe.Axe().run(page).response["violations"]
        faults += [(view, fault["id"], fault["nodes"][0]["html"]) for fault in found]
    page.click("fieldset.review .corrected")
    faults += [("form", fault["id"], fault["nodes"][0]["html"]) for fault in axe.Axe().run(page).response["violations"]]
    assert faults == []


def test_a_text_is_shown_and_never_run(open_page: Any) -> None:
    page = open_page("articles/0")
    assert page.locator("#reader .text").text_content() == BULLETINS["安定.txt"].rstrip("\n")
    assert page.evaluate("window.harmed") is None
    assert page.query_selector("#reader img, #reader script") is None


def test_the_overview_counts_what_the_run_found(open_page: Any, made: tuple[Path, str]) -> None:
    page = open_page()
    counts = [int(tile.inner_text()) for tile in page.query_selector_all(".tiles strong")]
    numbers = rows_of(made[0], "numbers")
    records = len(rows_of(made[0], "records"))
    assert counts == [2, 2, records, len(numbers), sum(row["class"] == "unexplained" for row in numbers), 1, records]
    assert "空.txt" in page.locator("#overview").inner_text()


def test_the_page_speaks_both_languages(open_page: Any) -> None:
    page = open_page("records")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("#records h2").inner_text() == "记录"
    page.click("#language")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#records h2").inner_text() == "Records"
    assert rows(page, "records")[0] == "21 site"


def test_a_page_without_texts_shows_sentences(open_page: Any) -> None:
    page = open_page("records/1/records/6", name="bare.html")
    assert chosen(page) == "13个"
    assert "未找到这篇的原文" in page.locator("#reader").inner_text()


def test_a_phone_shows_one_thing_at_a_time_and_nothing_too_wide(open_page: Any) -> None:
    page = open_page("records", size=PHONE)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if page.locator("#reader").is_visible():
            break
        page.locator("#records .open").first.click()
        page.wait_for_selector(".mark.chosen")
    assert not page.locator("#main").is_visible()


def test_all_rows_are_printed(open_page: Any, made: tuple[Path, str]) -> None:
    page = open_page("records")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert len(rows(page, "records")) == len(rows_of(made[0], "records"))
    assert not page.locator("nav").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#records .body .row')).position") == "static"


# from a figure to its characters, and back


def test_a_row_leads_to_its_characters_and_back(open_page: Any) -> None:
    page = open_page("records")
    page.locator("#records .open", has_text="186").click()
    page.wait_for_selector(".mark.chosen")
    assert chosen(page) == "186人"
    assert page.evaluate("document.activeElement.textContent") == "186人"
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "186 人"


def test_keys_move_along_the_rows(open_page: Any) -> None:
    page = open_page("records")
    page.locator("#records .open").first.focus()
    for key, found in (("ArrowDown", "186 人"), ("End", "1,200,000 元"), ("Home", "21 个")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent") == found
    page.keyboard.press("Enter")
    page.wait_for_selector(".mark.chosen")
    assert chosen(page) == "21个"


def test_the_browser_s_way_back_works(open_page: Any) -> None:
    page = open_page("records")
    page.locator("#records .open").first.click()
    page.wait_for_selector(".mark.chosen")
    page.go_back()
    page.wait_for_selector("#reader", state="hidden")
    page.go_back()


def test_every_record_of_a_text_is_marked_where_it_stands(open_page: Any, made: tuple[Path, str]) -> None:
    page = open_page()
    for index, row in enumerate(rows_of(made[0], "records")):
        page.goto(page.url.partition("#")[0] + f"#records/{0 if row['file'] == '安定.txt' else 1}/records/{index}")
        page.wait_for_function(
            "quote => [...document.querySelectorAll('.mark.chosen')].some(m => m.textContent === quote)",
            arg=row["quote"],
        )
        assert chosen(page) == row["quote"]


def test_every_figure_of_the_overview_leads_to_characters_at_once(open_page: Any) -> None:
    page = open_page()
    buttons = "#overview button:not([class='']):not(:disabled)"
    for index in range(page.locator(buttons).count()):
        page.evaluate("location.hash = '#overview'")
        page.wait_for_selector("#overview:not([hidden])")
        target = page.locator(buttons).nth(index)
        figure = target.inner_text()
        target.click()
        page.wait_for_function("() => location.hash !== '#overview'")
        page.wait_for_timeout(30)
        view = page.url.partition("#")[2].partition("/")[0]
        shown = page.locator(f"#{view} .body .row").count()
        assert shown or page.locator(".mark.chosen").count() or figure.strip().startswith("0"), figure
        if view in ("records", "numbers"):
            assert page.locator(f"#{view} .body .row").count() == page.locator(f"#{view} .body .row mark").count()


def test_a_failed_check_leads_to_its_terms(open_page: Any) -> None:
    page = open_page("checks")
    assert page.locator("#checks .chip.fails").inner_text() == "不符"
    for words in ("42人", "77"):
        page.locator("#checks .term", has_text=words).click()
        page.wait_for_function("words => document.querySelector('.mark.chosen')?.textContent === words", arg=words)


def test_an_unexplained_number_leads_to_its_characters(open_page: Any) -> None:
    page = open_page("numbers")
    choose(page, "numbers", "类别", "unexplained")
    assert rows(page, "numbers") == ["77"]
    page.locator("#numbers .open").click()
    page.wait_for_selector(".mark.chosen")
    assert chosen(page) == "77"


# filter, sort, search


def test_rows_are_filtered_searched_and_sorted(open_page: Any) -> None:
    page = open_page("records")
    choose(page, "records", "表", "workers")
    assert rows(page, "records") == ["186 人", "42 人", "9 人", "58 人"]
    choose(page, "records", "省份", "45")
    assert rows(page, "records") == ["58 人"]
    page.locator("#records .filters button").click()
    page.fill("#records input[type=search]", "马山")
    page.wait_for_function("() => document.querySelectorAll('#records .body .row').length === 3")
    page.locator("#records .head button", has_text="数值").click()
    assert rows(page, "records") == ["13 个", "58 人", "1,200,000 元"]
    page.locator("#records .head button", has_text="数值").click()
    assert rows(page, "records") == ["1,200,000 元", "58 人", "13 个"]
    assert page.locator("#records [aria-sort=descending]").inner_text() == "数值 ↓"
    page.fill("#records input[type=search]", "no such words")
    page.wait_for_function("() => document.querySelectorAll('#records .body .row').length === 0")
    assert "没有符合条件的行" in page.locator("#records .count").inner_text()


# review


def judge(page: Any, row: int, verdict: str) -> None:
    page.goto(page.url.partition("#")[0] + f"#records/0/records/{row}")
    page.wait_for_function("row => reader.chosen && reader.chosen.row === row", arg=row)
    page.click(f"fieldset.review > .{verdict}")


def download(page: Any, path: Path) -> list[dict[str, Any]]:
    page.evaluate("location.hash = '#records'")
    page.wait_for_selector("#download")
    with page.expect_download() as begun:
        page.click("#download")
    begun.value.save_as(path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def reviewed(page: Any) -> None:
    """Find one record right, one wrong, one to correct, and one missed."""
    judge(page, 0, "right")
    judge(page, 1, "wrong")
    judge(page, 2, "corrected")
    page.fill("fieldset.review [name=value]", "43")
    page.select_option("fieldset.review [name=grade]", "senior")
    page.click("fieldset.review [type=submit]")
    page.evaluate("location.hash = '#numbers'")
    choose(page, "numbers", "类别", "unexplained")
    page.locator("#numbers .open").click()
    page.wait_for_selector("#reader .detail > button")
    page.click("#reader .detail > button")
    for name, value in {"table": "stations", "measure": "built", "unit": "site", "value": "77"}.items():
        field = page.locator(f"#reader .detail [name={name}]")
        field.select_option(value) if name == "table" else field.fill(value)
    page.click("#reader .detail [type=submit]")
    page.wait_for_selector("#reader .mark.added")


def test_a_review_becomes_gold_that_score_reads(open_page: Any, made: tuple[Path, str], tmp_path: Path) -> None:
    page = open_page("records")
    reviewed(page)
    gold = download(page, tmp_path / "gold.jsonl")
    records = rows_of(made[0], "records")
    assert [line["record_id"] for line in gold] == [r["record_id"] for r in (records[0], *records[2:])] + [None]
    assert {(line["number"], line["value"], line["grade"], line["review"]) for line in gold if not line["optional"]} == {
        ("21个", 21, None, "right"), ("42人", 43, "senior", "corrected"), ("77", 77, None, "added"),
    }  # fmt: skip
    added = gold[-1]
    assert BULLETINS[added["file"]][added["start"] : added["end"]] == "77"
    told = CliRunner().invoke(app, ["score", str(made[0] / "records.jsonl"), str(tmp_path / "gold.jsonl"), "--json"])
    core = json.loads(told.output)
    # demanded: the right one, the corrected one and the missed one; made: the first two and the wrong one
    assert (core["gold"], core["made"], core["core"]["precision"], core["core"]["recall"]) == (3, 3, 1 / 3, 1 / 3)


def test_a_review_is_still_there_when_the_page_is_opened_again(open_page: Any, tmp_path: Path) -> None:
    page = open_page("records")
    reviewed(page)
    gold = download(page, tmp_path / "gold.jsonl")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert download(page, tmp_path / "again.jsonl") == gold
    fresh = open_page("records")
    fresh.set_input_files("#upload", tmp_path / "gold.jsonl")
    fresh.wait_for_selector("#records .chip.wrong")
    assert download(fresh, tmp_path / "third.jsonl") == gold


def test_selected_words_become_a_missed_record(open_page: Any, tmp_path: Path) -> None:
    page = open_page("articles/0")
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector("#reader .text"), NodeFilter.SHOW_TEXT);
          let node;
          while ((node = walker.nextNode())) if (node.textContent.includes("良种鸡")) break;
          const at = node.textContent.indexOf("良种鸡");
          document.getSelection().setBaseAndExtent(node, at, node, at + 3);
        }"""
    )
    page.locator("#reader .tools button", has_text="补为记录").click()
    page.fill("#reader .detail [name=measure]", "existing")
    page.fill("#reader .detail [name=unit]", "site")
    page.click("#reader .detail [type=submit]")
    assert page.locator("#reader .fault").inner_text() == "请填：数值"
    page.fill("#reader .detail [name=value]", "1")
    page.click("#reader .detail [type=submit]")
    page.wait_for_selector("#reader .mark.added")
    added = download(page, tmp_path / "gold.jsonl")[-1]
    assert BULLETINS["安定.txt"][added["start"] : added["end"]] == added["number"] == "良种鸡"
