"""The guide to a new phrasing: its rules load, its code runs, and its table comes out everywhere by YAML alone."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import extract
from extract.authoring import load_rules
from extract.cli import app
from extract.rules import RuleError

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/new-phrasing.md").read_text(encoding="utf-8")
CHATTED, CHILDCARE = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
BULLETIN = """2023年，岚溪县建成未成年人保护站14个、未保站3个，建成乡镇社工站12个。
全县配备村（社区）儿童主任265名，持证社工186人。
"""


@pytest.fixture
def my(tmp_path: Path) -> Path:
    """A folder of rules that holds those of the new table."""
    folder = tmp_path / "my"
    folder.mkdir()
    (folder / "childcare.yaml").write_text(CHILDCARE, encoding="utf-8")
    return folder


@pytest.fixture
def jianbao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line, in a folder with one bulletin in `in`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(BULLETIN, encoding="utf-8")
    return lambda *args: CliRunner().invoke(app, [*map(str, args)])


def test_the_rule_of_the_guide_reads_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "chatted.yaml").write_text(CHATTED, encoding="utf-8")
    book = load_rules(tmp_path)
    made = extract.extract_text("社工拉家常12场、唠嗑5场", book=book).records
    assert [(r.rule, r.value) for r in made] == [
        ("services.activities.chatted", 12),
        ("services.activities.chatted", 5),
    ]


def test_a_new_table_makes_records_and_takes_none_of_the_others(my: Path) -> None:
    made = extract.extract_text(BULLETIN, book=load_rules(my)).records
    assert [(r.table, r.measure, r.value, r.unit, r.nature) for r in made] == [
        ("childcare", "stations", 14, "site", "stock"),
        ("childcare", "stations", 3, "site", "stock"),
        ("stations", "built", 12, "site", "flow"),
        ("childcare", "workers", 265, "person", "stock"),
        ("workers", "certified", 186, "person", "stock"),
    ]


def test_a_new_table_comes_out_in_every_format(jianbao: Any, my: Path, tmp_path: Path) -> None:
    assert jianbao("run", "in", "--out", "out", "--rules", my, "--formats", "csv,parquet,sqlite,xlsx").exit_code == 0
    rows = list(csv.DictReader((tmp_path / "out/childcare.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["measure"], row["value"]) for row in rows] == [
        ("stations", "14"),
        ("stations", "3"),
        ("workers", "265"),
    ]
    assert (tmp_path / "out/childcare.parquet").exists()
    told = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert told["rules"]["packs"] == {"childcare": "1.0"}
    assert told["counts"]["records"]["childcare.stations"] == 2


def test_a_new_table_is_in_a_run_of_a_notebook(my: Path) -> None:
    run = extract.run(texts=[BULLETIN], rules=my)
    assert run.childcare["value"].tolist() == [14, 3, 265]


def test_a_new_table_is_in_the_schema(jianbao: Any, my: Path) -> None:
    schema = json.loads(jianbao("rules", "schema", "--rules", my).stdout)
    assert schema["properties"]["table"]["enum"][-1] == "childcare"
    assert schema["allOf"][-1] == {
        "if": {"properties": {"table": {"const": "childcare"}}},
        "then": {"properties": {"measure": {"enum": ["stations", "workers"]}}},
    }
    assert set(schema["properties"]) == set(extract.Record.model_fields)
    assert "childcare" not in jianbao("rules", "schema").stdout


def test_a_new_table_is_in_the_docs(jianbao: Any, my: Path) -> None:
    page = jianbao("rules", "docs", "--rules", my).stdout
    assert "Pack `childcare`, version 1.0." in page
    section = page.partition("## `childcare`")[2]
    assert "| `stations` | stations for the protection of minors | stock | site |" in section
    assert "| `childcare.workers.counted` | `workers` | `{child_worker} {persons}\\|" in section
    for table, measures in load_rules().tables.items():
        assert f"## `{table}`" in page
        assert all(defaults.get("about") for defaults in measures.values())


def test_a_default_that_there_is_not_is_told(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(
        CHILDCARE.replace("nature: stock, unit: site", "nature: stok"), encoding="utf-8"
    )
    with pytest.raises(RuleError, match=r"tables\.childcare\.stations\.nature"):
        load_rules(tmp_path)


def test_the_code_of_the_guide_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/new-phrasing.md", "exec"), names)
    assert "services.activities" in names["found"][2].id
    assert names["book"].rules[-1].id != names["found"][2].id


def test_the_commands_of_the_guide_run(jianbao: Any, tmp_path: Path) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "draft.yaml").write_text(CHATTED, encoding="utf-8")
    lines = re.findall(r"^jianbao (.*)$", GUIDE, re.MULTILINE)
    assert len(lines) >= 6
    for line in lines:
        result = jianbao(*line.split())
        assert result.exit_code == 0, (line, result.output)
    assert "services.activities.taught-" in (tmp_path / "my/rules.yaml").read_text(encoding="utf-8")
