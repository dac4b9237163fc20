import { decimal, isNegative } from '../../../kernel/decimal.ts';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { type AnalyticsReader, quoteName } from '../../../platform/analytics/analytics.ts';
import type { Label } from '../../facts/index.ts';
import { type Dataset, Mapping } from '../contract.ts';
import { columnName } from '../mapping.ts';
import type { EventTable } from './events.ts';
import { type Import, listImports } from './import.ts';

/** One thing a dataset pledges, as the condition of a row that breaks it. */
interface Pledge {
  readonly name: string;
  readonly label: Label;
  /** Counts the rows that break it. */
  readonly violations: string;
}

interface Described {
  readonly name: string;
  readonly label: Label;
  readonly kind: Dataset['kind'];
  readonly columns: Dataset['columns'];
  readonly pledges: readonly Pledge[];
}

export interface Catalogue {
  list(): Promise<Dataset[]>;
  get(name: string): Promise<Dataset>;
}

/** Quality is counted again when a dataset has other rows than when it was last counted. */
export function createCatalogue(
  reader: AnalyticsReader,
  tables: readonly EventTable[],
  labelOf: (fact: string) => Label | null,
): Catalogue {
  const counted = new Map<string, { stamp: string; quality: Dataset['quality'] }>();

  const describeAll = async (): Promise<Described[]> => {
    const { rows } = await reader.query(
      'select mapping::varchar from catalogue.dataset order by name',
    );
    const mappings = rows.map(([text]) => Mapping.parse(JSON.parse(String(text))));
    return [
      ...tables.map(describeEvents),
      ...mappings.map((mapping) => describeFile(mapping, labelOf)),
    ];
  };

  const qualityOf = async (dataset: Described, stamp: string): Promise<Dataset['quality']> => {
    const known = counted.get(dataset.name);
    if (known?.stamp === stamp) return [...known.quality];
    const quality = await countViolations(reader, dataset);
    counted.set(dataset.name, { stamp, quality });
    return quality;
  };

  const complete = async (dataset: Described, imports: readonly Import[]): Promise<Dataset> => {
    const own = imports.filter((one) => one.dataset === dataset.name);
    const rows = await countRows(reader, dataset.name);
    const freshAt = dataset.kind === 'events' ? await fedAt(reader) : (own[0]?.at ?? null);
    return {
      name: dataset.name,
      label: dataset.label,
      kind: dataset.kind,
      rows,
      bytes: await bytesOf(reader, dataset.name),
      freshAt,
      columns: [...dataset.columns],
      quality: await qualityOf(dataset, `${rows}`),
      lineage:
        dataset.kind === 'events'
          ? [eventLineage(dataset.name, tables, rows, freshAt)]
          : own.map(fileLineage),
    };
  };

  return {
    list: async () => {
      const imports = await listImports(reader);
      const datasets: Dataset[] = [];
      for (const dataset of await describeAll()) datasets.push(await complete(dataset, imports));
      return datasets;
    },
    get: async (name) => {
      const dataset = (await describeAll()).find((one) => one.name === name);
      if (!dataset) {
        throw new Refused('not_found', {
          code: 'pool.dataset_unknown',
          params: { name: seen(name) },
        });
      }
      return complete(dataset, await listImports(reader));
    },
  };
}

const isNotNull = (column: string, label: Label): Pledge => ({
  name: `${column}.present`,
  label: { zh: `${label.zh}必填`, en: `${label.en} is present` },
  violations: `count(*) filter (where ${quoteName(column)} is null)`,
});

const isPast = (column: string, label: Label): Pledge => ({
  name: `${column}.past`,
  label: { zh: `${label.zh}不晚于当前`, en: `${label.en} is not in the future` },
  violations: `count(*) filter (where ${quoteName(column)} > current_localtimestamp() + interval 1 day)`,
});

const isNotNegative = (column: string, label: Label): Pledge => ({
  name: `${column}.notNegative`,
  label: { zh: `${label.zh}不为负`, en: `${label.en} is not negative` },
  violations: `count(*) filter (where ${quoteName(column)} < 0)`,
});

