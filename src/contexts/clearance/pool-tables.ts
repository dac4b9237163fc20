import { localDateOf } from '../../kernel/dates.ts';
import type { EventRecord } from '../../kernel/event.ts';
import type { EventTable } from '../pool/index.ts';
import type { DecidedEvents } from '../risk/index.ts';
import type { Kind, Payloads } from './events.ts';

/**
 * What clearance gives to the pool: one append-only table per kind of event that figures ask about,
 * wide enough that no figure has to fold a declaration again.
 */

type Column = EventTable['columns'][number];
type Of<K extends Kind> = EventRecord<K, Payloads[K]>;

const idOf = (event: EventRecord): string => event.stream.slice('declaration:'.length);

const COMMON: Column[] = [
  {
    name: 'declaration',
    type: 'text',
    label: { zh: '申报编号', en: 'Declaration id' },
    from: idOf,
  },
  {
    name: 'occurred_at',
    type: 'instant',
    label: { zh: '发生时间', en: 'When it happened' },
    from: (event) => event.envelope.occurredAt,
  },
  {
    name: 'day',
    type: 'date',
    label: { zh: '日期', en: 'Day at the port' },
    from: (event) => localDateOf(event.envelope.occurredAt),
  },
];

function table<K extends Kind>(
  name: string,
  kind: K,
  label: EventTable['label'],
  columns: readonly [string, Column['type'], string, string, (event: Of<K>) => unknown][],
): EventTable {
  return {
    kind,
    table: name,
    label,
    columns: [
      ...COMMON,
      ...columns.map(([column, type, zh, en, from]) => ({
        name: column,
        type,
        label: { zh, en },
        from: (event: EventRecord) => from(event as Of<K>) as ReturnType<Column['from']>,
      })),
    ],
  };
}

/** Number text that a returned declaration may hold in any shape; what is no number is left out. */
const amount = (text: string | null | undefined): string | null =>
  text && /^-?\d{1,28}(\.\d{1,10})?$/.test(text) ? text : null;

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

