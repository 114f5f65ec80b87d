"""The attribution tagger's runtime: how words are cut, how scores become spans, and what the shipped model finds."""

from __future__ import annotations

import hashlib
import sys
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from intake.attributed import attributions
from tasdiq.intake.attribute.names import spellings
from tasdiq.intake.attribute.neutral import neutralise
from tasdiq.intake.attribute.tagger import load_model, tag
from tasdiq.intake.attribute.tagger.decode import TAGS, UNLIKELY, best_tags, link, spans
from tasdiq.intake.attribute.tagger.windows import cut_windows, size, with_marks
from tasdiq.intake.attribute.tagger.words import Vocabulary
from tasdiq.model.document import Paragraph, Span

CARD = Path(__file__).parents[2] / "docs" / "design" / "tagger.md"
PIECES = ("[UNK]", "we", "##ll", "know", "##n", "nai", "##ve", "cafe", "“", "”", ",", "$", "5", "said", ".")
CHAIN = np.array([[UNLIKELY if b[0] == "I" and a[2:] != b[2:] else 0.0 for b in TAGS] for a in TAGS], dtype=np.float32)


def cut(text: str) -> list[tuple[str, tuple[int, ...], int]]:
    """Return each word's letters, pieces and feature."""
    words = Vocabulary(PIECES).words(text, 0, len(text))
    return [(text[word.start : word.end], word.pieces, word.feature) for word in words]


def test_words_are_cut_as_the_encoder_learned_them() -> None:
    """words.1, words.2: marks stand alone, accents and capitals are not read, the longest pieces come first."""
    assert cut("Known\u200b naïve CAFÉ, $5") == [
        ("Known", (3, 4), 5),
        ("naïve", (5, 6), 3),
        ("CAFÉ", (7,), 4),
        (",", (10,), 1),
        ("$", (11,), 1),
        ("5", (12,), 2),
    ]
    assert cut("strange") == [("strange", (0,), 3)]


def test_words_inside_quotation_marks_are_marked() -> None:
    """words.3: the feature tells what stands between marks, the opening mark with it."""
    assert [feature for _, _, feature in cut("“We know,” we said.")] == [8, 12, 10, 8, 1, 3, 3, 1]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    """windows.1: no window is longer than allowed, and a cut comes after a full stop where there is one."""
    text = "we know . " * 20
    words = Vocabulary(PIECES).words(text, 0, len(text))
    windows = list(cut_windows(text, [words], limit=20))
    assert all(1 + size(with_marks(window)) <= 20 for window in windows)
    assert {text[window[-1][-1].start] for window in windows} == {"."}
    assert [word for window in windows for part in window for word in part] == words


def test_tags_follow_each_other_legally_and_stop_at_marks() -> None:
    """decode.1: nothing goes on that has not begun, and no span crosses from one paragraph to the next."""
    scores = np.zeros((5, len(TAGS)), dtype=np.float32)
    scores[:, TAGS.index("B-cue")], scores[:, TAGS.index("I-cue")] = 1, 5
    tags = best_tags(scores, CHAIN, CHAIN[0], [False, False, True, False, False])
    assert [TAGS[tag] for tag in tags] == ["B-cue", "I-cue", "O", "B-cue", "I-cue"]


def test_equal_scores_give_the_first_tag() -> None:
    """decode.1: where two rows of tags are equally good, the order of tags decides, on every machine."""
    assert best_tags(np.zeros((4, len(TAGS)), dtype=np.float32), CHAIN, CHAIN[0], [False] * 4) == [0, 0, 0, 0]


def test_links_join_pieces_to_their_cue() -> None:
    """decode.2 to decode.4: contents go to the cue that scores highest, a cue that is its own source has none."""
    tags = [TAGS.index(tag) for tag in ("B-source", "B-cue", "B-content", "B-cue", "B-content", "B-cue")]
    cue, source = np.zeros((6, 6), dtype=np.float32), np.zeros((6, 6), dtype=np.float32)
    cue[2, 1], cue[4, 3], source[1, 0], source[3, 3] = 1, 1, 1, 1
    found = link(spans(tags), cue, source)
    assert [(each.source, each.cue, each.content) for each in found] == [
        ((0, 1), (1, 2), ((2, 3),)),
        (None, (3, 4), ((4, 5),)),
    ]


MADE_UP = (
    "Kestria's foreign ministry said on Monday that the ceasefire would hold. “We are ready to talk,” Ora Velt told us."
)
OTHERS = {"Kestria": "Vorland", "Ora Velt": "Tomas Brel"}


def tagged(text: str) -> list[tuple[str, str, str]]:
    """Return what the shipped model finds in a text of one paragraph, without the rules."""
    model = load_model()
    assert model is not None
    neutral = neutralise(text, [Paragraph(start=0, end=len(text))], spellings(text))
    found = tag(model, neutral.text, [Span(start=0, end=len(neutral.text))])
    spans = [[[each.source] if each.source else [], [each.cue], each.content] for each in found]
    shown = [[" … ".join(text[s.start : s.end] for s in map(neutral.to_file, part)) for part in each] for each in spans]
    return [(source, cue, content) for source, cue, content in shown]


def test_the_shipped_model_is_the_one_the_card_describes() -> None:
    """The file's checksum stands in the model card."""
    held = resources.files("tasdiq.intake.attribute.tagger").joinpath("model/tagger.onnx").read_bytes()
    assert hashlib.sha256(held).hexdigest() in CARD.read_text(encoding="utf-8")


def test_a_fixed_text_gives_the_stated_spans() -> None:
    """The model runs here as it ran where it was made, twice the same."""
    expected = [
        ("Kestria's foreign ministry", "said", "that the ceasefire would hold"),
        ("Ora Velt", "told", "We are ready to talk"),
    ]
    assert tagged(MADE_UP) == expected
    assert tagged(MADE_UP) == expected


def test_other_names_give_the_same_spans() -> None:
    """What is found does not depend on whose names stand in a text."""
    other = MADE_UP
    for name, instead in OTHERS.items():
        other = other.replace(name, instead)
    mirrored = [tuple(_with_others(part) for part in each) for each in tagged(MADE_UP)]
    assert tagged(other) == mirrored


def _with_others(words: str) -> str:
    for name, instead in OTHERS.items():
        words = words.replace(name, instead)
    return words


def test_without_the_runtime_the_rules_remain(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where onnxruntime is missing, that is said once on stderr, and statements are found by rules alone."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    load_model.cache_clear()
    try:
        methods = [each.method for _ in range(2) for each in attributions("Kestria said that it was ready.")]
    finally:
        load_model.cache_clear()
    assert methods == ["attribute.rules/1 verb"] * 2
    assert capsys.readouterr().err.count("rules alone") == 1
