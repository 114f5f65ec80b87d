"""Every address of the application × everybody who may come × every class of thing that somebody may not see.

The addresses are those of the running application: one whose parameters have no row in `FILLED` fails the test. What is tried:

1. No answer to anybody holds a canary that is not for its ears: in the body, in a header, in an export, in an error.
2. What a viewer does not see is answered byte for byte like what does not exist, with the same headers.
3. What a search finds and counts for a hidden word is what it finds for a word that nobody wrote.
4. Everyone hears somewhere what is meant for its ears: the matrix is not passed by answering nothing.
"""

from __future__ import annotations

import itertools
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from doors.app.onlookers import Onlooker, onlookers
from doors.app.scene import CANARIES, Scene
from doors.app.seats import Seats
from doors.app.viewers import VIEWERS

WHOLE = bool(os.environ.get("TASDIQ_MATRIX"))
"""Set by `make soak`: everybody asks for everything. Otherwise of those who come without powers one asks in turn (`_some`)."""
NOWHERE = "nobody-wrote-this"
ENDLESS = {"/events"}
"""Streams that do not end: `test_events_*` tries what they say."""
HIDDEN = {
    "evidence-1": "canary-evidence", "finding-1": "canary-draft", "notice-kes": "canary-draft",
    "report-fresh": "canary-fresh-report", "report-closed": "canary-licence", "kes/canarybird": "Canarybird",
    "call-1": "canary-call", "session-1": "canary-minute", "quiet": "canary-sealed-agreement",
}  # fmt: skip
"""Ids of what not everybody sees -> the canary that says who does."""
KINDS = (
    "EvidenceAnswered", "EvidenceAcknowledged", "AccessAnswered", "TeamAssigned", "Recused", "DeadlineExtended", "FindingSigned",
    "PartyResponded", "CaseOpened",
)  # fmt: skip
"""The forms that name, or offer, what not everybody sees."""
IN_BODIES = {"canary-file", "canary-named", "canary-witness"}
_NAMES = re.compile(r"\{(\w+)(?::\w+)?\}")


@pytest.fixture(scope="module")
def everybody(unhurried: Seats) -> list[Onlooker]:
    """Everybody who may come."""
    return onlookers(unhurried)


@pytest.fixture(scope="module")
def filled(scene: Scene, unhurried: Seats) -> dict[str, list[str]]:
    """What each parameter of an address is filled with: ids of everything in the scene, and one of nothing."""
    state = unhurried.state()
    ids = [
        "case-1",
        "case-2",
        "access-1",
        "access-2",
        *HIDDEN,
        scene.proposition,
        *list(state.documents)[:2],
        "no-fire",
        "truce",
    ]
    names = ("ident", "item", "case", "finding", "evidence", "proposition", "incident", "document", "session", "call",
             "agreement", "commitment", "measure", "draft", "notice", "token", "line", "actor",
             "upload", "report", "account", "device", "subject")  # fmt: skip
    sealed = [line.id for line in state.entries if line.access != "public"]
    found = {name: [*ids, NOWHERE] for name in names}
    return found | {
        "entry": [*sealed, state.entries[0].id, "0" * 64],
        **{name: [NOWHERE] for name in ("secret", "key", "hashed")},
        "kind": [*KINDS, NOWHERE],
        "table": ["reports", "incidents", "statements", "documents", "actors", "positions", NOWHERE],
        "name": ["reports", NOWHERE],
        "copy": ["1", "0" * 64, NOWHERE],
        "path": ["0/000", "0/000.p/9", "entries/000.p/9", "../record", NOWHERE],
        "sha256": [scene.photograph, next(iter(state.documents.values())).text_sha256, "0" * 64],
        "number": ["0", "1"],
        "index": ["0", "1", str(state.size - 1), "99999"],
    }


def addresses(seats: Seats) -> list[tuple[str, str]]:
    """Return every (method, path) of the application, static files aside."""
    found = [
        (method, str(route.path))
        for route in iter_route_contexts(seats.app.routes)
        for method in sorted(route.methods or ())
    ]
    return [(method, path) for method, path in found if method != "HEAD" and path not in ENDLESS]


def _filled(path: str, filled: dict[str, list[str]]) -> list[str]:
    """Return an address with its parameters filled in, in every way there is a row for."""
    names = _NAMES.findall(path)
    if not names:
        return [path]
    if len(names) > 1:
        return [_put(path, names, [filled[name][number % len(filled[name])] for name in names]) for number in range(8)]
    return [_put(path, names, [value]) for value in filled[names[0]]]


