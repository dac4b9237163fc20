import type { LabelledRows } from './rows.ts';

/** The key each row has once another part is joined to it, numbered from 0 by first appearance. */
export interface JoinedKeys {
  readonly ids: Int32Array;
  /** Of each key: the key it was joined to, and the code of the part that joined. */
  readonly parents: Int32Array;
  readonly codes: Int32Array;
}

/** The key that all rows share before anything is joined. */
export const noKeys = (rows: number): JoinedKeys => ({
  ids: new Int32Array(rows),
  parents: new Int32Array(1),
  codes: new Int32Array(1),
});

/**
 * Joins a part to keys. The search for keys does this a thousand times over all rows, so pairs are
 * found in an open hash table of plain numbers rather than in a `Map` of text.
 */
export function joinKeys(base: Int32Array, part: Int32Array): JoinedKeys {
  const rows = base.length;
  const mask = 2 ** Math.ceil(Math.log2(2 * rows + 2)) - 1;
  const slots = new Int32Array(mask + 1);
  const ids = new Int32Array(rows);
  const parents = new Int32Array(rows);
  const codes = new Int32Array(rows);
  let keys = 0;
  for (let row = 0; row < rows; row += 1) {
    const parent = base[row] as number;
    const code = part[row] as number;
    let slot = mix(parent, code) & mask;
    for (;;) {
      const key = (slots[slot] as number) - 1;
      if (key === -1) {
        slots[slot] = keys + 1;
        parents[keys] = parent;
        codes[keys] = code;
        ids[row] = keys;
        keys += 1;
        break;
      }
      if (parents[key] === parent && codes[key] === code) {
        ids[row] = key;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return { ids, parents: parents.slice(0, keys), codes: codes.slice(0, keys) };
}

function mix(parent: number, code: number): number {
  let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(code + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}

/** What earlier rows of the same key came to, for each row. */
export interface OrderedRates {
  readonly rates: Float64Array;
  readonly evidence: Float64Array;
}

/** Fewer dates than this are no order in time; the order of the rows then stands in for it. */
const BLOCKS_MIN = 20;
const BLOCKS_OF_UNDATED = 50;

/** Where each block of rows begins: rows of one block know nothing of each other's labels. */
export function blocksOf(rows: LabelledRows): Int32Array {
  const starts: number[] = [];
  for (let row = 0; row < rows.size; row += 1) {
    if (row === 0 || rows.days[row] !== rows.days[row - 1]) starts.push(row);
  }
  if (starts.length >= BLOCKS_MIN) return Int32Array.from([...starts, rows.size]);
  const even = Array.from({ length: BLOCKS_OF_UNDATED + 1 }, (_, block) =>
    Math.round((block * rows.size) / BLOCKS_OF_UNDATED),
  );
  return Int32Array.from(new Set(even));
}

/**
 * Rates as they could have been known at the time: each row's is made of the labels of earlier days
 * only, never of its own. What the trees learn from is then just what they will meet in use, and a
 * label cannot creep into its own feature (the leak of plain target encoding; Prokhorenkova et al.
 * 2018 §3.2). With n earlier rows, s of them findings, and the rate q of the key's parent:
 * (s + a·q) / (n + a).
 */
export function orderedRates(
  { ids, parents }: JoinedKeys,
  labels: Uint8Array,
  blocks: Int32Array,
  parentRates: Float64Array,
  smoothing: number,
): OrderedRates {
  const rates = new Float64Array(ids.length);
  const evidence = new Float64Array(ids.length);
  const findings = new Float64Array(parents.length);
  const counts = new Float64Array(parents.length);
  for (let block = 0; block + 1 < blocks.length; block += 1) {
    const start = blocks[block] as number;
    const end = blocks[block + 1] as number;
    for (let row = start; row < end; row += 1) {
      const id = ids[row] as number;
      const count = counts[id] as number;
      evidence[row] = count;
      rates[row] =
        ((findings[id] as number) + smoothing * (parentRates[row] as number)) / (count + smoothing);
    }
    for (let row = start; row < end; row += 1) {
      const id = ids[row] as number;
      findings[id] = (findings[id] as number) + (labels[row] as number);
      counts[id] = (counts[id] as number) + 1;
    }
  }
  return { rates, evidence };
}
