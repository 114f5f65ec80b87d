"""`tasdiq key list`: who may sign what since when."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tasdiq.record.chain import Chain
from tasdiq.record.note import Verifier
from tasdiq.record.signing import key_id_of
from tasdiq.secretariat.custody import read_chain


@click.command("list")
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
