/** No run of letters that is a name is longer. */
const LONGEST = 160;
/** A part that says nothing costs half of one that does, a count a little more than a stem: of two readings the plainer wins. */
const PRICES = { empty: 0.5, count: 1.2 } as const;

/** What a part costs by what it is. */
export const priceOf = (kind: string): number =>
  kind === 'empty' || kind === 'count' ? PRICES[kind] : 1;

/**
 * Cuts runs of small letters into the fewest of these parts, by what each costs; `null` where letters are left that
 * nobody knows. Of parts that are spelt alike the first counts.
 */
export function createCutter<Part>(
  parts: Iterable<readonly [name: string, part: Part]>,
  costOf: (part: Part) => number,
): (run: string) => Part[] | null {
  const { next, ends } = growTrie(parts);
  const prices = Float64Array.from(ends, (part) => (part === null ? 0 : costOf(part)));
  /** Of the run at hand: what each beginning costs, where its last part begins, and which it is. */
  const cost = new Float64Array(LONGEST + 1);
  const from = new Int16Array(LONGEST + 1);
  const last: (Part | null)[] = new Array(LONGEST + 1).fill(null);

  return (run) => {
    const length = run.length;
    if (length > LONGEST) return null;
    cost.fill(Number.POSITIVE_INFINITY, 0, length + 1);
    cost[0] = 0;
    for (let start = 0; start < length; start += 1) {
      const so = cost[start] as number;
      if (so === Number.POSITIVE_INFINITY) continue;
      let node = 0;
      for (let end = start; end < length; end += 1) {
        const letter = run.charCodeAt(end) - 97;
        if (letter < 0 || letter > 25) return null;
        node = next[node * 26 + letter] as number;
        if (node === 0) break;
        const part = ends[node];
        if (!part) continue;
        const price = so + (prices[node] as number);
        if (price <= (cost[end + 1] as number)) {
          cost[end + 1] = price;
          from[end + 1] = start;
          last[end + 1] = part;
        }
      }
    }
    if (cost[length] === Number.POSITIVE_INFINITY) return null;
    const found: Part[] = [];
    for (let end = length; end > 0; end = from[end] as number) found.push(last[end] as Part);
    return found.reverse();
  };
}

/** Children of a node by letter, 0 for none; and which part ends at a node. */
function growTrie<Part>(parts: Iterable<readonly [string, Part]>) {
  const named = [...parts];
  const next = new Int32Array(26 * (1 + named.reduce((sum, [name]) => sum + name.length, 0)));
  const ends: (Part | null)[] = [null];
  for (const [name, part] of named) {
    let node = 0;
    for (const sign of name) {
      const slot = node * 26 + sign.charCodeAt(0) - 97;
      if (next[slot] === 0) next[slot] = ends.push(null) - 1;
      node = next[slot] as number;
    }
    ends[node] ??= part;
  }
  return { next: next.slice(0, 26 * ends.length), ends };
}
