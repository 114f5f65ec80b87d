"""The card of one proposition: alone in its file, complete, harmless."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

import world
from publication import hostile
from tasdiq.errors import MissingError
from tasdiq.publication.card import publish_card


def test_a_card_needs_nothing_else(tmp_path: Path) -> None:
    """It loads no file and runs no script; its links are anchors or sources on the web."""
    path = publish_card(world.desk(), "p-persons-offer-refused", tmp_path, published_at=world.CLOCK)
    tree = html.fromstring(path.read_text(encoding="utf-8"))
    assert path.name == "p-persons-offer-refused.html"
    assert not tree.xpath("//script | //link | //img | //@src")
    assert all(href.startswith(("#", "https://")) for href in tree.xpath("//@href"))


def test_a_card_says_who_compiled_it_and_how_to_check(tmp_path: Path) -> None:
    """The standing line, both parties' cells, every statement's entry and the command to audit are on it."""
    text = publish_card(world.desk(), "p-persons-offer-refused", tmp_path, published_at=world.CLOCK).read_text(
        encoding="utf-8"
    )
    assert "Compiled by The Editors; no party has signed" in text
    assert "tasdiq audit p-persons-offer-refused.tasdiq.json" in text
    assert text.count("own voice") >= 4


def test_an_unknown_proposition_is_missing(tmp_path: Path) -> None:
    """The error names what there is."""
    with pytest.raises(MissingError, match="p-agreement-guarantees"):
        publish_card(world.desk(), "p-nothing", tmp_path, published_at=world.CLOCK)


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Markup in wording, names and passages is text on the card."""
    path = publish_card(hostile.state(), hostile.IDENT, tmp_path / "out", published_at=world.CLOCK)
    tree = html.fromstring(path.read_text(encoding="utf-8"))
    assert not tree.xpath("//script | //img | //svg | //@onload | //@onerror")
    assert path.parent == tmp_path / "out"
