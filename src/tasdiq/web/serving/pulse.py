"""How a worker's event streams learn that the record has grown: one task looks once a second, while anybody listens.

1. The look is at what pages are made from (`Live`): whoever is told and loads a page finds it.
2. A record that cannot be read for a while is looked at again; listeners wait.
3. `stop` ends every stream at once.
4. An account has a few streams, a worker many: nobody takes the places of all others.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from tasdiq.errors import TasdiqError
from tasdiq.secretariat.live import Live
from tasdiq.web.guard.budget import TooOftenError
from tasdiq.web.serving.metrics import Metrics

EVERY_S = 1.0
MOST, MOST_OF_ONE = 1000, 12
_LOG = logging.getLogger("tasdiq.pulse")
Heard = Callable[[float, float], AsyncIterator[int | None]]


class Pulse:
    """The record's size as the streams of one worker hear of it."""

    def __init__(self, live: Live, metrics: Metrics) -> None:
        self._live, self._metrics = live, metrics
        self._listeners: dict[asyncio.Event, str] = {}
        self._size = 0
        self._task: asyncio.Task[None] | None = None
        self.stopping = False

    def stop(self) -> None:
        """End every stream; in the thread of the event loop."""
        self.stopping = True
        for listener in self._listeners:
            listener.set()
        if self._task:
            self._task.cancel()

    @asynccontextmanager
    async def listening(self, account: str) -> AsyncIterator[Heard]:
        """Yield what gives sizes while the block lasts; TooOftenError if too many listen already (rule 4)."""
        self.require_place(account)
        changed = asyncio.Event()
        self._listeners[changed] = account
        self._metrics.listening.inc()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look())
        try:
            yield lambda longest, beat: self._sizes(changed, longest, beat)
        finally:
            self._listeners.pop(changed, None)
            self._metrics.listening.dec()

    def require_place(self, account: str) -> None:
        """Raise TooOftenError where an account, or everybody together, listens often enough already (rule 4)."""
        mine = sum(listener == account for listener in self._listeners.values())
        if len(self._listeners) >= MOST or mine >= MOST_OF_ONE:
            raise TooOftenError(60)

    async def _sizes(self, changed: asyncio.Event, longest: float, beat: float) -> AsyncIterator[int | None]:
        """Give the size now and each time it grew, None after `beat` seconds of silence; end after `longest`."""
        ends = time.monotonic() + longest
        if self._size:
            yield self._size
        while not self.stopping and time.monotonic() < ends:
            try:
                await asyncio.wait_for(changed.wait(), min(beat, longest))
            except TimeoutError:
                yield None
                continue
            changed.clear()
            if not self.stopping:
                yield self._size

    async def _look(self) -> None:
        while self._listeners and not self.stopping:
            try:
                size = (await run_in_threadpool(self._live.state)).size
            except TasdiqError as error:
                _LOG.warning("the record could not be looked at: %s", type(error).__name__)
            else:
                if size != self._size:
                    self._size = size
                    for listener in self._listeners:
                        listener.set()
            await asyncio.sleep(EVERY_S)
