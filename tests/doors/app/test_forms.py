"""Forms: every kind of step has one; each renders, refuses empties helpfully and builds a body that holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.app.clients import Client
from doors.app.furnished import Furnished
from doors.app.places import PLACES, SHELLED, Place
from doors.app.seats import Seats
from tasdiq import framing
from tasdiq.errors import ProcedureError
from tasdiq.talks import steps as talks
from tasdiq.verification import procedure
from tasdiq.web import acting
from tasdiq.web.forms import moments
from tasdiq.web.forms.field import Field
from tasdiq.web.forms.offers import in_words
from tasdiq.web.forms.setting import Setting
from tasdiq.web.forms.table import FORMS, GROUPS
from tasdiq.web.notices.post import officer
from tasdiq.web.seeing import seen

ID, LINK = re.compile(r' id="([^"]+)"'), re.compile(r'<li><a href="#([^"]+)">')


@pytest.fixture(scope="module")
def seats(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seats]:
    """A table at the furnished record; forms prepare drafts and enter nothing."""
    table = furnished.table(tmp_path_factory.mktemp("forms"))
    yield table
    table.close()


@pytest.fixture(scope="module")
def clients(seats: Seats) -> dict[str, Client]:
    """A client for an officer of each member, with the token of a page it has seen."""
    found = {member: seats.client(member) for member in ("kes", "vor", "ord")}
    for client in found.values():
        client.get("/do")
    return found


def _setting(seats: Seats, place: Place) -> Setting:
    viewer = officer(seats.room, seats.account(place.member))
    asked = dict(pair.split("=", 1) for pair in place.query.split("&") if pair)
    return Setting(seen(seats.room, viewer), viewer, seats.room.now(), asked)


def _sent(field: Field, setting: Setting) -> dict[str, str]:
    """Return what a careful officer sends for one field."""
    started, name = field.start(setting), field.name
    options = [option.value for option in field.options(setting)]
    match field.kind:
        case "choice":
            return {name: started or (options[0] if field.required else "")}
        case "many":
            return {name: options[0]} if field.required else {}
        case "confirm":
            return {name: "yes"}
        case "rows":
            return {}
        case "moment":
            told = started or (setting.now if field.required else "")
            day, time = moments.split(told, "UTC")
            return {f"{name}-date": day, f"{name}-time": time, f"{name}-zone": "UTC"}
        case "number":
            return {name: "3" if field.required else ""}
        case "day":
            return {name: setting.now[:10] if field.required else ""}
        case "about":
            return {name: "2031-03" if field.required else ""}
    return {name: "Said in words." if field.required else ""}


def filled(seats: Seats, place: Place) -> dict[str, str]:
    """Return a form that is filled in well."""
    setting = _setting(seats, place)
    sent = {key: value for item in FORMS[place.kind].asks(setting) for key, value in _sent(item, setting).items()}
    return {**sent, **place.more}


def test_every_kind_of_step_has_a_form() -> None:
    """Of the procedure, the talks and decisions about points; each stands in exactly one group, and in the list of places."""
    kinds = {kind.__name__ for kind in (*procedure.STEPS, *talks.STEPS, *framing.STEPS)}
    assert set(FORMS) == kinds == set(PLACES)
    listed = [kind for _, group in GROUPS for kind in group]
    assert sorted(listed) == sorted(FORMS)


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_says_what_it_asks_and_why(kind: str) -> None:
    """A title, a reason, words for every missing answer, and no field twice."""
    form = FORMS[kind]
    assert form.title[0].isupper() and form.why.endswith(".") and form.act
    names = [item.name for item in form.fields]
    assert len(set(names)) == len(names)
    for item in form.fields:
        assert item.label and (item.empty or not item.required), (kind, item.name)


@pytest.mark.parametrize("kind", PLACES)
def test_every_form_renders_where_its_step_is_open(seats: Seats, clients: dict[str, Client], kind: str) -> None:
    """With its question, who will read the answer, and a label for every field."""
    place = PLACES[kind]
    answer = clients[place.member].get(place.address)
    assert answer.status_code == 200, answer.text
    assert "will read this" in answer.text and "Nothing is entered yet" in answer.text
    ids = ID.findall(answer.text)
    assert len(set(ids)) == len(ids)
    for target in re.findall(r'<label for="([^"]+)"', answer.text):
        assert target in ids


@pytest.mark.parametrize("kind", PLACES)
def test_every_form_refuses_empties_helpfully(clients: dict[str, Client], kind: str) -> None:
    """A summary that leads to each field, the same words beside it; nothing is prepared."""
    place, form = PLACES[kind], FORMS[kind]
    answer = clients[place.member].post(place.address, data={"empty": ""}, follow_redirects=False)
    if any(item.required for item in form.fields):
        assert answer.status_code == 422, answer.text
    links, ids = LINK.findall(answer.text), ID.findall(answer.text)
    assert links and set(links) <= set(ids)
    assert answer.text.count('class="field-error"') >= len(links)
    assert "<title>Error: " in answer.text and "There is a problem" in answer.text


@pytest.mark.parametrize("kind", PLACES)
def test_every_form_builds_a_body_that_the_rules_take(seats: Seats, clients: dict[str, Client], kind: str) -> None:
    """Filled in with care it leads to the page of signing, with a draft of its kind."""
    place = PLACES[kind]
    answer = clients[place.member].post(place.address, data=filled(seats, place), follow_redirects=False)
    assert answer.status_code == 303, (LINK.findall(answer.text), answer.text[-3000:])
    where = answer.headers["location"]
    assert where.startswith("/sign/") and "next=" in where
    viewer = officer(seats.room, seats.account(place.member))
    assert acting.shown(seats.room, viewer, where.split("/")[2].split("?")[0]).kind == kind


def test_a_point_says_why_what_was_decided_and_what_can_be(seats: Seats, clients: dict[str, Client]) -> None:
    """Objections stand above the statements, each statement says why it stands there, and only open steps are offered."""
    page = clients["vor"].get(f"/propositions/{SHELLED}").text
    assert "No post was shelled." in page and "Fire was opened at targets of the army alone" in page
    assert "Why it stands here" in page and "fit this point" in page and "over time" in page
    assert "/do/WordingObjected?" in page and "/do/PropositionSplit?" not in page and "take it back" in page
    mediator = clients["ord"].get(f"/propositions/{SHELLED}").text
    assert (
        "/do/PropositionSplit?" in mediator
        and "/do/WordingObjected?" not in mediator
        and "take it back" not in mediator
    )
    anybody = seats.anybody().get(f"/propositions/{SHELLED}").text
    assert "No post was shelled." in anybody and "/do/" not in anybody
    assert "Vorland objects to the wording" in clients["kes"].get("/propositions").text
    stale = PLACES["PropositionConfirmed"].address.replace("seen=", "seen=0")
    answer = clients["ord"].post(stale, data={"looked": "yes"}, follow_redirects=False)
    assert answer.status_code == 422 and "not as it was when you looked" in answer.text


def test_what_was_typed_is_kept(clients: dict[str, Client]) -> None:
    """Text in any script, a choice, a time; and line ends become the record's."""
    sent = {
        "answer": "conditional",
        "reason": "",
        "until-date": "2031-05-02",
        "until-time": "26:00",
        "until-zone": "UTC",
    }
    page = clients["vor"].post(PLACES["AccessAnswered"].address, data=sent).text
    assert 'value="conditional" checked' in page and 'value="2031-05-02"' in page
    assert "Write the time of day as hours and minutes" in page
    kept = clients["kes"].post(PLACES["EvidenceAnswered"].address, data={"text": "تصدیق\r\n<b>not bold</b>"}).text
    assert "تصدیق\n&lt;b&gt;not bold&lt;/b&gt;" in kept


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("FindingSigned", {"mark": "dissents", "text": ""}, "a dissent are published with the finding"),
        ("FindingSigned", {"mark": "approves"}, "Choose one of those that are offered"),
        ("FindingDrafted", {"occurrence": "inconclusive", "responsibility": "Vorland"}, "only an established occurrence"),
        ("AccessAnswered", {"answer": "conditional", "reason": ""}, "Say what the conditions are"),
        ("CompetenceDecided", {"competent": "no", "text": ""}, "Give the reasons"),
        ("EvidenceSubmitted", {"sha256": "abc"}, "64 digits"),
        ("AgreementAnswered", {"answer": "denies", "text": ""}, "Give the denial"),
        ("CallConfirmed", {"answer": "corrects", "text": ""}, "own account"),
        ("CallLogged", {"arrangement": "No patrols"}, "Say when the other side was reached"),
        ("QuantityReported", {"value": "١٢"}, "digits 0 to 9"),
        ("CaseAssessed", {"text": "a\x07b"}, "characters that cannot be shown"),
        ("CaseAssessed", {"text": "x" * 20_001}, "at most 20,000 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    seats: Seats, clients: dict[str, Client], kind: str, sent: dict[str, str], words: str
) -> None:
    """Beside the field, in words that say what to do."""
    place = PLACES[kind]
    answer = clients[place.member].post(place.address, data={**filled(seats, place), **sent}, follow_redirects=False)
    assert answer.status_code == 422 and words in answer.text


