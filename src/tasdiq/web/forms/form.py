"""A form: everything about one kind of step that a page needs, as data, and how its answers become a body.

1. The title asks a question or names a plain act; below it stand why it is asked and who will read the answer.
2. Ids and times are made here, never typed.
3. A body is built from answers that are right; whether the step may be taken now is for the rules of the procedure.
4. `probe` fills a form with harmless answers, so that the rules can be asked whether such a step is open at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tasdiq.model.value import Value
from tasdiq.web.forms.field import Field, Given, Option, read
from tasdiq.web.forms.setting import Setting

Answers = dict[str, Any]
Errors = dict[str, str]
"""Id of a field -> what is wrong with its answer; `""` for what concerns the whole form."""


def _none(_: Setting, __: Answers) -> Errors:
    return {}


@dataclass(frozen=True)
class Form:
    """One kind of step as a form. `about` names what the address must say: a case, a finding, a request, and so on."""

    kind: str
    act: str
    title: str
    why: str
    about: tuple[str, ...]
    fields: tuple[Field, ...]
    build: Callable[[Setting, Answers], Value]
    check: Callable[[Setting, Answers], Errors] = _none
    warning: str = ""

    def asks(self, setting: Setting) -> tuple[Field, ...]:
        """Return the fields that concern this viewer."""
        return tuple(item for item in self.fields if item.shown(setting))

    def read(self, setting: Setting, given: Given) -> tuple[Answers, Errors]:
        """Return the answers by name, and what is wrong with them."""
        answers: Answers = {}
        errors: Errors = {}
        for item in self.asks(setting):
            found = read(item, setting, given)
            answers[item.name] = found.value
            errors |= dict(found.errors)
        return answers, errors or self.check(setting, answers)

    def probe(self, setting: Setting, **chosen: Any) -> Value:
        """Return a body with harmless answers (rule 4)."""
        answers = {item.name: _harmless(item, setting) for item in self.asks(setting)}
        return self.build(setting, answers | chosen)


def _harmless(field: Field, setting: Setting) -> Any:
    started = field.start(setting)
    match field.kind:
        case "choice":
            options = field.options(setting)
            return started or (_first(options) if field.required else "")
        case "many":
            return tuple(started or ())
        case "rows":
            return list(started or ()) or [{column.name: _harmless(column, setting) for column in field.columns}]
        case "list":
            # What stands in such a field at first is its text, a line for each item.
            return tuple(line for line in (started or "").splitlines() if line)
        case "confirm":
            return True
        case "moment":
            return started or (setting.now if field.required else "")
        case "number":
            return str(started or ("1" if field.required else ""))
        case "day":
            return started or (setting.now[:10] if field.required else "")
        case "about":
            return started or (setting.now[:10] if field.required else "")
        case _:
            return started or ("…" if field.required else "")


def _first(options: Any) -> str:
    return next((option.value for option in options), "")


def new_id(prefix: str) -> str:
    """Return a new id: the word and eight random hexadecimal digits."""
    return f"{prefix}-{secrets.token_hex(4)}"


def options_of(words: Mapping[str, str], hints: Mapping[str, str] | None = None) -> Callable[[Setting], list[Option]]:
    """Return the options of a fixed choice: value -> words."""
    told = hints or {}
    found = [Option(value, label, told.get(value, "")) for value, label in words.items()]
    return lambda _: found