def _put(path: str, names: list[str], values: list[str]) -> str:
    for name, value in zip(names, values, strict=True):
        path = re.sub(r"\{" + name + r"(:\w+)?\}", value, path)
    return path


def test_every_parameter_of_an_address_has_a_row(unhurried: Seats, filled: dict[str, list[str]]) -> None:
    """A new address with a parameter of a new name is entered in the matrix first."""
    missing = {(path, name) for _, path in addresses(unhurried) for name in _NAMES.findall(path) if name not in filled}
    assert missing == set()


def _some(everybody: list[Onlooker], path: str, number: int, *, asked_more: bool = False) -> list[Onlooker]:
    """Return who asks: officers always, and in turn one of those who stand for somebody else; of the interface, programs, too.

    What is asked of a page beside its address one of all asks in turn, unless it is a form, whose matter is what it is asked for.
    """
    if WHOLE:
        return everybody
    programs = "kes" if path.startswith("/api/") else "-"
    firm = [one for one in everybody if one.name in VIEWERS or one.stands_for == programs]
    others = [one for one in everybody if one not in firm]
    if asked_more and "{" in path and not path.startswith("/do/"):
        return [everybody[number % len(everybody)]]
    return [*firm, others[number % len(others)]]


def _heard(answer: Any) -> set[str]:
    said = answer.text + repr(sorted(answer.headers.items()))
    return {word for word in CANARIES if word in said}


def _allowed(onlooker: Onlooker) -> set[str]:
    return {word for word, seers in CANARIES.items() if onlooker.stands_for in seers}


QUESTIONS = "?case={case}&evidence=evidence-1&request=access-1&finding=finding-1&q=canary&item=evidence-1"


def test_no_page_and_no_call_says_what_is_not_for_its_ears(
    unhurried: Seats, everybody: list[Onlooker], filled: dict[str, list[str]]
) -> None:
    """Rules 1 and 4, over everything that can be asked for."""
    turns = itertools.count()
    asked, heard, leaks = Counter[str](), {one.name: set[str]() for one in everybody}, []
    for method, path in addresses(unhurried):
        if method != "GET":
            continue
        for url in _filled(path, filled):
            questions = (
                [""]
                if path.startswith(("/api/", "/record/"))
                else ["", *(QUESTIONS.format(case=c) for c in ("case-1", "case-2"))]
            )
            for question in questions:
                for one in _some(everybody, path, next(turns), asked_more=bool(question)):
                    answer = one.client.get(url + question, follow_redirects=False)
                    asked["api" if path.startswith("/api/") else "pages"] += 1
                    said = _heard(answer)
                    if said - _allowed(one) - (set(re.findall("[a-zA-Z-]+", question)) & said):
                        leaks.append((one.name, url + question, answer.status_code, sorted(said - _allowed(one))))
                    assert answer.status_code < 500, (url + question, one.name, answer.text[:500])
                    heard[one.name] |= said
    print(f"\nmatrix: {sum(asked.values())} answers tried ({dict(asked)}), {len(everybody)} who ask")
    assert leaks == []
    for one in _some(everybody, "/api/", 0)[: None if WHOLE else -1]:
        assert heard[one.name] - IN_BODIES == _allowed(one) - IN_BODIES, one.name


def _shape(answer: Any, ident: str) -> tuple[object, ...]:
    """Return all of an answer that could tell something, the id that was asked for aside."""
    loud = ("date", "set-cookie", "content-length", "etag", "x-request-id", "x-correlation-id", "server-timing")
    headers = {name: value.replace(ident, "…") for name, value in answer.headers.items() if name not in loud}
    text = re.sub(r'(csrf"? (content|value)=")[^"]*', r"\1", answer.text.replace(ident, "…"))
    return answer.status_code, headers, text


def test_what_is_not_seen_is_answered_like_what_is_not_there(unhurried: Seats, everybody: list[Onlooker]) -> None:
    """Rule 2: at every address with one parameter, and in what drafts and forms name."""
    told, tried, turns = [], 0, itertools.count()
    for method, path in addresses(unhurried):
        names = _NAMES.findall(path)
        if method not in ("GET", "DELETE") or len(names) != 1 or names[0] in ("kind", "table", "path", "entry"):
            continue
        for one in _some(everybody, path, next(turns)):
            nothing = _shape(one.client.request(method, _put(path, names, [NOWHERE]), follow_redirects=False), NOWHERE)
            for ident, canary in HIDDEN.items():
                if one.stands_for in CANARIES[canary] or ("/" in ident and ":path" not in path):
                    continue
                found = _shape(one.client.request(method, _put(path, names, [ident]), follow_redirects=False), ident)
                tried += 1
                if found != nothing:
                    told.append((one.name, method, path, ident, found[0], nothing[0]))
    print(f"\nmatrix: {tried} hidden things asked for, each answered like nothing")
    assert told == []


