"""The same grouping on Apache Spark, for reports that one machine does not hold: same stages, same functions, same result.

`pieces` says what runs in each task, on tables of Arrow; `engine` lays the stages out over a cluster.
"""
