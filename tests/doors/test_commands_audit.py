"""A thousand random tamperings with a real site, and sites made anew under other keys: what `tasdiq audit` says of them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.folders import tasdiq, write_folder
from record.test_tamper import add, change, mend, remove, swap
from tasdiq.journey import assess_folder
from tasdiq.record.audit.path import audit
from tasdiq.settings import Settings

POSITIONS = 1_000
SHARES = 5
BY_COMMAND = 20
TAMPERINGS = (change, remove, add, swap)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder assessed: `site`, and `site.record` with its keys."""
    made = tmp_path_factory.mktemp("audit")
    write_folder(made / "folder")
    assess_folder(made / "folder", made / "site", None, Settings(made / "state"), lambda _: None)
    return made


@pytest.fixture
def site(base: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the site, to be tampered with."""
    yield Path(shutil.copytree(base / "site", tmp_path / "site"))


@pytest.mark.parametrize("share", range(SHARES))
def test_every_tampering_with_a_real_site_names_its_file(base: Path, site: Path, share: int) -> None:
    """Change, removal, addition and swap of any file at random positions: found, named, nothing raised."""
    chance = random.Random(share)
    trust = base / "site.record" / "keys.txt"
    for _ in range(POSITIONS // SHARES):
        tamper = chance.choice(TAMPERINGS)
        before = tamper(chance, site)
        altered = {path for path, data in before.items() if not path.exists() or path.read_bytes() != data}
        verdict = audit(site, trust)
        named = {problem.path for problem in verdict.problems}
        expected = {str(path.relative_to(site)) for path in altered}
        mend(before)
        assert expected and not verdict.ok, tamper.__name__
        # Once the list itself is altered it is named, and nothing can be held against it any more.
        assert (expected & {"manifest.note"} or expected) <= named, (tamper.__name__, expected, named)
    assert audit(site, trust).ok


def test_the_command_exits_1_and_names_the_file(base: Path, site: Path) -> None:
    """Twenty tamperings through the real command, with and without --json: exit 1, the file, no traceback."""
    chance = random.Random(20)
    for number in range(BY_COMMAND):
        before = chance.choice(TAMPERINGS)(chance, site)
        done = tasdiq(base / "state", "audit", site, *(["--json"] if number % 2 else []))
        mend(before)
        assert done.returncode == 1 and done.stderr == ""
        names = {str(path.relative_to(site)) for path in before}
        assert any(name in done.stdout for name in names), (names, done.stdout)
        if number % 2:
            assert json.loads(done.stdout)["ok"] is False
    assert tasdiq(base / "state", "audit", site).returncode == 0


def test_a_site_made_anew_under_other_keys(base: Path, tmp_path: Path) -> None:
    """Regenerated wholesale it agrees with itself: "unknown keys" without --trust, and it fails with the true ones."""
    assess_folder(base / "folder", tmp_path / "site", None, Settings(tmp_path / "state"), lambda _: None)
    forged, trust = tmp_path / "site", base / "site.record" / "keys.txt"
    alone = tasdiq(tmp_path, "audit", forged, "--json")
    assert alone.returncode == 0
    assert json.loads(alone.stdout)["keys"] == "unknown"
    assert "keys unknown" in tasdiq(tmp_path, "audit", forged).stdout
    held = tasdiq(tmp_path, "audit", forged, "--trust", trust, "--json")
    verdict = json.loads(held.stdout)
    assert (held.returncode, verdict["ok"], verdict["keys"]) == (1, False, "unknown")
    assert {problem["code"] for problem in verdict["problems"]} == {"unknown-keys"}
    honest = tasdiq(tmp_path, "audit", base / "site", "--trust", trust, "--json")
    assert (honest.returncode, json.loads(honest.stdout)["keys"]) == (0, "trusted")


def test_a_page_of_another_site_is_found(base: Path, site: Path, tmp_path: Path) -> None:
    """The record folder of one site under the pages of another, or one page of another, does not hold."""
    other = write_folder(tmp_path / "folder", table="")
    assess_folder(other, tmp_path / "other", None, Settings(tmp_path / "state"), lambda _: None)
    shutil.copy(tmp_path / "other" / "index.html", site / "index.html")
    assert {problem.path for problem in audit(site).problems} == {"index.html"}
    shutil.rmtree(site / "record")
    shutil.copytree(tmp_path / "other" / "record", site / "record")
    assert not audit(site).ok


def test_audit_says_what_it_cannot_use(base: Path, tmp_path: Path) -> None:
    """Nothing there, a folder of something else, a trust file that is none: exit 2 with what was expected."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "trust.txt").write_text("nonsense\n", encoding="utf-8")
    for arguments, words in (
        ((tmp_path / "nowhere",), "nothing to audit here"),
        ((tmp_path / "empty",), "expected a published site"),
        ((base / "site", "--trust", tmp_path / "trust.txt"), "trust.txt:1"),
        ((base / "site", "--trust", tmp_path / "none.txt"), "no file of trusted keys"),
    ):
        done = tasdiq(tmp_path, "audit", *arguments)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
