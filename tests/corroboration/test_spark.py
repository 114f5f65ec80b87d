"""The Spark engine gives the groups of one machine: a real local session, where Java and the extra `spark` are there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corroboration.test_group import world
from tasdiq.corroboration.group import corroborate_table

pytest.importorskip("pyspark", reason="needs the extra 'spark'")
pytest.importorskip("pandas", reason="needs the extra 'spark'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("needs a Java runtime, 17 or later", allow_module_level=True)


def test_spark_groups_as_one_machine_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same incidents, origins, bounds and scores, row for row, from reports cut into stretches that one task each compares."""
    from tasdiq.corroboration.spark import engine

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setattr(engine, "SCORED_AT_ONCE", 100)
    table = pa.Table.from_pylist(world(21, 120))
    pq.write_table(table, tmp_path / "reports.parquet")
    spark = engine.session("local[2]")
    spark.conf.set("spark.sql.shuffle.partitions", "2")
    try:
        found = engine.corroborate_on_spark(spark, spark.read.parquet(str(tmp_path / "reports.parquet"))).toArrow()
    finally:
        spark.stop()
    here, _ = corroborate_table(table)
    columns = ["incident_id", "origin_id", "origins_min", "origins_max"]
    assert (
        found.sort_by("report_id").select(columns).to_pylist() == here.sort_by("report_id").select(columns).to_pylist()
    )
