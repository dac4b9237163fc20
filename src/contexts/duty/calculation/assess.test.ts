// What a consignment owes, story by story, on a small tariff whose numbers are easy to follow.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal, sum, toText } from '../../../kernel/decimal.ts';
import { tariffOf } from '../tariff/testing.ts';
import { assess } from './assess.ts';
import type { Assessment, DutyRequest } from './contract.ts';
import { requestOf } from './fixtures.ts';

const tables = tariffOf({
  tariff: [
    { code: '8482102000', unit: '007', mfn: '8', general: '20', vat: '13' },
    { code: '0207120000', unit: '035', mfnPerUnit: '1.3', generalPerUnit: '5.6', vat: '9' },
    { code: '8521', unit: '001', mfn: '3', mfnPerUnit: '280', general: '130', vat: '13' },
    { code: '4001', mfn: '20', mfnProvisional: '10', general: '40', vat: '13', to: '2027-01-01' },
    { code: '4001', mfn: '20', general: '40', vat: '13', from: '2027-01-01' },
    { code: '1005', mfn: '65', quota: '1', general: '180', vat: '9' },
    { code: '2204', mfn: '14', general: '180', vat: '13', consumption: '10' },
    {
      ...{ code: '2208', mfn: '10', general: '180', vat: '13', consumption: '20' },
      ...{ consumptionPerUnit: '0.912', consumptionUnit: '095' },
    },
    {
      ...{ code: '3304', mfn: '1', general: '150', vat: '13', consumption: '15' },
      ...{ consumptionFrom: '10000', consumptionUnit: '035' },
    },
    { code: '7404', mfn: '1.5', general: '11', vat: '13', export: '30', exportProvisional: '15' },
    { code: '9999', mfn: 'eight', vat: '13' },
  ],
  tariff_agreement_rate: [
    { code: '4001.02', rate: '5' },
    { code: '8482.22', rate: '9' },
  ],
  tariff_special: [
    {
      ...{ code: '2204.antiDumping.AU', rate: '200', makers: 'Old Vine Estate=116.2' },
      basis: '反倾销条例',
    },
  ],
  exchange_rate: [{ code: 'USD', yuan: '7', from: '2026-07-01', to: '2026-08-01' }],
});

function assessed(request: DutyRequest, on = tables): Assessment {
  const { assessment, refusals } = assess(request, on);
  expect(refusals).toEqual([]);
  if (!assessment) throw new Error('refused');
  return assessment;
}
const refused = (request: DutyRequest) =>
  assess(request, tables).refusals.map(({ code, path }) => (path ? `${code} ${path}` : code));

/** What each tax comes to, and how it was reached, in short. */
const owed = ({ taxes }: Assessment) =>
  Object.fromEntries(taxes.map(({ kind, payable }) => [kind, payable]));
const rated = ({ lines }: Assessment) =>
  lines.map(({ taxes: [first] }) => [first?.treatment, first?.rate.percent ?? first?.rate.perUnit]);

describe('what goods are worth', () => {
  test('a price in dollars, FOB, with freight and insurance of its own', () => {
    const freight = { kind: 'total', amount: '300', currency: 'USD' } as const;
    const insurance = { kind: 'rate', percent: '0.3' } as const;
    const head = { tradeTerms: 'FOB', currency: 'USD', freight, insurance };
    const answer = assessed(requestOf(head, { value: '1000' }));
    // (7,000 + 2,100) × 0.3 % = 27.30
    expect(answer).toMatchObject({ freight: '2100', insurance: '27.3', customsValue: '9127.3' });
    expect(owed(answer)).toEqual({ importDuty: '730.18', vat: '1281.47' });
    expect(answer.payable).toBe('2011.65');
  });

  test('insurance nobody can tell is three per mille of price and freight', () => {
    const freight = { kind: 'perTonne', amount: '1000', currency: 'CNY' } as const;
    const head = { tradeTerms: 'FOB', freight, grossMassKg: '1500' };
    const answer = assessed(requestOf(head));
    expect(answer).toMatchObject({ freight: '1500', insurance: '34.5', customsValue: '11534.5' });
    expect(answer.steps.map(({ code }) => code)).toContain('duty.step_insurance_by_law');
  });

  test('freight is shared by value, and no cent is lost', () => {
    const freight = { kind: 'total', amount: '100', currency: 'CNY' } as const;
    const insurance = { kind: 'total', amount: '0', currency: 'CNY' } as const;
    const line = { value: '1000' };
    const answer = assessed(requestOf({ tradeTerms: 'FOB', freight, insurance }, line, line, line));
    expect(answer.lines.map((one) => one.freight)).toEqual(['33.33', '33.34', '33.33']);
  });

  test('royalties are added, transport after importation taken out', () => {
    const adjustments = [
      { kind: 'royalties', amount: '500', currency: 'CNY' },
      { kind: 'inlandTransport', amount: '200', currency: 'CNY' },
    ] as const;
    const answer = assessed(requestOf({}, { adjustments: [...adjustments] }));
    expect(answer.customsValue).toBe('10300');
  });

  test('an officer states a value by another method; the price no longer counts', () => {
    const valuation = {
      method: 'identicalGoods',
      value: '15000',
      reason: '特殊关系影响成交价格',
    } as const;
    const answer = assessed(requestOf({}, { valuation }));
    expect(answer.lines[0]).toMatchObject({ method: 'identicalGoods', customsValue: '15000' });
    expect(owed(answer).importDuty).toBe('1200');
  });

  test('an export is valued without its export duty', () => {
    const line = { hsCode: '7404000020', value: '11500' };
    const answer = assessed(requestOf({ ieFlag: 'E', tradeTerms: 'FOB' }, line));
    expect(answer.customsValue).toBe('10000');
    expect(owed(answer)).toEqual({ exportDuty: '1500' });
  });
});

