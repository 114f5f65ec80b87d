"""`tasdiq cosign collect|request|accept|contradictions`: cosigning from the side of the log."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

import click

from tasdiq.errors import EXIT_DONE, EXIT_FAILED, InputError, MissingError, TasdiqError
from tasdiq.record import canonical, checkpoint, cosignature, note
from tasdiq.record.audit import split_view
from tasdiq.record.audit.against import log_verifiers, proof_of
from tasdiq.record.audit.copy import read_copy
from tasdiq.record.audit.split_view import SplitView
from tasdiq.record.cosign import rules
from tasdiq.record.cosign.client import Outcome, asking, obtain
from tasdiq.record.cosign.exchange import read_addresses, read_answer, remember_addresses
from tasdiq.record.cosign.memory import DATABASE as MEMORY
from tasdiq.record.cosign.memory import Memory
from tasdiq.record.durable import write_durably
from tasdiq.record.keys import KeyState
from tasdiq.record.log import Log
from tasdiq.record.note import Verifier
from tasdiq.record.reader import Reader
from tasdiq.record.store import Store
from tasdiq.secretariat.founding import Home
from tasdiq.settings import read_settings

_RECORD = click.argument("record", type=click.Path(path_type=Path))


@contextmanager
def _log(record: Path) -> Iterator[Log]:
    home = Home(record)
    home.require()
    newest = read_settings(os.environ).state_directory
    with Log.open(record, log_key=home.key("log"), newest=newest) as log:
        if not log.chain.keys.cosigners:
            raise MissingError(f"{record}: this record names no cosigners; its members do with: tasdiq key cosigners")
        yield log


@contextmanager
def _reading(record: Path) -> Iterator[tuple[Store, Reader]]:
    store = Store.open(record)
    with Reader(store) as reader:
        yield store, reader


@click.command()
@_RECORD
@click.option(
    "--at", "addresses", multiple=True, metavar="NAME=URL", help="Where a cosigner answers; it is remembered."
)
@click.option("--ca", type=click.Path(), help="Certificates to trust for https, where the system's are not enough.")
def collect(record: Path, addresses: tuple[str, ...], ca: str | None) -> None:
    """Ask every cosigner of RECORD to cosign its newest checkpoint, and keep what they sign.

    A cosigner that stands behind is caught up with a proof. Each outcome is told; exits 1 if the quorum was not reached.
    Who cosigns, and how many are needed, the members say with: tasdiq key cosigners. Addresses lie in RECORD/cosigners.txt.

    \b
    Example:
        tasdiq cosign collect record --at ordania-c=http://127.0.0.1:7380
    """
    given = dict(map(_address, addresses))
    with _log(record) as log:
        keys = log.chain.keys
        _require_named(keys, given.keys(), "--at")
        known = {**read_addresses(record), **given}
        signed = log.checkpoint()
        with _reading(record) as (store, reader):
            for verifier in keys.cosigners:
                outcome = _ask(signed, verifier, known.get(verifier.name), ca, store, reader)
                if outcome.line:
                    log.add_cosignature(outcome.line)
                click.echo(f"{outcome.name}: {outcome.result}: {outcome.detail}", err=outcome.result != "cosigned")
        if given:
            remember_addresses(record, known)
        reached = _tell(log)
    sys.exit(EXIT_DONE if reached else EXIT_FAILED)


def _address(text: str) -> tuple[str, str]:
    name, equals, url = text.partition("=")
    if not equals or not name:
        raise InputError(f"expected NAME=URL, such as ordania-c=https://cosigner.example, found {text!r}", field="--at")
    asking(url)
    return name, url


def _require_named(keys: KeyState, names: Set[str], option: str) -> None:
    if strangers := names - {verifier.name for verifier in keys.cosigners}:
        known = ", ".join(verifier.name for verifier in keys.cosigners)
        raise InputError(
            f"this record names no cosigner {', '.join(sorted(strangers))}; it names {known}", field=option
        )


def _ask(
    signed: bytes, verifier: Verifier, url: str | None, authority: str | None, store: Store, reader: Reader
) -> Outcome:
    before = cosignature.cosigned_at(note.parse(signed), verifier)
    if before is not None:
        return Outcome(verifier.name, "cosigned", f"at {cosignature.moment(before)}, collected earlier")
    if url is None:
        return Outcome(
            verifier.name, "unreachable", "no address is known: give one with --at NAME=URL, or carry a request"
        )
    old = min(store.last_cosigned(verifier.name), reader.size)
    return obtain(signed, verifier, asking(url, authority), reader.consistency_proof, old)


def _tell(log: Log) -> bool:
    signed, keys = log.checkpoint(), log.chain.keys
    k, n = len(cosignature.held_by(note.parse(signed), keys.cosigners)), len(keys.cosigners)
    missing = keys.quorum - k
    standing = f"{missing} missing" if missing > 0 else "the quorum is met"
    size = checkpoint.parse(signed)[0].size
    click.echo(f"the checkpoint over {size} entries is cosigned {k} of {n} (quorum {keys.quorum}): {standing}")
    return missing <= 0


@click.command()
@_RECORD
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Where the request goes.")
@click.option("--for", "name", help="The cosigner it is for: it starts where that one last cosigned.")
@click.option("--from", "old", type=click.IntRange(0), help="The size to start from, where an answer has named it.")
def request(record: Path, out: Path, name: str | None, old: int | None) -> None:
    """Write a request for a cosigner of RECORD without a network; it may be carried on any medium, and holds no secret.

    Prints the log's verifier key on stderr: what a cosigner needs, once, to know this log. Compare it by another way.

    \b
    Examples:
        tasdiq cosign request record --for ordania-c -o request
        tasdiq cosign request record --from 120 -o request
    """
    with _log(record) as log:
        signed, keys = log.checkpoint(), log.chain.keys
    _require_named(keys, {name} if name else set(), "--for")
    size = checkpoint.parse(signed)[0].size
    with _reading(record) as (store, reader):
        start = old if old is not None else store.last_cosigned(name) if name else 0
        if start > size:
            raise InputError(
                f"the checkpoint is over {size} entries: a cosigner that stands at {start} saw more than is here"
            )
        proof = reader.consistency_proof(start, size) if 0 < start < size else []
    write_durably(out, rules.write_request(start, proof, signed))
    for verifier in log_verifiers(keys, checkpoint.parse(signed)[0].origin):
        click.echo(f"the log's verifier key: {verifier}", err=True)
    click.echo(f"{out}: from {start} to {size} entries")


@click.command()
@_RECORD
@click.argument("answer", type=click.Path(path_type=Path))
def accept(record: Path, answer: Path) -> None:
    """Keep the cosignatures in the file ANSWER with the newest checkpoint of RECORD.

    An answer that names a size holds none: the cosigner stands there, and needs a request from there. Exits 1 if the quorum
    is not reached.

    \b
    Example:
        tasdiq cosign accept record answer
    """
    try:
        data = answer.read_bytes()
    except FileNotFoundError as error:
        raise MissingError(f"{answer}: no answer here") from error
    with _log(record) as log:
        for line in read_answer(log.checkpoint(), log.chain.keys.cosigners, data):
            new = log.add_cosignature(line)
            click.echo(f"{line.name}: {'cosigned' if new else 'was collected earlier'}")
        reached = _tell(log)
    sys.exit(EXIT_DONE if reached else EXIT_FAILED)


@click.command()
@click.argument("place", type=click.Path(path_type=Path))
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A checkpoint, bundle, site, parcel or record from elsewhere, to hold it against; repeatable.",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A folder for the files that prove it.")
def contradictions(place: Path, against: tuple[Path, ...], out: Path | None) -> None:
    """Show the contradictions that a record, a mirror or a cosigner's memory (PLACE) has kept; exits 1 if there are any.

    With -o each is written as a split-view file, which anyone checks offline with tasdiq audit, and what cannot be proved
    from here alone as checkpoint notes: hold those against a site or mirror of the log with --against.

    \b
    Examples:
        tasdiq cosign contradictions memory -o proof
        tasdiq cosign contradictions record --against their-site -o proof
        tasdiq audit proof/split-view-1.json --trust keys.txt
    """
    found, notes = _of_memory(place) if (place / MEMORY).is_file() else _of_record(place, against)
    files = {f"split-view-{n}.json": view.to_bytes() for n, view in enumerate(found, 1)}
    files |= {f"unproved-{n}.note": data for n, data in enumerate(notes, 1)}
    for view in found:
        (older, _), (newer, _) = checkpoint.parse(view.older), checkpoint.parse(view.newer)
        click.echo(f"{newer.origin} signed two histories: over {older.size} entries, and over {newer.size}")
    for data in notes:
        seen, _ = checkpoint.parse(data)
        root = canonical.b64(seen.root)
        click.echo(
            f"not proved: {seen.origin} over {seen.size} entries, root {root}; hold it against a site or a mirror"
        )
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write_durably(out / name, data)
            click.echo(str(out / name))
    sys.exit(EXIT_FAILED if files else EXIT_DONE)


def _of_memory(place: Path) -> tuple[list[SplitView], list[bytes]]:
    memory = Memory.open(place)
    try:
        found = [split_view.find(one, other, logs) for one, other, logs in memory.contradictions()]
        return [view for view in found if view], memory.unproved()
    finally:
        memory.close()


def _of_record(place: Path, against: tuple[Path, ...]) -> tuple[list[SplitView], list[bytes]]:
    found: dict[bytes, SplitView] = {}
    notes: dict[bytes, None] = {}
    with _reading(place) as (store, reader):
        keys = reader.chain.keys
        logs = log_verifiers(keys, reader.origin)
        for pair in store.contradictions():
            view = _proved(pair, logs, reader)
            if view:
                found[view.to_bytes()] = view
            else:
                notes |= dict.fromkeys(pair)
    for each in against:
        view = proof_of(read_copy(place, Store.open), read_copy(each), keys)
        if view:
            found[view.to_bytes()] = view
            notes = {data: None for data in notes if data not in (view.older, view.newer)}
            _keep(place, view)
    return list(found.values()), list(notes)


def _proved(pair: tuple[bytes, bytes], logs: list[Verifier], reader: Reader) -> SplitView | None:
    """Prove a pair with the tree that is here, where it is the tree of the larger of the two."""
    larger = max(checkpoint.parse(data)[0].size for data in pair)
    try:
        return split_view.find(*pair, logs, reader.node if larger <= reader.size else None)
    except InputError:
        return None


def _keep(place: Path, view: SplitView) -> None:
    try:
        store = Store.open(place, write=True)
    except TasdiqError as error:
        click.echo(f"the proof could not be kept in the record now: {error}", err=True)
        return
    try:
        store.keep_contradiction(view.older, view.newer)
    finally:
        store.close()
