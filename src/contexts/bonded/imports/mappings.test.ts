// The mappings that are shipped: each is sound, and reads a file of the shape it was made for.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testFolder } from '../../../platform/testing.ts';
import { csvLine } from '../../pool/index.ts';
import { readEntries } from './entries.ts';
import { openBills } from './explosion.ts';
import { loadLedgerMapping, shippedLedgerMappings } from './mapping.ts';
import type { EntryTarget } from './targets.ts';
import { readAll } from './testing.ts';

let place: Awaited<ReturnType<typeof testFolder>>;
beforeAll(async () => {
  place = await testFolder();
});
afterAll(() => place.remove());

test('are sound, and called as their files are', async () => {
  const names = await shippedLedgerMappings();
  expect(names).toContain('sap-mb51');
  const loaded = await Promise.all(names.map(loadLedgerMapping));
  expect(loaded.map(({ name }) => name)).toEqual(names);
});

const table = (name: string, rows: readonly (readonly string[])[]) =>
  place.write(name, rows.map(csvLine).join(''));

test('goods movements of SAP', async () => {
  const head =
    'MBLNR,MJAHR,ZEILE,BWART,KZBEW,MATNR,ERFMG,ERFME,CHARG,AUFNR,BUDAT,CPUTM,SMBLN,SJAHR,SMBLP';
  const row = (text: string): string[] => text.split('|');
  const file = await table('mb51.csv', [
    head.split(','),
    row(
      '4900000001|2026|1|261||000000000000004711|1,200.5-|KG|B7|000001000001|02.07.2026|08:15:00|||',
    ),
    row('4900000001|2026|2|262||4712|3|ST||1000001|02.07.2026|08:15:00|||'),
    row('5000000001|2026|1|101|F|P-1|40|ST|L1|1000001|02.07.2026|16:00:00|||'),
    row('5000000002|2026|1|101|B|4711|40|KG|||02.07.2026|16:00:00|||'),
    row('4900000002|2026|1|102|F|P-1|40-|ST||1000001|02.07.2026|17:00:00|5000000001|2026|1'),
    row('4900000003|2026|1|102|F|P-1|40-|ST||1000001|02.07.2026|17:00:00|||'),
    row('4900000004|2026|1|561||4711|1|KG|||02.07.2026|17:00:00|||'),
  ]);
  const { events, refused, passedOver } = await readAll(file, await loadLedgerMapping('sap-mb51'));
  expect(passedOver).toBe(1);
  expect(events.map(({ id, kind, reverses }) => [id, kind, reverses])).toEqual([
    ['4900000001-2026-1', 'issued', undefined],
    ['4900000001-2026-2', 'returned', undefined],
    ['5000000001-2026-1', 'received', undefined],
    ['4900000002-2026-1', 'reversed', '5000000001-2026-1'],
  ]);
  expect(events[0]).toMatchObject({
    ...{ order: '1000001', occurredAt: '2026-07-02T00:15:00.000Z', document: '4900000001-2026' },
    lines: [{ part: '4711', quantity: '1200.5', unit: 'kg', lot: 'B7', bonded: true }],
  });
  expect(refused.map(({ line, column, code }) => [line, column, code])).toEqual([
    [7, 'SMBLN + SJAHR + SMBLP', 'bonded.import_value_missing'],
    [8, 'BWART + KZBEW', 'bonded.import_unknown_code'],
  ]);
});

test('production orders of SAP', async () => {
  const file = await table('coois.csv', [
    ['AUFNR', 'MATNR', 'GAMNG', 'FTRMI', 'GETRI'],
    ['000001000001', '0000000815', '1,000', '01.07.2026', '03.07.2026'],
    ['1000002', '815', '5', '02.07.2026', ''],
    ['1000003', '815', '5', '', ''],
  ]);
  const { events, passedOver } = await readAll(file, await loadLedgerMapping('sap-coois'));
  expect(passedOver).toBe(1);
  expect(
    events.map(({ kind, order, product, planned }) => [kind, order, product, planned]),
  ).toEqual([
    ['orderOpened', '1000001', '815', '1000'],
    ['orderClosed', '1000001', undefined, undefined],
    ['orderOpened', '1000002', '815', '5'],
  ]);
});

