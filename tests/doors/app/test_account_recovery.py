"""Recovery by two colleagues, and every way to misuse it (A30 to A35)."""

from __future__ import annotations

import re

import pytest

from doors.app.account_scenes import HostTime, Person, invited, join, person, signed_in, stop_clock, visitor, who
from doors.app.clients import Client
from doors.app.seats import Seats
from tasdiq.web.accounts import office


class Scene:
    """Four officers of Kestria, one of whom cannot sign in any more."""

    def __init__(self, table: Seats) -> None:
        self.table, self.time = table, stop_clock(table)
        self.lost = person(table, "Officer-1")
        self.colleagues = [person(table, f"Officer-{n}", role="team") for n in (2, 3, 4)]
        self.time.later(minutes=1)
        self.browser = visitor(table)

    def ask(self, name: str = "kes/officer-1") -> tuple[str, str]:
        """Ask for recovery; return the page's path and its comparing code."""
        answer = self.browser.post("/recover", data={"name": name}, follow_redirects=False)
        path = answer.headers["location"]
        code = re.search(r'class="comparing"><code>([A-Z0-9-]+)', self.browser.get(path).text)
        assert code
        return path, code[1]

    def request(self, client: Client) -> str:
        """Return the id of the first request that an officer sees, "" where it sees none."""
        found = re.search(r"/account/recoveries/([0-9a-f]{32})/refuse", client.get("/account/officers").text)
        return found[1] if found else ""

    def approve(self, officer: Person | str, ident: str, code: str) -> int:
        """Have an officer approve; return the status."""
        client = signed_in(self.table, officer if isinstance(officer, str) else officer.id)
        found = client.post(f"/account/recoveries/{ident}/approve", data={"code": code}, follow_redirects=False)
        return found.status_code

    def seen(self) -> str:
        """Return the page of officers as a colleague sees it."""
        return signed_in(self.table, self.colleagues[2].id).get("/account/officers").text


@pytest.fixture
def scene(table: Seats) -> Scene:
    """The four officers at a table of their own."""
    return Scene(table)


def test_two_colleagues_restore_sign_in(scene: Scene) -> None:
    """A31, A32: with two approvals the officer chooses a new password; old password, sessions and tokens end; the role stays."""
    before = signed_in(scene.table, scene.lost.id)
    path, code = scene.ask()
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    assert scene.approve(scene.colleagues[0], ident, code.lower()) == 303
    assert "1 colleague of the 2 needed" in scene.browser.get(path).text
    assert scene.approve(scene.colleagues[1], ident, code) == 303
    assert join(scene.browser, path, "a newer and longer one").status_code == 200
    assert (who(scene.browser), who(before)) == ("Officer-1", "")
    assert "liaison officer of Kestria" in scene.browser.get("/account").text
    scene.time.later(minutes=1)
    assert visitor(scene.table).post("/sign-in", data=scene.lost.form()).status_code == 403
    assert visitor(scene.table).get(path).status_code == 404


def test_names_that_nobody_has_are_answered_the_same(scene: Scene) -> None:
    """A30: a request for a name that nobody has looks the same, and no colleague sees it."""
    pages = []
    for name in ("kes/officer-1", "kes/nobody"):
        path, code = scene.ask(name)
        pages.append(scene.browser.get(path).text.replace(code, "").replace(path, ""))
    clean = [re.sub(r'(value|content)="[\w-]{43}"', "", page) for page in pages]
    assert clean[0] == clean[1]
    assert len(re.findall("/approve", scene.seen())) == 1


@pytest.mark.parametrize("member", ["vor", "ord", "riv", "med"])
def test_other_members_cannot(scene: Scene, member: str) -> None:
    """A31: an officer of another member sees no request, and approving or refusing it by its id is like one that is not there."""
    path, code = scene.ask()
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    foreign = signed_in(scene.table, scene.table.account(member))
    assert scene.request(foreign) == ""
    for act in ("approve", "refuse"):
        real = foreign.post(f"/account/recoveries/{ident}/{act}", data={"code": code})
        none = foreign.post(f"/account/recoveries/{'0' * 32}/{act}", data={"code": code})
        assert (real.status_code, real.text) == (none.status_code, none.text) == (404, real.text)
    assert "no colleagues of the 2 needed" in scene.browser.get(path).text


