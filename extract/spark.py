"""A run on a Spark cluster: texts from Parquet or from text files, tables in Parquet, partition by partition.

Every executor needs this package (`pip install jianbao` there, or an archive of an environment); the cluster needs no
other service. A task that fails or is lost is run again by Spark, and its rows appear once.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.columnar import COLUMNS, TABLES_SCHEMA, ddl, extract_tables
from extract.tables import JSON_LINES, OutputError

if TYPE_CHECKING:
    import datetime

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from extract.rules import RuleBook

TABLES = tuple(JSON_LINES)
_EXCEPTION = re.compile(r"(?:\w+\.)*\w+(?:Error|Exception): ")
TASKS_A_CORE = 4  # tasks of a few sizes end together only when there are more of them than cores


def start_session(master: str | None = None) -> SparkSession:
    """The Spark session of this process, made where there is none; `master` None is what the environment says.

    The executors' Python is the one of PYSPARK_PYTHON, or the path of this one. Raises OutputError when pyspark or
    Java is not there.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise OutputError("spark: pyspark is not installed; run: pip install 'jianbao[spark]'") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("jianbao")
    try:
        return (builder.master(master) if master else builder).getOrCreate()
    except PySparkException as error:
        told = str(error).splitlines()[0]
        raise OutputError(f"spark: {told}; install Java 17 (openjdk-17-jre-headless) or set JAVA_HOME") from None


def read_texts(session: SparkSession, source: str) -> DataFrame:
    """The texts of a Parquet file or folder, which has the columns `file` and `text`; `published`, `place` if known.

    Raises OutputError when one of the two is missing.
    """
    texts = session.read.parquet(source)
    if missing := [name for name in COLUMNS[:2] if name not in texts.columns]:
        there = ", ".join(texts.columns)
        raise OutputError(f"{source}: there is no column '{missing[0]}' but {there}; rename the one that holds it")
    return texts.select([name for name in COLUMNS if name in texts.columns])


def read_files(session: SparkSession, folder: str) -> DataFrame:
    """The text files (`.txt`, `.md`) at any depth below a folder, as bytes, by their paths below it.

    A README is passed over, and so is, as everywhere in Spark, a file without a byte or whose name begins with `_`.
    """
    from pyspark.sql import functions as f

    files = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(folder)
    base = (str(Path(folder).resolve()) if Path(folder).exists() else folder).rstrip("/") + "/"
    below = f.expr(f"substring(path, locate({_literal(base)}, path) + {len(base)})")
    named = files.select(below.alias("file"), f.col("content").alias("text"))
    return named.where(r"lower(file) rlike '\\.(txt|md)$' and not lower(file) rlike '(^|/)readme\\.[^/.]*$'")


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def with_day(texts: DataFrame, published: datetime.date) -> DataFrame:
    """The texts with a day for those that have none."""
    from pyspark.sql import functions as f

    day = f.lit(published.isoformat())
    known = f.col("published").cast("string") if "published" in texts.columns else f.lit(None)
    return texts.withColumn("published", f.coalesce(known, day))


def write_tables(
    texts: DataFrame,
    output: str,
    *,
    book: RuleBook | None = None,
    tables: Sequence[str] = TABLES,
    overwrite: bool = False,
) -> dict[str, int]:
    """The rows written to each table, a folder of Parquet files `output/<table>` each.

    The texts are extracted once, whatever the number of tables: their rows are kept on the executors' disks until
    all are written. Raises OutputError for a table that there is not.
    """
    from pyspark import StorageLevel

    if unknown := [name for name in tables if name not in TABLES]:
        raise OutputError(f"'{unknown[0]}' is no table of a run; name some of {', '.join(TABLES)}")
    made = _spread(texts).mapInArrow(partial(_extract, book=book), ddl(TABLES_SCHEMA)).persist(StorageLevel.DISK_ONLY)
    try:
        for table in tables:
            rows = made.selectExpr(f"inline(`{table}`)")
            rows.write.mode("overwrite" if overwrite else "error").parquet(f"{output.rstrip('/')}/{table}")
    finally:
        made.unpersist()
    read = texts.sparkSession.read
    return {table: read.parquet(f"{output.rstrip('/')}/{table}").count() for table in tables}


def _extract(batches: Iterable[pa.RecordBatch], book: RuleBook | None) -> Iterator[pa.RecordBatch]:
    """What runs on an executor."""
    yield from extract_tables(batches, book=book)


def _spread(texts: DataFrame) -> DataFrame:
    """The texts over enough partitions to keep every core at work; a single file would keep one."""
    wanted = TASKS_A_CORE * texts.sparkSession.sparkContext.defaultParallelism
    return texts if texts.rdd.getNumPartitions() >= wanted else texts.repartition(wanted)


@contextmanager
def spark_faults() -> Iterator[None]:
    """A block in which what Spark cannot do (a path that is not there, a job that fails) is raised as OutputError."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
        python = [
            line for line in lines if _EXCEPTION.match(line)
        ]  # the fault of an executor's Python, behind its road
        raise OutputError(f"spark: {python[-1] if python else lines[0]}") from None
