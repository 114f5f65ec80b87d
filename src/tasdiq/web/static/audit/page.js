/* The form of the audit page: what is chosen or dropped, the check, and how far it is. Everything stays in this browser.

   1. What was chosen last, by whichever way, is what is checked.
   2. A browser that cannot check signatures says so before anything is chosen.
   3. A fault of the page is told as a fault and never as a verdict. */
(function (audit) {
  "use strict";

  const { UnusableError, ed25519, folder, report } = audit;
  const byId = (id) => document.getElementById(id);
  const REPAINT_MS = 60;
  const TELL_MS = 2000;
  const WORDS = { files: "Files read", entries: "Entries checked", bodies: "Bodies checked" };

  let chosen = null;
  let [painted, spoken] = [0, 0];

  function choose(found) {
    chosen = found;
    const many = found instanceof folder.Folder;
    byId("chosen").textContent = many
      ? `Chosen: the folder ${found.name} with ${found.files.size} files.`
      : `Chosen: the file ${found.name}.`;
    refuse("");
  }

  function refuse(message) {
    byId("refused").textContent = message;
    byId("refused").hidden = !message;
  }

  /** Run a step; what is unusable is told to the reader, a fault of the page as one. */
  async function telling(step) {
    try {
      await step();
    } catch (error) {
      if (error instanceof UnusableError) refuse(`This cannot be checked: ${error.message}.`);
      else refuse(`The page failed, so there is no verdict (${error}). Please use the command tasdiq audit.`);
      byId("told").textContent = "";
      // Tests and curious readers find the cause in the console.
      if (!(error instanceof UnusableError)) console.error(error);
    }
  }

  // Awaited within long work, so that the page is painted and can be read while it goes on.
  async function progress(what, done, total) {
    if (performance.now() - painted < REPAINT_MS) return;
    byId("progress").value = total ? done / total : 0;
    // The words are read aloud by a screen reader: not with every step.
    if (performance.now() - spoken > TELL_MS) {
      byId("told").textContent = `${WORDS[what]}: ${done} of ${total}`;
      spoken = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve));
    painted = performance.now();
  }

  /** Return what the reader knows from elsewhere. */
  function known() {
    const files = (id) => [...byId(id).files];
    return { trust: files("choose-trust")[0] || null, against: files("choose-kept"), receipts: files("choose-receipts") };
  }

  async function check() {
    if (!chosen) throw new UnusableError("choose a folder or a file first");
    byId("report").hidden = true;
    byId("working").hidden = false;
    byId("told").textContent = "Checking …";
    spoken = performance.now();
    try {
      const verdict = await audit.check(chosen, known(), progress);
      byId("told").textContent = "Checked.";
      report.show(byId("report"), verdict);
    } finally {
      byId("working").hidden = true;
    }
  }

  function listen() {
    const drop = byId("drop");
    byId("choose-folder").addEventListener("change", (event) =>
      telling(async () => choose(folder.fromPicker(event.target.files)))
    );
    byId("choose-file").addEventListener("change", (event) => {
      if (event.target.files.length) choose(event.target.files[0]);
    });
    byId("checker").addEventListener("submit", (event) => {
      event.preventDefault();
      refuse("");
      telling(check);
    });
    // A file dropped beside the box would otherwise be opened in place of the page.
    for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
    drop.addEventListener("dragover", () => drop.classList.add("over"));
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      drop.classList.remove("over");
      telling(async () => choose(await folder.fromDrop(event.dataTransfer)));
    });
  }

  async function start() {
    byId("checker").hidden = false;
    if (!globalThis.crypto?.subtle || !(await ed25519.isAvailable())) {
      byId("checker").hidden = true;
      byId("report").hidden = false;
      byId("report").textContent =
        "This browser cannot check Ed25519 signatures on this page. Open the page from a disk or from a secure address, in a browser of " +
        "2025 or later, or use tasdiq audit.";
      return;
    }
    listen();
  }

  start();
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
