// A file is tried on from the command line: every row with the history of the days before it, and the
// label read as an outcome, never as a fact.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../kernel/dates.ts';
import { systemClock } from '../../../platform/clock.ts';
import { backtestCommand } from './commands.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-backtest-'));
  // Forty days of the same goods of one importer; those of the last four are cheap, and two were wrong.
  const rows = Array.from({ length: 40 }, (_, n) => {
    const isCheap = n >= 36;
    const fraud = isCheap && n % 2 === 0 ? 'yes' : 'no';
    return `X${n},${addDays('2026-01-01', n)},080390,EC,Q1,1000,${isCheap ? 300 : 1000},${fraud}`;
  });
  const mapping = {
    ...{ name: 'own', version: 1, label: { zh: '自有', en: 'Own' }, source: 'a test' },
    ...{ dataset: 'own', id: 'declaration.id', date: 'declaration.date', format: 'csv' },
    columns: [
      { from: 'id', to: 'declaration.id', type: 'text' },
      { from: 'date', to: 'declaration.date', type: 'date' },
      { from: 'hs', to: 'goods.hs6', type: 'text' },
      { from: 'origin', to: 'goods.origin', type: 'text' },
      { from: 'importer', to: 'party.importer', type: 'text' },
      { from: 'mass', to: 'goods.netMass', type: 'decimal' },
      { from: 'value', to: 'goods.value', type: 'decimal' },
      { from: 'fraud', to: 'label.fraud', type: 'text' },
    ],
    constants: { 'declaration.ieFlag': 'I', 'declaration.currency': 'USD' },
    labels: ['label.fraud'],
  };
  await writeFile(join(folder, 'own.json'), JSON.stringify(mapping));
  await writeFile(
    join(folder, 'own.csv'),
    ['id,date,hs,origin,importer,mass,value,fraud', ...rows].join('\n'),
  );
  await writeFile(
    join(folder, 'rules.txt'),
    '// cheap beside earlier ones\nprice.perKg < 0.5 * peers.priceMedian\n\nimporter.earlier < 10\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...options: string[]): Promise<string[]> {
  const printed: string[] = [];
  const command = backtestCommand({
    clock: systemClock,
    print: (line) => printed.push(line),
    progress: process.stderr,
  });
  const common = [join(folder, 'own.csv'), '--mapping', join(folder, 'own.json')];
  await command.parseAsync([...common, ...options], { from: 'user' });
  return printed;
}

test('rules of a file are tried on a file of declarations', async () => {
  const rules = ['--rules', join(folder, 'rules.txt')];
  const [line = ''] = await run(...rules, '--label', 'fraud', '--json');
  const report = JSON.parse(line);
  expect(report).toMatchObject({ rows: 40, examined: 40, found: 2, rejected: 0 });
  expect(report.rules).toMatchObject([
    {
      ...{ hits: 4, precision: { numerator: 2, denominator: 4 }, recall: { value: 1 } },
      notEvaluated: { rows: 30, missing: [{ fact: 'peers.priceMedian', rows: 30 }] },
    },
    { hits: 10, precision: { numerator: 0 } },
  ]);
});

test('without a label there are hits, and nothing is said of what was found', async () => {
  const lines = await run('--rule', 'goods.value < 500.0', '--lang', 'en');
  expect(lines.join('\n')).toContain('hits 4');
  expect(lines.at(-1)).toContain('precision and recall cannot be stated');
});

test('a rule with a problem, or no rule, is refused before the file is read', async () => {
  await expect(run('--rule', 'goods.colour == "red"')).rejects.toThrow('risk.rule_fact_unknown');
  await expect(run()).rejects.toThrow('risk.backtest_no_rules');
});
