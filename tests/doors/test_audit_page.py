"""The audit page in a real browser, opened from a disk: the command's verdicts, and a page that anyone can use.

It is held against the command on every attack a reader can meet, on random mutations and on the published edge cases of Ed25519.
"""

from __future__ import annotations

import base64
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from doors.browsers import marks
from record.attacks.case import Case, Tried
from record.audit.test_openings import OTHER_USES, WRONG, write_copies
from record.audit.test_redacted import bundle_with_rows, redacted_row_shown, write_records
from record.forging import World, leaves_of, republish, resign
from record.matrix import CASES
from record.records import desk_record, draft, opened, signed
from record.test_bundle import replace_somewhere
from record.test_tamper import add, change, mend, remove, swap
from record.vectors import load_beside
from tasdiq.record import canonical, ed25519
from tasdiq.record.audit.path import audit
from tasdiq.record.publish import publish as write_record
from tasdiq.record.reader import Reader

pytestmark = marks

READER = [case for case in CASES if case.reader]
Plain = dict[str, Any]


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    """One tab for all tests: opening the page anew is enough."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, address: str) -> Iterator[Page]:
    """The page, opened anew; a test fails where the console says anything or something is fetched."""
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda asked: None if asked.url.startswith("file:") else heard.append(asked.url))
    tab.goto(address)
    tab.wait_for_selector("#checker:not([hidden])", timeout=20_000)
    assert heard == []
    yield tab
    assert heard == []


def check(tab: Page, path: Path, **known: Path | tuple[Path, ...] | None) -> Plain:
    """Choose what a reader chooses, check it, and return the JSON that the page offers."""
    tab.set_input_files("#choose-folder" if path.is_dir() else "#choose-file", path)
    for name, given in known.items():
        files = given if isinstance(given, tuple) else (given,) if given else ()
        tab.set_input_files(f"#choose-{name}", list(files))
    tab.get_by_role("button", name="Check it").click()
    tab.wait_for_selector("#report:not([hidden]) #verdict-json", state="attached", timeout=40_000)
    return json.loads(tab.locator("#verdict-json").text_content() or "")


def told(verdict: Plain) -> tuple[Plain, list[tuple[str, str, int | None]]]:
    """Return what page and command must agree on: all but the wording of problems."""
    problems = [(problem["code"], problem["path"], problem["index"]) for problem in verdict["problems"]]
    return {name: value for name, value in verdict.items() if name != "problems"}, problems


@pytest.mark.parametrize(
    "name", ["site", "earlier_site", "fork_site", "bundle.json", "earlier_bundle.json", "disclosing.json"]
)
def test_what_honest_parties_have_holds(page: Page, world: World, name: str) -> None:
    """A good copy holds with trusted keys, cosigned by whom and when; the JSON is the command's, word for word."""
    verdict = check(page, world.base / name, trust=world.base / "keys.txt")
    assert verdict == audit(world.base / name, world.base / "keys.txt").as_json()
    assert verdict["ok"]
    assert verdict["keys"] == "trusted"


@pytest.mark.parametrize("case", READER, ids=str)
def test_every_attack_is_shown(page: Page, case: Case, world: World, tmp_path: Path) -> None:
    """Page and command name the same problems, in the same order, and say the same of them."""
    made = case.make(world, tmp_path)
    assert isinstance(made, Tried)
    by_command = audit(made.path, made.trust, against=made.against, receipts=made.receipts).as_json()
    by_page = check(page, made.path, trust=made.trust, kept=made.against, receipts=made.receipts)
    assert told(by_page) == told(by_command)
    assert {tuple(problem) for problem in told(by_page)[1]} == made.shows
    headline = page.locator("#report-head").inner_text()
    assert headline.startswith(("Does not", "Proves a split view"))


def test_random_mutations_of_a_site(page: Page, world: World, tmp_path: Path) -> None:
    """A hundred files changed, removed, added or swapped, half of them listed anew by the publisher: one verdict."""
    site, chance = world.site(tmp_path), random.Random(11)
    whole = files_of(site)
    page.evaluate(KEEP, whole)
    for number in range(100):
        before = chance.choice([change, change, remove, add, swap])(chance, site)
        if number % 2:
            republish(site)
        agree(page, site, whole)
        mend(before)
        republish(site)


def test_random_mutations_of_entries(page: Page, world: World, tmp_path: Path) -> None:
    """Fifty times an entry or a body altered in its parts, and tree, checkpoint and list signed anew by thieves: one verdict."""
    site, chance = world.site(tmp_path), random.Random(12)
    whole, leaves = files_of(site), leaves_of(site)
    page.evaluate(KEEP, whole)
    for _ in range(50):
        at = chance.randrange(len(leaves))
        altered = canonical.dumps(replace_somewhere(chance, json.loads(leaves[at])))
        resign(site, [*leaves[:at], altered, *leaves[at + 1 :]])
        agree(page, site, whole)


