"""Hold `tasdiq attribute` against label files, under the rule of docs/design/labelling.md.

    python benchmarks/labels.py LABELS FOLDER [--exchange FILE] [--charter FILE] [--show] [--json]

LABELS is a label file (tests/data/labels), FOLDER holds the files it labels, found by SHA-256. The command is run as a user runs
it, on all files at once. With `--exchange` it runs again on a copy in which the parties' names are exchanged, and the rates of
each party are taken over both. `--show` prints where a statement was missed or given to a wrong party (offsets only).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from label_set import Labelled, Pieces, Said, exchange, read_exchange, read_labels, read_said

TASDIQ = Path(sys.executable).with_name("tasdiq")
EDGE = " \t\r\n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’–—…"
TELLERS = {"own voice": "own", "as told by the other party": "other-party", "as told by a third": "third"}
ROLES = ("source", "cue", "content")


class Pair(NamedTuple):
    """A labelled statement and the prediction that found it, or None."""

    document: Labelled
    true: Said
    made: Said | None


def main() -> None:
    """Read, run, match, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--exchange", type=Path, help="names and codes of the parties (tab-separated)")
    parser.add_argument("--charter", type=Path)
    parser.add_argument(
        "--predictions", type=Path, help="lines of `tasdiq attribute --json` to score instead of running it"
    )
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    labelled = read_labels(arguments.labels, arguments.folder)
    rows = (
        arguments.predictions.read_text(encoding="utf-8") if arguments.predictions else run(labelled, arguments.charter)
    )
    pairs, made = match_all(labelled, rows)
    result = {"as they are": figures(pairs, made), "spans": spans(labelled, made)}
    if arguments.exchange:
        names, codes = read_exchange(arguments.exchange)
        with tempfile.TemporaryDirectory() as place:
            copies = exchange(labelled, names, codes, Path(place))
            others, more = match_all(copies, run(copies, arguments.charter))
        result["names exchanged"] = figures(others, more)
        result["each party over both"] = by_party([*pairs, *others])
    tell(result, as_json=arguments.json)
    if arguments.show:
        show(pairs)


