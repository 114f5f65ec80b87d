"""Second signatures (R6)."""

from __future__ import annotations

import pytest

from tasdiq.errors import RoleError
from tasdiq.record.keys import Key
from tasdiq.verification import devices


def key(member: str, role: str, number: int) -> Key:
    """Return a key of a member, its own or an officer's."""
    return Key(bytes([number] * 32), role, f"{member}-{number}", member, None, 0)


@pytest.mark.parametrize("kind", sorted(devices.KINDS))
def test_r6_one_device_alone_does_not_bind_a_member(kind: str) -> None:
    """One officer's key, the same twice, or that of another member beside it, is refused, naming the rule."""
    own = key("kes", "officer", 1)
    for signers in ([], [own], [own, own], [own, key("vor", "officer", 2)], [own, key("vor", "member", 3)]):
        with pytest.raises(RoleError, match="R6"):
            devices.check(kind, "kes", signers)


@pytest.mark.parametrize("kind", sorted(devices.KINDS))
def test_r6_two_devices_or_the_members_own_key_bind_it(kind: str) -> None:
    """Two officers' keys of the member suffice, and so does its own key alone."""
    devices.check(kind, "kes", [key("kes", "officer", 1), key("kes", "officer", 2)])
    devices.check(kind, "kes", [key("kes", "member", 3)])


def test_r6_asks_nothing_of_other_kinds() -> None:
    """What binds a member less far takes one device, and is told to want one while it has none."""
    devices.check("CaseOpened", "kes", [])
    assert devices.missing("CaseOpened", "kes", []) == 1
    assert devices.missing("CaseOpened", "kes", [key("kes", "officer", 1)]) == 0
    assert devices.missing("FindingSigned", "kes", [key("kes", "officer", 1)]) == 1