export const clearanceTables: readonly EventTable[] = [
  table('clearance_filed', 'clearance.submitted', { zh: '申报', en: 'Filings' }, [
    ['ie', 'text', '进出口', 'Import or export', (e) => e.payload.content.ieFlag],
    [
      'office',
      'text',
      '申报地海关',
      'Office of declaration',
      (e) => e.payload.content.declarationOffice,
    ],
    [
      'border_office',
      'text',
      '进出境关别',
      'Office of entry or exit',
      (e) => e.payload.content.borderOffice,
    ],
    ['mode', 'text', '监管方式', 'Supervision mode', (e) => e.payload.content.supervisionMode],
    [
      'declarant',
      'text',
      '申报单位',
      'Declarant',
      (e) => e.payload.content.parties.declarant?.uscc ?? null,
    ],
    [
      'domestic_party',
      'text',
      '境内收发货人',
      'Domestic party',
      (e) => e.payload.content.parties.domestic?.uscc ?? null,
    ],
    [
      'partner_country',
      'text',
      '启运/运抵国',
      'Partner country',
      (e) => e.payload.content.transport.partnerCountry,
    ],
    ['currency', 'text', '币制', 'Currency', (e) => e.payload.content.currency],
    ['total_value', 'decimal', '总价', 'Total value', (e) => amount(e.payload.content.totalValue)],
    ['net_mass_kg', 'decimal', '净重', 'Net mass, kg', (e) => amount(e.payload.content.netMassKg)],
  ]),
  {
    kind: 'clearance.submitted',
    table: 'clearance_line',
    label: { zh: '商品项', en: 'Declaration lines' },
    columns: [
      ...COMMON,
      {
        name: 'line_no',
        type: 'integer',
        label: { zh: '项号', en: 'Line' },
        from: line((l) => l.lineNo),
      },
      {
        name: 'hs_code',
        type: 'text',
        label: { zh: '商品编码', en: 'Tariff code' },
        from: line((l) => l.hsCode),
      },
      {
        name: 'description',
        type: 'text',
        label: { zh: '商品名称', en: 'Goods' },
        from: line((l) => l.description),
      },
      {
        name: 'origin',
        type: 'text',
        label: { zh: '原产国', en: 'Origin' },
        from: line((l) => l.originCountry),
      },
      {
        name: 'quantity',
        type: 'decimal',
        label: { zh: '数量', en: 'Quantity' },
        from: line((l) => amount(l.quantity)),
      },
      { name: 'unit', type: 'text', label: { zh: '单位', en: 'Unit' }, from: line((l) => l.unit) },
      {
        name: 'net_mass_kg',
        type: 'decimal',
        label: { zh: '净重', en: 'Net mass, kg' },
        from: line((l) => amount(l.netMassKg)),
      },
      {
        name: 'value',
        type: 'decimal',
        label: { zh: '总价', en: 'Value' },
        from: line((l) => amount(l.value)),
      },
    ],
    rows: (event) => (event as Of<'clearance.submitted'>).payload.content.lines,
  },
  table('clearance_returned', 'clearance.returned', { zh: '退单', en: 'Returned filings' }, [
    ['problems', 'integer', '问题数', 'Problems', (e) => e.payload.problems.length],
  ]),
  table('clearance_decided', 'clearance.decided', { zh: '风险甄别', en: 'Decisions' }, [
    ['decision', 'text', '决定编号', 'Decision id', (e) => e.payload.decisionId],
    ['lane', 'text', '通道', 'Lane', (e) => e.payload.lane],
    ['score', 'integer', '风险分', 'Risk points', (e) => e.payload.score],
    ['selected_by', 'text', '选中方式', 'Selected by', (e) => e.payload.selectedBy],
    ['mandatory', 'boolean', '强制布控', 'Mandatory', (e) => e.payload.mandatory],
  ]),
  table('clearance_examined', 'clearance.examined', { zh: '查验', en: 'Examinations' }, [
    ['examination', 'text', '查验编号', 'Examination id', (e) => e.payload.examination],
    ['findings', 'integer', '查获数', 'Findings', (e) => e.payload.record.findings.length],
  ]),
  table('clearance_released', 'clearance.released', { zh: '放行', en: 'Releases' }, [
    ['filed_at', 'instant', '申报时间', 'Filed', (e) => e.payload.filedAt],
    ['arrived_at', 'instant', '运抵时间', 'Arrived', (e) => e.payload.arrivedAt],
    ['lane', 'text', '通道', 'Lane', (e) => e.payload.lane],
    ['selected_by', 'text', '选中方式', 'Selected by', (e) => e.payload.selectedBy],
    ['untouched', 'boolean', '无人工干预', 'No person touched it', (e) => e.payload.untouched],
    ['ie', 'text', '进出口', 'Import or export', (e) => e.payload.ieFlag],
    ['office', 'text', '进出境关别', 'Office of entry or exit', (e) => e.payload.office],
    [
      'seconds',
      'decimal',
      '放行用时（秒）',
      'Seconds to release',
      (e) => String(secondsBetween(e.payload.filedAt, e.envelope.occurredAt)),
    ],
  ]),
  table('clearance_removed', 'clearance.removalPermitted', { zh: '准予提离', en: 'Removals' }, [
    ['ie', 'text', '进出口', 'Import or export', (e) => e.payload.ieFlag],
    ['office', 'text', '进出境关别', 'Office of entry or exit', (e) => e.payload.office],
    [
      'seconds',
      'decimal',
      '提离用时（秒）',
      'Seconds to removal',
      (e) => String(secondsBetween(e.payload.filedAt, e.envelope.occurredAt)),
    ],
  ]),
  table('clearance_completed', 'clearance.completed', { zh: '完整申报', en: 'Completions' }, [
    ['due_on', 'date', '期限', 'Last day', (e) => e.payload.dueOn],
    ['days_late', 'integer', '逾期天数', 'Days late', (e) => e.payload.daysLate],
  ]),
  table('clearance_expired', 'clearance.clockExpired', { zh: '期限届满', en: 'Deadlines passed' }, [
    ['clock', 'text', '期限种类', 'Clock', (e) => e.payload.clock],
    ['due_on', 'date', '期限', 'Last day', (e) => e.payload.dueOn],
  ]),
  {
    kind: 'clearance.released',
    table: 'clearance_clock',
    label: { zh: '各方时钟', en: 'Each agency’s clock' },
    columns: [
      ...COMMON,
      {
        name: 'condition',
        type: 'text',
        label: { zh: '条件', en: 'Condition' },
        from: clock((c) => c.condition),
      },
      {
        name: 'owner',
        type: 'text',
        label: { zh: '责任方', en: 'Owner' },
        from: clock((c) => c.owner),
      },
      {
        name: 'seconds',
        type: 'decimal',
        label: { zh: '秒', en: 'Seconds' },
        from: clock((c) => String(c.seconds)),
      },
    ],
    rows: (event) => (event as Of<'clearance.released'>).payload.clocks,
  },
  table('clearance_disposed', 'clearance.disposed', { zh: '处置', en: 'Dispositions' }, [
    ['disposition', 'text', '处置', 'Disposition', (e) => e.payload.disposition],
  ]),
];

/** The events back-tests follow: what was decided about a declaration, and what its examinations found. */
export const clearanceOutcomes: DecidedEvents = {
  decided: {
    kind: 'clearance.decided',
    subjectOf: idOf,
    decisionOf: (event) => (event as Of<'clearance.decided'>).payload.decisionId,
  },
  examined: {
    kind: 'clearance.examined',
    subjectOf: idOf,
    foundOf: (event) => (event as Of<'clearance.examined'>).payload.record.findings.length > 0,
  },
};

type DeclaredLine = Payloads['clearance.submitted']['content']['lines'][number];
type Clock = Payloads['clearance.released']['clocks'][number];
type FromRow = (event: EventRecord, row: unknown) => ReturnType<Column['from']>;

function line(read: (line: DeclaredLine) => ReturnType<Column['from']>): FromRow {
  return (_event, row) => read(row as DeclaredLine);
}
function clock(read: (clock: Clock) => ReturnType<Column['from']>): FromRow {
  return (_event, row) => read(row as Clock);
}
