/* Tiles: the tree and its entries as static files of 256. Mirrors record/tiles.py, under c2sp.org/tlog-tiles.

   1. A path has one spelling: `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last marked x.
   2. An entry bundle holds exactly as many entries as its tile is wide, each with a 16-bit length before it. */
(function (audit) {
  "use strict";

  const { InputError } = audit;
  const WIDTH = 256;
  const LARGEST_ENTRY = 65535;

  /** Return the path of a tile of hashes, or of an entry bundle where `level` is null. */
  function tilePath(level, number, width = WIDTH) {
    const digits = String(number);
    const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.../g);
    const spelled = [...groups.slice(0, -1).map((group) => "x" + group), groups[groups.length - 1]].join("/");
    return `tile/${level === null ? "entries" : level}/${spelled}${width === WIDTH ? "" : ".p/" + width}`;
  }

  /** Cut an entry bundle into exactly `width` leaves. */
  function unpackEntries(data, width) {
    const leaves = [];
    let at = 0;
    while (at < data.length) {
      const end = at + 2 + data[at] * 256 + data[at + 1];
      if (!(end <= data.length)) {
        throw new InputError(`expected an entry of the announced length at byte ${at}, found the end of the bundle`);
      }
      leaves.push(data.slice(at + 2, end));
      at = end;
    }
    if (leaves.length !== width) throw new InputError(`expected ${width} entries in the bundle, found ${leaves.length}`);
    return leaves;
  }

  audit.tiles = { WIDTH, LARGEST_ENTRY, tilePath, unpackEntries };
})((globalThis.tasdiqAudit = globalThis.tasdiqAudit || {}));
