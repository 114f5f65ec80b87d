"""Group incident reports into incidents, count their independent origins, and say why.

The steps and where their rules stand: columns in canonical order (`reports.columns`), candidate pairs by space and time
(`pair`), comparison levels (`compare.levels`), weights learnt without labels (`compare.weights`), average linkage with
"a source reports an incident once" (`linkage`), origins with bounds (`origins`). Method: METHODS of the design,
"Incident grouping". Figures are never merged here: each report keeps its own.
"""

from __future__ import annotations

from .incidents import group
from .table import corroborate_table

__all__ = ["corroborate_table", "group"]
