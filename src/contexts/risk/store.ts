import { sql } from 'kysely';
import type { LocalDate } from '../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../platform/postgres/transaction.ts';
import type { FactSet, Label } from '../facts/index.ts';
import type { Decision, SimilarCase } from './contract.ts';
import { selectionColumns } from './selection/columns.ts';
import { type Examination, saveExamination } from './selection/store.ts';
import {
  fromStored,
  keyOf,
  type StoredResult,
  toStored,
  type Unlabelled,
  unlabelledIn,
} from './stored-results.ts';

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
  readonly body: Body;
}
type Body = Pick<Decision, 'model' | 'beside' | 'sampling' | 'shadow'> & {
  readonly results: readonly StoredResult[];
  readonly versions:
    | Decision['versions']
    | Pick<Decision['versions'], 'engine' | 'policy' | 'checks'>;
};

/**
 * Writes decisions in one statement, inside the filing's transaction. A decision made again from the
 * same facts and versions has the same id and is the same row.
 */
export async function saveDecisions(tx: Tx, decisions: readonly Decision[]): Promise<void> {
  if (decisions.length === 0) return;
  const rows = decisions.map((decision) => {
    const { results, model, beside, sampling, shadow, versions, ...row } = decision;
    const body: Body = {
      ...{ results: results.map(toStored), model, ...(beside && { beside }) },
      ...{ sampling, shadow, versions },
    };
    return JSON.stringify({ ...row, ...selectionColumns(decision), body });
  });
  await leaveTo(
    tx,
    sql`
      insert into risk.decision
        (id, subject, decided_on, lane, score, selected_by, facts, body,
          office, harm, threshold, sampling_rate, drawn_as)
      select id, subject, "decidedOn", lane, score, "selectedBy", facts, body,
        office, harm, threshold, "samplingRate", "drawnAs"
      from json_to_recordset(${`[${rows.join()}]`}::json) as row (
        id text, subject text, "decidedOn" date, lane text, score integer, "selectedBy" text,
        facts json, body json, office text, harm double precision, threshold double precision,
        "samplingRate" double precision, "drawnAs" text
      )
      on conflict (id) do nothing
    `,
  );
  await saveOutcomes(tx, decisions.flatMap(outcomesOf));
}

/** What is to be compared with the examination: every hit, and whatever else selected the goods. */
function outcomesOf(decision: Decision) {
  const { id, subject, decidedOn, results, shadow, model, sampling, selectedBy } = decision;
  const row = (rule: string, version: string | number, aside: boolean) => ({
    ...{ decision: id, rule, version: String(version), subject, day: decidedOn, aside },
  });
  const hits = results.flatMap(({ check, version, outcome }) =>
    outcome === 'hit' ? [row(check, version, false)] : [],
  );
  const aside = shadow.flatMap((said) =>
    said.kind === 'rule' && said.outcome === 'hit' ? [row(said.rule, said.version, true)] : [],
  );
  const drawn = sampling?.selected ? [row('sample', sampling.rate, false)] : [];
  const modelled = model && selectedBy === 'model' ? [row('model', model.version, false)] : [];
  return [...hits, ...aside, ...drawn, ...modelled];
}

async function saveOutcomes(tx: Tx, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await leaveTo(
    tx,
    sql`
      insert into risk.rule_outcome (decision, rule, version, subject, decided_on, aside)
      select decision, rule, version, subject, day, aside
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (
        decision text, rule text, version text, subject text, day date, aside boolean
      )
      on conflict (decision, rule, version) do nothing
    `,
  );
}

/**
 * Writes what an examination found beside everything that spoke for it in the latest decision about
 * the subject. A laboratory that differs later turns nothing found into something, never back.
 */
export async function recordFinding(tx: Tx, finding: Examination): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update risk.rule_outcome set
        examined_at = coalesce(examined_at, ${finding.at}::timestamptz),
        found = coalesce(found, false) or ${finding.found}
      where decision = (
        select id from risk.decision where subject = ${finding.subject} order by seq desc limit 1
      )
    `,
  );
  await saveExamination(tx, finding);
}

/** Whether what selected the goods has been looked into: from then on it may be told what it was. */
export async function isExamined(db: Db, decisionId: string): Promise<boolean> {
  const { rows } = await sql`
    select from risk.rule_outcome
    where decision = ${decisionId} and examined_at is not null
    limit 1
  `.execute(db);
  return rows.length > 0;
}

const COLUMNS = sql`
  id, subject, decided_on::text as "decidedOn", lane, score, selected_by as "selectedBy", facts, body
