// A release from its notice to the terminal's acknowledgement, and back again when customs takes it
// back; with terminals that answer twice, never, or for another.

import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventRecord } from '../../../kernel/event.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { envelopeAt } from '../../identity/index.ts';
import { nextAttempt } from './resending.ts';
import { openReleases, released, START } from './testing.ts';
import { verifyNotice } from './verify.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
let port: ReturnType<typeof openReleases>;
beforeEach(async () => {
  await sql`truncate cargo.release, cargo.release_key, platform.event`.execute(database.db);
  port = openReleases(database.db);
});

const kinds = async (release: string): Promise<string[]> =>
  (await readStream(database.db, `release:${release}`)).map((event) => event.kind);

const acknowledge = (who: 'terminal' | 'otherTerminal', release: string, of = 'notice') =>
  port.ask(who, 'POST', '/api/releases/acknowledgements', { acknowledgements: [{ release, of }] });

describe('a computed release', () => {
  test('becomes one notice, however often it is told', async () => {
    const goods = released('D1');
    const [notice] = await port.issue(goods, goods);
    expect(notice).toMatchObject({ id: 'D1-R1', bill: 'COSU6301234560', issuedAt: START });
    expect(await port.issue(goods)).toEqual([]);
    expect(await kinds('D1-R1')).toEqual(['cargo.releaseNotified']);
  });

  test('released again after it was taken back, has a second notice', async () => {
    await port.issue(released('D1'));
    const again = released('D1', { cause: 'declaration:D1@9' });
    expect((await port.issue(again)).map(({ id }) => id)).toEqual(['D1-R2']);
  });

  test('loaded as history has none: those goods left long ago', async () => {
    expect(await port.issue(released('D1', { releasedAt: '2026-01-05T02:00:00.000Z' }))).toEqual(
      [],
    );
  });

  test('is read by its declarant, its terminal and its office, and by nobody else', async () => {
    await port.issue(released('D1'));
    for (const who of ['declarant', 'terminal', 'officer'] as const) {
      expect((await port.ask(who, 'GET', '/api/releases/D1-R1')).status).toBe(200);
      const list = await port.ask(who, 'GET', '/api/declarations/D1/releases');
      expect(list.body.releases).toHaveLength(1);
    }
    for (const who of ['stranger', 'otherTerminal', 'officerElsewhere'] as const) {
      expect((await port.ask(who, 'GET', '/api/releases/D1-R1')).status).toBe(403);
      expect((await port.ask(who, 'GET', '/api/releases')).body.releases).toEqual([]);
    }
  });

  test('is found page by page, the newest first', async () => {
    for (const id of ['D1', 'D2', 'D3']) {
      await port.issue(released(id, { containers: [`CONT-${id}`] }));
      port.later(1);
    }
    const first = await port.ask('officer', 'GET', '/api/releases?limit=2');
    expect(first.body.releases.map((r: { id: string }) => r.id)).toEqual(['D3-R1', 'D2-R1']);
    const next = `/api/releases?limit=2&cursor=${first.body.next}`;
    const second = await port.ask('officer', 'GET', next);
    expect(second.body).toMatchObject({ releases: [{ id: 'D1-R1' }], next: null });
    const found = await port.ask('officer', 'GET', '/api/releases?q=CONT-D2');
    expect(found.body.releases.map((r: { id: string }) => r.id)).toEqual(['D2-R1']);
  });
});

