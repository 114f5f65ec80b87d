"""The office's database: a SQLite file beside the record, or a schema of its own where the record lies in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine, MetaData, create_engine

from tasdiq.secretariat.founding import Home

METADATA = MetaData()
"""Every table of the office; the modules that use a table define it on this."""


class Office:
    """The office of one record: `engine` gives connections, `with office.engine.begin() as connection:`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, home: Home) -> Office:
        """Open the office of a record, and make it where there is none yet."""
        engine = create_engine(f"sqlite:///{home.path / 'office.sqlite'}")
        METADATA.create_all(engine)
        return cls(engine)

    def close(self) -> None:
        """Close its connections."""
        self.engine.dispose()
