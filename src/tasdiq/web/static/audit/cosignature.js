/* Cosignatures: a cosigner's statement that it saw a checkpoint at a time and found it consistent with all before.
   Mirrors record/cosignature.py, under c2sp.org/tlog-cosignature, type cosignature/v1 with Ed25519.

   1. The signature covers the time and the whole text, and not the cosigner's name: duplicate keys are refused elsewhere.
   2. The time is in whole seconds, not 0, and before the year 10000: no calendar here can show a later one. */
(function (audit) {
  "use strict";

  const { InputError, bytes, ed25519, note } = audit;
  const TIME_BYTES = 8;
  const END_OF_TIME = 253402300800n;

  /** Return when the key cosigned the note (the latest time, in seconds), or null; a cosignature that fails is refused. */
  async function cosignedAt(parsed, known) {
    let latest = null;
    for (const line of note.linesBy(parsed, known)) {
      const seconds = await checked(parsed.text, known, line.signature);
      if (latest === null || seconds > latest) latest = seconds;
    }
    return latest;
  }

  async function checked(text, known, data) {
    if (data.length !== TIME_BYTES + ed25519.SIGNATURE_BYTES) {
      throw new InputError(`expected a cosignature of 72 bytes by ${known.name}, found ${data.length}`);
    }
    const seconds = BigInt("0x" + bytes.toHex(data.subarray(0, TIME_BYTES)));
    const inRange = 0n < seconds && seconds < END_OF_TIME;
    const message = bytes.join(`cosignature/v1\ntime ${seconds}\n${text}`);
    if (!inRange || !(await ed25519.verify(known.publicKey, data.subarray(TIME_BYTES), message))) {
      throw new InputError(`the cosignature of ${known.name} does not hold: do not use the checkpoint`);
    }
    return Number(seconds);
  }

  /** Write the time of a cosignature as `YYYY-MM-DDTHH:MM:SSZ`. */
  function moment(seconds) {
    return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
  }

  audit.cosignature = { cosignedAt, moment };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
