// Whatever rows the pool holds, a back-test counts of each rule what the plain interpreter says row by
// row: through the engine's files, dictionaries and vectors, and by compiled columns.
import { afterEach, expect, test } from 'vitest';
import { addDays } from '../../../kernel/dates.ts';
import { evaluateRule } from '../language/interpret.ts';
import { printRule } from '../language/print.ts';
import {
  createDice,
  randomRow,
  randomRule,
  testingLists,
  testingScope,
} from '../language/testing.ts';
import { createCounter } from './count.ts';
import { type FactRow, type FactRows, openFactRows } from './store/fact-rows.ts';

let open: FactRows | null = null;
afterEach(() => open?.close());

test.each([1, 2, 3])('the counts are the interpreter’s (%i)', async (seed) => {
  const dice = createDice(seed);
  const rules = Array.from({ length: 120 }, () => randomRule(dice));
  const rows = Array.from({ length: 300 }, (_, n): FactRow => {
    const office = dice.chance(0.8) ? { 'declaration.office': dice.pick(['2225', '2248']) } : {};
    const day = addDays('2026-06-01', dice.roll(20));
    return {
      ...{ id: `D${n}`, day, facts: { ...randomRow(dice), ...office } },
      found: dice.chance(0.3) ? dice.chance(0.4) : null,
    };
  });
  open = await openFactRows([...testingScope.facts.values()]);
  await open.append(rows);
  const snapshot = await open.snapshot();
  const [part] = snapshot.parts;
  if (!part) throw new Error('There is one part.');
  const period = { from: '2026-06-03', to: '2026-06-18' };
  const counter = await createCounter({
    ...{ rules, live: rules.slice(0, 2), lists: testingLists, facts: open.facts, period },
    marks: snapshot.marks,
  });
  const tally = await counter.count(part);

  const counting = rows.filter(({ day }) => day >= period.from && day <= period.to);
  expect(tally.rows).toBe(counting.length);
  expect(tally.examined).toBe(counting.filter(({ found }) => found !== null).length);
  const [first, second] = rules;
  for (const [index, rule] of rules.entries()) {
    const judged = counting.map((row) => ({ row, ...evaluateRule(rule, row.facts, testingLists) }));
    const hits = judged.filter(({ outcome }) => outcome === true).map(({ row }) => row);
    const unknown = judged.filter(({ outcome }) => outcome === null);
    const hit = (other: typeof first) =>
      hits.filter(
        ({ facts }) => other && evaluateRule(other, facts, testingLists).outcome === true,
      );
    const own = tally.rules[index];
    const name = printRule(rule);
    expect({ name, hits: own?.hits, unknown: own?.unknown }).toEqual({
      ...{ name, hits: hits.length, unknown: unknown.length },
    });
    expect({ name, found: own?.found, examined: own?.examined }).toEqual({
      name,
      found: hits.filter(({ found }) => found === true).length,
      examined: hits.filter(({ found }) => found !== null).length,
    });
    const lacking = unknown.reduce((sum, { missing }) => sum + missing.length, 0);
    expect({ name, lacking: own?.missing.reduce((sum, count) => sum + count, 0) }).toEqual({
      ...{ name, lacking },
    });
    expect(own?.both).toEqual([hit(first).length, hit(second).length]);
    expect(own?.onlyThis).toBe(hits.length - new Set([...hit(first), ...hit(second)]).size);
    const newest = hits
      .map(({ day }) => day)
      .sort()
      .reverse()
      .slice(0, 20);
    expect(own?.examples.map(({ day }) => day)).toEqual(newest);
  }
});
