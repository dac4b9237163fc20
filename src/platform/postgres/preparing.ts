import type { PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** A statement that comes this often is worth keeping. */
const OFTEN = 10;
/** Most statements kept by each connection, and most that are counted: searches are put together anew each time. */
const KEPT_MAX = 250;
const COUNTED_MAX = 5_000;
/**
 * A plan is as good as the tables were when it was made: a young port's grow by the second, an old one's by the day.
 * Plans are made anew after this long, then after twice as long, and so on up to the most.
 */
const PLANS_LAST_MS = { first: 10_000, most: 600_000 };

/** Whether a client sends what it is asked at once, or waits for the answer to what was asked before. */
function pipeline(client: pg.PoolClient, isOn: boolean): void {
  (client as { pipeline: boolean }).pipeline = isOn;
}

/**
 * Has each connection parse and plan once what it is asked again and again: a third of what a short
 * statement costs PostgreSQL. Seldom heard statements go as they are.
 */
export function preparing(): (client: pg.PoolClient) => PostgresPoolClient {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();

  const nameOf = (text: string): string | undefined => {
    const name = names.get(text);
    if (name !== undefined || names.size >= KEPT_MAX) return name;
    const count = (counts.get(text) ?? 0) + 1;
    if (count < OFTEN) {
      if (counts.size >= COUNTED_MAX) counts.clear();
      counts.set(text, count);
      return undefined;
    }
    counts.delete(text);
    const given = `often_${names.size}`;
    names.set(text, given);
    return given;
  };

  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    let plannedAt = performance.now();
    let plansLastMs = PLANS_LAST_MS.first;
    const ask = async <R>(text: string, values: readonly unknown[]) => {
      const name = values.length > 0 ? nameOf(text) : undefined;
      const now = performance.now();
      if (name !== undefined && now - plannedAt > plansLastMs) {
        plannedAt = now;
        plansLastMs = Math.min(2 * plansLastMs, PLANS_LAST_MS.most);
        client.query('discard plans').catch(() => undefined);
      }
      const question = { text, values: [...values], ...(name !== undefined && { name }) };
      return (await client.query(question)) as unknown as PostgresQueryResult<R>;
    };
    return {
      query: ask as PostgresPoolClient['query'],
      release: () => {
        pipeline(client, false);
        client.release();
      },
    };
  };

  return (client) => {
    const known = clients.get(client) ?? wrap(client);
    clients.set(client, known);
    pipeline(client, true);
    return known;
  };
}
