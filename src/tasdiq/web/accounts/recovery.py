"""Recovery: two colleagues let an officer choose a new way to sign in.

A30. Anybody may ask, by a sign-in name, and is answered the same whether somebody has it: a page to come back to, and a
     comparing code to be read out to two colleagues in person or by telephone.
A31. Two different officers of the same member approve, each signed in, neither of them the one who asks, and both with
     accounts from before the request; each types the comparing code it was told. Nobody of another member sees the request.
A32. It restores sign-in only. The earlier passkeys, password, sessions and tokens end; member, role and name stay. Keys are
     untouched: what the record certified or revoked is the record's, and a lost key is revoked by the member, not here.
A33. Every request, approval, refusal and its use is seen by all officers of the member; any of them, the one it concerns
     included, may refuse, which ends it.
A34. A request lasts two days. A disabled account is not recovered; an account has three open requests at most.
A35. Where a member has fewer than three officers, the host invites again (A8).
"""

from __future__ import annotations

import hmac
import secrets as random
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.web.accounts import codes, office, secrets, trace
from tasdiq.web.accounts.office import Account
from tasdiq.web.accounts.tables import APPROVAL, RECOVERY
from tasdiq.web.office.database import Office
from tasdiq.web.viewer import Viewer

LASTS_S = 2 * 24 * 3600
NEEDED = 2
_MOST_OPEN = 3
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_NOBODY = ""


@dataclass(frozen=True)
class Request:
    """A request as its page and the colleagues see it; `account` is None where nobody has the name that was given."""

    id: str
    account: Account | None
    code: str
    seed: str
    asked_at: int
    expires_at: int
    approved_by: tuple[str, ...]

    @property
    def approved(self) -> bool:
        """Tell whether two colleagues approved."""
        return self.account is not None and len(self.approved_by) >= NEEDED


def ask(kept: Office, sign_in: str) -> tuple[str, str]:
    """Begin a request; return its secret, for the page to come back to, and its comparing code (A30)."""
    secret, code, now, seed = secrets.new(), _new_code(), kept.now(), codes.new_seed()
    with kept.engine.begin() as connection:
        connection.execute(delete(RECOVERY).where(RECOVERY.c.expires_at <= now))
        connection.execute(delete(APPROVAL).where(APPROVAL.c.at <= now - LASTS_S))
        account = office.find_by_sign_in(connection, sign_in)
        known = (
            account if account and account.state == "active" and _open(connection, account.id) < _MOST_OPEN else None
        )
        ident = secrets.new_id()
        owner = known.id if known else _NOBODY
        values = {"id": ident, "hash": secrets.hashed(secret), "account": owner, "code": code}
        totp = kept.secret.seal(ident, seed.encode())
        times = {"asked_at": now, "expires_at": now + LASTS_S}
        connection.execute(insert(RECOVERY).values(**values, **times, totp=totp))
        if known:
            trace.note(connection, kept, known, "recovery-asked")
    return secret, code


def look_up(connection: Connection, kept: Office, secret: str) -> Request | None:
    """Return the open request of this secret, None where there is none."""
    condition = RECOVERY.c.hash == secrets.hashed(secret)
    row = connection.execute(select(RECOVERY).where(condition, RECOVERY.c.expires_at > kept.now())).first()
    found = _request(connection, kept, row) if row else None
    return found if found and not (found.account and found.account.disabled_at) else None


def of_member(connection: Connection, kept: Office, member: str) -> list[Request]:
    """Return the open requests of a member's officers, the oldest first."""
    rows = connection.execute(
        select(RECOVERY)
        .where(RECOVERY.c.expires_at > kept.now(), RECOVERY.c.account != _NOBODY)
        .order_by(RECOVERY.c.asked_at)
    ).all()
    found = [_request(connection, kept, row) for row in rows]
    return [one for one in found if one.account and one.account.member == member]


def approve(kept: Office, ident: str, code: str, by: Viewer) -> None:
    """Approve a request; RoleError or InputError where A31 forbids it, MissingError for another member's."""
    with kept.engine.begin() as connection:
        found, account = _for_colleague(connection, kept, ident, by)
        colleague = office.find(connection, by.account)
        if account.id == by.account:
            raise RoleError("your own request is approved by two colleagues, not by you (A31)")
        if colleague is None or not colleague.ready_at or colleague.ready_at >= found.asked_at:
            raise RoleError("who joined after the request was made cannot approve it (A31)")
        if not hmac.compare_digest(_plain(code).encode(), _plain(found.code).encode()):
            raise InputError("expected the code that the officer read out to you; ask for it again", field="code")
        try:
            with connection.begin_nested():
                connection.execute(insert(APPROVAL).values(recovery=ident, account=by.account, at=kept.now()))
        except IntegrityError as error:
            raise InputError("you approved this already: another colleague must", field="code") from error
        trace.note(connection, kept, account, "recovery-approved", by.account)


def refuse(kept: Office, ident: str, by: Viewer) -> None:
    """End a request; any officer of the member may (A33)."""
    with kept.engine.begin() as connection:
        _, account = _for_colleague(connection, kept, ident, by)
        connection.execute(delete(RECOVERY).where(RECOVERY.c.id == ident))
        trace.note(connection, kept, account, "recovery-refused", by.account)


def use(connection: Connection, secret: str) -> bool:
    """End a request because it is being used; tell whether it was there."""
    done = connection.execute(delete(RECOVERY).where(RECOVERY.c.hash == secrets.hashed(secret)))
    return done.rowcount == 1


def _for_colleague(connection: Connection, kept: Office, ident: str, by: Viewer) -> tuple[Request, Account]:
    if not by.session:
        raise RoleError("recovery is decided by an officer who signed in (A31)")
    row = connection.execute(select(RECOVERY).where(RECOVERY.c.id == ident, RECOVERY.c.expires_at > kept.now())).first()
    found = _request(connection, kept, row) if row else None
    if found is None or found.account is None or found.account.member != by.member:
        raise MissingError("no such request")
    return found, found.account


def _request(connection: Connection, kept: Office, row: Row[tuple[object, ...]]) -> Request:
    found = row._mapping
    query = select(APPROVAL.c.account).where(APPROVAL.c.recovery == found["id"]).order_by(APPROVAL.c.at)
    approved = tuple(connection.execute(query).scalars())
    account = office.find(connection, found["account"]) if found["account"] else None
    seed = kept.secret.open(found["id"], found["totp"]).decode()
    return Request(found["id"], account, found["code"], seed, found["asked_at"], found["expires_at"], approved)


def _open(connection: Connection, account: str) -> int:
    return int(connection.execute(select(func.count()).where(RECOVERY.c.account == account)).scalar_one())


def _new_code() -> str:
    made = "".join(random.choice(_LETTERS) for _ in range(8))
    return f"{made[:4]}-{made[4:]}"


def _plain(code: str) -> str:
    return "".join(code.upper().replace("-", "").split())
