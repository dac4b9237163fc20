import type { Leaf } from './outline.ts';

/** Most values of a message that are tried for one field. */
const TRIED_MAX = 40;
/** In a message of more values, those are tried only that are the same but for marks. */
const ALIKE_MAX = 2_000;

const plain = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/**
 * Answers which values of a message may have become a value that was understood, the likeliest first: the same,
 * else the same but for marks, else one within the other.
 */
export function candidatesIn(leaves: readonly Leaf[]): (value: string) => readonly Leaf[] {
  let index: ReadonlyMap<string, readonly Leaf[]> | null = null;
  return (value) => {
    const wanted = plain(value);
    if (wanted === '') return [];
    index ??= indexOf(leaves);
    const same = [...(index.get(wanted) ?? [])].sort(
      (a, b) => Number(b.text === value) - Number(a.text === value),
    );
    const alike =
      leaves.length > ALIKE_MAX
        ? []
        : [...index].flatMap(([written, each]) =>
            written !== '' &&
            written !== wanted &&
            (written.includes(wanted) || wanted.includes(written))
              ? each
              : [],
          );
    return [...same, ...alike].slice(0, TRIED_MAX);
  };
}

function indexOf(leaves: readonly Leaf[]): Map<string, Leaf[]> {
  const index = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const written = plain(leaf.text);
    const same = index.get(written);
    if (same) same.push(leaf);
    else index.set(written, [leaf]);
  }
  return index;
}
