"""What was agreed, as plain data: agreements, commitments with readings, counts, ratings and conduct, and opened minutes.

1. An agreement that a member told of is shown with its teller and each party's own word; it is *claimed* until all acknowledge it.
2. Counts stand by teller and by way of counting, each with the parties that read it so; no result is picked between them.
3. Of minutes, only lines that every delegation agreed and opened are here (M8).
"""

from __future__ import annotations

import re

from tasdiq.model.agreement import RegisteredAgreement, RegisteredCommitment, Word, latest
from tasdiq.model.meeting import Meeting
from tasdiq.model.progress import Count, Progress

from . import times
from .view import Plain, View

NOT_VERIFIED = "not yet verified"
_RULE = re.compile(r" \([A-Z]\d+\)")
"""The number of a rule of conduct, as its reason cites it: docs name the rules, pages their reasons."""
LEVELS = ("not initiated", "minimum implementation", "intermediate implementation", "full implementation")
COUNTINGS = {"average": "as an average", "each": "for each {per}", "total": "in total"}


def agreements(view: View) -> list[Plain]:
    """List the agreements of the register with form, consequence, who says so, and each party's word."""
    return [_agreement(view, held) for held in view.state.talks.agreements.values()]


def _agreement(view: View, held: RegisteredAgreement) -> Plain:
    item = held.agreement
    told = [held.recorded_by] if held.recorded_by and not held.in_charter else []
    return {
        "id": item.id,
        "title": item.title,
        "form": held.form,
        "form_told": item.form,
        "date": item.date,
        "date_words": times.day(item.date) if item.date else "",
        "until": item.until,
        "until_words": times.day(item.until) if item.until else "",
        "place": item.place,
        "parties": list(item.parties),
        "said_by": [{"id": who, "name": view.names.actor(who)} for who in dict.fromkeys([*told, *item.said_by])],
        "in_charter": held.in_charter,
        "recorded_by": held.recorded_by,
        "words": _words(view, held.words, item.parties if not held.in_charter else ()),
        "text": item.text,
        "consequence": item.consequence or "none agreed",
        "commitments": [c.id for c in view.state.talks.commitments.values() if c.commitment.agreement == item.id],
        "provenance": view.entry(item.id),
    }


def _words(view: View, words: tuple[Word, ...], parties: tuple[str, ...]) -> list[Plain]:
    """List each party's latest word; a party that has said nothing is listed with none."""
    said = latest(words)
    return [
        {
            "party": party,
            "name": view.names.actor(party),
            "answer": said[party].answer if party in said else "",
            "text": said[party].text if party in said else "",
            "at": said[party].at if party in said else "",
            "entry": said[party].entry if party in said else "",
        }
        for party in dict.fromkeys([*parties, *said])
    ]


def commitments(view: View) -> list[Plain]:
    """List the commitments of the register with readings, counts, ratings, and the conduct they come to."""
    return [_commitment(view, held) for held in view.state.talks.commitments.values()]


def _commitment(view: View, held: RegisteredCommitment) -> Plain:
    item, conduct = held.commitment, view.state.conduct.get(held.id)
    return {
        "id": item.id,
        "agreement": item.agreement,
        "bearer": item.bearer,
        "bearer_name": view.names.actor(item.bearer),
        "text": item.text,
        "kind": item.kind,
        "where": item.where,
        "start": item.start,
        "until": item.until,
        "start_words": times.day(item.start) if item.start else "",
        "until_words": times.day(item.until) if item.until else "",
        "exemptions": list(item.exemptions),
        "readings": [
            {"party": r.party, "name": view.names.actor(r.party), "text": r.text, "counting": r.counting}
            for r in item.readings
        ],
        "acknowledged_by": [{"id": who, "name": view.names.actor(who)} for who in item.acknowledged_by],
        "in_charter": held.in_charter,
        "recorded_by": held.recorded_by,
        "recorded_by_name": view.names.actor(held.recorded_by),
        "words": _words(view, held.words, ()),
        "conduct": conduct.status if conduct else NOT_VERIFIED,
        "conduct_why": _RULE.sub("", conduct.why) if conduct else "No finding concerns it.",
        "findings": list(conduct.findings) if conduct else [],
        "allegations": list(conduct.allegations) if conduct else [],
        **_progress(view, held, view.state.progress.get(held.id)),
    }


