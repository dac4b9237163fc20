// PostgreSQL is stopped while factories send what happened, and started again some seconds later. Meanwhile everybody is
// told plainly; afterwards what the feeds sent again is in the ledger once, and the balances are those of what was sent.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { migrationSources } from '../../src/apps/migrations.ts';
import { event, lines } from '../../src/contexts/bonded/engine/fixtures.ts';
import { type Ask, remoteInlet } from '../../src/contexts/bonded/imports/index.ts';
import { factory, part } from '../../src/contexts/bonded/ledgers/fixtures.ts';
import { openLedgers } from '../../src/contexts/bonded/testing.ts';
import { Refused } from '../../src/kernel/refusal.ts';
import { silentLog } from '../../src/platform/log.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../src/platform/postgres/embedded.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';
import { createDb, createPool } from '../../src/platform/postgres/open.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
const NOW = '2026-07-20T01:00:00.000Z';
const LEDGER = 'H2218-AWAY';
const AT = `/api/bonded/ledgers/${LEDGER}`;
const PATIENCE = { forMs: 120_000, eachMs: 100 };

let folder: string;
let postgres: EmbeddedPostgres;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-away-'));
  postgres = await startEmbedded(folder, silentLog);
});
afterEach(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function openHere() {
  const pool = createPool({ ...postgres.address, max: 8 }, silentLog);
  const db = createDb(pool);
  await migrate(db, migrationSources, silentLog);
  return openLedgers(NOW, { db, pool, drop: () => db.destroy() });
}

const accountsOf = async (ask: Ask) =>
  ((await ask('GET', `${AT}/position/steel`)) as { accounts: Record<string, string> }).accounts;

test('PostgreSQL is stopped and started under feeds that go on sending', async () => {
  const ledgers = await openHere();
  const told = new Set<string>();
  const ask: Ask = (...asked) =>
    ledgers
      .askAs(factory)(...asked)
      .catch((error: unknown) => {
        if (error instanceof Refused) for (const { code } of error.refusals) told.add(code);
        throw error;
      });
  await ledgers.open(LEDGER);
  await ask('POST', `${AT}/parts`, { parts: [part('steel')] });

  const answered = new Map<string, string>();
  let isOver = false;
  const feed = async (name: number): Promise<void> => {
    const inlet = remoteInlet(ask, PATIENCE);
    for (let n = 0; !isOver; n += 1) {
      const events = [0, 1, 2].map((at) =>
        event('imported', {
          ...{ id: `E${name}-${n}-${at}`, document: `L${name}-${n}-${at}` },
          ...{ occurredAt: '2026-07-02T01:00:00.000Z', lines: lines(['steel', '1.00001']) },
        }),
      );
      for (const { event: id, outcome } of await inlet.post(LEDGER, events)) {
        expect(answered.has(id)).toBe(false);
        answered.set(id, outcome);
      }
    }
  };
  const feeds = Promise.all([0, 1, 2].map(feed));
  const waitForMore = async (): Promise<void> => {
    const before = answered.size;
    await expect.poll(() => answered.size, { timeout: 60_000 }).toBeGreaterThan(before + 30);
  };
  await waitForMore();
  await postgres.stop();
  // Nobody is kept waiting for long: whoever only reads is told as well.
  await expect(accountsOf(ask)).rejects.toMatchObject({
    refusals: [{ code: 'http.store_away' }],
  });
  postgres = await startEmbedded(folder, silentLog);
  await waitForMore();
  isOver = true;
  await feeds;

  const known = ['bonded.ledger_opening', 'bonded.post_interrupted', 'http.store_away'];
  expect([...told].filter((code) => !known.includes(code))).toEqual([]);
  expect([...new Set(answered.values())].filter((it) => !/^(applied|repeated)$/.test(it))).toEqual(
    [],
  );
  const { rows } = await sql<{ event: string }>`
    select event from bonded.journal where ledger = ${LEDGER}
  `.execute(ledgers.db);
  expect(rows.map((row) => row.event).sort()).toEqual([...answered.keys()].sort());
  const hundredThousandths = answered.size * 100_001;
  const inAll = (hundredThousandths / 100_000).toFixed(5).replace(/\.?0+$/, '');
  expect(await accountsOf(ask)).toEqual({ customsIn: `-${inAll}`, rawMaterial: inAll });
  await ledgers.close();

  const again = await openHere();
  expect(await accountsOf(again.askAs(factory))).toEqual({
    ...{ customsIn: `-${inAll}`, rawMaterial: inAll },
  });
  await again.close();
});
