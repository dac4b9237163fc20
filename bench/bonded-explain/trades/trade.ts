/** How a factory of one trade works and writes things down. Pairs are the least and the most. */
export interface Trade {
  readonly name: string;
  readonly materials: number;
  readonly semiFinished: number;
  readonly finished: number;
  /** Digits after the point in which its quantities are taken. */
  readonly places: number;
  readonly units: readonly string[];
  readonly orders: readonly [number, number];
  readonly planned: readonly [number, number];
  /** What an order takes: just what the bill says, about that, or whole packs of small things. */
  readonly takes: 'exact' | 'about' | 'packs';
  /** Each line of an issue is an entry of its own. */
  readonly isByLine: boolean;
  readonly sites: readonly [string, ...string[]];
  /** Consumption is declared, and an order's head names the version. */
  readonly isDeclared: boolean;
  /** How often an entry has a document, and a document's entry a slip of the store beside it. */
  readonly documents: number;
  readonly slips: number;
  /** Products whose bill changes in April. */
  readonly changes: number;
  /** In how many parts an order's material is issued, at most. */
  readonly parts: number;
  readonly hours: readonly [number, number];
  readonly numbers: Numbers;
}

/** How its parts, entries and orders are numbered. */
interface Numbers {
  readonly part: (kind: PartKind, index: number) => string;
  readonly entry: string;
  readonly order: string;
}

export type PartKind = 'material' | 'semiFinished' | 'finished';

const padded = (index: number): string => String(index).padStart(3, '0');
const LETTER = { material: 'm', semiFinished: 's', finished: 'f' } as const;
const CHINESE = { material: '面辅', semiFinished: '半', finished: '成衣' } as const;
const MILLIONS = { material: 4, semiFinished: 6, finished: 9 } as const;

export const TRADES: readonly [Trade, ...Trade[]] = [
  {
    ...{ name: 'textile', materials: 22, semiFinished: 0, finished: 5, places: 2 },
    ...{ units: ['M', 'KG'], orders: [60, 110], planned: [40, 400], takes: 'about' },
    ...{ isByLine: false, sites: ['main'], isDeclared: false, documents: 0.5, slips: 0.15 },
    ...{ changes: 1, parts: 1, hours: [8, 20] },
    numbers: {
      part: (kind, index) => `${CHINESE[kind]}-${padded(index)}`,
      ...{ entry: '凭证', order: '生产' },
    },
  },
  {
    ...{ name: 'electronics', materials: 40, semiFinished: 6, finished: 6, places: 0 },
    ...{ units: ['PCS'], orders: [120, 220], planned: [20, 500], takes: 'exact' },
    ...{ isByLine: false, sites: ['sz', 'hk'], isDeclared: true, documents: 1, slips: 0.4 },
    ...{ changes: 4, parts: 1, hours: [0, 23] },
    numbers: {
      part: (kind, index) => `SKU.${LETTER[kind].toUpperCase()}${10000 + index * 37}`,
      ...{ entry: 'MB-49', order: 'PO-' },
    },
  },
  {
    ...{ name: 'chemical', materials: 8, semiFinished: 1, finished: 2, places: 3 },
    ...{ units: ['T', 'KG'], orders: [14, 30], planned: [5, 60], takes: 'about' },
    ...{ isByLine: true, sites: ['main'], isDeclared: true, documents: 1, slips: 0.6 },
    ...{ changes: 1, parts: 3, hours: [0, 23] },
    numbers: {
      part: (kind, index) => String(MILLIONS[kind] * 1e6 + index * 111),
      ...{ entry: '', order: '7' },
    },
  },
  {
    ...{ name: 'machines', materials: 34, semiFinished: 10, finished: 4, places: 0 },
    ...{ units: ['PCS', 'SET'], orders: [50, 90], planned: [1, 12], takes: 'packs' },
    ...{ isByLine: true, sites: ['sh', 'xa', 'cd'], isDeclared: false, documents: 0.7 },
    ...{ slips: 0.2, changes: 3, parts: 2, hours: [8, 18] },
    numbers: {
      part: (kind, index) => `${LETTER[kind]}${index}-0${index % 7}/A`,
      ...{ entry: 'doc/', order: 'WO.' },
    },
  },
  {
    ...{ name: 'garment', materials: 16, semiFinished: 0, finished: 8, places: 1 },
    ...{ units: ['M', 'DOZ', 'PCS'], orders: [100, 160], planned: [24, 240], takes: 'exact' },
    ...{ isByLine: false, sites: ['main'], isDeclared: false, documents: 0, slips: 0.1 },
    ...{ changes: 2, parts: 2, hours: [9, 17] },
    numbers: {
      part: (kind, index) => `${kind === 'finished' ? 'style' : 'item'} ${index}`,
      ...{ entry: 'e_', order: 'job' },
    },
  },
];
