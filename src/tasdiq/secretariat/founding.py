"""How a record comes into being: its directory, its keys and the signed entry 0 that is its charter.

Rules:

1. A desk record has one author, the analyst; no key is ever made for a party.
2. A joint record is constituted by its members' own keys: every party's and mediator's key signs entry 0, and the keys are
   those the charter names where it names them.
3. Log, publisher and member keys differ. The directory is private (mode 0700) and never inside a published site.
4. Each key commits to its successor where one is known: log, publisher and analyst have theirs beside them, in `….key.next`;
   a member's is the one the charter names, or the one given with its key.
5. A record is built beside its place and put there whole, with its charter entered: whatever interrupts its founding, there
   is no record or all of it, and of two foundings at once one is refused.
"""

from __future__ import annotations

import re
import secrets
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tasdiq.errors import InputError, MissingError, RecordError, RoleError, SettingsError
from tasdiq.model.charter import Charter
from tasdiq.model.entries import CharterAdopted
from tasdiq.record import canonical, keys
from tasdiq.record.audit import trust
from tasdiq.record.durable import sync_directory
from tasdiq.record.entry import Draft, Submission, sign_entry
from tasdiq.record.keys import KeyState, SigningKey
from tasdiq.record.places import KEYS, holds_record
from tasdiq.record.signing import successor_path
from tasdiq.record.store import give_up

ANALYST = "analyst"


@dataclass(frozen=True)
class Home:
    """Where a record and its host's keys lie."""

    path: Path

    @property
    def exists(self) -> bool:
        """Tell whether a record was created here."""
        return holds_record(self.path)

    def require(self) -> None:
        """Raise `MissingError` unless a record was created here."""
        if not self.exists:
            raise MissingError(f"{self.path}: no record here; create one with tasdiq init, or tasdiq assess")

    @property
    def hosts(self) -> bool:
        """Tell whether this is the record's host: the log's key lies here. Any other copy is a mirror."""
        return any((self.path / KEYS).glob("log.key*"))

    def require_host(self) -> None:
        """Raise `MissingError` without a record here, `RoleError` where it is a mirror."""
        self.require()
        if not self.hosts:
            raise RoleError(
                f"{self.path} is a mirror: it has no log key, and nothing is entered or published in it. Entries are entered "
                "by the record's host (-o FILE makes a submission for it); catch up with: tasdiq import"
            )

    def key(self, role: str) -> SigningKey:
        """Load the key of a role (`log`, `publisher`, `analyst`) kept here."""
        path = self.path / KEYS / f"{role}.key"
        if not path.is_file():
            raise MissingError(f"{path}: this record's {role} key is not here; it lies with whoever holds that role")
        return SigningKey.load(path)

    def make_key(self, role: str) -> SigningKey:
        """Make and keep the key of a role."""
        folder = self.path / KEYS
        folder.mkdir(mode=0o700, exist_ok=True)
        key = SigningKey.generate()
        key.save(folder / f"{role}.key")
        SigningKey.generate().save(successor_path(folder / f"{role}.key"))
        return key

    def successor(self, role: str) -> SigningKey | None:
        """Load the key that is to follow that of a role, None where it does not lie here."""
        path = successor_path(self.path / KEYS / f"{role}.key")
        return SigningKey.load(path) if path.is_file() else None

    def settle_keys(self, key_state: KeyState) -> None:
        """Put the host's successors in their places once the record has them as its keys; old files are kept beside them."""
        for role in ("log", "publisher"):
            self._settle_key(role, key_state)

    def _settle_key(self, role: str, key_state: KeyState) -> None:
        path = self.path / KEYS / f"{role}.key"
        current = {key.key_id for key in key_state.in_role(role) if key.until is None}
        following = self.successor(role)
        if following and following.key_id in current:
            if path.is_file():
                path.rename(path.with_name(f"{path.name}.until-{key_state.keys_at}"))
            successor_path(path).rename(path)
        # A crash between two renames leaves the rest to the next one who opens the record.
        after = successor_path(successor_path(path))
        if path.is_file() and after.is_file() and not successor_path(path).is_file():
            after.rename(successor_path(path))

    @property
    def trust_file(self) -> Path:
        """Return where the fingerprints for `tasdiq audit --trust` lie."""
        return self.path / "keys.txt"

    def write_trust(self, key_state: KeyState) -> Path:
        """Write the fingerprints that readers need from elsewhere, for `tasdiq audit --trust`; return the file."""
        self.trust_file.write_text(trust.write_trust(key_state), encoding="utf-8")
        return self.trust_file

    def require_free(self) -> None:
        """Raise `SettingsError` unless a record can be put here."""
        if self.exists:
            raise SettingsError(f"{self.path}: there is a record here already; choose another place for the new one")
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise SettingsError(f"{self.path}: not empty and no record; choose another place for the record")

    @contextmanager
    def building(self) -> Iterator[Home]:
        """Yield a private place beside this one to found a record in; put it here whole when the block ends (rule 5)."""
        self.require_free()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=self._unfinished, dir=self.path.parent))
        except OSError as error:
            raise SettingsError(f"{self.path}: no record can be made here: {error.strerror}") from error
        try:
            yield Home(scratch)
            self._take_place(scratch)
        except (RecordError, MissingError, OSError) as error:
            # The other run finished first and tidied away what it took for the remains of a killed one: this one's place.
            if self.exists:
                raise RecordError(f"{self.path}: another process has just made a record here; run it again") from error
            raise
        finally:
            give_up(scratch)
        self.tidy()

    def tidy(self) -> None:
        """Remove what foundings that were killed left beside this record."""
        for left in self.path.parent.iterdir():
            if left.name.startswith(self._unfinished):
                give_up(left)

    @property
    def _unfinished(self) -> str:
        return f".{self.path.name}.unfinished-"

    def _take_place(self, scratch: Path) -> None:
        try:
            scratch.rename(self.path)
            sync_directory(self.path.parent)
        except OSError as error:
            raise SettingsError(
                f"{self.path}: another process made a record here just now; run again to use it"
            ) from error


