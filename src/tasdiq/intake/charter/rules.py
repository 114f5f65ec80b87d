"""What a charter may not say: its contradictions.

1. There are at least two parties. Ids are used once: among members and groups, and within each other table.
2. A name or designation stands for one actor only, so no party is there twice, under whatever name; a country likewise.
3. A mediator or observer is not a party.
4. What is referred to exists: `used_by`, parties, bearers, mediators, agreements. A bearer is a member.
5. Nothing ends before it begins.
6. A quorum is no larger than the number of those it counts; a decision that needs a mediator needs one in the charter; the
   default standard of proof is one of the standards.
7. A desk record names no keys: its parties are described and never signed for.
8. Time zones are names of the IANA database; countries of a crossing are ISO alpha-3 codes.
"""

from __future__ import annotations

import difflib
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from tasdiq.intake.gazetteer import load_world, name_key
from tasdiq.model.charter import Group, Member, Procedure

from .draft import Draft, Placed
from .positions import Path
from .problems import Problems


def check_rules(draft: Draft, problems: Problems) -> None:
    """Note every contradiction in a draft."""
    if len(draft.parties) < 2 and not problems.found:
        found = draft.parties[0].value.name if draft.parties else "none"
        problems.add(
            ("party",), f'expected at least two parties, found {found}; write [[party]] and name = "…" for each'
        )
    _check_ids(draft, problems)
    _check_names(draft, problems)
    _check_roles(draft, problems)
    _check_references(draft, problems)
    _check_times(draft, problems)
    _check_procedure(draft, problems)
    _check_rest(draft, problems)


def _check_ids(draft: Draft, problems: Problems) -> None:
    tables: tuple[Iterable[Placed[Any]], ...] = (
        chain(draft.members, draft.groups), draft.agreements, draft.commitments, draft.sessions, draft.crossings,
    )  # fmt: skip
    for table in tables:
        seen: dict[str, Path] = {}
        for item in table:
            first = seen.setdefault(item.value.id, item.path)
            if first != item.path:
                reason = f"the id {item.value.id!r} is used in line {problems.line((*first, 'id'))} already; give each its own id"
                problems.add((*item.path, "id"), reason)


def _names(placed: Placed[Member] | Placed[Group]) -> Iterator[tuple[Path, str]]:
    yield (*placed.path, "name"), placed.value.name
    for number, designation in enumerate(placed.value.designations):
        yield (*placed.path, "designations", number), designation.text


def _check_names(draft: Draft, problems: Problems) -> None:
    seen: dict[str, tuple[Path, str, str]] = {}
    for placed in chain[Placed[Member] | Placed[Group]](draft.members, draft.groups):
        own: set[str] = set()
        for path, name in _names(placed):
            key = name_key(name) or name
            first, table, other = seen.setdefault(key, (path, str(placed.path), placed.value.name))
            if table != str(placed.path):
                problems.add(path, _twice(name, other, problems.line(first), _kind(placed), _kind_at(first)))
            elif name in own and path[-1] != "name" and placed.value.name != name:
                problems.add(
                    path, f"the name {name!r} stands here twice; write it once and list all its users in used_by"
                )
            own.add(name)


def _kind(placed: Placed[Member] | Placed[Group]) -> str:
    return str(placed.path[0])


def _kind_at(path: Path) -> str:
    return str(path[0])


def _twice(name: str, other: str, line: int, kind: str, first: str) -> str:
    if kind == first == "party":
        where = f"the party {other!r} (line {line}) is named twice, here as {name!r}"
        return f"{where}; keep one [[party]], and put its other names into designations"
    if "party" in (kind, first) and {"mediator", "observer"} & {kind, first}:
        return f"{name!r} is a party and a {kind if first == 'party' else first} (line {line}); a party cannot be both: remove one"
    return (
        f"{name!r} already stands for {other!r} (line {line}); a name stands for one actor: remove it from one of them"
    )


def _check_roles(draft: Draft, problems: Problems) -> None:
    seen: dict[str, Placed[Member]] = {}
    for placed in draft.members:
        if placed.value.country is None:
            continue
        first = seen.setdefault(placed.value.country, placed)
        if (
            first is not placed
            and name_key(first.value.name) != name_key(placed.value.name)
            and _kind(first) == "party"
        ):
            line, code = problems.line(first.path), placed.value.country
            problems.add(
                (*placed.path, "country"),
                f"the country {code} is a party in line {line} already; remove one of the two",
            )


