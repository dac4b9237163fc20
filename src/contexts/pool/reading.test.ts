// A file of somebody else's making comes in: in any of four formats, two encodings, with columns
// moved, missing or unknown, and rows that are wrong in every way. Good rows are read exactly; each
// bad one is set aside with its line and reason; a file that cannot be read says why.
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refused } from '../../kernel/refusal.ts';
import { openDuckdb } from '../../platform/analytics/duckdb.ts';
import { testFolder } from '../../platform/testing.ts';
import type { Mapping } from './contract.ts';
import { csvLine, harmless, readCsv } from './csv.ts';
import { loadMapping } from './mapping.ts';
import { openFactReader } from './store/facts.ts';
import { goodsMapping } from './testing.ts';

let place: Awaited<ReturnType<typeof testFolder>>;
beforeAll(async () => {
  place = await testFolder();
});
afterAll(() => place.remove());

const HEADER = 'Id,Day,HS,Origin,Value,Pieces\n';
let files = 0;

async function readAll(content: string | Uint8Array, extension = 'csv', mapping = goodsMapping()) {
  const path = await place.write(`file-${files++}.${extension}`, content);
  const reader = await openFactReader(path, mapping);
  try {
    const rows = [];
    for await (const batch of reader.batches()) rows.push(...batch);
    const rejects = [];
    for await (const reject of reader.rejects()) rejects.push(reject);
    return { rows, rejects, counted: [reader.rows, reader.rejected] };
  } finally {
    await reader.close();
  }
}

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof Refused)) throw error;
  return error.refusals.map(({ code, params }) => ({ code, ...params }));
};

const FACTS = {
  'declaration.ieFlag': 'I',
  'goods.id': 'A1',
  'goods.hs6': '010203',
  'goods.origin': 'CN',
  'goods.value': 1234567.5,
  'goods.pieces': 12,
};

test('a good row becomes facts: padded, decoded, unmarked; what is empty is null', async () => {
  const { rows, counted } = await readAll(
    `${HEADER}A1,20260228, 10203 ,中国,"1,234,567.50",12\nA2,2026-02-27,,,,\n`,
  );
  expect(counted).toEqual([2, 0]);
  expect(rows).toEqual([
    {
      line: 3,
      id: 'A2',
      date: '2026-02-27',
      facts: {
        'declaration.ieFlag': 'I',
        'goods.id': 'A2',
        'goods.hs6': null,
        'goods.origin': null,
        'goods.value': null,
        'goods.pieces': null,
      },
    },
    { line: 2, id: 'A1', date: '2026-02-28', facts: FACTS },
  ]);
});

test('the same rows read the same from every format', async () => {
  const record = {
    Id: 'A1',
    Day: '20260228',
    HS: '10203',
    Origin: '中国',
    Value: 1234567.5,
    Pieces: 12,
  };
  const workbook = await writeXlsx({
    sheets: [
      {
        name: 'goods',
        columns: Object.keys(record).map((key) => ({ header: key, key })),
        data: [record],
      },
    ],
  });
  const parquet = `${place.folder}/goods.parquet`;
  const engine = await openDuckdb({ file: ':memory:' });
  await engine.run(
    `copy (select 'A1' as "Id", date '2026-02-28' as "Day", '10203' as "HS", '中国' as "Origin",
      1234567.5::double as "Value", 12 as "Pieces") to '${parquet}' (format parquet)`,
  );
  await engine.close();
  const reader = await openFactReader(parquet, goodsMapping());
  const fromParquet = [];
  for await (const batch of reader.batches()) fromParquet.push(...batch);
  await reader.close();
  const expected = [{ line: 2, id: 'A1', date: '2026-02-28', facts: FACTS }];
  expect((await readAll(workbook, 'xlsx')).rows).toEqual(expected);
  expect(
    (
      await readAll(
        'Pieces\tValue\tOrigin\tHS\tDay\tId\n12\t1234567.5\t中国\t10203\t20260228\tA1\n',
        'tsv',
      )
    ).rows,
  ).toEqual(expected);
  expect(fromParquet.map((row) => ({ ...row, line: 2 }))).toEqual(expected);
  const ndjson = await readAll(`{}\n${JSON.stringify(record)}\nnot json\n`, 'ndjson');
  expect(ndjson.rows).toEqual(expected);
  expect(ndjson.rejects.map(({ line, code }) => [line, code])).toEqual([
    [1, 'pool.value_missing'],
    [1, 'pool.value_missing'],
    [3, 'pool.not_json'],
  ]);
});

