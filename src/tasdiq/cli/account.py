"""`tasdiq account`: what the host does about officers' accounts. Every act is shown to all officers of the member."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tasdiq.errors import InputError, MissingError, shown
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.web.accounts import invitations, office, trace
from tasdiq.web.accounts.moments import iso
from tasdiq.web.accounts.office import HOST, Account
from tasdiq.web.office.database import Office
from tasdiq.web.room import Options

_RECORD = click.argument("record", type=click.Path(path_type=Path))
_ACCOUNT = click.argument("account")


@click.group()
def command() -> None:
    """Invite officers to a record's web application, list their accounts, disable them.

    \b
    Accounts let people sign in; keys, which sign entries, are certified by the members: tasdiq key certify.
    Everything done here is shown to all officers of the member it concerns.

    \b
    Example:
        tasdiq account invite record --member kes --role liaison --name "Officer 1" --address https://table.example
        tasdiq account list record
    """


@command.command()
@_RECORD
@click.option("--member", default="", help="The charter's id of the member.")
@click.option(
    "--role", default="", help="liaison or team; mediator or team; observer; protection: as the member's role is."
)
@click.option("--name", default="", help="The officer's name or number.")
@click.option("--again", metavar="ACCOUNT", default="", help="Invite an officer again, who cannot sign in any more.")
@click.option(
    "--address", default=Options.address, show_default=True, help="The server's address, as browsers know it."
)
def invite(record: Path, member: str, role: str, name: str, again: str, address: str) -> None:
    """Print a link by which an officer comes to an account, once, within three days.

    Hand it over in a way that only the officer can read. With --again, every earlier way to sign in, every session and token
    of that account ends; that is for members with fewer than three officers, who cannot recover each other.

    \b
    Examples:
        tasdiq account invite record --member kes --role liaison --name "Officer 1" --address https://table.example
        tasdiq account invite record --again kes/officer-1 --address https://table.example
    """
    if not again and not (member and role and name):
        raise InputError("expected --member, --role and --name, or --again ACCOUNT")
    with _opened(record) as kept:
        if again:
            account, secret = invitations.invite_again(kept, _found(kept, again).id)
        else:
            account, secret = invitations.invite(kept, read_state(kept.home).charter, member, role, name)
    click.echo(f"{account.name} of {account.member}, {account.role}, signs in as {account.sign_in}", err=True)
    click.echo(f"{address.rstrip('/')}/invited/{secret}")


@command.command("list")
@_RECORD
@click.option("--member", default="", help="Only the officers of this member.")
@click.option("--json", "as_json", is_flag=True, help="Print the accounts as JSON on stdout.")
def list_accounts(record: Path, member: str, as_json: bool) -> None:
    """List the accounts: name, member, role, and whether somebody signs in with it.

    \b
    Examples:
        tasdiq account list record
        tasdiq account list record --member kes --json

    \b
    --json prints one array of accounts: id, sign_in, member, role, name, officer (the name it signs under), state
    (invited, active, disabled), created_at.
    """
    with _opened(record) as kept, kept.reading() as connection:
        found = office.listed(connection, member)
    if as_json:
        click.echo(json.dumps([_plain(account) for account in found], indent=2))
        return
    for account in found:
        click.echo(shown(f"{account.sign_in:<30} {account.role:<10} {account.state:<9} {account.name}"))


@command.command()
@_RECORD
@_ACCOUNT
def disable(record: Path, account: str) -> None:
    """Disable ACCOUNT (its sign-in name or id): its sessions, tokens and links end, and it signs in no more.

    The keys of its officer are not touched: the member revokes them with tasdiq key revoke.

    \b
    Example:
        tasdiq account disable record kes/officer-1
    """
    with _opened(record) as kept:
        found = _found(kept, account)
        with kept.engine.begin() as connection:
            office.disable(connection, kept, found.id)
            trace.note(connection, kept, found, "disabled", HOST)
    click.echo(
        f"{found.sign_in} is disabled; keys of the officer are revoked by the member: tasdiq key revoke", err=True
    )


@command.command()
@_RECORD
@_ACCOUNT
def enable(record: Path, account: str) -> None:
    """Let ACCOUNT (its sign-in name or id) sign in again.

    \b
    Example:
        tasdiq account enable record kes/officer-1
    """
    with _opened(record) as kept:
        found = _found(kept, account)
        with kept.engine.begin() as connection:
            office.enable(connection, found.id)
            trace.note(connection, kept, found, "enabled", HOST)
    click.echo(f"{found.sign_in} may sign in again", err=True)


@contextmanager
def _opened(record: Path) -> Iterator[Office]:
    home = Home(record)
    home.require_host()
    kept = Office.open(home)
    try:
        yield kept
    finally:
        kept.close()


def _found(kept: Office, name: str) -> Account:
    with kept.reading() as connection:
        account = office.find_by_sign_in(connection, name) or office.find(connection, name)
    if account is None:
        raise MissingError(f"no account {name[:60]!r}; list them with: tasdiq account list RECORD")
    return account


def _plain(account: Account) -> dict[str, str]:
    same = {name: getattr(account, name) for name in ("id", "sign_in", "member", "role", "name", "officer", "state")}
    return {**same, "created_at": iso(account.created_at)}
