"""Values that the server makes, hands out, and takes back once: what a passkey or a device's key signs to prove itself."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert

from tasdiq.web.accounts import secrets
from tasdiq.web.accounts.tables import CHALLENGE
from tasdiq.web.office.database import Office

LASTS_S = 600


def issue(connection: Connection, office: Office, purpose: str, account: str, value: bytes) -> str:
    """Keep a value for ten minutes; return the id under which it is taken back. What is older is forgotten."""
    now, ident = office.now(), secrets.new()
    connection.execute(delete(CHALLENGE).where(CHALLENGE.c.expires_at <= now))
    connection.execute(
        insert(CHALLENGE).values(
            id=secrets.hashed(ident), purpose=purpose, account=account, value=value, expires_at=now + LASTS_S
        )
    )
    return ident


def take(connection: Connection, office: Office, purpose: str, account: str, ident: str) -> bytes | None:
    """Return the value and forget it; None where there is none for this purpose and account, or it is too old."""
    found = connection.execute(
        delete(CHALLENGE)
        .where(
            CHALLENGE.c.id == secrets.hashed(ident),
            CHALLENGE.c.purpose == purpose,
            CHALLENGE.c.account == account,
            CHALLENGE.c.expires_at > office.now(),
        )
        .returning(CHALLENGE.c.value)
    ).first()
    return bytes(found.value) if found else None
