// What declarations take of a bill, on a real PostgreSQL: never more than there is, whoever asks at the
// same time, and not before its manifest is in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { manifestAnswersOf } from './answers.ts';
import { giveBackClaim } from './claims.ts';
import { bill, carrier, claim, envelope, openQuay, type Quay, voyage } from './fixtures.ts';

let database: TestDatabase;
let quay: Quay;
beforeAll(async () => {
  database = await testDatabase();
  quay = openQuay(database.db);
});
afterAll(() => database.drop());

describe('claims on a bill', () => {
  test('never exceed it: a bill declared twice is refused with both shown', async () => {
    const number = await quay.manifested();
    const first = quay.next('D');
    await quay.declare(claim(first, number, 7, '700'));
    const [refused] = await quay.declare(claim(quay.next('D'), number, 4, '350'));
    expect(refused?.problems).toMatchObject([
      {
        code: 'cargo.bill_over_claimed',
        params: { packagesLeft: 3, grossMassLeftKg: '350', others: first },
      },
    ]);
    const [fits] = await quay.declare(claim(quay.next('D'), ` ${number.toLowerCase()} `, 3, '350'));
    expect(fits).toMatchObject({ problems: [], requirement: { metAt: expect.any(String) } });
  });

  test('of one group are counted down together, and so are two groups at once', async () => {
    const number = await quay.manifested();
    const group = await quay.declare(
      claim(quay.next('D'), number, 6, '500'),
      claim(quay.next('D'), number, 6, '500'),
    );
    expect(group.map((answer) => answer?.problems.length)).toEqual([0, 1]);
    const rival = await quay.manifested();
    const both = await Promise.all([
      quay.declare(claim(quay.next('D'), rival, 6, '500')),
      quay.declare(claim(quay.next('D'), rival, 6, '500')),
    ]);
    expect(
      both
        .flat()
        .map((answer) => answer?.problems.length)
        .sort(),
    ).toEqual([0, 1]);
  });

  test('replace what the same declaration claimed; giving back frees it for others', async () => {
    const number = await quay.manifested();
    const [mine, other] = [quay.next('D'), quay.next('D')];
    await quay.declare(claim(mine, number, 10, '1050'));
    await quay.declare(claim(mine, number, 4, '400'));
    await quay.declare(claim(other, number, 6, '650'));
    await inTransaction(database.db, (tx) => giveBackClaim(tx, mine, envelope()));
    expect((await quay.detail(number)).left).toEqual({ packages: 4, grossMassKg: '400' });
    await inTransaction(database.db, (tx) => giveBackClaim(tx, mine, envelope()));
    expect((await quay.detail(number)).left).toEqual({ packages: 4, grossMassKg: '400' });
  });

  test('of a quantity not stated yet take all that is left', async () => {
    const number = await quay.manifested();
    await quay.declare(claim(quay.next('D'), number, null, null));
    expect((await quay.detail(number)).left).toEqual({ packages: 0, grossMassKg: '0' });
  });

  test('without a bill ask nothing', async () => {
    const [answer] = await quay.declare({
      ...claim(quay.next('D'), '', 1, '1'),
      transportDocNo: null,
    });
    expect(answer).toMatchObject({ requirement: null, problems: [] });
  });

  test('wait for a manifest that is not in; when it comes the oldest that agree are matched', async () => {
    const number = quay.next('COSU');
    const [early, late] = [quay.next('D'), quay.next('D')];
    const [waiting] = await quay.declare(claim(early, number, 8, '800'));
    expect(waiting?.requirement).toMatchObject({ kind: 'manifestMatched', metAt: null });
    quay.clock.set('2026-07-02T02:00:00.000Z');
    await quay.declare(claim(late, number, 8, '800'));
    const answer = await quay.manifests.file(carrier, voyage(quay.next('M'), [bill(number)]));
    expect(answer.bills).toMatchObject([{ number, matched: [early], cases: [`${number}-C1`] }]);
    const events = await readStream(database.db, `bill:${number}`);
    expect(events.flatMap(manifestAnswersOf)).toMatchObject([
      { declaration: early, condition: 'manifestMatched' },
    ]);

    // The first is cancelled: what it gives back goes to the one that waits.
    await inTransaction(database.db, (tx) => giveBackClaim(tx, early, envelope(quay.clock.now())));
    const after = await readStream(database.db, `bill:${number}`);
    expect(after.flatMap(manifestAnswersOf).map(({ declaration }) => declaration)).toEqual([
      early,
      late,
    ]);
  });

  test('filed while the manifest comes in are matched, whoever is first', async () => {
    for (let round = 0; round < 12; round += 1) {
      const [number, id] = [quay.next('COSU'), quay.next('D')];
      const [[asked]] = await Promise.all([
        quay.declare(claim(id, number, 10, '1050')),
        quay.manifests.file(carrier, voyage(quay.next('M'), [bill(number)])),
      ]);
      const { bill: now } = await quay.detail(number);
      expect(now.claims).toMatchObject([{ declaration: id, status: 'matched' }]);
      const events = await readStream(database.db, `bill:${number}`);
      const told = events.flatMap(manifestAnswersOf).length;
      expect(told).toBe(asked?.requirement?.metAt ? 0 : 1);
    }
  });
});
