import { join } from 'node:path';
import type { Instant } from '../../../kernel/dates.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Analytics } from '../../../platform/analytics/analytics.ts';
import { openFileStore } from '../../../platform/files.ts';
import type { Label } from '../../facts/index.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { createEventFeed, type EventFeed, type EventTable } from './events.ts';
import { type ImportDeps, prepareImports } from './import.ts';
import { createSqlPage, type SqlPage } from './sql-page.ts';

export interface PoolStoreOptions {
  readonly analytics: Analytics;
  /** Holds imported files, rejects files and snapshots. */
  readonly folder: string;
  readonly tables: readonly EventTable[];
  readonly now: () => Instant;
  readonly say: (refusal: Refusal) => Label;
  readonly labelOf: (fact: string) => Label | null;
}

export interface PoolStore {
  readonly feed: EventFeed;
  readonly imports: ImportDeps;
  readonly catalogue: Catalogue;
  readonly sqlPage: SqlPage;
}

/** Opens the pool on an analytical engine and a folder. */
export async function openPoolStore(options: PoolStoreOptions): Promise<PoolStore> {
  const { analytics, folder, now } = options;
  const feed = await createEventFeed(analytics, options.tables);
  await prepareImports(analytics);
  return {
    feed,
    imports: {
      analytics,
      folder,
      now,
      say: options.say,
      files: await openFileStore(join(folder, 'files')),
    },
    catalogue: createCatalogue(analytics, options.tables, options.labelOf),
    sqlPage: createSqlPage({ analytics, now, folder: join(folder, 'snapshots') }),
  };
}

export type { Analytics } from '../../../platform/analytics/analytics.ts';
