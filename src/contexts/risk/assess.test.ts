// Declarations in, explained decisions out: a file of one's own, and a real one that must not look ahead.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { type AssessCommandDeps, assessCommand, riskCommand } from './commands.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-assess-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function jianghai(...words: string[]): Promise<string[]> {
  const printed: string[] = [];
  const deps: AssessCommandDeps = {
    print: (line) => printed.push(line),
    sentenceOf: ({ code }) => ({ zh: code, en: code }),
    progress: Object.assign(process.stderr, { isTTY: false }),
  };
  const program = new Command().exitOverride();
  program.addCommand(assessCommand(deps)).addCommand(riskCommand({ ...deps, clock: systemClock }));
  await program.parseAsync(['node', 'jianghai', ...words]);
  return printed;
}
const run = (...words: string[]): Promise<string[]> => jianghai('assess', ...words);

const HEADER =
  'Declaration ID,Date,Office ID,Process Type,Import Type,Import Use,Payment Type,Mode of Transport,' +
  'Declarant ID,Importer ID,Seller ID,Courier ID,HS6 Code,Country of Departure,Country of Origin,' +
  'Tax Rate,Tax Type,Country of Origin Indicator,Net Mass,Item Price,Fraud,Critical Fraud';
const line = (id: string, date: string, changed: { origin?: string; hs?: string; mass?: string }) =>
  `${id},${date},20,B,11,21,11,10,D,I,S,,${changed.hs ?? '80390'},EC,${changed.origin ?? 'EC'},8,A,Y,${changed.mass ?? '100'},120,0,0`;

const dateOf = (row: string) => row.split(',')[1] ?? '';

