import { sql } from 'kysely';
import type { LocalDate } from '../../kernel/dates.ts';
import type { Db, Tx } from '../../platform/postgres/transaction.ts';
import type { Enterprise, EnterpriseSearch, GradePeriod, Zone } from './contract.ts';

/** Writes enterprises and, in place of what was known, their whole grade history. */
export async function saveEnterprises(tx: Tx, enterprises: readonly Enterprise[]): Promise<void> {
  const json = JSON.stringify(enterprises);
  await sql`
    insert into parties.enterprise (uscc, name_zh, name_en, customs_reg_no, registered_on)
    select uscc, "nameZh", "nameEn", "customsRegNo", "registeredOn"
    from json_to_recordset(${json}::json) as row
      (uscc text, "nameZh" text, "nameEn" text, "customsRegNo" text, "registeredOn" date)
    on conflict (uscc) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
      customs_reg_no = excluded.customs_reg_no, registered_on = excluded.registered_on
  `.execute(tx);
  await sql`
    delete from parties.grade where uscc = any(${enterprises.map(({ uscc }) => uscc)}::text[])
  `.execute(tx);
  await sql`
    insert into parties.grade (uscc, grade, effective_from, effective_to)
    select row.uscc, period.grade, period."from", period."to"
    from json_to_recordset(${json}::json) as row (uscc text, grades json),
      json_to_recordset(row.grades) as period (grade text, "from" date, "to" date)
  `.execute(tx);
}

const COLUMNS = sql`
  uscc, name_zh as "nameZh", name_en as "nameEn", customs_reg_no as "customsRegNo",
  registered_on::text as "registeredOn",
  coalesce((
    select json_agg(json_build_object(
      'grade', grade, 'from', effective_from::text, 'to', effective_to::text
    ) order by effective_from)
    from parties.grade where grade.uscc = enterprise.uscc
  ), '[]') as grades
`;

export async function findEnterprise(db: Db, uscc: string): Promise<Enterprise | null> {
  const { rows } = await sql<Enterprise>`
    select ${COLUMNS} from parties.enterprise where uscc = ${uscc}
  `.execute(db);
  return rows[0] ?? null;
}

/** Enterprises by code; `within` keeps to some of them, `null` to none in particular. */
export async function listEnterprises(
  db: Db,
  { q, after, limit }: EnterpriseSearch,
  within: readonly string[] | null,
): Promise<Enterprise[]> {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Enterprise>`
    select ${COLUMNS} from parties.enterprise
    where uscc > ${after}
      and (${q} = '' or starts_with(uscc, ${q.toUpperCase()})
        or name_zh like ${pattern} or name_en ilike ${pattern})
      and (${within === null} or uscc = any(${[...(within ?? [])]}::text[]))
    order by uscc
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Every enterprise's code with its grades, for memory; of some of them when named. */
export async function listGrades(
  db: Db,
  of: readonly string[] | null = null,
): Promise<{ uscc: string; grades: GradePeriod[] }[]> {
  const { rows } = await sql<{ uscc: string; grades: GradePeriod[] }>`
    select uscc, coalesce(
      json_agg(json_build_object(
        'grade', grade, 'from', effective_from::text, 'to', effective_to::text
      )) filter (where grade is not null), '[]'
    ) as grades
    from parties.enterprise left join parties.grade using (uscc)
    where ${of === null} or uscc = any(${[...(of ?? [])]}::text[])
    group by uscc
  `.execute(db);
  return rows;
}

export async function listZones(db: Db, on: LocalDate): Promise<Zone[]> {
  const { rows } = await sql<Zone>`
    select code, json_build_object('zh', name_zh, 'en', name_en) as label, regime, office,
      effective_from::text as "from", effective_to::text as "to"
    from parties.zone
    where effective_from <= ${on}::date and (effective_to is null or effective_to > ${on}::date)
    order by code
  `.execute(db);
  return rows;
}