def run(labelled: Sequence[Labelled], charter: Path | None) -> str:
    """Run the command on all files and return what it prints; a failure on any file ends the run."""
    more = ["--charter", str(charter)] if charter else []
    command = [str(TASDIQ), "attribute", "--json", *more, *[str(each.path) for each in labelled]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or any(each.path.name in done.stderr for each in labelled):
        sys.exit(f"attribute failed ({done.returncode}): {done.stderr[-2000:]}")
    return done.stdout


def match_all(labelled: Sequence[Labelled], printed: str) -> tuple[list[Pair], dict[str, list[Said]]]:
    """Match the printed lines with the labels, file by file."""
    made: dict[str, list[Said]] = {each.path.name: [] for each in labelled}
    for line in printed.splitlines():
        row = json.loads(line)
        if row["document"] in made:
            made[row["document"]].append(read_said(row))
    return [pair for each in labelled for pair in match(each, made[each.path.name])], made


def match(document: Labelled, made: Sequence[Said]) -> list[Pair]:
    """Match one to one (rules 1 and 2): pairs whose cues touch first, then those whose sources do, then larger overlap."""
    choices = []
    for number, true in enumerate(document.said):
        for other, guess in enumerate(made):
            overlap = max(shared(true.content, guess.content), shared(true.other, guess.content) if true.other else 0)
            cue, source = (touch(getattr(true, role), getattr(guess, role)) for role in ("cue", "source"))
            if overlap >= 0.5 and (cue or source or not (true.cue or true.source)):
                choices.append((not true.optional, cue, source, overlap, -number, -other))
    found: dict[int, int] = {}
    for *_, number, other in sorted(choices, reverse=True):
        if -number not in found and -other not in found.values():
            found[-number] = -other
    return [Pair(document, true, made[found[n]] if n in found else None) for n, true in enumerate(document.said)]


def characters(pieces: Pieces) -> set[int]:
    """Return the offsets of all characters in the pieces."""
    return {offset for start, end in pieces for offset in range(start, end)}


def shared(one: Pieces, other: Pieces) -> float:
    """Return the share of common characters in all characters of the two."""
    first, second = characters(one), characters(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def touch(one: Pieces, other: Pieces) -> bool:
    """Tell whether the two share a character."""
    return bool(characters(one) & characters(other))


def rate(hits: int, of: int) -> str:
    """Return hits in a hundred, with the counts."""
    return f"{100 * hits / of:.1f} % ({hits} of {of})" if of else "none"


def figures(pairs: Sequence[Pair], made: dict[str, list[Said]]) -> dict[str, object]:
    """Return the figures of one run (rules 3 to 5)."""
    true = [pair for pair in pairs if not pair.true.optional]
    found = [pair for pair in true if pair.made]
    lines = sum(map(len, made.values()))
    result: dict[str, object] = {
        "found": rate(len(found), len(true)),
        "predictions per true one": f"{lines / len(true):.2f} ({lines})",
        "party resolved, of found": rate(
            sum(right(p) for p in found if p.true.parties), sum(bool(p.true.parties) for p in found)
        ),
        "party resolved, of all": rate(
            sum(right(p) for p in found if p.true.parties), sum(bool(p.true.parties) for p in true)
        ),
        "party wrong, of found": rate(sum(wrong(p) for p in found), len(found)),
    }
    for name in ("teller", "act", "quote"):
        told = [pair for pair in found if getattr(pair.true, name)]
        result[f"{name} as labelled, of found"] = rate(sum(_same(pair, name) for pair in told), len(told))
    for quote in ("direct", "mixed", "indirect"):
        result[f"found, {quote}"] = rate(
            sum(p.true.quote == quote for p in found), sum(p.true.quote == quote for p in true)
        )
    for document in dict.fromkeys(pair.document.path.name for pair in true):
        own = [pair for pair in true if pair.document.path.name == document]
        result[f"found, {document[:3]}"] = rate(sum(pair.made is not None for pair in own), len(own))
    return result | {"each party": by_party(pairs)}


def _same(pair: Pair, name: str) -> bool:
    assert pair.made
    told = getattr(pair.made, name)
    return bool(getattr(pair.true, name) == (TELLERS.get(told, told) if name == "teller" else told))


def right(pair: Pair) -> bool:
    """Tell whether a found statement was given to whom it belongs."""
    return pair.made is not None and pair.made.parties == pair.true.parties


def wrong(pair: Pair) -> bool:
    """Tell whether a found statement was given to a party whose it is not, or to one of two."""
    return pair.made is not None and bool(pair.made.parties) and pair.made.parties != pair.true.parties


def by_party(pairs: Iterable[Pair]) -> dict[str, dict[str, str]]:
    """Return the missed, unresolved and wrong of each party that speaks alone in at least ten statements."""
    own = [(pair.true.parties[0], pair) for pair in pairs if len(pair.true.parties) == 1 and not pair.true.optional]
    counts = Counter(party for party, _ in own)
    result = {}
    for party in sorted(party for party, count in counts.items() if count >= 10):
        theirs = [pair for name, pair in own if name == party]
        found = [pair for pair in theirs if pair.made]
        result[party] = {
            "missed": rate(len(theirs) - len(found), len(theirs)),
            "wrong, of found": rate(sum(map(wrong, found)), len(found)),
            "unresolved, of found": rate(sum(not pair.made.parties for pair in found if pair.made), len(found)),
        }
    return result


def spans(labelled: Sequence[Labelled], made: dict[str, list[Said]]) -> dict[str, str]:
    """Return exact and overlap F1 of each role, pieces trimmed of white space and punctuation; optional labels aside."""
    result = {}
    for role in ROLES:
        exact, overlap = [0, 0, 0], [0, 0, 0]
        for each in labelled:
            free = characters(tuple(p for one in each.said if one.optional for p in getattr(one, role)))
            asked = {trim(each.text, p) for one in each.said if not one.optional for p in getattr(one, role)}
            given = {trim(each.text, p) for one in made[each.path.name] for p in getattr(one, role)}
            given = {p for p in given if p in asked or not set(range(*p)) <= free}
            letters = characters(tuple(asked)), characters(tuple(given))
            exact = [a + b for a, b in zip(exact, (len(asked & given), len(given), len(asked)), strict=True)]
            overlap = [
                a + b
                for a, b in zip(overlap, (len(letters[0] & letters[1]), len(letters[1]), len(letters[0])), strict=True)
            ]
        result[f"exact {role}"], result[f"overlap {role}"] = f_measure(*exact), f_measure(*overlap)
    return result


def f_measure(hits: int, made: int, true: int) -> str:
    """Return F1 with precision and recall."""
    f1, precision, recall = 2 * hits / max(1, made + true), hits / max(1, made), hits / max(1, true)
    return f"F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})"


def trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Take white space and punctuation from both ends."""
    start, end = span
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def tell(result: dict[str, object], *, as_json: bool) -> None:
    """Print the figures."""
    if as_json:
        print(json.dumps(result, indent=1))
        return
    _indented(result, 0)


def _indented(part: dict[str, object], depth: int) -> None:
    for key, value in part.items():
        print("  " * depth + (f"{key:34} {value}" if isinstance(value, str) else f"{key}:"))
        if isinstance(value, dict):
            _indented(value, depth + 1)


def show(pairs: Sequence[Pair]) -> None:
    """Print the offsets of what was missed, wrong or unresolved."""
    for pair in pairs:
        verdict = "missed" if not pair.made else "wrong" if wrong(pair) else "unresolved" if not right(pair) else ""
        if verdict and not pair.true.optional:
            given = f" given {','.join(pair.made.parties) or '-'}" if pair.made else ""
            spans = " ".join(f"{role} {getattr(pair.true, role)}" for role in ROLES)
            print(
                f"{verdict:10} {pair.document.path.name[:3]} {','.join(pair.true.parties) or '-'}{given} {pair.true.quote} {spans}"
            )


if __name__ == "__main__":
    main()
