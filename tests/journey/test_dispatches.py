"""The main job on the collected press reports: what the site must show, under the reports' own names and under others.

The same checks run on several folders: as collected, and with every name, place and date replaced by others; without a charter
and with one that names only the two parties. The texts are never part of the repository.
"""

from __future__ import annotations

import re
from calendar import month_name

import pytest

from journey.folder import Site, assess
from variants import MADE_UP, OTHER_COUNTRIES, REPLACEMENT, dispatch_files

pytestmark = [
    pytest.mark.dispatches,
    pytest.mark.skipif(not dispatch_files(), reason="the press reports (../shared/dispatches) are not on this machine"),
]

TWO_PARTIES = '[[party]]\nname = "Pakistan"\n\n[[party]]\nname = "Afghanistan"\n'
FOLDERS = {
    "as collected": ({}, ""),
    "as collected, two parties named": ({}, TWO_PARTIES),
    "names replaced": (REPLACEMENT, ""),
    "names replaced, two parties named": (REPLACEMENT, TWO_PARTIES),
    "made-up countries": (MADE_UP, ""),
    "made-up countries, two parties named": (MADE_UP, TWO_PARTIES),
    "other countries": (OTHER_COUNTRIES, ""),
}


@pytest.fixture(scope="module", params=FOLDERS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Assess one of the folders."""
    names, charter = FOLDERS[request.param]
    return assess(tmp_path_factory.mktemp("dispatches"), names, charter)


def test_the_two_parties_are_found(site: Site) -> None:
    """The parties are those two, whether a charter names them or not, and the page says which."""
    assert {p["name"] for p in site.data["parties"]} == {site.n("Pakistan"), site.n("Afghanistan")}


def test_the_ministry_statement_is_one_origin(site: Site) -> None:
    """000, 001 and 002 repeat one ministry statement: one origin, with the differences of wording."""
    pak = site.party("Pakistan")
    found = [
        origin
        for origin in site.data["origins"]
        if origin["party"] == pak and {"000", "001", "002"} <= site.files_of(origin["statements"])
    ]
    assert len(found) == 1
    assert "information" in found[0]["speaker_name"].lower()
    differing = " ".join(word for difference in found[0]["differences"] for word in difference["words"])
    assert re.search(r"checked|controlled", differing)


def test_the_foreign_office_statement_is_another(site: Site) -> None:
    """003 and 004 report one statement of the foreign office, which is not the ministry's of 000 to 002."""
    pak = site.party("Pakistan")
    found = [
        origin
        for origin in site.data["origins"]
        if origin["party"] == pak
        and {"003", "004"} <= site.files_of(origin["statements"])
        and "foreign" in origin["speaker_name"].lower()
    ]
    assert len(found) == 1
    assert not {"000", "001"} & site.files_of(found[0]["statements"])


def test_the_spokesmans_claim_has_three_channels(site: Site) -> None:
    """One claim of the spokesman in three documents through three channels, one of them unnamed."""
    afg = site.party("Afghanistan")
    found = [
        origin
        for origin in site.data["origins"]
        if origin["party"] == afg and {"000", "001", "002"} <= site.files_of(origin["statements"])
    ]
    assert len(found) == 1
    channels = " | ".join(found[0]["channels"])
    assert site.n("Khyber News") in channels
    assert site.n("Ariana News") in channels
    assert re.search(r"private", channels)
    assert found[0]["lowest"] == 1
    assert found[0]["highest"] >= 3


def test_a_refused_offer_is_asserted_and_denied_in_own_voice(site: Site) -> None:
    """For "refused an offer to deport" both stand in own voice: the spokesman's assertion, the ministry's denial."""
    pak, afg = site.party("Pakistan"), site.party("Afghanistan")
    (proposition,) = site.propositions("^Pakistan refused an offer")
    asserted = site.holders(proposition, afg, own=True)
    denied = site.holders(proposition, pak, own=True)
    assert {position["stance"] for position in asserted} == {"asserts"}
    assert {position["stance"] for position in denied} == {"denies"}
    spoken = site.statements(*(ident for position in asserted for ident in position["statements"]))
    assert {statement["passage"]["file"][:3] for statement in spoken} == {"000", "001", "002"}
    assert all(site.n("Mujahid") in statement["speaker_name"] for statement in spoken)
    answers = site.statements(*(ident for position in denied for ident in position["statements"]))
    assert any("information" in statement["speaker_name"].lower() for statement in answers)
    assert proposition["standing"] == "contested"
    assert all(statement["chain"] for statement in spoken + answers)


def test_the_nationality_of_persons_stands_beside_an_empty_cell(site: Site) -> None:
    """ "Those persons are nationals": no Afghan own voice; "asserts, as told by" the other party beside it."""
    afg = site.party("Afghanistan")
    (proposition,) = site.propositions("Pakistani nationals")
    assert site.holders(proposition, afg, own=True) == []
    beside = site.holders(proposition, afg, own=False)
    assert [position["label"] for position in beside] == [site.n("asserts, as told by Pakistan")]
    told = site.statements(*beside[0]["statements"])
    assert {statement["passage"]["file"][:3] for statement in told} >= {"000", "001", "002"}


def test_presence_on_soil_is_acknowledged_and_denied_only_by_hearsay(site: Site) -> None:
    """Militants on Afghan soil: acknowledged as told by the other party, traditionally denied as told by the outlet."""
    afg, pak = site.party("Afghanistan"), site.party("Pakistan")
    (proposition,) = site.propositions("present on Afghan (soil|territory)")
    assert site.holders(proposition, afg, own=True) == []
    labels = {position["label"] for position in site.holders(proposition, afg, own=False)}
    assert site.n("acknowledged, as told by Pakistan") in labels
    assert any(re.fullmatch(r"has traditionally denied, as told by (the outlet|.+)", label) for label in labels)
    assert "asserts" in {position["stance"] for position in site.holders(proposition, pak, own=True)}


def test_the_mechanism_is_called_for_agreed_and_absent(site: Site) -> None:
    """The monitoring mechanism is called for in 000, agreed in 002 and absent in 003 or 004, under one topic."""
    about = [p for p in site.data["propositions"] if p["topic"] == "mechanism"]
    files = {p["wording"]: site.files_of(h["statement"] for h in p["holdings"]) for p in about}
    wanted = [w for w in files if re.search(r"is to be set up|should", w)]
    agreed = [w for w in files if re.search(r"\bagreed\b", w)]
    absent = [w for w in files if re.search(r"\bno\b", w)]
    assert any("000" in files[w] for w in wanted)
    assert any("002" in files[w] for w in agreed)
    assert any("003" in files[w] for w in absent)


def test_no_written_agreement_and_only_verbal_understandings(site: Site) -> None:
    """003 tells that no written agreement was reached and that verbal understandings were insisted on."""
    told = {(item["subject"], item["form"]) for item in site.data["agreements_told"]}
    assert ("agreement", "none") in told
    assert any(form == "verbal" for _, form in told)


def test_the_second_article_is_a_document_of_its_own(site: Site) -> None:
    """002 holds two articles and a caption; the caption of 000 keeps its date two years back."""
    kinds = sorted(d["kind"] for d in site.data["documents"] if d["file"].startswith("002"))
    assert kinds == ["article", "article", "caption"]
    caption = next(d for d in site.data["documents"] if d["file"].startswith("000") and d["kind"] == "caption")
    assert caption["published"]["start"].startswith("2023-")


def test_the_rounds_and_the_next_one(site: Site) -> None:
    """The rounds stand with place and days, the coming one as first told: scheduled, then held."""
    istanbul = [s for s in site.data["sessions"] if site.n("Istanbul") in s["place_name"]]
    doha = [s for s in site.data["sessions"] if site.n("Doha") in s["place_name"]]
    days = {session["when"]["start"][5:] for session in istanbul if session["when"]}
    months = {name: f"{number:02}" for number, name in enumerate(month_name) if name}
    assert f"{months[site.n('October')]}-25" in days
    assert f"{months[site.n('November')]}-06" in days
    assert doha
    assert len(istanbul) <= 3


def test_the_closures_stand_by_crossing(site: Site) -> None:
    """Both crossings are closed or suspended, Chaman and Spin Boldak as two ends of one; the old caption is dated 2023."""
    by_name = {}
    for crossing in site.data["crossings"]:
        names = " ".join([crossing["name"], *(name["text"] for name in crossing["names"])])
        by_name[names] = crossing["intervals"]
    first = next(intervals for names, intervals in by_name.items() if site.n("Torkham") in names)
    second = next(intervals for names, intervals in by_name.items() if site.n("Chaman") in names)
    assert any(item["state"] == "suspended" for item in first)
    assert {item["state"] for item in second} == {"closed", "suspended"}
    old = [item for item in first if item["state"] == "closed"]
    assert all(item["when"]["start"].startswith("2023-") and item["when"]["end"].startswith("2023-") for item in old)


def test_groups_are_one_actor_each_with_who_uses_which_name(site: Site) -> None:
    """Each armed group is one actor with all its designations; a side's own name for it is marked as that side's."""
    actors = {d["text"]: actor for actor in site.data["actors"] for d in actor["designations"]}
    pak = site.party("Pakistan")
    for names in (("TTP", "Fitna-al-Khawarij", "FaK", "Pakistani Taliban"), ("BLA", "Fitna-al-Hindustan", "FaH")):
        found = {actors[site.n(name)]["id"] for name in names if site.n(name) in actors}
        assert len(found) == 1, names
        assert all(site.n(name) in actors for name in names)
        own = next(d for d in actors[site.n(names[1])]["designations"] if d["text"] == site.n(names[1]))
        assert pak in own["used_by"]


def test_figures_stand_with_their_teller_and_the_other_side_gave_none(site: Site) -> None:
    """ "Over 200" and "23" stand with their teller; the page says that no Afghan figure is in this folder."""
    afg = site.party("Afghanistan")
    figures = [f for f in site.data["figures"] if f["measure"] == "killed"]
    over = next(f for f in figures if f["words"] == "over 200")
    to = next(f for f in figures if f["words"].endswith("23"))
    assert (over["low"], over["high"]) == (201, None)
    for figure in (over, to):
        assert figure["telling"]["teller_words"]
        assert afg in figure["no_figure"]
    page = (site.path.parent / "site" / "incidents.html").read_text(encoding="utf-8")
    assert re.search(site.n("no (Afghan|Afghanistan) figure in this folder"), page, re.I)


def test_clashes_and_strikes_are_alleged_incidents_with_every_figure_told(site: Site) -> None:
    """Clashes and air strikes are incidents; ranges are those of their reports, none averaged, none called a violation."""
    incidents = site.data["incidents"]
    types = {incident["type"] for incident in incidents}
    assert {"direct-fire/clash", "air/strike"} <= types
    for incident in incidents:
        assert incident["allegation"]
        assert "violat" not in incident["type"]
        for measure in ("killed", "injured"):
            for end, of in (("low", min), ("high", max)):
                told = [r[measure][end] for r in incident["reports"] if r[measure][end] is not None]
                assert incident[measure][end] == (of(told) if told else None)
        assert all(r["source_name"] for r in incident["reports"] if r["killed"]["words"] != "no figure")
    page = (site.path.parent / "site" / "incidents.html").read_text(encoding="utf-8")
    words = re.sub(
        r"<(?:q|blockquote)[^>]*>.*?</(?:q|blockquote)>|<[^>]+>",
        " ",
        page.partition("<main")[2].partition("</main>")[0],
        flags=re.S,
    )
    assert not re.search(r"(?<!alleged )violations?\b", words)


def test_closures_are_crossing_intervals_and_never_incidents(site: Site) -> None:
    """What closed a crossing stands with the crossings; no incident is told by the same words."""
    intervals = [interval for crossing in site.data["crossings"] for interval in crossing["intervals"]]
    assert {"closed", "suspended"} <= {interval["state"] for interval in intervals}
    kinds = {incident["type"].partition("/")[0] for incident in site.data["incidents"]}
    assert kinds <= {"air", "armed", "direct-fire", "indirect-fire", "explosive", "abduction"}
    for incident in site.data["incidents"]:
        for report in incident["reports"]:
            assert not re.match(r"\W*(?:the )?(?:closure|closing|reopening) of\b", report["passage"]["text"], re.I)


def test_trends_of_a_few_reports_conclude_nothing(site: Site) -> None:
    """A handful of reports gives no rate: the page says what is missing, and what no count can tell."""
    trends = site.data["trends"]
    assert not trends["compared"]
    assert trends["cannot"]
    page = (site.path.parent / "site" / "trends.html").read_text(encoding="utf-8")
    assert "What cannot be concluded" in page or "would stand here" in page


def test_every_item_opens_its_passage(site: Site) -> None:
    """Every statement of a position has a passage whose offsets lie in its file."""
    files = {path.name: path.read_text(encoding="utf-8") for path in site.path.glob("*.txt")}
    for statement in site.data["statements"]:
        passage = statement["passage"]
        assert 0 <= passage["start"] < passage["end"] <= len(files[passage["file"]])
        assert (site.path.parent / "site" / passage["page"]).is_file()
