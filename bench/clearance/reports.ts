import { setTimeout as sleep } from 'node:timers/promises';
import { bearing, type World } from './world.ts';

/** Reads that weigh: over the whole pool, whole lists as workbooks, searches without an index to help. */
const HEAVY_SQL = [
  'select day, office, ie, count(*) as filings, count(distinct domestic_party) as parties from clearance_filed group by all order by filings desc',
  'select a.office, count(*) as pairs from clearance_filed a join clearance_filed b on a.domestic_party = b.domestic_party and a.day = b.day group by a.office',
];
const READS = [
  '/api/declarations.xlsx',
  '/api/bills.xlsx',
  '/api/duty/bills.xlsx',
  '/api/declarations?q=%E8%BD%B4%E6%89%BF&limit=200',
  '/api/declarations?sort=-totalValue&limit=200',
  '/api/bills?q=%E6%9C%BA&limit=200',
  '/api/figures',
  '/api/lanes',
];
const READERS = 4;
const AFTER_A_LIMIT_MS = 1_000;

export interface Overload {
  /** Stops it; how many reports were answered, and how many were told to come later. */
  end(): Promise<{ answered: number; limited: number; faults: readonly string[] }>;
}

/** Asks for reports without a pause, from several readers, until it is ended. */
export function overload(url: string, { keys }: World): Overload {
  const stop = new AbortController();
  const told = { answered: 0, limited: 0, faults: [] as string[] };
  const headers = { ...bearing(keys.supervisor), 'content-type': 'application/json' };

  async function ask(path: string, body?: unknown): Promise<void> {
    const response = await fetch(new URL(path, url), {
      ...{ method: body === undefined ? 'GET' : 'POST', headers },
      // One for each: on a shared one `fetch` leaves a listener behind every time.
      signal: AbortSignal.any([stop.signal]),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    if (response.ok) told.answered += 1;
    else if (response.status === 429 || response.status === 503) {
      told.limited += 1;
      await sleep(AFTER_A_LIMIT_MS);
    } else told.faults.push(`${path}: ${response.status}`);
  }

  async function reader(first: number): Promise<void> {
    for (let n = first; !stop.signal.aborted; n += 1) {
      const sql = HEAVY_SQL[n % (2 * HEAVY_SQL.length)];
      const path = READS[n % READS.length] ?? '/api/figures';
      try {
        await (sql ? ask('/api/pool/sql', { sql }) : ask(path));
      } catch (error) {
        if (!stop.signal.aborted) told.faults.push(String(error));
      }
    }
  }
  const readers = Array.from({ length: READERS }, (_, n) => reader(3 * n));
  return {
    async end() {
      stop.abort();
      await Promise.all(readers);
      return told;
    },
  };
}
