"""Put tied tellings together and write each group down as one origin (rules and bounds: the package's docstring)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tasdiq.model.proposition import Difference, Origin
from tasdiq.model.reuse import Copy
from tasdiq.model.state import State
from tasdiq.model.when import When

from ..reuse import differences, weigh
from .channels import Channel, count_channels, credited
from .continuing import settle
from .copies import copies_of
from .days import compatible
from .joining import join, spanning
from .judged import judge, origin_id
from .labels import label_origin
from .passages import read_passages
from .shared import shared_passages
from .tellings import Telling, place_of, spoken, tellings_of
from .ties import LARGE, Ground, Tie, find_more, find_ties
from .voices import is_unnamed, is_whole

METHOD = "corroboration.independence/2"
MOST_DIFFERENCES = 40
MOST_REASONS = 20


@dataclass(frozen=True)
class Traced:
    """What a state's statements come to: their origins, and the copies that were found on the way."""

    origins: list[Origin]
    copies: list[Copy]


def trace(state: State) -> list[Origin]:
    """Return the origins of all spoken statements, singletons too, in order of their first statement."""
    return trace_all(state).origins


def trace_all(state: State) -> Traced:
    """Return the origins of all spoken statements, and the copies between documents that they rest on."""
    found = _tellings(state)
    judged = judge(state, found)
    ground = Ground(state, found, weigh([wording for telling in found for wording in telling.wordings]), judged)
    ties = find_ties(ground)
    groups = _gather(state, found, join(state, found, ties, judged))
    home = {number: group[0] for group in groups for number in group}
    inside: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        if home[tie.one] == home[tie.other]:
            inside[home[tie.one]].append(tie)
    order = {document: number for number, document in enumerate(state.documents)}
    origins = [_origin(state, order, [found[n] for n in group], inside[group[0]]) for group in groups]
    kept = [tie for group in groups for tie in (spanning(inside[group[0]]) if len(group) > LARGE else inside[group[0]])]
    copies = [*copies_of(state, found, [*kept, *find_more(ground, groups, kept)])]
    return Traced(origins, [*copies, *shared_passages(state, copies)])


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


def _origin(state: State, order: Mapping[str, int], group: list[Telling], ties: list[Tie]) -> Origin:
    statements = sorted(
        (one for telling in group for one in telling.statements),
        key=lambda one: (order.get(one.document, len(order)), place_of(one), one.id),
    )
    speaker = _speaker(state, group)
    channels = [channel for telling in group for channel in telling.channels]
    when = _when(group)
    return Origin(
        id=origin_id(state, statements[0].id),
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
        why=_why(group, ties),
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
    documents = len({credited(telling.statements[0]) for telling in group}) if unnamed else 1
    return max(count_channels(channels), documents, 1 + sum(not tie.sure for tie in ties))


def _why(group: list[Telling], ties: list[Tie]) -> tuple[str, ...]:
    """Return the reasons, each once; of very many ties the first that say something else."""
    reasons = list(dict.fromkeys(tie.why for tie in ties))[:MOST_REASONS]
    return tuple(dict.fromkeys([*reasons, *(note for one in group for note in one.notes)]))


def _differences(ties: list[Tie]) -> list[Difference]:
    """Return the differences word by word between reused passages, each once."""
    found: list[Difference] = []
    for match in (match for tie in ties for match in tie.matches):
        if len(found) < MOST_DIFFERENCES:
            found += differences(match.one, match.other)
    return list(dict.fromkeys(found))[:MOST_DIFFERENCES]
