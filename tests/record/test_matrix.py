"""Every attack of the tamper matrix is shown by the command: with what, where, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from record.attacks.case import Case, Refused, Tried
from record.forging import World, leaves_of, make_world, resign
from record.matrix import ATTACKS, CASES
from tasdiq.record.audit.path import audit

GOOD = ("site", "earlier_site", "fork_site", "bundle.json", "earlier_bundle.json", "disclosing.json", "record")

THREAT_MODEL = Path(__file__).parents[2] / "docs" / "design" / "threat-model.md"


def documented() -> dict[str, str]:
    """Return what the threat model's table says of each attack, by its name."""
    section = THREAT_MODEL.read_text(encoding="utf-8").partition("## The tamper matrix")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.split("\n") if line.startswith("|")]
    return {cells[-4].strip(): " | ".join(cells) for cells in rows[2:]}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """What honest parties have, from which every case is made."""
    return make_world(tmp_path_factory.mktemp("matrix"))


@pytest.mark.parametrize("name", GOOD)
def test_what_the_cases_are_made_from_holds(world: World, name: str) -> None:
    """Before anything is tampered with, every check holds, with trusted keys and against what was kept."""
    kept = () if name in ("bundle.json", "disclosing.json") else (world.base / "earlier.checkpoint",)
    verdict = audit(world.base / name, world.base / "keys.txt", against=kept)
    assert verdict.problems == []
    assert verdict.trusted


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_attack_is_shown(case: Case, world: World, tmp_path: Path) -> None:
    """Exactly the problems that the case names: what and where; or the log's own refusal."""
    made = case.make(world, tmp_path)
    if isinstance(made, Refused):
        assert "at the host" in documented()[case.name]
        with pytest.raises(made.error, match=made.says):
            made.attempt()
        return
    verdict = audit(made.path, made.trust, against=made.against, receipts=made.receipts)
    assert {(p.code, p.path, p.index) for p in verdict.problems} == made.shows
    assert not verdict.ok
    told = re.findall("`([a-z-]+)` at", documented()[case.name])
    assert set(told) == {code for code, _, _ in made.shows}
    assert ("command, page" in documented()[case.name]) == case.reader


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_command_says_the_same(attack: str, world: World, tmp_path: Path) -> None:
    """One case of each kind through `python -m tasdiq.record audit --json`: exit code 1 and the same problems."""
    case = next(case for case in CASES if case.attack == attack and case.reader)
    made = case.make(world, tmp_path)
    assert isinstance(made, Tried)
    known = [("--trust", made.trust), *(("--against", each) for each in made.against)]
    known += [("--receipt", each) for each in made.receipts]
    options = [str(part) for name, path in known if path for part in (name, path)]
    command = [sys.executable, "-m", "tasdiq.record", "audit", str(made.path), *options, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "")
    problems = json.loads(done.stdout)["problems"]
    assert {(p["code"], p["path"], p["index"]) for p in problems} == made.shows


def test_the_threat_model_has_a_line_for_every_attack() -> None:
    """Each case stands in the table of docs/design/threat-model.md, and nothing else does."""
    assert list(documented()) == [case.name for case in CASES]


@pytest.mark.parametrize("kept", [slice(0, 12), slice(0, 11)])
def test_what_the_checks_cannot_show(world: World, tmp_path: Path, kept: slice) -> None:
    """A thief of the log's key is believed about the end of the record by who kept nothing, and has no cosignature."""
    site = world.site(tmp_path)
    verdict = audit(resign(site, leaves_of(site)[kept]), world.base / "keys.txt")
    assert verdict.ok
    assert verdict.as_json()["cosigned"] == {"k": 0, "n": 3, "quorum": 2, "by": [], "at": []}


def test_the_matrix_covers_every_kind_of_attack() -> None:
    """Each kind has a case that concerns what a reader has, so that the page shows it too; no name stands twice."""
    assert {case.attack for case in CASES if case.reader} == set(ATTACKS)
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
