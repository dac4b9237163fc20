import type { Cause, ExplanationRow } from '../../../src/contexts/bonded/explain/contract.ts';
import { signedQuantity } from '../../../src/contexts/bonded/quantity.ts';
import type { Claim, Score, Tally } from '../claim.ts';
import { spotOf } from './fold.ts';
import { type Open, pair } from './pair.ts';
import { UNIT } from './world.ts';
import type { Answer, Year } from './year.ts';

/** Fair are answers that the records allow and do not prove: to find them is right, to miss them is no fault. */
interface TradesTally extends Tally {
  fair: number;
  fair_recalled: number;
}

type Row = Pick<ExplanationRow, 'part' | 'account' | 'site' | 'book' | 'counted'>;

/**
 * An answer is recalled when claims were right about all its pieces. What is right counts for the cause as it was
 * sealed. Spots whose book is not as the generator kept it (the ledger held what the book had not enough for) are set
 * aside with their answers, and counted.
 */
export function score(
  year: Pick<Year, 'answers' | 'noise' | 'book' | 'counted'>,
  explained: { readonly claims: readonly Claim[]; readonly rows: readonly Row[] },
): Score & { readonly all: { readonly book_disagreements: number } } {
  const { noise } = year;
  const misread = disagreements(year, explained.rows);
  const answers = year.answers.filter(({ spot }) => !misread.has(spot));
  const claims = explained.claims.filter((claim) => !misread.has(spotOfClaim(claim)));
  const byCause = new Map<Cause, TradesTally>();
  const all = nothing();
  const tally = (cause: Cause, name: keyof TradesTally): void => {
    const known = byCause.get(cause) ?? nothing();
    byCause.set(cause, known);
    known[name] += 1;
    all[name] += 1;
  };
  const open = answers.flatMap((answer) => answer.pieces.map((piece) => ({ answer, piece })));
  const paired = pairAll(claims, open);
  let [quantity, falseQuantity] = [0, 0];
  const wrong = [...misread.values()];
  for (const claim of claims) {
    const [first] = paired.get(claim) ?? [];
    tally(first?.answer.cause ?? claim.cause, 'explained');
    quantity += Math.abs(claim.quantity);
    if (first) tally(first.answer.cause, 'right');
    else {
      falseQuantity += Math.abs(claim.quantity);
      wrong.push(`${claimText(claim)}; ${sealedAt(spotOfClaim(claim), answers, noise)}`);
    }
  }
  const served = new Set([...paired.values()].flat().map(({ piece }) => piece));
  const missed: string[] = [];
  for (const answer of answers) {
    if (answer.label === 'never') continue;
    const isRecalled = answer.pieces.every((piece) => served.has(piece));
    const isFair = answer.label === 'may';
    tally(answer.cause, isFair ? 'fair' : 'identifiable');
    if (isRecalled) tally(answer.cause, isFair ? 'fair_recalled' : 'recalled');
    else if (!isFair)
      missed.push(`${answer.spot}: ${answer.fault}; ${sealedAt(answer.spot, answers, noise)}`);
  }
  return {
    ...{ all: { ...all, book_disagreements: misread.size }, byCause, wrong, missed },
    precision: all.explained === 0 ? 1 : all.right / all.explained,
    recall: all.identifiable === 0 ? 1 : all.recalled / all.identifiable,
    falseQuantityShare: quantity === 0 ? 0 : falseQuantity / quantity,
  };
}

function disagreements(
  { book, counted }: Pick<Year, 'book' | 'counted'>,
  rows: readonly Row[],
): ReadonlyMap<string, string> {
  const theirs = new Map(rows.map((row) => [spotOf(row.part, row.account, row.site), row]));
  const text = (...held: readonly number[]): string =>
    held.map((quantity) => quantity / UNIT).join(' and ');
  const spots = new Set([...book.keys(), ...counted.keys(), ...theirs.keys()]);
  const told = [...spots].flatMap((spot): [string, string][] => {
    const [held, there] = [book.get(spot) ?? 0, counted.get(spot) ?? 0];
    const row = theirs.get(spot);
    const said = [signedQuantity(row?.book ?? '0'), signedQuantity(row?.counted ?? '0')] as const;
    const isSo = row ? held === said[0] && there === said[1] : held === there;
    return isSo
      ? []
      : [[spot, `${spot}: book and count are ${text(held, there)}, not ${text(...said)}`]];
  });
  return new Map(told);
}

const nothing = (): TradesTally => ({
  ...{ explained: 0, right: 0, identifiable: 0, recalled: 0, fair: 0, fair_recalled: 0 },
});

function pairAll(claims: readonly Claim[], open: readonly Open[]) {
  const spots = new Set(claims.map(spotOfClaim));
  return new Map(
    [...spots].flatMap((spot) => [
      ...pair(
        claims.filter((claim) => spotOfClaim(claim) === spot),
        open.filter(({ answer }) => answer.spot === spot),
      ),
    ]),
  );
}

const spotOfClaim = ({ part, account, site }: Claim): string => spotOf(part, account, site);

const claimText = (claim: Claim): string =>
  `${spotOfClaim(claim)}: ${claim.grade} ${claim.cause} ${claim.quantity / UNIT} by ${claim.records.slice(0, 2).join(', ')}`;

function sealedAt(spot: string, answers: readonly Answer[], noise: Year['noise']): string {
  const there = answers
    .filter((answer) => answer.spot === spot)
    .map((it) => `${it.fault} ${it.cause} ${it.quantity / UNIT} (${it.tale}, ${it.label})`);
  const off = noise.get(spot);
  return `sealed: ${[...there, ...(off === undefined ? [] : [`miscounted ${off / UNIT}`])].join(', ') || 'nothing'}`;
}