describe('which rate', () => {
  test('by origin: most favoured, general for the unknown, and what an agreement gives', () => {
    const answer = assessed(
      requestOf(
        {},
        { originCountry: 'DE' },
        { originCountry: null },
        { originCountry: 'VN', preference: '02', hsCode: '4001220000', originProof: 'E-77' },
        { originCountry: 'VN', preference: '02', hsCode: '4001220000' },
        { originCountry: 'TH', hsCode: '4001220000' },
        { originCountry: 'DE', preference: '02', hsCode: '4001220000', originProof: 'E-78' },
        { originCountry: 'JP', preference: '22', originProof: 'R-1' },
      ),
    );
    expect(rated(answer)).toEqual([
      ['mfn', '8'],
      ['general', '20'],
      ['agreement', '5'],
      ['mfnProvisional', '10'],
      ['mfnProvisional', '10'],
      ['mfnProvisional', '10'],
      ['mfn', '8'],
    ]);
    const said = answer.lines.map(({ steps }) =>
      steps.map(({ code }) => code).find((code) => code.includes('agreement')),
    );
    expect(said[3]).toBe('duty.step_agreement_unproven');
    expect(said[5]).toBe('duty.step_agreement_not_of_origin');
  });

  test('by quantity, and compound; kilograms come from tonnes', () => {
    const chicken = { hsCode: '0207120000', quantity: '2.5', unit: '070', netMassKg: null };
    const player = { hsCode: '8521901110', quantity: '10', unit: '001' };
    const answer = assessed(requestOf({}, chicken, player));
    const duties = answer.lines.map(({ taxes }) => taxes[0]);
    expect(duties[0]).toMatchObject({ quantity: '2500', assessed: '3250' });
    // 10,000 × 3 % + 10 × 280
    expect(duties[1]).toMatchObject({ quantity: '10', assessed: '3100' });
  });

  test('within a quota its rate, outside the other', () => {
    const corn = { hsCode: '1005900000', originCountry: 'US' };
    const tariff = assessed(requestOf({}, { ...corn, quotaCertificate: 'Q-1' }, corn));
    expect(rated(tariff)).toEqual([
      ['quota', '1'],
      ['mfn', '65'],
    ]);
  });

  test('a tariff that changes at midnight: the day of law decides, not the clock', () => {
    const rubber = { hsCode: '4001220000' };
    expect(rated(assessed(requestOf({ on: '2026-12-31' }, rubber)))).toEqual([
      ['mfnProvisional', '10'],
    ]);
    expect(rated(assessed(requestOf({ on: '2027-01-01' }, rubber)))).toEqual([['mfn', '20']]);
  });

  test('anti-dumping duty by producer, and tax on top of it', () => {
    const wine = { hsCode: '2204210000', originCountry: 'AU' };
    const mine = { ...wine, manufacturer: 'old vine  estate' };
    const [all, own] = [assessed(requestOf({}, wine)), assessed(requestOf({}, mine))];
    expect(owed(all).antiDumping).toBe('20000');
    // (10,000 + 1,400 + 11,620) ÷ 0.9 = 25,577.78
    expect(own.lines[0]?.taxes.map(({ kind, base, payable }) => [kind, base, payable])).toEqual([
      ['importDuty', '10000', '1400'],
      ['antiDumping', '10000', '11620'],
      ['consumptionTax', '25577.78', '2557.78'],
      ['vat', '25577.78', '3325.11'],
    ]);
  });

  test('spirits pay by value and by litre; cosmetics only when dear', () => {
    const brandy = { hsCode: '2208200010', quantity: '500', unit: '095' };
    // (10,000 + 1,000 + 456) ÷ 0.8 = 14,320; × 20 % + 456 = 3,320
    expect(owed(assessed(requestOf({}, brandy))).consumptionTax).toBe('3320');
    const cream = { hsCode: '3304990049', netMassKg: '1' };
    expect(owed(assessed(requestOf({}, cream)))).toHaveProperty('consumptionTax');
    const soap = { hsCode: '3304990049', netMassKg: '1.0001' };
    expect(owed(assessed(requestOf({}, soap)))).not.toHaveProperty('consumptionTax');
  });
});

