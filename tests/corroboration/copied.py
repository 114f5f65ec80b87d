"""A made-up set of copies and look-alikes as a state: hand-written stories, and what a seeded hand does to them.

Each story of `tests/data/origins` becomes twelve or thirteen documents. Eight give one statement: as it was said, cited, cut,
lightly edited, put into reported speech, reworded, brought back from another language, and that cut as well. The rest only look
like it: the same speaker another day, and on what came of it, the same speaker on another point, the other side, a witness of
the same event.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tasdiq.model.charter import Charter, Member
from tasdiq.model.document import Document, Paragraph, Span
from tasdiq.model.source import Actor
from tasdiq.model.state import State
from tasdiq.model.statement import Hand, Statement
from tasdiq.model.when import When

FOLDER = Path(__file__).parents[1] / "data" / "origins"
COPIES = ("as said", "cited", "truncated", "lightly edited", "in reported speech", "reworded", "back-translated",
          "back-translated, truncated")  # fmt: skip
LOOKALIKES = ("later", "sequel", "beside", "rival", "witness")
ANOTHER_DAY = ("later", "sequel")
OUTLETS = ("Harbour Times", "North News", "Ariel TV", "The Gazette", "Radio Delta", "Morning Post")
FILL = ("Shops stayed open.", "The weather was mild.", "Trams ran late.", "The square was empty.")
SHIFT = {"we": "they", "our": "its", "us": "it", "will": "would", "is": "was", "are": "were", "have": "had", "has": "had",
         "must": "had to", "I": "he", "my": "his", "this": "that", "these": "those"}  # fmt: skip
WORDS = {
    "six": "6",
    "nine": "9",
    "four": "4",
    "twelve": "12",
    "eleven": "11",
    "three": "3",
    "two": "2",
    "fourteen": "14",
}
LATER = (2, 4, 7)
"""Days after which a speaker says something alike."""
APPEARED = (0, 0, 0, 1, 1, 1, 3, 5)
"""Days after which a document appears that gives a statement."""
LEAST = 9
"""Words that a cut copy keeps at least."""


@dataclass(frozen=True)
class Made:
    """Which story a statement belongs to, and what was done to it."""

    story: int
    kind: str

    @property
    def copied(self) -> bool:
        """Whether it gives the story's statement, and does not only look like it."""
        return self.kind in COPIES


def copied(part: str, seed: int = 1) -> tuple[State, dict[str, Made]]:
    """Return a state of documents made from one part of the set ("building" or "held"), and what each statement is."""
    data = tomllib.loads((FOLDER / f"{part}.toml").read_text("utf-8"))
    hand = random.Random(seed)
    speakers = sorted({story["speaker"] for story in data["story"]})
    state = State(charter=_charter(speakers), actors=_actors(speakers))
    made: dict[str, Made] = {}
    for number, story in enumerate(data["story"]):
        channel = hand.choice(("", "", "post"))
        for kind, words, speaker in _tellings(story, data["names"], speakers, hand):
            day = story["day"] + (hand.choice(LATER) if kind in ANOTHER_DAY else 0)
            hands = (Hand(who="X", how="post"),) if channel and kind in COPIES else ()
            if kind == "cited":
                outlet = hand.choice(OUTLETS)
                hands = (*hands, Hand(who=outlet, how="quoted by", actor=f"outlet/{outlet}"))
            ident = _add(state, words, speaker, day, hands, hand)
            made[ident] = Made(number, kind)
    return state, made


def _tellings(
    story: dict[str, Any], names: dict[str, str], speakers: list[str], hand: random.Random
) -> list[tuple[str, str, str]]:
    base, back = story["base"], story["back"]
    own = dict(zip(COPIES, (base, base, _cut(base, hand), _edit(base, names, hand), _shift(base), story["reworded"], back,
                            _cut(back, hand)), strict=True))  # fmt: skip
    side = _side(story["speaker"], speakers)
    other = next(one for one in speakers if _side(one, speakers) != side)
    voices = {"rival": other, "witness": "unnamed/bystanders"}
    found = [(kind, words, story["speaker"]) for kind, words in own.items()]
    return found + [(kind, story[kind], voices.get(kind, story["speaker"])) for kind in LOOKALIKES if kind in story]


