// An ERP's file becomes events: rows of one slip are lines of one event, codes mean what the mapping
// says, every bad row is told with its line and column, an event is whole or not at all, and the rest goes on.
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { testFolder } from '../../../platform/testing.ts';
import { LedgerEvent } from '../contract.ts';
import { explodeBy } from './explosion.ts';
import { loadLedgerMapping, parseLedgerMapping } from './mapping.ts';
import { issuesMapping, readAll } from './testing.ts';

let place: Awaited<ReturnType<typeof testFolder>>;
beforeAll(async () => {
  place = await testFolder();
});
afterAll(() => place.remove());

const HEAD = 'Slip,At,WO,Part,Qty,Move';
let files = 0;
const csv = (rows: readonly string[]) =>
  place.write(`f${files++}.csv`, `${[HEAD, ...rows].join('\n')}\n`);
const read = async (...rows: string[]) => readAll(await csv(rows), issuesMapping());
const told = ({ refused }: Awaited<ReturnType<typeof readAll>>) =>
  refused.map(({ line, column, seen, code }) => [line, column, seen, code]);

describe('rows become events', () => {
  test('rows of one id that stand together are lines of one event', async () => {
    const { events, rows, refused } = await read(
      'S1,2026-07-02 08:00,W1,A,2,261',
      'S1,2026-07-02 08:00,W1,B,0.50,261',
      'S2,2026-07-02 09:00,W1,A,1,262',
    );
    expect({ rows, refused }).toEqual({ rows: 3, refused: [] });
    expect(events).toEqual([
      {
        ...{ line: 2, id: 'S1', kind: 'issued', occurredAt: '2026-07-02T00:00:00.000Z' },
        order: 'W1',
        lines: [
          { part: 'A', quantity: '2', bonded: true },
          { part: 'B', quantity: '0.5', bonded: true },
        ],
      },
      {
        ...{ line: 4, id: 'S2', kind: 'returned', occurredAt: '2026-07-02T01:00:00.000Z' },
        ...{ order: 'W1', lines: [{ part: 'A', quantity: '1', bonded: true }] },
      },
    ]);
  });

  test('the same from CSV, NDJSON and XLSX, with heads in another language and order', async () => {
    const names = ['Part', '领料单', 'Qty', 'At', 'Move', 'WO'];
    const rows = [
      ['A', 'S1', '2', '2026-07-02 08:00', '261', 'W1'],
      ['B', 'S1', '3.25', '2026-07-02 08:00', '261', 'W1'],
    ];
    const keyed = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
    const data = rows.map((row) => [...row]);
    const written = [
      await place.write('same.csv', [names, ...rows].map((row) => row.join(';')).join('\r\n')),
      await place.write('same.ndjson', keyed.map((row) => JSON.stringify(row)).join('\n')),
      await place.write(
        'same.xlsx',
        await writeXlsx({ sheets: [{ name: 'S', rows: [names, ...data] }] }),
      ),
    ];
    const all = await Promise.all(written.map((file) => readAll(file, issuesMapping())));
    const contents = all.map(({ events }) => events.map(({ line: _, ...event }) => event));
    expect(contents[0]?.[0]?.lines).toHaveLength(2);
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]).toEqual(contents[0]);
  });

  test('a date cell of a workbook is what the clock on the wall showed', async () => {
    const at = new Date('2026-07-02T08:00:00.000Z');
    const data = [HEAD.split(','), ['S1', at, 'W1', 'A', 2, 261]];
    const file = await place.write(
      'wall.xlsx',
      await writeXlsx({ sheets: [{ name: 'S', rows: data }] }),
    );
    const { events, refused } = await readAll(file, issuesMapping());
    expect(refused).toEqual([]);
    expect(events[0]?.occurredAt).toBe('2026-07-02T00:00:00.000Z');
  });

  test('what the codes say is not of the ledger is passed over and counted', async () => {
    const { events, passedOver } = await read(
      'S1,2026-07-02,W1,A,2,311',
      'S2,2026-07-02,W1,A,2,261',
    );
    expect([events.map(({ id }) => id), passedOver]).toEqual([['S2'], 1]);
  });
});

