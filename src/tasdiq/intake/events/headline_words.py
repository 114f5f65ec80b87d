"""The words of headlines: tags of agencies, digests, who says so, what was done, who was killed or hurt. Rules: see `headline`."""

from __future__ import annotations

import re

TAG = re.compile(
    r"^\W*(?:(?:(?:FOCUS|UPDATE|WRAPUP|LEAD|URGENT|ALERT|FLASH|BREAKING|EXCLUSIVE|CORRECTED|REFILE|ROUNDUP|SNAPSHOT|XINHUA"
    r"|[1-9](?:st|nd|rd|th) LEAD)(?: ?\d+)?) ?[-–—:] ?)+",
    re.IGNORECASE,
)  # fmt: skip
_SAYER = (
    r"(?:[\w’'-]+ ){0,3}(?:police|officials?|military|army|report|reports|paper|papers|TV|television|website|agency|minister"
    r"|ministry|sources?|spokes\w+|radio|residents|witnesses|says|say|said|reported|APP|data)"
)
TELLER = re.compile(rf"(?:: | - | – |, )(?-i:{_SAYER})\W*$", re.IGNORECASE)
DIGEST = re.compile(
    r"\b(?:round-?up|timeline|chronology|fact ?box|programme summary|summary of|headlines|press review|datasheet|data sheet"
    r"|highlights|diary|key events|major incidents|incidents and statements|developments in|media review|schedule"
    r"|security incidents|news in brief|factsheet|list of)\b",
    re.IGNORECASE,
)

_PERSON = (
    r"(?:soldier|trooper|fighter|militant|civilian|person|wom[ae]n|child(?:ren)?|boy|girl|m[ae]n|terrorist|policem[ae]n"
    r"|officer|official|guard|insurgent|rebel|resident|villager|refugee|pilgrim|worshipper|student|worker|labou?rer|driver"
    r"|passenger|commander|attacker|bomber|gunm[ae]n|servicem[ae]n|leader|activist|journalist|tribesm[ae]n|member|cop|jawan"
    r"|chief|cleric|judge|lawyer|doctor|teacher|trader|spy|elder|engineer|politician|MP|lawmaker|hostage|guerrilla)"
)
_MANY = (
    rf"(?:{_PERSON}s|people|personnel|troops|police|children|women|men|others|dead|lives|cops|rebels|casualties"
    r"|Taliban|Taleban)"
)
_KILL = (
    r"(?:kill(?:ed|ing|s)?|dead|dies?|died|deaths?|slain|shot dead|gunned down|martyr(?:ed|s)?|behead(?:ed|s)?|execut(?:ed|es?)"
    r"|eliminat(?:ed|es?)|murder(?:ed|s)?|assassinat(?:ed|es?)|fatalit(?:y|ies)|los(?:e|t|es) (?:their )?lives|claims?|toll)"
)
_HURT = r"(?:injur(?:ed|es?|ing)|wound(?:ed|s|ing)?|hurts?|maim(?:ed|s))"


_HARM = re.compile(rf"\b(?:(?P<killed>{_KILL})|(?P<injured>{_HURT}))\b", re.IGNORECASE)
_ELSE = re.compile(r"\d+ (?:years?|days?|months?|hours?|posts?|vehicles?|shops?|houses?|schools?|tankers?|trucks?)")
_PEOPLE_AFTER = re.compile(
    rf"[ -](?:[\w’'/&-]+ ){{0,5}}?(?:{_MANY}|{_PERSON}|{_HARM.pattern.replace('?P<killed>', '?:').replace('?P<injured>', '?:')})\b"
    r"|\W*(?:in|at|near|by|,|$)|\W*(?:[A-Z][\w’'-]+)",
    re.IGNORECASE,
)
_PART_OF = re.compile(r" [^;:]{0,60}?\b(?:among|one of|part of) (?:the )?(?:\d|\w+ )")
_INCLUDING = re.compile(
    r"\b(?:including|among them|of them|of whom)\b[^;:]{0,40}$|\bamong .* (?:and|,) $", re.IGNORECASE
)
_BARE = re.compile(
    r" *(?:(?:at least|some|about|around|over|more than|nearly|up to|the lives? of|to|rises to|touches|hits) )*$"
)


