"""Measure origins: precision and recall by kind of copy on the made-up set, and time and memory as documents grow.

    python benchmarks/origins.py                      both parts of the set
    python benchmarks/origins.py --documents 2000     time and memory for so many documents, and half and double as many

A pair of statements counts as found where both are of one origin by copies alone ("together": the whole part at once), and
then for each kind of copy by itself, beside what was said and the look-alikes ("alone": one folder a story, six or seven documents;
"side by side": all stories at once), so that no other copy helps. All pairs of other statements are look-alikes; "hard" are those
of one story or one speaker. In `building.toml` the look-alikes called sequels were written to be as close as can be.
"""

from __future__ import annotations

import argparse
import copy
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corroboration.copied import COPIES, LOOKALIKES, Made, copied
from tasdiq.corroboration.independence import trace_all
from tasdiq.model.state import State
from tasdiq.model.when import When


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--once", action="store_true", help="that many documents alone, not half and double")
    given = parser.parse_args()
    if given.documents:
        sizes = [given.documents] if given.once else [given.documents // 2, given.documents, given.documents * 2]
        for size in sizes:
            grow(size, recombined=False)
            grow(size, recombined=True)
        return
    for part in ("building", "held"):
        measure(part)
        seeds(part)


def measure(part: str) -> None:
    state, made = copied(part)
    pairs = [(one, other, made[one], made[other]) for one, other in combinations(made, 2)]
    hard = sum(
        not same(a, b) and (a.story == b.story or speaker(state, x) == speaker(state, y)) for x, y, a, b in pairs
    )
    print(
        f"{part}: {len(made)} statements, {sum(same(a, b) for *_, a, b in pairs)} pairs of copies, {hard} hard look-alikes"
    )
    counts = found(state, made, made)
    print(f"  together              {figures(counts)}")
    stories: dict[int, dict[str, str]] = {}
    for ident, one in made.items():
        stories.setdefault(one.story, {})[one.kind] = ident
    for name, alone in (("alone", True), ("side by side", False)):
        total: Counter[str] = Counter()
        print(f"  {name}")
        for kind in COPIES[1:]:
            folders = [[of[k] for k in ("as said", kind, *LOOKALIKES) if k in of] for of in stories.values()]
            folders = folders if alone else [[ident for folder in folders for ident in folder]]
            counts = sum((found(state, made, folder) for folder in folders), Counter())
            total += counts
            print(f"    {kind:28}{figures(counts)}")
        print(f"    {'all kinds':28}{figures(total)}")


def seeds(part: str) -> None:
    """Print the figures of other days, cuts and channels: what a seed decides, among it who reports late and who is dated."""
    total: Counter[str] = Counter()
    for seed in range(1, 9):
        state, made = copied(part, seed)
        counts = found(state, made, list(made))
        total += counts
        print(f"  seed {seed}: {figures(counts)}")
    print(f"  all 8   {figures(total)}")


def same(a: Made, b: Made) -> bool:
    return a.copied and b.copied and a.story == b.story


def speaker(state: State, ident: str) -> str | None:
    return state.statements[ident].speaker


def found(state: State, made: dict[str, Made], idents: Sequence[str]) -> Counter[str]:
    """Count the pairs of copies, those found, and look-alikes taken for copies, in a folder of these statements alone."""
    part = copy.copy(state)
    part.statements = {ident: state.statements[ident] for ident in idents}
    documents = {one.document for one in part.statements.values()}
    part.documents = {name: one for name, one in state.documents.items() if name in documents}
    home = {name: origin.id for origin in trace_all(part).origins for name in origin.statements}
    counts: Counter[str] = Counter()
    for one, other in combinations(idents, 2):
        together = home[one] == home[other]
        kind = "copies" if same(made[one], made[other]) else "others"
        counts[kind] += 1
        counts[f"{kind} together"] += together
    return counts


def figures(counts: Counter[str]) -> str:
    right, wrong = counts["copies together"], counts["others together"]
    precision = right / (right + wrong) if right + wrong else 1.0
    return (f"precision {precision:.3f}  recall {right / counts['copies']:.3f}   "
            f"({right} of {counts['copies']} copies, {wrong} of {counts['others']} others)")  # fmt: skip


def grow(size: int, *, recombined: bool) -> None:
    """Trace many documents: new names and days each time round, or the same texts again and again, a day later each."""
    state = many(size, recombined=recombined)
    began, used = time.perf_counter(), time.process_time()
    traced = trace_all(state)
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    kind = "recombined" if recombined else "made-up"
    print(f"{len(state.documents):6} {kind:10} documents, {len(state.statements)} statements: {cpu:.1f} s CPU ({wall:.1f} s wall), "
          f"{cpu / len(state.documents) * 1000:.2f} ms a document, {len(traced.origins)} origins, {len(traced.copies)} copies, "
          f"peak so far {memory:.2f} GB", flush=True)  # fmt: skip


def many(size: int, *, recombined: bool) -> State:
    """Return a state of `size` documents, each with three statements of the set, under other names and days each time round."""
    whole, hand = copied("building")[0], random.Random(5)
    state = State(charter=whole.charter, actors=whole.actors)
    names = ["Kestria", "Vorland", "Odrin", "Belmar", "Sarnevo", "Tolvik", "Haskov", "Mirzava", "Kadesh"]
    number = 0
    while len(state.documents) < size:
        given = (
            {}
            if recombined
            else {name: hand.choice(SYLLABLES) + hand.choice(SYLLABLES).lower() + "a" for name in names}
        )
        for idents in batches(list(whole.statements), hand):
            _join(state, whole, idents, number, given)
            number += 1
            if len(state.documents) >= size:
                break
    return state


SYLLABLES = [
    "Bar",
    "Tel",
    "Kor",
    "Min",
    "Vas",
    "Dul",
    "Ran",
    "Sho",
    "Pel",
    "Gri",
    "Lom",
    "Nak",
    "Tur",
    "Zed",
    "Fos",
    "Wim",
    "Hal",
    "Jor",
]


def batches(idents: list[str], hand: random.Random) -> Iterator[list[str]]:
    hand.shuffle(idents)
    return (idents[start : start + 3] for start in range(0, len(idents), 3))


def _join(state: State, whole: State, idents: list[str], number: int, given: dict[str, str]) -> None:
    """Add one document of several statements, with names replaced and days moved on."""
    ident, text = f"m{number:06d}", ""
    days = 1 + number // 96
    for place, source in enumerate(idents):
        statement = whole.statements[source]
        words = whole.text(statement.document)[statement.content[0].start : statement.content[0].end]
        for name, other in given.items():
            words = words.replace(name, other)
        span = replace(statement.content[0], start=len(text), end=len(text) + len(words))
        text += f"{words}.\n"
        state.statements[f"{ident}.s{place}"] = replace(
            statement, id=f"{ident}.s{place}", document=ident, content=(span,), when=moved(statement.when, days)
        )
    document = whole.documents[whole.statements[idents[0]].document]
    paragraph = replace(document.paragraphs[0], end=len(text))
    state.documents[ident] = replace(document, id=ident, file=ident, text_sha256=ident, end=len(text), paragraphs=(paragraph,),
                                     published=moved(document.published, days))  # fmt: skip
    state.texts[ident] = text


def moved(when: When | None, days: int) -> When | None:
    if when is None or when.start is None:
        return when
    date = time.strftime("%Y-%m-%d", time.gmtime(time.mktime(time.strptime(when.start, "%Y-%m-%d")) + days * 86400))
    return replace(when, start=date, end=date)


if __name__ == "__main__":
    main()
