"""A server over one record, from what the operator said to the processes that serve it.

1. Everything that can be refused is refused before a process is started: no record here, a mirror, an address without TLS, a port
   that is taken, another server, a database that does not have this record.
2. Where the record's database has moved, the operator says where to; the record's directory notes it from then on. A record that
   is a file stays one: it goes into a database by `tasdiq backup` and `tasdiq restore --database`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tasdiq.errors import InputError, SettingsError
from tasdiq.record.places import DATABASE_URL
from tasdiq.record.reader import Reader
from tasdiq.record.store.database import guarded
from tasdiq.record.store.postgres import PostgresSchema
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.notices import mail
from tasdiq.web.office.database import Office
from tasdiq.web.serving.listening import Listening
from tasdiq.web.serving.orders import Orders
from tasdiq.web.serving.supervisor import Supervisor, figures, only_server

_SHORTEST_TOKEN = 20


@dataclass(frozen=True)
class Plan:
    """How a server is to be run: where it listens, how many workers answer, where its database lies if it moved."""

    listening: Listening
    workers: int = 2
    database: str | None = None
    metrics_token: Path | None = None
    rates: int = 1


def serve(home: Home, settings: Settings, plan: Plan, announce: Callable[[str, int], None]) -> None:
    """Serve a record until told to end; `announce` is told its address and port, once it answers there."""
    home.require_host()
    plan.listening.require_fit()
    token = _token(plan.metrics_token)
    if plan.database:
        note_database(home, plan.database)
    with only_server(home), plan.listening.bind() as listening, figures() as folder:
        with Reader.open(home.path):
            Office.open(home).close()
        port = listening.getsockname()[1]
        address = plan.listening.address_at(port)
        if settings.smtp_url:
            mail.server_of(settings.smtp_url, settings.mail_from)
        record, state = str(home.path.resolve()), str(settings.state_directory.resolve())
        writer = Orders(role="writer", record=record, state=state)
        worker = Orders(
            shared=str(folder),
            role="worker",
            record=record,
            state=state,
            listening=listening.fileno(),
            address=address,
            secure=plan.listening.secure,
            behind_proxy=plan.listening.behind_proxy,
            metrics_token=token,
            certificate=str(plan.listening.certificate or ""),
            private=str(plan.listening.private or ""),
            rates=plan.rates,
            smtp_url=settings.smtp_url,
            mail_from=settings.mail_from,
        )
        Supervisor(home, writer, worker, plan.workers, folder).run(lambda: announce(address, port))


def note_database(home: Home, address: str) -> None:
    """Note where the record's database lies now; refuse a place that does not have this record (rule 2)."""
    if not (home.path / DATABASE_URL).is_file():
        raise SettingsError(
            f"{home.path}: this record is a file, not in a database. To move it into one: tasdiq backup {home.path} -o FILE, then "
            "tasdiq restore FILE -o NEW --database URL"
        )
    noted = PostgresSchema.noted(home.path)
    moved = noted.moved(address)
    if moved.url != noted.url:
        with guarded(moved.title):
            moved.reading().close()
        moved.note()


def _token(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("expected a file with the token that reads the metrics", file=path) from error
    if len(token) < _SHORTEST_TOKEN:
        raise InputError(f"expected a token of at least {_SHORTEST_TOKEN} characters", file=path)
    return token
