import { type Random, randomFor } from '../../demo/generate/random.ts';
import type {
  Carried,
  OrderFacts,
  Paper,
  Place,
  Posting,
  PostingLine,
  Substitute,
  Use,
} from '../../src/contexts/bonded/explain/evidence.ts';
import { addDays } from '../../src/kernel/dates.ts';

/** What really happened beside what was written down about it; either may be missing. */
export interface Happening {
  truth: { at: string; lines: Carried[] } | null;
  posting: Mutable<Posting> | null;
}
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Part {
  readonly part: string;
  readonly kind: 'material' | 'semiFinished' | 'finished';
  /** Smallest quantity anybody handles, in hundred-thousandths. */
  readonly step: number;
  /** The ERP sends it in boxes of so many; `null` in its own unit. */
  readonly box: number | null;
}

/** An AdventureWorks-shaped factory's year, without a fault in it. */
export interface Factory {
  readonly random: Random;
  readonly parts: ReadonlyMap<string, Part>;
  readonly uses: Use[];
  readonly substitutes: Substitute[];
  readonly orders: Mutable<OrderFacts>[];
  readonly happenings: Happening[];
  readonly papers: Paper[];
}

/** A record carries one fault at most: two in one would be a third kind of fault. */
export const spoilt = new WeakSet<Happening>();

export const UNIT = 100_000;
export const YEAR_FROM = '2025-01-01';
export const COUNTED_AT = '2025-12-28T10:00:00.000Z';
export const MAIN = 'main';
export const ANNEX = 'annex';
const RATE_UNIT = 1_000_000_000;
const ECO_ON = '2025-07-01';

export const at = (account: Place['account'], site = MAIN): Place => ({ account, site });
export const shifted = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + Math.round(minutes * 60_000)).toISOString();

export function build(seed: string, orders: number): Factory {
  const random = randomFor(seed, 'factory');
  const parts = new Map<string, Part>();
  for (let n = 0; n < 80; n += 1) {
    const isBulk = n % 5 === 4;
    const name = `M${String(n).padStart(3, '0')}`;
    const box = !isBulk && n % 7 === 0 ? 12 : null;
    parts.set(name, { part: name, kind: 'material', step: isBulk ? 1_000 : UNIT, box });
  }
  for (let n = 0; n < 30; n += 1) add(parts, `S${String(n).padStart(3, '0')}`, 'semiFinished');
  for (let n = 0; n < 20; n += 1) add(parts, `F${String(n).padStart(3, '0')}`, 'finished');
  const factory: Factory = {
    ...{ random, parts, uses: [], substitutes: [], orders: [], happenings: [], papers: [] },
  };
  describeProducts(factory);
  for (let n = 0; n < orders; n += 1) run(factory, n, orders);
  supply(factory);
  move(factory);
  return factory;
}

function add(parts: Map<string, Part>, part: string, kind: Part['kind']): void {
  parts.set(part, { part, kind, step: UNIT, box: null });
}

/** Finished goods of semi-finished ones and materials, semi-finished of materials; an engineering change in July. */
function describeProducts({ random, parts, uses, substitutes }: Factory): void {
  const of = (kind: Part['kind']) => [...parts.values()].filter((part) => part.kind === kind);
  const materials = of('material');
  for (const product of [...of('semiFinished'), ...of('finished')]) {
    const chosen = new Set<Part>();
    if (product.kind === 'finished')
      for (let n = 0; n < 3; n += 1) chosen.add(random.pick(of('semiFinished')));
    const count = 3 + random.int(6);
    while (chosen.size < count + (product.kind === 'finished' ? 2 : 0))
      chosen.add(random.pick(materials));
    const rows = [...chosen].map((part) => ({ part, net: netOf(random, part) }));
    const changed = rows.map((row) =>
      row.part.kind === 'material' && random.chance(0.4)
        ? { ...row, net: row.net + (row.part.step === UNIT ? RATE_UNIT : row.net / 4) }
        : row,
    );
    for (const [version, list, from, to] of [
      ['A', rows, YEAR_FROM, ECO_ON],
      ['B', changed, ECO_ON, null],
    ] as const)
      for (const { part, net } of list)
        uses.push({
          ...{ product: product.part, version, part: part.part, from, to },
          ...{ net: BigInt(Math.round(net)), lossRate: 0n },
        });
  }
  const pieces = materials.filter(({ step }) => step === UNIT);
  for (let n = 0; n + 1 < pieces.length; n += 2)
    substitutes.push({
      ...{ part: (pieces[n] as Part).part, instead: (pieces[n + 1] as Part).part },
      ...{ ratio: BigInt(RATE_UNIT), record: `alternatives:${n}` },
    });
}

