"""The few settings of the program, read once at a door and passed down; unknown ones are refused by name.

`TASDIQ_STATE` is where the newest checkpoint of each log is kept apart from the log's own store (default: the user's state
directory by the XDG Base Directory Specification, https://specifications.freedesktop.org/basedir-spec/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import SettingsError

KNOWN = {
    "TASDIQ_STATE": "a directory for the newest checkpoints, kept apart from records",
    "TASDIQ_SMTP_URL": "the mail server that notices are handed to: smtp://[user:password@]host[:port] or smtps://…",
    "TASDIQ_ASSISTANT_KEY": "the key of the model's address given with tasdiq attribute --assistant",
    "TASDIQ_MAIL_FROM": "the address that notices by mail come from",
}


@dataclass(frozen=True)
class Settings:
    """What the environment decides. Without a mail server no mail is sent."""

    state_directory: Path
    smtp_url: str = ""
    mail_from: str = ""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read settings from `environment`; raise `SettingsError` for an unknown `TASDIQ_` name."""
    for name in environment:
        if name.startswith("TASDIQ_") and name not in KNOWN:
            raise SettingsError(f"{name} is not a setting of tasdiq; known: {', '.join(sorted(KNOWN))}")
    mail = environment.get("TASDIQ_SMTP_URL", ""), environment.get("TASDIQ_MAIL_FROM", "")
    return Settings(_state_directory(environment), *mail)


def _state_directory(environment: Mapping[str, str]) -> Path:
    if environment.get("TASDIQ_STATE"):
        return Path(environment["TASDIQ_STATE"])
    base = environment.get("XDG_STATE_HOME") or str(
        Path(environment.get("HOME", "~")).expanduser() / ".local" / "state"
    )
    return Path(base) / "tasdiq"
