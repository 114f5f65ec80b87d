"""What happened to a member's accounts, for all its officers to see.

A6. Whoever is invited, let in, recovered, disabled or enabled leaves a line that every officer of the member sees, with who
    did it; the host's acts stand there like anyone's. Lines are added, never changed. (They are no evidence: the office lies
    in the host's hands, as docs/design/accounts.md says.)
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from tasdiq.web.accounts.office import HOST, Account
from tasdiq.web.accounts.tables import ACCOUNT, TRACE
from tasdiq.web.office.database import Office

WORDS = {
    "invited": "was invited",
    "invited-again": "was invited again; every earlier way to sign in was taken away",
    "joined": "used the link and chose how to sign in",
    "withdrawn": "had the link withdrawn",
    "recovery-asked": "asked for recovery of its sign-in",
    "recovery-approved": "had the recovery approved",
    "recovery-refused": "had the recovery refused",
    "recovered": "chose a new way to sign in after recovery; the earlier ones were taken away",
    "passkey-added": "added a passkey",
    "passkey-removed": "removed a passkey",
    "password-set": "set a password",
    "password-removed": "removed the password",
    "key-made": "made a signing key and asks for its certification",
    "token-made": "made a token for a program",
    "disabled": "was disabled",
    "enabled": "was enabled again",
}


@dataclass(frozen=True)
class Line:
    """One line: when, whose account, what, and by whom ("" the officer itself)."""

    at: int
    officer: str
    words: str
    by: str


def note(connection: Connection, office: Office, account: Account, what: str, by: str = "") -> None:
    """Add a line about an account; `by` is an account's id or `HOST`, "" where the officer acted itself."""
    assert what in WORDS, what
    connection.execute(
        insert(TRACE).values(at=office.now(), member=account.member, account=account.id, by=by, what=what)
    )


def of_member(connection: Connection, member: str, most: int = 100) -> list[Line]:
    """Return a member's newest lines, the newest first."""
    names = {row.id: row.name for row in connection.execute(select(ACCOUNT.c.id, ACCOUNT.c.name))}
    query = select(TRACE).where(TRACE.c.member == member).order_by(TRACE.c.seq.desc()).limit(most)
    return [
        Line(row.at, names.get(row.account, ""), WORDS[row.what], _by(row.by, names))
        for row in connection.execute(query)
    ]


def _by(who: str, names: dict[str, str]) -> str:
    return "the host of this record, at its command line" if who == HOST else names.get(who, "")
