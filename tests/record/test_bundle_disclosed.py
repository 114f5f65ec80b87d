"""A bundle proves what stood sealed in an entry from the start, and no more than it shows."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from record.records import LOG, ORIGIN, TIME, constitute, draft, signed
from tasdiq.errors import InputError, MissingError
from tasdiq.record import canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.bundle import make_bundle
from tasdiq.record.entry import Draft, parse_leaf
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader
from tasdiq.record.secrecy.at_rest import AtRest
from tasdiq.record.secrecy.disclosure import conceal, select
from tasdiq.record.secrecy.stored import part

NAMES = ["Amra Made-Up", "Bero Invented"]
FINDING = canonical.dumps({"finding": "f-1", "witnesses": NAMES})
POINTERS = ("/witnesses", "/witnesses/0", "/witnesses/1")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a finding whose witnesses are sealed, a plain entry, and a joint finding."""
    directory = tmp_path_factory.mktemp("disclosed") / "r"
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        sealed = draft(1, kind="FindingDrafted", body=FINDING, concealed=POINTERS)
        joint = draft(2, kind="FindingDrafted", body=FINDING, concealed=POINTERS, access="joint")
        log.append([signed(log, made) for made in (sealed, draft(3), joint)])
        log.checkpoint()
    return directory


def bundle(record: Path, *pointers: str) -> bytes:
    """Return a bundle of the finding with these fields shown."""
    with Reader.open(record) as reader:
        return make_bundle(reader, [], disclosed={reader[1].id: pointers})


def checked(tmp_path: Path, data: bytes) -> Any:
    """Return the verdict on a bundle."""
    path = tmp_path / "bundle.json"
    path.write_bytes(data)
    return audit(path)


def test_one_witness_is_proved_and_the_other_stays_sealed(record: Path, tmp_path: Path) -> None:
    """The verdict names the field, its value and its entry; the other name is nowhere in the file."""
    data = bundle(record, "/witnesses/1")
    verdict = checked(tmp_path, data)
    assert verdict.ok, verdict.problems
    assert [(item.index, item.pointer, item.value) for item in verdict.disclosed] == [
        (1, "/witnesses", '["Bero Invented"]'),
        (1, "/witnesses/0", '"Bero Invented"'),
    ]
    assert "held from the start, sealed: /witnesses" in verdict.as_text()
    assert verdict.as_json()["disclosed"][1]["value"] == '"Bero Invented"'
    hidden = select(*_held(record), ["/witnesses/0"])[1]
    assert hidden.encode() not in data and b"Amra" not in data


def _held(record: Path) -> tuple[bytes, list[str]]:
    with Reader.open(record) as reader:
        committed = reader.committed(1)
        assert committed
        return committed[1], [text for text in reader.disclosures(1) if text]


def test_without_disclosures_the_bundle_is_as_it_was(record: Path, tmp_path: Path) -> None:
    """The field is absent where nothing is disclosed, in the file and in the verdict."""
    with Reader.open(record) as reader:
        data = make_bundle(reader, [reader[1].id])
    assert "disclosures" not in json.loads(data)["entries"][0]
    verdict = checked(tmp_path, data)
    assert verdict.ok and "disclosed" not in verdict.as_json()


