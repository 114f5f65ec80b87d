"""`tasdiq account`: the host invites, lists, disables; and what it did is there for the member to see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doors.conftest import Done, Door
from doors.joint import Seat, found
from tasdiq.secretariat.founding import Home
from tasdiq.web.accounts import trace
from tasdiq.web.office.database import Office

OFFICER = ("--member", "kes", "--role", "liaison", "--name", "Officer 1")


@pytest.fixture
def seat(door: Door, tmp_path: Path) -> Seat:
    """A joint record and its command line."""
    return found(door, tmp_path)


def lines(seat: Seat) -> list[str]:
    """Return what happened to Kestria's accounts, the newest first."""
    office = Office.open(Home(seat.record))
    with office.reading() as connection:
        told = [f"{line.officer} {line.words} by {line.by}" for line in trace.of_member(connection, "kes")]
    office.close()
    return told


def listed(done: Done) -> list[dict[str, str]]:
    """Return the accounts that a command printed."""
    found: list[dict[str, str]] = json.loads(done.out)
    return found


def test_the_host_invites_and_lists(seat: Seat) -> None:
    """One link is printed on stdout, at the server's address; the account stands as invited."""
    done = seat.run("account", "invite", seat.record, *OFFICER, "--address", "https://table.example/")
    assert done.out.startswith("https://table.example/invited/") and done.out.count("\n") == 1
    [account] = listed(seat.run("account", "list", seat.record, "--json"))
    assert (account["sign_in"], account["state"], account["officer"]) == ("kes/officer-1", "invited", "Officer-1")
    assert seat.run("account", "list", seat.record, "--member", "vor").out == ""


def test_the_hosts_acts_leave_a_trace(seat: Seat) -> None:
    """A6, A35: invited, invited again, disabled and enabled by the host: each stands where the member's officers see it."""
    seat.run("account", "invite", seat.record, *OFFICER)
    seat.run("account", "invite", seat.record, "--again", "kes/officer-1")
    seat.run("account", "disable", seat.record, "KES/Officer-1")
    assert "disabled" in seat.run("account", "list", seat.record).out
    seat.refused("disabled", "account", "invite", seat.record, "--again", "kes/officer-1", code=2)
    seat.run("account", "enable", seat.record, "kes/officer-1")
    told = [line.split(" by ")[0] for line in lines(seat)]
    assert [words.split("Officer 1 ")[1].partition(";")[0] for words in told] == [
        "was enabled again", "was disabled", "was invited again", "was invited",
    ]  # fmt: skip
    assert all(line.endswith("the host of this record, at its command line") for line in lines(seat))


def test_what_cannot_be_is_refused(seat: Seat) -> None:
    """A1: unknown members, roles that are not theirs, names twice, accounts that are not there, and nothing at all."""
    seat.run("account", "invite", seat.record, *OFFICER)
    seat.refused("already", "account", "invite", seat.record, *OFFICER, code=2)
    wrong = (
        ("--member", "xyz", "--role", "team", "--name", "X"),
        ("--member", "kes", "--role", "observer", "--name", "X"),
        (),
    )
    for words, options in zip(("no member", "liaison or team", "--again"), wrong, strict=True):
        seat.refused(words, "account", "invite", seat.record, *options, code=2)
    for act in ("disable", "enable"):
        seat.refused("tasdiq account list", "account", act, seat.record, "kes/nobody", code=2)
