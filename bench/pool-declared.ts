import type { Mapping } from '../src/contexts/pool/index.ts';
import { quoteText } from '../src/platform/analytics/analytics.ts';
import { openDuckdb } from '../src/platform/analytics/duckdb.ts';

/** A flat table of declarations, as a broker's system would export it. */
interface Column {
  readonly to: string;
  /** The value of row `i`, in SQL. */
  readonly made: string;
  /** The type the peer reads it as, which is the one the pool keeps. */
  readonly sqlType: string;
  readonly mapped: Partial<Mapping['columns'][number]>;
}

/** Pseudo-random below a bound, the same on every run. */
const below = (bound: number, salt: number): string => `(hash(i + ${salt}) % ${bound})::bigint`;
const oneOf = (values: readonly string[], salt: number): string =>
  `[${values.map(quoteText).join(', ')}][1 + ${below(values.length, salt)}]`;
const amount = (places: number, salt: number): string =>
  `(${below(100_000_000, salt)} / ${10 ** places})::decimal(18, ${places})`;

const text = (to: string, made: string, mapped: Column['mapped'] = {}): Column => ({
  to,
  made,
  sqlType: 'varchar',
  mapped: { type: 'text', ...mapped },
});
const decimal = (to: string, made: string, decimals: number): Column => ({
  to,
  made,
  sqlType: `decimal(18, ${decimals})`,
  mapped: { type: 'decimal', decimals, min: '0' },
});

const COLUMNS: Readonly<Record<string, Column>> = {
  declaration_id: text('declaration.id', `'D-2026-' || lpad(i::varchar, 8, '0')`),
  declared_on: {
    to: 'declaration.date',
    made: `date '2026-01-01' + (i % 300)::integer`,
    sqlType: 'date',
    mapped: { type: 'date' },
  },
  ie_flag: text('declaration.ieFlag', oneOf(['I', 'I', 'E'], 1), {
    required: true,
    codes: { I: 'I', E: 'E' },
  }),
  office: text('declaration.office', `(2200 + ${below(50, 2)})::varchar`, {
    required: true,
    padTo: 4,
  }),
  supervision_mode: text('declaration.mode', oneOf(['0110', '0214', '0615', '1210'], 3), {
    padTo: 4,
  }),
  currency: text('declaration.currency', oneOf(['CNY', 'USD', 'EUR', 'JPY'], 4)),
  total_value: decimal('declaration.value', amount(2, 5), 4),
  net_mass_kg: decimal('declaration.netMass', amount(3, 6), 5),
  gross_mass_kg: decimal('declaration.grossMass', amount(3, 7), 5),
  packages: {
    to: 'declaration.packages',
    made: below(2000, 8),
    sqlType: 'bigint',
    mapped: { type: 'integer', min: '0' },
  },
  hs_code: text('goods.hs', `(1000000000 + ${below(8_999_999_999, 9)})::varchar`, {
    required: true,
  }),
  description: text('goods.description', `'瓶级聚对苯二甲酸乙二醇酯切片 ' || ${below(5000, 10)}`),
  origin: text('goods.origin', oneOf(['CN', 'JP', 'DE', 'US', 'KR'], 11)),
  partner_country: text('route.departure', oneOf(['JP', 'DE', 'US', 'KR', 'AU'], 12)),
  domestic_party: text(
    'party.importer',
    `'91310000' || lpad(${below(20_000, 13)}::varchar, 10, '0')`,
  ),
};

export const declared: Mapping = {
  name: 'declared',
  version: 1,
  label: { zh: '报关单平表', en: 'Flat declarations' },
  source: 'generated',
  dataset: 'declared',
  id: 'declaration.id',
  date: 'declaration.date',
  columns: Object.entries(COLUMNS).map(([from, { to, mapped }]) => ({
    type: 'text',
    required: false,
    from,
    to,
    ...mapped,
  })),
  constants: {},
  labels: [],
};

export const peerColumns = Object.entries(COLUMNS)
  .map(([name, { sqlType }]) => `${quoteText(name)}: ${quoteText(sqlType)}`)
  .join(', ');

/** Writes the table; every so many rows one has a date that does not exist. */
export async function writeDeclared(
  file: string,
  { rows, faultyEvery }: { rows: number; faultyEvery?: number },
): Promise<void> {
  const made = Object.entries(COLUMNS).map(([name, { made, sqlType }]) =>
    faultyEvery !== undefined && sqlType === 'date'
      ? `case when i % ${faultyEvery} = 0 then '2026-02-30' else (${made})::varchar end as ${name}`
      : `${made} as ${name}`,
  );
  const engine = await openDuckdb({ file: ':memory:' });
  try {
    await engine.run(
      `copy (select ${made.join(', ')} from range(${rows}) as t(i)) to ${quoteText(file)} (header)`,
    );
  } finally {
    await engine.close();
  }
}