def test_a_step_that_is_not_open_says_why(clients: dict[str, Client]) -> None:
    """In the rule's words, with its number, without what belongs to a command line; for reading and sending alike."""
    page = clients["ord"].get("/do/TeamAssigned?case=case-opened")
    assert page.status_code == 409 and "competence comes first" in page.text.lower() and "P12" in page.text
    assert "tasdiq case" not in page.text
    sent = clients["kes"].post("/do/AccessAnswered?case=case-examined&request=access-3", data={"answer": "granted"})
    assert sent.status_code == 403 and "cannot answer for it (P2)" in sent.text


def test_what_may_not_be_seen_is_not_there(seats: Seats, clients: dict[str, Client]) -> None:
    """Evidence that was not handed to this officer's member answers like evidence that does not exist."""
    riv = seats.client("med")
    hidden = riv.get("/do/EvidenceAcknowledged?case=case-examined&evidence=evidence-kes")
    nothing = riv.get("/do/EvidenceAcknowledged?case=case-examined&evidence=evidence-none")
    assert (hidden.status_code, hidden.text) == (nothing.status_code, nothing.text)
    assert hidden.status_code == 404
    assert clients["kes"].get("/do/NoSuchStep").status_code == 404
    assert clients["kes"].get("/do/CharterAmended").status_code == 404


