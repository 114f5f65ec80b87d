"""One worker process: functions over items that come through a pipe, answers back, one at a time and in their order.

Its `main` is a program of its own, started by `workers`, to which alone it listens. What a function needs once, such as a model,
is loaded once and stays. When the other end of the pipe is gone, so is this process.
"""

from __future__ import annotations

import pickle
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Begin:
    """A job: the function, and its context, pickled, that all its items share."""

    job: int
    function: Callable[[Any, Any], Any]
    context: bytes


@dataclass(frozen=True)
class Item:
    """One item of a job."""

    job: int
    number: int
    item: Any


@dataclass(frozen=True)
class Answer:
    """What became of an item: the answer, or the error that the function raised, with where it did."""

    job: int
    number: int
    answer: Any = None
    error: BaseException | None = None
    where: str = ""


def work(pipe: Connection) -> None:
    """Answer what comes until nobody is left to answer to."""
    inbox: SimpleQueue[Begin | Item | None] = SimpleQueue()
    # A thread empties the pipe: two processes that both wait to be read from would wait for ever.
    Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    begun, context = Begin(-1, max, b""), None
    while (message := inbox.get()) is not None:
        if isinstance(message, Begin):
            begun, context = message, pickle.loads(message.context)  # noqa: S301 - from the process that started this one
            continue
        try:
            pipe.send(_answer(begun.function, context, message))
        except OSError:
            return


def _receive(pipe: Connection, inbox: SimpleQueue[Begin | Item | None]) -> None:
    try:
        while True:
            inbox.put(pipe.recv())
    except (EOFError, OSError):
        inbox.put(None)


def _answer(function: Callable[[Any, Any], Any], context: Any, item: Item) -> Answer:
    try:
        return Answer(item.job, item.number, function(context, item.item))
    except Exception as error:
        where = traceback.format_exc()
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        except Exception:
            error = RuntimeError(where)
        return Answer(item.job, item.number, error=error, where=where)


def main() -> None:
    """Work for whoever holds the other end of the pipe whose descriptor is the program's argument."""
    work(Connection(int(sys.argv[1])))
