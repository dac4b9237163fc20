import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '../program.ts';
import { COUNTED_AT, type Entry, type Line, UNIT } from './world.ts';
import type { Year } from './year.ts';

type Row = Readonly<Record<string, string | null | undefined>>;

const EVENT = [
  ...['id', 'kind', 'occurredAt', 'order', 'product', 'version', 'planned', 'site', 'toSite'],
  ...['reverses', 'document', 'part', 'quantity', 'unit', 'conversion', 'lot', 'bonded'],
];

/** Writes a year as its factory would send it. The answers are in none of the files. */
export async function writeYear(year: Year, folder: string): Promise<Delivery> {
  await mkdir(folder, { recursive: true });
  const { trade } = year.world;
  const write = async (name: string, columns: readonly string[], rows: readonly Row[]) => {
    const file = join(folder, `${name}.csv`);
    const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\n`;
    const lines = rows.map((row) => line(columns.map((column) => row[column] ?? '')));
    await writeFile(file, [line(columns), ...lines].join(''));
    return file;
  };
  const parts = ['part', 'kind', 'description', 'unit', 'unitValue', 'currency'];
  const bill = ['id', 'assembly', 'component', 'quantity', 'unit', 'from', 'to', 'recordedAt'];
  const use = ['product', 'version', 'part', 'net', 'intangibleLossRate', 'evidence', 'from', 'to'];
  const alternative = ['id', 'part', 'instead', 'from', 'recordedAt', 'ratio'];
  const paper = [
    ...['id', 'kind', 'at', 'part', 'quantity', 'document', 'order', 'tells', 'site', 'toSite'],
    'bonded',
  ];
  const tag = ['tag', 'part', 'quantity', 'countedAt', 'stock', 'site', 'bin'];
  const late = year.world.happenings.flatMap((each) => each.late);
  return {
    ...{ opens: '2026-01-01', sites: trade.sites },
    brought: [
      [await write('parts', parts, partRows(year)), 'jianghai-parts'],
      [await write('bills', bill, billRows(year)), 'jianghai-bills'],
      ...(trade.isDeclared
        ? [
            [
              await write('consumption', use, consumptionRows(year)),
              'jianghai-consumption',
            ] as const,
          ]
        : []),
      [await write('alternatives', alternative, alternativeRows(year)), 'jianghai-alternatives'],
      [await write('events', EVENT, sent(year).flatMap(eventRows)), 'jianghai'],
      [await write('papers', paper, paperRows(year)), 'jianghai-papers'],
    ],
    tags: await write('tags', tag, tagRows(year)),
    late: late.length === 0 ? null : await write('late', EVENT, late.flatMap(eventRows)),
  };
}

const quoted = (cell: string): string =>
  /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const iso = (at: number): string => new Date(at).toISOString();

/** Exact decimal text. */
function text(quantity: number): string {
  const size = Math.abs(quantity);
  const digits = String(size % UNIT)
    .padStart(5, '0')
    .replace(/0+$/, '');
  return `${quantity < 0 ? '-' : ''}${Math.floor(size / UNIT)}${digits === '' ? '' : `.${digits}`}`;
}

const partRows = ({ world }: Year): Row[] =>
  world.parts.map(({ part, kind, unit, value }) => ({
    ...{ part, kind, unit, description: part, unitValue: value, currency: 'CNY' },
  }));

const billRows = ({ world }: Year): Row[] =>
  world.bills.map(({ assembly, component, quantity, unit, from, to, version }, nth) => ({
    ...{ id: `B${nth}`, assembly, component, quantity: text(quantity), unit, from, to },
    recordedAt: `${version === 'V2' ? '2026-03-25' : '2025-12-20'}T00:00:00Z`,
  }));

function consumptionRows({ world }: Year): Row[] {
  const loss =
    world.trade.takes === 'about'
      ? { intangibleLossRate: '0.005', evidence: 'test report 7' }
      : { intangibleLossRate: '0', evidence: '' };
  return world.bills.map(({ assembly, version, component, quantity, from, to }) => ({
    ...{ product: assembly, version, part: component, net: text(quantity), ...loss, from, to },
  }));
}

const alternativeRows = ({ world }: Year): Row[] =>
  world.alternatives.map((each, nth) => ({
    ...{ id: `ALT${nth}`, ...each, from: '2026-01-01', recordedAt: '2025-12-20T00:00:00Z' },
  }));

const paperRows = ({ world }: Year): Row[] =>
  world.papers.map(({ at, quantity, bonded, ...paper }) => ({
    ...{ ...paper, at: iso(at), quantity: text(quantity), bonded: bonded?.toString() },
  }));

const tagRows = ({ tags }: Year): Row[] =>
  tags.map(({ quantity, ...tag }) => ({
    ...{ ...tag, quantity: text(quantity), countedAt: iso(COUNTED_AT) },
  }));

/** As the feed brought them: some late, and some twice, word for word. */
function sent({ world }: Year): Entry[] {
  const { chance, seed } = world;
  const list = world.happenings
    .flatMap((each) => each.entered)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  if (seed % 3 === 1)
    for (let nth = 0; nth < 20; nth += 1) {
      const from = chance.int(0, list.length - 1);
      const to = Math.min(list.length - 1, from + chance.int(1, 30));
      const entry = list[from];
      if (!entry || entry.reverses || list.some(({ reverses }) => reverses === entry.id)) continue;
      list.splice(from, 1);
      list.splice(to, 0, entry);
    }
  return [...list, ...chance.shuffled(list).slice(0, seed % 2 === 0 ? 0 : 15)];
}

function eventRows(entry: Entry): Row[] {
  const { id, kind, order, site, toSite, document, product, version, planned, reverses } = entry;
  const head = { id, kind, occurredAt: iso(entry.at), order, site };
  return entry.lines.length === 0
    ? [
        {
          ...{ ...head, product, version, reverses },
          planned: planned === undefined ? undefined : text(planned),
        },
      ]
    : entry.lines.map((line) => ({ ...head, toSite, document, ...lineRow(line) }));
}

const lineRow = ({ part, quantity, shown, unit, conversion, lot, bonded }: Line): Row => ({
  ...{ part, quantity: text(shown ?? quantity), unit, conversion, lot },
  bonded: bonded === false ? 'false' : undefined,
});