test('a small file: one row each in order of date, the bad row set aside, no formula in any cell', async () => {
  const file = join(folder, 'small.csv');
  await writeFile(
    file,
    [
      HEADER,
      line('=HYPERLINK("http://x")', '2020-02-03', {}).replace(/^[^,]+/, '"=HYPERLINK(""x"")"'),
      line('B', '2020-02-30', {}),
      line('C', '2020-02-01', { hs: '391510' }),
      line('E', '2020-02-01', { mass: 'heavy' }),
    ].join('\n'),
  );
  const out = join(folder, 'small.out.csv');
  const rejects = join(folder, 'small.rejects.csv');
  const words = ['--mapping', 'korea-cdd', '--out', out, '--rejects', rejects, '--lang', 'en'];
  const [json = ''] = await run(file, ...words, '--json');
  expect(JSON.parse(json)).toMatchObject({
    ...{ rows: 4, decided: 2, rejected: 2, lanes: { red: 1, green: 1 } },
    reasons: [{ check: 'watchedGoods', hits: 1 }],
  });
  const [header, first, second] = (await readFile(out, 'utf8')).split('\n');
  expect(header).toBe('id,date,lane,score,selected_by,reasons,next_step');
  expect(first).toMatch(/^C,2020-02-01,red,30,mandatory,.*waste plastics/);
  expect(second).toMatch(/^"'=HYPERLINK/);
  const setAside = await readFile(rejects, 'utf8');
  expect(setAside).toContain('2020-02-30');
  expect(setAside).toContain('heavy');

  const summary = await run(file, ...words);
  expect(summary[0]).toMatch(/^Decided 2 declarations/);
  expect(summary.join('\n')).toContain('Set aside 2 rows');
});

test('an answer that cannot be written whole is not written at all', async () => {
  const file = join(folder, 'one.csv');
  await writeFile(file, `${HEADER}\n${line('A', '2020-01-01', {})}\n`);
  const out = join(folder, 'no-such-folder', 'out.csv');
  await expect(run(file, '--mapping', 'korea-cdd', '--out', out)).rejects.toThrow('ENOENT');
});

test('rules of a file are worth an examination, and say so in their own words', async () => {
  const file = join(folder, 'ruled.csv');
  await writeFile(
    file,
    [HEADER, line('A', '2020-01-01', {}), line('B', '2020-01-01', { origin: 'PE' })].join('\n'),
  );
  const rules = join(folder, 'rules.txt');
  await writeFile(rules, '// the origin an officer was warned of\n\ngoods.origin == "PE"\n');
  const out = join(folder, 'ruled.out.csv');
  const words = [file, '--mapping', 'korea-cdd', '--rules', rules, '--out', out, '--lang', 'en'];
  expect((await run(...words)).join('\n')).toContain('goods.origin == "PE"');
  const [, first, second] = (await readFile(out, 'utf8')).split('\n');
  expect(first).toMatch(/^A,2020-01-01,green,0,none,/);
  expect(second).toMatch(/^B,2020-01-01,red,60,score,.*country of origin is “PE”/);
  await writeFile(rules, 'goods.orign == "PE"\n');
  await expect(run(...words)).rejects.toMatchObject({
    refusals: [{ path: 'goods.orign == "PE"' }],
  });
});

/** Thirty days of an office with forty declarations each; what comes from one origin is often fraud. */
function month(): string[] {
  const rows: string[] = [];
  for (let day = 1; day <= 30; day += 1) {
    for (let place = 0; place < 40; place += 1) {
      const isOdd = (day * 7 + place * 11) % 10 === 0;
      const date = `2020-04-${String(day).padStart(2, '0')}`;
      const row = line(`D${day}-${place}`, date, { origin: isOdd ? 'PE' : 'EC' });
      rows.push(row.replace(/0,0$/, isOdd && place % 4 !== 0 ? '1,0' : '0,0'));
    }
  }
  return rows;
}

test('a model selects within a share of the traffic, the same each time, and never by what is later', async () => {
  const rows = month();
  const file = join(folder, 'month.csv');
  await writeFile(file, [HEADER, ...rows].join('\n'));
  const model = join(folder, 'model.json');
  const mapping = ['--mapping', 'korea-cdd'];
  await jianghai(
    'risk',
    'train',
    file,
    ...mapping,
    '--label',
    'Fraud',
    '--history',
    '--out',
    model,
  );
  const decide = async (name: string, lines: readonly string[]) => {
    const [given, out] = [join(folder, `${name}.csv`), join(folder, `${name}.out.csv`)];
    await writeFile(given, [HEADER, ...lines].join('\n'));
    const words = [given, ...mapping, '--model', model, '--budget', '0.05', '--out', out];
    const [summary = ''] = await run(...words, '--json');
    const [, ...answers] = (await readFile(out, 'utf8')).trimEnd().split('\n');
    return { summary: JSON.parse(summary), answers };
  };
  const { summary, answers } = await decide('budgeted', rows);
  expect(summary.selectedBy.model).toBeGreaterThan(20);
  // Two of forty a day: never more.
  const selected = answers.filter((answer) => answer.includes(',model,'));
  for (const day of new Set(selected.map(dateOf))) {
    expect(selected.filter((answer) => dateOf(answer) === day).length).toBeLessThanOrEqual(2);
  }
  expect((await decide('again', rows)).answers).toEqual(answers);

  const until = '2020-04-20';
  const isEarly = (row: string) => dateOf(row) <= until;
  const later = rows.filter((row) => !isEarly(row)).reverse();
  const permuted = await decide('later', [...rows.filter(isEarly), ...later.slice(100)]);
  expect(permuted.answers.filter(isEarly)).toEqual(answers.filter(isEarly));
}, 120_000);

test('a model without a budget, a budget without a model, and a share that is none are refused', async () => {
  const words = ['no.csv', '--mapping', 'korea-cdd'];
  const needs = { refusals: [{ code: 'risk.budget_needs_model' }] };
  await expect(run(...words, '--model', 'model.json')).rejects.toMatchObject(needs);
  await expect(run(...words, '--budget', '0.05')).rejects.toMatchObject(needs);
  await expect(
    run(...words, '--model', join(folder, 'model.json'), '--budget', '5'),
  ).rejects.toMatchObject({ refusals: [{ code: 'risk.budget_share_wrong' }] });
});

const KOREA = '../shared/data/korea-cdd/df_syn_train_eng.csv';
describe.skipIf(!existsSync(KOREA))('the Korean import declarations', () => {
  test('decisions up to a day stay byte for byte, whatever is done to later rows and labels', async () => {
    const until = '2020-01-31';
    const [header = '', ...all] = (await readFile(KOREA, 'utf8')).trim().split(/\r?\n/);
    const rows = all.filter((row) => dateOf(row) <= '2020-02-20');
    const decideRows = async (name: string, head: string, lines: readonly string[]) => {
      const [file, out] = [join(folder, `${name}.csv`), join(folder, `${name}.out.csv`)];
      await writeFile(file, `${[head, ...lines].join('\n')}\n`);
      await run(file, '--mapping', 'korea-cdd', '--out', out);
      const [, ...answers] = (await readFile(out, 'utf8')).trimEnd().split('\n');
      return answers.filter((answer) => dateOf(answer) <= until).join('\n');
    };
    const expected = await decideRows('whole', header, rows);
    expect(expected.split('\n').length).toBeGreaterThan(2_000);

    const early = rows.filter((row) => dateOf(row) <= until);
    const later = rows.filter((row) => dateOf(row) > until);
    expect(await decideRows('permuted', header, [...early, ...later.reverse()])).toBe(expected);

    const unlabelled = (row: string) => row.split(',').slice(0, -2).join(',');
    const without = await decideRows('unlabelled', unlabelled(header), rows.map(unlabelled));
    expect(without).toBe(expected);
  }, 120_000);
});
