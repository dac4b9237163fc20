import type { Command } from 'commander';
import {
  poolCommand as contextCommand,
  createPool,
  directPool,
  type PoolAccess,
  remotePool,
} from '../../contexts/pool/index.ts';
import { openDuckdb } from '../../platform/analytics/duckdb.ts';
import { claimFolder, findHolder } from '../../platform/claim.ts';
import { systemClock } from '../../platform/clock.ts';
import { readAfter } from '../../platform/event-log/event-log.ts';
import { createLog } from '../../platform/log.ts';
import { COMMAND_LINE } from '../command-line.ts';
import { eventTables, vocabularyOfPort } from '../event-tables.ts';
import { loadSentences, sentenceOf } from '../sentences.ts';
import { foldersOf } from '../server.ts';
import { askServer } from './ask-server.ts';
import { readValues, withPostgres } from './open.ts';

/** `jianghai pool …`: works on the data folder itself, or through the server that owns it. */
export const poolCommand = ({ print }: { print: (line: string) => void }): Command =>
  contextCommand({ withPool, print });

async function withPool<T>(work: (pool: PoolAccess) => Promise<T>): Promise<T> {
  const { dataFolder } = readValues();
  const holder = await findHolder(dataFolder);
  return holder ? work(await throughServer(dataFolder)) : onFolder(dataFolder, work);
}

const throughServer = async (dataFolder: string): Promise<PoolAccess> =>
  remotePool(await askServer(dataFolder));

async function onFolder<T>(dataFolder: string, work: (pool: PoolAccess) => Promise<T>): Promise<T> {
  const claim = await claimFolder(dataFolder);
  try {
    return await withPostgres(async ({ db }) => {
      const folders = foldersOf(dataFolder);
      const analytics = await openDuckdb({ file: folders.poolFile });
      const sentences = loadSentences();
      const pool = await createPool({
        db,
        analytics,
        folder: folders.pool,
        clock: systemClock,
        log: createLog('warn'),
        tables: eventTables(db, vocabularyOfPort()),
        readAfter,
        say: (refusal) => sentenceOf(sentences, refusal),
      });
      try {
        return await work(directPool(pool, COMMAND_LINE));
      } finally {
        await pool.stop();
        await analytics.close();
      }
    });
  } finally {
    await claim.release();
  }
}
