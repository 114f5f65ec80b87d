"""What stands before a certification: the request holds, is for this record and member, and its fingerprint was compared."""

from __future__ import annotations

from pathlib import Path

import click

from tasdiq.cli.rejections import read_bytes
from tasdiq.errors import InputError
from tasdiq.record.chain import Chain
from tasdiq.secretariat.certification import Statement, read_request

_FEWEST = 16


def asked_for(path: Path, chain: Chain, member: str, told: str) -> Statement:
    """Return what a request asks for, once `told`, or what is typed now, is its fingerprint; InputError otherwise."""
    try:
        said = read_request(read_bytes(path)).statement
    except InputError as error:
        raise InputError(error.message, file=path, field=error.field) from error
    if said.origin != chain.origin:
        raise InputError(
            f"expected a request for the record {chain.origin}, found one for {said.origin[:120]}", file=path
        )
    if said.member != member:
        raise InputError(f"expected a request of an officer of {member}, found one of {said.member[:64]}", file=path)
    _compare(said, told)
    return said


def _compare(said: Statement, told: str) -> None:
    """Have the fingerprint typed as the officer reads it: who only looks at two says yes too easily."""
    if not told:
        click.echo(f"{said.officer} of {said.member} asks for the certification of a key.", err=True)
        click.echo("Let the officer read the fingerprint to you, in person or by telephone.", err=True)
        told = str(click.prompt("The fingerprint, 16 digits of it at least", err=True))
    plain = "".join(told.lower().split())
    if len(plain) < _FEWEST or not said.fingerprint.startswith(plain):
        raise InputError(
            "what the officer read is not the fingerprint of the key in this request: certify nothing, and find out why",
            field="fingerprint",
        )
