/* The report: a verdict laid out for a person. It writes texts, never markup: what files say cannot become part of the page.

   1. The headline is focused when the check ends, so that a screen reader reads it next.
   2. At most MOST_SHOWN problems stand in the table; the JSON has all of them. */
(function (audit) {
  "use strict";

  const { canonical, words } = audit;
  const MOST_SHOWN = 200;

  /** Make an element with attributes and children (texts or elements). */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  const code = (text) => element("code", {}, text);

  /** Fill `place` with the report of a verdict and move the focus there. */
  function show(place, verdict) {
    const head = element("h2", { id: "report-head", tabindex: "-1" }, words.headline(verdict));
    place.replaceChildren(
      head,
      element("p", { class: "answer" }, words.answer(verdict)),
      verdict.label ? element("p", { class: "notice" }, verdict.label) : "",
      ...(verdict.ok ? disclosed(verdict) : [problems(verdict)]),
      facts(verdict),
      ...keyTable(verdict),
      limits(verdict),
      ...json(verdict)
    );
    place.hidden = false;
    head.focus();
  }

  function problems(verdict) {
    const rows = verdict.problems.slice(0, MOST_SHOWN).map((problem) => [
      element("span", {}, element("span", { class: "wrong" }, words.problem(problem.code)), " ", code(problem.code)),
      code(problem.path),
      problem.index === null ? "—" : String(problem.index),
      problem.message,
    ]);
    const more = verdict.problems.length - rows.length;
    const made = table("What does not hold", ["What", "File", "Entry", "In detail"], rows);
    return more > 0 ? element("div", {}, made, element("p", {}, `And ${more} more: the JSON below has all.`)) : made;
  }

  function disclosed(verdict) {
    if (!verdict.disclosed.length) return [];
    const rows = verdict.disclosed.map(({ index, pointer, value }) => [String(index), code(pointer), value]);
    const head = element("h3", {}, "Sealed when it was signed, shown now");
    return [head, table("What is disclosed", ["Entry", "Field", "What it held from the start"], rows)];
  }

  function facts(verdict) {
    const listed = [
      ["Entries", verdict.size === null ? "unknown" : String(verdict.size)],
      ["Root", verdict.root ? code(canonical.b64(verdict.root)) : "unknown"],
      ["Cosigned", verdict.cosignedWords()],
      ["Keys", words.keys(verdict)],
      ["Bodies withheld", String(verdict.withheld)],
      ["Bodies and rows redacted", String(verdict.redacted)],
      ["Entries disputed", String(verdict.disputed)],
    ];
    const pairs = listed.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));
    return element("dl", { class: "named" }, ...pairs);
  }

  function keyTable(verdict) {
    const rows = [...verdict.keys.keys.values()].map((key) => keyRow(verdict, key.role, key.name, key.id, served(key)));
    for (const { name, id } of verdict.cosigners) rows.push(keyRow(verdict, "cosigner", name, id, "now"));
    if (!rows.length) return [];
    const columns = ["Role", "Name", "Fingerprint (SHA-256 of the public key)", "Served", "Known to you"];
    return [element("h3", {}, "Whose keys"), table("Whose keys", columns, rows)];
  }

  function keyRow(verdict, role, name, id, when) {
    const known = verdict.known.some((item) => item.keyId === id && item.name === name && [role, ""].includes(item.role));
    return [role, name, code(id), when, known ? "trusted" : "unknown"];
  }

  function served(key) {
    return key.until === null ? `from entry ${key.since}` : `entries ${key.since} to ${key.until}`;
  }

  function limits(verdict) {
    const known = `Keys are as of size ${verdict.size || 0}; later revocations are unknown.`;
    return element("p", { class: "fine" }, [known, ...verdict.held].join(" "));
  }

  /** Lay out rows under columns; on a phone each value carries its column's name. */
  function table(caption, columns, rows) {
    const heads = columns.map((name) => element("th", { scope: "col" }, name));
    const body = rows.map((cells) => {
      const [first, ...others] = cells.map((cell, at) =>
        element(at ? "td" : "th", at ? { "data-label": columns[at] } : { scope: "row" }, cell)
      );
      return element("tr", {}, first, ...others);
    });
    const made = element("table", { class: "stack" }, element("caption", { class: "hidden" }, caption));
    made.append(element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body));
    return made;
  }

  function json(verdict) {
    const text = JSON.stringify(verdict.asJson(), null, 2);
    const shown = element("pre", { tabindex: "0", id: "verdict-json" }, code(text));
    const button = element("button", { type: "button", class: "button" }, "Copy the JSON");
    const told = element("span", { role: "status" });
    button.addEventListener("click", () => copy(text, shown, told));
    const folded = element("details", {}, element("summary", {}, "As JSON, the same as tasdiq audit --json"), shown);
    return [element("p", {}, button, told), folded];
  }

  async function copy(text, shown, told) {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Copied.";
    } catch {
      // No clipboard for this page: the text is selected, ready to be copied by hand.
      shown.closest("details").open = true;
      getSelection().selectAllChildren(shown);
      told.textContent = "Selected below: copy it with your keyboard.";
    }
  }

  audit.report = { show };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
