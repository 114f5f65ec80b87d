"""A whole case on a real record, from the allegation to a published finding that anyone can check.

Access is denied twice and then granted, one deadline for evidence passes unanswered, one party replies to the draft and the
other does not, one dissents, and the finding is under embargo before it is public.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.folders import DENIAL, SHELLING
from journey.members import CHARTER, Table
from tasdiq.errors import InputError, ProcedureError
from tasdiq.intake.charter import parse_charter
from tasdiq.intake.folder import File
from tasdiq.journey import enter_files
from tasdiq.mechanism import Mechanism
from tasdiq.model import entries, steps
from tasdiq.model.case import FindingPart, Seat
from tasdiq.model.evidence import Custody
from tasdiq.model.value import to_plain
from tasdiq.record import body, canonical
from tasdiq.record.audit.path import audit
from tasdiq.record.entry import Draft, sign_entry
from tasdiq.record.keys import SigningKey
from tasdiq.secretariat.current import read_openings
from tasdiq.secretariat.founding import Home, found_joint
from tasdiq.settings import Settings
from tasdiq.verification import clocks, custody

PHOTOGRAPH = b"\xff\xd8 three craters beside the old well"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """A founded joint record with two press reports."""
    base = tmp_path_factory.mktemp("case")
    keys = {name: SigningKey.generate() for name in ("kes", "vor", "ord", "riv")}
    found = Table(Home(base / "record"), Settings(base / "state"), keys)
    with found.home.building() as place:
        Mechanism.found(place, found_joint(place, parse_charter(CHARTER), found.now, keys), found.settings)
    files = [File("shelling.txt", SHELLING.encode()), File("denial.txt", DENIAL.encode())]
    with found.open("ord") as mechanism:
        assert enter_files(mechanism, files, None, lambda _: None) == []
    yield found


def part_1_a_new_joint_record_asks_for_every_step(table: Table) -> None:
    """The charter says so in entry 0, though its file said nothing."""
    assert table.state().charter.procedure.steps == "full"


def part_2_allegation_competence_assessment_team(table: Table) -> None:
    """Kestria alleges, the mediator decides competence, assesses and sends a team."""
    subject = next(iter(table.state().propositions))
    opened = entries.CaseOpened(
        case="case-1", subject=subject, subject_kind="proposition", allegation="Fire across the line", alleged_by="kes",
        alleged_against="vor", commitment="no-fire", at=table.now,
    )  # fmt: skip
    table.step("kes", opened)
    table.step(
        "ord", steps.CompetenceDecided(case="case-1", competent=True, commitment="no-fire", bearer="vor", at=table.now)
    )
    table.step("ord", steps.CaseAssessed(case="case-1", pursue=True, text="Two reports of one ministry.", at=table.now))
    team = (Seat(member="ord", officer="officer 4"), Seat(member="riv", officer="officer 9"))
    table.step("ord", steps.TeamAssigned(case="case-1", team=team, at=table.now))
    assert table.case.stage == "team"


def part_3_access_is_denied_twice_and_then_granted(table: Table, tmp_path: Path) -> None:
    """All three answers stand; the place is in no public file while the visit may still be to come."""
    table.access(1, "denied", "mines")
    table.access(2, "denied", "a funeral")
    table.access(3, "granted", "")
    assert [item.answer for item in table.case.access] == ["denied", "denied", "granted"]
    table.publish(tmp_path / "site")
    assert _holding(tmp_path / "site", b"the hidden farm", b"officer 4", b"officer 9") == []


def part_4_evidence_is_handed_over_and_one_deadline_passes_unanswered(table: Table) -> None:
    """Kestria acknowledges and answers what Vorland submits; Vorland never answers Kestria's, and that is no consent."""
    for by, ident, files in (("kes", "evidence-1", [PHOTOGRAPH]), ("vor", "evidence-2", [])):
        link = Custody(holder=by, at="2031-03-06T09:00:00Z", how="found at the post")
        body = steps.EvidenceSubmitted(
            case="case-1", evidence=ident, title="From the post", custody=(link,), at=table.now
        )
        with table.open(by) as mechanism:
            mechanism.hand_over(body, files)
    table.step("kes", steps.EvidenceAcknowledged(case="case-1", evidence="evidence-2", at=table.now))
    table.later(3)
    answer = steps.EvidenceAnswered(
        case="case-1", evidence="evidence-2", answer="disputed", text="Not ours.", at=table.now
    )
    table.step("kes", answer)
    with pytest.raises(ProcedureError, match="P16"):
        _draft(table)
    table.later(4)
    case = table.case
    told = {e.id: [custody.standing(case, e, h, table.now) for h in e.handed] for e in case.evidence}
    assert told == {"evidence-1": ["overdue"], "evidence-2": ["disputed"]}
    assert case.evidence[0].sha256 == (hashlib.sha256(PHOTOGRAPH).hexdigest(),)
    overdue = [item for item in clocks.due(table.state().charter, case, table.now) if item.overdue]
    assert [(item.owed_by, item.item) for item in overdue] == [("vor", "evidence-1")]


