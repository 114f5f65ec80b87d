"""What an officer may do next about the thing a page shows: the forms that the rules would let it send now."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from tasdiq.web.forms import offers
from tasdiq.web.forms.setting import Setting
from tasdiq.web.forms.table import FORMS
from tasdiq.web.room import Room
from tasdiq.web.seeing import seen
from tasdiq.web.viewer import Viewer


@dataclass(frozen=True)
class Act:
    """A form that can be sent: its words and its address."""

    kind: str
    words: str
    href: str


def acts(room: Room, viewer: Viewer, *wanted: tuple[str, dict[str, str]]) -> list[Act]:
    """Return those of the wanted steps, kind and what it is about, that are open to this viewer now."""
    if not viewer.is_member or "act" not in viewer.scopes:
        return []
    state, whole, now = seen(room, viewer), room.live.state(), room.now()
    found = []
    for kind, asked in wanted:
        form = FORMS[kind]
        if not offers.refusal(whole, Setting(state, viewer, now, asked), form):
            found.append(Act(kind, form.act, f"/do/{kind}" + (f"?{urlencode(asked)}" if asked else "")))
    return found
