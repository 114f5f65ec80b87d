"""Small records with fixed keys for the tests of this folder: a desk record and a joint one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from tasdiq.record import canonical
from tasdiq.record.entry import Draft, Submission, sign_entry
from tasdiq.record.keys import SigningKey, public_text
from tasdiq.record.log import Log

ORIGIN = "records.example/kestria-vorland"
TIME = "2031-05-04T10:00:00Z"


def key(name: str) -> SigningKey:
    """Return the same key for the same name, in every run."""
    return SigningKey.from_seed(hashlib.sha256(f"tests {name}".encode()).digest())


LOG, PUBLISHER = key("log"), key("publisher")


def admit(role: str, name: str, public: SigningKey, after: SigningKey | None = None) -> dict[str, Any]:
    """Return the event that admits a key, with its successor's commitment."""
    successor = after.key_id if after else None
    return {"event": "admit", "role": role, "name": name, "key": public_text(public), "next": successor}


def founding(form: str = "desk", members: tuple[str, ...] = ("analyst",), origin: str = ORIGIN) -> list[dict[str, Any]]:
    """Return the key events of an entry 0."""
    return [
        {"event": "constitute", "form": form, "compiler": "A. Reader"},
        *(admit("member", name, key(name), key(f"{name} next")) for name in members),
        admit("log", origin, LOG, key("log next")),
        admit("publisher", "publisher", PUBLISHER),
    ]


def draft(number: int, **fields: Any) -> Draft:
    """Return the draft of an ordinary entry."""
    given = {"kind": "DocumentReceived", "member": "analyst", "claimed_time": TIME, **fields}
    return Draft(**{"body": canonical.dumps({"number": number, "text": f"made-up document {number}"}), **given})


def signed(log: Log, made: Draft, *signers: SigningKey) -> Submission:
    """Sign a draft for the log as it stands."""
    first, *others = signers or (key(made.member),)
    return sign_entry(
        made, signer=first, origin=log.origin, charter=log.charter, keys_at=log.keys_at, also=tuple(others)
    )


def constitute(log: Log, form: str = "desk", members: tuple[str, ...] = ("analyst",)) -> None:
    """Append entry 0."""
    made = Draft(
        "CharterAdopted", members[0], TIME, body=b'{"title":"made up"}', keys=founding(form, members, log.origin)
    )
    log.append([signed(log, made, *(key(name) for name in members))])


def desk_record(directory: Path, entries: int = 5, **options: Any) -> Path:
    """Write a desk record of `entries` entries besides entry 0, with a checkpoint; `newest` and `database` as in Log."""
    with Log.create(directory, log_key=LOG, origin=ORIGIN, **{"newest": None, **options}) as log:
        constitute(log)
        log.append([signed(log, draft(number)) for number in range(entries)])
        log.checkpoint()
    return directory


def joint_log(
    directory: Path, members: tuple[str, ...] = ("kestria", "vorland"), *, database: str | None = None
) -> Log:
    """Open a new joint record of these members."""
    log = Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None, database=database)
    constitute(log, "joint", members)
    return log


def opened(directory: Path, newest: Path | None = None) -> Log:
    """Open a record with the log's key."""
    return Log.open(directory, log_key=LOG, newest=newest)
