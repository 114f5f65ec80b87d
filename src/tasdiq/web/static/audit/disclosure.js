/* Disclosures: fields of a body sealed one by one, and proved later without showing the rest. Mirrors the reading half of
   record/secrecy/disclosure.py, under RFC 9901 without its JWT.

   In the place of a sealed field stands its digest in the `_sd` list of its object, or `{"...": digest}` in the place of an
   array's element. A disclosure is base64url of `[salt, name, value]` or `[salt, value]`; its digest is SHA-256 of that text.

   1. A disclosure is canonical JSON, its salt 16 bytes; a digest is SHA-256, and `"_sd_alg": "sha-256"` stands at the top of
      the body exactly where a digest stands in it.
   2. `_sd` is sorted, so that it does not tell the order of fields. (Decoys are the writer's.)
   3. `_sd`, `_sd_alg` and `...` are nobody's own fields.
   4. A disclosure must be found by its digest, no digest stands twice, a disclosed field overwrites none, and what is
      disclosed for a field is no element, nor the reverse.
   5. A field inside a sealed one can be sealed too: both disclosures are needed to see it. */
(function (audit) {
  "use strict";

  const { InputError, bytes, canonical, folder, quoted, shape } = audit;
  const MOST_DISCLOSURES = 1000;
  const LARGEST_DISCLOSURE = 65536;
  const [SALT_BYTES, DIGEST_BYTES, DEEPEST] = [16, 32, 100];
  const [LIST, ALGORITHM, ELEMENT, SHA256] = ["_sd", "_sd_alg", "...", "sha-256"];

  /** Return the body with these disclosures revealed, the paths to what they show, and the digests that none of them opens. */
  async function reveal(plaintext, disclosures) {
    const given = await byDigest(disclosures);
    const revealed = new Revealed(given);
    const whole = revealed.whole(canonical.loads(plaintext));
    return { whole, places: revealed.places, unopened: [...revealed.seen].filter((digest) => !given.has(digest)) };
  }

  /** Return [pointer, value] of what each disclosure shows in the body with these disclosures revealed. */
  async function shownBy(plaintext, disclosures) {
    const { whole, places } = await reveal(plaintext, disclosures);
    return places.map((path) => [pointer(path), path.reduce((value, token) => value[token], whole)]);
  }

  async function byDigest(disclosures) {
    const given = new Map();
    for (const text of disclosures) {
      const digest = canonical.b64url(await bytes.sha256(bytes.join(text)));
      if (!/^[\0-\x7f]*$/.test(text) || given.has(digest) || given.size === MOST_DISCLOSURES) {
        throw new InputError(`expected at most ${MOST_DISCLOSURES} disclosures, each once`, "disclosures");
      }
      given.set(digest, text);
    }
    return given;
  }

  function pointer(path) {
    return path.map((token) => "/" + token.replace(/~/g, "~0").replace(/\//g, "~1")).join("");
  }

  /** Return [salt, name, value] or [salt, value] of a disclosure in its one spelling (rule 1). */
  function read(text) {
    if (text.length > LARGEST_DISCLOSURE) {
      throw new InputError(`expected a disclosure of at most ${LARGEST_DISCLOSURE} characters, found ${text.length}`);
    }
    const parts = canonical.loads(canonical.unb64url(text, Math.floor((text.length * 3) / 4), "a disclosure"));
    const named = Array.isArray(parts) && parts.slice(0, -1).every((part) => typeof part === "string");
    if (!named || ![2, 3].includes(parts.length)) {
      throw new InputError("expected a disclosure as [salt, name, value] or [salt, value]", "disclosures");
    }
    canonical.unb64url(parts[0], SALT_BYTES, "the salt of a disclosure");
    return parts;
  }

  /** A body with what its disclosures show; `places` are the paths to what they show. */
  class Revealed {
    constructor(given) {
      Object.assign(this, { given, places: [], seen: new Set() });
    }

    whole(value) {
      if (shape.typeName(value) !== "dict" || value[ALGORITHM] !== SHA256) {
        throw new InputError(`expected '${ALGORITHM}': ${SHA256} at the top of a body with sealed fields`);
      }
      const rest = { ...value };
      delete rest[ALGORITHM];
      const shown = this.shown(rest, []);
      if (!this.seen.size) throw new InputError(`expected a digest in a body that names '${ALGORITHM}', found none`);
      const unused = [...this.given.keys()].filter((digest) => !this.seen.has(digest)).length;
      if (unused) throw new InputError(`${unused} disclosures belong to no digest in this body`, "disclosures");
      return shown;
    }

    shown(value, path) {
      if (path.length > DEEPEST) {
        throw new InputError(`expected at most ${DEEPEST} levels in a body with sealed fields`);
      }
      if (shape.typeName(value) === "dict") return this.object(value, path);
      return Array.isArray(value) ? this.array(value, path) : value;
    }

    object(value, path) {
      // Without a prototype: a field may be called __proto__.
      const shown = Object.create(null);
      for (const name of Object.keys(value).sort().filter((key) => key !== LIST)) {
        shown[name] = this.shown(value[name], [...path, own(name)]);
      }
      for (const digest of digestsIn(value)) {
        const parts = this.take(digest, 3);
        if (!parts) continue;
        const name = own(parts[1]);
        if (name in shown) {
          throw new InputError(`a disclosure would overwrite the field ${quoted(name, 40)}`, "disclosures");
        }
        this.places.push([...path, name]);
        shown[name] = this.shown(parts[2], [...path, name]);
      }
      return shown;
    }

    array(value, path) {
      const shown = [];
      for (const item of value) {
        const here = [...path, String(shown.length)];
        if (shape.typeName(item) !== "dict" || !Object.hasOwn(item, ELEMENT)) {
          shown.push(this.shown(item, here));
          continue;
        }
        if (Object.keys(item).length !== 1 || typeof item[ELEMENT] !== "string") {
          throw new InputError(`expected '${ELEMENT}' alone, with a digest, in the place of a sealed element`);
        }
        const parts = this.take(item[ELEMENT], 2);
        if (!parts) continue;
        this.places.push(here);
        shown.push(this.shown(parts[1], here));
      }
      return shown;
    }

    /** Return the parts of the disclosure with this digest, null if it is not here; no digest counts twice (rule 4). */
    take(digest, length) {
      canonical.unb64url(digest, DIGEST_BYTES, "a digest");
      if (this.seen.has(digest)) {
        throw new InputError("expected every digest once in a body, found one twice", "disclosures");
      }
      this.seen.add(digest);
      if (!this.given.has(digest)) return null;
      const parts = read(this.given.get(digest));
      if (parts.length !== length) {
        throw new InputError("a disclosure of a field stands for an element, or the reverse", "disclosures");
      }
      return parts;
    }
  }

  // Rule 3.
  function own(name) {
    if (![LIST, ALGORITHM, ELEMENT].includes(name)) return name;
    throw new InputError(`expected no field named '${name}': it is reserved for sealed fields`);
  }

  // Rule 2.
  function digestsIn(value) {
    if (!Object.hasOwn(value, LIST)) return [];
    const listed = value[LIST];
    if (!Array.isArray(listed) || !listed.length) throw new InputError(`expected a list of digests as '${LIST}'`);
    const rising = (item, at) => typeof item === "string" && (!at || folder.byCodePoint(listed[at - 1], item) <= 0);
    if (!listed.every(rising)) throw new InputError(`expected the digests in '${LIST}' in order`);
    return listed;
  }

  audit.disclosure = { MOST_DISCLOSURES, reveal, shownBy };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
