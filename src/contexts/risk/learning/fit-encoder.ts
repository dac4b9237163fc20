import type { Matrix } from '../trees/index.ts';
import type { Feature, RateTable, ReadFact, Schema } from './contract.ts';
import { type Counts, evidenceOf, featureName, type Knowledge } from './encoder.ts';
import {
  blocksOf,
  type JoinedKeys,
  joinKeys,
  noKeys,
  type OrderedRates,
  orderedRates,
} from './joined-keys.ts';
import type { FoundKeys, KeyChain, Part } from './key-search.ts';
import { type Column, countPositives, type LabelledRows } from './rows.ts';

/** How many of the best chains of each kind become tables. */
const CHAINS = { codes: 2, amounts: 3 } as const;
/** A key leans on its parent as on one row of evidence. */
const SMOOTHING = 1;

export interface FittedEncoder {
  readonly schema: Schema;
  readonly knowledge: Knowledge;
  /** The training rows as the trees see them: rates known before each row's day. */
  readonly matrix: Matrix;
}

interface FittedTable extends RateTable {
  readonly path: string;
  readonly keys: JoinedKeys;
  readonly ordered: OrderedRates;
}

/** Turns the keys found into tables of rates, and the training rows into numbers. */
export function fitEncoder(rows: LabelledRows, found: FoundKeys): FittedEncoder {
  const chains = [...found.codes.slice(0, CHAINS.codes), ...found.amounts.slice(0, CHAINS.amounts)];
  const baseRate = countPositives(rows) / rows.size;
  const tables = fitTables(rows, chains, baseRate);
  const numbers = rows.columns.filter(isNumber);
  const features: Feature[] = [
    ...tables.map((_, table) => ({ kind: 'rate' as const, table })),
    ...tables.map((_, table) => ({ kind: 'evidence' as const, table })),
    ...numbers.map(({ name }) => ({ kind: 'number' as const, fact: name })),
  ];
  const parts = new Map(chains.flatMap((chain) => chain.parts.map((part) => [part.name, part])));
  const lastOf = (chain: KeyChain | undefined): number | null =>
    chain ? tables.findIndex(({ path }) => path === pathOf(chain.parts)) : null;
  const schema: Schema = {
    facts: readFacts(rows.columns, [...parts.values()], numbers),
    tables: tables.map(({ parts, hasAmount, parent, smoothing }) => ({
      ...{ parts, hasAmount, parent, smoothing },
    })),
    features,
    floors: { codes: lastOf(found.codes[0]), amounts: lastOf(bestOf(found)) },
  };
  return {
    schema,
    knowledge: {
      baseRate,
      words: Object.fromEntries([...parts].map(([name, { words }]) => [name, words])),
      counts: tables.map(({ keys }) => countsOf(keys, rows.labels)),
    },
    matrix: {
      rows: rows.size,
      names: features.map((feature) => featureName(feature, schema.tables)),
      columns: [
        ...tables.map(({ ordered }) => ordered.rates),
        ...tables.map(({ ordered }) => ordered.evidence.map(evidenceOf)),
        ...numbers.map((column) => column.numbers),
      ],
    },
  };
}

const bestOf = ({ codes, amounts }: FoundKeys): KeyChain | undefined =>
  [...amounts.slice(0, 1), ...codes.slice(0, 1)].sort((a, b) => a.logLoss - b.logLoss)[0];

const pathOf = (parts: readonly Part[]): string => parts.map(({ name }) => name).join(' → ');

/** Chains that begin alike share their tables. */
function fitTables(
  rows: LabelledRows,
  chains: readonly KeyChain[],
  baseRate: number,
): FittedTable[] {
  const blocks = blocksOf(rows);
  const tables: FittedTable[] = [];
  for (const { parts } of chains) {
    let parent: number | null = null;
    for (const [place, part] of parts.entries()) {
      const path = pathOf(parts.slice(0, place + 1));
      let own = tables.findIndex((table) => table.path === path);
      if (own < 0) {
        const before: FittedTable | undefined = parent === null ? undefined : tables[parent];
        const keys = joinKeys((before?.keys ?? noKeys(rows.size)).ids, part.codes);
        const leanOn = before?.ordered.rates ?? new Float64Array(rows.size).fill(baseRate);
        const ordered = orderedRates(keys, rows.labels, blocks, leanOn, SMOOTHING);
        const joined = parts.slice(0, place + 1);
        own = tables.length;
        tables.push({
          ...{ path, keys, ordered, parent, smoothing: SMOOTHING },
          parts: joined.map(({ fact, characters }) => ({ fact, characters })),
          hasAmount: joined.some(({ isAmount }) => isAmount),
        });
      }
      parent = own;
    }
  }
  return tables;
}

function countsOf({ ids, parents, codes }: JoinedKeys, labels: Uint8Array): Counts {
  const rows = new Array<number>(parents.length).fill(0);
  const findings = new Array<number>(parents.length).fill(0);
  for (const [row, id] of ids.entries()) {
    rows[id] = (rows[id] as number) + 1;
    findings[id] = (findings[id] as number) + (labels[row] as number);
  }
  return { parents: Array.from(parents), codes: Array.from(codes), rows, findings };
}

/** Numbers that differ among rows; infinite ones are no numbers to a tree. */
function isNumber({ type, numbers }: Column): boolean {
  if (type === 'text') return false;
  const first = numbers.find((value) => !Number.isNaN(value));
  return numbers.some((value) => value !== first && !Number.isNaN(value));
}

function readFacts(
  columns: readonly Column[],
  parts: readonly Part[],
  numbers: readonly Column[],
): ReadFact[] {
  const read = new Set([...parts.map(({ fact }) => fact), ...numbers.map(({ name }) => name)]);
  return columns.filter(({ name }) => read.has(name)).map(({ name, type }) => ({ name, type }));
}
