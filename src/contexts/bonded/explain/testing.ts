// Records by hand, and what an explanation calls proved by them: for stories of one cause each.
import type { Account } from '../accounts.ts';
import { quantity as q, rate } from '../quantity.ts';
import type { Cause } from './contract.ts';
import type {
  Differing,
  Evidence,
  OrderFacts,
  Paper,
  Posting,
  PostingLine,
  Use,
} from './evidence.ts';
import { explain } from './explain.ts';

const COUNT = '2026-06-30T08:00:00.000Z';
const JUNE_1 = '2026-06-01T08:00:00.000Z';
export const store = { account: 'rawMaterial', site: 'main' } as const;
export const line = { account: 'inProcess', site: 'main' } as const;
export const abroad = { account: 'customsIn', site: 'main' } as const;

export const off = (
  part: string,
  by: number,
  account: Account = 'rawMaterial',
  site = 'main',
): Differing => ({
  ...{ part, account, site, book: q('10000'), counted: q('10000') + by, difference: by },
  countedAt: COUNT,
});
export const of = (part: string, amount: string, more: Partial<PostingLine> = {}): PostingLine => ({
  ...{ part, quantity: q(amount), from: store, to: line },
  ...{ sent: null, lot: null, insteadOf: null, bonded: true, ...more },
});
export const posted = (id: string, lines: PostingLine[], more: Partial<Posting> = {}): Posting => ({
  ...{ id, state: 'applied', kind: 'issued', order: 'W1', document: `PL-${id}`, reverses: null },
  ...{ occurredAt: JUNE_1, recordedAt: JUNE_1, isLate: false },
  ...{ toSite: null, lines, ...more },
});
export const paper = (
  id: string,
  part: string,
  amount: string,
  more: Partial<Paper> = {},
): Paper => ({
  ...{ id, kind: 'slip', tells: null, part, quantity: q(amount), from: store, to: line },
  ...{ document: null, order: null, at: JUNE_1, lot: null, bonded: true, ...more },
});
export const order = (number: string, more: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{ order: number, product: 'bike', version: 'B', openedOn: '2026-06-01', isClosed: true },
  ...{ planned: q('50'), received: q('50'), rejected: 0, reworks: null, ...more },
});
export const use = (version: string, part: string, net: string): Use => ({
  ...{ product: 'bike', version, part, net: rate(net), lossRate: 0n },
  ...{ from: '2026-01-01', to: null },
});
export const records = (differences: Differing[], more: Partial<Evidence> = {}): Evidence => ({
  ...{ bookOf: 'recorded', differences, postings: [], papers: [], orders: [] },
  ...{ consumptions: [], substitutes: [], tags: [], ...more },
});

export type Row = readonly [part: string, Cause, string];
export const proved = (evidence: Evidence): Row[] =>
  explain(evidence).flatMap(({ difference, explained }) =>
    explained.map(
      ({ cause, quantity }): Row => [difference.part, cause, String(quantity / q('1'))],
    ),
  );
