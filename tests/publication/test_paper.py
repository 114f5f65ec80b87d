"""Printed paper: call sheets and minutes in two languages, the same bytes each time, nothing in them read as markup."""

from __future__ import annotations

import msgspec
import pytest
import typst

from tasdiq.model.charter import Charter, Member
from tasdiq.model.meeting import Delegate, Delegation, LineAnswer, Meeting, MinuteLine, Translation
from tasdiq.publication.paper.labels import direction, labels, languages, unchecked
from tasdiq.publication.paper.minutes import minutes_pdf
from tasdiq.publication.paper.sheet import sheet_pdf

CHARTER = Charter(
    title="Joint mechanism",
    form="joint",
    parties=(Member(id="kes", name="Kestria"), Member(id="vor", name="Vorland")),
    mediators=(Member(id="ord", name="Ordania", role="mediator"),),
    time_zones=("UTC+05:00", "UTC+04:30"),
)
LINE = MinuteLine(
    id="l1", number=1, text="پل کھلے گا۔", sha256="ab" * 32, translations=(Translation(language="tr", text="Köprü açılır."),),
    answers=(LineAnswer(party="kes", answer="agreed", sha256="ab" * 32, at="2031-03-01T12:00:00Z", entry="cd" * 32),),
)  # fmt: skip
ROUND = Meeting(
    id="round", title="First round", place="Sella", start="2031-03-01T08:00:00Z", parties=("kes", "vor"), mediators=("ord",),
    languages=("ur", "tr"), authentic="ur", agenda=("The bridge",), lines=(LINE,),
    delegations=(
        Delegation(party="kes", head=Delegate(name="Ana Brel", role="Minister", office_holder=True),
                   members=(Delegate(name="Mira Haldon", role="interpreter"),)),
    ),
)  # fmt: skip


def test_every_language_has_every_label() -> None:
    """Six languages with the same words; those no native reader has checked say so."""
    assert list(languages()) == ["en", "ur", "ps", "fa-AF", "ar", "tr"]
    for tag, found in languages().items():
        assert found.keys() == languages()["en"].keys(), tag
        assert all(text.strip() for name, text in found.items() if name != "checked"), tag
    assert unchecked(("ur", "en", "ur")) == ["اردو"]


@pytest.mark.parametrize(
    ("tag", "name", "way"),
    [("fa", "دری", "rtl"), ("ur-PK", "اردو", "rtl"), ("he", "English", "rtl"), ("fr", "English", "ltr")],
)
def test_a_language_is_found_by_its_main_language(tag: str, name: str, way: str) -> None:
    """One that is not there is labelled in English, and still set in its own direction."""
    assert (labels(tag)["name"], direction(tag)) == (name, way)


@pytest.mark.parametrize("pair", [("ur", "ps"), ("en", "fa-AF"), ("ar", "tr")])
def test_a_sheet_is_the_same_bytes_each_time(pair: tuple[str, str]) -> None:
    """Of the same number and languages; another number is another sheet."""
    made = sheet_pdf(CHARTER, "S-7", pair)
    assert made.startswith(b"%PDF") and made == sheet_pdf(CHARTER, "S-7", pair)
    assert made != sheet_pdf(CHARTER, "S-8", pair)


def test_minutes_are_the_same_bytes_each_time() -> None:
    """With right-to-left text, a translation, and a delegation that is not named yet."""
    made = minutes_pdf(CHARTER, ROUND, checked="Check it.")
    assert made.startswith(b"%PDF") and made == minutes_pdf(CHARTER, ROUND, checked="Check it.")


def test_paper_for_everybody_names_office_holders_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others stand by their role."""
    given: list[str] = []
    compile_ = typst.compile

    def remember(*arguments: object, **options: object) -> object:
        given.append(str(options["sys_inputs"]))
        return compile_(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("tasdiq.publication.paper.typeset.typst.compile", remember)
    for persons in (True, False):
        minutes_pdf(CHARTER, ROUND, checked="", persons=persons)
    assert ["Mira Haldon" in text for text in given] == [True, False]
    assert all("Ana Brel" in text and "interpreter" in text for text in given)


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        "$x$ *bold* _it_",
        "= Heading",
        '"], "x": [',
        "\u202eturned\u202c",
        "#panic()",
        "\\ @ref <l>",
    ],
)
def test_text_of_members_is_never_markup(text: str) -> None:
    """What would be code or markup in a template is set as it stands."""
    line = msgspec.structs.replace(LINE, text=text, translations=())
    hostile = msgspec.structs.replace(ROUND, title=text, place=text, agenda=(text,), lines=(line,))
    assert minutes_pdf(CHARTER, hostile, checked=text).startswith(b"%PDF")
    assert sheet_pdf(msgspec.structs.replace(CHARTER, title=text), text, ("en", "ur")).startswith(b"%PDF")
