"""What the server measures, in the text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/).

1. With several workers each keeps its figures in the folder that PROMETHEUS_MULTIPROC_DIR names, and whichever is asked adds them
   up; the supervisor makes the folder and takes out who is gone.
2. Labels are routes and statuses. Nothing measures a member, an account or an address.
3. Only this machine reads the figures, or who has the token that the server was started with; behind a proxy, the token alone:
   there everything seems to come from this machine.
"""

from __future__ import annotations

import hmac
import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from starlette.requests import Request
from starlette.responses import Response

from tasdiq.errors import MissingError
from tasdiq.web.room import Room

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The figures of one worker."""

    def __init__(self) -> None:
        own = CollectorRegistry()
        self._registry = own
        self.requests = Counter("tasdiq_requests", "Requests answered.", ("method", "route", "status"), registry=own)
        self.seconds = Histogram(
            "tasdiq_request_seconds", "Time to answer.", ("route",), buckets=_SECONDS, registry=own
        )
        self.size = Gauge(
            "tasdiq_record_entries", "Entries in the record.", multiprocess_mode="mostrecent", registry=own
        )
        self.listening = Gauge("tasdiq_listeners", "Open event streams.", multiprocess_mode="livesum", registry=own)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; a stream of events lasts as long as its reader likes, and is not timed."""
        self.requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        if route != "/events":
            self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return the figures of all workers (rule 1)."""
        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def shown(request: Request, room: Room, metrics: Metrics) -> Response:
    """Answer with the figures, to whom rule 3 allows; to others there is nothing here."""
    if not _may_read(request, room):
        raise MissingError("no metrics for this reader")
    metrics.size.set(room.live.state().size)
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request, room: Room) -> bool:
    token = room.options.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    here = request.client is not None and request.client.host in ("127.0.0.1", "::1")
    return here and not room.options.behind_proxy and "x-forwarded-for" not in request.headers
