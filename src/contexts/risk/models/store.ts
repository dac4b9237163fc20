import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { FactSet } from '../../facts/index.ts';
import type { ModelHead } from '../learning/contract.ts';
import type { ModelAim, ModelStatus, TrainingRun } from './contract.ts';
import type { ModelState } from './model.ts';

/** Far more than a port ever keeps; a page shows them all. */
const MODELS_MAX = 500;
const RUNS_SHOWN = 20;

/** Acts on models are put in order, one after another: each may change two models at once. */
export async function lockModels(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('risk.model'))`.execute(tx);
}

export async function findModel(db: Db, id: string): Promise<ModelState | null> {
  const { rows } = await sql<{ state: ModelState }>`
    select state from risk.model where id = ${id}
  `.execute(db);
  return rows[0]?.state ?? null;
}

export async function findModelOfVersion(db: Db, version: string): Promise<ModelState | null> {
  const { rows } = await sql<{ state: ModelState }>`
    select state from risk.model where version = ${version}
  `.execute(db);
  return rows[0]?.state ?? null;
}

export async function findModelWithStatus(
  db: Db,
  aim: ModelAim,
  status: Extract<ModelStatus, 'live' | 'shadow'>,
): Promise<ModelState | null> {
  const { rows } = await sql<{ state: ModelState }>`
    select state from risk.model where aim = ${aim} and status = ${status}
  `.execute(db);
  return rows[0]?.state ?? null;
}

/** The newest first. */
export async function listModels(db: Db): Promise<ModelState[]> {
  const { rows } = await sql<{ state: ModelState }>`
    select state from risk.model order by made_at desc, id desc limit ${MODELS_MAX}
  `.execute(db);
  return rows.map(({ state }) => state);
}

/** The versions in force: what every server looks at to see whether it decides with the right models. */
export async function versionsInForce(db: Db): Promise<readonly VersionInForce[]> {
  const { rows } = await sql<VersionInForce>`
    select aim, status, version from risk.model where status in ('live', 'shadow')
    order by aim, status
  `.execute(db);
  return rows;
}

export interface VersionInForce {
  readonly aim: ModelAim;
  readonly status: Extract<ModelStatus, 'live' | 'shadow'>;
  readonly version: string;
}

export async function insertModel(
  tx: Tx,
  state: ModelState,
  file: { readonly content: string; readonly head: ModelHead },
): Promise<void> {
  await sql`
    insert into risk.model_file (version, content) values (${state.version}, ${file.content})
    on conflict (version) do nothing
  `.execute(tx);
  await sql`
    insert into risk.model (id, version, aim, status, made_at, state, head)
    values (${state.id}, ${state.version}, ${state.aim}, ${state.status}, ${state.madeAt},
      ${JSON.stringify(state)}::jsonb, ${JSON.stringify(file.head)}::jsonb)
  `.execute(tx);
}

export async function updateModel(tx: Tx, state: ModelState): Promise<void> {
  await sql`
    update risk.model set status = ${state.status}, state = ${JSON.stringify(state)}::jsonb
    where id = ${state.id}
  `.execute(tx);
}

export async function readModelHead(db: Db, id: string): Promise<ModelHead | null> {
  const { rows } = await sql<{ head: ModelHead }>`
    select head from risk.model where id = ${id}
  `.execute(db);
  return rows[0]?.head ?? null;
}

export async function readModelFile(db: Db, version: string): Promise<string | null> {
  const { rows } = await sql<{ content: string }>`
    select content from risk.model_file where version = ${version}
  `.execute(db);
  return rows[0]?.content ?? null;
}

/* ---------------------------------------------------------------- training */

/** An examined declaration: what was known when it was decided, and what was found. */
export interface Examined {
  readonly subject: string;
  readonly decidedOn: LocalDate;
  readonly facts: FactSet;
  readonly found: boolean;
  /** The kinds of its findings. */
  readonly kinds: readonly string[];
  /** The rate it was drawn at, for what only the random draw selected. */
  readonly drawnAt: number | null;
}

const EXAMINED_PAGE = 1_000;

/** Every examined declaration with the facts of its last decision, in bounded memory. */
export async function* readExamined(db: Db): AsyncGenerator<Examined> {
  let after = '';
  for (;;) {
    const { rows } = await sql<Examined>`
      select subject, decision.decided_on::text as "decidedOn", decision.facts, found, kinds,
        case when decision.selected_by = 'sample' then decision.sampling_rate end as "drawnAt"
      from risk.outcome cross join lateral (
        select decided_on, facts, selected_by, sampling_rate from risk.decision
        where decision.subject = outcome.subject order by seq desc limit 1
      ) as decision
      where found is not null and subject > ${after}
      order by subject
      limit ${EXAMINED_PAGE}
    `.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.subject;
  }
}

/**
 * Does the work while no other server does it; `null` when one is at it. The lock belongs to the
 * connection, so a server that dies lets go of it.
 */
export async function whileTrainingAlone<T>(db: Db, work: () => Promise<T>): Promise<T | null> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ taken: boolean }>`
      select pg_try_advisory_lock(hashtext('risk.training_run')) as taken
    `.execute(connection);
    if (!rows[0]?.taken) return null;
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtext('risk.training_run'))`.execute(connection);
    }
  });
}

