"""What a noun phrase in the place of a speaker says by itself, before the document around it is asked.

Rules
1. Relative clauses and asides are cut off; an apposition that holds a person's name decides ("Its spokesperson, Ana Brel").
2. "Both sides", "the two countries", "Kestria and Vorland", "officials in Talvik and Ostrel", a joint statement are *joint*: no
   single party's.
3. The head decides the kind: an organ, an office, an unnamed source, a paper ("the statement"), else a name. A name that only
   owns or modifies another head ("Kestria's recent actions") is not the speaker.
4. The party is named before the head ("Kestrian officials", "Talvik's team"); else after "in" (a capital, for organs and
   officials), "of", "for", "from". Two parties before one head are joint.
5. Modifiers such as "diplomatic", "Western", "UN" place an unnamed source or an organ outside the parties.
   "The army's press office" is the army.
6. "One of the officials", "some of its soldiers" are officials, soldiers; "another", "others", "many" alone are nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .naming import CAPITAL, NOT_NAMES, plain
from .roles import BYSTANDERS, COURTESY, ITSELF_HEAD, NEUTRAL, OFFICIALS, ROLE, organ_slug, role_slug
from .table import OF_A_PARTY, Mention, NameTable
from .together import JOINT, is_listed, joint_paper, names_together, party_named

Kind = Literal[
    "pronoun", "joint", "party", "organ", "office", "officials", "bystanders", "person", "group", "outlet", "organisation",
    "paper", "name", "other",
]  # fmt: skip
FIRST_PERSON = frozenset({"i", "we", "us", "me"})
PRONOUNS = FIRST_PERSON | frozenset({"he", "she", "it", "they", "him", "her", "them", "its", "his", "their"})
PAPER = re.compile(
    r"(?i:^(?:(?:the|a|an|its|their|this|that|another|his|her) )?(?:\w+ ){0,2}?(?:statement|communiqu[eé]|press release|release"
    r"|note|letter|notification|post|tweet|readout|message|handout|clarification|declaration)"
    r"(?: (?:issued|released|posted|read|from|by|on)\b.*)?$)"
)
_CUT = re.compile(
    r"(?i:,? (?:who|which|whom|whose|that)\b.*$|,? (?:for (?:its|their|his|her) part|meanwhile|however|too|also|itself|himself"
    r"|herself|themselves|earlier|alike)\b.*$)"
)
BARE_ORGAN = re.compile(r"(?i:^(?:the|this|that|its|their) (?:ministry|department)$)")
_OWN_MINISTRY = re.compile(r"(?:[Tt]he )?(.+?)(?:'s)? (?:ministry|department)")
GROUP_HEAD = re.compile(
    r" (?:(?:rebel|armed|militant|insurgent) )?(?:group|movement|rebels?|fighters|militants|insurgents|leaders|leadership|forces)$"
)
_LEAD_IN = re.compile(
    r"^(?i:amid(?:st)?|during|in|after|before|despite|following|on|at|with|under|since|while|earlier|meanwhile|however|separately)\b"
    r"[^,]*, (?=[^,]+$)"
)
_DATA = re.compile(
    r"^(?i:(?:the |a |an )?(?:\w+ )?(?:data|figures|statistics|reports?|study|survey|tally)"
    r" (?:from|by|of|compiled by) (?:the )?)"
)
_PREPOSITION = re.compile(
    r"(?i: (?:of|in|for|from|at|on|to|with|privy|close|familiar|inside|within|based|near|under|about|speaking|involved"
    r"|aware|regarding|concerning"
    r"|along|across) )"
)
_LEAD = re.compile(rf"^(?:[Tt]he |[Aa]n? |[Ss]ome |[Ss]everal |[Mm]any |[Oo]ther |[Oo]ne |{COURTESY} )+")
_ROLE_END = re.compile(rf"({ROLE})$")
_ROLE_ANY = re.compile(rf"({ROLE})")
_OWNED = re.compile(r"^(?i:its|their|his|her|our)\b")
_SOME_OF = re.compile(
    r"^(?i:one|another|some|most|many|several|two|three|a number|a few|both|all) (?i:of)"
    r" (?=(?i:the|these|those|its|their|his|her)\b)"
)
_PRESS_OFFICE = re.compile(
    r"(?i:'s (?:own )?(?:press|media|information|public relations|communications) (?:service|office|department|cent(?:re|er)|wing"
    r"|bureau|arm|unit)$)"
)
_NOBODY = frozenset(
    """one another other others some many most several few none nobody someone somebody everyone everybody anyone either neither
    such all each more sources""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Reading:
    """A phrase as read: kind of head, party if the phrase names one, actor if a name settles it, slug of office or organ."""

    kind: Kind
    party: str | None = None
    actor: str | None = None
    slug: str = ""
    text: str = ""
    owned: bool = False
    neutral: bool = False
    holders: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


