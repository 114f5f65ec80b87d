"""Links by which an officer comes to its account, once.

A4. A link is made by the record's host for any member, at the command line; or by an officer who speaks for its member
    (liaison, mediator, observer, protection; not a team's) for officers of that same member. Nobody invites for another.
A5. A link is a random secret of 256 bits, kept as its hash; it serves once, for three days, and a newer one ends it.
A7. It gives a way to sign in and nothing else: no key and no power. Who uses it shows in the trace, so that the officer whose
    link was stolen, and its colleagues, see it; the host, or a new link, then ends what the thief got.
A8. The host invites an officer again where no two colleagues can recover it: every earlier way to sign in, and every session
    and token, ends; the trace says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.model.charter import Charter
from tasdiq.web.accounts import codes, office, secrets, trace
from tasdiq.web.accounts.office import HOST, Account
from tasdiq.web.accounts.tables import ACCOUNT, INVITATION, PASSKEY
from tasdiq.web.office.database import Office
from tasdiq.web.viewer import Viewer

LASTS_S = 3 * 24 * 3600
INVITING = ("liaison", "mediator", "observer", "protection")


@dataclass(frozen=True)
class Link:
    """A link that still serves: whose account it opens, and the seed of the one-time codes it offers."""

    account: Account
    seed: str
    expires_at: int


def invite(
    kept: Office, charter: Charter, member: str, role: str, name: str, *, by: Viewer | None = None
) -> tuple[Account, str]:
    """Make an account and its link; return both. `by` is who invites, None for the host; RoleError if it may not (A4)."""
    if by is not None:
        require_inviting(by, member)
    office.require_role(charter, member, role)
    with kept.engine.begin() as connection:
        ident = office.add(connection, kept, member, role, name)
        account = _found(connection, ident)
        secret = _link(connection, kept, account, by.account if by else HOST)
        trace.note(connection, kept, account, "invited", by.account if by else HOST)
    return account, secret


def require_inviting(viewer: Viewer, member: str) -> None:
    """Raise `RoleError` unless the viewer speaks for this member (A4)."""
    if not viewer.session or viewer.member != member or viewer.role not in INVITING:
        raise RoleError("officers are invited by those who speak for the same member: see your account's page")


def invite_again(kept: Office, ident: str) -> tuple[Account, str]:
    """Take every way to sign in from an account and make a new link for it, for the host; return both (A8)."""
    with kept.engine.begin() as connection:
        account = _found(connection, ident)
        if account.disabled_at:
            raise InputError(f"{account.sign_in} is disabled: enable it first")
        take_away(connection, account.id)
        secret = _link(connection, kept, account, HOST)
        trace.note(connection, kept, account, "invited-again", HOST)
    return account, secret


def take_away(connection: Connection, account: str) -> None:
    """Take every way to sign in from an account, with its sessions, tokens, links and open recoveries."""
    office.end_what_lets_in(connection, account)
    connection.execute(delete(PASSKEY).where(PASSKEY.c.account == account))
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(password=None, totp=None))


def withdraw(kept: Office, ident: str, by: Viewer) -> None:
    """Withdraw the link of an officer of one's own member who has not joined yet."""
    with kept.engine.begin() as connection:
        account = _found(connection, ident)
        if account.member != by.member:
            raise MissingError("no such account")
        require_inviting(by, account.member)
        if connection.execute(delete(INVITATION).where(INVITATION.c.account == ident)).rowcount:
            trace.note(connection, kept, account, "withdrawn", by.account)


def look_up(connection: Connection, kept: Office, secret: str) -> Link | None:
    """Return the link of this secret if it still serves, None otherwise."""
    row = connection.execute(select(INVITATION).where(INVITATION.c.hash == secrets.hashed(secret))).first()
    account = office.find(connection, row.account) if row else None
    if row is None or account is None or account.disabled_at or row.expires_at <= kept.now():
        return None
    return Link(account, kept.secret.open(account.id, row.totp).decode(), row.expires_at)


def use(connection: Connection, secret: str) -> bool:
    """End a link because it is being used; tell whether it was there: of two who use it at once, one does."""
    done = connection.execute(delete(INVITATION).where(INVITATION.c.hash == secrets.hashed(secret)))
    return done.rowcount == 1


def waiting(connection: Connection, kept: Office, member: str) -> dict[str, int]:
    """Return until when a member's links serve, by account."""
    query = (
        select(INVITATION.c.account, INVITATION.c.expires_at)
        .join(ACCOUNT, ACCOUNT.c.id == INVITATION.c.account)
        .where(ACCOUNT.c.member == member, INVITATION.c.expires_at > kept.now())
    )
    return {row.account: row.expires_at for row in connection.execute(query)}


def _link(connection: Connection, kept: Office, account: Account, by: str) -> str:
    secret, now = secrets.new(), kept.now()
    connection.execute(
        delete(INVITATION).where((INVITATION.c.account == account.id) | (INVITATION.c.expires_at <= now))
    )
    connection.execute(
        insert(INVITATION).values(
            hash=secrets.hashed(secret),
            account=account.id,
            by=by,
            totp=kept.secret.seal(account.id, codes.new_seed().encode()),
            made_at=now,
            expires_at=now + LASTS_S,
        )
    )
    return secret


def _found(connection: Connection, ident: str) -> Account:
    account = office.find(connection, ident)
    if account is None:
        raise MissingError(f"no account {ident[:40]!r}; list them with: tasdiq account list RECORD")
    return account