def test_readers_and_sites_show_no_sealed_field(record: Path, tmp_path: Path) -> None:
    """Neither the reader's bodies nor any file of a published record hold a name or its disclosure."""
    _, held = _held(record)
    with Reader.open(record) as reader:
        assert canonical.loads(reader[1].body or b"") == {"finding": "f-1"}
        assert canonical.loads(reader[3].body or b"") == {"finding": "f-1"}
        publish(reader, tmp_path / "site")
    files = [path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert not [file for file in files for name in (*NAMES, *held, "witnesses") if name.encode() in file]


def other_text(texts: list[str]) -> None:
    """Replace a disclosure by one of the same name and another value."""
    texts[0] = conceal(FINDING.replace(b"Amra", b"Omra"), ["/witnesses"])[1][0]


def twice(texts: list[str]) -> None:
    """Show a disclosure twice."""
    texts.append(texts[0])


def inner_alone(texts: list[str]) -> None:
    """Show the name without the list it stands in."""
    texts.pop(0)


def none_at_all(texts: list[str]) -> None:
    """Leave the list empty."""
    texts.clear()


def junk(texts: list[str]) -> None:
    """Add what is no disclosure."""
    texts.append("junk")


def no_text(texts: list[Any]) -> None:
    """Add what is no text."""
    texts.append(None)


@pytest.mark.parametrize("tamper", [other_text, twice, inner_alone, none_at_all, junk, no_text])
def test_disclosures_that_were_tampered_with_are_told(
    record: Path, tmp_path: Path, tamper: Callable[[list[Any]], None]
) -> None:
    """A disclosure altered, repeated, orphaned or added is a problem, and nothing is said to be proved."""
    value = json.loads(bundle(record, "/witnesses/1"))
    tamper(value["entries"][0]["disclosures"])
    verdict = checked(tmp_path, canonical.dumps(value))
    assert verdict.problems[0].code in ("proof-invalid", "bundle-malformed")
    assert "disclosed" not in verdict.as_json() and "held from the start" not in verdict.as_text()


def test_disclosures_of_another_body_are_told(record: Path, tmp_path: Path) -> None:
    """A body forged to fit its disclosures is not the one committed to: nothing counts as proved."""
    value = json.loads(bundle(record, "/witnesses"))
    forged, texts = conceal(FINDING.replace(b"Amra", b"Omra"), POINTERS)
    value["entries"][0]["body"]["content"] = forged.decode()
    value["entries"][0]["disclosures"] = list(texts)
    verdict = checked(tmp_path, canonical.dumps(value))
    assert [problem.code for problem in verdict.problems] == ["body-changed"]
    assert "Omra" not in verdict.as_text() and "disclosed" not in verdict.as_json()


def test_what_cannot_be_disclosed_is_refused(record: Path) -> None:
    """A field that is not sealed, an entry without disclosures."""
    with pytest.raises(InputError, match="nothing is sealed"):
        bundle(record, "/finding")
    with Reader.open(record) as reader, pytest.raises(MissingError, match="no disclosure"):
        make_bundle(reader, [], disclosed={reader[2].id: ["/text"]})


def test_a_joint_finding_is_shown_where_something_in_it_is_disclosed(record: Path, tmp_path: Path) -> None:
    """Rule 3 of `bundle`: its body comes along, its other sealed fields do not; undisclosed it stays withheld."""
    with Reader.open(record) as reader:
        shown = make_bundle(reader, [], disclosed={reader[3].id: ["/witnesses/0"]})
        closed = make_bundle(reader, [reader[3].id])
    verdict = checked(tmp_path, shown)
    assert verdict.ok, verdict.problems
    assert [item.value for item in verdict.disclosed] == ['["Amra Made-Up"]', '"Amra Made-Up"']
    assert b"Bero" not in shown
    verdict = checked(tmp_path, closed)
    assert (verdict.ok, verdict.withheld) == (True, 1)


def test_a_sealed_body_in_a_bundle_must_be_the_one_committed_to(record: Path, tmp_path: Path) -> None:
    """A body that is no sealed one, or another, is told like any other."""
    with Reader.open(record) as reader:
        value = json.loads(make_bundle(reader, [], disclosed={reader[3].id: ["/witnesses/0"]}))
    content = json.loads(value["entries"][0]["body"]["content"])
    for other in (
        canonical.dumps({**content, "claimed_time": "2031-05-04T11:00:00Z"}),
        canonical.dumps({**content, "pad": content["pad"][1:]}),
        FINDING,
    ):
        value["entries"][0]["body"]["content"] = other.decode()
        codes = [problem.code for problem in checked(tmp_path, canonical.dumps(value)).problems]
        assert codes and codes[0] in ("body-changed", "proof-invalid"), codes


def test_the_log_takes_disclosures_of_this_body_alone(tmp_path: Path) -> None:
    """Admission: whoever submits a disclosure that fits no digest, or a body with digests of another form, is refused."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        good = signed(log, draft(1, body=FINDING, concealed=POINTERS))
        other = signed(log, draft(2, body=FINDING, concealed=POINTERS))
        plain = signed(log, draft(3))
        ill = signed(log, draft(4, body=b'{"_sd":["x"],"_sd_alg":"sha-256"}'))
        for bad in (
            _with(good, other.disclosures),
            _with(good, (*good.disclosures, good.disclosures[0])),
            _with(good, (None, *good.disclosures[1:])),
            _with(plain, good.disclosures),
            ill,
        ):
            with pytest.raises(InputError):
                log.append([bad])
        log.append([_with(good, ()), _with(other, other.disclosures[:1])])


def _with(submission: Any, disclosures: tuple[Any, ...]) -> Any:
    return type(submission)(submission.leaf, submission.salt, submission.plaintext, disclosures=disclosures)


def test_an_audit_of_the_record_checks_the_disclosures_it_keeps(record: Path, tmp_path: Path) -> None:
    """A disclosure that was lost is no problem; one put beside another entry, is."""
    directory = Path(shutil.copytree(record, tmp_path / "r"))
    assert audit(directory).ok
    database = directory / "record.sqlite"
    commit = bytes.fromhex(entry_of(directory, 2).header["body_commit"])
    content, wrapped = AtRest.load(directory / "keys" / "at-rest.key").seal(part("disclosure", commit, 0), b"invented")
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO disclosure (idx, n, content, key) VALUES (2, 0, ?, ?)", (content, wrapped))
    assert [(item.code, item.index) for item in audit(directory).problems] == [("disclosure-changed", 2)]


def entry_of(directory: Path, index: int) -> Any:
    """Return an entry as it stands in the tree."""
    with Reader.open(directory) as reader:
        return parse_leaf(reader.leaf(index))


def test_a_disclosure_that_a_redaction_left_behind_is_told(tmp_path: Path) -> None:
    """A name kept beside a body that a notice emptied is found by whoever audits the record with its key."""
    directory = tmp_path / "r"
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        (receipt,) = log.append([signed(log, draft(1, body=FINDING, concealed=POINTERS))])
        log.append([signed(log, Draft("BodyRedacted", "analyst", TIME, refs=(receipt.id,)))])
        log.checkpoint()
    commit = bytes.fromhex(entry_of(directory, 1).header["body_commit"])
    content, wrapped = AtRest.load(directory / "keys" / "at-rest.key").seal(part("disclosure", commit, 9), b"kept")
    with sqlite3.connect(directory / "record.sqlite") as connection:
        connection.execute("INSERT INTO disclosure (idx, n, content, key) VALUES (1, 9, ?, ?)", (content, wrapped))
    assert [(item.code, item.index) for item in audit(directory).problems] == [("body-not-redacted", 1)]