const isUnique = (column: string, label: Label): Pledge => ({
  name: `${column}.unique`,
  label: { zh: `${label.zh}不重复`, en: `${label.en} is unique` },
  violations: `count(${quoteName(column)}) - count(distinct ${quoteName(column)})`,
});

const EVENT: Label = { zh: '事件编号', en: 'Event id' };

function describeEvents(table: EventTable): Described {
  const pledges = [isNotNull('event', EVENT)];
  // One event may give many rows of a table made of an event's parts.
  if (!table.rows) pledges.push(isUnique('event', EVENT));
  for (const { name, type, label } of table.columns) {
    if (type === 'instant') pledges.push(isPast(name, label));
    if (type === 'decimal') pledges.push(isNotNegative(name, label));
  }
  return {
    name: table.table,
    label: table.label,
    kind: 'events',
    columns: [
      { name: 'event', type: 'text', label: EVENT },
      ...table.columns.map(({ name, type, label }) => ({ name, type, label })),
    ],
    pledges,
  };
}

function describeFile(mapping: Mapping, labelOf: (fact: string) => Label | null): Described {
  const labelled = (to: string): Label => labelOf(to) ?? { zh: to, en: to };
  const constants = Object.keys(mapping.constants).map((to) => ({ to, type: 'text' }));
  const [id, date] = [columnName(mapping.id), columnName(mapping.date)];
  const pledges = [
    isNotNull(id, labelled(mapping.id)),
    isUnique(id, labelled(mapping.id)),
    isNotNull(date, labelled(mapping.date)),
    isPast(date, labelled(mapping.date)),
  ];
  for (const { to, min } of mapping.columns) {
    if (min !== undefined && !isNegative(decimal(min))) {
      pledges.push(isNotNegative(columnName(to), labelled(to)));
    }
  }
  return {
    name: mapping.dataset,
    label: mapping.label,
    kind: 'file',
    columns: [
      { name: 'import', type: 'text', label: { zh: '导入批次', en: 'Import' } },
      ...[...mapping.columns, ...constants].map(({ to, type }) => ({
        name: columnName(to),
        type,
        label: labelOf(to),
      })),
    ],
    pledges,
  };
}

async function countViolations(
  reader: AnalyticsReader,
  { name, pledges }: Described,
): Promise<Dataset['quality']> {
  const { rows } = await reader.query(
    `select ${pledges.map(({ violations }) => violations).join(', ')} from ${quoteName(name)}`,
  );
  return pledges.map((pledge, index) => {
    const violations = Number(rows[0]?.[index] ?? 0);
    return { name: pledge.name, label: pledge.label, passed: violations === 0, violations };
  });
}

async function countRows(reader: AnalyticsReader, name: string): Promise<number> {
  const { rows } = await reader.query(`select count(*) from ${quoteName(name)}`);
  return Number(rows[0]?.[0]);
}

/** Whole blocks on disk; `null` while everything is still in the write-ahead log. */
async function bytesOf(reader: AnalyticsReader, name: string): Promise<number | null> {
  const { rows } = await reader.query(
    `select count(distinct block_id) * (select any_value(block_size) from pragma_database_size())
     from pragma_storage_info(?) where block_id >= 0`,
    [name],
  );
  return Number(rows[0]?.[0] ?? 0) || null;
}

async function fedAt(reader: AnalyticsReader): Promise<string | null> {
  const { rows } = await reader.query('select fed_at from catalogue.feed');
  const at = rows[0]?.[0] ?? null;
  return at === null ? null : String(at);
}

function eventLineage(
  name: string,
  tables: readonly EventTable[],
  rows: number,
  at: string | null,
): Dataset['lineage'][number] {
  const kinds = tables.filter(({ table }) => table === name).map(({ kind }) => kind);
  return { source: kinds.join(', '), mapping: null, sha256: null, at, rows, rejected: 0 };
}

const fileLineage = (one: Import): Dataset['lineage'][number] => ({
  source: one.file,
  mapping: `${one.mapping} ${one.version}`,
  sha256: one.sha256,
  at: one.at,
  rows: one.rows,
  rejected: one.rejected,
});
