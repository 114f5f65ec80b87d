/* A copy of a record, or of a part of it, as far as comparing needs it: its checkpoint and the leaves it shows. Mirrors
   record/audit/copy.py; records and parcels are members' own, and left to the command.

   Nothing here decides whether it holds: that is an audit's part; but what a copy is compared by is recomputed from its own
   bytes.

   1. A site shows every leaf under its checkpoint, a bundle those with a proof, a note none.
   2. A copy whose leaves do not give the root it is signed with compares with nothing: InputError. */
(function (audit) {
  "use strict";

  const { AuditError, InputError, bytes, canonical, checkpoint, folder, merkle, shape, tiles } = audit;
  const CHECKPOINT = "record/checkpoint";
  // A parcel is a tar whose first member has this name.
  const PARCEL = bytes.join("parcel.json\0");

  /** A checkpoint, and a function that gives [index, leaf] of what the copy shows, in order. */
  class Copy {
    constructor(name, { found, parsed }, leaves, whole) {
      Object.assign(this, { name, found, parsed, leaves, whole });
    }

    /** Return the root of this history over `size` entries; undefined if it cannot be told. */
    async root(size) {
      if (size === this.found.size) return this.found.root;
      if (!this.whole || size > this.found.size) return undefined;
      const hashes = await Promise.all((await this.leaves()).map(([, leaf]) => merkle.leafHash(leaf)));
      const counted = { origin: this.found.origin, size: hashes.length, root: await merkle.rootOf(hashes) };
      if (!checkpoint.isSame(this.found, counted)) {
        throw new InputError(`${this.name}: the entries here do not give the root of their checkpoint: audit it first`);
      }
      return merkle.rootOf(hashes.slice(0, size));
    }

    /** Return the leaves at those of `indices` that this copy shows, as a Map. */
    async shown(indices) {
      if (!indices.length) return new Map();
      const wanted = new Set(indices);
      return new Map((await this.leaves()).filter(([index]) => wanted.has(index)));
    }
  }

  /** Read a site, bundle or checkpoint's note; raise InputError, naming it, if it is none. */
  async function readCopy(given) {
    try {
      if (given instanceof folder.Folder) return await ofSite(given);
      if (given.size > folder.LARGEST_FILE) throw new InputError(`expected at most ${folder.LARGEST_FILE} bytes`);
      const data = await folder.readFile(given);
      if (bytes.equal(data.subarray(0, PARCEL.length), PARCEL)) {
        throw new InputError("a parcel, which a member holds against this by tasdiq audit");
      }
      return await (data[0] === 0x7b ? ofBundle(given.name, data) : ofNote(given.name, data));
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      throw new InputError(`${given.name}: expected a checkpoint, a bundle, a site or a record: ${error.message}`);
    }
  }

  function ofNote(name, data) {
    return new Copy(name, checkpoint.parse(data), async () => [], false);
  }

  async function ofBundle(name, data) {
    const value = canonical.loads(data);
    const has = (field, type) => Object.hasOwn(value, field) && shape.typeName(value[field]) === type;
    if (shape.typeName(value) !== "dict" || !has("checkpoint", "str") || !has("keys", "list") || !has("entries", "list")) {
      throw new InputError("expected a bundle");
    }
    const opened = checkpoint.parse(bytes.join(value.checkpoint));
    const leaves = new Map();
    for (const item of [...value.keys, ...value.entries]) leaves.set(item?.index, await proved(item, opened.found));
    const sorted = [...leaves].sort(([one], [other]) => one - other);
    return new Copy(name, opened, async () => sorted, false);
  }

  async function proved(item, found) {
    const [index, leaf, proof] = [shape.typeName(item?.index ?? null), item?.leaf, item?.proof];
    if (index !== "int" || typeof leaf !== "string" || !Array.isArray(proof)) {
      throw new InputError("expected index, leaf and proof of an entry");
    }
    const hashes = proof.map((part) => canonical.unb64(shape.text(part), "a hash"));
    const data = bytes.join(leaf);
    await merkle.verifyInclusion(item.index, found.size, await merkle.leafHash(data), hashes, found.root);
    return data;
  }

  async function ofSite(site) {
    const opened = checkpoint.parse(await required(site, CHECKPOINT));
    const leaves = async () => {
      const all = [];
      for (let start = 0; start < opened.found.size; start += tiles.WIDTH) {
        const width = Math.min(tiles.WIDTH, opened.found.size - start);
        const data = await required(site, `record/${tiles.tilePath(null, start / tiles.WIDTH, width)}`);
        tiles.unpackEntries(data, width).forEach((leaf, offset) => all.push([start + offset, leaf]));
      }
      return all;
    };
    return new Copy(site.name, opened, leaves, true);
  }

  async function required(site, path) {
    const data = await site.read(path);
    if (data === null) throw new InputError(`expected a file ${path} that can be read`);
    return data;
  }

  audit.copy = { readCopy };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
