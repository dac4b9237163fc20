// Duty worked out twice, by the product and by a calculator that shares nothing with it but the law.
import { expect, test } from 'vitest';
import { assess } from '../src/contexts/duty/calculation/assess.ts';
import { differ } from './duty/differ.ts';

test('ten thousand random lines, and not one disagreement', { timeout: 300_000 }, () => {
  const compared = differ({ lines: 10_000, linesPerTariff: 5_000 }, 7);
  expect(compared.shown).toEqual([]);
  // A comparison of refusals alone, or of one kind of tax, would prove little.
  expect(compared.refused).toBeLessThan(compared.declarations / 2);
  const levied = new Set([...compared.taxes.keys()].map((way) => way.split(' ')[0]));
  expect([...levied].sort()).toEqual([
    'antiDumping',
    'consumptionTax',
    'countervailing',
    'exportDuty',
    'importDuty',
    'retaliatory',
    'safeguard',
    'vat',
  ]);
});

test('a cent too much is told, with the declaration it was about', () => {
  const generous: typeof assess = (request, tables) => {
    const { assessment, refusals } = assess(request, tables);
    return { assessment: assessment && { ...assessment, payable: '0.01' }, refusals };
  };
  const { disagreements, shown } = differ({ lines: 50, linesPerTariff: 50 }, 1, generous);
  expect(disagreements).toBeGreaterThan(0);
  expect(shown[0]).toMatch(/^ours: .*"payable":"0.01".*\ntheirs: /);
  expect(shown[0]).toContain('"declaration":"R-');
});
