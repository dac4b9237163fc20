import type { Command } from 'commander';
import {
  type Ask,
  bondedRoutes,
  bondedCommand as contextCommand,
  openBonded,
} from '../../contexts/bonded/index.ts';
import { createLedger, openTariff } from '../../contexts/duty/index.ts';
import type { Actor } from '../../contexts/identity/index.ts';
import { createReference, loadShippedTables } from '../../contexts/reference/index.ts';
import { type Refusal, Refused } from '../../kernel/refusal.ts';
import { claimFolder, findHolder } from '../../platform/claim.ts';
import { systemClock } from '../../platform/clock.ts';
import { createHttp } from '../../platform/http/index.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { migrate } from '../../platform/postgres/migrate.ts';
import { COMMAND_LINE } from '../command-line.ts';
import { migrationSources } from '../migrations.ts';
import { askServer } from './ask-server.ts';
import { readValues, withPostgres } from './open.ts';

export interface BondedDeps {
  readonly print: (line: string) => void;
  readonly setExitCode: (code: number) => void;
  readonly sentenceOf: (refusal: Refusal) => { readonly zh: string; readonly en: string };
}

/**
 * `jianghai bonded …`: a ledger has one writer. While a server runs on the data folder that is the server's, and
 * everything goes through it; else it is opened here, on the same PostgreSQL, for as long as the command takes.
 */
export const bondedCommand = (deps: BondedDeps): Command =>
  contextCommand({
    ...deps,
    progress: process.stderr,
    withAsk: async (work) => {
      const { dataFolder } = readValues();
      if (await findHolder(dataFolder)) return work(await askServer(dataFolder));
      return withStage((askAs) => work(askAs(COMMAND_LINE)));
    },
    withStage,
  });

/** The ledgers in this process, asked as anybody; refused while a server runs on the data folder. */
async function withStage<T>(work: (askAs: (actor: Actor) => Ask) => Promise<T>): Promise<T> {
  const claim = await claimFolder(readValues().dataFolder);
  try {
    return await withPostgres(async ({ db, pool }) => {
      const log = createLog('warn', process.stderr);
      await migrate(db, migrationSources, log);
      await loadShippedTables({ db, clock: systemClock });
      const reference = await createReference({ db, clock: systemClock });
      const tariff = openTariff(reference);
      const bonded = openBonded({
        ...{ db, pool, log, clock: systemClock, tariff },
        ...{ inForce: reference.isInForce, duty: createLedger({ db, clock: systemClock, tariff }) },
      });
      try {
        return await work((actor) => askHere(bonded, actor));
      } finally {
        await bonded.stop();
        await bonded.sealNow();
      }
    });
  } finally {
    await claim.release();
  }
}

function askHere(bonded: ReturnType<typeof openBonded>, actor: Actor): Ask {
  const app = createHttp<Actor>({
    ...{ log: createLog('error', process.stderr), metrics: createMetrics(), checkResponses: false },
    authenticate: async () => actor,
  });
  bondedRoutes(app, bonded);
  return async (method, path, body) => {
    const answer = await app.request(path, {
      ...{ method, headers: { 'content-type': 'application/json' } },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Refused(said.kind, said.refusals);
    return said;
  };
}