describe('a bad row', () => {
  test('is told with line, column, value and every reason; the others go on', async () => {
    const outcome = await read(
      'S1,2026-07-02,W1,A,2,261',
      'S2,2026-02-30,W1,,zwei,999',
      'S3,2026-07-02,W1,A,0.000001,261',
      'S4,2026-07-02,W1,A,1,261,extra',
      ',2026-07-02,W1,A,1,261',
      'S5,2026-07-02,W1,"A',
      'S6,2026-07-02,W1,A,3,261',
    );
    expect(outcome.events.map(({ id }) => id)).toEqual(['S1', 'S6']);
    expect(told(outcome)).toEqual([
      [3, 'At', '2026-02-30', 'bonded.import_not_a_date'],
      [3, 'Part', '', 'bonded.import_value_missing'],
      [3, 'Qty', 'zwei', 'bonded.import_not_a_number'],
      [3, 'Move', '999', 'bonded.import_unknown_code'],
      [4, 'Qty', '0.000001', 'bonded.import_not_a_quantity'],
      [5, '', '7', 'pool.too_many_fields'],
      [6, 'Slip', '', 'bonded.import_value_missing'],
      [7, '', 'S5,2026-07-02,W1,"A', 'pool.quote_not_closed'],
    ]);
  });

  test('takes the rows of its own event with it, before and after, and no others', async () => {
    const outcome = await read(
      'S1,2026-07-02,W1,A,1,261',
      'S2,2026-07-02,W1,A,1,261',
      'S2,2026-07-02,W1,B,x,261',
      'S2,2026-07-02,W1,C,1,261',
      'S3,2026-07-02,W1,A,1,261',
    );
    expect(outcome.events.map(({ id }) => id)).toEqual(['S1', 'S3']);
    expect(told(outcome)).toEqual([
      [4, 'Qty', 'x', 'bonded.import_not_a_number'],
      [3, '', 'S2', 'bonded.import_beside_bad_row'],
      [5, '', 'S2', 'bonded.import_beside_bad_row'],
    ]);
    expect(outcome.refused[1]?.params).toEqual({ id: 'S2', badLine: 4 });
    expect(outcome.refused[1]?.row).toBe('S2,2026-07-02,W1,A,1,261');
  });

  test('without a readable id is of the event it stands in the midst of', async () => {
    const outcome = await read(
      'S1,2026-07-02,W1,A,1,261',
      '"broken',
      'S1,2026-07-02,W1,B,1,261',
      'S2,2026-07-02,W1,A,1,261',
      '"broken',
      'S3,2026-07-02,W1,A,1,261',
    );
    expect(outcome.events.map(({ id }) => id)).toEqual(['S2', 'S3']);
    expect(told(outcome).map(([line]) => line)).toEqual([3, 2, 4, 6]);
  });

  test('is one that disagrees with its event, or comes back to an event that has ended', async () => {
    const outcome = await read(
      'S1,2026-07-02,W1,A,1,261',
      'S1,2026-07-02,W2,B,1,261',
      'S2,2026-07-02,W1,A,1,261',
      'S3,2026-07-02,W1,A,1,261',
      'S2,2026-07-02,W1,B,1,261',
    );
    expect(outcome.events.map(({ id }) => id)).toEqual(['S2', 'S3']);
    expect(told(outcome)).toEqual([
      [3, 'order', 'W2', 'bonded.import_rows_disagree'],
      [2, '', 'S1', 'bonded.import_beside_bad_row'],
      [6, '', 'S2', 'bonded.import_event_apart'],
    ]);
  });

  test('in a hundred thousand, a hundred: all the others go on', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) =>
      n % 1000 === 7 ? `S${n},2026-07-02,W1,A,?,261` : `S${n},2026-07-02,W1,A,1,261`,
    );
    const { events, refused } = await readAll(await csv(rows), issuesMapping());
    expect([events.length, refused.length]).toEqual([99_900, 100]);
    expect(refused.map(({ line }) => line)).toEqual(
      Array.from({ length: 100 }, (_, n) => n * 1000 + 9),
    );
  });
});

