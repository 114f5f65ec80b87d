"""`tasdiq key certify|rotate|revoke|encryption|admit|cosigners`: key events, signed where the keys lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tasdiq.cli.appending import enter_or_write, receipt_option
from tasdiq.cli.certifying import asked_for
from tasdiq.cli.key_files import Opened, load_encryption_key, load_key, open_key
from tasdiq.errors import InputError, MissingError, RoleError
from tasdiq.mechanism import timestamp, utc_now
from tasdiq.record.chain import Chain
from tasdiq.record.keys import Key
from tasdiq.record.signing import SigningKey, successor_path
from tasdiq.secretariat import custody
from tasdiq.secretariat.custody import Change, fingerprint_of, read_chain, served
from tasdiq.secretariat.founding import Home

_FILE = click.Path(path_type=Path)


def _change(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every change takes: the record, further signers, a note, and where it goes."""
    for option in (
        click.option("--also", multiple=True, type=_FILE, help="A further key that signs; once for each."),
        click.option("--note", default="", help="Why, in words; everybody can read it."),
        click.option("-o", "--out", type=_FILE, help="Write a submission here instead of entering it."),
        receipt_option,
    ):
        function = option(function)
    return click.argument("place", type=_FILE, metavar="RECORD")(function)


_key = click.option("--key", "key_path", required=True, type=_FILE, help="The signing member's key file.")
_public = click.option("--public", required=True, help="The public key, as tasdiq key show prints it.")
_next = click.option("--next", "following", help="The fingerprint of the successor it commits to (64 digits).")


def _settle(
    place: Path,
    chain: Chain,
    change: Change,
    signers: list[SigningKey],
    also: tuple[Path, ...],
    note: str,
    out: Path | None,
    member: str = "",
) -> None:
    signers += [load_key(path) for path in also]
    submission = custody.sign_change(chain, change, signers, timestamp(utc_now()), member=member, note=note)
    enter_or_write(place, [submission], out)


@click.command()
@_change
@_key
@click.option(
    "--request", "request_path", type=_FILE, help="The request that the officer's browser made, with its proof."
)
@click.option(
    "--fingerprint", default="", help="What the officer read out: 16 digits of it at least; asked for otherwise."
)
@click.option("--name", default="", help="What the officer is called here (letters, digits, . _ : / @ -).")
@click.option("--public", default="", help="The public key, as tasdiq key show prints it, where there is no request.")
@_next
def certify(
    place: Path,
    key_path: Path,
    request_path: Path | None,
    fingerprint: str,
    name: str,
    public: str,
    following: str | None,
    **rest: Any,
) -> None:
    """Certify an officer, who from then on signs for the member.

    The officer makes a key in the browser, which writes a request, or on the officer's own machine, and tells its public key
    and the successor's fingerprint. Compare the fingerprint with the officer, in person or by voice: a request shows that
    somebody holds the key, not who.

    \b
    Examples:
        tasdiq key certify mirror --key kestria.key -o certify.json \\
            --request certification-request-post-3-3f1c08d2.json
        tasdiq key certify record --key kestria.key --name post-3 --public iwfhOy5y6vdmGDPkIVVz3o3kZ9xWxrDQEVbP0Sm5hhU
        tasdiq key certify mirror --key kestria.key --name post-3 -o certify.json \\
            --public iwfhOy5y6vdmGDPkIVVz3o3kZ9xWxrDQEVbP0Sm5hhU
    """
    chain, key = read_chain(place), load_key(key_path)
    member = custody.member_of(chain, [key])
    if request_path:
        if public or following:
            raise InputError("expected --request, or --public with --next: the request names both")
        said = asked_for(request_path, chain, member, fingerprint)
        name, public, following = name or said.officer, said.key, said.successor
    if not name or not public:
        raise InputError("expected --request FILE, or --name with --public")
    _settle(place, chain, custody.certify(member, name, public, following), [key], **rest)


@click.command()
@_change
@click.option("--key", "key_path", type=_FILE, help="The key that is to be replaced; for a host's key, a member's.")
@click.option("--new", "new_path", type=_FILE, help="The successor's file (default: that of --key with .next).")
@click.option(
    "--of", "of", metavar="FINGERPRINT", help="The key that is to be replaced, where it is lost or was revoked."
)
@click.option(
    "--role", type=click.Choice(["log", "publisher"]), help="Replace the host's own key, kept in RECORD/keys."
)
@click.option("--no-successor", is_flag=True, help="Commit to no further successor: there can be no next rotation.")
def rotate(
    place: Path,
    key_path: Path | None,
    new_path: Path | None,
    of: str | None,
    role: str | None,
    no_successor: bool,
    **rest: Any,
) -> None:
    """Replace a key by the successor it committed to. A successor of the successor is made beside it.

    \b
    Examples:
        tasdiq key rotate record --key kestria.key
        tasdiq key rotate record --role log --key kestria.key
        tasdiq key rotate record --of 3f1c08d2 --new kestria.key.next      (the old key is lost or was revoked)
    """
    chain = read_chain(place)
    if role:
        old, new, signers = _host_key(place, chain, role, key_path)
    else:
        old, new, signers = _own_key(chain, key_path, new_path, of)
    following = None if no_successor else new.make_successor().key_id
    change = custody.rotate(old, new.key, following)
    _settle(place, chain, change, signers, member=old.member, **rest)
    since = "once that is entered" if rest.get("out") else "from now on"
    # The host's new key took the old one's place on disk; a member's own files are left where they are.
    path = Home(place).path / "keys" / f"{role}.key" if role and not rest.get("out") else new.path
    click.echo(f"{since} {old.name} signs with {path}", err=True)


