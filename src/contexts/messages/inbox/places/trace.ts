import type { FieldPlace } from '../contract.ts';
import { candidatesIn } from './candidates.ts';
import { type Documents, fieldAt, firstDifferences, leavesUnder, parentOf } from './fields.ts';
import type { Leaf, Outline, Span, Spot } from './outline.ts';

/** Most characters read again to find places; what is not found by then is not shown. */
const READ_AGAIN_MAX = 2_000_000;
/** Values that stand beside a missing one, of which some are looked up to find where it belongs. */
const BESIDE_MAX = 3;

export interface Trace {
  /** What was understood of a part of the text: that which is otherwise once the part is empty. */
  fieldsOf(spot: Spot): FieldPlace[];
  /** Where a field was read from; for one that is not there, what holds those beside it. */
  spotOf(field: FieldPlace): Spot | null;
}

/**
 * Tells which part of a message became which field, for any standard, by trying: the message is read again
 * with a part of it left empty, or with another value in it, and what is then otherwise came from there.
 */
export function createTrace(
  text: string,
  outline: Outline,
  understood: Documents,
  read: (text: string) => Documents,
): Trace {
  let left = READ_AGAIN_MAX;
  const known = new Map<string, FieldPlace[]>();
  const candidatesOf = candidatesIn(outline.leaves);
  const instead = ({ from, to }: Span, other: string): FieldPlace[] => {
    const key = `${from} ${to} ${other}`;
    const found = known.get(key);
    if (found) return found;
    if (left < text.length) return [];
    left -= text.length;
    const fields = firstDifferences(understood, read(text.slice(0, from) + other + text.slice(to)));
    known.set(key, fields);
    return fields;
  };
  const isFrom = (span: Span, other: string, { document, path }: FieldPlace): boolean =>
    instead(span, other).some((field) => field.document === document && field.path === path);
  const sourceOf = ({ document, path }: FieldPlace): Leaf | null => {
    const value = fieldAt(understood[document]?.document, path);
    if (value === undefined || value === null || typeof value === 'object') return null;
    return (
      candidatesOf(String(value)).find(
        (leaf) =>
          isFrom(leaf, another(leaf.text), { document, path }) ||
          isFrom(leaf, '', { document, path }),
      ) ?? null
    );
  };
  return {
    fieldsOf: (spot) => {
      const leaf = outline.leaves.find(
        ({ from, to }) => from === spot.inner.from && to === spot.inner.to,
      );
      const emptied = instead(spot.inner, '');
      const fields = leaf ? union(emptied, instead(leaf, another(leaf.text))) : emptied;
      return spot.isExact ? fields : commonHolder(fields);
    },
    spotOf: (field) => {
      const source = sourceOf(field);
      if (source) return { ...source, inner: source, isExact: true };
      for (let path = parentOf(field.path); path !== null; path = parentOf(path)) {
        const beside = leavesUnder(understood[field.document]?.document, path);
        for (const other of beside.slice(0, BESIDE_MAX)) {
          const leaf = sourceOf({ ...field, path: other });
          const holder = leaf && outline.holderOf(leaf);
          if (holder) return { ...holder, isExact: false };
        }
      }
      return null;
    },
  };
}

/** Another value of the same kind: the next digit, the next letter. Said in two places, a value is otherwise by one. */
const another = (text: string): string =>
  text
    .replaceAll(/[0-8A-Ya-y]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 1))
    .replaceAll(/[&<>'+:?*]/g, ' ');

const union = (some: readonly FieldPlace[], more: readonly FieldPlace[]): FieldPlace[] => [
  ...some,
  ...more.filter(
    (one) => !some.some(({ document, path }) => document === one.document && path === one.path),
  ),
];

/** What holds all of these fields, where that is less than the whole document. */
function commonHolder(fields: readonly FieldPlace[]): FieldPlace[] {
  const [first, ...others] = fields;
  if (!first) return [];
  if (others.length === 0 && first.path.endsWith(']')) return [first];
  for (let path = parentOf(first.path); path; path = parentOf(path)) {
    const within = `${path}.`;
    if (others.every((other) => other.path.startsWith(within))) return [{ ...first, path }];
  }
  return [];
}
