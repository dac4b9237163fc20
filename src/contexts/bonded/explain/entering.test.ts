// What a page enters for a remedy: each draft as the events that do it, and none where no event can.
import { expect, test } from 'vitest';
import { LedgerEvent } from '../contract.ts';
import { quantity as q } from '../quantity.ts';
import type { RemedyDraft } from './contract.ts';
import { eventsOf } from './entering.ts';
import type { Posting } from './evidence.ts';

const store = { account: 'rawMaterial', site: 'main' } as const;
const order = { account: 'inProcess', site: 'main' } as const;
const heap = { account: 'scrap', site: 'main' } as const;
const abroad = { account: 'customsIn', site: 'main' } as const;
const line = (part: string, amount: string) => ({
  ...{ part, quantity: q(amount), from: store, to: order, sent: null, lot: null },
  ...{ insteadOf: null, bonded: true },
});
const posting: Posting = {
  ...{ id: 'E1', state: 'applied', kind: 'issued', order: 'W1', document: 'PL1', reverses: null },
  ...{ occurredAt: '2026-06-01T08:00:00.000Z', recordedAt: '', isLate: false, toSite: null },
  lines: [line('bolt', '10'), line('nut', '20')],
};
const known = {
  ...{
    id: 'fix',
    happenedAt: '2026-06-02T08:00:00.000Z',
    now: '2026-07-01T08:00:00.000Z',
    posting,
  },
  kindOf: () => 'material' as const,
};
const enter = (
  kind: LedgerEvent['kind'] | null,
  from: typeof store | typeof abroad | typeof order | null,
  to: typeof order | typeof heap | typeof store | null,
  more: object = {},
): RemedyDraft => ({
  kind: 'enter',
  draft: {
    ...{ kind, order: null, document: 'D1', lines: [{ part: 'bolt', quantity: '5', from, to }] },
    ...more,
  },
});
const by = (part: string, quantity: string, more: object = {}) => ({
  ...{ part, quantity, insteadOf: null, bonded: true, ...more },
});

test.each<[string, RemedyDraft, string | null]>([
  ['a reversal', { kind: 'reverse', event: 'E1' }, 'reversed E1'],
  [
    'another quantity; the other line stays',
    { kind: 'replace', event: 'E1', line: 0, by: [by('bolt', '12')] },
    'reversed E1; issued W1 PL1: nut 20, bolt 12',
  ],
  [
    'another part in its place',
    { kind: 'replace', event: 'E1', line: 0, by: [by('screw', '10', { insteadOf: 'bolt' })] },
    'reversed E1; issued W1 PL1: nut 20, screw 10 for bolt',
  ],
  [
    'both parts anew, by another version',
    { kind: 'replace', event: 'E1', line: 0, by: [by('bolt', '9'), by('nut', '21')] },
    'reversed E1; issued W1 PL1: bolt 9, nut 21',
  ],
  [
    'domestic goods',
    { kind: 'replace', event: 'E1', line: 1, by: [by('nut', '20', { bonded: false })] },
    'reversed E1; issued W1 PL1: bolt 10, nut 20 domestic',
  ],
  ['goods a gate saw', enter(null, abroad, store), 'imported - D1: bolt 5'],
  ['an issue of an order', enter(null, store, order, { order: 'W2' }), 'issued W2 D1: bolt 5'],
  ['an issue without its order', enter(null, store, order), null],
  ['scrap of an order', enter('scrapped', order, heap, { order: 'W2' }), 'scrapped W2 D1: bolt 5'],
  ['a way that no event goes', enter(null, store, heap), null],
  ['goods from nowhere', enter(null, null, store), null],
  ['entered already', { kind: 'entered', event: 'E1' }, null],
  ['another count', { kind: 'recount', part: 'bolt', bins: [] }, null],
  ['duty', { kind: 'dutyPayment', part: 'bolt', quantity: '1' }, null],
])('%s', (_story, remedy, expected) => {
  const events = eventsOf(remedy, known);
  for (const event of events ?? []) expect(LedgerEvent.parse(event)).toEqual(event);
  const told = events?.map(({ kind, order: of, document, reverses, lines }) =>
    kind === 'reversed'
      ? `reversed ${reverses}`
      : `${kind} ${of ?? '-'} ${document}: ${lines
          .map(
            ({ part, quantity, insteadOf, bonded }) =>
              `${part} ${quantity}${insteadOf ? ` for ${insteadOf}` : ''}${bonded ? '' : ' domestic'}`,
          )
          .join(', ')}`,
  );
  expect(told?.join('; ') ?? null).toBe(expected);
});
