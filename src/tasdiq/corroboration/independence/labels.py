"""Name an origin in neutral words: who, through which channel, when. "Ministry of Trade of Kestria, post on X, 4 May 2031"."""

from __future__ import annotations

from datetime import date

from tasdiq.model.state import State
from tasdiq.model.when import When

from .channels import OWN, Channel

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def label_origin(state: State, speaker: str | None, channels: list[Channel], when: When | None) -> str:
    """Return the label of an origin."""
    parts = [_speaker(state, speaker), *_channels(channels), date_words(when)]
    return ", ".join(part for part in parts if part)


def _speaker(state: State, speaker: str | None) -> str:
    actor = state.actors.get(speaker or "")
    if actor is None:
        return "a speaker not identified"
    member = state.charter.member(actor.party or "")
    party = member.name if member else _party_name(state, actor.party)
    if actor.kind in ("organ", "armed-forces", "unnamed") and party and party.casefold() not in actor.name.casefold():
        return f"{actor.name} of {party}"
    return actor.name


def _party_name(state: State, party: str | None) -> str:
    named = state.actors.get((party or "").lower()) or state.actors.get(party or "")
    return named.name if named else ""


def _channels(channels: list[Channel]) -> list[str]:
    own = [channel for channel in channels if channel.key == OWN]
    outlets = {channel.key: channel.who for channel in channels if channel.key != OWN}
    words = [max((channel.words for channel in own), key=len)] if own else []
    if outlets:
        *rest, last = outlets.values()
        words.append(f"as told to {', '.join(rest)} and {last}" if rest else f"as told to {last}")
    return words


def date_words(when: When | None) -> str:
    """Return a date in words: "4 May 2031", "4-6 May 2031", "May 2031"; the text's own words if it gives no more."""
    if when is None or not when.start:
        return when.text if when is not None else ""
    try:
        first, last = date.fromisoformat(when.start[:10]), date.fromisoformat((when.end or when.start)[:10])
    except ValueError:
        return ""
    if when.precision in ("month", "season", "year"):
        return f"{MONTHS[first.month - 1]} {first.year}" if when.precision == "month" else str(first.year)
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
