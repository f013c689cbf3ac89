"""Two runs compared: what a change of rules did to the records, in rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.authoring.differing import diff_runs
from extract.cli import app
from extract.gold import GoldError

RULE = """
pack: {name: mine, version: "1.1"}
rules:
  - id: stations.built.took-root
    match: "{count} {facility} 落地生根"
    priority: 65
    record: {table: stations, measure: built}
    examples:
      - text: 今年以来，9个社工站在村里落地生根
        gives: [{value: 9, measure: built}]
"""


@pytest.fixture
def runs(tmp_path: Path, texts: dict[str, str]) -> tuple[Path, Path]:
    (tmp_path / "in").mkdir()
    (tmp_path / "my").mkdir()
    for name, text in texts.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    (tmp_path / "my/rules.yaml").write_text(RULE, encoding="utf-8")
    jianbao = CliRunner()
    for out, more in (("one", []), ("two", ["--rules", str(tmp_path / "my")])):
        args = ["run", str(tmp_path / "in"), "--out", str(tmp_path / out), "--formats", "jsonl", *more]
        assert jianbao.invoke(app, args).exit_code == 0
    return tmp_path / "one", tmp_path / "two"


def test_what_a_rule_changed_is_told_in_rows(runs: tuple[Path, Path]) -> None:
    found = diff_runs(*runs)
    assert [(c.what, c.record["quote"], c.differs) for c in found.changes] == [
        ("changed", "9个", ("measure", "nature", "rule"))
    ]
    assert found.by_rule() == [("changed", "stations.built.took-root", 1)]
    assert "rules, packs: {} → {'mine': '1.1'}" in found.told
    assert not [line for line in found.told if line.startswith("inputs")]
    assert found.frame()["rule_after"].tolist() == ["stations.built.took-root"]
    assert "<b>9个</b>" in found._repr_html_()


def test_the_way_back_loses_what_the_way_there_gains(runs: tuple[Path, Path]) -> None:
    there, back = diff_runs(*runs), diff_runs(*reversed(runs))
    assert [(c.before, c.after) for c in there.changes] == [(c.after, c.before) for c in back.changes]


def test_a_run_does_not_differ_from_itself(runs: tuple[Path, Path]) -> None:
    found = diff_runs(runs[0], runs[0])
    assert (found.changes, found.told) == ((), ())


def test_the_command_prints_and_writes_the_rows(runs: tuple[Path, Path], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["diff", *map(str, runs), "--csv", str(tmp_path / "rows.csv")])
    assert result.exit_code == 0
    assert "0 gained, 0 lost, 1 changed, 0 moved" in result.stdout.splitlines()
    (row,) = csv.DictReader((tmp_path / "rows.csv").read_text(encoding="utf-8-sig").splitlines())
    assert (row["what"], row["after"]) == ("changed", "stations.built 9 site")


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"no records\.jsonl; give the folder of a run"):
        diff_runs(tmp_path, tmp_path)
    assert CliRunner().invoke(app, ["diff", str(tmp_path), str(tmp_path)]).exit_code == 2
