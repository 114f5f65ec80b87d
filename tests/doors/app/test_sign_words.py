"""What is signed in words: every kind and field has them, and JavaScript and Python say the same, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from msgspec import inspect
from playwright.sync_api import Browser, Page

from doors.app import samples
from doors.browsers import marks
from tasdiq.model import entries
from tasdiq.record import canonical
from tasdiq.record.entry import Draft, Submission, compose, header_of
from tasdiq.web.pages.sign import KEYS
from tasdiq.web.words import render, words

STATIC = Path(__file__).parents[3] / "src" / "tasdiq" / "web" / "static"
RENDER = """async (samples) => {
  const table = JSON.parse(window.wordsTable);
  const renderer = tasdiqSign.words.make(table);
  const join = tasdiqAudit.bytes.join;
  const told = [];
  for (const one of samples) {
    const rows = one.rows.map((row) => join(row));
    told.push(await renderer.render(JSON.parse(one.header), join(one.plaintext), rows, one.disclosures));
  }
  return told;
}"""


def in_browser(test: Any) -> Any:
    """Mark a test that needs Chromium."""
    for mark in marks:
        test = mark(test)
    return test


PARTS = {
    kind: {field.name: field for field in inspect.type_info(form).fields}  # type: ignore[attr-defined]
    for kind, form in entries.BODIES.items()
}


@pytest.fixture(scope="module")
def blank(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page without a server, with the scripts of signing and their table."""
    path = tmp_path_factory.mktemp("blank") / "blank.html"
    path.write_text("<!doctype html><title>blank</title>", encoding="utf-8")
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    for name in KEYS:
        tab.add_script_tag(path=STATIC / name)
    tab.evaluate(
        "(table) => { window.wordsTable = table; }", (STATIC / "sign" / "words.json").read_text(encoding="utf-8")
    )
    yield tab
    tab.close()


def told_here(made: Submission) -> list[dict[str, Any]]:
    """Return what Python says of an entry, as JSON."""
    rows = [row.content for row in made.rows if row]
    sections = render(json.loads(header_of(made)), made.plaintext, rows, [text for text in made.disclosures if text])
    found: list[dict[str, Any]] = json.loads(json.dumps([asdict(section) for section in sections]))
    return found


def told_there(tab: Page, made: list[Submission]) -> list[list[dict[str, Any]]]:
    """Return what JavaScript says of entries."""
    given = [
        {
            "header": header_of(one).decode(), "plaintext": one.plaintext.decode(),
            "rows": [row.content.decode() for row in one.rows if row], "disclosures": list(one.disclosures),
        }
        for one in made
    ]  # fmt: skip
    found: list[list[dict[str, Any]]] = tab.evaluate(RENDER, given)
    return found


def differing(tab: Page, made: list[Submission]) -> list[tuple[Any, Any]]:
    """Return pairs of lines that are not the same in both languages."""
    pairs = []
    for one, there in zip(made, told_there(tab, made), strict=True):
        here = told_here(one)
        if here != there:
            lines = [[line for section in told for line in section["lines"]] for told in (here, there)]
            pairs += [pair for pair in zip(*lines, strict=False) if pair[0] != pair[1]] or [(here, there)]
    return pairs


@pytest.mark.parametrize("kind", sorted(entries.BODIES))
def test_every_kind_and_field_has_its_words(kind: str) -> None:
    """A kind says what it does; its fields stand in its list, all of them, and each that lies in it has a label."""
    table = words()
    assert kind in table.kinds
    assert sorted(table.kinds[kind].fields) == sorted(PARTS[kind])
    assert [
        path
        for path in _paths(inspect.type_info(entries.BODIES[kind]), ())
        if not table.label(kind, path[:-1], path[-1])
    ] == []


def _paths(form: Any, at: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    match form:
        case inspect.StructType():
            for field in form.fields:
                yield (*at, field.name)
                yield from _paths(field.type, (*at, field.name))
        case inspect.VarTupleType():
            yield from _paths(form.item_type, at)
        case inspect.TupleType():
            for item in form.item_types:
                yield from _paths(item, at)
        case inspect.UnionType():
            for item in form.types:
                yield from _paths(item, at)


@pytest.mark.parametrize("kind", sorted(entries.BODIES))
def test_what_is_left_out_says_what_it_means(kind: str) -> None:
    """Only a text, list or object that is left out is "not given"; a default that says something is told in words."""
    table = words()
    for name, field in PARTS[kind].items():
        default = field.default if field.default_factory is None else ()
        if field.required or default in ("", (), None):
            continue
        assert f"{kind}.{name}" in table.absent, (kind, name, default)


def test_the_table_names_nothing_that_is_not_there() -> None:
    """Labels for single kinds are for fields these have."""
    for path in words().of:
        kind, *names = path.split(".")
        assert tuple(names) in set(_paths(inspect.type_info(entries.BODIES[kind]), ())), path


@in_browser
@pytest.mark.parametrize("kind", sorted(entries.BODIES))
def test_javascript_and_python_say_the_same(blank: Page, kind: str) -> None:
    """For samples of every kind, public and sealed: line by line."""
    made = [samples.composed(kind, value, access) for value in samples.bodies(kind) for access in ("public", "joint")]
    assert len(made) >= 12
    assert differing(blank, made) == []


@in_browser
def test_both_say_the_same_of_what_they_do_not_know(blank: Page) -> None:
    """Unknown kinds and fields, names that mean something to an interpreter, bodies that are no objects."""
    made = [
        samples.composed(kind, value, access) for kind, value in samples.strange() for access in ("public", "joint")
    ]
    assert differing(blank, made) == []


@in_browser
def test_both_say_the_same_of_sealed_fields_and_rows(blank: Page) -> None:
    """What is sealed by itself is shown and marked; rows follow the body."""
    value = {"case": "c", "finding": "f", "parts": [], "standard": "s", "witnesses": ["Mira", "Tomas\u202e"]}
    pointers = ("/witnesses", "/witnesses/0", "/witnesses/1")
    concealed = [samples.composed("FindingDrafted", value, access, pointers) for access in ("public", "joint")]
    assert "Names of witnesses, sealed, 1 of 2, sealed" in str(told_here(concealed[0]))
    body = canonical.dumps({"method": "by hand", "rows_of": "proposition"})
    rows = tuple(canonical.dumps({"id": f"p-{n}", "wording": "words\u202e", "odd name": n}) for n in range(3))
    bulk = Draft("PropositionFramed", "kes", "2031-03-12T08:00:00Z", body, rows=rows)
    made = compose(bulk, origin=samples.ORIGIN, charter=samples.CHARTER, keys_at=3)
    assert differing(blank, [*concealed, made]) == []


def test_nothing_is_left_out_or_hidden() -> None:
    """Every text of a body stands in its lines, whole, and nothing that is not seen stands there unseen."""
    hostile = [text for text in samples.TEXTS if len(text) > 1]
    for text in hostile:
        made = samples.composed("PartyResponded", {"finding": "f", "notice": "n", "text": text}, "joint")
        shown = next(line["text"] for line in told_here(made)[0]["lines"] if line["label"] == "Text")
        assert not any(mark in shown for mark in "\u202e\u202c\u200b\ufeff\u2066\u00ad\u0000\u2028\t\r\u3164\U000e0041")
        assert text in shown or "⟨U+" in shown
    overridden = samples.composed("EntryCorrected", {"item": "\u202e", "reason": ""}, "public")
    assert "⟨U+202E right-to-left override⟩" in str(told_here(overridden))
