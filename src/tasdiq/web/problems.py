"""How errors become answers: one table from the families of errors to HTTP statuses, one shape (RFC 9457) for programs."""

from __future__ import annotations

from tasdiq.errors import (
    InputError,
    MissingError,
    ProcedureError,
    RecordError,
    RoleError,
    SettingsError,
    TasdiqError,
)

STATUS: dict[type[TasdiqError], int] = {
    InputError: 422,
    ProcedureError: 409,
    RoleError: 403,
    MissingError: 404,
    SettingsError: 500,
    RecordError: 503,
}


def status_of(error: TasdiqError) -> int:
    """Return the HTTP status of an error by its family."""
    return next((status for family, status in STATUS.items() if isinstance(error, family)), 500)
