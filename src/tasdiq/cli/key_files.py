"""Key files as commands open them: passphrases are asked on stderr, and a successor lies beside its key as `….next`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from tasdiq.errors import InputError
from tasdiq.record.secrecy.encryption import EncryptionKey
from tasdiq.record.signing import SigningKey, successor_path

_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


@dataclass(frozen=True)
class Opened:
    """A signing key from its file, with the passphrase it was opened by."""

    key: SigningKey
    path: Path
    passphrase: str | None

    def successor(self) -> SigningKey | None:
        """Open the key that is to follow, None where it does not lie beside this one; the same passphrase is tried first."""
        path = successor_path(self.path)
        if not path.is_file():
            return None
        if self.passphrase and _is_encrypted(path):
            try:
                return SigningKey.load(path, self.passphrase)
            except InputError:
                click.echo(f"{path} has a passphrase of its own", err=True)
        return load_key(path)

    def make_successor(self) -> SigningKey:
        """Return the key that is to follow, made and kept beside this one under its passphrase if there is none yet."""
        found = self.successor()
        if found is None:
            found = SigningKey.generate()
            found.save(successor_path(self.path), self.passphrase)
        return found


def open_key(path: Path) -> Opened:
    """Open a key file; one that is encrypted asks for its passphrase, on stderr."""
    passphrase = ask_passphrase(f"Passphrase of {path.name}") if _is_encrypted(path) else None
    return Opened(SigningKey.load(path, passphrase), path, passphrase)


def load_key(path: Path) -> SigningKey:
    """Return the key in a file; one that is encrypted asks for its passphrase, on stderr."""
    return open_key(path).key


def load_encryption_key(path: Path) -> EncryptionKey:
    """Return the encryption key in a file; one that is encrypted asks for its passphrase, on stderr."""
    return EncryptionKey.load(path, ask_passphrase(f"Passphrase of {path.name}") if _is_encrypted(path) else None)


def ask_passphrase(prompt: str, *, new: bool = False) -> str:
    """Ask for a passphrase on stderr, twice for a new one; it never stands in arguments or environment."""
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=new, err=True))


def _is_encrypted(path: Path) -> bool:
    try:
        return path.read_bytes().startswith(_ENCRYPTED)
    except OSError:
        return False  # what is wrong with the file is for whoever loads it to say
