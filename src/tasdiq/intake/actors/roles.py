"""Offices and organs: the words of state that stand in every country alike, and the short name an actor gets from them.

Data, no decisions about persons: which phrase is an office ("defence minister", "Lt Gen"), which an organ ("foreign office",
"armed forces"), which an unnamed source ("officials", "security sources"), and which of them speak for their party.
"""

from __future__ import annotations

import re

SPOKES = r"spokes(?:man|woman|person|people|persons|men)"
_HEADS = (
    rf"prime minister|minister|president|premier|chancellor|king|queen|emir|amir|sultan|crown prince|prince|{SPOKES}"
    r"|secretary-general|secretary general|secretary|governor|ambassador|envoy|representative|negotiator"
    r"|commander|field marshal|marshal"
    r"|lieutenant colonel|lieutenant-colonel|lt\.? col\.?|brig\.? gen\.?|rear admiral|vice admiral|adm\.|cmdr\.?|sgt\.?"
    r"|lieutenant general|lieutenant-general|lt\.? gen\.?|major general|major-general|maj\.? gen\.?|brigadier general"
    r"|brigadier|brig\.?|general|gen\.|colonel|col\.|major|maj\.|captain|capt\.|admiral|air chief marshal|director general"
    r"|director-general|director|chief of staff|chief|head|leader|chairman|chairperson|chairwoman|speaker|official"
    r"|adviser|advisor|diplomat|mayor|commissioner|inspector general|inspector|senator|lawmaker|emissary|delegate|deputy"
    r"|coordinator|counterpart(?!,)|aide|ombudsman|ombudsperson|ombudswoman|attorney general|chargé d'affaires"
)
_QUALIFIERS = (
    r"then|former|ex|acting|interim|caretaker|deputy|vice|senior|chief|top|state|federal|special|supreme|foreign|defen[cs]e"
    r"|interior|information|finance|home|law|trade|health|energy|commerce|planning|prime|army|navy|naval|military|police"
    r"|government|security|presidential|intelligence|national|provincial|border|air|force|office|ministry|political"
    r"|regional|council|party|joint|public|relations|media|external|affairs|armed|forces|permanent|high|lead|main|new"
    r"|refugee|refugees|culture|justice|transport|education|assistant|under|first|second|general|delegation|embassy|agency"
)
_TAIL = (
    r"(?:,? (?:of|for) (?:the )?(?:state|staff|army staff|naval staff|air staff|(?:foreign|external|home|interior|internal) affairs"
    r"|defen[cs]e|information(?: and broadcasting)?|interior|finance|planning|commerce|health|energy|trade|refugees"
    r"|the armed forces|general staff)(?: for (?:foreign|external) affairs)?)?"
)
ROLE = rf"(?i:(?:(?:{_QUALIFIERS})[ -])*(?:{_HEADS})(?:\b|(?<=\.)){_TAIL})"
"""An office, with its qualifiers; a pattern without groups."""

CALLING = (
    r"(?i:(?:political |security |military |defen[cs]e |senior |human rights )?(?:analyst|expert|professor|historian|journalist"
    r"|activist"
    r"|researcher|economist|lawyer|resident|trader|farmer|teacher|doctor|villager|shopkeeper|truck driver|columnist|commentator))"
)
"""What somebody is who speaks for nobody; a pattern without groups."""

COURTESY = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Mullah|Mawlawi|Maulvi|Maulana|Molvi|Mufti|Sheikh|Haji|Hafiz|Qari|Engineer)\.?"

OFFICE_WORDS = frozenset(
    """foreign defence defense interior information home finance prime president minister ministry ministers office army navy
    air force forces police military government general secretary council cabinet parliament assembly senate embassy
    ambassador chief border guard guards intelligence security national federal supreme court deputy spokesman spokesperson
    spokeswoman leader commander officials official major colonel brigadier marshal king prince emir premier chancellor state
    authorities department agency commission envoy delegation muslim muslims""".split()  # noqa: SIM905
)

BODY_WORDS = OFFICE_WORDS | frozenset(
    """front movement union league network chamber commerce group agency committee association federation organisation
    organization bank institute centre center foundation society fund watch international nations united press news times post
    tribune herald radio tv television channel company corporation court university hospital house airlines crescent cross
    alliance brigade brigades battalion coalition authority board doctors medics journalists lawyers workers teachers liberation
    democratic people peoples islamic republic kingdom street square amnesty human rights relief aid jihad congress conference
    forum club church mosque city province district region north south east west northern southern eastern western
    media observatory monitor monitoring mission team unit directorate bureau service services""".split()  # noqa: SIM905
)
"""Words of which one in a name makes it a body's and no person's."""