def _draft(table: Table) -> None:
    parts = (
        FindingPart(name="occurrence", outcome="established", text="Craters were seen."),
        FindingPart(name="responsibility", outcome="Vorland's forces", actor="vor"),
        FindingPart(name="breach", outcome="breach"),
    )
    body = entries.FindingDrafted(
        case="case-1", finding="finding-1", standard="reasonable grounds", parts=parts, evidence=("evidence-1",),
        witnesses=("Haldon Merrik",), at=table.now,
    )  # fmt: skip
    table.step("ord", body)


def part_5_the_parties_are_heard_before_anyone_signs(table: Table) -> None:
    """Vorland replies, Kestria does not; signing opens when its days are over."""
    _draft(table)
    for party in ("kes", "vor"):
        notice = steps.PartyNotified(finding="finding-1", notice=f"notice-{party}", party=party, at=table.now)
        table.step("ord", notice)
    reply = steps.PartyResponded(finding="finding-1", notice="notice-vor", text="It was thunder.", at=table.now)
    table.step("vor", reply)
    with pytest.raises(ProcedureError, match="P21"):
        table.sign("kes", "concurs")
    table.later(7)


def part_6_a_dissent_is_signed_and_the_rule_decides(table: Table) -> None:
    """Two of three deciding members concur, the mediator among them; nothing is decided before the mediator's mark."""
    table.sign("kes", "concurs")
    table.sign("vor", "dissents", "Nobody asked at the post itself.")
    table.sign("riv", "abstains")
    assert table.case.findings[0].decision == "draft"
    table.sign("ord", "concurs")
    finding = table.case.findings[0]
    assert (finding.decision, finding.decided_by, finding.decided_at) == ("signed", "marks", table.now)
    assert table.state().conduct["no-fire"].status == "breached"


def part_7_under_embargo_nothing_of_the_finding_is_public(table: Table, tmp_path: Path) -> None:
    """Neither words nor marks nor conduct, in pages, data, record or bundles; nor can it be lifted yet."""
    data = table.publish(tmp_path / "site")
    (case,) = data["cases"]
    assert (case["stage"], case["findings"]) == ("under examination", [])
    assert {item["conduct"] for item in data["commitments"]} == {"not yet verified"}
    page = (tmp_path / "site" / "cases.html").read_text(encoding="utf-8")
    assert "No finding is public yet." in page
    assert "No signed finding" not in page + data["commitments"][0]["conduct_why"]
    secret = (b"Craters were seen", b"Nobody asked at the post", b"It was thunder", b"finding-1", b"From the post")
    assert _holding(tmp_path / "site", *secret, b"Haldon Merrik", PHOTOGRAPH) == []
    assert audit(tmp_path / "site", table.home.trust_file).ok
    with pytest.raises(ProcedureError, match="P28"):
        table.step("ord", steps.EmbargoLifted(finding="finding-1", at=table.now))


def part_8_a_lifted_embargo_opens_exactly_what_is_behind_the_finding(table: Table) -> None:
    """What arrives signed elsewhere with other openings is refused; the host's own opens draft and marks."""
    table.later(3)
    forged = steps.Opening(entry="0" * 64, salt="00" * 32, content="{}")
    body = steps.EmbargoLifted(finding="finding-1", openings=(forged,), at=table.now)
    with table.open("ord") as mechanism:
        draft = Draft("EmbargoLifted", "ord", table.now, canonical.dumps(to_plain(body)))
        log = mechanism.log
        signed = sign_entry(
            draft, signer=table.keys["ord"], origin=log.origin, charter=log.charter, keys_at=log.keys_at
        )
        with pytest.raises(InputError, match="openings"):
            mechanism.submit(signed)
    table.step("ord", steps.EmbargoLifted(finding="finding-1", at=table.now))
    finding = table.case.findings[0]
    assert (finding.release, len(finding.entries)) == ("public", 13)
    assert table.state().refused_steps == {}


