"""How often somebody may try to get in: counted by address and by name, never held against an account.

A12. Within a quarter of an hour 10 attempts under one name and 30 from one address are looked at (an IPv6 network of 64 bits
     is one address); further ones are refused unread, whether anybody has that name or not. A passkey is tried under no name,
     so that nobody can shut an officer out by trying passwords under its name.
A13. An attempt is counted before it is looked at: many at once count like many in a row. What is kept is a mark that does
     not tell name or address, for a quarter of an hour.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy import delete, func, insert, select

from tasdiq.web.accounts.tables import ATTEMPT
from tasdiq.web.office.database import Office

WINDOW_S = 900
BY_NAME, BY_ADDRESS = 10, 30


@dataclass(frozen=True)
class Attempt:
    """Who tries: marks of the address and, where one was given, of the name."""

    address: str
    name: str = ""


def of(office: Office, request: Request, name: str = "") -> Attempt:
    """Return who tries to do something by this request."""
    host = request.client.host if request.client else ""
    tried = name.strip().lower()
    return Attempt(
        office.secret.mark("address", _network(host)), office.secret.mark("name", tried[:200]) if tried else ""
    )


def too_many(office: Office, attempt: Attempt) -> bool:
    """Count an attempt; tell whether it is one too many (A12)."""
    now = office.now()
    with office.engine.begin() as connection:
        connection.execute(delete(ATTEMPT).where(ATTEMPT.c.at <= now - WINDOW_S))
        for mark, most in ((attempt.address, BY_ADDRESS), (attempt.name, BY_NAME)):
            if not mark:
                continue
            connection.execute(insert(ATTEMPT).values(mark=mark, at=now))
            count = select(func.count()).select_from(ATTEMPT).where(ATTEMPT.c.mark == mark)
            if connection.execute(count).scalar_one() > most:
                return True
    return False


def forget(office: Office, attempt: Attempt) -> None:
    """Forget the attempts of somebody who got in."""
    with office.engine.begin() as connection:
        connection.execute(delete(ATTEMPT).where(ATTEMPT.c.mark.in_([attempt.address, attempt.name])))


def _network(host: str) -> str:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(found, ipaddress.IPv6Address) and not found.ipv4_mapped:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