describe('what is not levied', () => {
  test('bonded goods owe nothing, and say why', () => {
    const answer = assessed(requestOf({ supervisionMode: '0615', levyNature: '503' }));
    expect(answer).toMatchObject({ levyTreatment: 'bonded', taxes: [], payable: '0' });
    expect(answer.steps.at(-1)?.code).toBe('duty.step_not_levied');
  });

  test('an encouraged project is free of duty and pays value added tax', () => {
    const answer = assessed(requestOf({ levyNature: '789' }));
    expect(answer.taxes).toEqual([
      { kind: 'importDuty', assessed: '800', payable: '0' },
      { kind: 'vat', assessed: '1300', payable: '1300' },
    ]);
  });

  test('fifty yuan of a tax are let go, fifty and a cent are not', () => {
    expect(owed(assessed(requestOf({}, { value: '625' })))).toEqual({
      importDuty: '0',
      vat: '81.25',
    });
    expect(owed(assessed(requestOf({}, { value: '625.13' }))).importDuty).toBe('50.01');
  });
});

describe('what is not guessed', () => {
  test('no rate of exchange for that month', () => {
    expect(refused(requestOf({ currency: 'USD', on: '2026-08-01' }))).toEqual([
      'duty.exchange_rate_missing currency',
    ]);
  });

  test('everything missing is told at once', () => {
    const request = requestOf(
      { tradeTerms: 'FOB' },
      { value: null },
      { hsCode: '0101210090' },
      { hsCode: '2208200010' },
    );
    expect(refused(request)).toEqual([
      'duty.amount_missing lines[0].value',
      'duty.freight_missing freight',
      'duty.tariff_row_missing lines[1].hsCode',
      'duty.quantity_missing lines[2].quantity',
    ]);
  });

  test('a row of the tariff that cannot be read is not taken for none', () => {
    expect(refused(requestOf({}, { hsCode: '9999000000' }))).toEqual(['duty.table_row_unreadable']);
  });

  test.each([
    [{ tradeTerms: 'MKT' }, {}, 'duty.trade_terms_unpriced tradeTerms'],
    [{}, { value: '0' }, 'duty.value_zero lines[0].value'],
    [{}, { value: '1,000' }, 'duty.amount_malformed lines[0].value'],
    [{ currency: null }, {}, 'duty.currency_missing currency'],
  ])('%j %j', (head, line, code) => {
    expect(refused(requestOf(head, line))).toEqual([code]);
  });
});

