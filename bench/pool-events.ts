import assert from 'node:assert/strict';
import { clearanceTables } from '../src/contexts/clearance/index.ts';
import type { EventTable } from '../src/contexts/pool/index.ts';
import { createEventFeed, tableColumns } from '../src/contexts/pool/store/events.ts';
import { type Analytics, quoteName, quoteText } from '../src/platform/analytics/analytics.ts';

export interface GrowingTables {
  rows(): number;
  /** Files declarations until all event tables together hold about this many rows. */
  growTo(rows: number): Promise<void>;
}

const LINES = 2;
const CONDITIONS = ['documentsInOrder', 'arrivalConfirmed', 'targetingClosed'];

const below = (bound: number, salt: number): string => `(hash(i + ${salt}) % ${bound})::bigint`;
const oneOf = (values: readonly string[], salt: number): string =>
  `[${values.map(quoteText).join(', ')}][1 + ${below(values.length, salt)}]`;
const amount = (salt: number): string => `(${below(100_000_000, salt)} / 100)::decimal(18, 2)`;

/** A port's share of things: three in a hundred filings returned, five consignments examined. */
const IS_RETURNED = `${below(100, 1)} < 3`;
const IS_EXAMINED = `${below(100, 2)} < 5`;
/** Longest for few, as waiting is; a declaration every five seconds makes a year of fifty million rows. */
const SECONDS = `(600 * exp(${below(1000, 3)} / 200.0))::bigint`;
const FILED_AT = `timestamp '2026-01-01' + to_seconds(i * 5)`;

/** How one declaration `i` appears in a table: which event, when, on what condition, how many rows. */
interface Appearance {
  readonly seq: number;
  readonly at: string;
  readonly where?: string;
  readonly parts?: number;
}

const RELEASED_AT = `${FILED_AT} + to_seconds(${SECONDS})`;
const APPEARANCES: Readonly<Record<string, Appearance>> = {
  clearance_filed: { seq: 1, at: FILED_AT },
  clearance_line: { seq: 1, at: FILED_AT, parts: LINES },
  clearance_returned: { seq: 2, at: FILED_AT, where: IS_RETURNED },
  clearance_decided: { seq: 2, at: FILED_AT, where: `not ${IS_RETURNED}` },
  clearance_examined: { seq: 4, at: RELEASED_AT, where: `not ${IS_RETURNED} and ${IS_EXAMINED}` },
  clearance_released: { seq: 5, at: RELEASED_AT, where: `not ${IS_RETURNED}` },
  clearance_clock: {
    seq: 5,
    at: RELEASED_AT,
    where: `not ${IS_RETURNED} and (part <= ${CONDITIONS.length} or ${IS_EXAMINED})`,
    parts: CONDITIONS.length + 1,
  },
  clearance_disposed: { seq: 4, at: RELEASED_AT, where: `not ${IS_RETURNED} and ${IS_EXAMINED}` },
};

/** The value of a column for declaration `i`, in SQL; the same name means the same in every table. */
const VALUES: Readonly<Record<string, string>> = {
  declaration: `'D-2026-' || lpad(i::varchar, 9, '0')`,
  ie: oneOf(['I', 'I', 'E'], 10),
  office: `(2200 + ${below(50, 11)})::varchar`,
  border_office: `(2200 + ${below(20, 12)})::varchar`,
  mode: oneOf(['0110', '0214', '0615', '1210'], 13),
  declarant: `'91310000' || lpad(${below(500, 14)}::varchar, 10, '0')`,
  domestic_party: `'91310000' || lpad(${below(20_000, 15)}::varchar, 10, '0')`,
  partner_country: oneOf(['JP', 'DE', 'US', 'KR', 'AU'], 16),
  currency: oneOf(['CNY', 'USD', 'EUR', 'JPY'], 17),
  total_value: amount(18),
  net_mass_kg: amount(19),
  line_no: 'part',
  hs_code: `(1000000000 + ${below(9000, 20)} * 10000)::varchar`,
  description: `'瓶级聚对苯二甲酸乙二醇酯切片 ' || ${below(5000, 21)}`,
  origin: oneOf(['CN', 'JP', 'DE', 'US', 'KR'], 22),
  quantity: amount(23),
  unit: oneOf(['035', '001', '007'], 24),
  value: amount(25),
  problems: `1 + ${below(3, 26)}`,
  decision: `md5(i::varchar)`,
  lane: `case when ${IS_EXAMINED} then 'red' else ${oneOf(['green', 'green', 'yellow'], 27)} end`,
  score: below(100, 28),
  selected_by: `case when ${IS_EXAMINED} then ${oneOf(['rules', 'sample'], 29)} end`,
  mandatory: `${below(100, 30)} = 0`,
  examination: `md5('x' || i)`,
  findings: `case when ${below(10, 31)} = 0 then 1 else 0 end`,
  filed_at: FILED_AT,
  arrived_at: FILED_AT,
  untouched: `not ${IS_EXAMINED} and ${below(10, 32)} > 0`,
  seconds: SECONDS,
  condition: `[${[...CONDITIONS, 'examinationDisposed'].map(quoteText).join(', ')}][part]`,
  owner: `[${['customs', 'terminal', 'customs', 'customs'].map(quoteText).join(', ')}][part]`,
  disposition: oneOf(['release', 'amend', 'fine'], 33),
};

/** Makes the tables as the pool makes them, and fills them without a log behind them. */
export async function openGrowingTables(analytics: Analytics): Promise<GrowingTables> {
  await createEventFeed(analytics, clearanceTables);
  let rows = 0;
  let declarations = 0;
  const file = async (more: number): Promise<void> => {
    const to = declarations + Math.ceil(more);
    for (const table of clearanceTables) {
      rows += await analytics.run(filling(table, declarations, to));
    }
    declarations = to;
  };
  // What one declaration leaves behind is seen from the first thousand.
  await file(1_000);
  return {
    rows: () => rows,
    growTo: (wanted) => file((wanted - rows) / (rows / declarations)),
  };
}

function filling(table: EventTable, from: number, to: number): string {
  const appearance = APPEARANCES[table.table];
  assert(appearance, `How declarations appear in ${table.table} is not said.`);
  const { seq, at, where = 'true', parts = 1 } = appearance;
  const values: Readonly<Record<string, string>> = {
    ...VALUES,
    event: `'declaration:' || ${VALUES.declaration} || '@${seq}'`,
    occurred_at: at,
    day: `(${at})::date`,
  };
  const selected = tableColumns(table).map(({ name }) => {
    assert(values[name], `What stands in ${table.table}.${name} is not said.`);
    return values[name];
  });
  return `insert into ${quoteName(table.table)} select ${selected.join(', ')}
    from range(${from}, ${to}) as t(i), range(1, ${parts + 1}) as p(part) where ${where}`;
}
