"""Second signatures: what one stolen device must not be able to enter alone.

Rule (cited by tests as R6):

R6. A mark under a finding, an amended charter and the handing over or receiving of a person carry, for the member they bind,
    its own key, or the keys of two devices certified to its officers.

Whether a signature holds and its key may sign here was checked by the record.
"""

from __future__ import annotations

from collections.abc import Iterable

from tasdiq.errors import RoleError
from tasdiq.record.keys import Key

KINDS = frozenset({"CharterAmended", "FindingSigned", "PersonHandedOver", "PersonReceived"})
"""The kinds of entries that R6 speaks of."""
DEVICES = 2


def missing(kind: str, member: str, signers: Iterable[Key]) -> int:
    """Return how many more of a member's devices must sign an entry of this kind; `signers` are the keys under it."""
    own = {key.public: key.role for key in signers if key.member == member}
    if "member" in own.values():
        return 0
    return max(0, (DEVICES if kind in KINDS else 1) - len(own))


def check(kind: str, member: str, signers: Iterable[Key]) -> None:
    """Raise `RoleError` unless a member signed with what an entry of this kind takes (R6)."""
    if kind in KINDS and missing(kind, member, signers):
        raise RoleError(
            f"{kind} takes the key of {member} itself, or the keys of two devices of its officers: "
            "have it signed on a second device (R6)"
        )
