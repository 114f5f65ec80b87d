"""What the mechanism asks of an entry that arrives already signed, before the log is asked.

The record checks form, place, keys and commitments of every entry and knows no domain. This checks what it cannot:

1. A body has the form that its kind has, and so has each row: one that has not would stop every later reading.
2. A step of the procedure is open to the member who signed it, at the time it says or its entry claims, and is read by whom
   the procedure says; what arrives and what is proposed is no step.
3. The charter of a joint record is amended with the signature of every member, each as R6 asks of it.
4. What binds a member further than one device may go carries its own key, or those of two devices (R6 of `devices`).
5. What the host cannot read, an entry for named recipients, it does not judge. An unknown kind is entered and folds as unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tasdiq import register, rules
from tasdiq.errors import InputError, RoleError
from tasdiq.model import entries
from tasdiq.model.meeting import MinutesOpened
from tasdiq.model.state import State
from tasdiq.model.steps import EmbargoLifted, Opening
from tasdiq.model.value import Value
from tasdiq.record import body, canonical
from tasdiq.record.entry import Entry, Submission, parse_leaf
from tasdiq.record.keys import Key, KeyState
from tasdiq.record.secrecy import disclosure
from tasdiq.register.ahead import Ahead
from tasdiq.verification import devices

NO_STEP = (
    entries.CharterAdopted,
    entries.CharterAmended,
    entries.DocumentReceived,
    entries.TableReceived,
    entries.Proposal,
    entries.ProposalConfirmed,
    entries.ProposalRefused,
    entries.EntryCorrected,
    entries.KeysChanged,
    entries.BodyRedacted,
    entries.ReportPublished,
)
"""Bodies of entries that are no steps of a case: the record's own rules suffice for them."""


def review_all(
    submissions: Sequence[Submission],
    state: Callable[[], State],
    keys: KeyState,
    now: str,
    opening: Callable[[str], Opening],
) -> None:
    """Raise as `review` does unless all these entries may go to the log together, in this order."""
    ahead: Ahead | None = None

    def before() -> State:
        return ahead.state if ahead else state()

    for submission in submissions:
        body = review(submission, before, keys, now, opening)
        if len(submissions) > 1 and body is not None and _changes_what_may_follow(body):
            entry = parse_leaf(submission.leaf)
            ahead = ahead or Ahead(state())
            ahead.take(entry.header["member"], claimed_in(entry, submission), entry.id, entry.header["access"], body)


def _changes_what_may_follow(body: Value) -> bool:
    return isinstance(body, entries.CharterAmended | entries.EntryCorrected) or not isinstance(body, NO_STEP)


def review(
    submission: Submission, state: Callable[[], State], keys: KeyState, now: str, opening: Callable[[str], Opening]
) -> Value | None:
    """Return an entry's body, None where it cannot be judged (rule 4).

    Raise `InputError`, `RoleError` or `ProcedureError` unless this entry may go to the log at the time `now`. `opening` reads
    what opens a sealed entry of this record.
    """
    entry = parse_leaf(submission.leaf)
    if entry.header["access"] == "named":
        return None
    kind, content = opened(entry, submission)
    shaped = entries.BODIES.get(kind)
    if shaped is None:
        return None
    found: Value = _shaped(content, shaped, kind)
    if isinstance(found, entries.Proposal):
        _require_rows(found, submission)
    signers = [keys.keys[key] for key, _ in entry.sigs if key in keys.keys]
    if isinstance(found, entries.CharterAmended):
        _require_all(signers, keys)
    devices.check(kind, entry.header["member"], signers)
    if not isinstance(found, NO_STEP) or rules.is_step(state(), found):
        _require_open(state(), entry, found, now, claimed_in(entry, submission))
    if isinstance(found, rules.OPENING):
        _require_openings(state(), entry, found, opening)
    return found


def _require_open(state: State, entry: Entry, found: Value, now: str, claimed: str) -> None:
    member, access = entry.header["member"], entry.header["access"]
    rules.check(state, member, found, now, claimed)
    expected = rules.access_of(state, member, found, claimed)
    if access != expected:
        raise InputError(
            f"this step is entered as {expected}, found it signed as {access}: sign it again", field="access"
        )


def _require_openings(
    state: State, entry: Entry, found: EmbargoLifted | MinutesOpened, opening: Callable[[str], Opening]
) -> None:
    named = rules.to_open(state, entry.header["member"], found)
    if found.openings != tuple(map(opening, named)):
        raise InputError(
            "expected what opens exactly the entries that this step opens, as they stand here", field="openings"
        )


def opened(entry: Entry, submission: Submission) -> tuple[str, Any]:
    """Return kind and content of an entry, those of the sealed body where it is not public."""
    if entry.header["access"] == "public":
        return entry.header["kind"], canonical.loads(disclosure.bare(submission.plaintext))
    sealed = body.unseal(submission.plaintext)
    return sealed.kind, canonical.loads(disclosure.bare(sealed.body))


def claimed_in(entry: Entry, submission: Submission) -> str:
    """Return the time that an entry claims: of a sealed one the exact one, which stands in its body."""
    if entry.header["access"] == "public":
        return str(entry.header["claimed_time"])
    return body.unseal(submission.plaintext).claimed_time


def _shaped(content: Any, kind: Any, name: str) -> Any:
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise InputError(f"the body does not have the form that {name} has: {error}", field="body") from error


def _require_rows(found: entries.Proposal, submission: Submission) -> None:
    if found.rows_of not in register.ROWS:
        return
    # That a row is canonical JSON is for the record to see.
    decode = msgspec.json.Decoder(register.ROWS[found.rows_of][0]).decode
    try:
        for row in filter(None, submission.rows):
            decode(row.content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(
            f"the body does not have the form that a row of {found.rows_of} has: {error}", field="body"
        ) from error


def _require_all(signers: Sequence[Key], keys: KeyState) -> None:
    if missing := [name for name in keys.members if devices.missing("CharterAmended", name, signers)]:
        raise RoleError(f"the charter is amended with the signature of every member; missing: {', '.join(missing)}")
