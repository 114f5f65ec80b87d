/* The page of devices: makes a key in this browser, proves to the server that it is held, and marks the keys that are here. */
(function () {
  "use strict";

  const keys = globalThis.tasdiqSign.keys;
  const form = document.getElementById("make-key");
  const SENDING = { "Content-Type": "application/json", Accept: "application/json" };

  function tell(words) {
    const place = document.getElementById("device-told");
    place.textContent = words;
    place.hidden = false;
    place.focus();
  }

  async function call(address, value) {
    const answer = await window.tasdiq.send(address, JSON.stringify(value), SENDING);
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail || told.title);
    return told;
  }

  /* A key that the server did not take is removed again: what stays in the browser is what the page lists. */
  async function make() {
    const { origin, charter, member, officer } = form.dataset;
    const label = document.getElementById("label").value;
    const made = await keys.make({ origin, charter, member, officer }, label);
    try {
      const asked = await call("/account/devices/challenge", { key: made.public, next: made.next.public });
      const proof = await keys.prove(made.id, asked.statement);
      await call("/account/devices", { id: asked.id, sig: proof.sig, next_sig: proof.next_sig, label });
    } catch (error) {
      await keys.remove(made.id);
      throw error;
    }
  }

  async function start() {
    const lacks = await keys.lacks();
    if (lacks) return tell(lacks);
    const { origin, member, officer } = form.dataset;
    for (const key of await keys.listed({ origin, member, officer })) {
      const row = document.querySelector(`tr[data-key="${key.id}"]`);
      if (row) row.querySelector("[data-here]").hidden = false;
    }
    form.hidden = false;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await make();
      window.location.assign("/account/devices");
    } catch (error) {
      button.disabled = false;
      tell(error.message);
    }
  });
  start();
})();
