/* One file on its way: hashed here, announced, sent in parts, held against its hash by the server. What breaks off goes on from
   where the server says it stands. The rules are U1 to U6 of web/uploads/uploading.py. */

const ADDRESS = "/api/v1/uploads";
const PATIENCE = 5;

/* What went wrong, in words that can be shown. */
export class UploadError extends Error {}

const token = () => document.querySelector('meta[name="csrf"]').content;
const pause = (seconds) => new Promise((go) => window.setTimeout(go, seconds * 1000));

async function ask(address, options, signal) {
  const headers = { "X-CSRF-Token": token(), Accept: "application/json", ...(options.headers || {}) };
  return window.fetch(address, { credentials: "same-origin", ...options, headers, signal });
}

async function words(response) {
  try {
    const problem = await response.json();
    return problem.detail || problem.title;
  } catch (error) {
    return `The server answered ${response.status}.`;
  }
}

/* Return the file's SHA-256; `progress(bytes)` is called on the way. */
export function hashed(file, progress, signal) {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/static/uploads/hashing.js", { type: "module" });
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    signal.addEventListener("abort", () => end(reject, new DOMException("cancelled", "AbortError")));
    worker.addEventListener("error", () => end(reject, new UploadError("Your browser cannot hash the file here. Use a newer one, or the command line.")));
    worker.addEventListener("message", ({ data }) => {
      if (data.sha256) end(resolve, data.sha256);
      else if (data.failed) end(reject, new UploadError("The file cannot be read: it was moved or changed. Choose it again."));
      else progress(data.done);
    });
    worker.postMessage(file);
  });
}

/* Announce a file; return what the server knows of it. */
export async function announced(file, sha256, about, signal) {
  const body = JSON.stringify({ case: about, name: file.name, size: file.size, sha256 });
  const response = await ask(ADDRESS, { method: "POST", body, headers: { "Content-Type": "application/json" } }, signal);
  if (!response.ok) throw new UploadError(await words(response));
  return response.json();
}

/* Send the parts that are missing; return the upload when it is whole. */
export async function sent(file, upload, progress, signal) {
  let known = upload;
  let tries = 0;
  while (known.state === "open") {
    progress(known.received);
    try {
      known = await onePart(file, known, signal);
      tries = 0;
    } catch (error) {
      if (error.name === "AbortError" || error instanceof UploadError) throw error;
      tries += 1;
      if (tries > PATIENCE) throw new UploadError("The connection is gone. What has arrived is kept for a day: try again, and it goes on from there.");
      await pause(2 ** tries);
      known = await standing(known, signal).catch(() => known);
    }
  }
  progress(file.size);
  return known;
}

async function onePart(file, known, signal) {
  const part = file.slice(known.received, known.received + known.part);
  const headers = { "Content-Type": "application/octet-stream" };
  const response = await ask(`${ADDRESS}/${known.id}?offset=${known.received}`, { method: "PUT", body: part, headers }, signal);
  if (response.ok) return response.json();
  if (response.status === 409) return standing(known, signal);
  if (response.status === 429) {
    await pause(Number(response.headers.get("Retry-After")) || 10);
    return known;
  }
  if (response.status >= 500) throw new Error(String(response.status));
  throw new UploadError(await words(response));
}

async function standing(known, signal) {
  const response = await ask(`${ADDRESS}/${known.id}`, {}, signal);
  if (!response.ok) throw new UploadError(await words(response));
  return response.json();
}

/* Tell the server that a file is given up. */
export async function cancelled(upload) {
  await ask(`${ADDRESS}/${upload.id}`, { method: "DELETE" });
}