def _progress(view: View, held: RegisteredCommitment, found: Progress | None) -> Plain:
    """Return the quantity, its counts by teller and way of counting, and the members' ratings."""
    quantity = held.commitment.quantity
    found = found or Progress(commitment=held.id)
    return {
        "quantity": {
            "value": quantity.value,
            "unit": quantity.unit,
            "per": quantity.per,
            "sense": quantity.sense,
            "words": f"{quantity.sense} {quantity.value} {quantity.unit} "
            + ("in total" if quantity.per == "total" else f"a {quantity.per}"),
        }
        if quantity
        else None,
        "counted_from": found.start,
        "counted_to": found.end,
        "counted_words": f"{times.day(found.start)} to {times.day(found.end)}" if found.start else "",
        "counts": [_count(view, found, count, quantity.per if quantity else "") for count in found.counts],
        "reading": found.reading,
        "disputed": found.disputed,
        "ratings": [
            {
                "member": r.member,
                "name": view.names.actor(r.member),
                "level": r.level,
                "level_words": LEVELS[r.level],
                "text": r.text,
                "at": r.at,
                "entry": r.entry,
            }
            for r in found.ratings
        ],
    }


def _count(view: View, found: Progress, count: Count, per: str) -> Plain:
    read_so = [party for party, counting in found.readings if counting == count.counting]
    return {
        "teller": count.teller,
        "teller_name": view.names.actor(count.teller),
        "counting": count.counting,
        "counting_words": COUNTINGS[count.counting].format(per=per),
        "read_so_by": read_so,
        "read_so_names": [view.names.actor(party) for party in read_so],
        "result": count.result,
        "why": count.why,
        "total": count.total,
        "asked": count.asked,
        "periods": count.periods,
        "days": count.days,
        "known": count.known,
        "misses": list(count.misses),
    }


def minutes(view: View) -> list[Plain]:
    """List the sessions whose agreed lines were opened, with those lines and who agreed each when."""
    found = sorted(view.state.talks.meetings.values(), key=lambda item: (item.start, item.id))
    return [_meeting(view, meeting) for meeting in found if meeting.opened_at]


def _meeting(view: View, meeting: Meeting) -> Plain:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "place": meeting.place,
        "round": meeting.round,
        "start": meeting.start,
        "start_words": times.moment(meeting.start, view.zones),
        "parties": [{"id": who, "name": view.names.actor(who)} for who in meeting.parties],
        "mediators": [{"id": who, "name": view.names.actor(who)} for who in meeting.mediators],
        "languages": list(meeting.languages),
        "authentic": meeting.authentic,
        "opened_at": meeting.opened_at,
        "lines": [
            {
                "id": line.id,
                "number": line.number,
                "text": line.text,
                "language": meeting.authentic,
                "sha256": line.sha256,
                "translations": [{"language": t.language, "text": t.text} for t in line.translations],
                "agreed": [
                    {"party": a.party, "name": view.names.actor(a.party), "at": a.at, "entry": a.entry}
                    for a in line.answers
                ],
                "entry": line.entry,
            }
            for line in meeting.lines
        ],
        **view.standing(meeting.id),
    }


def claimed(view: View) -> list[Plain]:
    """List the measures of engagement that members claim, by kind and date, with each party's own word."""
    parties = tuple(party.id for party in view.state.charter.parties)
    found = sorted(view.state.talks.measures.values(), key=lambda item: (item.kind, item.start, item.id))
    return [
        {
            "id": item.id,
            "kind": item.kind,
            "by": item.by,
            "by_name": view.names.actor(item.by) or item.by,
            "text": item.text,
            "start": item.start,
            "end": item.end,
            "when_words": " to ".join(times.day(at) for at in (item.start, item.end) if at),
            "source": item.source,
            "claimed_by": item.claimed_by,
            "claimed_by_name": view.names.actor(item.claimed_by),
            "at": item.at,
            "words": _words(view, item.words, tuple(party for party in parties if party != item.claimed_by)),
            **view.standing(item.id),
        }
        for item in found
    ]


def upcoming(view: View) -> list[Plain]:
    """List what is due next of the public commitments and sessions, the earliest first."""
    return [
        {
            "what": item.what,
            "item": item.item,
            "owed_by": item.owed_by,
            "owed_by_name": view.names.actor(item.owed_by),
            "due": item.due,
            "due_words": times.day(item.due)
            if len(item.due) <= 10
            else " ".join(times.moment(item.due, view.zones)[:1]),
            "overdue": item.overdue,
        }
        for item in view.state.upcoming
    ]