_ORGANS: tuple[tuple[str, str], ...] = (
    (r"(?-i:FO|MoFA|MOFA|MFA)|foreign office|foreign ministry|ministry (?:of|for) foreign affairs"
     r"|foreign affairs ministry|foreign department", "foreign-office"),
    (r"(?-i:MEA)|ministry of external affairs|external affairs ministry", "ministry-of-external-affairs"),
    (r"state department|department of state", "state-department"),
    (r"(?:(?-i:MoD|MOD)|defen[cs]e ministry|ministry of (?:national )?defen[cs]e|department of defen[cs]e|defen[cs]e department)",
     "ministry-of-defence"),
    (r"(?:prime minister's office|office of the prime minister|pm's office)", "prime-ministers-office"),
    (r"(?:president's office|office of the president|presidency|presidential office|presidential palace|arg)", "presidency"),
    (r"(?-i:ISPR)|inter-services public relations", "army-press-office"),
    (r"(?:national )?security council", "security-council"),
    (r"(?:transitional |supreme )?(?:sovereign(?:ty)?|ruling|governing|military|transitional|revolutionary) council",
     "ruling-council"),
    (r"armed forces|security forces|defen[cs]e forces|military|army|troops|air force|navy|border (?:guards?|forces|police)|forces"
     r"|general staff|high command|frontier corps|soldiers", "armed-forces"),
    (r"police(?: force)?", "police"),
    (r"negotiating (?:team|delegation)|negotiation (?:team|delegation)|negotiators|delegation|delegates|representatives?|team"
     r"|envoys|emissaries|mission", "delegation"),
    (r"parliament|national assembly|senate|lower house|legislature", "parliament"),
    (r"cabinet", "cabinet"),
    (r"embassy|consulate|high commission", "embassy"),
    (r"supreme court|high court|judiciary|court", "judiciary"),
    (r"intelligence (?:agency|service|agencies|directorate)|(?:general )?directorate of intelligence|spy agency", "intelligence"),
    (r"governor's office|provincial government|local (?:authorities|government|administration)|district administration",
     "local-authorities"),
    (r"office", "office"),
)  # fmt: skip
ITSELF = r"government|regime|administration|authorities|leadership|rulers|state|side|leaders|junta|establishment"
"""Heads that stand for the party itself."""
MINISTRY = re.compile(
    r"(?i:\bministry (?:of|for) (?:the )?(\w+)(?:(?:,? and|,) \w+(?: \w+)?)*"
    r"|(?<!')\b(?!the\b|this\b|its\b)(\w{2,})(?: and \w+)? (?:ministry|department)\b(?! (?:of|for) )"
    r"|\b(?:department|directorate) (?:of|for) (\w+)(?: and \w+)*)"
)
ORGANS = tuple((re.compile(rf"(?i:\b(?:{pattern})\b)"), slug) for pattern, slug in _ORGANS)
ITSELF_HEAD = re.compile(rf"(?i:\b(?:{ITSELF})\b)")
OFFICIALS = re.compile(
    r"(?i:\b(?:officials?|officers?|functionaries|sources?|insiders?|diplomats?|aides?|lawmakers?|politicians|bureaucrats)\b)"
)
BYSTANDERS = re.compile(
    r"(?i:\b(?:analysts?|experts?|observers?|residents?|witness(?:es)?|eyewitness(?:es)?|locals?|villagers?|traders?|survivors?"
    r"|journalists?|reporters?|critics?|historians?|researchers?|academics?|commentators?|doctors?|medics?|paramedics|nurses?|farmers?|truckers?"
    r"|drivers?|elders?|activists?|rights groups?|relatives|families|people|reports?|media|observers|mediators?)\b)"
)
NEUTRAL = re.compile(
    r"(?i:\b(?:diplomatic|western|european|un|u\.n\.|united nations|nato|international|regional|independent|local"
    r"|eu|european union|african union|red cross|icrc|osce|asean|arab league|oic|iaea"
    r"|foreign(?! (?:ministry|office|minister|secretary|affairs|policy|department))"
    r"|humanitarian|aid|arab|gulf|mediating|mediation|third|several|various)\b)"
)
"""Modifiers that place an unnamed source outside the parties unless it also names one."""


def organ_slug(text: str) -> tuple[str, int, int] | None:
    """Return (slug, start, end) of the first organ in `text`, ministries by their subject, or None."""
    found = [(match.start(), -match.end(), slug) for pattern, slug in ORGANS if (match := pattern.search(text))]
    ministry = MINISTRY.search(text)
    if ministry:
        word = (ministry[1] or ministry[2] or ministry[3]).lower().replace("defense", "defence")
        if not any(start <= ministry.start() and slug != "armed-forces" for start, _, slug in found):
            found.append((ministry.start(), -ministry.end(), f"ministry-of-{word}"))
    if not found:
        return None
    start, end, slug = min(found)
    return slug, start, -end


def role_slug(role: str) -> str:
    """Return an office as one spelling: "Foreign Ministry spokeswoman" and "… spokesman" meet."""
    words = re.sub(rf"(?i:{SPOKES})", "spokesperson", role.lower()).replace("defense", "defence")
    words = re.sub(r"^(?:then|former|ex|acting|interim|caretaker|new)[ -]", "", words)
    return re.sub(r"[^a-z]+", "-", words).strip("-")


def holds_office(role: str) -> bool:
    """Tell whether somebody with this role speaks by virtue of an office now."""
    return bool(role) and not re.match(rf"(?i:former|ex)[ -]|{CALLING}$", role)
