import { Refused, seen } from '../../../../kernel/refusal.ts';
import {
  type AnalyticsReader,
  quoteName,
  quoteText,
} from '../../../../platform/analytics/analytics.ts';
import type { Fact } from '../../../facts/index.ts';
import { columnName, type Mapping } from '../../../pool/index.ts';
import type { BacktestRequest } from '../contract.ts';
import { DECISIONS, OUTCOMES } from '../fact-tables.ts';
import { MARK, type Relation } from './snapshot.ts';

/** What a back-test reads: the port's own declarations, or a dataset of the pool. */
export async function relationFor(
  pool: AnalyticsReader,
  facts: readonly Fact[],
  dataset: BacktestRequest['dataset'],
): Promise<Relation> {
  if (dataset === null) return portRelation(facts);
  return datasetRelation(await datasetMapping(pool, dataset.name), facts, dataset.label);
}

/** The port's own declarations, each as it was last decided about. */
const portRelation = (facts: readonly Fact[]): Relation => ({
  name: 'port',
  table: DECISIONS,
  facts: facts.map(({ name, type }) => ({ fact: name, type, column: columnName(name) })),
  sql: {
    id: 'event',
    subject: 'subject',
    day: 'day',
    office: 'office',
    lane: 'lane',
    isSampled: `selected_by = 'sample'`,
  },
  state: 'select position from catalogue.feed',
  // Few are decided about twice. They are found by the hash of the subject, which is small; only
  // among those is it asked which decision came last.
  marks: (rows) => `
    select "row", sum(mark) as mark from (
      select "row", ${MARK.superseded} as mark from (
        select rowid as "row", row_number() over (partition by subject order by seq desc) as nth
        from ${DECISIONS} where rowid < ${rows} and hash(subject) in (
          select hash(subject) from ${DECISIONS} where rowid < ${rows}
          group by 1 having count(*) > 1))
      where nth > 1
      union all
      select decision.rowid as "row",
        case when outcome.found then ${MARK.examined + MARK.found} else ${MARK.examined} end as mark
      from ${DECISIONS} as decision
      join (select subject, bool_or(found) as found from ${OUTCOMES} group by subject) as outcome
        on outcome.subject = decision.subject
      where decision.rowid < ${rows})
    group by "row"`,
});

/** A dataset whose mapping says what its columns mean; the label tells what was found. */
function datasetRelation(mapping: Mapping, facts: readonly Fact[], label: string | null): Relation {
  if (label !== null && !mapping.labels.includes(label)) {
    throw new Refused('invalid', {
      code: 'risk.backtest_label_unknown',
      path: 'dataset.label',
      seen: seen(label),
      params: { known: mapping.labels.join(', ') || '—' },
    });
  }
  const given = new Set([
    ...mapping.columns.map(({ to }) => to),
    ...Object.keys(mapping.constants),
  ]);
  const known = facts.filter(({ name }) => given.has(name) && !mapping.labels.includes(name));
  const columnOr = (fact: string, otherwise: string): string =>
    given.has(fact) ? quoteName(columnName(fact)) : otherwise;
  const outcome = label === null ? null : quoteName(columnName(label));
  return {
    name: `dataset-${mapping.dataset}`,
    table: mapping.dataset,
    facts: known.map(({ name, type }) => ({ fact: name, type, column: columnName(name) })),
    sql: {
      id: quoteName(columnName(mapping.id)),
      subject: quoteName(columnName(mapping.id)),
      day: quoteName(columnName(mapping.date)),
      office: columnOr('declaration.borderOffice', columnOr('declaration.office', 'null::varchar')),
      lane: 'null::varchar',
      isSampled: 'false',
    },
    state: `select concat_ws(' ', ${quoteText(outcome ?? '')}, string_agg(id, ' ' order by id))
      from catalogue.import where dataset = ${quoteText(mapping.dataset)}`,
    marks: (rows) => `
      select rowid as "row",
        case when ${outcome}::double > 0 then ${MARK.examined + MARK.found}
          else ${MARK.examined} end as mark
      from ${quoteName(mapping.dataset)}
      where ${outcome} is not null and rowid < ${rows}`,
  };
}

async function datasetMapping(pool: AnalyticsReader, name: string): Promise<Mapping> {
  const { rows } = await pool.query('select name, mapping::varchar from catalogue.dataset');
  const text = rows.find(([dataset]) => dataset === name)?.[1];
  if (text === undefined) {
    throw new Refused('not_found', {
      code: 'risk.backtest_dataset_unknown',
      path: 'dataset.name',
      seen: seen(name),
      params: { known: rows.map(([dataset]) => dataset).join(', ') || '—' },
    });
  }
  return JSON.parse(String(text)) as Mapping;
}