test('the flat form of this project: events, parts and consumption', async () => {
  const file = await table('events.csv', [
    [
      'id',
      'kind',
      'occurredAt',
      'order',
      'product',
      'planned',
      'part',
      'quantity',
      'unit',
      'conversion',
      'bonded',
      'reverses',
    ],
    ['E1', 'orderOpened', '2026-07-01T00:00:00Z', 'W1', 'P', '5', '', '', '', '', '', ''],
    ['E2', 'issued', '2026-07-01T01:00:00Z', 'W1', '', '', 'A', '1500', 'g', '0.001', '', ''],
    ['E2', 'issued', '2026-07-01T01:00:00Z', 'W1', '', '', 'D', '2', '', '', '否', ''],
    ['E3', 'reversed', '2026-07-01T02:00:00Z', '', '', '', '', '', '', '', '', 'E2'],
    ['E4', 'melted', '2026-07-01T02:00:00Z', 'W1', '', '', 'A', '1', '', '', '', ''],
  ]);
  const { events, refused } = await readAll(file, await loadLedgerMapping('jianghai'));
  expect(events.map(({ line: _, ...event }) => event)).toEqual([
    {
      ...{ id: 'E1', kind: 'orderOpened', occurredAt: '2026-07-01T00:00:00.000Z' },
      ...{ order: 'W1', product: 'P', planned: '5', lines: [] },
    },
    {
      ...{ id: 'E2', kind: 'issued', occurredAt: '2026-07-01T01:00:00.000Z', order: 'W1' },
      lines: [
        { part: 'A', quantity: '1500', unit: 'g', conversion: '0.001', bonded: true },
        { part: 'D', quantity: '2', bonded: false },
      ],
    },
    {
      ...{ id: 'E3', kind: 'reversed', occurredAt: '2026-07-01T02:00:00.000Z' },
      ...{ reverses: 'E2', lines: [] },
    },
  ]);
  expect(refused.map(({ line, column, seen }) => [line, column, seen])).toEqual([
    [6, 'kind', 'melted'],
  ]);

  const parts = await table('parts.csv', [
    ['part', 'kind', 'unit', 'hsCode'],
    ['A', 'material', 'kg', '8482102000'],
    ['B', 'thing', 'kg', '84'],
  ]);
  const [batch] = await entriesOf(parts, 'jianghai-parts', 'parts');
  expect(batch?.entries.map(({ line, value }) => [line, value.part, value.hsCode])).toEqual([
    [2, 'A', '8482102000'],
  ]);
  expect(batch?.refused.map(({ line, column }) => [line, column])).toEqual([
    [3, 'kind'],
    [3, 'hsCode'],
  ]);

  const consumption = await table('consumption.csv', [
    ['product', 'version', 'part', 'net', 'from', 'to'],
    ['P', '1', 'A', '0.25', '2026-07-01', ''],
    ['P', '1', 'B', '-1', '2026-07-01', ''],
  ]);
  const [lines] = await entriesOf(consumption, 'jianghai-consumption', 'consumption');
  expect(lines?.entries.map(({ value }) => [value.part, value.net, value.to])).toEqual([
    ['A', '0.25', null],
  ]);
  expect(lines?.refused.map(({ line, column }) => [line, column])).toEqual([[3, 'net']]);
});

async function entriesOf<I extends EntryTarget>(file: string, mapping: string, into: I) {
  const batches = [];
  for await (const batch of readEntries(file, await loadLedgerMapping(mapping), into))
    batches.push(batch);
  return batches;
}

