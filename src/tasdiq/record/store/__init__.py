"""The store: a record on disk, in SQLite or PostgreSQL, through the same code.

`tables` says what is kept; `statements` how it is asked for; `reading` and `writing` do it; `sqlite` and `postgres` hold
what differs; `migrations` are the steps by which the tables came to be; `secrecy.stored` is encryption at rest.
"""

from tasdiq.record.holding import Held
from tasdiq.record.store.store import Store, give_up
from tasdiq.record.store.writing import Writing

__all__ = ["Held", "Store", "Writing", "give_up"]
