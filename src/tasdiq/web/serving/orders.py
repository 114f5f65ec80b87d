"""What a process of the server is told by its supervisor: one line of JSON on its stdin, so that no secret stands in arguments."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["writer", "worker"]


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What to be, over which record, and for a worker how to answer: `listening` is the number of the open socket.

    `shared` is a folder that goes with the server.
    """

    role: Role
    record: str
    state: str
    listening: int = -1
    address: str = ""
    secure: bool = False
    behind_proxy: bool = False
    metrics_token: str = ""
    certificate: str = ""
    private: str = ""
    rates: int = 1
    shared: str = ""
    smtp_url: str = ""
    mail_from: str = ""
