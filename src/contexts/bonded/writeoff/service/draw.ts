import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import { add, decimal, toText } from '../../../../kernel/decimal.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { STORE } from '../../engine/routes.ts';
import type { NumberedPart } from '../../ledgers/contract.ts';
import { allConsumption } from '../../ledgers/store/consumption.ts';
import { allParts } from '../../ledgers/store/parts.ts';
import { type Quantity, quantityText, signedQuantity } from '../../quantity.ts';
import type { FilingRow, FilingTotals, Reason, Stated, Tolerance } from '../contract.ts';
import { type Convert, createConversion } from '../conversion.ts';
import type { Count } from '../counts.ts';
import { type Owed, type OwedLine, oweFor, type Price, type Shortage } from '../duty.ts';
import { columnsOf } from '../figures.ts';
import type { FilingState } from '../filing.ts';
import { endOf, NOTHING_FILED, type Reach } from '../period.ts';
import { addsUp, isAdjusted, kindOf, type Row, rowOf, supplementaryRowOf } from '../row.ts';
import * as rows from '../store/rows.ts';
import type { WriteOffDeps } from './deps.ts';
import { type Gathered, gather, placeKey } from './gather.ts';

/** What a filing is drawn up from. */
export interface Asked {
  readonly ledger: string;
  readonly kind: FilingState['kind'];
  readonly through: string;
  readonly lastSeq: number;
  readonly stocktake: string | null;
  readonly tolerance: Tolerance;
  /** The first site of the ledger. */
  readonly site: string;
  /** The filing written off before it. */
  readonly last: FilingState | null;
}

/** One part of it, with what its duty needs. */
export interface Drawn {
  readonly part: NumberedPart;
  readonly row: Row;
  readonly count: PartOfCount | null;
  readonly price: Price;
  /** What was explained of it in the filing before, and was then still to be entered. */
  readonly explainedBefore: Quantity;
}
type PartOfCount = ReturnType<typeof partOf>;

/** A filing drawn up: its rows, and what they rest on. */
export interface DrawnFiling {
  readonly drawn: readonly Drawn[];
  readonly gathered: Gathered;
  readonly evidence: string | null;
  readonly figuresHash: string;
  readonly adjustments: readonly rows.Adjustment[];
  /** A product as its materials, with what each of them cost. */
  readonly convert: Convert;
  readonly priceOf: (part: NumberedPart) => Price;
}

const NO_PRICE: Price = { unitValue: null, currency: null, origin: null };

/**
 * Draws a filing up from the journal, the count and the filing before it. The same of each gives the same rows: who
 * signs has them drawn again, and a figure that nobody can draw again is not signed.
 */
export async function drawUp(deps: WriteOffDeps, db: Db, asked: Asked): Promise<DrawnFiling> {
  const { ledger, last, tolerance } = asked;
  const now: Reach = { before: endOf(asked.through), lastSeq: asked.lastSeq };
  const filed: Reach =
    last === null ? NOTHING_FILED : { before: endOf(last.through), lastSeq: last.lastSeq };
  const purposeOf = await deps.papers.purposes(db, ledger);
  const reach = { now, filed, from: last?.nextFrom ?? 1 };
  const parts = await allParts(db, ledger);
  const before = new Map(
    last === null ? [] : (await rows.allRows(db, last.id)).map(({ number, row }) => [number, row]),
  );
  const count =
    asked.stocktake === null ? null : await deps.counts.find(db, ledger, asked.stocktake);
  const gathered = await gather(db, asked, reach, purposeOf, count);
  const bySpot = count === null ? new Map() : spotsByPart(count);
  const prices = await deps.papers.prices(
    db,
    ledger,
    parts.map(({ part }) => part),
  );
  const priceOf = (part: NumberedPart): Price => priced(prices.get(part.part) ?? NO_PRICE, part);
  const drawn = parts.flatMap((part): Drawn[] => {
    const columns = columnsOf(gathered.byPart, part.number);
    const filedRow = before.get(part.number);
    const spots = stillOpen(bySpot.get(part.part) ?? [], part, gathered);
    if (!gathered.byPart.has(part.number) && !filedRow && spots.length === 0) return [];
    const explainedBefore = signedQuantity(filedRow?.explained ?? '0');
    const own = { part, price: priceOf(part), explainedBefore };
    if (asked.kind === 'supplementary') {
      const taken = takenOver(filedRow);
      const facts = { partKind: part.kind, columns };
      return [{ ...own, row: supplementaryRowOf(facts, taken, tolerance), count: null }];
    }
    const opening = signedQuantity(filedRow?.closing ?? '0');
    const counted = count === null ? null : partOf(spots, count.isWhole(part.part));
    const facts = { partKind: part.kind, opening, columns, counted };
    return [{ ...own, row: rowOf(facts, tolerance), count: counted }];
  });
  return {
    ...{ drawn, gathered, evidence: count?.evidence ?? null },
    figuresHash: contentHash(drawn.map(({ part, row }) => [part.part, row])),
    adjustments: adjustmentsOf(drawn, asked),
    convert: createConversion({
      ...{ parts, made: gathered.made, on: asked.through },
      recorded: await allConsumption(db, ledger),
    }),
    priceOf,
  };
}

