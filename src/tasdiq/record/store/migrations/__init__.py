"""The steps by which the tables of a record came to be as they are; alembic runs them."""
