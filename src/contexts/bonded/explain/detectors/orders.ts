import type { Candidate } from '../candidate.ts';
import type { OrderFacts } from '../evidence.ts';
import { amountUsed, effectsOf, type Facts, type Line } from '../facts.ts';
import { type Detector, found, orderRecord } from './found.ts';
import { usesBy } from './version.ts';

/** Orders that say of themselves that something is not entered: made and nothing taken, fewer out than in. */
export const orders: Detector = function* (facts) {
  for (const order of facts.orders) {
    const lines = (facts.linesOfOrder.get(order.order) ?? []).filter(
      ({ posting }) => posting.reverses === null && !facts.reversed.has(posting.id),
    );
    if (order.reworks === null) yield* madeOfNothing(facts, order, lines);
    yield* shortOutput(facts, order, lines);
    if (order.isClosed) yield* leftInProcess(facts, order, lines);
  }
};

const TAKES: ReadonlySet<string> = new Set(['issued', 'overIssued', 'substituted']);

/** Output there is, and of a part that it is made of no event at all. */
function* madeOfNothing(
  facts: Facts,
  order: OrderFacts,
  lines: readonly Line[],
): Iterable<Candidate> {
  const made = order.received + order.rejected;
  const taken = lines.filter(({ posting }) => TAKES.has(posting.kind));
  const like = taken[0];
  if (made <= 0 || !like) return;
  for (const [part, use] of usesBy(facts, order, order.version)) {
    if (!facts.differing.has(part)) continue;
    if (taken.some((line) => line.part === part || line.insteadOf === part)) continue;
    const from = storeOf(facts, part, like);
    const carried = { part, quantity: amountUsed(use, made), from, to: like.to };
    yield* found({
      cause: 'notPosted',
      grade: 'strong',
      isEstimate: true,
      uses: [orderRecord(order.order, part)],
      cites: [like.record],
      effects: effectsOf(facts, { ...carried, order: order.order }, carried.quantity),
      remedy: {
        kind: 'enter',
        draft: { kind: 'issued', order: order.order, document: null, lines: [carried] },
      },
    });
  }
}

/** Where a part is taken from at a site: as other orders take it, and only else where this one takes its other parts. */
const storeOf = (facts: Facts, part: string, { from }: Line): Line['from'] =>
  (facts.linesOf.get(part) ?? []).find(
    (line) => TAKES.has(line.posting.kind) && line.from?.site === from?.site,
  )?.from ?? from;

/** Less came out than was begun: the missing ones may be among the defective, or in the store unposted. */
function* shortOutput(
  facts: Facts,
  order: OrderFacts,
  lines: readonly Line[],
): Iterable<Candidate> {
  const missing = order.planned - order.received - order.rejected;
  const site = lines[0]?.from?.site;
  if (missing <= 0 || site === undefined || !order.isClosed) return;
  if (!facts.differing.has(order.product)) return;
  const { product: part } = order;
  const uses = [orderRecord(order.order, part)];
  const store = lines.find((line) => line.part === part && line.posting.kind === 'received')?.to;
  for (const [cause, to] of [
    ['scrapNotDeclared', { account: 'defective', site } as const],
    ['notPosted', store ?? ({ account: 'finished', site } as const)],
  ] as const) {
    const carried = { part, quantity: missing, from: null, to };
    yield* found({
      cause,
      grade: 'documented',
      uses,
      effects: effectsOf(facts, carried, missing),
      remedy: {
        kind: 'enter',
        draft: {
          kind: cause === 'notPosted' ? 'received' : 'rejected',
          order: order.order,
          document: null,
          lines: [carried],
        },
      },
    });
  }
}

/** What a closed order took, did not embody and gave back to nobody: it lies with the scrap. */
function* leftInProcess(
  facts: Facts,
  order: OrderFacts,
  lines: readonly Line[],
): Iterable<Candidate> {
  const made = order.received + order.rejected;
  for (const [part, use] of usesBy(facts, order, order.version)) {
    if (!facts.differing.has(part)) continue;
    const own = lines.filter((line) => line.part === part && line.bonded);
    const first = own.find(({ posting }) => TAKES.has(posting.kind));
    if (!first?.from) continue;
    const net = own.reduce((sum, { to, from, quantity }) => {
      if (to?.account === 'inProcess') return sum + quantity;
      return from?.account === 'inProcess' && to?.account !== 'embodied' ? sum - quantity : sum;
    }, 0);
    const left = net - amountUsed({ ...use, lossRate: 0n }, made);
    if (left <= 0) continue;
    const { site } = first.from;
    const carried = {
      part,
      quantity: left,
      from: { account: 'inProcess', site },
      to: { account: 'scrap', site },
    } as const;
    yield* found({
      cause: 'scrapNotDeclared',
      grade: 'documented',
      uses: [orderRecord(order.order, part)],
      cites: own.map(({ record }) => record),
      effects: effectsOf(facts, { ...carried, order: order.order }, left),
      remedy: {
        kind: 'enter',
        draft: { kind: 'scrapped', order: order.order, document: null, lines: [carried] },
      },
    });
  }
}
