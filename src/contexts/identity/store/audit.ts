import { sql } from 'kysely';
import type { Instant } from '../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor, AuditPage, AuditRow, AuditSearch, AuditStatus } from '../contract.ts';

/** One line of the audit: who did what to which subjects, and how it ended. */
export interface AuditEntry {
  readonly actor: Actor;
  readonly operation: string;
  /** `declaration:<id>`, `person:<id>`: what was acted on. */
  readonly subjects: readonly string[];
  readonly outcome: 'done' | 'refused';
  readonly detail?: Record<string, unknown>;
  readonly at: Instant;
}

/** Writes one audit row in the caller's transaction: the act and its record stand or fall together. */
export const recordAudit = (tx: Tx, entry: AuditEntry): Promise<void> => recordAudits(tx, [entry]);

/** As `recordAudit`, for acts that share a transaction: one statement. */
export async function recordAudits(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ actor, operation, subjects, outcome, detail = {}, at }) => {
    const { personId, postId, organisationId } = actor;
    return { at, personId, postId, organisationId, operation, subjects, outcome, detail };
  });
  await leaveTo(
    tx,
    sql`
      insert into identity.audit
        (at, person_id, post_id, organisation_id, operation, subjects, outcome, detail)
      select at, "personId", "postId", "organisationId", operation, subjects, outcome, detail
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (
        at timestamptz, "personId" text, "postId" text, "organisationId" text, operation text,
        subjects text[], outcome text, detail jsonb
      )
    `,
  );
}

/** A row as PostgreSQL gives it. */
export interface StoredAudit {
  id: string;
  at: Date;
  person_id: string;
  post_id: string;
  organisation_id: string;
  operation: string;
  subjects: string[];
  outcome: 'done' | 'refused';
  detail: Record<string, unknown>;
  sealed_in: string | null;
}

export function toAuditRow(row: StoredAudit): AuditRow {
  return {
    id: row.id,
    at: row.at.toISOString(),
    personId: row.person_id,
    postId: row.post_id,
    organisationId: row.organisation_id,
    operation: row.operation,
    subjects: row.subjects,
    outcome: row.outcome,
    detail: row.detail,
    sealedIn: row.sealed_in === null ? null : Number(row.sealed_in),
  };
}

/** The newest rows that fit, page by page. */
export async function searchAudit(db: Db, search: AuditSearch): Promise<AuditPage> {
  const conditions = [
    search.personId && sql`person_id = ${search.personId}`,
    search.organisationId && sql`organisation_id = ${search.organisationId}`,
    search.operation && sql`operation = ${search.operation}`,
    search.subject && sql`subjects @> ${[search.subject]}::text[]`,
    search.outcome && sql`outcome = ${search.outcome}`,
    search.from && sql`at >= ${search.from}`,
    search.to && sql`at < ${search.to}`,
    search.cursor && sql`id < ${search.cursor}::bigint`,
  ].filter((condition) => typeof condition === 'object');
  const { rows } = await sql<StoredAudit>`
    select * from identity.audit
    where ${sql.join([sql`true`, ...conditions], sql` and `)}
    order by id desc
    limit ${search.limit + 1}
  `.execute(db);
  const page = rows.slice(0, search.limit).map(toAuditRow);
  return { rows: page, next: rows.length > search.limit ? (page.at(-1)?.id ?? null) : null };
}

interface StatusRow {
  unsealed: number;
  oldest: Date | null;
  sealed: number;
  batch: string | null;
  sealed_at: Date | null;
  hash: Buffer | null;
}

/** How far the chain reaches, and how much of the audit still lies in the unsealed open_rows. */
export async function readAuditStatus(db: Db): Promise<AuditStatus> {
  const { rows } = await sql<StatusRow>`
    select open_rows.unsealed, open_rows.oldest, last.batch, last.sealed_at, last.hash,
      (select coalesce(sum(cardinality(row_ids)), 0)::integer from identity.audit_seal) as sealed
    from (
      select count(*)::integer as unsealed, min(at) as oldest
      from identity.audit where sealed_in is null
    ) as open_rows
    left join (select * from identity.audit_seal order by batch desc limit 1) as last on true
  `.execute(db);
  const status = rows[0];
  return {
    rows: (status?.sealed ?? 0) + (status?.unsealed ?? 0),
    unsealed: status?.unsealed ?? 0,
    oldestUnsealedAt: status?.oldest?.toISOString() ?? null,
    batches: Number(status?.batch ?? 0),
    lastBatchAt: status?.sealed_at?.toISOString() ?? null,
    lastHash: status?.hash?.toString('hex') ?? null,
  };
}
