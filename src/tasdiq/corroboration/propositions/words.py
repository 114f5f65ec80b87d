"""Words of a passage: tokens with their place in the text, and a light stem that folds inflections.

Decides only what counts as one word and which forms share a stem; frames and texts go through the same function, so a stem
need not be a dictionary word ("refused", "refuses", "refusing" all give "refus"). Contractions give their negation as a word
of its own; hyphens part words and leave a mark (`joined`), so that "anti-Kestrian" is not read as a mention of Kestria.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"[^\W_]+(?:\.[^\W_](?=\.))*\.?(?<=\.[^\W_]\.)|[^\W_]+|['’](?:s|re|ve|ll|d|m|t)\b|[.;:!?,()\[\]“”\"–—-]"
)
_PAIRS = {("cease", "fire"): "ceasefire", ("hand", "over"): "handover", ("turn", "down"): "refuse", ("air", "strike"): "airstrike",
          ("break", "down"): "breakdown", ("safe", "haven"): "sanctuary", ("air", "base"): "airbase",
          ("take", "back"): "takeback", ("pull", "back"): "withdraw", ("pull", "out"): "withdraw", ("shut", "down"): "close",
          ("call", "for"): "callfor", ("call", "on"): "callon", ("call", "upon"): "callon", ("rein", "in"): "curb",
          ("crack", "down"): "curb", ("shy", "away"): "avoid", ("back", "away"): "avoid"}  # fmt: skip
_IRREGULAR = {
    "said": "say", "told": "tell", "held": "hold", "took": "take", "taken": "take", "gave": "give", "given": "give",
    "broke": "break", "broken": "break", "began": "begin", "begun": "begin", "kept": "keep", "sought": "seek",
    "fought": "fight", "met": "meet", "made": "make", "led": "lead", "left": "leave", "fled": "flee", "shot": "shoot",
    "hid": "hide", "hidden": "hide", "shut": "shut", "sent": "send", "lost": "lose", "found": "find", "rose": "rise",
    "risen": "rise", "grew": "grow", "grown": "grow", "fell": "fall", "fallen": "fall", "was": "be", "were": "be", "is": "be",
    "are": "be", "been": "be", "being": "be", "am": "be", "has": "have", "had": "have", "having": "have", "does": "do",
    "did": "do", "done": "do", "flew": "fly", "flown": "fly", "struck": "strike", "came": "come", "went": "go", "gone": "go",
    "men": "man", "gunmen": "gunman", "women": "woman", "children": "child", "spoke": "speak", "spoken": "speak",
    "bought": "buy", "brought": "bring", "withdrew": "withdraw", "withdrawn": "withdraw", "withdrawal": "withdraw",
    "undertook": "undertake", "undertaken": "undertake", "dealt": "deal", "paid": "pay", "knew": "know", "known": "know",
    "saw": "see", "seen": "see", "stuck": "stick", "stood": "stand", "became": "become", "chose": "choose", "built": "build",
    "wanted": "wanted",
    "note": "remark", "notes": "remark", "noted": "remark", "noting": "remark",
    "violations": "violate",
    "refusal": "refuse", "denial": "deny", "rejection": "reject", "infiltration": "infiltrate", "violation": "violate",
    "breach": "violate", "breached": "violate", "breaches": "violate", "harbor": "harbour", "harbors": "harbour",
    "harbored": "harbour", "harboring": "harbour", "truce": "ceasefire", "truces": "ceasefire", "armistice": "ceasefire",
    "deportation": "deport", "deportations": "deport", "extradition": "extradite", "expulsion": "expel", "proposal": "propose",
    "proposals": "propose", "negotiation": "negotiate", "negotiations": "negotiate", "militancy": "militant", "cannot": "not",
    "terrorism": "terrorist", "terror": "terrorist", "terrorists": "terrorist", "insurgency": "insurgent",
    "accusation": "accuse", "accusations": "accuse", "suggestion": "suggest", "suggestions": "suggest", "this": "this",
    "news": "news", "always": "always", "during": "during", "lies": "lie", "lying": "lie", "thus": "thus",
}  # fmt: skip
_DOUBLED = re.compile(r"([bdgmnprt])\1$|ll$")


@dataclass(frozen=True, slots=True)
class Word:
    """One token: as written, its stem, its place in the text (code points), and whether a hyphen ties it to the word before."""

    raw: str
    stem: str
    start: int
    end: int
    joined: bool = False


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem shared by the inflections of an English word."""
    low = word.casefold()
    if low in _IRREGULAR:
        low = _IRREGULAR[low]
        return _bare(low) if len(low) > 3 else low
    if len(low) <= 3 or not low.isalpha():
        return low
    return _bare(_cut(low))


def _cut(low: str) -> str:
    """Take one inflection off: plural or third person, past, gerund."""
    if low.endswith(("ies", "ied")):
        return low[:-3] + "y"
    if low.endswith("eed"):
        return low[:-1]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-2] if low.endswith(("sses", "ches", "shes", "xes", "zes")) else low[:-1]
    for ending in ("ing", "ed"):
        rest = low[: -len(ending)]
        if low.endswith(ending) and len(rest) >= 2 and re.search("[aeiouy]", rest):
            rest = rest[:-1] if _DOUBLED.search(rest) and not (rest.endswith("ll") and len(rest) < 5) else rest
            return rest if len(rest) > 2 else rest + "e"
    return low


def _bare(low: str) -> str:
    """Drop a silent e and a doubled consonant, so that "control" and "controlled", "use" and "used" fall together."""
    low = low[:-1] if len(low) > 3 and low.endswith("e") else low
    return low[:-1] if len(low) > 4 and _DOUBLED.search(low) else low


def split(text: str, start: int, end: int) -> list[Word]:
    """Cut `text[start:end]` into words; offsets count from the start of `text`."""
    found: list[Word] = []
    after_hyphen = -1
    for match in _TOKEN.finditer(text, start, end):
        raw, at = match[0], match.start()
        if raw == "-":
            after_hyphen = match.end()
            continue
        joined = at == after_hyphen
        word = Word(raw=raw, stem=_stem_here(raw), start=at, end=match.end(), joined=joined)
        _append(found, word)
    return found


def join(first: str, second: str) -> str | None:
    """Return the one stem two stems make ("call", "for"), or None."""
    return _pairs().get((first, second))


def _stem_here(raw: str) -> str:
    if raw[0] in "'’":
        return "not" if raw[1:] == "t" else "'s"
    if raw in "!?":
        return "."
    return stem(raw)


def _append(found: list[Word], word: Word) -> None:
    """Add a word, folding two-word verbs and nouns, and the n of "didn't", into one."""
    before = found[-1] if found else None
    if before is not None and word.raw[0] in "'’" and word.stem == "not":
        found[-1] = Word(before.raw[:-1], stem(before.raw[:-1]) or before.stem, before.start, before.end, before.joined)
    elif before is not None and (pair := _pairs().get((before.stem, word.stem))):
        found[-1] = Word(f"{before.raw} {word.raw}", pair, before.start, word.end, before.joined)
        return
    found.append(word)


@lru_cache(maxsize=1)
def _pairs() -> dict[tuple[str, str], str]:
    return {(stem(first), stem(second)): stem(whole) for (first, second), whole in _PAIRS.items()}