test('extra columns and another order are fine; another name may be given; a missing one is refused', async () => {
  const moved =
    'Remark,Pieces,Value,Day,Id,HS Code,原产国\nx,12,"1,234,567.50",20260228,A1,10203,中国\n';
  expect((await readAll(moved)).rows[0]?.facts).toEqual(FACTS);
  const missing = readAll('Id,Day,HS,Value\nA1,20260228,1,1\n');
  expect(await refusalOf(missing)).toEqual([
    { code: 'pool.column_missing', column: 'Origin / 原产国', found: 'Id, Day, HS, Value' },
    { code: 'pool.column_missing', column: 'Pieces', found: 'Id, Day, HS, Value' },
  ]);
  const twice = readAll('Id,Id,Day,HS,Origin,Value,Pieces\n');
  expect(await refusalOf(twice)).toEqual([{ code: 'pool.column_twice', column: 'Id' }]);
  expect(await refusalOf(readAll(''))).toEqual([{ code: 'pool.file_empty' }]);
});

// Each row is wrong in one way; the good row between them is read all the same.
test.each([
  ['A1,20260230,1,中国,1,1', 'Day', '20260230', 'pool.not_a_date'],
  ['A1,18260228,1,中国,1,1', 'Day', '18260228', 'pool.not_a_date'],
  ['A1,,1,中国,1,1', 'Day', '', 'pool.value_missing'],
  [' ,20260228,1,中国,1,1', 'Id', '', 'pool.value_missing'],
  ['A1,20260228,1,火星,1,1', 'Origin', '火星', 'pool.unknown_code'],
  ['A1,20260228,1,中国,-0.01,1', 'Value', '-0.01', 'pool.below_least'],
  ['A1,20260228,1,中国,"12,34",1', 'Value', '12,34', 'pool.not_a_number'],
  ['A1,20260228,1,中国,1.000.000,1', 'Value', '1.000.000', 'pool.not_a_number'],
  ['A1,20260228,1,中国,NaN,1', 'Value', 'NaN', 'pool.not_a_number'],
  ['A1,20260228,1,中国,0.12345678901,1', 'Value', '0.12345678901', 'pool.too_many_decimals'],
  [`A1,20260228,1,中国,${'9'.repeat(40)},1`, 'Value', '9'.repeat(40), 'pool.number_too_large'],
  ['A1,20260228,1,中国,1,1.5', 'Pieces', '1.5', 'pool.not_whole'],
  ['A1,20260228,1,中国,1,0x10', 'Pieces', '0x10', 'pool.not_whole'],
  ['A1,20260228,1,中国,1', '', '5', 'pool.too_few_fields'],
  ['A1,20260228,1,中国,1,1,1', '', '7', 'pool.too_many_fields'],
  ['"A1,20260228,1,中国,1,1', '', '"A1,20260228,1,中国,1,1', 'pool.quote_not_closed'],
  ['GOOD,20260228,1,中国,1,1', 'Id', 'GOOD', 'pool.duplicate_id'],
])('%s is set aside', async (row, column, seen, code) => {
  const { rows, rejects } = await readAll(
    `${HEADER}GOOD,20260101,1,日本,1,1\n\n${row}\nLAST,20260101,1,日本,1,1\n`,
  );
  expect(rows.map(({ id, line }) => [id, line])).toEqual([
    ['GOOD', 2],
    ['LAST', 5],
  ]);
  expect(rejects).toEqual([{ line: 4, column, seen, code, row }]);
});

test('a quoted field may run over lines, and the lines after it keep their numbers', async () => {
  const { rows, rejects } = await readAll(
    `${HEADER}"A\n""1""",20260101,1,日本,1,1\nB,bad,1,日本,1,1\n`,
  );
  expect(rows.map(({ id, line }) => [id, line])).toEqual([['A\n"1"', 2]]);
  expect(rejects.map(({ line }) => line)).toEqual([4]);
});

describe('encodings', () => {
  // 原产国 中国 日本 in GB18030.
  const gb = (text: string): Buffer =>
    Buffer.concat(
      [...text].map((char) => {
        const bytes = { 中: 'd6d0', 国: 'b9fa', 日: 'c8d5', 本: 'b1be' }[char];
        return bytes ? Buffer.from(bytes, 'hex') : Buffer.from(char);
      }),
    );

  test('GB18030 and UTF-8, with and without a mark, are told apart unasked', async () => {
    const text = `${HEADER}A1,20260228,10203,中国,"1,234,567.50",12\r\n`;
    for (const bytes of [gb(text), Buffer.from(text), Buffer.from(`\uFEFF${text}`)]) {
      expect((await readAll(bytes)).rows[0]?.facts).toEqual(FACTS);
    }
  });

  test('a broken file is refused with the line', async () => {
    const line = 'A1,20260228,1,中国,1,1\n';
    const brokenUtf8 = Buffer.concat([
      Buffer.from(HEADER + line.repeat(9)),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(line),
    ]);
    expect(await refusalOf(readAll(brokenUtf8))).toEqual([
      { code: 'pool.broken_text', line: 11, encoding: 'UTF-8' },
    ]);
    const brokenGb = Buffer.concat([gb(HEADER + line.repeat(3)), Buffer.from([0xff, 0x0a])]);
    expect(await refusalOf(readAll(brokenGb))).toEqual([
      { code: 'pool.broken_text', line: 5, encoding: 'GB18030' },
    ]);
    expect(await refusalOf(readAll(Buffer.from(`\uFEFF${line}`, 'utf16le')))).toEqual([
      { code: 'pool.encoding_unsupported', seen: 'UTF-16' },
    ]);
  });
});