const takenOver = (row: FilingRow | undefined) => ({
  closing: signedQuantity(row?.closing ?? '0'),
  explained: signedQuantity(row?.explained ?? '0'),
  actualRemain: row && row.actualRemain === null ? null : signedQuantity(row?.actualRemain ?? '0'),
});

/** What lists say goes before what the enterprise says of the part. */
const priced = (price: Price, { unitValue, currency }: NumberedPart): Price =>
  price.unitValue === null ? { ...price, unitValue, currency } : price;

function spotsByPart({ spots }: Count): Map<string, Count['spots'][number][]> {
  const byPart = new Map<string, Count['spots'][number][]>();
  for (const spot of spots) byPart.set(spot.part, [...(byPart.get(spot.part) ?? []), spot]);
  return byPart;
}

/** What an earlier filing brought the book to is no difference any more: of one count nothing is owed for twice. */
const stillOpen = (spots: Count['spots'], { number }: NumberedPart, { adjusted }: Gathered) =>
  spots.map((spot) => ({
    ...spot,
    unexplained: spot.unexplained - (adjusted.get(placeKey(number, spot.account, spot.site)) ?? 0),
  }));

const partOf = (spots: Count['spots'], isWhole: boolean) => ({
  spots,
  isWhole,
  counted: spots.reduce((sum, { counted }) => sum + counted, 0),
  pending: spots.reduce((sum, { pending }) => sum + pending, 0),
  unexplained: spots.reduce((sum, { unexplained }) => sum + unexplained, 0),
});

/** A supplementary filing has no count of its own: what it finds is taken from where the part is kept, or put there. */
function adjustmentsOf(drawn: readonly Drawn[], { kind, site }: Asked): rows.Adjustment[] {
  if (kind !== 'supplementary')
    return drawn.flatMap(({ count }) => count?.spots.filter(isAdjusted) ?? []);
  return drawn.flatMap(({ part, row: { unexplained } }) =>
    unexplained === 0 ? [] : [{ part: part.part, account: STORE[part.kind], site, unexplained }],
  );
}

/** Everything that keeps a person from signing, or asks one to look. */
export function reasonsFor(
  { drawn, gathered }: DrawnFiling,
  { tolerance, kind }: Asked,
  owed: Owed,
): Reason[] {
  const reasons: Reason[] = [];
  const say = (code: string, count: number, more: Record<string, string | number> = {}): void => {
    if (count > 0) reasons.push({ code, params: { count, ...more } });
  };
  const having = (is: (row: Row) => boolean): number => drawn.filter(({ row }) => is(row)).length;
  if (kind === 'customsDisposal') reasons.push({ code: 'bonded.filing_disposal' });
  say(
    'bonded.filing_beyond_tolerance',
    having(({ isWithinTolerance }) => isWithinTolerance === false),
    { rate: tolerance.rate },
  );
  say(
    'bonded.filing_not_counted',
    having(({ actualRemain, remainder }) => actualRemain === null && remainder !== 0),
  );
  say('bonded.filing_cannot_assess', owed.missing.size);
  say(
    'bonded.filing_explained_before',
    kind === 'supplementary'
      ? 0
      : drawn.filter(({ row, explainedBefore }) => row.explained * explainedBefore > 0).length,
  );
  say('bonded.filing_events_wait', gathered.waiting);
  say(
    'bonded.filing_outside_the_store',
    drawn.filter(({ count }) => count?.spots.some((it) => it.unexplained !== 0 && !isAdjusted(it)))
      .length,
  );
  return reasons;
}

export const allAddUp = ({ drawn }: DrawnFiling): boolean => drawn.every(({ row }) => addsUp(row));

/** What is owed for what is short, as of a day. A product is owed for as its materials, unless its value is stated. */
export function owedFor(
  drawing: DrawnFiling,
  asked: {
    readonly bill: string;
    readonly at: string;
    readonly last: FilingState | null;
    readonly opensOn: string;
    readonly stated: readonly Stated[];
  },
  deps: Pick<WriteOffDeps, 'tariff'>,
): Owed {
  const { drawn, gathered } = drawing;
  const hasValue = new Set(asked.stated.flatMap(({ part, value }) => (value ? [part] : [])));
  const shortages = drawn.flatMap((each) =>
    each.row.shortage === 0 ? [] : shortagesOf(drawing, each, hasValue.has(each.part.part)),
  );
  // 缓税利息 runs from the last write-off, or from the first import (海关总署公告2009年第14号).
  const since = asked.last?.writtenOffAt ?? gathered.firstImportAt;
  return oweFor(
    shortages,
    {
      ...{ bill: asked.bill, stated: asked.stated, on: localDateOf(asked.at) },
      since: since === null ? asked.opensOn : localDateOf(since),
    },
    deps.tariff,
  );
}

