"""The audit of a bundle: a file with chosen entries, their proofs, and the chain of key events.

1. The file is canonical JSON with exactly the fields of `bundle`.
2. Every key event and every entry is proved against the checkpoint's root; indices rise strictly.
3. The key events are all there: each names the one before it, and each entry the newest one before it, as `keys_at`.
4. Each entry is checked with the keys as they were at its index; each body and row against its commitment. Rows stand in
   order, each once.
   Disclosures show sealed fields of the body by the strict rules of `disclosure`; what they show stands in the verdict.
5. The card, if any, is one of the bodies or rows.

A bundle cannot show what came after its last entry: keys are known as of there, later revocations are not.
"""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from typing import Any

from tasdiq.errors import InputError, RoleError
from tasdiq.record import body, canonical, checkpoint, merkle, rows, shape
from tasdiq.record.audit.recount import Recount, Shown
from tasdiq.record.audit.verdict import Disclosed, Verdict
from tasdiq.record.chain import Chain
from tasdiq.record.entry import Entry, parse_leaf
from tasdiq.record.manifest import LARGEST_FILE
from tasdiq.record.secrecy import disclosure

TYPE = "tasdiq/bundle/v1"
_FIELDS = {"type": str, "checkpoint": str, "keys": list, "entries": list}
_PROVED = {"index": int, "leaf": str, "proof": list}
_ENTRY = {**_PROVED, "body": object, "rows": list}
_ROW = {"n": int, "proof": list, "row": str, "salt": str}


class BundleAudit:
    """One pass over a bundle; problems go into the verdict."""

    def __init__(self, file: Path) -> None:
        self.file, self.path = file, file.name
        self.verdict = Verdict("bundle")
        self._chains: list[tuple[int, Chain]] = []
        self._shown: dict[str, Shown] = {}
        self._words: set[bytes] = set()

    def run(self) -> Verdict:
        """Check everything and return the verdict."""
        with self.verdict.noting("bundle-malformed", self.path):
            if self.file.stat().st_size > LARGEST_FILE:
                raise InputError(f"expected a bundle of at most {LARGEST_FILE} bytes")
            value = shape.fields(canonical.loads(self.file.read_bytes()), _FIELDS, {"card": object}, where="the bundle")
            if value["type"] != TYPE:
                raise InputError(f"expected a bundle of type {TYPE}, found {value['type'][:40]!r}")
            found, parsed = checkpoint.parse(value["checkpoint"].encode())
            self.verdict.origin, self.verdict.size, self.verdict.root = found.origin, found.size, found.root
            recount = Recount(self.verdict, found.origin, chosen_only=True)
            self._keys(value["keys"], found, recount)
            self.verdict.keys = recount.chain.keys
            self._entries(value["entries"], found, recount)
            recount.tell(self.path)
            recount.signatures(found, parsed, self.path)
            recount.bodies(lambda seen: self._shown.get(seen.id), lambda seen: self.path)
            self._card(value)
        return self.verdict

    def _proved(self, value: dict[str, Any], found: checkpoint.Checkpoint) -> Entry:
        leaf = value["leaf"].encode()
        proof = [canonical.unb64(str(item), "a hash") for item in value["proof"]]
        merkle.verify_inclusion(value["index"], found.size, merkle.leaf_hash(leaf), proof, found.root)
        return parse_leaf(leaf)

    def _keys(self, listed: list[Any], found: checkpoint.Checkpoint, recount: Recount) -> None:
        before = -1
        for item in listed:
            value = shape.fields(item, _PROVED, where="a key event")
            index = value["index"]
            try:
                if index <= before or (before < 0 < index):
                    raise InputError("expected the key events in order, from entry 0 on")
                recount.chain = recount.chain.accept(self._proved(value, found), index)
                if recount.chain.keys.keys_at != index:
                    raise InputError("expected a key event, found another entry")
            except (InputError, RoleError) as error:
                self.verdict.add("key-chain", self.path, error, index)
                return
            self._chains.append((index, recount.chain))
            before = index
        if not self._chains:
            self.verdict.add("key-chain", self.path, "expected the chain of key events, found none")

    def _entries(self, listed: list[Any], found: checkpoint.Checkpoint, recount: Recount) -> None:
        before = -1
        for item in listed:
            value = shape.fields(item, _ENTRY, {"disclosures": list}, where="an entry of the bundle")
            index = value["index"]
            if index <= before:
                raise InputError("expected the entries in the order of their indices, each once")
            before = index
            with self.verdict.noting("proof-invalid", self.path, index):
                entry = self._proved(value, found)
                self._place(entry, index, recount)
                self._body(entry, index, value)

    def _place(self, entry: Entry, index: int, recount: Recount) -> None:
        at = bisect_left(self._chains, index, key=lambda item: item[0])
        chain = self._chains[at - 1][1] if at else Chain(recount.chain.origin)
        if "keys" in entry.header and (at >= len(self._chains) or self._chains[at][0] != index):
            self.verdict.add("key-chain", self.path, "a key event among the entries is not in the chain", index)
        try:
            chain = chain.accept(entry, index)
        except (InputError, RoleError) as error:
            self.verdict.add("entry-refused", self.path, error, index)
        recount.remember(entry, index, chain)

    def _body(self, entry: Entry, index: int, value: dict[str, Any]) -> None:
        if value["body"] is None:
            if value["rows"] or "disclosures" in value:
                raise InputError("expected no rows and no disclosures without the body that commits to them")
            return
        shown = shape.fields(value["body"], {"salt": str, "content": str}, where="a body")
        salt = canonical.hex_bytes(shown["salt"], body.SALT_BYTES, "a salt")
        content = shown["content"].encode()
        inner = body.inner(entry.header["access"], content)
        chosen = self._rows(value["rows"], inner)
        self._disclosures(value, index, inner)
        self._words.add(inner)
        self._shown[entry.id] = Shown(salt, content, None, self.path, chosen)

    def _rows(self, listed: list[Any], content: bytes) -> tuple[int, ...]:
        commits = rows.commits_in(body.read(content)) if listed else []
        root = rows.root(commits)
        chosen: list[int] = []
        for item in listed:
            value = shape.fields(item, _ROW, where="a row")
            row = rows.from_json({"row": value["row"], "salt": value["salt"]})
            proof = [canonical.unb64(str(part), "a hash") for part in value["proof"]]
            rows.verify(row, value["n"], len(commits), proof, root)
            if chosen and value["n"] <= chosen[-1]:
                raise InputError("expected the rows in the order of their numbers, each once")
            chosen.append(value["n"])
            self._words.add(row.content)
        return tuple(chosen)

    def _disclosures(self, value: dict[str, Any], index: int, content: bytes) -> None:
        if "disclosures" not in value:
            return
        texts = shape.texts(value["disclosures"], where="disclosures", most=disclosure.MOST_DISCLOSURES)
        if not texts:
            raise InputError("expected at least one disclosure where there is a list of them")
        for pointer, shown in disclosure.shown_by(content, texts).items():
            self.verdict.disclosed.append(Disclosed(index, pointer, canonical.dumps(shown).decode()))

    def _card(self, value: dict[str, Any]) -> None:
        if "card" in value and canonical.dumps(value["card"]) not in self._words:
            self.verdict.add(
                "card-unproved", self.path, "the card is not the body of an entry in the bundle: ignore it"
            )
