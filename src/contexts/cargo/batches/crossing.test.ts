// What passes gates counts, comes back, falls due: on a real PostgreSQL.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { enterprise } from './fixtures.ts';
import { takeCrossings } from './service/crossings.ts';
import { createStory, refusal } from './story.ts';

const story = createStory();
const { balance, cross, deps, detail, draw, opened } = story;
beforeAll(story.open);
afterAll(story.close);

describe('crossing', () => {
  test('what passed counts once, part by part, and the parts add up to the bill', async () => {
    const id = await opened();
    const bill = `${id}-S1`;
    await story.batches.stockBills.issueOne(enterprise, {
      id: bill,
      application: id,
      lines: [{ lineNo: 1, quantity: '10', netMassKg: '10', grossMassKg: '11', packages: 4 }],
    });
    const first = await cross(bill, '3');
    await inTransaction(story.db, (tx) => takeCrossings(deps(), tx, [first, first]));
    expect(await balance(id)).toMatchObject({ reserved: '7', crossed: '3' });
    expect((await story.batches.reads.bill(enterprise, bill)).status).toBe('passing');
    await cross(bill, '3');
    await cross(bill, '4');
    expect((await story.batches.reads.bill(enterprise, bill)).status).toBe('passed');
    const { rows } = await story.batches.reads.movements(enterprise, id, { limit: 100 });
    expect(rows.map((row) => Number(row.grossMassKg)).reduce((a, b) => a + b)).toBe(11);
    expect(rows.map((row) => row.packages).reduce((a, b) => a + b)).toBe(4);
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '10', declared: '0' });
  });

  test('more than the bill is no part of it, and is a case', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '10');
    await cross(`${id}-S1`, '12');
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '10' });
    const { rows } = await casesAbout(`stock-bill:${id}-S1`);
    expect(rows).toHaveLength(1);
  });

  test('what comes back frees the cap, on the day of what it reverses', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '40');
    await cross(`${id}-S1`, '40', '2026-07-02T02:00:00.000Z');
    expect(await refusal(draw(id, `${id}-R0`, '41', 'return'))).toBe('cargo.batch_over_return');
    await draw(id, `${id}-R1`, '15', 'return');
    expect((await story.batches.reads.bill(enterprise, `${id}-R1`)).direction).toBe('in');
    await cross(`${id}-R1`, '15', '2026-08-03T02:00:00.000Z');
    expect(await balance(id)).toMatchObject({ crossed: '25', remaining: '75' });
    const { rows } = await story.batches.reads.movements(enterprise, id, { limit: 100 });
    expect(rows.map(({ quantity, countsOn }) => [quantity, countsOn])).toEqual([
      ['-15', '2026-07-02'],
      ['40', '2026-07-02'],
    ]);
  });

  test('a bill that is cancelled gives back what has not passed', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '40');
    await cross(`${id}-S1`, '10');
    const cancelled = await story.batches.stockBills.cancel(enterprise, `${id}-S1`, {
      note: '取消',
    });
    expect(cancelled.status).toBe('cancelled');
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '10', remaining: '90' });
    await cross(`${id}-S1`, '5');
    expect(await balance(id)).toMatchObject({ crossed: '10' });
    expect((await casesAbout(`stock-bill:${id}-S1`)).rows).toHaveLength(1);
  });
});

describe('days', () => {
  test('warn, suspend, expire; any day may be told again', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '40');
    await cross(`${id}-S1`, '40', '2026-07-02T02:00:00.000Z');
    expect((await detail(id)).openMonths).toMatchObject([
      { month: '2026-07', movements: 1, dueOn: '2026-08-31', state: 'running' },
    ]);
    await story.batches.tick('2026-08-27');
    expect(await kindsOf(id)).not.toContain('cargo.batchDueSoon');
    await story.batches.tick('2026-08-28');
    await story.batches.tick('2026-08-29');
    await story.batches.tick('2026-08-31');
    expect(await kindsOf(id)).toEqual([
      'cargo.batchApplied',
      'cargo.batchApproved',
      'cargo.batchDueSoon',
    ]);
    await story.batches.tick('2026-09-01');
    await story.batches.tick('2026-09-01');
    expect((await detail(id)).batch).toMatchObject({ status: 'suspended' });
    expect(await refusal(draw(id, `${id}-S2`, '1'))).toBe('cargo.batch_suspended');
    await story.batches.tick('2027-01-01');
    expect((await detail(id)).batch).toMatchObject({ status: 'expired' });
    expect(await refusal(story.batches.applications.close(enterprise, id, { note: 'x' }))).toBe(
      'cargo.batch_undeclared_left',
    );
  });

  test('an application that is over and has nothing left closes by itself', async () => {
    const id = await opened();
    await story.batches.tick('2027-01-01');
    expect((await detail(id)).batch).toMatchObject({ status: 'closed' });
  });
});

const kindsOf = async (id: string) => (await detail(id)).timeline.map(({ kind }) => kind);

async function casesAbout(about: string): Promise<{ rows: unknown[] }> {
  return sql`select 1 from cases.item where about = ${about}`.execute(story.db);
}