function shortagesOf(
  { convert, priceOf }: DrawnFiling,
  { part, row }: Drawn,
  isStated: boolean,
): Shortage[] {
  const isWhole = part.kind === 'material' || isStated;
  const conversion = isWhole ? null : convert(part, row.shortage);
  const materials = conversion?.materials ?? [{ part, quantity: row.shortage }];
  return materials.map((each) => ({
    ...{ part: each.part.part, of: part.part, partKind: each.part.kind, unit: each.part.unit },
    ...{ hsCode: each.part.hsCode, quantity: each.quantity, price: priceOf(each.part) },
  }));
}

export function totalsOf({ drawn }: DrawnFiling, owed: Owed): FilingTotals {
  const having = (is: (each: Drawn) => boolean): number => drawn.filter(is).length;
  return {
    materials: having(({ part }) => kindOf(part.kind) === 'material'),
    products: having(({ part }) => kindOf(part.kind) === 'product'),
    short: having(({ row }) => row.shortage > 0),
    over: having(({ row }) => row.unexplained - row.columns.figures.excessUse > 0),
    beyondTolerance: having(({ row }) => row.isWithinTolerance === false),
    notCounted: having(({ row }) => row.actualRemain === null && row.remainder !== 0),
    unassessed: owed.missing.size,
  };
}

/** Rows in the words of the contract. */
export function shownRows({ drawn, convert }: DrawnFiling, owed: Owed): rows.NumberedRow[] {
  return drawn.map(({ part, row, count }) => {
    const { columns, counted, actualRemain, difference, ...rest } = row;
    const { opening, remainder, shouldRemain, explained, unexplained, base } = rest;
    const { adjustedUp, adjustedDown, closing, shortage } = rest;
    const numbers = { opening, remainder, shouldRemain, explained, unexplained, base };
    return {
      number: part.number,
      row: {
        ...{ part: part.part, partKind: part.kind, kind: kindOf(part.kind) },
        ...{ description: part.description, unit: part.unit, hsCode: part.hsCode },
        ...texts({ ...numbers, adjustedUp, adjustedDown, closing, shortage }),
        ...{ figures: texts(columns.figures), ofWhich: texts(columns.ofWhich) },
        ...{ counted: textOr(counted), actualRemain: textOr(actualRemain) },
        ...{ difference: textOr(difference), rate: row.rate },
        isWithinTolerance: row.isWithinTolerance,
        causes: (count?.spots ?? []).flatMap(({ causes }) =>
          causes.map(({ cause, quantity, records }) => ({
            ...{ cause, quantity: quantityText(quantity), records: [...records] },
          })),
        ),
        duty: dutyOf(owed.lines.get(part.part) ?? []),
        madeOf: madeOf(owed.lines.get(part.part) ?? [], part, row, convert),
        missing: [...(owed.missing.get(part.part) ?? [])] as Reason[],
      },
    };
  });
}

/** Of all lines of a row together; its origin where they all have one. */
function dutyOf(lines: readonly OwedLine[]): FilingRow['duty'] {
  const [first] = lines;
  if (!first) return null;
  const sum = (name: 'value' | 'customsValue' | 'payable'): string =>
    toText(lines.reduce((total, line) => add(total, decimal(line[name])), decimal('0')));
  const isOne = lines.every(({ origin }) => origin === first.origin);
  return {
    ...{ value: sum('value'), customsValue: sum('customsValue'), payable: sum('payable') },
    origin: isOne ? first.origin : '',
  };
}

/** The materials that a missing product was owed for as; `null` where it was owed for itself. */
function madeOf(
  lines: readonly OwedLine[],
  part: NumberedPart,
  { shortage }: Row,
  convert: Convert,
): FilingRow['madeOf'] {
  if (lines.length === 0 || lines.some((line) => line.part === part.part)) return null;
  return {
    basis: convert(part, shortage)?.basis ?? 'filed',
    materials: lines.map((line) => ({ ...line, quantity: quantityText(line.quantity) })),
  };
}

const textOr = (quantity: Quantity | null): string | null =>
  quantity === null ? null : quantityText(quantity);

const texts = <K extends string>(quantities: Readonly<Record<K, Quantity>>): Record<K, string> =>
  Object.fromEntries(
    Object.entries<Quantity>(quantities).map(([name, quantity]) => [name, quantityText(quantity)]),
  ) as Record<K, string>;
