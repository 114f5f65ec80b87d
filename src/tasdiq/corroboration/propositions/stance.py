"""Which stance a statement takes on a proposition it bears on, and why; None if it takes none.

Rules (silence is never denial, and what is asked, hoped or told of another is not asserted):

1. Cue and content together express the frame ("refused to give guarantees"): the stance is the act's own. So is that of who offers
   or refuses to bring an aim about itself ("refused to hand over any fighters").
2. A denial denies what its clause says first; what stands further inside ("denied refusing an offer") is not denied.
3. What another party says inside the statement is that party's, not the speaker's; an act told of another is asserted.
4. An acknowledgement acknowledges; an assertion asserts, or denies where the words are negated or opposite.
5. What a demand, offer or wish is about is not asserted, except what it takes for granted ("those based there").
6. An aim is called for, offered, refused or made subject to conditions; it is never asserted.
7. A frame may name the stance of a party that says it of itself ("we asked that …": calls for).
8. "The allegations that … are untrue", "it is false that …", "it would be wrong to say that …": what is called false is denied;
   "it is not untrue that …" calls nothing false.
9. An aim that several parties together say they will bring about is offered by each; one they say must be, called for.
"""

from __future__ import annotations

import itertools
from typing import cast

from tasdiq.model.proposition import Stance

from .match import NOT, Match
from .pattern import word_class
from .reading import Line

DENYING = frozenset(("denies", "rejects"))
_ABOUT_DEEDS = frozenset(("offers", "refuses", "rejects", "demands", "asks"))
_OF_ACT: dict[str, Stance] = {
    "offers": "offers",
    "refuses": "refuses",
    "rejects": "refuses",
    "demands": "calls for",
    "asks": "calls for",
}
_OF_AIM: dict[str, Stance] = {"demands": "calls for", "asks": "calls for", "warns": "calls for", "offers": "offers",
                              "commits": "offers", "refuses": "refuses", "rejects": "refuses"}  # fmt: skip


Found = tuple[Stance, str] | None


def stance(match: Match, outermost: bool) -> Found:
    """Return the stance a statement takes through one match, with the reason in words."""
    line = match.line
    if line.negated and line.act in DENYING:
        return None
    if match.start < line.content:
        return _of_act(match) if match.verb < line.content else _of_own_aim(match)
    if match.frame.kind == "aim":
        return _of_aim(match)
    if line.negated and line.act not in DENYING:
        return None
    if line.act not in DENYING and _called_false(match):
        return ("denies" if match.positive else "asserts"), "calls the claim false"
    if line.act in DENYING and _cue_denies(line):
        return _of_denial(match) if outermost and not match.granted else None
    if _of_another(match):
        return None
    if match.granted:
        return ("asserts", "takes it for granted in its wording") if match.positive else None
    if line.act in _ABOUT_DEEDS or match.unreal:
        return _conditional(match)
    return _of_assertion(match)


def _called_false(match: Match) -> bool:
    """Rule 8: whether the words stand as a claim in their sentence and are called false there."""
    stems = match.line.stems
    start = next(
        (at + 1 for at in range(match.start - 1, match.line.content - 1, -1) if stems[at] == "."), match.line.content
    )
    end = next((at for at in range(match.end, len(stems)) if stems[at] == "."), len(stems))
    before, after = stems[start : match.start], stems[match.end : end]
    false = word_class("FALSE")
    if any(word in word_class("CLAIMING") for word in before):
        verdict = next((after[at + 1 : at + 4] for at, word in enumerate(after) if word == "be"), [])
        if false & set(verdict) and not NOT & set(verdict):
            return True
    return any(
        word in false and "that" in before[at + 1 : at + 4] and not NOT & set(before[max(0, at - 2) : at])
        for at, word in enumerate(before)
    )


def _cue_denies(line: Line) -> bool:
    """Whether the cue itself denies; "said that no …" denies by its content, which is not turned round twice."""
    return any(word in word_class("DENIAL") for word in line.stems[: line.content])


def _of_act(match: Match) -> Found:
    """Rule 1."""
    act = match.line.act
    if (match.line.negated and act in _OF_ACT) or _supposed(match.line):
        return None
    if not match.positive and act not in ("refuses", "rejects"):
        return None
    if match.slots.get("by", match.line.party) != match.line.party:
        return None
    if match.frame.kind == "aim":
        return (_OF_AIM[act], f"the act itself: {act}") if act in _OF_AIM else None
    if match.frame.deed:
        return cast(Stance, match.frame.deed), "the act itself, as its cue says"
    if act in _OF_ACT and match.frame.kind == "act":
        return _OF_ACT[act], f"the act itself: {act}"
    if match.frame.kind == "act" and match.frame.own:
        return cast(Stance, match.frame.own), "the act itself, as its cue says"
    return _of_assertion(match) if act not in _ABOUT_DEEDS else None


