"""What a later body opens of a sealed entry is held against what that entry commits to (`record.openings`, rules 1 and 2)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from record.records import LOG, ORIGIN, PUBLISHER, constitute, draft, signed
from tasdiq.record import canonical, manifest
from tasdiq.record.audit.path import audit
from tasdiq.record.bundle import make_bundle
from tasdiq.record.log import Log
from tasdiq.record.publish import publish
from tasdiq.record.reader import Reader

Change = Callable[[dict[str, str]], Any]
WRONG: dict[str, Change] = {
    "another text": lambda opening: {**opening, "content": opening["content"].replace("document 1", "document 7")},
    "another salt": lambda opening: {**opening, "salt": "00" * 32},
    "an entry that is not here": lambda opening: {**opening, "entry": "ab" * 32},
}
OTHER_USES: dict[str, Change] = {
    "a field more": lambda opening: {**opening, "content": "another", "why": "it may be shown"},
    "a text": lambda opening: "08:00",
    "a number": lambda opening: {**opening, "salt": 7},
}


def write_record(directory: Path, change: Change = dict) -> Path:
    """Write a record of a sealed entry 1 and an entry 2 that opens it, as `change` gives the opening."""
    with Log.create(directory, log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        sealed = signed(log, draft(1, access="joint"))
        log.append([sealed])
        opening = {"entry": sealed.id, "salt": sealed.salt.hex(), "content": sealed.plaintext.decode()}
        log.append([signed(log, draft(2, body=canonical.dumps({"openings": [change(opening)]})))])
        log.checkpoint()
    return directory


def write_copies(base: Path, change: Change = dict) -> list[Path]:
    """Write such a record, its site, and a bundle of both entries; return their paths."""
    record, site, bundle = write_record(base / "r", change), base / "site", base / "bundle.json"
    with Reader.open(record) as reader:
        publish(reader, site)
        bundle.write_bytes(make_bundle(reader, [reader[1].id, reader[2].id]))
    manifest.write(site, "publisher", PUBLISHER)
    return [record, site, bundle]


@pytest.mark.parametrize("change", [dict, *OTHER_USES.values()], ids=["the opening", *OTHER_USES])
def test_what_opens_the_commitment_holds(tmp_path: Path, change: Change) -> None:
    """An opening of what was sealed holds everywhere; a list of anything else says nothing (rule 1)."""
    for path in write_copies(tmp_path, change):
        assert audit(path).problems == []


@pytest.mark.parametrize("name", WRONG)
def test_an_opening_of_something_else_is_told(tmp_path: Path, name: str) -> None:
    """Whoever opens it to another text is named, in record, site and bundle (rule 2)."""
    for path in write_copies(tmp_path, WRONG[name]):
        found = [(problem.code, problem.index) for problem in audit(path).problems]
        # A bundle need not hold the entry that is opened.
        away = name == "an entry that is not here" and path.suffix == ".json"
        assert found == ([] if away else [("opening-changed", 2)])


@pytest.mark.parametrize("field", ["entry", "salt"])
def test_an_opening_in_another_spelling_is_refused(tmp_path: Path, field: str) -> None:
    """Identifiers and salts in capitals are no second spelling of an opening."""
    record = write_record(tmp_path / "r", lambda opening: {**opening, field: opening[field].upper()})
    assert [(problem.code, problem.index) for problem in audit(record).problems] == [("body-malformed", 2)]


def test_only_what_came_before_is_opened(tmp_path: Path) -> None:
    """An entry that opens one after it has guessed: told (rule 2)."""
    with Log.create(tmp_path / "r", log_key=LOG, origin=ORIGIN, newest=None) as log:
        constitute(log)
        later = signed(log, draft(1, access="joint"))
        opening = {"entry": later.id, "salt": later.salt.hex(), "content": later.plaintext.decode()}
        log.append([signed(log, draft(2, body=canonical.dumps({"openings": [opening]}))), later])
        log.checkpoint()
    assert [(problem.code, problem.index) for problem in audit(tmp_path / "r").problems] == [("opening-changed", 1)]


def test_the_copies_are_told_apart(tmp_path: Path) -> None:
    """What is found lies in the file that shows the body."""
    paths = [audit(path).problems[0].path for path in write_copies(tmp_path, WRONG["another salt"])]
    assert [path.split("/")[0] for path in paths] == ["record.sqlite", "record", "bundle.json"]
    assert all(one != other for one, other in itertools.pairwise(paths))
