"""Lay the stages of grouping out over a Spark cluster (Spark 4, extra `spark`).

Rules:

1. Every stage runs the functions of `corroboration.group` on pieces: stretches of time for comparing, whole islands for linkage,
   batches of groups, with those next to them, for origins. So the result is that of one machine, but for the last bits of sums.
2. Weights are learnt on the driver from the same stretches as on one machine; they are a few thousand numbers.
3. Islands are found on the driver from pairs above the threshold, 16 bytes each: some ten million reports for each GB of it.

Reports are read and groups written by Spark, at any address its connectors know (`hdfs://`, `s3a://`, `gs://`, `abfss://`,
a folder).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as f

from ..compare.codes import Comparer
from ..group.learning import LEARNT_AT_ONCE, Learnt, learn_weights, visiting
from ..group.stretches import Stretch
from ..pair import time_reach
from ..reports.columns import TIME_HALF_UNKNOWN
from .pieces import COUNTED, EDGE, LABEL, columns_of, count_piece, islands_of, link_piece, score_piece

SCORED_AT_ONCE = 65_536
PIECES_A_LINK, GROUPS_A_BATCH = 64, 50_000
LEARNT_FROM_AT_MOST = 10


def session(master: str, name: str = "tasdiq corroborate") -> SparkSession:
    """Open a session on a master: `local[2]`, `spark://host:7077`, `yarn`, `k8s://…`; further settings come from spark-defaults."""
    builder = SparkSession.builder.master(master).appName(name)
    settings = {
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "200000",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.heartbeatInterval": "60s",
        "spark.network.timeout": "600s",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def corroborate_on_spark(spark: SparkSession, reports: DataFrame) -> DataFrame:
    """Return the groups of a frame of reports (columns of DESIGN, section 5), with the columns of DESIGN's groups."""
    world = _world(reports).cache()
    learnt, reach = _learn(world), _longest_reach(world)
    weights, threshold = spark.sparkContext.broadcast(learnt.weights), learnt.threshold
    edges = (
        _stretches(world, reach)
        .groupBy("stretch")
        .applyInArrow(lambda table: score_piece(table, weights.value), _ddl(EDGE))
        .cache()
    )
    labels = _labels(spark, edges, threshold)
    grouped = world.join(labels, "row", "left").withColumn("label", f.coalesce("label", "row")).cache()
    counted = _counted(grouped, edges)
    ids = world.select(f.col("row").alias("at"), f.col("report_id").alias("name"))
    for column, name in (("row", "report_id"), ("label", "incident_id"), ("origin", "origin_id")):
        counted = counted.join(ids.select(f.col("at").alias(column), f.col("name").alias(name)), column)
    return counted.select("report_id", "incident_id", "origin_id", "origins_min", "origins_max", "score")


def _world(reports: DataFrame) -> DataFrame:
    """Keep the last version of each report and number reports in canonical order, and by time (`turn`)."""
    latest = Window.partitionBy("report_id").orderBy(f.col("reported_at").desc_nulls_first())
    kept = reports.withColumn("version", f.row_number().over(latest)).where("version = 1").drop("version")
    kept = kept.withColumn("source_key", f.xxhash64("source_id"))
    kept = _numbered(kept, "row", f.col("reported_at").asc_nulls_last(), f.col("report_id").asc())
    return _numbered(kept, "turn", f.col("time").asc_nulls_last(), f.col("row").asc())


def _numbered(frame: DataFrame, name: str, *order: object) -> DataFrame:
    """Number rows from 0 in an order, without bringing them to one place."""
    ordered = (
        frame.orderBy(*order)
        .withColumn("part", f.spark_partition_id())
        .withColumn("mark", f.monotonically_increasing_id())
    )
    ordered = ordered.localCheckpoint()
    sizes = {row["part"]: row["count"] for row in ordered.groupBy("part").count().collect()}
    before = dict(
        zip(sorted(sizes), np.cumsum([0, *(sizes[part] for part in sorted(sizes))])[:-1].tolist(), strict=True)
    )
    start = f.create_map(*(f.lit(value) for pair in before.items() for value in pair)) if before else f.create_map()
    place = f.col("mark").bitwiseAND(f.lit((1 << 33) - 1))
    return ordered.withColumn(name, (place + start[f.col("part")]).cast("long")).drop("part", "mark")


def _longest_reach(world: DataFrame) -> float:
    half = world.agg(f.max(f.coalesce("time_precision_h", f.lit(TIME_HALF_UNKNOWN)))).collect()[0][0]
    return 3600.0 * float(time_reach(float(half or TIME_HALF_UNKNOWN), float(half or TIME_HALF_UNKNOWN))) + 1.0


