/* The check of one body that is shown, and of its rows: the second half of record/audit/recount.py (rule 3). */
(function (audit) {
  "use strict";

  const { InputError, body, bytes, openings, rows } = audit;

  /** Check that a body is the one its entry commits to, and its rows (where `shown.rows` is not null). */
  async function checkBody(seen, shown, emptied, verdict) {
    let commits;
    try {
      if ((await body.commit(shown.salt, shown.plaintext)) !== seen.commit) {
        verdict.add("body-changed", shown.path, "not the body its entry commits to", seen.index);
        return;
      }
      const value = body.read(body.inner(seen.access, shown.plaintext));
      commits = await rows.commitsIn(value);
      seen.opened = (await openings.openedIn(value)).map(([id, commit]) => ({ id, commit, path: shown.path }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      verdict.add("body-malformed", shown.path, error, seen.index);
      return;
    }
    if (shown.rows) await checkRows(seen, shown, commits, emptied, verdict);
    for (const number of shown.chosen || []) checkEmptied(seen, number, emptied, shown.path, verdict);
  }

  async function checkRows(seen, shown, commits, emptied, verdict) {
    for (const number of shown.rows.keys()) {
      if (number >= commits.length) {
        verdict.add("row-changed", shown.path, `row ${number} is not among those committed to`, seen.index);
      }
    }
    const made = await Promise.all(commits.map((_, number) => commitOf(shown.rows.get(number))));
    for (const [number, commit] of commits.entries()) {
      if (made[number] === null) rowNotShown(seen, number, emptied, shown.path, verdict);
      else if (!bytes.equal(made[number], commit)) {
        verdict.add("row-changed", shown.path, `row ${number} is not the one committed to`, seen.index);
      } else checkEmptied(seen, number, emptied, shown.path, verdict);
    }
  }

  function checkEmptied(seen, number, emptied, path, verdict) {
    if (!emptied.has(`${seen.id}/${number}`)) return;
    verdict.add("body-not-redacted", path, `a notice redacted row ${number}; it is here`, seen.index);
  }

  async function commitOf(row) {
    return row ? rows.commit(row) : null;
  }

  function rowNotShown(seen, number, emptied, path, verdict) {
    if (emptied.has(`${seen.id}/${number}`)) verdict.redacted += 1;
    else if (seen.isPublic) {
      verdict.add("row-missing", path, `expected row ${number}, or a notice of its redaction`, seen.index);
    }
  }

  audit.checkBody = checkBody;
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
