// The command line as an analyst uses it: a file of the past, a file of later, a model in between.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { csvLine } from '../../pool/index.ts';
import { learningCommands } from './commands.ts';
import { FIGURES } from './contract.ts';
import { madeDeclarations } from './fixtures.ts';

const MAPPING = {
  name: 'made',
  version: 1,
  label: { zh: '测试', en: 'made' },
  source: 'made for this test',
  dataset: 'made',
  id: 'declaration.id',
  date: 'declaration.date',
  columns: [
    { from: 'Id', to: 'declaration.id', type: 'text' },
    { from: 'Date', to: 'declaration.date', type: 'date' },
    { from: 'HS', to: 'goods.hs6', type: 'text' },
    { from: 'Origin', to: 'goods.origin', type: 'text' },
    { from: 'Mass', to: 'goods.netMass', type: 'decimal' },
    { from: 'Found', to: 'label.found', type: 'integer' },
    { from: 'Grave', to: 'label.grave', type: 'integer' },
  ],
  constants: {},
  labels: ['label.found', 'label.grave'],
};

let folder: string;
const path = (name: string): string => join(folder, name);

async function writeCsv(name: string, count: number, seed: number, from: string) {
  const lines = madeDeclarations(count, seed, from).map(({ facts, date, label }, row) => {
    const found = row % 50 === 0 ? '' : Number(label);
    const { 'goods.hs6': hs, 'goods.origin': origin, 'goods.netMass': mass } = facts;
    const cells = [facts['declaration.id'], date, hs, origin, mass, found, Number(label)];
    return csvLine([...cells, label ? 'seized' : 'clear'].map(String));
  });
  await writeFile(
    path(name),
    csvLine(['Id', 'Date', 'HS', 'Origin', 'Mass', 'Found', 'Grave', 'Outcome']) + lines.join(''),
  );
}

async function risk(...argv: string[]): Promise<string[]> {
  const printed: string[] = [];
  const program = new Command('risk').exitOverride();
  const progress = new PassThrough() as unknown as NodeJS.WriteStream;
  for (const command of learningCommands({ print: (line) => printed.push(line), progress }))
    program.addCommand(command);
  const common = ['--mapping', path('made.json')];
  await program.parseAsync([...argv, ...common], { from: 'user' });
  return printed;
}

async function refusalOf(...argv: string[]) {
  try {
    await risk(...argv);
  } catch (error) {
    if (error instanceof Refused) return error.refusals[0];
    throw error;
  }
  return null;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-learning-'));
  await writeFile(path('made.json'), JSON.stringify(MAPPING));
  await writeCsv('past.csv', 1000, 1, '2025-01-01');
  await writeCsv('later.csv', 600, 2, '2025-04-01');
  await risk('train', path('past.csv'), '--label', 'Found', '--out', path('model.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('jianghai risk', () => {
  test('train writes a model whose card counts what was left out, and reads no other outcome', async () => {
    const { card, schema } = JSON.parse(await readFile(path('model.json'), 'utf8'));
    expect(card).toMatchObject({ label: 'Found', leaks: [] });
    expect(card.data[0]).toMatchObject({ role: 'fit', source: 'past.csv', unlabelled: 20 });
    const facts = schema.facts.map(({ name }: { name: string }) => name);
    expect(facts).toEqual(['goods.hs6', 'goods.netMass', 'goods.origin']);
  });

  test('evaluate prints each figure by name, the floor beside it', async () => {
    const model = ['--label', 'label.found', '--model', path('model.json')];
    const [line = ''] = await risk('evaluate', path('later.csv'), ...model, '--json');
    const answer = JSON.parse(line);
    for (const name of FIGURES) {
      expect(answer[name]).toBeGreaterThanOrEqual(0);
      expect(answer.intervals[name].high).toBeGreaterThanOrEqual(answer[name]);
      expect(answer.floor[name]).toBeGreaterThanOrEqual(0);
    }
    expect(answer).toMatchObject({ rows: 588, unlabelled: 12, rejected: 0 });
    expect(answer.auc).toBeGreaterThan(0.85);
    const table = await risk('evaluate', path('later.csv'), ...model, '--lang', 'en');
    expect(table.join('\n')).toContain('amount floor');
  });

  test('explain says why, in either language, and of one declaration', async () => {
    const model = ['--model', path('model.json')];
    const zh = await risk('explain', path('later.csv'), ...model);
    expect(zh[0]).toMatch(/^D-2-\d+（2025-0\d-\d\d）：查获概率 \d+\.\d %$/);
    const one = ['--id', 'D-2-7', '--lang', 'en'];
    const en = await risk('explain', path('later.csv'), ...model, ...one);
    expect(en[0]).toMatch(/^D-2-7 /);
    expect(en.join('\n')).toContain('earlier declarations with six-digit HS code');
    expect(await refusalOf('explain', path('later.csv'), ...model, '--id', 'D-9')).toMatchObject({
      code: 'risk.model_row_not_found',
    });
  });

  test('a label in codes needs to be told which of them is a finding', async () => {
    const out = ['--out', path('other.json'), '--label', 'Outcome'];
    expect(await refusalOf('train', path('past.csv'), ...out)).toMatchObject({
      code: 'risk.model_label_unclear',
      params: { column: 'Outcome', line: 2 },
    });
    const [line = ''] = await risk(
      ...['train', path('past.csv'), ...out, '--json', '--positive', 'seized', 'lost'],
    );
    expect(JSON.parse(line).card.leaks).toEqual([]);
  });

  test('leaving out a fact that is not there is refused, with those that are', async () => {
    const without = ['--without', 'goods.orign', '--label', 'Found', '--out', path('other.json')];
    expect(await refusalOf('train', path('past.csv'), ...without)).toMatchObject({
      code: 'risk.model_without_unknown',
      params: { fact: 'goods.orign' },
    });
  });

  test('what cannot be judged is refused: no such label, no such model, rows of one kind', async () => {
    const evaluate = (label: string, model: string) =>
      refusalOf('evaluate', path('later.csv'), '--label', label, '--model', path(model));
    expect(await evaluate('Found', 'nowhere.json')).toMatchObject({
      code: 'risk.model_not_readable',
    });
    expect(await evaluate('Nowhere', 'model.json')).toMatchObject({ code: 'pool.column_missing' });
    expect(await evaluate('Id', 'model.json')).toMatchObject({ code: 'risk.model_label_is_key' });
    expect(await evaluate('HS', 'model.json')).toMatchObject({ code: 'risk.model_facts_differ' });
    expect(
      await refusalOf(
        ...['evaluate', path('later.csv'), '--label', 'Outcome', '--model', path('model.json')],
        ...['--positive', 'nothing'],
      ),
    ).toMatchObject({ code: 'risk.model_one_class_judge', params: { rows: 600, positives: 0 } });
  });
});