def harm_of(words: str, start: int, end: int) -> str | None:
    """Return which harm the number at `start`–`end` counts: right before it, else next behind it in its clause, else before."""
    if not _PEOPLE_AFTER.match(words, end) or _ELSE.match(words, start) or _PART_OF.match(words, end):
        return None
    if _INCLUDING.search(words[:start]):
        return None
    before = [m for m in _HARM.finditer(words) if m.end() <= start and ";" not in words[m.end() : start]]
    after = [m for m in _HARM.finditer(words) if m.start() >= end and ";" not in words[end : m.start()]]
    if before and _BARE.fullmatch(words[before[-1].end() : start]):
        return before[-1].lastgroup
    if after and not re.search(r" (?:in|at|as|after|from|near) .*[,:]", words[end : after[0].start()]):
        return after[0].lastgroup
    return before[-1].lastgroup if before else None


def _single(harm: str) -> re.Pattern[str]:
    passive = (
        rf"(?<!\w )(?:^|\b(?:a|an|the|top|senior|[A-Z][\w’'-]+) )(?:[\w’'-]+ ){{0,3}}"
        rf"{_PERSON} (?:is |was |reportedly |among )*{harm}\b"
    )
    active = rf"\b{harm} (?:an? |the |top |senior )?(?:[\w’'-]+ ){{0,2}}{_PERSON}\b(?!s)"
    return re.compile(rf"{passive}|{active}", re.IGNORECASE)


ONE_KILLED, ONE_HURT = _single(_KILL), _single(_HURT)

_KINDS: tuple[tuple[str, str], ...] = (
    ("explosive/suicide", r"suicide (?:\w+ )?(?:attacks?|bomb\w*|blasts?|bomber)|blows? (?:him|her|them)sel\w+ up"),
    ("air/drone", r"drones?|predator|US (?:missile\w*|strikes?)|missile (?:strikes?|attacks?)"),
    ("air/strike", r"air[ -]?strikes?|air raids?|jets?|helicopters?|gunships?|aerial|warplanes?|bombardment|planes?|air force"),
    ("indirect-fire/shelling", r"shell(?:s|ing|ed)?|mortars?|artillery|rockets?|cross-border fir\w+|barrage"),
    ("explosive/bomb", r"bomb\w*|blasts?|explo\w+|IEDs?|land ?mines?|detonat\w+|grenades?|car-bomb|roadside"),
    ("direct-fire/clash", r"clash\w*|gun ?battles?|skirmish\w*|fight(?:s|ing)?|fire ?fights?|trade fire"
     r"|exchang\w+ (?:of )?(?:\w+ )*fire|encounter|shoot-?out|battles?|feud\w*|infighting"),
    ("direct-fire/operation", r"operations?|offensive|crackdown|raids?|sweep"),
    ("direct-fire/ambush", r"ambush\w*"),
    ("direct-fire/fire", r"fir(?:es?|ed|ing)|gunm[ae]n|gunfire|shoot\w*|shot|gunned|open(?:s|ed)? fire|snip\w+"),
    ("direct-fire/attack", r"attack\w*|assault\w*|storm(?:s|ed)|strikes?|hits?|target(?:s|ed)|violence"),
    ("abduction", r"abduct\w*|kidnap\w*|hostages?"),
    ("armed", r"kill\w*|dead|die[sd]?|slain|murder\w*|assassinat\w*|behead\w*|execut\w*"),
)  # fmt: skip
_KIND = [(kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS]


def kind_of(words: str) -> str:
    """Return the type of the event a headline tells, by its most telling word; empty where nothing is told as done."""
    return next((kind for kind, pattern in _KIND if pattern.search(words)), "")
