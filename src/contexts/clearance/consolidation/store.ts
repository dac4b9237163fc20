import { sql } from 'kysely';
import type { Instant } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { DeclarationInput } from '../contract.ts';
import type { ConsolidatedDeclaration, Consolidation } from './contract.ts';

/** A declaration of a consolidation with what will be filed, word for word. */
export interface PlannedDeclaration extends ConsolidatedDeclaration {
  readonly content: DeclarationInput;
  /** When it was filed, if whoever asked may say so; filed when it is heard of otherwise. */
  readonly occurredAt?: Instant;
}
export interface StoredConsolidation extends Omit<Consolidation, 'declarations'> {
  readonly declarations: readonly PlannedDeclaration[];
}

interface Row {
  id: string;
  application: string;
  organisation: string;
  through: string;
  status: Consolidation['status'];
  movements: number;
  declarations: PlannedDeclaration[];
  planned_at: Date;
  answered_at: Date | null;
}

/** Claims the id of a consolidation; false when it is taken. */
export async function insert(tx: Tx, it: StoredConsolidation): Promise<boolean> {
  const { rows } = await sql`
    insert into clearance.consolidation (id, application, organisation, through, status, movements,
      declarations, planned_at, answered_at)
    values (${it.id}, ${it.application}, ${it.organisation}, ${it.through}, ${it.status},
      ${it.movements}, ${JSON.stringify(it.declarations)}::jsonb, ${it.plannedAt}, ${it.answeredAt})
    on conflict (id) do nothing
    returning id
  `.execute(tx);
  return rows.length > 0;
}

export async function save(tx: Tx, it: StoredConsolidation): Promise<void> {
  await sql`
    update clearance.consolidation set status = ${it.status}, answered_at = ${it.answeredAt},
      declarations = ${JSON.stringify(it.declarations)}::jsonb
    where id = ${it.id}
  `.execute(tx);
}

export async function find(db: Db, id: string, hold = false): Promise<StoredConsolidation | null> {
  const { rows } = await sql<Row>`
    select * from clearance.consolidation where id = ${id} ${hold ? sql`for update` : sql``}
  `.execute(db);
  return rows[0] ? toStored(rows[0]) : null;
}

/** What was planned for declarations, by their ids; one that was not built here is absent. */
export async function plansOf(
  db: Db,
  declarations: readonly string[],
): Promise<Map<string, { consolidation: string; content: DeclarationInput }>> {
  const { rows } = await sql<{ id: string; consolidation: string; content: DeclarationInput }>`
    select d ->> 'id' as id, c.id as consolidation, d -> 'content' as content
    from clearance.consolidation as c, jsonb_array_elements(c.declarations) as d
    where c.id = any(${[...new Set(declarations.map(consolidationOf))]}::text[])
      and d ->> 'id' = any(${[...declarations]}::text[])
  `.execute(db);
  return new Map(rows.map(({ id, consolidation, content }) => [id, { consolidation, content }]));
}

/** Declarations are numbered within their consolidation: `BA1-202607-1`. */
export const declarationId = (consolidation: string, n: number): string => `${consolidation}-${n}`;
const consolidationOf = (declaration: string): string => declaration.replace(/-\d+$/, '');

/** Consolidations of an application, the newest first. */
export async function list(db: Db, application: string): Promise<StoredConsolidation[]> {
  const { rows } = await sql<Row>`
    select * from clearance.consolidation where application = ${application}
    order by planned_at desc, id desc limit 200
  `.execute(db);
  return rows.map(toStored);
}

/** Planned, and not answered: what a power cut left. */
export async function unanswered(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from clearance.consolidation where answered_at is null order by planned_at, id
  `.execute(db);
  return rows.map(({ id }) => id);
}

function toStored(row: Row): StoredConsolidation {
  return {
    id: row.id,
    application: row.application,
    organisation: row.organisation,
    through: row.through,
    status: row.status,
    movements: row.movements,
    declarations: row.declarations,
    plannedAt: row.planned_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}
