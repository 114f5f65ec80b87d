"""Many documents: read in worker processes, with what was read kept on disk, so that ten thousand need little memory.

`workers` hands items to processes and has their answers in order; `worker` is such a process; `kept` is what was read.
"""

from .counting import Counting, Progress, count, silent
from .kept import Kept
from .workers import Lost, Workers

__all__ = ["Counting", "Kept", "Lost", "Progress", "Workers", "count", "silent"]
