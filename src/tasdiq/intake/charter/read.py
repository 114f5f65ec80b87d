"""Read `charter.toml` (TOML 1.0) into a `Charter`.

Two `[[party]]` tables with a `name` each are a whole charter: everything else has a default. An id left out is derived: a
state's is its ISO alpha-3 code in lower case, any other the name in lower case with hyphens.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, Literal, cast

from tasdiq.errors import InputError, MissingError
from tasdiq.intake.gazetteer import load_world
from tasdiq.model.agreement import Agreement, Commitment, Quantity, Reading
from tasdiq.model.charter import Charter, Group, Member, Procedure, PublicationRules, ScheduledSession
from tasdiq.model.place import Crossing
from tasdiq.model.source import Designation

from .draft import Draft, Placed
from .keys import CHARTER, TABLES
from .positions import Path, key_lines
from .problems import Problems
from .rules import check_rules
from .values import check_table, place_names

LARGEST = 2_000_000
"""Bytes; a charter is a hundredth of this."""
Role = Literal["party", "mediator", "observer", "protection"]


def read_charter(path: FilePath | str) -> Charter:
    """Return the charter in a file; raise `CharterError` with all that is wrong with it, by line."""
    path = FilePath(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise MissingError(f"{path}: no such charter; write one, or leave --charter out to have one proposed") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=path) from error
    return parse_charter(data, str(path))


def parse_charter(data: bytes, name: str = "charter.toml") -> Charter:
    """Return the charter that the bytes of a `charter.toml` hold; errors as `read_charter`."""
    text = _decode(data, name)
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
        lines = key_lines(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"at line (\d+)", str(error))
        reason = f"not valid TOML: {error}; each line is a [[table]], a key = value, or a # comment"
        raise InputError(reason, file=name, line=int(found[1]) if found else None) from error
    problems = Problems(name, lines)
    draft = _Reader(problems).read(tables)
    check_rules(draft, problems)
    problems.refuse()
    return draft.charter()


def _decode(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise InputError(f"{len(data):,} bytes; expected at most {LARGEST:,}: is this a charter?", file=name)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8; save the charter as UTF-8 text", file=name, line=line) from error


class _Reader:
    """Builds the draft table by table; what does not fit is left out and noted."""

    def __init__(self, problems: Problems) -> None:
        self.problems, self.broken = problems, set[str]()

    def read(self, tables: dict[str, Any]) -> Draft:
        top = check_table((), tables, CHARTER, self.problems)
        inner = {name for name, key in CHARTER.items() if key.form in ("tables", "table")}
        plain = {name: value for name, value in top.items() if name not in inner}
        draft = Draft(plain, broken=self.broken)
        draft.parties = self._members(top, "party", "party")
        draft.mediators = self._members(top, "mediator", "mediator")
        draft.observers = self._members(top, "observer", "observer")
        if "protection_body" in top:
            draft.protection = self._member(("protection_body",), top["protection_body"], "protection")
        draft.groups = list(self._groups(top))
        draft.agreements = [
            Placed(path, Agreement(**values)) for path, values in self._each(top, "agreement", "title", "form")
        ]
        draft.commitments = list(self._commitments(top))
        draft.sessions = list(self._sessions(top))
        draft.crossings = list(self._crossings(top))
        draft.procedure = Procedure(**self._one(top, "procedure"))
        draft.publication = PublicationRules(**self._one(top, "publication"))
        return draft

    def _each(self, top: dict[str, Any], table: str, *needed: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the checked values of each table that has what it needs, with an id."""
        for number, raw in enumerate(top.get(table, ())):
            path: Path = (table, number)
            values: dict[str, Any] = check_table(path, raw, TABLES[table], self.problems)
            if all(key in values for key in needed):
                values.setdefault("id", _slug(str(values[needed[0]])) or f"{table}-{number + 1}")
                yield path, values
            elif "id" in values:
                self.broken.add(values["id"])

    def _one(self, top: dict[str, Any], table: str) -> dict[str, Any]:
        return check_table((table,), top[table], TABLES[table], self.problems) if table in top else {}

    def _members(self, top: dict[str, Any], table: str, role: Role) -> list[Placed[Member]]:
        tables = ((cast("Path", (table, number)), raw) for number, raw in enumerate(top.get(table, ())))
        members = (self._member(path, raw, role) for path, raw in tables)
        return [member for member in members if member is not None]

    def _member(self, path: Path, raw: object, role: Role) -> Placed[Member] | None:
        values: dict[str, Any] = check_table(path, raw, TABLES[str(path[0])], self.problems)
        if "name" not in values:
            self.broken.add(str(values.get("id", "")))
            return None
        state = load_world().by_name(values["name"])
        if state:
            values.setdefault("country", state.id)
        derived = str(values["country"]).lower() if state else _slug(values["name"])
        if "id" not in values and not derived:
            self.problems.add((*path, "name"), 'no id can be made of this name; add one, such as id = "kes"')
            return None
        values.setdefault("id", derived)
        return Placed(path, Member(role=role, **values))

    def _groups(self, top: dict[str, Any]) -> Iterator[Placed[Group]]:
        for number, raw in enumerate(top.get("group", ())):
            path: Path = ("group", number)
            values: dict[str, Any] = check_table(path, raw, TABLES["group"], self.problems)
            if "name" not in values:
                continue
            values.setdefault("id", _slug(values["name"]) or f"group-{number + 1}")
            yield Placed(path, Group(**values))

    def _commitments(self, top: dict[str, Any]) -> Iterator[Placed[Commitment]]:
        for path, values in self._each(top, "commitment", "text", "agreement", "bearer"):
            readings = (
                check_table((*path, "reading", number), raw, TABLES["reading"], self.problems)
                for number, raw in enumerate(values.pop("reading", ()))
            )
            values["readings"] = tuple(
                Reading(**found)  # type: ignore[arg-type]
                for found in readings
                if {"party", "text"} <= found.keys()
            )
            values["quantity"] = self._quantity(path, values)
            values["start"] = values.pop("from", "")
            yield Placed(path, Commitment(**values))

    def _quantity(self, path: Path, values: dict[str, Any]) -> Quantity | None:
        """Take a commitment's number, its unit and per what out of its values."""
        given = {name: values.pop(name) for name in ("quantity", "unit", "per", "sense") if name in values}
        if not given:
            return None
        if "quantity" not in given or not given.get("unit"):
            self.problems.add(
                (*path, next(iter(given))), 'a number needs quantity and unit, such as quantity = 40, unit = "trucks"'
            )
            return None
        return Quantity(value=given.pop("quantity"), **given)

    def _sessions(self, top: dict[str, Any]) -> Iterator[Placed[ScheduledSession]]:
        for path, values in self._each(top, "session", "place", "from"):
            if "id" not in top["session"][path[-1]]:
                values["id"] = f"{values['id']}-{_slug(values['from'])}"
            values["start"], values["end"] = values.pop("from"), values.pop("until", "")
            yield Placed(path, ScheduledSession(**values))

    def _crossings(self, top: dict[str, Any]) -> Iterator[Placed[Crossing]]:
        for path, values in self._each(top, "crossing", "name"):
            names: tuple[Designation, ...] = values.pop("names", ())
            for short, long in (("lat", "lat_e7"), ("lon", "lon_e7")):
                values[long] = values.pop(short, None)
            yield Placed(path, Crossing(names=place_names(names), **values))


def _slug(name: str) -> str:
    """Return a name in lower-case ASCII letters and digits with hyphens; empty if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")[:60].strip("-")
