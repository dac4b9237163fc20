// Passports on a real PostgreSQL: applied for, approved by the record, held to their papers, used once.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { streamOf } from './events.ts';
import { ENVELOPE, FIRM, minutes, NOW } from './fixtures.ts';
import { billPapers } from './store/bills.ts';
import {
  actor,
  codesOf,
  firm,
  numberOf,
  officer,
  openWorld,
  part,
  terminal,
  type World,
} from './testing.ts';

const released = (declaration: string) => ({
  id: `release:${declaration}-R1@1`,
  stream: `release:${declaration}-R1`,
  seq: 1,
  kind: 'cargo.releaseNotified',
  envelope: ENVELOPE,
  payload: { notice: { declaration, bill: null } },
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.database.drop());

/** Sessions of this port that wait for a lock of another. */
async function sessionsAtLocks(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
  `.execute(world.database.db);
  return rows[0]?.n ?? 0;
}

test('an ordinary lorry: applied, approved by the record, through the gate, and the list is complete', async () => {
  const no = await world.list();
  const own = await world.vehicle();
  const applied = await world.gates.applications.apply(firm, world.lorry(no, own));
  expect(applied).toMatchObject({ outcome: 'approved', state: 'approved', repeated: false });
  expect(applied.number).toMatch(/^Z2218E260702\d{12}$/);

  const answer = await world.gates.readAtGate(
    terminal,
    world.at(own, { weighing: { kg: '15020' } }),
  );
  expect(answer).toMatchObject({ verdict: 'open', completed: true, passport: applied.number });
  expect(await world.kindsOf(numberOf(applied))).toEqual([
    'passportApplied',
    'passportApproved',
    'crossed',
    'passportCompleted',
  ]);
  const events = await readStream(world.database.db, streamOf(numberOf(applied)));
  expect(events.at(-1)?.payload).toEqual({
    passport: applied.number,
    papers: [{ kind: 'list', no, lines: [{ lineNo: 1, quantity: '1000' }], isComplete: true }],
  });
  const { passport, papers, readings } = await world.gates.reads.detail(firm, numberOf(applied));
  expect(passport).toMatchObject({ state: 'crossed', completedAt: NOW });
  expect(papers[0]?.lines[0]).toMatchObject({ quantity: '1000', claimed: '1000', crossed: '1000' });
  expect(readings).toHaveLength(1);
});

describe('one list, many vehicles', () => {
  test('together they never carry more than the list', async () => {
    const no = await world.list('1000');
    const own = await Promise.all(Array.from({ length: 5 }, () => world.vehicle()));
    const answers = await Promise.all(
      own.map((each) =>
        world.gates.applications.apply(firm, world.lorry(no, each, part(no, '300'))),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome === 'approved')).toHaveLength(3);
    const pending = answers.filter(({ outcome }) => outcome === 'pending');
    const [quantity] = pending.map(({ conditions }) =>
      conditions.find(({ kind }) => kind === 'quantityWithin'),
    );
    expect(quantity?.reasons).toMatchObject([
      { code: 'cargo.over_the_paper', seen: '300', params: { left: '100' } },
    ]);
  });

  test('however many apply on it at once, none waits in the database for another', async () => {
    const no = await world.list('1000');
    const own = await Promise.all(Array.from({ length: 24 }, () => world.vehicle()));
    let isOver = false;
    const watching = (async () => {
      let most = 0;
      while (!isOver) most = Math.max(most, await sessionsAtLocks());
      return most;
    })();
    const answers = await Promise.all(
      own.map((each) =>
        world.gates.applications.apply(firm, world.lorry(no, each, part(no, '50'))),
      ),
    );
    isOver = true;
    expect(answers.filter(({ outcome }) => outcome === 'approved')).toHaveLength(20);
    expect(await watching).toBe(0);
  });

  test('a cancelled part is given back, and whoever waited for it is approved', async () => {
    const no = await world.list('1000');
    const [a, b] = [await world.vehicle(), await world.vehicle()];
    const first = await world.gates.applications.apply(firm, world.lorry(no, a, part(no, '800')));
    const second = await world.gates.applications.apply(firm, world.lorry(no, b, part(no, '800')));
    expect(second.outcome).toBe('pending');
    await world.gates.applications.cancel(firm, numberOf(first), { note: '改期' });
    const { passport } = await world.gates.reads.detail(firm, numberOf(second));
    expect(passport.state).toBe('approved');
  });

  test('an expired part is given back to the next application', async () => {
    const no = await world.list('1000');
    const [a, b] = [await world.vehicle(), await world.vehicle()];
    const first = await world.gates.applications.apply(firm, world.lorry(no, a, part(no, '800')));
    world.clock.set(minutes(9 * 24 * 60));
    const second = await world.gates.applications.apply(firm, world.lorry(no, b, part(no, '800')));
    world.clock.set(NOW);
    expect(second.outcome).toBe('approved');
    const { passport } = await world.gates.reads.detail(firm, numberOf(first));
    expect(passport).toMatchObject({ state: 'void', claims: [] });
  });

  test('the vehicle with the last of a list finds it complete, even when two come at once', async () => {
    const no = await world.list('1000');
    const own = [await world.vehicle(), await world.vehicle()];
    const applied = await Promise.all(
      own.map((each) =>
        world.gates.applications.apply(firm, world.lorry(no, each, part(no, '500'))),
      ),
    );
    await Promise.all(own.map((each) => world.gates.readAtGate(terminal, world.at(each))));
    const completed = await Promise.all(
      applied.map(async ({ number }) =>
        (await readStream(world.database.db, streamOf(number ?? ''))).at(-1),
      ),
    );
    const complete = completed.map(
      (event) =>
        (event?.payload as { papers: { isComplete: boolean }[] } | undefined)?.papers[0]
          ?.isComplete,
    );
    expect(complete.sort()).toEqual([false, true]);
  });

  test('a list is not told smaller than what its passports carry', async () => {
    const no = await world.list('1000');
    await world.gates.applications.apply(
      firm,
      world.lorry(no, await world.vehicle(), part(no, '800')),
    );
    const smaller = world.gates.applications.registerPaper(firm, {
      ...{ kind: 'list', no, organisation: FIRM, zone: 'waigaoqiao', direction: 'out' },
      lines: [{ lineNo: 1, description: '轴承', unit: '035', quantity: '799' }],
    });
    await expect(smaller).rejects.toMatchObject({
      refusals: [{ code: 'cargo.paper_below_passports' }],
    });
  });
});

test('one vehicle, many lists: all of them go whole', async () => {
  const nos = [await world.list('10'), await world.list('20')];
  const own = await world.vehicle();
  const papers = nos.map((no) => ({ kind: 'list' as const, no }));
  const answer = await world.gates.applications.apply(
    firm,
    world.lorry('', own, { binding: 'oneVehicleManyLists', papers }),
  );
  expect(answer.outcome).toBe('approved');
  const { passport } = await world.gates.reads.detail(firm, numberOf(answer));
  expect(passport.claims.map(({ quantity }) => quantity)).toEqual(['10', '20']);
});

describe('conditions', () => {
  test('without a release the passport waits; when the release comes it is approved, by nobody', async () => {
    const no = await world.list();
    world.unreleased.add(`list:${no}`);
    const answer = await world.gates.applications.apply(
      firm,
      world.lorry(no, await world.vehicle()),
    );
    expect(answer.outcome).toBe('pending');
    world.unreleased.delete(`list:${no}`);
    await world.gates.followWaitedFor([released(`D-${no}`)]);
    expect(await world.kindsOf(numberOf(answer))).toEqual([
      'passportApplied',
      'passportPending',
      'passportApproved',
    ]);
  });

  test('a release revoked after approval shuts the gate', async () => {
    const no = await world.list();
    const own = await world.vehicle();
    await world.gates.applications.apply(firm, world.lorry(no, own));
    world.unreleased.add(`list:${no}`);
    const answer = await world.gates.readAtGate(terminal, world.at(own));
    expect(answer.verdict).toBe('refuse');
    expect(codesOf(answer.reasons)).toEqual(['cargo.release_missing']);
  });

  test('a stranger’s lorry goes to the manual post; the officer passes it, another’s officer may not', async () => {
    const own = world.plate();
    const answer = await world.gates.applications.apply(firm, world.lorry(await world.list(), own));
    expect(answer.outcome).toBe('manualPost');
    const { passports: waiting } = await world.gates.reads.work(officer);
    expect(waiting.map(({ number }) => number)).toContain(answer.number);
    const said = { decision: 'pass', note: '行驶证相符' } as const;
    const stranger = actor('stranger', 'portOfficer', { offices: ['2248'] });
    const number = numberOf(answer);
    await expect(world.gates.officers.decidePassport(stranger, number, said)).rejects.toMatchObject(
      {
        kind: 'forbidden',
      },
    );
    const passed = await world.gates.officers.decidePassport(officer, number, said);
    expect(passed).toMatchObject({ state: 'approved', approval: 'pass' });
  });

  test('a vehicle has one open passport in one zone and direction', async () => {
    const own = await world.vehicle();
    await world.gates.applications.apply(firm, world.lorry(await world.list(), own));
    const second = await world.gates.applications.apply(firm, world.lorry(await world.list(), own));
    expect(second.outcome).toBe('pending');
    expect(second.conditions.flatMap(({ reasons }) => codesOf(reasons))).toEqual([
      'cargo.vehicle_has_passport',
    ]);
  });

  test('what is wrong as such is refused with everything at once, and stops no other', async () => {
    const bad = world.lorry('', await world.vehicle(), { papers: [], goodsGrossKg: '0' });
    const good = world.lorry(await world.list(), await world.vehicle());
    const [refused, approved] = await world.gates.applications.applyMany(firm, [bad, good]);
    expect(codesOf(refused?.problems ?? [])).toEqual([
      'cargo.papers_missing',
      'cargo.goods_weigh_nothing',
    ]);
    expect(approved?.outcome).toBe('approved');
  });
});

test('a list from abroad by its bill: enter first, declare later, into the airport zone', async () => {
  const no = world.next('BL');
  const zone = { zone: 'pudong-airport', direction: 'in' } as const;
  await world.gates.applications.registerPaper(firm, {
    ...{ kind: 'bill', no, organisation: FIRM, ...zone },
    lines: [{ lineNo: 1, description: '集成电路', unit: '件', quantity: '40' }],
  });
  const own = await world.vehicle();
  const answer = await world.gates.applications.apply(
    firm,
    world.lorry('', own, {
      ...zone,
      ...{ type: 'enterFirstDeclareLater', line: 'first', papers: [{ kind: 'bill', no }] },
    }),
  );
  expect(answer.outcome).toBe('approved');
  const entered = await world.gates.readAtGate(
    terminal,
    world.at(own, { gate: 'PVG-1', lane: 'in-1' }),
  );
  expect(entered).toMatchObject({ verdict: 'open', completed: true });
});

test('reading is for gates, passports for their own: others are refused', async () => {
  await expect(world.gates.readAtGate(firm, world.at(world.plate()))).rejects.toMatchObject({
    kind: 'forbidden',
  });
  const own = await world.vehicle();
  const applied = await world.gates.applications.apply(firm, world.lorry(await world.list(), own));
  const rival = actor('rival', 'declarant', { organisationId: 'RIVAL' });
  await expect(world.gates.reads.detail(rival, numberOf(applied))).rejects.toMatchObject({
    kind: 'forbidden',
  });
  const { rows } = await world.gates.reads.search(rival, { limit: 50 });
  expect(rows).toEqual([]);
  const mine = await world.gates.reads.search(firm, { limit: 2 });
  const more = await world.gates.reads.search(firm, { limit: 2, cursor: mine.next ?? '' });
  expect(mine.rows.map(({ number }) => number)).not.toEqual(more.rows.map(({ number }) => number));
});

test('a bill of lading says by itself what may pass under it, and who may carry it', async () => {
  const { db } = world.database;
  await sql`
    insert into cargo.bill (number, status, direction, carrier, parties, description, packages,
      gross_mass_kg, is_consolidated)
    values ('COSU900', 'manifested', 'I', 'CARRIER', array['CARRIER', ${FIRM}], '集成电路', 40, 900.5, false),
      ('COSU901', 'manifested', 'I', 'CARRIER', array['CARRIER'], '拼箱', 4, 9, true),
      ('COSU902', 'awaited', null, null, '{}', null, null, null, false)
  `.execute(db);
  const bills = await billPapers(db, ['cosu900', 'COSU901', 'COSU902', 'COSU903']);
  expect(bills).toMatchObject([
    {
      ...{ no: 'cosu900', zone: null, direction: 'in', inOrder: true, parties: ['CARRIER', FIRM] },
      lines: [{ lineNo: 1, unit: '件', quantity: '40', grossMassKg: '900.5' }],
    },
    { no: 'COSU901', inOrder: false },
  ]);
});
