import type { LedgerInput, Part } from '../../../src/contexts/bonded/contract.ts';
import type { Random } from '../random.ts';

/** One part as a plant lists it. */
export type PlantPart = Pick<Part, 'part' | 'kind' | 'description' | 'unit'> & {
  readonly hsCode: string;
  /** Yuan for one unit. */
  readonly unitValue: string;
};

/** What one unit of a product takes up of a part, and what of the use is lost (损耗率). */
export interface RecipeLine {
  readonly part: string;
  readonly net: string;
  readonly tangibleLossRate?: string;
  readonly intangibleLossRate?: string;
}

/** What is to be made in a week, at which site. */
export interface Wanted {
  readonly product: string;
  readonly quantity: number;
}

/** A factory as its planners know it: what it is made of, and what it wants to make. */
export interface Plant {
  readonly ledger: Omit<LedgerInput, 'enterprise'>;
  /** Its name in the register of enterprises, and its grade: a bank stands for certified ones, the others pay. */
  readonly enterprise: {
    readonly zh: string;
    readonly en: string;
    readonly grade: 'advancedCertified' | 'regular';
  };
  readonly parts: readonly PlantPart[];
  readonly recipes: ReadonlyMap<string, readonly RecipeLine[]>;
  /** Sold abroad from there; where several sites make things, where each product is made. */
  siteOf(product: string): string;
  week(week: number, random: Random): readonly Wanted[];
  readonly faults: readonly FaultKind[];
}

/** What goes wrong between the shop floor, the papers and the count. */
export type FaultKind =
  | 'duplicate'
  | 'unitFactor'
  | 'scrapNotDeclared'
  | 'missingReversal'
  | 'notPosted'
  | 'inTransit'
  | 'countingError'
  | 'shortage'
  | 'dearShortage';

export const OPENED_ON = '2026-07-01';

export const ledgerOf = (
  id: string,
  name: string,
  office: string,
  sites: readonly string[],
): Plant['ledger'] => ({
  ...{ id, name, office, sites: [...sites], mode: 'workOrder', lots: 'fifo' },
  ...{ beyondStock: 'hold', opensOn: OPENED_ON, closesOn: null },
});

type PartRow = readonly [
  part: string,
  description: string,
  hsCode: string,
  unit: string,
  unitValue: string,
];
export const partsOf = (kind: Part['kind'], rows: readonly PartRow[]): PlantPart[] =>
  rows.map(([part, description, hsCode, unit, unitValue]) => ({
    ...{ part, kind, description, hsCode, unit, unitValue },
  }));

/** Kilograms and metres are measured, everything else is counted in whole ones. */
export const isMeasured = (unit: string): boolean => unit === '035' || unit === '030';
