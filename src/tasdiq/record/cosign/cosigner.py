"""A cosigner at work: it reads what it remembers, decides, persists, and only then signs.

1. Reading, deciding and persisting is one step that no other request, thread or process comes between.
2. The signature is made after the checkpoint is on disk: whatever kills the process, no other history is cosigned.
3. Any doubt is no signature: an error of database or disk, a damaged row, a clock that was set back far.
4. A checkpoint of a size already cosigned with another root, whatever the request claims, is kept as a contradiction. The
   history cosigned first is cosigned further: else a thief of the log's key could silence its cosigners.
5. Times of cosignatures of a log never fall.
6. The newest checkpoint cosigned is also noted apart (`newest`), before the answer: a memory that was set back to an older
   copy is noticed, and signs nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from tasdiq.errors import InputError, RecordError, SettingsError, TasdiqError
from tasdiq.record import cosignature
from tasdiq.record.cosign import rules
from tasdiq.record.cosign.memory import Cosigned, Memory
from tasdiq.record.cosign.rules import Answer, Logs, Request
from tasdiq.record.newest import Newest
from tasdiq.record.note import COSIGNATURE, Verifier, is_key_name
from tasdiq.record.signing import SigningKey

SETBACK_SECONDS = 300


def verifier_of(name: str, key: SigningKey) -> Verifier:
    """Return the verifier key of a cosigner."""
    if not is_key_name(name):
        raise InputError(f"expected a cosigner's name without space and plus, found {name[:60]!r}")
    return Verifier(name, key.public, COSIGNATURE)


class Cosigner:
    """A name and key, the logs it knows, and its memory; safe for several threads. Use it in a `with` block."""

    def __init__(
        self,
        name: str,
        key: SigningKey,
        logs: Logs,
        memory: Memory,
        clock: Callable[[], float] = time.time,
        apart: Path | None = None,
    ) -> None:
        self.verifier = verifier_of(name, key)
        if key.public in {verifier.public for known in logs.values() for verifier in known}:
            raise SettingsError("a log's key is no cosigner's key: make one of its own")
        self._key, self._logs, self._memory, self._clock = key, logs, memory, clock
        folder = apart / f"cosigner-{key.key_id[:32]}" if apart else None
        self._apart = {origin: Newest(folder, origin) for origin in logs}
        self._lock = threading.Lock()

    def __enter__(self) -> Cosigner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._memory.close()
            for newest in self._apart.values():
                newest.close()

    def require_sound(self) -> None:
        """Raise RecordError if the memory cannot be used, is damaged, or was set back."""
        with self._lock, self._memory.turn() as turn:
            for origin in self._logs:
                turn.last(origin)
                self._require_not_set_back(turn, origin)

    def healthy(self) -> bool:
        """Tell whether the memory can be used."""
        try:
            self.require_sound()
        except TasdiqError:
            return False
        return True

    def _require_not_set_back(self, turn: Memory, origin: str) -> None:
        noted = self._apart[origin].acknowledged()
        if noted is None:
            return
        kept = turn.of_size(origin, noted[0])
        if kept is None or kept.found.root != noted[1]:
            raise RecordError(
                f"{turn.directory}: this memory was set back: {noted[0]} entries of {origin} were cosigned, and it does not "
                "know. A cosigner that forgot must not go on: retire its key, and let the members name a new one"
            )

    def answer(self, data: bytes) -> Answer:
        """Answer the body of an `add-checkpoint` request; never raises for what the request or the disk holds."""
        request = rules.read_request(data)
        if isinstance(request, Answer):
            return request
        if refused := rules.check_log(request, self._logs):
            return refused
        try:
            with self._lock:
                answer = self._decide(request)
            why = ""
        except TasdiqError as error:
            answer = Answer.refuse(rules.FAILED, "the cosigner cannot decide now: nothing was cosigned")
            why = f": {error}"
        return replace(answer, about=f"{request.found.origin} {request.found.size}{why}")

    def _decide(self, request: Request) -> Answer:
        found = request.found
        with self._memory.turn() as turn:
            self._require_not_set_back(turn, found.origin)
            last = turn.last(found.origin)
            same = turn.of_size(found.origin, found.size)
            if same and same.found.root != found.root:
                turn.keep_contradiction(same.note, request.note, self._logs[found.origin])
            refused = rules.check_growth(request, last.found if last else None)
            # Evidence is kept whatever the clock says; only a cosignature needs a time.
            seconds = 0 if refused else self._seconds(last)
            if refused is None and same is None:
                turn.remember(found, request.note, seconds)
            elif refused and refused.status == rules.UNPROVED:
                turn.keep_unproved(found, request.note)
        # Here the checkpoint is on disk; a crash before the reply only makes the log ask again.
        if refused:
            return refused
        self._apart[found.origin].acknowledge(found.size, found.root)
        line = cosignature.cosign(found.text, self.verifier, self._key.sign, seconds)
        return Answer(rules.DONE, str(line).encode())

    def _seconds(self, last: Cosigned | None) -> int:
        now, before = int(self._clock()), last.at if last else 0
        if now < before - SETBACK_SECONDS:
            raise RecordError(f"the clock says {now}, but a checkpoint was cosigned at {before}: set it right")
        return max(now, before)