describe('every line is explained', () => {
  const total = { kind: 'total', amount: '10', currency: 'CNY' } as const;
  const fob = { tradeTerms: 'FOB', freight: total, insurance: total } as const;
  const adjustments = [
    { kind: 'assists', amount: '5', currency: 'CNY' },
    { kind: 'importTaxes', amount: '1', currency: 'CNY' },
  ] as const;
  const valuation = { method: 'deductive', value: '900', reason: '样品' } as const;
  const days = { conveyanceEnteredOn: '2026-07-01', acceptedOn: '2026-07-20' };
  const agreed = { originCountry: 'VN', preference: '02' };
  const requests = [
    requestOf(
      { ...fob, ...days, deferredSince: '2026-01-01', levyNature: '789' },
      { adjustments: [...adjustments] },
      { valuation },
    ),
    requestOf({ ...fob, insurance: null, currency: 'USD' }, { hsCode: '2208200010', unit: '095' }),
    requestOf({}, { hsCode: '2204210000' }, { hsCode: '3304990049', quantity: '1', unit: '070' }),
    requestOf({}, { hsCode: '8521901110', unit: '001' }, { hsCode: '0207120000' }),
    requestOf({}, { ...agreed, originProof: 'E-1' }, agreed, { ...agreed, originCountry: 'DE' }),
    requestOf({ ...fob, tradeTerms: 'CIF', ieFlag: 'E' }, { hsCode: '7404000020' }),
    requestOf({ supervisionMode: '0615' }),
    requestOf({}, { value: '100' }),
  ];
  const steps = requests
    .map((request) => assessed(request))
    .flatMap((answer) => [...answer.steps, ...answer.lines.flatMap((line) => line.steps)]);
  const words = (language: string): Readonly<Record<string, string>> =>
    JSON.parse(readFileSync(new URL(`../messages.${language}.json`, import.meta.url), 'utf8'));

  test.each(['zh', 'en'])('in %s, with every blank filled', (language) => {
    const sentences = words(language);
    for (const { code, params } of steps) {
      const blanks = sentences[code]?.match(/\{\w+\}/g) ?? [];
      expect(Object.keys(params).map((name) => `{${name}}`)).toEqual(
        expect.arrayContaining(blanks),
      );
      for (const value of Object.values(params)) {
        if (String(value).startsWith('duty.')) expect(sentences).toHaveProperty([String(value)]);
      }
    }
  });

  test('and there is no sentence that these did not say', () => {
    const all = Object.keys(words('zh')).filter((code) => code.startsWith('duty.step_'));
    expect([...new Set(steps.map(({ code }) => code))].sort()).toEqual(all.sort());
  });
});

describe('on the tariff that comes with the platform', () => {
  const shipped = tariffOf();
  const hs = ['8482102000', '2204210000', '4001220000', '0203290090', '8703236090', '1005900000'];
  const line = fc.record({
    hsCode: fc.constantFrom(...hs),
    originCountry: fc.constantFrom('DE', 'US', 'ES', 'VN', null),
    value: fc.integer({ min: 1, max: 10_000_000 }).map((cents) => toText(decimal(cents))),
    preference: fc.constantFrom(null, '02', '22'),
    originProof: fc.constantFrom(null, 'E-1'),
  });
  const request = fc
    .record({
      lines: fc.array(line, { minLength: 1, maxLength: 8 }),
      freight: fc.integer({ min: 0, max: 100_000 }),
      currency: fc.constantFrom('CNY', 'USD', 'JPY'),
    })
    .map(({ lines, freight, currency }) => {
      const amount = String(freight / 100);
      const charge = { kind: 'total', amount, currency: 'CNY' } as const;
      return requestOf({ tradeTerms: 'FOB', currency, freight: charge }, ...lines);
    });

  test('sums of lines are totals, and nothing is negative', () => {
    fc.assert(
      fc.property(request, (one) => {
        const { lines, taxes, ...whole } = assessed(one, shipped);
        const total = (of: (line: Assessment['lines'][number]) => string) =>
          toText(sum(lines.map((each) => decimal(of(each)))));
        expect(total((each) => each.payable)).toBe(whole.payable);
        expect(total((each) => each.customsValue)).toBe(whole.customsValue);
        expect(total((each) => each.freight)).toBe(whole.freight);
        expect(total((each) => each.insurance)).toBe(whole.insurance);
        for (const { kind, assessed: asked, payable } of taxes) {
          const own = lines.flatMap((each) => each.taxes).filter((tax) => tax.kind === kind);
          expect(toText(sum(own.map((tax) => decimal(tax.assessed))))).toBe(asked);
          expect(toText(sum(own.map((tax) => decimal(tax.payable))))).toBe(payable);
          expect(payable.startsWith('-')).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('who declares more never owes less, and a replay gives the same bytes', () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 1, max: 100_000 }), (one, more) => {
        // Alone on its declaration: freight shared with others would move between their rates.
        const [first] = one.lines;
        if (!first) return;
        const alone = { ...one, lines: [first] };
        const value = toText(sum([decimal(first.value ?? 0), decimal(more)]));
        const dearer = { ...alone, lines: [{ ...first, value }] };
        const [less, greater] = [assessed(alone, shipped), assessed(dearer, shipped)];
        expect(Number(greater.payable)).toBeGreaterThanOrEqual(Number(less.payable));
        expect(JSON.stringify(assessed(alone, shipped))).toBe(JSON.stringify(less));
      }),
      { numRuns: 300 },
    );
  });
});
