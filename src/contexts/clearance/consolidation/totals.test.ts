// Whatever moves and comes back, totals agree: random stories on a real PostgreSQL.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../kernel/dates.ts';
import { add, decimal, isNegative, subtract, toText, ZERO } from '../../../kernel/decimal.ts';
import { application, at, enterprise, goods, openStory, type Story } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story.close());

test('whatever moves and comes back, Σ movements = Σ declared lines, and no day is below nothing', async () => {
  const step = fc.record({
    line: fc.integer({ min: 1, max: 3 }),
    quantity: fc.integer({ min: 1, max: 400 }).map((q) => String(q / 8)),
    kind: fc.constantFrom('draw' as const, 'draw' as const, 'return' as const),
    day: fc.integer({ min: 0, max: 60 }),
    consolidate: fc.boolean(),
  });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      story.clock.set(at(1));
      round += 1;
      const batch = await story.opened(
        application([goods(1), goods(2), goods(3, { currency: 'USD', unitPrice: '0.33' })]),
      );
      let declared = ZERO;
      let asked = 0;
      const sorted = [...steps].sort((a, b) => a.day - b.day);
      for (const { line, quantity, kind, day, consolidate } of sorted) {
        story.clock.set(`${addDays('2026-07-01', day)}T04:00:00.000Z`);
        await story.move(batch, [[line, quantity]], story.clock.now(), kind).catch(() => undefined);
        if (!consolidate) continue;
        asked += 1;
        const through = addDays('2026-07-01', Math.max(0, day - 2));
        const done = await story.consolidations.consolidate(enterprise, batch, {
          id: `${batch}-P${asked}`,
          through,
        });
        expect(['declared', 'nothing']).toContain(done.status);
        for (const { id } of done.declarations) {
          for (const each of (await story.declaration(id)).content.lines)
            declared = add(declared, decimal(each.quantity ?? '0'));
        }
      }
      const { rows } = await story.batches.reads.movements(enterprise, batch, { limit: 500 });
      const total = (wanted: (state: string) => boolean) =>
        rows
          .filter(({ state }) => wanted(state))
          .reduce((sum, { quantity }) => add(sum, decimal(quantity)), ZERO);
      const all = await story.balances(batch);
      const sumOf = (field: 'crossed' | 'declared') =>
        all.reduce((sum, each) => add(sum, decimal(each[field])), ZERO);
      expect(toText(declared)).toBe(toText(total((state) => state === 'declared')));
      expect(toText(sumOf('declared'))).toBe(toText(declared));
      expect(toText(sumOf('crossed'))).toBe(toText(total(() => true)));
      expect(isNegative(subtract(sumOf('crossed'), declared))).toBe(false);
    }),
    { numRuns: 12 },
  );
  expect(round).toBeGreaterThan(0);
});
