"""The limits under which a file is looked into, set by the process on itself before it reads the first byte.

1. Memory, processor time, the size of what it writes, and the number of open files are bounded (POSIX `setrlimit`).
2. No network: the process leaves the host's network for an empty one where the system lets it (Linux `unshare(2)`); what
   would use a network is told not to, besides (`provenance`).
3. No further programs and no core dumps.
"""

from __future__ import annotations

import ctypes
import resource

MEMORY, SECONDS, WRITTEN, FILES = 1536 * 2**20, 20, 256 * 2**20, 64
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def confine() -> None:
    """Set the limits on this process, for good."""
    _leave_network()
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def _leave_network() -> None:
    """Go where there is no network: as root directly, else in a user namespace of one's own; where neither is allowed, stay."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None and unshare(_NEW_NET) != 0:
        unshare(_NEW_USER | _NEW_NET)
