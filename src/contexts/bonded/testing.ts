import { Refused } from '../../kernel/refusal.ts';
import { createManualClock } from '../../platform/clock.ts';
import { createHttp } from '../../platform/http/index.ts';
import { silentLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { createLedger, openTariff } from '../duty/index.ts';
import type { Actor } from '../identity/index.ts';
import { createReference } from '../reference/index.ts';
import { openBonded } from './bonded.ts';
import type { Ask } from './imports/index.ts';
import { factory, ledgerInput, officer } from './ledgers/fixtures.ts';
import { bondedRoutes } from './routes.ts';

/** What of the tariff a test of bonded needs: ten per cent on everything of one heading, and no other row. */
const rates: Pick<Parameters<typeof openBonded>[0]['tariff'], 'row'> = {
  row: (hsCode) => {
    const percent = { coefficient: 10n, scale: 0 };
    const mfn = { percent, perUnit: null, unit: null };
    const none = { general: null, quota: null, quotaProvisional: null, mfnProvisional: null };
    const others = { export: null, exportProvisional: null, vat: null, consumption: null };
    return hsCode.startsWith('7304')
      ? { code: '7304', mfn, ...none, ...others, consumptionFrom: null }
      : null;
  },
};

/** Bonded ledgers on a database of their own, spoken to through their routes as the server would have them. */
export async function openLedgers(now: string, given?: Pick<TestDatabase, 'db' | 'pool' | 'drop'>) {
  const database = given ?? (await testDatabase());
  const clock = createManualClock(now);
  const { db, pool } = database;
  const tariff = { ...openTariff(await createReference({ db, clock })), ...rates };
  const bonded = openBonded({
    ...{ db, pool, clock, log: silentLog, tariff },
    duty: createLedger({ db, clock, tariff }),
    inForce: () => true,
  });
  const askAs = (actor: Actor): Ask => {
    const app = createHttp<Actor>({
      ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
      authenticate: async () => actor,
    });
    bondedRoutes(app, bonded);
    return async (method, path, body) => {
      const headers = { 'content-type': 'application/json' };
      const said = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await app.request(path, said);
      const told = await answer.json();
      if (!answer.ok) throw new Refused(told.kind, told.refusals);
      return told;
    };
  };
  return {
    ...{ database, db, clock, bonded, askAs },
    /** A ledger the office has approved. */
    async open(id: string, changes: Record<string, unknown> = {}): Promise<void> {
      const { registration } = bonded.ledgers;
      await registration.register(factory, { ledger: ledgerInput(id, changes) });
      await registration.answer(officer, id, { approve: true, note: '' });
    },
    async close(): Promise<void> {
      await bonded.stop();
      await database.drop();
    },
  };
}
