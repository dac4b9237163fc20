import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { LedgerInput } from '../../src/contexts/bonded/contract.ts';
import { createBook } from '../../src/contexts/bonded/engine/book.ts';
import type { Movement } from '../../src/contexts/bonded/engine/entry.ts';
import type { Factory } from './factory.ts';

/** Orders to a transaction: as many as our own rounds hold at most. */
const ORDERS_AT_ONCE = 200;

/** What a plain ledger writes of some orders: a row for each movement, and what that changes of balances. */
export interface CopyBatch {
  readonly rows: string;
  readonly deltas: readonly (readonly [part: number, place: number, quantity: number])[];
}

const TABLES = `
  drop schema if exists copy_ledger cascade;
  create schema copy_ledger;
  create table copy_ledger.movement (
    number bigint primary key,
    event text not null,
    order_no text not null,
    occurred_at timestamptz not null,
    part integer not null,
    lot integer not null,
    from_place smallint not null,
    to_place smallint not null,
    quantity bigint not null);
  create index movement_by_order on copy_ledger.movement (order_no);
  create table copy_ledger.balance (
    part integer, place smallint, quantity bigint not null, primary key (part, place));`;

/**
 * Batches made beforehand: this ledger is handed lots and movements by our own engine, and neither reads a file nor
 * decides anything. What is measured is writing them down in PostgreSQL, durably.
 */
export function makeBatches(factory: Factory, orders: number): CopyBatch[] {
  const book = createBook({
    ledger: LedgerInput.parse({
      ...{ id: 'COPY', enterprise: 'C', name: 'C', office: '2218', mode: 'workOrder' },
      opensOn: '2026-01-01',
    }),
    parts: factory.parts,
    normOf: () => null,
  });
  const received = { recordedAt: '2026-12-01T00:00:00.000Z', actor: 'copy' };
  for (const event of factory.supplies(orders)) book.post(event, received, {});
  const batches: CopyBatch[] = [];
  let number = 0;
  for (let first = 0; first < orders; first += ORDERS_AT_ONCE) {
    const rows: string[] = [];
    const deltas = new Map<string, [number, number, number]>();
    const add = (part: number, place: number, quantity: number): void => {
      const key = `${part}@${place}`;
      const known = deltas.get(key);
      if (known) known[2] += quantity;
      else deltas.set(key, [part, place, quantity]);
    };
    for (let order = first; order < Math.min(first + ORDERS_AT_ONCE, orders); order += 1)
      for (const event of factory.order(order))
        for (const entry of book.post(event, received, {}))
          for (const movement of entry.movements) {
            number += 1;
            rows.push(rowOf(number, entry.event, entry.order ?? '', entry.occurredAt, movement));
            add(movement.part, movement.from, -movement.quantity);
            add(movement.part, movement.to, movement.quantity);
          }
    batches.push({ rows: rows.join(''), deltas: [...deltas.values()] });
  }
  return batches;
}

const rowOf = (
  number: number,
  event: string,
  order: string,
  occurredAt: string,
  { part, lot, from, to, quantity }: Movement,
): string => `${[number, event, order, occurredAt, part, lot, from, to, quantity].join('\t')}\n`;

export async function prepareCopyLedger(pool: pg.Pool): Promise<void> {
  await pool.query(TABLES);
}

/** Writes every batch in a transaction of its own: the rows by COPY, then all its balances by one statement. */
export async function writeBatches(pool: pg.Pool, batches: readonly CopyBatch[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { rows, deltas } of batches) {
      await client.query('begin');
      await pipeline(
        Readable.from([rows]),
        client.query(copyFrom('copy copy_ledger.movement from stdin')),
      );
      await client.query(
        `insert into copy_ledger.balance as b (part, place, quantity)
         select * from unnest($1::integer[], $2::smallint[], $3::bigint[])
         on conflict (part, place) do update set quantity = b.quantity + excluded.quantity`,
        [0, 1, 2].map((column) => deltas.map((delta) => delta[column])),
      );
      await client.query('commit');
    }
  } finally {
    client.release();
  }
}