`;

export async function findDecision(db: Db, id: string): Promise<Decision | null> {
  const { rows } = await sql<DecisionRow>`
    select ${COLUMNS} from risk.decision where id = ${id}
  `.execute(db);
  return (await toDecisions(db, rows))[0] ?? null;
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
  const decisions = await toDecisions(db, rows);
  return new Map(decisions.map((decision) => [decision.subject, decision]));
}

const SIMILAR_LOOKED_AT = 2_000;
const SIMILAR_SHOWN = 6;

/**
 * Examined consignments of the same goods at the same office, decided before this one: those that
 * share its origin and its party first, then the newest. Looks at the newest two thousand of them.
 */
export async function findSimilar(db: Db, decision: Decision): Promise<SimilarCase[]> {
  const { facts, subject } = decision;
  const { rows } = await sql<SimilarCase>`
    with alike as (
      select subject, decided_on, facts from risk.decision
      where office = ${facts['declaration.borderOffice'] ?? facts['declaration.office'] ?? null}
        and facts ->> 'goods.hs6' = ${facts['goods.hs6'] ?? null}
        and subject <> ${subject} and decided_on <= ${decision.decidedOn}
      order by seq desc limit ${SIMILAR_LOOKED_AT}
    )
    select distinct on ("sameOrigin", "sameParty", decided_on, subject)
      subject, decided_on::text as day, outcome.found,
      coalesce(facts ->> 'goods.origin' = ${facts['goods.origin'] ?? null}, false) as "sameOrigin",
      coalesce(facts ->> 'party.importer' = ${facts['party.importer'] ?? null}, false)
        as "sameParty",
      (facts ->> 'price.perKg')::double precision as "pricePerKg",
      facts ->> 'declaration.currency' as currency
    from alike join risk.outcome using (subject)
    where outcome.found is not null
    order by "sameOrigin" desc, "sameParty" desc, decided_on desc, subject
    limit ${SIMILAR_SHOWN}
  `.execute(db);
  return rows;
}

/** Some decisions drawn at random, for audits that replay them. */
export async function sampleDecisions(db: Db, count: number): Promise<Decision[]> {
  const { rows } = await sql<DecisionRow>`
    select ${COLUMNS} from risk.decision order by random() limit ${count}
  `.execute(db);
  return toDecisions(db, rows);
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

/** What decisions of the first engine, which knew neither rules nor models, did not say. */
const UNSAID: Pick<Body, 'model' | 'beside' | 'shadow'> = { model: null, shadow: [] };
const UNVERSIONED = { rules: '', model: null, shadow: null };

async function toDecisions(db: Db, rows: readonly DecisionRow[]): Promise<Decision[]> {
  const unlabelled = rows.flatMap(({ body }) => unlabelledIn(body.results));
  const labels = unlabelled.length > 0 ? await findLabels(db, unlabelled) : new Map();
  return rows.map((row) => toDecision(row, labels));
}

async function findLabels(
  db: Db,
  wanted: readonly Unlabelled[],
): Promise<ReadonlyMap<string, Label>> {
  const distinct = [...new Map(wanted.map((rule) => [keyOf(rule), rule])).values()];
  const { rows } = await sql<Unlabelled & { label: Label }>`
    select kept.rule as id, kept.version, kept.content->'label' as label
    from json_to_recordset(${JSON.stringify(distinct)}::json) as wanted (id text, version integer)
      join risk.rule_version as kept on kept.rule = wanted.id and kept.version = wanted.version
  `.execute(db);
  return new Map(rows.map((row) => [keyOf(row), row.label]));
}

/** The order of fields is that of the engine, for whoever compares texts. */
function toDecision(
  { body, facts, ...row }: DecisionRow,
  labels: ReadonlyMap<string, Label>,
): Decision {
  const { results, model, beside, sampling, shadow, versions } = { ...UNSAID, ...body };
  return {
    ...row,
    results: results.map((result) => fromStored(result, labels)),
    ...{ model, ...(beside && { beside }), sampling, shadow },
    versions: 'rules' in versions ? versions : { ...versions, ...UNVERSIONED },
    facts,
  };
}
