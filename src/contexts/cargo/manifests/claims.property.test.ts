// Whatever is claimed, given back, amended, split, merged and tallied, in whatever order: no bill is ever
// exceeded, houses add up to their master, and the row is what the events say.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { createEngine, loadPolicy } from '../../risk/index.ts';
import { fold } from './bill.ts';
import { giveBackClaim, prepareClaims, recordClaims } from './claims.ts';
import { BillContent } from './contract.ts';
import type { BillEvent } from './events.ts';
import { bill, carrier, claim, envelope, officer, terminal, voyage } from './fixtures.ts';
import { createManifests, type Manifests } from './service/index.ts';
import { capacityOf, covers, takenOf } from './settle.ts';
import { toRow } from './store/bills.ts';

let database: TestDatabase;
let manifests: Manifests;
const clock = createManualClock('2026-07-02T01:00:00.000Z');

beforeAll(async () => {
  database = await testDatabase();
  manifests = createManifests({
    db: database.db,
    clock,
    engine: createEngine({ policy: loadPolicy(), seed: 's' }),
    inForce: () => true,
    committed: () => undefined,
  });
});
afterAll(() => database.drop());

const quantity = fc.record({
  packages: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 8 }),
  mass: fc.integer({ min: 1, max: 1400 }),
});
const where = fc.constantFrom('', '*H1', '*H2');
const who = fc.constantFrom('A', 'B', 'C', 'D');
const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const), who, where, quantity }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('giveBack' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('amend' as const), quantity }) },
  fc.record({ do: fc.constant('split' as const), first: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('manifest' as const), quantity }),
  fc.record({ do: fc.constant('delete' as const) }),
  fc.record({ do: fc.constant('tally' as const), quantity }),
  fc.record({ do: fc.constant('approve' as const), approve: fc.boolean() }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

let run = 0;
const said = (given: { packages: number | null; mass: number }) => ({
  packages: given.packages ?? 1,
  grossMassKg: String(given.mass),
});

async function perform(number: string, step: number, given: Command): Promise<unknown> {
  const { acts } = manifests;
  const reason = '试';
  const content = (changes: object) => BillContent.parse(bill(number, changes));
  switch (given.do) {
    case 'claim':
      return inTransaction(database.db, async (tx) => {
        const { packages, mass } = given.quantity;
        const id = `${number}-${given.who}`;
        const request = claim(id, number + given.where, packages, String(mass));
        const answer = (await prepareClaims(tx, [request])).get(id);
        if (!answer || answer.problems.length > 0) return;
        await recordClaims(tx, [{ request, kept: answer.kept, envelope: envelope() }]);
      });
    case 'giveBack':
      return inTransaction(database.db, (tx) =>
        giveBackClaim(tx, `${number}-${given.who}`, envelope()),
      );
    case 'amend':
      return acts.amend(carrier, number, { content: content(said(given.quantity)), reason });
    case 'split': {
      const { bill: now } = await manifests.reads.detail(officer, number);
      const packages = now.content?.packages ?? 0;
      const mass = Number(now.content?.grossMassKg ?? 0);
      const houses = content({
        houses: [
          bill('H1', { packages: given.first, grossMassKg: String(given.first) }),
          bill('H2', {
            packages: packages - given.first,
            grossMassKg: String(mass - given.first),
          }),
        ],
      }).houses;
      return acts.split(carrier, number, { houses, reason });
    }
    case 'manifest':
      return manifests.file(
        carrier,
        voyage(`${number}-${step}`, [bill(number, said(given.quantity))]),
      );
    case 'delete':
      return acts.delete(carrier, number, { reason });
    case 'tally':
      return manifests.file(terminal, {
        ...{ kind: 'tally', id: `${number}-${step}`, premises: '外四期' },
        bills: [{ number, ...said(given.quantity) }],
      });
    case 'approve':
      return acts.answerChange(officer, number, { approve: given.approve, note: '' });
  }
}

/** Every bill of the story, from its events and from its row. */
async function ensureSound(number: string): Promise<void> {
  for (const name of [number, `${number}*H1`, `${number}*H2`]) {
    const state = fold(name, (await readStream(database.db, `bill:${name}`)) as BillEvent[]);
    const capacity = capacityOf(state);
    if (capacity) expect(covers(capacity, takenOf(state.claims))).toBe(true);
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(bill) as row from cargo.bill where number = ${name}
    `.execute(database.db);
    if (state.version === 0) continue;
    const { manifested_at, arrived_at, stage_at, task_since, ...wanted } = toRow(state);
    const exact = JSON.parse(JSON.stringify(wanted), (key, value) =>
      key.endsWith('_kg') && value !== null ? Number(value) : value,
    );
    expect(rows[0]?.row).toMatchObject(exact);
    const { rows: claims } = await sql<{ n: number }>`
      select count(*)::int as n from cargo.claim where bill = ${name}
    `.execute(database.db);
    expect(claims[0]?.n).toBe(state.claims.length);
  }
}

test('no sequence of acts exceeds a bill', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 3, maxLength: 12 }), async (commands) => {
      const number = `P${++run}`;
      const start: Command = { do: 'manifest', quantity: { packages: 10, mass: 1000 } };
      for (const [step, given] of [start, ...commands].entries()) {
        await perform(number, step, given).catch((error: unknown) => {
          if (!(error instanceof Refused)) throw error;
        });
        await ensureSound(number);
      }
    }),
    { numRuns: 25, seed: 4 },
  );
});
