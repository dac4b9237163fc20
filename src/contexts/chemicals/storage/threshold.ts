import { decimal, multiply, toText } from '../../../kernel/decimal.ts';
import type { StoredGoods } from './contract.ts';
import table from './critical-quantities.json' with { type: 'json' };
import type { Grams } from './mass.ts';

/**
 * The threshold quantities (临界量) that are known to apply to goods, and those that may: a
 * concentration, a packing group or a UN number is not stated, and what it is decides.
 */
export interface Thresholds {
  readonly certain: Grams | null;
  readonly possible: Grams | null;
}

interface Row {
  readonly grams: Grams;
}

interface NamedRow extends Row {
  readonly cas: string;
  readonly un?: readonly string[];
  /** Only under those numbers: its solutions and fertilisers have others. */
  readonly onlyUn?: boolean;
  /** Only above so many per cent. */
  readonly above?: number;
}

interface ClassRow extends Row {
  readonly classes: readonly string[];
  readonly packingGroups?: readonly string[];
  readonly un?: readonly string[];
  readonly subsidiary?: string;
}

const GRAMS_PER_TONNE = decimal(1_000_000);
const weighed = <Written extends { readonly tonnes: string }>(row: Written): Written & Row => ({
  ...row,
  grams: Number(toText(multiply(decimal(row.tonnes), GRAMS_PER_TONNE))),
});

const NAMED: readonly NamedRow[] = table.named.map(weighed);
const CLASSES: readonly ClassRow[] = table.classes.map(weighed);

/** Every threshold of the tables, for whoever needs a common denominator. */
export const allThresholds: readonly Grams[] = [...NAMED, ...CLASSES].map(({ grams }) => grams);

/**
 * By name where the standard names the substance, else by the lowest of its hazards (GB 18218-2018,
 * 4.1.3). What is known not to be a hazardous chemical has none.
 */
export function thresholdsOf(goods: StoredGoods): Thresholds {
  if (goods.isHazardousChemical === false) return { certain: null, possible: null };
  let certain: Grams | null = null;
  let open: Grams | null = null;
  for (const row of NAMED) {
    const fits = fitsName(row, goods);
    if (fits === true) certain = lower(certain, row.grams);
    else if (fits === null) open = lower(open, row.grams);
  }
  if (certain !== null) return { certain, possible: certain };
  const ofClass = byClass(goods);
  return { certain: ofClass.certain, possible: lower(open, ofClass.possible) };
}

const lower = (a: Grams | null, b: Grams | null): Grams | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** `null` when it cannot be told. */
function fitsName({ cas, un, onlyUn, above }: NamedRow, goods: StoredGoods): boolean | null {
  const isNumber = goods.un !== null && (un?.includes(goods.un) ?? false);
  if (!isNumber && cas !== goods.cas) return false;
  if (onlyUn && !isNumber) return goods.un === null ? null : false;
  if (above === undefined) return true;
  return goods.percent === null ? null : goods.percent > above;
}

function byClass(goods: StoredGoods): Thresholds {
  let certain: Grams | null = null;
  let possible: Grams | null = null;
  for (const label of [goods.class, ...goods.subsidiary]) {
    const division = /^\d(\.\d)?/.exec(label)?.[0] ?? label;
    const rows = CLASSES.filter(({ classes }) => classes.includes(division));
    const ofNumber = rows.find(({ un }) => goods.un !== null && un?.includes(goods.un));
    for (const row of ofNumber ? [ofNumber] : rows) {
      const fits = fitsClass(row, goods);
      if (fits === true) certain = lower(certain, row.grams);
      if (fits !== false) possible = lower(possible, row.grams);
    }
  }
  return { certain, possible };
}

function fitsClass(row: ClassRow, { un, packingGroup, subsidiary }: StoredGoods): boolean | null {
  if (row.subsidiary !== undefined && !subsidiary.includes(row.subsidiary)) return false;
  if (row.un) return un === null ? null : row.un.includes(un);
  if (!row.packingGroups) return true;
  return packingGroup === null ? null : row.packingGroups.includes(packingGroup);
}
