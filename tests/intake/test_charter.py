"""charter.toml: what a charter may say, and how its mistakes are told (rules of charter/rules.py, 1–8)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasdiq.errors import InputError, MissingError, TasdiqError
from tasdiq.intake.charter import CharterError, charter_toml, parse_charter, read_charter
from tasdiq.intake.charter.keys import CHARTER, TABLES
from tasdiq.intake.charter.positions import key_lines
from tasdiq.model.agreement import Quantity, Reading
from tasdiq.model.charter import Charter

ROOT = Path(__file__).parents[2]
PARTIES = '[[party]]\nname = "Kestria"\nid = "kes"\n\n[[party]]\nname = "Vorland"\nid = "vor"\n'
FULL = """
title = "The Dorna ceasefire"
form = "joint"
boundary = "dashed"
boundary_note = "Dashed where the two sides differ."
time_zones = ["UTC", "Asia/Karachi"]

[[party]]
id = "kes"
name = "Kestria"
country = "KES"
designations = ["the Kestrian authorities", { text = "the regime in Ketta", used_by = ["vor"] }]
key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

[[party]]
id = "vor"
name = "Vorland"

[[mediator]]
name = "Republic of Sella"

[[observer]]
name = "Union of Rivers"

[protection_body]
name = "Commission for Persons"

[[group]]
name = "Northern Liberation Army"
designations = [{ text = "NLA", used_by = "kes" }, { text = "the northern bandits", used_by = ["vor", "outlet/ketta-post"] }]

[[agreement]]
id = "truce"
title = "Truce of Sella"
form = "verbal"
date = 2031-05-02
parties = ["kes", "vor"]
said_by = ["kes"]

[[commitment]]
id = "c1"
agreement = "truce"
bearer = "kes"
text = "No fire across the river."
from = "2031-05-03T18:00:00Z"
until = "2031-12"
exemptions = ["self-defence"]
acknowledged_by = ["kes"]
quantity = 40
unit = "trucks"

[[commitment.reading]]
party = "vor"
text = "Drones are included."
counting = "average"

[[session]]
id = "s1"
place = "Sella"
from = "2031-06-01"
until = "2031-06-03"
mediators = ["republic-of-sella"]
held = false
outcomes = { kes = "agreed", vor = "open" }

[[crossing]]
id = "dorna"
name = "Dorna bridge"
ends = ["Dorna", "Vellobridge"]
countries = ["KES", "VOR"]
names = ["The Bridge", { text = "Friendship Bridge", used_by = "kes" }]
lat = 34.1225
lon = -71.5

[taxonomies]
"air/strike" = "attack from the air"

[procedure]
decision = "majority with mediator"
quorum = 3
cosigners_quorum = 3