def _of_own_aim(match: Match) -> Found:
    """Rule 1: the stance of who offers or refuses to bring an aim about itself ("refused to hand over any fighters")."""
    line, act = match.line, match.line.act
    own = match.frame.kind == "aim" and match.slots.get(match.frame.about) == line.party is not None
    # "Refuse" is what turns the match round: the aim itself is not negated.
    turned = match.positive == (act == "refuses")
    if not own or line.parted or line.negated or turned or act not in ("offers", "refuses", "commits"):
        return None
    return _with_conditions(match, _OF_AIM[act], f"the act: {act}")


def _supposed(line: Line) -> bool:
    """Rule 5: whether the act itself is only supposed ("would agree to a truce if …")."""
    head, said = line.stems[: line.content], line.said
    return bool({"would", "could", "might", "may"} & set(head)) and bool(word_class("CONDITION") & set(said))


def _of_denial(match: Match) -> Found:
    """Rule 2."""
    act = match.line.act
    return ("denies", f"{act} what the words say") if match.positive else ("asserts", f"{act} the opposite")


def _of_another(match: Match) -> bool:
    """Rule 3: whether the words stand in another's speech inside this statement."""
    if match.claimed or (match.teller is not None and match.teller != match.line.party):
        return True
    if match.frame.kind == "act":
        return False
    return match.line.inner[match.start] or match.line.inner[match.end - 1]


def _of_assertion(match: Match) -> Found:
    """Rules 4 and 7."""
    act, frame = match.line.act, match.frame
    if not match.positive:
        return "denies", "says the opposite: negated or opposite words"
    if frame.own and match.slots.get(frame.about, match.line.party) == match.line.party is not None:
        return cast(Stance, frame.own), "says so of itself"
    if act == "acknowledges":
        return "acknowledges", "acknowledges what the words say"
    return "asserts", "says so" if match.line.statement.narrated is False else "the narrator says so"


def _conditional(match: Match) -> Found:
    """Rule 5: supposed or wished for, unless the frame is a condition by nature."""
    if match.frame.own == "conditions":
        return _of_assertion(match)
    return None


def _of_aim(match: Match) -> Found:
    """Rule 6."""
    line, act = match.line, match.line.act
    if (line.negated and act in _OF_AIM) or not match.positive:
        return None
    if match.line.inner[match.start] or (match.teller is not None and match.teller != line.party):
        return None
    if act in _OF_AIM:
        return _with_conditions(match, _OF_AIM[act], f"the act: {act}")
    if act not in DENYING and line.statement.parties:
        return _of_joint_aim(match)
    if act in DENYING or line.party is None:
        return None
    words = line.stems[1 : match.end]
    if _negated_wish(words) or _wish_of_another(words, line.party):
        return None
    if any(word in word_class("OFFERING") for word in words):
        return _with_conditions(match, "offers", "proposes or is ready for it")
    if any(word in word_class("DEMANDING") for word in words):
        return "calls for", "demands it, in its own account"
    return _promise(match)


def _of_joint_aim(match: Match) -> Found:
    """Rule 9."""
    said = match.line.said[: match.end - match.line.content]
    if set(said) & NOT or _negated_wish(said):
        return None
    if any(word in word_class("DEMANDING") for word in said):
        return "calls for", "they demand it together"
    return ("offers", "they say together that they will do so") if {"will", "would"} & set(said) else None


def _promise(match: Match) -> Found:
    """An aim the speaker says it will itself bring about: its own party is named last before "will" or "would"."""
    said = match.line.said[: match.end - match.line.content]
    will = next((at for at, word in enumerate(said) if word in ("will", "would")), 0)
    named = next((word[1:] for word in reversed(said[:will]) if word[0] == "@"), None)
    if named is None or named != match.line.party or set(said) & NOT:
        return None
    return _with_conditions(match, "offers", "says it will do so")


def _with_conditions(match: Match, found: Stance, why: str) -> Found:
    conditional = any(word in word_class("CONDITION") for word in match.line.stems[match.line.content :])
    return ("conditions", why + ", on conditions") if conditional and found == "offers" else (found, why)


def _wishing() -> frozenset[str]:
    return word_class("DEMANDING") | word_class("OFFERING")


def _negated_wish(words: list[str]) -> bool:
    return any(a in NOT and b in _wishing() for a, b in itertools.pairwise(words))


def _wish_of_another(words: list[str], party: str | None) -> bool:
    """Whether another party than the speaker's is named before the word of demanding; who must or should, is no wisher."""
    wishing = _wishing() - word_class("OBLIGING")
    first = next((at for at, word in enumerate(words) if word in wishing), 0)
    named = next((word for word in reversed(words[:first]) if word[0] == "@"), None)
    return named is not None and named[1:] != party
