/* The keys an officer signs with, in this browser: made here, kept here, never to be read out, not even by this page.

   1. Ed25519 by WebCrypto, not extractable: what leaves the browser is the public key and signatures.
   2. A key is made together with its successor, and for one record, charter, member and officer; it signs for no other.
   3. A statement of possession is signed only if it says exactly what the key was made for (secretariat/certification.py).
   4. Several officers may use one browser: each finds its own keys. Whoever can use the browser's profile can use its keys.
   5. The newest key event that was seen is kept with the key: a server that goes back behind it is refused. */
(function (sign) {
  "use strict";

  const audit = globalThis.tasdiqAudit;
  const { bytes, canonical, ed25519 } = audit;
  const [DATABASE, VERSION] = ["tasdiq-keys", 1];
  const POSSESSION = "application/vnd.tasdiq.possession.v1+json";
  const STATEMENT = {
    v: "int", origin: "str", member: "str", officer: "str", key: "str", next: "object", challenge: "str",
  };

  /** Why this browser cannot sign, in words; "" if it can. */
  async function lacks() {
    if (!globalThis.isSecureContext) return "This page was not reached over https, so the browser gives it no keys.";
    if (!globalThis.indexedDB) return "This browser keeps nothing for a page (is this a private window?).";
    try {
      await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    } catch {
      return "This browser has no Ed25519 keys. Chromium 137, Firefox 129 and Safari 17 have them, and newer ones.";
    }
    try {
      (await opened()).close();
    } catch {
      return "This browser keeps no keys for a page (is this a private window?).";
    }
    return "";
  }

  /** Make a key and its successor for { origin, charter, member, officer }; return it as `listed` does. */
  async function make(whom, label = "") {
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
    const [own, next] = [await pair(), await pair()];
    const { origin, charter, member, officer } = whom;
    const made = {
      id: own.id, origin, charter, member, officer, label, keysAt: 0, madeAt: new Date().toISOString(), ...own, next,
    };
    await change("key", (store) => store.add(made));
    return made;
  }

  async function pair() {
    const made = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", made.publicKey));
    return { id: bytes.toHex(await bytes.sha256(raw)), public: canonical.b64url(raw), secret: made.privateKey };
  }

  /** Return the keys in this browser, those of one { origin, member, officer } if it is given; the newest first. */
  async function listed(whom = {}) {
    const found = await change("key", (store) => store.getAll(), "readonly");
    const wanted = found.filter((key) => ["origin", "member", "officer"].every((name) => !whom[name] || key[name] === whom[name]));
    return wanted.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1));
  }

  /** Return { sig, next_sig } over a statement of possession; Refusal unless it says what the key was made for. */
  async function prove(id, text) {
    const key = await one(id);
    const said = audit.shape.fields(canonical.loads(bytes.join(text)), STATEMENT, {}, "the statement");
    const expected = { v: 1, origin: key.origin, member: key.member, officer: key.officer, key: key.public, next: key.next.public };
    for (const [name, value] of Object.entries(expected)) {
      if (said[name] !== value) throw new sign.Refusal(`the server asks to prove a key for another ${name}: nothing was signed`);
    }
    canonical.unb64url(said.challenge, 32, "a challenge");
    const message = ed25519.pae(POSSESSION, bytes.join(text));
    return { sig: await put(key, message), next_sig: await put(key.next, message) };
  }

  /** Return base64url of a key's signature over canonical header bytes; note the key event it was for. */
  async function signEntry(id, signed) {
    const key = await one(id);
    const header = canonical.loads(signed);
    const sig = await put(key, ed25519.pae(audit.entry.PAYLOAD_TYPE, signed));
    const keysAt = Math.max(key.keysAt, header.keys_at);
    if (keysAt > key.keysAt) await change("key", (store) => store.put({ ...key, keysAt }));
    return sig;
  }

  async function put(key, message) {
    const sig = new Uint8Array(await crypto.subtle.sign("Ed25519", key.secret, message));
    const publicKey = canonical.unb64url(key.public, ed25519.PUBLIC_BYTES, "a key");
    if (!(await ed25519.verify(publicKey, sig, message))) throw new sign.Refusal("this browser made a signature that does not hold");
    return canonical.b64url(sig);
  }

  /** Take a key, and its successor, out of this browser for good. */
  function remove(id) {
    return change("key", (store) => store.delete(id));
  }

  /** Keep the receipt of an entry: { id, index, deadline, receipt }. */
  function keep(receipt) {
    return change("receipt", (store) => store.put(receipt));
  }

  /** Return the receipts that were kept. */
  function receipts() {
    return change("receipt", (store) => store.getAll(), "readonly");
  }

  /** Return a fingerprint in groups of four, to be read to somebody. */
  function grouped(id) {
    return id.match(/.{1,4}/g).join(" ");
  }

  async function one(id) {
    const key = await change("key", (store) => store.get(id), "readonly");
    if (!key) throw new sign.Refusal("this key is no longer in this browser");
    return key;
  }

  function opened() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(DATABASE, VERSION);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("key", { keyPath: "id" });
        asked.result.createObjectStore("receipt", { keyPath: "id" });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  async function change(name, act, mode = "readwrite") {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(name, mode, { durability: "strict" });
        const asked = act(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  sign.keys = { lacks, make, listed, prove, signEntry, remove, keep, receipts, grouped };
})((globalThis.tasdiqSign = globalThis.tasdiqSign || {}));
