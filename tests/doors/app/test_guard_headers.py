"""What answers tell browsers they may do, by which names the server answers, and where it leads (headers, hosts)."""

from __future__ import annotations

import re
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from doors.app.clients import Client
from doors.app.probes import add_probes
from doors.app.seats import Seats
from tasdiq.web.guard.headers import ALWAYS, POLICY
from tasdiq.web.guard.hosts import safe_next

PAGES = ("/", "/nowhere", "/static/app/app.js", "/api/v1/nowhere", "/health")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_has_the_headers(anybody: Client, address: str) -> None:
    """Pages, files, calls and refusals alike."""
    found = anybody.get(address).headers
    assert {name: found[name] for name in ALWAYS} == ALWAYS
    assert re.fullmatch(r"[0-9a-f]{16}", found["x-correlation-id"])


def test_an_answer_of_a_failed_request_has_them_too(table: Seats) -> None:
    """Whatever went wrong inside."""
    add_probes(table.app)
    assert table.anybody().get("/probe/fail/bug").headers["content-security-policy"] == POLICY


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    """Rules 1 and 2 of the headers."""
    rules = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert {rules[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert not any(word in POLICY for word in ("unsafe", "http:", "https:", "*"))


def test_what_officers_see_is_kept_nowhere(table: Seats) -> None:
    """Rule 4: pages of somebody who signed in are not stored; files with their version in the address are kept."""
    assert table.client("vor").get("/").headers["cache-control"] == "no-store"
    anybody = table.anybody()
    assert anybody.get("/").headers["cache-control"] == "private, no-cache"
    style = re.search(r'href="(/static/app/app\.css\?v=[^"]+)"', anybody.get("/").text)
    assert style
    assert "immutable" in anybody.get(style[1]).headers["cache-control"]
    assert anybody.get("/static/app/app.css").headers["cache-control"] == "no-cache"


def test_over_tls_browsers_come_back_by_tls(table: Seats) -> None:
    """Rule 5."""
    table.with_options(secure=True, address="https://testserver")
    assert "max-age=31536000" in table.anybody().get("/").headers["strict-transport-security"]


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@elsewhere.example", ""]
)
def test_under_another_name_nothing_is_answered(anybody: Client, host: str) -> None:
    """A page of another name that was pointed here gets nothing, and no answer repeats that name."""
    found = anybody.get("/", headers={"Host": host})
    assert (found.status_code, "elsewhere.example" in found.text) == (421, False)


def test_this_machine_is_this_server_only_where_it_listens_there(table: Seats) -> None:
    """`localhost` serves while one works on the machine itself, and not as another name of a public server."""
    assert table.anybody().get("/", headers={"Host": "localhost:8017"}).status_code == 200


def test_a_public_server_is_not_localhost(table: Seats) -> None:
    """Over TLS the server has its own name alone; health is answered under any."""
    client = table.with_options(secure=True, address="https://testserver").anybody()
    assert client.get("/", headers={"Host": "localhost"}).status_code == 421
    assert client.get("/health", headers={"Host": "10.0.0.7"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/desk", "/cases/case-1?part=2&x=%20#marks", "/sign/abc?next=/desk"])
def test_after_signing_in_one_is_led_to_a_path_here(path: str) -> None:
    """A path of this server is kept."""
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "hostile",
    [
        "", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "https://elsewhere.example/",
        "javascript:alert(1)", "desk", " /desk", "/desk\n", "/\t/elsewhere.example", "/desk\r\nSet-Cookie: a=b",
        "///elsewhere.example", "/%0d\\", "/пут", "/sign-out", "@elsewhere.example", "/\u2028/elsewhere.example",
    ],
)  # fmt: skip
def test_nothing_leads_elsewhere(hostile: str) -> None:
    """Whatever a browser could read as another server leads to the desk."""
    assert safe_next(hostile) == "/desk"


def test_no_template_has_anything_inline() -> None:
    """What the policy forbids stands in no page: no script but by its address, no style, no handler in an attribute."""
    folder = files("tasdiq").joinpath("web", "templates", "app")
    with as_file(folder) as found:
        texts = {path.name: path.read_text(encoding="utf-8") for path in Path(found).rglob("*.html")}
    assert len(texts) > 5
    for name, text in texts.items():
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text), name
