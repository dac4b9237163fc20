import type { Quantity } from '../../quantity.ts';
import type { Candidate } from '../candidate.ts';
import type { OrderFacts, Use } from '../evidence.ts';
import { amountUsed, countedAtOf, effectsOf, type Facts, type Line, stands } from '../facts.ts';
import { draftLine } from '../remedies.ts';
import { type Detector, found, orderRecord } from './found.ts';

/** What a version says of each part; where it says several things, what it says on the day the order was opened. */
export function usesBy(
  facts: Facts,
  { product, openedOn }: OrderFacts,
  version: string | null,
): ReadonlyMap<string, Use> {
  const asked = known.get(facts) ?? new Map<string, ReadonlyMap<string, Use>>();
  known.set(facts, asked);
  const key = `${product}\t${version}\t${openedOn}`;
  const before = asked.get(key);
  if (before) return before;
  const uses = (facts.usesOf.get(product) ?? []).filter(
    (use) => version === null || use.version === version,
  );
  const onTheDay = uses.filter((use) => isInForce(use, openedOn));
  const said = version === null ? onTheDay : [...uses, ...onTheDay];
  const found = new Map(said.map((use) => [use.part, use]));
  asked.set(key, found);
  return found;
}

/** Asked for every line of every order: what a product takes by a version on a day is looked up once. */
const known = new WeakMap<Facts, Map<string, ReadonlyMap<string, Use>>>();

const isInForce = ({ from, to }: Use, on: string): boolean =>
  from <= on && (to === null || on < to);

/**
 * Orders issued to the last digit as one version says, while their head, or the day they were opened, names
 * another. What was really used is then the other version's.
 */
export const version: Detector = function* (facts) {
  for (const order of facts.orders) {
    const issued = issuesOf(facts, order);
    if (![...issued.keys()].some((part) => facts.differing.has(part))) continue;
    for (const made of new Set([order.planned, order.received + order.rejected, order.received]))
      if (made > 0) yield* bookedByAnother(facts, order, made, issued);
  }
};

interface Issued {
  readonly quantity: Quantity;
  readonly lines: readonly Line[];
}

function issuesOf(facts: Facts, order: OrderFacts): ReadonlyMap<string, Issued> {
  const issued = new Map<string, Issued>();
  for (const line of facts.linesOfOrder.get(order.order) ?? []) {
    if (line.posting.kind !== 'issued' || !line.bonded || line.insteadOf !== null) continue;
    if (!stands(facts, line.posting, countedAtOf(facts, line))) continue;
    const before = issued.get(line.part) ?? { quantity: 0, lines: [] };
    issued.set(line.part, {
      quantity: before.quantity + line.quantity,
      lines: [...before.lines, line],
    });
  }
  return issued;
}

function* bookedByAnother(
  facts: Facts,
  order: OrderFacts,
  made: Quantity,
  issued: ReadonlyMap<string, Issued>,
): Iterable<Candidate> {
  const said = [...new Set([order.version, versionOn(facts, order)])].filter((it) => it !== null);
  const names = new Set((facts.usesOf.get(order.product) ?? []).map((use) => use.version));
  const saysSo = (name: string, part: string): Quantity => {
    const use = usesBy(facts, order, name).get(part);
    return use ? amountUsed(use, made) : 0;
  };
  const agrees = (name: string): number =>
    [...issued].filter(([part, { quantity }]) => saysSo(name, part) === quantity).length;
  for (const booked of names)
    for (const meant of said) {
      if (booked === meant || agrees(booked) <= agrees(meant)) continue;
      const all = [...usesBy(facts, order, booked), ...usesBy(facts, order, meant)];
      const changes = [...new Set(all.map(([part]) => part))].flatMap((part): Change[] => {
        const [took, should] = [saysSo(booked, part), saysSo(meant, part)];
        const isBooked = took === (issued.get(part)?.quantity ?? 0);
        return took !== should && isBooked ? [{ part, more: should - took }] : [];
      });
      const isHead = meant === order.version && agrees(booked) > agrees(meant) + 1;
      yield* meantOtherwise(facts, order, changes, issued, isHead);
    }
}

interface Change {
  readonly part: string;
  readonly more: Quantity;
}

/** The version in force when the order was opened, where there is only one. */
function versionOn(facts: Facts, { product, openedOn }: OrderFacts): string | null {
  const uses = (facts.usesOf.get(product) ?? []).filter((use) => isInForce(use, openedOn));
  const names = new Set(uses.map((use) => use.version));
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

/** The whole order is one story: it was booked by one version in all its parts or in none. */
function* meantOtherwise(
  facts: Facts,
  order: OrderFacts,
  changes: readonly Change[],
  issued: ReadonlyMap<string, Issued>,
  isHead: boolean,
): Iterable<Candidate> {
  const like = [...issued.values()][0]?.lines[0];
  if (!like) return;
  const lines = changes.map(({ part, more }) => ({ ...like, part, quantity: more }));
  yield* found({
    cause: 'version',
    grade: isHead ? 'strong' : 'documented',
    uses: changes.flatMap(({ part }) => [
      orderRecord(order.order, part),
      ...(issued.get(part)?.lines.map(({ record }) => record) ?? []),
    ]),
    effects: lines.flatMap((line) =>
      effectsOf(
        facts,
        { ...line, from: issued.get(line.part)?.lines[0]?.from ?? line.from },
        line.quantity,
      ),
    ),
    remedy: {
      kind: 'replace',
      event: like.posting.id,
      line: like.index,
      by: [...issued].map(([part, { quantity }]) =>
        draftLine(part, quantity + (changes.find((it) => it.part === part)?.more ?? 0)),
      ),
    },
  });
}