test('work orders of AdventureWorks, exploded by the bill of their day', async () => {
  const file = await table('WorkOrder.csv', [
    'WorkOrderID,ProductID,OrderQty,StockedQty,ScrappedQty,StartDate,EndDate,DueDate,ScrapReasonID,ModifiedDate'.split(
      ',',
    ),
    '1,722,8,6,2,03-06-2011,13-06-2011,14-06-2011,7,13-06-2011'.split(','),
    '2,999,1,1,0,03-06-2011,13-06-2011,14-06-2011,,13-06-2011'.split(','),
  ]);
  const bill = (text: string) => `${text.split('|').join('\t')}\n`;
  await place.write(
    'BillOfMaterials.csv',
    [
      '1|722|324|2010-01-01 00:00:00||EA |1|2.00|2010-01-01 00:00:00',
      '2|722|325|2010-01-01 00:00:00|2011-06-02 00:00:00|EA |1|9.00|2010-01-01 00:00:00',
      '3||722|2010-01-01 00:00:00||EA |0|1.00|2010-01-01 00:00:00',
    ]
      .map(bill)
      .join(''),
  );
  const mapping = await loadLedgerMapping('adventureworks');
  const { events, refused } = await readAll(file, mapping, await openBills(mapping, file));
  const shown = events.map(({ id, lines, document }) => [
    ...[id, lines.map(({ part, quantity }) => `${quantity}×${part}`).join(' '), document],
  ]);
  expect(shown).toEqual([
    ['WO-1-opened', '', undefined],
    ['WO-1-issued', '16×324', undefined],
    ['WO-1-scrapped', '4×324', 'ScrapReason 7'],
    ['WO-1-received', '6×722', undefined],
    ['WO-1-closed', '', undefined],
  ]);
  expect(refused.map(({ line, code, params }) => [line, code, params?.on])).toEqual([
    [3, 'bonded.import_no_bom', '2011-06-03'],
  ]);
  await expect(openBills(mapping, '/nowhere/WorkOrder.csv')).rejects.toThrow(
    'bonded.import_no_bom_file',
  );
});

const DATA = '../shared/data/bonded/adventureworks';
describe.skipIf(!existsSync(DATA))('the data of AdventureWorks', () => {
  test('every work order, every line of its bill, every scrapped unit', async () => {
    const file = `${DATA}/WorkOrder.csv`;
    const mapping = await loadLedgerMapping('adventureworks');
    const { events, refused, rows } = await readAll(file, mapping, await openBills(mapping, file));
    const counts: Record<string, number> = {};
    const lines: Record<string, number> = {};
    for (const { kind, lines: own } of events) {
      counts[kind] = (counts[kind] ?? 0) + 1;
      lines[kind] = (lines[kind] ?? 0) + own.length;
    }
    expect([rows, refused.length]).toEqual([65_535, 0]);
    expect(counts).toMatchObject({ orderOpened: 65_535, orderClosed: 65_535, scrapped: 634 });
    expect(lines.issued).toBe(411_011);
  }, 120_000);

  test('its parts, bills, stock and purchases', async () => {
    const [parts] = await entriesOf(
      `${DATA}/original-dates/Product.csv`,
      'adventureworks-parts',
      'parts',
    );
    expect(parts?.entries).toHaveLength(504);
    const [bills] = await entriesOf(
      `${DATA}/original-dates/BillOfMaterials.csv`,
      'adventureworks-bom',
      'consumption',
    );
    expect([bills?.entries.length, bills?.passedOver]).toEqual([2576, 103]);
    const units = new Map(parts?.entries.map(({ value }) => [value.part, value.unit]));
    expect(bills?.entries.filter(({ value }) => !units.has(value.part))).toEqual([]);
    const stock = await readAll(
      `${DATA}/original-dates/ProductInventory.csv`,
      await loadLedgerMapping('adventureworks-stock'),
    );
    expect([stock.events.length, stock.passedOver]).toEqual([1065, 4]);
    const bought = await readAll(
      `${DATA}/original-dates/PurchaseOrderDetail.csv`,
      await loadLedgerMapping('adventureworks-purchases'),
    );
    expect([bought.events.length, bought.passedOver]).toEqual([8704, 141]);
  });
});