STEPS = (
    ("EvidenceAnswered", {"case": "case-1", "evidence": "evidence-1", "answer": "answered", "text": "x"}, "evidence-1"),
    ("EvidenceAcknowledged", {"case": "case-1", "evidence": "evidence-1", "sha256": []}, "evidence-1"),
    ("DeadlineExtended", {"case": "case-1", "item": "evidence-1", "until": "2031-04-01T00:00:00Z"}, "evidence-1"),
)


def test_a_step_about_what_is_not_seen_is_answered_like_one_about_nothing(
    unhurried: Seats, everybody: list[Onlooker]
) -> None:
    """Rule 2, where a draft names something: 404 and 403 do not tell who may know of it."""
    tried = 0
    for one in everybody:
        if one.stands_for in CANARIES["canary-evidence"]:
            continue
        for kind, body, ident in STEPS:
            answers = []
            for named in (ident, NOWHERE):
                sent = {key: named if value == ident else value for key, value in body.items()}
                answer = one.client.post("/api/v1/drafts", json={"kind": kind, "body": sent})
                assert 400 <= answer.status_code < 500
                answers.append(_shape(answer, named))
                tried += 1
            assert answers[0] == answers[1], (one.name, kind)
    print(f"\nmatrix: {tried} steps about hidden things")


def test_nobody_learns_anything_by_sending(
    unhurried: Seats, everybody: list[Onlooker], filled: dict[str, list[str]]
) -> None:
    """Rule 1 for every address that takes something: an empty form, an empty object, nothing at all."""
    tried, leaks, turns = 0, [], itertools.count()
    for method, path in addresses(unhurried):
        if method in ("GET", "HEAD", "OPTIONS") or path.startswith(("/sign-in", "/sign-out")):
            continue
        for url in _filled(path, filled)[:4]:
            for one in _some(everybody, path, next(turns)):
                for sent in ({"json": {}}, {"data": {"case": "case-1"}}):
                    answer = one.client.request(method, url, follow_redirects=False, **sent)  # type: ignore[arg-type]
                    tried += 1
                    assert answer.status_code < 500, (method, url, one.name, answer.text[:500])
                    if _heard(answer) - _allowed(one):
                        leaks.append((one.name, method, url, sorted(_heard(answer) - _allowed(one))))
    print(f"\nmatrix: {tried} things sent")
    assert leaks == []


def test_a_search_for_a_hidden_word_finds_nothing(unhurried: Seats, everybody: list[Onlooker]) -> None:
    """Rule 3: the same answer as for a word that stands nowhere, counts included."""
    paths = [path for method, path in addresses(unhurried) if method == "GET" and path.endswith("/search")]
    tried = 0
    for path in paths:
        for one in everybody:
            for word in set(CANARIES) - _allowed(one):
                answers = [_shape(one.client.get(path, params={"q": asked}), asked) for asked in (word, NOWHERE)]
                assert answers[0] == answers[1], (path, one.name, word)
                tried += 1
    print(f"\nmatrix: {tried} searches for hidden words at {paths}")


def test_lists_count_what_is_seen_and_no_more(unhurried: Seats, everybody: list[Onlooker]) -> None:
    """Each list of the interface, taken in small turns, has as many items as it says, and its ETag is the bytes' own."""
    for number, (_, path) in enumerate(addresses(unhurried)):
        for one in _some(everybody, path, number):
            if not path.startswith("/api/v1/") or "{" in path:
                continue
            first = one.client.get(path)
            if first.status_code != 200 or not first.content.startswith(b'{"items":'):
                continue
            items, after, total = [], "", first.json().get("total")
            while True:
                part = one.client.get(path, params={"limit": 2} | ({"after": after} if after else {})).json()
                items += part["items"]
                if (after := part["next"]) is None:
                    break
            assert len(items) == (total if total is not None else first.json()["count"]), (path, one.name)
            again = one.client.get(path, headers={"If-None-Match": first.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")


def test_files_of_the_record_are_read_by_their_readers_alone(scene: Scene, unhurried: Seats) -> None:
    """No copy of the photograph's bytes is in any answer above: here, whoever opens the folder of attachments directly."""
    paths = [Path(f"/{name}/{scene.photograph}") for name in ("attachment", "attachments", "record/attachment")]
    for path in paths:
        assert unhurried.anybody().get(str(path)).status_code == 404
