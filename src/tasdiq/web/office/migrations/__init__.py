"""The steps by which the office's tables came to be: alembic revisions, run by `office.upgrade`."""
