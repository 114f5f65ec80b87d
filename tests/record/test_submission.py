"""A submission travels in one spelling, whole, and with nothing that rides along."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record.records import ORIGIN, draft, founding, key
from record.test_named import box, named_key
from tasdiq.errors import InputError, TasdiqError
from tasdiq.record import canonical
from tasdiq.record.entry import Submission, sign_entry
from tasdiq.record.keys import KeyState
from tasdiq.record.submission import from_bytes, to_bytes

CHARTER = "ab" * 32
FOUNDING = [*founding(), named_key("analyst")]
FINDING = canonical.dumps({"finding": "f-1", "witnesses": ["A. Made-Up"]})


def made(**fields: Any) -> Submission:
    """Sign a draft of the analyst's."""
    return sign_entry(draft(1, **fields), signer=key("analyst"), origin=ORIGIN, charter=CHARTER, keys_at=0)


def enclosed() -> Submission:
    """Sign a draft for named recipients."""
    keys = KeyState().apply(0, FOUNDING, {key("analyst").key_id}, ORIGIN)
    return sign_entry(
        draft(1, access="named"), signer=key("analyst"), origin=ORIGIN, charter=CHARTER, keys_at=0, keys=keys
    )


SUBMISSIONS = [
    made(),
    made(access="joint"),
    made(rows=(b'{"n":1}', b'{"n":2}')),
    made(body=FINDING, concealed=("/witnesses", "/witnesses/0")),
    enclosed(),
]
FILES = [to_bytes(submission) for submission in SUBMISSIONS]


@pytest.mark.parametrize("submission", SUBMISSIONS)
def test_a_submission_reads_back(submission: Submission) -> None:
    """Leaf, body, rows, disclosures and envelope come out as they went in."""
    assert from_bytes(to_bytes(submission)) == submission


def test_the_envelope_keeps_its_secret_in_the_file() -> None:
    """What is for named recipients stands in the file as its envelope alone."""
    value = json.loads(FILES[4])
    assert (value["body"], value["rows"], value["disclosures"]) == (None, [], [])
    assert b"made-up document" not in FILES[4]
    assert box("analyst").public.hex() not in FILES[4].decode()


def test_what_was_redacted_is_not_submitted() -> None:
    """A host takes an entry whole or not at all."""
    for submission in (replace(SUBMISSIONS[2], rows=(None,)), replace(SUBMISSIONS[3], disclosures=(None,))):
        with pytest.raises(InputError):
            to_bytes(submission)


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        (0, {"type": "tasdiq/submission/v2"}),
        (0, {"more": 1}),
        (0, {"leaf": "{}"}),
        (0, {"leaf": 1}),
        (0, {"body": None}),
        (0, {"body": {"salt": "ab", "content": "{}"}}),
        (0, {"body": {"salt": "AB" * 32, "content": "{}"}}),
        (0, {"body": {"salt": "ab" * 32, "content": "{}", "more": 1}}),
        (0, {"body": []}),
        (0, {"rows": [1]}),
        (0, {"rows": None}),
        (0, {"disclosures": [1]}),
        (0, {"disclosures": ["a", "a"]}),
        (0, {"envelope": "QQ=="}),
        (0, {"envelope": ""}),
        (4, {"envelope": None}),
        (4, {"envelope": "QQ=="}),
        (4, {"envelope": 1}),
        (4, {"rows": [{"row": "{}", "salt": "ab" * 32}]}),
        (4, {"disclosures": ["a"]}),
        (4, {"body": {"salt": "ab" * 32, "content": "{}"}}),
    ],
)
def test_files_of_another_form_are_refused(number: int, fields: dict[str, Any]) -> None:
    """Rules 1 and 2: unknown, missing, mistyped and misplaced parts are refused."""
    with pytest.raises(InputError):
        from_bytes(canonical.dumps({**json.loads(FILES[number]), **fields}))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damaged_submission_is_read_as_another_spelling(data: st.DataObject) -> None:
    """Whatever was changed raises our own error, or reads as something that is written exactly so."""
    file = data.draw(st.sampled_from(FILES))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(file)))
        file = file[:at] + data.draw(st.binary(max_size=3)) + file[at + data.draw(st.integers(0, 4)) :]
    try:
        submission = from_bytes(file)
    except TasdiqError:
        return
    assert to_bytes(submission) == file


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_other_bytes_raise_only_our_errors(data: bytes) -> None:
    """Random bytes are no submission."""
    with pytest.raises(TasdiqError):
        from_bytes(data)
