/* The page on which a draft is read and signed. What it shows is rendered here, from the bytes that are signed; the server's
   page gives only the draft's id and where to go on to.

   1. Nothing is signed that `checks` refuses, and nothing that was not shown: the bytes are fetched once, shown, and signed.
   2. Whatever happens is told in words, in one live region: what was signed, what was entered, what still waits, what failed.
   3. The receipt is kept in this browser and offered as a file. If the server names another entry than the one that was signed,
      that is told as what it is. */
(function (sign) {
  "use strict";

  const audit = globalThis.tasdiqAudit;
  const byId = (id) => document.getElementById(id);
  const place = byId("signing");
  const names = place ? JSON.parse(place.dataset.names) : {};

  /** Make an element with texts and elements in it; texts are never read as markup. */
  function make(name, attributes = {}, ...inside) {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...inside);
    return made;
  }

  function tell(words, alarm = false) {
    byId("sign-told").textContent = alarm ? "" : words;
    byId("sign-refused").textContent = alarm ? words : "";
    byId("sign-refused").hidden = !alarm;
  }

  function refuse(error) {
    if (error instanceof sign.Refusal) tell(`Nothing was signed: ${error.message}. Tell your member and the other officers: a server that asks for this is at fault.`, true);
    else if (error instanceof Answered) tell(error.message, true);
    else {
      tell(`The page failed, and nothing more was signed (${error}).`, true);
      // Whoever looks into it finds the cause in the console.
      console.error(error);
    }
  }

  /** What the server answered instead of what was asked. */
  class Answered extends Error {}

  async function answered(response) {
    if (response.ok) return response.json();
    const problem = await response.json().catch(() => ({}));
    throw new Answered(problem.detail || `The server answered with ${response.status}. Nothing is known to be entered; try again.`);
  }

  function read(address) {
    return fetch(address, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
  }

  async function start() {
    const lacking = await sign.keys.lacks();
    const table = await answered(await read(place.dataset.words));
    const draft = await answered(await read(`/api/v1/drafts/${place.dataset.draft}`));
    if (draft.entered) return stands(draft.entered, null);
    const whom = { member: place.dataset.member, officer: place.dataset.officer };
    const found = lacking ? [] : await sign.keys.listed(whom);
    // Without a key the words are shown all the same, and nothing can be signed.
    const key = found.find((one) => !draft.signed.some((other) => other.key === one.id)) || found[0];
    const checked = await sign.check(draft, key || unbound(draft), table, Date.now());
    await show(checked, draft, table);
    if (!key) return keyless(lacking, whom);
    if (draft.signed.some((other) => other.key === key.id)) return waitElsewhere(draft);
    offer(checked, draft, key);
  }

  /** For reading only: what a draft claims of itself, so that its bytes are held against each other all the same. */
  function unbound(draft) {
    const { origin, charter } = audit.canonical.loads(audit.bytes.join(draft.header));
    return { origin, charter, member: place.dataset.member, keysAt: 0 };
  }

  async function show(checked, draft, table) {
    const { header, plaintext, rows, disclosures } = checked;
    const sections = await sign.words.make(table).render(header, plaintext, rows, disclosures);
    place.replaceChildren(...sections.map(section));
    if (checked.officer && checked.officer !== place.dataset.officer) {
      place.prepend(make("p", { class: "notice" }, make("b", {}, "Prepared by another officer of your member: "), make("bdi", {}, checked.officer), "."));
    }
    if (draft.signed.length) {
      const who = draft.signed.map((one) => one.officer).join(", ");
      place.prepend(make("p", { class: "notice" }, make("b", {}, "Signed already by: "), make("bdi", {}, who), ". It takes another device."));
    }
  }

  function section({ title, lines }, number) {
    const list = make("dl", { class: "signed-lines" });
    for (const line of lines) {
      const depth = String(Math.min(line.depth, 6));
      const label = make("dt", {}, make("bdi", {}, line.label));
      list.append(make("div", { "data-depth": depth }, label, make("dd", {}, make("bdi", { dir: "auto" }, line.text))));
    }
    const heading = make("h2", { id: `sign-part-${number}` }, title);
    return make("section", { "aria-labelledby": heading.id, class: "signed-part" }, heading, list);
  }

  function keyless(lacking, whom) {
    byId("sign-keyless").hidden = false;
    byId("sign-keyless-why").textContent =
      lacking || `This browser holds no key of ${whom.officer} yet. Make one, and have your member certify it; or sign on the device that has it.`;
    tell("You can read this here, but not sign it.");
  }

  function offer(checked, draft, key) {
    byId("sign-key").textContent = sign.keys.grouped(key.id);
    byId("sign-whose").textContent = `${key.officer} of ${key.member}`;
    byId("sign-ready").hidden = false;
    tell("Read it to the end. What you sign is exactly what stands here.");
    let busy = false;
    byId("sign-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      byId("sign-button").disabled = true;
      tell("Signing …");
      try {
        await enter(checked, draft, key);
      } catch (error) {
        refuse(error);
        byId("sign-again").hidden = false;
        byId("sign-refused").focus();
      }
    });
  }

  async function enter(checked, draft, key) {
    const sig = await sign.keys.signEntry(key.id, checked.signed);
    tell("Signed. Entering …");
    const address = `/api/v1/drafts/${place.dataset.draft}/signatures`;
    const sent = { "Content-Type": "application/json", Accept: "application/json" };
    const done = await answered(await globalThis.tasdiq.send(address, JSON.stringify({ key: key.id, sig }), sent));
    if (done.waiting) return waits(done);
    return stands(done.entered, checked.id);
  }

  async function stands(entered, expected) {
    if (expected && entered.id !== expected) {
      throw new Answered(
        `The server says that it entered ${entered.id}, but you signed ${expected}. Keep this text, and tell your member.`,
      );
    }
    await sign.keys.keep(entered).catch(() => undefined);
    byId("sign-ready").hidden = true;
    // Only who prepared a draft can discard it.
    if (byId("sign-discard")) byId("sign-discard").hidden = true;
    const file = new Blob([entered.receipt], { type: "text/plain" });
    const link = byId("sign-receipt");
    link.href = URL.createObjectURL(file);
    link.download = `receipt-${entered.index}.txt`;
    byId("sign-index").textContent = String(entered.index);
    byId("sign-id").textContent = entered.id;
    byId("sign-entry").href = `/entries/${entered.id}`;
    document.body.dispatchEvent(new CustomEvent("entered", { detail: entered.index + 1 }));
    finish("sign-entered", `Entered: it stands in the record as entry ${entered.index}.`);
  }

  function waits(done) {
    byId("sign-ready").hidden = true;
    byId("sign-waiting-until").textContent = sign.until(done.expires_at);
    byId("sign-waiting-who").textContent = done.waiting.map((id) => names[id] || id).join(", ");
    finish("sign-waiting", "Signed on this device. It is not entered yet: another device must sign it.");
  }

  function waitElsewhere(draft) {
    byId("sign-waiting-until").textContent = sign.until(draft.expires_at);
    byId("sign-waiting-who").textContent = names[place.dataset.member] || place.dataset.member;
    finish("sign-waiting", "This device has signed it. It is not entered yet: another device must sign it.");
  }

  function finish(id, words) {
    tell(words);
    byId(id).hidden = false;
    byId(id).querySelector("h2").focus();
  }

  /** Return a time as people read it: here and in UTC. */
  sign.until = function (iso) {
    const here = new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    return `${iso.slice(11, 16)} UTC (${here} on this device’s clock)`;
  };

  if (place) {
    start().catch(refuse).finally(() => {
      place.dataset.settled = "yes";
    });
  }
})((globalThis.tasdiqSign = globalThis.tasdiqSign || {}));
