"""Attacks with whole histories: an older one, a second one, one under other keys, one that leaves keys out; and on the host."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

from record.attacks.case import Attacks, Refused, Tried, tried
from record.forging import CHECKPOINT, LONG_AGO, World, edit, leaves_of, republish, rival_founding
from record.records import LOG, ORIGIN, TIME, draft, key, opened, signed
from tasdiq.errors import RecordError, TasdiqError
from tasdiq.record import note
from tasdiq.record.audit.split_view import SplitView
from tasdiq.record.entry import Draft
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader

ATTACKS = Attacks()


@ATTACKS.of("roll back")
def an_earlier_site_shown_as_the_newest(world: World, into: Path) -> Tried:
    """Genuine, signed and cosigned by all; what came after is not in it."""
    site = world.site(into, "earlier_site")
    return tried(site, ("rolled-back", CHECKPOINT, None), against=(world.base / "kept.checkpoint",))


@ATTACKS.of("roll back")
def an_earlier_bundle_shown_as_the_newest(world: World, into: Path) -> Tried:
    """From before an officer was revoked."""
    path = Path(shutil.copy(world.base / "earlier_bundle.json", into / "bundle.json"))
    return tried(path, ("rolled-back", "bundle.json", None), against=(world.base / "kept.checkpoint",))


@ATTACKS.of("split view")
def a_second_history_shown_to_one_reader(world: World, into: Path) -> Tried:
    """Signed by the log's own key; each of the two agrees with itself."""
    site = world.site(into, "fork_site")
    return tried(site, ("split-view", CHECKPOINT, None), against=(world.base / "kept.checkpoint",))


@ATTACKS.of("split view")
def a_second_history_in_a_bundle(world: World, into: Path) -> Tried:
    """A bundle of one history held against the site of the other."""
    path = Path(shutil.copy(world.base / "bundle.json", into / "bundle.json"))
    return tried(path, ("split-view", "bundle.json", None), against=(world.base / "fork.checkpoint",))


@ATTACKS.of("split view")
def two_contradicting_checkpoints_as_a_proof(world: World, into: Path) -> Tried:
    """The file that whoever finds them hands on."""
    return _proof(world, into, "kept.checkpoint", "fork.checkpoint", "split-view")


@ATTACKS.of("split view")
def a_split_view_alleged_of_an_honest_log(world: World, into: Path) -> Tried:
    """Two checkpoints that may both be true prove nothing."""
    return _proof(world, into, "earlier.checkpoint", "kept.checkpoint", "split-view-malformed")


def _proof(world: World, into: Path, one: str, other: str, code: str) -> Tried:
    notes = sorted((world.base / name).read_bytes() for name in (one, other))
    path = into / "proof.json"
    path.write_bytes(SplitView(notes[0], notes[1], (note.Verifier(ORIGIN, LOG.public),), None).to_bytes())
    return tried(path, (code, "proof.json", None))


@ATTACKS.of("swap keys")
def a_record_made_anew_under_other_keys(world: World, into: Path) -> Tried:
    """It agrees with itself; its keys are not those the reader knows."""
    rivals = key("rival kestria"), key("rival vorland")
    with Log.create(into / "r", log_key=key("rival log"), origin=ORIGIN, newest=None) as log:
        log.append([signed(log, Draft("CharterAdopted", "kestria", TIME, keys=rival_founding()), *rivals)])
        log.checkpoint()
    (into / "site").mkdir()
    with Reader.open(into / "r") as reader:
        publish(reader, into / "site")
    site = republish(into / "site", key("rival publisher"))
    return tried(site, ("unknown-keys", CHECKPOINT, None), trust=world.base / "keys.txt")


@ATTACKS.of("stale key chain")
def the_newest_key_event_left_out_of_a_bundle(world: World, into: Path) -> Tried:
    """The revocation: an entry after it names it."""
    path = edit(world.base / "bundle.json", lambda value: value["keys"].pop(), into)
    return tried(path, ("entry-refused", "bundle.json", 11))