def read_phrase(phrase: str, table: NameTable) -> Reading:
    """Read a noun phrase."""
    text = _tidy(phrase)
    if text.lower() in PRONOUNS:
        return Reading("pronoun", text=text.lower())
    if not text:
        return Reading("other")
    if (whose := joint_paper(text, table)) is not None:
        return Reading("paper", party=whose, text=text.lower()) if whose else Reading("joint", slug="paper", text=text)
    if JOINT.search(text) or is_listed(text, table):
        return Reading("joint", text=text)
    if person := _person(text, table):
        return person
    head = text.split(", ")[0]
    if names_together(head, table):
        return Reading("joint", text=text)
    if (whole := _name(head, table)) is not None and whole.kind == "outlet":
        return whole
    if PAPER.match(head):
        return Reading("paper", party=_party(head, len(head), table), text=head.lower())
    return _apposed(text, table) or _by_head(head, table)


def _tidy(phrase: str) -> str:
    text = re.sub(r"\s+", " ", plain(phrase)).strip(" \"'.,;:-–—()[]")
    text = re.sub(r" \([^()]*\)?$", "", text) if not re.search(r"\(@", text) else text
    text = _PRESS_OFFICE.sub("", _SOME_OF.sub("", _LEAD_IN.sub("", text)))
    cut = _CUT.sub("", _DATA.sub("", text))
    return (cut or text).strip()


def _person(text: str, table: NameTable) -> Reading | None:
    """Rule 1: a person's name that ends or begins a part of the phrase, or stands alone."""
    handle = re.sub(r" ?\(@\w+\)?$", "", text)
    for segment in handle.split(", "):
        for mention in table.find(segment):
            people = [each for each in mention.known if each.sort == "person"]
            ends = not segment[mention.end :].strip(" .") or (mention.start == 0 and not mention.possessive)
            after = segment[mention.end :].strip()
            if people and not mention.possessive and ends and (not after or after[:1].islower()) and not _heads(after):
                holders = tuple(each.actor for each in people)
                actor = holders[0] if len(holders) == 1 else None
                party = people[0].party if actor else None
                return Reading("person", party=party, actor=actor, text=text, holders=holders)
    return None


def _heads(after: str) -> bool:
    """Tell whether the words after a name are a head of their own ("Brel supporters")."""
    first = after.split(" ")[0]
    return bool(first) and first not in ("and", "of", "in", "from", "at", "on", "during", "for")


def _apposed(text: str, table: NameTable) -> Reading | None:
    """Return the armed group that a phrase names behind its kind ("a militant group, the Red Ford Front")."""
    head, _, rest = text.partition(", ")
    if not rest or not GROUP_HEAD.search(f" {head}"):
        return None
    named = _name(rest.split(", ")[0], table)
    return named if named is not None and named.kind == "group" else None


def _by_head(head: str, table: NameTable) -> Reading:
    owned = bool(_OWNED.match(head))
    preposition = _PREPOSITION.search(head)
    core = head[: preposition.start()] if preposition else head
    core = core.removesuffix("'s").removesuffix("'")
    if (office := _ROLE_END.search(core)) and not OFFICIALS.search(office[1].split(" ")[-1]):
        return _office(head, office, owned, table)
    if (party := _bare_ministry(head, core, table)) is not None:
        return Reading("organ", party=party or None, slug="ministry", text=head, owned=owned)
    whole = _name(core, table)
    if whole is not None and whole.kind in ("group", "organisation", "outlet"):
        return whole
    organ = organ_slug(head)
    if organ and organ[1] < len(core) and _ends_phrase(head, organ[2]):
        party = _party(head, organ[1], table) or _owners_party(head, organ[1], table)
        neutral = party is None and bool(NEUTRAL.search(head[: organ[1]]))
        return Reading("organ", party=party, slug=organ[0], text=head, owned=owned, neutral=neutral)
    if (named := _name(GROUP_HEAD.sub("", core), table)) is not None and (
        named.kind == "group" or not GROUP_HEAD.search(core)
    ):
        return named
    if (match := _last(OFFICIALS, core)) and match.end() == len(core):
        neutral = bool(NEUTRAL.search(core))
        abroad = core.lower().endswith(("diplomats", "diplomat"))
        return Reading(
            "officials",
            party=_party(head, match.start(), table, after=not abroad) or _in_organ(head, match.end(), table),
            slug=_slug(core, table),
            text=head,
            owned=owned,
            neutral=neutral,
        )
    if (match := _last(BYSTANDERS, core)) and match.end() == len(core):
        return Reading("bystanders", slug=_slug(core, table), text=head)
    if (match := _last(ITSELF_HEAD, core)) and match.end() == len(core):
        return Reading(
            "party", party=_party(head, match.start(), table), slug=core.split(" ")[-1].lower(), text=head, owned=owned
        )
    if (
        re.match(rf"(?:[Tt]he )?[{CAPITAL}]", core)
        and re.search(rf"[{CAPITAL}][\w.-]*$", core)
        and not any(m.possessive for m in table.find(core))
    ):
        name = re.sub(r"^[Tt]he ", "", head)
        bare = name.split(" ")[0].lower()
        known = bare not in NOT_NAMES and name.lower() not in _NOBODY
        return Reading("name" if known else "other", text=name, slug="the" if name != head else "")
    return Reading("other", text=head)