[publication]
embargo_hours = 24
coarsen = "province"
"""


def refused(text: str) -> list[tuple[int, str]]:
    """Return the lines and reasons with which a charter is refused."""
    with pytest.raises(CharterError) as caught:
        parse_charter(text.encode(), "charter.toml")
    return [(problem.line, problem.reason) for problem in caught.value.problems]


def test_two_names_are_a_charter() -> None:
    """Two parties with a name each are enough; ids, countries, form and title follow."""
    charter = parse_charter(b'[[party]]\nname = "Norway"\n[[party]]\nname = "Kestria"\n')
    assert [(party.id, party.country) for party in charter.parties] == [("nor", "NOR"), ("kestria", None)]
    assert (charter.form, charter.title) == ("desk", "Record on Norway and Kestria")


def test_a_full_charter_is_read() -> None:
    """Every table lands where the model has it."""
    charter = parse_charter(FULL.encode())
    assert charter.parties[0].designations[1].used_by == ("vor",)
    assert charter.groups[0].id == "northern-liberation-army"
    assert charter.commitments[0].readings[0] == Reading(party="vor", text="Drones are included.", counting="average")
    assert charter.commitments[0].quantity == Quantity(value=40, unit="trucks")
    assert charter.agreements[0].date == "2031-05-02"
    assert (charter.crossings[0].lat_e7, charter.crossings[0].lon_e7) == (341225000, -715000000)
    assert charter.protection_body is not None and charter.protection_body.role == "protection"
    assert charter.sessions[0].outcomes == (("kes", "agreed"), ("vor", "open"))


def test_a_written_charter_reads_as_the_same() -> None:
    """charter_toml and parse_charter are inverse to each other."""
    charter = parse_charter(FULL.encode())
    assert parse_charter(charter_toml(charter).encode()) == charter


def test_a_proposed_charter_says_so_in_a_comment() -> None:
    """What a machine proposed is marked for whoever edits it, and reads as a plain charter."""
    plain = parse_charter(PARTIES.encode())
    proposed = msgspec.structs.replace(plain, proposed=True, proposed_from=("a.txt", "b\nname = 1.txt"))
    text = charter_toml(proposed)
    assert text.startswith("# Proposed by machine")
    assert parse_charter(text.encode()) == plain


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda text: text.strip())


@given(TEXTS, TEXTS, st.integers(-900_000_000, 900_000_000), st.integers(-1_800_000_000, 1_800_000_000))
@settings(max_examples=100, deadline=None)
def test_any_wording_survives_writing(title: str, note: str, lat: int, lon: int) -> None:
    """Quotation marks, line ends, control characters and fine coordinates come back as they were."""
    full = parse_charter(FULL.encode())
    crossing = msgspec.structs.replace(full.crossings[0], lat_e7=lat, lon_e7=lon)
    charter = msgspec.structs.replace(full, title=title, boundary_note=note, crossings=(crossing,))
    assert parse_charter(charter_toml(charter).encode()) == charter


def test_an_unknown_key_is_refused_with_its_line_and_the_nearest() -> None:
    """The message says where, what was found and what was probably meant."""
    assert refused(f'titel = "X"\n{PARTIES}') == [(1, "unknown key 'titel'; did you mean 'title'?")]
    assert refused(PARTIES + 'start = "2031"\n')[0][0] == 8
    assert refused(PARTIES + '[[parties]]\nname = "X"\n') == [(8, "unknown key 'parties'; did you mean '[[party]]'?")]


def test_all_problems_are_told_together() -> None:
    """One run lists everything that is wrong, in the order of the file."""
    found = refused('form = "dask"\nx = 1\n[[party]]\nnaem = "Kestria"\n')
    assert [line for line, _ in found] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("extra", "line", "words"),
    [
        ('[[party]]\nname = "Kestria"\nid = "k2"\n', 9, "'Kestria' (line 2) is named twice"),
        ('[[party]]\nname = "Ketland"\ndesignations = ["KESTRIA"]\n', 10, "is named twice, here as 'KESTRIA'"),
        ('[[party]]\nname = "Ketland"\nid = "kes"\n', 10, "the id 'kes' is used in line 3 already"),
        ('[[mediator]]\nname = "Kestria"\nid = "m"\n', 9, "is a party and a mediator"),
        ('[[group]]\nname = "G"\ndesignations = ["Vorland"]\n', 10, "already stands for 'Vorland'"),
        ('[[group]]\nname = "G"\ndesignations = [{ text = "H", used_by = ["vot"] }]\n', 10, "did you mean 'vor'"),
        ('[[agreement]]\ntitle = "T"\nform = "oral"\n', 10, "expected one of 'signed', 'unsigned', 'verbal', 'claimed'"),
        ('[[agreement]]\ntitle = "T"\nform = "verbal"\ndate = "2031-05"\nuntil = "2031-04-30"\n', 12, "before it begins"),
        ('[[commitment]]\ntext = "T"\nbearer = "kes"\nagreement = "truce"\n', 11, "no agreement has the id 'truce'"),
        ('[[session]]\nplace = "Sella"\nfrom = "2031-02-30"\n', 10, "expected a date"),
        ('[[session]]\nplace = "Sella"\nfrom = "2031-02-20"\nmediators = ["kes"]\n', 11, "no mediator has the id 'kes'"),
        ('[[crossing]]\nname = "B"\nlat = 200\n', 10, "latitude in degrees from -90 to 90"),
        ("[procedure]\nquorum = 3\n", 9, "expected at most 2"),
        ("[procedure]\ncosigners_quorum = 4\n", 9, "expected at most 2"),
        ('[procedure]\ndecision = "chair"\n', 9, "needs a mediator"),
        ('[procedure]\ndefault_standard = "certainty"\n', 9, "expected one of standards"),
        ('[publication]\npassages_share_percent = 101\n', 9, "from 0 to 100"),
        ('[publication]\nembargo_hours = "72"\n', 9, "expected a whole number"),
        ('[procedure]\nquorum = true\n', 9, "expected a whole number"),
        ('[party.key]\n', 8, "expected 64 lower-case hex digits"),
    ],
)  # fmt: skip
def test_contradictions_are_refused(extra: str, line: int, words: str) -> None:
    """Each contradiction is told with the line it stands in."""
    found = refused(PARTIES + extra)
    assert (line, True) in [(at, words in reason) for at, reason in found], found


def test_top_level_contradictions() -> None:
    """A desk record has no keys; a zone must exist; one party is none too many."""
    key = 'key = "' + "0" * 64 + '"\n'
    assert "a desk record names no keys" in refused(PARTIES + key)[0][1]
    assert "did you mean 'Asia/Karachi'" in refused('time_zones = ["Asia/Karachy"]\n' + PARTIES)[0][1]
    assert "expected at least two parties, found Kestria" in refused('[[party]]\nname = "Kestria"\n')[0][1]
    assert "at least two parties, found none" in refused("")[0][1]


def test_users_of_a_name_may_stand_outside_the_charter() -> None:
    """A name may be used by an outlet, a document or a state that is no member; two spellings are two names."""
    names = '{ text = "Kèstria", used_by = ["outlet/post", "a.txt", "nor", "The Post"] }, "KESTRIA"'
    charter = parse_charter(PARTIES.replace('id = "kes"', f'id = "kes"\ndesignations = [{names}]').encode())
    assert len(charter.parties[0].designations) == 2
    assert "stands here twice" in refused(PARTIES.replace('id = "kes"', 'id = "kes"\ndesignations = ["A", "A"]'))[0][1]


def test_two_sessions_in_one_place_have_ids_of_their_own() -> None:
    """A session's id is made of its place and first day."""
    rounds = "".join(f'[[session]]\nplace = "Sella"\nfrom = "2031-0{month}-01"\n' for month in (5, 6))
    sessions = parse_charter((PARTIES + rounds).encode()).sessions
    assert [session.id for session in sessions] == ["sella-2031-05-01", "sella-2031-06-01"]