const netOf = (random: Random, { step }: Part): number =>
  step === UNIT ? (1 + random.int(4)) * RATE_UNIT : (4 + random.int(120)) * 20_000_000;

/** One order from its pick list to the receipt. Use is what was really taken, which is not always what is declared. */
function run(factory: Factory, n: number, all: number): void {
  const { random } = factory;
  const products = [...factory.parts.values()].filter(({ kind }) => kind !== 'material');
  const product = random.pick(products);
  const day = addDays(YEAR_FROM, Math.floor((n / all) * 366));
  const order = `WO${String(n).padStart(6, '0')}`;
  const openedAt = `${day}T00:30:00.000Z`;
  const planned = (4 + Math.floor(random.logNormal(0.8) * 25)) * UNIT;
  const version = day < ECO_ON ? 'A' : 'B';
  const rejected = random.chance(0.08) ? Math.min(planned, (1 + random.int(3)) * UNIT) : 0;
  const facts: Mutable<OrderFacts> = {
    ...{ order, product: product.part, version, openedOn: day, isClosed: true, planned },
    ...{ received: planned - rejected, rejected, reworks: null },
  };
  factory.orders.push(facts);
  const uses = factory.uses.filter((it) => it.product === product.part && it.version === version);
  const lines = uses.map((use) => lineOf(factory, use, planned, random.chance(0.3)));
  const issuedAt = working(shifted(openedAt, random.between(20, 500)));
  const isSplit = random.chance(0.05);
  const halves = lines.map((line) => ({ ...line, quantity: line.quantity / 2 }));
  const canSplit = isSplit && halves.every(({ quantity }) => quantity % UNIT === 0);
  if (canSplit) {
    issue(factory, order, `PL${order}-1`, issuedAt, halves);
    const isOnePaper = random.chance(0.1);
    const later = working(shifted(issuedAt, random.between(60, 300)));
    issue(factory, order, `PL${order}-${isOnePaper ? 1 : 2}`, later, halves);
  } else {
    const issued = issue(factory, order, `PL${order}`, issuedAt, lines);
    // What is given back must have been issued as it was.
    if (random.chance(0.04)) {
      spoilt.add(issued);
      giveBack(factory, order, issuedAt, random.pick(lines));
    }
  }
  const receivedAt = working(shifted(issuedAt, random.between(300, 2000)));
  const store = at(product.kind === 'finished' ? 'finished' : 'semiFinished');
  const received = lineFor(product.part, facts.received, at('made'), store);
  happen(factory, 'received', { order, document: `GR${order}`, at: receivedAt, lines: [received] });
  if (rejected === 0) return;
  const bad = lineFor(product.part, rejected, at('made'), at('defective'));
  happen(factory, 'rejected', { order, document: `RJ${order}`, at: receivedAt, lines: [bad] });
}

function lineOf(factory: Factory, use: Use, planned: number, isOff: boolean): PostingLine {
  const part = factory.parts.get(use.part) as Part;
  const declared = Number((BigInt(planned) * use.net) / BigInt(RATE_UNIT));
  const off = isOff ? 1 + factory.random.normal() * 0.02 : 1;
  const taken = Math.max(part.step, Math.round((declared * off) / part.step) * part.step);
  const home = at(part.kind === 'material' ? 'rawMaterial' : 'semiFinished');
  return lineFor(part.part, off === 1 ? declared : taken, home, at('inProcess'), part.box);
}

export function lineFor(
  part: string,
  quantity: number,
  from: Place | null,
  to: Place | null,
  box: number | null = null,
): PostingLine {
  const isBoxed = box !== null && quantity % box === 0;
  const conversion = BigInt((box ?? 1) * RATE_UNIT);
  return {
    ...{ part, quantity, from, to, lot: null, insteadOf: null, bonded: true },
    sent: isBoxed ? { quantity: quantity / (box ?? 1), unit: 'BOX', conversion } : null,
  };
}

function issue(
  factory: Factory,
  order: string,
  document: string,
  when: string,
  lines: PostingLine[],
): Happening {
  const happening = happen(factory, 'issued', { order, document, at: when, lines });
  if (factory.random.chance(0.2))
    for (const line of happening.posting?.lines ?? []) slip(factory, line, happening, 'slip');
  return happening;
}

