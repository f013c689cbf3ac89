"""A folder of results as the Run that made it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import extract
from extract.cli import app
from extract.read import ReadError
from extract.tables import OutputError

STORY = (
    "近日，定西市民政局召开社会工作推进会，总结三年行动成果，部署下一阶段任务。截至2023年底，甘肃省定西市持证社工达480人，"
    "已建成乡镇社工站126个，服务困难群众2300余人次。三年来，市财政累计投入资金438万元，用于站点建设和人员培训。"
)
PAGE = f"<html><head><title>某地</title></head><body><p>{STORY.replace('480', '470')}</p></body></html>"
RULE = """
- id: kitchens.built
  match: "建成社区食堂{count}"
  record: {table: kitchens, measure: existing, nature: stock}
  examples: [{text: 全市建成社区食堂12个, gives: [{value: 12}]}]
  rejects: [{text: 将建成社区食堂12个, because: target}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Bulletins, of which one is told twice, one is empty, one is a page, and one has parts that add up."""
    files = tmp_path / "in"
    (files / "sub").mkdir(parents=True)
    (files / "a.txt").write_text(STORY, encoding="utf-8")
    (files / "b.txt").write_text(STORY.replace("近日", "日前"), encoding="utf-8")
    (files / "c.txt").write_bytes(b"")
    (files / "d.html").write_text(PAGE, encoding="utf-8")
    text = "截至2022年底，甘肃省定西市持证社工达535人，其中初级301人、中级229人、高级5人。"
    (files / "sub" / "e.txt").write_text(text, encoding="utf-8")
    return files


def written(folder: Path, out: Path, *options: str) -> Path:
    CliRunner().invoke(app, ["run", str(folder), "--out", str(out), *options], catch_exceptions=False)
    return out


def test_a_folder_of_results_gives_the_run_that_made_it(folder: Path, tmp_path: Path) -> None:
    out = written(folder, tmp_path / "out", "--published", "2024-01-05")
    run, loaded = extract.run(folder, published="2024-01-05"), extract.load(out)
    tables = ("records", *run.book.tables, "numbers", "articles", "checks", "rejected")
    assert [name for name in tables if not run.table(name).equals(loaded.table(name))] == []
    assert loaded.counts == run.counts
    assert loaded.published == run.published
    assert loaded.series("定西", "certified").equals(run.series("定西", "certified"))
    assert loaded.relations.equals(run.relations)
    assert [loaded.article(name) for name in run.articles.article_id] == [
        run.article(name) for name in run.articles.article_id
    ]


def test_a_run_that_was_loaded_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    out = written(folder, tmp_path / "out")
    extract.load(out).write(tmp_path / "again")
    one, two = (
        {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*") if path.is_file()}
        for made in (out, tmp_path / "again")
    )
    del one["run.json"], two["run.json"]  # has the folders that were read
    assert one == two


def test_texts_that_have_moved_are_named_and_all_else_needs_none(folder: Path, tmp_path: Path) -> None:
    out = written(folder, tmp_path / "out")
    shutil.move(folder, tmp_path / "moved")
    loaded = extract.load(out)
    assert loaded.series("定西", "certified")["value"].tolist() == [535, 480]
    assert loaded.article("d.html#1").article.file == "d.html"  # its text lies in the folder of the run
    with pytest.raises(OutputError, match=r"a\.txt: is not found as the run read it; name its folder: extract\.load"):
        loaded.article("a#1")
    assert extract.load(out, texts=tmp_path / "moved").article("a#1").article.file == "a.txt"
    with pytest.raises(ReadError, match="there is no such file or folder"):
        extract.load(out, texts=tmp_path / "nowhere")


def test_tables_of_ones_own_need_their_rules(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "kitchens.yaml").write_text(
        f"tables:\n  kitchens:\n    existing: {{unit: site, nature: stock}}\nrules:\n{RULE}", encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text("某地养老服务\n全市建成社区食堂30个。\n", encoding="utf-8")
    out = written(tmp_path / "a.txt", tmp_path / "out", "--rules", str(tmp_path / "rules"))
    with pytest.raises(OutputError, match="no rules here have its table 'kitchens'; give their folder"):
        extract.load(out)
    assert extract.load(out, rules=tmp_path / "rules").table("kitchens")["value"].tolist() == [30]


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no run; make one with: jianbao run"):
        extract.load(tmp_path)
