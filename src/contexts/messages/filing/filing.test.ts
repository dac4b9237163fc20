// What a message says, as it is asked to be filed: the same words as a form, codes of other tables in ours where
// one means exactly one, and for everything else a stated problem at its place. Nothing is guessed.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMessage } from '../reading/read.ts';
import type { Document } from '../reading/table.ts';
import { bondedListOf } from './bonded-list.ts';
import { declarationOf } from './declaration.ts';
import { idOf } from './file.ts';
import { manifestOf } from './manifest.ts';

const read = (file: string): { standard: string; document: Document } => {
  const url = new URL(`../standards/${file}`, import.meta.url);
  const [first] = readMessage(readFileSync(url)).documents;
  if (!first) throw new Error(`${file} was refused.`);
  return first;
};
const CARRIER = '91310000631234567H';
const OF = { id: 'M1', partner: CARRIER };
const places = (problems: readonly { code: string; path?: string | undefined }[]): string[] =>
  problems.map(({ code, path }) => `${code.replace('messages.', '')} ${path ?? ''}`);

test('a declaration form of China is filed with our codes', () => {
  const { document, standard } = read('dec-message/fixtures/merged-2018.xml');
  const { input, problems } = declarationOf(document, standard);
  expect(places(problems)).toEqual([]);
  expect(input).toMatchObject({
    ...{ ieFlag: 'I', declarationOffice: '2216', borderOffice: '2248', tradeTerms: 'FOB' },
    ...{ currency: 'USD', totalValue: '28462.5', freight: '350.5', grossMassKg: '1250.75' },
    parties: { declarant: { uscc: '91310115MA00000002' }, overseas: { name: 'EXAMPLE PARTS INC' } },
    transport: { mode: '2', partnerCountry: 'US', transportDocNo: 'JHBL0001*H01' },
    lines: [
      // The second statutory quantity is in kilograms: it is the net mass.
      { lineNo: 1, originCountry: 'KR', quantity: '500', unit: '001', netMassKg: '41.5' },
      { lineNo: 2, originCountry: 'CN', netMassKg: null },
    ],
  });
});

test('a CUSDEC is filed with our modes and packages; what the form lacks stays open', () => {
  const { document, standard } = read('cusdec/fixtures/import.edi');
  const { input } = declarationOf(document, standard);
  expect(input).toMatchObject({
    ...{ ieFlag: 'I', totalValue: '4200.00', currency: 'USD', supervisionMode: null },
    transport: { mode: '2', partnerCountry: 'US', transportDocNo: 'JHBL0001' },
    // A case (CS) may be of wood or not: it is passed on as it stands.
    packages: { kind: 'CS' },
    lines: [{ hsCode: '8413704590', originCountry: 'DE', netMassKg: '790', unitPrice: null }],
  });
});

const LINE = { lineNo: 1, hsCode: '8482102000', originCountry: 'DEU' };
test.each([
  ['no direction', { lines: [LINE] }, ['needed ieFlag']],
  ['a direction nobody knows', { ieFlag: 'X', lines: [] }, ['code_unknown ieFlag']],
  [
    'a country of no table',
    { ieFlag: 'I', lines: [{ ...LINE, originCountry: 'XYZ' }] },
    ['code_unknown lines[0].originCountry'],
  ],
  [
    'a longer tariff code',
    { ieFlag: 'I', lines: [LINE, { ...LINE, hsCode: '8482102000999' }] },
    ['code_unknown lines[1].hsCode'],
  ],
  [
    'more lines than the form has',
    { ieFlag: 'E', lines: Array.from({ length: 51 }, () => LINE) },
    ['lines_beyond_form lines'],
  ],
  [
    'freight as a rate: told, and no reason to refuse',
    { ieFlag: 'I', lines: [LINE], freight: '0.5', freightMark: '1' },
    ['cost_left_out freight'],
  ],
] as const)('a declaration with %s', (_, document, expected) => {
  const { input, problems } = declarationOf(document as unknown as Document, 'DecMessage');
  expect(places(problems)).toEqual(expected);
  expect(input === null).toBe(problems.some(({ severity }) => severity !== 'warning'));
});

test('a CUSCAR is a manifest: goods, containers and dangerous goods of each bill', () => {
  const { document } = read('cuscar/fixtures/manifest.edi');
  const { input, problems } = manifestOf(document, OF);
  expect(places(problems)).toEqual(['carrier_is_sender carrier']);
  expect(input).toMatchObject({
    ...{ kind: 'original', id: 'M1', carrier: CARRIER, voyageNo: '026W', date: '2026-07-01' },
    conveyance: { mode: '2', name: 'JIANGHAI STAR', registration: '9300001' },
    bills: [
      {
        ...{ number: 'JHBL0001', packages: 42, packageKind: '22', grossMassKg: '1250.75' },
        description: 'SOLID STATE DRIVES IN CARTONS; POWER SUPPLIES',
        shipper: { name: 'EXAMPLE PARTS+TOOLS INC', country: 'US' },
        containers: [{ number: 'TCLU1234567', sizeType: '22G1', seals: ['SL-1'] }],
        dangerous: { unNumber: '3481', hazardClass: '9' },
        houses: [],
      },
      { number: 'JHBL0002' },
    ],
  });
});

test('a house stands under its master, and one whose master is not told is not filed', () => {
  const { document } = read('cargo-manifest/fixtures/mt1401.xml');
  const alone = manifestOf(document, OF);
  expect(alone.input).toBeNull();
  expect(places(alone.problems)).toEqual([
    'master_not_told bills[0].master',
    'carrier_is_sender carrier',
  ]);
  const [house] = document.bills as Document[];
  const master = { ...house, number: 'JHBL0001', master: undefined };
  const { input } = manifestOf({ ...document, bills: [house, master] }, OF);
  expect(input).toMatchObject({
    conveyance: { mode: '2' },
    bills: [
      { number: 'JHBL0001', packages: 42, houses: [{ number: 'H01', grossMassKg: '1250.75' }] },
    ],
  });
});

test('who only passes a manifest on is not its carrier', () => {
  const { document } = read('cuscar/fixtures/manifest.edi');
  const { input, problems } = manifestOf(document, { ...OF, partner: null });
  expect({ input, problems: places(problems) }).toEqual({
    ...{ input: null, problems: ['carrier_unknown carrier'] },
  });
});

test('a bonded list needs its number; currencies and countries are of the old tables', () => {
  const { document } = read('goldgate/fixtures/inv101.xml');
  const first = bondedListOf(document);
  expect({ input: first.input, problems: places(first.problems) }).toEqual({
    ...{ input: null, problems: ['needed number'] },
  });
  const { input } = bondedListOf({ ...document, number: 'QD221626I000000009' });
  expect(input).toMatchObject({
    ledger: 'T2216W000031',
    list: {
      ...{ no: 'QD221626I000000009', type: 'ordinary', direction: 'in' },
      lines: [
        { part: 'P-100', quantity: '1000.00000', currency: 'USD', origin: 'JP' },
        { part: 'P-101', quantity: '0.125', origin: 'HK' },
      ],
    },
  });
});

test('an id is of partner and reference, and fits where ids are kept', () => {
  const id = (reference: string | null) => idOf({ partner: CARRIER, reference, fallback: 'abc-0' });
  expect(id('JH-1')).toBe(`${CARRIER}.JH-1`);
  expect(id(null)).toBe(`${CARRIER}.abc-0`);
  const odd = ['单 1', '单 2', 'x'.repeat(80)].map(id);
  expect(new Set(odd).size).toBe(3);
  for (const one of odd) expect(one).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
});
