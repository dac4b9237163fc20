// Three factories tell of a quarter: what they send has the shape of the contract, and what they count
// differs from it by exactly what was planted, to the last digit.
import { describe, expect, test } from 'vitest';
import {
  Consumption,
  LedgerEvent,
  LedgerInput,
  Part,
} from '../../../src/contexts/bonded/contract.ts';
import { PaperInput } from '../../../src/contexts/bonded/papers/contract.ts';
import { CountLine } from '../../../src/contexts/bonded/stocktake/contract.ts';
import { add, decimal, subtract, toText } from '../../../src/kernel/decimal.ts';
import type { StockAnswer } from '../../answers.ts';
import { parseTable } from '../../table.ts';
import { filesOf } from './files.ts';
import { PLANTS } from './plants.ts';

const USCC = '91310115MA1K4BCD2E';
const told = PLANTS.map((plant) => {
  const { files, answers } = filesOf(plant, { uscc: USCC } as never, 'jianghai');
  const text = (wanted: string) => files.find(([name]) => name === wanted)?.[1] ?? '';
  const lines = (name: string) =>
    text(name)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return {
    id: plant.ledger.id,
    ledger: LedgerInput.parse(JSON.parse(text('ledger.json'))),
    parts: parseTable(text('parts.csv')).map((row) => Part.parse(row)),
    consumption: parseTable(text('consumption.csv')).map((row) => Consumption.parse(row)),
    events: lines('events.ndjson').map((event) => LedgerEvent.parse(event)),
    papers: lines('papers.ndjson').map((paper) => PaperInput.parse(paper)),
    count: parseTable(text('count.csv')).map((row) => CountLine.parse({ ...row, lot: null })),
    answers: answers as readonly StockAnswer[],
  };
});

/** Where each kind of event takes goods from and to, told apart from the generator. */
const WAYS: Readonly<Record<string, readonly [string, string]>> = {
  imported: ['', 'store'],
  issued: ['store', 'line'],
  scrapped: ['line', 'scrap'],
  received: ['', 'store'],
  rejected: ['store', 'defective'],
  moved: ['store', 'road'],
  arrived: ['road', 'store'],
  exported: ['store', ''],
};
const COUNTED: Readonly<Record<string, string>> = {
  ...{ materials: 'store', semiFinished: 'store', finished: 'store', onTheLine: 'line' },
  ...{ scrap: 'scrap', defective: 'defective' },
  ...{ materialsInTransit: 'road', productsInTransit: 'road' },
};
const PLACE = { rawMaterial: 'store', semiFinished: 'store', scrap: 'scrap' } as const;

/** Sums by part, place and site. */
function sums() {
  const held = new Map<string, ReturnType<typeof decimal>>();
  return {
    put(key: string, quantity: string, takes = false) {
      const now = held.get(key) ?? decimal('0');
      held.set(key, (takes ? subtract : add)(now, decimal(quantity)));
    },
    told: () =>
      [...held]
        .map(([key, amount]) => [key, toText(amount)] as const)
        .filter(([, text]) => Number(text) !== 0),
  };
}

describe.each(told)('$id', ({ parts, consumption, events, papers, count, answers }) => {
  test('sends events, lists and papers that stand in order of time, each under its own name', () => {
    const names = new Set(parts.map(({ part }) => part));
    const used = [...events.flatMap(({ lines }) => lines), ...consumption, ...papers, ...count];
    expect(used.filter(({ part }) => !names.has(part))).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length);
    const times = events.map(({ occurredAt }) => occurredAt);
    expect(times).toEqual([...times].sort());
    expect(events.length).toBeGreaterThan(300);
    expect(events.length).toBeLessThan(1_500);
  });

  test('counts what its feed comes to, but for what was planted', () => {
    const difference = sums();
    const onOrder = new Map<string, ReturnType<typeof sums>>();
    for (const { kind, order = '', site = '', toSite, lines } of events) {
      const [from, to] = WAYS[kind] ?? ['', ''];
      for (const { part, quantity } of lines) {
        if (from) difference.put(`${part} ${from} ${site}`, quantity);
        if (to) difference.put(`${part} ${to} ${toSite ?? site}`, quantity, true);
        const own = onOrder.get(order) ?? sums();
        onOrder.set(order, own);
        if (to === 'line') own.put(`${part} line ${site}`, quantity);
        if (from === 'line') own.put(`${part} line ${site}`, quantity, true);
      }
      // What a closed order still holds is used up.
      if (kind === 'orderClosed') {
        for (const [key, quantity] of onOrder.get(order)?.told() ?? [])
          difference.put(key, quantity);
        onOrder.delete(order);
      }
    }
    for (const { part, stock, site, quantity } of count) {
      difference.put(`${part} ${COUNTED[stock]} ${site}`, quantity);
    }
    for (const { part, account, site, quantity, fault } of answers) {
      difference.put(`${part} ${PLACE[account]} ${site}`, quantity, true);
      if (fault === 'inTransit') difference.put(`${part} road ${site}`, quantity);
    }
    expect(difference.told()).toEqual([]);
  });

  test('has its answers only among the answers', () => {
    const said = JSON.stringify([events, papers, count]);
    for (const { fault } of answers) expect(said).not.toContain(fault);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length);
  });
});

test('what was planted: seven faults, two, and one', () => {
  expect(told.map(({ answers }) => answers.length)).toEqual([7, 2, 1]);
});
