import { sql } from 'kysely';
import type { LocalDate } from '../../kernel/dates.ts';
import type { Db, Tx } from '../../platform/postgres/transaction.ts';
import type { FactSet } from '../facts/index.ts';
import type { Decision } from './contract.ts';

/** Rows read at a time when the history is rebuilt: bounded memory at any age of the port. */
const HISTORY_PAGE = 2_000;

interface DecisionRow {
  readonly id: string;
  readonly subject: string;
  readonly decidedOn: string;
  readonly lane: Decision['lane'];
  readonly score: number;
  readonly selectedBy: Decision['selectedBy'];
  readonly facts: Decision['facts'];
  readonly body: Pick<Decision, 'results' | 'sampling' | 'versions'>;
}

/**
 * Writes decisions in one statement, inside the filing's transaction. A decision made again from the
 * same facts and versions has the same id and is the same row.
 */
export async function saveDecisions(tx: Tx, decisions: readonly Decision[]): Promise<void> {
  if (decisions.length === 0) return;
  const rows = decisions.map(({ results, sampling, versions, ...row }) =>
    JSON.stringify({ ...row, body: { results, sampling, versions } }),
  );
  await sql`
    insert into risk.decision
      (id, subject, decided_on, lane, score, selected_by, facts, body)
    select id, subject, "decidedOn", lane, score, "selectedBy", facts, body
    from json_to_recordset(${`[${rows.join()}]`}::json) as row (
      id text, subject text, "decidedOn" date, lane text, score integer, "selectedBy" text,
      facts json, body json
    )
    on conflict (id) do nothing
  `.execute(tx);
}

const COLUMNS = sql`
  id, subject, decided_on::text as "decidedOn", lane, score, selected_by as "selectedBy", facts, body
`;

export async function findDecision(db: Db, id: string): Promise<Decision | null> {
  const { rows } = await sql<DecisionRow>`
    select ${COLUMNS} from risk.decision where id = ${id}
  `.execute(db);
  return rows[0] ? toDecision(rows[0]) : null;
}

/** The latest decision of each subject; a subject never decided about is not in the map. */
export async function findDecisions(
  db: Db,
  subjects: readonly string[],
): Promise<Map<string, Decision>> {
  const { rows } = await sql<DecisionRow>`
    select distinct on (subject) ${COLUMNS} from risk.decision
    where subject = any(${[...subjects]}::text[])
    order by subject, seq desc
  `.execute(db);
  return new Map(rows.map((row) => [row.subject, toDecision(row)]));
}

/** Some decisions drawn at random, for audits that replay them. */
export async function sampleDecisions(db: Db, count: number): Promise<Decision[]> {
  const { rows } = await sql<DecisionRow>`
    select ${COLUMNS} from risk.decision order by random() limit ${count}
  `.execute(db);
  return rows.map(toDecision);
}

/**
 * What was known of each declaration when it was first decided, in order of recording. A declaration
 * amended later counts once in the history, as it did while the server ran.
 */
export async function* readObservations(
  db: Db,
): AsyncGenerator<{ facts: FactSet; decidedOn: LocalDate }> {
  let after = '0';
  for (;;) {
    const { rows } = await sql<{ seq: string; decidedOn: string; facts: FactSet }>`
      select seq, decided_on::text as "decidedOn", facts from risk.decision as this
      where seq > ${after} and not exists (
        select from risk.decision as earlier
        where earlier.subject = this.subject and earlier.seq < this.seq
      )
      order by seq
      limit ${HISTORY_PAGE}
    `.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

function toDecision({ body, ...row }: DecisionRow): Decision {
  return { ...row, ...body };
}
