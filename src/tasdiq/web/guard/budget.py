"""How often something may be done: budgets that all workers of a server share through the office.

1. A budget is so many requests of a kind in so many seconds, for one account, or for one address where nobody signed in.
   Attempts to sign in have budgets per address and per name, whoever makes them.
2. A worker takes a part of what is left in the office and spends it by itself: no more is ever spent than the budget, and few
   requests ask the database.
3. No address and no name is kept: the office counts under a mark (HMAC with its own key). An IPv6 address counts as its /64.
4. What was spent a day ago is forgotten.
"""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection, Executable, case, delete
from sqlalchemy.dialects import postgresql, sqlite

from tasdiq.errors import TasdiqError
from tasdiq.web.guard.tables import RATE
from tasdiq.web.office.database import Office

Kind = Literal["sign-in", "name", "upload", "write", "read", "heavy", "anybody"]


@dataclass(frozen=True)
class Budget:
    """`most` requests in `seconds`; a worker takes `part` of them at once."""

    most: int
    seconds: int
    part: int = 1


BUDGETS: dict[Kind, Budget] = {
    "sign-in": Budget(30, 300),
    "name": Budget(10, 300),
    "upload": Budget(120, 600, 4),
    "write": Budget(600, 60, 20),
    "read": Budget(3000, 60, 100),
    "heavy": Budget(200, 300, 4),
    "anybody": Budget(1200, 60, 50),
}
_FORGOTTEN_S = 86_400
_MOST_KNOWN = 10_000


class TooOftenError(TasdiqError):
    """Somebody has spent a budget; `seconds` until there is another."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many requests: try again in {seconds} seconds")


@dataclass
class _Held:
    begun: int
    left: int


@dataclass
class Budgets:
    """What one worker holds of the budgets of an office; `factor` makes every budget so many times as large."""

    factor: int = 1
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _held: dict[tuple[Kind, str], _Held] = field(default_factory=dict)
    _swept: int = 0

    def spend_held(self, kind: Kind, who: str, now: int) -> bool:
        """Spend one of what this worker holds already; False if the office must be asked (`spend`)."""
        with self._lock:
            held = self._held.get((kind, who))
            if held is None or held.begun != _begin(now, BUDGETS[kind]) or held.left < 1:
                return False
            held.left -= 1
            return True

    def spend(self, office: Office, kind: Kind, who: str) -> None:
        """Spend one request of a kind for `who` (an account, a name or an address); TooOftenError if none is left."""
        now, budget = office.now(), BUDGETS[kind]
        if self.spend_held(kind, who, now):
            return
        begun = _begin(now, budget)
        taken = self._take(office, kind, who, begun, budget)
        if taken < 1:
            raise TooOftenError(begun + budget.seconds - now)
        with self._lock:
            if len(self._held) >= _MOST_KNOWN:
                self._held.clear()
            self._held[kind, who] = _Held(begun, taken - 1)

    def _take(self, office: Office, kind: Kind, who: str, begun: int, budget: Budget) -> int:
        """Take a part of a budget from the office; return how much there was, at most the part."""
        most, mark = budget.most * self.factor, f"{kind}:{office.secret.mark('rate', who)[:64]}"
        part = budget.part * self.factor if budget.part > 1 else 1
        with office.engine.begin() as connection:
            if self._swept != begun:
                self._swept = begun
                connection.execute(delete(RATE).where(RATE.c.begun < begun - _FORGOTTEN_S))
            spent = connection.execute(_adding(connection, mark, begun, part)).scalar_one()
        return min(part, most - (int(spent) - part))


def _begin(now: int, budget: Budget) -> int:
    return now - now % budget.seconds


def _adding(connection: Connection, mark: str, begun: int, part: int) -> Executable:
    """Add to what was spent in this stretch of time, or begin to count in it, in one statement; it returns the sum."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = dialect.insert(RATE).values(who=mark, begun=begun, spent=part)
    spent = case((RATE.c.begun == begun, RATE.c.spent + part), else_=part)
    adding: Executable = made.on_conflict_do_update(
        index_elements=["who"], set_={"begun": begun, "spent": spent}
    ).returning(RATE.c.spent)
    return adding


def place_of(address: str) -> str:
    """Return what an address counts as (rule 3)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if found.version == 6 and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
