import { sql } from 'kysely';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type {
  Organisation,
  OrganisationInput,
  OrganisationPage,
  OrganisationSearch,
} from '../contract.ts';

interface OrganisationTableRow {
  id: string;
  kind: Organisation['kind'];
  name_zh: string;
  name_en: string;
}

const toOrganisation = (row: OrganisationTableRow): Organisation => ({
  id: row.id,
  kind: row.kind,
  nameZh: row.name_zh,
  nameEn: row.name_en,
});

/** Writes what is new or different; answers how many that were. */
export async function saveOrganisations(
  tx: Tx,
  organisations: readonly OrganisationInput[],
): Promise<number> {
  const given = JSON.stringify(organisations.map(({ memberships: _, ...rest }) => rest));
  const { numAffectedRows } = await sql`
    insert into identity.organisation as known (id, kind, name_zh, name_en, succeeds)
    select id, kind, "nameZh", "nameEn", succeeds
    from json_to_recordset(${given}::json)
      as given (id text, kind text, "nameZh" text, "nameEn" text, succeeds text)
    on conflict (id) do update
      set kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en,
        succeeds = excluded.succeeds
      where (known.kind, known.name_zh, known.name_en, known.succeeds)
        is distinct from (excluded.kind, excluded.name_zh, excluded.name_en, excluded.succeeds)
  `.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Replaces the places of the organisations that give theirs. */
export async function saveMemberships(
  tx: Tx,
  organisations: readonly OrganisationInput[],
): Promise<void> {
  const giving = organisations.filter(({ memberships }) => memberships !== undefined);
  if (giving.length === 0) return;
  const places = giving.flatMap(({ id, memberships = [] }) =>
    memberships.map((membership) => ({ id, ...membership })),
  );
  await sql`
    delete from identity.hierarchy_membership
    where organisation_id = any(${giving.map(({ id }) => id)}::text[])
  `.execute(tx);
  await sql`
    insert into identity.hierarchy_membership
      (organisation_id, hierarchy, parent_id, valid_from, valid_to)
    select id, hierarchy, "parentId", "from", "to"
    from json_to_recordset(${JSON.stringify(places)}::json)
      as given (id text, hierarchy text, "parentId" text, "from" date, "to" date)
  `.execute(tx);
}

/** Which of these ids name an organisation. */
export async function findKnownOrganisations(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from identity.organisation where id = any(${ids}::text[])
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export async function findOrganisation(db: Db, id: string): Promise<Organisation | null> {
  const { rows } = await sql<OrganisationTableRow>`
    select id, kind, name_zh, name_en from identity.organisation where id = ${id}
  `.execute(db);
  return rows[0] ? toOrganisation(rows[0]) : null;
}

export async function findNames(
  db: Db,
  ids: readonly string[],
): Promise<readonly Omit<Organisation, 'kind'>[]> {
  const { rows } = await sql<OrganisationTableRow>`
    select id, kind, name_zh, name_en from identity.organisation
    where id = any(${ids}::text[]) order by id
  `.execute(db);
  return rows.map(({ id, name_zh, name_en }) => ({ id, nameZh: name_zh, nameEn: name_en }));
}

/** Organisations by id, those in `within` only unless it is null. */
export async function listOrganisations(
  db: Db,
  search: OrganisationSearch,
  within: readonly string[] | null,
): Promise<OrganisationPage> {
  const like = `%${(search.q ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const { rows } = await sql<OrganisationTableRow>`
    select id, kind, name_zh, name_en from identity.organisation
    where (${search.q ?? null}::text is null
        or id ilike ${like} or name_zh ilike ${like} or name_en ilike ${like})
      and (${search.kind ?? null}::text is null or kind = ${search.kind ?? null})
      and (${within}::text[] is null or id = any(${within}::text[]))
      and (${search.cursor ?? null}::text is null or id > ${search.cursor ?? null})
    order by id
    limit ${search.limit + 1}
  `.execute(db);
  const organisations = rows.slice(0, search.limit).map(toOrganisation);
  const next = rows.length > search.limit ? (organisations.at(-1)?.id ?? null) : null;
  return { organisations, next };
}
