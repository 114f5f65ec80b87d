"""`tasdiq key`: make a key and show its fingerprint, to be read out to the others."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.record.keys import SigningKey, public_text


@click.group()
def command() -> None:
    """Make a member's key and show its fingerprint.

    \b
    Example:
        tasdiq key new kestria.key
        tasdiq key show kestria.key
    """


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--encrypt", is_flag=True, help="Ask for a passphrase and encrypt the file with it.")
def new(path: Path, encrypt: bool) -> None:
    """Make a new Ed25519 key in the file PATH (never overwritten) and print what the charter needs.

    \b
    Examples:
        tasdiq key new kestria.key
        tasdiq key new kestria.key --encrypt
    """
    key = SigningKey.generate()
    passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True) if encrypt else None
    key.save(path, passphrase)
    _show(key)


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
def show(path: Path) -> None:
    """Print the fingerprint of the key in PATH.

    \b
    Example:
        tasdiq key show kestria.key
    """
    _show(load_key(path))


def load_key(path: Path) -> SigningKey:
    """Load a key file; one that is encrypted asks for its passphrase, on stderr."""
    return SigningKey.load(path, click.prompt("Passphrase", hide_input=True, err=True) if _is_encrypted(path) else None)


def _is_encrypted(path: Path) -> bool:
    try:
        return path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    except OSError:
        return False  # what is wrong with the file is for SigningKey.load to say


def _show(key: SigningKey) -> None:
    click.echo(f'key = "{key.key_id}"    # fingerprint for the charter; compare it by voice or on paper')
    click.echo(f"public key: {public_text(key)}")
