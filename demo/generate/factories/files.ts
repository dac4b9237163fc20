import type {
  Consumption,
  LedgerEvent,
  LedgerInput,
  Part,
} from '../../../src/contexts/bonded/contract.ts';
import type { StockAnswer } from '../../answers.ts';
import { formatTable } from '../../table.ts';
import type { Enterprise } from '../enterprises.ts';
import { tell } from './faults.ts';
import { papersOf } from './papers.ts';
import { OPENED_ON, type Plant } from './plant.ts';
import { COUNTED_AT, runQuarter } from './quarter.ts';
import { type Happened, quantityText } from './stock.ts';

/** An event as its sender writes it down. */
type FiledEvent = Omit<LedgerEvent, 'lines'> & {
  readonly lines: readonly { readonly part: string; readonly quantity: string }[];
};

const PART_COLUMNS = [
  ...(['part', 'kind', 'description', 'hsCode', 'unit', 'unitValue', 'currency'] as const),
] satisfies readonly (keyof Part)[];
const CONSUMPTION_COLUMNS = [
  ...(['product', 'version', 'part', 'net', 'tangibleLossRate', 'intangibleLossRate'] as const),
  ...(['evidence', 'from'] as const),
] satisfies readonly (keyof Consumption)[];
const COUNT_COLUMNS = ['tag', 'part', 'stock', 'site', 'quantity', 'countedAt', 'bin'] as const;

/** The quarter of one factory as files: what it registers, what it sends day by day, what it counts. */
export function filesOf(plant: Plant, enterprise: Enterprise, seed: string) {
  const { ledger, parts, recipes } = plant;
  const quarter = runQuarter(plant, seed);
  const { events, count, answers, cancelled } = tell(plant, quarter, seed);
  const registered: LedgerInput = { ...ledger, enterprise: enterprise.uscc };
  const consumption = [...recipes].flatMap(([product, lines]) =>
    lines.map((line) => ({
      ...{ tangibleLossRate: '0', intangibleLossRate: '0', evidence: '备案单耗' },
      ...{ product, version: '1', from: OPENED_ON, ...line },
    })),
  );
  const countedAt = new Date(COUNTED_AT).toISOString();
  const tags = count.map(({ quantity, ...tag }, index) => ({
    ...{ ...tag, quantity: quantityText(quantity), countedAt },
    tag: `PD-${String(index + 1).padStart(4, '0')}`,
  }));
  return {
    files: [
      ['ledger.json', `${JSON.stringify(registered)}\n`],
      [
        'parts.csv',
        formatTable(
          PART_COLUMNS,
          parts.map((part) => ({ ...part, currency: 'CNY' })),
        ),
      ],
      ['consumption.csv', formatTable(CONSUMPTION_COLUMNS, consumption)],
      ['events.ndjson', lines(events.map(filed))],
      ['papers.ndjson', lines(papersOf(plant, quarter.events, cancelled))],
      ['count.csv', formatTable(COUNT_COLUMNS, tags)],
    ] as const,
    answers: answers satisfies readonly StockAnswer[],
  };
}

const lines = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

function filed({ at, lines, planned, ...event }: Happened): FiledEvent {
  return {
    ...event,
    occurredAt: new Date(at).toISOString(),
    ...(planned !== undefined && { planned: quantityText(planned) }),
    lines: lines.map(({ part, quantity }) => ({ part, quantity: quantityText(quantity) })),
  };
}