test('units are converted exactly and places rounded half away from zero', async () => {
  const columns: Mapping['columns'] = [
    ...goodsMapping().columns.slice(0, 2),
    {
      from: 'Grams',
      to: 'goods.netMass',
      type: 'decimal',
      factor: '0.001',
      decimals: 2,
      required: false,
    },
    {
      from: 'Euro',
      to: 'goods.value',
      type: 'decimal',
      thousands: '.',
      decimalMark: ',',
      required: false,
    },
  ];
  const { rows } = await readAll(
    'Id,Day,Grams,Euro\nA,20260101,2345,"1.234,5"\nB,20260102,-2345,7\n',
    'csv',
    goodsMapping({ columns }),
  );
  expect(rows.map(({ facts }) => [facts['goods.netMass'], facts['goods.value']])).toEqual([
    [2.35, 1234.5],
    [-2.35, 7],
  ]);
});

test('columns of outcomes are not read, and need not be there', async () => {
  const columns: Mapping['columns'] = [
    ...goodsMapping().columns,
    { from: 'Fraud', to: 'label.fraud', type: 'integer', required: true },
  ];
  const mapping = goodsMapping({ columns, labels: ['label.fraud'] });
  const row = 'A1,20260228,10203,中国,"1,234,567.50",12';
  const labelled = await readAll(`${HEADER.trim()},Fraud\n${row},nonsense\n`, 'csv', mapping);
  const unlabelled = await readAll(`${HEADER}${row}\n`, 'csv', mapping);
  expect(labelled.rows).toEqual(unlabelled.rows);
  expect(labelled.rows[0]?.facts).toEqual(FACTS);
});

test('a mapping that contradicts itself is refused with everything wrong in it', async () => {
  const path = await place.write(
    'wrong.json',
    JSON.stringify({ ...goodsMapping(), id: 'goods.day', labels: ['nothing'] }),
  );
  expect((await refusalOf(loadMapping(path))).map(({ code }) => code)).toEqual([
    'pool.mapping_wrong',
    'pool.mapping_wrong',
  ]);
  expect(await refusalOf(loadMapping('no-such'))).toMatchObject([{ code: 'pool.mapping_unknown' }]);
});

test('any table written as CSV reads back the same, however the text is cut into slices', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '中', '=') });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (table, size) => {
        const text = table.map(csvLine).join('');
        async function* slices(): AsyncIterable<string> {
          for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
        }
        const read: (readonly string[])[] = [];
        for await (const records of readCsv(slices(), ','))
          read.push(...records.map((r) => r.fields));
        expect(read).toEqual(table);
      },
    ),
  );
});

test('a cell a spreadsheet would run is made plain', () => {
  expect(['=1+1', '+cmd', '@SUM(A1)', '-1.5', 'plain'].map(harmless)).toEqual([
    "'=1+1",
    "'+cmd",
    "'@SUM(A1)",
    '-1.5',
    'plain',
  ]);
});

const KOREA = new URL('../../../../shared/data/korea-cdd/df_syn_train_eng.csv', import.meta.url);
test.skipIf(!existsSync(KOREA))('the Korean data set reads whole, in order of day', async () => {
  const reader = await openFactReader(KOREA.pathname, await loadMapping('korea-cdd'));
  const days: string[] = [];
  const names = new Set<string>();
  for await (const batch of reader.batches()) {
    for (const { date, facts } of batch) {
      days.push(date);
      for (const name of Object.keys(facts)) names.add(name);
    }
  }
  await reader.close();
  expect([reader.rows, reader.rejected, days.length]).toEqual([37_385, 0, 37_385]);
  expect(days).toEqual([...days].sort());
  expect([...names].filter((name) => name.startsWith('label.'))).toEqual([]);
});

test('a file that is not there is refused, and called by its name', async () => {
  const opened = openFactReader('/nowhere/july.csv', goodsMapping());
  await expect(opened).rejects.toMatchObject({
    kind: 'invalid',
    refusals: [{ code: 'pool.file_not_found', seen: '/nowhere/july.csv' }],
  });
});
