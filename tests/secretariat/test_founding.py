"""How a record comes into being: whole or not at all. Tests are named for the rules of `founding`."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import pytest

from tasdiq.errors import InputError, MissingError, RoleError, SettingsError
from tasdiq.mechanism import Mechanism
from tasdiq.model.charter import Charter, Member
from tasdiq.record.audit.path import audit
from tasdiq.record.keys import SigningKey
from tasdiq.record.reader import Reader
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Founding, Home, found_desk, found_joint
from tasdiq.settings import Settings

AT = "2031-03-04T12:00:00Z"
PARTIES = (Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland"))
DESK = Charter(title="Kestria and Vorland", form="desk", compiler="The Editors", parties=PARTIES)
JOINT = msgspec.structs.replace(DESK, form="joint", compiler="")


def found(home: Home, state: Path, charter: Charter = DESK) -> Founding:
    """Found a desk record at its place."""
    with home.building() as place:
        founding = found_desk(place, charter, AT)
        Mechanism.found(place, founding, Settings(state))
    return founding


def test_rule_1_a_desk_record_has_one_key_for_its_author_and_none_for_a_party(tmp_path: Path) -> None:
    """Its members are the analyst alone; the audit says who compiled it."""
    home = Home(tmp_path / "record")
    found(home, tmp_path / "state")
    assert {path.stem for path in (home.path / "keys").glob("*.key")} - {"at-rest"} == {"analyst", "log", "publisher"}
    verdict = audit(home.path, home.trust_file)
    assert verdict.ok and verdict.trusted
    assert "compiled by The Editors; no party has signed" in verdict.label
    assert read_state(home).charter == DESK


def test_rule_2_every_founder_signs_entry_0(tmp_path: Path) -> None:
    """The entry carries each member's signature, and no member's key lies in the record."""
    keys = {"kes": SigningKey.generate(), "vor": SigningKey.generate()}
    home = Home(tmp_path / "record")
    with home.building() as place:
        founding = found_joint(place, JOINT, AT, keys)
        Mechanism.found(place, founding, Settings(tmp_path / "state"))
    assert {key.key_id for key in keys.values()} <= {
        line.split(" ")[2] for line in home.trust_file.read_text(encoding="utf-8").splitlines() if line[0] != "#"
    }
    assert {path.stem for path in (home.path / "keys").glob("*.key")} - {"at-rest"} == {"log", "publisher"}
    with Mechanism.open(home, Settings(tmp_path / "state")) as mechanism, pytest.raises(RoleError, match="--key"):
        mechanism.amend(msgspec.structs.replace(JOINT, title="x"), "without a key")


def test_rule_2_a_key_is_the_one_the_charter_names(tmp_path: Path) -> None:
    """Another key for a member whose fingerprint the charter has is refused."""
    named = msgspec.structs.replace(JOINT, parties=(msgspec.structs.replace(PARTIES[0], key="0" * 64), PARTIES[1]))
    keys = {"kes": SigningKey.generate(), "vor": SigningKey.generate()}
    with pytest.raises(InputError, match="not the one the charter names"):
        found_joint(Home(tmp_path), named, AT, keys)


@pytest.mark.parametrize(("make", "charter"), [(found_desk, JOINT), (found_joint, DESK)])
def test_each_form_is_founded_its_own_way(tmp_path: Path, make: object, charter: Charter) -> None:
    """A joint charter makes no desk record, nor the other way round; the message says what does."""
    arguments = (Home(tmp_path), charter, AT) + (({},) if make is found_joint else ())
    with pytest.raises(InputError, match=r"tasdiq (init|assess)"):
        make(*arguments)  # type: ignore[operator]


def test_rule_3_the_directory_and_its_keys_are_private(tmp_path: Path) -> None:
    """Modes 0700 and 0600, whatever the umask."""
    home = Home(tmp_path / "deep" / "record")
    found(home, tmp_path / "state")
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.path.rglob("*.key")} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.path.glob("record.sqlite*")} == {0o600}


def test_rule_5_a_failed_founding_leaves_nothing(tmp_path: Path) -> None:
    """No record, no scratch, and an empty place stays an empty place."""
    home = Home(tmp_path / "record")
    home.path.mkdir()
    with pytest.raises(ZeroDivisionError), home.building() as place:
        found_desk(place, DESK, AT)
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["record"]
    found(home, tmp_path / "state")
    assert home.exists


def test_rule_5_of_two_foundings_at_once_one_is_refused(tmp_path: Path) -> None:
    """The one that comes second says so, and the first record is untouched."""
    home = Home(tmp_path / "record")
    with pytest.raises(SettingsError, match="another process made a record here just now"), home.building() as place:
        found_desk(place, DESK, AT)
        (place.path / "record.sqlite").write_bytes(b"")
        first = found(home, tmp_path / "state")
    assert read_state(home).origin == first.origin
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record", "state"]


def test_rule_5_what_a_kill_left_is_removed_later(tmp_path: Path) -> None:
    """Scratch folders of killed foundings go with the next one; names that only look alike stay."""
    for name in (".record.unfinished-abc", ".records.unfinished-abc"):
        (tmp_path / name / "keys").mkdir(parents=True)
    found(Home(tmp_path / "record"), tmp_path / "state")
    assert not (tmp_path / ".record.unfinished-abc").exists()
    assert (tmp_path / ".records.unfinished-abc").exists()


def test_a_place_that_is_taken_is_refused(tmp_path: Path) -> None:
    """A record, a folder of something else, a file, and a place nobody can write to."""
    home = Home(tmp_path / "record")
    found(home, tmp_path / "state")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for path, words in (
        (home.path, "a record here already"),
        (tmp_path, "not empty and no record"),
        (tmp_path / "file", "not empty and no record"),
        (tmp_path / "file" / "record", "no record can be made here"),
    ):
        with pytest.raises(SettingsError, match=words), Home(path).building():
            pass


def test_a_missing_record_or_key_is_said(tmp_path: Path) -> None:
    """No record: how to make one. No key of a role: who holds it."""
    with pytest.raises(MissingError, match="tasdiq init"):
        Home(tmp_path).require()
    home = Home(tmp_path / "record")
    found(home, tmp_path / "state")
    (home.path / "keys" / "publisher.key").unlink()
    with pytest.raises(MissingError, match="publisher key"):
        home.key("publisher")


def test_rule_4_keys_commit_to_their_successors(tmp_path: Path) -> None:
    """The host's to those beside them; a member's to the one the charter names, or else the one given with its key."""
    keys = {"kes": SigningKey.generate(), "vor": SigningKey.generate()}
    named = msgspec.structs.replace(JOINT, parties=(msgspec.structs.replace(PARTIES[0], next="a" * 64), PARTIES[1]))
    home = Home(tmp_path / "record")
    with home.building() as place:
        founding = found_joint(place, named, AT, keys, {"kes": "b" * 64, "vor": "c" * 64})
        Mechanism.found(place, founding, Settings(tmp_path / "state"))
    with Reader.open(home.path) as reader:
        state = reader.chain.keys
    following = {key.name: key.next for key in state.keys.values()}
    log = home.successor("log")
    assert (following["kes"], following["vor"], state.redaction) == ("a" * 64, "c" * 64, 2)
    assert log and following[founding.origin] == log.key_id
    assert following["publisher"]


def test_a_copy_without_the_logs_key_is_a_mirror(tmp_path: Path) -> None:
    """It is not opened for entries, and says what it is and what to do."""
    home = Home(tmp_path / "record")
    found(home, tmp_path / "state")
    for path in (home.path / "keys").glob("log.key*"):
        path.unlink()
    with pytest.raises(RoleError, match=r"is a mirror.*tasdiq import"):
        Mechanism.open(home, Settings(tmp_path / "state"))
    assert read_state(home).charter == DESK
