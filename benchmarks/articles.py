"""Articles for measuring with: recombined from plain texts outside the repository, or made up by a seeded generator of ours.

`.venv/bin/python benchmarks/articles.py FOLDER [--count 1000] [--texts DIR]` writes them. Each is 300 to 800 words of two to four
sources, paragraph by paragraph, under a title, an outlet and a date of its own. The same seed and count give the same articles,
and the first n of many are the same as n alone.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

FEWEST, MOST = 300, 800
FIRST = date(2031, 1, 6)
OUTLETS = 60
_ONSETS = "b br d dr f g gr h k kr l m n p pr r s st t tr v z".split()  # noqa: SIM905
_VOWELS = "a e i o u ai ei".split()  # noqa: SIM905
_CODAS = ["", "", "l", "n", "r", "s", "k", "m", "sk", "nd"]
_OFFICES = (
    "Foreign Minister", "Defence Minister", "army spokesman", "ministry spokeswoman", "Deputy Governor", "Border Commissioner",
)  # fmt: skip
_ORGANS = ("foreign ministry", "defence ministry", "border guard", "interior ministry", "army", "trade ministry")
_MEDIA = ("Times", "Post", "Herald", "Radio", "Gazette", "News Agency")
_CLAIMS = (
    "{other} forces had shelled two posts near {place} before dawn",
    "the crossing at {place} would stay closed until the talks resumed",
    "{n} lorries were waiting on the road to {place}",
    "no soldier had crossed the river at {place}",
    "the ceasefire of last month was still in force along the whole line",
    "a joint committee would look into what happened at {place}",
    "{n} families had left their homes in {place} district",
    "both delegations would meet again in {place} within a week",
    "{other} had not answered three letters about the prisoners held in {place}",
    "drones had been seen over {place} on {n} nights this month",
)
_SAYINGS = (
    "{who} said on {day} that {claim}. “We will not be drawn into this,” {pronoun} added.",
    "“{Claim},” {who} told reporters in {place}.",
    "{side}'s {organ} denied that {claim}. It called the report “without any ground”.",
    "According to {who}, {claim}.",
    "In a statement issued on {day}, the {adjective} {organ} rejected the claim that {claim}.",
    "{who} accused {other} of breaking the agreement and warned that {claim}.",
    "Residents of {place} said {claim}. One of them, {person}, said: “I counted {n} of them myself.”",
    "The {adjective} delegation offered to reopen the road to {place}, an official said on condition of anonymity.",
    "Officials on both sides confirmed that {claim}.",
    "{person}, an analyst in {place}, said it was too early to tell whether {claim}.",
)
_NARRATION = (
    "The two countries have exchanged fire across the river since the spring, and traders count the days.",
    "A market in {place} stood empty on {day}, and the bridge beside it carried nothing but rain.",
    "Talks in {place} ended without a joint paper, the third round to do so since the winter.",
    "The road from {place} climbs for an hour before it reaches the old customs house.",
    "Rain fell over {place} for most of {day}, which slowed the clearing of the road by {n} hours.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def write_articles(folder: Path, count: int, texts: Path | None = None, seed: int = 5) -> int:
    """Write `count` articles as `00000.txt` … into `folder`; return how many words they have in all."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = _permitted(texts) if texts else _made_up(random.Random(seed))
    outlets = [f"{_name(random.Random(f'outlet {n}'))} {_MEDIA[n % len(_MEDIA)]}" for n in range(OUTLETS)]
    words = 0
    for number in range(count):
        text = _article(sources, outlets, random.Random(f"{seed} {number}"), number)
        words += len(text.split())
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")
    return words


def _article(sources: Sequence[Sequence[str]], outlets: Sequence[str], chance: random.Random, number: int) -> str:
    """Return one article: paragraphs of a few sources, in their order, until its length is reached."""
    length, body = chance.randint(FEWEST, MOST - 60), list[str]()
    chosen = [chance.choice(sources) for _ in range(chance.randint(2, 4))]
    pairs = [(place / len(source), source[place]) for source in chosen for place in range(len(source))]
    chance.shuffle(pairs)
    held = 0
    picked: list[tuple[float, str]] = []
    for pair in pairs:
        if held >= length:
            break
        picked.append(pair)
        held += len(pair[1].split())
    body = [paragraph for _, paragraph in sorted(picked, key=lambda each: each[0])]
    title = " ".join(chance.choice(chosen)[0].split()[:9]).rstrip(".,;:“”\"'") + f" ({number})"
    day = FIRST + timedelta(days=number % 900)
    return "\n\n".join([title, f"Source: {chance.choice(outlets)}", f"{day.day} {day:%B %Y}", *body]) + "\n"


def _permitted(texts: Path) -> list[list[str]]:
    """Return the paragraphs of each plain text under a folder; a long one is cut between its sentences."""
    found = []
    for path in sorted(texts.rglob("*.txt")):
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        paragraphs = [line for line in lines if 8 <= len(line.split()) <= 200]
        if len(paragraphs) >= 5:
            found.append(paragraphs)
    return found


def _made_up(chance: random.Random) -> list[list[str]]:
    return [_source(chance) for _ in range(2000)]


def _source(chance: random.Random) -> list[str]:
    """Return a story of our own: two countries, their officials, a dozen places."""
    sides = [("Kestria", "Kestrian"), ("Vorland", "Vorlandish")]
    places = [_name(chance) for _ in range(4)]
    people = [f"{_name(chance)} {_name(chance)}" for _ in range(4)]
    return [_paragraph(chance, sides, places, people) for _ in range(20)]


def _paragraph(
    chance: random.Random, sides: Sequence[tuple[str, str]], places: Sequence[str], people: Sequence[str]
) -> str:
    said = [_sentence(chance, sides, places, people) for _ in range(chance.randint(2, 4))]
    return " ".join(said)


def _sentence(
    chance: random.Random, sides: Sequence[tuple[str, str]], places: Sequence[str], people: Sequence[str]
) -> str:
    (side, adjective), (other, _) = chance.sample(sides, 2)
    person, place, n = chance.choice(people), chance.choice(places), str(chance.randint(3, 90))
    claim = chance.choice(_CLAIMS).format(other=other, place=chance.choice(places), n=n)
    slots = {
        "who": f"{side}'s {chance.choice(_OFFICES)} {person}",
        "day": chance.choice(_DAYS),
        "claim": claim,
        "Claim": claim[0].upper() + claim[1:],
        "pronoun": chance.choice(("he", "she")),
        "side": side,
        "adjective": adjective,
        "organ": chance.choice(_ORGANS),
        "other": other,
        "place": place,
        "person": person,
        "n": n,
    }
    return chance.choice(_SAYINGS if chance.random() < 0.7 else _NARRATION).format(**slots)


def _name(chance: random.Random) -> str:
    syllables = [chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 2))]
    name = "".join(syllables) + chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
    return name.capitalize()


def main() -> None:
    """Write articles and say how many words they have."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--texts", type=Path, help="A folder of plain texts that may be recombined.")
    given = parser.parse_args()
    words = write_articles(given.folder, given.count, given.texts)
    print(f"{given.count} articles, {words:,} words in {given.folder}")


if __name__ == "__main__":
    main()
