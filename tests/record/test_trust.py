"""Trusted keys come from elsewhere, and a record is held against them."""

from __future__ import annotations

from pathlib import Path

import pytest

from record.records import LOG, ORIGIN, founding, key
from tasdiq.errors import InputError, MissingError
from tasdiq.record import note
from tasdiq.record.audit.trust import contradictions, read_trust, write_trust
from tasdiq.record.keys import KeyState


def state() -> KeyState:
    """Return the keys of a joint record."""
    events = founding("joint", ("kestria", "vorland"))
    return KeyState().apply(0, events, {key("kestria").key_id, key("vorland").key_id}, ORIGIN)


def held(tmp_path: Path, text: str) -> list[str]:
    """Return the contradictions with a trust file of this text."""
    path = tmp_path / "keys.txt"
    path.write_text(text, encoding="utf-8")
    return list(contradictions(state(), read_trust(path)))


def test_the_file_a_record_writes_is_the_one_it_is_held_against(tmp_path: Path) -> None:
    """What `write_trust` writes, a record agrees with; keys of other records do no harm."""
    assert not held(tmp_path, write_trust(state()))
    assert not held(tmp_path, write_trust(state()) + f"log other.example {'ab' * 32}\n")


def test_verifier_keys_serve_as_well(tmp_path: Path) -> None:
    """Rule 1: the log may be named by the verifier key that other log tools print."""
    lines = [line for line in write_trust(state()).split("\n") if not line.startswith("log")]
    assert held(tmp_path, "\n".join(lines))
    assert not held(tmp_path, "\n".join([*lines, str(note.Verifier(ORIGIN, LOG.public))]))


def test_other_missing_and_swapped_keys_contradict(tmp_path: Path) -> None:
    """Rules 1 and 2: a member without a line, with another key, or under the other's name is named."""
    text = write_trust(state())
    lines = text.split("\n")
    assert "vorland" in held(tmp_path, "\n".join(line for line in lines if " vorland " not in line))[0]
    assert held(tmp_path, text.replace(key("vorland").key_id, "ab" * 32))
    assert held(
        tmp_path, text.replace(" vorland ", " x ").replace(" kestria ", " vorland ").replace(" x ", " kestria ")
    )
    assert "never had" in held(tmp_path, f"{text}publisher publisher {'ab' * 32}\n")[0]


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "log x\n", "king x " + "ab" * 32, "log x AB", "name+00000000+AQ==\n", "\xff"]
)
def test_files_of_another_form_are_refused_with_their_line(tmp_path: Path, text: str) -> None:
    """A trust file that cannot be read is unusable input."""
    path = tmp_path / "keys.txt"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"keys\.txt"):
        read_trust(path)
    with pytest.raises(MissingError):
        read_trust(tmp_path / "absent")