type Run = Omit<TrainingRun, 'share'>;
type StoredRun = Omit<Run, 'startedAt' | 'endedAt'> & { startedAt: Date; endedAt: Date | null };

const RUN = sql`
  id, aim, asked_by as "askedBy", started_at as "startedAt", ended_at as "endedAt", state, examined,
  found, sentence
`;

/** Writes a run that begins; `false` when one of that id ran before. */
export async function insertRun(db: Db, run: Run): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into risk.training_run (id, aim, asked_by, started_at, state, examined, found)
    values (${run.id}, ${run.aim}, ${run.askedBy}, ${run.startedAt}, ${run.state}, ${run.examined}, ${run.found})
    on conflict (id) do nothing
    returning id
  `.execute(db);
  return rows.length > 0;
}

export async function updateRun(db: Db, run: Run): Promise<void> {
  const sentence = run.sentence && JSON.stringify(run.sentence);
  await sql`
    update risk.training_run set state = ${run.state}, ended_at = ${run.endedAt},
      examined = ${run.examined}, found = ${run.found}, sentence = ${sentence}::jsonb
    where id = ${run.id}
  `.execute(db);
}

/** Runs that a server left behind when it died; to be called by whoever trains alone. */
export async function closeRunsLeftBehind(db: Db, at: Instant): Promise<void> {
  await sql`
    update risk.training_run set state = 'failed', ended_at = ${at} where state = 'running'
  `.execute(db);
}

/** The newest first. */
export async function listRuns(db: Db): Promise<Run[]> {
  const { rows } = await sql<StoredRun>`
    select ${RUN} from risk.training_run order by started_at desc, id desc limit ${RUNS_SHOWN}
  `.execute(db);
  return rows.map(toRun);
}

/** Of each aim, the last run that somebody asked for. */
export async function lastRunsBy(db: Db, askedBy: string): Promise<Run[]> {
  const { rows } = await sql<StoredRun>`
    select distinct on (aim) ${RUN} from risk.training_run where asked_by = ${askedBy}
    order by aim, started_at desc, id desc
  `.execute(db);
  return rows.map(toRun);
}

export async function findRun(db: Db, id: string): Promise<Run | null> {
  const { rows } = await sql<StoredRun>`
    select ${RUN} from risk.training_run where id = ${id}
  `.execute(db);
  return rows[0] ? toRun(rows[0]) : null;
}

const toRun = (row: StoredRun): Run => ({
  ...row,
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

/* ---------------------------------------------------------------- drift */

export interface DatedFacts {
  readonly decidedOn: LocalDate;
  readonly facts: FactSet;
}

/** What was decided last, the newest first. */
export async function newestDecided(db: Db, limit: number): Promise<DatedFacts[]> {
  const { rows } = await sql<DatedFacts>`
    select decided_on::text as "decidedOn", facts from risk.decision order by seq desc limit ${limit}
  `.execute(db);
  return rows;
}

/** What was decided last before a day. */
export async function decidedBefore(db: Db, day: LocalDate, limit: number): Promise<DatedFacts[]> {
  const { rows } = await sql<DatedFacts>`
    select decided_on::text as "decidedOn", facts from risk.decision
    where decided_on < ${day} order by decided_on desc limit ${limit}
  `.execute(db);
  return rows;
}

/** An examined declaration, as it is needed to judge a model by. */
export interface JudgedDecision {
  /** The Monday of the week it was examined in, at the port. */
  readonly week: LocalDate;
  readonly found: boolean;
  readonly isSample: boolean;
  /** Whether the model selected it, and what the model stated, live or on trial. */
  readonly isSelected: boolean;
  readonly probability: number | null;
}

/** Examinations since a moment that were drawn at random or that a model had a word on. */
export async function judgedSince(
  db: Db,
  version: string,
  since: Instant,
  limit: number,
): Promise<JudgedDecision[]> {
  const { rows } = await sql<JudgedDecision>`
    select date_trunc('week', examined_at at time zone 'Asia/Shanghai')::date::text as week, found,
      decision.selected_by = 'sample' as "isSample",
      decision.selected_by = 'model' and decision.model = ${version} as "isSelected",
      case when decision.model = ${version} then (decision.body -> 'model' ->> 'probability')::float8
        else (
          select (said ->> 'probability')::float8
          from (
            select json_array_elements(decision.body -> 'shadow')
            union all select json_array_elements(decision.body -> 'beside')
          ) as others (said)
          where said ->> 'version' = ${version}
        )
      end as probability
    from risk.outcome cross join lateral (
      select selected_by, body, body -> 'model' ->> 'version' as model from risk.decision
      where decision.subject = outcome.subject order by seq desc limit 1
    ) as decision
    where found is not null and examined_at >= ${since}
    order by examined_at desc
    limit ${limit}
  `.execute(db);
  return rows;
}
