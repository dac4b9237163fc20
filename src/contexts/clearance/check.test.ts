// What a declarant is told about a wrong declaration: everything at once, each with field and value seen.
import { describe, expect, test } from 'vitest';
import { checkContent } from './check.ts';
import type { DeclarationInput } from './contract.ts';
import { content } from './fixtures.ts';

const everythingInForce = () => true;
const problems = (changes: Partial<DeclarationInput>) =>
  checkContent(content(changes), '2026-07-01', everythingInForce).map(({ code, path, seen }) =>
    `${code} ${path} ${seen}`.trim(),
  );
const line = content().lines[0];
const lineWith = (changes: object) => ({ lines: [{ ...line, ...changes }] }) as never;

test('an ordinary declaration has nothing wrong with it', () => {
  expect(problems({})).toEqual([]);
});

test.each([
  ['no lines', { lines: [] }, ['clearance.no_lines lines']],
  ['net above gross', { grossMassKg: '999' }, ['clearance.net_exceeds_gross netMassKg 1000']],
  ['total disagrees', { totalValue: '5000.02' }, ['clearance.totals_disagree totalValue 5000.02']],
  ['a cent of rounding per line is let through', { totalValue: '5000.01' }, []],
  ['thousands marks', { totalValue: '5,000' }, ['clearance.not_a_number totalValue 5,000']],
  [
    'negative mass',
    lineWith({ netMassKg: '-1' }),
    [
      'clearance.must_be_positive lines[0].netMassKg -1',
      'clearance.totals_disagree netMassKg 1000',
    ],
  ],
  [
    'zero quantity',
    lineWith({ quantity: '0' }),
    ['clearance.must_be_positive lines[0].quantity 0'],
  ],
  [
    'impossible date',
    { transport: { ...content().transport, date: '2026-02-30' } },
    ['clearance.impossible_date transport.date 2026-02-30'],
  ],
  [
    'price × quantity',
    lineWith({ unitPrice: '6' }),
    ['clearance.line_value_disagrees lines[0].value 5000'],
  ],
  ['half a percent is let through', lineWith({ unitPrice: '5.02' }), []],
  [
    'eight digits',
    lineWith({ hsCode: '84821020' }),
    ['clearance.hs_code_shape lines[0].hsCode 84821020'],
  ],
  [
    'letters in the code',
    lineWith({ hsCode: '84821020AB' }),
    ['clearance.hs_code_shape lines[0].hsCode 84821020AB'],
  ],
  [
    'no conveyance by sea',
    { transport: { ...content().transport, conveyance: null } },
    ['clearance.required transport.conveyance'],
  ],
  [
    'wrong check character',
    { parties: { ...content().parties, domestic: { uscc: '913100006073612340' } } },
    ['clearance.uscc_check_character parties.domestic.uscc 913100006073612340'],
  ],
] as [string, Partial<DeclarationInput>, string[]][])('%s', (_, changes, expected) => {
  expect(problems(changes)).toEqual(expected);
});

describe('all at once', () => {
  test('an empty declaration is told every field that is missing', () => {
    const told = checkContent(
      content({
        declarationOffice: null,
        currency: '',
        totalValue: null,
        parties: {},
        lines: [{ lineNo: 1 }, { lineNo: 1 }],
      }),
      '2026-07-01',
      everythingInForce,
    );
    const paths = told.map((problem) => problem.path);
    for (const path of [
      'declarationOffice',
      'currency',
      'totalValue',
      'parties.declarant.uscc',
      'parties.domestic.uscc',
      'parties.overseas.name',
      'lines[0].hsCode',
      'lines[1].unitPrice',
      'lines[1].lineNo',
    ]) {
      expect(paths).toContain(path);
    }
    expect(told.every((problem) => problem.legalBasis)).toBe(true);
  });

  test('a code is checked as it stood on the day of filing', () => {
    const asked: string[] = [];
    checkContent(content(), '2025-12-31', (table, code, on) => {
      asked.push(`${table} ${code} ${on}`);
      return table !== 'currency';
    });
    expect(asked).toContain('currency EUR 2025-12-31');
    expect(asked).toContain('hs 8482102000 2025-12-31');
  });
});
