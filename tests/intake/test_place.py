"""Places in texts: known ones, ambiguous ones, crossings, and places no gazetteer holds (made-up countries)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.intake.place import find_places, learn_places
from tasdiq.model.place import Place, PlaceMention

GAZETTEER = load_gazetteer()
DISPATCHES = Path(__file__).parents[2].parent / "shared" / "dispatches"


def mentions(text: str, **extra: Place) -> list[PlaceMention]:
    """Find the places of a text and check that every offset reproduces its name."""
    found = find_places(text, GAZETTEER, extra=extra)
    assert all(text[mention.start : mention.end] == mention.name for mention in found)
    assert found == sorted(found, key=lambda mention: mention.start)
    return found


def places(text: str) -> list[str]:
    """Find the places of a text and return their ids."""
    return [mention.place for mention in mentions(text)]


def test_longest_name_wins() -> None:
    """ "North Waziristan" and "Khyber Pakhtunkhwa" are one place each (rule 1)."""
    assert places("Troops moved from North Waziristan to Khyber Pakhtunkhwa in Pakistan.") == [
        "pak.kp.north-waziristan",
        "pak.kp",
        "pak",
    ]


def test_not_inside_words_and_capitalised_only() -> None:
    """A name is not found inside a word or in small letters; a hyphen, a possessive and capitals are no obstacle (rule 1)."""
    assert places("They walked the kabul road with swatting hands and Kabulis.") == []
    assert [(m.name, m.start) for m in mentions("KABUL: a Kabul-based group in Kabul's north.")] == [
        ("KABUL", 0),
        ("Kabul", 9),
        ("Kabul", 30),
    ]


def test_words_and_persons_are_not_places() -> None:
    """A word or a person's name counts as a place only in context (rule 2)."""
    assert places("The Tank regiment saw Michael Jordan. Reading on, Nice people let Us go, in Pakistan.") == ["pak"]
    assert places("A bomb exploded in Tank. Talks were held in Jordan.") == ["pak.kp.tank", "jor"]
    assert places("Schools in Swat, Bara and Tank reopened.") == ["pak.kp.swat", "pak.kp.bara", "pak.kp.tank"]


def test_titles_and_outlets_are_not_places() -> None:
    """A name after a title or before "News" is a person or an outlet (rule 4)."""
    assert places("General Kunduz told Khyber News and the Kabul Times, said Radio Pakistan.") == []


def test_countries_touched_come_first() -> None:
    """Of two places of one name the one in a country that the text names is meant (rule 5)."""
    assert places("Police in Hyderabad spoke.") == ["ind.hyderabad"]
    assert places("Pakistani police in Hyderabad spoke.") == ["pak.sindh.hyderabad-city"]


def test_word_of_kind_decides() -> None:
    """ "Kandahar province" is the province, "Swat and Bajaur districts" are districts (rule 5)."""
    assert places("Shelling in Kandahar province and in Kandahar.") == ["afg.kandahar", "afg.kandahar.kandahar-city"]
    found = mentions("Clashes in Swat and Bajaur districts.")
    assert [(m.place, m.role) for m in found] == [("pak.kp.swat", "area"), ("pak.kp.bajaur", "area")]


def test_ends_stand_for_their_crossing_when_it_closes() -> None:
    """Chaman and Spin Boldak lead to one crossing where a closure is told, and to none elsewhere (rule 6)."""
    found = mentions("Torkham and Chaman remain closed to trade. Spin Boldak was shut to traffic for two weeks.")
    assert [m.crossing for m in found] == [
        "afg-pak.torkham",
        "afg-pak.chaman-spin-boldak",
        "afg-pak.chaman-spin-boldak",
    ]
    assert {m.role for m in found} == {"crossing"}
    assert [m.crossing for m in mentions("A fire in Chaman killed two.")] == [None]


def test_known_crossings_in_a_list() -> None:
    """Every name of a list of crossings is a crossing, personal names among them too (rules 2 and 6)."""
    text = "Border crossings at Torkham, Chaman, Ghulam Khan, Kharlachi and Angoor Adda were closed."
    assert [m.role for m in mentions(text)] == ["crossing"] * 5


@pytest.mark.parametrize(
    "text",
    [
        "Vorland closed the Bel Karim border crossing.",
        "A queue formed at the gates of the Bel Karim border crossing.",
        "The Bel Karim crossing stays shut.",
        "Border crossings at Bel Karim and Dosta stay shut.",
        "The Dosta and Bel Karim border crossings stay shut.",
        "Trade and movement at Dosta and Bel Karim remain suspended.",
        "The closure of Bel Karim hurt traders on both sides of the border.",
    ],
)
def test_made_up_crossings(text: str) -> None:
    """A crossing that no gazetteer holds is recognised by its context (rule 7; rules 1 and 2 of the contexts)."""
    found = {m.name: (m.place, m.kind, m.crossing, m.role) for m in mentions(text)}
    assert found["Bel Karim"] == ("unlisted.bel-karim", "crossing", "unlisted.bel-karim", "crossing")
    assert set(found) <= {"Bel Karim", "Dosta"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fighting went on in Selkmar province.", "province"),
        ("Officials of the Selkmar district of Narv province denied it.", "district"),
        ("A drone hit the Selkmar airbase.", "base"),
        ("He came from the border town of Selkmar.", "town"),
        ("Kestria's capital, Selkmar, was calm.", "city"),
        ("Talks in Selkmar ended.", "city"),
        ("The third round, held in Selkmar, ended.", "city"),
        ("During the Selkmar talks he smiled.", "city"),
        ("SELKMAR: The ministry rejected the claim.", "city"),
        ("Air strikes killed three people in Selkmar.", "unknown"),
    ],
)
def test_made_up_places_take_their_kind_from_context(text: str, kind: str) -> None:
    """Provinces, districts, bases, towns and venues are recognised without a gazetteer (rules 3-6 of the contexts)."""
    found = [m for m in mentions(text) if m.name.casefold() == "selkmar"]
    assert [(m.place, m.kind) for m in found] == [("unlisted.selkmar", kind)]


