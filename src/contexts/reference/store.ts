import { sql } from 'kysely';
import type { Instant } from '../../kernel/dates.ts';
import type { Db, Tx } from '../../platform/postgres/transaction.ts';
import type { CodeEntry, CodeTable } from './contract.ts';

/** Serialises loads: two operators loading one table at once would each succeed the same version. */
export async function lockTables(tx: Tx): Promise<void> {
  await sql`lock table reference.code_table in share row exclusive mode`.execute(tx);
}

export async function listTables(db: Db): Promise<CodeTable[]> {
  const { rows } = await sql<Omit<CodeTable, 'loadedAt'> & { loadedAt: Date }>`
    select name, json_build_object('zh', label_zh, 'en', label_en) as label, source, version,
      loaded_at as "loadedAt",
      (select count(*)::int from reference.code_entry where table_name = name) as entries
    from reference.code_table order by name
  `.execute(db);
  return rows.map((row) => ({ ...row, loadedAt: row.loadedAt.toISOString() }));
}

export async function listEntries(db: Db, table: string): Promise<CodeEntry[]> {
  const { rows } = await sql<CodeEntry>`
    select code, label_zh as zh, label_en as en, attributes,
      effective_from::text as "from", effective_to::text as "to"
    from reference.code_entry where table_name = ${table}
    order by code, effective_from
  `.execute(db);
  return rows;
}

export async function saveTable(
  tx: Tx,
  table: Omit<CodeTable, 'entries' | 'loadedAt'> & { loadedAt: Instant },
): Promise<void> {
  await sql`
    insert into reference.code_table (name, label_zh, label_en, source, version, loaded_at)
    values (${table.name}, ${table.label.zh}, ${table.label.en}, ${table.source},
      ${table.version}, ${table.loadedAt})
    on conflict (name) do update set label_zh = excluded.label_zh, label_en = excluded.label_en,
      source = excluded.source, version = excluded.version, loaded_at = excluded.loaded_at
  `.execute(tx);
}

export async function saveEntries(
  tx: Tx,
  table: Pick<CodeTable, 'name' | 'source' | 'version'>,
  entries: readonly CodeEntry[],
): Promise<void> {
  await sql`
    insert into reference.code_entry (table_name, code, effective_from, effective_to, label_zh,
      label_en, attributes, source, source_version)
    select ${table.name}, code, "from", "to", zh, en, attributes, ${table.source}, ${table.version}
    from json_to_recordset(${JSON.stringify(entries)}::json)
      as row (code text, "from" date, "to" date, zh text, en text, attributes jsonb)
    on conflict (table_name, code, effective_from) do update set
      effective_to = excluded.effective_to, label_zh = excluded.label_zh,
      label_en = excluded.label_en, attributes = excluded.attributes,
      source = excluded.source, source_version = excluded.source_version
  `.execute(tx);
}

export async function removeEntries(
  tx: Tx,
  table: string,
  entries: readonly CodeEntry[],
): Promise<void> {
  await sql`
    delete from reference.code_entry using
      json_to_recordset(${JSON.stringify(entries)}::json) as row (code text, "from" date)
    where table_name = ${table} and code_entry.code = row.code and effective_from = row."from"
  `.execute(tx);
}
