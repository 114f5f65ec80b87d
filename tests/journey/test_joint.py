"""A joint record from founding to a published finding, with real keys and a real record: what each step leaves behind.

Under a charter with short steps: a draft and marks. `test_case` plays the whole procedure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from doors.folders import DENIAL, SHELLING
from journey.constitution import CONSTITUTION
from tasdiq.errors import InputError, RoleError, SettingsError
from tasdiq.intake.charter import read_charter
from tasdiq.intake.folder import File
from tasdiq.journey import enter_files
from tasdiq.mechanism import Mechanism, timestamp, utc_now
from tasdiq.model import entries
from tasdiq.model.case import AccessRequest, FindingPart
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.record.audit.path import audit
from tasdiq.record.keys import SigningKey
from tasdiq.secretariat.current import read_state
from tasdiq.secretariat.founding import Home, found_joint
from tasdiq.secretariat.publishing import publish_proposition
from tasdiq.settings import Settings

AT = "2031-03-12T08:00:00Z"
CHARTER = f"""{CONSTITUTION}[procedure]
steps = "short"
[publication]
embargo_hours = 0
"""
NOON = datetime(2031, 3, 12, 8, 0, tzinfo=UTC)


@dataclass
class Table:
    """The members at one table: a record, the key of each, and the proposition they talk about."""

    home: Home
    keys: dict[str, SigningKey]
    settings: Settings
    subject: str = ""

    def step(self, member: str, kind: str, body: Value) -> str:
        """Take one step as a member; return the entry's id."""
        with Mechanism.open(self.home, self.settings, key=self.keys[member], clock=lambda: NOON) as mechanism:
            return mechanism.step(kind, body).id

    def state(self) -> State:
        """Return the current state."""
        return read_state(self.home)

    def open_case(self, name: str) -> None:
        """Open a case on the proposition."""
        body = entries.CaseOpened(
            case=name,
            subject=self.subject,
            subject_kind="proposition",
            allegation=f"Fire across the line ({name})",
            alleged_by="kes",
            alleged_against="vor",
            commitment="no-fire",
            at=AT,
        )
        self.step("kes", "CaseOpened", body)

    def draft(self, case: str, name: str, occurrence: str, breach: str = "not examined") -> None:
        """Draft a finding as the mediator."""
        parts = (
            FindingPart(name="occurrence", outcome=occurrence),
            FindingPart(
                name="responsibility", outcome="Vorland's forces" if breach != "not examined" else "not examined"
            ),
            FindingPart(name="breach", outcome=breach),
        )
        body = entries.FindingDrafted(case=case, finding=name, standard="reasonable grounds", parts=parts, at=AT)
        self.step("ord", "FindingDrafted", body)

    def mark(self, finding: str, part: str, marks: dict[str, str]) -> None:
        """Put members' marks under a part; each mark brings its text."""
        for member, mark in marks.items():
            body = entries.FindingSigned(finding=finding, part=part, mark=mark, text=f"{member}: {mark}", at=AT)  # type: ignore[arg-type]
            self.step(member, "FindingSigned", body)

    def publish(self, out: Path) -> dict[str, Any]:
        """Publish the record and return the site's data."""
        with Mechanism.open(self.home, self.settings) as mechanism:
            mechanism.publish(out)
        data: dict[str, Any] = json.loads((out / "data" / "site.json").read_text(encoding="utf-8"))
        return data


@pytest.fixture(scope="module")
def seated(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """A founded joint record with two press reports."""
    base = tmp_path_factory.mktemp("joint")
    (base / "charter.toml").write_text(CHARTER, encoding="utf-8")
    keys = {name: SigningKey.generate() for name in ("kes", "vor", "ord", "riv")}
    table = Table(Home(base / "record"), keys, Settings(base / "state"))
    with table.home.building() as place:
        founding = found_joint(place, read_charter(base / "charter.toml"), timestamp(utc_now()), keys)
        Mechanism.found(place, founding, table.settings)
    files = [File("shelling.txt", SHELLING.encode()), File("denial.txt", DENIAL.encode())]
    with Mechanism.open(table.home, table.settings, key=keys["ord"]) as mechanism:
        assert enter_files(mechanism, files, None, lambda _: None) == []
    table.subject = next(iter(table.state().propositions))
    return table


@pytest.fixture(scope="module")
def decided(seated: Table, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Table, Path, dict[str, Any]]]:
    """Three findings: one signed with a breach, one with a dissent, one where access was denied; published."""
    for case in ("case-a", "case-b", "case-c"):
        seated.open_case(case)
    seated.draft("case-a", "finding-a", "established", "breach")
    for part in ("occurrence", "responsibility", "breach"):
        seated.mark("finding-a", part, {"kes": "concurs", "vor": "reserves", "ord": "concurs"})
    seated.draft("case-b", "finding-b", "inconclusive")
    seated.mark("finding-b", "occurrence", {"kes": "dissents", "vor": "concurs", "riv": "abstains"})
    request = AccessRequest(id="access-c", asked_of="vor", place="the hidden farm", asked_at=AT)
    seated.step("ord", "AccessRequested", entries.AccessRequested(case="case-c", request=request))
    answer = entries.AccessAnswered(case="case-c", request="access-c", answer="denied", reason="mines", at=AT)
    seated.step("vor", "AccessAnswered", answer)
    seated.draft("case-c", "finding-c", "access denied")
    seated.mark("finding-c", "occurrence", {"kes": "concurs", "vor": "concurs", "ord": "concurs"})
    out = tmp_path_factory.mktemp("published") / "site"
    yield seated, out, seated.publish(out)


