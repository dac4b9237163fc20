// The guide's tables of modes are the modes as they are; when they differ, the difference is what to write there.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { catalogueOn, VALUES } from './catalogue.ts';
import { AXES, type Axis } from './contract.ts';
import { STEPS } from './steps.ts';

const GUIDE = new URL('../../../../docs/guide/modes.md', import.meta.url);
const rowsBelow = (guide: string, heading: string): string[] =>
  (guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((row) => row.startsWith('| '))
    .slice(1);

const name = (id: string): string => {
  const value = VALUES.find(({ axis, id: own }) => `${axis}.${own}` === id);
  return value ? `${value.label.zh} ${value.label.en}` : id;
};
const stepNames = new Map(STEPS.map(({ id, label }) => [id, label.zh]));

test('every value stands in the guide', async () => {
  const expected = VALUES.map(({ axis, id, label, effective, steps, legalBasis }) => {
    const force = `${effective.from} – ${effective.to ?? ''}`.trim();
    const taken = steps.map((step) => stepNames.get(step)).join('、') || '—';
    return `| \`${axis}.${id}\` | ${label.zh} ${label.en} | ${force} | ${taken} | ${legalBasis} |`;
  });
  expect(rowsBelow(await readFile(GUIDE, 'utf8'), 'Values · 方式')).toEqual(expected);
});

test('so does every pair that does not simply go together', async () => {
  const { pairs } = catalogueOn('2026-07-01');
  const expected = pairs
    .filter(({ status }) => status !== 'together')
    .map(({ a, b, status, codes }) => {
      const told = status === 'never' ? '不能 never' : '另选 with another choice';
      return `| ${name(a)} | ${name(b)} | ${told} | ${codes.map((code) => `\`${code}\``).join(' ')} |`;
    });
  expect(rowsBelow(await readFile(GUIDE, 'utf8'), 'Pairs · 组合')).toEqual(expected);
});

test('and the number of choices it speaks of is right', async () => {
  const choices = (Object.keys(AXES) as Axis[]).reduce((n, axis) => n * AXES[axis].length, 1);
  expect(await readFile(GUIDE, 'utf8')).toContain(`${choices.toLocaleString('en-US')} choices`);
});
