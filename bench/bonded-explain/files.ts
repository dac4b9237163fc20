import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../src/contexts/bonded/accounts.ts';
import type { Posting, PostingLine } from '../../src/contexts/bonded/explain/evidence.ts';
import { quantityText, rateText } from '../../src/contexts/bonded/quantity.ts';
import { ANNEX, COUNTED_AT, MAIN, shifted, YEAR_FROM } from './factory.ts';
import type { Delivery } from './program.ts';
import { byEntry, type Year } from './year.ts';

type Row = Readonly<Record<string, string | null | undefined>>;

const filesIn = (folder: string) => ({
  parts: join(folder, 'parts.csv'),
  consumption: join(folder, 'consumption.csv'),
  alternatives: join(folder, 'alternatives.csv'),
  ledger: join(folder, 'ledger.csv'),
  papers: join(folder, 'papers.csv'),
  tags: join(folder, 'tags.csv'),
  late: join(folder, 'late.csv'),
});

/** Writes a year as a factory would send it, the answers in none of its files: what was entered before the count was closed, and what came late. */
export async function writeYear(year: Year, folder: string): Promise<Delivery> {
  await mkdir(folder, { recursive: true });
  const files = filesIn(folder);
  const { factory, evidence } = year;
  await writeFile(
    files.parts,
    csv(
      [...factory.parts.values()].map(({ part, kind }) => ({
        ...{ part, kind, unit: 'pcs', description: '' },
      })),
    ),
  );
  await writeFile(files.consumption, csv(evidence.consumptions.map(consumptionRow)));
  await writeFile(
    files.alternatives,
    csv(
      evidence.substitutes.map(({ part, instead, ratio, record }) => ({
        ...{ id: record, part, instead, ratio: rateText(ratio), from: YEAR_FROM },
        recordedAt: `${YEAR_FROM}T00:00:00Z`,
      })),
    ),
  );
  const events = eventsOf(year);
  const isLate = ({ recordedAt }: Posting): boolean => recordedAt > COUNTED_AT;
  const rows = (some: readonly Posting[]) => csv(some.flatMap((each) => rowsOf(year, each)));
  await writeFile(files.ledger, rows(events.filter((each) => !isLate(each))));
  await writeFile(files.late, rows(events.filter(isLate)));
  await writeFile(files.papers, csv(evidence.papers.map(paperRow)));
  await writeFile(
    files.tags,
    csv(
      evidence.tags.map(({ id, part, account, site, quantity, bin }) => ({
        ...{ tag: id, part, stock: STOCK_OF[account], site, quantity: quantityText(quantity) },
        ...{ countedAt: COUNTED_AT, bin },
      })),
    ),
  );
  return {
    ...{ opens: '2025-01-01', sites: [MAIN, ANNEX], tags: files.tags, late: files.late },
    brought: [
      [files.parts, 'jianghai-parts'],
      [files.consumption, 'jianghai-consumption'],
      [files.alternatives, 'jianghai-alternatives'],
      [files.ledger, 'jianghai'],
      [files.papers, 'jianghai-papers'],
    ],
  };
}

const STOCK_OF: Partial<Readonly<Record<Account, string>>> = {
  ...{ rawMaterial: 'materials', semiFinished: 'semiFinished', finished: 'finished' },
  ...{ scrap: 'scrap', defective: 'defective' },
};

const consumptionRow = (use: Year['evidence']['consumptions'][number]): Row => ({
  ...{ product: use.product, version: use.version, part: use.part, net: rateText(use.net) },
  ...{ from: use.from, to: use.to },
});

const paperRow = (paper: Year['evidence']['papers'][number]): Row => ({
  ...{ id: paper.id, kind: paper.kind, document: paper.document, order: paper.order, at: paper.at },
  ...{ part: paper.part, quantity: quantityText(paper.quantity), lot: paper.lot },
  ...{ from: paper.from?.account, to: paper.to?.account },
  ...{ site: paper.from?.site ?? paper.to?.site, toSite: paper.to?.site },
  bonded: paper.bonded === null ? null : String(paper.bonded),
});

/** Postings, and the heads of orders: opened on their day, closed an hour after the last thing that happened. */
function eventsOf({ factory, evidence }: Year): Posting[] {
  const lastOf = new Map<string, string>();
  for (const { truth, posting } of factory.happenings) {
    const at = truth?.at ?? posting?.occurredAt ?? '';
    if (posting?.order && at > (lastOf.get(posting.order) ?? '')) lastOf.set(posting.order, at);
  }
  const heads = factory.orders.flatMap(({ order, openedOn }): Posting[] => {
    const opened = `${openedOn}T00:30:00.000Z`;
    const closed = shifted(lastOf.get(order) ?? opened, 60);
    return (
      [
        ['orderOpened', opened],
        ['orderClosed', closed],
      ] as const
    ).map(([kind, at]) => ({
      ...{ id: `${order}-${kind}`, state: 'applied', kind, order, document: null, lines: [] },
      ...{ reverses: null, occurredAt: at, recordedAt: shifted(at, 1), toSite: null },
      isLate: false,
    }));
  });
  return [...heads, ...evidence.postings].sort(byEntry);
}

function rowsOf({ factory }: Year, posting: Posting): Row[] {
  const { id, kind, occurredAt, order: orderNo, document, lines, toSite } = posting;
  const order = factory.orders.find((each) => each.order === orderNo);
  const head = {
    ...{ id, kind, occurredAt, order: orderNo, document, toSite },
    site: lines[0]?.from?.site === MAIN ? MAIN : lines[0]?.to?.site,
    ...(kind === 'orderOpened' && {
      ...{ product: order?.product, version: order?.version },
      planned: quantityText(order?.planned ?? 0),
    }),
  };
  return lines.length === 0 ? [head] : lines.map((line) => ({ ...head, ...lineRow(line) }));
}

function lineRow({ part, quantity, sent, lot, insteadOf, bonded }: PostingLine): Row {
  const amount = sent
    ? {
        quantity: quantityText(sent.quantity),
        unit: sent.unit,
        conversion: rateText(sent.conversion),
      }
    : { quantity: quantityText(quantity) };
  return { part, ...amount, lot, insteadOf, bonded: String(bonded) };
}

function csv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]): string => `${cells.join(',')}\n`;
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map(line)
    .join('');
}
