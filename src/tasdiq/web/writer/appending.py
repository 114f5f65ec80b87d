"""The record open for appending, in the one thread that does: groups, their order, and what happens when one fails.

1. What arrives together is one durable transaction. Where one of a group may not enter, the group is taken apart and each is
   entered by itself, so that nobody fails by another's fault.
2. An entry that stands already is not entered twice: whoever hands it in again is told its place.
3. After an error of the database the record is opened again, and what was not answered is tried once more: what had been
   written by then is found by rule 2.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from tasdiq.clock import Clock, utc_now
from tasdiq.errors import InputError, RecordError, TasdiqError
from tasdiq.mechanism import Mechanism
from tasdiq.record.entry import Submission
from tasdiq.record.log import Log, Receipt
from tasdiq.record.note import SignatureLine
from tasdiq.secretariat.current import Current
from tasdiq.secretariat.founding import Home
from tasdiq.settings import Settings
from tasdiq.web.office.database import Office
from tasdiq.web.search.index import Index, Known
from tasdiq.web.writer.writing import Entered

_LOG = logging.getLogger("tasdiq.writer")
PATIENCE_S = 20.0
_PAUSE_S = 0.25
_CHECKPOINT_S = 1.0
RULED = ("incident", "proposition")
"""The types of rows that rules look at: what cases are opened on."""


@dataclass
class Waiting:
    """Somebody who handed in entries, and waits for `result`; what came of it is told when the writer says so."""

    submissions: list[Submission]
    result: Future[list[Entered]] = field(default_factory=Future)
    outcome: list[Entered] | BaseException | None = None

    def tell(self) -> None:
        """Tell what came of it."""
        if isinstance(self.outcome, BaseException):
            self.result.set_exception(self.outcome)
        else:
            self.result.set_result(self.outcome or [])


class Appending:
    """The record, open while there is something to append; used by one thread alone."""

    def __init__(self, home: Home, settings: Settings, clock: Clock = utc_now) -> None:
        self._home, self._settings, self._clock = home, settings, clock
        self._mechanism: Mechanism | None = None
        self._current = Current(home, only=RULED)
        self._covered, self._signed_at = 0, 0.0
        self._office: Office | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether the record is open here, and closed to other writers."""
        return self._mechanism is not None

    def open(self) -> Mechanism:
        """Return the record, opened if it was not."""
        if self._mechanism is None:
            self._mechanism = Mechanism.open(self._home, self._settings, clock=self._clock, current=self._current)
        return self._mechanism

    def _log(self) -> Log:
        log = self.open().log
        assert isinstance(log, Log), "a record that is opened for appending is its host's"
        return log

    def close(self) -> None:
        """Let other writers in."""
        mechanism, self._mechanism = self._mechanism, None
        office, self._office = self._office, None
        if mechanism is not None:
            with suppress(TasdiqError):
                mechanism.close()
        if office is not None:
            office.close()

    def enter(self, batch: Sequence[Waiting]) -> None:
        """Enter what a batch brings, and note for everyone in it what came of it; nobody is told yet."""
        left, ends = list(batch), time.monotonic() + PATIENCE_S
        while left:
            try:
                self._enter(left)
                return
            except RecordError as error:
                # The database went away, or another process is writing: what was not answered is tried again (rule 3).
                self.close()
                left = [each for each in left if each.outcome is None]
                if time.monotonic() > ends:
                    _refuse(left, error)
                    return
                time.sleep(_PAUSE_S)
            except BaseException as error:
                self.close()
                _refuse(left, error)
                raise

    def _enter(self, batch: list[Waiting]) -> None:
        """Enter a batch as one group ; one by one where the group may not enter (rule 1)."""
        mechanism = self.open()
        together = [submission for each in batch for submission in each.submissions]
        try:
            entered = _places(mechanism, self._log(), together)
        except RecordError:
            raise
        except TasdiqError as error:
            if len(batch) == 1:
                _refuse(batch, error)
            else:
                for each in batch:
                    self._enter([each])
            return
        self.index(
            {entered[one.id].index: [row.content if row else None for row in one.rows] for one in together if one.rows}
        )
        for each in batch:
            each.outcome = [entered[submission.id] for submission in each.submissions]

    def index(self, known: Known | None = None) -> None:
        """Bring the index up to date with the record: what was entered is found before anybody is told that it stands.

        Where that fails the entries stand all the same, and the next call brings them in.
        """
        try:
            if self._office is None:
                self._office = Office.open(self._home)
            with self._current.reading() as reader:
                Index(self._office).catch_up(reader, known=known)
        except (TasdiqError, SQLAlchemyError) as error:
            _LOG.warning("the index is behind: %s", type(error).__name__)

    def seconds_to_checkpoint(self) -> float | None:
        """Return in how many seconds a checkpoint is due, None if the newest one covers everything."""
        if self._mechanism is None or self._covered == self._mechanism.log.size:
            return None
        return max(0.0, self._signed_at + _CHECKPOINT_S - time.monotonic())

    def sign_checkpoint(self) -> None:
        """Sign a checkpoint over everything, if one is due."""
        if self._mechanism is None or self.seconds_to_checkpoint() is None:
            return
        try:
            self._mechanism.log.checkpoint()
            self._covered, self._signed_at = self._mechanism.log.size, time.monotonic()
        except RecordError:
            self.close()

    def cosigned(self, line: SignatureLine) -> None:
        """Keep a cosigner's line, unless the checkpoint has moved on since it was asked."""
        with suppress(InputError):
            try:
                self._log().add_cosignature(line)
            except RecordError:
                self.close()


def _places(mechanism: Mechanism, log: Log, submissions: list[Submission]) -> dict[str, Entered]:
    """Enter those that do not stand yet, as one group; return the place of each by its id (rule 2)."""
    wanted = list(dict.fromkeys(submission.id for submission in submissions))
    stand = {receipt.id: receipt for receipt in log.receipts_of(wanted)}
    new = {submission.id: submission for submission in submissions if submission.id not in stand}
    found: list[Receipt] = [*stand.values(), *mechanism.enter(list(new.values()))]
    return {each.id: Entered(each.id, each.index, each.deadline, each.note) for each in found}


def _refuse(waiting: Sequence[Waiting], error: BaseException) -> None:
    for each in waiting:
        if each.outcome is None:
            each.outcome = error
