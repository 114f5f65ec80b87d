"""What somebody looks for: words, a place by name or box, a span of time, an actor, a kind, a member, who may read it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasdiq.errors import InputError
from tasdiq.web.search.words import words_of

MOST_WORDS = 12
MOST_ON_A_PAGE = 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?", re.ASCII)
_BOX = re.compile(r"\s*(-?[0-9]{1,3}(?:\.[0-9]{1,7})?)\s*", re.ASCII)
_AFTER = re.compile(r"([0-9]{1,15})\.([0-9]{1,6})", re.ASCII)
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Query:
    """A question; empty fields ask for nothing. `box` is south, west, north, east in 10^-7 degree; `after` where to go on."""

    words: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    box: Box | None = None
    start: str = ""
    end: str = ""
    kind: str = ""
    member: str = ""
    access: str = ""
    limit: int = 20
    after: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked for."""
        return not (
            self.words or self.place or self.actor or self.box or self.start or self.end or self.kind or self.member
        )


def read_query(
    *, q: str = "", place: str = "", actor: str = "", box: str = "", start: str = "", end: str = "", kind: str = "",
    member: str = "", access: str = "", limit: int = 20, after: str = "",
) -> Query:  # fmt: skip
    """Read a question as forms and programs ask it; raise `InputError` naming the field that does not fit."""
    if access not in ("", "public", "joint"):
        raise InputError("expected public, joint or nothing", field="access")
    return Query(
        words=_words(q, "q"),
        place=_words(place, "place"),
        actor=_words(actor, "actor"),
        box=_box(box),
        start=_day(start, "start"),
        end=_end(_day(end, "end")),
        kind=kind[:60],
        member=member[:60],
        access=access,
        limit=max(1, min(limit, MOST_ON_A_PAGE)),
        after=_after(after),
    )


def _words(text: str, field: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(words_of(text)))
    if len(found) > MOST_WORDS:
        raise InputError(f"expected at most {MOST_WORDS} words, found {len(found)}", field=field)
    return found


def _day(text: str, field: str) -> str:
    if text and not _DAY.fullmatch(text):
        raise InputError(f"expected a day such as 2031-03-12, found {text[:30]!r}", field=field)
    return text


def _end(day: str) -> str:
    """Return the end of a day: compared as texts, every time of that day stands before it."""
    return f"{day}T23:59:59Z" if len(day) == 10 else day


def _box(text: str) -> Box | None:
    if not text.strip():
        return None
    parts = [_BOX.fullmatch(part) for part in text.split(",")]
    found = [round(float(part[1]) * 10**7) for part in parts if part]
    if len(found) != 4 or len(parts) != 4 or found[0] > found[2] or found[1] > found[3]:
        raise InputError("expected south, west, north, east in degrees, such as 33.5,69.2,34.5,71", field="box")
    return found[0], found[1], found[2], found[3]


def _after(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    parts = _AFTER.fullmatch(text)
    if not parts:
        raise InputError("expected the `next` of an earlier answer", field="after")
    return int(parts[1]), int(parts[2])
