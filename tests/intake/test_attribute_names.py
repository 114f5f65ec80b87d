"""Nothing depends on whose names stand in a text: names and dates are read as neutral words and given back as written."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from intake.attributed import attributions, document, found
from tasdiq.intake.attribute.names import find_dates, find_names, spellings
from tasdiq.intake.attribute.neutral import neutralise
from tasdiq.model.document import Span
from variants import replace_names

REPORT = """Kestria on Saturday rejected the “crude twisting of facts” attributed to Vorlandic spokesman Ora Velt.
In an interview with Ostra News, Velt alleged that Ostra had refused Miren’s offer to deport members of the Ashkar (ASK).
Kestria’s Ministry of Information said it had demanded that fighters of Ashkar-e-Vorland be handed over, a charge Miren denies.
“When the Vorlandic side claimed that these men were Kestrians, Ostra proposed that they be handed over,” it said on Nov. 6.
The Ashkar also refused a Vorlandic proposal to withdraw by 17 October 2025, calling it “absurd.”"""

RENAMINGS = {
    "other countries": {
        "Kestria": "Peru",
        "Kestrians": "Peruvians",
        "Vorlandic": "Bolivian",
        "Ostra": "Lima",
        "Miren": "La Paz",
        "Ora Velt": "Juan Carlos Soto",
        "Velt": "Soto",
        "Ostra News": "Radio del Sur",
        "Ashkar": "Hijos",
        "ASK": "HDS",
        "Ashkar-e-Vorland": "Hijos de Bolivia",
        "Saturday": "Tuesday",
        "Nov": "Feb",
        "October": "May",
    },
    "more words": {
        "Kestria": "Upper Dunmoor",
        "Kestrians": "Dunmoor Islanders",
        "Vorlandic": "North Halden",
        "Ostra": "Port Hale",
        "Miren": "Old Kelm City",
        "Ora Velt": "Bo",
        "Velt": "Bo",
        "Ostra News": "Nine O’Clock Herald",
        "Ashkar": "Free Front",
        "ASK": "F.F.",
        "Ashkar-e-Vorland": "Front-de-Halden",
        "Saturday": "Friday",
        "17 October 2025": "3 March 1999",
    },
}

NAMES = [
    ("The envoy told Kestria's Foreign Minister Ora van Velt that Mr. J. Belk of Zarb-e-Kest had left.", 4),
    ("On Monday the army left the anti-Vorland front in May.", 1),
    ("Clashes broke out in Ostra.", 1),
    ("Officials in the U.S. said I was wrong.", 1),
    ("Vorland-based groups and Kestria-Vorland talks.", 2),
    ("nothing here", 0),
    ("", 0),
]


@pytest.mark.parametrize("names", RENAMINGS.values(), ids=RENAMINGS)
def test_other_names_give_the_same_statements(names: dict[str, str]) -> None:
    """names.1-4: with every name and date replaced, whatever its number of words, the same statements come out."""
    expected = [tuple(replace_names(part, names) for part in row) for row in found(REPORT)]
    assert found(replace_names(REPORT, names)) == expected
    assert len(expected) >= 10


def test_two_names_exchanged_are_mirrored() -> None:
    """Exchanging the two parties exchanges them in every statement and changes nothing else."""
    names = {
        "Kestria": "Vorland",
        "Ostra": "Miren",
        "Miren": "Ostra",
        "Kestrians": "Vorlanders",
        "Vorlandic": "Kestrian",
    }
    mirrored = attributions(replace_names(REPORT, names))
    plain = attributions(REPORT)
    assert [(each.act, each.quote, each.inside, each.confidence_ppm) for each in mirrored] == [
        (each.act, each.quote, each.inside, each.confidence_ppm) for each in plain
    ]


@pytest.mark.parametrize(("text", "number"), NAMES)
def test_names_are_runs_of_capitals(text: str, number: int) -> None:
    """names.1, names.3: titles, particles, initials and hyphens join; days, months and function words do not."""
    assert len(find_names(text, spellings(text))) == number


def test_a_common_word_opening_a_sentence_is_no_name() -> None:
    """names.2: where a capital says nothing, the file's own spelling decides, then the dictionary."""
    text = "Torrel is quiet. Talks began in Torrel. Zubrin, the talks ended. Turkey left."
    written = [text[each.start : each.end] for each in find_names(text, spellings(text))]
    assert written == ["Torrel", "Torrel", "Zubrin", "Turkey"]


def test_dates_are_read_alike() -> None:
    """names.4: months, weekdays, years and days beside a month; the verb "may" is no month."""
    text = "It may end on Friday, 7 May 2024 or on Dec. 12, with 12 dead."
    assert [text[each.start : each.end] for each in find_dates(text)] == ["Friday", "7", "May", "2024", "Dec", "12"]


def test_every_offset_finds_its_way_back() -> None:
    """neutral.2: what lies outside names goes there and back unchanged; what touches a name covers all of it."""
    one = document(REPORT)
    neutral = neutralise(REPORT, one.paragraphs, spellings(REPORT))
    covered = {place for each in neutral.stand_ins for place in range(each.start, each.end)}
    for place in range(len(REPORT)):
        here = neutral.from_file(place)
        back = neutral.to_file(Span(start=here, end=here + 1))
        if place in covered:
            assert back.start <= place < back.end
        else:
            assert (back.start, back.end) == (place, place + 1)


def test_hostile_texts_are_read() -> None:
    """names: no mix of capitals, marks and digits raises, and stand-ins stay in order and apart."""
    random = Random(7)
    for _ in range(300):
        text = "".join(random.choices("AbÜ’'-.@ \u00a0&1ßİ\n“İ", k=60))
        places = [(each.start, each.end) for each in find_names(text, spellings(text))]
        assert all(start < end for start, end in places)
        assert all(one[1] <= two[0] for one, two in pairwise(places))
        attributions(f"Kestria said {text} was so.")
