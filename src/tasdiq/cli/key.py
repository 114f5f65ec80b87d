"""`tasdiq key`: make keys and show their fingerprints, which loads the record only; the rest is loaded when it is called."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.key_files import ask_passphrase, load_key, open_key
from tasdiq.cli.root import LazyGroup
from tasdiq.record.key_events import public_text
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.signing import SigningKey, successor_path

__all__ = ["command", "load_key"]

COMMANDS = {
    "new": ("tasdiq.cli.key:new", "Make a key and its successor."),
    "show": ("tasdiq.cli.key:show", "Print a key's fingerprint."),
    "list": ("tasdiq.cli.key_list:list_keys", "List who may sign what since which entry."),
    "certify": ("tasdiq.cli.key_changes:certify", "Certify an officer, who signs for the member."),
    "rotate": ("tasdiq.cli.key_changes:rotate", "Replace a key by the successor it committed to."),
    "revoke": ("tasdiq.cli.key_changes:revoke", "Revoke a key from an entry on."),
    "encryption": ("tasdiq.cli.key_changes:encryption", "Name the key that entries for the holder are encrypted to."),
    "admit": ("tasdiq.cli.key_changes:admit", "Admit a member or publisher later."),
    "cosigners": ("tasdiq.cli.key_changes:cosigners", "Name the cosigners and their quorum."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
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


@click.command()
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


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def show(path: Path) -> None:
    """Print the fingerprint of the key in PATH, and of its successor where that lies beside it.

    \b
    Example:
        tasdiq key show kestria.key
    """
    opened = open_key(path)
    _show(opened.key, opened.successor())


def _show(key: SigningKey, following: SigningKey | None) -> None:
    click.echo(f'key = "{key.key_id}"    # fingerprint for the charter; compare it by voice or on paper')
    if following:
        click.echo(f'next = "{following.key_id}"    # fingerprint of its successor, for the charter too')
    click.echo(f"public key: {public_text(key)}")
