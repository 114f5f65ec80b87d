"""What waits, as lines of a page: the step in words with its form, what it is about, who asked or owes, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from tasdiq.model.state import State
from tasdiq.waiting.item import Standing, Waiting
from tasdiq.web.called import Called

LONGEST = 160


@dataclass(frozen=True)
class Line:
    """One thing that waits, ready to be shown; `href` is its form, "" where the step is another member's."""

    what: str
    href: str
    about: str
    about_href: str
    who: str
    due: str
    standing: Standing
    extended: bool
    since: str


def lines(state: State, items: Iterable[Waiting], member: str, *, who: str = "by") -> list[Line]:
    """Return what waits as lines for a member: with who asked (`by`), or who owes (`of`)."""
    names = Called(state)
    return [_line(state, names, item, member, who) for item in items]


def _line(state: State, names: Called, item: Waiting, member: str, who: str) -> Line:
    about, href = subject(state, item)
    return Line(
        what=item.what,
        href=address(item) if item.of == member else "",
        about=short(about),
        about_href=href,
        who=names.actor(getattr(item, who)),
        due=item.due,
        standing=item.standing,
        extended=item.extended,
        since=item.since,
    )


def address(item: Waiting) -> str:
    """Return where the step is taken: its form, or for lines of the minutes the page they stand on."""
    if item.kind == "MinuteLineAnswered":
        return f"/sessions/{item.about}"
    return f"/do/{item.kind}?{urlencode(item.asked)}"


def subject(state: State, item: Waiting) -> tuple[str, str]:
    """Return in words what something is about, and its page."""
    if item.case:
        return state.cases[item.case].allegation, f"/cases/{item.case}"
    talks = state.talks
    if item.about in talks.meetings:
        return talks.meetings[item.about].title, f"/sessions/{item.about}"
    if item.about in talks.calls:
        call = talks.calls[item.about]
        return call.subject or call.asked or "a call", f"/calls/{item.about}"
    if item.about in talks.agreements:
        return talks.agreements[item.about].agreement.title, f"/agreements/{item.about}"
    if item.about in talks.commitments:
        return talks.commitments[item.about].commitment.text, f"/commitments/{item.about}"
    if item.about in state.propositions:
        return state.propositions[item.about].wording, f"/propositions/{item.about}"
    return item.about, "/desk"


def matter(state: State, ident: str) -> str:
    """Return in a few words what something dated of the talks is about, "" where its own words say that already."""
    if (call := state.talks.calls.get(ident)) is not None:
        return short(call.arrangement or call.subject or call.asked)
    held = state.talks.commitments.get(ident)
    return short(held.commitment.text) if held else ""


def short(text: str, most: int = LONGEST) -> str:
    """Return a text on one line, cut at a word where it is longer than `most` letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: max(line.rfind(' ', 0, most), most // 2)]} …"
