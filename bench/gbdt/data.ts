import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Matrix } from '../../src/contexts/risk/trees/index.ts';

export const TRAIN = '../shared/data/korea-cdd/df_syn_train_eng.csv';
export const VALID = '../shared/data/korea-cdd/df_syn_valid_eng.csv';

export interface Labelled {
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
}

/** Neither tells of the goods: what names the row, and what the port found out afterwards. */
const LEFT_OUT = ['Declaration ID', 'Date', 'Fraud', 'Critical Fraud'];
const AMOUNTS = ['Net Mass', 'Item Price'];

/**
 * The 18 columns of the published comparison (Jeong et al., arXiv:2208.02484): codes by first
 * appearance from 1, continued where later rows bring new ones, 0 for what is missing; amounts as
 * they are, since scaling to single precision would merge small prices.
 */
export async function readKorea(rows: number): Promise<{ train: Labelled; valid: Labelled }> {
  const codes = new Map<string, Map<string, number>>();
  const train = encode(await readCsv(TRAIN, rows), codes);
  return { train, valid: encode(await readCsv(VALID, rows), codes) };
}

interface Table {
  readonly header: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

async function readCsv(file: string, rows: number): Promise<Table> {
  const [header = [], ...lines] = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .slice(0, rows + 1)
    .map((line) => line.split(','));
  assert(lines.every((line) => line.length === header.length));
  return { header, lines };
}

function encode({ header, lines }: Table, codes: Map<string, Map<string, number>>): Labelled {
  const column = (name: string) => lines.map((line) => line[header.indexOf(name)] ?? '');
  const names = header.filter((name) => !LEFT_OUT.includes(name));
  const columns = names.map((name) =>
    AMOUNTS.includes(name)
      ? Float64Array.from(column(name), Number)
      : Float64Array.from(column(name), (value) => codeOf(value, codes, name)),
  );
  return {
    matrix: { rows: lines.length, names, columns },
    labels: Uint8Array.from(column('Fraud'), Number),
  };
}

function codeOf(value: string, codes: Map<string, Map<string, number>>, name: string): number {
  if (value === '') return 0;
  const known = codes.get(name) ?? new Map<string, number>();
  codes.set(name, known);
  const code = known.get(value) ?? known.size + 1;
  known.set(value, code);
  return code;
}

/** As bytes, column by column: what another process reads is what we read. */
export async function writeBytes(folder: string, part: string, { matrix, labels }: Labelled) {
  const values = matrix.columns.map((c) => Buffer.from(c.buffer, c.byteOffset, c.byteLength));
  await writeFile(join(folder, `${part}.values`), Buffer.concat(values));
  await writeFile(join(folder, `${part}.labels`), labels);
}

/** The share of pairs of one fraud and one other in which the fraud scores higher; ties are halves. */
export function auc(scores: ArrayLike<number>, labels: Uint8Array): number {
  const order = descending(scores);
  let above = 0;
  let pairs = 0;
  let ones = 0;
  for (let first = 0; first < order.length; ) {
    const score = scores[order[first] ?? 0];
    let next = first;
    while (next < order.length && scores[order[next] ?? 0] === score) next += 1;
    const tied = order.slice(first, next);
    const tiedOnes = tied.filter((row) => labels[row] === 1).length;
    const zeros = tied.length - tiedOnes;
    above += zeros * (ones + tiedOnes / 2);
    ones += tiedOnes;
    pairs += zeros;
    first = next;
  }
  return above / (pairs * ones);
}

/** The share of fraud, in percent, among so many percent of the rows that score highest. */
export function precisionAt(percent: number, scores: ArrayLike<number>, labels: Uint8Array) {
  const examined = descending(scores).slice(0, Math.round((labels.length * percent) / 100));
  return (100 * examined.filter((row) => labels[row] === 1).length) / examined.length;
}

const descending = (scores: ArrayLike<number>): number[] =>
  Array.from(scores, (_, row) => row).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