def _own_key(
    chain: Chain, key_path: Path | None, new_path: Path | None, of: str | None
) -> tuple[Key, Opened, list[SigningKey]]:
    if not key_path and not (of and new_path):
        raise InputError("expected --key FILE, or --of FINGERPRINT with --new FILE where the old key is lost")
    given = open_key(key_path) if key_path else None
    old = served(chain, given.key.key_id if given else str(of))
    path = new_path or successor_path(Path(str(key_path)))
    if not path.is_file():
        raise MissingError(f"{path}: no successor here; say where it is kept with --new")
    new = _same_passphrase(given, path)
    return old, new, [given.key, new.key] if given and old.until is None else [new.key]


def _same_passphrase(given: Opened | None, path: Path) -> Opened:
    found = given.successor() if given and path == successor_path(given.path) else None
    return Opened(found, path, given.passphrase) if given and found else open_key(path)


def _host_key(place: Path, chain: Chain, role: str, key_path: Path | None) -> tuple[Key, Opened, list[SigningKey]]:
    if key_path is None:
        raise RoleError(f"a member signs beside the {role}'s successor: give its key with --key")
    serving = [key for key in chain.keys.in_role(role) if key.until is None]
    path = successor_path(Home(place).path / "keys" / f"{role}.key")
    if not serving or not path.is_file():
        raise MissingError(f"{path}: no successor of the {role}'s key here; it lies with whoever hosts the record")
    new = open_key(path)
    return serving[0], new, [load_key(key_path), new.key]


@click.command()
@_change
@_key
@click.argument("fingerprint")
@click.option(
    "--from", "start", type=int, required=True, help="The first entry (number) that is disputed if it signed it."
)
def revoke(place: Path, key_path: Path, fingerprint: str, start: int, **rest: Any) -> None:
    """Revoke the key FINGERPRINT (8 digits of it suffice): entries it signed from an entry on are marked disputed.

    They are never dropped. A member revokes its own key and its officers'; all other members, two at least, may together
    revoke a member's (--also). A key that committed to a successor can still be rotated to it.

    \b
    Examples:
        tasdiq key revoke record 3f1c08d2 --from 812 --key kestria.key --note "taken at the checkpoint on 4 March"
        tasdiq key revoke record 3f1c08d2 --from 812 --key vorland.key --also ordania.key -o revoke.json
    """
    chain = read_chain(place)
    _settle(place, chain, custody.revoke(served(chain, fingerprint), start), [load_key(key_path)], **rest)


@click.command()
@_change
@_key
@click.argument("letters", type=_FILE, metavar="FILE")
@click.option(
    "--of", "of", metavar="FINGERPRINT", help="For this officer's key, signed by its member (default: for --key)."
)
def encryption(place: Path, key_path: Path, letters: Path, of: str | None, **rest: Any) -> None:
    """Name the encryption key in FILE, to which entries for the holder are encrypted from then on.

    \b
    Example:
        tasdiq key new kestria-letters.key --for-encryption
        tasdiq key encryption record kestria-letters.key --key kestria.key
    """
    chain, key = read_chain(place), load_key(key_path)
    of_key = served(chain, of or key.key_id)
    _settle(place, chain, custody.encrypt_to(of_key, load_encryption_key(letters)), [key], **rest)


@click.command()
@_change
@_key
@click.option("--name", required=True, help="The new member's id.")
@_public
@_next
@click.option("--role", type=click.Choice(["member", "publisher"]), default="member", show_default=True)
def admit(place: Path, key_path: Path, name: str, public: str, following: str | None, role: str, **rest: Any) -> None:
    """Admit a member (or a publisher) later. Every member signs, and the new one too.

    \b
    Example (each further member adds its signature on its own machine):
        tasdiq key admit record --name riv --public iwfhOy5y6vdmGDPkIVVz3o3kZ9xWxrDQEVbP0Sm5hhU --key rivers.key -o admit.json
        tasdiq countersign admit.json --key kestria.key
        tasdiq submit record admit.json
    """
    fingerprint_of(public)
    chain, key = read_chain(place), load_key(key_path)
    known = chain.keys.keys.get(key.key_id)
    change = custody.admit(role, name, public, following)
    _settle(place, chain, change, [key], member=known.member if known else name, **rest)


@click.command()
@_change
@_key
@click.argument("listed", nargs=-1, metavar="NAME=PUBLIC…")
@click.option("--quorum", type=int, required=True, help="How many of them make a checkpoint evidentiary.")
def cosigners(place: Path, key_path: Path, listed: tuple[str, ...], quorum: int, **rest: Any) -> None:
    """Name the cosigners (all of them: the list replaces the one before) and their quorum. Every member signs.

    \b
    Example:
        tasdiq key cosigners record ord=iwfhOy5y6vdmGDPkIVVz3o3kZ9xWxrDQEVbP0Sm5hhU --quorum 1 --key kestria.key \\
            --also vorland.key --also ordania.key
    """
    named = [_named(text) for text in listed]
    chain = read_chain(place)
    _settle(place, chain, custody.cosigners(named, quorum), [load_key(key_path)], **rest)


def _named(text: str) -> tuple[str, str]:
    name, separator, public = text.partition("=")
    if not separator:
        raise InputError(f"expected NAME=PUBLIC, such as ord=iwfh…, found {text[:60]!r}")
    fingerprint_of(public)
    return name, public
