"""What an account entered is on its next page, whichever worker answers."""

from __future__ import annotations

from pathlib import Path

from tasdiq.web.reached import Reached


def test_workers_share_what_accounts_entered(tmp_path: Path) -> None:
    """What one worker notes another knows; it never goes back, and nobody in particular waits for nothing."""
    one, other = Reached(tmp_path / "reached"), Reached(tmp_path / "reached")
    one.note("account-1", 12)
    one.note("account-1", 7)
    assert other.of("account-1") == 12
    assert other.of("account-2") == 0
    assert other.of("") == 0
    assert Reached().of("account-1") == 0
