"""Every module that defines tables of the office: so that whoever opens an office first makes all of them.

Imported by the migrations alone: a module named here may itself need the office.
"""

from __future__ import annotations

from tasdiq.web.accounts import tables as accounts
from tasdiq.web.acting import tables as acting
from tasdiq.web.guard import idempotency
from tasdiq.web.guard import tables as guard
from tasdiq.web.notices import tables as notices
from tasdiq.web.office.metadata import METADATA
from tasdiq.web.search import tables as search
from tasdiq.web.uploads import tables as uploads

__all__ = ["METADATA", "MODULES"]

MODULES = (accounts, acting, guard, idempotency, notices, search, uploads)
