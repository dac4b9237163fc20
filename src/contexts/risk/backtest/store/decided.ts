import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { FactSet } from '../../../facts/index.ts';
import type { Decision } from '../../contract.ts';

/** What a decision came to and everything it was made from. */
export interface DecidedFacts
  extends Pick<Decision, 'decidedOn' | 'lane' | 'selectedBy' | 'score'> {
  readonly facts: FactSet;
}

/** Decisions by id, without their reasons. */
export async function findDecided(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, DecidedFacts>> {
  const { rows } = await sql<DecidedFacts & { id: string }>`
    select id, decided_on::text as "decidedOn", lane, selected_by as "selectedBy", score, facts
    from risk.decision where id = any(${[...ids]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