@dataclass(frozen=True)
class Founding:
    """A record about to be created: its origin, its log key, and entry 0."""

    origin: str
    log_key: SigningKey
    entry: Submission


def found_desk(home: Home, charter: Charter, at: str) -> Founding:
    """Make the keys and entry 0 of a desk record; `at` is the claimed time."""
    if charter.form != "desk":
        raise InputError("expected a charter of form desk; a joint record is created with: tasdiq init")
    analyst = home.make_key(ANALYST)
    following = home.successor(ANALYST)
    return _found(home, charter, at, {ANALYST: analyst}, {ANALYST: following.key_id} if following else {})


def found_joint(
    home: Home,
    charter: Charter,
    at: str,
    members: Mapping[str, SigningKey],
    successors: Mapping[str, str] | None = None,
) -> Founding:
    """Make entry 0 of a joint record, signed by `members` (member id -> key); every party and mediator must sign.

    `successors` are key ids of the keys that are to follow, by member id; one the charter names goes before.
    """
    _require_seats(charter, members)
    needed = [member for member in charter.members if member.role in ("party", "mediator")]
    if missing := [member.id for member in needed if member.id not in members]:
        raise InputError(f"a joint record is signed into being by all; missing the key of: {', '.join(missing)}")
    for member in charter.members:
        given = members.get(member.id)
        if given and member.key and member.key != given.key_id:
            raise InputError(f"the key given for {member.id} is not the one the charter names", field="key")
    named = {member.id: member.next for member in charter.members if member.next}
    return _found(home, _with_steps(charter), at, members, {**(successors or {}), **named})


def _with_steps(charter: Charter) -> Charter:
    """Return a charter that says which steps a case takes: all of them, unless it says otherwise."""
    steps = charter.procedure.steps or "full"
    return msgspec.structs.replace(charter, procedure=msgspec.structs.replace(charter.procedure, steps=steps))


def _require_seats(charter: Charter, members: Mapping[str, SigningKey]) -> None:
    """Refuse keys of those who have no seat, and one key in two hands."""
    if charter.form != "joint":
        raise InputError('expected a charter of form joint; set form = "joint", or use: tasdiq assess')
    if strangers := [name for name in members if charter.member(name) is None]:
        known = ", ".join(member.id for member in charter.members)
        raise InputError(f"no member of the charter: {', '.join(strangers)}; its members are {known}", field="--key")
    shared = [key for key, count in Counter(key.key_id for key in members.values()).items() if count > 1]
    if shared:
        holders = ", ".join(name for name, key in members.items() if key.key_id == shared[0])
        raise InputError(f"each member signs with a key of its own; one key was given for {holders}", field="--key")


def _found(
    home: Home, charter: Charter, at: str, members: Mapping[str, SigningKey], successors: Mapping[str, str]
) -> Founding:
    log_key, publisher = home.make_key("log"), home.make_key("publisher")
    origin = f"tasdiq.invalid/{charter.form}/{_slug(charter.title)}-{secrets.token_hex(4)}"
    hosts = (("log", origin, log_key), ("publisher", "publisher", publisher))
    first, *others = members.items()
    draft = Draft(
        kind="CharterAdopted",
        member=first[0],
        claimed_time=at,
        body=canonical.dumps(msgspec.to_builtins(CharterAdopted(charter=charter))),
        keys=[
            {"event": "constitute", "form": charter.form, "compiler": charter.compiler or charter.title},
            *(_admit("member", name, key, successors.get(name)) for name, key in members.items()),
            *(_admit(role, name, key, _key_id(home.successor(role))) for role, name, key in hosts),
            *_redaction(charter),
        ],
    )
    entry = sign_entry(
        draft, signer=first[1], origin=origin, charter=None, keys_at=0, also=tuple(key for _, key in others)
    )
    return Founding(origin, log_key, entry)


def _admit(role: str, name: str, key: SigningKey, successor: str | None) -> dict[str, object]:
    return {"event": "admit", "role": role, "name": name, "key": keys.public_text(key), "next": successor}


def _key_id(key: SigningKey | None) -> str | None:
    return key.key_id if key else None


def _redaction(charter: Charter) -> list[dict[str, object]]:
    """The charter's rule for countersigning redactions, as a key event: the record itself holds to it."""
    return [{"event": "redaction", "k": charter.procedure.redaction_signers}] if charter.form == "joint" else []


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "record"