describe('the terminal', () => {
  test('fetches, acknowledges, and acknowledging twice is acknowledging once', async () => {
    await port.issue(released('D1'), released('D2'));
    const feed = await port.ask('terminal', 'GET', '/api/releases/feed');
    expect(feed.body.items.map((item: { release: string }) => item.release)).toEqual([
      'D1-R1',
      'D2-R1',
    ]);
    expect((await acknowledge('terminal', 'D1-R1')).body.results).toEqual([
      { release: 'D1-R1', outcome: 'done', problems: [] },
    ]);
    const [once] = (await port.ask('terminal', 'GET', '/api/releases?q=D1')).body.releases;
    port.later(5);
    expect((await acknowledge('terminal', 'D1-R1')).body.results[0].outcome).toBe('done');
    const [twice] = (await port.ask('terminal', 'GET', '/api/releases?q=D1')).body.releases;
    expect(twice).toEqual(once);
    expect(twice).toMatchObject({ status: 'acknowledged', acknowledgedAt: START });
    expect(await kinds('D1-R1')).toEqual(['cargo.releaseNotified', 'cargo.releaseAcknowledged']);
    const rest = await port.ask('terminal', 'GET', '/api/releases/feed');
    expect(rest.body.items.map((item: { release: string }) => item.release)).toEqual(['D2-R1']);
  });

  test('does not acknowledge for another, nor what never was', async () => {
    await port.issue(released('D1'));
    for (const [release, code] of [
      ['D1-R1', 'cargo.release_of_another_terminal'],
      ['D9-R1', 'cargo.release_not_found'],
    ] as const) {
      const [result] = (await acknowledge('otherTerminal', release)).body.results;
      expect(result).toMatchObject({ outcome: 'refused', problems: [{ code }] });
    }
    expect(await kinds('D1-R1')).toEqual(['cargo.releaseNotified']);
  });

  test('that holds goods nobody knew it held takes them, and then no other can', async () => {
    await port.issue(released('D1', { terminal: null }));
    expect((await acknowledge('otherTerminal', 'D1-R1')).body.results[0].outcome).toBe('done');
    expect((await acknowledge('terminal', 'D1-R1')).body.results[0].outcome).toBe('refused');
  });

  test('that never answers is told again, ever more rarely, and finds it in its feed each time', async () => {
    await port.issue(released('D1'));
    const sent: number[] = [];
    let since = '0';
    for (let minute = 0; minute <= 16; minute += 1) {
      await port.releases.delivery.deliverDue();
      const { body } = await port.ask('terminal', 'GET', `/api/releases/feed?since=${since}`);
      if (body.items.length > 0) sent.push(minute);
      since = body.next;
      port.later(1);
    }
    expect(sent).toEqual([0, 1, 3, 7, 15]);
    const { body } = await port.ask('terminal', 'GET', '/api/releases/D1-R1');
    expect(body.delivery).toMatchObject({ attempts: 5, lastOutcome: 'listed' });
  });

  test('is never left alone for more than six hours', () => {
    const minutes = [1, 2, 3, 9, 10, 30].map(
      (attempts) => (Date.parse(nextAttempt(attempts, START)) - Date.parse(START)) / 60_000,
    );
    expect(minutes).toEqual([1, 2, 4, 256, 360, 360]);
  });

  test('is told once when the clock jumps a day ahead, and soon when it is put back', async () => {
    await port.issue(released('D1'));
    await port.releases.delivery.deliverDue();
    port.later(24 * 60);
    expect(await port.releases.delivery.deliverDue()).toBe(1);
    expect(await port.releases.delivery.deliverDue()).toBe(0);
    port.later(-24 * 60);
    expect(await port.releases.delivery.deliverDue()).toBe(1);
    expect(await port.releases.delivery.deliverDue()).toBe(0);
  });
});

describe('a release taken back', () => {
  const paper = { kind: 'bill', no: 'COSU6301234560', declaration: null } as const;
  const crossed = (at: string, changes: Partial<EventRecord> = {}): EventRecord => ({
    ...{ id: 'passport:Z1@3', stream: 'passport:Z1', seq: 3, kind: 'cargo.crossed' },
    envelope: envelopeAt(at, at, 'Z1'),
    payload: { passport: 'Z1', isLast: true, at, papers: [{ ...paper, lineNo: 1 }] },
    ...changes,
  });
  const leave = (at: string) =>
    inTransaction(database.db, (tx) => port.releases.followCrossings(tx, [crossed(at)]));
  const revocation = (seq: number): EventRecord => ({
    ...{ id: `declaration:D1@${seq}`, stream: 'declaration:D1', seq },
    ...{ kind: 'clearance.releaseRevoked', envelope: envelopeAt(START, START, 'D1') },
    payload: { reason: '漏检', legalBasis: '海关法 第六条' },
  });
  const follow = (...events: EventRecord[]) =>
    inTransaction(database.db, (tx) => port.releases.followRevocations(tx, events));
  const casesAbout = async (release: string): Promise<number> => {
    const { rows } = await sql`
      select 1 from cases.item where about = ${`release:${release}`}
    `.execute(database.db);
    return rows.length;
  };
  const mayLeave = async (): Promise<boolean> => {
    const papers = await inTransaction(database.db, (tx) =>
      port.releases.releasedPapers(tx, [paper]),
    );
    return papers.has('bill:COSU6301234560');
  };
  beforeEach(async () => {
    await sql`truncate cargo.gate_paper cascade`.execute(database.db);
    const body = JSON.stringify(paper);
    await sql`
      insert into cargo.gate_paper (kind, no, organisation, body)
      values (${paper.kind}, ${paper.no}, 'D', ${body}::jsonb)
    `.execute(database.db);
  });

  test('is signed, listed, and told to the terminal until it knows', async () => {
    await port.issue(released('D1'));
    await acknowledge('terminal', 'D1-R1');
    expect(await mayLeave()).toBe(true);
    port.later(10);
    await port.takeBack('D1');
    expect(await mayLeave()).toBe(false);
    const revoked = await port.ask('officer', 'GET', '/api/releases/D1-R1');
    expect(revoked.body).toMatchObject({ status: 'revoked', delivery: { attempts: 0 } });
    expect((await acknowledge('terminal', 'D1-R1')).body.results[0].outcome).toBe('done');
    const feed = await port.ask('terminal', 'GET', '/api/releases/feed');
    expect(feed.body.items).toMatchObject([{ release: 'D1-R1', toAcknowledge: 'revocation' }]);
    await acknowledge('terminal', 'D1-R1', 'revocation');
    expect((await port.ask('terminal', 'GET', '/api/releases/feed')).body.items).toEqual([]);
    expect(await kinds('D1-R1')).toEqual([
      'cargo.releaseNotified',
      'cargo.releaseAcknowledged',
      'cargo.releaseRevoked',
      'cargo.revocationAcknowledged',
    ]);

    const list = (await port.ask('nobody', 'GET', '/api/releases/revocations')).body;
    expect(list.list).toMatchObject({ number: 1, entries: [{ release: 'D1-R1' }] });
    const { keys } = (await port.ask('nobody', 'GET', '/api/releases/keys')).body;
    const verdicts = verifyNotice({
      signed: revoked.body.signed,
      keys,
      revocations: list.signed,
      at: START,
    });
    expect(verdicts).toMatchObject({ integrity: 'intact', issuer: 'trusted', status: 'revoked' });
    expect(verdicts.holds).toBe(false);
  });

  test('is not taken back when its goods have left', async () => {
    await port.issue(released('D1'));
    port.later(10);
    await leave(port.clock.now());
    await leave(port.clock.now());
    await expect(port.takeBack('D1')).rejects.toThrow('cargo.release_goods_left');
    expect(await kinds('D1-R1')).toEqual(['cargo.releaseNotified', 'cargo.releaseUsed']);
  });

  test('is not left by in the moment it is taken back, whoever comes first', async () => {
    await port.issue(released('D1'));
    const gate = inTransaction(database.db, async (tx) => {
      const papers = await port.releases.releasedPapers(tx, [paper]);
      if (papers.size === 0) return 'refused';
      await port.releases.followCrossings(tx, [crossed(START)]);
      return 'left';
    });
    const officer = port.takeBack('D1').then(
      () => 'taken back',
      () => 'refused',
    );
    expect([
      ['left', 'refused'],
      ['refused', 'taken back'],
    ]).toContainEqual(await Promise.all([gate, officer]));
  });

  test('followed from the log, is taken back once, and a later release stays', async () => {
    await port.issue(released('D1'));
    await port.issue(released('D1', { cause: 'declaration:D1@9' }));
    await follow(revocation(6), revocation(6));
    expect(await kinds('D1-R1')).toEqual(['cargo.releaseNotified', 'cargo.releaseRevoked']);
    expect(await kinds('D1-R2')).toEqual(['cargo.releaseNotified']);
  });

  test('opens a case when the goods had left a moment before', async () => {
    await port.issue(released('D1'), released('D2'));
    port.later(10);
    const justBefore = port.clock.now();
    port.later(1);
    await port.takeBack('D1');
    await leave(justBefore);
    expect(await casesAbout('D1-R1')).toBe(1);
    expect(await kinds('D2-R1')).toEqual(['cargo.releaseNotified', 'cargo.releaseUsed']);
  });
});