/** A record of the store beside the ERP's. */
export function slip(
  factory: Factory,
  line: Carried,
  { posting, truth }: Happening,
  kind: Paper['kind'],
  more: Partial<Paper> = {},
): void {
  const { part, quantity, from, to } = line;
  factory.papers.push({
    ...{ id: `P${factory.papers.length}`, kind, tells: null, part, quantity, from, to },
    ...{ lot: null, bonded: true },
    ...{ document: posting?.document ?? null, order: posting?.order ?? null },
    ...{ at: truth?.at ?? COUNTED_AT, ...more },
  });
}

function giveBack(factory: Factory, order: string, issuedAt: string, line: PostingLine): void {
  const step = factory.parts.get(line.part)?.step ?? UNIT;
  const back = lineFor(line.part, step * (1 + factory.random.int(3)), line.to, line.from);
  const when = working(shifted(issuedAt, 600));
  happen(factory, 'returned', { order, document: `RT${order}`, at: when, lines: [back] });
}

interface Told {
  readonly order: string | null;
  readonly document: string | null;
  readonly at: string;
  readonly lines: readonly PostingLine[];
  readonly toSite?: string;
}

/** Something that happened and was entered within the hour. */
export function happen(factory: Factory, kind: Posting['kind'], told: Told): Happening {
  const { order, document, lines } = told;
  const happening: Happening = {
    truth: {
      at: told.at,
      lines: lines.filter(({ bonded }) => bonded).map((line) => ({ ...line })),
    },
    posting: {
      ...{ id: `E${factory.happenings.length}`, state: 'applied', kind, order, document },
      ...{ reverses: null, occurredAt: told.at, isLate: false, toSite: told.toSite ?? null },
      recordedAt: shifted(told.at, factory.random.between(1, 50)),
      lines: lines.map((line) => ({ ...line })),
    },
  };
  factory.happenings.push(happening);
  return happening;
}

/** Nothing is moved in the hour before a count, nor while it goes on. */
export function working(instant: string): string {
  const minutes = (Date.parse(instant) - Date.parse(COUNTED_AT)) / 60_000;
  return minutes > -60 && minutes < 120 ? shifted(instant, 240) : instant;
}

/** Imports each month for what the month used, and a month's use to begin with. */
function supply(factory: Factory): void {
  const { random } = factory;
  const used = new Map<string, number>();
  for (const { posting } of factory.happenings)
    for (const { part, quantity } of posting?.kind === 'issued' ? posting.lines : [])
      used.set(part, (used.get(part) ?? 0) + quantity);
  for (const part of factory.parts.values()) {
    if (part.kind !== 'material') continue;
    const month = Math.ceil((used.get(part.part) ?? 0) / 12 / part.step) * part.step + 50 * UNIT;
    for (let n = 0; n <= 12; n += 1) {
      const extra = random.int(20) * part.step;
      const day = n === 0 ? YEAR_FROM : addDays(YEAR_FROM, n * 29 - 20 + random.int(14));
      const line = { ...lineFor(part.part, month + extra, at('customsIn'), at('rawMaterial')) };
      const document = `QD${part.part}-${n}`;
      const when = working(`${day}T0${random.int(9)}:10:00.000Z`);
      const lines = [{ ...line, lot: `L${part.part}-${n}` }];
      const happening = happen(factory, 'imported', { order: null, document, at: when, lines });
      slip(factory, line, happening, 'gate', { at: shifted(when, -5) });
    }
  }
}

/** Materials to the second site and back to use there. */
function move(factory: Factory): void {
  const { random } = factory;
  const materials = [...factory.parts.values()].filter(({ kind }) => kind === 'material');
  for (let n = 0; n < 200; n += 1) {
    const { part } = random.pick(materials);
    const quantity = (5 + random.int(60)) * UNIT;
    const day = addDays(YEAR_FROM, random.int(355));
    const sent = working(`${day}T05:00:00.000Z`);
    const document = `TR${n}`;
    const out = lineFor(part, quantity, at('rawMaterial'), at('inTransit', ANNEX));
    happen(factory, 'moved', { order: null, document, at: sent, lines: [out], toSite: ANNEX });
    const arrived = working(shifted(sent, random.between(120, 900)));
    const come = lineFor(part, quantity, at('inTransit', ANNEX), at('rawMaterial', ANNEX));
    happen(factory, 'arrived', { order: null, document, at: arrived, lines: [come] });
  }
}