test('whatever a file says, every row is in an event, passed over, or told of; and events are events', async () => {
  const cell = (good: fc.Arbitrary<string>, ...bad: string[]) =>
    fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
  const row = fc.tuple(
    cell(fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5'), '', ' '),
    cell(fc.constant('2026-07-02'), '', '2026-13-01'),
    cell(fc.constant('W1'), 'W2', ''),
    cell(fc.constantFrom('A', 'B'), '', 'x'.repeat(65)),
    cell(fc.constantFrom('1', '2.5'), '0', '-1', 'many'),
    cell(fc.constantFrom('261', '311'), '', '999'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const outcome = await read(...rows.map((cells) => cells.join(',')));
      const bad = new Set(outcome.refused.map(({ line }) => line));
      const lines = outcome.events.reduce((sum, event) => sum + event.lines.length, 0);
      expect(lines + bad.size + outcome.passedOver).toBe(rows.length);
      const ids = outcome.events.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { line: _, ...event } of outcome.events)
        expect(LedgerEvent.parse(event)).toEqual(event);
    }),
    { numRuns: 60 },
  );
});

describe('an explosion', () => {
  const line = (part: string, net: string, from: string, to: string | null) => ({
    ...{ product: 'P', version: '1', part, net, from, to, evidence: '' },
    ...{ tangibleLossRate: '0', intangibleLossRate: '0' },
  });
  const explode = explodeBy([
    line('A', '2', '2026-01-01', null),
    line('B', '0.333333333', '2026-01-01', '2026-07-02'),
    line('C', '1', '2026-07-02', null),
  ]);

  test.each([
    [
      'P',
      '3',
      '2026-07-01',
      [
        ['A', '6'],
        ['B', '1'],
      ],
    ],
    [
      'P',
      '1',
      '2026-07-01',
      [
        ['A', '2'],
        ['B', '0.33333'],
      ],
    ],
    [
      'P',
      '1',
      '2026-07-02',
      [
        ['A', '2'],
        ['C', '1'],
      ],
    ],
    ['P', '1', '2025-12-31', []],
    ['Q', '1', '2026-07-01', []],
  ])('of %s × %s on %s', (product, made, on, lines) => {
    const found = explode(product, made, on).map(({ part, quantity }) => [part, quantity]);
    expect(found).toEqual(lines);
  });
});

describe('a mapping', () => {
  const wrong = (changes: object): string[] => {
    try {
      parseLedgerMapping(JSON.stringify({ ...issuesMapping(), ...changes }), 'mine');
    } catch (error) {
      if (error instanceof Refused)
        return error.refusals.map(({ code, params }) => `${code} ${params?.problem ?? ''}`);
      throw error;
    }
    return [];
  };

  test('says everything that is wrong with it at once', () => {
    const make = [
      {
        when: [{ column: 'nowhere', in: ['1'] }],
        explode: true,
        fields: {
          ...{ id: '{slop}', kind: 'issued', part: '{part}', colour: 'red' },
          occurredAt: { from: '{at}', format: '%d-%b-%Y' },
          quantity: { from: '{qty}', factor: 'ten', otherwise: '1' },
        },
      },
    ];
    expect(wrong({ zone: 'Mars/Olympus', optional: ['shift'], make })).toEqual(
      [
        'optional: no column is called "shift"',
        'zone: nobody knows the zone "Mars/Olympus"',
        'make[0].when: no column is called "nowhere"',
        'make[0].explode: there is no bom to explode by',
        'make[0].explode: the parts are those of the bom',
        'make[0].fields: product is missing',
        'make[0].fields.id: no column "slop"',
        'make[0].fields.colour: events have no such field',
        'make[0].fields.occurredAt.format: cannot read by "%b"',
        'make[0].fields.quantity.factor: "ten" is not a number',
        'make[0].fields.quantity.otherwise: there are no codes',
      ].map((problem) => `bonded.mapping_wrong ${problem}`),
    );
    expect(wrong({ colour: 'red' })).toHaveLength(1);
  });

  test('that nobody knows, or whose column the file lacks, is refused before a row is read', async () => {
    await expect(loadLedgerMapping('nobody')).rejects.toThrow('bonded.mapping_unknown');
    const file = await place.write('lacks.csv', 'Slip,At,WO,Part,Menge,Move\nS1,x,W1,A,1,261\n');
    await expect(readAll(file, issuesMapping())).rejects.toMatchObject({
      refusals: [{ code: 'pool.column_missing', path: 'qty' }],
    });
  });
});
