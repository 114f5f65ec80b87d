"""Put tied tellings together and write each group down as one origin (rules and bounds: the package's docstring)."""

from __future__ import annotations

from collections import defaultdict

from tasdiq.model.proposition import Difference, Origin
from tasdiq.model.state import State
from tasdiq.model.when import When

from ..reuse import Wording, differences, weigh
from .channels import Channel, count_channels
from .continuing import settle
from .days import compatible, within_a_week
from .labels import label_origin
from .passages import read_passages
from .tellings import Telling, place_of, spoken, tellings_of
from .ties import Tie, find_ties
from .voices import is_unnamed, is_whole, relate

METHOD = "corroboration.independence/1"
MOST_DIFFERENCES = 40


def trace(state: State) -> list[Origin]:
    """Return the origins of all spoken statements, singletons too, in order of their first statement."""
    found = _tellings(state)
    ties = find_ties(state, found, weigh([wording for telling in found for wording in telling.wordings]))
    groups = _gather(state, found, _groups(state, found, ties))
    home = {number: group[0] for group in groups for number in group}
    inside: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        if home[tie.one] == home[tie.other]:
            inside[home[tie.one]].append(tie)
    return [_origin(state, [found[n] for n in group], inside[group[0]]) for group in groups]


def _tellings(state: State) -> list[Telling]:
    """Return the tellings of all documents, settled and with their passages read."""
    found: list[Telling] = []
    for ident, statements in spoken(state).items():
        document = state.documents.get(ident)
        own = tellings_of(state, document, statements)
        own = settle(state, document, own) if document else own
        read_passages(state, own)
        found += own
    return found


def _groups(state: State, found: list[Telling], ties: list[Tie]) -> list[list[int]]:
    """Join tied tellings, surest ties first; never two that cannot be one voice or one day, whatever stands between them."""
    group = {number: [number] for number in range(len(found))}
    for tie in sorted(ties, key=lambda tie: (not tie.sure, -len(tie.matches), tie.one, tie.other)):
        one, other = group[tie.one], group[tie.other]
        if one is not other and all(_one_voice(state, found[a], found[b]) for a in one for b in other):
            joined = sorted(one + other)
            group |= dict.fromkeys(joined, joined)
    return [members for number, members in sorted(group.items()) if members[0] == number]


def _one_voice(state: State, one: Telling, other: Telling) -> bool:
    relation = relate(state, one.speaker, other.speaker)
    apart = relation == "none" or (relation == "unnamed" and one.document == other.document)
    dated = compatible(one.days, other.days) or (relation == "same" and within_a_week(one.days, other.days))
    return not apart and dated


def _gather(state: State, found: list[Telling], groups: list[list[int]]) -> list[list[int]]:
    """Put what one document gives in a whole party's name, and nothing tied elsewhere, together as one origin."""
    home: dict[tuple[str, str | None], list[int]] = {}
    gathered: list[list[int]] = []
    for group in groups:
        first = found[group[0]]
        key = (first.document, first.speaker)
        alone = len(group) == 1 and is_whole(state.actors.get(first.speaker or ""))
        if alone and key in home and all(compatible(found[n].days, first.days) for n in home[key]):
            home[key] += group
            continue
        gathered.append(group)
        if alone:
            home[key] = group
    return gathered


def _origin(state: State, group: list[Telling], ties: list[Tie]) -> Origin:
    order = {document: number for number, document in enumerate(state.documents)}
    statements = sorted(
        (one for telling in group for one in telling.statements),
        key=lambda one: (order.get(one.document, len(order)), place_of(one), one.id),
    )
    speaker = _speaker(state, group)
    channels = [channel for telling in group for channel in telling.channels]
    when = _when(group)
    return Origin(
        id=f"o-{statements[0].id}",
        label=label_origin(state, speaker, channels, when),
        statements=tuple(one.id for one in statements),
        documents=tuple(dict.fromkeys(one.document for one in statements)),
        speaker=speaker,
        party=next((one.party for one in group[0].statements if one.speaker == group[0].speaker), None),
        when=when,
        channels=tuple(dict.fromkeys(channel.words for channel in channels)),
        differences=tuple(_differences(ties)),
        lowest=1,
        highest=_highest(state, group, channels, ties),
        why=tuple(dict.fromkeys([*(tie.why for tie in ties), *(n for one in group for n in one.notes)])),
        method=METHOD,
    )


def _speaker(state: State, group: list[Telling]) -> str | None:
    """Name the most exact speaker: a person or organ before a party as a whole, anybody before somebody unnamed."""

    def rank(telling: Telling) -> tuple[bool, bool, bool]:
        actor = state.actors.get(telling.speaker or "")
        return telling.speaker is None, is_whole(actor), is_unnamed(actor)

    return min(group, key=rank).speaker


def _when(group: list[Telling]) -> When | None:
    """Return the date a statement of the group gives, the most exact first."""
    dated = [one.when for telling in group for one in telling.statements if one.inside is None and one.when is not None]
    order = ("minute", "hour", "day", "week", "month", "season", "year", "unknown")
    return min(dated, key=lambda when: (when.approximate, order.index(when.precision)), default=None)


def _highest(state: State, group: list[Telling], channels: list[Channel], ties: list[Tie]) -> int:
    unnamed = is_unnamed(state.actors.get(_speaker(state, group) or ""))
    documents = len({telling.document for telling in group}) if unnamed else 1
    return max(count_channels(channels), documents, 1 + sum(not tie.sure for tie in ties))


def _differences(ties: list[Tie]) -> list[Difference]:
    """Return the differences word by word between reused passages, each once."""
    pairs: dict[tuple[Wording, Wording], None] = {}
    for tie in ties:
        pairs |= {(match.one, match.other): None for match in tie.matches}
    found = [difference for one, other in pairs for difference in differences(one, other)]
    return list(dict.fromkeys(found))[:MOST_DIFFERENCES]
