/* What a reader kept, held against what is here: an older checkpoint, bundle or site. Mirrors record/audit/against.py.

   A host can show each reader another history as long as nobody compares. Codes, all at the checkpoint that is here:

   1. `other-log`: the two name different logs. `unknown-keys`: no key of this record's log signed what was kept.
   2. `rolled-back`: what was kept covers more entries than are here.
   3. `split-view`: at a size that both can tell, the roots differ; or at an index that both show, the leaves.
   4. `not-comparable`: neither can be told, as of a bundle and an earlier checkpoint: a check that was asked for and cannot
      be made does not hold. A site shows all that is needed. */
(function (audit) {
  "use strict";

  const { AuditError, bytes, checkpoint, note } = audit;

  /** Return every key that ever was the log's. */
  function logVerifiers(state, origin) {
    return Promise.all(state.inRole("log").map((key) => note.verifier(origin, key.publicKey)));
  }

  /** Add to `verdict`, whose copy is `here` and whose checkpoint lies at `where`, what `kept` shows to be wrong. */
  async function holdAgainst(verdict, where, here, kept) {
    const { name, found, parsed } = kept;
    if (found.origin !== here.found.origin) {
      verdict.add("other-log", where, `${name} is of the log ${found.origin}, here is ${here.found.origin}`);
      return;
    }
    try {
      await checkpoint.requireSigned(found, parsed, await logVerifiers(verdict.keys, here.found.origin));
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      const message = `no key of this record's log signed ${name}: one of the two is another's`;
      verdict.add("unknown-keys", where, message);
      return;
    }
    await verdict.noting("not-comparable", where, null, () => compare(verdict, where, here, kept));
  }

  async function compare(verdict, where, here, kept) {
    const [size, keptSize] = [here.found.size, kept.found.size];
    if (keptSize > size) {
      const message = `${kept.name} covers ${keptSize} entries, here are ${size}: what came after is gone`;
      verdict.add("rolled-back", where, message);
    }
    const differs = await differ(here, kept, Math.min(size, keptSize));
    if (differs) {
      verdict.add("split-view", where, `${kept.name} and what is here are two histories of one log: ${differs}`);
    } else if (differs === null && keptSize <= size) {
      const message = `what is here does not show whether its ${size} entries begin with the ${keptSize} of ${kept.name}`;
      verdict.add("not-comparable", where, `${message}: hold that against the site or the record`);
    } else if (differs !== null && keptSize <= size) {
      verdict.held.push(`begins with the ${keptSize} entries of ${kept.name}`);
    }
  }

  /** Say where two histories differ; "" if they agree at `size`, null if neither can be told. */
  async function differ(here, kept, size) {
    const [one, other] = [await here.root(size), await kept.root(size)];
    if (one && other) return bytes.equal(one, other) ? "" : `their roots over ${size} entries differ`;
    const [fewer, more] = here.whole && !kept.whole ? [kept, here] : [here, kept];
    const known = new Map(await fewer.leaves());
    const again = await more.shown([...known.keys()]);
    for (const [index, leaf] of again) {
      if (!bytes.equal(leaf, known.get(index))) return `entry ${index} is another`;
    }
    return null;
  }

  audit.against = { logVerifiers, holdAgainst };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
