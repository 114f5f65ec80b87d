"""What steps come to that are about to be entered together: each is held against the state that those before it leave."""

from __future__ import annotations

import copy

from tasdiq import rules
from tasdiq.model import entries
from tasdiq.model.state import State
from tasdiq.model.value import Value
from tasdiq.register.sharing import Shared
from tasdiq.verification.docket import Docket


class Ahead:
    """A state with steps on top of it that nobody has entered yet; the state itself is not changed."""

    def __init__(self, state: State) -> None:
        self._shared = Shared(copy.copy(state))

    @property
    def state(self) -> State:
        """Return the state after the steps that were taken."""
        return self._shared.state

    def take(self, member: str, claimed_time: str, entry: str, access: str, body: Value) -> None:
        """Take a step that the rules allow; a charter that is amended, too."""
        shared = self._shared
        if isinstance(body, entries.CharterAmended):
            shared.state.charter = body.charter
            shared.own("talks").adopt(body.charter)
            return
        if isinstance(body, entries.EntryCorrected) and not rules.is_step(shared.state, body):
            return
        docket = Docket(shared.state.charter)
        docket.cases, docket.where = shared.own("cases"), shared.own("case_of")
        shared.own("talks")
        shared.own("framings")
        rules.take(shared.state, docket, member, claimed_time, entry, access, body)
