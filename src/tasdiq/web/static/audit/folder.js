/* The files to check, however they came: chosen as a folder, dropped, or one alone. Nothing leaves the browser.

   1. Paths are relative to the folder that was chosen; what stands in it under another name is another file.
   2. Files are walked in the order of `manifest.walk`, so that problems come out in the command's order.
   3. What lies under `record/` is read once and kept, up to MOST_KEPT bytes: it is needed for the list and for the tree. */
(function (audit) {
  "use strict";

  const { InputError, UnusableError } = audit;
  const LARGEST_FILE = 512 * 2 ** 20;
  const MOST_KEPT = 256 * 2 ** 20;

  /** A folder's files by path. */
  class Folder {
    constructor(name, files) {
      Object.assign(this, { name, files: new Map(files), kept: new Map(), room: MOST_KEPT });
    }

    has(path) {
      return this.files.has(path);
    }

    hasFolder(path) {
      return [...this.files.keys()].some((name) => name.startsWith(path + "/"));
    }

    /** Return a file's bytes, null if there is none; raise InputError if it cannot be read or is too large. */
    async read(path) {
      const file = this.files.get(path);
      if (!file) return null;
      if (file.size > LARGEST_FILE) {
        throw new InputError(`expected at most ${LARGEST_FILE} bytes, found ${file.size}`);
      }
      if (!this.kept.has(path)) {
        const reading = readFile(file);
        if (!path.startsWith("record/") || file.size > this.room) return reading;
        this.room -= file.size;
        this.kept.set(path, reading);
      }
      return this.kept.get(path);
    }

    /** List the paths in the order of the command: a folder's files by name, then its folders, the last one first. */
    walk() {
      const root = { files: [], folders: new Map() };
      for (const path of this.files.keys()) {
        const parts = path.split("/");
        let at = root;
        for (const part of parts.slice(0, -1)) {
          if (!at.folders.has(part)) at.folders.set(part, { files: [], folders: new Map() });
          at = at.folders.get(part);
        }
        at.files.push(path);
      }
      return paths(root);
    }
  }

  function paths(folder) {
    const inner = [...folder.folders.keys()].sort(byCodePoint).reverse();
    return [...folder.files.sort(byCodePoint), ...inner.flatMap((name) => paths(folder.folders.get(name)))];
  }

  /** Compare two texts by code points, as Python does; JavaScript alone would compare UTF-16 code units. */
  function byCodePoint(one, other) {
    const [left, right] = [[...one], [...other]];
    const at = left.findIndex((character, place) => character !== right[place]);
    if (at < 0) return left.length - right.length;
    return at >= right.length ? 1 : left[at].codePointAt(0) - right[at].codePointAt(0);
  }

  async function readFile(file) {
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      throw new InputError(`the file cannot be read: ${error.name}`);
    }
  }

  /** Make a folder of what a folder picker gives (its paths begin with the folder's own name). */
  function fromPicker(list) {
    const files = [...list];
    if (!files.length) throw new UnusableError("this folder is empty: choose the folder that holds manifest.note");
    const name = files[0].webkitRelativePath.split("/")[0];
    return new Folder(name, files.map((file) => [file.webkitRelativePath.slice(name.length + 1), file]));
  }

  /** Return what was dropped: a Folder, or a File; raise UnusableError if it is more than one thing. */
  async function fromDrop(transfer) {
    const items = [...transfer.items].filter((item) => item.kind === "file");
    if (items.length !== 1) throw new UnusableError("drop one folder, or one file");
    // Both must be asked for before anything is awaited: afterwards the drop is forgotten. Handles come first: files of the
    // older entries cannot be read by a page that was opened from a disk, in some browsers.
    const [handle, entry] = [items[0].getAsFileSystemHandle?.(), items[0].webkitGetAsEntry?.()];
    const file = items[0].getAsFile();
    if (!entry?.isDirectory) return file;
    return new Folder(entry.name, await (handle ? listHandle(await handle, "") : listEntry(entry, "")));
  }

  async function listHandle(folder, before) {
    const found = [];
    for await (const [name, item] of folder.entries()) {
      if (item.kind === "directory") found.push(...(await listHandle(item, `${before}${name}/`)));
      else found.push([before + name, await item.getFile()]);
    }
    return found;
  }

  async function listEntry(folder, before) {
    const [found, reader] = [[], folder.createReader()];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return found;
      for (const item of some) {
        if (item.isDirectory) found.push(...(await listEntry(item, `${before}${item.name}/`)));
        else found.push([before + item.name, await new Promise((resolve, reject) => item.file(resolve, reject))]);
      }
    }
  }

  audit.folder = { LARGEST_FILE, Folder, fromPicker, fromDrop, readFile, byCodePoint };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