def test_random_mutations_of_a_bundle(page: Page, world: World, tmp_path: Path) -> None:
    """Fifty bundles with a part replaced by another kind of value, or a bit flipped: one verdict."""
    chance, path = random.Random(13), tmp_path / "bundle.json"
    whole = (world.base / "bundle.json").read_bytes()
    for number in range(50):
        at = chance.randrange(len(whole))
        altered = whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
        path.write_bytes(altered if number % 2 else canonical.dumps(replace_somewhere(chance, json.loads(whole))))
        by_page = page.evaluate(CHECK_FILE, base64.b64encode(path.read_bytes()).decode())
        assert told(by_page) == told(audit(path).as_json()), path.read_bytes()


def test_rows_of_a_bundle(page: Page, tmp_path: Path) -> None:
    """Rows in another order, and a redacted row beside its notice: the page says what the command says."""
    base, path = write_records(tmp_path), tmp_path / "bundle.json"
    value = bundle_with_rows(base, tmp_path)
    value["entries"][0]["rows"].reverse()
    for data in (canonical.dumps(value), redacted_row_shown(base, tmp_path).read_bytes()):
        path.write_bytes(data)
        by_page = page.evaluate(CHECK_FILE, base64.b64encode(data).decode())
        assert told(by_page) == told(audit(path).as_json())
        assert not by_page["ok"]


@pytest.mark.parametrize("name", ["another text", "an entry that is not here", "a field more"])
def test_openings(page: Page, tmp_path: Path, name: str) -> None:
    """What a body opens of a sealed entry is held against it on the page as by the command."""
    _, site, bundle = write_copies(tmp_path, {**WRONG, **OTHER_USES}[name])
    assert told(check(page, site)) == told(audit(site).as_json())
    by_page = page.evaluate(CHECK_FILE, base64.b64encode(bundle.read_bytes()).decode())
    assert told(by_page) == told(audit(bundle).as_json())


KEEP = "files => { window.kept = files; }"
CHECK_SITE = """async changed => {
  const data = Object.entries({...window.kept, ...changed}).filter(([, content]) => content !== null);
  const files = data.map(([path, content]) => [path, new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], path)]);
  return (await tasdiqAudit.check(new tasdiqAudit.folder.Folder("site", files))).asJson();
}"""
CHECK_FILE = """async content => {
  const file = new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], "bundle.json");
  return (await tasdiqAudit.check(file)).asJson();
}"""
VERIFY = """cases => Promise.all(cases.map(([key, sig, message]) => tasdiqAudit.ed25519.verify(
  tasdiqAudit.bytes.fromHex(key), tasdiqAudit.bytes.fromHex(sig), tasdiqAudit.bytes.join(message))))"""


def files_of(site: Path) -> dict[str, str]:
    """Return the files of a site, in base64, by path."""
    found = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return {path.relative_to(site).as_posix(): base64.b64encode(path.read_bytes()).decode() for path in found}


def agree(tab: Page, site: Path, whole: dict[str, str]) -> None:
    """Assert that page and command say the same of a site; only what differs from the whole one is handed over."""
    now = files_of(site)
    changed = {path: now.get(path) for path in whole.keys() | now.keys() if now.get(path) != whole.get(path)}
    assert told(tab.evaluate(CHECK_SITE, changed)) == told(audit(site).as_json()), sorted(changed)


def test_the_published_edge_cases_of_ed25519(page: Page) -> None:
    """All 914 come out as they do in the command: strict about A and R, whatever the browser's library accepts."""
    cases = load_beside("cctv/ed25519vectors.json")
    by_page = page.evaluate(VERIFY, [[case["key"], case["sig"], case["msg"]] for case in cases])
    by_command = [
        ed25519.verify(bytes.fromhex(case["key"]), bytes.fromhex(case["sig"]), case["msg"].encode()) for case in cases
    ]
    assert len(by_page) == 914
    assert by_page == by_command


def test_two_thousand_entries_take_seconds(page: Page, tmp_path: Path) -> None:
    """A site of 2,000 entries with bodies is checked in seconds (the bound is for a machine that is busy)."""
    with opened(desk_record(tmp_path / "r")) as log:
        log.append([signed(log, draft(number)) for number in range(2_000)])
        log.checkpoint()
    site = tmp_path / "site"
    with Reader.open(tmp_path / "r") as reader:
        write_record(reader, site)
    republish(site)
    started = time.perf_counter()
    assert check(page, site)["ok"]
    assert time.perf_counter() - started < 20
