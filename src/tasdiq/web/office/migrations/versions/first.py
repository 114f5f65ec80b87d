"""Version 1: every table that the office's modules define."""

from __future__ import annotations

from alembic import op

from tasdiq.web.office.tables import METADATA

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    """Make all tables."""
    METADATA.create_all(op.get_bind())