def test_one_bracket_instead_of_two_is_explained() -> None:
    """[party] is the commonest mistake."""
    assert "two brackets" in refused('[party]\nname = "Kestria"\n')[0][1]


def test_what_is_not_toml_is_refused_with_its_line() -> None:
    """Syntax errors and wrong encodings name file and line."""
    for data, line in ((b"title = \n", 1), (PARTIES.encode() + b"name = 'x'\n", 8), (b"a = 1\nb = \xff\n", 2)):
        with pytest.raises(InputError) as caught:
            parse_charter(data, "charter.toml")
        assert caught.value.line == line


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    """A charter that is not there is missing, not broken."""
    with pytest.raises(MissingError, match="leave --charter out"):
        read_charter(tmp_path / "charter.toml")


def test_every_key_has_its_line() -> None:
    """Positions follow tables, inline tables, arrays, strings of several lines, comments and quoted keys."""
    text = (
        'a = """x\n[b]\n""" # [c]\n[d]\n"e.f" = [ # y\n  1,\n  { g = 2 },\n]\n'
        "[[h]]\ni.j = 1\n[[h]]\n[h.k]\nl = '''\n=\n'''\nm = 1\n"
    )
    lines = key_lines(text)
    assert tomllib.loads(text)["h"][1]["k"]["m"] == 1
    expected = {
        ("a",): 1, ("d",): 4, ("d", "e.f"): 5, ("d", "e.f", 0): 6, ("d", "e.f", 1): 7, ("d", "e.f", 1, "g"): 7,
        ("h", 0): 9, ("h", 0, "i", "j"): 10, ("h", 1): 11, ("h", 1, "k"): 12, ("h", 1, "k", "l"): 13, ("h", 1, "k", "m"): 16,
    }  # fmt: skip
    assert {path: lines.get(path) for path in expected} == expected


PIECES = st.sampled_from([*'[]{}"=,#\n\\', "1", "x", "'''", "kes", "party", ""])
MUTATIONS = st.lists(st.tuples(st.integers(0, len(FULL)), PIECES), max_size=4)


@given(MUTATIONS)
@settings(max_examples=150, deadline=None)
def test_broken_charters_raise_nothing_but_ours(mutations: list[tuple[int, str]]) -> None:
    """Whatever is typed into a charter, it reads or is refused with a message."""
    text = FULL
    for at, piece in mutations:
        text = text[:at] + piece + text[at + 1 :]
    try:
        assert isinstance(parse_charter(text.encode()), Charter)
    except TasdiqError as error:
        assert str(error).startswith("charter.toml")


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_raise_nothing_but_ours(data: bytes) -> None:
    """Bytes that are no charter are refused as input."""
    with pytest.raises(TasdiqError):
        parse_charter(data)


def test_the_reference_explains_every_key() -> None:
    """docs/reference/charter.md names every table and key, and its example is a valid charter."""
    text = (ROOT / "docs" / "reference" / "charter.md").read_text("utf-8")
    for keys in (CHARTER, *TABLES.values()):
        assert [key for key in keys if f"`{key}`" not in text and f"[{key}]" not in text] == []
    examples = [block.split("\n```")[0] for block in text.split("```toml\n")[1:]]
    assert len(examples) >= 2
    for example in examples:
        parse_charter(example.encode())
