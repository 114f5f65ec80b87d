"""The accounts of a record's officers: made, found, disabled.

Rules (docs/design/accounts.md):

A1. An account belongs to one officer of one member; its roles are those open to members of that role in the charter, as
    the charter stands: a party's officers are liaison or team, a mediator's mediator or team, an observer's observer, a
    protection body's protection.
A2. An officer is known by a name or number of the member's choosing, and signs in sealed content under a short form of it
    (letters, digits, dots, dashes), which is unique within the member.
A3. Accounts are disabled, never deleted: a disabled one signs in to nothing, and its sessions, tokens and links end.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from tasdiq.errors import InputError, MissingError
from tasdiq.model.charter import Charter
from tasdiq.web.accounts.passwords import hash_password
from tasdiq.web.accounts.secrets import new_id
from tasdiq.web.accounts.tables import ACCOUNT, INVITATION, RECOVERY, SESSION, TOKEN
from tasdiq.web.office.database import Office

ROLES: dict[str, tuple[str, ...]] = {
    "party": ("liaison", "team"),
    "mediator": ("mediator", "team"),
    "observer": ("observer",),
    "protection": ("protection",),
}
HOST = "host"
"""Who acts in the trace where it was the record's host, at its command line."""
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Account:
    """An officer's account; `officer` is the name it signs under, `sign_in` the one it signs in with."""

    id: str
    member: str
    role: str
    name: str
    officer: str
    sign_in: str
    created_at: int
    ready_at: int | None
    disabled_at: int | None
    has_password: bool

    @property
    def state(self) -> str:
        """Return disabled, invited (nobody signed in yet) or active."""
        return "disabled" if self.disabled_at else "active" if self.ready_at else "invited"


def roles_of(charter: Charter, member: str) -> tuple[str, ...]:
    """Return the roles open to officers of a member; none where the charter has no such member (A1)."""
    found = charter.member(member)
    return ROLES[found.role] if found else ()


def require_role(charter: Charter, member: str, role: str) -> None:
    """Raise `MissingError` where the charter has no such member, `InputError` where the role is not open to it (A1)."""
    found = charter.member(member)
    if found is None:
        known = ", ".join(each.id for each in charter.members)
        raise MissingError(f"no member {member[:40]!r} in the charter; its members are {known}")
    if role not in ROLES[found.role]:
        raise InputError(
            f"expected {' or '.join(ROLES[found.role])} as the role of an officer of the {found.role} {member}, "
            f"found {role[:40]!r}",
            field="role",
        )


def make_account(
    office: Office, member: str, role: str, name: str, password: str | None = None, *, totp: str | None = None
) -> str:
    """Make an account that may sign in at once; return its id.

    `totp` is the seed of its one-time codes in base32. Nothing here asks whether somebody may: see `invitations`.
    """
    with office.engine.begin() as connection:
        account = add(connection, office, member, role, name)
        made: dict[str, object] = {"ready_at": office.now()}
        if password is not None:
            made["password"] = hash_password(password)
        if totp is not None:
            made["totp"] = office.secret.seal(account, totp.encode())
        connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(**made))
    return account


def add(connection: Connection, office: Office, member: str, role: str, name: str) -> str:
    """Add an account that nobody can sign in to yet; return its id. InputError for a name that is taken or is none (A2)."""
    shown, officer = _named(name), short_name(name)
    ident = new_id()
    values = {
        "id": ident,
        "member": member,
        "role": role,
        "name": shown,
        "officer": officer,
        "sign_in": f"{member}/{officer}".lower(),
        "created_at": office.now(),
        "totp_used": 0,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(ACCOUNT).values(**values))
    except IntegrityError as error:
        raise InputError(
            f"{member} has an officer {officer} already; expected another name or number", field="name"
        ) from error
    return ident


def find(connection: Connection, ident: str) -> Account | None:
    """Return the account of this id, or None."""
    return _one(connection, ACCOUNT.c.id == ident)


def find_by_sign_in(connection: Connection, sign_in: str) -> Account | None:
    """Return the account that signs in under this name, or None; spaces around it and large letters do not matter."""
    return _one(connection, ACCOUNT.c.sign_in == sign_in.strip().lower())


def listed(connection: Connection, member: str = "") -> list[Account]:
    """Return all accounts, or a member's, in the order in which they were made."""
    query = select(ACCOUNT).order_by(ACCOUNT.c.created_at, ACCOUNT.c.sign_in)
    return [_account(row) for row in connection.execute(query.where(ACCOUNT.c.member == member) if member else query)]


def disable(connection: Connection, office: Office, account: str) -> None:
    """Disable an account; its sessions, tokens, links and open recoveries end (A3)."""
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(disabled_at=office.now()))
    end_what_lets_in(connection, account)


def enable(connection: Connection, account: str) -> None:
    """Let an account sign in again; what ended stays ended."""
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(disabled_at=None))


def end_what_lets_in(connection: Connection, account: str) -> None:
    """End every session, token, link and recovery of an account."""
    for table in (SESSION, TOKEN, INVITATION, RECOVERY):
        connection.execute(delete(table).where(table.c.account == account))


def short_name(name: str) -> str:
    """Return the name an officer signs under, as the record writes names; made up where nothing remains (A2)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = re.sub(r"[^A-Za-z0-9._]+", "-", plain).strip("-._")[:40]
    return found or f"officer-{secrets.token_hex(2)}"


def _named(name: str) -> str:
    shown = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 0 < len(shown) <= _LONGEST_NAME or not shown.isprintable():
        raise InputError(
            f"expected a name or number of 1 to {_LONGEST_NAME} printable characters, found {len(shown)}", field="name"
        )
    return shown


def _one(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(ACCOUNT).where(condition)).first()
    return _account(row) if row else None


def _account(row: Row[tuple[object, ...]]) -> Account:
    found = row._mapping
    same: Sequence[str] = (
        "id",
        "member",
        "role",
        "name",
        "officer",
        "sign_in",
        "created_at",
        "ready_at",
        "disabled_at",
    )
    return Account(**{name: found[name] for name in same}, has_password=found["password"] is not None)
