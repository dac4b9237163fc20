// A day comes: each work does the day's once, and one that fails keeps no other from its own.
import { expect, test } from 'vitest';
import { createManualClock } from '../platform/clock.ts';
import { silentLog } from '../platform/log.ts';
import { createDays } from './days.ts';

test('a work that fails is tried again, and the others do the day all the same', async () => {
  const done: string[] = [];
  let isBroken = true;
  const clock = createManualClock('2026-07-01T01:00:00.000Z');
  const days = createDays(clock, silentLog, [
    {
      name: 'yards',
      run: async (on) => {
        if (isBroken) throw new Error('The yard is not there.');
        done.push(`yards ${on}`);
      },
    },
    { name: 'controls', run: async (on) => done.push(`controls ${on}`) },
  ]);
  await days.look();
  expect(done).toEqual(['controls 2026-07-01']);
  isBroken = false;
  await days.look();
  await days.look();
  expect(done.slice(1)).toEqual(['yards 2026-07-01', 'controls 2026-07-01']);
  clock.set('2026-07-02T01:00:00.000Z');
  await days.look();
  expect(done.slice(3)).toEqual(['yards 2026-07-02', 'controls 2026-07-02']);
});
