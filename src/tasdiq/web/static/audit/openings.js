/* Openings: what a later body shows of earlier sealed ones, so that anyone can hold it against what was signed. Mirrors
   record/openings.py.

   A body may have the field `openings`, a list of `{"entry": id, "salt": hex, "content": text}`: the salt and the exact
   text that an entry before it commits to.

   1. An item with exactly these three texts is an opening; a list with anything else in it is another use of the word.
   2. An opening names an entry before its own, and opens what that entry commits to. */
(function (audit) {
  "use strict";

  const { body, bytes, canonical, shape } = audit;

  /** Return [entry id, commitment in hex] of every opening in the JSON of a body; InputError if one has another form. */
  async function openedIn(value) {
    const listed = shape.typeName(value) === "dict" && Object.hasOwn(value, "openings") ? value.openings : null;
    if (!Array.isArray(listed) || !listed.every(isOpening)) return [];
    return Promise.all(listed.map(async (item) => [shape.entryId(item.entry, "an opened entry"), await commitment(item)]));
  }

  function isOpening(item) {
    if (shape.typeName(item) !== "dict" || Object.keys(item).sort().join() !== "content,entry,salt") return false;
    return Object.values(item).every((text) => typeof text === "string");
  }

  function commitment({ salt, content }) {
    const raw = canonical.hexBytes(salt, body.SALT_BYTES, "the salt of an opening");
    return body.commit(raw, bytes.join(content));
  }

  audit.openings = { openedIn };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
