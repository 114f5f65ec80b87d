"""Calls over the contact line: the values, and the bodies of the entries that bring them.

A call is one side's account until the other side confirms it or gives its own; both accounts stay. Sealed by default.
"""

from __future__ import annotations

from typing import Literal

from .value import Value


class Confirmation(Value, frozen=True, kw_only=True):
    """What the other side says of a call as it was logged: it confirms it, or corrects it in its own words."""

    member: str
    answer: Literal["confirms", "corrects"]
    text: str = ""
    at: str = ""
    entry: str = ""


class CallBack(Value, frozen=True, kw_only=True):
    """A call-back: by whom, when it was tried, when the other side was reached (`""` if it was not), what was said."""

    by: str
    tried_at: str
    reached_at: str = ""
    text: str = ""
    at: str = ""
    entry: str = ""


class Call(Value, frozen=True, kw_only=True):
    """A call from one party's desk to the other's, as the side that logged it tells it. All times are UTC.

    `reached_at` is `""` where nobody was reached. `arrangement` is what was arranged locally, `until` when it runs out.
    `call_back_by` is when `call_back_from` is to call back. `sheet` is the number of the printed sheet it was written on,
    and `late` says that it was entered more than a day after it was made.
    """

    id: str
    caller: str
    called: str
    tried_at: str
    reached_at: str = ""
    subject: str = ""
    asked: str = ""
    read_back: str = ""
    arrangement: str = ""
    until: str = ""
    call_back_by: str = ""
    call_back_from: str = ""
    sheet: str = ""
    logged_by: str = ""
    late: bool = False
    at: str = ""
    entry: str = ""
    confirmations: tuple[Confirmation, ...] = ()
    returns: tuple[CallBack, ...] = ()

    @property
    def other(self) -> str:
        """The side that did not log it, and is asked to confirm or correct it."""
        return self.called if self.logged_by == self.caller else self.caller

    @property
    def returned_at(self) -> str:
        """When the call-back reached the other side, `""` while it has not."""
        return next((item.reached_at for item in self.returns if item.reached_at), "")


class CallLogged(Value, frozen=True, kw_only=True):
    """A call was made, or tried: who called whom, when, whether reached, what was asked, read back and arranged."""

    call: str
    caller: str
    called: str
    tried_at: str
    reached_at: str = ""
    subject: str = ""
    asked: str = ""
    read_back: str = ""
    arrangement: str = ""
    until: str = ""
    call_back_by: str = ""
    call_back_from: str = ""
    sheet: str = ""
    at: str = ""


class CallConfirmed(Value, frozen=True, kw_only=True):
    """The other side confirms a call as it was logged, or corrects it, with its own wording, in one step."""

    call: str
    answer: Literal["confirms", "corrects"] = "confirms"
    text: str = ""
    at: str = ""


class CallReturned(Value, frozen=True, kw_only=True):
    """A call-back was made, or tried: when, whether the other side was reached, what was said."""

    call: str
    tried_at: str
    reached_at: str = ""
    text: str = ""
    at: str = ""