def test_one_colleague_is_not_two(scene: Scene) -> None:
    """A31: the same colleague twice, or the officer itself, does not count."""
    path, code = scene.ask()
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    assert [scene.approve(scene.colleagues[0], ident, code) for _ in range(2)] == [303, 422]
    assert scene.approve(scene.lost, ident, code) == 403
    assert "1 colleague of the 2 needed" in scene.browser.get(path).text
    assert scene.browser.post(f"{path}/password", data={"password": "x" * 20, "code": "1"}).status_code == 404


def test_the_code_must_have_been_told(scene: Scene) -> None:
    """A31: a colleague who was told no code, or that of another request, approves nothing."""
    path, _ = scene.ask()
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    _, other = scene.ask()
    for code in ("", "AAAA-AAAA", other):
        assert scene.approve(scene.colleagues[0], ident, code) == 422
    assert "no colleagues of the 2 needed" in scene.browser.get(path).text


def test_those_invited_afterwards_do_not_count(scene: Scene) -> None:
    """A31: who joined after the request was made cannot approve it, so that nobody invites approvers for the occasion."""
    _, code = scene.ask()
    scene.time.later(minutes=1)
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    account, path = invited(scene.table, "Late officer")
    join(visitor(scene.table), path)
    assert scene.approve(account, ident, code) == 403


def test_any_officer_of_the_member_refuses(scene: Scene) -> None:
    """A33: one refusal ends a request, also by the officer whose name was used without its knowledge."""
    path, code = scene.ask()
    owner = signed_in(scene.table, scene.lost.id)
    ident = scene.request(owner)
    assert scene.approve(scene.colleagues[0], ident, code) == 303
    owner.post(f"/account/recoveries/{ident}/refuse")
    assert scene.approve(scene.colleagues[1], ident, code) == 404
    assert scene.browser.get(path).status_code == 404


def test_every_step_is_seen_by_all_officers(scene: Scene) -> None:
    """A33: who asked, who approved and that it was used stand on every colleague's page, with names."""
    path, code = scene.ask()
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    for colleague in scene.colleagues[:2]:
        scene.approve(colleague, ident, code)
    join(scene.browser, path)
    page = scene.seen()
    for words in ("asked for recovery", "had the recovery approved", "chose a new way to sign in after recovery"):
        assert words in page
    assert page.count("Officer-2</td>") == page.count("Officer-3</td>") == 1


def test_requests_end(scene: Scene) -> None:
    """A34: a request lasts two days; a disabled account is not recovered, even after two approvals."""
    path, code = scene.ask()
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    for colleague in scene.colleagues[:2]:
        scene.approve(colleague, ident, code)
    with scene.table.room.office.engine.begin() as connection:
        office.disable(connection, scene.table.room.office, scene.lost.id)
    assert scene.browser.get(path).status_code == 404
    with scene.table.room.office.engine.begin() as connection:
        office.enable(connection, scene.lost.id)
    path, _ = scene.ask()
    scene.time.later(days=2, seconds=1)
    assert scene.browser.get(path).status_code == 404


def test_requests_do_not_pile_up(scene: Scene) -> None:
    """A34: colleagues see three open requests of an officer at most, however often somebody asks in its name."""
    for _ in range(6):
        scene.ask()
        scene.time.later(minutes=6)
    assert scene.seen().count("/approve") == 3


def test_recovery_touches_no_key(scene: Scene) -> None:
    """A32, A52: the record is the same before and after a recovery: no entry, no key."""
    size = scene.table.state().size
    path, code = scene.ask()
    ident = scene.request(signed_in(scene.table, scene.colleagues[0].id))
    for colleague in scene.colleagues[:2]:
        scene.approve(colleague, ident, code)
    join(scene.browser, path)
    assert scene.table.state().size == size
    assert isinstance(scene.time, HostTime)
