// A code table from file to force: rows are read or set aside, and a new version succeeds an old one
// without touching the past.
import { describe, expect, test } from 'vitest';
import { createCodes } from './codes.ts';
import type { CodeEntry } from './contract.ts';
import { readTable } from './read-table.ts';
import { shippedTables } from './shipped.ts';
import { ALWAYS, succeed } from './succession.ts';

const rowsOf = (csv: string) => readTable(csv).rows;

/** What stands after a load: rows written replace those of the same code and first day. */
function applied(known: readonly CodeEntry[], csv: string, from: string): CodeEntry[] {
  const { write, remove } = succeed(known, rowsOf(csv), from);
  const key = ({ code, from }: CodeEntry) => `${code} ${from}`;
  const standing = new Map(known.map((entry) => [key(entry), entry]));
  for (const entry of remove) standing.delete(key(entry));
  for (const entry of write) standing.set(key(entry), entry);
  return [...standing.values()];
}

describe('reading a file', () => {
  test('wrong rows are set aside with their line, the rest is read', () => {
    const { rows, rejects } = readTable(
      [
        '﻿code,zh,en,from,to,region',
        '2201,浦江海关,Pujiang Customs,,,Shanghai',
        '22 01,浦江海关,Pujiang Customs,,,',
        '2202,,Wusong Customs,,,',
        '2203,虹桥,Hongqiao,2026-02-30,,',
        '2204,闵行,Minhang,2026-02-01,2026-01-01,',
        '2201,浦江海关,Pujiang Customs,,,',
        '2205,车站,Station',
      ].join('\n'),
    );
    expect(rows.map(({ code, attributes }) => [code, attributes])).toEqual([
      ['2201', { region: 'Shanghai' }],
    ]);
    expect(rejects.map(({ path, code }) => [path, code])).toEqual([
      ['line 3', 'reference.code_malformed'],
      ['line 4', 'reference.label_missing'],
      ['line 5', 'reference.date_impossible'],
      ['line 6', 'reference.period_empty'],
      ['line 7', 'reference.code_repeated'],
      ['line 8', 'reference.cells_disagree'],
    ]);
  });

  test('a file without the common columns is refused whole', () => {
    expect(() => readTable('code,name\n1,x')).toThrow('reference.column_missing');
  });

  test('every shipped table reads without a reject and says it is not official', () => {
    for (const { table, rows } of shippedTables()) {
      expect(rows.length, table.name).toBeGreaterThan(10);
      expect(table.source).toBe('compiled by the project, not official');
    }
  });
});

describe('one version after another', () => {
  const first = applied([], 'code,zh,en\n1,甲,A\n2,乙,B\n3,丙,C', ALWAYS);
  const second = applied(first, 'code,zh,en\n1,甲,A\n2,乙二,B2\n4,丁,D', '2026-07-01');
  const codes = createCodes(new Map([['t', second]]));

  test('what says the same goes on', () => {
    expect(codes.find('t', '1', '2030-01-01')).toMatchObject({ from: ALWAYS, to: null });
  });
  test('what says something else ends, and begins anew', () => {
    expect(codes.find('t', '2', '2026-06-30')?.zh).toBe('乙');
    expect(codes.find('t', '2', '2026-07-01')?.zh).toBe('乙二');
  });
  test('what is gone ends, what is new begins', () => {
    expect(codes.isInForce('t', '3', '2026-06-30')).toBe(true);
    expect(codes.isInForce('t', '3', '2026-07-01')).toBe(false);
    expect(codes.isInForce('t', '4', '2026-06-30')).toBe(false);
    expect(codes.isInForce('t', '4', '2026-07-01')).toBe(true);
  });
  test('the same file again changes nothing', () => {
    const again = succeed(second, rowsOf('code,zh,en\n1,甲,A\n2,乙二,B2\n4,丁,D'), '2026-07-01');
    expect(again).toEqual({ write: [], remove: [], unchanged: 3 });
  });
});

describe('tariff codes', () => {
  const on = '2026-07-01';
  const entry = (code: string): CodeEntry => ({
    ...{ code, zh: code, en: code, attributes: {} },
    ...{ from: ALWAYS, to: null },
  });
  const chapters = ['hs_chapter', [entry('08')]] as const;

  test('with no nomenclature loaded, shape and chapter decide', () => {
    const { isInForce } = createCodes(new Map([chapters]));
    expect(isInForce('hs', '0803900000', on)).toBe(true);
    expect(isInForce('hs', '080390000', on)).toBe(false);
    expect(isInForce('hs', '7703900000', on)).toBe(false);
  });
  test('with one loaded, its headings decide', () => {
    const { isInForce } = createCodes(new Map([chapters, ['hs', [entry('080390')]]]));
    expect(isInForce('hs', '0803900000', on)).toBe(true);
    expect(isInForce('hs', '0804100000', on)).toBe(false);
  });
});
