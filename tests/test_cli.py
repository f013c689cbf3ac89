"""The command line: what it prints, what it writes, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import extract
from extract import passages
from extract.cli import app

STATION = "截至2021年底，全市已建成乡镇（街道）社工站192个。\n"
RULE = """
- id: kitchens.built
  match: 建成社区食堂{count}
  record: {table: kitchens, measure: existing}
  examples:
    - text: 全市建成社区食堂12个
      gives: [{value: EXPECTED}]
"""


def jianbao(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="jianbao")


def said(text: str) -> str:
    """The words of a message, however it was wrapped and framed."""
    return " ".join(text.replace("│", " ").split())


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(f"某地社工站建设\n{STATION}", encoding="utf-8")
    return made


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    made = tmp_path / "rules"
    made.mkdir()
    text = "tables:\n  kitchens:\n    existing: {nature: stock, unit: site}\nrules:" + RULE.replace("EXPECTED", "12")
    (made / "kitchens.yaml").write_text(text, encoding="utf-8")
    return made


def test_a_run_writes_tables_and_tells_what_it_found(folder: Path, tmp_path: Path) -> None:
    result = jianbao("run", folder, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "stations.existing 1" in said(result.stdout)
    found = [(row["table"], row["measure"], row["value"]) for row in rows(tmp_path / "out" / "records.jsonl")]
    assert found == [("stations", "existing", 192)]
    assert {"run.json", "stations.csv", "rates.parquet", "numbers.csv"} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }


def test_two_runs_leave_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert jianbao("run", folder, "--out", tmp_path / name, "--formats", "csv,xlsx,sqlite").exit_code == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize("out", ["", "out", "2021"])
def test_a_run_into_the_folder_that_it_reads_passes_over_its_own_results(folder: Path, out: str) -> None:
    (folder / "2021").mkdir()
    (folder / "2021" / "b.txt").write_text(STATION, encoding="utf-8")
    told = []
    for _ in range(3):
        result = jianbao("run", folder, "--out", folder / out, "--formats", "csv,parquet,xlsx,sqlite")
        assert (result.exit_code, result.stderr) == (0, "")
        told.append({path.name: path.read_bytes() for path in (folder / out).iterdir() if path.is_file()})
    assert told[0] == told[1] == told[2]
    assert [row["file"] for row in rows(folder / out / "articles.jsonl")] == ["2021/b.txt", "a.txt"]


def test_bad_inputs_are_set_aside_each_with_its_sentence(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (folder / "odd.txt").write_bytes(b"\xff\xfd\x81\x20" * 50)
    result = jianbao("run", folder, "--out", tmp_path / "out")
    assert result.exit_code == 1
    rejected = rows(tmp_path / "out" / "rejected.jsonl")
    assert [row["file"] for row in rejected] == ["empty.txt", "image.txt", "odd.txt"]
    told = [f"jianbao: {row['file']}: {row['reason']}; {row['remedy']}" for row in rejected]
    assert result.stderr.splitlines() == told
    assert [row["file"] for row in rows(tmp_path / "out" / "articles.jsonl")] == ["a.txt"]


def test_a_run_that_could_read_nothing_gives_status_2(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    result = jianbao("run", tmp_path / "in", "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        ["jianbao: a.txt: the file is empty; fill it or take it away", "jianbao: no bulletin could be read"],
    )
    assert len(rows(tmp_path / "out" / "rejected.jsonl")) == 1


def test_many_set_aside_inputs_are_told_in_short(folder: Path, tmp_path: Path) -> None:
    for number in range(25):
        (folder / f"empty{number:02}.txt").write_bytes(b"")
    result = jianbao("run", folder, "--out", tmp_path / "out")
    lines = result.stderr.splitlines()
    assert (result.exit_code, len(lines)) == (1, 21)
    assert lines[-1] == f"jianbao: 5 more inputs were set aside; {tmp_path / 'out' / 'rejected.jsonl'} lists all"


def test_an_unforeseen_fault_costs_one_bulletin(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("extract.pipeline.extract_bulletin", fault)
    result = jianbao("run", folder, "--out", tmp_path / "out", "--formats", "")
    assert result.exit_code == 2  # it was the only one
    assert result.stderr == (
        "jianbao: a.txt: an unforeseen fault, IndexError: list index out of range; report it with the bulletin\n"
        "jianbao: no bulletin could be read\n"
    )


def test_nothing_is_written_when_nothing_can_be_done(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = jianbao("run", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"jianbao: {tmp_path / 'in'}: there is no bulletin; ")
    assert not (tmp_path / "out").exists()


def test_an_input_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = jianbao("run", tmp_path / "no", "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (
        2,
        f"jianbao: {tmp_path / 'no'}: there is no such file or folder; check the spelling\n",
    )


def test_an_output_path_that_is_a_file_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    result = jianbao("run", folder, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (
        2,
        f"jianbao: {tmp_path / 'out'}: is a file; name a folder for the results\n",
    )
    assert (tmp_path / "out").read_text() == "mine"


def test_a_full_disk_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "out/records.jsonl")

    monkeypatch.setattr("extract.batch.journal.Journal.add", full)
    result = jianbao("run", folder, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith("jianbao: out/records.jsonl: No space left on device; ")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_openpyxl_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = jianbao("run", folder, "--out", tmp_path / "out", "--formats", "xlsx")
    assert (result.exit_code, result.stderr) == (
        2,
        "jianbao: xlsx: openpyxl is not installed; run: pip install openpyxl\n",
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--published", "2023/11/20"], "'2023/11/20' is no day; write it as 2023-11-20"),
        (["--published", "2023-02-30"], "'2023-02-30' is no day; write it as 2023-11-20"),
        (["--formats", "csv,docx"], "'docx' is no format; name some of csv, parquet, xlsx, sqlite, jsonl"),
        (["--frobnicate"], "No such option: --frobnicate"),
    ],
)
def test_wrong_usage_is_told(folder: Path, args: list[str], message: str) -> None:
    result = jianbao("run", folder, *args)
    assert result.exit_code == 2
    assert message in said(result.stderr)


def test_the_day_of_publication_settles_this_year(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某地社工站建设\n今年，全市新建社工站12个。\n", encoding="utf-8")
    assert jianbao("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--published", "2022-11-20").exit_code == 0
    (row,) = rows(tmp_path / "out" / "records.jsonl")
    assert (row["period_start"], row["period_basis"]) == ("2022-01-01", "relative")


def test_files_that_are_no_bulletins_are_listed(folder: Path, tmp_path: Path) -> None:
    (folder / "scan.tif").write_bytes(b"%PDF")
    result = jianbao("run", folder, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr.startswith("jianbao: 1 file is no bulletin by suffix and passed over; ")
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["skipped"] == ["scan.tif"]


def test_rules_of_ones_own_add_a_table(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "a.txt").write_text("某地养老服务\n全市建成社区食堂30个。\n", encoding="utf-8")
    result = jianbao("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--rules", rules)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (tmp_path / "out" / "kitchens.csv").read_text(encoding="utf-8-sig").count("\n") == 2


def test_rules_are_checked_and_listed(rules: Path) -> None:
    shipped = jianbao("rules", "check")
    own = jianbao("rules", "check", "--rules", rules)
    assert [result.exit_code for result in (shipped, own)] == [0, 0]
    count = int(shipped.stdout.split()[0])
    assert own.stdout.startswith(f"{count + 1} rules, ")
    assert own.stdout.endswith(" rejects: all hold\n")
    listed = jianbao("rules", "list", "--rules", rules).stdout.split()
    at = listed.index("kitchens.built")
    assert listed[at + 1] == "kitchens.existing"
    assert "".join(listed[at + 2 :]).startswith("全市建成社区食堂12个")


def test_every_fault_of_the_rules_is_told_at_once(rules: Path) -> None:
    (rules / "broken.yaml").write_text("- id: [", "utf-8")
    (rules / "odd.yaml").write_bytes(b"\xff\xfe\x81")
    (rules / "vague.yaml").write_text(RULE.replace("table: kitchens", "table: kitchen"), "utf-8")
    for command in ("check", "list"):
        result = jianbao("rules", command, "--rules", rules)
        assert (result.exit_code, result.stdout) == (2, "")
        assert [name for name in ("broken.yaml", "odd.yaml", "vague.yaml") if name in result.stderr] == [
            "broken.yaml",
            "odd.yaml",
            "vague.yaml",
        ]
        assert all(line.startswith("jianbao: ") for line in result.stderr.splitlines())


def test_a_rule_that_fails_its_example_is_told(rules: Path) -> None:
    (rules / "kitchens.yaml").write_text((rules / "kitchens.yaml").read_text("utf-8").replace("value: 12", "value: 13"))
    result = jianbao("rules", "check", "--rules", rules)
    assert result.exit_code == 2
    assert "kitchens.yaml, id 'kitchens.built': " in result.stderr


def test_a_bulletin_is_shown_with_its_records(folder: Path) -> None:
    result = jianbao("show", folder / "a.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "截至2021年底，全市已建成乡镇（街道）社工站192个。" in result.stdout
    assert "stations.existing" in result.stdout
    assert "unexplained" in result.stdout


def test_show_never_lets_a_bulletin_command_the_terminal(folder: Path) -> None:
    (folder / "a.txt").write_text(f"某地\x1b[2J社工站建设[bold]\n{STATION}", encoding="utf-8")
    shown = jianbao("show", folder / "a.txt").stdout
    assert "\x1b" not in shown
    assert "[bold]" in shown


@pytest.mark.parametrize("name", ["", "no.txt", "empty.txt"])
def test_what_cannot_be_shown_is_told(folder: Path, name: str) -> None:
    (folder / "empty.txt").write_bytes(b"")
    result = jianbao("show", folder / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


@pytest.fixture
def scored(tmp_path: Path) -> tuple[Path, Path]:
    found = {"file": "a.txt", "start": 5, "end": 8, "table": "stations", "measure": "existing", "quote": "192个"}
    found |= {
        "value": 192,
        "bound": "exact",
        "unit": "site",
        "status": "actual",
        "sentence": "建成192个。",
        "rule": "s.b",
    }
    gold = found | {"number": "192个", "optional": False, "grade": "senior"}
    missed = gold | {"start": 20, "end": 23, "number": "7个"}
    (tmp_path / "records.jsonl").write_text(json.dumps(found) + "\n")
    (tmp_path / "gold.jsonl").write_text(f"{json.dumps(gold)}\n{json.dumps(missed)}\n")
    (tmp_path / "numbers.jsonl").write_text(json.dumps(missed | {"sentence": "又有7个。"}))
    return tmp_path / "records.jsonl", tmp_path / "gold.jsonl"


def test_a_score_is_told_by_table_and_fault(scored: tuple[Path, Path]) -> None:
    result = jianbao("score", *scored, "-v")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "stations   gold    2   core P 1.000 R 0.500 F1 0.667   full P 0.000 R 0.000 F1 0.000",
        "all        gold    2   core P 1.000 R 0.500 F1 0.667   full P 0.000 R 0.000 F1 0.000",
        "",
        "missed a.txt[20:23)  gold stations.existing '7个'",
        "    又有7个。",
        "wrong  a.txt[5:8)  gold stations.existing '192个'  found stations.existing '192个' by s.b",
        "    grade: senior ≠ None",
        "    建成192个。",
        "grade wrong 1 times",
    ]


def test_a_score_is_told_as_json(scored: tuple[Path, Path]) -> None:
    told = json.loads(jianbao("score", *scored, "--json").stdout)
    assert (told["gold"], told["made"], told["core"]["recall"]) == (2, 1, 0.5)
    assert "faults" not in told
    assert [fault["kind"] for fault in json.loads(jianbao("score", *scored, "--json", "-v").stdout)["faults"]] == [
        "missed",
        "wrong",
    ]


def test_a_floor_that_is_not_reached_gives_status_1(scored: tuple[Path, Path], tmp_path: Path) -> None:
    floor = tmp_path / "floor.json"
    floor.write_text('{"core_f1": 0.6, "precision": 1.0}')
    assert jianbao("score", *scored, "--floor", floor).exit_code == 0
    floor.write_text('{"core_f1": 0.7}')
    result = jianbao("score", *scored, "--floor", floor)
    assert (result.exit_code, result.stderr) == (1, "jianbao: core_f1 is 0.6667, below its floor of 0.7\n")


def test_gold_that_cannot_be_read_is_told(scored: tuple[Path, Path], tmp_path: Path) -> None:
    result = jianbao("score", scored[0], tmp_path / "no.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr == f"jianbao: {tmp_path / 'no.jsonl'}: No such file or directory; give a file that can be read\n"
    )


def test_the_module_is_the_command() -> None:
    told = subprocess.run([sys.executable, "-m", "extract", "--help"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("Usage: jianbao [OPTIONS] COMMAND [ARGS]...")
    assert {line.split()[0] for line in told.stdout.split("Commands:")[1].splitlines() if line.strip()} >= {
        "run",
        "show",
        "score",
        "rules",
    }


def test_the_version_is_told() -> None:
    result = jianbao("--version")
    way = "interpreted" if passages.__file__.endswith(".py") else "compiled"
    assert (result.exit_code, result.stdout) == (0, f"jianbao {extract.__version__} ({way})\n")


def test_output_that_a_terminal_cannot_spell_never_stops_a_command(folder: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "extract", "show", folder / "a.txt"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, b"")