def _learn(world: DataFrame) -> Learnt:
    """Learn weights on the driver (rule 2)."""
    count, reach = world.where("time is not null").count(), _longest_reach(world)
    numbers = visiting(-(-count // LEARNT_AT_ONCE))[:LEARNT_FROM_AT_MOST]
    own = f.floor(f.col("turn") / LEARNT_AT_ONCE)
    ends = {row["own"]: row["end"] for row in world.where(own.isin(numbers)).groupBy(own.alias("own")).agg(
        f.max(f.unix_seconds("time")).alias("end")).collect()}  # fmt: skip
    wanted = f.lit(False)
    for number in numbers:
        later = (f.col("turn") >= number * LEARNT_AT_ONCE) & (
            f.unix_seconds("time") <= f.lit(int(ends[number] + reach))
        )
        wanted = wanted | later
    table, columns = columns_of(world.where(wanted).toArrow())
    turn = table["turn"].to_numpy()
    with ThreadPoolExecutor(1) as pool:
        return learn_weights(Comparer(columns), _sampled(columns.seconds, columns.located, turn, numbers, reach), pool)


def _sampled(
    seconds: np.ndarray, located: np.ndarray, turn: np.ndarray, numbers: list[int], reach: float
) -> Iterator[Stretch]:
    """Yield the stretches of these numbers, each with what begins within reach of its end."""
    rows = np.flatnonzero(located)
    rows = rows[np.argsort(turn[rows])]
    for number in numbers:
        first, last = np.searchsorted(turn[rows], [number * LEARNT_AT_ONCE, (number + 1) * LEARNT_AT_ONCE])
        if first < last:
            to = np.searchsorted(seconds[rows], seconds[rows[last - 1]] + reach, side="right")
            yield Stretch(rows[first:to], int(last - first))


def _stretches(world: DataFrame, reach: float) -> DataFrame:
    """Give each report to the stretch that owns it, and to the earlier ones within reach (`own` says which)."""
    located = world.where("time is not null").withColumn("second", f.unix_micros("time") / 1e6)
    pieces = max(located.count() // SCORED_AT_ONCE, 1)
    cuts = located.approxQuantile("second", [part / pieces for part in range(1, pieces)], 0.001) if pieces > 1 else []
    edges = (
        f.array(*(f.lit(float(np.floor(one))) for one in sorted(set(cuts))))
        if cuts
        else f.array().cast("array<double>")
    )

    def stretch(second: object) -> object:
        return f.size(f.filter(edges, lambda one: one <= second))

    own = located.withColumn("home", stretch(f.col("second")))
    return (
        own.withColumn("stretch", f.explode(f.sequence(stretch(f.col("second") - reach), f.col("home"))))
        .withColumn("own", f.col("home") == f.col("stretch"))
        .drop("second", "home")
    )


def _labels(spark: SparkSession, edges: DataFrame, threshold: float) -> DataFrame:
    """Find islands on the driver (rule 3), and link each one in a task."""
    above = edges.where(f.col("score") > threshold).select("a", "b").toArrow()
    rows, island = islands_of(above["a"].to_numpy(), above["b"].to_numpy())
    homes = spark.createDataFrame(pa.table({"row": rows, "island": island}))
    inside = edges.join(homes.select(f.col("row").alias("a"), f.col("island").alias("of_a")), "a").join(
        homes.select(f.col("row").alias("b"), f.col("island").alias("of_b")), "b"
    )
    return (
        inside.where("of_a = of_b")
        .withColumn("piece", f.pmod(f.xxhash64("of_a"), f.lit(PIECES_A_LINK)))
        .select("piece", *EDGE.names)
        .groupBy("piece")
        .applyInArrow(
            lambda table: link_piece(table.sort_by([("a", "ascending"), ("b", "ascending")]), threshold), _ddl(LABEL)
        )
    )


def _counted(grouped: DataFrame, edges: DataFrame) -> DataFrame:
    """Count origins batch by batch: its groups, and those next to them, with every pair among both."""
    batch = f.floor(f.col("label") / GROUPS_A_BATCH)
    label = grouped.select("row", "label")
    joined = edges.join(label.select(f.col("row").alias("a"), f.col("label").alias("of_a")), "a").join(
        label.select(f.col("row").alias("b"), f.col("label").alias("of_b")), "b"
    ).cache()  # fmt: skip
    next_to = joined.where("of_a <> of_b")
    home = f.floor(f.col("one") / GROUPS_A_BATCH)
    pairs = next_to.select(f.col("of_a").alias("one"), f.col("of_b").alias("label")).union(
        next_to.select(f.col("of_b").alias("one"), f.col("of_a").alias("label"))
    )
    there = pairs.select("label", home.alias("batch")).union(label.select("label", batch.alias("batch"))).distinct()
    shared = (
        grouped.where("lat is not null")
        .groupBy("lat", "lon")
        .agg(f.min("label").alias("low"), f.max("label").alias("high"))
    )
    many = _given(grouped) | (f.col("low") < f.col("high"))
    marked = grouped.join(shared, ["lat", "lon"], "left").withColumn("gazetteer_point", many)
    reports = marked.drop("low", "high").join(there, "label").withColumn("own", f.col("batch") == batch)
    first = there.select(f.col("label").alias("of_a"), "batch")
    second = there.select(f.col("label").alias("of_b"), f.col("batch").alias("batch"))
    near = joined.join(first, "of_a").join(second, ["of_b", "batch"]).select(f.col("batch").alias("piece"), *EDGE.names)
    return reports.groupBy("batch").cogroup(near.groupBy("piece")).applyInArrow(count_piece, _ddl(COUNTED))


def _given(frame: DataFrame) -> object:
    """Say where a gazetteer supplied the point, if the reports have such a column."""
    return f.coalesce(f.col("gazetteer_point"), f.lit(False)) if "gazetteer_point" in frame.columns else f.lit(False)


def _ddl(schema: pa.Schema) -> str:
    """Return a schema as Spark writes it."""
    names = {pa.int64(): "long", pa.int32(): "int", pa.int16(): "short", pa.float32(): "float", pa.float64(): "double"}
    return ", ".join(f"`{field.name}` {names[field.type]}" for field in schema)
