"""Cosigners of the record at work, asked for each new checkpoint by a thread of the writer process.

1. Whom to ask stands in the key events; where each answers in `RECORD/cosigners.txt` (`record.cosign.exchange`).
2. A cosigner that is out of reach, or refuses, is asked again with the next checkpoint, and after a minute at the latest;
   what it said goes to the log, without a word of the record.
3. The lines are kept by the thread that appends: one that came too late, for a checkpoint that is not the newest, is left out.
"""

from __future__ import annotations

import logging
import threading

from tasdiq.errors import TasdiqError
from tasdiq.record import checkpoint, cosignature, note
from tasdiq.record.cosign.client import Outcome, asking, obtain
from tasdiq.record.cosign.exchange import read_addresses
from tasdiq.record.note import Verifier
from tasdiq.record.reader import Reader
from tasdiq.record.store import Store
from tasdiq.secretariat.founding import Home
from tasdiq.web.writer.writer import Writer

_LOG = logging.getLogger("tasdiq.cosigning")
_EVERY_S = 0.5
_AGAIN = 120
"""Rounds after which a checkpoint that lacks somebody's line is asked for again: a minute."""


class Cosigning:
    """The thread that asks."""

    def __init__(self, home: Home, writer: Writer) -> None:
        self._home, self._writer = home, writer
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="cosigning", daemon=True)
        self._asked, self._rounds = b"", 0

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def close(self) -> None:
        """End; an answer that is under way is not waited for."""
        self._ending.set()

    def _work(self) -> None:
        while not self._ending.wait(_EVERY_S):
            try:
                self._round()
            except TasdiqError as error:
                _LOG.warning("cosigners could not be asked: %s", type(error).__name__)

    def _round(self) -> None:
        addresses = read_addresses(self._home.path)
        if not addresses:
            return
        store = Store.open(self._home.path)
        with Reader(store) as reader:
            signed = store.checkpoint()
            text = note.parse(signed).text.encode() if signed else b""
            self._rounds += 1
            if signed is None or (text == self._asked and self._rounds < _AGAIN):
                return
            self._asked, self._rounds = text, 0
            for verifier in reader.chain.keys.cosigners:
                if verifier.name in addresses and cosignature.cosigned_at(note.parse(signed), verifier) is None:
                    self._told(_obtained(signed, verifier, addresses[verifier.name], store, reader))

    def _told(self, outcome: Outcome) -> None:
        if outcome.line:
            self._writer.cosigned(outcome.line)
        elif outcome.result in ("ahead", "other-history"):
            _LOG.error("cosigner %s: %s: %s", outcome.name, outcome.result, outcome.detail)
        else:
            _LOG.warning("cosigner %s: %s", outcome.name, outcome.result)


def _obtained(signed: bytes, verifier: Verifier, url: str, store: Store, reader: Reader) -> Outcome:
    old = min(store.last_cosigned(verifier.name), checkpoint.parse(signed)[0].size)
    return obtain(signed, verifier, asking(url), reader.consistency_proof, old)
