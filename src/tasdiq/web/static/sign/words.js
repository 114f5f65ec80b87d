/* An entry in words, rendered from the exact bytes that are signed. Mirrors tasdiq.web.words; both read words.json.

   1. Every field of the body and of the header is a line; none is shortened, merged or left out, and one the table does not
      know is shown by its own name.
   2. A field that its kind has and that was left out is a line, too, and says what leaving it out means.
   3. The order is the table's for what it knows, and after that by name.
   4. What is sealed by itself is shown with what opens it, and marked.
   5. What is not seen is made visible; the line end stays one, and so does a joiner between two Arabic letters.
   6. A time that exists is told in words, with the day of the week and in UTC, and as it is written. */
(function (sign) {
  "use strict";

  const audit = globalThis.tasdiqAudit;
  const { bytes, canonical, disclosure } = audit;
  const TIME = /^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])Z$/;
  const DATE = /^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const JOINERS = "\u200c\u200d";

  /** Return what renders entries with this table. */
  function make(table) {
    const unseen = new RegExp(`[${ranges(table.invisible)}]`, "gu");
    const joining = new RegExp(`^[${ranges(table.joins)}]$`, "u");
    const ranks = new Map(Object.keys(table.fields).map((name, rank) => [name, rank]));

    /** Return a text with everything in it that is not seen made visible (rule 5). */
    function visible(text) {
      return text.replace(unseen, (found, at) => {
        const [before, after] = [text[at - 1] || "", text[at + found.length] || ""];
        if (JOINERS.includes(found) && joining.test(before) && joining.test(after)) return found;
        const number = found.codePointAt(0).toString(16).padStart(4, "0");
        const name = own(table.names, number) || "";
        return `⟨U+${number.toUpperCase()}${name ? " " : ""}${name}⟩`;
      });
    }

    /** Return a scalar in words. */
    function said(value) {
      if (value === null) return table.words.null;
      if (typeof value === "boolean") return table.words[String(value)];
      if (typeof value === "number") return String(value);
      return value ? dated(value) || visible(value) : table.words.empty;
    }

    function dated(text) {
      const moment = TIME.exec(text);
      if (!moment && !DATE.test(text)) return "";
      const day = new Date(text.slice(0, 10) + "T00:00:00Z");
      if (isNaN(day) || day.toISOString().slice(0, 10) !== text.slice(0, 10)) return "";
      const parts = {
        day: table.days[day.getUTCDay()], d: String(day.getUTCDate()), month: table.months[day.getUTCMonth()],
        y: String(day.getUTCFullYear()), time: moment ? moment[1] : "",
      };
      return `${filled(moment ? table.moment : table.date, parts)} [${text}]`;
    }

    function label(kind, names, name) {
      const known = own(table.of, [kind, ...names, name].join(".")) ?? own(table.fields, name);
      return known ?? filled(table.words.unknown_field, { name: visible(name) });
    }

    function byRank(one, other) {
      const [a, b] = [ranks.get(one) ?? ranks.size, ranks.get(other) ?? ranks.size];
      return a - b || audit.folder.byCodePoint(one, other);
    }

    /** The body of one kind of entry; `concealed` are the ways to what is sealed by itself. */
    class Told {
      constructor(kind, concealed = new Set()) {
        Object.assign(this, { kind, concealed, lines: [] });
      }

      add(depth, name, text) {
        this.lines.push({ depth, label: name, text });
      }

      body(content, rows) {
        const known = own(table.kinds, this.kind);
        this.add(0, table.header.kind, visible(this.kind));
        this.add(0, table.words.means, known ? known.says : table.words.unknown_kind);
        if (isObject(content)) this.fields(content, known ? known.fields : [], [], [], 0);
        else this.value(content, table.words.content, [], [], 0);
        rows.forEach((row, at) => {
          const name = filled(table.words.row, { n: String(at + 1), of: String(rows.length) });
          this.value(row, name, ["rows"], ["rows", String(at + 1)], 0);
        });
        return this.lines;
      }

      fields(value, first, names, at, depth) {
        const rest = Object.keys(value).filter((name) => !first.includes(name)).sort(byRank);
        for (const name of [...first, ...rest]) {
          const called = label(this.kind, names, name);
          if (Object.hasOwn(value, name)) this.value(value[name], called, [...names, name], [...at, name], depth);
          else this.add(depth, called, own(table.absent, `${this.kind}.${name}`) ?? table.absent[""]);
        }
      }

      value(value, called, names, at, depth) {
        if (this.concealed.has(JSON.stringify(at))) called = filled(table.words.concealed, { label: called });
        if (value !== null && typeof value === "object" && !Object.keys(value).length) {
          this.add(depth, called, table.words.none);
        } else if (isObject(value)) {
          this.add(depth, called, "");
          this.fields(value, [], names, at, depth + 1);
        } else if (Array.isArray(value)) {
          value.forEach((item, number) => {
            const parts = { label: called, n: String(number + 1), of: String(value.length) };
            this.value(item, filled(table.words.numbered, parts), names, [...at, String(number)], depth);
          });
        } else {
          this.add(depth, called, said(value));
        }
      }
    }

    function listed(name, items) {
      const told = new Told("");
      told.value(items, name, [], [], 0);
      return told.lines;
    }

    function who(header, sealed) {
      const [labels, told] = [table.header, new Told("")];
      told.add(0, labels.member, said(header.member));
      if (sealed) told.add(0, labels.officer, said(sealed.officer));
      told.add(0, labels.access, table.access[header.access]);
      if (sealed) told.lines.push(...listed(labels.recipients, sealed.recipients));
      told.add(0, labels.claimed_time, said((sealed || header).claimed_time));
      return told.lines;
    }

    function bound(header, sealed) {
      const [labels, told] = [table.header, new Told("")];
      told.lines.push(...listed(labels.refs, (sealed || header).refs));
      if (sealed) {
        told.add(0, labels.sealed_kind, header.kind);
        told.add(0, labels.sealed_time, said(header.claimed_time));
        told.add(0, labels.pad, String(sealed.pad.length));
      }
      for (const name of ["origin", "charter", "keys_at", "body_commit", "nonce", "v"]) {
        if (Object.hasOwn(header, name)) told.add(0, labels[name], said(header[name]));
      }
      if (Object.hasOwn(header, "keys")) told.value(header.keys, labels.keys, ["keys"], ["keys"], 0);
      return told.lines;
    }

    /** Return an entry in words: sections of { title, lines: [{ depth, label, text }] }. */
    async function render(header, plaintext, rows, disclosures) {
      audit.body.inner(header.access, plaintext);
      const sealed = header.access === "public" ? null : canonical.loads(plaintext);
      const content = sealed ? canonical.dumps(sealed.body) : plaintext;
      const shown = await opened(content, disclosures);
      const told = new Told(sealed ? sealed.kind : header.kind, new Set(shown.places.map((path) => JSON.stringify(path))));
      return [
        { title: table.sections.says, lines: told.body(shown.whole, rows.map((row) => canonical.loads(row))) },
        { title: table.sections.who, lines: who(header, sealed) },
        { title: table.sections.bound, lines: bound(header, sealed) },
      ];
    }

    return { render, said, visible };
  }

  /** Return a body with its sealed fields in their places, the ways to them, and the digests that nothing opens. */
  async function opened(content, disclosures) {
    const whole = canonical.loads(content);
    const concealed = bytes.text(content, "a body").match(/"(?:_sd|_sd_alg|\.\.\.)":/);
    if (!concealed && !disclosures.length) return { whole, places: [], unopened: [] };
    return disclosure.reveal(content, disclosures);
  }

  function ranges(listed) {
    return listed.map((item) => item.split("-").map((number) => `\\u{${number}}`).join("-")).join("");
  }

  // In one pass, for what is filled in may hold braces.
  function filled(template, parts) {
    return template.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  }

  function own(object, name) {
    return Object.hasOwn(object, name) ? object[name] : undefined;
  }

  function isObject(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  sign.words = { make, opened };
})((globalThis.tasdiqSign = globalThis.tasdiqSign || {}));
