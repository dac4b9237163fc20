import type { Chance } from './chance.ts';
import type { PartKind, Trade } from './trade.ts';

/** Quantities are whole numbers of 0.00001. */
export const UNIT = 100_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const OPENED_AT = Date.parse('2026-01-01T00:00:00Z');
export const COUNTED_AT = Date.parse('2026-06-30T10:00:00Z');

export interface Part {
  readonly part: string;
  readonly kind: PartKind;
  readonly unit: string;
  readonly value: string;
}

export type Version = 'V1' | 'V2';

export interface BillLine {
  readonly assembly: string;
  readonly component: string;
  readonly unit: string;
  readonly quantity: number;
  readonly from: string;
  to: string | null;
  readonly version: Version;
}

export interface Line {
  readonly part: string;
  quantity: number;
  /** As it was sent, where that is in another unit. */
  readonly shown?: number;
  readonly unit?: string;
  readonly conversion?: string;
  readonly lot?: string;
  readonly bonded?: boolean;
}

/** One event as somebody would write it down; instants are milliseconds. */
export interface Entry {
  readonly id: string;
  readonly kind: string;
  at: number;
  readonly lines: readonly Line[];
  document: string | null;
  readonly order?: string | undefined;
  readonly site?: string | undefined;
  readonly toSite?: string;
  readonly product?: string;
  readonly version?: Version | undefined;
  readonly planned?: number;
  readonly reverses?: string;
  /** The ledger will not take it. */
  readonly isRefused?: boolean;
}

/** Something that happened, and apart from it what was entered of it. Both are the event itself until something goes wrong. */
export interface Happening extends Entry {
  truth: readonly Entry[];
  entered: readonly Entry[];
  late: readonly Entry[];
  /** The fault that has spoilt its records. */
  fault: string | null;
  /** It leaves no papers but those its fault gave it. */
  isQuiet: boolean;
  /** It always leaves papers. */
  isPapered: boolean;
  /** Of an arrival: the move that it ends. */
  move: Happening | null;
}

export interface Order {
  readonly no: string;
  readonly product: string;
  readonly site: string;
  readonly planned: number;
  readonly openedAt: number;
  readonly version: Version;
  readonly issues: Happening[];
  received?: Happening;
  closed?: Happening;
}

interface Paper {
  readonly id: string;
  readonly kind: string;
  readonly document: string | null;
  readonly order: string | null;
  readonly at: number;
  readonly part: string;
  readonly quantity: number;
  readonly tells: string;
  readonly site?: string | undefined;
  readonly toSite?: string | undefined;
  readonly bonded?: boolean;
  /** The event that it is of. */
  readonly of: string;
}

export interface World {
  readonly chance: Chance;
  readonly trade: Trade;
  readonly seed: number;
  readonly step: number;
  readonly parts: readonly Part[];
  readonly bills: BillLine[];
  /** Products whose bill changes. */
  readonly changed: ReadonlySet<string>;
  readonly alternatives: readonly { part: string; instead: string; ratio: string }[];
  readonly happenings: Happening[];
  readonly orders: Order[];
  readonly papers: Paper[];
  entries: number;
  /** By part, how many faults it bears, and how many it may. */
  readonly load: Map<string, number>;
  mostPerPart: number;
}

export const partsOf = ({ parts }: World, kind: PartKind): Part[] =>
  parts.filter((part) => part.kind === kind);
export const isKind = ({ parts }: World, part: string, kind: PartKind): boolean =>
  parts.some((each) => each.part === part && each.kind === kind);
export const billOf = ({ bills }: World, product: string, version: Version): BillLine[] =>
  bills.filter((line) => line.assembly === product && line.version === version);
export const isOpening = ({ document }: Entry): boolean => (document ?? '').startsWith('OPEN');
/** To whole steps, and one at least. */
export const rounded = ({ step }: Pick<World, 'step'>, quantity: number): number =>
  Math.max(step, Math.round(quantity / step) * step);

export function nextId(world: World): string {
  world.entries += 1;
  const number = String(world.entries + world.seed * 1000).padStart(7, '0');
  return `${world.trade.numbers.entry}${number}`;
}

type Told = Partial<Omit<Entry, 'id' | 'kind' | 'at' | 'lines'>>;

/** Something happens, and is entered as it was. Where it is not said, chance decides whether it has a document. */
export function happen(
  world: World,
  kind: string,
  at: number,
  told: Told,
  lines: readonly Line[] = [],
): Happening {
  const { trade, chance, seed } = world;
  const id = nextId(world);
  const document =
    told.document !== undefined
      ? told.document
      : lines.length > 0 && chance.chance(trade.documents)
        ? `${kind.slice(0, 3).toUpperCase()}${world.entries * 7 + seed}`
        : null;
  const happening: Happening = {
    ...{ id, kind, at, ...told, lines, document, truth: [], entered: [], late: [] },
    ...{ fault: null, isQuiet: false, isPapered: false, move: null },
  };
  happening.truth = [happening];
  happening.entered = [happening];
  world.happenings.push(happening);
  return happening;
}

const SEEN_BY: Readonly<Record<string, string>> = {
  ...{ imported: 'receipt', received: 'receipt', exported: 'gate', sentOut: 'gate' },
  ...{ cameBack: 'gate', moved: 'gate', arrived: 'gate' },
};

/** Somebody else's record of one line of an event, within minutes of it. */
export function addPaper(
  world: World,
  entry: Entry,
  { part, quantity }: Pick<Line, 'part' | 'quantity'>,
  more: Partial<Pick<Paper, 'kind' | 'tells' | 'bonded'>> = {},
): void {
  world.papers.push({
    id: `PP${world.seed}-${world.papers.length}`,
    ...{ kind: SEEN_BY[entry.kind] ?? 'slip', document: entry.document, of: entry.id },
    ...{ order: entry.order ?? null, part, quantity, tells: entry.kind },
    at: entry.at + world.chance.int(-9, 9) * MINUTE,
    ...{ site: entry.site, toSite: entry.toSite, ...more },
  });
}

/** The sender says that it took an event back. */
export function addCancellation(world: World, entry: Entry, at: number, line: Line): void {
  world.papers.push({
    ...{ id: `PP${world.seed}-${world.papers.length}`, kind: 'cancellation', document: entry.id },
    ...{ of: entry.id, order: entry.order ?? null, at, part: line.part, quantity: line.quantity },
    ...{ tells: 'issued', site: entry.site },
  });
}
