"""A run on a real Spark cluster: a master and two executors, each a process of its own, on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import extract
from extract.arrow import arrow_schema, read_lines
from extract.cli import app
from extract.tables import JSON_LINES, OutputError

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install '.[spark]'")
if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
    pytest.skip("there is no Java: apt-get install openjdk-17-jre-headless", allow_module_level=True)

from extract.spark import read_files, read_texts, spark_faults, start_session, write_tables  # noqa: E402

CLUSTER = "local-cluster[2,1,1024]"  # two executors with a core and a gigabyte each
BULLETINS = sorted((Path(__file__).parents[1] / "corpus" / "dev").rglob("*.txt"))[:8]


@pytest.fixture
def session() -> Any:
    """The cluster, which goes on from test to test."""
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}  # no name is looked up
    made = start_session(CLUSTER)
    made.sparkContext.setLogLevel("OFF")
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bulletins in two encodings and below each other, one that is empty, and what is no bulletin."""
    made = tmp_path_factory.mktemp("bulletins here")
    (made / "more").mkdir()
    for number, path in enumerate(BULLETINS):
        encoding = "gb18030" if number % 2 else "utf-8"
        (made / ("more" if number % 3 else ".") / path.name).write_text(path.read_text("utf-8"), encoding=encoding)
    (made / "empty.txt").write_text("\n \n")
    (made / "README.md").write_text("这里有9个社工站。", encoding="utf-8")
    (made / "notes.log").write_text("这里有9个社工站。", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What `jianbao run` writes for the folder."""
    out = tmp_path_factory.mktemp("run")
    extract.run(folder, out=out)
    lines = {kind: (out / f"{kind}.jsonl").read_text("utf-8").splitlines() for kind in JSON_LINES}
    return {kind: in_order(read_lines(lines[kind], arrow_schema(model))) for kind, model in JSON_LINES.items()}


def in_order(rows: pa.Table | pa.RecordBatch) -> list[dict[str, Any]]:
    return sorted(rows.to_pylist(), key=repr)


def written(output: Path) -> dict[str, list[dict[str, Any]]]:
    return {path.name: in_order(pq.read_table(path)) for path in output.iterdir()}


def write_parquet(folder: Path, into: Path) -> None:
    """The folder's texts as bytes, in a Parquet file each."""
    into.mkdir()
    for number, path in enumerate(sorted(folder.rglob("*.txt"))):
        row = {"file": [path.relative_to(folder).as_posix()], "text": [path.read_bytes()]}
        pq.write_table(pa.table(row), into / f"{number}.parquet")


def kill_once(batches: Iterator[pa.RecordBatch], marker: str) -> Iterator[pa.RecordBatch]:
    """The batches as they are; the first task from the fourth on kills the executor that it runs on."""
    from pyspark import TaskContext

    context = TaskContext.get()
    for batch in batches:
        if context is not None and context.partitionId() >= 4 and not os.path.exists(marker):
            executor = parent_of(os.getppid())  # worker, daemon, executor
            Path(marker).write_text(f"{executor} {Path(f'/proc/{executor}/cmdline').read_text()}")
            os.kill(executor, signal.SIGKILL)
        yield batch


def parent_of(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("PPid:")).split()[1])


def test_an_executor_that_is_killed_changes_nothing(
    session: Any, folder: Path, expected: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    pyspark.cloudpickle.register_pickle_by_value(sys.modules[__name__])  # executors do not have the tests
    write_parquet(folder, tmp_path / "in")
    session.conf.set("spark.sql.files.maxPartitionBytes", "4MB")  # what opening a file counts for: a partition each
    texts = read_texts(session, str(tmp_path / "in"))
    killing = texts.mapInArrow(partial(kill_once, marker=str(tmp_path / "killed")), texts.schema)
    counts = write_tables(killing, str(tmp_path / "out"), tables=["records", "rejected"])
    process, command = (tmp_path / "killed").read_text().split(" ", 1)
    assert "CoarseGrainedExecutorBackend" in command
    assert not Path(f"/proc/{process}").exists()
    assert written(tmp_path / "out") == {name: expected[name] for name in ("records", "rejected")}
    assert counts == {name: len(expected[name]) for name in ("records", "rejected")}


def test_the_schema_in_words_is_the_schema(session: Any) -> None:
    texts = session.createDataFrame(
        [("a.txt", "截至2023年底，全县已建成社工站21个。"), ("b.txt", "")], "file string, text string"
    )
    made = texts.mapInArrow(extract.extract_batches, extract.SPARK_SCHEMA)
    assert [(row.file, row.value, row.error) for row in made.collect()] == [
        ("a.txt", 21.0, None),
        ("b.txt", None, "the text is empty; fill it or take its row away"),
    ]


def test_what_cannot_be_read_or_written_is_told_in_a_sentence(session: Any, tmp_path: Path) -> None:
    pq.write_table(pa.table({"file": ["a"], "body": ["b"]}), tmp_path / "in.parquet")
    with pytest.raises(OutputError, match="there is no column 'text' but file, body; rename the one that holds it"):
        read_texts(session, str(tmp_path / "in.parquet"))
    with pytest.raises(OutputError, match="'cheques' is no table of a run; name some of records, numbers"):
        write_tables(read_files(session, str(tmp_path)), str(tmp_path / "out"), tables=["cheques"])
    with pytest.raises(OutputError, match=r"^spark: .*nowhere"), spark_faults():
        read_texts(session, str(tmp_path / "nowhere"))


def test_the_command_gives_the_tables_of_a_run(
    session: Any, folder: Path, expected: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    told = CliRunner().invoke(app, ["spark", "--texts", str(folder), str(tmp_path / "out")])
    assert told.exit_code == 1, told.output
    assert f"1 text was set aside; {tmp_path}/out/rejected lists why" in told.output
    found = written(tmp_path / "out")
    rejected = {"file": "empty.txt", "reason": "the file is empty", "remedy": "fill it or take it away"}
    assert found.pop("rejected") == [rejected]
    assert found == {name: rows for name, rows in expected.items() if name != "rejected"}
