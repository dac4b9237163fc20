import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDate } from '../../../../kernel/dates.ts';
import { quoteName, type TableColumn } from '../../../../platform/analytics/analytics.ts';
import { SQL_TYPES } from '../../../../platform/analytics/cells.ts';
import { openDuckdb } from '../../../../platform/analytics/duckdb.ts';
import type { Fact, FactSet } from '../../../facts/index.ts';
import { columnName } from '../../../pool/index.ts';
import { FACT_COLUMN_TYPES, factCell } from '../fact-tables.ts';
import { MARK, type Relation, type Snapshot, takeSnapshot } from './snapshot.ts';

/** One row to try rules on, and what its examination found; `null` when nobody looked. */
export interface FactRow {
  readonly id: string;
  readonly day: LocalDate;
  readonly facts: FactSet;
  readonly found: boolean | null;
}

export interface FactRows {
  append(rows: readonly FactRow[]): Promise<void>;
  readonly facts: Relation['facts'];
  snapshot(): Promise<Snapshot>;
  /** Nothing of it is left. */
  close(): Promise<void>;
}

const BASE: readonly TableColumn[] = [
  { name: 'id', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'office', type: 'text' },
  { name: 'found', type: 'boolean' },
];

/** Rows that come from elsewhere than the pool, in a place of their own on disk. */
export async function openFactRows(facts: readonly Fact[]): Promise<FactRows> {
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-backtest-'));
  const analytics = await openDuckdb({ file: join(folder, 'rows.duckdb') });
  const columns = [
    ...BASE,
    ...facts.map(({ name, type }) => ({ name: columnName(name), type: FACT_COLUMN_TYPES[type] })),
  ];
  const relation: Relation = {
    name: 'rows',
    table: 'fact_row',
    facts: facts.map(({ name, type }) => ({ fact: name, type, column: columnName(name) })),
    sql: {
      ...{ id: 'id', subject: 'id', day: 'day', office: 'office' },
      ...{ lane: 'null::varchar', isSampled: 'false' },
    },
    state: `select count(*)::varchar || ' ' || coalesce(sum(hash(id, found)), 0)::varchar from fact_row`,
    marks: (rows) => `
      select rowid as "row",
        case when found then ${MARK.examined + MARK.found} else ${MARK.examined} end as mark
      from fact_row where found is not null and rowid < ${rows}`,
  };
  const written = columns.map(({ name, type }) => `${quoteName(name)} ${SQL_TYPES[type]}`);
  await analytics.run(`create table fact_row (${written.join(', ')})`);
  return {
    facts: relation.facts,
    append: (rows) =>
      analytics.append(
        'fact_row',
        columns,
        rows.map(({ id, day, found, facts: known }) => {
          const office = known['declaration.borderOffice'] ?? known['declaration.office'] ?? null;
          const values = facts.map(({ name, type }) => factCell(known[name] ?? null, type));
          return [id, day, office, found, ...values];
        }),
      ),
    snapshot: () => takeSnapshot(analytics, relation, join(folder, 'parts')),
    async close() {
      await analytics.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
