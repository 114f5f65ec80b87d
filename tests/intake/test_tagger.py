"""The attribution tagger's runtime: how words are cut, how scores become spans, and what the shipped model finds."""

from __future__ import annotations

import numpy as np

from tasdiq.intake.attribute.tagger.decode import TAGS, UNLIKELY, best_tags, link, spans
from tasdiq.intake.attribute.tagger.windows import cut_windows, size, with_marks
from tasdiq.intake.attribute.tagger.words import Vocabulary

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
