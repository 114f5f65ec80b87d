/* The keys a reader knows from elsewhere, against which an audit holds the record's own. Mirrors record/audit/trust.py.

   A trust file has a key a line, either `<role> <name> <key id>` or a signed-note verifier key `<name>+<hash>+<base64>`;
   empty lines and lines that begin with # say nothing.

   1. Every member and log that entry 0 admits must stand in the file with its key: all later keys follow from these.
   2. A name in the file that serves in the record in the same role, and never had the key in the file, is a contradiction.
   3. Keys of other records in the file do no harm. */
(function (audit) {
  "use strict";

  const { AuditError, InputError, UnusableError, bytes, keyIdOf, note, shape } = audit;
  const ROLES = ["member", "log", "publisher", "officer", "cosigner"];

  /** Read a trust file; raise UnusableError with its line: an unreadable one is no verdict. */
  async function readTrust(name, data) {
    const found = [];
    for (const [number, line] of textOf(name, data).split("\n").entries()) {
      if (line.trim() && !line.startsWith("#")) found.push(await readLine(line.trim(), `${name}:${number + 1}`));
    }
    if (!found.length) throw new UnusableError(`${name}: expected at least one key, such as: log example.org/record 0123…`);
    return found;
  }

  function textOf(name, data) {
    try {
      return bytes.text(data, "a text file of trusted keys");
    } catch (error) {
      throw new UnusableError(`${name}: ${error.message}`);
    }
  }

  async function readLine(line, where) {
    try {
      return line.includes(" ") ? threeWords(line) : await verifierKey(line);
    } catch (error) {
      if (error instanceof AuditError) throw new UnusableError(`${where}: ${error.message}`);
      throw error;
    }
  }

  function threeWords(line) {
    const [role, name, keyId, ...more] = line.split(" ");
    if (keyId === undefined || more.length || !ROLES.includes(role)) {
      throw new InputError(`expected '<role> <name> <key id>' with a role of ${ROLES.join(", ")}`);
    }
    return { role, name, keyId: shape.entryId(keyId, "a key id") };
  }

  async function verifierKey(line) {
    const found = await note.parseVerifier(line);
    const role = found.algorithm === note.COSIGNATURE ? "cosigner" : "";
    return { role, name: found.name, keyId: await keyIdOf(found.publicKey) };
  }

  /** List why the record's keys are not those trusted; nothing if they are. */
  async function contradictions(state, trusted) {
    const found = [];
    for (const key of state.keys.values()) {
      const founding = key.since === 0 && ["member", "log"].includes(key.role);
      if (!founding || trusted.some((item) => isOf(item, key))) continue;
      found.push(`the ${key.role} ${key.name} signs with the key ${key.id}, which is not among the trusted keys`);
    }
    const serving = await servingIn(state);
    for (const item of trusted) {
      const held = serving.get(`${item.role} ${item.name}`);
      if (held && !held.includes(item.keyId)) {
        found.push(`the ${item.role} ${item.name} never had the trusted key ${item.keyId} in this record`);
      }
    }
    return found;
  }

  function isOf(item, key) {
    return item.name === key.name && item.keyId === key.id && (item.role === key.role || item.role === "");
  }

  async function servingIn(state) {
    const serving = new Map();
    const put = (role, name, keyId) => serving.set(`${role} ${name}`, [...(serving.get(`${role} ${name}`) || []), keyId]);
    for (const key of state.keys.values()) put(key.role, key.name, key.id);
    for (const cosigner of state.cosigners) put("cosigner", cosigner.name, await keyIdOf(cosigner.publicKey));
    return serving;
  }

  audit.trust = { readTrust, contradictions };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