def _cut(text: str, hand: random.Random) -> str:
    """Return a part of a text: one of its sentences, or its beginning up to a comma."""
    sentences = [one for one in re.split(r"(?<=[.?!]) ", text) if len(one.split()) >= LEAST]
    begun = [text[: found.start()] for found in re.finditer(r"[,;]", text)]
    return hand.choice([*sentences, *(one for one in begun if len(one.split()) >= LEAST + 3)])


def _edit(text: str, names: dict[str, str], hand: random.Random) -> str:
    """Return a text with names written otherwise, numbers in figures, some articles and commas gone."""
    for name, other in names.items():
        text = text.replace(name, other)
    words = [WORDS.get(word, word) for word in text.split()]
    kept = [word for word in words if word != "the" or hand.random() < 0.6]
    return " ".join(word.rstrip(",") if hand.random() < 0.5 else word for word in kept)


def _shift(text: str) -> str:
    """Return a text as reported speech: persons and tenses shifted."""
    words = re.sub(r"\w+", lambda found: SHIFT.get(found[0], SHIFT.get(found[0].lower(), found[0])), text)
    return words[0].lower() + words[1:]


def _side(speaker: str, speakers: list[str]) -> str:
    """Return the party of a speaker; persons are told apart by the sides of their neighbours in the file."""
    if not speaker.startswith("person/"):
        return speaker.split("/")[0]
    persons = [one for one in speakers if one.startswith("person/")]
    sides = sorted({one.split("/")[0] for one in speakers if not one.startswith("person/")})
    return sides[SIDES.index(speaker) % 2] if speaker in SIDES else sides[persons.index(speaker) % 2]


SIDES = ("person/berg", "person/dorn", "person/ruvane", "person/halim")


def _charter(speakers: list[str]) -> Charter:
    sides = sorted({_side(one, speakers) for one in speakers})
    return Charter(title="t", form="desk", parties=tuple(Member(id=side, name=side.title()) for side in sides))


def _actors(speakers: list[str]) -> dict[str, Actor]:
    found = {
        one: Actor(
            id=one, name=one, kind="person" if one.startswith("person/") else "organ", party=_side(one, speakers)
        )
        for one in speakers
    }
    found |= {f"outlet/{name}": Actor(id=f"outlet/{name}", name=name, kind="outlet") for name in OUTLETS}
    return found | {"unnamed/bystanders": Actor(id="unnamed/bystanders", name="bystanders", kind="unnamed")}


def _add(state: State, words: str, speaker: str, day: int, hands: tuple[Hand, ...], hand: random.Random) -> str:
    ident = f"d{len(state.documents):04d}"
    lead = f"{hand.choice(FILL)} It was said: "
    text = f"{lead}{words}. {hand.choice(FILL)}"
    spoken, published = _on(day), _on(day + hand.choice(APPEARED))
    state.documents[ident] = Document(
        id=ident, file=f"{ident}.txt", sha256=ident, text_sha256=ident, kind="article", start=0, end=len(text),
        paragraphs=(Paragraph(start=0, end=len(text)),), published=published,
    )  # fmt: skip
    state.texts[ident] = text
    actor = state.actors[speaker]
    state.statements[f"{ident}.s1"] = Statement(
        id=f"{ident}.s1", document=ident, source=(), cue=(), content=(Span(start=len(lead), end=len(lead) + len(words)),),
        act="asserts", quote="indirect", speaker=speaker, party=actor.party, teller="own" if actor.party else "third",
        chain=hands, when=hand.choice((spoken, spoken, replace(published, approximate=True), None)),
    )  # fmt: skip
    return f"{ident}.s1"


def _on(day: int) -> When:
    date = f"2031-05-{day:02d}" if day <= 31 else f"2031-06-{day - 31:02d}"
    return When(start=date, end=date, precision="day")
