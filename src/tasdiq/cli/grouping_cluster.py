"""`tasdiq corroborate REPORTS --engine spark`: group reports on a cluster; needs the extra `spark` and a Java runtime."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from tasdiq.cli.root import load
from tasdiq.errors import SettingsError

ENGINE = "tasdiq.corroboration.spark.engine"


def over_cluster(source: str, out: str, master: str | None, say: Callable[[str], None]) -> str:
    """Group the reports at an address that Spark knows and write the groups to another, as Parquet; return what to tell."""
    if find_spec("pyspark") is None or find_spec("pandas") is None:
        raise SettingsError(
            "the Spark engine comes with the extra 'spark': pip install 'tasdiq[spark]', and Java 17 or later"
        )
    say(f"opening a session on {master or 'local[*]'}")
    spark = load(f"{ENGINE}:session")(master or "local[*]")
    try:
        say(f"grouping {source}")
        groups = load(f"{ENGINE}:corroborate_on_spark")(spark, spark.read.parquet(source))
        groups.write.mode("errorifexists").parquet(out)
        count = spark.read.parquet(out).count()
    finally:
        spark.stop()
    return f"{out}: {count} reports grouped"