@ATTACKS.of("stale key chain")
def the_first_key_event_left_out_of_a_bundle(world: World, into: Path) -> Tried:
    """Without entry 0 no key is known at all."""

    def change(value: dict[str, Any]) -> None:
        value["keys"] = value["keys"][1:]

    path = edit(world.base / "bundle.json", change, into)
    return tried(
        path,
        ("key-chain", "bundle.json", 5),
        *(("entry-refused", "bundle.json", index) for index in (1, 2, 3, 6, 8, 9, 11)),
        ("checkpoint-signature", "bundle.json", None),
        ("unknown-signature", "bundle.json", None),
        ("redaction-refused", "bundle.json", 9),
        ("body-missing", "bundle.json", 8),
    )


@ATTACKS.of("two writers", reader=False)
def a_second_writer_of_one_record(world: World, into: Path) -> Refused:
    """While the first holds it."""
    shutil.copytree(world.base / "record", into / "r")
    first = opened(into / "r")

    def attempt() -> None:
        try:
            opened(into / "r")
        finally:
            first.close()

    return Refused(attempt, TasdiqError, "writ")


@ATTACKS.of("two writers")
def what_two_writers_would_have_signed(world: World, into: Path) -> Tried:
    """Two copies of one record, each gone on with: the checkpoint of one against the site of the other."""
    site = world.site(into)
    return tried(site, ("split-view", CHECKPOINT, None), against=(world.base / "fork.checkpoint",))


@ATTACKS.of("restored backup", reader=False)
def a_restored_backup_gone_on_with(world: World, into: Path) -> Refused:
    """The newest checkpoint is kept apart: the log notices."""
    with Log.open(_copy(world, into), log_key=LOG, newest=into / "state") as log:
        log.append([signed(log, draft(13, member="vorland"))])
        log.checkpoint()
    shutil.rmtree(into / "r")
    shutil.copytree(world.base / "backup", into / "r")

    def attempt() -> None:
        with Log.open(into / "r", log_key=LOG, newest=into / "state") as log:
            log.append([signed(log, draft(14, member="vorland"))])

    return Refused(attempt, RecordError, "set back")


@ATTACKS.of("restored backup")
def the_site_of_a_restored_backup(world: World, into: Path) -> Tried:
    """Published by a host that kept nothing apart."""
    site = into / "site"
    site.mkdir()
    with Reader.open(world.base / "backup") as reader:
        publish(reader, site, [path.name for path in (world.base / "site/record/attachment").iterdir()])
    return tried(republish(site), ("rolled-back", CHECKPOINT, None), against=(world.base / "kept.checkpoint",))


@ATTACKS.of("drop")
def a_submission_that_the_host_ignored(world: World, into: Path) -> Tried:
    """A receipt whose deadline has passed, and no entry under the checkpoint."""
    with Log.open(_copy(world, into), log_key=LOG, newest=None, clock=lambda: LONG_AGO) as log:
        (receipt,) = log.append([signed(log, draft(13, member="vorland"))])
    (into / "receipt").write_bytes(receipt.note)
    return tried(world.site(into), ("receipt-broken", CHECKPOINT, 13), receipts=(into / "receipt",))


@ATTACKS.of("flip", reader=False)
def an_entry_altered_in_the_database_of_the_host(world: World, into: Path) -> Tried:
    """Past the triggers, by whoever has the file."""
    directory = _copy(world, into)
    database = sqlite3.connect(directory / "record.sqlite")
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    leaf = leaves_of(world.base / "site")[2].replace(b'"DocumentReceived"', b'"DocumentDeceived"')
    database.execute("UPDATE entry SET leaf = ? WHERE idx = 2", (leaf,))
    for _, statement in triggers:
        database.execute(statement)
    database.commit()
    database.close()
    name = "record.sqlite"
    return tried(
        directory,
        ("entry-refused", name, 2),
        ("store-damaged", name, 2),
        ("root-mismatch", name, None),
    )


def _copy(world: World, into: Path) -> Path:
    return Path(shutil.copytree(world.base / "record", into / "r"))
