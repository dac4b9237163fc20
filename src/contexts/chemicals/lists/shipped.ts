import { readFileSync } from 'node:fs';
import type { SourceList } from './knowledge.ts';
import { namesIn, readList } from './read-list.ts';

const VERSION = '2026-11';

/** Said of the lists that come along, wherever they are shown. */
export const SHIPPED_SOURCE = 'compiled by the project, not official';

/**
 * The lists that come with the platform: substances with their names, transport classes and tariff headings,
 * and which control lists name them. Each membership has its legal source; what was not compared with the
 * text of the law says `memory`.
 */
export function shippedLists(): SourceList[] {
  return ['substances', 'memberships'].map((list) => ({
    ...{ list, source: SHIPPED_SOURCE, version: VERSION, from: null, to: null },
    foundation: 'memory' as const,
    rows: readList(read(list)).rows.map((row) => ({
      ...row,
      names: row.names.flatMap((name) => namesIn(name)),
    })),
  }));
}

const read = (name: string): string =>
  readFileSync(new URL(`./data/${name}.csv`, import.meta.url), 'utf8');