def test_anybody_is_asked_to_sign_in(seats: Seats) -> None:
    """And led back to the form."""
    answer = seats.anybody().get("/do/CallLogged", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/sign-in?next=%2Fdo%2FCallLogged"


def test_more_rows_lose_nothing(clients: dict[str, Client]) -> None:
    """The button adds rows and checks nothing."""
    sent = {"team-rows": "3", "team-0-officer": "officer 9", "more": "team"}
    page = clients["ord"].post(PLACES["TeamAssigned"].address, data=sent)
    assert page.status_code == 200 and 'value="officer 9"' in page.text and 'name="team-5-officer"' in page.text


def test_a_form_without_its_subject_asks_which(clients: dict[str, Client]) -> None:
    """And offers only what the rules allow."""
    page = clients["vor"].get("/do/AccessAnswered").text
    assert "request=access-3" in page and "request=access-1" not in page
    assert "Not open to you now" in clients["ord"].get("/do").text


def test_a_time_is_told_by_a_clock_and_echoed_in_every_zone(clients: dict[str, Client]) -> None:
    """While it is typed, and it is remembered which clock was used."""
    echo = clients["kes"].get("/do/moment?tried_at-date=2031-03-20&tried_at-time=13:00&tried_at-zone=Asia/Karachi").text
    assert "20 March 2031, 08:00 UTC / 13:00 Asia/Karachi" in echo
    assert clients["kes"].get("/do/moment?x-date=2031-03-20&x-time=13:00&x-zone=Mars").text.strip() == ""


@pytest.mark.parametrize(
    ("day", "time", "zone", "part"),
    [
        ("2031-13-02", "10:00", "UTC", "date"),
        ("2031-05-02", "24:00", "UTC", "time"),
        ("2031-05-02", "10:00", "", "zone"),
        ("2031-05-02", "10:00", "Etc/Unknown", "zone"),
        ("2031-03-30", "02:30", "Europe/Berlin", "time"),
        ("2031-5-2", "10:00", "UTC", "date"),
    ],
)
def test_a_time_that_is_none_is_refused_with_the_part_to_mend(day: str, time: str, zone: str, part: str) -> None:
    """Also one that a clock leaves out when it is put forward."""
    found = moments.read(day, time, zone, ("UTC", "Europe/Berlin", "Asia/Karachi"))
    assert (found.iso, found.part, bool(found.message)) == ("", part, True)


def test_words_of_refusals_are_for_pages() -> None:
    """Commands go, times come in every zone, the rule stays."""
    error = ProcedureError("a team comes first: tasdiq case team RECORD case-1 …", paragraph="P12")
    assert in_words(error) == "A team comes first (charter, P12)"
    late = ProcedureError("the embargo lasts until 2031-03-20T08:00:00Z", paragraph="P28")
    assert "20 March 2031, 08:00 UTC / 13:00 Asia/Karachi" in in_words(late, ("UTC", "Asia/Karachi"))


def test_the_copy_of_a_table_is_not_changed(tmp_path: Path, furnished: Furnished) -> None:
    """Forms enter nothing: the record is as long as before."""
    table = furnished.table(tmp_path)
    size = table.state().size
    client = table.client("kes")
    client.get("/do")
    client.post("/do/CallLogged", data={})
    assert table.state().size == size
    table.close()
