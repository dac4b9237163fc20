import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Backtest, BacktestReport, BacktestRequest, BacktestState } from '../contract.ts';

interface Row {
  readonly id: string;
  readonly asked_by: string;
  readonly asked_by_name: string;
  readonly request: BacktestRequest;
  readonly state: BacktestState;
  readonly asked_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly report: BacktestReport | null;
}

/** Keeps what was asked; says whether it is new. */
export async function insertBacktest(tx: Tx, backtest: Backtest): Promise<boolean> {
  const { id, askedBy, request, state, askedAt } = backtest;
  const { numAffectedRows } = await sql`
    insert into risk.backtest (id, asked_by, asked_by_name, request, state, asked_at)
    values (${id}, ${askedBy.personId}, ${askedBy.name}, ${JSON.stringify(request)}::json,
      ${state}, ${askedAt})
    on conflict (id) do nothing
  `.execute(tx);
  return numAffectedRows === 1n;
}

export async function findBacktest(db: Db, id: string): Promise<Backtest | null> {
  const { rows } = await sql<Row>`select * from risk.backtest where id = ${id}`.execute(db);
  return rows[0] ? toBacktest(rows[0]) : null;
}

/** The figures of one that is done. */
export const findReport = async (db: Db, id: string): Promise<BacktestReport | null> =>
  (await findBacktest(db, id))?.report ?? null;

/** The newest first. */
export async function listBacktests(db: Db, limit: number): Promise<Backtest[]> {
  const { rows } = await sql<Row>`
    select * from risk.backtest order by asked_at desc, id limit ${limit}
  `.execute(db);
  return rows.map(toBacktest);
}

/** What was asked for and never came to an end, the oldest first. */
export async function unfinishedBacktests(db: Db): Promise<Backtest[]> {
  const { rows } = await sql<Row>`
    select * from risk.backtest where state in ('queued', 'running') order by asked_at, id
  `.execute(db);
  return rows.map(toBacktest);
}

export type Change = Pick<Backtest, 'state'> &
  Partial<Pick<Backtest, 'startedAt' | 'endedAt' | 'report'>>;

/** Moves one on; what has ended stays as it ended, and then nothing is changed. */
export async function changeBacktest(db: Db, id: string, to: Change): Promise<boolean> {
  const report = to.report ? JSON.stringify(to.report) : null;
  const { numAffectedRows } = await sql`
    update risk.backtest set state = ${to.state},
      started_at = coalesce(${to.startedAt ?? null}::timestamptz, started_at),
      ended_at = ${to.endedAt ?? null}::timestamptz,
      report = ${report}::json
    where id = ${id} and state in ('queued', 'running')
  `.execute(db);
  return numAffectedRows === 1n;
}

const toBacktest = (row: Row): Backtest => ({
  id: row.id,
  state: row.state,
  askedBy: { personId: row.asked_by, name: row.asked_by_name },
  request: row.request,
  share: row.state === 'done' ? 1 : 0,
  askedAt: row.asked_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  report: row.report,
});
