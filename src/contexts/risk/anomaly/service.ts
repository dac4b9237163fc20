import type { z } from 'zod';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise } from '../../identity/index.ts';
import type { Policy } from '../policy.ts';
import type { AnomalyPage, AnomalySearch } from './contract.ts';
import { readAnomalies } from './permissions.ts';
import { createRanking } from './ranking.ts';
import { readDecided } from './store.ts';

/** The anomaly view: what was filed on a day and is unlike its peers, whether or not anything selects it. */
export function createAnomalies({ db, policy }: { db: Db; policy: Policy }) {
  return {
    async search(actor: Actor, wanted: z.output<typeof AnomalySearch>): Promise<AnomalyPage> {
      authorise(actor, readAnomalies);
      const office = wanted.office ?? null;
      const ranking = createRanking(policy, wanted.limit);
      for await (const row of readDecided(db, wanted.day, office)) ranking.add(row);
      return { day: wanted.day, office, ...ranking.result() };
    },
  };
}
export type Anomalies = ReturnType<typeof createAnomalies>;
