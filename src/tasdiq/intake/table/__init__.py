"""The door for event tables (CSV, GeoJSON, exports of forms): rows become incident reports, what cannot be read is listed.

Which column means what is a mapping (TOML): ACLED, UCDP GED, GTD and tasdiq's own columns ship with the package. Which reports
are of one incident is left to `corroboration.group`.
"""

from .changes import Changes, compare
from .mapping import Mapping, load_mapping
from .opened import LARGEST
from .read import Table, read_table

__all__ = ["LARGEST", "Changes", "Mapping", "Table", "compare", "load_mapping", "read_table"]
