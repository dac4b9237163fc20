import { sql } from 'kysely';
import type { Db } from '../../../platform/postgres/transaction.ts';

/** Most settings one person may keep. */
const KEYS_MAX = 200;

export async function findPreference(db: Db, personId: string, key: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`
    select value from identity.preference where person_id = ${personId} and key = ${key}
  `.execute(db);
  return rows[0]?.value ?? null;
}

/** False when the person keeps too many already. */
export async function savePreference(
  db: Db,
  personId: string,
  key: string,
  value: unknown,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into identity.preference (person_id, key, value)
    select ${personId}, ${key}, ${JSON.stringify(value)}::jsonb
    where exists (select 1 from identity.preference where person_id = ${personId} and key = ${key})
      or (select count(*) from identity.preference where person_id = ${personId}) < ${KEYS_MAX}
    on conflict (person_id, key) do update set value = excluded.value
  `.execute(db);
  return Number(numAffectedRows ?? 0) > 0;
}
