"""Who is called what by whom, and on what documents differ, as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from tasdiq.model.source import Actor

from .view import Plain, View


def disagreements(view: View) -> list[Plain]:
    """List the points on which documents give different values, each value with its passages."""
    return [
        {
            "id": item.id,
            "subject": item.subject,
            "aspect": item.aspect,
            "values": [{"value": v, "passages": [view.passage(p) for p in ps]} for v, ps in item.values],
            "method": item.method,
            **view.standing(item.id),
        }
        for item in sorted(view.state.disagreements.values(), key=lambda d: (d.aspect, d.id))
    ]


def actors(view: View) -> list[Plain]:
    """List the actors with every designation and who uses it; charter and groups included."""
    return [_actor(view, actor) for actor in sorted(_all_actors(view), key=lambda a: (a.kind, a.id))]


def _all_actors(view: View) -> Iterable[Actor]:
    yield from view.state.actors.values()
    known = {
        word for actor in view.state.actors.values() for word in (actor.id, actor.id.rpartition("/")[2], actor.name)
    }
    for group in view.state.charter.groups:
        if not known.intersection((group.id, group.name)):
            yield Actor(id=group.id, name=group.name, kind="organisation" if group.kind == "organ" else "armed-group",
                        party=group.party, designations=group.designations)  # fmt: skip


def _actor(view: View, actor: Actor) -> Plain:
    spoken = sum(s.speaker == actor.id and not s.narrated for s in view.state.statements.values())
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "party": actor.party,
        "role": actor.role,
        "member_of": actor.member_of,
        "statements": spoken,
        "designations": [
            {
                "text": d.text,
                "used_by": list(d.used_by),
                "used_by_names": [view.names.actor(user) for user in d.used_by],
                "passages": [view.passage(p) for p in d.passages[:8]],
            }
            for d in actor.designations
        ],
        "method": actor.method,
        **view.standing(actor.id),
    }
