// Books live at random for a hundred thousand movements and nothing breaks; the long form is
// `npm run bench -- bonded-properties --movements N`. And what would be broken is seen.
import { expect, test } from 'vitest';
import { beginLife, breaksOf } from './bonded/lived.ts';
import { live } from './bonded-properties.ts';

test('a hundred thousand movements, and no break', () => {
  const { breaks, movements, undone, commuting } = live('suite', 100_000, () => undefined);
  expect(breaks).toEqual([]);
  expect(movements).toBeGreaterThanOrEqual(100_000);
  expect(Math.min(undone, commuting)).toBeGreaterThan(0);
}, 120_000);

test('a quantity that comes from nowhere is a break', () => {
  const life = beginLife('broken', 0);
  for (let n = 0; n < 50; n += 1) life.post(life.next());
  expect(breaksOf(life)).toEqual([]);
  const [part] = life.book.state.parts;
  if (part) part.balances[1] = (part.balances[1] ?? 0) + 1;
  expect(breaksOf(life)).toEqual([
    expect.stringContaining('steel does not balance'),
    expect.stringContaining('steel at 1'),
    'the journal makes another book',
  ]);
});