def _bare_ministry(head: str, core: str, table: NameTable) -> str | None:
    """Return the party of a ministry without a subject ("the Kestrian ministry"), "" if none is named, None if it is no such."""
    own = _OWN_MINISTRY.fullmatch(core)
    if own and (party := party_named(own[1], table)):
        return party
    bare = BARE_ORGAN.match(core) and not re.match(r" (?:of|for) ", head[len(core) :])
    return (_party(head, len(core), table) or "") if bare else None


def _office(head: str, office: re.Match[str], owned: bool, table: NameTable) -> Reading:
    organ = organ_slug(head)
    slug = role_slug(office[1])
    if slug == "spokesperson" and organ and not organ[0].startswith("delegation"):
        slug = f"{organ[0]}-spokesperson"
    abroad = re.search(r"(?:ambassador|envoy|representative)$", slug)
    party = _party(head, office.start(1), table, after=not abroad)
    return Reading("office", party=party, slug=slug, text=head, owned=owned)


def _name(core: str, table: NameTable) -> Reading | None:
    """Read a phrase that is a name and nothing else, but for an article, an adjective or a word of kind before it."""
    mentions = list(table.find(core))
    if not mentions or mentions[-1].end < len(core) - 2 or mentions[-1].possessive:
        return None
    last = mentions[-1]
    known = last.known[0]
    if known.sort == "organ":
        return Reading("organ", party=_party(core, last.start, table), slug=known.actor, text=core)
    if known.sort in OF_A_PARTY:
        others = {each.party for each in mentions} - {last.party}
        lead = _LEAD.sub("", core[: last.start])
        if others or last.party is None or (lead.strip() and len(mentions) == 1 and known.sort == "demonym"):
            return Reading("other", text=core)
        return Reading("party", party=last.party, actor=known.actor, text=core)
    kinds: dict[str, Kind] = {"group": "group", "outlet": "outlet"}
    return Reading(kinds.get(known.sort, "organisation"), party=known.party, actor=known.actor, text=core)


def _ends_phrase(head: str, end: int) -> bool:
    rest = head[end:].removeprefix("'s")
    return not rest.strip(" .()'") or bool(_PREPOSITION.match(rest)) or bool(re.match(r" \(", rest))


def _party(head: str, start: int, table: NameTable, *, after: bool = True) -> str | None:
    """Rule 4: the party named before the head at `start`, else the one named after a preposition."""
    before = [mention for mention in table.find(head, 0, start) if mention.party]
    parties = {mention.party for mention in before}
    if parties:
        return before[-1].party if len(parties) == 1 or before[-2].possessive is False else before[0].party
    rest = [mention for mention in table.find(head, start) if after and mention.party and _leads(head, mention)]
    parties = {mention.party for mention in rest}
    return next(iter(parties)) if len(parties) == 1 else None


def _owners_party(head: str, start: int, table: NameTable) -> str | None:
    """Return the party of the person whose organ it is: "Brel's office"."""
    owners = [each for each in table.find(head, 0, start) if each.possessive and each.sort == "person"]
    return owners[-1].known[0].party if owners and len(owners[-1].known) == 1 else None


def _in_organ(head: str, start: int, table: NameTable) -> str | None:
    """Return the party of the organ a source sits in: "sources in the Kestrian army"."""
    rest = re.match(r" (?:in|within|from|at|inside) (?:the )?(.+)$", head[start:])
    if rest is None or organ_slug(rest[1]) is None:
        return None
    parties = {mention.party for mention in table.find(rest[1]) if mention.party}
    return next(iter(parties)) if len(parties) == 1 else None


def _leads(head: str, mention: Mention) -> bool:
    lead = head[: mention.start]
    if re.search(r"(?i: (?:of|for|from|representing)(?: the)? $)", lead):
        return True
    return mention.sort in ("capital", "seat") and bool(re.search(r" (?:in|based in) $", lead))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _slug(core: str, table: NameTable) -> str:
    """Return the words of an unnamed source without the party: "senior security officials"."""
    words = core
    for mention in reversed(list(table.find(core))):
        words = words[: mention.start] + words[mention.end :].removeprefix("'s")
    words = re.sub(r"[^a-z]+", "-", _LEAD.sub("", words.strip()).lower()).strip("-")
    return words if words.endswith("s") else words + "s"
