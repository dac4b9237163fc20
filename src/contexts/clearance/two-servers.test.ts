// Two servers on one store are told the same at the same moment: what one of them does, the other finds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { readStream } from '../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import type { Actor } from '../identity/index.ts';
import { createEngine, createHistory, loadPolicy } from '../risk/index.ts';
import { BROKER, content } from './fixtures.ts';
import { type Clearance, createClearance } from './service/index.ts';

const ROUNDS = 10;

let database: TestDatabase;
let servers: readonly Clearance[];
beforeAll(async () => {
  database = await testDatabase();
  servers = [serve(), serve()];
});
afterAll(() => database.drop());

const serve = (): Clearance =>
  createClearance({
    db: database.db,
    clock: createManualClock('2026-07-02T01:00:00.000Z'),
    engine: createEngine({ policy: loadPolicy(), seed: 's' }),
    history: createHistory(),
    inForce: () => true,
    gradeOn: () => 'certified',
    notComputed: new Set(),
    committed: () => undefined,
  });

const broker: Actor = {
  ...{ personId: 'broker', name: 'broker', postId: 'broker-post', organisationId: BROKER },
  ...{ roles: ['declarant'], offices: [], mayBackdate: false, via: 'session' },
};

let n = 0;
const newId = (): string => `S-${++n}`;
const kindsOf = async (id: string): Promise<string[]> =>
  (await readStream(database.db, `declaration:${id}`)).map(({ kind }) => kind);

test('a filing is filed by one of them and found by the other', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const filing = { id: newId(), content: content() };
    const answers = await Promise.all(
      servers.map(({ filings }) => filings.fileOne(broker, filing)),
    );
    expect(answers.map(({ repeated }) => repeated).toSorted()).toEqual([false, true]);
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    const kinds = await kindsOf(filing.id);
    expect(kinds.filter((kind) => kind === 'clearance.submitted')).toHaveLength(1);
  }
});

test('an id that is used for different goods is the declaration of one of them', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = newId();
    const answers = await Promise.allSettled(
      servers.map(({ filings }, server) =>
        filings.fileOne(broker, { id, content: content({ grossMassKg: String(900 + server) }) }),
      ),
    );
    const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toMatchObject([
      { kind: 'conflict', refusals: [{ code: 'clearance.id_has_other_content' }] },
    ]);
  }
});

test('drafts are kept both, one after the other', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = newId();
    await Promise.all(servers.map(({ acts }) => acts.saveDraft(broker, id, content())));
    expect(await kindsOf(id)).toEqual(['clearance.drafted', 'clearance.drafted']);
  }
});