describe('without a network', () => {
  test('a terminal goes by its own offline list, customs by everybody’s', async () => {
    await port.issue(released('D1'), released('D2', { terminal: 'YS-TERMINAL' }), released('D3'));
    await port.takeBack('D3');
    const idsFor = async (who: 'terminal' | 'officer') =>
      (await port.ask(who, 'GET', '/api/releases/offline-list')).body.list.entries.map(
        (entry: { id: string }) => entry.id,
      );
    expect(await idsFor('terminal')).toEqual(['D1-R1']);
    expect(await idsFor('officer')).toEqual(['D1-R1', 'D2-R1']);
    expect((await port.ask('declarant', 'GET', '/api/releases/offline-list')).status).toBe(403);
  });
});

describe('the signing key', () => {
  test('is changed, and what the last one signed stays verifiable', async () => {
    await port.issue(released('D1'));
    port.later(60);
    expect((await port.ask('operator', 'POST', '/api/release-keys')).status).toBe(200);
    await port.issue(released('D2'));
    const { keys } = (await port.ask('nobody', 'GET', '/api/releases/keys')).body;
    expect(keys).toHaveLength(2);
    expect(keys[0].signsTo).toBe(keys[1].signsFrom);
    for (const id of ['D1-R1', 'D2-R1']) {
      const { signed } = (await port.ask('officer', 'GET', `/api/releases/${id}`)).body;
      const verdict = await port.ask('nobody', 'POST', '/api/releases/verification', { signed });
      expect(verdict.body).toMatchObject({ issuer: 'trusted', status: 'inForce', holds: true });
    }
    expect((await port.ask('officer', 'POST', '/api/release-keys')).status).toBe(403);
  });

  test('of another installation signs nothing here: the next one is begun', async () => {
    await port.issue(released('D1'));
    const moved = openReleases(database.db, { secret: { keyFor: () => Buffer.alloc(32, 7) } });
    moved.later(1);
    await moved.issue(released('D2'));
    const { keys } = (await moved.ask('nobody', 'GET', '/api/releases/keys')).body;
    expect(keys).toHaveLength(2);
    const { signed } = (await moved.ask('officer', 'GET', '/api/releases/D2-R1')).body;
    const verdict = await moved.ask('nobody', 'POST', '/api/releases/verification', { signed });
    expect(verdict.body.holds).toBe(true);
  });
});