def test_months_days_and_peoples_are_not_venues() -> None:
    """ "talks in November", "the Vorlandi talks" and "the Vorlandi province of Narv" name no place but Narv."""
    assert places("Talks in November failed. A meeting in Sunday's light. The Vorlandi talks were brief.") == []
    assert places("A revolt in the Vorlandi province of Narv spread.") == ["unlisted.narv"]


def test_speakers_surnames_and_owners_are_not_venues() -> None:
    """The speakers of a transcript, a surname and an owner are no places (context rules 5 and 6)."""
    assert places("MERRIK: Good evening.\n\nTOLVARD: Thank you.\n\nBRENNAR: Let us begin.") == []
    assert places("They met at noon; aides of Jon Merrik met in Merrik and left.") == []
    assert places("Officials met in Merrik's office.") == []


def test_a_found_name_is_found_again() -> None:
    """Once its context has made a name a place, the bare name is one too (rule 7)."""
    found = mentions("The Dosta crossing closed. Dosta is quiet. Later, Dosta reopened.")
    assert [m.place for m in found] == ["unlisted.dosta"] * 3


def test_two_ends_of_a_made_up_crossing() -> None:
    """The two names of "the Orsk–Pellin crossing" lead to one crossing where the text writes them apart (context rule 7)."""
    found = mentions("The Orsk–Pellin crossing is shut. Trucks wait at Orsk; in Pellin shops closed.")
    assert {m.crossing for m in found} == {"unlisted.orsk-pellin"}


def test_extra_names_win() -> None:
    """A name the caller adds is found with the place given, before anything in the gazetteer."""
    crossing = Place(id="dosta", name="Dosta", kind="crossing")
    assert [m.place for m in mentions("Dosta and Kabul.", Dosta=crossing)] == ["dosta", "afg.kabul.kabul-city"]
    assert [m.crossing for m in mentions("Kabul.", Kabul=crossing)] == ["dosta"]


def test_documents_learn_from_each_other() -> None:
    """A place that one document names in context is found by its bare name in another."""
    learned = learn_places(["The Dosta crossing closed.", "Talks in Marovia ended."], GAZETTEER)
    found = find_places("Dosta was on the table; the Marovia framework was not.", GAZETTEER, extra=learned)
    assert [(m.name, m.kind) for m in found] == [("Dosta", "crossing"), ("Marovia", "city")]


@given(st.text(alphabet="ABab éÉ'’-–.,:/\n 12", max_size=60) | st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """No text breaks the search, and offsets always reproduce the name."""
    mentions(text)


def test_long_lines_are_read() -> None:
    """A megabyte of prose, of one endless line or of one endless word is read to its end."""
    prose = "Kestria closed the Bel Karim crossing near Torkham while talks in Doha went on, officials in Kabul said. "
    assert len(find_places(prose * 10_000, GAZETTEER)) >= 30_000
    assert find_places("A" * 1_000_000, GAZETTEER) == []
    assert find_places("Kabul, " * 140_000, GAZETTEER)[-1].start > 900_000


RENAMED = {
    "Torkham": "Karvesh",
    "Chaman": "Dostan",
    "Spin Boldak": "Peln Bordak",
    "Nangarhar": "Selkmar",
    "Kandahar": "Varnath",
    "Istanbul": "Marovia",
    "Doha": "Tessala",
    "Bajaur": "Orvik",
    "Balochistan": "Brelost",
}


@pytest.mark.dispatches
@pytest.mark.skipif(not DISPATCHES.is_dir(), reason="the dispatches are not beside the repository")
def test_renamed_dispatches_give_the_same_places() -> None:
    """With names replaced by made-up ones, the same passages are places, and the same ones crossings (rule 7)."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DISPATCHES.glob("*.txt"))]
    assert texts
    renamed = [_rename(text) for text in texts]
    learned = learn_places(renamed, GAZETTEER)
    for text, other in zip(texts, renamed, strict=True):
        before = _counted(find_places(text, GAZETTEER), RENAMED)
        after = _counted(find_places(other, GAZETTEER, extra=learned), {name: name for name in RENAMED.values()})
        assert before == after


def _rename(text: str) -> str:
    for name, other in RENAMED.items():
        text = text.replace(name, other)
    return text


def _counted(found: list[PlaceMention], names: dict[str, str]) -> Counter[tuple[str, bool]]:
    return Counter((names[m.name], m.crossing is not None) for m in found if m.name in names)


def test_an_unlisted_river_named_twice_is_read() -> None:
    """A river no gazetteer holds, named in two contexts, is learnt without an error, whatever the order of contexts."""
    text = "The Oru river fell. Fighting near Oru went on, and clashes in Oru spread. The Oru river rose."
    learned = learn_places([text], GAZETTEER)
    assert all(place.name == "Oru" for place in learned.values())