def part_9_anyone_checks_the_published_finding_offline(table: Table, tmp_path: Path) -> None:
    """The bundle passes the audit; every opening in it is what its sealed leaf commits to; the dissent is on the page."""
    site = tmp_path / "site"
    data = table.publish(site)
    (finding,) = data["cases"][0]["findings"]
    assert [mark["text"] for mark in finding["parts"][0]["marks"] if mark["mark"] == "dissents"] == [
        "Nobody asked at the post itself."
    ]
    assert "Nobody asked at the post itself." in (site / "cases.html").read_text(encoding="utf-8")
    path = site / "bundle" / "finding-1.tasdiq.json"
    assert (audit(path, table.home.trust_file).ok, audit(site, table.home.trust_file).ok) == (True, True)
    held = json.loads(path.read_bytes())["entries"]
    leaves = {
        hashlib.sha256(canonical.dumps(h)).hexdigest(): h for h in (json.loads(e["leaf"])["header"] for e in held)
    }
    lifted = next(json.loads(e["body"]["content"]) for e in held if e["body"] and "openings" in e["body"]["content"])
    assert len(lifted["openings"]) == 13
    for opening in lifted["openings"]:
        commit = body.commit(bytes.fromhex(opening["salt"]), opening["content"].encode()).hex()
        assert leaves[opening["entry"]]["body_commit"] == commit
    shown = [e for e in held if e["body"] and json.loads(e["leaf"])["header"]["kind"] == "sealed"]
    assert len(shown) == 13
    kept = (b"It was thunder", b"From the post", b"Haldon Merrik", b"officer 4", PHOTOGRAPH)
    assert _holding(site, *kept) == []
    assert {item["conduct"] for item in data["commitments"]} == {"breached"}


def part_9_a_mark_that_was_changed_in_the_bundle_is_noticed(table: Table, tmp_path: Path) -> None:
    """Vorland's dissent turned into assent no longer is what Vorland signed."""
    table.publish(tmp_path / "site")
    path = tmp_path / "site" / "bundle" / "finding-1.tasdiq.json"
    whole = path.read_text(encoding="utf-8")
    changed = tmp_path / "changed.tasdiq.json"
    value = json.loads(whole)
    for entry in value["entries"]:
        if (
            entry["body"]
            and '"mark":"dissents"' in entry["body"]["content"]
            and "openings" not in entry["body"]["content"]
        ):
            entry["body"]["content"] = entry["body"]["content"].replace('"dissents"', '"concurs"')
    changed.write_bytes(canonical.dumps(value))
    assert changed.read_bytes() != whole.encode()
    assert not audit(changed, table.home.trust_file).ok


def part_10_what_is_not_here_cannot_be_opened(table: Table) -> None:
    """An entry whose body the host holds is opened; the salt and text are those committed to."""
    (entry,) = (line.id for line in table.state().entries if line.kind == "TeamAssigned")
    (opening,) = read_openings(table.home, [entry])
    assert "officer 4" in opening.content


def _holding(site: Path, *words: bytes) -> list[tuple[Path, bytes]]:
    """Return the files under `site` that hold any of the words."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return [(path, word) for path in files for word in words if word in path.read_bytes()]


def test_a_case(table: Table, tmp_path: Path) -> None:
    """Part by part: each goes on where the one before ended."""
    part_1_a_new_joint_record_asks_for_every_step(table)
    part_2_allegation_competence_assessment_team(table)
    part_3_access_is_denied_twice_and_then_granted(table, _folder(tmp_path, "2"))
    part_4_evidence_is_handed_over_and_one_deadline_passes_unanswered(table)
    part_5_the_parties_are_heard_before_anyone_signs(table)
    part_6_a_dissent_is_signed_and_the_rule_decides(table)
    part_7_under_embargo_nothing_of_the_finding_is_public(table, _folder(tmp_path, "6"))
    part_8_a_lifted_embargo_opens_exactly_what_is_behind_the_finding(table)
    part_9_anyone_checks_the_published_finding_offline(table, _folder(tmp_path, "8"))
    part_9_a_mark_that_was_changed_in_the_bundle_is_noticed(table, _folder(tmp_path, "9"))
    part_10_what_is_not_here_cannot_be_opened(table)


def _folder(base: Path, name: str) -> Path:
    (base / name).mkdir()
    return base / name
