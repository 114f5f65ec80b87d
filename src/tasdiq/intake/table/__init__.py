"""The door for event tables: a CSV file becomes incident reports, and every row that cannot be read is listed and kept.

Which column means what is a mapping (TOML): ACLED, UCDP GED and tasdiq's own columns ship with the package. Which reports
are of one incident is left to `corroboration.group`.
"""

from .mapping import Mapping, load_mapping
from .opened import LARGEST
from .read import Table, read_table

__all__ = ["LARGEST", "Mapping", "Table", "load_mapping", "read_table"]
