/* The SHA-256 of a file, in a thread of its own, read a part at a time: a file of 200 MiB is never in memory as a whole.
   Told: {done: bytes} again and again, then {sha256: hex}; or {failed: true} where the file cannot be read. */
import { sha256 } from "../vendor/noble-hashes/sha2.js";
import { bytesToHex } from "../vendor/noble-hashes/utils.js";

const PART = 4 * 2 ** 20;

self.addEventListener("message", async (event) => {
  const file = event.data;
  const hash = sha256.create();
  try {
    for (let offset = 0; offset < file.size; offset += PART) {
      const part = await file.slice(offset, offset + PART).arrayBuffer();
      hash.update(new Uint8Array(part));
      self.postMessage({ done: Math.min(offset + PART, file.size) });
    }
    self.postMessage({ sha256: bytesToHex(hash.digest()) });
  } catch (error) {
    /* The file was moved, changed or taken out while it was read. */
    self.postMessage({ failed: true });
  }
});
