import { sql } from 'kysely';
import type { Instant } from '../../../../kernel/dates.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';

/** Where some terminals want to be told; those without an address fetch. */
export async function findWebhooks(
  db: Db,
  organisations: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ organisation: string; url: string }>`
    select organisation, url from cargo.webhook
    where organisation = any(${[...organisations]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.organisation, row.url]));
}

export async function saveWebhook(
  tx: Tx,
  organisation: string,
  url: string | null,
  at: Instant,
): Promise<void> {
  if (url === null) {
    await sql`delete from cargo.webhook where organisation = ${organisation}`.execute(tx);
    return;
  }
  await sql`
    insert into cargo.webhook (organisation, url, registered_at)
    values (${organisation}, ${url}, ${at}::timestamptz)
    on conflict (organisation) do update set url = excluded.url, registered_at = excluded.registered_at
  `.execute(tx);
}