def test_findings_end_as_the_charters_rule_says(decided: tuple[Table, Path, dict[str, Any]]) -> None:
    """One is signed, one ends without a common finding, and a part not examined asks for no marks."""
    state = decided[0].state()
    found = {f.id: (f.decision, dict(f.decided)) for case in state.cases.values() for f in case.findings}
    assert found["finding-a"] == ("signed", dict.fromkeys(("occurrence", "responsibility", "breach"), "carried"))
    assert found["finding-b"][0] == "no common finding"
    assert found["finding-c"] == (
        "signed",
        {"occurrence": "carried", "responsibility": "not examined", "breach": "not examined"},
    )
    assert state.conduct["no-fire"].status == "breached"


def test_the_site_shows_cases_parts_marks_and_dissent(decided: tuple[Table, Path, dict[str, Any]]) -> None:
    """The page of cases shows every case, every part with its outcome, and each member's words."""
    _, out, data = decided
    page = (out / "cases.html").read_text(encoding="utf-8")
    for words in ("Fire across the line (case-b)", "kes: dissents", "vor: reserves", "riv: abstains", "mines"):
        assert words in page
    assert {case["id"] for case in data["cases"]} == {"case-a", "case-b", "case-c"}
    parts = {
        f["id"]: [(p["name"], p["decided"]) for p in f["parts"]] for case in data["cases"] for f in case["findings"]
    }
    assert parts["finding-b"][0] == ("occurrence", "no common finding")


def test_each_findings_bundle_holds_its_whole_procedure(decided: tuple[Table, Path, dict[str, Any]]) -> None:
    """A finding's bundle passes the audit against the members' keys, and has case, draft and every mark in it."""
    table, out, _ = decided
    trust = table.home.trust_file
    for name, kinds in {
        "finding-a": ["CaseOpened", "FindingDrafted", *["FindingSigned"] * 9],
        "finding-b": ["CaseOpened", "FindingDrafted", *["FindingSigned"] * 3],
        "finding-c": ["CaseOpened", "sealed", "AccessAnswered", "FindingDrafted", *["FindingSigned"] * 3],
    }.items():
        path = out / "bundle" / f"{name}.tasdiq.json"
        verdict = audit(path, trust)
        assert (verdict.ok, verdict.trusted) == (True, True)
        leaves = [json.loads(entry["leaf"]) for entry in json.loads(path.read_bytes())["entries"]]
        assert [leaf["header"]["kind"] for leaf in leaves] == kinds
    assert audit(out, trust).trusted


def test_a_place_to_be_visited_is_in_no_public_file_before_the_answer(
    seated: Table, decided: tuple[Table, Path, dict[str, Any]], tmp_path: Path
) -> None:
    """The request is sealed in the record; while it is open, the site has its place nowhere."""
    request = AccessRequest(id="access-d", asked_of="kes", place="the quiet mill", asked_at=AT)
    seated.step("ord", "AccessRequested", entries.AccessRequested(case="case-b", request=request))
    seated.publish(tmp_path / "site")
    for path in (tmp_path / "site").rglob("*"):
        assert not path.is_file() or b"the quiet mill" not in path.read_bytes(), path


def test_a_strangers_key_takes_no_step(seated: Table) -> None:
    """A key that was never admitted is refused, whoever holds it."""
    with pytest.raises(RoleError, match="belongs to no member"):
        Mechanism.open(seated.home, seated.settings, key=SigningKey.generate())


def test_a_case_is_alleged_in_ones_own_name(seated: Table) -> None:
    """P1: another party's name is refused; a mediator may record the allegation of a party."""
    body = entries.CaseOpened(
        case="case-x",
        subject=seated.subject,
        subject_kind="proposition",
        allegation="x",
        alleged_by="kes",
        at=AT,
    )
    with pytest.raises(RoleError, match="P1"):
        seated.step("vor", "CaseOpened", body)
    assert seated.step("ord", "CaseOpened", body)


def test_a_proposition_is_published_alone(seated: Table, tmp_path: Path) -> None:
    """One card and one bundle that passes the audit."""
    card, bundle = publish_proposition(seated.home, seated.state(), seated.subject, tmp_path / "cards", utc_now())
    assert card.is_file()
    assert audit(bundle, seated.home.trust_file).ok
    assert json.loads(bundle.read_bytes())["card"]["id"] == seated.subject


def test_nothing_is_published_into_the_record(seated: Table) -> None:
    """A site inside the private record, or around it, is refused."""
    for out in (seated.home.path / "site", seated.home.path.parent):
        with pytest.raises(SettingsError, match="private record"):
            seated.publish(out)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (("kes", "vor"), "missing the key of: ord"),
        (("kes", "vor", "ord", "xyz"), "no member of the charter: xyz"),
    ],
)
def test_a_joint_record_is_founded_by_its_members(seated: Table, tmp_path: Path, members: str, words: str) -> None:
    """Founding without a mediator, or with a stranger, is refused and leaves nothing behind."""
    keys = {name: seated.keys.get(name) or SigningKey.generate() for name in members}
    home = Home(tmp_path / "record")
    with pytest.raises(InputError, match=words), home.building() as place:
        found_joint(place, seated.state().charter, AT, keys)
    assert list(tmp_path.iterdir()) == []


def test_one_key_in_two_hands_is_refused(seated: Table, tmp_path: Path) -> None:
    """Every member signs with a key of its own."""
    keys = {**seated.keys, "vor": seated.keys["kes"]}
    with pytest.raises(InputError, match="a key of its own"):
        found_joint(Home(tmp_path), seated.state().charter, AT, keys)