def _check_references(draft: Draft, problems: Problems) -> None:
    members, actors = _ids(draft.members), _ids(draft.members) | _ids(draft.groups)
    parties, mediators = _ids(draft.parties), _ids(draft.mediators)
    refer = _Refer(problems, draft.broken)
    for named in chain[Placed[Member] | Placed[Group]](draft.members, draft.groups):
        for number, designation in enumerate(named.value.designations):
            refer.each(
                (*named.path, "designations", number), designation.used_by, actors, "member or group", paths=True
            )
    for group in draft.groups:
        refer.each((*group.path, "party"), filter(None, [group.value.party]), parties, "party")
    for agreement in draft.agreements:
        refer.each((*agreement.path, "parties"), agreement.value.parties, members, "member")
        refer.each((*agreement.path, "said_by"), agreement.value.said_by, actors, "member or group", paths=True)
    for commitment in draft.commitments:
        refer.each((*commitment.path, "agreement"), [commitment.value.agreement], _ids(draft.agreements), "agreement")
        refer.each((*commitment.path, "bearer"), [commitment.value.bearer], members, "member")
        refer.each((*commitment.path, "acknowledged_by"), commitment.value.acknowledged_by, parties, "party")
        for number, reading in enumerate(commitment.value.readings):
            refer.each((*commitment.path, "reading", number, "party"), [reading.party], parties, "party")
    for session in draft.sessions:
        refer.each((*session.path, "mediators"), session.value.mediators, mediators, "mediator")
        refer.each((*session.path, "outcomes"), (who for who, _ in session.value.outcomes), members, "member")


def _ids(placed: Iterable[Placed[Any]]) -> set[str]:
    return {item.value.id for item in placed}


class _Refer:
    """Checks that what is referred to exists; `paths` lets actors through whom the charter does not name."""

    def __init__(self, problems: Problems, broken: set[str]) -> None:
        self.problems, self.broken = problems, broken

    def each(self, path: Path, idents: Iterable[str], known: set[str], what: str, *, paths: bool = False) -> None:
        for ident in idents:
            if ident in known | self.broken or (paths and _is_elsewhere(ident)):
                continue
            near = difflib.get_close_matches(ident.lower(), sorted(known), n=1)
            hint = (
                f"did you mean {near[0]!r}?"
                if near
                else f"expected the id of a {what}: {', '.join(sorted(known)) or 'none is in the charter'}"
            )
            self.problems.add(path, f"no {what} has the id {ident!r}; {hint}")


def _is_elsewhere(ident: str) -> bool:
    """Tell whether an id is of somebody outside the charter: a path, a file or outlet by its name, a state's code."""
    return bool(re.search(r"[/.\s]", ident)) or load_world().country(ident.upper()) is not None


def _check_times(draft: Draft, problems: Problems) -> None:
    spans = chain(
        ((item.path, item.value.date, item.value.until) for item in draft.agreements),
        ((item.path, item.value.start, item.value.until) for item in draft.commitments),
        ((item.path, item.value.start, item.value.end) for item in draft.sessions),
    )
    for path, start, end in spans:
        shared = min(len(start), len(end))
        if start and end and end[:shared] < start[:shared]:
            problems.add((*path, "until"), f"ends {end}, before it begins ({start}); exchange or correct the two dates")


def _check_procedure(draft: Draft, problems: Problems) -> None:
    rules, path = draft.procedure, ("procedure",)
    members = len(draft.parties) + len(draft.mediators) + len(draft.observers)
    for name in ("quorum", "cosigners_quorum", "redaction_signers"):
        quorum = getattr(rules, name)
        if members < quorum != getattr(Procedure(), name):
            reason = f"expected at most {members}, the number of parties, mediators and observers, found {quorum}"
            problems.add((*path, name), reason)
    if rules.decision != "consensus" and not draft.mediators:
        problems.add(
            (*path, "decision"), f'{rules.decision!r} needs a mediator; add a [[mediator]], or write "consensus"'
        )
    if rules.default_standard not in rules.standards:
        choices = ", ".join(map(repr, rules.standards))
        where = "default_standard" if (*path, "default_standard") in problems.lines else "standards"
        problems.add(
            (*path, where), f"default_standard is {rules.default_standard!r}; expected one of standards: {choices}"
        )


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _check_rest(draft: Draft, problems: Problems) -> None:
    for member in draft.members:
        for name in ("key", "next"):
            if getattr(member.value, name) and draft.form == "desk":
                problems.add((*member.path, name), 'a desk record names no keys; remove this, or write form = "joint"')
    for number, zone in enumerate(draft.plain.get("time_zones", ())):
        if zone not in _zones():
            near = difflib.get_close_matches(zone, _zones(), n=1)
            hint = f"did you mean {near[0]!r}?" if near else 'expected a name such as "Europe/Zurich"'
            problems.add(("time_zones", number), f"no time zone is called {zone!r}; {hint}")
    for crossing in draft.crossings:
        for number, code in enumerate(crossing.value.countries):
            if not re.fullmatch("[A-Z]{3}", code):
                reason = f'expected an ISO 3166-1 alpha-3 code in capitals, such as "CHE", found {code!r}'
                problems.add((*crossing.path, "countries", number), reason)
