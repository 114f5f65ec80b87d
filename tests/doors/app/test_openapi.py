"""The document of the interface is true: what it promises is what is answered, whatever is asked (schemathesis)."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

from doors.app.onlookers import with_token
from doors.app.seats import Seats
from tasdiq.web.api.document import described, unnoted

EXAMPLES = int(os.environ.get("TASDIQ_API_EXAMPLES", "3"))
CHECKS = [content_type_conformance, response_headers_conformance, response_schema_conformance]


def test_every_address_says_what_it_answers(unhurried: Seats) -> None:
    """No address of the interface is left undescribed, and the document is one by its own standard."""
    assert unnoted(unhurried.app) == []
    document = described(unhurried.app)
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) > 40


def test_the_document_is_for_everybody(unhurried: Seats) -> None:
    """Whoever asks is given the same document; a parameter that no address knows is refused by its name."""
    anybody, officer = unhurried.anybody(), unhurried.client("kes")
    assert anybody.get("/api/v1/openapi.json").json() == officer.get("/api/v1/openapi.json").json()
    refused = anybody.get("/api/v1/cases?limt=3")
    assert (refused.status_code, refused.json()["field"]) == (422, "limt")
    assert refused.headers["content-type"] == "application/problem+json"


KNOWN = {
    "ident": ["evidence-1", "report-old", "kes/canarybird"], "case": ["case-1", "case-2"], "finding": ["finding-1"],
    "commitment": ["no-fire"], "agreement": ["truce"], "table": ["reports", "statements"],
}  # fmt: skip


@pytest.mark.parametrize("who", ["anybody", "kes", "ord"])
def test_no_answer_breaks_its_promise(unhurried: Seats, who: str) -> None:
    """Any request at any address is answered below 500, in the form that the document gives."""
    headers = (
        {}
        if who == "anybody"
        else dict(with_token(unhurried, "read act admin", who, unhurried.officer(who).role).headers)
    )
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", unhurried.app)
    state, tried = unhurried.state(), 0
    known = KNOWN | {"entry": [line.id for line in state.entries[-6:]], "proposition": list(state.propositions)[:2]}
    for result in schema.get_all_operations():
        operation = result.ok()
        tried += _ask_all(operation, known, {"Authorization": headers["authorization"]} if headers else {})
    print(f"\nopenapi: {tried} requests as {who}")


def _ask_all(operation: Any, known: dict[str, list[str]], headers: dict[str, str]) -> int:
    tried = [0]

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        tried[0] += _ask(case, known, headers)

    ask()
    return tried[0]


def _ask(case: Case, known: dict[str, list[str]], headers: dict[str, str]) -> int:
    """Ask what was made up, and the same of things that exist; hold the answers against the document."""
    asked = dict(case.path_parameters)
    made = [asked, *({**asked, name: value} for name in asked for value in known.get(name, ()))]
    for parameters in made:
        case.path_parameters = parameters
        response = case.call(headers=headers)
        assert response.status_code < 500, (case.operation.label, response.text)
        case.validate_response(response, checks=CHECKS)
    return len(made)
