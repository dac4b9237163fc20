import { randomFor } from '../../demo/generate/random.ts';
import { isCas } from '../../src/contexts/chemicals/reading/cas.ts';

/** A name of a substance in one source. */
export interface SourceName {
  readonly source: string;
  readonly cas: string;
  readonly name: string;
}

export type Kind = 'lexical' | 'between' | 'unrelated';

/** A name the index has not seen, of a substance it knows by others. */
export interface Withheld extends SourceName {
  readonly kind: Kind;
  /** The nearest spelling the index has of the same substance, and how near. */
  readonly nearest: string;
  readonly likeness: number;
  /** Every substance that some list calls by this name, its own the first: `sodium` is also said of its hydroxide. */
  readonly named: readonly string[];
}

export interface Split {
  readonly indexed: readonly SourceName[];
  readonly withheld: readonly Withheld[];
}

/** From this likeness a withheld name is a variant of a known one; below the other it shares nothing with any. */
export const LEXICAL_FROM = 0.5;
export const UNRELATED_BELOW = 0.15;

/** Letters and digits alone. The rule by which names are split knows nothing of the product's own reading. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Dice's coefficient of the character trigrams of two names. */
export function likeness(a: string, b: string): number {
  const [left, right] = [trigrams(plain(a)), trigrams(plain(b))];
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared += 1;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}

function trigrams(text: string): Set<string> {
  const padded = ` ${text} `;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i += 1) grams.add(padded.slice(i, i + 3));
  return grams;
}

/**
 * Withholds names by `isWithheld` and keeps those whose substance the rest still names, never spelt the
 * same there. Half of the substances belong to `fit`, half to `report`: thresholds are chosen on one and
 * figures taken on the other.
 */
export function withhold(
  names: readonly SourceName[],
  isWithheld: (name: SourceName) => boolean,
  half: 'fit' | 'report',
  limit: number,
): Split {
  const indexed: SourceName[] = [];
  const candidates: SourceName[] = [];
  for (const name of names) {
    if (isWithheld(name)) candidates.push(name);
    // A legal list says that a substance matters, also where its spelling is not seen.
    if (!isWithheld(name)) indexed.push(name);
    else if (name.source === 'clp') indexed.push({ ...name, name: '' });
  }
  const known = new Map<string, Set<string>>();
  for (const { cas, name } of indexed)
    if (name !== '') known.set(cas, (known.get(cas) ?? new Set()).add(name));
  const named = new Map<string, Set<string>>();
  for (const { cas, name } of names) {
    const spelt = plain(name);
    named.set(spelt, (named.get(spelt) ?? new Set()).add(cas));
  }
  const next = randomFor('identify', half);
  const withheld: Withheld[] = [];
  for (const candidate of shuffled(candidates, next)) {
    if (withheld.length >= limit) break;
    const spelt = known.get(candidate.cas);
    if (!spelt || !isCas(candidate.cas) || halfOf(candidate.cas) !== half) continue;
    if ([...spelt].some((name) => plain(name) === plain(candidate.name))) continue;
    const others = [...(named.get(plain(candidate.name)) ?? [])];
    withheld.push({
      ...candidate,
      ...nearestOf(candidate.name, spelt),
      named: [candidate.cas, ...others.filter((cas) => cas !== candidate.cas)],
    });
  }
  return { indexed, withheld };
}

function nearestOf(
  name: string,
  spelt: ReadonlySet<string>,
): Pick<Withheld, 'kind' | 'nearest' | 'likeness'> {
  let [nearest, best] = ['', -1];
  for (const other of spelt) {
    const like = likeness(name, other);
    if (like > best) [nearest, best] = [other, like];
  }
  const kind = best >= LEXICAL_FROM ? 'lexical' : best < UNRELATED_BELOW ? 'unrelated' : 'between';
  return { nearest, likeness: best, kind };
}

/** By the digits of its CAS number, so that a substance is in the same half in every source. */
const halfOf = (cas: string): 'fit' | 'report' =>
  [...cas].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1_000_003, 7) % 2 === 0
    ? 'fit'
    : 'report';

function shuffled<T>(items: readonly T[], next: { int(below: number): number }): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = next.int(i + 1);
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}
