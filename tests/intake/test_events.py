"""In whose telling things stand, and what holds of any text (rules of `intake.events.scene` and `cutting`)."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.told_in import CHARTER, HEAD, one_in, received, speech, told_in
from tasdiq.intake.actors import build_directory
from tasdiq.intake.article import receive_file
from tasdiq.intake.events import tell
from tasdiq.intake.events.scene import Scene
from tasdiq.intake.gazetteer import load_gazetteer
from tasdiq.intake.place import find_places
from tasdiq.intake.when import read_times
from tasdiq.model.told import FigureTold, Told
from variants import dispatch_files

WORDS = "Kestria said that Vorland claimed 14 soldiers were killed near Salova."


def test_narration_is_a_third_partys_telling() -> None:
    """Scene 2: without a speech act the outlet tells."""
    telling = one_in("At least 14 soldiers were killed.", FigureTold).telling
    assert (telling.teller, telling.statement, telling.party, telling.outlet) == ("third", None, None, "wire.txt")


def test_the_innermost_speech_act_tells() -> None:
    """Scene 1: what one party says the other claimed is the other's, as told by the first."""
    outer = speech(WORDS, "that Vorland claimed 14 soldiers were killed near Salova")
    inner = speech(
        WORDS, "14 soldiers were killed near Salova", party="vor", teller="other-party", name="s2", inside="s1"
    )
    for said in ([outer, inner], [inner, outer]):
        telling = one_in(WORDS, FigureTold, said=said).telling
        assert (telling.statement, telling.party, telling.teller) == ("s2", "vor", "other-party")


def test_the_deeper_of_two_equal_contents_tells() -> None:
    """Scene 1: nesting decides where the contents are the same words."""
    outer = speech(WORDS, "14 soldiers were killed near Salova")
    inner = speech(
        WORDS, "14 soldiers were killed near Salova", party="vor", teller="other-party", name="s2", inside="s1"
    )
    assert one_in(WORDS, FigureTold, said=[inner, outer]).telling.statement == "s2"


def test_furniture_tells_nothing() -> None:
    """Cutting 1: navigation and comment forms are not the article's words."""
    assert not told_in("Talks go on.\n\nAlso see: 14 soldiers were killed near Salova\n\nMore to come.", FigureTold)


def test_ids_count_in_text_order() -> None:
    """Ids are the document's, numbered from one."""
    told = told_in("14 soldiers were killed. 15 soldiers were wounded.", FigureTold)
    assert [one.id.rpartition(".")[2] for one in told] == ["t1", "t2"]
    assert all(one.id.startswith(one.telling.passage.document) for one in told)


LOOKED_FOR = (
    "Kestria Vorland’s 14 soldiers killed by in Salova on 12 May ceasefire between and round of talks third crossing closed"
    " reopened until “said” , . ; : – \n\n mediated since two-thirds 20-30 $5 agreed to no written the a 31 February 0 İ"
)
PIECES = st.lists(st.sampled_from(LOOKED_FOR.split(" ")), max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(PIECES.map(" ".join), st.text(max_size=120)))
def test_any_text_is_read_and_passages_lie_in_their_document(words: str) -> None:
    """No text raises; every telling's passage lies within its document."""
    file = receive_file("any.txt", (HEAD + words).encode("utf-8", "replace"))
    directory = build_directory(CHARTER, [file], {})
    for document in file.documents:
        told: list[Told] = list(tell(document, file.text, [], directory, load_gazetteer(), document.published))
        for one in told:
            passage = one.telling.passage
            assert document.start <= passage.start < passage.end <= document.end


def test_a_sentence_without_end_is_read_in_time() -> None:
    """No pattern runs away on one endless line of words it looks for."""
    file = received("ceasefire between the talks and attack on the border closed " * 800)
    directory = build_directory(CHARTER, [file], {})
    began = time.perf_counter()
    for document in file.documents:
        tell(document, file.text, [], directory, load_gazetteer(), document.published)
    assert time.perf_counter() - began < 10


@pytest.mark.dispatches
@pytest.mark.skipif(not dispatch_files(), reason="the collected press reports are not beside this repository")
def test_the_dispatches_are_told_quickly() -> None:
    """Reading what five reports tell takes little beyond finding their places and times."""
    files = [receive_file(path.name, path.read_bytes()) for path in dispatch_files()]
    directory = build_directory(None, files, {})
    documents = [(document, file.text) for file in files for document in file.documents]

    def finding() -> None:
        for document, text in documents:
            own = text[document.start : document.end]
            find_places(own, load_gazetteer())
            read_times(own, document.published)

    def telling() -> None:
        for document, text in documents:
            tell(document, text, [], directory, load_gazetteer(), document.published)

    assert _fastest(telling) - _fastest(finding) < 0.4


def _fastest(run: object) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        run()  # type: ignore[operator]
        times.append(time.perf_counter() - began)
    return min(times)


def test_clauses_are_cut_where_one_thing_is_set_against_another() -> None:
    """Scene 5: the ranges of a scene's clauses join to its sentence."""
    file = received("Trade goes on, while talks stall; nobody knows why.")
    document, text = file.documents[0], file.text
    start = text.index("Trade goes on")
    end = text.index("why.") + 4
    scene = Scene(document, text, start, end, (), (), (), build_directory(CHARTER, [file], {}), load_gazetteer())
    assert [scene.words[first:last] for first, last in scene.clauses] == [
        "Trade goes on",
        ", while talks stall",
        "; nobody knows why.",
    ]
