import { sql } from 'kysely';
import type { Instant } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { KeptRule, ProhibitionRule } from './contract.ts';

/** One load at a time: a reader sees all of it or none. */
const LOAD_LOCK = 7_203_032;
export async function lockRules(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(tx);
}

export async function listRules(db: Db): Promise<KeptRule[]> {
  const { rows } = await sql<{
    content: ProhibitionRule;
    source: string;
    version: string;
    loaded_at: Date;
  }>`
    select content, source, version, loaded_at from clearance.prohibition_rule
    order by id collate "C"
  `.execute(db);
  return rows.map(({ content, source, version, loaded_at }) => ({
    ...content,
    ...{ source, version, loadedAt: loaded_at.toISOString() },
  }));
}

export async function saveRules(
  tx: Tx,
  rules: readonly ProhibitionRule[],
  { source, version, at }: { source: string; version: string; at: Instant },
): Promise<void> {
  if (rules.length === 0) return;
  const rows = rules.map((content) => ({ id: content.id, content }));
  await sql`
    insert into clearance.prohibition_rule (id, content, source, version, loaded_at)
    select id, content, ${source}, ${version}, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(id text, content jsonb)
    on conflict (id) do update set content = excluded.content, source = excluded.source,
      version = excluded.version, loaded_at = excluded.loaded_at
  `.execute(tx);
}
