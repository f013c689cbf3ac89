"""`jianbao rules …`: the same questions on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extract.cli import app

DRAFT = """
- id: services.activities.chatted
  match: "摆龙门阵 {events}"
  record: {table: services, measure: activities}
"""


@pytest.fixture
def jianbao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: dict[str, str]) -> Any:
    """The command line, in a folder with a corpus in `in` and a draft of a rule."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name, text in {**texts, "d.txt": "社工进院坝摆龙门阵64场。"}.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    (tmp_path / "draft.yaml").write_text(DRAFT, encoding="utf-8")
    return lambda *args: CliRunner().invoke(app, ["rules", *map(str, args)])


def test_why_prints_the_records_and_their_reasons(jianbao: Any) -> None:
    told = jianbao("why", "全县持证社工186人").stdout.splitlines()
    assert told[:2] == ["全县持证社工186人", "186人 is workers.certified 186 person"]
    assert jianbao("why", "全县持证社工186人", "187人").exit_code == 2


def test_try_prints_what_a_draft_would_do(jianbao: Any) -> None:
    told = jianbao("try", "draft.yaml", "--corpus", "in").stdout.splitlines()
    assert told == [
        "services.activities.chatted on 4 articles: 1 gained, 0 lost, 0 changed, 0 moved",
        "services.activities.chatted: no example yet; give one before it is saved",
        "gained  64场 · services.activities 64 event · services.activities.chatted",
        "        d.txt: 社工进院坝摆龙门阵64场。",
    ]


def test_unexplained_prints_open_numbers_and_suggest_closes_them(jianbao: Any, tmp_path: Path) -> None:
    told = jianbao("unexplained", "--corpus", "in").stdout
    assert "【64场】" in told or "open numbers" in told
    args = ["suggest", "社工进院坝摆龙门阵【64场】", "--table", "services", "--measure", "activities", "--corpus", "in"]
    saved = jianbao(*args, "--save", "my/rules.yaml", "--take", "2")
    assert saved.exit_code == 0
    assert saved.stdout.count("- id: ") >= 3
    assert saved.stderr.splitlines()[-1] == "jianbao: suggestion 2 is saved in my/rules.yaml; use it with --rules my"
    assert "64场 is services.activities 64 event" in jianbao("why", "社工进院坝摆龙门阵64场", "--rules", "my").stdout


def test_check_tells_what_the_corpus_says(jianbao: Any) -> None:
    told = jianbao("check", "--corpus", "in").stdout.splitlines()
    assert told[0].endswith("all hold")
    assert "in 4 articles" in told[1]
    assert [line for line in told if line.startswith("never fires here: ")]


def test_list_counts_hits(jianbao: Any) -> None:
    assert "hits" in jianbao("list", "--corpus", "in").stdout.splitlines()[0]
    assert "hits" not in jianbao("list").stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("args", "fault"),
    [
        (["try", "draft.yaml"], "name a folder of bulletins to try the rules on"),
        (["try", "no.yaml", "--corpus", "in"], "no.yaml: cannot be read"),
        (["try", "draft.yaml", "--corpus", "none"], "there is no such file or folder"),
        (["suggest", "摆龙门阵64场"], "no figure of"),
        (["suggest", "社工摆龙门阵【64场】", "--save", "x.yaml", "--take", "99"], "suggestions"),
        (["unexplained"], "name a folder of bulletins"),
        (["why", "全县持证社工186人", "--rules", "none"], "no .yaml file with rules"),
    ],
)
def test_a_fault_is_told_without_a_traceback(jianbao: Any, args: list[str], fault: str) -> None:
    result = jianbao(*args)
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (2, True)
    assert fault in " ".join(result.stderr.replace("│", " ").split())
