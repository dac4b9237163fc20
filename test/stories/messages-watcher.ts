// A server of its own on the database and the folder of a story, which looks into the folder of messages until it is
// killed.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatform } from '../../src/apps/wiring.ts';
import { openDuckdb } from '../../src/platform/analytics/duckdb.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openFileStore } from '../../src/platform/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { createDb, createPool } from '../../src/platform/postgres/open.ts';
import { openSecret } from '../../src/platform/secret.ts';

const [url = '', storyFolder = '', messagesFolder = ''] = process.argv.slice(2);
const own = await mkdtemp(join(tmpdir(), 'jianghai-watcher-'));
const connections = createPool({ connectionString: url, max: 4 }, silentLog);
const platform = await createPlatform({
  ...{ db: createDb(connections), connections, clock: systemClock, log: silentLog },
  analytics: await openDuckdb({ file: join(own, 'pool.duckdb') }),
  ...{ poolFolder: own, chemicalsFolder: join(own, 'chemicals') },
  files: await openFileStore(join(own, 'files')),
  secret: await openSecret(storyFolder),
  names: { zh: '第二个口岸', en: 'Second port' },
  conditionsNotComputed: [],
  ...{ samplingRate: 0, retrainEveryDays: null, auditPercent: 0, webhookHosts: [] },
  ...{ messagesFolder, demo: null },
});
platform.messages.start();
