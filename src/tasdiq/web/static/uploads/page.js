/* The page of uploading: a list of files, each with how far it is, a way to cancel it and a way to try again. Files go one after
   the other; what arrived is ticked in the form below, which leads on to the evidence. */
import { UploadError, announced, cancelled, hashed, sent } from "./sending.js";

const MIB = 2 ** 20;

function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < MIB / 10 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / MIB).toFixed(1)} MiB`;
}

function made(name, text, attributes) {
  const element = document.createElement(name);
  element.textContent = text || "";
  Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

class Line {
  constructor(list, file, about, arrived) {
    Object.assign(this, { file, about, arrived, upload: null, stop: null });
    const item = made("li", "", { class: "upload" });
    const name = made("p", "", { class: "upload-name" });
    name.append(made("bdi", file.name), document.createTextNode(` · ${size(file.size)}`));
    this.bar = made("progress", "", { max: "100", value: "0", "aria-label": `Progress of ${file.name}` });
    this.told = made("p", "Waiting for its turn.", { class: "upload-told", role: "status" });
    this.cancel = made("button", "Cancel", { type: "button", class: "button second", "aria-label": `Cancel ${file.name}` });
    this.again = made("button", "Try again", { type: "button", class: "button second", "aria-label": `Try ${file.name} again` });
    this.again.hidden = true;
    const buttons = made("p", "", { class: "send" });
    buttons.append(this.cancel, this.again);
    item.append(name, this.bar, this.told, buttons);
    list.append(item);
    this.cancel.addEventListener("click", () => this.giveUp());
    this.again.addEventListener("click", () => this.go());
  }

  /* Words are told now and then only: a screen reader is not to be talked over. */
  show(what, bytes) {
    const part = Math.floor((100 * bytes) / this.file.size);
    this.bar.value = part;
    const words = `${what}: ${Math.floor(part / 25) * 25} %`;
    if (this.told.textContent !== words) this.told.textContent = words;
  }

  async go() {
    this.again.hidden = true;
    this.cancel.hidden = false;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    try {
      this.sha256 = this.sha256 || (await hashed(this.file, (done) => this.show("Hashing on this device", done), signal));
      this.upload = await announced(this.file, this.sha256, this.about, signal);
      this.upload = await sent(this.file, this.upload, (done) => this.show("Sending", done), signal);
      this.bar.value = 100;
      this.told.textContent = `Arrived whole. SHA-256 ${this.sha256}`;
      this.cancel.hidden = true;
      this.arrived(this.file.name, this.file.size, this.sha256);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.told.textContent = error instanceof UploadError ? error.message : "This did not work. Try again.";
      this.again.hidden = false;
      this.again.focus();
    }
  }

  async giveUp() {
    if (this.stop) this.stop.abort();
    this.cancel.hidden = true;
    this.told.textContent = "Cancelled. Nothing of it is kept.";
    this.gone = true;
    if (this.upload) await cancelled(this.upload).catch(() => {});
  }
}

function tick(form, name, bytes, sha256) {
  form.hidden = false;
  const list = form.querySelector("[data-arrived]");
  if (list.querySelector(`input[value="${sha256}"]`)) return;
  const id = `file-${sha256.slice(0, 12)}`;
  const option = made("div", "", { class: "option" });
  const box = made("input", "", { type: "checkbox", name: "sha256", value: sha256, id });
  box.checked = true;
  const label = made("label", "", { for: id });
  label.append(made("bdi", name), document.createTextNode(` · ${size(bytes)}`));
  const hint = made("p", "", { class: "hint" });
  hint.append(made("code", sha256, { class: "hash" }));
  option.append(box, label, hint);
  list.append(option);
}

const page = document.querySelector("[data-uploads]");
const chooser = page.querySelector('input[type="file"]');
const list = page.querySelector("[data-files]");
const form = document.querySelector("form[data-chosen]");
const waiting = [];
let busy = false;

async function next() {
  if (busy) return;
  busy = true;
  while (waiting.length) {
    const line = waiting.shift();
    if (!line.gone) await line.go();
  }
  busy = false;
}

page.hidden = false;
chooser.addEventListener("change", () => {
  for (const file of chooser.files) {
    waiting.push(new Line(list, file, page.dataset.uploads, (...told) => tick(form, ...told)));
  }
  chooser.value = "";
  next();
});
