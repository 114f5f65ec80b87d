"""Disclosures: fields of a body sealed one by one, and proved later without showing the rest.

Decides, under RFC 9901 (https://www.rfc-editor.org/rfc/rfc9901) without its JWT, what stands in a body in the place of a
sealed field: its digest in the `_sd` list of its object, or `{"...": digest}` in the place of an array's element. A
disclosure is base64url of `[salt, name, value]` or `[salt, value]`; its digest is SHA-256 of that text. The RFC leaves more
than one spelling; here:

1. A disclosure is canonical JSON, its salt 16 bytes; a digest is SHA-256, and `"_sd_alg": "sha-256"` stands at the top of
   the body exactly where a digest stands in it.
2. `_sd` is sorted, so that it does not tell the order of fields; it is filled up to a multiple of four with decoys, and so
   are the sealed elements of an array, so that a digest does not tell that there is something.
3. `_sd`, `_sd_alg` and `...` are nobody's own fields.
4. A disclosure must be found by its digest (RFC 9901, 7.1, step 5), no digest stands twice (step 4), a disclosed field
   overwrites none (3.c.ii.3), and what is disclosed for a field is no element, nor the reverse (3.c.ii.1, 3.c.iii.1).
5. A field inside a sealed one can be sealed too: both disclosures are needed to see it.

Fields are named by JSON pointers (RFC 6901). Where disclosures are kept is left to the store, who may see them to its users.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tasdiq.errors import InputError
from tasdiq.record import canonical
from tasdiq.record.secrecy.pointer import Path, read_pointer, step, walk, write_pointer

MOST_DISCLOSURES = 1000
LARGEST_DISCLOSURE = 65_536
_SALT_BYTES, _DIGEST_BYTES, _FILL, _DEEPEST = 16, 32, 4, 100
_LIST, _ALGORITHM, _ELEMENT = "_sd", "_sd_alg", "..."
_SHA256 = "sha-256"
DECOY = "decoy:"
"""How the text behind a decoy begins: no disclosure can, for none holds a colon. Who is shown it knows that nothing is sealed."""
_RESERVED = frozenset({_LIST, _ALGORITHM, _ELEMENT})
_MARKS = tuple(f'"{name}":'.encode() for name in _RESERVED)


def digest_of(text: str) -> str:
    """Return the digest of a disclosure: base64url of SHA-256 of its text (RFC 9901, 4.2.3)."""
    return canonical.b64url(hashlib.sha256(text.encode()).digest())


class Concealed(NamedTuple):
    """A body with sealed fields, what discloses each, and the texts whose digests are the decoys in it (rule 2)."""

    plaintext: bytes
    disclosures: tuple[str, ...]
    decoys: tuple[str, ...]


def conceal(plaintext: bytes, pointers: Sequence[str]) -> tuple[bytes, tuple[str, ...]]:
    """Return a body with the fields at `pointers` sealed, and their disclosures in the order of the pointers.

    Raise InputError if the body is no object, a pointer leads to nothing, or a field has a name that is reserved.
    """
    return conceal_for_signing(plaintext, pointers)[:2]


def conceal_for_signing(plaintext: bytes, pointers: Sequence[str]) -> Concealed:
    """Do what `conceal` does, and tell which digests are decoys: for a signer who did not seal the fields itself."""
    if not pointers:
        return Concealed(plaintext, (), ())
    value = canonical.loads(plaintext)
    if not isinstance(value, dict):
        raise InputError("expected an object as a body with sealed fields")
    if len(set(pointers)) != len(pointers) or len(pointers) > MOST_DISCLOSURES:
        raise InputError(f"expected at most {MOST_DISCLOSURES} pointers to sealed fields, each once")
    _require_own(value)
    decoys: list[str] = []
    # The innermost first: a sealed field takes the digests inside it along.
    paths = sorted(map(read_pointer, pointers), key=len, reverse=True)
    made = {path: _seal_at(value, path, decoys) for path in paths}
    _add_decoys(value, decoys)
    sealed = canonical.dumps({**value, _ALGORITHM: _SHA256})
    return Concealed(sealed, tuple(made[read_pointer(pointer)] for pointer in pointers), tuple(decoys))


def reveal(plaintext: bytes, disclosures: Iterable[str]) -> bytes:
    """Return a body with the disclosed fields in their places, and without a trace of the others (RFC 9901, 7.1)."""
    if not is_concealed(plaintext):
        if any(True for _ in disclosures):
            raise InputError("expected no disclosure of a body that has no sealed fields", field="disclosures")
        return plaintext
    return canonical.dumps(_Revealed(canonical.loads(plaintext), disclosures).value)


def bare(plaintext: bytes) -> bytes:
    """Return a body as everyone may read it: without digests. What every fold and publication reads."""
    return reveal(plaintext, ())


def is_concealed(plaintext: bytes) -> bool:
    """Tell whether canonical JSON names a field that is reserved for digests."""
    # Asked for every body that is entered or read: the one question that nearly all answer with no comes first.
    return (b'"_sd' in plaintext or b'"...' in plaintext) and any(mark in plaintext for mark in _MARKS)


def located(plaintext: bytes, disclosures: Iterable[str]) -> dict[str, str]:
    """Return the disclosure of each sealed field by its pointer into the body with all of them revealed."""
    return {} if not is_concealed(plaintext) else _Revealed(canonical.loads(plaintext), disclosures).places


def select(plaintext: bytes, disclosures: Sequence[str], pointers: Iterable[str]) -> list[str]:
    """Return the disclosures that show the fields at `pointers` whole: their own, those around and those inside."""
    places = {read_pointer(pointer): text for pointer, text in located(plaintext, disclosures).items()}
    shown = canonical.loads(reveal(plaintext, disclosures))
    chosen: set[str] = set()
    for pointer in pointers:
        wanted = read_pointer(pointer)
        found = [path for path in places if path == wanted[: len(path)] or wanted == path[: len(wanted)]]
        if not found:
            raise InputError(f"expected a pointer to a sealed field, found {pointer[:80]!r}: nothing is sealed there")
        walk(shown, wanted)
        chosen.update(places[path] for path in found)
    return [text for text in disclosures if text in chosen]


def shown_by(plaintext: bytes, disclosures: Iterable[str]) -> dict[str, Any]:
    """Return what each disclosure shows, by the pointer to it in the body with these disclosures revealed."""
    found = _Revealed(canonical.loads(plaintext), disclosures)
    return {pointer: walk(found.value, read_pointer(pointer)) for pointer in found.places}


def _require_own(value: Any) -> None:
    """Refuse reserved names (rule 3) and values too deep to be revealed again."""
    level, depth = [value], 0
    while level:
        if depth > _DEEPEST:
            raise InputError(f"expected at most {_DEEPEST} levels in a body with sealed fields")
        objects = [item for item in level if isinstance(item, dict)]
        for name in (name for item in objects for name in item):
            _own(name)
        inner = [item.values() if isinstance(item, dict) else item for item in level if isinstance(item, dict | list)]
        level, depth = [item for items in inner for item in items], depth + 1


def _seal_at(value: dict[str, Any], path: Path, decoys: list[str]) -> str:
    if not path:
        raise InputError("expected a pointer to a field of the body, found one to all of it")
    around = walk(value, path[:-1])
    item = step(around, path[-1])
    _add_decoys(item, decoys)
    salt, named = canonical.b64url(secrets.token_bytes(_SALT_BYTES)), isinstance(around, dict)
    text = canonical.b64url(canonical.dumps([salt, path[-1], item] if named else [salt, item]))
    if len(text) > LARGEST_DISCLOSURE:
        raise InputError(f"expected a disclosure of at most {LARGEST_DISCLOSURE} characters, found {len(text)}")
    if named:
        del around[path[-1]]
        around.setdefault(_LIST, []).append(digest_of(text))
    else:
        around[int(path[-1])] = {_ELEMENT: digest_of(text)}
    return text


def _add_decoys(value: Any, decoys: list[str]) -> None:
    """Fill the digests in a value up to a multiple of four (rule 2); what is sealed already was filled before."""
    if isinstance(value, dict):
        if _LIST in value:
            value[_LIST] = sorted([*value[_LIST], *(_decoy(decoys) for _ in range(-len(value[_LIST]) % _FILL))])
        for item in value.values():
            _add_decoys(item, decoys)
    elif isinstance(value, list):
        for item in value:
            _add_decoys(item, decoys)
        for _ in range(-sum(isinstance(item, dict) and _ELEMENT in item for item in value) % _FILL):
            value.insert(secrets.randbelow(len(value) + 1), {_ELEMENT: _decoy(decoys)})


def _decoy(decoys: list[str]) -> str:
    decoys.append(DECOY + secrets.token_hex(_DIGEST_BYTES))
    return digest_of(decoys[-1])


def _read(text: str) -> list[Any]:
    """Return [salt, name, value] or [salt, value] of a disclosure in its one spelling (rule 1)."""
    if len(text) > LARGEST_DISCLOSURE:
        raise InputError(f"expected a disclosure of at most {LARGEST_DISCLOSURE} characters, found {len(text)}")
    parts = canonical.loads(canonical.unb64url(text, len(text) * 3 // 4, "a disclosure"))
    if not isinstance(parts, list) or len(parts) not in (2, 3) or not all(isinstance(part, str) for part in parts[:-1]):
        raise InputError("expected a disclosure as [salt, name, value] or [salt, value]", field="disclosures")
    canonical.unb64url(parts[0], _SALT_BYTES, "the salt of a disclosure")
    return parts


class _Revealed:
    """A body with what its disclosures show; `places` are the disclosures by the pointer to what they show."""

    def __init__(self, value: Any, disclosures: Iterable[str]) -> None:
        self._given: dict[str, str] = {}
        for text in disclosures:
            if not text.isascii() or digest_of(text) in self._given or len(self._given) == MOST_DISCLOSURES:
                raise InputError(f"expected at most {MOST_DISCLOSURES} disclosures, each once", field="disclosures")
            self._given[digest_of(text)] = text
        self.places: dict[str, str] = {}
        self._seen: set[str] = set()
        self.value = self._whole(value)
        if unused := self._given.keys() - self._seen:
            raise InputError(f"{len(unused)} disclosures belong to no digest in this body", field="disclosures")

    def _whole(self, value: Any) -> Any:
        if not isinstance(value, dict) or value.get(_ALGORITHM) != _SHA256:
            raise InputError(f"expected {_ALGORITHM!r}: {_SHA256!r} at the top of a body with sealed fields")
        shown = self._shown({name: item for name, item in value.items() if name != _ALGORITHM}, ())
        if not self._seen:
            raise InputError(f"expected a digest in a body that names {_ALGORITHM!r}, found none")
        return shown

    def _shown(self, value: Any, path: Path) -> Any:
        if len(path) > _DEEPEST:
            raise InputError(f"expected at most {_DEEPEST} levels in a body with sealed fields")
        if isinstance(value, dict):
            return self._object(value, path)
        return self._array(value, path) if isinstance(value, list) else value

    def _object(self, value: dict[str, Any], path: Path) -> dict[str, Any]:
        shown = {name: self._shown(item, (*path, _own(name))) for name, item in value.items() if name != _LIST}
        for digest in _digests(value):
            parts = self._take(digest, 3)
            if not parts:
                continue
            name = _own(parts[1])
            if name in shown:
                raise InputError(f"a disclosure would overwrite the field {name[:40]!r}", field="disclosures")
            self.places[write_pointer((*path, name))] = self._given[digest]
            shown[name] = self._shown(parts[2], (*path, name))
        return shown

    def _array(self, value: list[Any], path: Path) -> list[Any]:
        shown: list[Any] = []
        for item in value:
            here = (*path, str(len(shown)))
            if not isinstance(item, dict) or _ELEMENT not in item:
                shown.append(self._shown(item, here))
                continue
            if len(item) != 1 or not isinstance(item[_ELEMENT], str):
                raise InputError(f"expected {_ELEMENT!r} alone, with a digest, in the place of a sealed element")
            if parts := self._take(item[_ELEMENT], 2):
                self.places[write_pointer(here)] = self._given[item[_ELEMENT]]
                shown.append(self._shown(parts[1], here))
        return shown

    def _take(self, digest: str, length: int) -> list[Any]:
        """Return the parts of the disclosure with this digest, nothing if it is not here; no digest counts twice."""
        canonical.unb64url(digest, _DIGEST_BYTES, "a digest")
        if digest in self._seen:
            raise InputError("expected every digest once in a body, found one twice", field="disclosures")
        self._seen.add(digest)
        if digest not in self._given:
            return []
        parts = _read(self._given[digest])
        if len(parts) != length:
            raise InputError("a disclosure of a field stands for an element, or the reverse", field="disclosures")
        return parts


def _own(name: str) -> str:
    if name in _RESERVED:
        raise InputError(f"expected no field named {name!r}: it is reserved for sealed fields")
    return name


def _digests(value: dict[str, Any]) -> list[str]:
    listed = value.get(_LIST, [])
    if _LIST in value and (not isinstance(listed, list) or not listed):
        raise InputError(f"expected a list of digests as {_LIST!r}")
    if not all(isinstance(digest, str) for digest in listed) or listed != sorted(listed):
        raise InputError(f"expected the digests in {_LIST!r} in order")
    return list(listed)
