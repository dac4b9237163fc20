import { sql } from 'kysely';
import type { LocalDate } from '../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Audited, type AuditState, dueOnOf, statusOf } from './audit.ts';
import type { AuditPage, AuditRow, AuditSearch } from './contract.ts';

/** Claims an id; false when it is taken, and then its row is held like `lockAudit`. */
export async function claimAudit(tx: Tx, state: AuditState): Promise<boolean> {
  const { rows } = await sql`
    insert into clearance.audit (id, seq, content_hash, origin, status, organisation, office,
      opened_at, declarations, is_overdue)
    values (${state.id}, ${state.seq}, ${state.contentHash}, ${state.origin}, 'open',
      ${state.organisation}, ${state.office}, ${state.openedAt}, ${state.declarations.length}, false)
    on conflict (id) do nothing returning id
  `.execute(tx);
  if (rows.length === 0) {
    await lockAudit(tx, state.id);
    return false;
  }
  await leaveTo(
    tx,
    sql`
      insert into clearance.audit_declaration (audit, declaration)
      select ${state.id}, unnest(${[...state.declarations]}::text[])
    `,
  );
  return true;
}

export async function lockAudit(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select from clearance.audit where id = ${id} for update`.execute(tx);
  return rows.length > 0;
}

export async function saveAudit(tx: Tx, state: AuditState): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update clearance.audit set seq = ${state.seq}, status = ${statusOf(state)},
        due_on = ${dueOnOf(state)}::date, is_overdue = ${isOverdue(state)},
        result = ${state.conclusion?.result ?? null}
      where id = ${state.id}
    `,
  );
}

const isOverdue = ({ requests, conclusion }: AuditState): boolean =>
  !conclusion && requests.some(({ overdue, repliedAt }) => overdue && !repliedAt);

/** Declarations as far as an audit asks about them, held against changes while it is opened. */
export async function findAudited(tx: Tx, ids: readonly string[]): Promise<Audited[]> {
  const { rows } = await sql<Omit<Audited, 'releasedAt'> & { released_at: Date | null }>`
    select id, coalesce(domestic_uscc, organisation) as organisation,
      coalesce(declaration_office, border_office, '') as office, released_at
    from clearance.declaration where id = any(${[...ids]}::text[]) order by id
  `.execute(tx);
  return rows.map(({ released_at, ...row }) => ({
    ...row,
    releasedAt: released_at?.toISOString() ?? null,
  }));
}

/** Open audits about any of some declarations. */
export async function findOpenAbout(db: Db, declarations: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from clearance.audit join clearance.audit_declaration on audit = id
    where declaration = any(${[...declarations]}::text[]) and status <> 'concluded' order by id
  `.execute(db);
  return rows.map(({ id }) => id);
}

export async function findLate(db: Db, today: LocalDate, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from clearance.audit
    where status = 'awaitingEnterprise' and due_on < ${today}::date and not is_overdue
    order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

export async function searchAudits(
  db: Db,
  reach: { readonly any: boolean; organisations: readonly string[]; offices: readonly string[] },
  { status, origin, declaration, cursor, limit }: AuditSearch,
): Promise<AuditPage> {
  const after = cursor ? decode(cursor) : null;
  const { rows } = await sql<Row>`
    select id, origin, status, organisation, office, opened_at, declarations, due_on, is_overdue,
      result
    from clearance.audit
    where (${reach.any} or organisation = any(${[...reach.organisations]}::text[])
        or office = any(${[...reach.offices]}::text[]))
      and (${status ?? null}::text is null or status = ${status ?? null})
      and (${origin ?? null}::text is null or origin = ${origin ?? null})
      and (${declaration ?? null}::text is null or id in (
        select audit from clearance.audit_declaration where declaration = ${declaration ?? null}))
      and (${after?.[0] ?? null}::timestamptz is null
        or (opened_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    order by opened_at desc, id desc limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > page.length && last ? `${last.opened_at.toISOString()} ${last.id}` : null;
  return { rows: page.map(toRow), next };
}

interface Row {
  id: string;
  origin: AuditRow['origin'];
  status: AuditRow['status'];
  organisation: string;
  office: string;
  opened_at: Date;
  declarations: number;
  due_on: string | null;
  is_overdue: boolean;
  result: AuditRow['result'];
}

const toRow = ({ opened_at, due_on, is_overdue, ...row }: Row): AuditRow => ({
  ...row,
  ...{ openedAt: opened_at.toISOString(), dueOn: due_on, overdue: is_overdue },
});

/** A cursor that is not ours begins at the beginning. */
function decode(cursor: string): [string, string] | null {
  const [at = '', id = ''] = cursor.split(' ');
  return Number.isNaN(Date.parse(at)) || id === '' ? null : [at, id];
}
