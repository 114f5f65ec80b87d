"""`tasdiq key`: make keys, show fingerprints, list who may sign what, and sign the changes (`key_changes`)."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tasdiq.cli.key_changes import admit, certify, cosigners, encryption, revoke, rotate
from tasdiq.cli.key_files import ask_passphrase, load_key, open_key
from tasdiq.custody import read_chain, successor_path
from tasdiq.record.chain import Chain
from tasdiq.record.encryption import EncryptionKey
from tasdiq.record.keys import SigningKey, key_id_of, public_text
from tasdiq.record.note import Verifier

__all__ = ["command", "load_key"]


@click.group()
def command() -> None:
    """Make a member's keys, show their fingerprints, and change who may sign what.

    \b
    A key is made with its successor, to which it commits when the record admits it. Whoever steals the key cannot take its
    place: keep the successor (….next) apart, off this machine.

    \b
    Example:
        tasdiq key new kestria.key
        tasdiq key list record
        tasdiq key certify record --key kestria.key --name post-3 --public iwfhOy5y6vdmGDPkIVVz3o3kZ9xWxrDQEVbP0Sm5hhU

    Changes are made against a RECORD, a mirror of it, or a bundle; on a machine that does not host the record, -o FILE
    writes a submission, which the host enters with tasdiq submit.
    """


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--encrypt", is_flag=True, help="Ask for a passphrase and encrypt the files with it.")
@click.option("--no-successor", is_flag=True, help="Commit to no successor: the key can then never be rotated.")
@click.option("--for-encryption", is_flag=True, help="An X25519 key that opens entries for named recipients instead.")
def new(path: Path, encrypt: bool, no_successor: bool, for_encryption: bool) -> None:
    """Make a new Ed25519 key in the file PATH, and its successor in PATH.next; print what the charter needs.

    Key files are never overwritten. Keep PATH.next apart: it is needed when the key is rotated or was stolen.

    \b
    Examples:
        tasdiq key new kestria.key
        tasdiq key new kestria.key --encrypt
        tasdiq key new kestria-letters.key --for-encryption
    """
    passphrase = ask_passphrase("Passphrase", new=True) if encrypt else None
    if for_encryption:
        letters = EncryptionKey.generate()
        letters.save(path, passphrase)
        click.echo(f"public encryption key: {public_text(letters)}")
        return
    key = SigningKey.generate()
    key.save(path, passphrase)
    following = None
    if not no_successor:
        following = SigningKey.generate()
        following.save(successor_path(path), passphrase)
        click.echo(f"its successor: {successor_path(path)}; keep it apart from {path.name}", err=True)
    _show(key, following)


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
def show(path: Path) -> None:
    """Print the fingerprint of the key in PATH, and of its successor where that lies beside it.

    \b
    Example:
        tasdiq key show kestria.key
    """
    opened = open_key(path)
    _show(opened.key, opened.successor())


@command.command("list")
@click.argument("place", type=click.Path(path_type=Path), metavar="RECORD")
@click.option("--json", "as_json", is_flag=True, help="Print the keys as JSON on stdout.")
def list_keys(place: Path, as_json: bool) -> None:
    """List who may sign what since which entry, in a RECORD, a mirror of it or a bundle.

    A bundle shows the keys as of its checkpoint; a record or mirror as of its last entry.

    \b
    Examples:
        tasdiq key list record
        tasdiq key list site/bundle/finding-9e8d7c6b.tasdiq.json --json

    \b
    --json prints one array of keys: role, name, member, key (fingerprint), next (its successor's, or null), since, until,
    disputed_from (entry numbers, or null), encryption (the public key that entries for its holder are encrypted to, or null).
    """
    lines = _lines(read_chain(place))
    if as_json:
        click.echo(json.dumps(lines, indent=2))
        return
    for line in lines:
        since = f"since entry {line['since']}" if line["since"] is not None else ""
        click.echo(f"{line['role']:<9} {line['name']:<24} {str(line['key'])[:16]}…  {since}{_end(line)}")


def _end(line: dict[str, object]) -> str:
    ends = [f", until entry {line['until']}"] if line["until"] is not None else []
    ends += [f", disputed from entry {line['disputed_from']}"] if line["disputed_from"] is not None else []
    ends += [", without a successor"] if line["next"] is None and not ends and line["since"] is not None else []
    ends += [", has an encryption key"] if line["encryption"] else []
    return "".join(ends)


def _lines(chain: Chain) -> list[dict[str, object]]:
    keys = chain.keys
    listed: list[dict[str, object]] = [
        {
            "role": key.role,
            "name": key.name,
            "member": key.member,
            "key": key.key_id,
            "next": key.next,
            "since": key.since,
            "until": key.until,
            "disputed_from": key.disputed_from,
            "encryption": keys.encryption[key.key_id].hex() if key.key_id in keys.encryption else None,
        }
        for key in keys.keys.values()
    ]
    return listed + [_cosigner(verifier) for verifier in keys.cosigners]


def _cosigner(verifier: Verifier) -> dict[str, object]:
    empty = dict.fromkeys(("next", "since", "until", "disputed_from", "encryption"))
    return {"role": "cosigner", "name": verifier.name, "member": "", "key": key_id_of(verifier.public), **empty}


def _show(key: SigningKey, following: SigningKey | None) -> None:
    if following:
        click.echo(f'next = "{following.key_id}"    # fingerprint of its successor, for the charter too')
    click.echo(f'key = "{key.key_id}"    # fingerprint for the charter; compare it by voice or on paper')
    click.echo(f"public key: {public_text(key)}")


for each in (certify, rotate, revoke, encryption, admit, cosigners):
    command.add_command(each)
