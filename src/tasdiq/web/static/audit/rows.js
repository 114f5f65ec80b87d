/* Rows: what one bulk entry carries, each provable and redactable by itself. Mirrors record/rows.py.

   A row is committed to by `SHA-256("tasdiq/row/v1\0" || salt32 || row)`; the body of a bulk entry lists the commitments and
   their RFC 6962 root.

   1. A bulk entry has 1-10,000 rows.
   2. The listed root is that of the listed commitments.
   3. A row's proof leads from its commitment to the root in the body, and the body to the tree. */
(function (audit) {
  "use strict";

  const { InputError, body, bytes, canonical, merkle, shape } = audit;
  const MOST_ROWS = 10000;
  const DOMAIN = "tasdiq/row/v1\0";

  /** Return the commitment to a row, as 32 bytes. */
  function commit(row) {
    return bytes.sha256(bytes.join(DOMAIN, row.salt, row.content));
  }

  /** Return the RFC 6962 root over row commitments. */
  async function root(commits) {
    return merkle.rootOf(await Promise.all(commits.map(merkle.leafHash)));
  }

  /** Return the row commitments that a body lists, none if it is no bulk body; refuse a listing that is wrong. */
  async function commitsIn(value) {
    if (shape.typeName(value) !== "dict" || !Object.hasOwn(value, "rows")) return [];
    const listed = shape.fields(value.rows, { commits: "list", root: "str" }, {}, "the rows of a bulk body");
    if (!(0 < listed.commits.length && listed.commits.length <= MOST_ROWS)) {
      throw new InputError(`expected 1 to ${MOST_ROWS} row commitments, found ${listed.commits.length}`);
    }
    const commits = listed.commits.map((item) => canonical.hexBytes(shape.text(item), 32, "a row commitment"));
    if (bytes.toHex(await root(commits)) !== listed.root) {
      throw new InputError("the root in a bulk body is not that of the row commitments it lists");
    }
    return commits;
  }

  /** Raise InputError unless `row` is number `number` of `size` rows under the root. */
  async function verify(row, number, size, path, expected) {
    await merkle.verifyInclusion(number, size, await merkle.leafHash(await commit(row)), path, expected);
  }

  /** Read a row as `rows` files and bundles write it. */
  function fromJson(item) {
    const value = shape.fields(item, { row: "str", salt: "str" }, {}, "a row");
    return { salt: canonical.hexBytes(value.salt, body.SALT_BYTES, "a salt"), content: bytes.join(value.row) };
  }

  /** Read a `rows` file: the rows of one entry by number, null where one was redacted. */
  function listed(data) {
    const value = canonical.loads(data);
    if (!Array.isArray(value) || !value.length) {
      throw new InputError("expected a list of rows with something in it, or no such file");
    }
    return new Map(value.map((item, number) => [number, item === null ? null : fromJson(item)]));
  }

  audit.rows = { commit, root, commitsIn, verify, fromJson, listed };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
