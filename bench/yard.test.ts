// A yard that changes: what stands where it may not is found again from the blocks a change touched,
// and a slow checker written apart finds the same in all of it. What cannot have happened is refused.
import { describe, expect, test } from 'vitest';
import { YardBook } from '../src/contexts/chemicals/storage/book.ts';
import { Block, StoredGoods, YardEvent } from '../src/contexts/chemicals/storage/contract.ts';
import { yard } from './yard.ts';

test('the fast check and the slow one agree', async () => {
  const { figures } = await yard.run({ quick: true, log: () => {} });
  expect(figures.disagreements).toBe(0);
  expect(figures.conflicts).toBeGreaterThan(100);
});

const block = (id: string, more: object): Block =>
  Block.parse({
    id,
    name: { zh: id, en: id },
    kind: 'dangerous',
    classes: ['3', '5.1', '8', '9'],
    ...{ bays: 2, rows: 1, tiers: 3, at: { x: 0, y: 0 } },
    ...more,
  });
const goods = (more: object) =>
  StoredGoods.parse({ name: 'goods', class: '3', netMassKg: '1000', ...more });
const NOW = '2026-03-01T00:00:00.000Z';
const stored = (container: string, slot: string, ...its: StoredGoods[]): YardEvent =>
  YardEvent.parse({ id: container, kind: 'stored', container, slot, goods: its });

function yardWith(...events: YardEvent[]): YardBook {
  const book = new YardBook(
    { blocks: [block('D1', {}), block('D2', { hasPower: true, hours: { '2.1': 24 } })] },
    [],
    NOW,
  );
  for (const event of events) {
    expect(book.objections(event)).toEqual([]);
    book.apply(event, NOW);
  }
  return book;
}

const A = 'AAAU0000001';
const B = 'BBBU0000002';

describe('what cannot have happened', () => {
  const book = yardWith(stored(A, 'D1-01-01-1'), stored(B, 'D1-01-01-2'));
  test.each([
    [stored('CCCU0000003', 'D9-01-01-1'), 'chemicals.slot_unknown'],
    [stored('CCCU0000003', 'D1-03-01-1'), 'chemicals.slot_unknown'],
    [stored('CCCU0000003', 'D1-01-01-1'), 'chemicals.slot_taken'],
    [stored('CCCU0000003', 'D1-02-01-2'), 'chemicals.slot_floats'],
    [stored(A, 'D1-02-01-1'), 'chemicals.container_stored_already'],
    [
      { id: '1', kind: 'left', container: 'CCCU0000003' } as const,
      'chemicals.container_not_in_yard',
    ],
    [{ id: '1', kind: 'left', container: A } as const, 'chemicals.container_covered'],
    [
      { id: '1', kind: 'moved', container: B, slot: 'D1-01-01-3' } as const,
      'chemicals.slot_floats',
    ],
  ])('%j: %s', (event, code) => {
    expect(book.objections(event).map((it) => it.code)).toEqual([code]);
  });
});

describe('one conflict from event to resolution', () => {
  test('lithium beside flammable goods, until it is moved away', () => {
    const book = yardWith(stored(A, 'D1-01-01-1', goods({ un: '1230', packingGroup: 'II' })));
    const battery = goods({ un: '3480', class: '9' });
    const { began } = book.apply(stored(B, 'D1-02-01-1', battery), NOW);
    expect(began).toMatchObject([
      { rule: 'lithiumApart', block: 'D1', containers: [A, B], foundation: 'text' },
    ]);
    const { ended } = book.apply({ id: '2', kind: 'moved', container: B, slot: 'D2-01-01-1' }, NOW);
    expect(ended.map(({ key }) => key)).toEqual(['lithiumApart D1']);
    expect(book.conflicts()).toEqual([]);
  });

  test('hours of stay run out without anything being moved', () => {
    const gas = goods({ un: '1978', class: '2.1' });
    const book = new YardBook(
      { blocks: [block('D2', { classes: ['2.1'], hours: { '2.1': 24 } })] },
      [],
      NOW,
    );
    expect(book.apply(stored(A, 'D2-01-01-1', gas), NOW).began).toEqual([]);
    expect(book.recheck(undefined, '2026-03-02T00:00:00.001Z').began).toMatchObject([
      { rule: 'timeLimited', values: { hours: 24 } },
    ]);
  });
});

describe('the load of a site, Σ q/Q', () => {
  test.each([
    ['methanol, named', { un: '1230', netMassKg: '500000' }, { certain: '1', isReached: true }],
    ['a gram less', { un: '1230', netMassKg: '499999.999' }, { isReached: false, isOpen: false }],
    [
      'by class and group',
      { un: '1263', packingGroup: 'II', netMassKg: '500000' },
      { certain: '0.5' },
    ],
    [
      'group not stated: open',
      { un: '1263', netMassKg: '500000' },
      { certain: '0', possible: '50', isReached: false, isOpen: true },
    ],
    [
      'nitric acid of unknown strength: open',
      { cas: '7697-37-2', un: '2031', class: '8', netMassKg: '100000' },
      { certain: '0', possible: '1', isOpen: true },
    ],
    [
      'nitric acid of 68 %',
      { cas: '7697-37-2', un: '2031', class: '8', percent: 68, netMassKg: '100000' },
      { possible: '0', isOpen: false },
    ],
    [
      'hydrochloric acid is not hydrogen chloride',
      { cas: '7647-01-0', un: '1789', class: '8', netMassKg: '100000' },
      { possible: '0' },
    ],
  ])('%s', (_, more, load) => {
    const book = yardWith(stored(A, 'D1-01-01-1', goods(more)));
    expect(book.load()).toMatchObject(load);
  });
});
