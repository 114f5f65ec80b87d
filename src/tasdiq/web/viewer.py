"""Who is looking: an officer of a member who signed in, a program with an officer's token, or anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request

DeskRole = Literal["reader", "liaison", "team", "mediator", "observer", "protection"]


@dataclass(frozen=True)
class Viewer:
    """`member` is the charter's id of the member the officer serves, "" for anybody; `officer` the name it signs under.

    `scopes` are what a token allows ("read", "act", "admin"); a person who signed in has all of them, and a `session` (its
    hash), which a program never has.
    """

    account: str = ""
    officer: str = ""
    member: str = ""
    role: DeskRole = "reader"
    scopes: frozenset[str] = frozenset({"read"})
    session: str = ""

    @property
    def is_member(self) -> bool:
        """Tell whether this is an officer of a member."""
        return bool(self.member)


ANYBODY = Viewer()


def _viewer(request: Request) -> Viewer:
    found: Viewer = getattr(request.state, "viewer", ANYBODY)
    return found


AsViewer = Annotated[Viewer, Depends(_viewer)]
"""What a handler declares to be told who is looking."""
