import type { Account } from '../../accounts.ts';
import type { Quantity } from '../../quantity.ts';
import { times } from '../../quantity.ts';
import { type Spot, spotKey } from '../../stocktake/differences.ts';
import type { Candidate } from '../candidate.ts';
import { divisor } from '../closures.ts';
import type { Substitute } from '../evidence.ts';
import { countedAtOf, effectsOf, type Facts, type Line, stands } from '../facts.ts';
import { draftLine } from '../remedies.ts';
import { found } from './found.ts';

/** What may be left of a spot's difference, when what the records say is behind it is taken off. */
export interface Rests {
  /** With all that is certain taken off. */
  readonly plain: Quantity;
  /** That, or with all that this spot proves by itself taken off. */
  readonly exact: ReadonlySet<Quantity>;
  /** And with one or two of the others, if they were true. */
  readonly supposed: ReadonlySet<Quantity>;
}
export type RestsOf = (spot: Spot) => Rests | undefined;

/** Two differences that mirror each other: another part used, or goods that went to the scrap unsaid. */
export function* pairs(facts: Facts, restsOf: RestsOf): Iterable<Candidate> {
  yield* substitutions(facts, restsOf);
  yield* unsaidScrap(facts, restsOf);
}

/** An issue of the part the book names, of just the quantity by which it is over or its substitute short. */
function* substitutions(facts: Facts, restsOf: RestsOf): Iterable<Candidate> {
  for (const substitute of facts.substitutes) {
    const { part, instead, ratio, record } = substitute;
    yield* severalReplaced(facts, restsOf, substitute);
    for (const line of facts.linesOf.get(part) ?? []) {
      if (!isPlainIssue(facts, line) || !line.from) continue;
      const spot: Spot = { part, ...line.from };
      const other: Spot = { ...spot, part: instead };
      const quantity = times(line.quantity, ratio);
      const [here, there] = [restsOf(spot), restsOf(other)];
      if (!mirrors(here, line.quantity, there, -quantity)) continue;
      yield* found({
        cause: 'substitution',
        grade: 'documented',
        isMirror: here?.plain !== line.quantity || there?.plain !== -quantity,
        uses: [line.record],
        cites: [record],
        effects: [
          ...effectsOf(facts, line, -line.quantity),
          ...effectsOf(facts, { ...line, part: instead }, quantity),
        ],
        remedy: {
          kind: 'replace',
          event: line.posting.id,
          line: line.index,
          by: [draftLine(instead, quantity, { insteadOf: part })],
        },
      });
    }
  }
}

/** Issues of so many different quantities are not tried for sums: one of them would fit. */
const SIZES_MAX = 400;

/**
 * Several issues of a part were its substitute's: it is over, and the other short, by just what some of them come to. Of
 * which the records do not say.
 */
function* severalReplaced(
  facts: Facts,
  restsOf: RestsOf,
  { part, instead, ratio, record }: Substitute,
): Iterable<Candidate> {
  for (const { part: counted, account, site } of facts.differences) {
    if (counted !== part || account !== 'rawMaterial') continue;
    const [spot, other] = [
      { part, account, site },
      { part: instead, account, site },
    ];
    const [here, there] = [restsOf(spot), restsOf(other)];
    if (!here || !there) continue;
    for (const quantity of here.exact) {
      const used = times(quantity, ratio);
      if (quantity < MIRROR_STEPS * stepOf(facts, part) || !there.exact.has(-used)) continue;
      const sizes = sizesOf(facts, spot);
      if (sizes.has(quantity) || sizes.size > SIZES_MAX || !isSumOfFew(sizes, quantity)) continue;
      const carried = [
        { part: instead, quantity: used, from: { account, site }, to: null },
        { part, quantity, from: null, to: { account, site } },
      ] as const;
      yield* found({
        ...{ cause: 'substitution', grade: 'documented', isMirror: true },
        uses: [`counted:${part}@${account}@${site}`],
        cites: [record],
        effects: carried.flatMap((it) => effectsOf(facts, it, it.quantity)),
        remedy: {
          kind: 'enter',
          draft: { kind: null, order: null, document: null, lines: carried },
        },
      });
    }
  }
}

const sizesOf = (facts: Facts, { part, account, site }: Spot): ReadonlySet<Quantity> =>
  new Set(
    (facts.linesOf.get(part) ?? [])
      .filter((line) => line.from?.account === account && line.from.site === site)
      .filter((line) => isPlainIssue(facts, line))
      .map(({ quantity }) => quantity),
  );

/** Whether two or three of them come to the sum. */
function isSumOfFew(sizes: ReadonlySet<Quantity>, sum: Quantity): boolean {
  for (const one of sizes) {
    if (sizes.has(sum - one)) return true;
    for (const two of sizes) if (sizes.has(sum - one - two)) return true;
  }
  return false;
}

/** Both sides are off by just this. So many issues of a part there are that one of them fits whatever is only supposed. */
const mirrors = (
  a: Rests | undefined,
  here: Quantity,
  b: Rests | undefined,
  there: Quantity,
): boolean => a !== undefined && b !== undefined && a.exact.has(here) && b.exact.has(there);

const isPlainIssue = (facts: Facts, line: Line): boolean =>
  line.posting.kind === 'issued' &&
  line.bonded &&
  line.insteadOf === null &&
  stands(facts, line.posting, countedAtOf(facts, line));

/** Two spots are off by as little, one up and one down, often enough by chance. */
const MIRROR_STEPS = 6;

/** The smallest quantity in which a part is handled. */
const stepOf = (facts: Facts, part: string): Quantity =>
  (facts.linesOf.get(part) ?? []).reduce((step, { quantity }) => divisor(step, quantity), 0);

const HEAPS: readonly Account[] = ['scrap', 'defective'];
const SOURCES: readonly Account[] = ['rawMaterial', 'inProcess', 'semiFinished', 'finished'];

/** More lies with the scrap than was declared, and just as much is missing where it would have come from. */
function* unsaidScrap(facts: Facts, restsOf: RestsOf): Iterable<Candidate> {
  for (const { part, account, site } of facts.differences) {
    if (!HEAPS.includes(account)) continue;
    const quantity = restsOf({ part, account, site })?.plain ?? 0;
    if (quantity <= 0) continue;
    for (const source of SOURCES) {
      const from = { account: source, site };
      const target = facts.targets.get(spotKey({ part, ...from }));
      if (!target || !restsOf(target)?.supposed.has(-quantity)) continue;
      if (quantity < MIRROR_STEPS * stepOf(facts, part)) continue;
      const carried = { part, quantity, from, to: { account, site } };
      const kind = account === 'scrap' ? 'scrapped' : 'rejected';
      yield* found({
        cause: 'scrapNotDeclared',
        grade: 'documented',
        isMirror: true,
        uses: [`counted:${part}@${account}@${site}`],
        effects: effectsOf(facts, carried, quantity),
        remedy: {
          kind: 'enter',
          draft: { kind, order: null, document: null, lines: [carried] },
        },
      });
    }
  }
}
