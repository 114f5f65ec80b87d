"""Label files (docs/design/labelling.md): read them, find the files they speak of, move them through an exchange of names.

Labels hold offsets and hashes only; the texts lie wherever their reader has them.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

Pieces = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Said:
    """One statement, labelled or predicted: its spans, whose it is, and how it was told."""

    source: Pieces = ()
    cue: Pieces = ()
    content: Pieces = ()
    other: Pieces = ()
    parties: tuple[str, ...] = ()
    teller: str | None = None
    act: str | None = None
    quote: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Labelled:
    """A file and what its labels say; `text` is the file's, decoded, line ends untouched."""

    path: Path
    text: str
    said: tuple[Said, ...] = field(default=())


def read_labels(labels: Path, folder: Path) -> list[Labelled]:
    """Read a label file and find in `folder`, by SHA-256, the files it labels; a file that is not there ends the run."""
    by_hash = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.iterdir()) if path.is_file()
    }
    found: list[tuple[Path, list[Said]]] = []
    for line in labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "sha256" not in row:
            found[-1][1].append(read_said(row))
        elif row["sha256"] not in by_hash:
            sys.exit(
                f"{labels}: no file in {folder} has the SHA-256 {row['sha256']}; expected the very file that was labelled"
            )
        else:
            found.append((by_hash[row["sha256"]], []))
    return [Labelled(path, path.read_bytes().decode("utf-8"), tuple(said)) for path, said in found]


def read_said(row: Mapping[str, object]) -> Said:
    """Read one line of a label file (`parties`) or of `tasdiq attribute --json` (`party`, or who speaks jointly)."""
    party, speaker = row.get("party"), str(row.get("speaker") or "")
    together = speaker.removeprefix("joint/").upper().split("+") if speaker.startswith("joint/") else []
    given = row.get("parties") or ([party] if party else together)
    assert isinstance(given, list)
    return Said(
        source=_pieces(row, "source"),
        cue=_pieces(row, "cue"),
        content=_pieces(row, "content"),
        other=_pieces(row, "or"),
        parties=tuple(sorted(str(party).upper() for party in given)),
        teller=_word(row, "teller"),
        act=_word(row, "act"),
        quote=_word(row, "quote"),
        optional=bool(row.get("optional")),
    )


def _pieces(row: Mapping[str, object], key: str) -> Pieces:
    given = row.get(key) or []
    assert isinstance(given, list)
    return tuple((start, end) for start, end in given)


def _word(row: Mapping[str, object], key: str) -> str | None:
    given = row.get(key)
    return None if given is None else str(given)


def read_exchange(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Read which names are exchanged: two columns, names of the texts, then after an empty line the codes of the parties."""
    names, codes = path.read_text(encoding="utf-8").strip().split("\n\n")
    both = [[line.split("\t") for line in part.splitlines()] for part in (names, codes)]
    first, second = (dict(part) | {b: a for a, b in part} for part in both)
    return first, second


def exchange(
    labelled: Sequence[Labelled], names: Mapping[str, str], codes: Mapping[str, str], target: Path
) -> list[Labelled]:
    """Write a copy of each file with the names exchanged and return it with its labels moved and their parties exchanged."""
    return [_exchanged(each, names, codes, target / each.path.name) for each in labelled]


def _exchanged(each: Labelled, names: Mapping[str, str], codes: Mapping[str, str], path: Path) -> Labelled:
    places = list(_places(each.text, names))
    text, at = [], 0
    for start, end, name in places:
        text += [each.text[at:start], name]
        at = end
    text.append(each.text[at:])
    path.write_text("".join(text), encoding="utf-8", newline="")

    def moved(pieces: Pieces) -> Pieces:
        return tuple((_moved(start, places, False), _moved(end, places, True)) for start, end in pieces)

    said = tuple(
        replace(
            one,
            source=moved(one.source),
            cue=moved(one.cue),
            content=moved(one.content),
            other=moved(one.other),
            parties=tuple(sorted(codes.get(party, party) for party in one.parties)),
        )
        for one in each.said
    )
    return Labelled(path, "".join(text), said)


def _places(text: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    capitals = {name.upper(): given.upper() for name, given in names.items()}
    for found in re.finditer(rf"(?<!\w)(?:{choices}|{choices.upper()})(?!\w)", text):
        yield found.start(), found.end(), names.get(found[0]) or capitals[found[0]]


def _moved(offset: int, places: Sequence[tuple[int, int, str]], is_end: bool) -> int:
    shift = 0
    for start, end, name in places:
        if offset < end or (offset == end and not is_end and start == end):
            if start < offset:  # within an exchanged name: its beginning or its end
                return start + shift + (len(name) if is_end else 0)
            break
        shift += len(name) - (end - start)
    return offset + shift
