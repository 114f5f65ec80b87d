"""A published record: what stands in the site, what never does, and what is checked alone. Rules of `publishing`."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doors.folders import write_folder
from tasdiq.errors import MissingError, SettingsError
from tasdiq.journey import assess_folder
from tasdiq.record.audit.path import audit
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home
from tasdiq.secretariat.publishing import publish, publish_proposition, require_replaceable
from tasdiq.settings import Settings

NOW = datetime(2031, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An assessed folder."""
    made = tmp_path_factory.mktemp("publishing")
    write_folder(made / "folder")
    assess_folder(made / "folder", made / "site", None, Settings(made / "state"), lambda _: None)
    return made


def test_the_same_record_at_the_same_time_gives_the_same_bytes(base: Path, tmp_path: Path) -> None:
    """Two publications differ in nothing."""
    home = Home(base / "site.record")
    for name in ("one", "two"):
        publish(home, read_state(home), tmp_path / name, NOW)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(tmp_path / "two") for path in (tmp_path / "two").rglob("*") if path.is_file()
    )
    for path in files:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes(), path


def test_rule_1_only_a_site_of_ours_is_replaced(base: Path, tmp_path: Path) -> None:
    """Free, empty or ours; anything else is refused before anything is written."""
    for name in ("free", "empty"):
        require_replaceable(tmp_path / name)
        (tmp_path / name).mkdir(exist_ok=True)
    require_replaceable(base / "site")
    (tmp_path / "empty" / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"no manifest\.note"):
        require_replaceable(tmp_path / "empty")


def test_rule_1_a_page_of_an_earlier_site_does_not_stay(base: Path, tmp_path: Path) -> None:
    """A file that the new site does not have is gone with the old one."""
    home = Home(base / "site.record")
    publish(home, read_state(home), tmp_path / "site", NOW)
    (tmp_path / "site" / "stray.html").write_text("x", encoding="utf-8")
    publish(home, read_state(home), tmp_path / "site", NOW)
    assert not (tmp_path / "site" / "stray.html").exists()
    assert audit(tmp_path / "site").ok


def test_rule_2_sealed_bodies_and_originals_stay_at_home(base: Path) -> None:
    """The record folder of the site holds public bodies only, and no attachment."""
    bodies = list((base / "site" / "record" / "body").iterdir())
    public = [line for line in read_state(Home(base / "site.record")).entries if line.access == "public"]
    assert len(bodies) == len(public)
    assert not (base / "site" / "record" / "attachment").exists()


def test_every_proposition_has_a_bundle_that_holds(base: Path) -> None:
    """Each bundle passes the audit alone, against the keys."""
    trust = base / "site.record" / "keys.txt"
    bundles = sorted((base / "site" / "bundle").iterdir())
    assert {path.name.removesuffix(".tasdiq.json") for path in bundles} == set(
        read_state(Home(base / "site.record")).propositions
    )
    for path in bundles:
        assert audit(path, trust).trusted


def test_one_proposition_alone(base: Path, tmp_path: Path) -> None:
    """Its card and its bundle; an unknown one is refused by name."""
    home = Home(base / "site.record")
    state = read_state(home)
    name = next(iter(state.propositions))
    card, bundle = publish_proposition(home, state, name, tmp_path / "cards", NOW)
    assert state.propositions[name].wording in card.read_text(encoding="utf-8")
    assert json.loads(bundle.read_bytes())["card"]["id"] == name
    with pytest.raises(MissingError, match="p-zzz"):
        publish_proposition(home, state, "p-zzz", tmp_path / "cards", NOW)


def test_a_site_can_be_moved(base: Path, tmp_path: Path) -> None:
    """It holds no path of the machine it was made on, and audits anywhere."""
    moved = Path(shutil.copytree(base / "site", tmp_path / "elsewhere"))
    assert audit(moved, base / "site.record" / "keys.txt").ok
    for path in moved.rglob("*"):
        assert not path.is_file() or str(base).encode() not in path.read_bytes(), path
