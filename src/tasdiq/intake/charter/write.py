"""Write a charter as `charter.toml`, to be shown to a person, edited and read again.

What is at its default is left out. `read(write(charter))` is the charter again, except for `proposed` and `proposed_from`,
which stand in the comment at the top, since a charter that a person has looked through is no longer a proposal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tasdiq.model.agreement import Agreement, Commitment
from tasdiq.model.charter import Charter, Group, Member, Procedure, PublicationRules, ScheduledSession
from tasdiq.model.place import Crossing, PlaceName
from tasdiq.model.source import Designation

Pair = tuple[str, object]
BLANK = Charter(title="", form="desk")


def charter_toml(charter: Charter) -> str:
    """Return the text of a `charter.toml` that says the same."""
    lines = [*_comment(charter), *_pairs(_top(charter))]
    members = [("party", charter.parties), ("mediator", charter.mediators), ("observer", charter.observers)]
    for table, group in members:
        lines += _tables(table, (_member(member) for member in group))
    if charter.protection_body:
        lines += ["", "[protection_body]", *_pairs(_member(charter.protection_body))]
    lines += _tables("group", map(_group, charter.groups))
    lines += _tables("agreement", map(_agreement, charter.agreements))
    for commitment in charter.commitments:
        lines += _tables("commitment", iter([_commitment(commitment)]))
        lines += _tables(
            "commitment.reading",
            ([("party", r.party), ("text", r.text), ("counting", r.counting)] for r in commitment.readings),
        )
    lines += _tables("session", map(_session, charter.sessions))
    lines += _tables("crossing", map(_crossing, charter.crossings))
    for name, pairs in (
        ("taxonomies", list(charter.taxonomies)),
        ("procedure", _changed(charter.procedure, Procedure())),
        ("publication", _changed(charter.publication, PublicationRules())),
    ):
        lines += ["", f"[{name}]", *_pairs(pairs)] if pairs else []
    return "\n".join(lines).lstrip("\n") + "\n"


def _comment(charter: Charter) -> list[str]:
    if not charter.proposed:
        return []
    sources = "".join(f"\n#   {_plain(source)}" for source in charter.proposed_from)
    return [
        f"# Proposed by machine; nobody has confirmed it. Correct what is wrong, then use it with --charter.{sources}",
        "",
    ]


def _plain(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _top(charter: Charter) -> Iterator[Pair]:
    yield "title", charter.title
    yield "form", charter.form
    for name in ("compiler", "boundary", "boundary_note", "time_zones"):
        if getattr(charter, name) != getattr(BLANK, name):
            yield name, getattr(charter, name)


def _member(member: Member) -> list[Pair]:
    return [
        ("id", member.id),
        ("name", member.name),
        ("country", member.country),
        ("designations", member.designations),
        ("key", member.key),
        ("next", member.next),
        ("languages", member.languages),
    ]


def _group(group: Group) -> list[Pair]:
    return [
        ("id", group.id),
        ("name", group.name),
        ("kind", group.kind),
        ("party", group.party),
        ("designations", group.designations),
    ]


def _agreement(agreement: Agreement) -> list[Pair]:
    names = ("id", "title", "form", "date", "place", "parties", "said_by", "text", "consequence", "until")
    return [(name, getattr(agreement, name)) for name in names]


def _commitment(commitment: Commitment) -> list[Pair]:
    names = ("id", "agreement", "bearer", "text", "kind", "where", "start", "until", "exemptions", "acknowledged_by")
    told = commitment.quantity
    number = [("quantity", told.value), ("unit", told.unit), ("per", told.per), ("sense", told.sense)] if told else []
    return [*(("from" if name == "start" else name, getattr(commitment, name)) for name in names), *number]


def _session(session: ScheduledSession) -> list[Pair]:
    return [
        ("id", session.id),
        ("place", session.place),
        ("from", session.start),
        ("until", session.end),
        ("mediators", session.mediators),
        ("held", None if session.held else False),
        ("outcomes", dict(session.outcomes)),
    ]


def _crossing(crossing: Crossing) -> list[Pair]:
    return [
        ("id", crossing.id),
        ("name", crossing.name),
        ("ends", crossing.ends),
        ("countries", crossing.countries),
        ("names", crossing.names),
        ("lat", _degrees(crossing.lat_e7)),
        ("lon", _degrees(crossing.lon_e7)),
    ]


def _degrees(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-7)


def _changed(value: Procedure | PublicationRules, default: Procedure | PublicationRules) -> list[Pair]:
    names = value.__struct_fields__
    return [(name, getattr(value, name)) for name in names if getattr(value, name) != getattr(default, name)]


def _tables(name: str, tables: Iterator[list[Pair]]) -> list[str]:
    return [line for pairs in tables for line in ("", f"[[{name}]]", *_pairs(pairs))]


def _pairs(pairs: Iterator[Pair] | Sequence[Pair]) -> Iterator[str]:
    for name, value in pairs:
        if isinstance(value, bool | int | Decimal) or value:
            yield f"{_name(name)} = {_value(value)}"


def _name(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _value(name)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case dict():
            return "{ " + ", ".join(f"{_name(name)} = {_value(item)}" for name, item in value.items()) + " }"
        case tuple() | list():
            return _list(value)
        case Designation():
            users = f", used_by = [{', '.join(map(_value, value.used_by))}]" if value.used_by else ""
            return f"{{ text = {_value(value.text)}{users} }}" if users else _value(value.text)
        case PlaceName():
            return _value(Designation(text=value.text, used_by=(value.used_by,) if value.used_by else ()))
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Sequence[object]) -> str:
    items = [_value(value) for value in values]
    short = "[" + ", ".join(items) + "]"
    return short if len(short) <= 100 else "[\n" + "".join(f"  {item},\n" for item in items) + "]"
