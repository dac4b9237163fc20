import { localDateOf } from '../../kernel/dates.ts';
import type { EventRecord } from '../../kernel/event.ts';
import type { EventTable } from '../pool/index.ts';
import type { Entry } from './ledger/contract.ts';
import { type BillEvent, type BillPayloads, DUTY_KINDS, type Posted } from './ledger/events.ts';

type Column = EventTable['columns'][number];

const COMMON: readonly Column[] = [
  {
    name: 'declaration',
    type: 'text',
    label: { zh: '申报编号', en: 'Declaration id' },
    from: ({ envelope }) => envelope.consignment,
  },
  {
    name: 'occurred_at',
    type: 'instant',
    label: { zh: '发生时间', en: 'When it happened' },
    from: ({ envelope }) => envelope.occurredAt,
  },
  {
    name: 'day',
    type: 'date',
    label: { zh: '日期', en: 'Day at the port' },
    from: ({ envelope }) => localDateOf(envelope.occurredAt),
  },
];

const column = (
  name: string,
  type: Column['type'],
  zh: string,
  en: string,
  from: Column['from'],
): Column => ({ name, type, label: { zh, en }, from });

type Assessed = Posted<BillPayloads['duty.assessed']>;
type AssessedLine = Assessed['assessment']['lines'][number];
type Tax = { readonly line: AssessedLine; readonly tax: AssessedLine['taxes'][number] };
const assessed = (event: EventRecord): Assessed => (event as EventRecord<string, Assessed>).payload;

/** What the ledger gives to the pool: every entry, and what was assessed line by line. */
export const dutyTables: readonly EventTable[] = [
  {
    kind: DUTY_KINDS,
    table: 'duty_entry',
    label: { zh: '税款分录', en: 'Duty ledger entries' },
    columns: [
      ...COMMON,
      column('kind', 'text', '事项', 'What happened', ({ kind }) => kind),
      column('account', 'text', '科目', 'Account', (_, row) => (row as Entry).account),
      column('item', 'text', '税费种', 'Tax or fee', (_, row) => (row as Entry).item),
      column('guarantee', 'text', '担保', 'Guarantee', (_, row) => (row as Entry).guarantee),
      column('debit', 'decimal', '借方', 'Debit, yuan', (_, row) => (row as Entry).debit),
      column('credit', 'decimal', '贷方', 'Credit, yuan', (_, row) => (row as Entry).credit),
    ],
    rows: (event) => (event as BillEvent).payload.entries,
  },
  {
    kind: 'duty.assessed',
    table: 'duty_assessed',
    label: { zh: '税款核定', en: 'Assessed taxes' },
    columns: [
      ...COMMON,
      column('payer', 'text', '纳税人', 'Payer', (event) => assessed(event).payer),
      column('office', 'text', '申报地海关', 'Office', (event) => assessed(event).office),
      column('line_no', 'integer', '项号', 'Line', (_, row) => (row as Tax).line.lineNo),
      column('hs_code', 'text', '商品编码', 'Tariff code', (_, row) => (row as Tax).line.hsCode),
      column('tax', 'text', '税种', 'Tax', (_, row) => (row as Tax).tax.kind),
      column('treatment', 'text', '税率种类', 'Rate used', (_, row) => (row as Tax).tax.treatment),
      column('base', 'decimal', '计税基数', 'Base, yuan', (_, row) => (row as Tax).tax.base),
      column('payable', 'decimal', '应缴', 'Payable, yuan', (_, row) => (row as Tax).tax.payable),
    ],
    rows: (event) =>
      assessed(event).assessment.lines.flatMap((line): Tax[] =>
        line.taxes.map((tax) => ({ line, tax })),
      ),
  },
];
